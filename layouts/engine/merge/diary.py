"""What a diary has to tick: how many boxes an exercise has a day, what each stands for, and on which days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..read.dose import Dose
from ..read.words import WEEKDAYS

MOST = 4  # boxes of an exercise a day; where there would be more, one box stands for all


@dataclass(frozen=True)
class Ticks:
    """The boxes of one exercise on one day. `days` says for Monday to Sunday whether it is done."""

    each: Literal["set", "time", "day"]
    count: int
    days: tuple[bool, ...]


def ticks(dose: Dose) -> Ticks:
    """The boxes of a dose: one for each time of day, else one for each set, else one."""
    days = tuple(not dose.weekdays or day in dose.weekdays for day in WEEKDAYS)
    often, sets = dose.times_a_day or 1, dose.rounds[0]
    if 1 < often <= MOST:
        return Ticks("time", often, days)
    if often == 1 and 1 < sets <= MOST:
        return Ticks("set", sets, days)
    return Ticks("day", 1, days)
