"""Whether a solved figure is a body that could be there: joints, floor, limbs, things, balance.

Masses: Dempster (1955), as in Winter, Biomechanics and Motor Control (2009), shares of the body's mass.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence

from ..problems import Problem
from .flat import Point, hull, inside
from .limits import RANGES
from .posture import OUTWARD, SIDES, Side
from .props import Setting, place
from .scene import Scene
from .sections import Section, lowest, trunk
from .skeleton import HEAD, Arm, Leg, Skeleton
from .vec import Vec, along, dot, lerp, mul, norm, sub, unit

_SLACK = 4.0  # degrees that solving a contact may take beyond what may be written
_SINK = 0.014  # H that soft parts may sink into the floor
_MARGIN = 0.04  # H that a person shifts without being drawn so
_GIVE = 0.015  # H that a gym ball gives under the middle of a limb
_DEEP = 0.5  # of both radii: how near two limbs' middles may come
_Bone = tuple[str, Vec, Vec, float]  # name, from, to, radius


def judge(scene: Scene) -> list[Problem]:
    """Every mistake of a solved scene, in words."""
    out: list[Problem] = []
    for body in scene.bodies:
        out += _joints(body)
        out += _floor(body)
        out += _limbs(body)
        out += _things(scene, body)
        if scene.pose.balance == "still" and not _grounded_wide(body):
            out += _balance(body)
    return list(dict.fromkeys(out))


def angles(body: Skeleton, side: Side) -> dict[str, float]:
    """The anatomical angles that a limb came to, by the names of `RANGES`."""
    leg, arm, k = body.legs[side], body.arms[side], OUTWARD[side]
    thigh, upper = mul(leg.thigh.u, -1), mul(arm.upper.u, -1)
    p, t = body.pelvis, body.thorax
    flexion = math.degrees(math.atan2(dot(upper, t.f), -dot(upper, t.u)))
    if flexion < -90:  # up and a little behind is past overhead, not far back
        flexion += 360
    raised = math.hypot(dot(upper, t.f), dot(upper, t.u)) > 0.35  # out sideways, forward and back lose their meaning
    return {
        "hip": math.degrees(math.atan2(dot(thigh, p.f), -dot(thigh, p.u))),
        "hip_abduction": math.degrees(math.asin(max(-1, min(1, dot(thigh, p.s) * k)))),
        "knee": leg.knee_angle,
        "ankle": leg.ankle_angle,
        "shoulder": flexion if raised else 0.0,
        "shoulder_abduction": math.degrees(math.asin(max(-1, min(1, dot(upper, t.s) * k)))),
        "elbow": arm.elbow_angle,
    }


def _joints(body: Skeleton) -> Iterator[Problem]:
    for side in SIDES:
        for name, value in angles(body, side).items():
            if name == "hip" and abs(body.posture.legs[side].hip_abduction) > 30:
                continue
            if text := RANGES[name].complaint(side, value, _SLACK):
                yield Problem(
                    body.posture.where(f"{side}.{name}"), text, "Change its angle, or the contact that asks for it."
                )


def _floor(body: Skeleton) -> Iterator[Problem]:
    for region, height in lowest(body).items():
        if region == "trunk" or height >= -_SINK:
            continue
        name = {"thorax": "chest or back"}.get(region, region)
        yield Problem(
            body.posture.place,
            f"the {name} goes {max(1, round(-height * 100))} % of the body's height through the floor",
            "Change an angle, or what the body rests on.",
        )
    for side in SIDES:
        q, leg = body.posture.legs[side], body.legs[side]
        gap = min(p[1] for p in leg.sole) - q.height
        if q.foot not in ("free", "on knee") and gap > 0.02:
            yield Problem(
                body.posture.where(f"{side}.foot"),
                f"the {side} foot is {round(gap * 100)} % of the body's height above the floor",
                'Bend the hip or the knee, or say "foot: free".',
            )


def _bones(body: Skeleton, side: Side) -> list[_Bone]:
    leg: Leg = body.legs[side]
    arm: Arm = body.arms[side]
    return [
        (f"{side} thigh", lerp(leg.hip, leg.knee, 0.35), leg.knee, 0.036),
        (f"{side} shin", leg.knee, leg.ankle, 0.024),
        (f"{side} foot", leg.heel, leg.toe, 0.022),
        (f"{side} upper arm", lerp(arm.shoulder, arm.elbow, 0.5), arm.elbow, 0.022),
        (f"{side} forearm", arm.elbow, arm.wrist, 0.017),
        (f"{side} hand", arm.wrist, arm.palm, 0.012),
    ]


def _limbs(body: Skeleton) -> Iterator[Problem]:
    """Limbs that run through each other, the trunk or the head."""
    bones = {s: _bones(body, s) for s in SIDES}
    pairs = [(a, b) for a in bones["right"] for b in bones["left"]]
    for s in SIDES:
        pairs += [(a, b) for a in bones[s][:3] for b in bones[s][3:]]
    for a, b in pairs:
        if _apart(a, b) < _DEEP * (a[3] + b[3]):
            yield Problem(
                body.posture.place, f"the {a[0]} goes through the {b[0]}", "Move one of them out to its side."
            )
    inner = trunk(body)
    skull = along(body.skull, (body.head.u, HEAD * 0.22))
    for s in SIDES:
        for bone in bones[s]:
            name = bone[0]
            pts = [lerp(bone[1], bone[2], t) for t in (0.25, 0.5, 0.75, 1.0)]
            if "thigh" not in name and any(_in_trunk(inner, p) for p in pts):
                yield Problem(body.posture.place, f"the {name} goes through the body", "Move it forward or outward.")
            elif any(norm(sub(p, skull)) < 0.045 for p in pts):
                yield Problem(body.posture.place, f"the {name} goes through the head", "Move it forward or outward.")


def _in_trunk(sections: Sequence[Section], p: Vec) -> bool:
    for low, high in itertools.pairwise(sections):
        axis = sub(high.at, low.at)
        length = norm(axis)
        t = dot(sub(p, low.at), unit(axis)) / max(length, 1e-9)
        if not 0 <= t <= 1:
            continue
        d = sub(p, lerp(low.at, high.at, t))
        f, s = dot(d, low.frame.f), dot(d, low.frame.s)
        if math.hypot(f / (low.front if f > 0 else low.back), s / low.side) < 0.72:
            return True
    return False


def _apart(a: _Bone, b: _Bone) -> float:
    """The smallest distance of two bones' middles, by sampling."""
    steps = [i / 8 for i in range(9)]
    ends = [lerp(b[1], b[2], t) for t in steps]
    return min(norm(sub(lerp(a[1], a[2], t), q)) for t in steps for q in ends)


