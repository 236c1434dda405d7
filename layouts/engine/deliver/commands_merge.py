"""`merge`: a table of patients, and a sheet for each of them. Read only when it is typed."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import count, islice
from pathlib import Path
from typing import Any

import click

from ..draw.styles import layouts
from ..problems import ContentError, Problem
from ..read.library import Library
from ..read.people import People, people
from .command_line import F, OneOf, Setting, content_option, home_paper, known_ids, layout_for, parameter, progress
from .commands_patient import as_options, sheet_options
from .merging import (
    DEFAULTS,
    TOGETHER,
    Checked,
    Job,
    Journal,
    about,
    checked,
    content_stamp,
    jobs_of,
    new_journal,
    read_journal,
    sweep,
    write_journal,
)
from .patients import check_folder, patients_folder
from .press import Press
from .table import columns, shown
from .workers import WORTH_IT, Done, Printing, Task, cores, run, stem

SHOWN = 20  # rows of a dry run; five times as many problems
Answers = Callable[[Printing, Iterable[Task]], Generator[Done]]
Elsewhere = Callable[[Press, Checked], AbstractContextManager[Answers]]
GO_ON = "--resume"
FILE = click.Path(path_type=Path)


def table_options(function: F) -> F:
    """What can be said for all rows of a table that do not say it."""
    for option in (
        click.option("--next-visit", metavar="TEXT", help="The next visit, for rows that do not say."),
        click.option("--note", metavar="TEXT", help="A few words to all who have no note of their own."),
        click.option("--date", metavar="DAY", help="year-month-day, for rows that do not say. Left out: today."),
        click.option("--clinician", metavar="TEXT", help="Who prescribes, for rows that do not say."),
        click.option("--programme", metavar="ID", help="A programme, guide or pack, for rows that name none."),
    ):
        function = option(function)
    return function


@click.command()
@click.argument("table", metavar="TABLE", type=click.Path(path_type=Path))
@table_options
@click.option("--dry-run", is_flag=True, help="Check the table, show what would be made, and make nothing.")
@click.option("--join", is_flag=True, help=f"Print jobs of up to {TOGETHER} sheets, each person on paper of their own.")
@click.option("--resume", is_flag=True, help="Go on where an earlier merge of the table was stopped.")
@click.option("--jobs", metavar="NUMBER", type=click.IntRange(1, 60), help="How many processes. Left out: all cores.")
@click.option("--keep-identity", is_flag=True, help="Keep name, clinician, note and next visit in the plan files, too.")
@click.option("--cluster", metavar="ADDRESS", help="Print on a Dask cluster, such as tls://scheduler.example.com:8786.")
@click.option("--cluster-ca", metavar="FILE", type=FILE, help="Whose certificates the cluster has. Left out: as Dask.")
@click.option("--cluster-cert", metavar="FILE", type=FILE, help="Your certificate for the cluster. Left out: as Dask.")
@click.option("--cluster-key", metavar="FILE", type=FILE, help="Its key, where it is in a file of its own.")
@sheet_options
@content_option
@click.pass_obj
def merge(
    setting: Setting,
    /,
    table: Path,
    programme: str | None,
    dry_run: bool,
    join: bool,
    resume: bool,
    jobs: int | None,
    keep_identity: bool,
    cluster: str | None,
    cluster_ca: Path | None,
    cluster_cert: Path | None,
    cluster_key: Path | None,
    edition: str,
    paper: str | None,
    layout: str | None,
    flat: bool,
    out: Path | None,
    **defaults: str | None,
) -> None:
    """Make a sheet for each person of a table.

    TABLE is a CSV or XLSX file. Its first row names the columns: name, and where you need them programme, clinician,
    date, note, next_visit, drop, add, dose and side. The whole table is checked before the first sheet is made.

    Example: python build.py merge people.csv --programme core-for-runners-1
    """
    library = setting.library()
    press = Press(library)
    options = said_for_all(library, programme, defaults)
    with as_options():
        elsewhere = _cluster(cluster, jobs, ca=cluster_ca, cert=cluster_cert, key=cluster_key)
        check_folder(Path(os.path.abspath(out or patients_folder())), library)  # noqa: PTH100
    people_ = people(table)
    found = checked(press, people_, options)
    if found.problems:
        tell_of_table(found.problems)
        setting.failed = True
        return
    printing = Printing(
        roots=tuple(library.roots), folder=Path(), day=date.today(),
        layout=chosen_layout(library, found.handouts, layout), edition=edition,
        paper=paper or home_paper(library), flat=flat, identity=keep_identity,
    )  # fmt: skip
    if "password" in people_.columns:
        click.echo("Passwords are for e-mails: these PDFs open without one.", err=True)
    if dry_run:
        _show(list(islice(jobs_of(people_, options), SHOWN)), found.sheets, join)
        return
    seal = sealed(people_, options, printing, join=join)
    with elsewhere(press, found) if elsewhere else nullcontext() as crew:
        folder, journal = _folder(out, resume, seal, content_stamp(press, found), found.sheets)
        write_journal(folder, journal)
        sweep(folder)
        printing = replace(printing, folder=folder, day=date.fromisoformat(journal.day))
        print_all(printing, lambda: tasks_of(folder, jobs_of(people_, options, journal), join), jobs, crew)


def _cluster(address: str | None, jobs: int | None, **files: Path | None) -> Elsewhere | None:
    """What connects to the cluster that was named; None where there is none. Raises ContentError."""
    named = [f"--cluster-{name}" for name, path in files.items() if path]
    if not address:
        if named:
            raise click.BadParameter("there is no --cluster that it could be for.", param_hint=named[0])
        return None
    if jobs:
        raise click.BadParameter("a cluster has as many processes as it was started with.", param_hint="--jobs")
    from .cluster import address as addresses
    from .cluster import client, connect

    return partial(client.on_cluster, addresses.address(address), connect.Certificates(**files))


def said_for_all(library: Library, programme: str | None, defaults: Mapping[str, str | None]) -> dict[str, str]:
    """What the command line says for rows that do not. A programme that there is not is a wrong command line."""
    options = {name: text for name in DEFAULTS if (text := defaults[name])}
    return options | ({"handout": known_ids(library, (programme,))[0]} if programme else {})


def chosen_layout(library: Library, handouts: Sequence[str], layout: str | None) -> str:
    """The layout that was asked for, when all handouts can have it; '' for the usual one of each."""
    if not layout:
        return ""
    known = OneOf([name for name in layouts() if name != "poster"])
    layout = known.convert(layout, parameter("layout"), click.get_current_context())
    for wanted in handouts:
        layout_for(library, wanted, layout)
    return layout


def tell_of_table(problems: Sequence[Problem]) -> None:
    """Prints the first problems of a table in the order of its rows, and how many there are."""
    for problem in problems[: 5 * SHOWN]:
        click.echo(str(problem), err=True)
    more = f" The first {5 * SHOWN} are shown." if len(problems) > 5 * SHOWN else ""
    click.echo(f"\n{len(problems)} problem{'s' * (len(problems) > 1)}. No sheet was made.{more}", err=True)


def _show(jobs: Sequence[Job], sheets: int, join: bool) -> None:
    """What would be made, without the names: a screen is not private."""
    lines = []
    for job in jobs:
        said = {name: job.fields[name] for name in ("drop", "add", "dose", "side") if name in job.fields}
        changes = "; ".join(f"{name} {_said(value)}" for name, value in said.items())
        lines.append((str(job.row), str(job.fields["handout"]), changes))
    click.echo(columns(("Row", "Handout", "Changes"), lines))
    if sheets > len(jobs):
        click.echo(f"and {sheets - len(jobs)} more")
    jobs_said = f" in {_count(-(-sheets // TOGETHER), 'print job')}" if join else ""
    click.echo(f"\nThe table is right. {_count(sheets, 'sheet')}{jobs_said} would be made; nothing was.")


def _said(value: Any) -> str:
    return value if isinstance(value, str) else ", ".join(value)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"


# --------------------------------------------------------------------------- where
def _folder(out: Path | None, resume: bool, seal: bytes, stamp: str, sheets: int) -> tuple[Path, Journal]:
    """The folder of the merge and its journal: that which is gone on with, or a new one."""
    if out:
        folder = Path(os.path.abspath(out))  # noqa: PTH100
        known = read_journal(folder)
    else:
        folder, known = latest(patients_folder(), (seal,)) if resume else (unused(patients_folder()), None)
    if known is None:
        if resume:
            where = shown(folder) if out else str(patients_folder())
            raise click.BadParameter(
                f'there is no merge of this table and these options in "{where}".', param_hint=GO_ON
            )
        return folder, new_journal(seal, stamp, date.today().isoformat(), sheets)
    if not resume:
        message = f"{shown(folder)} has the sheets of an earlier merge. Add --resume, or name another folder."
        raise click.BadParameter(message, param_hint="--out")
    for same, what in (
        (known.seal == known.sealed(seal), "the table or the options are not what they were"),
        (known.content == stamp, "the handouts or this program have changed since"),
    ):
        if not same:
            raise click.BadParameter(f"{what}. Start anew in another folder.", param_hint=GO_ON)
    return folder, known


def sealed(table: People, options: Mapping[str, Any], printing: Printing, *, join: bool) -> bytes:
    """What a journal seals of a merge."""
    return about(table, {**options, **vars(printing), "roots": "", "day": "", "folder": "", "join": join})


def latest(above: Path, seals: Collection[bytes]) -> tuple[Path, Journal | None]:
    """The newest merge with one of the seals below a folder, or that folder itself where it is one."""
    below = sorted(above.glob("merge-*"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for folder in (above, *below):
        journal = read_journal(folder)
        if journal and journal.seal in map(journal.sealed, seals):
            return folder, journal
    return above, None


def unused(above: Path) -> Path:
    """A new folder for a merge."""
    names = (f"merge-{date.today():%Y-%m-%d}{f'-{i}' if i > 1 else ''}" for i in count(1))
    return next(path for name in names if not (path := above / name).exists())


# --------------------------------------------------------------------------- printing
def tasks_of(folder: Path, jobs: Iterator[Job], join: bool) -> Iterator[Task]:
    """The files to be made, in the order of the table."""
    if not join:
        yield from (Task(folder / f"{stem(job)}.pdf", (job,)) for job in jobs)
        return
    for number in count(1):
        part = tuple(islice(jobs, TOGETHER))
        if not part:
            return
        yield Task(folder / f"print-{number:04d}.pdf", part)


def print_all(
    printing: Printing, tasks: Callable[[], Iterator[Task]], jobs: int | None, crew: Answers | None = None
) -> None:
    """Does the tasks whose files are not there yet, here or where `crew` is, and says what came of it."""
    sheets, earlier, files = 0, 0, 0
    for task in tasks():
        there = task.path.exists()
        sheets, earlier = (sheets, earlier + len(task.jobs)) if there else (sheets + len(task.jobs), earlier)
        files += len(task.jobs) > 1
    processes = jobs or (cores() if sheets >= WORTH_IT else 1)
    made = pages = 0
    problems: list[Problem] = []
    try:
        begin = partial(crew, printing) if crew else partial(run, printing, jobs=processes)
        left = (task for task in tasks() if not task.path.exists())
        with progress(sheets, "Making") as bar, closing(begin(left)) as answers:
            for done in answers:
                made, pages = made + done.sheets, pages + done.pages
                problems.extend(done.problems)
                bar.update(done.sheets)
    except KeyboardInterrupt:
        click.echo(f"\n{made} of {sheets} sheets are made. To go on, type the same with --resume.", err=True)
        raise
    before = f" ({earlier} were there already)" if earlier else ""
    printed = f" in {_count(files, 'print job')}" if files else ""
    click.echo(f"{_count(made, 'sheet')}{before}, {_count(pages, 'page')}{printed}: {shown(printing.folder)}")
    if problems:
        raise ContentError(problems)
