"""Handing a file to the printing program, and what to do where there is none.

A printing system notes the name of every file that it is given, so what is a patient's goes there under a name of ours.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ...problems import Place, problem
from ..files import explain
from .jobs import Ticket, words
from .printers import Way
from .system import ask

SECONDS = 120  # how long a printing program may take over one file
NAME = "clinic-handout-"  # how our temporary files begin
OLD = 24 * 60 * 60  # seconds after which one of them is left over from a run that was killed
LOOK_FIRST = "Look at the printer before you print again: the pages may still come out."


def send(way: Way, ticket: Ticket, seconds: float = SECONDS) -> None:
    """Prints the ticket's file. Raises ContentError with the program's own words when it refuses."""
    answer = ask(words(way, ticket), seconds)
    place = Place(f"printer {ticket.printer}" if ticket.printer else "the usual printer")
    if answer.late:
        raise problem(place, f"no answer within {seconds:.0f} seconds", LOOK_FIRST)
    if answer.code == 0:
        return
    name = "lp" if way.kind == "lp" else "SumatraPDF"
    if answer.code is None:
        raise problem(place, f"the program {way.program} does not start ({answer.words})", "Install it again.")
    said = answer.words.removeprefix(f"{way.program}: ").removeprefix("lp: ").removeprefix("Error - ")
    message = f"{name} says: {said}" if said else f"{name} could not print it (exit code {answer.code})"
    raise problem(place, message, 'Is it switched on and ready? "python build.py print --list" shows the printers.')


@contextmanager
def spooled(data: bytes) -> Iterator[Path]:
    """A file that only its owner can read, and that is gone afterwards. Raises ContentError for a full disk."""
    folder = Path(tempfile.gettempdir())
    _sweep(folder)
    path = _write(data, folder, NAME)
    try:
        yield path
    finally:
        with suppress(OSError):
            path.unlink()


def _sweep(folder: Path) -> None:
    """Deletes what runs left that were killed."""
    for path in folder.glob(f"{NAME}*.pdf"):
        with suppress(OSError):  # somebody else's, on a computer that several people use
            if time.time() - path.stat().st_mtime > OLD:
                path.unlink()


def leave(data: bytes, path: Path) -> None:
    """Writes a whole file or none, which only its owner can read. Raises ContentError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise explain(error, Place(str(path))) from None
    temporary = _write(data, path.parent, ".new-")
    try:
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise explain(error, Place(str(path))) from None


def _write(data: bytes, folder: Path, prefix: str) -> Path:
    name = ""
    try:
        handle, name = tempfile.mkstemp(dir=folder, prefix=prefix, suffix=".pdf")  # mode 0600
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
    except BaseException as error:
        if name:
            with suppress(OSError):
                Path(name).unlink()
        if isinstance(error, OSError):
            raise explain(error, Place(str(folder))) from None
        raise
    return Path(name)
