"""Two-bone reaching: a foot or hand to a place, the knee or elbow on its natural side. Lengths in H."""

from __future__ import annotations

import math

from .posture import OUTWARD, Side
from .sections import SHANK_SHAPE, THIGH_SHAPE, shape_at
from .skeleton import FORE, SHANK, THIGH, UPPER, Arm, Leg, Skeleton, foot_frame
from .vec import Frame, Vec, Y, Z, across, along, bone_frame, cross, dot, lerp, level, mul, norm, sub, unit

ORIGIN: Vec = (0.0, 0.0, 0.0)


class UnreachableError(Exception):
    """How many H are missing."""

    def __init__(self, missing: float) -> None:
        self.missing = missing
        super().__init__(f"{missing:.3f}")


def _middle_joint(start: Vec, end: Vec, a: float, b: float, pole: Vec, spare: Vec) -> tuple[Vec, Vec]:
    """The knee or elbow between start and end on the pole's side, and the direction towards it."""
    d = sub(end, start)
    far = max(norm(d), abs(a - b) + 1e-4)
    e = unit(d)
    n = along(pole, (e, -dot(pole, e)))
    if norm(n) < 0.05:
        n = along(spare, (e, -dot(spare, e)))
    n = unit(n)
    x = (a * a - b * b + far * far) / (2 * far)
    return along(start, (e, x), (n, math.sqrt(max(0.0, a * a - x * x)))), n


def leg_on_knee(body: Skeleton, side: Side) -> Leg:
    """The ankle laid across the other thigh, just above its knee; the own knee points out to its side."""
    k = OUTWARD[side]
    other = body.legs["left" if side == "right" else "right"]
    top = THIGH_SHAPE[-1][1] + 0.024
    target = along(lerp(other.hip, other.knee, 0.84), (other.thigh.f, top), (other.thigh.s, -0.030 * k))
    return leg_to(body, side, target, pole=along(ORIGIN, (other.thigh.s, k), (other.thigh.f, 0.25)))


def leg_to(body: Skeleton, side: Side, target: Vec, slide: float = 0.04, pole: Vec | None = None) -> Leg:
    """The ankle to a target; one that is too far by less than `slide` H slides nearer on the floor. `pole` is where
    the knee points; left out: ahead."""
    hip, long = body.hip[side], THIGH + SHANK
    far = norm(sub(target, hip))
    if far > long - 1e-4:
        if far > long + slide:
            raise UnreachableError(far - long)
        d = sub(target, hip)
        w = level(d)
        h = math.sqrt(max(0.0, (long - 1e-3) ** 2 - d[1] ** 2))
        target = (hip[0] + w[0] * h, target[1], hip[2] + w[2] * h)
    knee, n = _middle_joint(hip, target, THIGH, SHANK, pole or body.pelvis.f, body.pelvis.u)
    u = unit(sub(hip, knee))
    s = unit(cross(n, u))
    thigh = Frame(cross(u, s), u, s)
    u2 = unit(sub(knee, target))
    shank = Frame(cross(u2, s), u2, s)
    foot, toes = foot_frame(shank, body.posture.legs[side])
    return Leg(hip, knee, target, thigh, shank, foot, toes)


def arm_to(body: Skeleton, side: Side, target: Vec, pole: Vec, hand: Frame | None = None, flat: bool = False) -> Arm:
    """The wrist to a target, the elbow on the pole's side; `hand` is the hand's own frame."""
    at, long = body.shoulder[side], UPPER + FORE
    far = norm(sub(target, at))
    if far > long:
        if far > long + 0.02:
            raise UnreachableError(far - long)
        target = along(at, (unit(sub(target, at)), long - 1e-5))
    elbow, n = _middle_joint(at, target, UPPER, FORE, pole, Z)
    u = unit(sub(at, elbow))
    f = across(mul(n, -1), u)
    upper = Frame(f, u, cross(f, u))
    fore = bone_frame(sub(elbow, target), upper.s)
    return Arm(at, elbow, target, upper, fore, hand or fore, flat)


LOW_SHOULDER = 0.2  # H: lying on the front, where elbows bend out to the sides


def elbow_pole(body: Skeleton, side: Side) -> Vec:
    """Where the elbow of a supporting arm points."""
    out, t = OUTWARD[side], body.thorax
    if body.shoulder[side][1] < LOW_SHOULDER:
        return along(ORIGIN, (t.u, -0.9), (t.s, 0.9 * out), (Y, 0.35))
    return along(ORIGIN, (t.u, -0.7), (t.s, 0.35 * out), (Y, 0.8))


def palm_down(direction: Vec, side: Side) -> Frame:
    """The frame of a hand flat on the floor, its fingers pointing in a direction."""
    u, s = mul(level(direction), -1), mul(Y, OUTWARD[side])
    return Frame(cross(u, s), u, s)


