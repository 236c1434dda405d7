"""What is said of letters that cannot be printed: which they are, and what to do."""

from __future__ import annotations

import os
from collections.abc import Iterator

from ..problems import Place, Problem
from .scripts import SOURCES, installed, script, script_name


def problems(place: Place, text: str, missing: str, hint: str) -> Iterator[Problem]:
    """The problems of a text with some of the missing characters; `hint` is for letters that no typeface has."""
    lacking = [char for char in missing if char in text]
    wanted = {SOURCES[script(char)].called for char in lacking if _can_be_had(char)}
    if wanted:
        letters = " and ".join(sorted(wanted))
        yield Problem(place, f"{letters} letters need typefaces that are not installed", how_to_install())
    named: set[str] = set()
    for char in lacking:
        if _can_be_had(char):
            continue
        name = script_name(char)
        if name in ("", "Latin", "Greek", "Cyrillic"):
            advice = hint if name else "Leave it out, or say it in words."
            yield Problem(place, f'no font has the character "{char}" (U+{ord(char):04X})', advice)
        elif name not in named:
            named.add(name)
            yield Problem(place, f'no font has {name} letters such as "{char}" (U+{ord(char):04X})', hint)


def _can_be_had(char: str) -> bool:
    return bool(script(char)) and not installed(script(char))


def how_to_install(*, windows: bool = os.name == "nt") -> str:
    """The command that installs the extra `scripts`."""
    python = r".venv\Scripts\python" if windows else ".venv/bin/python"
    return f'Type this once, in the folder of this program:  {python} -m pip install -q -e ".[scripts]"'
