"""Cards: an exercise each, with slots that stand level in a row; and the small things that stand on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace

from ..records import dataclass
from .canvas import TaggedCanvas
from .flowables import Flowable, Space, Stack
from .grid import edges
from .icons import SIDE, icon
from .operators import RGB
from .structure import HEADER, LAYOUT
from .text import SetLine
from .words import Words

ENDLESS = 10_000  # a width on which words stand on one line
Slots = Sequence[tuple[str, Flowable]]


@dataclass(eq=False, repr=False)
class Column(Flowable):
    """Slots under each other; `least` are heights that slots take at least, so that neighbours stand level."""

    slots: Slots
    gap: float
    least: Mapping[str, float] = field(default_factory=dict)
    extra: float = 0  # room around the drawing

    def heights(self, width: float) -> dict[str, float]:
        """Each slot's own height."""
        return {name: slot.height(width) for name, slot in self.slots}

    def measure(self, width: float) -> float:
        total = sum(max(slot.height(width), self.least.get(name, 0)) for name, slot in self.slots)
        return total + self.extra + self.gap * max(0, len(self.slots) - 1)

    def split(self, width: float, room: float, page: float) -> tuple[Flowable, Flowable] | None:
        last = len(self.slots) - 2  # what comes before the last slot stays with it, for boxes alone tell nothing
        parts = [Stack([slot], after=self.gap, sticky=i == last) for i, (_, slot) in enumerate(self.slots)]
        return Stack(parts).split(width, room, page)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        for name, slot in self.slots:
            own = slot.height(width)
            high = max(own, self.least.get(name, 0))
            drawn = name == "figure"
            extra = self.extra if drawn else 0
            down = high - own + extra / 2 if drawn else 0  # figures share their floor
            slot.draw(canvas, x, top + down, width)
            top += high + extra + self.gap


NOTHING = Column((), 0)


@dataclass(eq=False, repr=False)
class CardFlow(Flowable):
    """A head, one or two columns of slots, and what stands under both. It parts only where no page holds it; the head
    is then repeated.

    `raised` lets the second column start beside the head, not under it: what stands first there is seen first."""

    head: Flowable
    again: Flowable
    columns: Sequence[Flowable]
    below: Column
    gutter: float
    gap: float
    shares: Sequence[float] = ()  # how two columns share the width; equal when empty
    high: float = 0  # that its head takes at least
    raised: bool = False
    before: float = 0
    after: float = 0

    def taller(self, points: float) -> CardFlow:
        """The card with so much more room around its drawing."""
        columns = [replace(c, extra=points) if isinstance(c, Column) else c for c in self.columns]
        return replace(self, columns=columns)

    def head_height(self, width: float) -> float:
        """The head with the space under it."""
        wide = self.edges(width)[0][1] if self._beside else width
        return max(self.high, self.head.height(wide)) + self.gap

    @property
    def _beside(self) -> bool:
        """Whether the second column stands beside the head."""
        return self.raised and len(self.columns) > 1

    def _places(self, width: float) -> list[tuple[Flowable, float, float, float]]:
        """Each column with its left edge, its top and its width."""
        head = self.head_height(width)
        return [
            (column, left, 0 if number and self._beside else head, wide)
            for number, (column, (left, wide)) in enumerate(zip(self.columns, self.edges(width), strict=True))
        ]

    def edges(self, width: float) -> list[tuple[float, float]]:
        """Each column's left edge and width."""
        shares = self.shares if len(self.columns) > 1 and self.shares else (1.0,) * len(self.columns)
        free = width - self.gutter * (len(self.columns) - 1)
        return edges([free * share / sum(shares) for share in shares], self.gutter)

    def measure(self, width: float) -> float:
        return self._under(width) + self.below.height(width)

    def _upper(self, width: float) -> float:
        return max(top + column.height(wide) for column, _, top, wide in self._places(width))

    def _under(self, width: float) -> float:
        """From the top to what stands under the columns."""
        return self._upper(width) + (self.below.gap if self.below.slots else 0)

    def split(self, width: float, room: float, page: float) -> tuple[Flowable, Flowable] | None:
        if self.height(width) <= page:
            return None
        if self._upper(width) <= room:
            parts = self.below.split(width, room - self._under(width), page)
            if not parts:
                return None
            upper = Stack([replace(self, below=NOTHING), parts[0]], before=self.before)
            return upper, self._rest([Space(0)] * len(self.columns), Column([("", parts[1])], 0))
        first: list[Flowable] = []
        rest: list[Flowable] = []
        for column, _, top, wide in self._places(width):
            fits = column.height(wide) <= room - top
            halves = (column, Space(0)) if fits else column.split(wide, room - top, page)
            if not halves:
                return None
            first.append(halves[0])
            rest.append(halves[1])
        return replace(self, columns=first, below=NOTHING, after=0), self._rest(rest, self.below)

    def _rest(self, columns: Sequence[Flowable], below: Column) -> CardFlow:
        """What goes on on the next page."""
        return replace(self, head=self.again, high=0, raised=False, columns=columns, below=below, before=0)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        self.head.draw(canvas, x, top, self.edges(width)[0][1] if self._beside else width)
        for column, left, down, wide in self._places(width):
            column.draw(canvas, x + left, top + down, wide)
        self.below.draw(canvas, x, top + self._under(width), width)


