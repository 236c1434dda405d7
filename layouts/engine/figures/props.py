"""Things in the picture: from the mat to the shovel, each placed by the body. Lengths in H."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field

from ..records import dataclass
from .bases import SEAT
from .boxes import box, disc, pad, pillow, rod
from .camera import Camera
from .contact import COUNTER_GAP, COUNTER_HEIGHT, back_of
from .flat import Point, ellipse, polygon, smooth
from .part import Part
from .pose import Pose, Prop
from .posture import OUTWARD, SIDES, Side
from .skeleton import SOLE, Skeleton
from .vec import Frame, Vec, X, Y, Z, along, blend, bone_frame, cross, lerp, level, mul, sub, unit

BALL_RADIUS = 0.16
WALL_AHEAD = 0.30  # from the shoulders, where a wall in front stands


@dataclass
class Placed:
    """Parts behind, between and in front of the body, and solid balls and boxes that limbs must not enter."""

    behind: list[Part] = field(default_factory=list)
    middle: list[Part] = field(default_factory=list)  # between the legs
    front: list[Part] = field(default_factory=list)
    solids: list[tuple[str, Vec, Vec]] = field(default_factory=list)  # name, lowest and highest corner
    balls: list[tuple[str, Vec, float]] = field(default_factory=list)  # name, middle, radius


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


def counter_of(pose: Pose) -> float | None:
    """How high the pose's counter is, if it says so."""
    return next((p.height.value for p in pose.props if p.kind == "counter" and p.height), None)


def place(setting: Setting) -> Placed:
    """All props of a pose."""
    out = Placed()
    for prop in setting.pose.props:
        _MAKERS[prop.kind](setting, prop, out)
    return out


def _mat(setting: Setting, prop: Prop, out: Placed) -> None:
    pts: list[Vec] = []
    for b in setting.bodies:
        pts += [b.skull, b.hips, b.collar, along(b.skull, (b.head.u, 0.1))]
        for s in SIDES:
            leg, arm = b.legs[s], b.arms[s]
            pts += [leg.knee, leg.ankle, leg.toe, arm.wrist, arm.tip]
    low = [p for p in pts if p[1] < 0.35] or pts
    x = (min(p[0] for p in low) - 0.06, max(p[0] for p in low) + 0.06)
    z = (min(-0.17, min(p[2] for p in low) - 0.07), max(0.17, max(p[2] for p in low) + 0.07))
    if prop.width:
        z = (setting.body.hips[2] - prop.width.value / 2, setting.body.hips[2] + prop.width.value / 2)
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
    high = prop.height.value if prop.height else 1.06
    out.behind += box(setting.view, span, (0, high), (-0.26, 0.26), "wall")
    far_side = (x, 9.0) if prop.at == "in front" else (-9.0, x)
    out.solids.append(("wall", (far_side[0], 0.0, -9.0), (far_side[1], 9.0, 9.0)))


def _step(setting: Setting, prop: Prop, out: Placed) -> None:
    side: Side = "left" if prop.at == "under left foot" else "right"
    height = setting.body.posture.legs[side].height or 0.09
    x = setting.body.legs[side].ball[0] - 0.035
    out.behind += box(setting.view, (x - 0.13, x + 0.13), (0, height), (-0.19, 0.19), "step")
    out.solids.append(("step", (x - 0.13, 0.0, -0.19), (x + 0.13, height, 0.19)))


def _counter(setting: Setting, prop: Prop, out: Placed) -> None:
    height = prop.height.value if prop.height else COUNTER_HEIGHT
    if prop.at in ("right side", "left side"):
        _counter_beside(setting, prop, height, out)
        return
    x = setting.body.collar[0] + (prop.gap.value if prop.gap else 0.16)
    view = setting.view
    out.behind += box(view, (x + 0.02, x + 0.26), (0, height - 0.03), (-0.24, 0.24), "step")
    out.behind += box(view, (x, x + 0.28), (height - 0.03, height), (-0.26, 0.26), "chair")
    out.solids.append(("counter", (x, 0.0, -0.26), (x + 0.28, height, 0.26)))


def _counter_beside(setting: Setting, prop: Prop, height: float, out: Placed) -> None:
    """Along the body, within reach of a hand that hangs down."""
    near, view, hips = prop.gap.value if prop.gap else COUNTER_GAP, setting.view, setting.body.hips
    k = OUTWARD["right" if prop.at == "right side" else "left"]
    x0, x1 = hips[0] - 0.20, hips[0] + 0.24

    def across(a: float, b: float) -> tuple[float, float]:
        z = sorted((hips[2] + k * a, hips[2] + k * b))
        return z[0], z[1]

    parts = box(view, (x0 + 0.01, x1 - 0.02), (0, height - 0.03), across(near + 0.02, near + 0.23), "step")
    parts += box(view, (x0, x1), (height - 0.03, height), across(near, near + 0.25), "chair")
    (out.front if prop.at == "right side" and view.yaw < 60 else out.behind).extend(parts)
    low, high = across(near, near + 0.25)
    out.solids.append(("counter", (x0, 0.0, low), (x1, height, high)))


