"""What every sheet for a patient needs: a folder that is the user's own, a number, and what the content was like."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from ..problems import Place, problem
from ..read.fields import Id, Line
from ..read.handout import Handout
from ..read.library import EXERCISES, Library
from ..read.plan import LETTERS, DocumentId, Version
from ..read.source import LARGEST_FILE, read_bytes

FOLDER = "Clinic handouts"


def patients_folder() -> Path:
    """Where sheets for patients go: a folder among the user's own documents."""
    from platformdirs import user_documents_path

    return user_documents_path() / FOLDER


def check_folder(folder: Path, library: Library) -> None:
    """Raises ContentError for a folder that belongs to the content, which is shared and may be published. Nothing of
    a patient is ever written there: every command that writes such files asks here first."""
    real = Path(os.path.realpath(folder))
    above = [path for path in (real, *real.parents) if path.exists()]
    for root in library.roots:
        if any(path.samefile(root.path) for path in above if root.path.exists()):
            message = "sheets for patients are never put among the content's files"
            raise problem(Place("--out"), message, "Choose a folder elsewhere.")


def new_document(is_taken: Callable[[str], bool]) -> DocumentId:
    """A document's id that nobody can guess."""
    while True:
        text = "".join(secrets.choice(LETTERS) for _ in range(8))
        id_ = f"{text[:4]}-{text[4:]}"
        if not is_taken(id_):
            return DocumentId(id_, Place("document"))


# --------------------------------------------------------------------------- the content's versions
def versions(library: Library, handout: Handout) -> tuple[Version, ...]:
    """What the handout, its parts and their exercises are like now."""
    return tuple(_versions(library, handout))


def _versions(library: Library, handout: Handout) -> Iterator[Version]:
    place = Place("content")
    seen = set()
    for part in (handout, *handout.parts):
        sheet: dict[str, Any] = {"kind": part.entry.kind, "version": Line(str(part.sheet.version), place)}
        yield Version(place=place, id=Id(part.id, place), digest=Line(digest(part.entry.path), place), **sheet)
        for name in part.exercises:
            path = library.find(EXERCISES, name)
            if path and name not in seen:
                yield Version(place=place, kind="exercise", id=Id(name, place), digest=Line(digest(path), place))
            seen.add(name)


def digest(path: Path) -> str:
    """A fingerprint of a file's words, the same however its lines end."""
    data = read_bytes(path, path.name, LARGEST_FILE).replace(b"\r\n", b"\n")
    return hashlib.sha256(data).hexdigest()[:16]


def differences(before: Sequence[Version], now: Sequence[Version]) -> list[str]:
    """What of the content has changed, a line for each file."""
    known = {(v.kind, str(v.id)): v for v in now}
    lines = []
    for old in before:
        new = known.get((old.kind, str(old.id)))
        if new is None:
            lines.append(f'the {old.kind} "{old.id}" is no longer part of it')
        elif new.digest != old.digest:
            numbers = f": version {old.version} then, {new.version} now" if old.version != new.version else ""
            lines.append(f'the {old.kind} "{old.id}" has been changed{numbers}')
    there = {(v.kind, str(v.id)) for v in before}
    lines.extend(f'the {v.kind} "{v.id}" was not part of it' for v in now if (v.kind, str(v.id)) not in there)
    return lines
