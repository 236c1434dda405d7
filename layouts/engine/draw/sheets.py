"""Blocks of exercise sheets -> flowables: facts, cards with their slots, doses, signs, boxes to tick, fields."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ..figures.panel import Panel
from ..merge import blocks as b
from ..records import dataclass
from .boxes import Box
from .canvas import TaggedCanvas
from .cards import ENDLESS, CardFlow, CardHead, Centred, Column, Repeated, Signed, level
from .figures import Drawing, parted, width_of
from .flowables import Flowable, Stack
from .forms import FieldLine, TickBox
from .grid import Grid
from .structure import Element
from .words import Words

if TYPE_CHECKING:
    from .compose import Composer

NO_BREAK = "\u00a0"
SMALLEST = 0.7  # times the layout's size: how far one wide drawing makes all drawings of a sheet smaller


def facts(c: Composer, block: b.Facts, parent: Element) -> Flowable:
    """Facts side by side."""
    cells = [c.block(fact, parent) for fact in block.blocks]
    count = min(c.look.columns["facts"], len(cells))
    return Grid(cells, count, c.space("column") / 1.5, c.space("item") * 2, after=c.space("block"))


def fact(c: Composer, block: b.Fact, parent: Element) -> Flowable:
    """A sign, a heading and a few words."""
    return _signed(c, block.icon, c.stack(block.blocks, parent), c.look.marks["icon"], "body", "deep")


def sign(c: Composer, block: b.Sign, parent: Element) -> Flowable:
    """A rule with its sign."""
    words = c.words(block.spans, c.style("body"), parent.child("P"))
    return _signed(c, block.icon, words, c.look.marks["sign"], "body", block.colour, after=c.space("item"))


def _signed(
    c: Composer, name: str, words: Flowable, size: float, style: str, colour: str, after: float = 0
) -> Flowable:
    colours = c.look.colours
    return Signed(
        name, words, size, size * 1.5, colours[colour], colours["paper"], bool(c.look.marks["solid"]),
        c.style(style).leading, after=after,
    )  # fmt: skip


def dose(c: Composer, block: b.Dose, parent: Element) -> Flowable:
    """The strip with the amount."""
    style, look, words = c.look.boxes["dose"], c.look, c.style("dose")
    inner = c.words(block.spans, words, parent.child("P"))
    ground, drop = style.fill or look.colours["paper"], max(0, (words.leading - style.icon_size) / 2)
    return Box(inner, style, "panel", words.colour, ground, solid=False, icon_drop=drop)


def cards(c: Composer, block: b.Cards, parent: Element) -> Flowable:
    """Cards in rows, level with their neighbours; a last one that would stand alone is as wide as the page."""
    look, base = c.look, c.level
    width = look.width - 2 * look.page["margin"]
    count = 1 if len(block.blocks) <= block.few else look.columns["cards"]
    card_width = (width - c.space("column") * (count - 1)) / count
    column = card_width if count > 1 or not look.beside else _left(c, card_width)
    with_scale = _one_scale(c, block, column)
    made: list[Flowable] = []
    rows = [block.blocks[i : i + count] for i in range(0, len(block.blocks), count)]
    rule = (look.marks["rule"], look.colours["primary"], c.space("rule-gap"))
    grids: list[Grid] = []
    wide: list[_Parts] = []
    for row in rows:
        alone = count > 1 and len(row) == 1
        parts = []
        for one in row:
            assert isinstance(one, b.Card)
            with_scale.level = base  # may be another composer than c, with smaller drawings
            parts.append(_parts(with_scale, one, parent, column))
        if alone:
            grids.append(_grid(c, made, count, rule))
            grids.append(_grid(c, _divided(c, parts, width), 1, rule))
            made = []
        elif count == 1:
            wide.extend(parts)
        else:
            made.extend(level([_card(c, one, ()) for one in parts], card_width))
    made.extend(_divided(c, wide, width))
    grids.append(_grid(c, made, count, rule))
    return Stack([grid for grid in grids if grid.cells], after=c.space("part"))


def _grid(
    c: Composer, cells: Sequence[Flowable], count: int, rule: tuple[float, tuple[float, float, float], float]
) -> Grid:
    for cell in cells:
        cell.kept = c.keep  # by itself: a page may end between two of them
    return Grid(cells, count, c.space("column"), c.space("card"), after=c.space("card"), rule=rule)


def _left(c: Composer, width: float) -> float:
    """The width of the left column of a card that is as wide as the page."""
    left, right = c.look.shares.get("card", (1, 1))
    return (width - c.space("column")) * left / (left + right)


def _one_scale(c: Composer, block: b.Cards, width: float) -> Composer:
    """The composer with drawings of such a size that the widest fits into a card, for one scale holds on a sheet."""
    look = c.look
    sources = [f.src for card in block.blocks for slot in card.blocks for f in slot.blocks if isinstance(f, b.Figure)]
    if not sources:
        return c
    widest = max(_drawing_width(c.pictures.drawing(src, look), width) for src in sources)
    if widest <= width:
        return c
    steps = max(SMALLEST, width / widest)
    return replace(c, look=replace(look, figure=round(look.figure * steps, 1)))


@dataclass(frozen=True)
class _Parts:
    """What a card is made of."""

    head: CardHead
    again: CardHead
    slots: Sequence[tuple[str, Flowable]]


def _parts(c: Composer, block: b.Card, parent: Element, width: float) -> _Parts:
    """The parts of a card whose drawing stands in a column of that width."""
    sect = parent.child("Sect")
    c.level += 1
    number = str(block.number)
    heading = sect.child(f"H{c.level}")
    name_style, numeral = c.style("card-name"), c.style("card-number")
    label = c.plain(f"{number}{NO_BREAK}", numeral, heading)  # the space parts number and name for who listens
    indent = max(c.space("card-indent"), label.set_at(ENDLESS)[0].width + 8)
    name = c.plain(block.name, name_style, heading, bookmark=f"{number} {block.name}")
    aside = c.plain(block.aside, c.style("caption"), sect.child("P")) if block.aside else None
    head = CardHead(label, name, aside, indent)
    again = CardHead(None, Repeated(c.plain(block.again or block.name, name_style, heading)), None, 0)
    slots: list[tuple[str, Flowable]] = []
    for slot in block.blocks:
        assert isinstance(slot, b.Slot)
        slots.append((slot.name, _slot(c, slot, sect, width)))
    return _Parts(head, again, slots)


def _drawing_width(panels: Sequence[Panel], width: float) -> float:
    """The width of a drawing as it stands in a column of that width."""
    return max(panel.width for panel in panels) if parted(panels, width) else width_of(panels, Drawing.gap)


def _card(c: Composer, parts: _Parts, at_left: Collection[str]) -> CardFlow:
    """The card, in two columns where it has slots that stand at the left."""
    left = [slot for slot in parts.slots if slot[0] in at_left]
    below = [slot for slot in parts.slots if left and slot[0] in c.look.below]
    rest = [slot for slot in parts.slots if slot not in left and slot not in below]
    gap = c.space("slot")
    columns = [Column(part, gap) for part in (left, rest) if part]
    shares, gaps = c.look.shares.get("card", ()), (c.space("column"), c.space("card-head"))
    raised = bool(left) and not below  # where much stands under both, the name is as wide as the page
    return CardFlow(parts.head, parts.again, columns, Column(below, gap), *gaps, shares, raised=raised)


def _divided(c: Composer, parts: Sequence[_Parts], width: float) -> list[CardFlow]:
    """Cards as wide as the page, all divided into columns in the same way: in that which makes them lowest together."""
    look = c.look
    ways = [(*look.beside, *look.either[:count]) for count in range(len(look.either), -1, -1)]
    divided = [[_card(c, one, way) for one in parts] for way in ways]
    return min(divided, key=lambda cards: sum(card.height(width) for card in cards))


def _slot(c: Composer, slot: b.Slot, parent: Element, width: float) -> Flowable:
    """A slot's blocks; a drawing stands in the middle of its column of that width."""
    if len(slot.blocks) == 1 and isinstance(slot.blocks[0], b.Figure):
        drawing = _not_taller(c, c.drawing(slot.blocks[0], parent))
        if width and parted(drawing.panels, width):
            drawing = replace(drawing, stacked=True)
        return Centred(drawing, drawing.wide)
    return c.stack(slot.blocks, parent)


