"""Words that are read leftward, as Arabic and Hebrew are, among words that are not."""

from __future__ import annotations

import re
import unicodedata

LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]")
_KINDS = {"L": False, "R": True, "AL": True}  # letters, by their bidirectional class


def is_leftward(text: str) -> bool:
    """Whether a paragraph as a whole runs leftward: it starts with such a letter, and a third or more are such."""
    if not LEFTWARD.search(text):
        return False
    letters = [_KINDS[kind] for kind in map(unicodedata.bidirectional, text) if kind in _KINDS]
    return bool(letters) and letters[0] and 3 * sum(letters) >= len(letters)


def set_apart(text: str) -> str:
    """The text so marked that its direction moves nothing around it: a date behind an Arabic name stays whole. The
    marks draw nothing (UAX #9, first strong isolate); a text without such letters needs none."""
    return f"\u2068{text}\u2069" if LEFTWARD.search(text) else text
