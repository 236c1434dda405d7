"""Bones and forward kinematics: joint angles -> where every joint is, in fractions of body height H.

Lengths: Drillis & Contini, Body Segment Parameters (1966), as in Winter, Biomechanics and Motor Control (2009),
adjusted to what looks right in a drawing. Angles are those of `posture.py`; at 0 the figure stands straight.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..records import dataclass
from .bases import BASES
from .posture import OUTWARD, SIDES, LegAngles, Posture, Side
from .vec import Frame, Vec, Y, add, along, angle, cross, dot, lerp, norm, turned, unit

THIGH, SHANK, UPPER, FORE, HAND = 0.245, 0.246, 0.168, 0.150, 0.098
PELVIS, LUMBAR, THORAX, NECK, HEAD = 0.060, 0.105, 0.150, 0.060, 0.136
HIP_HALF, SHOULDER_HALF = 0.050, 0.096
SOLE, HEEL, BALL, TOE = -0.046, -0.040, 0.066, 0.104  # from the ankle: down; along the foot


@dataclass(frozen=True)
class Leg:
    """Joints and frames of a leg. `toes` is the bend of the toes, `hip_angle` flexion; degrees."""

    hip: Vec
    knee: Vec
    ankle: Vec
    thigh: Frame
    shank: Frame
    foot: Frame
    toes: float

    @property
    def knee_angle(self) -> float:
        """Flexion; negative when it bends the wrong way."""
        bend = angle(self.thigh.u, self.shank.u)
        return bend if dot(cross(self.shank.u, self.thigh.u), self.thigh.s) > -1e-3 else -bend

    @property
    def ankle_angle(self) -> float:
        """Dorsiflexion."""
        bend = angle(self.shank.f, self.foot.f)
        return bend if dot(cross(self.shank.f, self.foot.f), self.shank.s) >= 0 else -bend

    @property
    def heel(self) -> Vec:
        """The back of the sole."""
        return along(self.ankle, (self.foot.f, HEEL), (self.foot.u, SOLE))

    @property
    def ball(self) -> Vec:
        """Where the toes bend, on the sole."""
        return along(self.ankle, (self.foot.f, BALL), (self.foot.u, SOLE))

    @property
    def toe(self) -> Vec:
        """The tip of the toes, on the sole."""
        return along(self.ball, (turned(self.foot, self.foot.s, self.toes).f, TOE - BALL + 0.006))

    @property
    def sole(self) -> tuple[Vec, Vec, Vec]:
        """Heel, ball and toe."""
        return (self.heel, self.ball, self.toe)

    def moved(self, d: Vec) -> Leg:
        """The leg somewhere else."""
        return replace(self, hip=add(self.hip, d), knee=add(self.knee, d), ankle=add(self.ankle, d))


@dataclass(frozen=True)
class Arm:
    """Joints and frames of an arm; `hand` points with -u along the fingers, its palm is on the inner side."""

    shoulder: Vec
    elbow: Vec
    wrist: Vec
    upper: Frame
    fore: Frame
    hand: Frame
    flat: bool = False

    @property
    def elbow_angle(self) -> float:
        """Flexion."""
        return angle(self.upper.u, self.fore.u)

    @property
    def palm(self) -> Vec:
        """The middle of the hand."""
        return along(self.wrist, (self.hand.u, -0.05))

    @property
    def tip(self) -> Vec:
        """The tip of the fingers of an open hand."""
        return along(self.wrist, (self.hand.u, -HAND * 0.9))

    def moved(self, d: Vec) -> Arm:
        """The arm somewhere else."""
        return replace(self, shoulder=add(self.shoulder, d), elbow=add(self.elbow, d), wrist=add(self.wrist, d))


@dataclass(frozen=True)
class Skeleton:
    """A body in space. `waist`, `back` and `collar` are the tops of pelvis, lumbar spine and thorax; `skull` of the
    neck."""

    posture: Posture
    hips: Vec
    waist: Vec
    back: Vec
    collar: Vec
    skull: Vec
    pelvis: Frame
    lumbar: Frame
    thorax: Frame
    neck: Frame
    head: Frame
    hip: Mapping[Side, Vec]
    shoulder: Mapping[Side, Vec]
    legs: Mapping[Side, Leg]
    arms: Mapping[Side, Arm]

    def moved(self, d: Vec) -> Skeleton:
        """The body somewhere else."""
        return replace(
            self,
            hips=add(self.hips, d),
            waist=add(self.waist, d),
            back=add(self.back, d),
            collar=add(self.collar, d),
            skull=add(self.skull, d),
            hip={s: add(v, d) for s, v in self.hip.items()},
            shoulder={s: add(v, d) for s, v in self.shoulder.items()},
            legs={s: v.moved(d) for s, v in self.legs.items()},
            arms={s: v.moved(d) for s, v in self.arms.items()},
        )

    def with_leg(self, side: Side, leg: Leg) -> Skeleton:
        """The body with another leg."""
        return replace(self, legs={**self.legs, side: leg})

    def with_arm(self, side: Side, arm: Arm) -> Skeleton:
        """The body with another arm."""
        return replace(self, arms={**self.arms, side: arm})


def _bent(frame: Frame, flexion: float, side: float = 0.0, twist: float = 0.0) -> Frame:
    frame = turned(frame, frame.s, -flexion)
    frame = turned(frame, frame.f, side)
    return turned(frame, frame.u, twist)


def build(posture: Posture) -> Skeleton:
    """Forward kinematics from the pelvis, which is at the origin. `lean` and `roll` None count as 0."""
    base, t = BASES[posture.base], posture.trunk
    rest = Frame(base.forward, base.up, cross(base.forward, base.up))
    pelvis = turned(rest, rest.s, -(t.lean or 0.0))
    pelvis = turned(pelvis, pelvis.f, t.roll or 0.0)
    pelvis = turned(pelvis, base.up, t.turn)
    lumbar = _bent(pelvis, t.low_back, t.side * 0.5, t.twist * 0.3)
    thorax = _bent(lumbar, t.upper_back, t.side * 0.5, t.twist * 0.7)
    hips = (0.0, 0.0, 0.0)
    waist = along(hips, (pelvis.u, PELVIS), (pelvis.f, -0.006))
    back = along(waist, (lumbar.u, LUMBAR))
    collar = along(back, (thorax.u, THORAX), (thorax.f, -0.012))
    if t.head_rests:  # the head keeps the level it has lying flat
        head = rest
        neck = Frame(*(unit(add(a, b)) for a, b in zip(head, thorax, strict=True)))
        neck = turned(neck, neck.s, -6)
    else:  # the neck leans forward by itself
        neck = _bent(thorax, t.neck * 0.5 + 14 + t.glide, twist=t.neck_twist * 0.3)
        head = _bent(neck, t.neck * 0.5 - 14 - t.glide, twist=t.neck_twist * 0.7)
    skull = along(collar, (neck.u, NECK))
    hip = {s: along(hips, (pelvis.s, HIP_HALF * OUTWARD[s]), (pelvis.f, 0.004)) for s in SIDES}
    shoulder = {}
    for s in SIDES:
        blade, up = posture.arms[s].blade, posture.arms[s].blade_up
        shoulder[s] = along(
            back,
            (thorax.u, 0.090 - abs(blade) * 0.0001 + up * 0.0016),
            (thorax.s, (SHOULDER_HALF - abs(blade) * 0.0003) * OUTWARD[s]),
            (thorax.f, -0.008 - blade * 0.0011),
        )
    bare = Skeleton(
        posture, hips, waist, back, collar, skull, pelvis, lumbar, thorax, neck, head, hip, shoulder, {}, {}
    )
    return replace(
        bare,
        legs={s: leg_from_angles(bare, s) for s in SIDES},
        arms={s: arm_from_angles(bare, s) for s in SIDES},
    )


def leg_from_angles(body: Skeleton, side: Side, *, hip: float | None = None, knee: float | None = None) -> Leg:
    """A leg by its angles; `hip` and `knee` override the posture's."""
    q, k = body.posture.legs[side], OUTWARD[side]
    thigh = turned(body.pelvis, body.pelvis.s, q.hip if hip is None else hip)
    thigh = turned(thigh, thigh.f, -q.hip_abduction * k)
    thigh = turned(thigh, thigh.u, -q.hip_rotation * k)
    at = along(body.hip[side], (thigh.u, -THIGH))
    shank = turned(thigh, thigh.s, -(q.knee if knee is None else knee))
    ankle = along(at, (shank.u, -SHANK))
    foot, toes = foot_frame(shank, q)
    return Leg(body.hip[side], at, ankle, thigh, shank, foot, toes)


