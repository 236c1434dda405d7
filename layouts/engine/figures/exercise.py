"""exercises/ID.yaml: an exercise's words and its pose together."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from ..problems import Problem, did_you_mean
from ..read.fields import Id, Line, Model, Url, spec
from ..read.inline import Text
from .part import MODELS
from .pose import Pose

Position = Literal[
    "lying on your back", "lying on your front", "lying on your side", "kneeling", "sitting", "standing", "moving"
]
Equipment = Literal[
    "mat", "chair", "wall", "step", "counter", "gym ball", "band", "dumbbell", "pillow", "towel", "cushion", "shovel"
]
Region = Literal["low back", "core", "hip", "leg", "foot", "shoulder", "neck", "balance", "whole body"]
Person = Literal["adult 1", "adult 2", "adult 3", "adult 4", "older adult", "adult 5"]
PEOPLE: tuple[str, ...] = ("adult 1", "adult 2", "adult 3", "adult 4", "older adult", "adult 5")
_FILE_NAME = (".svg", ".png", ".pdf", ".yaml", ".jpg")


@dataclass(frozen=True, kw_only=True)
class Dose(Model):
    """How much to start with."""

    sets: int = spec("How many sets.", default=1)
    repetitions: int = spec("How many times in a set.", default=1)
    hold_seconds: int | None = spec("How long each one is held.", default=None)
    rest_seconds: int | None = spec("The rest between sets.", default=None)
    times_a_day: int = spec("How often a day.", default=1)
    days_a_week: int = spec("On how many days a week.", default=7)
    each_side: bool = spec("Once for each side: yes or no.", default=False)

    def check(self) -> Iterator[Problem]:
        if not 1 <= self.days_a_week <= 7:
            yield Problem(self.place, f'"days_a_week" is {self.days_a_week}; a week has 1 to 7')


@dataclass(frozen=True, kw_only=True)
class Exercise(Model):
    """exercises/ID.yaml: one exercise, or a position worth a drawing."""

    name: Line = spec("Its name, such as Bird dog.", most=50)
    also_called: tuple[Line, ...] = spec("Other names for it.", default=(), most=4)
    language: Line = spec("The language of the words.", default="en")
    purpose: Line = spec("What it is for, in one line.", most=120)
    body_region: Region = spec("The part of the body that it trains.")
    position: Position = spec("The position that it starts from.")
    equipment: tuple[Equipment, ...] = spec("What is needed.", default=())
    start: Text = spec("How to get into the start position.")
    steps: tuple[Text, ...] = spec("Three to five steps.", least=3, most=5)
    feel: Text = spec("How it should feel.")
    slips: tuple[Text, ...] = spec("Common slips.", default=(), most=4)
    easier: Id | None = spec("The id of an easier version, whose harder version is this.", default=None)
    harder: Id | None = spec("The id of a harder version, whose easier version is this.", default=None)
    move_on: Text = spec("Move on when ...")
    ease_off: Text = spec("Ease off if ...")
    stop: Text = spec("Stop and call if ...")
    dose: Dose | None = spec("How much to start with; left out for a position.", default=None)
    seconds_per_repetition: int | None = spec("How long one repetition takes.", default=None)
    contraindications: tuple[Line, ...] = spec("For the clinician; never printed for patients.", default=())
    avoid_positions: tuple[Line, ...] = spec("For the clinician: positions that it needs.", default=())
    video: Url | None = spec("A film of it.", default=None)
    alt: Line = spec("What the drawing shows, as one would say it to somebody who cannot see it.", least=20, most=250)
    person: Person = spec("Who is drawn, so that patients of all kinds see themselves.", default="adult 1")
    pose_reviewed: bool = spec("Whether a clinician has approved the drawing: yes or no.", default=False)
    pose: Pose = spec("How it looks.")

    def check(self) -> Iterator[Problem]:
        if self.alt.lower().endswith(_FILE_NAME):
            yield Problem(self.alt.place, '"alt" is the name of a file', "Say what the drawing shows.")

    @property
    def model(self) -> int:
        """The number of the person among MODELS."""
        return PEOPLE.index(self.person) % len(MODELS)


def check_links(exercises: Mapping[str, Exercise], unread: Container[str] = ()) -> Iterator[Problem]:
    """Easier and harder versions exist and agree both ways. Of those in `unread`, whose files have mistakes of their
    own, nothing is known."""
    for own, exercise in exercises.items():
        for way, back in (("easier", "harder"), ("harder", "easier")):
            other: Id | None = getattr(exercise, way)
            if other is None or other in unread:
                continue
            if other not in exercises:
                yield Problem(other.place, f'there is no exercise "{other}"', did_you_mean(other, exercises))
            elif getattr(exercises[other], back) != own:
                yield Problem(
                    other.place,
                    f'"{other}" is the {way} version of "{own}", but does not say so the other way round',
                    f'Write "{back}: {own}" in {other}.yaml.',
                )
