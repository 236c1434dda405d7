"""Lines to write on and boxes to tick, which are fields too where a file is to be filled in on a screen.

What is printed is the same either way: the page paints lines and squares, a field adds only what somebody enters.
"""

from __future__ import annotations

from ..records import dataclass
from .canvas import TaggedCanvas
from .flowables import Flowable
from .fonts import Faces
from .operators import RGB, Box
from .paths import rectangle
from .structure import LAYOUT, Element
from .styles import TextStyle
from .typeface import field_font
from .words import Words

LINE = 0.75  # points: the width of a line to write on
DROP = 3  # points from a label's baseline down to the line beside it
ROOM = 0.35  # of the width: what a line beside its label has at least, else it stands under it


@dataclass(eq=False, repr=False)
class TickBox(Flowable):
    """A square of `side` points to tick, drawn with its top left corner at x, top; `line` is its line's width.

    `form` is a Form element without content, a place in the reading order before or after the words that it belongs to.
    `tip` says what is ticked ("Day 1, Bird dog, set 2"), `name` is unique in the document. Where the box is not
    `fillable` nothing is added to `form`, and an element without content is not written.
    """

    form: Element
    name: str
    tip: str
    side: float
    line: float
    colour: RGB
    ink: RGB = (0.0, 0.0, 0.0)  # of the tick
    radius: float = 2
    fillable: bool = True
    before: float = 0
    after: float = 0

    def measure(self, width: float) -> float:  # noqa: ARG002
        return self.side

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:  # noqa: ARG002
        path = rectangle(canvas.height, x, top, self.side, self.side, self.radius)
        with canvas.owned(LAYOUT):
            canvas.shape(path, None, self.colour, self.line)
        if self.fillable:
            canvas.tick_box(self.form, self.name, self.tip, (x, top, x + self.side, top + self.side), self.ink)


@dataclass(frozen=True)
class _Plan:
    """Where lines to write on start: from the left, and the first one from the top; their label's width and top."""

    start: float
    first: float
    room: float = 0
    label: float = 0


@dataclass(eq=False, repr=False)
class FieldLine(Flowable):
    """Words and a line to write on at their right, or `lines` of them under each other; together one text field.

    `form` is a Form element without content that comes after the label's element; `tip` says what to write ("Your
    name"), `name` is unique in the document. `style` is that of typed words. `share` of the width belongs to the line,
    so that lines under each other start at one height; 0 starts it after the words. Several lines stand under their
    label unless they have a `share`; `spacing` is from line to line in points. `most` characters at most, if not 0.
    """

    label: Words | None
    form: Element
    name: str
    tip: str
    style: TextStyle
    faces: Faces
    colour: RGB
    lines: int = 1
    spacing: float = 0
    share: float = 0
    gap: float = 8  # points between label and line
    most: int = 0
    fillable: bool = True
    before: float = 0
    after: float = 0
    sticky: bool = False

    @property
    def _step(self) -> float:
        return max(self.spacing, self.style.leading)

    @property
    def _high(self) -> float:
        """From the top of the field to the first line."""
        return self.style.leading if self.lines == 1 else self._step

    def _plan(self, width: float) -> _Plan:
        if self.label is None:
            return _Plan(0, self._high)
        if self.share:
            start = width * (1 - self.share)
            return self._beside(self.label, start, start - self.gap)
        start = self.label.set_at(width)[-1].width + self.gap
        if self.lines == 1 and start <= width * (1 - ROOM):
            return self._beside(self.label, start, width)
        return _Plan(0, self.label.height(width) + self._high, width)

    def _beside(self, label: Words, start: float, room: float) -> _Plan:
        """A line that stands on the last line of its label; of several lines the first stands on its first."""
        rows = len(label.set_at(room)) if self.lines == 1 else 1
        drop = (rows - 1) * label.style.leading + label.style.baseline + DROP
        return _Plan(start, max(drop, self._high), room, max(0, self._high - drop))

    def measure(self, width: float) -> float:
        plan = self._plan(width)
        label = plan.label + self.label.height(plan.room) if self.label else 0
        return max(label, plan.first + (self.lines - 1) * self._step + LINE)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        plan = self._plan(width)
        if self.label:
            self.label.draw(canvas, x, top + plan.label, plan.room)
        rules = [top + plan.first + i * self._step for i in range(self.lines)]
        with canvas.owned(LAYOUT):
            for y in rules:
                canvas.rule(x + plan.start, y, x + width, y, LINE, self.colour)
        if self.fillable:
            self._field(canvas, (x + plan.start, rules[0] - self._high, x + width, rules[-1]))

    def _field(self, canvas: TaggedCanvas, box: Box) -> None:
        font, several = field_font(self.faces), self.lines > 1
        size = _on_rules(self.style.size, self._step, font.leading) if several else self.style.size
        canvas.text_field(
            self.form, self.name, self.tip, box, font, size, self.style.colour, multiline=several, most=self.most
        )


def _on_rules(size: float, spacing: float, leading: float) -> float:
    """The size nearest to `size` by which whole lines of typed words fill the spacing of ruled lines, so that no rule
    strikes words through; `size` itself where that would be more than an eighth away from it."""
    fitting = [spacing / count / leading for count in (1, 2, 3)]
    nearest = min(fitting, key=lambda candidate: abs(candidate - size))
    return nearest if abs(nearest - size) <= size / 8 else size
