"""Hands that hold the body's own legs or the other shoulder. Lengths in H."""

from __future__ import annotations

from .posture import OUTWARD, SIDES, Side
from .sections import SHANK_SHAPE, THIGH_SHAPE, shape_at
from .skeleton import Skeleton
from .vec import Frame, Vec, along, bone_frame, lerp, mul

_ROUND_SHIN = {"right": 0.20, "left": 0.29}  # share of the shin: one hand lies beside the other
_BEHIND_THIGH = {"right": 0.63, "left": 0.54}
_WRIST_AHEAD = 0.040  # from the middle of the palm back to the wrist


def clasp(body: Skeleton, side: Side, place: str) -> tuple[Vec, Vec, Frame] | None:
    """The wrist's target, the elbow's pole and the hand's frame for a hand that holds a shin, a thigh or the other
    shoulder; None for any other place."""
    k, t = OUTWARD[side], body.thorax
    if place == "other shoulder":
        return _other_shoulder(body, side)
    held: Side | None = next((s for s in SIDES if place in (f"round {s} shin", f"behind {s} thigh")), None)
    if held is None:
        return None
    leg = body.legs[held]
    if place.startswith("round"):
        share, front = _ROUND_SHIN[side], 1.0
        a, b, frame, (ahead, _, wide) = leg.knee, leg.ankle, leg.shank, shape_at(SHANK_SHAPE, _ROUND_SHIN[side])
    else:
        share, front = _BEHIND_THIGH[side], -1.0
        a, b, frame, (_, ahead, wide) = leg.hip, leg.knee, leg.thigh, shape_at(THIGH_SHAPE, _BEHIND_THIGH[side])
    # The palm lies on the limb's rounded edge, half to the side and half in front, and the fingers go on round it.
    palm = along(lerp(a, b, share), (frame.s, k * (wide * 0.75 + 0.010)), (frame.f, front * (ahead * 0.70 + 0.010)))
    fingers = along((0.0, 0.0, 0.0), (frame.s, -0.62 * k), (frame.f, 0.78 * front))
    back = along((0.0, 0.0, 0.0), (frame.f, 0.62 * front), (frame.s, 0.78 * k))
    hand = bone_frame(mul(fingers, -1), mul(back, k))
    pole = along((0.0, 0.0, 0.0), (t.s, 0.75 * k), (t.f, -0.7), (t.u, -0.25))
    return along(palm, (hand.u, _WRIST_AHEAD)), pole, hand


def _other_shoulder(body: Skeleton, side: Side) -> tuple[Vec, Vec, Frame]:
    """Arms crossed on the chest; the right forearm lies over the left."""
    k, t = OUTWARD[side], body.thorax
    over, up = (0.034, 0.066) if side == "right" else (0.0, 0.082)
    target = along(body.back, (t.u, up), (t.f, 0.060 + over), (t.s, -0.040 * k))
    fingers = along((0.0, 0.0, 0.0), (t.s, -0.85 * k), (t.u, 0.25), (t.f, -0.60))
    back = along((0.0, 0.0, 0.0), (t.f, 0.80), (t.s, -0.60 * k))
    pole = along((0.0, 0.0, 0.0), (t.u, -0.9), (t.f, 0.15), (t.s, 0.5 * k))
    return target, pole, bone_frame(mul(fingers, -1), mul(back, k))
