"""`list`, `check` and `figures`: what there is, and what to improve before it is printed."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click

from ..draw.document import Edition
from ..draw.styles import EDITIONS, usual_layouts
from ..problems import ContentError, Finding, Problem, did_you_mean
from ..read.handout import read_handout
from ..read.library import EXERCISES
from .command_line import OneOf, Setting, content_option, home_paper, known_ids, progress, tell
from .findings import findings, page_findings
from .press import Press
from .shelf import findings as shelf_findings
from .shelf import shelf
from .table import columns, shown


@click.command("list")
@content_option
@click.pass_obj
def list_(setting: Setting) -> None:
    """Show every handout: its ID, title and review."""
    from ..check.review import state

    library = setting.library()
    lines: list[tuple[str, ...]] = []
    wrong = list(library.misnamed())
    for entry in library.entries().values():
        try:
            g = library.sheet(entry)
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


@click.command()
@click.argument("ids", metavar="[ID...]", nargs=-1)
@content_option
@click.pass_obj
def check(setting: Setting, ids: tuple[str, ...]) -> None:
    """Show what to improve: mistakes, reading level, reviews.

    Without an ID: checks every handout. It changes nothing.
    """
    library = setting.library()
    press = Press(library)
    wrong: set[Problem] = set() if ids else set(library.misnamed())
    found: set[Finding] = set()
    for wanted in known_ids(library, ids) or library.entries():
        try:
            handout = read_handout(library, wanted)
            layout = usual_layouts()[handout.entry.kind]
            edition = Edition(layout, "standard", str(handout.clinic.paper))
            found.update(findings(handout, press.drawings))
            found.update(page_findings(handout, edition.paper, press.make(handout, edition)))
        except ContentError as error:
            wrong.update(error.problems)
    if not ids:
        known = shelf(library)
        wrong.update(known.problems)
        found.update(shelf_findings(known))
    for finding in sorted(found):
        click.echo(str(finding))
    if not found and not wrong:
        click.echo("All is well.")
    if wrong:
        if found:
            click.echo()
        tell(sorted(wrong))
        setting.failed = True


@click.command()
@click.argument("ids", metavar="[ID...]", nargs=-1)
@click.option(
    "--edition", metavar="NAME", type=OneOf(EDITIONS), default="standard", show_default=True,
    help=f"{', '.join(EDITIONS[:-1])} or {EDITIONS[-1]}.",
)  # fmt: skip
@click.option("--paper", metavar="NAME", type=OneOf(["letter", "a4"]), help="letter or a4. Left out: the clinic's.")
@click.option(
    "--out", metavar="FOLDER", type=click.Path(path_type=Path, file_okay=False),
    help='Where to put them. Left out: the folder "out/figures".',
)  # fmt: skip
@content_option
@click.pass_obj
def figures(setting: Setting, ids: tuple[str, ...], edition: str, paper: str | None, out: Path | None) -> None:
    """Show the drawings, for you to approve.

    Makes exercises.pdf, with all drawings side by side, and each drawing as SVG and PNG. Without an ID: of every
    exercise.

    Example: python build.py figures bird-dog bridge --edition ink-saver
    """
    from .gallery import closing, gallery

    library = setting.library()
    entries, misnamed = library.files(EXERCISES)
    for wanted in ids:
        if wanted not in entries:
            hint = did_you_mean(Path(wanted).stem, entries) or 'See them all with "python build.py figures".'
            raise click.BadParameter(f'there is no exercise "{wanted}". {hint}', param_hint="ID")
    wanted_ids = tuple(dict.fromkeys(ids)) or tuple(entries)
    if not wanted_ids and not misnamed:
        click.echo("There are no exercises yet.")
        return
    folder = Path(os.path.abspath(out or setting.out / "figures"))  # noqa: PTH100
    printed = Edition("guide", edition, paper or home_paper(library))
    with progress(len(wanted_ids), "Drawing") as bar:
        done = gallery(library, wanted_ids, printed, folder, lambda: bar.update(1))
    if done.drawn:
        click.echo(closing(done, shown(folder)))
    if wrong := sorted({*done.problems, *(() if ids else misnamed)}):
        if done.drawn:
            click.echo(err=True)
        tell(wrong)
        setting.failed = True
