"""Cross-sections of the body: ellipses whose front and back differ, in fractions of body height H.

They carry both the drawing (the outline is what the ellipses sweep) and the contacts (their lowest points).
"""

from __future__ import annotations

import itertools
import math

from ..records import dataclass
from .posture import SIDES, Side
from .skeleton import HEAD, LUMBAR, THORAX, Skeleton
from .vec import Frame, Vec, along, blend, lerp

# (share of the bone's length, front, back, half-width)
Table = tuple[tuple[float, float, float, float], ...]
THIGH_SHAPE: Table = (
    (0, 0.050, 0.052, 0.052), (0.18, 0.056, 0.051, 0.053), (0.40, 0.054, 0.045, 0.048), (0.65, 0.043, 0.036, 0.040),
    (0.86, 0.034, 0.030, 0.032), (1, 0.0325, 0.028, 0.030),
)  # fmt: skip
SHANK_SHAPE: Table = (
    (0, 0.032, 0.028, 0.030), (0.10, 0.028, 0.031, 0.030), (0.27, 0.022, 0.042, 0.035), (0.42, 0.019, 0.038, 0.031),
    (0.66, 0.0155, 0.022, 0.020), (0.88, 0.0145, 0.0165, 0.0155), (1, 0.017, 0.019, 0.017),
)  # fmt: skip
UPPER_SHAPE: Table = (
    (0, 0.033, 0.034, 0.034), (0.15, 0.032, 0.032, 0.032), (0.42, 0.0275, 0.027, 0.026),
    (0.75, 0.0235, 0.0235, 0.0225), (1, 0.0215, 0.0215, 0.0215),
)  # fmt: skip
FORE_SHAPE: Table = (
    (0, 0.0215, 0.0215, 0.0215), (0.22, 0.0225, 0.0220, 0.0215), (0.50, 0.0195, 0.0190, 0.0180),
    (0.82, 0.0150, 0.0150, 0.0130), (1, 0.0145, 0.0145, 0.0120),
)  # fmt: skip
# (part of the spine, distance along it, front, back, half-width), from the crotch to the collar
TRUNK_SHAPE: tuple[tuple[str, float, float, float, float], ...] = (
    ("pelvis", -0.044, 0.034, 0.050, 0.072), ("pelvis", -0.024, 0.048, 0.065, 0.091),
    ("pelvis", 0.004, 0.056, 0.073, 0.094), ("pelvis", 0.040, 0.058, 0.065, 0.087),
    ("lumbar", 0.010, 0.058, 0.055, 0.081), ("lumbar", 0.050, 0.058, 0.050, 0.077),
    ("lumbar", 0.095, 0.063, 0.054, 0.081),
    ("thorax", 0.035, 0.070, 0.064, 0.091), ("thorax", 0.075, 0.068, 0.071, 0.099),
    ("thorax", 0.105, 0.054, 0.071, 0.103), ("thorax", 0.124, 0.040, 0.064, 0.092),
)  # fmt: skip
HAND_ON_FLOOR = 0.028  # the wrist's height with the palm on the floor
# The head's outline for contacts: (forward, up) in head heights from its middle.
_HEAD_EDGE = ((-0.47, 0.0), (0.42, 0.0), (0.42, -0.45), (0.0, 0.36), (-0.3, 0.28), (0.3, 0.28), (0.5, -0.2))


@dataclass(frozen=True)
class Section:
    """An ellipse across a part: its frame, and how far it reaches forward, back and to each side."""

    at: Vec
    frame: Frame
    front: float
    back: float
    side: float

    @property
    def lowest(self) -> float:
        """The lowest height of its edge."""
        f, s = self.frame.f[1], self.frame.s[1]
        return (
            self.at[1] + (self.front - self.back) / 2 * f - math.hypot((self.front + self.back) / 2 * f, self.side * s)
        )

    def grown(self, d: float) -> Section:
        """Wider all round by d."""
        return Section(self.at, self.frame, self.front + d, self.back + d, self.side + d)


def shape_at(table: Table, t: float) -> tuple[float, float, float]:
    """Front, back and half-width at a share t of the bone."""
    if t <= table[0][0]:
        return table[0][1:]
    for a, b in itertools.pairwise(table):
        if t <= b[0]:
            k = (t - a[0]) / (b[0] - a[0])
            return (a[1] + (b[1] - a[1]) * k, a[2] + (b[2] - a[2]) * k, a[3] + (b[3] - a[3]) * k)
    return table[-1][1:]


