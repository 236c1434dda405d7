"""Exercise sheets: what they say, in which order, and that any programme comes out whole in every layout."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from layouts.engine.merge import blocks as b

from . import fields, layout, tagtree
from .printed import EDITIONS, PROGRAMMES, SHEETS, OwnClinic, Printed, shipped
from .test_layout import LONG_WORD, prose

ALL = ("bird-dog", "bridge", "dead-bug", "forward-lunge", "pelvic-tilt", "prone-press-up", "squat")
LONG = {
    "name": "A very long name for an exercise that has one",
    "start": prose(40),
    "steps": [prose(60, i) for i in range(5)],
    "feel": prose(30, 7),
    "slips": [prose(12, i) for i in range(4)],
    "move_on": prose(20, 8),
    "ease_off": prose(20, 9),
    "stop": prose(20, 10),
}
in_every_layout = pytest.mark.parametrize("shape", SHEETS)
in_every_edition = pytest.mark.parametrize("edition", EDITIONS)


def exercises(count: int) -> list[dict[str, Any]]:
    """Items of a programme, of a library that `many` fills."""
    return [{"exercise": f"one-of-many-{i}"} for i in range(1, count + 1)]


def many(own: OwnClinic, count: int, **changes: Any) -> None:
    for i in range(1, count + 1):
        own.exercise(f"one-of-many-{i}", ALL[i % len(ALL)], **changes)


def whole(handout: Printed) -> list[str]:
    """What is wrong with a file's structure and with its pages."""
    return [*tagtree.problems(handout.pdf), *layout.problems(handout.pdf)]


# ----------------------------------------------------------------- what a sheet says
@in_every_edition
@in_every_layout
@pytest.mark.parametrize("programme", PROGRAMMES[:3])
def test_the_tree_reads_as_the_content_does(programme: str, shape: str, edition: str) -> None:
    """But for a box that found room at the foot of page 1, which is then read before the exercises."""
    handout = shipped(programme, shape, edition)
    spare = [block for block in handout.blocks.blocks if getattr(block, "spare", False)]
    found, wanted = tagtree.Tagged(handout.pdf).words(), tagtree.content_words(handout.blocks, write_in=True)
    assert Counter(found) == Counter(wanted)
    rest = list(_without(wanted, spare))
    assert list(_without(found, spare)) == rest


def _without(words: list[str], spare: list[b.Block]) -> Iterator[str]:
    """The words without those of the spare boxes, wherever they stand."""
    for block in spare:
        own = tagtree.content_words(b.Document(blocks=(block,)), write_in=True)
        at = next(i for i in range(len(words)) if words[i : i + len(own)] == own)
        words = words[:at] + words[at + len(own) :]
    yield from words


def test_a_sheet_says_how_long_how_often_and_what_with(own: OwnClinic) -> None:
    made = own.sheet(
        exercises=[{"exercise": "bridge"}, {"exercise": "band-row"}, {"exercise": "squat"}],
        dose={"times_a_day": 2, "days_a_week": 5},
    )
    text = " ".join(tagtree.Tagged(made.pdf).words())
    for words in (
        "Goal: A strong back",
        "Twice a day, 5 days a week.",
        "You need: mat, exercise band",
    ):
        assert words in text, text[:400]


def test_exercises_are_grouped_by_position_unless_the_author_says_no(own: OwnClinic) -> None:
    items = [{"exercise": name} for name in ("bridge", "squat", "pelvic-tilt", "forward-lunge")]
    grouped = [block.name for block in cards(own.sheet(exercises=items))]
    assert grouped == ["Bridge", "Pelvic tilt", "Squat", "Forward lunge"]
    kept = [block.name for block in cards(own.sheet(exercises=items, keep_order="yes"))]
    assert kept == ["Bridge", "Squat", "Pelvic tilt", "Forward lunge"]


def test_stages_head_their_exercises_which_are_numbered_through(own: OwnClinic) -> None:
    stages = [
        {"heading": "Week 1", "text": "Start here.", "exercises": [{"exercise": "bridge"}, {"exercise": "squat"}]},
        {"heading": "Week 2", "exercises": [{"exercise": "squat", "dose": {"sets": 4}}]},
    ]
    made = own.sheet(exercises=None, stages=stages)
    assert [(card.number, card.name) for card in cards(made)] == [(1, "Bridge"), (2, "Squat"), (3, "Squat")]
    text = " ".join(tagtree.Tagged(made.pdf).words())
    assert "Week 1 Start here. 1 Bridge" in text
    assert "4 sets of 10" in text
    assert whole(made) == []


