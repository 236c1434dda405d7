"""A card that folds to the size of a wallet, and the pictures that show how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .canvas import TaggedCanvas
from .cards import ENDLESS
from .figures import form_object, image_object
from .flowables import Flowable
from .icons import SIDE, icon
from .images import RasterImage, VectorImage
from .operators import RGB, Box
from .paths import polygon, rectangle
from .structure import LAYOUT
from .words import Words

WIDE, HIGH = 243.0, 153.0  # points of a panel: ISO/IEC 7810 ID-1, as bank cards are
PER_PANEL = 2  # exercises
CUT, FOLD = (5.0, 4.0), (0.01, 3.6)  # dashes along which to cut, dots along which to fold
SCISSORS = 22  # points


@dataclass(eq=False, repr=False)
class Front(Flowable):
    """The clinic's logo and name at the top, the programme at the foot. Its height is a panel's; `needs` is its own."""

    brand: Flowable
    title: Flowable
    logo: VectorImage | RasterImage | None
    mark: float  # height of the logo
    gap: float

    def _start(self) -> float:
        """Where the name starts: behind the logo."""
        if not self.logo:
            return 0
        return min(self.mark * self.logo.width / self.logo.height, WIDE / 3) + self.gap

    def measure(self, width: float) -> float:
        return max(self.brand.height(width - self._start()), self.mark) + self.gap + self.title.height(width)

    def draw_in(self, canvas: TaggedCanvas, x: float, top: float, width: float, high: float) -> None:
        """Paints in a space so high."""
        start = self._start()
        if self.logo:
            wide = start - self.gap
            tall = wide * self.logo.height / self.logo.width
            data = form_object(self.logo) if isinstance(self.logo, VectorImage) else image_object(self.logo)
            with canvas.owned(LAYOUT):
                canvas.picture("Logo", data, x, top + (self.mark + tall) / 2, wide, tall)
        words = self.brand.height(width - start)
        self.brand.draw(canvas, x + start, top + max(0, (self.mark - words) / 2), width - start)
        self.title.draw(canvas, x, top + high - self.title.height(width), width)


@dataclass(eq=False, repr=False)
class Back(Flowable):
    """When to get help at the top, whom to call at the foot, a line between."""

    sign: str  # operators of an icon
    icon: float
    title: Flowable
    text: Flowable
    contact: Flowable
    gap: float
    line: tuple[float, RGB]

    def _head(self, width: float) -> float:
        return max(self.icon, self.title.height(width - self.icon - self.gap))

    def measure(self, width: float) -> float:
        return self._head(width) + self.text.height(width) + self.contact.height(width) + 2.5 * self.gap

    def draw_in(self, canvas: TaggedCanvas, x: float, top: float, width: float, high: float) -> None:
        """Paints in a space so high."""
        head, start = self._head(width), self.icon + self.gap
        with canvas.owned(LAYOUT):
            canvas.operators(x, top + (head + self.icon) / 2, self.icon / SIDE, self.sign)
        self.title.draw(canvas, x + start, top + (head - self.title.height(width - start)) / 2, width - start)
        self.text.draw(canvas, x, top + head + self.gap / 2, width)
        foot = top + high - self.contact.height(width)
        with canvas.owned(LAYOUT):
            canvas.rule(x, foot - self.gap, x + width, foot - self.gap, *self.line)
        self.contact.draw(canvas, x, foot, width)


@dataclass(eq=False, repr=False)
class Exercise(Flowable):
    """Half a panel: number, name and dose at the left, the drawing at the right."""

    number: Words
    name: Words
    dose: Flowable
    drawing: Flowable | None
    indent: float
    share: float  # of the width, for the drawing
    gap: float

    def _words(self, width: float) -> float:
        return width * (1 - self.share) - self.gap - self.indent

    def measure(self, width: float) -> float:
        words = self.name.height(self._words(width)) + self.dose.height(self._words(width))
        return max(words, self.drawing.height(width * self.share) if self.drawing else 0)

    def draw_in(self, canvas: TaggedCanvas, x: float, top: float, width: float, high: float) -> None:
        """Paints in the middle of a space so high."""
        wide = self._words(width)
        name = self.name.height(wide)
        y = top + (high - name - self.dose.height(wide)) / 2
        self.number.draw(canvas, x, y, self.indent)
        self.name.draw(canvas, x + self.indent, y, wide)
        self.dose.draw(canvas, x + self.indent, y + name, wide)
        if self.drawing:
            room = width * self.share
            self.drawing.draw(canvas, x + width - room, top + (high - self.drawing.height(room)) / 2, room)


@dataclass(eq=False, repr=False)
class PocketCard(Flowable):
    """Four panels: the front at the lower right, the back at its left, exercises above both, standing on their heads:
    folded twice the card is as large as a panel, its front in front. What a panel has no room for makes it endlessly
    high, so that it fits no page."""

    front: Front
    exercises: Sequence[Exercise]
    back: Back
    pad: float
    tint: RGB
    ink: RGB
    hair: tuple[float, RGB]
    ground: RGB
    before: float = 0
    after: float = 0

    def _fits(self) -> bool:
        wide, high = WIDE - 2 * self.pad, HIGH - 2 * self.pad
        half = high / PER_PANEL - self.pad / 2
        return (
            len(self.exercises) <= 2 * PER_PANEL
            and max(self.front.height(wide), self.back.height(wide)) <= high
            and all(exercise.height(wide) <= half for exercise in self.exercises)
        )

    def measure(self, width: float) -> float:  # noqa: ARG002
        return SCISSORS / 2 + 2 * HIGH if self._fits() else ENDLESS

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:  # noqa: ARG002
        top += SCISSORS / 2
        wide, high = WIDE - 2 * self.pad, HIGH - 2 * self.pad
        with canvas.owned(LAYOUT):
            canvas.shape(rectangle(canvas.height, x + WIDE, top + HIGH, WIDE, HIGH), self.tint)
        self.front.draw_in(canvas, x + WIDE + self.pad, top + HIGH + self.pad, wide, high)
        for panel, left in enumerate((x + WIDE, x)):
            exercises = self.exercises[panel * PER_PANEL : (panel + 1) * PER_PANEL]
            with canvas.turned((left, top, left + WIDE, top + HIGH)):
                self._panel(canvas, exercises, left + self.pad, top + self.pad, wide, high)
        self.back.draw_in(canvas, x + self.pad, top + HIGH + self.pad, wide, high)
        with canvas.owned(LAYOUT):
            self._lines(canvas, x, top)

    def _panel(
        self, canvas: TaggedCanvas, exercises: Sequence[Exercise], x: float, top: float, wide: float, high: float
    ) -> None:
        half = (high - self.pad) / PER_PANEL
        for i, exercise in enumerate(exercises):
            y = top + i * (half + self.pad)
            if i:
                with canvas.owned(LAYOUT):
                    canvas.rule(x, y - self.pad / 2, x + wide, y - self.pad / 2, *self.hair)
            exercise.draw_in(canvas, x, y, wide, half)

    def _lines(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Dots to fold along, dashes to cut along, and scissors on them."""
        right, foot = x + 2 * WIDE, top + 2 * HIGH
        canvas.rule(x, top + HIGH, right, top + HIGH, 1.1, self.ink, FOLD, 1)
        canvas.rule(x + WIDE, top, x + WIDE, foot, 1.1, self.ink, FOLD, 1)
        _dashes(canvas, (x, top, right, foot), 1, self.ink)
        scissors(canvas, x + 24, top, self.ink, self.ground)


