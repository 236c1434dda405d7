"""Words that are read leftward, as Arabic and Hebrew are, among words that are not."""

from __future__ import annotations

import unicodedata

_KINDS = {"L": False, "R": True, "AL": True}  # letters, by their bidirectional class


def has_leftward(text: str) -> bool:
    """Whether some of the letters are read leftward."""
    return not text.isascii() and any(_KINDS.get(kind) for kind in map(unicodedata.bidirectional, set(text)))


def is_leftward(text: str) -> bool:
    """Whether a paragraph as a whole runs leftward: it starts with such a letter, and a third or more are such."""
    if not has_leftward(text):
        return False
    letters = [_KINDS[kind] for kind in map(unicodedata.bidirectional, text) if kind in _KINDS]
    return bool(letters) and letters[0] and 3 * sum(letters) >= len(letters)


def set_apart(text: str) -> str:
    """The text so marked that its direction moves nothing around it: a date behind an Arabic name stays whole. The
    marks draw nothing (UAX #9, first strong isolate); a text without such letters needs none."""
    return f"\u2068{text}\u2069" if has_leftward(text) else text
