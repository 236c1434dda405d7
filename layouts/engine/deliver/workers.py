"""Printing many sheets with all cores: processes that are started anew (spawn), a bounded queue, whole files only.

What makes the bytes of a file (`Printer.render`), what writes them (`keep`) and what hands out the work (`fed`) know
nothing of processes: a cluster shares them.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from ..draw.document import Edition
from ..draw.styles import usual_layouts
from ..draw.text import forget
from ..problems import ContentError, Place, Problem, problem
from ..read.library import Library, Root
from .files import write_file
from .merging import Job
from .personal import Prescription, Sheet, kept, prescription, sheet
from .press import Press
from .seal import Seal

MOST = 60  # workers: Windows can wait for no more
CHUNK = 8  # sheets that a worker is given at a time; a print job comes alone
FORGET = 200  # files after which words that were set are forgotten
TIDY = 10  # files after which what nobody refers to any more is given back: its memory is used again
WORTH_IT = 40  # sheets from which on other processes are worth their start


@dataclass(frozen=True)
class Printing:
    """What all workers have to know."""

    roots: tuple[Root, ...]
    folder: Path
    day: date
    layout: str  # '' is the usual one of each kind
    edition: str
    paper: str
    flat: bool
    identity: bool
    key: bytes = field(default=b"", repr=False)  # under which plans are sealed


@dataclass(frozen=True)
class Task:
    """One PDF: for one person, or a print job for several. `path` is where it goes."""

    path: Path
    jobs: tuple[Job, ...]


@dataclass(frozen=True)
class Done:
    """What came of a task. `fatal` when no other can do better, such as on a full disk."""

    sheets: int
    pages: int
    problems: tuple[Problem, ...] = ()
    fatal: bool = False


@dataclass(frozen=True)
class Made:
    """The bytes of a task's file and of the plans beside it, one for each job; or only problems, without their row."""

    pdf: bytes = b""
    pages: int = 0
    plans: tuple[bytes, ...] = ()
    problems: tuple[Problem, ...] = ()


class Printer:
    """Does tasks, one after the other; what they share is kept."""

    def __init__(self, printing: Printing) -> None:
        self.printing = printing
        self.press = Press(Library(printing.roots), many=True)
        self.prescriptions: dict[str, Prescription] = {}
        self.made = 0

    def __call__(self, task: Task) -> Done:
        """The task's file, whole, or none. Problems are in the answer, never raised."""
        return keep(task, self.render(task.jobs))

    def render(self, jobs: Sequence[Job]) -> Made:
        """The bytes of one file for these jobs. Problems are in the answer, never raised."""
        self.made += 1
        if self.made % FORGET == 0:
            forget()
            self.prescriptions.clear()
        if self.made % TIDY == 0:
            gc.collect(1)  # only what is young, which takes about a millisecond
        try:
            made = [self._sheet(job) for job in jobs]
            pairs = [(one.handout, self._edition(one)) for one in made]
            rendered = self.press.make(*pairs[0]) if len(pairs) == 1 else self.press.make_job(pairs)
        except ContentError as error:
            return Made(problems=error.problems)
        plans = (kept(one, self._seal(one)) for one in made)
        return Made(rendered.data, rendered.pages, tuple(plans))

    def _sheet(self, job: Job) -> Sheet:
        library, plan = self.press.library, job.plan()
        known = self.prescriptions.get(job.prescribes) or prescription(library, plan)
        self.prescriptions[job.prescribes] = known
        return sheet(library, plan, self.printing.day, lambda _: False, known=known)

    def _seal(self, made: Sheet) -> Seal:
        return Seal(self._edition(made), self.printing.key, self.printing.identity)

    def _edition(self, made: Sheet) -> Edition:
        p = self.printing
        return Edition(p.layout or usual_layouts()[made.handout.entry.kind], p.edition, p.paper, p.flat)


def keep(task: Task, made: Made) -> Done:
    """Writes what was made, whole files or none. Problems are in the answer, with the task's row, never raised."""
    where, problems = task.jobs[0].where, made.problems
    try:
        if not problems:
            for job, plan in zip(task.jobs, made.plans, strict=True):
                write_file(task.path.with_name(f"{stem(job)}.plan.yaml"), plan, private=True)
            write_file(task.path, made.pdf, private=True)
            return Done(len(task.jobs), made.pages)
    except ContentError as error:
        return Done(0, 0, tuple(_in_row(p, where) for p in error.problems), fatal=True)
    return Done(0, 0, tuple(_in_row(p, where) for p in problems))


