"""What other handouts print of a guide: its number and title. Only the standard library is imported here.

A word changed in the middle of a guide changes nothing in those that name it as related, and finding that out has to
cost less than reading it.
"""

from __future__ import annotations

import re

MARK = "#head"  # after a file's name: only its head matters
_HEAD = re.compile(r"^(?:number|title)[ \t]*:.*(?:\n[ \t]+\S.*)*", re.MULTILINE)


def head(text: str) -> str:
    """The text with every line emptied but those of `number` and `title`, so that lines keep their numbers."""
    kept: list[str] = []
    end = 0
    for found in _HEAD.finditer(text):
        kept.append("\n" * text.count("\n", end, found.start()))
        kept.append(found[0])
        end = found.end()
    return "".join(kept) + "\n"