def limb(
    a: Vec, b: Vec, table: Table, frame: Frame, start: float = 0.0, end: float = 1.0, grow: float = 0.0,
    end_frame: Frame | None = None, build: float = 1.0,
) -> list[Section]:  # fmt: skip
    """Sections along a bone from a to b, from share `start` to `end`; `build` makes them stouter."""
    out = []
    for t in sorted({start, end, *(row[0] for row in table if start < row[0] < end)}):
        front, back, side = (v * build for v in shape_at(table, t))
        turned_ = frame if end_frame is None else blend(frame, end_frame, t)
        out.append(Section(lerp(a, b, t), turned_, front + grow, back + grow, side + grow))
    return out


def trunk(body: Skeleton, build: float = 1.0, belly: float = 0.0) -> list[Section]:
    """Sections from the crotch to the collar; `belly` rounds the front."""
    out = []
    for part, d, front, back, side in TRUNK_SHAPE:
        if part == "pelvis":
            at, frame = along(body.hips, (body.pelvis.u, d)), body.pelvis
            bulge = belly * (0.7 if d > 0.02 else 0.3 if d > 0 else 0)
        elif part == "lumbar":
            t = max(0.0, min(1.0, d / LUMBAR))
            at = along(body.waist, (body.lumbar.u, d))
            frame = (
                blend(body.pelvis, body.lumbar, min(1.0, 0.5 + t))
                if t < 0.5
                else blend(body.lumbar, body.thorax, t - 0.5)
            )
            bulge = belly
        else:
            t = min(1.0, d / THORAX)
            at = along(body.back, (body.thorax.u, d), (body.thorax.f, -0.010 * t))
            frame = blend(body.lumbar, body.thorax, min(1.0, 0.6 + t))
            bulge = belly * 0.4 if d < 0.05 else 0
        out.append(Section(at, frame, front * build + bulge, back * build, side * build + bulge * 0.35))
    return out


def lowest(body: Skeleton) -> dict[str, float]:
    """The lowest height of every region: pelvis, thorax, trunk, head, and of each side foot, knee, thigh, leg,
    elbow and hand."""
    sections = [s.lowest for s in trunk(body)[1:]]
    out = {"pelvis": min(sections[:4]), "thorax": min(sections[4:]), "trunk": min(sections)}
    middle = along(body.skull, (body.head.u, HEAD * 0.30))
    out["head"] = min(along(middle, (body.head.f, f * HEAD), (body.head.u, u * HEAD))[1] for f, u in _HEAD_EDGE)
    if abs(body.head.s[1]) > 0.5:
        out["head"] = min(out["head"], middle[1] - 0.4 * HEAD * abs(body.head.s[1]))
    for side in SIDES:
        out.update({f"{side} {k}": v for k, v in _limbs(body, side).items()})
    return out


def _limbs(body: Skeleton, side: Side) -> dict[str, float]:
    leg, arm = body.legs[side], body.arms[side]
    flat = body.posture.arms[side].hand == "floor" and body.thorax.f[1] < 0  # lying on the back it is another hand
    thigh = [
        Section(lerp(leg.hip, leg.knee, t), leg.thigh, *shape_at(THIGH_SHAPE, t)).lowest for t in (0.35, 0.6, 0.85, 1)
    ]
    shank = [
        Section(lerp(leg.knee, leg.ankle, t), leg.shank, *shape_at(SHANK_SHAPE, t)).lowest
        for t in (0, 0.15, 0.3, 0.5, 0.8)
    ]
    return {
        "foot": min(p[1] for p in leg.sole) - body.posture.legs[side].height,
        "thigh": min(thigh),
        "leg": min(thigh + shank),
        "knee": leg.knee[1] - 0.030 - body.posture.legs[side].knee_height,
        "elbow": arm.elbow[1] - 0.021,
        "hand": arm.wrist[1] - HAND_ON_FLOOR if flat else min(arm.wrist[1] - 0.012, arm.tip[1] - 0.009),
    }


# What a support is made of.
SUPPORTS: dict[str, tuple[str, ...]] = {
    "feet": ("right foot", "left foot"), "right foot": ("right foot",), "left foot": ("left foot",),
    "pelvis": ("pelvis",), "trunk": ("trunk", "head"), "shoulders": ("thorax", "head"),
    "legs": ("right leg", "left leg"), "knees": ("right knee", "left knee"),
    "right knee": ("right knee",), "left knee": ("left knee",),
    "elbows": ("right elbow", "left elbow"), "right elbow": ("right elbow",), "left elbow": ("left elbow",),
    "hands": ("right hand", "left hand"),
    "right side": ("pelvis", "thorax", "right leg"),
}  # fmt: skip
