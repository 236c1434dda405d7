"""What the file of a handout may be called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

from ..problems import Place, Problem

RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)  # names that Windows keeps for devices
YAML = re.compile(r"\.ya?ml(\.txt)?$", re.IGNORECASE)  # ".yaml.txt" is what Windows Notepad likes to write
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def file_name_problems(path: Path, shown: str) -> Iterator[Problem]:
    """What is wrong with the name of a content file; `shown` is the file as people know it."""
    place, name = Place(shown), YAML.sub("", path.name)
    ascii_name = normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    near = re.sub(r"[^a-z0-9]+", "-", ascii_name)[:60].strip("-") or "knee-pain"
    if RESERVED.fullmatch(name):
        yield Problem(place, f'the name "{name}" belongs to Windows', "Give the file another name.")
    elif not _ID.fullmatch(name) or len(name) > 60:
        rule = (
            "at most 60 characters long"
            if _ID.fullmatch(name)
            else "lowercase words (a to z, 0 to 9) joined by hyphens"
        )
        yield Problem(place, f"a file name is {rule}", f'Rename it, for example to "{near}.yaml".')
    elif path.suffix != ".yaml" or path.stem != name:
        yield Problem(place, 'content files end in ".yaml"', f'Rename it to "{name}.yaml".')