def _not_taller(c: Composer, drawing: Drawing) -> Drawing:
    """The drawing, smaller where it is taller than the layout allows: people who stand would make a row too high."""
    most, high = c.look.tallest * c.look.figure, drawing.panels[0].height
    if not most or high <= most:
        return drawing
    look = replace(c.look, figure=round(c.look.figure * most / high, 1))
    return replace(drawing, panels=c.pictures.drawing(drawing.key, look))


@dataclass(eq=False, repr=False)
class DaysFlow(Flowable):
    """A row of boxes, each with its letter before it, or above it where a column is narrow."""

    letters: Sequence[Words]
    boxes: Sequence[TickBox]
    gap: float
    before: float = 0
    after: float = 0

    def _letter(self) -> float:
        return max(letter.set_at(ENDLESS)[0].width for letter in self.letters)

    def _above(self, width: float) -> bool:
        return len(self.boxes) * (self._letter() + self.boxes[0].side + 2.5 * self.gap) > width

    def measure(self, width: float) -> float:
        leading, side = self.letters[0].style.leading, self.boxes[0].side
        return leading + side if self._above(width) else max(leading, side)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        side, leading, above = self.boxes[0].side, self.letters[0].style.leading, self._above(width)
        cell = side if above else self._letter() + self.gap + side
        pitch = min((width - cell) / max(1, len(self.boxes) - 1), cell * 1.7)
        high = self.measure(width)
        for i, (letter, box) in enumerate(zip(self.letters, self.boxes, strict=True)):
            right = x + i * pitch + cell
            wide = letter.set_at(ENDLESS)[0].width
            if above:
                letter.draw(canvas, right - (side + wide) / 2, top, wide + 1)
                box.draw(canvas, right - side, top + leading, side)
            else:
                letter.draw(canvas, right - side - self.gap - wide, top + (high - leading) / 2, wide + 1)
                box.draw(canvas, right - side, top + (high - side) / 2, side)


