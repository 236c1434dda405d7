"""Building many PDFs: what is still fresh is left alone, what is broken does not stop the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import jinja2

from ..draw.document import Edition
from ..draw.pages import Rendered
from ..draw.styles import StylesError, usual_layouts
from ..merge.markup import TemplateError
from ..problems import ContentError, Place, Problem, problem
from ..read.handout import Handout, read_handout
from ..read.head import MARK
from ..read.library import Library, Root
from ..records import dataclass
from .drawings import engine_stamp_of_run
from .files import write_file
from .findings import findings, page_findings
from .ledger import Ledger, Row, stamp, today
from .press import Memory, Press

Report = Callable[[str], None]
DESIGN_MISTAKES = (jinja2.TemplateError, TemplateError, StylesError)  # what a designer did to templates or styles


@dataclass(frozen=True)
class Job:
    """One PDF to be made. `plain` marks what a build without arguments makes."""

    handout: str
    edition: Edition
    path: Path
    plain: bool = False

    @property
    def key(self) -> str:
        """The job's name in the ledger."""
        flat = " flat" if self.edition.flat else ""
        return f"{self.handout} {self.edition.layout} {self.edition.edition} {self.edition.paper}{flat}"


@dataclass(frozen=True)
class Outcome:
    """What became of the jobs."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


def file_name(handout: str, edition: Edition, home_paper: str) -> str:
    """A PDF's name: what is usual is left out. ASCII and lowercase, for systems that ignore case."""
    parts = [handout]
    if not is_usual(edition.layout):
        parts.append(edition.layout)
    if edition.edition != "standard":
        parts.append(edition.edition)
    if edition.paper != home_paper:
        parts.append(edition.paper)
    if edition.flat:
        parts.append("flat")
    return "-".join(parts) + ".pdf"


def is_usual(layout: str) -> bool:
    """Whether a layout is the one that its kind of handout has when none is asked for."""
    return layout in usual_layouts().values()


def plain_jobs(library: Library, out: Path) -> list[Job]:
    """What a build without arguments makes: every handout in the standard edition, on the clinic's paper."""
    paper = str(library.clinic()[0].paper)
    jobs = []
    for entry in library.entries().values():
        edition = Edition(usual_layouts()[entry.kind], "standard", paper)
        jobs.append(Job(entry.id, edition, out / file_name(entry.id, edition, paper), plain=True))
    return jobs


def run(
    library: Library,
    jobs: Sequence[Job],
    out: Path,
    *,
    force: bool = False,
    report: Report | None = None,
    memory: Memory | None = None,
) -> Outcome:
    """Builds the jobs. Every problem of all of them is in the outcome; good handouts are built all the same. `memory`
    is that of a process that stays up."""
    press = Press(library, memory=memory)
    ledger = Ledger.read(out)
    engine_stamp_of_run.cache_clear()  # a process that stays up: a template may be another one by now
    ledger.start(engine_stamp_of_run(), [root.path for root in library.roots])
    plain = any(job.plain for job in jobs)
    rows: list[Row] = []
    wrong = _shared(library, ledger.shelf) if plain else set()
    finished = False
    try:
        for job in jobs:
            try:
                row = _job(press, ledger, job, force)
            except ContentError as error:
                wrong.update(error.problems)
                ledger.rows.pop(job.key, None)
            else:
                rows.append(row)
            if report:
                report(job.handout)
        finished = True
    finally:
        if plain:
            ledger.whole = tuple(job.key for job in jobs) if finished and not wrong else ()
            ledger.rows = {k: row for k, row in ledger.rows.items() if row.handout in library.entries()}
        if ledger.rows or stamp(ledger.path):
            ledger.write()
    return Outcome(tuple(rows), tuple(sorted(wrong)))


def _shared(library: Library, exercises: str) -> set[Problem]:
    """What is wrong beside the handouts: names of files, and exercises that no handout shows."""
    from .shelf import shelf_problems  # one handout alone does not need it

    return {*library.misnamed(), *shelf_problems(library, exercises)}


def _job(press: Press, ledger: Ledger, job: Job, force: bool) -> Row:
    row = None if force else ledger.fresh(job.key, str(job.path))
    if row is None:
        row = _build(press, job)
    elif row.day != today():  # the PDF is as it was, but reviews fall due by themselves
        handout = read_handout(press.library, job.handout)
        rendered = press.make(handout, job.edition)
        row = replace(row, findings=_found(press, handout, job, rendered), day=today())
    else:
        return row
    ledger.add(job.key, row)
    return row


def _build(press: Press, job: Job) -> Row:
    handout = read_handout(press.library, job.handout)
    other = press.library.entries().get(job.path.stem)
    if other and other.id != handout.id:
        message = f'"{handout.id}" in its {described(job.edition)} edition would have this handout\'s file name'
        raise problem(Place(other.shown), message, "Rename one of the two.")
    rendered = press.make(handout, job.edition)
    write_file(job.path, rendered.data)
    return Row(
        handout=job.handout,
        edition=described(job.edition),
        pages=rendered.pages,
        size=len(rendered.data),
        findings=_found(press, handout, job, rendered),
        path=str(job.path),
        inputs=tuple(sorted({*map(str, press.files(handout)), *(f"{path}{MARK}" for path in handout.heads)})),
        day=today(),
        stamp=stamp(job.path) or (0, 0),
    )


def _found(press: Press, handout: Handout, job: Job, rendered: Rendered) -> tuple[str, ...]:
    found = [*findings(handout, press.drawings), *page_findings(handout, job.edition.paper, rendered)]
    return tuple(f"{f.level}: {f}" for f in sorted(found))


def described(edition: Edition) -> str:
    """An edition in a word or two, for the table."""
    layout = "" if is_usual(edition.layout) else f"{edition.layout} "
    return f"{layout}{edition.edition}{' flat' if edition.flat else ''}"


def roots(shipped: Path, content: Path | None) -> list[Root]:
    """The content folders, the clinic's own first."""
    own = [Root(content.resolve(), content.name)] if content and content.resolve() != shipped else []
    return [*own, Root(shipped, shipped.name)]
