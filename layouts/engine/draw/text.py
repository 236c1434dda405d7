"""Setting words into lines: ragged right, with the least raggedness, and no word alone on the last line.

Lines are chosen for the whole paragraph at once (Knuth and Plass 1981, with raggedness in place of stretch).
Words are never hyphenated; a word that is wider than the line is broken where it must be.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from ..merge.blocks import Span
from ..records import dataclass
from .fonts import Faces, forget_words, other_scripts
from .styles import TextStyle

_WEAK = "a an the to of or and in on at i is if your you for with el la los las un una de en y o su que por con"
_WEAK_ENDS = frozenset(_WEAK.split(" "))
HYPHEN = re.compile(r"(?<=[^\W\d_]{2}[-–—/@])(?=[^\W\d_]{2})|(?<=[^\W\d_]{4})(?=\.[^\W\d_]{3,}\.)")


@dataclass(frozen=True)
class Fragment:
    """Characters of one look on a line; `span` is the index of the span that they come from, `level` the embedding
    level of their direction: odd where they are read leftward."""

    text: str
    font: str
    span: int
    level: int = 0


@dataclass(frozen=True)
class SetLine:
    """A line of text: its fragments in reading order and its width in points. `places` says where each fragment stands,
    in points from the line's left end; without, they stand one behind the other."""

    fragments: tuple[Fragment, ...]
    width: float
    places: tuple[float, ...] = ()


@dataclass(frozen=True)
class Item:
    """What stays together on a line; `space` says that a space follows, of the direction `level`, and `free` that a
    line may end here as well as at a space."""

    fragments: tuple[Fragment, ...]
    width: float
    space: bool
    level: int = 0
    free: bool = False


@lru_cache(maxsize=4096)
def set_lines(spans: tuple[Span, ...], style: TextStyle, faces: Faces, width: float) -> tuple[SetLine, ...]:
    """The spans as lines no wider than `width` points. At least one line, which may be empty."""
    if any(other_scripts(span.text) for span in spans):
        from .mixed import set_mixed

        return set_mixed(spans, style, faces, width)
    return lines_of(_items(spans, style, faces), width, style, faces)


def lines_of(items: Sequence[Item], width: float, style: TextStyle, faces: Faces, base: int = 0) -> tuple[SetLine, ...]:
    """The items as lines no wider than `width` points; `base` is the embedding level of the paragraph."""
    items = _fit(items, width, style, faces)
    if not items:
        return (SetLine((), 0),)
    gap = faces.width(" ", style.font) * style.size + style.tracking
    breaks = _breaks(items, width, gap)
    return tuple(_line(items[a:b], gap, base) for a, b in zip([0, *breaks], breaks, strict=False))


def forget() -> None:
    """Gives back the memory of what was set: of thousands of letters most words never come again."""
    set_lines.cache_clear()
    forget_words()


def words_width(text: str, font: str, style: TextStyle, faces: Faces) -> float:
    """The width of a text on one line, in points. Letters that may be joined are not tracked."""
    if style.tracking and other_scripts(text):
        return faces.width(text, font) * style.size
    return faces.width(text, font) * style.size + style.tracking * len(text)


def _items(spans: Sequence[Span], style: TextStyle, faces: Faces) -> list[Item]:
    words: list[list[Fragment]] = [[]]
    for index, span in enumerate(spans):
        font = style.bold if span.bold else style.font
        for i, piece in enumerate(span.text.split(" ")):
            if i and words[-1]:
                words.append([])
            if piece:
                words[-1].append(Fragment(piece, font, index))
    items: list[Item] = []
    for word in words:
        if not word:
            continue
        parts = [word]
        if len(word) == 1 and not word[0].text.isalpha():
            parts = [[Fragment(t, f.font, f.span)] for f in word for t in HYPHEN.split(f.text)]
        for k, part in enumerate(parts):
            items.append(Item(tuple(part), width_of(part, style, faces), k == len(parts) - 1))
    return items


def width_of(fragments: Sequence[Fragment], style: TextStyle, faces: Faces) -> float:
    """The width of fragments one behind the other, in points."""
    return sum(words_width(f.text, f.font, style, faces) for f in fragments)


def _fit(items: Sequence[Item], width: float, style: TextStyle, faces: Faces) -> Sequence[Item]:
    """Items that are wider than the line, broken into pieces that are not."""
    if all(item.width <= width for item in items):
        return items
    fitted: list[Item] = []
    for item in items:
        if item.width <= width:
            fitted.append(item)
            continue
        piece: list[Fragment] = []
        for fragment in item.fragments:
            for char in _letters(fragment.text):
                more = [*piece, Fragment(char, fragment.font, fragment.span, fragment.level)]
                if piece and width_of(joined(more), style, faces) > width:
                    done = joined(piece)
                    fitted.append(Item(done, width_of(done, style, faces), False))
                    more = more[-1:]
                piece = list(joined(more))
        fitted.append(replace(item, fragments=tuple(piece), width=width_of(piece, style, faces)))
    return fitted


def _letters(text: str) -> Sequence[str]:
    """The text cut where it may be broken where it must be."""
    if not other_scripts(text):
        return text
    from .scripts import letters

    return letters(text)


def joined(fragments: Sequence[Fragment]) -> tuple[Fragment, ...]:
    """The fragments, with those of one look in one."""
    joined: list[Fragment] = []
    for fragment in fragments:
        last = joined[-1] if joined else None
        if last and (last.font, last.span, last.level) == (fragment.font, fragment.span, fragment.level):
            joined[-1] = Fragment(last.text + fragment.text, last.font, last.span, last.level)
        else:
            joined.append(fragment)
    return tuple(joined)


def _breaks(items: Sequence[Item], width: float, gap: float) -> list[int]:
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


def _end_cost(item: Item) -> float:
    """How little a line is liked that ends with this item."""
    word = item.fragments[-1].text
    cost = 0.015 if word.lower() in _WEAK_ENDS else 0.0
    if word[-1] in ".!?:":
        cost -= 0.01
    if not item.space and not item.free:
        cost += 0.05 if word[-1] in "-–—/" else 0.6  # broken inside a word; an address only where it must be
    return cost


def _line(items: Sequence[Item], gap: float, base: int) -> SetLine:
    fragments: list[Fragment] = []
    width = 0.0
    for i, item in enumerate(items):
        fragments.extend(item.fragments)
        width += item.width
        if item.space and i < len(items) - 1:
            fragments[-1:] = _spaced(fragments[-1], item.level)
            width += gap
    if items[-1].space:  # kept, so that words do not join where a reader puts lines together (ISO 32000-1, 14.8.2.5)
        fragments[-1:] = _spaced(fragments[-1], base)
    return SetLine(joined(fragments), width)


def _spaced(last: Fragment, level: int) -> list[Fragment]:
    """A fragment with a space behind it, which is one of its own where directions differ."""
    if last.level == level:
        return [Fragment(last.text + " ", last.font, last.span, level)]
    return [last, Fragment(" ", last.font, last.span, level)]
