"""Flowables that show instead of tell: photographs, QR codes and lines to write on."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from ..cache import kept
from ..figures.panel import Panel
from ..records import dataclass
from .canvas import TaggedCanvas
from .flowables import Flowable, Stack
from .icons import SIDE, icon
from .images import RasterImage, VectorImage
from .operators import RGB, numbers
from .qr import QUIET, qr_operators
from .structure import LAYOUT, Element
from .words import Words

SMALLER = 0.85  # times a drawing's size at which it stands in its column: below that its panels part


@dataclass(eq=False, repr=False)
class PhotoFlow(Flowable):
    """A photograph with a caption under it; `wide` and `high` in points."""

    image: RasterImage
    element: Element
    wide: float
    high: float
    caption: Words | None = None
    gap: float = 6
    before: float = 0
    after: float = 0

    def _size(self, width: float) -> tuple[float, float]:
        """Width and height on paper: less than wished for in a narrow column."""
        scale = min(1, width / self.wide)
        return self.wide * scale, self.high * scale

    def measure(self, width: float) -> float:
        return self._size(width)[1] + (self.gap + self.caption.height(width) if self.caption else 0)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        wide, high = self._size(width)
        with canvas.owned(self.element):
            canvas.picture(_key(self.image.data), image_object(self.image), x, top + high, wide, high)
        canvas.place(self.element, (x, top, x + wide, top + high))
        if self.caption:
            self.caption.draw(canvas, x, top + high + self.gap, width)


def width_of(panels: Sequence[Panel], gap: float) -> float:
    """Points that panels side by side take as they are painted, with `gap` between them."""
    return sum(panel.width for panel in panels) + gap * (len(panels) - 1)


@dataclass(eq=False, repr=False)
class Drawing(Flowable):
    """The panels of an exercise's drawing side by side, or `stacked` under each other; smaller where they would be
    wider than their column."""

    key: str
    panels: tuple[Panel, ...]
    element: Element
    gap: float = 8
    caption: Words | None = None
    stacked: bool = False
    before: float = 0
    after: float = 0

    @property
    def wide(self) -> float:
        """The panels' width in points as they are painted."""
        return max(panel.width for panel in self.panels) if self.stacked else width_of(self.panels, self.gap)

    @property
    def _high(self) -> float:
        if not self.stacked:
            return self.panels[0].height
        return sum(panel.height for panel in self.panels) + self.gap * (len(self.panels) - 1)

    def _scale(self, width: float) -> float:
        return min(1.0, width / self.wide)

    def measure(self, width: float) -> float:
        return self._high * self._scale(width) + (self.caption.height(width) if self.caption else 0)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        scale = self._scale(width)
        left, down = 0.0, 0.0
        with canvas.owned(self.element):
            for number, panel in enumerate(self.panels):
                form = form_object(VectorImage(panel.operators, panel.width, panel.height))
                wide, high = panel.width * scale, panel.height * scale
                canvas.picture(f"{self.key}-{number}", form, x + left, top + down + high, wide, high)
                if self.stacked:
                    down += high + self.gap * scale
                else:
                    left += wide + self.gap * scale
        wide, high = self.wide * scale, self._high * scale
        canvas.place(self.element, (x, top, x + wide, top + high))
        if self.caption:
            self.caption.draw(canvas, x, top + high, width)


def lies(panels: Sequence[Panel]) -> bool:
    """Whether several panels are each wider than high, so that they may stand under each other."""
    return len(panels) > 1 and all(panel.width > panel.height for panel in panels)


def parted(panels: Sequence[Panel], width: float) -> bool:
    """Whether people who lie stand one above the other in a column: side by side they would be much smaller than all
    others."""
    return lies(panels) and width_of(panels, Drawing.gap) * SMALLER > width


