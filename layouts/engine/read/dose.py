"""How much of an exercise, and how often: an exercise's default and what a programme says instead of it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from typing import Literal, get_args

from ..problems import Place, Problem
from .fields import Line, Model, model, spec
from .words import BANDS, Weekday

Side = Literal["each", "left", "right", "alternate", "both"]
LONGEST = 2 * 60 * 60  # seconds: what nobody does of one exercise at a time
# The least and the most that each number can be, and why. No rest and no hold (0) is how a default is taken back.
_RANGES = {
    "sets": (1, 20, "sets"),
    "repetitions": (1, 200, "times in a set"),
    "hold_seconds": (0, 600, "seconds"),
    "rest_seconds": (0, 600, "seconds"),
    "times_a_day": (1, 24, "times a day"),
    "days_a_week": (1, 7, "days a week"),
    "weeks": (1, 52, "weeks"),
    "seconds": (1, 3600, "seconds"),
    "minutes": (1, 120, "minutes"),
}
# What stands for the same thing: an override with one of them displaces the default's others.
_AMOUNTS = (("repetitions",), ("seconds", "minutes"), ("distance",))
_DAYS = ("days_a_week", "weekdays", "every_other_day")
_OF_THE_AMOUNT = ("sets", "hold_seconds", "rest_seconds")  # belong to the amount that they were said with
_NUMBER = r"(?:[1-9][0-9]{0,4}(?:\.[0-9]{1,2})?|0\.[0-9]{0,1}[1-9])"


# How units are written by people who have not seen how we write them.
_UNITS = {
    "m": "m|meters?|metres?",
    "km": "kms?|kilomet(?:er|re)s?",
    "ft": "ft|feet|foot",
    "miles": "mi|miles?",
    "steps": "steps?",
}
_METERS = {"m": 1.0, "km": 1000.0, "ft": 0.3048, "mile": 1609.344, "step": 0.6}  # a step of an easy walk
FARTHEST = 50_000  # meters
HEAVIEST = {"lb": 500, "kg": 250}


class Tempo(Line):
    """How fast: seconds down, seconds of pause, seconds up."""

    pattern = r"[1-9][0-9]?-[0-9]{1,2}-[1-9][0-9]?"
    expected = "a tempo"

    @classmethod
    def hint(cls, text: str) -> str:  # noqa: ARG003
        return "Write three numbers with hyphens: seconds down, pause and up, such as 3-1-2 (3-0-2 has no pause)."

    @property
    def seconds(self) -> tuple[int, int, int]:
        """Seconds down, of pause, and up."""
        down, pause, up = map(int, self.split("-"))
        return down, pause, up


class Load(Line):
    """What makes it harder: a weight, a band or how hard it should feel; or one of the first two with the last."""

    pattern = rf"(?:{_NUMBER} (?:lb|kg)|(?:{'|'.join(BANDS)}) band)(?:, effort (?:10|[0-9]))?|effort (?:10|[0-9])"
    expected = "a load"

    @classmethod
    def hint(cls, text: str) -> str:
        text = text.lower()
        if effort := re.search(r"(?:effort|rpe)\D*([0-9]+)", text):
            if int(effort[1]) > 10:
                return "Effort goes from 0 (rest) to 10 (as hard as you can)."
            return f'Write "effort {int(effort[1])}".'
        if weight := re.fullmatch(rf"({_NUMBER}) *(lb|lbs|pounds?|kg|kgs|kilos?|kilograms?)\.?", text):
            return f'Write "{weight[1]} {"kg" if weight[2][0] == "k" else "lb"}".'
        if "band" in text or text in BANDS:
            known = next((band for band in BANDS if re.search(rf"\b{band}\b", text)), None)
            return f'Write "{known} band".' if known else f"Bands are: {', '.join(BANDS)}."
        return 'Write a weight ("5 lb", "2.5 kg"), a band ("red band") or how hard it should feel ("effort 6").'

    @property
    def weight(self) -> str | None:
        """The weight with its unit."""
        found = re.match(rf"{_NUMBER} (?:lb|kg)", self)
        return found[0] if found else None

    @property
    def band(self) -> str | None:
        """The band's color or strength, one of BANDS."""
        found = re.match(r"(\w+) band", self)
        return found[1] if found else None

    @property
    def effort(self) -> int | None:
        """How hard, from 0 to 10."""
        found = re.search(r"effort ([0-9]+)", self)
        return int(found[1]) if found else None


