"""Hands with four fingers and a thumb: open, relaxed, a fist, or gripping. Lengths in H.

The hand's frame points with -u along the fingers and with f to the thumb; its back faces outward.
"""

from __future__ import annotations

import itertools
import math

from ..records import dataclass
from .camera import Camera
from .contour import segment
from .flat import Path, Point, between, polygon, smooth_hull
from .part import Stroke
from .posture import OUTWARD, Side
from .sections import Section
from .skeleton import Arm
from .vec import Vec, along

# Index to little finger: place across the palm, length of its two parts together.
_FINGERS = ((0.0150, 0.042), (0.0050, 0.046), (-0.0050, 0.043), (-0.0145, 0.035))
_THICK = 0.0062  # a finger's radius
_KNUCKLES = 0.046  # from the wrist


@dataclass(frozen=True)
class _Curl:
    """Degrees that the knuckle and the middle of each finger bend towards the palm; the spread of the fingers."""

    knuckle: float
    middle: float
    spread: float
    thumb: tuple[float, float, float]  # the tip from its root: forward, along the fingers, towards the palm


_CURLS = {
    "open": _Curl(4, 8, 2.5, (0.020, 0.034, 0.006)),
    "relaxed": _Curl(22, 34, 0, (0.010, 0.036, 0.012)),
    "fist": _Curl(84, 100, 0, (-0.004, 0.026, 0.016)),
    "grip": _Curl(70, 92, 0, (-0.002, 0.024, 0.022)),
}


@dataclass(frozen=True)
class HandShape:
    """Outlines to be joined with the forearm's, fingers as thick lines, and the lines between the fingers."""

    paths: tuple[Path, ...]
    rods: tuple[tuple[Path, float], ...]
    lines: tuple[Stroke, ...]


def hand(view: Camera, arm: Arm, side: Side, fingers: str) -> HandShape:
    """The hand at the end of an arm."""
    k, frame = OUTWARD[side], arm.hand
    curl = _CURLS[fingers]

    def at(f: float, u: float, s: float = 0.0) -> Vec:
        """Forward (to the thumb), along the fingers, outward (to the hand's back)."""
        return along(arm.wrist, (frame.f, f), (frame.u, -u), (frame.s, s * k))

    shapes = ((0.002, 0.0150, 0.0150), (0.018, 0.0185, 0.0180), (0.036, 0.0215, 0.0205), (_KNUCKLES, 0.0205, 0.0195))
    palm = [Section(at(0, u), frame, a, b, 0.0125 if u < 0.02 else 0.0115) for u, a, b in shapes]
    paths = [segment(view, palm)]
    chains: list[list[Point]] = []
    for x, length in _FINGERS:
        tilt = math.radians(curl.spread * x / 0.005)
        a1, a2 = math.radians(curl.knuckle), math.radians(curl.knuckle + curl.middle)
        half = length * 0.52
        root = (x, _KNUCKLES - 0.006, 0.001)
        mid = (
            root[0] + half * math.sin(tilt),
            root[1] + 0.006 + half * math.cos(a1),
            root[2] - half * math.sin(a1),
        )
        rest = length - half
        tip = (mid[0] + rest * math.sin(tilt), mid[1] + rest * math.cos(a2), mid[2] - rest * math.sin(a2))
        chains.append([view(at(*p)) for p in (root, mid, tip)])
    folded = curl.knuckle > 50
    rods: list[tuple[Path, float]] = []
    if folded:  # a fist is one rounded block
        reach = _THICK * 1.15
        paths.append(
            smooth_hull([(p[0] + reach * x, p[1] + reach * y) for c in chains for p in c for x, y in _OCTAGON], 0.004)
        )
    else:
        rods += [(polygon(c, False), 2 * _THICK) for c in chains]
    df, du, ds = curl.thumb
    thumb = [at(0.012, 0.016, -0.004), at(0.016 + df * 0.62, 0.016 + du * 0.5, -0.004 - ds * 0.5)]
    thumb.append(at(0.012 + df, 0.016 + du, -0.004 - ds))
    rods.append((polygon([view(p) for p in thumb[:2]], False), 0.0160))
    rods.append((polygon([view(p) for p in thumb[1:]], False), 0.0128))
    lines: list[Stroke] = []
    facing = view.depth(frame.s) * k
    if folded or abs(facing) > 0.36:  # nearer to edge-on they would run together into a blot
        joints = slice(1, 3) if folded else slice(0, 2)
        for one, two in itertools.pairwise(chains):
            seam = [between(p, q) for p, q in zip(one[joints], two[joints], strict=True)]
            lines.append((polygon(seam, False), 0.45))
    return HandShape(tuple(paths), tuple(rods), tuple(lines))


_OCTAGON = tuple((math.cos(i * math.pi / 4), math.sin(i * math.pi / 4)) for i in range(8))
