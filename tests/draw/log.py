"""An exercise log of two pages with fields to type in and boxes to tick: what tests of fields fill in and look at."""

from __future__ import annotations

import io
from datetime import date
from functools import lru_cache
from typing import Any

import pikepdf

from layouts.engine.draw.canvas import TaggedCanvas
from layouts.engine.draw.fonts import Faces
from layouts.engine.draw.forms import FieldLine, TickBox
from layouts.engine.draw.metadata import Metadata
from layouts.engine.draw.structure import Element
from layouts.engine.draw.styles import TextStyle
from layouts.engine.draw.words import Words
from layouts.engine.merge.blocks import Span
from tests.pages import fields

BLACK, GREY = (0.0, 0.0, 0.0), (0.4, 0.4, 0.4)
FACES = Faces()
BODY = TextStyle("text", 12, 15, BLACK, "text-bold")
WIDE, HIGH, LEFT = 595, 842, 40
NAME_BOX = (LEFT, 80, WIDE - LEFT, 100)  # where "Your name" and its line stand
SIDE = 12
NAMES = "Nguyễn Thị Ánh, Łukasz Żółć, Ğül İpek, Ștefan, 100 %"


def canvas() -> TaggedCanvas:
    return TaggedCanvas((WIDE, HIGH), Metadata("Log", "Clinic", "Subject", "X1", "en", date(2026, 11, 23)))


def words(parent: Element, *spans: Span, role: str = "P") -> Words:
    return Words(spans, BODY, FACES, parent.child(role), bookmark=spans[0].text if role == "H1" else "")


def box_at(number: int) -> tuple[float, float]:
    """The top left corner of a tick box of a page."""
    return LEFT, 300 + 20.0 * number


def made(*, fillable: bool = True, typed: bool = True, boxes: int = 15) -> bytes:
    """Two pages: a name and questions to type in, words, a link, and boxes to tick, some of them in a table."""
    page, root = canvas(), Element("Document", lang="en")
    width = WIDE - 2 * LEFT
    words(root, Span("Exercise log"), role="H1").draw(page, LEFT, 40, width)
    if typed:
        for top, lines, label in ((80.0, 1, "Your name"), (120.0, 4, "Your questions")):
            shown = words(root, Span(f"{label}, as on "), Span("our site", href="https://example.org"))
            line = FieldLine(shown, root.child("Form"), label, label, BODY, FACES, GREY, lines, 28, fillable=fillable)
            line.draw(page, LEFT, top, width)
    for day in (1, 2):
        for number in range(boxes):
            left, top = box_at(number)
            said = f"Day {day}, Bird dog, set {number + 1}"
            item = root.child("P")
            label_ = Words((Span(said),), BODY, FACES, item)
            TickBox(item.child("Form"), f"tick.{day}.{number}", said, SIDE, 1, GREY, fillable=fillable).draw(
                page, left, top, SIDE
            )
            label_.draw(page, left + 20, top - 2, 300)
        page.showPage()
    return page.finish(root)


@lru_cache(maxsize=4)
def known(fillable: bool = True) -> bytes:
    return made(fillable=fillable)


def opened(data: bytes) -> Any:
    return pikepdf.open(io.BytesIO(data))


def field(pdf: Any, name: str) -> Any:
    return next(field for field in fields.listed(pdf) if str(field.T) == name)


def rect(data: bytes, name: str) -> list[float]:
    """Where a field is: left, bottom, right, top."""
    with opened(data) as pdf:
        return [float(value) for value in field(pdf, name).Rect]


def value(data: bytes, name: str) -> str:
    """What is entered in a field."""
    with opened(data) as pdf:
        return str(field(pdf, name).V)
