"""Diaries: tables that a screen reader can walk, a field for each box, and no type smaller for more exercises."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from . import checkers, layout, tagtree
from .printed import EDITIONS, Printed
from .programmes import ALL, CORE, core, items, made
from .tagtree import Node, Tagged

DIARIES = ("diary", "diary-4")
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def rows(tagged: Tagged) -> list[list[Node]]:
    """The cells of all tables, row by row."""
    found = [node for node in tagged.root.walk() if node.role == "TR"]
    return [[cell for cell in row.kids if isinstance(cell, Node)] for row in found]


def tips(node: Node) -> list[str]:
    """What the fields inside an element are for, in order."""
    return [
        str(kid.Obj.TU).replace("\u00a0", " ")
        for form in node.walk()
        if form.role == "Form"
        for kid in form.kids
        if not isinstance(kid, (Node, tuple))
    ]


def painted(printed: Printed) -> list[list[tuple[Any, ...]]]:
    """What stands on each page, without the fields."""
    return [[(p.kind, p.box, p.text, p.colour) for p in page.paints] for page in Tagged(printed.pdf).pages]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", DIARIES)
@pytest.mark.parametrize("checker", checkers.CHECKERS)
def test_diaries_conform(name: str, edition: str, checker: str, tmp_path: Path) -> None:
    assert checkers.findings(checker, core(name, edition).data, tmp_path) == []


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", DIARIES)
@pytest.mark.parametrize(("count", "paper"), [(1, "letter"), (4, "a4"), (7, "letter")])
def test_pages_are_whole(name: str, edition: str, paper: str, count: int) -> None:
    pdf = core(name, edition, paper, count).pdf
    assert layout.problems(pdf) == []
    assert tagtree.problems(pdf) == []


@pytest.mark.matrix
@pytest.mark.parametrize("name", DIARIES)
def test_more_exercises_than_fit_take_more_pages_in_the_same_type(name: str) -> None:
    many = made(name, exercises=items(ALL, sets=2, repetitions=10))
    tagged = Tagged(many.pdf)
    assert len(tagged.pages) > 2
    assert layout.problems(many.pdf) == []
    assert tagtree.problems(many.pdf) == []
    sizes = {p.size for page in Tagged(core(name).pdf).pages for p in page.paints if p.kind == "text"}
    assert {p.size for page in tagged.pages for p in page.paints if p.kind == "text"} == sizes
    for page in tagged.pages:
        said = [paint.text for paint in page.paints if paint.kind == "text"]
        assert any(text.startswith(("Mon", "Mo")) for text in said), "the days head every page"


def test_a_week_has_a_box_for_each_set() -> None:
    tagged = Tagged(core("diary").pdf)
    head, *body, scale = rows(tagged)
    words = [tagged.text_of(cell).split() for cell in head]
    assert words == [["Exercise"], ["Mon"], ["Tue"], ["Wed"], ["Thu"], ["Fri"], ["Sat"], ["Sun"]]
    assert [row[0].role for row in body] == ["TH"] * 4
    assert tagged.text_of(body[3][0]).split() == ["4", "Bird", "dog", "2", "sets", "of", "8", "on", "each", "side"]
    assert [tips(cell) for cell in body[3][1:]] == [
        [f"Bird dog, {day}, set 1", f"Bird dog, {day}, set 2"] for day in DAYS
    ]
    assert tagged.text_of(scale[0]).split()[:1] == ["Pain"]
    for cell in scale[1:]:
        assert tagged.text_of(cell).split() == [str(number) for number in range(10, -1, -1)]


def test_a_week_is_read_in_order() -> None:
    printed = core("diary")
    tagged = Tagged(printed.pdf)
    assert tips(tagged.root)[:2] == ["Name", "Week of"]
    assert tips(tagged.root)[-1] == "What helped?"
    said = " ".join(tagged.words())
    found = [said.index(word) for word in ("My week", "Name", "Mon", "Pelvic tilt", "Bird dog", "Pain", "What helped?")]
    assert found == sorted(found)


@pytest.mark.parametrize(
    ("dose", "boxes", "first"),
    [
        ({"sets": 1}, 1, "Bridge, Monday"),
        ({"sets": 3}, 3, "Bridge, Monday, set 1"),
        ({"sets": 4}, 4, "Bridge, Monday, set 1"),
        ({"sets": 5}, 1, "Bridge, Monday"),
        ({"sets": 2, "times_a_day": 3}, 3, "Bridge, Monday, time 1"),
        ({"times_a_day": 6}, 1, "Bridge, Monday"),
    ],
)
def test_boxes_follow_the_dose(dose: dict[str, Any], boxes: int, first: str) -> None:
    tagged = Tagged(made("diary", exercises=items(["bridge"], **dose)).pdf)
    cells = rows(tagged)[1][1:]
    assert [len(tips(cell)) for cell in cells] == [boxes] * 7
    assert tips(cells[0])[0] == first


def test_days_without_the_exercise_have_no_box() -> None:
    tagged = Tagged(made("diary", exercises=items(["bridge"], weekdays=["mon", "fri"])).pdf)
    assert [len(tips(cell)) for cell in rows(tagged)[1][1:]] == [2, 0, 0, 0, 2, 0, 0]


def test_four_weeks_have_a_box_a_day_and_a_number_for_pain() -> None:
    tagged = Tagged(core("diary-4", count=5).pdf)
    tables = [node for node in tagged.root.walk() if node.role == "Table"]
    assert len(tagged.pages) == 1
    assert len(tables) == 4
    for number, table in enumerate(tables, 1):
        assert len(tips(table)) == 7 * 6
        assert tips(table)[0] == f"Pelvic tilt, Week {number}, Monday"
        assert tips(table)[-1] == f"Pain from 0 to 10, Week {number}, Sunday"


@pytest.mark.parametrize("edition", EDITIONS)
def test_numbers_to_circle_stand_far_enough_apart(edition: str) -> None:
    digits = [str(n) for n in range(10)]
    scales = []
    for page in Tagged(core("diary", edition).pdf).pages:
        found = [p for p in page.paints if p.kind == "text" and p.text.strip() in digits]
        rows = sorted({round(p.box[1], 1) for p in found if abs(p.box[0] - found[-1].box[0]) < 7})
        if len(rows) > 3:
            scales.append(rows)
    assert scales and all(len(rows) == 11 for rows in scales)  # 10 to 0
    assert all(above - below >= 14 for rows in scales for below, above in pairwise(rows))


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", DIARIES)
def test_flat_pages_are_the_same_without_fields(name: str, edition: str) -> None:
    flat = core(name, edition, flat=True)
    assert "/AcroForm" not in flat.pdf.Root
    assert "Form" not in {node.role for node in Tagged(flat.pdf).root.walk()}
    assert painted(flat) == painted(core(name, edition))


def test_stages_have_a_table_each_and_pain_comes_last() -> None:
    stages = [
        {"heading": "Weeks 1 and 2", "exercises": items(CORE[:2])},
        {"heading": "Weeks 3 and 4", "exercises": items(CORE[2:4])},
    ]
    printed = made("diary", exercises=None, stages=stages)
    tagged = Tagged(printed.pdf)
    tables = [node for node in tagged.root.walk() if node.role == "Table"]
    assert ["Pain" in tagged.text_of(table).split() for table in tables] == [False, True]
    assert tagtree.problems(printed.pdf) == []


def test_it_is_said_in_spanish() -> None:
    tagged = Tagged(made("diary", language="es").pdf)
    assert tips(tagged.root)[2] == "Pelvic tilt, lunes, serie 1"
    assert "Mi semana" in " ".join(tagged.words())
