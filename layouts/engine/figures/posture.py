"""A pose's words -> the angles of every joint, start and finish, each remembering where it was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, fields, replace
from typing import Any, Literal

from ..problems import ContentError, Place, Problem
from ..read.fields import Model
from ..records import dataclass
from .limits import RANGES
from .pose import OPPOSITES, Degrees, DegreesOrLevel, Length, Limbs, Stage

Side = Literal["right", "left"]
SIDES: tuple[Side, Side] = ("right", "left")
OUTWARD: Mapping[Side, int] = {"right": 1, "left": -1}  # along a frame's `s`


@dataclass(frozen=True)
class LegAngles:
    """Degrees; `lift` of heel or toes (None: usual), `height` and `knee_height` of the ground under
    foot and knee in H."""

    hip: float = 0.0
    hip_abduction: float = 0.0
    hip_rotation: float = 0.0
    knee: float = 0.0
    ankle: float = 0.0
    toes: float = 0.0
    foot: str = "free"
    lift: float | None = None
    height: float = 0.0
    knee_height: float = 0.0
    adjust: str = ""


@dataclass(frozen=True)
class ArmAngles:
    """Degrees; where the hand goes and what its fingers do."""

    shoulder: float = 0.0
    shoulder_abduction: float = 0.0
    shoulder_rotation: float = 0.0
    blade: float = 0.0
    blade_up: float = 0.0
    elbow: float = 0.0
    forearm: float = 0.0
    wrist: float = 0.0
    hand: str = "free"
    fingers: str = "open"


@dataclass(frozen=True)
class TrunkAngles:
    """Degrees. `lean` and `roll` are None where contact decides them; `head_rests` on what is under it."""

    lean: float | None = 0.0
    roll: float | None = 0.0
    turn: float = 0.0
    low_back: float = 0.0
    upper_back: float = 0.0
    side: float = 0.0
    twist: float = 0.0
    neck: float = 0.0
    neck_twist: float = 0.0
    glide: float = 0.0
    head_rests: bool = False


@dataclass(frozen=True)
class Posture:
    """Every joint of a base pose. `places` says where a value was written, such as "right.knee"."""

    base: str
    trunk: TrunkAngles
    legs: Mapping[Side, LegAngles]
    arms: Mapping[Side, ArmAngles]
    place: Place
    places: Mapping[str, Place] = field(default_factory=dict)

    def where(self, name: str) -> Place:
        """Where a joint's angle was written; else the position's own place."""
        return self.places.get(name, self.place)


# field of a Stage or Limbs -> (name here, sign)
_AXES: dict[str, tuple[str, int]] = {
    "lean": ("lean", 1), "roll": ("roll", 1), "turn": ("turn", 1),
    "low_back_flexion": ("low_back", 1), "upper_back_flexion": ("upper_back", 1),
    "side_bend_right": ("side", 1), "rotation_right": ("twist", -1), "neck_flexion": ("neck", 1),
    "hip_flexion": ("hip", 1), "hip_abduction": ("hip_abduction", 1), "hip_external_rotation": ("hip_rotation", 1),
    "knee_flexion": ("knee", 1), "ankle_dorsiflexion": ("ankle", 1), "toe_extension": ("toes", 1),
    "foot": ("foot", 1), "foot_angle": ("lift", 1), "foot_height": ("height", 1), "adjust": ("adjust", 1),
    "shoulder_flexion": ("shoulder", 1), "shoulder_abduction": ("shoulder_abduction", 1),
    "shoulder_external_rotation": ("shoulder_rotation", 1), "shoulder_blade_back": ("blade", 1),
    "shoulder_blade_up": ("blade_up", 1), "neck_rotation_right": ("neck_twist", -1), "head_forward": ("glide", 1),
    "knee_height": ("knee_height", 1),
    "elbow_flexion": ("elbow", 1), "forearm_pronation": ("forearm", 1), "wrist_flexion": ("wrist", 1),
    "hand": ("hand", 1), "fingers": ("fingers", 1),
}  # fmt: skip
_OTHER: Mapping[Side, Side] = {"right": "left", "left": "right"}
_OTHER_WORD = {" right ": " left ", " left ": " right "}
_LEG = {f.name for f in fields(LegAngles)}


def _axis(name: str) -> tuple[str, int] | None:
    if name in _AXES:
        return _AXES[name]
    for first, second in OPPOSITES:
        axis = _AXES.get(name.removesuffix(second) + first) if name.endswith(second) else None
        if axis:
            return axis[0], -axis[1]
    return None


def _said(model: Model | None) -> Iterator[tuple[str, Any, Place]]:
    """(name, value, place) of everything that a Stage or Limbs says."""
    for name, value in vars(model).items() if model else ():
        axis = _axis(name)
        if axis is None or value is None:
            continue
        place = value.place if isinstance(value, (Degrees, Length)) else model.place if model else Place("")
        if isinstance(value, DegreesOrLevel) and value.automatic:
            yield axis[0], None, place
        elif isinstance(value, (Degrees, Length)):
            yield axis[0], value.value * axis[1], place
        else:
            yield axis[0], str(value), place


def apply(posture: Posture, stage: Stage | None, mirror: bool = False) -> Posture:
    """The posture with what a stage says on top. Raises ContentError for an angle that no joint has."""
    if stage is None:
        return posture
    places = dict(posture.places)
    trunk: dict[str, Any] = {}
    for name, value, place in _said(stage):
        flip = mirror and name in ("side", "twist", "neck_twist", "roll", "turn") and value is not None
        trunk[name], places[name] = (-value if flip else value), place
        if name == "neck":
            trunk["head_rests"] = False
    legs, arms = dict(posture.legs), dict(posture.arms)
    for side in SIDES:
        own: Limbs | None = getattr(stage, _OTHER[side] if mirror else side)
        leg: dict[str, Any] = {}
        arm: dict[str, Any] = {}
        for model in (stage.both, own):
            for name, value, place in _said(model):
                (leg if name in _LEG else arm)[name] = _other_side(value) if mirror and name == "hand" else value
                places[f"{side}.{name}"] = place
        legs[side], arms[side] = replace(legs[side], **leg), replace(arms[side], **arm)
    done = Posture(posture.base, replace(posture.trunk, **trunk), legs, arms, stage.place, places)
    if wrong := list(_beyond(done)):
        raise ContentError(wrong)
    return done


def _other_side(hand: str) -> str:
    """A place for the hand, such as "round right shin", on the other side of the body."""
    word = next((w for w in _OTHER_WORD if w in hand), "")
    return hand.replace(word, _OTHER_WORD[word]) if word else hand


def _beyond(posture: Posture) -> Iterator[Problem]:
    """Angles that were written and lie outside the joint's range."""
    parts: list[tuple[str, Any]] = [("", posture.trunk)]
    for side in SIDES:
        parts += [(side, posture.legs[side]), (side, posture.arms[side])]
    for who, part in parts:
        for name, value in vars(part).items():
            key = f"{who}.{name}" if who else name
            if name in RANGES and key in posture.places and (text := RANGES[name].complaint(who, value)):
                yield Problem(posture.places[key], text)


def between(a: Posture, b: Posture, t: float) -> Posture:
    """A posture on the way from a to b (t from 0 to 1); where words differ, the hand or foot is free."""

    def mix(p: Any, q: Any) -> Any:
        made: dict[str, Any] = {}
        for f in fields(p):
            x, y = getattr(p, f.name), getattr(q, f.name)
            numbers = isinstance(x, (int, float)) and isinstance(y, (int, float)) and not isinstance(x, bool)
            if numbers:
                made[f.name] = x + (y - x) * t
            elif f.name in ("hand", "foot") and "free" in (x, y):
                made[f.name] = "free"
            else:
                made[f.name] = y if t > 0.5 else x
        return replace(p, **made)

    return Posture(
        b.base,
        mix(a.trunk, b.trunk),
        {s: mix(a.legs[s], b.legs[s]) for s in SIDES},
        {s: mix(a.arms[s], b.arms[s]) for s in SIDES},
        b.place,
    )
