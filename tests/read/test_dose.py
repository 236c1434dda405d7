"""Doses as they are read, and an exercise's dose with what a programme says instead of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from layouts.engine.read.convert import read_model
from layouts.engine.read.dose import Dose, check_merged, merged
from layouts.engine.read.source import read_text


def dose(text: str) -> Dose:
    """A dose as somebody writes it."""
    return read_model(read_text(f"{{{text}}}", "dose.yaml"), Dose)


def said(of: Dose) -> dict[str, object]:
    """What a dose says."""
    return {name: value for name, value in vars(of).items() if name != "place" and value is not None}


def test_what_is_left_out_is_not_said() -> None:
    assert said(dose("")) == {}


def test_everything_that_a_dose_can_say() -> None:
    whole = dose(
        "sets: 2, repetitions: 10, hold_seconds: 5, rest_seconds: 60, tempo: 3-1-2, load: red band, side: each,"
        " times_a_day: 2, weekdays: [mon, fri], weeks: 6, superset: A, note: Breathe."
    )
    assert whole.tempo and whole.tempo.seconds == (3, 1, 2)
    assert whole.load and whole.load.band == "red"
    assert (whole.weekdays, whole.superset, whole.note) == (("mon", "fri"), "A", "Breathe.")


@pytest.mark.parametrize(
    ("text", "weight", "band", "effort"),
    [
        ("5 lb", "5 lb", None, None),
        ("2.5 kg", "2.5 kg", None, None),
        ("0.5 kg", "0.5 kg", None, None),
        ("red band", None, "red", None),
        ("effort 0", None, None, 0),
        ("effort 10", None, None, 10),
        ("5 lb, effort 7", "5 lb", None, 7),
        ("heavy band, effort 7", None, "heavy", 7),
    ],
)
def test_a_load(text: str, weight: str | None, band: str | None, effort: int | None) -> None:
    load = dose(f'load: "{text}"').load
    assert load and (load.weight, load.band, load.effort) == (weight, band, effort)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("5 pounds", 'Write "5 lb".'),
        ("5LBS", 'Write "5 lb".'),
        ("2.5kilos", 'Write "2.5 kg".'),
        ("Red Band", 'Write "red band".'),
        ("blue", 'Write "blue band".'),
        ("theraband", "Bands are: tan"),
        ("RPE 7", 'Write "effort 7".'),
        ("effort: 12", "Effort goes from 0"),
        ("effort 010", 'Write "effort 10".'),
        ("0 lb", "Write a weight"),
        ("effort 5, red band", 'Write "effort 5".'),
    ],
)
def test_a_wrong_load_gets_a_hint(text: str, hint: str, said: Callable[[Callable[[], object]], str]) -> None:
    assert hint in said(lambda: dose(f'load: "{text}"'))


@pytest.mark.parametrize(
    ("text", "meters"),
    [("400 m", 400), ("2 km", 2000), ("50 ft", 15.24), ("1 mile", 1609.344), ("2 miles", 3218.688), ("30 steps", 18)],
)
def test_a_distance(text: str, meters: float) -> None:
    distance = dose(f"distance: {text}").distance
    assert distance and distance.meters == pytest.approx(meters)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("400m", '"400 m"'),
        ("2 Kilometers", '"2 km"'),
        ("50 feet", '"50 ft"'),
        ("1 mi", '"1 mile"'),
        ("2 mi", '"2 miles"'),
        ("1 m.", '"1 m"'),
        ("far", "such as"),
    ],
)
def test_a_wrong_distance_gets_a_hint(text: str, hint: str, said: Callable[[Callable[[], object]], str]) -> None:
    assert hint in said(lambda: dose(f"distance: {text}"))


@pytest.mark.parametrize(
    ("text", "rounds", "rests"),
    [
        ("", (0, 0), 0),
        ("sets: 3", (3, 0), 2),
        ("sets: 3, repetitions: 10", (3, 10), 2),
        ("sets: 3, repetitions: 10, side: each", (3, 10), 2),
        ("repetitions: 5", (1, 5), 4),
        ("repetitions: 5, side: each", (1, 5), 9),
        ("sets: 3, repetitions: 1", (1, 3), 2),
        ("sets: 3, hold_seconds: 30", (1, 3), 2),
        ("sets: 3, seconds: 30", (3, 1), 2),
        ("minutes: 5", (1, 1), 0),
        ("minutes: 5, side: each", (1, 1), 1),
        ("sets: 3, distance: 400 m", (1, 3), 2),
    ],
)
def test_sets_and_times_and_the_rests_between_them(text: str, rounds: tuple[int, int], rests: int) -> None:
    assert (dose(text).rounds, dose(text).rests) == (rounds, rests)


DEFAULT = "sets: 2, repetitions: 10, hold_seconds: 5, rest_seconds: 60, times_a_day: 1, days_a_week: 5, side: each"


@pytest.mark.parametrize(
    ("default", "override", "both"),
    [
        (DEFAULT, "", DEFAULT),
        ("", DEFAULT, DEFAULT),
        (DEFAULT, "repetitions: 6", DEFAULT.replace("repetitions: 10", "repetitions: 6")),
        (DEFAULT, "side: left, rest_seconds: 0", DEFAULT.replace("each", "left").replace("60", "0")),
        (DEFAULT, "minutes: 5", "minutes: 5, times_a_day: 1, days_a_week: 5, side: each"),
        (DEFAULT, "sets: 3, seconds: 30", "sets: 3, seconds: 30, times_a_day: 1, days_a_week: 5, side: each"),
        (DEFAULT, "distance: 400 m", "distance: 400 m, times_a_day: 1, days_a_week: 5, side: each"),
        ("sets: 3, minutes: 5", "seconds: 30", "sets: 3, seconds: 30"),
        ("minutes: 5", "repetitions: 10", "repetitions: 10"),
        ("distance: 400 m", "minutes: 5", "minutes: 5"),
        ("sets: 3, distance: 400 m", "distance: 1 km", "sets: 3, distance: 1 km"),
        ("days_a_week: 5", "weekdays: [mon]", "weekdays: [mon]"),
        ("weekdays: [mon]", "days_a_week: 5", "days_a_week: 5"),
        ("weekdays: [mon, tue]", "weekdays: [sun]", "weekdays: [sun]"),
        ("days_a_week: 5", "every_other_day: yes", "every_other_day: yes"),
        ("every_other_day: yes", "days_a_week: 5", "days_a_week: 5"),
        ("every_other_day: yes", "every_other_day: no", "every_other_day: no"),
        ("days_a_week: 5", "every_other_day: no", "days_a_week: 5, every_other_day: no"),
        ("tempo: 3-1-2, load: 5 lb, note: A.", "load: red band", "tempo: 3-1-2, load: red band, note: A."),
        ("weeks: 6, superset: A", "weeks: 2", "weeks: 2, superset: A"),
    ],
)  # fmt: skip
def test_an_override_wins(default: str, override: str, both: str) -> None:
    made = merged(dose(default), dose(override))
    assert said(made) == said(dose(both))
    assert list(check_merged(dose(default), dose(override))) == []


def test_one_dose_alone_is_itself_and_none_says_nothing() -> None:
    alone = dose(DEFAULT)
    assert merged(alone, None) is alone
    assert merged(None, alone) is alone
    assert said(merged(None, None)) == {}
    assert list(check_merged(None, alone)) == []


def test_what_is_impossible_only_together_is_told_at_the_override() -> None:
    default, override = dose("sets: 2, repetitions: 20"), dose("hold_seconds: 300")
    (found,) = check_merged(default, override)
    assert found.place == override.place
    assert found.message == '"sets": all of it would take 3.3 hours; up to 2 are possible'
    assert found.hint.endswith("What is left out here comes from the exercise.")
    (found,) = check_merged(dose("minutes: 1"), dose("hold_seconds: 90"))
    assert "longer than the whole exercise" in found.message
