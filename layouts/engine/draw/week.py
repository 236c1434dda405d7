"""A diary's table on paper: a column for each day, rows of boxes and numbers, and the head of its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .canvas import TaggedCanvas
from .cards import ENDLESS
from .flowables import Flowable
from .forms import TickBox
from .operators import RGB
from .paths import rectangle
from .structure import LAYOUT, Element
from .styles import TextStyle
from .typeface import FieldFont
from .words import Words

Line = tuple[float, RGB]  # thickness in points, colour


@dataclass(eq=False, repr=False)
class WeekTable(Flowable):
    """Rows whose first cell is `first` points wide and whose others, one a day, share the rest of the width.

    The first row is repeated, as an artifact, where the table goes on on another page. `foot` stands under the last
    row, on its page.
    """

    rows: Sequence[Sequence[Flowable]]
    first: float
    pad: float
    rule: Line  # under the headings, around the scale, at the end
    grid: Line  # between rows and between days
    scale: bool = False  # the last row is the scale
    foot: Flowable | None = None
    head_done: bool = False
    before: float = 0
    after: float = 0

    def columns(self, width: float) -> list[tuple[float, float]]:
        """Each cell's left edge and width."""
        days = len(self.rows[0]) - 1
        wide = (width - self.first) / days
        return [(0, self.first), *((self.first + i * wide, wide) for i in range(days))]

    def _row(self, index: int, width: float) -> float:
        pad = self.pad if index else self.pad / 2
        return 2 * pad + max(cell.height(w) for cell, (_, w) in zip(self.rows[index], self.columns(width), strict=True))

    def _foot(self, width: float) -> float:
        return self.foot.before + self.foot.height(width) if self.foot else 0

    def measure(self, width: float) -> float:
        return sum(self._row(i, width) for i in range(len(self.rows))) + self._foot(width)

    def split(self, width: float, room: float, page: float) -> tuple[Flowable, Flowable] | None:  # noqa: ARG002
        used, last = 0.0, len(self.rows) - 1
        for i in range(len(self.rows)):
            used += self._row(i, width) + (self._foot(width) if i == last else 0)
            if used > room + 0.01:
                if i < 2:
                    return None
                rest = replace(self, rows=[self.rows[0], *self.rows[i:]], before=0, head_done=True)
                return replace(self, rows=self.rows[:i], scale=False, foot=None, after=0), rest
        return None

    def roomier(self, points: float) -> Flowable:
        return replace(self, pad=self.pad + points / 2)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        columns, start, last = self.columns(width), top, len(self.rows) - 1
        for i, row in enumerate(self.rows):
            high = self._row(i, width)
            if i:
                strong = i == 1 or (self.scale and i == last)
                with canvas.owned(LAYOUT):
                    canvas.rule(x, top, x + width, top, *(self.rule if strong else self.grid))
            if i == 0 and self.head_done:
                with canvas.owned(LAYOUT):
                    self._cells(canvas, row, columns, x, top, high)
            else:
                self._cells(canvas, row, columns, x, top, high)
            top += high
        with canvas.owned(LAYOUT):
            canvas.rule(x, top, x + width, top, *self.rule)
            for left, _ in columns[2:]:
                canvas.rule(x + left, start, x + left, top, *self.grid)
        if self.foot:
            self.foot.draw(canvas, x, top + self.foot.before, width)

    @staticmethod
    def _cells(
        canvas: TaggedCanvas,
        row: Sequence[Flowable],
        columns: Sequence[tuple[float, float]],
        x: float,
        top: float,
        high: float,
    ) -> None:
        """The cells of a row, each in the middle of its height."""
        for cell, (left, wide) in zip(row, columns, strict=True):
            cell.draw(canvas, x + left, top + (high - cell.height(wide)) / 2, wide)


@dataclass(eq=False, repr=False)
class Middle(Flowable):
    """Words on one line in the middle of their cell."""

    words: Words

    def measure(self, width: float) -> float:
        return self.words.height(width)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        wide = self.words.set_at(width)[0].width
        self.words.draw(canvas, x + (width - wide) / 2, top, width)


