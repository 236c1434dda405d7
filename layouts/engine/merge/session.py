"""How long a session takes, in what order its exercises stand, and which are for a day without time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise, permutations
from typing import TypeVar

from ..read.dose import Dose

T = TypeVar("T")
CHANGE = 20  # seconds to get ready for an exercise
MOVEMENT = 3  # seconds to get into a hold and out of it
REPETITION = 4  # seconds of one repetition of which nothing is known
SPEED = 1.0  # m/s. Healthy adults walk at 1.2 to 1.4 m/s; people in pain and older people at about 1 m/s.
# How far up a position is: from one to the next is the work of getting up and down.
_LEVELS = {
    "moving": 0,
    "standing": 0,
    "sitting": 1,
    "kneeling": 2,
    "lying on your side": 3,
    "lying on your back": 3,
    "lying on your front": 3,
}


# --------------------------------------------------------------------------- how long
def seconds_of(dose: Dose, seconds_per_repetition: int | None) -> int:
    """The seconds of one session of the exercise: work on both sides where they are done one after the other, and
    rests. 0 for a dose that does not say how much."""
    return _work(dose, seconds_per_repetition) + _rest(dose)


def session_seconds(exercises: Sequence[tuple[Dose, int | None]]) -> int:
    """The seconds of a whole session: doses with the seconds of one repetition, and getting ready for each exercise.

    Exercises with the same superset letter are done in turn: one rests only after a round of them, as long as the one
    that needs the longest rest.
    """
    total = sum(_work(dose, one) + CHANGE for dose, one in exercises)
    turns: dict[str, list[Dose]] = {}
    for number, (dose, _) in enumerate(exercises):
        turns.setdefault(str(dose.superset or number), []).append(dose)
    for doses in turns.values():
        if len(doses) == 1:
            total += _rest(doses[0])
        else:
            rounds = max(_rounds(dose) for dose in doses)
            total += (rounds - 1) * max(dose.rest_seconds or 0 for dose in doses)
    return total


def session_minutes(seconds: int) -> int:
    """Minutes to print after "About": whole ones up to 15, then fives; at least 1."""
    minutes = seconds / 60
    return max(1, round(minutes)) if minutes < 15.5 else 5 * round(minutes / 5)


def _work(dose: Dose, seconds_per_repetition: int | None) -> int:
    sets, times = dose.rounds
    if dose.time:
        one: float = dose.time
    elif dose.distance:
        one = dose.distance.meters / SPEED
    else:
        one = _repetition(dose, seconds_per_repetition)
    sides = 2 if dose.side == "each" else 1  # alternating sides share the repetitions
    return round(sets * (times or 1) * sides * one)


def _repetition(dose: Dose, usual: int | None) -> int:
    """The seconds of one repetition. What the dose says of tempo and hold goes before what is usual."""
    hold = dose.hold_seconds or 0
    if dose.tempo:
        return sum(dose.tempo.seconds) + hold
    if usual is not None and hold <= usual:
        return usual
    return hold + MOVEMENT if hold else REPETITION


def _rest(dose: Dose) -> int:
    return dose.rests * (dose.rest_seconds or 0)


def _rounds(dose: Dose) -> int:
    """How many times an exercise comes up in a superset."""
    return max(dose.sets or 1, 1)


# --------------------------------------------------------------------------- in what order
def grouped(
    items: Sequence[T], position_of: Callable[[T], str], superset_of: Callable[[T], str | None] = lambda _: None
) -> list[tuple[str, tuple[T, ...]]]:
    """Positions with their items, so that nobody gets up and down more than needed.

    The first item's position comes first, the others in the order of the shortest way up and down, ties in the order
    of the items; inside a group the order stays. Items of a superset stay together, where the first of them stands,
    also when they differ in position.
    """
    groups: dict[str, list[T]] = {}
    for block in _blocks(items, superset_of):
        groups.setdefault(position_of(block[0]), []).extend(block)
    if not groups:
        return []
    first, *others = groups
    order = min(((first, *rest) for rest in permutations(others)), key=_way)
    return [(position, tuple(groups[position])) for position in order]


def _blocks(items: Sequence[T], superset_of: Callable[[T], str | None]) -> Iterable[list[T]]:
    blocks: dict[str, list[T]] = {}
    for number, item in enumerate(items):
        blocks.setdefault(superset_of(item) or str(number), []).append(item)
    return blocks.values()


def _way(positions: Sequence[str]) -> int:
    """How much getting up and down an order is. Turning over costs little, but more than nothing."""
    levels = [_LEVELS.get(position, 0) for position in positions]
    return sum(10 * abs(a - b) + 1 for a, b in pairwise(levels))


# --------------------------------------------------------------------------- in a hurry
def quick(seconds: Sequence[int], limit_seconds: int) -> tuple[int, ...]:
    """Which exercises, counted from 0, to do when there are only so many seconds: from the first on, those that fit.

    `seconds` are those of each exercise by `seconds_of`; getting ready is added here. Empty when all fit anyway and
    when none does.
    """
    chosen: list[int] = []
    left = limit_seconds
    for number, own in enumerate(seconds):
        if own + CHANGE <= left:
            chosen.append(number)
            left -= own + CHANGE
    return () if len(chosen) == len(seconds) else tuple(chosen)
