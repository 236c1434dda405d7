"""Tables with headings, tagged row by row and cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..records import dataclass
from .canvas import TaggedCanvas
from .flowables import Flowable
from .grid import edges
from .operators import RGB
from .structure import LAYOUT, Element
from .text import words_width
from .words import Words


@dataclass(eq=False, repr=False)
class TableFlow(Flowable):
    """Rows of words; the first row is repeated, as an artifact, where the table goes on on another page."""

    rows: Sequence[Sequence[Words]]
    shares: Sequence[float]
    pad: float
    gutter: float
    rule: tuple[float, RGB]
    grid: tuple[float, RGB]
    before: float = 0
    after: float = 0
    head_done: bool = False
    floors: Sequence[float] = ()  # the columns' longest words; the parts of a table keep those of the whole

    def __post_init__(self) -> None:
        self.floors = self.floors or [max(map(_longest, column)) for column in zip(*self.rows, strict=True)]

    def _widths(self, free: float) -> list[float]:
        """The columns by their shares, but none narrower than its longest word while there is room for all."""
        held: dict[int, float] = {}
        while True:
            others = sum(share for i, share in enumerate(self.shares) if i not in held) or 1
            left = free - sum(held.values())
            widths = [held.get(i, left * share / others) for i, share in enumerate(self.shares)]
            narrow = [i for i, width in enumerate(widths) if width < self.floors[i] and i not in held]
            if not narrow or sum(self.floors) > free:
                return widths
            held |= {i: self.floors[i] for i in narrow}

    def _columns(self, width: float) -> list[tuple[float, float]]:
        return edges(self._widths(width - self.gutter * (len(self.shares) - 1)), self.gutter)

    def _row(self, row: Sequence[Words], width: float) -> float:
        return 2 * self.pad + max(cell.height(w) for cell, (_, w) in zip(row, self._columns(width), strict=True))

    def measure(self, width: float) -> float:
        return sum(self._row(row, width) for row in self.rows)

    def split(self, width: float, room: float, page: float) -> tuple[Flowable, Flowable] | None:  # noqa: ARG002
        used = 0.0
        for i, row in enumerate(self.rows):
            used += self._row(row, width)
            if used > room + 0.01:
                if i < 2:
                    return None
                rest = replace(self, rows=[self.rows[0], *self.rows[i:]], before=0, head_done=True)
                return replace(self, rows=self.rows[:i], after=0), rest
        return None

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        columns = self._columns(width)
        for i, row in enumerate(self.rows):
            thick, colour = self.rule if i < 2 else self.grid
            if i:
                with canvas.owned(LAYOUT):
                    canvas.rule(x, top, x + width, top, thick, colour)
            for cell, (left, w) in zip(row, columns, strict=True):
                if i == 0 and self.head_done:
                    with canvas.owned(LAYOUT):
                        cell.draw(canvas, x + left, top + self.pad, w)
                else:
                    cell.draw(canvas, x + left, top + self.pad, w)
            top += self._row(row, width)
        with canvas.owned(LAYOUT):
            canvas.rule(x, top, x + width, top, *self.rule)


def _longest(cell: Words) -> float:
    """The width of a cell's longest word."""
    style, faces = cell.style, cell.faces
    fonts = ((span, style.bold if span.bold else style.font) for span in cell.spans)
    return max((words_width(word, font, style, faces) for span, font in fonts for word in span.text.split()), default=0)


def shares(rows: Sequence[Sequence[Words]], least: float = 0.16) -> list[float]:
    """How columns share the width: by the length of their words, none with less than `least` of all."""
    count = len(rows[0])
    lengths = [max(sum(len(s.text) for s in row[c].spans) for row in rows) ** 0.7 + 4 for c in range(count)]
    total = sum(lengths)
    return [max(length / total, least) for length in lengths]


def cell_element(row: Element, scope: str) -> Element:
    """A table cell's element: 'Column' and 'Row' head one, '' is data."""
    if scope:
        return row.child("TH", keep=True, Table=f"/Scope/{scope}")
    return row.child("TD", keep=True)
