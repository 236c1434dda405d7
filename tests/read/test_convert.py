"""How nodes become typed models."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from layouts.engine.problems import ContentError, Place
from layouts.engine.read.convert import read_model
from layouts.engine.read.guide import Guide
from layouts.engine.read.models import Clinic
from layouts.engine.read.source import read_text

Said = Callable[[Callable[[], object]], str]
HANDOUTS = Path(__file__).parents[2] / "handouts"


def read(text: str) -> Guide:
    return read_model(read_text(text, "x.yaml"), Guide)


def paragraphs(guide: str, text: str) -> list[str]:
    """The paragraphs of a part's text."""
    made = read(guide.replace("text: Walk more.", f"text: {text}"))
    return [t.plain for t in made.parts[0].text]


def test_the_smallest_guide(guide: str) -> None:
    made = read(guide)
    assert made.title == "Sample"
    assert made.title.place == Place("x.yaml", 2, 8)
    assert made.version == "1.0"
    assert made.written == datetime.date(2026, 11, 23)
    assert [t.plain for t in made.today] == ["Walk."]
    assert made.language == "en"
    assert made.related == ()
    assert made.reviewed is None


@pytest.mark.parametrize("typed", ["1.0", '"1.0"', "1.10", "007"])
def test_a_version_stays_as_typed(guide: str, typed: str) -> None:
    assert read(guide.replace('version: "1.0"', f"version: {typed}")).version == typed.strip('"')


@pytest.mark.parametrize("name", ["title", "who", "message"])
def test_folded_lines_are_one_text(guide: str, name: str) -> None:
    line = next(line for line in guide.splitlines() if line.startswith(name))
    made = read(guide.replace(line, f"{name}: >\n  One\n  two."))
    assert str(getattr(made, name)) == "One two."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One\n      two.", ["One two."]),
        ("One\n\n      two.", ["One", "two."]),
        (">\n      One\n      two.\n\n      Three.", ["One two.", "Three."]),
        (">\n      One\n        two\n      three.", ["One two three."]),
        (">\n      One\n\n        two\n      three.", ["One", "two three."]),
        ("|\n      One\n      two.\n\n      Three.", ["One two.", "Three."]),
        ("|\n      One\n         \n      two.", ["One", "two."]),
        ('"One\n      two."', ["One two."]),
        ("\n      - One\n      - two.", ["One", "two."]),
    ],
)
def test_a_blank_line_parts_paragraphs(guide: str, text: str, expected: list[str]) -> None:
    assert paragraphs(guide, text) == expected


@pytest.mark.parametrize(("typed", "meant"), [("yes", True), ("No", False), ("true", True), ("OFF", False)])
def test_yes_and_no(typed: str, meant: bool) -> None:
    text = (HANDOUTS / "clinic.yaml").read_text(encoding="utf-8")
    text = text.replace("print_sources: yes", f"print_sources: {typed}")
    assert read_model(read_text(text, "x.yaml"), Clinic).print_sources is meant


@pytest.mark.parametrize("typed", ["n", "y", '"No"', "'yes'", '"null"', "None", "Yes, you can"])
def test_texts_that_look_like_yes_and_no(guide: str, typed: str) -> None:
    assert read(guide.replace("Sample", typed)).title == typed.strip("'\"")


def test_no_break_spaces_stay(guide: str) -> None:
    assert read(guide.replace("Sample", "Day\u00a01")).title == "Day\u00a01"


def test_optional_fields_may_be_left_empty(guide: str) -> None:
    assert read(guide + "related:\nreviewed: ~\n").related == ()


@pytest.mark.parametrize(
    ("line", "column", "old", "new"),
    [
        (4, 10, "written: 2026-11-23", "written: tomorrow"),
        (2, 1, "title: Sample", "title:"),
        (9, 15, "today: Walk.", "today: [Rest, null]"),
        (11, 11, "text: Walk more.", "text: '  '"),
        (11, 5, "text: Walk more.", "words: Walk more."),
        (14, 7, "red_flags: low-back", "red_flags: low-back\nposter:\n      title: x"),
    ],
)
def test_the_place_of_a_problem(guide: str, line: int, column: int, old: str, new: str) -> None:
    with pytest.raises(ContentError) as caught:
        read(guide.replace(old, new))
    assert Place("x.yaml", line, column) in [p.place for p in caught.value.problems]


def test_all_problems_of_a_file_come_together(guide: str, said: Said) -> None:
    text = guide.replace("Sample", "No").replace("2026-11-23", "x").replace("You.", "[]").replace("Walk.", "{}")
    assert said(lambda: read(text + "sorces: x\n")).count("x.yaml, line") == 5
