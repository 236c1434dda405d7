"""exercises/ID.yaml: an exercise's words. Its pose is read only where it is drawn, by `figures/exercise.py`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from ..problems import Problem
from .dose import Dose
from .fields import Id, Line, Model, Url, model, spec
from .inline import Text
from .sides import SIDED, check_braces_of, check_sides, spoken
from .words import Equipment, Position

Region = Literal["low back", "core", "hip", "leg", "foot", "shoulder", "neck", "balance", "whole body"]
DRAWN = ("person", "pose_reviewed", "pose")  # fields of the file that only its drawing needs
_FILE_NAME = (".svg", ".png", ".pdf", ".yaml", ".jpg")


@model
class ExerciseWords(Model):
    """What an exercise says, without how it looks."""

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
    drawn_side: Literal["left", "right"] = spec(
        "The side at work in the drawing, where it is one at a time: left or right. Words for the right side and for"
        ' the left are written "{right|left}"; "{both|Then change sides.}" is said only where both are exercised.',
        default="right",
    )
    seconds_per_repetition: int | None = spec("How long one repetition takes.", default=None)
    contraindications: tuple[Line, ...] = spec("For the clinician; never printed for patients.", default=())
    avoid_positions: tuple[Line, ...] = spec("For the clinician: positions that it needs.", default=())
    video: Url | None = spec("A film of it.", default=None)
    alt: Line = spec("What the drawing shows, as one would say it to somebody who cannot see it.", least=20, most=250)

    def check(self) -> Iterator[Problem]:
        if self.alt.lower().endswith(_FILE_NAME):
            yield Problem(self.alt.place, '"alt" is the name of a file', "Say what the drawing shows.")
        yield from check_braces_of(self)
        if self.dose and self.dose.side in SIDED:
            yield from check_sides(self, str(self.language))
        hold, one = (self.dose and self.dose.hold_seconds) or 0, self.seconds_per_repetition
        if one is not None and not 1 <= one <= 600:
            yield Problem(self.place, f'"seconds_per_repetition" is {one}; 1 to 600 seconds are possible')
        elif one is not None and hold > one:
            yield Problem(
                self.place,
                f'"seconds_per_repetition" is {one}, less than its hold of {hold} seconds',
                "Count the hold and the movement.",
            )

    def on_side(self, side: str | None) -> ExerciseWords:
        """The words for a dose's side; for both sides where it is neither left nor right."""
        return spoken(self, side, self.drawn_side)
