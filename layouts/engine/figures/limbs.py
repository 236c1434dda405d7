"""Arms and legs with sleeves, shorts and socks, as parts. Lengths in H."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..records import dataclass
from .camera import Camera
from .contour import Cap, blob, chain, flat, segment, sweep
from .flat import Path, Point, smooth, unit2
from .hand import hand
from .part import BodyModel, Part, Stroke
from .posture import OUTWARD, Side
from .sections import FORE_SHAPE, SHANK_SHAPE, THIGH_SHAPE, UPPER_SHAPE, limb, shape_at
from .shoe import shoe
from .skeleton import Leg, Skeleton
from .vec import along, lerp, sub, unit

_HEM = 0.50  # of the thigh
_CUFF = 0.52  # of the upper arm


@dataclass(frozen=True)
class LegParts:
    """A leg in two layers, and its half of the shorts to be joined with the pelvis."""

    below: tuple[Part, ...]
    shorts: Path
    lines: tuple[Stroke, ...]
    stripes: tuple[Stroke, ...]
    above: tuple[Part, ...]


def _hem(left: Point, right: Point, d: Point, bulge: float) -> Stroke:
    """The seam across a sleeve or a leg of the shorts."""
    m = ((left[0] + right[0]) / 2 + d[0] * bulge, (left[1] + right[1]) / 2 + d[1] * bulge)
    return smooth([left, m, right], False), 0.5


def leg_parts(view: Camera, body: Skeleton, side: Side, far: bool, model: BodyModel) -> LegParts:
    """A leg, its sock and shoe, and the shorts over its thigh."""
    leg, k = body.legs[side], OUTWARD[side]
    toward = view.depth(unit(sub(leg.knee, leg.hip)))
    at_reader = toward > 0.45
    first = _HEM - 0.06 if at_reader else 0.0
    thigh = limb(leg.hip, leg.knee, THIGH_SHAPE, leg.thigh, first, build=model.build)
    shank = limb(leg.knee, leg.ankle, SHANK_SHAPE, leg.shank)
    parts = [Part("skin", tuple(chain(view, [thigh, shank])), far, _kneecap(view, leg, k, far))]
    sock = limb(leg.knee, leg.ankle, SHANK_SHAPE, leg.shank, 0.85, 1.02, 0.0028)
    parts.append(Part("sock", (segment(view, sock, flat(0.002)),), far))
    parts += shoe(view, leg, far)
    cloth = limb(leg.hip, leg.knee, THIGH_SHAPE, leg.thigh, 0, _HEM, 0.0055, build=model.build)
    cloth[-1] = cloth[-1].grown(0.004)
    if at_reader:
        return LegParts((), blob(view, cloth), (), (), tuple(parts))
    bulge = 0.004 + 0.05 * toward
    shorts = sweep(view, cloth, end=flat(bulge)).path
    seam = sweep(view, limb(leg.hip, leg.knee, THIGH_SHAPE, leg.thigh, 0, _HEM - 0.040, 0.0075, build=model.build))
    d = unit2(view(sub(leg.knee, leg.hip)))
    lines = (_hem(seam.left[-1], seam.right[-1], d, bulge),)
    stripes: tuple[Stroke, ...] = ()
    if view.depth(leg.thigh.s) * k > 0.2:  # the outer seam
        pts = [
            along(lerp(leg.hip, leg.knee, t), (leg.thigh.s, k * shape_at(THIGH_SHAPE, t)[2]))
            for t in (0.16, 0.34, 0.49)
        ]
        straight = unit(sub(leg.hip, leg.knee))
        if sum(a * b for a, b in zip(straight, body.pelvis.u, strict=True)) > 0.766:  # under 40 degrees
            top = along(leg.hip, (body.pelvis.s, k * 0.046), (body.pelvis.u, 0.058))
        else:
            top = along(lerp(leg.hip, leg.knee, 0.02), (leg.thigh.s, k * 0.05))
        stripes = ((smooth([view(p) for p in (top, *pts)], False), 2.6),)
    return LegParts(tuple(parts), shorts, lines, stripes, ())


def _kneecap(view: Camera, leg: Leg, k: int, far: bool) -> tuple[Stroke, ...]:
    frame = leg.shank

    def line(*pts: tuple[float, float, float]) -> Path:
        return smooth([view(along(leg.knee, (frame.f, f), (frame.s, s), (frame.u, u))) for f, s, u in pts], False)

    if abs(view.depth(leg.thigh.f)) < 0.75:
        if far:
            return ()
        s, lines, bend = 0.02 * k, [], leg.knee_angle
        if bend < 60:
            lines.append((line((0.020, s, 0.022), (0.0135, s, 0.002), (0.021, s, -0.020)), 0.5))
        if bend < 35:
            lines.append((line((-0.018, s, 0.006), (-0.0225, s, -0.006), (-0.021, s, -0.022)), 0.45))
        return tuple(lines)
    if view.depth(leg.thigh.f) > 0 and view.depth(frame.f) > 0.5:
        return ((line((0.02, -0.014, -0.008), (0.03, 0.0, -0.016), (0.02, 0.014, -0.008)), 0.5),)
    return ()


def arm_parts(view: Camera, body: Skeleton, side: Side, far: bool) -> list[Part]:
    """An arm with its hand and sleeve."""
    arm = body.arms[side]
    toward = view.depth(unit(sub(arm.elbow, arm.shoulder)))
    at_reader = toward > 0.8
    upper = limb(arm.shoulder, arm.elbow, UPPER_SHAPE, arm.upper, _CUFF - 0.08 if at_reader else 0.14)
    fore = limb(arm.elbow, arm.wrist, FORE_SHAPE, arm.fore, end_frame=arm.hand)
    shape = hand(view, arm, side, body.posture.arms[side].fingers)
    bare = Part("skin", (*chain(view, [upper, fore]), *shape.paths), far, over=shape.lines, rods=shape.rods)
    cloth = limb(arm.shoulder, arm.elbow, UPPER_SHAPE, arm.upper, 0, _CUFF, 0.0055)
    cloth[-1] = cloth[-1].grown(0.004)
    if at_reader:  # the upper arm points at the reader: forearm in front of the sleeve
        return [Part("top", (blob(view, cloth),), far, joint=view(arm.shoulder)), bare]
    bulge = 0.003 + 0.03 * toward
    sleeve = sweep(view, cloth, Cap(k=0.62), flat(bulge)).path
    seam = sweep(view, limb(arm.shoulder, arm.elbow, UPPER_SHAPE, arm.upper, 0, 0.445, 0.008))
    d = unit2(view(sub(arm.elbow, arm.shoulder)))
    joint = view(along(arm.shoulder, (body.thorax.u, -0.004)))
    return [bare, Part("top", (sleeve,), far, (_hem(seam.left[-1], seam.right[-1], d, bulge),), joint=joint)]


def named(parts: Sequence[Part], limb_name: str) -> list[Part]:
    """The parts, marked as belonging to a limb."""
    return [replace(p, limb=limb_name) for p in parts]
