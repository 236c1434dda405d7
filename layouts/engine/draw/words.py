"""Words on paper: paragraphs and headings with their links, and the marks before the items of a list."""

from __future__ import annotations

from ..merge.blocks import Span
from ..records import dataclass
from .canvas import TaggedCanvas
from .flowables import Flowable
from .fonts import Faces
from .operators import RGB
from .paths import rectangle
from .structure import LAYOUT, Element
from .styles import TextStyle
from .text import Fragment, SetLine, set_lines, words_width

FEWEST_LINES = 2  # of a paragraph, before and after a page's end


@dataclass(eq=False, repr=False)
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

    def set_at(self, width: float) -> tuple[SetLine, ...]:
        """The lines at a width."""
        if self.lines is not None:
            return self.lines
        known: dict[float, tuple[SetLine, ...]] = self.__dict__.setdefault("_lines", {})
        if width not in known:
            known[width] = set_lines(self.spans, self.style, self.faces, width)
        return known[width]

    def measure(self, width: float) -> float:
        return len(self.set_at(width)) * self.style.leading

    def split(self, width: float, room: float, page: float) -> tuple[Flowable, Flowable] | None:  # noqa: ARG002
        lines = self.set_at(width)
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
        return Words(
            self.spans, self.style, self.faces, self.element, before, after, False, bookmark, lines, self.links
        )

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        links = self.links if self.links is not None else {}
        if self.bookmark:
            canvas.bookmark(self.element, self.bookmark, top - self.style.leading)
        for number, line in enumerate(self.set_at(width)):
            baseline = top + number * self.style.leading + self.style.baseline
            at = x
            for index, fragment in enumerate(line.fragments):
                if line.places:
                    at = x + line.places[index]
                if self.spans[fragment.span].href:
                    self._draw_link(canvas, links, fragment, at, baseline)
                else:
                    with canvas.owned(self.element):
                        self._put(canvas, fragment, at, baseline)
                at += words_width(fragment.text, fragment.font, self.style, self.faces)

    def _put(self, canvas: TaggedCanvas, fragment: Fragment, at: float, y: float) -> None:
        runs = self.faces.runs(fragment.text, fragment.font, fragment.level)
        canvas.words(at, y, runs, self.style.size, self.style.colour, self.style.tracking)

    def _draw_link(
        self, canvas: TaggedCanvas, links: dict[int, Element], fragment: Fragment, at: float, y: float
    ) -> None:
        """The words of a link, its line (by which print tells it), and the area that can be clicked."""
        href, size = self.spans[fragment.span].href, self.style.size
        link = links.get(fragment.span)
        if link is None:
            link = links[fragment.span] = Element("Link", self.element)
        canvas.hold(self.element, link)
        with canvas.owned(link):
            self._put(canvas, fragment, at, y)
        end = at + words_width(fragment.text.rstrip(" "), fragment.font, self.style, self.faces)
        with canvas.owned(LAYOUT):
            canvas.rule(at, y + 0.16 * size, end, y + 0.16 * size, 0.75, self.style.colour)
        canvas.link(link, href, self.spans[fragment.span].text, (at, y - 0.8 * size, end, y + 0.25 * size))


@dataclass(eq=False, repr=False)
class Bullet(Flowable):
    """A square before an item, on its first line; `tick` makes it a box to tick."""

    style: TextStyle
    side: float
    colour: RGB
    tick: float = 0  # line width of a box to tick; 0 is a solid square
    solid: bool = True

    def measure(self, width: float) -> float:  # noqa: ARG002
        return self.style.leading

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:  # noqa: ARG002
        middle = top + self.style.baseline - self.style.size * 0.34
        y = middle - self.side / 2
        with canvas.owned(LAYOUT):
            if self.tick:
                canvas.shape(rectangle(canvas.height, x, y, self.side, self.side, 2), None, self.colour, self.tick)
            else:
                canvas.shape(rectangle(canvas.height, x, y, self.side, self.side), self.colour)