def _things(scene: Scene, body: Skeleton) -> Iterator[Problem]:
    """Limbs that run through a wall, a counter, a step, a chair's seat or a gym ball."""
    placed = place(Setting(body, scene.bodies, scene.pose, scene.camera, scene.wall))
    for thing, low, high in placed.solids:
        for side in SIDES:
            for name, a, b, _ in _bones(body, side):
                if thing == "chair" and name.endswith("thigh"):
                    continue
                deep = max(min(min(p[i] - low[i], high[i] - p[i]) for i in range(3)) for p in _samples(a, b))
                if deep > 0.008:
                    yield _through(body, name, thing)
    for thing, middle, radius in placed.balls:
        for side in SIDES:
            for name, a, b, _ in _bones(body, side):
                if radius - min(norm(sub(p, middle)) for p in _samples(a, b)) > _GIVE:
                    yield _through(body, name, thing)


def _samples(a: Vec, b: Vec) -> list[Vec]:
    """Points along a bone, near enough to each other that no thing hides between them."""
    return [lerp(a, b, i / 8) for i in range(9)]


def _through(body: Skeleton, name: str, thing: str) -> Problem:
    return Problem(body.posture.place, f"the {name} goes through the {thing}", "Move it, or move the thing.")


def centre_of_mass(body: Skeleton) -> Vec:
    """Where the body's weight acts."""
    parts: list[tuple[Vec, float]] = [
        (along(body.skull, (body.head.u, 0.04)), 0.081), (lerp(body.back, body.collar, 0.5), 0.216),
        (lerp(body.waist, body.back, 0.5), 0.139), (body.hips, 0.142),
    ]  # fmt: skip
    for side in SIDES:
        leg, arm = body.legs[side], body.arms[side]
        parts += [
            (lerp(leg.hip, leg.knee, 0.433), 0.100), (lerp(leg.knee, leg.ankle, 0.433), 0.0465), (leg.ball, 0.0145),
            (lerp(arm.shoulder, arm.elbow, 0.436), 0.028), (lerp(arm.elbow, arm.wrist, 0.43), 0.016),
            (arm.palm, 0.006),
        ]  # fmt: skip
    total = sum(m for _, m in parts)
    return along((0.0, 0.0, 0.0), *((p, m / total) for p, m in parts))


