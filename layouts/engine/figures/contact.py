"""Standing the figure on the floor: level the body, drop it, bring feet and hands to where the pose wants them.

The floor is at y = 0 (fractions of body height H). Each step returns a new skeleton.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import replace

from ..problems import problem
from .bases import BASES, HIP_ABOVE_SEAT
from .clasp import clasp
from .posture import OUTWARD, SIDES, Posture, Side
from .reach import (
    LOW_SHOULDER,
    UnreachableError,
    arm_to,
    elbow_pole,
    leg_on_knee,
    leg_to,
    on_body,
    palm_down,
    palm_on_floor,
)
from .sections import HAND_ON_FLOOR, SUPPORTS, lowest, trunk
from .skeleton import (
    FORE,
    UPPER,
    Arm,
    Leg,
    Skeleton,
    arm_from_angles,
    build,
    landmark,
    leg_from_angles,
)
from .vec import Frame, Vec, X, Y, Z, along, bone_frame, cross, lerp, level, mul, sub

# How far in front of the shoulder, towards the head, a hand stands on the floor.
FLOOR_PLACES = {"under shoulders": 0.0, "beside chest": -0.10, "beside head": 0.10, "in front": 0.20}


def stand(
    posture: Posture,
    rests: Iterable[str],
    anchor: str,
    *,
    start: Skeleton | None = None,
    planted: Iterable[str] = (),
    wall: Callable[[Skeleton], float] | None = None,
    counter: float | None = None,
) -> Skeleton:
    """The posture on the floor. `start` is the solved start, whose anchor and planted parts keep their place; `wall`
    says at which x a wall stands that hands may touch, `counter` how high a counter is (None: as usual). Raises
    ContentError when something cannot reach."""
    base, rests, planted = BASES[posture.base], tuple(rests), frozenset(planted)
    posture = _levelled(posture, rests)
    body = _with_adjusted_guess(build(posture))
    regions = [r for name in rests for r in SUPPORTS[name]]
    low = lowest(body)
    seat = base.seat if "pelvis" in regions else 0.0  # who stands up leaves the seat
    drop = -min(low[r] for r in regions) + seat
    if base.seat and regions == ["pelvis"]:  # on a seat the hips keep their height
        drop = base.seat + HIP_ABOVE_SEAT - body.hips[1]
    body = body.moved((0.0, drop, 0.0))
    here = _anchor(body, anchor)
    there = _anchor(start, anchor) if start else (0.0, here[1], here[2])
    body = body.moved((there[0] - here[0], 0.0, there[2] - here[2] if start else 0.0))
    carried = set() if anchor == "pelvis" and "pelvis" in rests else set(regions)
    for side in sorted(SIDES, key=lambda s: body.posture.legs[s].foot == "on knee"):  # that leg lies on the other
        body = body.with_leg(side, _leg(body, side, start, planted, carried))
    for side in SIDES:
        body = body.with_arm(side, _arm(body, side, start, planted, wall, counter or COUNTER_HEIGHT))
    return body


def _with_adjusted_guess(body: Skeleton) -> Skeleton:
    """Legs whose knee or hip is still to be found start from a likely angle."""
    for side in SIDES:
        adjust = body.posture.legs[side].adjust
        if adjust == "knee":
            body = body.with_leg(side, leg_from_angles(body, side, knee=60))
        elif adjust == "hip":
            body = body.with_leg(side, leg_from_angles(body, side, hip=0))
    return body


def _root(height: Callable[[float], float], low: float, high: float, steps: int, near: float) -> float | None:
    """The angle nearest to `near` at which a height crosses zero."""
    best: float | None = None
    before: tuple[float, float] | None = None
    for i in range(steps + 1):
        a = low + (high - low) * i / steps
        v = height(a)
        if before and before[1] * v <= 0:
            x0, x1 = before[0], a
            sign = before[1]
            for _ in range(30):
                m = (x0 + x1) / 2
                if sign * height(m) <= 0:
                    x1 = m
                else:
                    x0 = m
            c = (x0 + x1) / 2
            if best is None or abs(c - near) < abs(best - near):
                best = c
        before = (a, v)
    return best


def _levelled(posture: Posture, rests: tuple[str, ...]) -> Posture:
    """The posture with the lean or roll that brings both rests to the floor, where it says "auto"."""
    if posture.trunk.lean is None:
        posture = _level(posture, rests, "lean", lambda p, a: replace(p, trunk=replace(p.trunk, lean=a)))
    if posture.trunk.roll is None:
        posture = _level(posture, rests, "roll", lambda p, a: replace(p, trunk=replace(p.trunk, roll=a)))
    return posture


def _level(posture: Posture, rests: tuple[str, ...], name: str, tipped: Callable[[Posture, float], Posture]) -> Posture:
    if len(rests) != 2:
        raise problem(posture.where(name), f'"{name}: auto" needs two parts in "rests_on"')

    def gap(a: float) -> float:
        low = lowest(build(tipped(posture, a)))
        first, second = (min(low[r] for r in SUPPORTS[part]) for part in rests)
        return first - second

    found = _root(gap, -60, 60, 60, 0)
    if found is None:
        raise problem(posture.where(name), f"no {name} brings both the {rests[0]} and the {rests[1]} to the floor")
    return tipped(posture, found)


def _anchor(body: Skeleton, name: str) -> Vec:
    if name == "feet":
        return lerp(body.legs["right"].ankle, body.legs["left"].ankle, 0.5)
    if name == "knees":
        return lerp(body.legs["right"].knee, body.legs["left"].knee, 0.5)
    return body.collar if name == "shoulders" else landmark(body, name)


def _leg(body: Skeleton, side: Side, start: Skeleton | None, planted: frozenset[str], carried: set[str]) -> Leg:
    q = body.posture.legs[side]
    where = body.posture.where(f"{side}.foot")
    if start and planted & {f"{side} foot", "feet"}:
        try:
            return leg_to(body, side, start.legs[side].ankle)
        except UnreachableError as short:
            raise problem(
                where, _too_far(f"the {side} foot", short), 'Bend the knee more, or take "planted" away.'
            ) from None
    if q.foot == "on knee":
        try:
            return leg_on_knee(body, side)
        except UnreachableError as short:
            raise problem(where, _too_far(f"the {side} foot", short), "Lift the other knee.") from None
    if q.adjust or (q.foot != "free" and f"{side} foot" not in carried):
        return _foot_down(body, side)
    return body.legs[side]


def _too_far(who: str, short: UnreachableError) -> str:
    return f"{who} cannot reach its place: {max(1, round(short.missing * 100))} % of the body's height are missing"


def _foot_down(body: Skeleton, side: Side) -> Leg:
    """The hip, or the knee, moved until the foot meets its ground."""
    q = body.posture.legs[side]

    def made(a: float) -> Leg:
        return leg_from_angles(body, side, knee=a) if q.adjust == "knee" else leg_from_angles(body, side, hip=a)

    def height(a: float) -> float:
        return min(p[1] for p in made(a).sole) - q.height

    if q.adjust == "knee":
        near, low, high = 60.0, 2.0, 150.0
    else:
        near = 30.0 if q.adjust == "hip" else q.hip
        low, high = max(-30.0, near - 60), min(140.0, near + 60)
    found = near if abs(height(near)) < 0.003 else _root(height, low, high, 60, near)
    if found is None:
        joint = q.adjust or "hip"
        raise problem(
            body.posture.where(f"{side}.foot"),
            f"the {side} foot cannot meet the floor by moving the {joint}",
            "Change the knee's angle, or let the foot be free.",
        )
    return made(found)


def _arm(
    body: Skeleton,
    side: Side,
    start: Skeleton | None,
    planted: frozenset[str],
    wall: Callable[[Skeleton], float] | None,
    counter: float,
) -> Arm:
    q, k = body.posture.arms[side], OUTWARD[side]
    arm, where = body.arms[side], body.posture.where(f"{side}.hand")
    try:
        if start and planted & {f"{side} hand", "hands"}:
            flat = start.arms[side].flat
            frame = palm_on_floor(body, side) if flat else start.arms[side].hand if q.hand == "wall" else None
            return arm_to(body, side, start.arms[side].wrist, elbow_pole(body, side), frame, flat)
        if q.hand == "free":
            return arm
        if q.hand == "floor" and body.posture.base in ("supine", "hook-lying"):
            return _arm_down(body, side)
        if q.hand == "floor" or q.hand in FLOOR_PLACES:
            at = body.shoulder[side]
            if q.hand == "floor":  # where the angles want it
                target = (arm.wrist[0], HAND_ON_FLOOR, arm.wrist[2])
            else:
                d = mul(level(body.thorax.u), FLOOR_PLACES[q.hand])
                out = (0.09 if at[1] < LOW_SHOULDER else 0.035) * k
                target = (at[0] + d[0], HAND_ON_FLOOR, at[2] + d[2] + out)
            return arm_to(body, side, target, elbow_pole(body, side), palm_on_floor(body, side), flat=True)
        if q.hand == "forearm on wall":
            return _forearm_on_wall(body, side, wall(body) if wall else back_of(body))
        if q.hand in ("wall", "counter", "counter beside"):
            return _to_prop(body, side, q.hand, wall, counter)
        target, pole, frame = clasp(body, side, q.hand) or on_body(body, side, q.hand)
        return arm_to(body, side, target, pole, frame)
    except UnreachableError as short:
        raise problem(where, _too_far(f"the {side} hand", short), "Move the trunk or the hand nearer.") from None


def _arm_down(body: Skeleton, side: Side) -> Arm:
    """Lying: the whole arm lowered or raised until the hand lies on the floor."""
    near = body.posture.arms[side].shoulder
    found = _root(lambda a: arm_from_angles(body, side, shoulder=a).wrist[1] - 0.014, near - 60, near + 60, 48, near)
    if found is None:
        raise problem(body.posture.where(f"{side}.hand"), f"the {side} hand cannot be laid on the floor from here")
    arm = arm_from_angles(body, side, shoulder=found)
    return replace(arm, hand=palm_down(mul(arm.fore.u, -1), side))


COUNTER_HEIGHT = 0.53
COUNTER_GAP = 0.135  # from the middle of the body to a counter beside it


def back_of(body: Skeleton) -> float:
    """The x of the rearmost point of the trunk, where a wall behind it stands."""
    return min(along(s.at, (s.frame.f, -s.back))[0] for s in trunk(body))


def _to_prop(body: Skeleton, side: Side, what: str, wall: Callable[[Skeleton], float] | None, counter: float) -> Arm:
    """A hand on a wall or counter at the height that the angles give it."""
    arm, k = body.arms[side], OUTWARD[side]
    if what == "counter":
        d = level(body.thorax.f)
        below = body.shoulder[side][1] - counter - 0.02
        ahead = min(0.20, math.sqrt(max(0.0, (UPPER + FORE - 0.004) ** 2 - below**2)))  # who stands tall reaches less
        target = along((body.shoulder[side][0], counter + 0.02, body.shoulder[side][2]), (d, ahead))
        return arm_to(body, side, target, along((0.0, -1.0, 0.0), (body.thorax.f, -0.5)), palm_down(d, side), flat=True)
    if what == "counter beside":
        d = level(body.pelvis.f)
        out = mul(cross(d, Y), k)
        at = (body.shoulder[side][0], counter + 0.02, body.hips[2])
        target = along(at, (out, COUNTER_GAP + 0.05), (d, 0.05))
        return arm_to(body, side, target, along((0.0, 0.0, 0.0), (d, -0.6), (out, 0.8)), palm_down(d, side), flat=True)
    x = wall(body) if wall else back_of(body)
    gap = 0.012 if x <= body.collar[0] else -0.012
    target = (x + gap, arm.wrist[1], arm.wrist[2])
    u, s = mul(Y, -1), mul(X, -k)  # fingers up; the palm, or the hand's back, lies on the wall
    hand = Frame(cross(u, s), u, s)
    pole = along((0.0, -1.0, 0.0), (body.thorax.s, 0.8 * k))
    return arm_to(body, side, target, pole, hand)


_FOREARM_DEEP = 0.020  # how far the bone of a forearm on a wall lies from it


def _forearm_on_wall(body: Skeleton, side: Side, x: float) -> Arm:
    """The forearm upright on a wall at x, thumb towards the body, the elbow as high as the angles give it."""
    k, at = OUTWARD[side], body.shoulder[side]
    ahead = x - _FOREARM_DEEP - at[0]
    if abs(ahead) > UPPER:
        raise UnreachableError(abs(ahead) - UPPER)
    room = math.sqrt(UPPER**2 - ahead**2)
    rise = max(-room, min(room, body.arms[side].elbow[1] - at[1]))
    out = math.sqrt(max(0.0, room**2 - rise**2))
    elbow = along(at, (X, ahead), (Y, rise), (Z, out * k))
    upper = bone_frame(sub(at, elbow), mul(Z, 1.0))
    fore = Frame(mul(X, -1), mul(Y, -1), Z)
    return Arm(at, elbow, along(elbow, (Y, FORE)), upper, fore, fore)
