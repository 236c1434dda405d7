"""Setting words into lines: ragged right, with the least raggedness, and no word alone on the last line.

Lines are chosen for the whole paragraph at once (Knuth and Plass 1981, with raggedness in place of stretch).
Words are never hyphenated; a word that is wider than the line is broken where it must be.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ..merge.blocks import Span
from ..records import dataclass
from .fonts import Faces, forget_words
from .styles import TextStyle

_WEAK = "a an the to of or and in on at i is if your you for with el la los las un una de en y o su que por con"
_WEAK_ENDS = frozenset(_WEAK.split(" "))
_HYPHEN = re.compile(r"(?<=[^\W\d_]{2}[-–—/@])(?=[^\W\d_]{2})|(?<=[^\W\d_]{4})(?=\.[^\W\d_]{3,}\.)")


@dataclass(frozen=True)
class Fragment:
    """Characters of one look on a line; `span` is the index of the span that they come from."""

    text: str
    font: str
    span: int


@dataclass(frozen=True)
class SetLine:
    """A line of text: its fragments from left to right and its width in points."""

    fragments: tuple[Fragment, ...]
    width: float


@dataclass(frozen=True)
class _Item:
    """What stays together on a line; `space` says that a space follows."""

    fragments: tuple[Fragment, ...]
    width: float
    space: bool


@lru_cache(maxsize=4096)
def set_lines(spans: tuple[Span, ...], style: TextStyle, faces: Faces, width: float) -> tuple[SetLine, ...]:
    """The spans as lines no wider than `width` points. At least one line, which may be empty."""
    items = _fit(_items(spans, style, faces), width, style, faces)
    if not items:
        return (SetLine((), 0),)
    gap = faces.width(" ", style.font) * style.size + style.tracking
    breaks = _breaks(items, width, gap)
    return tuple(_line(items[a:b], gap) for a, b in zip([0, *breaks], breaks, strict=False))


def forget() -> None:
    """Gives back the memory of what was set: of thousands of letters most words never come again."""
    set_lines.cache_clear()
    forget_words()


def words_width(text: str, font: str, style: TextStyle, faces: Faces) -> float:
    """The width of a text on one line, in points."""
    return faces.width(text, font) * style.size + style.tracking * len(text)


def _items(spans: Sequence[Span], style: TextStyle, faces: Faces) -> list[_Item]:
    words: list[list[Fragment]] = [[]]
    for index, span in enumerate(spans):
        font = style.bold if span.bold else style.font
        for i, piece in enumerate(span.text.split(" ")):
            if i and words[-1]:
                words.append([])
            if piece:
                words[-1].append(Fragment(piece, font, index))
    items: list[_Item] = []
    for word in words:
        if not word:
            continue
        parts = [word]
        if len(word) == 1 and not word[0].text.isalpha():
            parts = [[Fragment(t, f.font, f.span)] for f in word for t in _HYPHEN.split(f.text)]
        for k, part in enumerate(parts):
            items.append(_Item(tuple(part), _width(part, style, faces), k == len(parts) - 1))
    return items


def _width(fragments: Sequence[Fragment], style: TextStyle, faces: Faces) -> float:
    return sum(words_width(f.text, f.font, style, faces) for f in fragments)


def _fit(items: list[_Item], width: float, style: TextStyle, faces: Faces) -> list[_Item]:
    """Items that are wider than the line, broken into pieces that are not."""
    if all(item.width <= width for item in items):
        return items
    fitted: list[_Item] = []
    for item in items:
        if item.width <= width:
            fitted.append(item)
            continue
        piece: list[Fragment] = []
        for fragment in item.fragments:
            for char in fragment.text:
                more = [*piece, Fragment(char, fragment.font, fragment.span)]
                if piece and _width(_joined(more), style, faces) > width:
                    done = _joined(piece)
                    fitted.append(_Item(done, _width(done, style, faces), False))
                    more = more[-1:]
                piece = list(_joined(more))
        fitted.append(_Item(tuple(piece), _width(piece, style, faces), item.space))
    return fitted


def _joined(fragments: Sequence[Fragment]) -> tuple[Fragment, ...]:
    joined: list[Fragment] = []
    for fragment in fragments:
        last = joined[-1] if joined else None
        if last and (last.font, last.span) == (fragment.font, fragment.span):
            joined[-1] = Fragment(last.text + fragment.text, last.font, last.span)
        else:
            joined.append(fragment)
    return tuple(joined)


def _breaks(items: Sequence[_Item], width: float, gap: float) -> list[int]:
    """Where lines end: indexes behind each line's last item, chosen for the least sum of costs.

    A line costs the square of the share of it that stays empty, and a little for how it ends.
    """
    count = len(items)
    widths = [item.width for item in items]
    gaps = [gap if item.space else 0.0 for item in items]
    ends = [_end_cost(item) for item in items]
    starts_sentence = [i > 0 and items[i - 1].fragments[-1].text[-1] in ".!?" for i in range(count)]
    best = [0.0] * (count + 1)
    after = [count] * (count + 1)
    limit, last, short = width + 0.01, count - 1, 0.25 * width
    for start in range(last, -1, -1):  # the innermost loop of all: plain names and comparisons, no calls
        least = float("inf")
        used = 0.0
        for end in range(start, count):
            full = used + widths[end]
            if full > limit and end > start:
                break
            cost = 0.35 + best[end + 1]
            if end == last:
                if start > 0 and full < short:  # a short last line; worst when it is one word
                    cost += 0.42 if end == start else 0.10
            else:
                empty = (width - full) / width if full < width else 0.0
                cost += empty * empty + ends[end]
                if end > start and starts_sentence[end]:
                    cost += 0.03  # a new sentence's first word alone at a line's end
            if cost < least:
                least, after[start] = cost, end + 1
            used = full + gaps[end]
        best[start] = least
    breaks = []
    at = 0
    while at < count:
        at = after[at]
        breaks.append(at)
    return breaks


def _end_cost(item: _Item) -> float:
    """How little a line is liked that ends with this item."""
    word = item.fragments[-1].text
    cost = 0.015 if word.lower() in _WEAK_ENDS else 0.0
    if word[-1] in ".!?:":
        cost -= 0.01
    if not item.space:
        cost += 0.05 if word[-1] in "-–—/" else 0.6  # broken inside a word; an address only where it must be
    return cost


def _line(items: Sequence[_Item], gap: float) -> SetLine:
    fragments: list[Fragment] = []
    width = 0.0
    for i, item in enumerate(items):
        fragments.extend(item.fragments)
        width += item.width
        if item.space and i < len(items) - 1:
            last = fragments[-1]
            fragments[-1] = Fragment(last.text + " ", last.font, last.span)
            width += gap
    if items[-1].space:  # kept, so that words do not join where a reader puts lines together (ISO 32000-1, 14.8.2.5)
        last = fragments[-1]
        fragments[-1] = Fragment(last.text + " ", last.font, last.span)
    return SetLine(_joined(fragments), width)