def stem(job: Job) -> str:
    """What a person's files are called: the table's row and the document's id. Unique also where case is ignored."""
    return f"{job.row:05d}-{job.document}"


def _in_row(found: Problem, where: str) -> Problem:
    """A problem with the row that it is about."""
    if found.place.file.startswith(where):
        return found
    return Problem(Place(where), f"{found.place}: {found.message}", found.hint)


# --------------------------------------------------------------------------- one process or many
def run(printing: Printing, tasks: Iterable[Task], jobs: int) -> Generator[Done]:
    """Does the tasks, in any order; an answer for each. After a fatal one no other is begun."""
    if jobs <= 1:
        printer = Printer(printing)
        for task in tasks:
            done = printer(task)
            yield done
            if done.fatal:
                return
        return
    pool = ProcessPoolExecutor(
        min(jobs, MOST), multiprocessing.get_context("spawn"), initializer=_start, initargs=(printing,)
    )
    try:
        yield from fed(_Pool(pool, jobs), tasks)
    except BrokenProcessPool:
        hint = "Perhaps there was too little memory. Go on with --resume, and with fewer --jobs."
        raise problem(Place("merge"), "the system has ended a part of this program", hint) from None
    finally:  # what is being printed is finished, also after Ctrl-C
        pool.shutdown(wait=True, cancel_futures=True)


class Crew(Protocol):
    """Who does chunks of tasks somewhere else, several at a time."""

    def most(self) -> int:
        """How many chunks may be under way now."""

    def submit(self, chunk: list[Task]) -> Future[Any]:
        """Begins a chunk."""

    def finished(self, waiting: dict[Future[Any], list[Task]]) -> Collection[Future[Any]]:
        """Waits until something has come of some chunks; one that was lost may be begun again in `waiting`."""

    def answers(self, chunk: list[Task], future: Future[Any]) -> Iterable[Done]:
        """What came of a chunk."""


def fed(crew: Crew, tasks: Iterable[Task]) -> Generator[Done]:
    """Keeps a crew busy with a few chunks at a time, so that memory does not grow with the table."""
    rest = iter(tasks)
    first = _some(rest, 1)
    waiting = {crew.submit(first): first} if first else {}
    over = False
    while waiting:
        while not over and len(waiting) < crew.most() and (chunk := _some(rest, CHUNK)):
            waiting[crew.submit(chunk)] = chunk
        for future in crew.finished(waiting):
            for done in crew.answers(waiting.pop(future), future):
                over = over or done.fatal
                yield done


def _some(tasks: Iterator[Task], sheets: int) -> list[Task]:
    """The next tasks, of so many sheets or of one file that has more."""
    chunk: list[Task] = []
    for task in tasks:
        chunk.append(task)
        sheets -= len(task.jobs)
        if sheets <= 0:
            break
    return chunk


@dataclass(frozen=True)
class _Pool:
    """Processes on this computer. They write the files themselves."""

    pool: ProcessPoolExecutor
    jobs: int

    def most(self) -> int:
        return 2 * self.jobs

    def submit(self, chunk: list[Task]) -> Future[Any]:
        with _undisturbed():  # a pool that spawns starts a process as work comes in; it leaves Ctrl-C to this one
            return self.pool.submit(_do, chunk)

    def finished(self, waiting: dict[Future[Any], list[Task]]) -> Collection[Future[Any]]:
        return wait(waiting, return_when=FIRST_COMPLETED).done

    def answers(self, chunk: list[Task], future: Future[Any]) -> Iterable[Done]:  # noqa: ARG002
        return list(future.result())


_printer: Callable[[Task], Done] | None = None


def _start(printing: Printing) -> None:
    global _printer
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()  # as build.py does it: what is imported is no garbage
    gc.set_threshold(10_000, 20)
    _printer = Printer(printing)


def _do(tasks: Sequence[Task]) -> list[Done]:
    assert _printer
    made = []
    for task in tasks:
        made.append(_printer(task))
        if made[-1].fatal:
            break
    return made


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl-C waits for a moment."""
    try:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # not the main thread, to which signals do not come anyway
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def cores() -> int:
    """How many processes can work at once."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS and Windows
        return os.cpu_count() or 1
