"""The exercises of a library as a whole: all that can be read, links between them, and what awaits review.

What is found out is kept under the files' contents: a library that has not changed is neither read nor linked again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..cache import kept
from ..problems import ContentError, Finding, Place, Problem
from ..read.library import EXERCISES, Entry, Library
from ..read.source import LARGEST_FILE, read_bytes
from ..records import dataclass
from .drawings import engine_stamp_of_run
from .findings import reading_level

if TYPE_CHECKING:
    from ..figures import Exercise

# What patients read of an exercise; the rest is for the clinician and the machinery.
PROSE = ("name", "purpose", "start", "steps", "feel", "slips", "move_on", "ease_off", "stop")


@dataclass(frozen=True)
class Shelf:
    """What is known of all exercises. `problems` are mistakes in files, in their names, and in links between them."""

    problems: tuple[Problem, ...]
    awaiting: tuple[Entry, ...]  # whose drawings no clinician has approved
    texts: tuple[tuple[str, tuple[tuple[Place, str], ...]], ...]  # the language and the prose of each


def shelf(library: Library) -> Shelf:
    """The library's shelf, from the cache where no exercise has changed."""
    try:
        entries, misnamed = library.files(EXERCISES)
    except ContentError as error:  # a folder that cannot be looked into
        return Shelf(error.problems, (), ())
    key = json.dumps([engine_stamp_of_run(), *([e.id, e.shown, _content(e)] for e in entries.values())])
    known: dict[str, Any] = json.loads(kept("shelf", key.encode(), lambda: _read(library, entries)))
    problems = [Problem(Place(*place), *said) for place, *said in known["problems"]]
    texts = ((language, tuple((Place(*p), t) for p, t in prose)) for language, prose in known["texts"])
    return Shelf((*misnamed, *problems), tuple(entries[id_] for id_ in known["awaiting"]), tuple(texts))


def shelf_problems(library: Library, state: str) -> tuple[Problem, ...]:
    """The problems of the library's shelf. A process that stays up looks again only when `state` is another one, the
    ledger's fingerprint of the exercises by time and size."""
    key = (engine_stamp_of_run(), tuple(library.roots), state)
    if key not in _known:
        found = shelf(library).problems
        _known.clear()
        _known[key] = found
    return _known[key]


_known: dict[tuple[object, ...], tuple[Problem, ...]] = {}


def findings(known: Shelf) -> Iterator[Finding]:
    """What is to be said of the exercises: drawings that await review, a line for each folder, and hard words."""
    folders: dict[str, list[str]] = {}
    for entry in known.awaiting:
        folders.setdefault(entry.root.place(entry.path.parent), []).append(entry.id)
    for folder, ids in folders.items():
        what = "1 drawing awaits" if len(ids) == 1 else f"{len(ids)} drawings await"
        message = f"{what} a clinician's review: {', '.join(ids)}"
        hint = 'Look at them with "python build.py figures"; where one is right, write pose_reviewed: true in its file.'
        yield Finding(Place(folder), "advice", "figures", message, hint)
    for language, prose in known.texts:
        yield from reading_level(prose, language)


def _content(entry: Entry) -> str:
    """What the file says, or why it cannot be read."""
    try:
        return read_bytes(entry.path, entry.shown, LARGEST_FILE).decode("utf-8", "backslashreplace")
    except ContentError as error:
        return str(error)


def _read(library: Library, entries: dict[str, Entry]) -> bytes:
    from ..figures import Exercise, check_links

    exercises: dict[str, Exercise] = {}
    problems: list[Problem] = []
    for entry in entries.values():
        try:
            exercises[entry.id] = library.one(entry.path, Exercise)
        except ContentError as error:
            problems.extend(error.problems)
    problems.extend(check_links(exercises, set(entries) - set(exercises)))
    known = {
        "problems": [[_plain(p.place), p.message, p.hint] for p in problems],
        "awaiting": [id_ for id_, exercise in exercises.items() if not exercise.pose_reviewed],
        "texts": [[str(e.language), [[_plain(p), t] for p, t in prose(e)]] for e in exercises.values()],
    }
    return json.dumps(known).encode()


def _plain(place: Place) -> list[str | int]:
    return [place.file, place.line, place.column]


def prose(exercise: Exercise) -> Iterator[tuple[Place, str]]:
    """What patients read of an exercise, each text with its place."""
    from ..read.walk import strings_of

    said = exercise.on_side(None)
    yield from strings_of(tuple(getattr(said, name) for name in PROSE))
