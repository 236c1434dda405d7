"""Things in the picture: from the mat to the shovel, each placed by the body. Lengths in H."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field

from ..records import dataclass
from .bases import SEAT
from .boxes import box, pillow, rod
from .camera import Camera
from .contact import COUNTER_HEIGHT, back_of
from .flat import ellipse, polygon, smooth
from .part import Part
from .pose import Pose, Prop
from .posture import SIDES, Side
from .skeleton import Skeleton
from .vec import Frame, Vec, X, Y, Z, along, bone_frame, cross, lerp, level, sub, unit

BALL_RADIUS = 0.16
WALL_AHEAD = 0.30  # from the shoulders, where a wall in front stands


@dataclass
class Placed:
    """Parts behind, between and in front of the body, and solid balls and boxes that limbs must not enter."""

    behind: list[Part] = field(default_factory=list)
    middle: list[Part] = field(default_factory=list)  # between the legs
    front: list[Part] = field(default_factory=list)
    solids: list[tuple[str, Vec, Vec]] = field(default_factory=list)  # name, lowest and highest corner


@dataclass(frozen=True)
class Setting:
    """What a prop may look at: the body shown, every position of the body in the picture, the pose, the camera."""

    body: Skeleton
    bodies: Sequence[Skeleton]
    pose: Pose
    view: Camera
    wall: float | None


def wall_of(pose: Pose) -> Callable[[Skeleton], float] | None:
    """Where the wall stands for a body, if the pose has one."""
    prop = next((p for p in pose.props if p.kind == "wall"), None)
    if prop is None:
        return None
    ball = any(p.kind == "gym ball" and p.at in (None, "behind back") for p in pose.props)
    if prop.at == "in front":
        ahead = prop.gap.value if prop.gap else WALL_AHEAD
        return lambda body: body.collar[0] + ahead
    gap = prop.gap.value if prop.gap else 2 * BALL_RADIUS - 0.03 if ball else 0.0
    return lambda body: back_of(body) - gap


def place(setting: Setting) -> Placed:
    """All props of a pose."""
    out = Placed()
    for prop in setting.pose.props:
        _MAKERS[prop.kind](setting, prop, out)
    return out


def _mat(setting: Setting, prop: Prop, out: Placed) -> None:  # noqa: ARG001
    pts: list[Vec] = []
    for b in setting.bodies:
        pts += [b.skull, b.hips, b.collar, along(b.skull, (b.head.u, 0.1))]
        for s in SIDES:
            leg, arm = b.legs[s], b.arms[s]
            pts += [leg.knee, leg.ankle, leg.toe, arm.wrist, arm.tip]
    low = [p for p in pts if p[1] < 0.35] or pts
    x = (min(p[0] for p in low) - 0.06, max(p[0] for p in low) + 0.06)
    z = (min(-0.17, min(p[2] for p in low) - 0.07), max(0.17, max(p[2] for p in low) + 0.07))
    out.behind += box(setting.view, x, (-0.014, 0.0), z, "mat", 0.5)


def _chair(setting: Setting, prop: Prop, out: Placed) -> None:  # noqa: ARG001
    view, deep, thick = setting.view, 0.13, 0.022
    x0, x1 = -0.115, 0.125
    for z in (0.012 - deep, deep - 0.012):
        for x in (x0 + 0.012, x1 - 0.014):
            out.behind += box(view, (x - 0.011, x + 0.011), (0, SEAT - thick), (z - 0.011, z + 0.011), "metal")
    out.behind += box(view, (x0 - 0.006, x0 + 0.016), (SEAT, SEAT + 0.27), (-deep, deep), "chair")
    out.behind += box(view, (x0, x1), (SEAT - thick, SEAT), (-deep, deep), "chair")
    out.solids.append(("chair", (x0, SEAT - thick, -deep), (x1, SEAT, deep)))


def _wall(setting: Setting, prop: Prop, out: Placed) -> None:
    x = setting.wall if setting.wall is not None else 0.0
    span = (x, x + 0.035) if prop.at == "in front" else (x - 0.035, x)
    out.behind += box(setting.view, span, (0, 1.06), (-0.26, 0.26), "wall")
    far_side = (x, 9.0) if prop.at == "in front" else (-9.0, x)
    out.solids.append(("wall", (far_side[0], 0.0, -9.0), (far_side[1], 9.0, 9.0)))


def _step(setting: Setting, prop: Prop, out: Placed) -> None:
    side: Side = "left" if prop.at == "under left foot" else "right"
    height = setting.body.posture.legs[side].height or 0.09
    x = setting.body.legs[side].ball[0] - 0.035
    out.behind += box(setting.view, (x - 0.13, x + 0.13), (0, height), (-0.19, 0.19), "step")


def _counter(setting: Setting, prop: Prop, out: Placed) -> None:
    height = prop.height.value if prop.height else COUNTER_HEIGHT
    x = setting.body.collar[0] + (prop.gap.value if prop.gap else 0.16)
    view = setting.view
    out.behind += box(view, (x + 0.02, x + 0.26), (0, height - 0.03), (-0.24, 0.24), "step")
    out.behind += box(view, (x, x + 0.28), (height - 0.03, height), (-0.26, 0.26), "chair")
    out.solids.append(("counter", (x, 0.0, -0.26), (x + 0.28, height, 0.26)))


def _gym_ball(setting: Setting, prop: Prop, out: Placed) -> None:
    body, r = setting.body, prop.height.value / 2 if prop.height else BALL_RADIUS
    if prop.at == "under pelvis":
        c: Vec = (body.hips[0] - 0.01, r, body.hips[2])
    elif prop.at == "under belly":
        c = along((body.waist[0], 0.0, body.waist[2]), (Y, r))
    elif prop.at in ("under right foot", "under left foot"):
        heel = lerp(body.legs["right"].ankle, body.legs["left"].ankle, 0.5)
        c = (heel[0], r, heel[2])
    else:
        c = along(body.waist, (body.lumbar.u, 0.03), (body.lumbar.f, -0.048 - r))
    at = setting.view(c)
    lines = tuple((ellipse(at, r * f, r, 0.5), 0.6) for f in (0.35, 0.72))
    out.behind.append(Part("ball", (ellipse(at, r),), lines=lines))


def _dumbbell(setting: Setting, prop: Prop, out: Placed) -> None:
    for side in SIDES:
        if prop.at in (None, "hands", f"{side} hand"):
            arm = setting.body.arms[side]
            c = along(arm.wrist, (arm.hand.u, -0.050), (arm.hand.s, -0.010 if side == "right" else 0.010))
            a, b = along(c, (arm.hand.f, -0.055)), along(c, (arm.hand.f, 0.055))
            near = setting.view.depth(arm.wrist) > setting.view.depth(setting.body.back)
            parts = [rod(setting.view, a, b, 0.016, "metal")]
            parts += [rod(setting.view, p, lerp(p, q, 0.24), 0.044, "weight") for p, q in ((a, b), (b, a))]
            (out.front if near else out.behind).extend(parts)


def _band(setting: Setting, prop: Prop, out: Placed) -> None:
    body, view = setting.body, setting.view
    height = prop.tied_at.value if prop.tied_at else 0.72
    knot: Vec = (body.collar[0] + (prop.gap.value if prop.gap else 0.62), height, body.collar[2])
    sides = [s for s in SIDES if prop.at in (None, "hands", f"{s} hand")]
    for side in sides:
        path = smooth([view(knot), view(body.arms[side].palm)], False)
        near = view.depth(body.arms[side].wrist) > view.depth(body.back)
        (out.front if near else out.behind).append(Part("band", (path,), pen=0.014))


def _pillow(setting: Setting, prop: Prop, out: Placed) -> None:
    body, view = setting.body, setting.view
    kind = str(prop.kind)
    thick = prop.height.value / 2 if prop.height else {"pillow": 0.040, "towel": 0.022, "cushion": 0.030}[kind]
    flat_frame = Frame(X, Y, Z)
    knees = lerp(body.legs["right"].knee, body.legs["left"].knee, 0.5)
    if prop.at == "under knees":
        half = max(thick, (knees[1] - 0.030) / 2)
        out.behind.append(pillow(view, (knees[0], half, knees[2]), flat_frame, 0.085, half, 0.15, kind))
    elif prop.at == "between knees":
        upper, lower = (lerp(body.legs[s].knee, body.legs[s].ankle, 0.3) for s in ("left", "right"))
        d = level(sub(upper, body.legs["left"].ankle))
        half = max(0.025, abs(upper[1] - lower[1]) / 2 - 0.020)
        frame = bone_frame(Y, cross(d, Y))
        ahead = along(lerp(upper, lower, 0.5), (body.pelvis.f, 0.05))
        out.middle.append(pillow(view, ahead, frame, 0.14, half, 0.08, kind))
    elif prop.at == "under belly":
        out.behind.append(pillow(view, (body.hips[0] + 0.03, thick, body.hips[2]), flat_frame, 0.10, thick, 0.15, kind))
    elif prop.at in ("under right foot", "under left foot"):
        side: Side = "left" if prop.at == "under left foot" else "right"
        foot = lerp(body.legs[side].heel, body.legs[side].toe, 0.5)
        out.behind.append(pillow(view, (foot[0], thick, foot[2]), flat_frame, 0.12, thick, 0.09, kind))
    else:  # under the head
        head = along(body.skull, (body.head.u, 0.045))
        floor = 0.0
        low = head[1] - (0.052 if abs(body.head.s[1]) > 0.5 else 0.066)
        out.behind.append(
            pillow(
                view, (head[0], max(floor + 0.01, low / 2), head[2]), flat_frame, 0.10, max(0.012, low / 2), 0.13, kind
            )
        )


def _shovel(setting: Setting, prop: Prop, out: Placed) -> None:  # noqa: ARG001
    """Its shaft runs through both palms: the rear hand on the grip, the front hand near the blade."""
    body, view = setting.body, setting.view
    palms = {s: body.arms[s].palm for s in SIDES}
    rear: Side = "right" if palms["right"][0] < palms["left"][0] else "left"
    front: Side = "left" if rear == "right" else "right"
    a, b = palms[rear], palms[front]
    d = unit(sub(b, a))
    grip, socket = along(a, (d, -0.03)), along(b, (d, 0.20))
    flatwise = level(cross(d, Y))
    up = unit(cross(flatwise, d))
    parts = [rod(view, grip, socket, 0.013, "wood")]
    parts.append(rod(view, along(grip, (flatwise, -0.028)), along(grip, (flatwise, 0.028)), 0.016, "grip"))
    toe = along(socket, (d, 0.15), (Y, -0.01))
    corners = [
        along(socket, (flatwise, -0.075), (up, 0.02)), along(socket, (flatwise, 0.075), (up, 0.02)),
        along(toe, (flatwise, 0.085)), along(toe, (flatwise, -0.085)),
    ]  # fmt: skip
    rib = polygon([view(lerp(corners[0], corners[1], 0.5)), view(lerp(corners[2], corners[3], 0.5))], False)
    blade = Part("blade", (polygon([view(c) for c in corners]),), lines=((rib, 0.6),))
    near = view.depth(palms["right"]) + view.depth(palms["left"]) > 2 * view.depth(body.back) - 0.1
    (out.front if near else out.behind).extend([blade, *parts])


_MAKERS: dict[str, Callable[[Setting, Prop, Placed], None]] = {
    "mat": _mat, "chair": _chair, "wall": _wall, "step": _step, "counter": _counter, "gym ball": _gym_ball,
    "dumbbell": _dumbbell, "band": _band, "pillow": _pillow, "towel": _pillow, "cushion": _pillow, "shovel": _shovel,
}  # fmt: skip
