"""Plans of patients' sheets: what is read back is what was written, whatever people are called."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from layouts.engine.problems import Place
from layouts.engine.read.convert import read_model
from layouts.engine.read.plan import IDENTITY, Plain, Plan, option_place, plan_of, read_plan, with_options, written
from layouts.engine.read.source import Mapping, read_text

Said = Callable[[Callable[[], object]], str]
FULL = """\
document: H7K3-92QF
handout: strong
name: Anna Example
clinician: Dr. Lee
date: 2026-11-23
note: Go slowly.
next_visit: in two weeks
drop: [squat]
add: [dead-bug]
dose:
  bridge: {sets: 3, weekdays: [mon, wed], every_other_day: no, load: 5 lb, note: "Slowly: 3 times"}
side: left
layout: cards
edition: ink-saver
paper: a4
flat: yes
prescribed:
  - {exercise: bridge, dose: {sets: 3, repetitions: 10, side: left}, mark: more}
stopped: [squat]
seal: 00ff
content:
  - {kind: programme, id: strong, version: "1.0", digest: 0123}
  - {kind: exercise, id: bridge, digest: 1e5}
"""


def plan(text: str) -> Plan:
    """A plan as somebody writes it."""
    return read_model(read_text(text, "anna.yaml"), Plan)


def said_of(value: Any) -> Any:
    """A model's values without its places."""
    if hasattr(value, "place") and not isinstance(value, str):
        return {name: said_of(part) for name, part in vars(value).items() if name != "place"}
    if isinstance(value, tuple):
        return [said_of(part) for part in value]
    if hasattr(value, "items"):
        return {key: said_of(part) for key, part in value.items()}
    return value


def test_a_whole_plan_is_read_back() -> None:
    first = plan(FULL)
    assert said_of(plan(written(first, identity=True))) == said_of(first)


def test_without_identity_nothing_of_the_patient_is_left() -> None:
    text = written(plan(FULL), identity=False)
    bare = plan(text)
    assert all(getattr(bare, name) is None for name in IDENTITY)
    assert not any(word in text for word in ("Anna", "Lee", "slowly.", "two weeks"))
    assert bare.prescribed and bare.content and bare.document == "H7K3-92QF"


@pytest.mark.parametrize(
    "name",
    ["O'Brien", '"', "\\", "yes", "null", "~", "1.0", "=cmd()", "#1", "- x", "{a: b}", "[x]", "*x", "&x", "!x", "%x",
     "@x", "a: b", "a #b", "Nguyễn", "x" * 250, "'", "|", ">", "\\n", "2026-11-23"],
)  # fmt: skip
def test_any_name_comes_back_as_it_was(name: str) -> None:
    made = plan_of({"handout": "strong", "name": name, "note": name})
    again = plan(written(made, identity=True))
    assert again.name == name and again.note == name


def test_words_are_kept_in_the_form_that_fonts_know() -> None:
    assert Plain("Zoe\u0308 Nguye\u0302\u0303n\u00ad\u200b", Place("x")) == "Zoë Nguyễn"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("An\u200dna Le\u200ce", "Anna Lee"),  # joiners between letters that nothing joins
        ("\u200fAnna\u200e \u061cLee", "Anna Lee"),  # marks of direction
        ("می\u200cخواهم", "می\u200cخواهم"),  # Persian parts the two letters by it
        ("क्\u200dष ന്\u200d", "क्\u200dष ന്\u200d"),  # Hindi and Malayalam choose a letter's shape by it
    ],
)
def test_what_cannot_be_seen_stays_only_where_letters_need_it(typed: str, kept: str) -> None:
    assert Plain(typed, Place("x")) == kept


def test_options_lie_over_a_file(tmp_path: Path) -> None:
    path = tmp_path / "anna.yaml"
    path.write_text(FULL, encoding="utf-8")
    made = read_plan(path, {"name": "Eve", "drop": ["bird-dog"], "dose": ["bridge.sets=5", "squat.minutes=2"]})
    assert made.name == "Eve" and made.clinician == "Dr. Lee"
    assert [str(id_) for id_ in made.drop] == ["squat", "bird-dog"]
    assert made.doses["bridge"].sets == 5 and made.doses["bridge"].load == "5 lb"
    assert made.doses["squat"].minutes == 2


def test_every_mistake_of_a_command_line_is_named_at_once(said: Said) -> None:
    options = {"handout": "strong", "name": "x" * 251, "date": "tomorrow", "drop": ["Bad Id"], "dose": ["a.b=c"]}
    told = said(lambda: plan_of(options))
    for place in ("--name: ", "--date: ", "--drop: ", "--dose a: "):
        assert place in told


@pytest.mark.parametrize(
    ("change", "weekdays", "sets"),
    [("bridge.weekdays=mon,fri", ("mon", "fri"), None), ("bridge.weekdays=[mon, fri]", ("mon", "fri"), None),
     (" bridge.sets = 3 ", None, 3)],
)  # fmt: skip
def test_changes_of_doses(change: str, weekdays: tuple[str, ...] | None, sets: int | None) -> None:
    dose = plan_of({"handout": "strong", "dose": [change]}).doses["bridge"]
    assert (dose.weekdays, dose.sets) == (weekdays, sets)


@pytest.mark.parametrize("change", ["bridge", "bridge.sets", "bridge=3", ".sets=3", "bridge.sets=", "Bridge.sets=3"])
def test_what_is_no_change_of_a_dose(change: str, said: Said) -> None:
    told = said(lambda: plan_of({"handout": "strong", "dose": [change]}))
    assert told.startswith("--dose: this is no change of a dose") and "bridge.sets=3" in told


def test_options_know_where_they_were_given(said: Said) -> None:
    def place(name: str) -> Place:
        return Place(f"people.csv, row 3, {name}")

    assert option_place("next_visit") == Place("--next-visit")
    assert "people.csv, row 3, name: there is an invisible" in said(
        lambda: with_options(Mapping(place("")), {"name": "a\x07"}, place)
    )
    assert "people.csv, row 3, date: " in said(lambda: plan_of({"handout": "a", "date": "soon"}, place))