class Distance(Line):
    """How far, with its unit."""

    pattern = rf"{_NUMBER} (?:m|km|ft|mile|miles|step|steps)"
    expected = "a distance"

    @classmethod
    def hint(cls, text: str) -> str:
        for unit, meant in _UNITS.items():
            if found := re.fullmatch(rf"({_NUMBER}) *(?:{meant})\.?", text.lower()):
                return f'Write "{found[1]} {unit.removesuffix("s") if found[1] == "1" else unit}".'
        return 'Write a number and m, km, ft, miles or steps, such as "400 m".'

    @property
    def number(self) -> str:
        """The number as it was written."""
        return self.split(" ")[0]

    @property
    def unit(self) -> str:
        """One of "m", "km", "ft", "mile" and "step"."""
        return self.split(" ")[1].removesuffix("s")

    @property
    def meters(self) -> float:
        """How far in meters."""
        return float(self.number) * _METERS[self.unit]


class Superset(Line):
    """The letter that exercises which are done in turn have in common."""

    pattern = r"[A-Z]"
    expected = "a capital letter"

    @classmethod
    def hint(cls, text: str) -> str:  # noqa: ARG003
        return "Give the exercises that are done in turn the same letter from A to Z."


@model
class Dose(Model):
    """How much, and how often. What is left out is not said; a programme's dose takes it from the exercise's."""

    sets: int | None = spec("How many sets.", default=None)
    repetitions: int | None = spec("How many times in a set.", default=None)
    hold_seconds: int | None = spec("How long each one is held; 0 for no hold.", default=None)
    rest_seconds: int | None = spec("The rest between sets, or between the times of a single set.", default=None)
    tempo: Tempo | None = spec("How fast: seconds down, pause and up, such as 3-1-2.", default=None)
    load: Load | None = spec('"5 lb", "2.5 kg", "red band", or how hard it should feel: "effort 6".', default=None)
    side: Side | None = spec("each, left, right, alternate (in turn), or both at the same time.", default=None)
    times_a_day: int | None = spec("How often a day.", default=None)
    days_a_week: int | None = spec("On how many days a week.", default=None)
    weekdays: tuple[Weekday, ...] | None = spec("On which days instead, such as [mon, wed, fri].", default=None)
    every_other_day: bool | None = spec("One day yes, one day no: yes or no.", default=None)
    weeks: int | None = spec("For how many weeks.", default=None)
    seconds: int | None = spec("How many seconds, instead of repetitions.", default=None)
    minutes: int | None = spec("How many minutes, instead of repetitions.", default=None)
    distance: Distance | None = spec('How far, instead of repetitions: "400 m", "50 ft", "30 steps".', default=None)
    superset: Superset | None = spec("A letter: exercises with the same letter are done in turn.", default=None)
    note: Line | None = spec("Anything else, in one sentence.", default=None, most=140)

    def check(self) -> Iterator[Problem]:
        wrong = list(self._check_ranges())
        yield from wrong
        yield from self._check_days()
        if not wrong:
            yield from self._check_amount()

    def _check_ranges(self) -> Iterator[Problem]:
        for name, (least, most, what) in _RANGES.items():
            value: int | None = getattr(self, name)
            if value is not None and not least <= value <= most:
                hint = "Leave it out if it is not to be said." if value == 0 else ""
                yield Problem(self.place, f'"{name}" is {value}; {least} to {most} {what} are possible', hint)
        number, _, unit = ((self.load and self.load.weight) or "").partition(" ")
        if number and float(number) > HEAVIEST[unit]:
            yield Problem(self.place, f'"load" is {number} {unit}; up to {HEAVIEST[unit]} {unit} are possible')
        if self.distance and self.distance.meters > FARTHEST:
            yield Problem(self.place, f'"distance" is {self.distance}; up to {FARTHEST // 1000} km are possible')

    def _check_days(self) -> Iterator[Problem]:
        for day in get_args(Weekday):
            if (self.weekdays or ()).count(day) > 1:
                yield Problem(self.place, f'"weekdays" names {day} twice', "Delete one of them.")
        said = [name for name in _DAYS if getattr(self, name)]
        if len(said) > 1:
            yield Problem(self.place, f'"{said[1]}" stands beside "{said[0]}"', "Say it in one way only.")

    def _check_amount(self) -> Iterator[Problem]:
        said = [next(name for name in names if getattr(self, name)) for names in _AMOUNTS if _any(self, names)]
        if len(said) > 1:
            yield Problem(
                self.place,
                f'"{said[1]}" stands beside "{said[0]}"',
                "Say how much in one way only: how often, how long or how far.",
            )
            return
        hold, time = self.hold_seconds or 0, self.time
        if time and hold > time:
            yield Problem(
                self.place, f'"hold_seconds" is {hold}, longer than the whole exercise of {time} seconds', _SHORTER
            )
        each = time or (self.repetitions or 1) * max(hold, sum(self.tempo.seconds) if self.tempo else 0)
        whole = (self.sets or 1) * each
        if whole > LONGEST:
            name = "sets" if (self.sets or 1) > 1 else "minutes" if time else "repetitions"
            yield Problem(
                self.place, f'"{name}": all of it would take {whole / 3600:.1f} hours; up to 2 are possible', _FEWER
            )

    @property
    def time(self) -> int:
        """The seconds of a dose by time; 0 for one that counts or measures."""
        return (self.minutes or 0) * 60 + (self.seconds or 0)

    @property
    def rounds(self) -> tuple[int, int]:
        """How many sets, and how many times in each; (0, 0) when neither is said.

        Sets of a single time are no sets but times: nobody says "3 sets of 1", and "3 sets of 400 m" are 3 times
        400 m. A time, such as 30 seconds, is done once in each set. (2, 0) are sets of which no more is said.
        """
        sets = self.sets or 1
        if self.time:
            return sets, 1
        if self.distance or self.repetitions == 1:
            return 1, sets
        if self.repetitions:
            return sets, self.repetitions
        return (1, sets) if self.hold_seconds else (self.sets or 0, 0)

    @property
    def rests(self) -> int:
        """How many rests there are: between sets, or between the times of a single set; a rest divides two sides only
        where there are no sets."""
        sets, times = self.rounds
        return sets - 1 if sets > 1 else max(times * (2 if self.side == "each" else 1) - 1, 0)


