"""Fields are named, explained and in the tree; lines and boxes have theirs where they are painted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from layouts.engine.draw import forms
from layouts.engine.draw.canvas import TaggedCanvas
from layouts.engine.draw.forms import FieldLine
from layouts.engine.draw.structure import Element, TaggingError
from layouts.engine.draw.typeface import WANTED, field_font
from layouts.engine.merge.blocks import Span
from tests.cost import calls
from tests.pages import checkers, fields, tagtree

from .log import (
    BLACK,
    BODY,
    FACES,
    GREY,
    HIGH,
    NAMES,
    canvas,
    field,
    known,
    made,
    opened,
    rect,
    words,
)


# ----------------------------------------------------------------- what is in the file
@pytest.mark.parametrize("fillable", [True, False], ids=["fillable", "flat"])
@pytest.mark.parametrize("checker", [*checkers.CHECKERS, "ours"])
def test_files_with_fields_conform(checker: str, fillable: bool, tmp_path: Path) -> None:
    data = known(fillable)
    found = tagtree.problems(opened(data)) if checker == "ours" else checkers.findings(checker, data, tmp_path)
    assert found == []


def test_fields_say_what_they_are_for_in_the_order_of_reading() -> None:
    pdf = opened(known())
    tips = [str(widget.TU) for widget in fields.widgets(pdf)]
    ticks = [f"Day {day}, Bird dog, set {number}" for day in (1, 2) for number in range(1, 16)]
    assert tips == ["Your name", "Your questions", *ticks]
    assert str(fields.listed(pdf)[2].T) == "tick-1-0"
    assert [int(field(pdf, name).Ff) & (1 << 12) for name in ("Your name", "Your questions")] == [0, 1 << 12]


def test_the_label_is_read_before_its_field_and_a_tick_before_its_words() -> None:
    pdf = opened(known())
    tree = [node for node in tagtree.Tagged(pdf).root.kids if isinstance(node, tagtree.Node)]
    assert [node.role for node in tree[:5]] == ["H1", "P", "Form", "P", "Form"]
    first = next(node for node in tree[5:] if node.role == "P")
    assert isinstance(first.kids[0], tagtree.Node) and first.kids[0].role == "Form"


def test_without_fields_there_is_no_form_and_no_font_to_type_with() -> None:
    flat = opened(known(False))
    assert "/AcroForm" not in flat.Root and "Form" not in [n.role for n in tagtree.Tagged(flat).root.walk()]
    ticks = opened(made(typed=False))
    assert set(ticks.Root.AcroForm.keys()) == {"/Fields"}


def test_the_font_to_type_with_has_all_letters_and_costs_less_than_25_kilobytes() -> None:
    pdf = opened(known())
    font = pdf.Root.AcroForm.DR.Font.Fields
    assert fields.encoded(font) == list(WANTED)
    assert set(NAMES) <= set(map(chr, WANTED))
    assert len(field_font(FACES).program) < 25_000
    assert len(known()) - len(made(typed=False)) < 30_000


def test_appearances_are_shared() -> None:
    pdf = opened(known())
    ticks = [widget for widget in fields.widgets(pdf) if widget.FT == "/Btn"]
    assert len({(w.AP.N.Off.objgen, w.AP.N.Yes.objgen) for w in ticks}) == 1


def test_the_same_fields_give_the_same_bytes() -> None:
    assert made() == known()


def test_many_boxes_to_tick_cost_little() -> None:
    def cost(boxes: int, fillable: bool) -> int:
        return calls(lambda: made(fillable=fillable, boxes=boxes))

    cost(101, True)  # what all documents share is made once
    one, some, many = (cost(boxes, True) - cost(boxes, False) for boxes in (1, 51, 101))
    assert many - some < 1.1 * (some - one), "the more there are, the more each costs"
    assert many - one < 100 * 500


# ----------------------------------------------------------------- what is refused
def tick(page: TaggedCanvas, element: Element, name: str = "a", tip: str = "A box", side: float = 10) -> None:
    page.tick_box(element, name, tip, (10, 10, 10 + side, 10 + side), BLACK)


@pytest.mark.parametrize("role", ["P", "LBody", "TD", "Link"])
def test_a_field_needs_a_form_element(role: str) -> None:
    with pytest.raises(TaggingError, match=f"needs a Form element, not {role}"):
        tick(canvas(), Element(role))
    with pytest.raises(TaggingError, match=f"needs a Form element, not {role}"):
        canvas().text_field(Element(role), "a", "A line", (0, 0, 9, 9), field_font(FACES), 12, BLACK)


def test_a_field_needs_a_name_a_tip_and_a_place() -> None:
    for what, match in (({"tip": " "}, "no words"), ({"name": ""}, "no name"), ({"side": 0}, "0 by 0 points")):
        with pytest.raises(TaggingError, match=match):
            tick(canvas(), Element("Form"), **what)


def test_names_and_elements_are_used_once() -> None:
    page, element = canvas(), Element("Form")
    tick(page, element, "day.1")
    with pytest.raises(TaggingError, match='two fields are named "day-1"'):
        tick(page, Element("Form"), "day-1")
    with pytest.raises(TaggingError, match="has content already"):
        tick(page, element, "day.2")


def test_a_field_outside_the_tree_is_refused() -> None:
    page = canvas()
    tick(page, Element("Form"))
    page.showPage()
    with pytest.raises(TaggingError, match="Form element is not in the tree"):
        page.finish(Element("Document", lang="en"))


def _swapped(pdf: Any) -> None:
    listed = pdf.Root.AcroForm.Fields
    listed[0], listed[1] = listed[1], listed[0]


DEFECTS: dict[str, Callable[[Any], Any]] = {
    "no tip": lambda pdf: field(pdf, "Your name").__delitem__("/TU"),
    "no appearance": lambda pdf: field(pdf, "Your questions").__delitem__("/AP"),
    "one state": lambda pdf: field(pdf, "tick-1-0").AP.N.__delitem__("/Off"),
    "a third look": lambda pdf: field(pdf, "tick-1-0").AP.update({"/D": field(pdf, "tick-1-0").AP.N}),
    "asks for looks": lambda pdf: pdf.Root.AcroForm.update({"/NeedAppearances": True}),
    "one name twice": lambda pdf: field(pdf, "tick-1-0").update({"/T": pikepdf.String("tick-1-1")}),
    "not listed": lambda pdf: pdf.Root.AcroForm.Fields.__delitem__(3),
    "another order": _swapped,
    "not printed": lambda pdf: field(pdf, "tick-1-0").update({"/F": 0}),
    "another key": lambda pdf: field(pdf, "tick-1-0").update({"/StructParent": 3}),
    "no font": lambda pdf: pdf.Root.AcroForm.DR.Font.__delitem__("/Fields"),
    "no program": lambda pdf: pdf.Root.AcroForm.DR.Font.Fields.DescendantFonts[0].FontDescriptor.__delitem__(
        "/FontFile2"
    ),
    "letters missing": lambda pdf: pdf.Root.AcroForm.DR.Font.Fields.DescendantFonts[0].CIDToGIDMap.write(bytes(2000)),
    "in a paragraph": lambda pdf: (
        tagtree.Tagged(pdf).parents[int(field(pdf, "tick-1-0").StructParent)].update({"/S": pikepdf.Name.P})
    ),
    "a script": lambda pdf: field(pdf, "tick-1-0").update({"/AA": pikepdf.Dictionary()}),
}


@pytest.mark.parametrize("name", DEFECTS)
def test_a_planted_defect_is_found(name: str) -> None:
    pdf = opened(known())
    DEFECTS[name](pdf)
    assert tagtree.problems(pdf)


# ----------------------------------------------------------------- lines to write on
def line(label: str | None = "Your name", **changes: Any) -> FieldLine:
    root = Element("Document", lang="en")
    shown = words(root, Span(label)) if label else None
    made_ = FieldLine(shown, root.child("Form"), "a", "A", BODY, FACES, GREY, spacing=28)
    return replace(made_, **changes)


def drawn(flowable: FieldLine) -> list[float]:
    """The field of a flowable drawn at the page's top left corner: left, top, right, bottom from the top."""
    page, root = canvas(), Element("Document", lang="en")
    root.kids.append(flowable.form)
    flowable.label = None if flowable.label is None else replace(flowable.label, element=root.child("P"))
    flowable.draw(page, 0, 0, 400)
    page.showPage()
    left, bottom, right, top = rect(page.finish(root), "a")
    return [left, HIGH - top, right, HIGH - bottom]


def test_a_line_starts_after_its_words_or_at_its_share() -> None:
    after = 12 * FACES.width("Your name", "text") + 8
    assert drawn(line())[0] == pytest.approx(after, abs=0.1)
    assert drawn(line(share=0.5))[0] == 200
    assert drawn(line("A label so long that next to nothing would be left beside it on one line"))[0] == 0
    assert drawn(line(label=None))[:1] + drawn(line(lines=3))[:1] == [0, 0]


@pytest.mark.parametrize("changes", [{}, {"share": 0.5}, {"lines": 3}, {"lines": 3, "share": 0.6}, {"label": None}])
def test_a_field_stays_inside_its_flowable(changes: dict[str, Any]) -> None:
    flowable = line(**changes)
    high = flowable.height(400)
    left, top, right, bottom = drawn(flowable)
    assert top >= 0 and left >= 0 and right == 400 and bottom <= high
    assert bottom - top == pytest.approx(28 * 3 if changes.get("lines") else 15)


def test_words_typed_on_ruled_lines_are_not_struck_through() -> None:
    leading = field_font(FACES).leading
    assert forms._on_rules(12, 28, leading) * leading == pytest.approx(14)  # two lines of words to each rule
    assert forms._on_rules(18, 38, leading) == 18
