"""Handing a file to the printing program, and what to do where there is none."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ...problems import Place, problem
from ..files import explain
from .jobs import Ticket, words
from .printers import Way
from .system import ask

SECONDS = 120  # how long a printing program may take over one file
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
    said = answer.words.removeprefix("lp: ").removeprefix("Error - ")
    message = f"{name} says: {said}" if said else f"{name} could not print it (exit code {answer.code})"
    raise problem(place, message, 'Is it switched on and ready? "python build.py print --list" shows the printers.')


@contextmanager
def spooled(data: bytes) -> Iterator[Path]:
    """A file that only its owner can read, and that is gone afterwards. Raises ContentError for a full disk."""
    path = _write(data, Path(tempfile.gettempdir()))
    try:
        yield path
    finally:
        with suppress(OSError):
            path.unlink()


def leave(data: bytes, path: Path) -> None:
    """Writes a whole file or none, which only its owner can read. Raises ContentError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise explain(error, Place(str(path))) from None
    temporary = _write(data, path.parent)
    try:
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise explain(error, Place(str(path))) from None


def _write(data: bytes, folder: Path) -> Path:
    name = ""
    try:
        handle, name = tempfile.mkstemp(dir=folder, prefix=".new-", suffix=".pdf")  # mode 0600
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
