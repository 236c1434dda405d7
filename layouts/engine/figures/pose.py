"""What a pose may say, in the words of a physiotherapist. Angles are degrees, 0 is the anatomical position of the base
pose; lengths are fractions of body height. Whatever is left out keeps the base pose's value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from ..problems import Problem
from ..read.fields import Line, Model, spec
from ..records import dataclass

Base = Literal["standing", "sitting", "supine", "hook-lying", "prone", "quadruped", "kneeling", "side-lying"]
View = Literal["side", "front", "back", "three-quarter"]
Foot = Literal["flat", "toes", "heel", "free", "on knee"]
Grip = Literal["open", "fist", "grip", "relaxed"]
Hand = Literal[
    "free", "floor", "under shoulders", "beside chest", "beside head", "in front",
    "thigh", "shin", "hip", "chest", "head", "wall", "counter",
    "counter beside", "other shin", "knee",
    "round right shin", "round left shin", "behind right thigh", "behind left thigh", "other shoulder",
    "forearm on wall", "foot behind", "low back",
]  # fmt: skip
Support = Literal[
    "feet", "right foot", "left foot", "pelvis", "trunk", "shoulders", "legs", "knees", "right knee", "left knee",
    "elbows", "right elbow", "left elbow", "hands", "right side",
]  # fmt: skip
Anchor = Literal[
    "feet", "right foot", "left foot", "knees", "right knee", "left knee", "pelvis", "shoulders",
    "right elbow", "left elbow",
]  # fmt: skip
Planted = Literal["feet", "right foot", "left foot", "hands", "right hand", "left hand"]
Landmark = Literal[
    "pelvis", "low back", "belly", "chest", "upper back", "head", "crown",
    "right hip", "right knee", "right ankle", "right foot", "right toe", "right heel",
    "right shoulder", "right elbow", "right hand", "right wrist", "right shoulder blade",
    "left hip", "left knee", "left ankle", "left foot", "left toe", "left heel",
    "left shoulder", "left elbow", "left hand", "left wrist", "left shoulder blade",
    "right calf", "left calf", "right thigh", "left thigh", "right hamstring", "left hamstring",
]  # fmt: skip
PropKind = Literal[
    "mat", "chair", "wall", "step", "counter", "gym ball", "band", "dumbbell", "pillow", "towel", "cushion", "shovel"
]
PropPlace = Literal[
    "behind back", "under pelvis", "under knees", "between knees", "under head", "under belly", "under right foot",
    "under left foot", "right hand", "left hand", "hands", "in front", "behind",
    "right side", "left side",
    "under heels", "round right foot", "round left foot",
    "under right knee", "under left knee",
    "between hands",
]  # fmt: skip


class Degrees(Line):
    """An angle."""

    pattern = r"[+-]?\d{1,3}(\.\d{1,2})?"
    expected = "an angle in degrees"

    @classmethod
    def hint(cls, text: str) -> str:  # noqa: ARG003
        return "Write a number such as 90 or -12.5."

    @property
    def value(self) -> float:
        """Degrees."""
        return float(self)


class DegreesOrLevel(Degrees):
    """An angle, or "auto": whatever brings both rests to the floor."""

    pattern = r"[+-]?\d{1,3}(\.\d{1,2})?|auto"
    expected = 'an angle in degrees or "auto"'

    @property
    def automatic(self) -> bool:
        """Whether the figure finds the angle itself."""
        return self == "auto"


class Length(Line):
    """A length as a fraction of body height, up to twice that height: 25 would be meant in centimetres."""

    pattern = r"[+-]?([01]?\.\d{1,3}|[012])"
    expected = "a length"

    @classmethod
    def hint(cls, text: str) -> str:  # noqa: ARG003
        return "Lengths are fractions of the body's height: 0.25 is a quarter of it."

    @property
    def value(self) -> float:
        """Fraction of body height."""
        return float(self)


@dataclass(frozen=True, kw_only=True)
class Limbs(Model):
    """The joints of one arm and leg, or of both sides."""

    hip_flexion: Degrees | None = spec("Thigh forward; standing 0, sitting 90.", default=None)
    hip_extension: Degrees | None = spec("Thigh back.", default=None)
    hip_abduction: Degrees | None = spec("Thigh out to the side.", default=None)
    hip_adduction: Degrees | None = spec("Thigh in across the middle.", default=None)
    hip_external_rotation: Degrees | None = spec("Kneecap turned outward.", default=None)
    hip_internal_rotation: Degrees | None = spec("Kneecap turned inward.", default=None)
    knee_flexion: Degrees | None = spec("Knee bent; straight is 0.", default=None)
    ankle_dorsiflexion: Degrees | None = spec("Toes towards the shin; only for a foot that is free.", default=None)
    ankle_plantarflexion: Degrees | None = spec("Toes away from the shin.", default=None)
    toe_extension: Degrees | None = spec("Toes bent up.", default=None)
    foot: Foot | None = spec(
        "How the foot stands: flat, on its toes or heel, free of the floor, or the ankle on the other knee.",
        default=None,
    )
    foot_angle: Degrees | None = spec("How far the heel (or the toes) rise above the floor.", default=None)
    foot_height: Length | None = spec("The height of what the foot stands on, such as a step.", default=None)
    knee_height: Length | None = spec("The height of what the knee kneels on, such as a cushion.", default=None)
    adjust: Literal["hip", "knee"] | None = spec("The joint that brings the foot to the floor.", default=None)
    shoulder_flexion: Degrees | None = spec("Arm forward and up; overhead is 180.", default=None)
    shoulder_extension: Degrees | None = spec("Arm back.", default=None)
    shoulder_abduction: Degrees | None = spec("Arm out to the side and up.", default=None)
    shoulder_adduction: Degrees | None = spec("Arm in across the body.", default=None)
    shoulder_external_rotation: Degrees | None = spec("Forearm turned outward.", default=None)
    shoulder_internal_rotation: Degrees | None = spec("Forearm turned inward.", default=None)
    shoulder_blade_back: Degrees | None = spec("Shoulder drawn back; 20 is a firm squeeze.", default=None)
    shoulder_blade_up: Degrees | None = spec("Shoulder drawn up; 20 is a full shrug.", default=None)
    elbow_flexion: Degrees | None = spec("Elbow bent; straight is 0.", default=None)
    forearm_pronation: Degrees | None = spec("Palm turned down or back.", default=None)
    forearm_supination: Degrees | None = spec("Palm turned up or forward.", default=None)
    wrist_flexion: Degrees | None = spec("Hand towards the palm.", default=None)
    wrist_extension: Degrees | None = spec("Hand towards its back.", default=None)
    hand: Hand | None = spec("Where the hand rests or reaches.", default=None)
    fingers: Grip | None = spec("What the fingers do.", default=None)

    def check(self) -> Iterator[Problem]:
        yield from _opposites(self)


@dataclass(frozen=True, kw_only=True)
class Stage(Model):
    """One position of the body. A finish says only what changes from the start."""

    lean: DegreesOrLevel | None = spec("The pelvis tips forward; negative: back.", default=None)
    roll: DegreesOrLevel | None = spec("The body tips to its right; negative: left.", default=None)
    turn: Degrees | None = spec(
        "The whole body turns to its left about its long axis, as in rolling over.", default=None
    )
    low_back_flexion: Degrees | None = spec("Lower spine bent forward.", default=None)
    low_back_extension: Degrees | None = spec("Lower spine bent back.", default=None)
    upper_back_flexion: Degrees | None = spec("Upper spine bent forward.", default=None)
    upper_back_extension: Degrees | None = spec("Upper spine bent back.", default=None)
    side_bend_right: Degrees | None = spec("Trunk bent to the right.", default=None)
    side_bend_left: Degrees | None = spec("Trunk bent to the left.", default=None)
    rotation_right: Degrees | None = spec("Trunk turned to the right.", default=None)
    rotation_left: Degrees | None = spec("Trunk turned to the left.", default=None)
    neck_flexion: Degrees | None = spec("Chin towards the chest.", default=None)
    neck_extension: Degrees | None = spec("Face up.", default=None)
    neck_rotation_right: Degrees | None = spec("Head turned to the right.", default=None)
    neck_rotation_left: Degrees | None = spec("Head turned to the left.", default=None)
    head_forward: Degrees | None = spec("Head glides forward, face level; 20 is a slump.", default=None)
    head_back: Degrees | None = spec("Head glides back, face level: a chin tuck.", default=None)
    both: Limbs | None = spec("Both sides.", default=None)
    right: Limbs | None = spec("The right side.", default=None)
    left: Limbs | None = spec("The left side.", default=None)
    rests_on: tuple[Support, ...] = spec("What carries the body; left out: as in the base pose.", default=())

    def check(self) -> Iterator[Problem]:
        yield from _opposites(self)


OPPOSITES = (
    ("flexion", "extension"),
    ("abduction", "adduction"),
    ("external_rotation", "internal_rotation"),
    ("dorsiflexion", "plantarflexion"),
    ("pronation", "supination"),
    ("right", "left"),
    ("forward", "back"),
)


def _opposites(model: Model) -> Iterator[Problem]:
    names = [n for n, v in vars(model).items() if v is not None and n not in ("both", "right", "left", "place")]
    for first, second in OPPOSITES:
        for name in names:
            other = name.removesuffix(first) + second
            if name.endswith(first) and other in names:
                yield Problem(model.place, f'"{other}" and "{name}" are the same movement', "Keep one of them.")


@dataclass(frozen=True, kw_only=True)
class Prop(Model):
    """A thing in the picture."""

    kind: PropKind = spec("What it is.")
    at: PropPlace | None = spec("Where it is; left out: its usual place.", default=None)
    gap: Length | None = spec("Space between it and the body.", default=None)
    height: Length | None = spec("How high it is.", default=None)
    width: Length | None = spec("How wide a mat is; left out: as wide as the body reaches.", default=None)
    tied_at: Length | None = spec("How high a band is tied.", default=None)


@dataclass(frozen=True, kw_only=True)
class Arrow(Model):
    """One movement: says just one of follow, press, push, pull, beside and turn."""

    follow: Landmark | None = spec("The way of this part from start to finish.", default=None)
    press: Landmark | None = spec("The arrow's head is on this part.", default=None)
    push: Landmark | None = spec("The arrow ends at the skin near this part.", default=None)
    pull: Landmark | None = spec("The arrow starts at the skin near this part.", default=None)
    beside: Landmark | None = spec("A straight arrow beside this part.", default=None)
    turn: Landmark | None = spec("A curved arrow round this part.", default=None)
    direction: Literal["up", "down", "forward", "back", "inward", "outward"] | None = spec(
        "Where it points.", default=None
    )
    length: Length | None = spec("How long it is.", default=None)
    shift_x: Length | None = spec("Moved forward by so much.", default=None)
    shift_y: Length | None = spec("Moved up by so much.", default=None)
    from_angle: Degrees | None = spec("Where a turn starts; 0 is forward, 90 up.", default=None)
    to_angle: Degrees | None = spec("Where a turn ends.", default=None)
    radius: Length | None = spec("The turn's radius.", default=None)
    level: bool = spec("The turn lies flat, like a ring: for what turns about an upright line.", default=False)
    stage: Literal["start", "finish"] = spec("Which of two panels shows it.", default="finish")

    @property
    def way(self) -> tuple[str, str]:
        """What kind of arrow, and at which part."""
        ways = ("follow", "press", "push", "pull", "beside", "turn")
        return next(((w, str(getattr(self, w))) for w in ways if getattr(self, w)), ("", ""))

    def check(self) -> Iterator[Problem]:
        ways = [w for w in ("follow", "press", "push", "pull", "beside", "turn") if getattr(self, w)]
        if len(ways) != 1:
            message = f'an arrow says "{ways[0]}" and "{ways[1]}"' if ways else "an arrow says nothing"
            yield Problem(self.place, message, "It needs one of: follow, press, push, pull, beside, turn.")


@dataclass(frozen=True, kw_only=True)
class Mark(Model):
    """A line or sign that shows where to look: one of plumb, line and effort."""

    plumb: Landmark | None = spec("A dashed vertical line through this part.", default=None)
    line: tuple[Landmark, ...] = spec("A dashed line through two parts.", default=(), most=2)
    effort: Landmark | None = spec("Rays round the part that works.", default=None)

    def check(self) -> Iterator[Problem]:
        if sum(map(bool, (self.plumb, self.line, self.effort))) != 1:
            yield Problem(self.place, "a mark says one thing", "It needs one of: plumb, line, effort.")
        if len(self.line) == 1:
            yield Problem(self.place, '"line" has 1 item; 2 are needed')


@dataclass(frozen=True, kw_only=True)
class Pose(Model):
    """How an exercise looks: one position to hold, or a start and a finish."""

    base: Base = spec("The position that all else changes.")
    view: View = spec("Where we look from.", default="side")
    yaw: Degrees | None = spec("Where we look from, instead of a view: 0 the right side, 90 the front.", default=None)
    pitch: Degrees | None = spec("How far from above we look.", default=None)
    facing: Literal["right", "left"] = spec("Where the figure looks on the page.", default="right")
    mirror: bool = spec("Swap the figure's left and right.", default=False)
    show: Literal["ghost", "panels"] = spec("The start as a pale ghost, or both as numbered pictures.", default="ghost")
    hold: Stage | None = spec("The position, when nothing moves.", default=None)
    start: Stage | None = spec("Where the movement starts; left out: the base pose.", default=None)
    finish: Stage | None = spec("Where the movement ends.", default=None)
    stays: Anchor | None = spec("The part that keeps its place from start to finish.", default=None)
    planted: tuple[Planted, ...] = spec("Feet and hands that do not move from start to finish.", default=())
    balance: Literal["still", "moving", "supported"] = spec(
        "Still: the body must not topple. Moving or supported: it need not stand by itself.", default="still"
    )
    props: tuple[Prop, ...] = spec("Things in the picture.", default=(), most=5)
    arrows: tuple[Arrow, ...] = spec("One for each movement.", default=(), most=4)
    marks: tuple[Mark, ...] = spec("Lines and signs.", default=(), most=4)
    close_up: Literal["upper body"] | None = spec("Only this part, drawn larger.", default=None)
    strip: Literal["foot roll"] | None = spec("A special strip of pictures instead of a figure.", default=None)

    def check(self) -> Iterator[Problem]:
        if self.hold and (self.start or self.finish):
            yield Problem(self.place, '"hold" stands beside "start" or "finish"', "Keep hold, or start and finish.")
        if not self.hold and not self.finish and not self.strip:
            yield Problem(self.place, "the pose has no position", 'Say "hold", or "start" and "finish".')
