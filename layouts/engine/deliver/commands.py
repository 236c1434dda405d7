"""The command line: one function a command, its help written for the people at the front desk."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from ..draw.document import Edition
from ..draw.styles import EDITIONS, PAPERS, layouts
from ..problems import ContentError, Problem, did_you_mean
from ..read.library import Library
from .builder import Job, file_name, roots
from .builder import run as build_jobs
from .table import columns, print_table, shown

F = TypeVar("F", bound=Callable[..., Any])


@dataclass
class Setting:
    """Where this run works."""

    home: Path
    shipped: Path
    out: Path
    variable: str
    content: Path | None = None
    failed: bool = False

    def library(self) -> Library:
        """The content, the clinic's own folder first."""
        return Library(roots(self.shipped, self.content))

    def own(self) -> Path:
        """The folder into which new files go."""
        return self.content or self.shipped


def run(home: Path, shipped: Path, out: Path, variable: str) -> int:
    """Runs the command line's words; the exit code."""
    setting = Setting(home, shipped, out, variable)
    try:
        cli.main(obj=setting, prog_name="python build.py", standalone_mode=False)
    except ContentError as error:
        tell(error.problems)
        return 1
    except click.exceptions.Abort:
        raise KeyboardInterrupt from None
    except click.ClickException as error:
        error.show()
        return error.exit_code
    return 1 if setting.failed else 0


def tell(problems: Sequence[Problem]) -> None:
    """Prints problems, and how many there are."""
    for problem in problems:
        click.echo(str(problem), err=True)
    click.echo(f"\n{len(problems)} problem{'s' if len(problems) > 1 else ''}.", err=True)


def content_option(function: F) -> F:
    """--content, before or after the command's name."""

    def use(context: click.Context, _: click.Parameter, value: Path | None) -> None:
        setting: Setting = context.find_object(Setting)  # type: ignore[assignment]
        chosen = value or (Path(os.environ[setting.variable]) if os.environ.get(setting.variable) else None)
        if chosen and not chosen.is_dir():
            raise click.BadParameter(
                f'there is no folder "{chosen}". Make one with "python build.py new clinic {chosen}".'
            )
        if chosen:
            setting.content = chosen.absolute()

    return click.option(
        "--content", type=click.Path(path_type=Path), expose_value=False, callback=use, is_eager=True,
        help="Your clinic's own content folder; its files win over ours. Or set HANDOUTS_CONTENT once.",
    )(function)  # fmt: skip


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@content_option
@click.pass_context
def cli(context: click.Context) -> None:
    """Make printable handouts for patients.

    Without a command: builds every handout that changed into the folder "out".
    """
    if context.invoked_subcommand is None:
        setting: Setting = context.obj
        library = setting.library()
        entries = library.entries()
        paper = _home_paper(library)
        edition = Edition("guide", "standard", paper)
        jobs = [Job(i, edition, setting.out / file_name(i, edition, paper), plain=True) for i in entries]
        _build(setting, library, jobs, setting.out, force=False)


@cli.command()
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@click.option(
    "--edition",
    type=click.Choice([*EDITIONS, "all"]),
    default="standard",
    show_default=True,
    help="Which edition to print.",
)
@click.option("--paper", type=click.Choice([*PAPERS, "all"]), help="The paper. Left out: the clinic's.")
@click.option(
    "--layout", metavar="NAME", default="guide", show_default=True, help="guide, or poster for the waiting room."
)
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help='Where to put the PDF. Left out: the folder "out".'
)
@click.option("--force", is_flag=True, help="Build even if nothing changed.")
@click.option("--open", "open_", is_flag=True, help="Open the PDF when it is done.")
@content_option
@click.pass_obj
def pdf(
    setting: Setting,
    ids: tuple[str, ...],
    edition: str,
    paper: str | None,
    layout: str,
    out: Path | None,
    force: bool,
    open_: bool,
) -> None:
    """Make the PDF of one handout or several.

    ID is a handout's name as "python build.py list" shows it.
    """
    known = layouts()
    if layout not in known:
        raise click.BadParameter(f'there is no layout "{layout}". {did_you_mean(layout, known)}', param_hint="--layout")
    library = setting.library()
    for wanted in ids:
        if wanted not in library.entries():
            raise click.BadParameter(
                f'there is no handout "{wanted}". {did_you_mean(wanted, library.entries())}', param_hint="ID"
            )
    home = _home_paper(library)
    papers = known[layout].papers if paper == "all" else (paper or home,)
    for chosen in papers:
        if chosen not in known[layout].papers:
            able = ", ".join(known[layout].papers)
            raise click.BadParameter(
                f'the layout "{layout}" does not know {chosen} paper, only {able}.', param_hint="--paper"
            )
    folder = (out or setting.out).absolute()
    editions = EDITIONS if edition == "all" else (edition,)
    wanted_editions = [Edition(layout, e, p) for e in editions for p in papers]
    jobs = [Job(i, e, folder / file_name(i, e, home)) for i in dict.fromkeys(ids) for e in wanted_editions]
    done = _build(setting, library, jobs, folder, force=force)
    if open_:
        for path in done:
            click.launch(str(path))