def days(c: Composer, block: b.Days, parent: Element) -> Flowable:
    """A box for each day."""
    look = c.look
    element = parent.child("P")
    letters, boxes = [], []
    for i, (label, tip) in enumerate(zip(block.labels.split("|"), block.tips.split("|"), strict=True)):
        letters.append(c.plain(label, c.style("caption"), element.child("Span")))
        boxes.append(
            TickBox(
                element.child("Form"), f"{block.name}-{i + 1}", tip, look.marks["day-box"], look.marks["tick-line"],
                look.colours["field"], look.colours["ink"], fillable=c.fillable,
            )
        )  # fmt: skip
    return DaysFlow(letters, boxes, 4, before=c.space("item"))


def write_field(c: Composer, block: b.Field, parent: Element) -> Flowable:
    """Words and lines to write on: one less where space is scarce."""
    element = parent.child("P")
    words = c.words(block.spans, c.style("h3"), element)
    lines = max(1, block.lines - 1) if c.look.tight else block.lines
    return FieldLine(
        words, parent.child("Form"), block.name, words_of(block.spans), c.style("body"), c.look.faces,
        c.look.colours["field"], lines=lines, spacing=c.space("write"), fillable=c.fillable,
        before=c.space("block"), after=c.space("block"),
    )  # fmt: skip


def words_of(spans: Sequence[b.Span]) -> str:
    """Spans as plain words."""
    return "".join(span.text for span in spans)


MAKERS: Mapping[type[b.Block], Callable[..., Flowable]] = {
    b.Facts: facts,
    b.Fact: fact,
    b.Sign: sign,
    b.Dose: dose,
    b.Cards: cards,
    b.Days: days,
    b.Field: write_field,
}
