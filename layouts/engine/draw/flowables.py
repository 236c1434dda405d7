"""What flows down a page. A flowable knows its height at a width, how to part at a page's end, and how to draw itself.

The protocol is ReportLab's (wrap, split, draw) with three changes: a height belongs to a width and is measured once; a
split is told how much a whole page holds, so that what is kept together knows when it cannot be; and space between two
flowables is the larger of the two, as in CSS.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..records import dataclass
from .canvas import TaggedCanvas, Tape

PLACES = 8  # where something was drawn, of which each has a tape


class Flowable:
    """Anything that flows. `before` and `after` are the spaces around it; `sticky` keeps it with what follows."""

    before: float = 0
    after: float = 0
    sticky: bool = False
    ruled: bool = True  # takes a rule above it in a grid that has rules
    kept: bool = False  # for other documents

    def height(self, width: float) -> float:
        """Points from top to bottom at that width; measured once, for nothing in a flowable changes."""
        known: dict[float, float] = self.__dict__.setdefault("_heights", {})
        if width not in known:
            known[width] = self.measure(width)
        return known[width]

    def measure(self, width: float) -> float:
        """The height at a width, for `height` to remember."""
        raise NotImplementedError

    def split(self, width: float, room: float, page: float) -> tuple[Flowable, Flowable] | None:  # noqa: ARG002
        """Two parts of which the first is at most `room` high, or None; `page` is what an empty page holds."""
        return None

    def roomier(self, points: float) -> Flowable:  # noqa: ARG002
        """The same with so much more height for each row of tables that are to be written in."""
        return self

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Paints with the top left corner at x, top."""
        raise NotImplementedError

    def paint(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draws it. What is kept is drawn once for a place, and then painted from a tape."""
        if not self.kept or canvas.records:
            self.draw(canvas, x, top, width)
            return
        tapes: dict[tuple[float, ...], Tape] = self.__dict__.setdefault("_tapes", {})
        place = (x, top, width, canvas.height)
        if place in tapes:
            canvas.play(tapes[place])
            return
        while len(tapes) >= PLACES:
            tapes.pop(next(iter(tapes)))
        tape: Tape = []
        with canvas.recording(tape):
            self.draw(canvas, x, top, width)
        tapes[place] = tape


@dataclass(eq=False, repr=False)
class Stack(Flowable):
    """Flowables under each other. `keep` holds them on one page where a page is high enough."""

    children: Sequence[Flowable]
    before: float = 0
    after: float = 0
    keep: bool = False
    sticky: bool = False

    def measure(self, width: float) -> float:
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

    def roomier(self, points: float) -> Flowable:
        children = [child.roomier(points) for child in self.children]
        same = all(new is old for new, old in zip(children, self.children, strict=True))
        return self if same else replace(self, children=children)

    def _parts(self, first: Sequence[Flowable], rest: Sequence[Flowable]) -> tuple[Flowable, Flowable]:
        return Stack(first, self.before, 0), Stack(rest, 0, self.after)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        for i, child in enumerate(self.children):
            top += self._gap(i) if i else 0
            child.paint(canvas, x, top, width)
            top += child.height(width)


@dataclass(eq=False, repr=False)
class Beside(Flowable):
    """Something at the left and a flowable beside it, whose text starts `indent` points in."""

    left: Flowable
    right: Flowable
    indent: float
    before: float = 0
    after: float = 0
    sticky: bool = False

    def measure(self, width: float) -> float:
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


@dataclass(eq=False, repr=False)
class Space(Flowable):
    """Nothing, of some height."""

    high: float

    def measure(self, width: float) -> float:  # noqa: ARG002
        return self.high

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        pass


@dataclass(eq=False, repr=False)
class Narrow(Flowable):
    """A flowable no wider than `most` points: lines that are too long tire the eye."""

    inner: Flowable
    most: float

    def __post_init__(self) -> None:
        self.before, self.after, self.sticky = self.inner.before, self.inner.after, self.inner.sticky

    def measure(self, width: float) -> float:
        return self.inner.height(min(width, self.most))

    def split(self, width: float, room: float, page: float) -> tuple[Flowable, Flowable] | None:
        parts = self.inner.split(min(width, self.most), room, page)
        return (Narrow(parts[0], self.most), Narrow(parts[1], self.most)) if parts else None

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        self.inner.draw(canvas, x, top, min(width, self.most))