def cards(handout: Printed) -> list[b.Card]:
    found: list[b.Card] = []
    todo: list[b.Block] = [handout.blocks]
    while todo:
        block = todo.pop(0)
        if isinstance(block, b.Card):
            found.append(block)
        todo = [*block.blocks, *todo]
    return found


def test_the_rules_stand_at_the_end_where_cards_are_small() -> None:
    for shape, own_rules in (("list", True), ("cards-4", True), ("cards-6", False)):
        for card in cards(shipped("core-for-runners-1", shape)):
            signs = [slot for slot in card.blocks if isinstance(slot, b.Slot) and slot.name == "signs"]
            assert bool(signs) == own_rules, shape


def test_for_whom_and_what_not_is_never_printed() -> None:
    """Contraindications are for the clinician."""
    words = " ".join(tagtree.Tagged(shipped("core-for-runners-1", "cards").pdf).words())
    assert "Acute disc herniation" not in words and "Wrist injury" not in words


# ----------------------------------------------------------------- fields
def test_a_box_for_each_day_and_lines_to_write_on() -> None:
    pdf = shipped("core-for-runners-1", "list").pdf
    tips = [str(field.TU) for field in fields.listed(pdf)]
    assert len([tip for tip in tips if tip.startswith("Bird dog, ")]) == 7
    assert {"I will do this after", "Next visit", "Notes"} < set(tips)


# ----------------------------------------------------------------- any programme comes out whole
@in_every_edition
@in_every_layout
@pytest.mark.parametrize("count", [1, 3, 7])
def test_programmes_of_any_length_are_whole(count: int, shape: str, edition: str, own: OwnClinic) -> None:
    many(own, count)
    assert whole(own.sheet(edition, layout=shape, exercises=exercises(count))) == []


@pytest.mark.matrix
@in_every_layout
def test_thirty_exercises(shape: str, own: OwnClinic) -> None:
    many(own, 30)
    made = own.sheet(layout=shape, exercises=exercises(30))
    assert whole(made) == []
    assert [card.number for card in cards(made)] == list(range(1, 31))


@in_every_edition
@in_every_layout
def test_very_long_exercises_part_after_a_step_and_repeat_their_name(shape: str, edition: str, own: OwnClinic) -> None:
    many(own, 3, **LONG)
    made = own.sheet(edition, layout=shape, paper="a4", exercises=exercises(3))
    assert whole(made) == []


@in_every_edition
@in_every_layout
def test_a_word_without_end(shape: str, edition: str, own: OwnClinic) -> None:
    many(own, 2, name=LONG_WORD[:48], steps=[LONG_WORD, "Rest.", LONG_WORD], feel=LONG_WORD)
    assert whole(own.sheet(edition, layout=shape, exercises=exercises(2), goal=LONG_WORD[:58])) == []


def test_cards_in_a_row_stand_level() -> None:
    """Doses of two cards abreast stand at the same height."""
    tagged = tagtree.Tagged(shipped("core-for-runners-1", "cards-4").pdf)
    doses = [
        (page.number, round(paint.box[1]))
        for page in tagged.pages
        for paint in page.paints
        if paint.kind == "text" and re.match(r"\d+ (sets|times)", paint.text) and paint.colour == (1.0, 1.0, 1.0)
    ]
    assert len(doses) == 4 and set(Counter(doses).values()) == {2}, doses


def test_a_last_card_that_would_stand_alone_is_as_wide_as_the_page(own: OwnClinic) -> None:
    many(own, 3)
    tagged = tagtree.Tagged(own.sheet(layout="cards-4", exercises=exercises(3)).pdf)
    rules = [
        paint.wide
        for page in tagged.pages
        for paint in page.paints
        if paint.kind == "stroke"
        and paint.bracket
        and not paint.bracket.subtype
        and paint.high < 3
        and paint.wide > 200
    ]
    assert max(rules) > 2 * min(rules)


def test_names_of_two_lines_leave_a_row_level(own: OwnClinic) -> None:
    """A name so long that what stands beside it moves below pushes its neighbour's drawing down as well."""
    own.exercise("short", "bridge", name="Bridge")
    own.exercise("long", "bridge", name="Bridge with a name so long that it takes lines")
    made = own.sheet(layout="cards-4", exercises=[{"exercise": "short"}, {"exercise": "long"}])
    tagged = tagtree.Tagged(made.pdf)
    feet = [float(node.obj.A[0].BBox[1]) for node in tagged.root.walk() if node.role == "Figure"][:2]
    assert feet[0] == pytest.approx(feet[1], abs=0.5)
    assert whole(made) == []