def _gym_ball(setting: Setting, prop: Prop, out: Placed) -> None:
    body, r = setting.body, prop.height.value / 2 if prop.height else BALL_RADIUS
    high = r
    if prop.at == "under pelvis" and body.posture.base == "sitting":  # as high as a seat: it gives under the weight
        high = (SEAT + 0.024) / 2
        c: Vec = (body.hips[0], high, body.hips[2])
    elif prop.at == "under pelvis":
        c = (body.hips[0] - 0.01, r, body.hips[2])
    elif prop.at == "under belly":
        touch = along(body.waist, (body.lumbar.f, 0.055 + r))  # on its skin, whatever the slope of the belly
        c = (touch[0], r, touch[2])
    elif prop.at == "under heels":  # as high as the heels are
        heel = lerp(body.legs["right"].heel, body.legs["left"].heel, 0.5)
        r = high = (heel[1] - 0.006) / 2
        c = (heel[0] - 0.03, r, heel[2])
    elif prop.at in ("under right foot", "under left foot"):
        heel = lerp(body.legs["right"].ankle, body.legs["left"].ankle, 0.5)
        c = (heel[0], r, heel[2])
    else:
        c = along(body.waist, (body.lumbar.u, 0.03), (body.lumbar.f, -0.048 - r))
    at = setting.view(c)
    lines = tuple((ellipse(at, r * f, high, 0.5), 0.6) for f in (0.35, 0.72))
    out.behind.append(Part("ball", (ellipse(at, r, high),), lines=lines))
    out.balls.append(("gym ball", c, min(r, high)))


def _dumbbell(setting: Setting, prop: Prop, out: Placed) -> None:
    if prop.at == "between hands":
        _upright_dumbbell(setting, out)
        return
    for side in SIDES:
        if prop.at in (None, "hands", f"{side} hand"):
            arm = setting.body.arms[side]
            c = along(arm.wrist, (arm.hand.u, -0.050), (arm.hand.s, -0.010 if side == "right" else 0.010))
            a, b = along(c, (arm.hand.f, -0.055)), along(c, (arm.hand.f, 0.055))
            near = setting.view.depth(arm.wrist) > setting.view.depth(setting.body.back)
            parts = [rod(setting.view, a, b, 0.016, "metal")]
            parts += [rod(setting.view, p, lerp(p, q, 0.24), 0.044, "weight") for p, q in ((a, b), (b, a))]
            (out.front if near else out.behind).extend(parts)


def _upright_dumbbell(setting: Setting, out: Placed) -> None:
    """One dumbbell held upright before the chest, the palms under its upper weight."""
    body, view = setting.body, setting.view
    middle = lerp(body.arms["right"].palm, body.arms["left"].palm, 0.5)
    frame = blend(body.thorax, Frame(level(body.thorax.f), Y, level(body.thorax.s)), 0.6)
    top, low = along(middle, (frame.u, 0.026)), along(middle, (frame.u, -0.100))
    parts = [rod(view, top, low, 0.018, "metal")]
    parts += [disc(view, p, frame, 0.040, 0.019, "weight") for p in (low, top)]
    (out.front if view.depth(middle) > view.depth(body.back) else out.behind).extend(parts)


def _band(setting: Setting, prop: Prop, out: Placed) -> None:
    body, view = setting.body, setting.view
    if prop.at == "between hands":  # its ends hang from both fists
        palms = [body.arms[s].palm for s in SIDES]
        ends = [along(p, (Y, -0.045), (body.thorax.s, 0.012 * OUTWARD[s])) for p, s in zip(palms, SIDES, strict=True)]
        pts = [ends[0], *palms, ends[1]]
        out.front.append(Part("band", (polygon([view(p) for p in pts], False),), pen=0.014))
        return
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
    if prop.at in ("round right foot", "round left foot"):
        _strap(setting, "right" if prop.at == "round right foot" else "left", kind, out)
        return
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
        if kind == "cushion":
            out.behind.append(pad(view, foot, 0.135, 2 * thick, 0.105, kind))
        else:
            out.behind.append(pillow(view, (foot[0], thick, foot[2]), flat_frame, 0.12, thick, 0.09, kind))
    elif prop.at in ("under right knee", "under left knee"):
        knee = body.legs["left" if prop.at == "under left knee" else "right"]
        half = max(0.012, (knee.knee[1] - 0.022) / 2)
        at = along(lerp(knee.knee, knee.ankle, 0.1), (Y, -knee.knee[1] + half))
        out.behind.append(pillow(view, (at[0], half, at[2]), flat_frame, 0.11, half, 0.09, kind))
    else:  # under the head
        head = along(body.skull, (body.head.u, 0.045))
        floor = 0.0
        low = head[1] - (0.052 if abs(body.head.s[1]) > 0.5 else 0.066)
        out.behind.append(
            pillow(
                view, (head[0], max(floor + 0.01, low / 2), head[2]), flat_frame, 0.10, max(0.012, low / 2), 0.13, kind
            )
        )


