"""How long sessions take, how exercises are put in order, and what is done in a hurry."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from layouts.engine.merge.session import CHANGE, grouped, quick, seconds_of, session_minutes, session_seconds
from layouts.engine.read.convert import read_model
from layouts.engine.read.dose import Dose
from layouts.engine.read.source import read_text


def dose(text: str) -> Dose:
    """A dose as somebody writes it."""
    return read_model(read_text(f"{{{text}}}", "dose.yaml"), Dose)


@pytest.mark.parametrize(
    ("text", "one", "seconds"),
    [
        ("", None, 0),
        ("times_a_day: 3, days_a_week: 5", 4, 0),
        ("repetitions: 10", 5, 50),
        ("repetitions: 10", None, 40),
        ("sets: 2, repetitions: 10", 5, 100),
        ("sets: 2, repetitions: 10, rest_seconds: 60", 5, 160),
        ("sets: 2, repetitions: 10, rest_seconds: 60, side: each", 5, 260),
        ("sets: 2, repetitions: 10, rest_seconds: 60, side: alternate", 5, 160),
        ("sets: 2, repetitions: 10, rest_seconds: 60, side: left", 5, 160),
        ("sets: 2, repetitions: 10, rest_seconds: 60, times_a_day: 3", 5, 160),
        ("repetitions: 5, hold_seconds: 5", 8, 40),
        ("repetitions: 5, hold_seconds: 10", 8, 65),
        ("repetitions: 5, hold_seconds: 10", None, 65),
        ("repetitions: 5, rest_seconds: 30", 10, 170),
        ("repetitions: 3, rest_seconds: 30, side: each", 10, 210),
        ("hold_seconds: 30", None, 33),
        ("repetitions: 10, tempo: 3-1-2", 4, 60),
        ("repetitions: 10, tempo: 3-1-2, hold_seconds: 2", 4, 80),
        ("minutes: 5", None, 300),
        ("minutes: 1, seconds: 30, side: each", 4, 180),
        ("sets: 3, seconds: 30, rest_seconds: 30", 4, 150),
        ("distance: 400 m", None, 400),
        ("sets: 2, distance: 400 m, rest_seconds: 60", None, 860),
        ("distance: 30 steps", None, 18),
    ],
)
def test_the_seconds_of_an_exercise(text: str, one: int | None, seconds: int) -> None:
    assert seconds_of(dose(text), one) == seconds


def test_a_session_is_its_exercises_and_getting_ready() -> None:
    one, two = (dose("repetitions: 10"), 5), (dose("minutes: 2"), None)
    assert session_seconds([]) == 0
    assert session_seconds([one, two]) == 50 + 120 + 2 * CHANGE


def test_in_a_superset_one_rests_after_each_round() -> None:
    first = dose("sets: 3, repetitions: 10, rest_seconds: 60, superset: A")
    second = dose("sets: 2, repetitions: 10, rest_seconds: 30, superset: A")
    alone = dose("sets: 2, repetitions: 10, rest_seconds: 30")
    work = 3 * 10 * 4 + 2 * 10 * 4
    assert session_seconds([(first, 4), (second, 4)]) == work + 2 * 60 + 2 * CHANGE
    assert session_seconds([(first, 4), (alone, 4)]) == work + 2 * 60 + 30 + 2 * CHANGE
    assert session_seconds([(first, 4)]) == 120 + 2 * 60 + CHANGE


@pytest.mark.parametrize(
    ("seconds", "minutes"),
    [(0, 1), (20, 1), (89, 1), (95, 2), (700, 12), (900, 15), (920, 15), (960, 15), (1060, 20), (1800, 30), (3590, 60)],
)
def test_minutes_are_rounded_as_people_say_them(seconds: int, minutes: int) -> None:
    assert session_minutes(seconds) == minutes


B, K, S, U, M = "lying on your back", "kneeling", "sitting", "standing", "moving"


@pytest.mark.parametrize(
    ("positions", "order"),
    [
        ([], []),
        ([B], [B]),
        ([B, U, B, U], [B, U]),
        ([U, B, K, S], [U, S, K, B]),
        ([B, U, S, K], [B, K, S, U]),
        ([K, U, B], [K, B, U]),
        ([S, B, U], [S, U, B]),
        ([U, M, B], [U, M, B]),
        ([U, B, M], [U, M, B]),
        (["lying on your front", U, B], ["lying on your front", B, U]),
    ],
)
def test_groups_spare_getting_up_and_down(positions: list[str], order: list[str]) -> None:
    made = grouped(positions, lambda position: position)
    assert [position for position, _ in made] == order
    assert sorted(item for _, items in made for item in items) == sorted(positions)


def test_the_order_inside_a_group_stays() -> None:
    items = [("a", U), ("b", B), ("c", U), ("d", B)]
    made = grouped(items, lambda item: item[1])
    assert [(p, "".join(name for name, _ in those)) for p, those in made] == [(U, "ac"), (B, "bd")]


def test_supersets_are_never_torn_apart() -> None:
    items = [("a", U, None), ("b", B, "A"), ("c", U, None), ("d", U, "A"), ("e", B, None)]
    made = grouped(items, lambda item: item[1], lambda item: item[2])
    assert [(p, "".join(item[0] for item in those)) for p, those in made] == [(U, "ac"), (B, "bde")]


def test_grouping_is_stable_loses_nothing_and_is_never_worse_than_the_authors_order() -> None:
    chance = random.Random(7)
    levels = {M: 0, U: 0, S: 1, K: 2, B: 3}
    for _ in range(300):
        items = [(i, chance.choice([B, K, S, U, M]), chance.choice([None, None, "A", "B"])) for i in range(8)]
        made = grouped(items, lambda item: item[1], lambda item: item[2])
        flat = [item for _, those in made for item in those]
        assert sorted(flat) == sorted(items)
        assert flat[0] == items[0]
        for letter in "AB":
            spots = [n for n, item in enumerate(flat) if item[2] == letter]
            assert spots == list(range(spots[0], spots[0] + len(spots))) if spots else True
            assert [flat[n] for n in spots] == [item for item in items if item[2] == letter]
        plain = grouped(items, lambda item: item[1])
        ways = [sum(abs(levels[a[1]] - levels[b[1]]) for a, b in pairwise(order))
                for order in ([item for _, those in plain for item in those], items)]  # fmt: skip
        assert ways[0] <= ways[1]


@pytest.mark.parametrize(
    ("seconds", "limit", "chosen"),
    [
        ([], 300, ()),
        ([100, 100], 300, ()),  # all fit
        ([300, 400], 300, ()),  # none fits
        ([100, 100, 100], 300, (0, 1)),
        ([200, 200, 50], 300, (0, 2)),
        ([400, 100, 100, 100], 300, (1, 2)),
        ([280], 300, ()),
        ([280, 10], 300, (0,)),
        ([281, 10], 300, (1,)),
    ],
)
def test_a_day_without_time(seconds: list[int], limit: int, chosen: tuple[int, ...]) -> None:
    assert quick(seconds, limit) == chosen