def foot_frame(shank: Frame, q: LegAngles) -> tuple[Frame, float]:
    """The foot's frame and the bend of its toes: on the floor as told, or by the ankle's angle."""
    ahead = (shank.f[0], 0.0, shank.f[2])
    if q.foot == "toes" and shank.f[1] < 0 < shank.u[1] and norm(ahead) < 0.15:  # a plank: toes tucked, to the head
        ahead = (shank.u[0], 0.0, shank.u[2])
    if q.foot in ("free", "on knee") or norm(ahead) < 0.15:
        return turned(shank, shank.s, q.ankle), q.toes
    f = unit(ahead)
    flat = Frame(f, Y, cross(f, Y))
    if q.foot == "toes":
        rise = 45.0 if q.lift is None else q.lift
        return turned(flat, flat.s, -rise), rise
    if q.foot == "heel":
        return turned(flat, flat.s, 18.0 if q.lift is None else q.lift), q.toes
    return flat, q.toes


def arm_from_angles(body: Skeleton, side: Side, *, shoulder: float | None = None) -> Arm:
    """An arm by its angles; `shoulder` overrides the posture's flexion."""
    q, k = body.posture.arms[side], OUTWARD[side]
    upper = turned(body.thorax, body.thorax.s, q.shoulder if shoulder is None else shoulder)
    upper = turned(upper, upper.f, -q.shoulder_abduction * k)
    upper = turned(upper, upper.u, -q.shoulder_rotation * k)
    elbow = along(body.shoulder[side], (upper.u, -UPPER))
    fore = turned(upper, upper.s, q.elbow)
    wrist = along(elbow, (fore.u, -FORE))
    hand = turned(fore, fore.u, q.forearm * k)
    hand = turned(hand, hand.f, -q.wrist * k)
    return Arm(body.shoulder[side], elbow, wrist, upper, fore, hand)


