"""Which way words run: the Unicode bidirectional algorithm (UAX #9), for Arabic and Hebrew words among others.

The levels are those of the library python-bidi; putting the parts of a line into their places (rule L2) is done here,
for it is parts that are placed, and the library places characters. Even levels run rightward, odd ones leftward.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from ..read.leftward import has_leftward, is_leftward

MARKS = re.compile(
    "[\u200e\u200f\u061c\u2066-\u2069]"
)  # they draw nothing, and have done their work once levels are known
_TELEPHONE = re.compile(r"[+(]?\d(?:[ ().,/–-]{0,2}\d){6,}")
_LEVELS = re.compile(r"\blevels: \[(.*?)\n    \]", re.DOTALL)
_LEVEL = re.compile(r"\bLevel\(\s*(\d+)")


def levels_of(text: str) -> tuple[int, ...]:
    """The embedding level of each character of a paragraph, before its lines are known. Its own direction is the one of
    `is_leftward`. A telephone number counts as one number, as rule HL4 allows: else 206-555-0142 would be read
    0142-555-206 among Arabic words."""
    if not has_leftward(text):
        return (0,) * len(text)
    from bidi import get_display

    text = _TELEPHONE.sub(lambda found: "0" * len(found[0]), text)
    told = str(get_display(text, base_dir="R" if is_leftward(text) else "L", debug=True))
    found = _LEVELS.search(told)
    assert found
    bytewise = [int(level) for level in _LEVEL.findall(found[1])]  # one for each byte of UTF-8
    levels, at = [], 0
    for char in text:
        levels.append(bytewise[at])
        at += len(char.encode())
    assert at == len(bytewise)
    return tuple(levels)


def visual(levels: Sequence[int]) -> list[int]:
    """The order from left to right of a line's parts with these levels (rule L2: from the highest level down to the
    lowest odd one, every stretch of that level or more is turned round)."""
    order = list(range(len(levels)))
    for level in range(max(levels, default=0), 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = end + 1
    return order


def mirrored(char: str) -> str:
    """A character as it is drawn where words run leftward: brackets are turned round (rule L4)."""
    if not unicodedata.mirrored(char):
        return char
    from bidi.mirror import MIRRORED

    return str(MIRRORED.get(char, char))
