"""The base poses that all others change: how the pelvis lies, what carries the body, and the joints."""

from __future__ import annotations

from collections.abc import Mapping

from ..records import dataclass
from .posture import ArmAngles, LegAngles
from .vec import Vec, X, Y, Z, mul

SEAT = 0.262  # the height of a chair's seat
HIP_ABOVE_SEAT = 0.068


@dataclass(frozen=True)
class BasePose:
    """A pelvis frame (forward, up), what carries the body, the part that keeps its place, and the joints."""

    forward: Vec
    up: Vec
    rests: tuple[str, ...]
    anchor: str
    leg: LegAngles
    arm: ArmAngles
    lean: float = 0.0
    neck: float = 0.0
    head_rests: bool = False
    seat: float = 0.0


_LEFT, _DOWN = mul(X, -1), mul(Y, -1)
BASES: Mapping[str, BasePose] = {
    "standing": BasePose(
        X, Y, ("feet",), "feet",
        LegAngles(hip=2, knee=4, hip_rotation=7, foot="flat"),
        ArmAngles(shoulder=4, shoulder_abduction=6, elbow=14, fingers="relaxed"),
    ),
    "sitting": BasePose(
        X, Y, ("pelvis",), "pelvis",
        LegAngles(hip=90, hip_abduction=4, knee=90, foot="flat"),
        ArmAngles(shoulder=18, shoulder_abduction=4, elbow=40, fingers="relaxed"), seat=SEAT,
    ),
    "supine": BasePose(
        Y, _LEFT, ("trunk",), "shoulders",
        LegAngles(), ArmAngles(shoulder=-2, shoulder_abduction=9, elbow=6), head_rests=True,
    ),
    "hook-lying": BasePose(
        Y, _LEFT, ("trunk",), "shoulders",
        LegAngles(hip=50, knee=95, foot="flat"),
        ArmAngles(shoulder_abduction=12, elbow=8, hand="floor"), head_rests=True,
    ),
    "prone": BasePose(
        _DOWN, X, ("trunk", "legs"), "pelvis",
        LegAngles(ankle=-55), ArmAngles(shoulder_abduction=8), neck=-4,
    ),
    "quadruped": BasePose(
        _DOWN, X, ("knees",), "knees",
        LegAngles(hip=78, knee=90, ankle=-50), ArmAngles(shoulder=78, elbow=4, hand="floor"), lean=-12, neck=-16,
    ),
    "kneeling": BasePose(
        X, Y, ("knees",), "knees",
        LegAngles(knee=90, ankle=-50), ArmAngles(shoulder=4, shoulder_abduction=6, elbow=14, fingers="relaxed"),
    ),
    "side-lying": BasePose(
        Z, _LEFT, ("right side",), "pelvis",
        LegAngles(), ArmAngles(shoulder=60, shoulder_abduction=-8, elbow=80),
    ),
}  # fmt: skip
