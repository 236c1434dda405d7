"""Printing many sheets with all cores: processes that are started anew (spawn), a bounded queue, whole files only."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from ..draw.document import Edition
from ..draw.styles import usual_layouts
from ..draw.text import forget
from ..problems import ContentError, Place, Problem, problem
from ..read.library import Library, Root
from ..read.plan import written
from .files import write_file
from .merging import Job
from .personal import Prescription, Sheet, prescription, sheet
from .press import Press

MOST = 60  # workers: Windows can wait for no more
CHUNK = 8  # files that a worker is given at a time
FORGET = 200  # files after which memory is given back
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


class Printer:
    """Does tasks, one after the other; what they share is kept."""

    def __init__(self, printing: Printing) -> None:
        self.printing = printing
        self.press = Press(Library(printing.roots), many=True)
        self.prescriptions: dict[str, Prescription] = {}
        self.made = 0

    def __call__(self, task: Task) -> Done:
        """The task's file, whole, or none. Problems are in the answer, never raised."""
        self.made += 1
        if self.made % FORGET == 0:
            forget()
            self.prescriptions.clear()
        try:
            made = [self._sheet(job) for job in task.jobs]
            pairs = [(one.handout, self._edition(one)) for one in made]
            where = task.jobs[0].where
            rendered = self.press.make(*pairs[0]) if len(pairs) == 1 else self.press.make_job(pairs)
        except ContentError as error:
            return Done(0, 0, tuple(_in_row(p, task.jobs[0].where) for p in error.problems))
        try:
            for job, one in zip(task.jobs, made, strict=True):
                plan = task.path.with_name(f"{stem(job)}.plan.yaml")
                write_file(plan, written(one.plan, identity=self.printing.identity).encode(), private=True)
            write_file(task.path, rendered.data, private=True)
        except ContentError as error:
            return Done(0, 0, tuple(_in_row(p, where) for p in error.problems), fatal=True)
        return Done(len(task.jobs), rendered.pages)

    def _sheet(self, job: Job) -> Sheet:
        library, plan = self.press.library, job.plan()
        known = self.prescriptions.get(job.prescribes) or prescription(library, plan)
        self.prescriptions[job.prescribes] = known
        return sheet(library, plan, self.printing.day, lambda _: False, known=known)

    def _edition(self, made: Sheet) -> Edition:
        p = self.printing
        return Edition(p.layout or usual_layouts()[made.handout.entry.kind], p.edition, p.paper, p.flat)


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
        yield from _pooled(pool, tasks, 2 * jobs)
    except BrokenProcessPool:
        hint = "Perhaps there was too little memory. Go on with --resume, and with fewer --jobs."
        raise problem(Place("merge"), "the system has ended a part of this program", hint) from None
    finally:  # what is being printed is finished, also after Ctrl-C
        pool.shutdown(wait=True, cancel_futures=True)


def _pooled(pool: ProcessPoolExecutor, tasks: Iterable[Task], most: int) -> Iterator[Done]:
    """Keeps the pool busy with a few chunks at a time, so that memory does not grow with the table."""
    rest = iter(tasks)

    def submit(chunk: list[Task]) -> Future[list[Done]]:
        with _undisturbed():  # a pool that spawns starts a process as work comes in; it leaves Ctrl-C to this one
            return pool.submit(_do, chunk)

    waiting = {submit(list(islice(rest, 1)))}
    over = False
    while waiting:
        while not over and len(waiting) < most and (chunk := list(islice(rest, CHUNK))):
            waiting.add(submit(chunk))
        finished, waiting = wait(waiting, return_when=FIRST_COMPLETED)
        for future in finished:
            for done in future.result():
                over = over or done.fatal
                yield done


_printer: Callable[[Task], Done] | None = None


def _start(printing: Printing) -> None:
    global _printer
    signal.signal(signal.SIGINT, signal.SIG_IGN)
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
