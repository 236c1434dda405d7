"""Flowables side by side, in rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..records import dataclass
from .canvas import TaggedCanvas
from .flowables import Flowable, Space
from .operators import RGB
from .structure import LAYOUT


def edges(widths: Sequence[float], gutter: float) -> list[tuple[float, float]]:
    """Columns of these widths with a gutter between them: each one's left edge and width."""
    made, x = [], 0.0
    for width in widths:
        made.append((x, width))
        x += width + gutter
    return made


@dataclass(eq=False, repr=False)
class Grid(Flowable):
    """Flowables in rows of `count`, tops aligned, row after row; rows never part unless one is higher than a page.

    `rule` draws a line above every row, in each column, but for the first of a part that goes on on another page;
    `stretch` is added to each row's height.
    """

    cells: Sequence[Flowable]
    count: int
    gutter: float
    gap: float
    before: float = 0
    after: float = 0
    rule: tuple[float, RGB, float] | None = None  # thickness, colour, space from the rule to the words
    stretch: float = 0
    shares: Sequence[float] = ()  # how the columns share the width; equal when empty
    goes_on: bool = False  # the second part of a grid, at the top of a page

    def columns(self, width: float) -> list[tuple[float, float]]:
        """Each column's left edge and width."""
        shares = self.shares or (1,) * self.count
        free = width - self.gutter * (self.count - 1)
        return edges([free * share / sum(shares) for share in shares], self.gutter)

    def rows(self) -> list[Sequence[Flowable]]:
        """The cells by row."""
        return [self.cells[i : i + self.count] for i in range(0, len(self.cells), self.count)]

    def _lead(self, index: int) -> float:
        """From the rule above a row to its words."""
        return self.rule[2] if self.rule and not (index == 0 and self.goes_on) else 0

    def _row_height(self, index: int, row: Sequence[Flowable], width: float) -> float:
        heights = (c.height(w) for c, (_, w) in zip(row, self.columns(width), strict=False))
        return max(heights) + self._lead(index) + self.stretch

    def measure(self, width: float) -> float:
        rows = self.rows()
        return sum(self._row_height(i, row, width) for i, row in enumerate(rows)) + self.gap * (len(rows) - 1)

    def split(self, width: float, room: float, page: float) -> tuple[Flowable, Flowable] | None:
        used, rows = 0.0, self.rows()
        for i, row in enumerate(rows):
            high = self._row_height(i, row, width) + (self.gap if i else 0)
            if used + high <= room + 0.01:
                used += high
                continue
            if i:
                at = i * self.count
                return (
                    replace(self, cells=self.cells[:at], after=0),
                    replace(self, cells=self.cells[at:], before=0, goes_on=True),
                )
            return self._split_row(row, rows, width, room, page) if high > page else None
        return None

    def roomier(self, points: float) -> Flowable:
        cells = [cell.roomier(points) for cell in self.cells]
        same = all(new is old for new, old in zip(cells, self.cells, strict=True))
        return self if same else replace(self, cells=cells)

    def _split_row(
        self, row: Sequence[Flowable], rows: list[Sequence[Flowable]], width: float, room: float, page: float
    ) -> tuple[Flowable, Flowable] | None:
        """A row that is higher than a page, parted in every column."""
        first: list[Flowable] = []
        rest: list[Flowable] = []
        room -= self._lead(0) + self.stretch
        for cell, (_, w) in zip(row, self.columns(width), strict=False):
            parts = (cell, Space(0)) if cell.height(w) <= room else cell.split(w, room, page)
            if not parts:
                return None
            first.append(parts[0])
            rest.append(parts[1])
        others = [cell for other in rows[1:] for cell in other]
        return replace(self, cells=first, after=0), replace(self, cells=[*rest, *others], before=0, goes_on=True)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        columns = self.columns(width)
        for i, row in enumerate(self.rows()):
            lead = self._lead(i)
            for cell, (left, w) in zip(row, columns, strict=False):
                if self.rule and lead and cell.ruled:
                    with canvas.owned(LAYOUT):
                        canvas.rule(x + left, top, x + left + w, top, *self.rule[:2])
                cell.paint(canvas, x + left, top + (lead if cell.ruled else 0), w)
            top += self._row_height(i, row, width) + self.gap
