"""What is printed is the same with fields and without, and what somebody enters is seen, read and printed."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy
import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from pypdfium2 import raw

from layouts.engine.draw.fonts import Faces, FontFile
from layouts.engine.draw.structure import Element
from layouts.engine.draw.typeface import field_font
from layouts.engine.merge.blocks import Span
from layouts.engine.problems import Place
from tests.pages import tagtree

from .log import (
    FACES,
    HIGH,
    NAMES,
    SIDE,
    WIDE,
    box_at,
    canvas,
    field,
    known,
    opened,
    rect,
    value,
    words,
)


# ----------------------------------------------------------------- what is seen
def pixels(data: bytes, page: int = 0, *, form: bool = True, flatten: bool = False) -> Any:
    """A page as a viewer shows or prints it, at 144 dpi, as rows of grey."""
    pdf = pypdfium2.PdfDocument(data)
    if form:
        pdf.init_forms()
    sheet = pdf[page]
    if flatten:
        sheet.flatten()
        sheet = pdf[page]
    return sheet.render(scale=2, grayscale=True, may_draw_forms=form).to_numpy().squeeze()


def cut(image: Any, x0: float, y0: float, x1: float, y1: float) -> Any:
    return image[round(2 * y0) : round(2 * y1), round(2 * x0) : round(2 * x1)]


def changed(before: Any, after: Any) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of what differs, in points."""
    rows, columns = numpy.nonzero(before != after)
    assert len(rows), "nothing changed"
    return columns.min() / 2, rows.min() / 2, (columns.max() + 1) / 2, (rows.max() + 1) / 2


@pytest.mark.parametrize("page", [0, 1])
@pytest.mark.parametrize("how", [{}, {"form": False}, {"flatten": True}], ids=["shown", "ignored", "flattened"])
def test_empty_fields_look_as_if_there_were_none(how: dict[str, bool], page: int) -> None:
    assert (pixels(known(), page, **how) == pixels(known(False), page)).all()


@pytest.mark.parametrize("flatten", [False, True], ids=["shown", "flattened"])
def test_a_tick_appears_in_its_box(flatten: bool) -> None:
    pdf = opened(known())
    field(pdf, "tick-1-3").update({"/V": pikepdf.Name.Yes, "/AS": pikepdf.Name.Yes})
    saved = io.BytesIO()
    pdf.save(saved)
    left, top = box_at(3)
    x0, y0, x1, y1 = changed(pixels(known()), pixels(saved.getvalue(), flatten=flatten))
    assert left < x0 < x1 < left + SIDE and top < y0 < y1 < top + SIDE
    assert x1 - x0 > SIDE / 2 and y1 - y0 > SIDE / 3
    assert tagtree.problems(opened(saved.getvalue())) == []


# ----------------------------------------------------------------- what is entered
class Viewer:
    """A person at a viewer: clicks and types."""

    def __init__(self, data: bytes) -> None:
        self.pdf = pypdfium2.PdfDocument(data)
        self.pdf.init_forms()
        self.page = self.pdf[0]
        self.form = self.pdf.formenv

    def click(self, x: float, y: float) -> None:
        at = (self.form, self.page, 0, x, HIGH - y)
        raw.FORM_OnMouseMove(*at)
        raw.FORM_OnLButtonDown(*at)
        raw.FORM_OnLButtonUp(*at)

    def type(self, text: str) -> None:
        for character in text:
            raw.FORM_OnChar(self.form, self.page, ord(character), 0)

    def saved(self) -> bytes:
        raw.FORM_ForceToKillFocus(self.form)
        out = io.BytesIO()
        self.pdf.save(out)
        return out.getvalue()


def test_a_click_ticks_a_box_and_another_clears_it() -> None:
    viewer = Viewer(known())
    left, top = box_at(2)
    viewer.click(left + 6, top + 6)
    assert value(viewer.saved(), "tick-1-2") == "/Yes"
    viewer.click(left + 6, top + 6)
    assert value(viewer.saved(), "tick-1-2") == "/Off"


def test_typed_words_stand_on_their_line() -> None:
    viewer = Viewer(known())
    viewer.click(400, 90)
    viewer.type("Anna André, 10")
    data = viewer.saved()
    assert value(data, "Your name") == "Anna André, 10"
    box = rect(data, "Your name")
    x0, y0, x1, y1 = changed(pixels(known()), pixels(data))
    assert box[0] <= x0 < box[0] + 3 and HIGH - box[3] <= y0 and y1 <= HIGH - box[1] + 1
    assert x1 - x0 == pytest.approx(12 * FACES.width("Anna André, 10", "text"), abs=3)


def test_typed_words_are_in_our_typeface_down_to_the_zero() -> None:
    """What is typed looks like the page's own words."""
    said = "Anna André, 10"
    viewer = Viewer(known())
    viewer.click(400, 90)
    viewer.type(said)
    x0, y0, x1, y1 = changed(pixels(known()), pixels(typed := viewer.saved()))
    page, root = canvas(), Element("Document", lang="en")
    left, _, _, top = rect(typed, "Your name")
    words(root, Span(said)).draw(page, left, HIGH - top, WIDE)
    page.showPage()
    ours = pixels(page.finish(root), form=False)
    a0, b0, a1, b1 = changed(numpy.full_like(ours, 255), ours)
    high, wide = round(2 * min(y1 - y0, b1 - b0)), round(2 * min(x1 - x0, a1 - a0))
    want = ours[round(2 * b0) :, round(2 * a0) :][:high, :wide]
    got = pixels(typed)[round(2 * y0) :, round(2 * x0) :][:high, :wide]
    assert numpy.mean(abs(want.astype(int) - got)) < 12


def test_every_letter_can_be_shown_and_read_back() -> None:
    """A viewer's appearance for any name in Latin script: codes are characters, and come back as text."""
    pdf = opened(known())
    text = NAMES + " Ỗ ắ ș ẞ € „“ ≥"
    look = field(pdf, "Your name").AP.N
    codes = text.encode("utf-16-be").hex()
    look.write(f"/Tx BMC q BT /Fields 12 Tf 2 4 Td <{codes}> Tj ET Q EMC".encode())
    saved = io.BytesIO()
    pdf.save(saved)
    assert changed(pixels(known()), pixels(saved.getvalue()))
    viewer = Viewer(saved.getvalue())
    viewer.page.flatten()
    out = io.BytesIO()
    viewer.pdf.save(out)
    assert text in pypdfium2.PdfDocument(out.getvalue())[0].get_textpage().get_text_range()


def test_a_brand_font_that_must_not_be_given_away_is_not_typed_with(tmp_path: Path) -> None:
    font = TTFont(io.BytesIO(FACES.font("text-bold").face._ttf_data))
    for rights, mine in ((0, True), (8, True), (4, False), (2, False), (0x100, False)):
        font["OS/2"].fsType = rights
        path = tmp_path / f"brand-{rights}.ttf"
        font.save(path)
        made_ = field_font(Faces((("text", FontFile(path, Place("brand.yaml"))),)))
        assert made_.name.endswith("Bold") == mine, rights