def level(cards: Sequence[CardFlow], width: float) -> list[CardFlow]:
    """The cards of one row with slots of equal heights; `width` is a card's."""
    least: dict[str, float] = {}
    high = max(card.head.height(width) for card in cards)
    for card in cards:
        for column, (_, inner) in zip(card.columns, card.edges(width), strict=True):
            assert isinstance(column, Column)
            for name, own in column.heights(inner).items():
                least[name] = max(least.get(name, 0), own)
    return [
        replace(card, high=high, columns=[replace(c, least=least) for c in card.columns if isinstance(c, Column)])
        for card in cards
    ]


@dataclass(eq=False, repr=False)
class Repeated(Flowable):
    """Words said once more, on a later page: an artifact, for who listens has heard them."""

    words: Words

    def __post_init__(self) -> None:
        self.style = self.words.style

    def set_at(self, width: float) -> tuple[SetLine, ...]:
        """The lines of the words."""
        return self.words.set_at(width)

    def measure(self, width: float) -> float:
        return self.words.height(width)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        with canvas.owned(HEADER):
            self.words.draw(canvas, x, top, width)


@dataclass(eq=False, repr=False)
class CardHead(Flowable):
    """Number and name at the left, something short at the right; it moves below where both have no room."""

    number: Flowable | None
    name: Words | Repeated
    aside: Words | None
    indent: float
    sticky: bool = True

    def _aside_width(self) -> float:
        return self.aside.set_at(ENDLESS)[0].width if self.aside else 0

    def _below(self, width: float) -> bool:
        return (
            self.aside is not None
            and self.name.set_at(ENDLESS)[0].width + self._aside_width() + 16 > width - self.indent
        )

    def measure(self, width: float) -> float:
        high = self.name.height(width - self.indent)
        return high + (self.aside.height(width - self.indent) if self.aside and self._below(width) else 0)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        if self.number:
            self.number.draw(canvas, x, top, self.indent)
        space = width - self.indent
        self.name.draw(canvas, x + self.indent, top, space)
        if self.aside is None:
            return
        if self._below(width):
            self.aside.draw(canvas, x + self.indent, top + self.name.height(space), space)
        else:
            wide = self._aside_width()
            down = self.name.style.baseline - self.aside.style.baseline
            self.aside.draw(canvas, x + width - wide, top + down, wide + 1)


@dataclass(eq=False, repr=False)
class Signed(Flowable):
    """Words with a sign before their first line."""

    sign: str
    words: Flowable
    size: float
    indent: float
    colour: RGB
    ground: RGB
    solid: bool
    leading: float
    before: float = 0
    after: float = 0

    def measure(self, width: float) -> float:
        return max(self.leading, self.words.height(width - self.indent))

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        with canvas.owned(LAYOUT):
            ops = icon(self.sign, self.colour, self.ground, solid=self.solid)
            canvas.operators(x, top + (self.leading + self.size) / 2, self.size / SIDE, ops)
        self.words.draw(canvas, x + self.indent, top, width - self.indent)


@dataclass(eq=False, repr=False)
class Centred(Flowable):
    """Something narrower than its column, in the middle."""

    inner: Flowable
    wide: float

    def measure(self, width: float) -> float:
        return self.inner.height(min(width, self.wide))

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        wide = min(width, self.wide)
        self.inner.draw(canvas, x + (width - wide) / 2, top, wide)
