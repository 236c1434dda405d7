"""The pocket card: panels that stand on their heads are tagged, placed and read like any others."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from layouts.engine.deliver.command_line import edition_for
from layouts.engine.draw.canvas import TaggedCanvas
from layouts.engine.draw.metadata import Metadata
from layouts.engine.draw.structure import Element, TaggingError
from layouts.engine.draw.styles import layouts
from layouts.engine.problems import ContentError

from . import checkers, layout, tagtree
from .printed import EDITIONS
from .programmes import CORE, core, items, made
from .tagtree import Tagged

ABLE = [edition for edition in EDITIONS if edition != "large-print"]
HIGH = 153  # points of a panel


def said(**fields: object) -> str:
    """What is said of a card that cannot be made."""
    with pytest.raises(ContentError) as caught:
        made("pocket", **fields)  # type: ignore[arg-type]
    return str(caught.value.problems[0]).partition(": ")[2]


@pytest.mark.parametrize("edition", ABLE)
@pytest.mark.parametrize("checker", checkers.CHECKERS)
def test_it_conforms(edition: str, checker: str, tmp_path: Path) -> None:
    assert checkers.findings(checker, core("pocket", edition).data, tmp_path) == []


@pytest.mark.parametrize("edition", ABLE)
@pytest.mark.parametrize(("count", "paper"), [(1, "letter"), (3, "a4"), (4, "letter"), (4, "a4")])
def test_it_is_one_whole_page(edition: str, paper: str, count: int) -> None:
    pdf = core("pocket", edition, paper, count).pdf
    assert len(pdf.pages) == 1
    assert layout.problems(pdf) == []
    assert tagtree.problems(pdf) == []


def test_it_is_read_from_front_to_back() -> None:
    tagged = Tagged(core("pocket").pdf)
    words = " ".join(" ".join(tagged.words()).replace("\u00a0", " ").split())
    names = ["Your pocket card", "Harbor", "A made-up programme", "1 Pelvic tilt 2 sets of 10", "2 Dead bug"]
    names += ["3 Bridge", "4 Bird dog", "Get help now", "Call 911.", "Questions?"]
    names += ["How to fold it", "1 Cut", "2 Fold", "3 Fold"]
    found = [words.index(name) for name in names]
    assert found == sorted(found)


def test_exercises_stand_in_the_upper_half_and_the_rest_below() -> None:
    tagged = Tagged(core("pocket").pdf)
    where = {p.text.strip(): p.box for page in tagged.pages for p in page.paints if p.kind == "text"}
    fold = next(
        p.box[1]
        for page in tagged.pages
        for p in page.paints
        if p.kind == "stroke" and abs(p.wide - 486) < 3 and p.size == 1.1
    )
    for name in ("Pelvic tilt", "Dead bug", "Bridge", "Bird dog"):
        assert fold < where[name][1] < fold + HIGH
    for name in ("Get help now", "A made-up programme"):
        assert fold - HIGH < where[name][1] < fold
    assert where["Pelvic tilt"][0] > where["Bridge"][0]
    assert where["Pelvic tilt"][1] < where["Dead bug"][1]


def test_words_are_as_large_as_everywhere() -> None:
    for page in Tagged(core("pocket").pdf).pages:
        assert min(p.size for p in page.paints if p.kind == "text") >= 10.5


def test_more_than_four_do_not_fit() -> None:
    assert said(exercises=items(CORE[:6])) == (
        "the pocket card does not fit on one page of letter paper in the standard edition: 4 of 6 exercises do\n"
        "    Take another layout for the others, such as cards-4, or make two programmes of it."
    )


def test_there_is_none_in_large_print() -> None:
    assert layouts()["pocket"].editions == ("standard", "ink-saver")
    assert said(edition="large-print") == "the pocket card has no large-print edition"


def test_the_command_line_says_so() -> None:
    pocket = layouts()["pocket"]
    assert edition_for(pocket, "ink-saver") == "ink-saver"
    with pytest.raises(click.BadParameter) as caught:
        edition_for(pocket, "large-print")
    assert caught.value.message == 'the layout "pocket" has no large-print edition, only standard and ink-saver.'


def test_a_turned_box_keeps_its_tags_and_takes_no_fields() -> None:
    from datetime import date

    meta = Metadata("T", "A", "S", "K", "en", date(2026, 11, 23))
    canvas = TaggedCanvas((200, 100), meta)
    root = Element("Document", lang="en")
    figure = root.child("Figure", alt="A square")
    with canvas.turned((20, 10, 120, 50)):
        assert canvas.placed((30, 15, 40, 20)) == (100, 40, 110, 45)
        with canvas.owned(figure):
            canvas.rule(30, 15, 40, 15, 1, (0, 0, 0))
        with pytest.raises(TaggingError, match="on its head"):
            canvas.tick_box(root.child("Form"), "a", "A", (30, 15, 40, 25), (0, 0, 0))
        with pytest.raises(TaggingError, match="in another"), canvas.turned((0, 0, 1, 1)):
            pass
    assert canvas.placed((30, 15, 40, 20)) == (30, 15, 40, 20)