_HEAP = (
    (0.004, 0.0), (0.002, 0.070), (0.016, 0.108), (0.040, 0.128), (0.072, 0.118), (0.102, 0.126), (0.138, 0.098),
    (0.172, 0.090), (0.205, 0.058), (0.244, 0.044), (0.268, 0.014), (0.292, 0.0),
)  # fmt: skip


def _snow(view: Camera, at: Vec, ahead: Vec, wide: Vec) -> Part:
    """A heap that the shovel pushes along the floor."""

    def row(z: float, share: float) -> list[Point]:
        return [
            view((at[0] + ahead[0] * x + wide[0] * z, y * share, at[2] + ahead[2] * x + wide[2] * z)) for x, y in _HEAP
        ]

    near, back = row(0.06, 1.0), row(-0.08, 0.9)
    lumps = tuple((smooth(near[i : i + 3], False), 0.5) for i in (3, 6))
    ends = (0, len(_HEAP) - 1)
    return Part("snow", (smooth(back, True, ends), smooth(near, True, ends)), lines=lumps, weight=0.8)


def _push_shovel(setting: Setting, out: Placed) -> None:
    """A snow pusher: its shaft runs through both palms down to a broad blade on the floor."""
    body, view = setting.body, setting.view
    high, low = sorted((body.arms[s].palm for s in SIDES), key=lambda p: p[0])
    d = unit(sub(low, high))
    if d[1] > -0.35:  # too flat to reach the floor near the body
        d = unit((level(d)[0], -0.5, level(d)[2]))
    socket = along(low, (d, max(0.05, (0.075 - low[1]) / d[1])))
    ahead = level(d)
    wide = cross(ahead, Y)
    foot = (socket[0] + ahead[0] * 0.035, 0.004, socket[2] + ahead[2] * 0.035)
    corners = [along(socket, (wide, k * 0.105), (Y, 0.045)) for k in (-1, 1)]
    corners += [along(foot, (wide, k * 0.115)) for k in (1, -1)]
    rib = polygon([view(lerp(corners[0], corners[1], 0.5)), view(foot)], False)
    out.behind.append(_snow(view, foot, ahead, wide))
    out.behind.append(Part("blade", (polygon([view(c) for c in corners]),), lines=((rib, 0.6),)))
    grip = along(high, (d, -0.05))
    parts = [rod(view, grip, socket, 0.013, "wood")]
    parts.append(rod(view, along(grip, (wide, -0.03)), along(grip, (wide, 0.03)), 0.016, "grip"))
    (out.front if view.depth(low) + view.depth(high) > 2 * view.depth(body.back) - 0.1 else out.behind).extend(parts)


def _strap(setting: Setting, foot: Side, kind: str, out: Placed) -> None:
    """A rolled towel round a sole, its ends in both hands: the far half behind the body, the near half in front. It
    hangs through a little, and its ends hang down from the fists."""
    body, view = setting.body, setting.view
    leg = body.legs[foot]
    sole = along(leg.ankle, (leg.foot.f, 0.045), (leg.foot.u, SOLE - 0.008))
    for side in SIDES:
        edge = along(sole, (leg.foot.s, 0.034 * OUTWARD[side]))
        palm = body.arms[side].palm
        on = unit(sub(palm, edge))
        way = (sole, edge, along(lerp(edge, palm, 0.55), (Y, -0.012)), palm)
        on = unit(sub(palm, edge))
        tail = (palm, along(palm, (on, 0.022), (Y, -0.020)), along(palm, (on, 0.026), (Y, -0.085)))
        near = view.depth(mul(leg.foot.s, OUTWARD[side])) > 0
        lines = (smooth([view(p) for p in way], False, (1,)), smooth([view(p) for p in tail], False))
        (out.front if near else out.behind).append(Part(kind, lines, not near, pen=0.017))


def _shovel(setting: Setting, prop: Prop, out: Placed) -> None:
    """Its shaft runs through both palms: the rear hand on the grip, the front hand near the blade."""
    if prop.at == "in front":
        _push_shovel(setting, out)
        return
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
