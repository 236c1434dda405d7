"""What flows down a page. A flowable knows its height at a width, how to part at a page's end, and how to draw itself.

The protocol is ReportLab's (wrap, split, draw) with three changes: a height is asked for, not remembered; a split is
told how much a whole page holds, so that what is kept together knows when it cannot be; and space between two
flowables is the larger of the two, as in CSS.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..merge.blocks import Span
from .canvas import RGB, TaggedCanvas
from .fonts import Faces
from .paths import rectangle
from .structure import LAYOUT, Element
from .styles import TextStyle
from .text import SetLine, set_lines, words_width

FEWEST_LINES = 2  # of a paragraph, before and after a page's end


class Flowable:
    """Anything that flows. `before` and `after` are the spaces around it; `sticky` keeps it with what follows."""

    before: float = 0
    after: float = 0
    sticky: bool = False
    ruled: bool = True  # takes a rule above it in a grid that has rules

    def height(self, width: float) -> float:
        """Points from top to bottom at that width."""
        raise NotImplementedError

    def split(self, width: float, room: float, page: float) -> tuple[Flowable, Flowable] | None:  # noqa: ARG002
        """Two parts of which the first is at most `room` high, or None; `page` is what an empty page holds."""
        return None

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Paints with the top left corner at x, top."""
        raise NotImplementedError


