"""What runs on a cluster's workers. They render and send back bytes: nothing of a patient is on their disks or in
their logs. Dask logs what a function that fails was given, so these never fail and what they are given tells nothing.
"""

from __future__ import annotations

import asyncio
import pickle
import shutil
import sys
import tempfile
import threading
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ...draw.text import forget
from ..merging import Job
from ..workers import Made, Printer, Printing
from .content import Content, unpacked
from .versions import versions

MOST = 4  # merges whose content a worker keeps; one that was forgotten is sent again


@dataclass(frozen=True)
class Sealed:
    """Bytes that show nothing of themselves in logs, tracebacks and dashboards."""

    data: bytes

    def __repr__(self) -> str:
        return f"Sealed({len(self.data)} bytes)"

    def __sizeof__(self) -> int:
        return object.__sizeof__(self) + sys.getsizeof(self.data)

    @classmethod
    def of(cls, value: Any) -> Sealed:
        """A value, pickled."""
        return cls(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))

    def value(self) -> Any:
        """What it was made of."""
        return pickle.loads(self.data)


@dataclass(frozen=True)
class Look:
    """How the sheets of a merge are to look: what `Printing` says, without a path of the computer that asks."""

    day: date
    layout: str
    edition: str
    paper: str
    flat: bool
    identity: bool


@dataclass(frozen=True)
class Ready:
    """What a worker says of itself: its versions, the addresses by which data comes and goes, and whether it puts data
    on its disk when memory runs short."""

    versions: Mapping[str, str]
    addresses: tuple[str, ...]
    spills: bool


@dataclass(frozen=True)
class Failed:
    """A bug: its kind and where it happened, without its words, in which a patient's may stand."""

    kind: str
    lines: tuple[str, ...]


@dataclass
class _Place:
    """A merge on this worker."""

    folder: Path
    printer: Printer


_places: dict[str, _Place] = {}  # by the merge's own token, the latest last
_turn = threading.Lock()  # a worker may have several threads; drawing wants one


def ready(dask_worker: Any) -> Ready:
    """Looks at the worker, whose instance Dask passes."""
    peer = dask_worker.batched_stream.comm.peer_address
    addresses = (dask_worker.address, dask_worker.scheduler.address, peer)
    return Ready(versions(), addresses, not isinstance(dask_worker.data, dict))


async def take(token: str, look: Look, content: Content, dask_worker: Any) -> str:
    """Unpacks a merge's content in the worker's own folder, which Dask removes at its end. What was wrong, or ''."""
    return await asyncio.to_thread(_take, token, look, content, dask_worker.local_directory)


def _take(token: str, look: Look, content: Content, below: str) -> str:
    with _turn:
        _drop(token)
        while len(_places) >= MOST:
            _drop(next(iter(_places)))
        folder = Path(tempfile.mkdtemp(prefix="handouts-", dir=below))
        try:
            printing = Printing(
                roots=unpacked(content, folder), folder=Path(), day=look.day, layout=look.layout, edition=look.edition,
                paper=look.paper, flat=look.flat, identity=look.identity,
            )  # fmt: skip
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            return error.strerror or type(error).__name__
        _places[token] = _Place(folder, Printer(printing))
    return ""


def render(token: str, order: Sealed) -> Sealed | None:
    """Renders the files of an order: a list of the jobs of each -> a list of `Made`. None when this worker does not
    know the merge; `Failed` for a bug."""
    with _turn:
        place = _places.get(token)
        if place is None:
            return None
        try:
            files: Sequence[Sequence[Job]] = order.value()
            made: list[Made] = [place.printer.render(jobs) for jobs in files]
            return Sealed.of(made)
        except Exception as error:
            frames = traceback.extract_tb(error.__traceback__)
            return Sealed.of(Failed(type(error).__name__, tuple(f"{f.filename}, line {f.lineno}" for f in frames)))


async def leave(token: str) -> None:
    """Forgets a merge: its content, and what was measured for its sheets."""
    await asyncio.to_thread(_leave, token)


def _leave(token: str) -> None:
    with _turn:
        _drop(token)


def _drop(token: str) -> None:
    place = _places.pop(token, None)
    if place:
        forget()
        with suppress(OSError):
            shutil.rmtree(place.folder)
