"""programmes/ID.yaml: an exercise sheet; packs/ID.yaml: several handouts as one."""

from __future__ import annotations

from collections.abc import Iterator

from ..problems import Problem
from .dose import Dose, merged
from .exercise import ExerciseWords
from .fields import Id, Line, Model, model, spec
from .inline import Text
from .models import Advice, Sheet
from .sides import check_braces_of


@model
class Item(Model):
    """An exercise of a programme."""

    exercise: Id = spec("The id of an exercise of the library.")
    dose: Dose | None = spec("What differs from the exercise's own dose.", default=None)
    note: Text | None = spec("One sentence for this programme, printed with the exercise.", default=None)


@model
class Stage(Model):
    """A stage or week of a programme."""

    heading: Line = spec('Its heading, such as "Weeks 1 and 2".', most=60)
    text: Text | None = spec("One or two sentences under the heading.", default=None)
    exercises: tuple[Item, ...] = spec("Its exercises.", most=30)


@model
class Programme(Advice):
    """programmes/ID.yaml: an exercise sheet."""

    goal: Line = spec("What it is for, in a few words that the patient reads.", most=60)
    intro: Text | None = spec("One or two sentences under the title.", default=None)
    dose: Dose | None = spec("What holds for all exercises, such as times_a_day and days_a_week.", default=None)
    exercises: tuple[Item, ...] = spec("The exercises, or stages with exercises.", default=(), most=30)
    stages: tuple[Stage, ...] = spec("Stages or weeks, each with its own exercises.", default=(), most=8)
    keep_order: bool = spec(
        "Print the exercises as listed: yes or no. No groups them by position, so that nobody gets up and down"
        " more than needed.",
        default=False,
    )
    quick: tuple[Id, ...] = spec(
        "What to do when there are only five minutes. Left out: as many as fit, in order.", default=(), most=6
    )

    def check(self) -> Iterator[Problem]:
        yield from super().check()
        yield from check_braces_of(self)
        if self.exercises and self.stages:
            yield Problem(self.place, '"exercises" stands beside "stages"', "Put all exercises into the stages.")
        if not self.exercises and not self.stages:
            yield Problem(self.place, "the programme has no exercises", 'List them under "exercises".')
        names = [item.exercise for item in self.items]
        for stage in self.stages or (self,):
            seen: set[str] = set()
            for item in stage.exercises:
                if item.exercise in seen:
                    yield Problem(item.exercise.place, f'"{item.exercise}" is listed twice', "Delete one of the two.")
                seen.add(item.exercise)
        for wanted in self.quick:
            if wanted not in names:
                yield Problem(wanted.place, f'"{wanted}" is not among the exercises', "List it there as well.")

    def dose_of(self, item: Item, exercise: ExerciseWords) -> Dose:
        """An exercise's dose: its own, under what holds for the programme, under what is said for it here."""
        return merged(merged(exercise.dose, self.dose), item.dose)

    @property
    def items(self) -> tuple[Item, ...]:
        """All exercises, in order."""
        return self.exercises or tuple(item for stage in self.stages for item in stage.exercises)


@model
class PackItem(Model):
    """A handout inside a pack."""

    handout: Id = spec("The id of a guide or programme.")
    layout: Line | None = spec("Its layout, such as list or diary. Left out: its own.", default=None)


@model
class Pack(Sheet):
    """packs/ID.yaml: a cover, then several handouts, as one PDF."""

    message: Text = spec("The panel on the cover.", most=140)
    intro: tuple[Text, ...] = spec("One or two paragraphs on the cover.", default=(), most=3)
    contents: tuple[PackItem, ...] = spec("The handouts, in order.", most=8)