@dataclass
class Words(Flowable):
    """A paragraph or heading. `lines` is set for a part of one."""

    spans: tuple[Span, ...]
    style: TextStyle
    faces: Faces
    element: Element
    before: float = 0
    after: float = 0
    sticky: bool = False
    bookmark: str = ""  # a heading's entry in the outline
    lines: tuple[SetLine, ...] | None = None
    links: dict[int, Element] | None = None

    def _set(self, width: float) -> tuple[SetLine, ...]:
        return self.lines if self.lines is not None else set_lines(self.spans, self.style, self.faces, width)

    def height(self, width: float) -> float:
        return len(self._set(width)) * self.style.leading

    def split(self, width: float, room: float, page: float) -> tuple[Flowable, Flowable] | None:  # noqa: ARG002
        lines = self._set(width)
        fit = int((room + 0.01) // self.style.leading)
        fit = min(fit, len(lines) - FEWEST_LINES)
        if fit < FEWEST_LINES or self.sticky:
            return None
        if self.links is None:
            self.links = {}
        return (
            self._part(lines[:fit], self.before, 0, self.bookmark),
            self._part(lines[fit:], 0, self.after, ""),
        )

    def _part(self, lines: tuple[SetLine, ...], before: float, after: float, bookmark: str) -> Words:
        return Words(self.spans, self.style, self.faces, self.element, before, after, False, bookmark, lines, self.links)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        links = self.links if self.links is not None else {}
        if self.bookmark:
            canvas.bookmark(self.element, self.bookmark, top - self.style.leading)
        for number, line in enumerate(self._set(width)):
            baseline = top + number * self.style.leading + self.style.baseline
            at = x
            for fragment in line.fragments:
                span = self.spans[fragment.span]
                runs = self.faces.runs(fragment.text, fragment.font)
                advance = words_width(fragment.text, fragment.font, self.style, self.faces)
                if span.href:
                    self._draw_link(canvas, links, fragment.span, runs, at, baseline, advance, fragment.text)
                else:
                    with canvas.owned(self.element):
                        canvas.words(at, baseline, runs, self.style.size, self.style.colour, self.style.tracking)
                at += advance

    def _draw_link(self, canvas: TaggedCanvas, links: dict[int, Element], index: int, runs, at: float, baseline: float, advance: float, text: str) -> None:  # type: ignore[no-untyped-def]
        span = self.spans[index]
        if index not in links:
            links[index] = Element("Link", self.element)
            self.element.kids.append(links[index])
        with canvas.owned(links[index]):
            canvas.words(at, baseline, runs, self.style.size, self.style.colour, self.style.tracking)
        line = advance - (words_width(" ", self.style.font, self.style, self.faces) if text.endswith(" ") else 0)
        with canvas.owned(LAYOUT):  # printed, a link is told by its line
            canvas.rule(at, baseline + 0.16 * self.style.size, at + line, baseline + 0.16 * self.style.size, 0.75, self.style.colour)
        canvas.link(
            links[index], span.href, span.text, (at, baseline - 0.8 * self.style.size, at + line, baseline + 0.25 * self.style.size)
        )


@dataclass
class Stack(Flowable):
    """Flowables under each other. `keep` holds them on one page where a page is high enough."""

    children: Sequence[Flowable]
    before: float = 0
    after: float = 0
    keep: bool = False
    sticky: bool = False

    def height(self, width: float) -> float:
        total = 0.0
        for i, child in enumerate(self.children):
            total += child.height(width) + (self._gap(i) if i else 0)
        return total

    def _gap(self, index: int) -> float:
        return max(self.children[index - 1].after, self.children[index].before)

    def split(self, width: float, room: float, page: float) -> tuple[Flowable, Flowable] | None:
        if self.keep and self.height(width) <= page:
            return None
        used = 0.0
        for i, child in enumerate(self.children):
            gap = self._gap(i) if i else 0
            height = child.height(width)
            if used + gap + height <= room + 0.01:
                used += gap + height
                continue
            parts = child.split(width, room - used - gap, page)
            if parts:
                return self._parts([*self.children[:i], parts[0]], [parts[1], *self.children[i + 1 :]])
            cut = i
            while cut and self.children[cut - 1].sticky:
                cut -= 1
            return self._parts(self.children[:cut], self.children[cut:]) if cut else None
        return None

    def _parts(self, first: Sequence[Flowable], rest: Sequence[Flowable]) -> tuple[Flowable, Flowable]:
        return Stack(first, self.before, 0), Stack(rest, 0, self.after)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        for i, child in enumerate(self.children):
            top += self._gap(i) if i else 0
            child.draw(canvas, x, top, width)
            top += child.height(width)


@dataclass
class Beside(Flowable):
    """Something at the left and a flowable beside it, whose text starts `indent` points in."""

    left: Flowable
    right: Flowable
    indent: float
    before: float = 0
    after: float = 0
    sticky: bool = False

    def height(self, width: float) -> float:
        return max(self.left.height(self.indent), self.right.height(width - self.indent))

    def split(self, width: float, room: float, page: float) -> tuple[Flowable, Flowable] | None:
        if self.left.height(self.indent) > room:
            return None
        parts = self.right.split(width - self.indent, room, page)
        if not parts:
            return None
        return (
            Beside(self.left, parts[0], self.indent, self.before),
            Beside(Space(0), parts[1], self.indent, 0, self.after),
        )

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        self.left.draw(canvas, x, top, self.indent)
        self.right.draw(canvas, x + self.indent, top, width - self.indent)


@dataclass
class Space(Flowable):
    """Nothing, of some height."""

    high: float

    def height(self, width: float) -> float:  # noqa: ARG002
        return self.high

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        pass


@dataclass
class Narrow(Flowable):
    """A flowable no wider than `most` points: lines that are too long tire the eye."""

    inner: Flowable
    most: float

    def __post_init__(self) -> None:
        self.before, self.after, self.sticky = self.inner.before, self.inner.after, self.inner.sticky

    def height(self, width: float) -> float:
        return self.inner.height(min(width, self.most))

    def split(self, width: float, room: float, page: float) -> tuple[Flowable, Flowable] | None:
        parts = self.inner.split(min(width, self.most), room, page)
        return (Narrow(parts[0], self.most), Narrow(parts[1], self.most)) if parts else None

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        self.inner.draw(canvas, x, top, min(width, self.most))


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

    def _split_row(self, row: Sequence[Flowable], rows: list[Sequence[Flowable]], width: float, room: float, page: float) -> tuple[Flowable, Flowable] | None:
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


@dataclass
class Bullet(Flowable):
    """A square before an item, on its first line; `tick` makes it a box to tick."""

    style: TextStyle
    side: float
    colour: RGB
    tick: float = 0  # line width of a box to tick; 0 is a solid square
    solid: bool = True

    def height(self, width: float) -> float:  # noqa: ARG002
        return self.style.leading

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:  # noqa: ARG002
        middle = top + self.style.baseline - self.style.size * 0.34
        y = middle - self.side / 2
        with canvas.owned(LAYOUT):
            if self.tick:
                canvas.shape(rectangle(canvas.height, x, y, self.side, self.side, 2), None, self.colour, self.tick)
            else:
                canvas.shape(rectangle(canvas.height, x, y, self.side, self.side), self.colour)
