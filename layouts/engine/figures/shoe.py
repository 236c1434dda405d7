"""The shoe, from the side and end-on. Coordinates: forward and up from the ankle, in H."""

from __future__ import annotations

import math
from collections.abc import Sequence

from .camera import Camera
from .flat import Op, Path, Point, hull, polygon, smooth
from .part import Part, Stroke
from .skeleton import BALL, SOLE, Leg
from .vec import along

_SIDE = (
    (-0.041, -0.046), (-0.047, -0.034), (-0.044, -0.012), (-0.037, 0.010), (-0.010, 0.006), (0.020, 0.014),
    (0.034, 0.004), (0.054, -0.010), (0.078, -0.020), (0.098, -0.028), (0.107, -0.038), (0.102, -0.046),
    (0.066, -0.046), (0.020, -0.046),
)  # fmt: skip
_RUBBER = ((-0.052, -0.0385), (-0.02, -0.0375), (0.02, -0.0375), (0.062, -0.0375), (0.085, -0.037), (0.112, -0.036))
_LACES = (((0.030, -0.004), (0.020, -0.016)), ((0.042, -0.010), (0.033, -0.022)), ((0.054, -0.017), (0.046, -0.027)))
_HEEL_SEAM = ((-0.030, 0.004), (-0.024, -0.016), (-0.034, -0.036))
_ABOVE = 0.22  # how little of its side a shoe shows that is seen from above or from below
# End-on: the sole from above (forward, half-width) and the upper (forward, up, half-width).
_PLAN = ((-0.044, 0.010), (-0.034, 0.021), (0, 0.024), (0.04, 0.027), (0.07, 0.031), (0.092, 0.026), (0.104, 0.012))
_UPPER = (
    (-0.034, 0.010, 0.016), (-0.01, 0.010, 0.022), (0.018, 0.012, 0.021), (0.05, -0.008, 0.024),
    (0.075, -0.020, 0.026), (0.095, -0.030, 0.018),
)  # fmt: skip


def shoe(view: Camera, leg: Leg, far: bool) -> list[Part]:
    """The shoe on a foot, its toe bent where the toes bend."""
    frame = leg.foot
    bend = math.radians(leg.toes)

    def at(f: float, u: float, s: float = 0.0) -> Point:
        if f > BALL:
            df, du = f - BALL, u - SOLE
            f = BALL + df * math.cos(bend) - du * math.sin(bend)
            u = SOLE + df * math.sin(bend) + du * math.cos(bend)
        return view(along(leg.ankle, (frame.f, f), (frame.u, u), (frame.s, s)))

    def line(pts: Sequence[tuple[float, ...]]) -> Path:
        return smooth([at(*p) for p in pts], False)

    if math.hypot(*view(frame.f)) > 0.55 and abs(view.depth(frame.s)) > _ABOVE:
        rubber = line(_RUBBER)
        below: tuple[Op, ...] = (("L", at(0.12, -0.06)), ("L", at(-0.06, -0.06)), ("Z",))
        lines: list[Stroke] = [(rubber, 0.6), (line(_HEEL_SEAM), 0.6)]
        lines += [(polygon([at(*p) for p in lace], False), 0.55) for lace in _LACES]
        path = smooth([at(*p) for p in _SIDE], True, (0, 3, 5))
        return [Part("shoe", (path,), far, tuple(lines), inlays=(("sole", rubber + below),))]

    def ring(u: float) -> list[Point]:
        return [at(f, u, k * w) for k in (1, -1) for f, w in _PLAN]

    upper = [at(f, u, k * w) for k in (1, -1) for f, u, w in _UPPER]
    path = smooth(hull(ring(SOLE) + upper))
    if view.depth(frame.u) < -0.12:  # the sole faces the reader
        sole = smooth(hull(ring(SOLE)))
        grooves = [
            (line(((f, SOLE, -0.024), (f + 0.004, SOLE, 0), (f, SOLE, 0.024))), 0.5) for f in (-0.02, 0.0, 0.05, 0.07)
        ]
        return [Part("shoe", (path,), far, ((sole, 0.6), *grooves), inlays=(("sole", sole),))]
    top = smooth(hull(ring(-0.040) + upper))
    marks: list[Stroke] = [(top, 0.6)]
    if view.depth(frame.f) > 0:
        for x, y in ((0.022, 0.004), (0.040, -0.006), (0.056, -0.013)):
            marks.append((line(((x, y, -0.011), (x, y + 0.002, 0), (x, y, 0.011))), 0.55))
    return [Part("shoe", (path,), far, tuple(marks), inlays=(("sole", path), ("shoe", top)))]
