"""One program at a time: a file that the system locks, and gives back however the program ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from ..problems import ContentError, Place, Problem
from .files import explain


@contextmanager
def locked(path: Path, taken: Problem) -> Iterator[None]:
    """Holds the lock of a file, which is made where there is none and stays. Raises ContentError: `taken` when
    another program holds it. What a program left that was killed is no obstacle."""
    try:
        stream = path.open("a+b")
    except OSError as error:
        raise explain(error, Place(str(path))) from None
    with stream:
        if os.name != "nt":
            with suppress(OSError):
                path.chmod(0o600)
        try:
            _lock(stream)
        except OSError:
            raise ContentError([taken]) from None
        yield


def _lock(stream: IO[bytes]) -> None:
    """Takes the lock or raises OSError; the system gives it back when the program ends, however it ends."""
    if os.name == "nt":
        import msvcrt

        stream.seek(0)
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
