"""A solved scene -> panels of parts in painting order, with the box each takes. Lengths in H."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..problems import ContentError
from ..records import dataclass
from .arrows import Obstacles, arrow
from .body import figure
from .camera import Camera
from .flat import Box, Path, Point, box_of, points, smooth
from .part import BodyModel, Part
from .pose import Arrow, Mark
from .posture import SIDES
from .props import Placed, Setting, place
from .scene import Scene
from .skeleton import Skeleton, landmark
from .strip import foot_roll
from .vec import Y, along, cross, lerp, level, sub, unit

_SAME = 0.022  # a ghost's part that has moved less than this is left out
_MARGIN = 0.02


@dataclass(frozen=True)
class Guide:
    """A dashed line."""

    points: tuple[Point, ...]
    long: bool = False


@dataclass(frozen=True)
class Picture:
    """One panel: what is painted, back to front; `ground` is the floor's line (None on a mat)."""

    shadows: tuple[Path, ...]
    props: Placed
    guides: tuple[Guide, ...]
    ghost: tuple[Part, ...]
    figure: tuple[Part, ...]
    arrows: tuple[Path, ...]
    rays: tuple[Path, ...]
    ground: tuple[Point, Point] | None
    number: int
    badge: Point
    box: Box


def pictures(scene: Scene, model: BodyModel) -> list[Picture]:
    """The panels of a scene: one, or start and finish numbered."""
    if scene.pose.strip:
        return [_strip(scene)]
    if scene.start is None:
        return [_picture(scene, scene.main, None, model, True, 0)]
    if scene.pose.show == "panels":
        return [
            _picture(scene, scene.start, None, model, False, 1),
            _picture(scene, scene.main, None, model, True, 2),
        ]
    return [_picture(scene, scene.main, scene.start, model, True, 0)]


def _picture(
    scene: Scene, body: Skeleton, ghost: Skeleton | None, model: BodyModel, moves: bool, number: int
) -> Picture:
    view = scene.camera
    parts = figure(view, body, model)
    pale = _moved(figure(view, ghost, model), parts) if ghost else []
    bodies = scene.bodies if number == 0 else (body,)
    props = place(Setting(body, bodies, scene.pose, view, scene.wall))
    clear = Obstacles([*parts, *(p for p in props.behind if p.kind in ("ball", "pillow"))])
    here = [spec for spec in scene.pose.arrows if number == 0 or (spec.stage == "finish") == moves]
    arrows = [a for spec in here if (a := _arrow(scene, spec, body, clear))]
    guides = [_guide(view, body, m) for m in scene.pose.marks if not m.effort] if moves else []
    rays = [r for m in scene.pose.marks if m.effort for r in _rays(view(landmark(body, m.effort)))] if moves else []
    drawn = box_of(q for p in (*parts, *pale) for q in (*p.paths, *(r for r, _ in p.rods)))
    everything = [q for p in (*props.behind, *props.middle, *props.front) for q in p.paths]
    pts = [p for path in (*everything, *arrows, *rays) for p in points(path)] + [p for g in guides for p in g.points]
    pts += [(drawn[0], drawn[1]), (drawn[2], drawn[3])]
    on_mat = any(p.kind == "mat" for p in scene.pose.props)
    ground = None
    if not on_mat:
        y = view((0.0, 0.0, -0.15))[1]
        pad = 0.05
        long = box_of(
            [*(q for p in props.behind if p.kind == "snow" for q in p.paths), (("M", drawn[:2]), ("L", drawn[2:]))]
        )
        ground = ((long[0] - pad, y), (long[2] + pad, y))
        pts += ground
    beside = view((0, 0, 0))[1] + 0.10
    things = [p for p in props.behind if not p.kind.startswith("mat")]
    near = [q[0] for path in arrows for q in points(path) if abs(q[1] - beside) < 0.10]
    stands = [q[0] for p in things for path in p.paths for q in points(path)]
    badge = (min([drawn[0], *stands, *near]) - 0.07, beside)  # clear of chairs, steps and arrows beside it
    if number:
        pts.append((badge[0] - 0.05, badge[1]))
    box = (
        min(p[0] for p in pts) - _MARGIN, min(p[1] for p in pts) - _MARGIN,
        max(p[0] for p in pts) + _MARGIN, max(p[1] for p in pts) + _MARGIN,
    )  # fmt: skip
    if scene.pose.close_up:
        ground, box = None, _upper_body(scene, arrows, model)
        badge = (box[0] + 0.05, box[3] - 0.07)
    shadows = [] if on_mat else _shadows(view, body)
    return Picture(
        tuple(shadows), props, tuple(guides), tuple(pale), tuple(parts), tuple(arrows), tuple(rays), ground, number,
        badge, box,
    )  # fmt: skip


