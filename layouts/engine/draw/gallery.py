"""Drawings to look over: labelled cells in rows, all drawings at one scale, their floors on one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..records import dataclass
from .canvas import TaggedCanvas
from .figures import Drawing
from .flowables import Flowable
from .operators import RGB
from .structure import LAYOUT

AHEAD = 8  # cells among which one is looked for that fills a hole in a row; farther would spoil the order
FROM_ABOVE = 0.35  # of a drawing's height below the floor: it is then seen from above


@dataclass(frozen=True)
class Exhibit:
    """A cell: its name above the drawing, what else is said of it under it. `span` columns wide."""

    head: Flowable
    drawing: Drawing
    foot: Flowable
    span: int

    @property
    def drop(self) -> float:
        """Points from the floor to the drawing's lower edge; a close-up that ends above the floor stands on it, and so
        does a drawing seen from above, in whose middle the floor is."""
        panel = self.drawing.panels[0]
        drop = max(0.0, -panel.box[1] * panel.scale)
        return drop if drop < panel.height * FROM_ABOVE else 0.0


def arranged(
    widths: Sequence[float], width: float, gutter: float, count: int
) -> tuple[float, list[list[tuple[int, int]]]]:
    """Where drawings so many points wide stand in so many columns: their scale, less than 1 where the widest would have
    no room, and row by row each one's number and its span."""
    scale = min(1.0, width / max(widths, default=width))
    column = (width - gutter * (count - 1)) / count
    spans = [_span(wide * scale, column, gutter, count) for wide in widths]
    return scale, [[(i, spans[i]) for i in row] for row in _rows(spans, count)]


def _span(wide: float, column: float, gutter: float, count: int) -> int:
    """The fewest columns, at most `count`, that hold a drawing so many points wide."""
    return next((n for n in range(1, count) if wide <= n * column + (n - 1) * gutter + 0.01), count)


def _rows(spans: Sequence[int], count: int) -> list[list[int]]:
    """The cells' numbers row by row, in order as far as wide ones allow: a hole is filled by a cell from further on."""
    left, rows = list(range(len(spans))), []
    while left:
        row: list[int] = []
        room = count
        while room and (fit := next((i for i in left[:AHEAD] if spans[i] <= room), None)) is not None:
            row.append(fit)
            left.remove(fit)
            room -= spans[fit]
        rows.append(row)
    return rows


@dataclass(eq=False, repr=False)
class Gallery(Flowable):
    """Rows of cells in `count` columns, each cell with a rule above it; a row never parts."""

    rows: Sequence[Sequence[Exhibit]]
    count: int
    gutter: float
    gap: float  # between rows
    space: float  # between a cell's name, drawing and words
    rule: tuple[float, RGB, float]  # thickness, colour, space from the rule to the words
    before: float = 0
    after: float = 0

    def _wide(self, width: float, span: int) -> float:
        column = (width - self.gutter * (self.count - 1)) / self.count
        return column * span + self.gutter * (span - 1)

    def _parts(self, row: Sequence[Exhibit], width: float) -> tuple[float, float, float, float]:
        """The heights of a row's names, of its drawings above and below the floor, and of the words under them."""
        wide = [self._wide(width, cell.span) for cell in row]
        return (
            max(cell.head.height(w) for cell, w in zip(row, wide, strict=True)),
            max(cell.drawing.height(w) - cell.drop for cell, w in zip(row, wide, strict=True)),
            max(cell.drop for cell in row),
            max(cell.foot.height(w) for cell, w in zip(row, wide, strict=True)),
        )

    def _row_height(self, row: Sequence[Exhibit], width: float) -> float:
        return self.rule[2] + sum(self._parts(row, width)) + 2 * self.space

    def measure(self, width: float) -> float:
        return sum(self._row_height(row, width) for row in self.rows) + self.gap * (len(self.rows) - 1)

    def split(self, width: float, room: float, page: float) -> tuple[Flowable, Flowable] | None:  # noqa: ARG002
        used, fit = -self.gap, 0
        for row in self.rows:
            used += self.gap + self._row_height(row, width)
            if used > room + 0.01:
                break
            fit += 1
        if not 0 < fit < len(self.rows):
            return None
        return replace(self, rows=self.rows[:fit], after=0), replace(self, rows=self.rows[fit:], before=0)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        for row in self.rows:
            head, above, below, _ = self._parts(row, width)
            left = x
            for cell in row:
                wide = self._wide(width, cell.span)
                with canvas.owned(LAYOUT):
                    canvas.rule(left, top, left + wide, top, *self.rule[:2])
                at = top + self.rule[2]
                cell.head.draw(canvas, left, at, wide)
                floor = at + head + self.space + above
                cell.drawing.draw(canvas, left, floor + cell.drop - cell.drawing.height(wide), wide)
                cell.foot.draw(canvas, left, floor + below + self.space, wide)
                left += wide + self.gutter
            top += self._row_height(row, width) + self.gap