def landmark(body: Skeleton, name: str) -> Vec:
    """A named place on the body."""
    spine = {
        "pelvis": (body.hips, body.pelvis, 0.0, 0.0),
        "low back": (body.waist, body.lumbar, 0.045, -0.05),
        "belly": (body.waist, body.lumbar, 0.03, 0.06),
        "chest": (body.back, body.thorax, 0.07, 0.07),
        "upper back": (body.back, body.thorax, 0.09, -0.07),
        "head": (body.skull, body.head, 0.06, 0.0),
        "crown": (body.skull, body.head, 0.10, 0.0),
    }
    if name in spine:
        p, frame, up, forward = spine[name]
        return along(p, (frame.u, up), (frame.f, forward))
    side: Side = "right" if name.startswith("right ") else "left"
    part = name.removeprefix(f"{side} ")
    leg, arm = body.legs[side], body.arms[side]
    if part == "shoulder blade":
        return along(arm.shoulder, (body.thorax.f, -0.05), (body.thorax.s, -0.045 * OUTWARD[side]))
    if part == "calf":
        return along(lerp(leg.knee, leg.ankle, 0.32), (leg.shank.f, -0.012))
    if part == "thigh":
        return lerp(leg.hip, leg.knee, 0.6)
    if part == "hamstring":
        return along(lerp(leg.hip, leg.knee, 0.6), (leg.thigh.f, -0.045))
    places = {
        "hip": leg.hip, "knee": leg.knee, "ankle": leg.ankle, "foot": leg.ball, "toe": leg.toe, "heel": leg.heel,
        "shoulder": arm.shoulder, "elbow": arm.elbow, "wrist": arm.wrist, "hand": arm.palm,
    }  # fmt: skip
    return places[part]