@dataclass(eq=False, repr=False)
class Boxes(Flowable):
    """Boxes of one day: two abreast where the column is wide enough, else one below the other."""

    boxes: Sequence[TickBox | NumberBox]
    gap: float

    def _abreast(self, width: float) -> int:
        return 2 if len(self.boxes) > 1 and 2 * self.boxes[0].side + self.gap <= width - self.gap else 1

    def measure(self, width: float) -> float:
        if not self.boxes:
            return 0
        rows = -(-len(self.boxes) // self._abreast(width))
        return rows * self.boxes[0].side + (rows - 1) * self.gap

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        if not self.boxes:
            return
        abreast, side = self._abreast(width), self.boxes[0].side
        wide = min(abreast, len(self.boxes)) * side + (abreast - 1) * self.gap
        for i, box in enumerate(self.boxes):
            row, column = divmod(i, abreast)
            step = side + self.gap
            box.draw(canvas, x + (width - wide) / 2 + column * step, top + row * step, side)


@dataclass(eq=False, repr=False)
class NumberBox(Flowable):
    """A box `side` points wide, its lower edge stronger, to write a number of two digits into; a field on a screen."""

    form: Element
    name: str
    tip: str
    side: float
    line: float
    colour: RGB
    style: TextStyle  # of what is typed
    font: FieldFont | None  # None where there are no fields

    def measure(self, width: float) -> float:  # noqa: ARG002
        return self.side

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:  # noqa: ARG002
        with canvas.owned(LAYOUT):
            path = rectangle(canvas.height, x, top, self.side, self.side, self.side / 2)
            canvas.shape(path, None, self.colour, self.line)
        if self.font:
            size = min(self.style.size, self.side * 0.62)
            box = (x, top, x + self.side, top + self.side)
            canvas.text_field(self.form, self.name, self.tip, box, self.font, size, self.style.colour, most=2)


@dataclass(eq=False, repr=False)
class Digits(Flowable):
    """Numbers under each other, `step` points apart, in the middle of their column."""

    words: Sequence[Words]
    step: float

    def measure(self, width: float) -> float:  # noqa: ARG002
        return self.step * len(self.words)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        for words in self.words:
            wide = words.set_at(ENDLESS)[0].width
            words.draw(canvas, x + (width - wide) / 2, top + (self.step - words.style.leading) / 2, wide + 1)
            top += self.step


@dataclass(eq=False, repr=False)
class ScaleHead(Flowable):
    """What heads a scale: its title and words at the left, at the right what its first and its last number mean."""

    title: Words
    text: Flowable
    worst: Words
    least: Words
    gap: float  # between title and words, and from the right edge
    step: float = 0  # of the numbers beside it
    count: int = 11

    def _title_top(self, width: float) -> float:
        """The title stands beside "worst", or below where both have no room on a line."""
        both = self.title.set_at(ENDLESS)[0].width + self.worst.set_at(ENDLESS)[0].width
        return 0 if both + 3 * self.gap <= width else self.worst.style.leading + self.gap

    def measure(self, width: float) -> float:
        return max(self.needs(width), self.step * self.count)

    def needs(self, width: float) -> float:
        """The height of the words alone."""
        head = self._title_top(width) + self.title.height(width) + self.gap
        return head + self.text.height(width - 2 * self.gap) + self.gap + self.least.style.leading

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        high, y = self.measure(width), top + self._title_top(width)
        self.title.draw(canvas, x, y, width)
        y += self.title.height(width) + self.gap
        self.text.draw(canvas, x, y, width - 2 * self.gap)
        for words, middle in ((self.worst, top + self.step / 2), (self.least, top + high - self.step / 2)):
            wide = words.set_at(ENDLESS)[0].width
            words.draw(canvas, x + width - wide - self.gap, middle - words.style.leading / 2, wide + 1)


@dataclass(eq=False, repr=False)
class TopFlow(Flowable):
    """A title with words at the left and something at the right, both with their feet on one line."""

    left: Flowable
    right: Flowable
    gutter: float
    shares: tuple[float, float]
    snug: Sequence[Words] = ()  # what the right is made of, where it is no wider than its words
    before: float = 0
    after: float = 0

    def _wide(self, width: float) -> tuple[float, float]:
        free, (a, b) = width - self.gutter, self.shares
        right = free * b / (a + b)
        lines = [line for words in self.snug for line in words.set_at(right)]
        right = max((line.width for line in lines), default=right) + (1 if lines else 0)
        return free - right, right

    def measure(self, width: float) -> float:
        left, right = self._wide(width)
        return max(self.left.height(left), self._right(right))

    def _right(self, width: float) -> float:
        return sum(words.height(width) for words in self.snug) if self.snug else self.right.height(width)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        left, right = self._wide(width)
        foot = top + self.height(width)
        self.left.draw(canvas, x, foot - self.left.height(left), left)  # what is read first
        y = foot - self._right(right)
        if not self.snug:
            self.right.draw(canvas, x + width - right, y, right)
        for words in self.snug:
            wide = max(line.width for line in words.set_at(right))
            words.draw(canvas, x + width - wide, y, right)
            y += words.height(right)