def palm_on_floor(body: Skeleton, side: Side) -> Frame:
    """A palm on the floor whose fingers point where the head, or the chest, points."""
    return palm_down(body.thorax.u if abs(body.thorax.u[1]) < 0.9 else body.thorax.f, side)


def _hand_frame(fingers: Vec, back: Vec, side: Side) -> Frame:
    """A hand whose fingers and back point in these directions."""
    u = mul(unit(fingers), -1)
    s = across(mul(back, OUTWARD[side]), u)
    return Frame(cross(u, s), u, s)


def on_body(body: Skeleton, side: Side, place: str) -> tuple[Vec, Vec, Frame]:
    """The wrist's target, the elbow's pole and the hand's frame for a hand on thigh, shin, hip, chest or head,
    or round the ankle behind the body."""
    k, leg = OUTWARD[side], body.legs[side]
    p, t, h = body.pelvis, body.thorax, body.head
    if place in ("thigh", "shin"):
        a, b, table, frame = (
            (leg.hip, leg.knee, THIGH_SHAPE, leg.thigh)
            if place == "thigh"
            else (leg.knee, leg.ankle, SHANK_SHAPE, leg.shank)
        )
        d = unit(sub(b, a))
        bend = max(14.0, min(60.0, body.posture.arms[side].elbow))
        reach = (UPPER + FORE) * math.cos(math.radians(bend / 2))

        def at(i: int) -> Vec:
            share = 0.25 + 0.65 * i / 40
            front = shape_at(table, share)[0]
            return along(lerp(a, b, share), (frame.f, front + 0.012), (frame.s, 0.010 * k), (d, -0.045))

        target = min(map(at, range(41)), key=lambda w: abs(norm(sub(w, body.shoulder[side])) - reach))
        return target, along(ORIGIN, (t.f, -1), (t.s, 0.5 * k), (t.u, -0.2)), _hand_frame(d, frame.f, side)
    if place == "hip":
        target = along(body.hips, (p.u, 0.055), (p.s, 0.108 * k), (p.f, 0.022))
        fingers = along(ORIGIN, (p.f, 0.75), (p.u, -0.55), (p.s, -0.25 * k))
        return target, along(ORIGIN, (t.s, 1.0 * k), (t.f, -0.6)), _hand_frame(fingers, mul(p.s, k), side)
    if place == "low back":  # the heel of the hand on the flank's rear, the fingers down and in
        target = along(body.hips, (p.u, 0.115), (p.s, 0.088 * k), (p.f, -0.048))
        fingers = along(ORIGIN, (p.u, -0.8), (p.s, -0.5 * k))
        return target, along(ORIGIN, (t.f, -1), (t.s, 0.5 * k)), _hand_frame(fingers, mul(p.f, -1), side)
    if place == "foot behind":
        at_shoulder = body.shoulder[side]
        grip = along(leg.ankle, (leg.foot.f, 0.020), (leg.foot.u, 0.016), (leg.shank.s, 0.020 * k))
        d = unit(sub(grip, at_shoulder))
        target = along(grip, (d, -0.055))
        return (
            target,
            along(ORIGIN, (t.f, -1), (t.s, 0.4 * k)),
            _hand_frame(d, along(ORIGIN, (t.f, -1), (t.s, k)), side),
        )
    if place == "chest":
        target = along(body.back, (t.u, 0.060), (t.f, 0.078), (t.s, 0.02 * k))
        fingers = along(ORIGIN, (t.s, -1.0 * k), (t.u, 0.55))
        return target, along(ORIGIN, (t.u, -1), (t.s, 0.6 * k)), _hand_frame(fingers, t.f, side)
    if place == "knee":
        target = along(leg.knee, (Y, 0.046), (t.f, -0.034))
        return target, along(ORIGIN, (t.s, 0.8 * k), (t.u, -0.6)), _hand_frame(along(t.f, (Y, -0.5)), Y, side)
    if place == "other shin":  # of a leg laid across
        other = body.legs["left" if side == "right" else "right"]
        target = along(lerp(other.knee, other.ankle, 0.72), (Y, 0.034), (t.f, -0.030))
        return target, along(ORIGIN, (t.s, 0.8 * k), (t.u, -0.6)), _hand_frame(along(t.f, (Y, -0.4)), Y, side)
    target = along(body.skull, (h.u, 0.035), (h.f, -0.01), (h.s, 0.062 * k))
    fingers = along(ORIGIN, (h.f, -0.8), (h.u, 0.3), (h.s, -0.5 * k))
    return target, along(ORIGIN, (t.s, 1.0 * k), (t.f, 0.5), (t.u, 0.3)), _hand_frame(fingers, mul(h.s, k), side)
