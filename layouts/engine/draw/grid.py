"""Flowables side by side, in rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .canvas import RGB, TaggedCanvas
from .flowables import Flowable, Space
from .structure import LAYOUT


@dataclass
class Grid(Flowable):
    """Flowables in rows of `count`, tops aligned, row after row; rows never part unless one is higher than a page.

    `rule` draws a line above every row, in each column; `stretch` is added to each row's height.
    """

    cells: Sequence[Flowable]
    count: int
    gutter: float
    gap: float
    before: float = 0
    after: float = 0
    rule: tuple[float, RGB, float] | None = None  # width, colour, space from the rule to the words
    stretch: float = 0
    shares: Sequence[float] = ()  # how the columns share the width; equal when empty

    def columns(self, width: float) -> list[tuple[float, float]]:
        """Each column's left edge and width."""
        shares = self.shares or (1,) * self.count
        free = width - self.gutter * (self.count - 1)
        edges, x = [], 0.0
        for share in shares:
            w = free * share / sum(shares)
            edges.append((x, w))
            x += w + self.gutter
        return edges

    def rows(self) -> list[Sequence[Flowable]]:
        """The cells by row."""
        return [self.cells[i : i + self.count] for i in range(0, len(self.cells), self.count)]

    def _row_height(self, row: Sequence[Flowable], width: float) -> float:
        lead = self.rule[2] if self.rule else 0
        heights = (c.height(w) for c, (_, w) in zip(row, self.columns(width), strict=False))
        return max(heights) + lead + self.stretch

    def height(self, width: float) -> float:
        rows = self.rows()
        return sum(self._row_height(row, width) for row in rows) + self.gap * (len(rows) - 1)

    def split(self, width: float, room: float, page: float) -> tuple[Flowable, Flowable] | None:
        used, rows = 0.0, self.rows()
        for i, row in enumerate(rows):
            high = self._row_height(row, width) + (self.gap if i else 0)
            if used + high <= room + 0.01:
                used += high
                continue
            if i:
                at = i * self.count
                return self._part(self.cells[:at], self.before, 0), self._part(self.cells[at:], 0, self.after)
            return self._split_row(row, rows, width, room, page) if high > page else None
        return None

    def _split_row(
        self, row: Sequence[Flowable], rows: list[Sequence[Flowable]], width: float, room: float, page: float
    ) -> tuple[Flowable, Flowable] | None:
        """A row that is higher than a page, parted in every column."""
        first: list[Flowable] = []
        rest: list[Flowable] = []
        for cell, (_, w) in zip(row, self.columns(width), strict=False):
            parts = (cell, Space(0)) if cell.height(w) <= room else cell.split(w, room, page)
            if not parts:
                return None
            first.append(parts[0])
            rest.append(parts[1])
        others = [cell for other in rows[1:] for cell in other]
        return self._part(first, self.before, 0), self._part([*rest, *others], 0, self.after)

    def _part(self, cells: Sequence[Flowable], before: float, after: float) -> Grid:
        return Grid(cells, self.count, self.gutter, self.gap, before, after, self.rule, self.stretch, self.shares)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        columns = self.columns(width)
        for row in self.rows():
            lead = 0.0
            if self.rule:
                thick, colour, lead = self.rule
                with canvas.owned(LAYOUT):
                    for cell, (left, w) in zip(row, columns, strict=False):
                        if not cell.ruled:
                            continue
                        canvas.rule(x + left, top, x + left + w, top, thick, colour)
            for cell, (left, w) in zip(row, columns, strict=False):
                cell.draw(canvas, x + left, top + lead, w)
            top += self._row_height(row, width) + self.gap