@cli.command("list")
@content_option
@click.pass_obj
def list_(setting: Setting) -> None:
    """Show every handout: its ID, title, kind, version and review."""
    from ..check.review import state

    library = setting.library()
    lines: list[tuple[str, ...]] = []
    wrong = list(library.misnamed())
    for entry in library.entries().values():
        try:
            g = library.guide(entry)
        except ContentError as error:
            wrong.extend(error.problems)
            lines.append((entry.id, "(has mistakes)", entry.kind, "", ""))
            continue
        lines.append(
            (
                entry.id,
                str(g.title),
                entry.kind,
                str(g.version),
                state(g.reviewed, g.reviewed_by, g.review_due, date.today()),
            )
        )
    click.echo(columns(("ID", "Title", "Kind", "Version", "Review"), lines))
    if wrong:
        click.echo()
        tell(sorted(set(wrong)))
        setting.failed = True


@cli.command()
@click.argument("ids", metavar="[ID...]", nargs=-1)
@content_option
@click.pass_obj
def check(setting: Setting, ids: tuple[str, ...]) -> None:
    """Read the content critically: mistakes, reading level, review dates, colours, length."""
    from .builder import findings

    library = setting.library()
    for wanted in ids:
        library.entry(wanted)
    wrong: set[Problem] = set(library.misnamed())
    found = set()
    for wanted in ids or library.entries():
        try:
            found.update(findings(library.handout(wanted)))
        except ContentError as error:
            wrong.update(error.problems)
    for finding in sorted(found):
        click.echo(str(finding))
    if not found and not wrong:
        click.echo("Nothing to mend.")
    if wrong:
        click.echo()
        tell(sorted(wrong))
        setting.failed = True


@cli.group()
def new() -> None:
    """Start something new: a guide, or your clinic's own folder."""


@new.command("guide")
@click.argument("id_", metavar="ID")
@content_option
@click.pass_obj
def new_guide(setting: Setting, id_: str) -> None:
    """Write a commented guide that builds as it stands, for you to fill."""
    from .scaffold import make_guide

    path = make_guide(setting.own(), id_, setting.library())
    click.echo(f"{shown(path, setting.home)} is ready. Edit it, then: python build.py pdf {id_} --open")


@new.command("clinic")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.pass_obj
def new_clinic(setting: Setting, folder: Path) -> None:
    """Make a content folder of your own, with your name, logo and colours to fill in."""
    from .scaffold import make_clinic

    make_clinic(folder.absolute(), setting.shipped)
    click.echo(f"{folder} is ready. Edit clinic.yaml in it, then: python build.py --content {folder}")
    click.echo(f"To use it always, set the environment variable {setting.variable} to {folder.absolute()}")


@cli.command()
@content_option
@click.pass_obj
def schema(setting: Setting) -> None:
    """Write the files that let an editor complete and explain every field."""
    from .scaffold import write_schemas

    for folder in dict.fromkeys((setting.own(), setting.shipped)):
        count = write_schemas(folder)
        click.echo(f"{count} schemas in {shown(folder, setting.home)}")


@cli.command()
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help='Where to put the PDFs. Left out: the folder "out".'
)
@content_option
@click.pass_obj
def watch(setting: Setting, out: Path | None) -> None:
    """Rebuild what you save, as you save it. Ctrl-C ends it."""
    from .watch import watch as start

    start(setting.library, (out or setting.out).absolute(), setting.home)


def _home_paper(library: Library) -> str:
    return str(library.clinic()[0].paper)


def _build(setting: Setting, library: Library, jobs: list[Job], out: Path, *, force: bool) -> list[Path]:
    long = len(jobs) > 12 and sys.stderr.isatty()
    with click.progressbar(length=len(jobs), label="Building", file=sys.stderr, hidden=not long) as bar:
        outcome = build_jobs(library, jobs, out, force=force, report=lambda _: bar.update(1))
    if outcome.rows:
        print_table(outcome.rows, setting.home)
    if outcome.problems:
        if outcome.rows:
            click.echo(err=True)
        tell(outcome.problems)
        setting.failed = True
    return [Path(row.path) for row in outcome.rows]
