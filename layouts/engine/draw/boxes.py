"""Boxes around words: the message panel and the callouts, told apart by outline, icon and word, not by colour."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from ..records import dataclass
from .canvas import TaggedCanvas
from .flowables import Flowable
from .icons import SIDE, icon
from .operators import RGB
from .paths import bubble, chamfered, rectangle
from .structure import LAYOUT
from .styles import BoxStyle

Outline = Literal["panel", "do", "ask", "stop", "note"]


@dataclass(eq=False, repr=False)
class Box(Flowable):
    """A frame with a flowable inside; its icon stands beside the title, or beside the words where there is no title."""

    inner: Flowable
    style: BoxStyle
    outline: Outline
    icon_colour: RGB = (0, 0, 0)
    ground: RGB = (1, 1, 1)
    solid: bool = True
    title: Flowable | None = None
    title_gap: float = 0
    before: float = 0
    after: float = 0
    tail: bool = False
    icon_drop: float = 0  # so far under the top of the words stands the icon

    @property
    def _icon_room(self) -> float:
        return self.style.icon_size * 1.4 if self.style.icon else 0

    def _inside(self, width: float) -> float:
        return width - 2 * self.style.inset - (0 if self.title else self._icon_room)

    def _head(self, width: float) -> float:
        if self.title is None:
            return 0
        return max(self.title.height(self._inside(width) - self._icon_room), self.style.icon_size) + self.title_gap

    def measure(self, width: float) -> float:
        body = self._head(width) + self.inner.height(self._inside(width))
        return 2 * self.style.pad + max(body, self.style.icon_size if self.style.icon else 0)

    def split(self, width: float, room: float, page: float) -> tuple[Flowable, Flowable] | None:
        if self.height(width) <= page:
            return None  # a box parts only when no page can hold it
        parts = self.inner.split(self._inside(width), room - 2 * self.style.pad - self._head(width), page)
        if not parts:
            return None
        first = replace(self, inner=parts[0], after=0)
        return first, replace(
            self, inner=parts[1], title=None, style=replace(self.style, icon=""), before=0, tail=False
        )

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        style, height = self.style, self.height(width)
        with canvas.owned(LAYOUT):
            self._outline(canvas, x, top, width, height)
        y, left = top + style.pad, x + style.inset
        if style.icon:
            with canvas.owned(LAYOUT):
                ops = icon(style.icon, self.icon_colour, self.ground, solid=self.solid)
                canvas.operators(left, y + self.icon_drop + style.icon_size, style.icon_size / SIDE, ops)
        if self.title is not None:
            space = self._inside(width) - self._icon_room
            high = self.title.height(space)
            self.title.draw(canvas, left + self._icon_room, y + max(0, (style.icon_size - high) / 2), space)
            y += self._head(width)
        elif style.icon:
            left += self._icon_room
            y += max(0, (style.icon_size - self.inner.height(self._inside(width))) / 2)
        self.inner.draw(canvas, left, y, self._inside(width))

    def _outline(self, canvas: TaggedCanvas, x: float, top: float, width: float, height: float) -> None:
        style, h, line = self.style, canvas.height, self.style.width
        if self.outline == "panel":
            if style.stroke:
                inner = (x + line / 2, top + line / 2, width - line, height - line)
                canvas.shape(rectangle(h, *inner, style.radius), style.fill, style.stroke, line)
            elif style.fill:
                canvas.shape(rectangle(h, x, top, width, height, style.radius), style.fill)
            elif style.rules and style.rule_colour:
                for y in (top + style.rules / 2, top + height - style.rules / 2):
                    canvas.rule(x, y, x + width, y, style.rules, style.rule_colour)
            elif style.stroke:
                inner = (x + line / 2, top + line / 2, width - line, height - line)
                canvas.shape(rectangle(h, *inner, style.radius), None, style.stroke, line)
            return
        if self.outline == "note":
            if style.fill:
                canvas.shape(rectangle(h, x, top, width, height, 0), style.fill)
            if style.stroke:
                canvas.shape(rectangle(h, x, top, line, height, 0), style.stroke)
            return
        x, top, width, height = x + line / 2, top + line / 2, width - line, height - line
        if self.outline == "stop":
            path = chamfered(h, x, top, width, height, style.cut)
        elif self.outline == "ask" and self.tail:
            path = bubble(h, x, top, width, height, style.radius, min(34, height / 2))
        else:
            path = rectangle(h, x, top, width, height, style.radius)
        canvas.shape(path, style.fill, style.stroke, line)
