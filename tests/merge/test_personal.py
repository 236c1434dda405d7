"""A plan on a programme, without paper: the master stays, and more is more."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from layouts.engine.merge.personal import change, prescribe, prescribed, since, with_personal
from layouts.engine.problems import ContentError
from layouts.engine.read.convert import read_model
from layouts.engine.read.dose import Dose
from layouts.engine.read.handout import Handout, read_handout
from layouts.engine.read.library import Library, Root
from layouts.engine.read.plan import Mark, Personal, plan_of
from layouts.engine.read.source import read_text
from tests.pages.printed import PROGRAMME, OwnClinic

HANDOUTS = Path(__file__).parents[2] / "handouts"


@cache
def library() -> Library:
    """The shipped library."""
    return Library([Root(HANDOUTS, "handouts")])


def handout(own: OwnClinic, **fields: object) -> Handout:
    """A made-up programme."""
    own.yaml("programmes/made-up.yaml", {**PROGRAMME, **fields})
    return read_handout(own.press().library, "made-up")


def made(master: Handout, **options: object) -> Handout:
    """The master with a plan's changes."""
    plan = plan_of({"handout": master.id, **options})
    return prescribe(master, plan, {str(id_): library().exercise(id_)[0] for id_ in plan.add})


def doses(master: Handout) -> list[tuple[str, str]]:
    """Exercises with their sets, times and minutes."""
    return [
        (str(p.exercise), f"{p.dose.sets or ''}x{p.dose.repetitions or ''} {p.dose.minutes or ''}".strip())
        for p in prescribed(master)
    ]


def dose(text: str) -> Dose:
    return read_model(read_text(f"{{{text}}}", "dose.yaml"), Dose)


STAGES = [
    {"heading": "Week 1", "exercises": [{"exercise": "bridge"}, {"exercise": "squat"}]},
    {"heading": "Week 2", "exercises": [{"exercise": "squat", "dose": {"sets": 4}}]},
]


def test_stages_keep_their_order_and_empty_ones_go(own: OwnClinic) -> None:
    master = handout(own, exercises=None, stages=STAGES)
    assert doses(made(master)) == [("bridge", "2x10"), ("squat", "2x10"), ("squat", "4x10")]
    assert doses(made(master, drop=["squat"], add=["dead-bug"])) == [("bridge", "2x10"), ("dead-bug", "2x8")]
    assert doses(made(master, dose=["squat.sets=1"])) == [("bridge", "2x10"), ("squat", "1x10"), ("squat", "1x10")]
    assert doses(made(master)) == doses(made(master, drop=[]))  # the master is as it was


def test_another_kind_of_amount_takes_the_place_of_all_others(own: OwnClinic) -> None:
    master = handout(own, exercises=[{"exercise": "bridge", "dose": {"sets": 5}}])
    assert doses(made(master, dose=["bridge.minutes=3"])) == [("bridge", "x 3")]
    timed = handout(own, exercises=[{"exercise": "bridge", "dose": {"minutes": 3}}])
    assert doses(made(timed, dose=["bridge.repetitions=8"])) == [("bridge", "x8")]


def test_what_is_dropped_is_no_longer_enough_for_five_minutes(own: OwnClinic) -> None:
    exercises = [{"exercise": name} for name in ("bridge", "squat")]
    master = handout(own, exercises=exercises, quick=["bridge", "squat"])
    assert list(made(master, drop=["bridge"]).sheet.quick) == ["squat"]  # type: ignore[attr-defined]


def test_every_problem_is_named(own: OwnClinic) -> None:
    master = handout(own, exercises=[{"exercise": "bridge"}])
    with pytest.raises(ContentError) as caught:
        made(master, drop=["one"], add=["bridge"], dose=["two.sets=1"])
    assert len(caught.value.problems) == 3


def test_a_pack_with_several_programmes_cannot_be_added_to(own: OwnClinic) -> None:
    handout(own)
    own.yaml("programmes/other.yaml", {**PROGRAMME, "number": "X3"})
    sheet = {key: value for key, value in PROGRAMME.items() if key not in ("goal", "exercises", "red_flags")}
    contents = [{"handout": "made-up"}, {"handout": "other"}]
    own.yaml("packs/both.yaml", {**sheet, "number": "X4", "message": "Move.", "contents": contents})
    master = read_handout(own.press().library, "both")
    with pytest.raises(ContentError, match="several programmes"):
        made(master, add=["dead-bug"])
    changed = made(master, dose=["bridge.sets=5"])
    assert doses(changed) == [("bridge", "5x10"), ("bridge", "5x10")]
    marks: dict[tuple[str, int], Mark] = {("bridge", 1): "more"}
    parts = with_personal(changed, Personal("H7K3-92QF", marks=marks)).parts
    assert [dict(part.personal.marks) for part in parts if part.personal] == [{}, {("bridge", 0): "more"}]


@pytest.mark.parametrize(
    ("old", "new", "mark"),
    [
        ("sets: 2, repetitions: 10", "sets: 2, repetitions: 10", None),
        ("sets: 2, repetitions: 10", "sets: 3, repetitions: 10", "more"),
        ("sets: 2, repetitions: 10", "sets: 1, repetitions: 10", "less"),
        ("sets: 2, repetitions: 10", "sets: 4, repetitions: 5", "changed"),
        ("sets: 2, repetitions: 10", "sets: 3, repetitions: 10, days_a_week: 3", "changed"),
        ("repetitions: 10, days_a_week: 3", "repetitions: 10, days_a_week: 5", "more"),
        ("repetitions: 10, days_a_week: 3", "repetitions: 10, weekdays: [mon, tue]", "less"),
        ("repetitions: 10", "repetitions: 10, every_other_day: yes", "less"),
        ("repetitions: 10, times_a_day: 1", "repetitions: 10, times_a_day: 2", "more"),
        ("repetitions: 10, hold_seconds: 5", "repetitions: 10, hold_seconds: 10", "more"),
        ("repetitions: 10, load: 5 lb", "repetitions: 10, load: 8 lb", "more"),
        ("repetitions: 10, load: 5 lb", "repetitions: 10, load: 2 kg", "changed"),
        ("repetitions: 10, load: red band", "repetitions: 10, load: blue band", "changed"),
        ("repetitions: 10, load: effort 6", "repetitions: 10, load: effort 4", "less"),
        ("repetitions: 10, side: each", "repetitions: 10, side: left", "less"),
        ("repetitions: 10, side: right", "repetitions: 10, side: left", "changed"),
        ("minutes: 5", "minutes: 10", "more"),
        ("minutes: 1", "seconds: 30", "less"),
        ("repetitions: 10", "minutes: 5", "more"),
        ("distance: 400 m", "distance: 1 km", "more"),
        ("repetitions: 10", "repetitions: 10, note: Slowly.", "changed"),
    ],
)
def test_more_is_more(old: str, new: str, mark: Mark | None) -> None:
    assert change(dose(old), dose(new)) == mark
    other = {"more": "less", "less": "more"}.get(str(mark), mark)
    assert change(dose(new), dose(old)) == other


def test_new_and_stopped(own: OwnClinic) -> None:
    master = handout(own, exercises=[{"exercise": "bridge"}, {"exercise": "squat"}])
    before, now = prescribed(made(master)), prescribed(made(master, drop=["squat"], add=["dead-bug"]))
    found = since(before, now, {})
    assert dict(found.marks) == {("dead-bug", 0): "new"} and found.stopped == ("squat",)