def _dashes(canvas: TaggedCanvas, box: Box, thick: float, ink: RGB) -> None:
    """The edges of a box, to cut along."""
    x0, y0, x1, y1 = box
    for a, b, c, d in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
        canvas.rule(a, b, c, d, thick, ink, CUT)


def scissors(canvas: TaggedCanvas, x: float, y: float, ink: RGB, ground: RGB) -> None:
    """Scissors that cut to the right, on a line at height y."""
    canvas.operators(x, y + SCISSORS / 2, SCISSORS / SIDE, icon("cut", ink, ground, solid=False))


@dataclass(eq=False, repr=False)
class Fold(Flowable):
    """A picture of what to do, and the number and the words of it."""

    picture: str
    number: Words
    words: Words
    indent: float
    line: tuple[float, RGB]
    shade: RGB
    ground: RGB
    wide: float = 122  # of the card in the picture
    high: float = 77
    gap: float = 12

    def measure(self, width: float) -> float:
        return self.high + self.gap + max(self.number.height(width), self.words.height(width - self.indent))

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        with canvas.owned(LAYOUT):
            _PICTURES[self.picture](self, canvas, (x + 1, top, x + 1 + self.wide, top + self.high))
        y = top + self.high + self.gap
        self.number.draw(canvas, x, y, self.indent)
        self.words.draw(canvas, x + self.indent, y, width - self.indent)

    def _cut(self, canvas: TaggedCanvas, box: Box) -> None:
        """A card on its paper, cut out."""
        x0, y0, x1, y1 = box
        y0 += SCISSORS / 2
        thick, ink = self.line
        _dashes(canvas, (x0, y0, x1, y1), thick, ink)
        scissors(canvas, x0 + 12, y0, ink, self.ground)

    def _back(self, canvas: TaggedCanvas, box: Box) -> None:
        """The upper half leans back."""
        x0, y0, x1, y1 = box
        middle = (y0 + y1) / 2 + 2
        thick, ink = self.line
        lid = [(x0, middle), (x0 + 10, y0 + 10), (x1 - 10, y0 + 10), (x1, middle)]
        canvas.shape(polygon(canvas.height, lid), self.shade, ink, thick)
        canvas.shape(rectangle(canvas.height, x0, middle, x1 - x0, y1 - middle), self.ground, ink, thick)

    def _book(self, canvas: TaggedCanvas, box: Box) -> None:
        """The left half swings to the right."""
        x0, y0, x1, y1 = box
        high, middle = (y1 - y0) * 0.55, (x0 + x1) / 2
        top = y1 - high - 6
        thick, ink = self.line
        leaf = [(middle, top), (x0 + 12, top - 7), (x0 + 12, y1), (middle, y1 - 6)]
        canvas.shape(rectangle(canvas.height, middle, top, x1 - middle, high), self.ground, ink, thick)
        canvas.shape(polygon(canvas.height, leaf), self.shade, ink, thick)


_PICTURES = {"cut": Fold._cut, "back": Fold._back, "book": Fold._book}
