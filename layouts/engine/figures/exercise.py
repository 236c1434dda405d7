"""exercises/ID.yaml: an exercise's words and its pose together."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Literal

from ..problems import Problem, did_you_mean
from ..read.exercise import ExerciseWords
from ..read.fields import Id, spec
from ..records import dataclass
from .part import MODELS
from .pose import Pose

Person = Literal["adult 1", "adult 2", "adult 3", "adult 4", "older adult", "adult 5"]
PEOPLE: tuple[str, ...] = ("adult 1", "adult 2", "adult 3", "adult 4", "older adult", "adult 5")


@dataclass(frozen=True, kw_only=True)
class Exercise(ExerciseWords):
    """exercises/ID.yaml: one exercise, or a position worth a drawing."""

    person: Person = spec("Who is drawn, so that patients of all kinds see themselves.", default="adult 1")
    pose_reviewed: bool = spec("Whether a clinician has approved the drawing: yes or no.", default=False)
    pose: Pose = spec("How it looks.")

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