_SHORTER = "Hold it for a shorter time."
_FEWER = "Lower the sets, the repetitions or the time of each."


def merged(default: Dose | None, override: Dose | None) -> Dose:
    """The default with what the override says instead of it, at the override's place.

    Fields win one by one, but what stands for the same thing displaces it: an override's weekdays the default's days
    a week. An override with another kind of amount (minutes instead of repetitions) displaces also the sets, the hold
    and the rest of the default, which were meant for its own kind: "2 sets of 10" and "5 minutes" is 5 minutes.
    """
    if default is None or override is None:
        return override or default or Dose(place=Place("dose"))
    said = _said(override)
    kept = _said(default)
    if any(said.get(name) for name in _DAYS):
        kept = {name: value for name, value in kept.items() if name not in _DAYS}
    for names in _AMOUNTS:
        others = [name for other in _AMOUNTS if other != names for name in other]
        if _any(override, names):
            gone = {*others, *(_OF_THE_AMOUNT if _any(default, others) else ()), *names}
            kept = {name: value for name, value in kept.items() if name not in gone}
    return Dose(place=override.place, **{**kept, **said})  # type: ignore[arg-type]  # the fields of two doses


def check_merged(default: Dose | None, override: Dose | None) -> Iterator[Problem]:
    """What is impossible only in the two doses taken together; each alone has been checked when it was read."""
    if default is None or override is None:
        return
    alone = {p.message for dose in (default, override) for p in dose.check()}
    for found in merged(default, override).check():
        if found.message not in alone:
            hint = f"{found.hint} What is left out here comes from the exercise.".strip()
            yield dataclasses.replace(found, hint=hint)


def _said(dose: Dose) -> dict[str, object]:
    return {name: value for name, value in vars(dose).items() if name != "place" and value is not None}


def _any(dose: Dose, names: tuple[str, ...] | list[str]) -> bool:
    return any(getattr(dose, name) for name in names)