def support(body: Skeleton) -> list[Point]:
    """The points on the floor (x, z) that carry the body."""
    low, out = lowest(body), list[Point]()
    for side in SIDES:
        leg, arm = body.legs[side], body.arms[side]
        for p in leg.sole:
            if p[1] - body.posture.legs[side].height < 0.025:
                out += [(p[0], p[2] + k) for k in (-0.025, 0.025)]
        if low[f"{side} knee"] < 0.02:
            out += [(leg.knee[0] + k, leg.knee[2] + m) for k in (-0.02, 0.02) for m in (-0.025, 0.025)]
            if leg.ankle[1] < 0.12:
                out.append((leg.toe[0], leg.toe[2]))
        if arm.wrist[1] < 0.05:
            out += [(arm.wrist[0], arm.wrist[2]), (arm.tip[0], arm.tip[2])]
        if low[f"{side} elbow"] < 0.02:
            out.append((arm.elbow[0], arm.elbow[2]))
    for s in trunk(body):
        if s.lowest < 0.03:
            out += [(s.at[0], s.at[2] + k) for k in (-0.07, 0.07)]
    if low["head"] < 0.02:
        out.append((body.skull[0], body.skull[2]))
    return out


def _grounded_wide(body: Skeleton) -> bool:
    """Sitting on a seat or lying on the trunk: nothing topples."""
    return body.posture.base == "sitting" or lowest(body)["trunk"] < 0.03


def _balance(body: Skeleton) -> Iterator[Problem]:
    ground = support(body)
    hint = 'Lean the other way or move what it rests on; else say "balance: moving" or "balance: supported".'
    if not ground:
        yield Problem(body.posture.place, "nothing carries the body", hint)
        return
    c = centre_of_mass(body)
    over = _outside(hull(ground), (c[0], c[2]))
    if over > _MARGIN:
        yield Problem(
            body.posture.place,
            f"the body would topple: its weight falls {round(over * 100)} % of its height outside what carries it",
            hint,
        )


def _outside(shape: list[Point], p: Point) -> float:
    """How far a point lies outside a convex shape; 0 inside."""
    if len(shape) > 2 and inside(shape, p):
        return 0.0
    best = min(math.dist(p, q) for q in shape)
    for a, b in zip(shape, [*shape[1:], shape[0]], strict=True):
        dx, dy = b[0] - a[0], b[1] - a[1]
        square = dx * dx + dy * dy
        if square > 1e-12:
            t = max(0.0, min(1.0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / square))
            best = min(best, math.dist(p, (a[0] + t * dx, a[1] + t * dy)))
    return best
