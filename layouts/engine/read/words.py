"""The fixed words in which a dose is said, and the names that content may use and a language must have words for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal, get_args

from ..problems import Problem, did_you_mean
from .fields import Line, Model, model, shorten, spec

Position = Literal[
    "lying on your back", "lying on your front", "lying on your side", "kneeling", "sitting", "standing", "moving"
]
Equipment = Literal[
    "mat", "chair", "wall", "step", "counter", "gym ball", "band", "dumbbell", "pillow", "towel", "cushion", "shovel"
]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
POSITIONS: tuple[str, ...] = get_args(Position)
EQUIPMENT: tuple[str, ...] = get_args(Equipment)
WEEKDAYS: tuple[str, ...] = get_args(Weekday)
BANDS = (
    "tan", "yellow", "orange", "red", "pink", "green", "blue", "purple", "black", "white", "gray", "silver", "gold",
    "light", "medium", "heavy",
)  # fmt: skip


@model
class Counted(Model):
    """Words that change with a number."""

    one: Line = spec("For 1.", most=40)
    two: Line | None = spec("For 2, where the language has a word of its own for it.", default=None, most=40)
    many: Line = spec("For any other number; {number}.", most=40)

    def check(self) -> Iterator[Problem]:
        return check_braces(self)

    def of(self, number: float | str) -> str:
        """The words for a number: "once", "1 set", "2.5 miles"."""
        if str(number) == "1":
            return str(self.one)
        if str(number) == "2" and self.two:
            return str(self.two)
        return self.many.format(number=number)


@model
class DoseWords(Model):
    """How a dose is said. Sentences get their capital and their full stop by themselves."""

    times: Counted = spec("How often an exercise is done in one set, such as 10 times.")
    sets: Counted = spec("Sets.")
    sets_of: Line = spec("Sets of some size; {sets} and {amount}, such as 2 sets of 10.", most=60)
    times_distance: Line = spec("A distance several times; {times} and {distance}.", most=60)
    seconds: Counted = spec("Seconds.")
    minutes: Counted = spec("Minutes.")
    minutes_seconds: Line = spec("A longer time; {minutes} and {seconds}.", most=60)
    meters: Counted = spec("Meters.")
    kilometers: Counted = spec("Kilometers.")
    feet: Counted = spec("Feet.")
    miles: Counted = spec("Miles.")
    steps: Counted = spec("Steps.")
    each_side: Line = spec("Once for each side; {amount}.", most=60)
    left_side: Line = spec("Only the left side; {amount}.", most=60)
    right_side: Line = spec("Only the right side; {amount}.", most=60)
    alternate_sides: Line = spec("Left and right in turn; {amount}.", most=60)
    hold: Line = spec("How long each one is held; {time}.", most=60)
    rest_between_sets: Line = spec("The rest between sets; {time}.", most=60)
    rest_in_between: Line = spec("The rest between one time and the next; {time}.", most=60)
    tempo: Line = spec("How fast; {down}, {pause} and {up}.", most=100)
    tempo_without_pause: Line = spec("How fast; {down} and {up}.", most=100)
    weight: Line = spec("The weight to use; {weight}.", most=60)
    band: Line = spec("The band to use; {band}.", most=60)
    bands: Mapping[str, Line] = spec("The bands' colors or strengths.", names=BANDS)
    effort: Line = spec("How hard it should feel, from 0 to 10; {number}.", most=60)
    times_a_day: Counted = spec("How often a day.")
    days_a_week: Counted = spec("On how many days a week.")
    once_a_week: Line = spec("On one day a week, once.", most=40)
    every_day: Line = spec("On all days.", most=40)
    every_other_day: Line = spec("On one day, and not on the next.", most=40)
    on_days: Line = spec("On these weekdays; {days}.", most=40)
    days: tuple[Line, ...] = spec("Monday to Sunday as they stand there, such as Mondays.", least=7, most=7)
    last_day: Line = spec("The last of several weekdays; {days} and {last}.", most=40)
    weeks: Counted = spec("For how many weeks.")

    def check(self) -> Iterator[Problem]:
        yield from check_braces(self)
        yield from check_names(self)


def check_braces(model: Model) -> Iterator[Problem]:
    """The {names} of a model's lines must be those that the fields' descriptions name."""
    for name, text in vars(model).items():
        if not isinstance(text, Line):
            continue
        allowed = set(re.findall(r"\{(\w+)\}", model.__dataclass_fields__[name].metadata["doc"]))
        found = re.findall(r"\{([^{}]*)\}", text)
        for word in sorted(set(found) - allowed):
            hint = f"Possible here: {', '.join(sorted('{' + a + '}' for a in allowed))}." if allowed else "Delete it."
            yield Problem(text.place, f'"{{{word}}}" cannot be filled in here', hint)
        if re.sub(r"\{\w+\}", "", text).count("{") + re.sub(r"\{\w+\}", "", text).count("}"):
            yield Problem(text.place, "a brace { or } stands alone", "Delete it.")
        for word in sorted(allowed - set(found)):
            yield Problem(text.place, f'"{name}" leaves out "{{{word}}}"', "Put it where the value belongs.")


def check_names(model: Model) -> Iterator[Problem]:
    """A group of words whose names are known must have every one of them, and no others."""
    for field, about in model.__dataclass_fields__.items():
        names: tuple[str, ...] = about.metadata.get("names", ())
        words: Mapping[str, Line] = getattr(model, field) if names else {}
        for name, text in words.items():
            if name not in names:
                hint = did_you_mean(name, names) or f"Possible here: {', '.join(names)}."
                yield Problem(text.place, f'"{shorten(name)}" is no name that "{field}" can have', hint)
        for name in names:
            if name not in words:
                yield Problem(model.place, f'"{field}" leaves out "{name}"', f'Write "{name}:" and the words for it.')
