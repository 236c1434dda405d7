"""What gives way before a document takes another page or leaves a drawing out: space, and the drawings' size."""

from __future__ import annotations

import pypdfium2
import pytest

from layouts.engine.draw.document import Edition
from layouts.engine.draw.figures import Drawing, Illustrated
from layouts.engine.draw.flowables import Space
from layouts.engine.draw.structure import Element
from layouts.engine.draw.styles import look, tightened
from layouts.engine.figures.panel import Panel
from layouts.engine.read.handout import read_handout
from tests.pages import tagtree
from tests.pages.printed import GUIDES, PROGRAMMES, _press, shipped

LYING, STANDING = Panel(b"", (0, 0, 1.2, 0.6), 100), Panel(b"", (0, 0, 0.4, 1.1), 100)


@pytest.mark.parametrize("guide", GUIDES)
def test_every_drawing_of_a_shipped_guide_has_room_on_its_two_pages(guide: str) -> None:
    press = _press()
    made = press.make(read_handout(press.library, guide), Edition("guide", "standard", "letter"))
    assert (made.pages, made.left_out) == (2, ())


@pytest.mark.parametrize("programme", [name for name in PROGRAMMES if name != "balance-ladder"])
def test_a_diary_of_one_stage_is_one_page(programme: str) -> None:
    assert len(shipped(programme, "diary").pdf.pages) == 1


def test_steps_of_a_ladder_share_pages() -> None:
    assert len(shipped("balance-ladder", "list").pdf.pages) <= 4


@pytest.mark.parametrize("programme", ["core-for-runners-1", "evening-stretch"])
def test_in_large_print_an_exercise_is_on_one_page(programme: str) -> None:
    handout = shipped(programme, "list", "large-print")
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(handout.data)]
    assert "Lying on your back" in pages[1]
    assert not any("continued" in page for page in pages)


@pytest.mark.parametrize("shape", ["list", "cards-4"])
def test_the_amount_is_said_before_the_steps(shape: str) -> None:
    words = " ".join(tagtree.Tagged(shipped("core-for-runners-1", shape).pdf).words())
    assert words.index("2 sets of 8 on each side") < words.index("Tap the floor with your heel")


# ----------------------------------------------------------------- space
def test_tight_is_closer_from_thing_to_thing_and_not_within_a_line() -> None:
    brand = _press().brand()[0]
    usual = look("list", "standard", "letter", brand.colours, brand.faces)
    close = tightened(usual)
    assert close.space["block"] == pytest.approx(usual.space["block"] * usual.tightest)
    assert close.space["column"] == usual.space["column"] and close.text == usual.text
    assert 0 < usual.tightest < 1 and close.boxes["do"].pad < usual.boxes["do"].pad


# ----------------------------------------------------------------- drawings
def drawing(*panels: Panel) -> Drawing:
    return Drawing("one", panels, Element("Figure"))


def test_people_who_lie_part_where_they_would_be_much_smaller() -> None:
    words = Space(20)
    wide, narrow = (Illustrated(words, drawing(LYING, LYING), 10, 6).height(width) for width in (260, 130))
    assert wide == 20 + 6 + 60
    assert narrow == 20 + 6 + 60 + 8 + 60  # one above the other, at their own size
    pair = Illustrated(words, drawing(STANDING, STANDING), 10, 6)
    assert pair.height(70) < 20 + 6 + 110  # who stands stays side by side


def test_a_drawing_stands_where_it_takes_the_least_height() -> None:
    tall, short = (Illustrated(Space(high), drawing(STANDING), 10, 6).height(200) for high in (100, 10))
    assert (tall, short) == pytest.approx((110, 110))
    assert Illustrated(Space(10), drawing(LYING), 10, 6).height(200) == 10 + 6 + 60  # too wide to stand beside words


def test_stacked_panels_are_as_wide_as_the_widest() -> None:
    one = drawing(LYING, LYING)
    assert one.wide == 248
    stacked = Drawing("one", one.panels, Element("Figure"), stacked=True)
    assert stacked.wide == 120 and stacked.height(60) == pytest.approx((60 + 8 + 60) / 2)


def test_a_sketch_is_as_large_as_the_drawing() -> None:
    press = _press()
    brand = press.brand()[0]
    for edition in ("standard", "ink-saver"):
        wanted = look("list", edition, "letter", brand.colours, brand.faces)
        for id_ in ("bird-dog", "heel-raise", "foot-roll", "chin-tuck"):
            painted, sketched = press.drawings.draw(id_, wanted), press.drawings.sketch(id_, wanted)
            for one, other in zip(painted, sketched, strict=True):
                assert (one.width, one.height) == pytest.approx((other.width, other.height))
            assert not any(panel.operators for panel in sketched)
