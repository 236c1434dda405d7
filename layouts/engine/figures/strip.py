"""How the foot rolls, as a strip of three: heel, whole sole, push-off. Lengths in H."""

from __future__ import annotations

from .camera import Camera
from .contour import flat, segment, sweep
from .flat import Box, polygon, smooth
from .part import Part
from .sections import SHANK_SHAPE, limb
from .shoe import shoe
from .skeleton import SHANK, SOLE, Leg, Skeleton
from .vec import Frame, X, Y, Z, along, cross, turned

_CELL = 0.25
# Degrees that the toes are up (negative: the heel), bend of the toes, lean of the shin, and what carries the weight.
_STEPS = (
    (17.0, 0.0, -8.0, (-0.043, 0.0)),
    (0.0, 0.0, 5.0, (-0.041, 0.100)),
    (-34.0, 34.0, 20.0, (0.060, 0.112)),
)


def foot_roll(body: Skeleton) -> tuple[list[Part], Box]:
    """The strip's parts and box; the ground is at y = 0."""
    view, out = Camera(0, 0), list[Part]()
    flat_foot = Frame(X, Y, cross(X, Y))
    for i, (toes_up, bend, lean, (a, b)) in enumerate(_STEPS):
        foot = turned(flat_foot, Z, toes_up)
        pivot = -0.041 if toes_up >= 0 else 0.066  # along the sole
        at = along((i * _CELL + pivot, 0.0, 0.0), (foot.f, -pivot), (foot.u, -SOLE))
        up = turned(flat_foot, Z, -lean)
        knee = along(at, (up.u, SHANK))
        leg = Leg(body.hip["right"], knee, at, up, up, foot, bend)
        shin = limb(knee, at, SHANK_SHAPE, up, 0.58)
        edge = sweep(view, shin, flat(), flat())
        sides = tuple((smooth(side, False), 1.75) for side in (edge.left, edge.right))
        out.append(Part("skin", (edge.path,), outline=False, shade=False, over=sides))
        out.append(Part("sock", (segment(view, limb(knee, at, SHANK_SHAPE, up, 0.85, 1.02, 0.0028), flat(0.002)),)))
        out += shoe(view, leg, False)
        mark = polygon([(i * _CELL + a, -0.026), (i * _CELL + b, -0.026)], False)
        out.append(Part("arrow", (mark,), pen=0.016))
        if i < len(_STEPS) - 1:
            x = i * _CELL + 0.155
            y = 0.055
            tip = [(x - 0.018, y + 0.022), (x + 0.006, y), (x - 0.018, y - 0.022)]
            out.append(
                Part("arrow", (polygon(tip, False), polygon([(x - 0.032, y), (x + 0.002, y)], False)), pen=0.009)
            )
    high = 0.16
    return out, (-0.085, -0.05, (len(_STEPS) - 1) * _CELL + 0.15, high)
