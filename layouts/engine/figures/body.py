"""The whole figure as parts in painting order, from any side."""

from __future__ import annotations

from dataclasses import replace

from .camera import Camera
from .contour import Cap, flat, sweep
from .flat import Path, circle_points, counter_clockwise, smooth, smooth_hull
from .head import head_parts, neck_sections
from .limbs import arm_parts, leg_parts, named
from .part import BodyModel, Part, Stroke
from .posture import OUTWARD, SIDES, Side
from .sections import Section, trunk
from .skeleton import Skeleton
from .vec import along, blend, dot, sub, unit


def figure(view: Camera, body: Skeleton, model: BodyModel) -> list[Part]:
    """The figure's parts, back to front."""
    profile = abs(view.depth(body.thorax.f)) < 0.72
    return _from_side(view, body, model) if profile else _from_front(view, body, model)


def _shirt(view: Camera, body: Skeleton, model: BodyModel, profile: bool) -> Path:
    frame = blend(body.thorax, body.neck, 0.5)
    t = body.thorax
    collar = [
        Section(along(body.collar, (t.u, -0.012), (t.f, 0.001)), frame, 0.038, 0.046, 0.052),
        Section(along(body.collar, (t.u, 0.004), (t.f, 0.004)), frame, 0.036, 0.038, 0.037),
    ]
    sections = [s.grown(0.003) for s in trunk(body, model.build, model.belly)[3:]]
    return sweep(
        view, sections + collar, flat(0.004), flat(-0.010 if profile else -0.020 if view.depth(t.f) > 0 else 0.004)
    ).path


def _yoke(view: Camera, body: Skeleton, side: Side) -> Path:
    """Bridges collar and shoulder so that the top of the sleeve never makes a notch."""
    arm = body.arms[side]
    a = view(along(body.collar, (body.thorax.u, -0.030), (body.thorax.s, 0.034 * OUTWARD[side])))
    e = view(along(arm.shoulder, (unit(sub(arm.elbow, arm.shoulder)), 0.016)))
    return smooth_hull([*circle_points(a, 0.024), *circle_points(e, 0.0385)])


def _pelvis(view: Camera, body: Skeleton, model: BodyModel) -> tuple[Path, Stroke]:
    """The seat of the shorts and the line of its waistband."""
    sections = trunk(body, model.build, model.belly)[:5]
    path = sweep(view, [s.grown(0.003) for s in sections], Cap(k=0.35), flat(0.004)).path
    low = sections[4]
    band = Section(along(low.at, (body.pelvis.u, -0.012)), low.frame, 0.061, 0.058, 0.086)
    edge = sweep(view, [*(s.grown(0.004) for s in sections[:4]), band], end=flat())
    return path, (smooth([edge.left[-1], edge.right[-1]], False), 0.5)


def _joined(parts: list[Part], shirt: tuple[Path, ...]) -> list[Part]:
    """Near sleeves lose their outline where they run inside the shirt."""
    return [replace(p, merge=shirt) if p.joint and not p.far else p for p in parts]


def _neck(view: Camera, body: Skeleton) -> Part:
    return Part("skin", (sweep(view, neck_sections(body)).path,))


def _from_side(view: Camera, body: Skeleton, model: BodyModel) -> list[Part]:
    near: Side = "right" if view.depth(body.thorax.s) > 0 else "left"
    far: Side = "left" if near == "right" else "right"
    legs = {s: leg_parts(view, body, s, s == far, model) for s in SIDES}
    pelvis, waistband = _pelvis(view, body, model)
    shirt = (counter_clockwise(_shirt(view, body, model, True)), _yoke(view, body, near))
    q = legs[far]
    arm, across = named(arm_parts(view, body, far, True), "far arm"), list[Part]()
    if _crosses_chest(body, far):
        arm, across = [p for p in arm if p.kind == "top"], [replace(p, far=False) for p in arm if p.kind != "top"]
    out = arm
    out += [*q.below, Part("shorts", (q.shorts,), True, q.lines, q.stripes), *q.above]
    out += [_neck(view, body), Part("top", shirt), *head_parts(view, body, model)]
    q = legs[near]
    out += [
        *named(q.below, "near leg"),
        Part("shorts", (pelvis, q.shorts), False, (*q.lines, waistband), q.stripes),
        *named(q.above, "near leg"),
    ]
    return out + across + _joined(named(arm_parts(view, body, near, False), "near arm"), shirt)


def _crosses_chest(body: Skeleton, side: Side) -> bool:
    """Whether a forearm lies across the front of the chest, so that its hand is on the other side's."""
    t, wrist = body.thorax, sub(body.arms[side].wrist, body.back)
    return dot(wrist, t.s) * OUTWARD[side] < -0.03 and dot(wrist, t.f) > 0.05 and abs(dot(wrist, t.u)) < 0.12


def _from_front(view: Camera, body: Skeleton, model: BodyModel) -> list[Part]:
    middle = view.depth(along(body.back, (body.thorax.f, 0.03)))
    arms = {s: arm_parts(view, body, s, False) for s in SIDES}

    def behind(side: Side) -> bool:
        arm = body.arms[side]
        return (view.depth(arm.elbow) + view.depth(arm.wrist)) / 2 < middle - 0.09

    shirt = (counter_clockwise(_shirt(view, body, model, False)), *(_yoke(view, body, s) for s in SIDES))
    pelvis, waistband = _pelvis(view, body, model)
    out: list[Part] = []
    for side in SIDES:
        if behind(side):
            out += _joined(arms[side], shirt)
    shorts, lines, stripes, late = [pelvis], [waistband], list[Stroke](), list[Part]()
    in_order = sorted(SIDES, key=lambda s: view.depth(body.legs[s].knee))
    nearest = in_order[-1]
    for side in in_order:
        q = leg_parts(view, body, side, False, model)
        out += named(q.below, "near leg" if side == nearest else "far leg")
        shorts.append(q.shorts)
        lines += q.lines
        stripes += q.stripes
        late += named(q.above, "near leg" if side == nearest else "far leg")
    out += [_neck(view, body), Part("shorts", tuple(shorts), False, tuple(lines), tuple(stripes)), Part("top", shirt)]
    out += late
    out += head_parts(view, body, model)
    for side in SIDES:
        if not behind(side):
            out += _joined(named(arms[side], "near arm"), shirt)
    return out
