"""Setting paragraphs in which not all is Latin: their directions, and lines that end where there is no space."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ..merge.blocks import Span
from ..read.leftward import is_leftward
from .cards import ENDLESS
from .directions import MARKS, levels_of, visual
from .fonts import Faces
from .scripts import breaks
from .styles import TextStyle
from .text import HYPHEN, Fragment, Item, SetLine, joined, lines_of, width_of


def set_mixed(spans: Sequence[Span], style: TextStyle, faces: Faces, width: float) -> tuple[SetLine, ...]:
    """As `set_lines`, with each fragment of one direction, and in its place."""
    text = "".join(span.text for span in spans)
    base = int(is_leftward(text))
    lines = lines_of(_items(spans, levels_of(text), base, style, faces), width, style, faces, base)
    return tuple(_placed(line, base, style, faces, width) for line in lines)


def _items(spans: Sequence[Span], levels: Sequence[int], base: int, style: TextStyle, faces: Faces) -> list[Item]:
    items: list[Item] = []
    word: list[Fragment] = []
    known = iter(levels)

    def end(space: bool, level: int) -> None:
        if not word:
            return
        text = "".join(fragment.text for fragment in word)
        free = breaks(text)
        ends = sorted({*free, *(found.start() for found in HYPHEN.finditer(text))})
        for start, stop in pairwise([0, *ends, len(word)]):
            part = joined(word[start:stop])
            items.append(Item(part, width_of(part, style, faces), space and stop == len(word), level, stop in free))
        word.clear()

    for index, span in enumerate(spans):
        font = style.bold if span.bold else style.font
        for char, level in zip(span.text, known, strict=False):
            if char == " ":
                end(True, level)
            elif not MARKS.match(char):
                word.append(Fragment(char, font, index, level))
    end(True, base)
    return items


def _placed(line: SetLine, base: int, style: TextStyle, faces: Faces, width: float) -> SetLine:
    """A line with the places of its fragments. A paragraph that runs leftward starts at the right end of `width`; the
    space that ends a line stands beyond it."""
    fragments = line.fragments
    if not base and not any(fragment.level for fragment in fragments):
        return line
    widths = [width_of([fragment], style, faces) for fragment in fragments]
    at = (width if width < ENDLESS else line.width) - sum(widths) if base else 0.0
    places = [0.0] * len(fragments)
    for index in visual([fragment.level for fragment in fragments]):
        places[index] = at
        at += widths[index]
    return SetLine(fragments, line.width, tuple(places))
