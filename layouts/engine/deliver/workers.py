"""Making the sheets of many: what makes the bytes of a file (`Printer.render`), what writes them (`keep`) and what
hands out the work (`fed`). They know nothing of processes: this computer and a cluster share them.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Protocol, TypeVar

from ..draw.document import Edition
from ..draw.pack import Bound
from ..draw.pages import Rendered
from ..draw.styles import layouts, usual_layouts
from ..draw.text import forget
from ..problems import ContentError, Place, Problem
from ..read.library import Library, Root
from .files import write_file
from .merging import Job
from .personal import Prescription, Sheet, kept, prescription, sheet
from .press import SERIES, Press
from .seal import Seal

CHUNK = 8  # sheets that a worker is given at a time; a print job comes alone
FORGET = 200  # files after which words that were set are forgotten
TIDY = 10  # files after which what nobody refers to any more is given back: its memory is used again
T = TypeVar("T")


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
    """The bytes of a task's file and of the plans beside it, one for each job, b"" for one that the file is without;
    and the problems, each with its row."""

    pdf: bytes = b""
    pages: int = 0
    plans: tuple[bytes, ...] = ()
    problems: tuple[Problem, ...] = ()


class Printer:
    """Does tasks, one after the other; what they share is kept."""

    def __init__(self, printing: Printing, press: Press | None = None) -> None:
        self.printing = printing
        self.press = press or Press(Library(printing.roots), many=True)
        self.prescriptions: dict[str, Prescription] = {}
        self.made = 0

    def __call__(self, task: Task) -> Done:
        """The task's file, whole, or none. Problems are in the answer, never raised."""
        return keep(task, self.render(task.jobs))

    def render(self, jobs: Sequence[Job]) -> Made:
        """The bytes of one file for these jobs; in a print job those with problems are left out, so that the others
        have their sheets. Problems are in the answer, never raised."""
        self._tidy()
        wrong: list[Problem] = []
        if len(jobs) == 1:
            one = self._tried(jobs[0], self._rendered, wrong)
            return Made(one[1].data, one[1].pages, (self._plan(one[0]),)) if one else Made(problems=tuple(wrong))
        made = [self._tried(job, self._bound, wrong) for job in jobs]
        good = [(one.handout, bound) for one, bound in filter(None, made)]
        if not good:
            return Made(problems=tuple(wrong))
        rendered = self.press.make_job(good)
        plans = tuple(self._plan(one[0]) if one else b"" for one in made)
        return Made(rendered.data, rendered.pages, plans, tuple(wrong))

    def misfits(self, jobs: Iterable[Job]) -> Iterator[Problem]:
        """What does not fit the layout, with its row, found without painting anything. For a layout as long as it
        needs to be nothing is looked at."""
        chosen = layouts().get(self.printing.layout)
        for job in jobs if chosen and chosen.exactly else ():
            self._tidy()
            wrong: list[Problem] = []
            self._tried(job, self._bound, wrong)
            yield from wrong

    def _tidy(self) -> None:
        self.made += 1
        if self.made % FORGET == 0:
            forget()
        if self.made % TIDY == 0:
            gc.collect(1)  # only what is young, which takes about a millisecond

    def _tried(self, job: Job, work: Callable[[Sheet], T], wrong: list[Problem]) -> tuple[Sheet, T] | None:
        """A job's sheet and what is made of it, or None with its problems noted."""
        own = ""
        try:
            made = self._sheet(job)
            own = made.handout.entry.shown
            return made, work(made)
        except ContentError as error:
            wrong.extend(_in_row(p, job.where, own) for p in error.problems)
            return None

    def _rendered(self, made: Sheet) -> Rendered:
        return self.press.make(made.handout, self._edition(made))

    def _bound(self, made: Sheet) -> Bound:
        return self.press.bound(made.handout, self._edition(made))

    def _plan(self, made: Sheet) -> bytes:
        return kept(made, self._seal(made))

    def _sheet(self, job: Job) -> Sheet:
        library, plan = self.press.library, job.plan()
        known = self.prescriptions.pop(job.prescribes, None) or prescription(library, plan)
        while len(self.prescriptions) >= SERIES:  # what the press keeps of each is forgotten with it, the oldest first
            self.prescriptions.pop(next(iter(self.prescriptions)))
        self.prescriptions[job.prescribes] = known
        return sheet(library, plan, self.printing.day, lambda _: False, known=known)

    def _seal(self, made: Sheet) -> Seal:
        return Seal(self._edition(made), self.printing.key, self.printing.identity)

    def _edition(self, made: Sheet) -> Edition:
        p = self.printing
        return Edition(p.layout or usual_layouts()[made.handout.entry.kind], p.edition, p.paper, p.flat)


def keep(task: Task, made: Made) -> Done:
    """Writes what was made, whole files or none. Problems are in the answer, with their rows, never raised."""
    if not made.pdf:
        return Done(0, 0, made.problems)
    try:
        for job, plan in zip(task.jobs, made.plans, strict=True):
            if plan:
                write_file(plan_path(task, job), plan, private=True)
        write_file(task.path, made.pdf, private=True)
    except ContentError as error:
        where = task.jobs[0].where
        return Done(0, 0, tuple(_in_row(p, where) for p in error.problems), fatal=True)
    without = f"{task.path.name} is without this row."
    problems = tuple(replace(p, hint=f"{p.hint} {without}".strip()) for p in made.problems)
    return Done(sum(map(bool, made.plans)), made.pages, problems)


def plan_path(task: Task, job: Job) -> Path:
    """Where the plan of one of a task's jobs lies."""
    return task.path.with_name(f"{stem(job)}.plan.yaml")


def stem(job: Job) -> str:
    """What a person's files are called: the table's row and the document's id. Unique also where case is ignored."""
    return f"{job.row:05d}-{job.document}"


def _in_row(found: Problem, where: str, own: str = "") -> Problem:
    """A problem with the row that it is about; one of the whole of the handout `own` is that it does not fit."""
    if found.place.file.startswith(where):
        return found
    if found.place == Place(own):
        return Problem(Place(where), found.message, _SHORTER)
    return Problem(Place(where), f"{found.place}: {found.message}", found.hint)


_SHORTER = "Shorten what this row says, leave an exercise out, or take another layout."


# --------------------------------------------------------------------------- handing out
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