@dataclass(eq=False, repr=False)
class Illustrated(Flowable):
    """Words with a drawing at their right, or under them with its caption: as takes the least height."""

    words: Flowable
    drawing: Drawing
    gap: float
    under: float  # from the words to a drawing under them
    share: float = 0.32  # of the width, at most, for a drawing at the right
    before: float = 0
    after: float = 0

    def _beside(self, width: float) -> Drawing | None:
        """The drawing as it stands at the right; None where it stands under the words."""
        bare = replace(self.drawing, caption=None)
        ways = [bare, *([replace(bare, stacked=True)] if lies(bare.panels) else [])]
        heights = [(self._height_beside(way, width), way) for way in ways if way.wide <= width * self.share]
        high, best = min(heights, key=lambda one: one[0], default=(0.0, None))
        return best if best and high <= self._height_under(width) else None

    def _height_beside(self, drawing: Drawing, width: float) -> float:
        return max(self.words.height(width - drawing.wide - self.gap), drawing.height(drawing.wide))

    def _height_under(self, width: float) -> float:
        return self.words.height(width) + self.under + self._below(width).height(width)

    def _below(self, width: float) -> Drawing:
        """The drawing as it stands under the words."""
        return replace(self.drawing, stacked=parted(self.drawing.panels, width))

    def measure(self, width: float) -> float:
        beside = self._beside(width)
        return self._height_beside(beside, width) if beside else self._height_under(width)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        beside = self._beside(width)
        if beside:
            space = width - beside.wide - self.gap
            self.words.draw(canvas, x, top, space)
            beside.draw(canvas, x + space + self.gap, top, beside.wide)
            return
        self.words.draw(canvas, x, top, width)
        self._below(width).draw(canvas, x, top + self.words.height(width) + self.under, width)


@dataclass(eq=False, repr=False)
class QrFlow(Flowable):
    """A QR code with what it opens beside it, or under it where a column is narrow."""

    target: str
    element: Element
    side: float
    words: Stack
    before: float = 0
    after: float = 0

    @property
    def _white(self) -> float:
        return self.side * QUIET

    def _under(self, width: float) -> bool:
        return width < 2.6 * self.side

    def measure(self, width: float) -> float:
        if self._under(width):
            return self.side + self._white + self.words.height(width)
        return max(self.side, self.words.height(width - self.side - self._white))

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        with canvas.owned(self.element):
            canvas.operators(x, top + self.side, self.side, qr_operators(self.target))
        canvas.place(self.element, (x, top, x + self.side, top + self.side))
        if self._under(width):
            self.words.draw(canvas, x, top + self.side + self._white, width)
            return
        left = self.side + self._white
        space = width - left
        self.words.draw(canvas, x + left, top + max(0, (self.side - self.words.height(space)) / 2), space)


@dataclass(eq=False, repr=False)
class WriteInFlow(Flowable):
    """A pen, a heading and lines to write on."""

    title: Words
    lines: int
    spacing: float
    colour: RGB
    pen: RGB
    icon: float
    before: float = 0
    after: float = 0

    def measure(self, width: float) -> float:  # noqa: ARG002
        return self.title.style.leading + (self.lines - 1) * self.spacing + 4

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        leading = self.title.style.leading
        inset = self.icon * 1.5
        with canvas.owned(LAYOUT):
            ops = icon("pen", self.pen, (1, 1, 1), solid=False)
            canvas.operators(x, top + leading / 2 + self.icon / 2, self.icon / SIDE, ops)
        self.title.draw(canvas, x + inset, top, width - inset)
        start = x + inset + self.title.set_at(width - inset)[0].width + 12
        y = top + self.title.style.baseline + 3
        with canvas.owned(LAYOUT):
            canvas.rule(start, y, x + width, y, 0.75, self.colour)
            for i in range(1, self.lines):
                canvas.rule(x, y + i * self.spacing, x + width, y + i * self.spacing, 0.75, self.colour)


def image_object(image: RasterImage) -> bytes:
    """The image XObject's stream object."""
    head = (
        f"<</Type/XObject/Subtype/Image/Width {image.width}/Height {image.height}/BitsPerComponent 8"
        f"/ColorSpace/{image.colour_space}/Filter/{image.filter}/Length {len(image.data)}>>\nstream\n"
    )
    return head.encode() + image.data + b"\r\nendstream\n"


@lru_cache(maxsize=128)
def form_object(image: VectorImage) -> bytes:
    """The form XObject's stream object, its matrix bringing it to a unit square."""
    key = zlib.ZLIB_RUNTIME_VERSION.encode() + image.operators
    packed = kept("form", key, lambda: zlib.compress(image.operators, 9))  # of a drawing it takes 4 ms
    head = (
        f"<</Type/XObject/Subtype/Form/BBox[0 0 {numbers(image.width, image.height)}]/Resources<<>>"
        f"/Matrix[{1 / image.width:.8f} 0 0 {1 / image.height:.8f} 0 0]"
        f"/Filter/FlateDecode/Length {len(packed)}>>\nstream\n"
    )
    return head.encode() + packed + b"\r\nendstream\n"


def _key(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]
