"""Blocks of diaries -> flowables: a page's head, weeks with their boxes, the scale of pain."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from ..merge import blocks as b
from .figures import Drawing, Illustrated
from .flowables import Beside, Flowable, Space, Stack
from .forms import TickBox
from .structure import Element
from .styles import Look
from .tables import cell_element
from .typeface import field_font
from .week import Boxes, Digits, Middle, NumberBox, ScaleHead, TopFlow, WeekTable
from .words import Words

if TYPE_CHECKING:
    from .compose import Composer

NUMBERS = range(10, -1, -1)  # of the scale of pain
NARROW = 0.4  # of the column's width: a drawing that takes no more may stand beside the words


def top(c: Composer, block: b.Top, parent: Element) -> Flowable:
    """A title with words, and beside it, or under it in a narrow edition, what stands in the aside."""
    words = [child for child in block.blocks if not isinstance(child, b.Aside)]
    left = c.stack(words, parent, after=c.space("standfirst"))
    asides = [child for aside in block.blocks if isinstance(aside, b.Aside) for child in aside.blocks]
    made, after = [c.block(child, parent) for child in asides], c.space("block")
    right = Stack(made)
    if c.look.columns["top"] == 1:
        return Stack([left, right], after=after)
    first, second = c.look.shares["top"]
    snug = [words for words in made if isinstance(words, Words)]
    snug = snug if len(snug) == len(made) else []
    return TopFlow(left, right, c.space("column"), (first, second), snug, after=after)


def week(c: Composer, block: b.Week, parent: Element) -> Flowable:
    """A table with a column for each day."""
    table = parent.child("Table")
    first, scaled = c.space(block.wide), _one_scale(c, block, c.space(block.wide) - c.space("week-indent"))
    rows: list[list[Flowable]] = []
    foot: Flowable | None = None
    for child in block.blocks:
        if isinstance(child, b.Field):
            foot = c.block(child, parent)
        elif isinstance(child, b.Scale):
            rows.append(_scale(c, child, table.child("TR"), first))
        elif isinstance(child, b.Practice):
            rows.append(_practice(c, child, table.child("TR"), scaled, first))
        else:
            rows.append(_heads(c, child, table.child("TR")))
    marks, colours = c.look.marks, c.look.colours
    return WeekTable(
        rows, first, c.space("week-row"), (marks["rule"], colours["primary"]), (marks["grid"], colours["grid"]),
        scale=isinstance(block.blocks[-1 if foot is None else -2], b.Scale), foot=foot, after=c.space("block"),
    )  # fmt: skip


def _one_scale(c: Composer, block: b.Week, width: float) -> Look:
    """The look with drawings of such a size that the widest has room, for one scale holds in a table."""
    drawn = [f.src for row in block.blocks for f in row.blocks if isinstance(f, b.Figure)]
    wide = [Drawing(src, c.pictures.drawing(src, c.look), Element("Figure")).wide for src in drawn]
    scale = min(1.0, width / max(wide, default=width))
    return replace(c.look, figure=round(c.look.figure * scale, 1))


def _heads(c: Composer, block: b.Block, row: Element) -> list[Flowable]:
    made: list[Flowable] = []
    for cell in block.blocks:
        words = c.words(cell.spans, c.style("day"), cell_element(row, "Column"))
        made.append(Middle(words) if made else words)
    return made


def _practice(c: Composer, block: b.Practice, row: Element, look: Look, width: float) -> list[Flowable]:
    """A drawing over number, name and dose, or at their right where it is narrow and that is lower; then the boxes of
    each day."""
    head = cell_element(row, "Row")
    parts: list[Flowable] = []
    drawing: Drawing | None = None
    indent = c.space("week-indent") if block.number else 0
    number: Flowable | None = None
    for child in block.blocks:
        if isinstance(child, b.Figure):
            panels = c.pictures.drawing(child.src, look)
            drawing = Drawing(child.src, panels, head.child("Figure", alt=child.alt), after=c.space("item"))
        elif isinstance(child, b.Paragraph):
            element = head.child("P")
            if block.number and number is None:
                number = c.plain(f"{block.number} ", c.style("row-number"), element)
                parts.append(Beside(number, c.words(child.spans, c.style(child.style), element), indent))
            else:
                words = c.words(child.spans, c.style(child.style), element)
                parts.append(Beside(Space(0), words, indent) if indent else words)
    days = [child for child in block.blocks if isinstance(child, b.Day)]
    told: Flowable = Stack(parts)
    if drawing:
        over = Stack([Beside(Space(0), drawing, indent, after=drawing.after), told])
        beside = Illustrated(told, drawing, c.space("item") * 2, 0, share=NARROW)
        narrow = drawing.wide <= width * NARROW and beside.height(width) < over.height(width)
        told = beside if narrow else over
    return [told, *(_day(c, day, cell_element(row, "")) for day in days)]


def _day(c: Composer, block: b.Day, cell: Element) -> Flowable:
    look, marks = c.look, c.look.marks
    boxes: list[TickBox | NumberBox] = []
    for child in block.blocks:
        assert isinstance(child, b.Tick)
        form = cell.child("Form")
        if isinstance(child, b.Number):
            font = field_font(look.faces) if c.fillable else None
            line, colour = marks["tick-line"], look.colours["field"]
            boxes.append(
                NumberBox(form, child.name, child.tip, marks["number-box"], line, colour, c.style("digit"), font)
            )
        else:
            boxes.append(
                TickBox(
                    form, child.name, child.tip, marks["week-box"], marks["tick-line"], look.colours["field"],
                    look.colours["ink"], radius=marks["week-box"] / 6, fillable=c.fillable,
                )
            )  # fmt: skip
    return Boxes(boxes, marks["week-gap"])


def _scale(c: Composer, block: b.Scale, row: Element, first: float) -> list[Flowable]:
    """The numbers of each day, as far apart as the words that head them need."""
    cell = cell_element(row, "Row")
    bold, digit = c.style("box-head"), c.style("digit")
    title = c.plain(block.title, c.style("box-title"), cell.child("P"))
    text = c.stack(block.blocks, cell)
    head = ScaleHead(
        title, text, c.plain(block.worst, bold, cell.child("P")), c.plain(block.least, bold, cell.child("P")),
        c.space("heading"), count=len(NUMBERS),
    )  # fmt: skip
    head.step = max(digit.leading, head.needs(first) / len(NUMBERS))
    columns: list[Flowable] = []
    for _ in range(block.days):
        day = cell_element(row, "")
        columns.append(Digits([c.plain(str(number), digit, day) for number in NUMBERS], head.step))
    return [head, *columns]


MAKERS: Mapping[type[b.Block], Callable[..., Flowable]] = {b.Top: top, b.Week: week}