def _upper_body(scene: Scene, arrows: Sequence[Path], model: BodyModel) -> Box:
    """The box of a close-up: from the belly to the crown, the same in every panel but for the arrows."""
    drawn = box_of(
        q for b in scene.bodies for p in figure(scene.camera, b, model) if p.kind in ("skin", "hair", "top")
        for q in p.paths if box_of([q])[3] > scene.camera(b.waist)[1]
    )  # fmt: skip
    low = min(scene.camera(b.waist)[1] for b in scene.bodies) + 0.02
    pts = [p for path in arrows for p in points(path)] + [(drawn[0], low), (drawn[2], drawn[3])]
    middle = scene.camera(scene.main.collar)[0]
    half = max(abs(p[0] - middle) for p in pts) + 0.03
    return (middle - half, low, middle + half, max(p[1] for p in pts) + _MARGIN)


def _strip(scene: Scene) -> Picture:
    parts, box = foot_roll(scene.main)
    y = -0.002
    ground = ((box[0] + 0.01, y), (box[2] - 0.01, y))
    return Picture((), Placed(), (), (), tuple(parts), (), (), ground, 0, (0.0, 0.0), box)


def _arrow(scene: Scene, spec: Arrow, body: Skeleton, clear: Obstacles) -> Path | None:
    try:
        return arrow(spec, scene.camera, body, scene.on_the_way if scene.start else None, clear)
    except ContentError:  # the way between two good positions need not be one
        return None


def _moved(ghost: Sequence[Part], parts: Sequence[Part]) -> list[Part]:
    """The parts of the ghost that are somewhere else now."""
    outer = [p for p in ghost if p.kind not in ("ink", "sock") and (p.shade or p.kind != "skin")]  # no eyes, no ears
    if len(ghost) != len(parts):
        return outer
    same = [a for a, b in zip(ghost, parts, strict=True) if _alike(a, b)]
    return [p for p in outer if p not in same]


def _alike(a: Part, b: Part) -> bool:
    if a.kind != b.kind or len(a.paths) != len(b.paths):
        return False
    for p, q in zip(a.paths, b.paths, strict=True):
        ps, qs = list(points(p)), list(points(q))
        if len(ps) != len(qs) or any(math.dist(x, y) >= _SAME for x, y in zip(ps, qs, strict=True)):
            return False
    return True


def _shadows(view: Camera, body: Skeleton) -> list[Path]:
    out = []
    for side in SIDES:
        leg = body.legs[side]
        if min(p[1] for p in leg.sole) >= 0.03:
            continue
        f = level(leg.foot.f)
        m = lerp(leg.heel, leg.toe, 0.5)
        c = (m[0] + 0.01, 0.0, m[2])
        turns = [i * math.pi / 5 for i in range(10)]
        g = cross(f, Y)
        out.append(smooth([view(along(c, (f, 0.105 * math.cos(t)), (g, 0.05 * math.sin(t)))) for t in turns]))
    return out


def _guide(view: Camera, body: Skeleton, mark: Mark) -> Guide:
    if mark.plumb:
        p = landmark(body, mark.plumb)
        return Guide((view((p[0], 0.0, p[2])), view((p[0], 1.02, p[2]))))
    a, b = (landmark(body, name) for name in mark.line)
    d = unit(sub(b, a))
    return Guide((view(along(a, (d, -0.05))), view(along(b, (d, 0.12)))), True)


def _rays(p: Point) -> list[Path]:
    """Short strokes round a point that works."""
    out: list[Path] = []
    for i in range(8):
        t = math.pi * (2 * i + 1) / 8
        a, b = (
            (p[0] + 0.030 * math.cos(t), p[1] + 0.030 * math.sin(t)),
            (p[0] + 0.052 * math.cos(t), p[1] + 0.052 * math.sin(t)),
        )
        out.append((("M", a), ("L", b)))
    return out
