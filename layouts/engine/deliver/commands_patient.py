"""Commands about patients. Read only when one of them is typed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click

from ..draw.document import Edition
from ..draw.styles import EDITIONS, Layout, layouts
from ..merge.personal import summary
from ..problems import ContentError
from ..read.library import Library
from ..read.plan import Plan, plan_of, read_plan
from .command_line import F, OneOf, Setting, content_option, home_paper, known_ids, layout_for, paper_for, parameter
from .patients import check_folder, patients_folder
from .personal import save, sheet
from .press import Press
from .table import shown

ASKED = {"name": "For whom", "clinician": "By whom", "note": "A note to the patient", "next_visit": "Next visit"}


def sheet_options(function: F) -> F:
    """What all sheets for patients can be told of their look and their place."""
    for option in (
        click.option(
            "--out", metavar="FOLDER", type=click.Path(path_type=Path, file_okay=False),
            help='Where to put it. Left out: "Clinic handouts" among your documents.',
        ),
        click.option("--flat", is_flag=True, help="Without boxes and lines to fill in on a screen."),
        click.option("--layout", metavar="NAME", help="Such as list, cards or diary. Left out: the usual one."),
        click.option("--paper", metavar="NAME", type=OneOf(["letter", "a4"]), help="letter or a4."),
        click.option(
            "--edition", metavar="NAME", type=OneOf(EDITIONS), default="standard", show_default=True,
            help=f"{', '.join(EDITIONS[:-1])} or {EDITIONS[-1]}.",
        ),
    ):  # fmt: skip
        function = option(function)
    return function


@click.command()
@click.argument("id_", metavar="[ID]", required=False)
@click.option("--name", metavar="TEXT", help="For whom it is. Left out: you are asked.")
@click.option("--clinician", metavar="TEXT", help="Who prescribes it. Left out: you are asked.")
@click.option("--date", metavar="DAY", help="year-month-day. Left out: today.")
@click.option("--note", metavar="TEXT", help="A few words to the patient. Left out: you are asked.")
@click.option("--next-visit", metavar="TEXT", help="Words, or year-month-day. Left out: you are asked.")
@click.option("--drop", metavar="EXERCISE", multiple=True, help="Leave an exercise out. May be given again.")
@click.option("--add", metavar="EXERCISE", multiple=True, help="Add an exercise. May be given again.")
@click.option("--dose", metavar="CHANGE", multiple=True, help="Such as bridge.sets=3. May be given again.")
@click.option("--side", metavar="SIDE", help="One-sided exercises on this side only: left or right.")
@click.option("--file", "file", metavar="PLAN", type=click.Path(path_type=Path), help="Take it all from a plan file.")
@click.option("--since", "last", metavar="PLAN", type=click.Path(path_type=Path),
              help="The plan of the last sheet: mark what is new, more, less or stopped.")  # fmt: skip
@click.option("--keep-identity", is_flag=True, help="Keep name, clinician, note and next visit in the plan file, too.")
@click.option("--summary", "summarized", is_flag=True, help="Print what was prescribed, for the patient's record.")
@click.option("--open", "open_", is_flag=True, help="Show the PDF when it is done.")
@sheet_options
@content_option
@click.pass_obj
def personal(
    setting: Setting,
    /,
    id_: str | None,
    file: Path | None,
    last: Path | None,
    keep_identity: bool,
    summarized: bool,
    open_: bool,
    edition: str,
    paper: str | None,
    layout: str | None,
    flat: bool,
    out: Path | None,
    **fields: Any,
) -> None:
    """Make a sheet for one patient.

    ID is a programme, guide or pack; it stays as it is. What you leave out of name, clinician, note and next visit you
    are asked for. Beside the PDF lies its plan, from which it can be made again.

    Example: python build.py personal core-for-runners-1 --drop bird-dog --dose bridge.sets=3
    """
    library = setting.library()
    if not id_ and not file:
        raise click.UsageError("Missing argument 'ID': a programme, guide or pack, or --file with a plan.")
    folder = Path(os.path.abspath(out or patients_folder()))  # noqa: PTH100
    with as_options():
        check_folder(folder, library)
    if id_:
        known_ids(library, (id_,))
    plan = _plan(id_, file, fields)
    chosen = _chosen(library, known_ids(library, (str(plan.handout),))[0], layout, paper)
    previous = read_plan(last) if last else None
    plan = _asked(plan, id_, file, fields)
    with as_options():
        made = sheet(library, plan, date.today(), lambda name: (folder / f"{name}.pdf").exists(), previous)
        press = Press(library)
        path, rendered = save(
            press, made, Edition(chosen[0].name, edition, chosen[1], flat), folder, identity=keep_identity
        )
    _tell(made.changed, plan, made.document)
    pages = f"{rendered.pages} page{'s' * (rendered.pages != 1)}"
    click.echo(f"{shown(path)} is ready: {pages}, document {made.document}.", err=summarized)
    if summarized:
        click.echo(summary(made.handout))
    if open_:
        click.launch(str(path))


def _plan(id_: str | None, file: Path | None, fields: dict[str, Any]) -> Plan:
    """What the file and the command line say, each mistake with its place."""
    options = {**({"handout": id_} if id_ else {}), **fields}
    with as_options():
        plan = read_plan(file, fields) if file else plan_of(options)
    if id_ and plan.handout != id_:
        assert file
        raise click.BadParameter(f'"{file.name}" is a plan for "{plan.handout}".', param_hint="ID")
    return plan


def _asked(plan: Plan, id_: str | None, file: Path | None, fields: dict[str, Any]) -> Plan:
    """The plan with what is private asked for, where somebody sits before the screen."""
    if sys.stdin is None or not sys.stdin.isatty():
        return plan
    answers = dict(fields)
    for name, question in ASKED.items():
        if getattr(plan, name) is None:
            answers[name] = click.prompt(f"{question} (Enter for none)", default="", show_default=False, err=True)
    return _plan(id_, file, answers)


def _chosen(library: Library, wanted: str, layout: str | None, paper: str | None) -> tuple[Layout, str]:
    """The layout and the paper of a sheet."""
    if layout:
        layout = OneOf(list(layouts())).convert(layout, parameter("layout"), click.get_current_context())
    chosen, paper = layout_for(library, wanted, layout), paper or home_paper(library)
    if chosen.name == "poster":
        raise click.BadParameter("a poster is for a wall, not for one patient.", param_hint="--layout")
    return chosen, paper_for(chosen, paper)


def _tell(changed: tuple[str, ...], plan: Plan, document: str) -> None:
    """What is different from the sheet that the plan was written for."""
    for line in changed:
        click.echo(f"Since then {line}.", err=True)
    if plan.document and plan.document != document:
        click.echo(f"It is not the same as {plan.document}, so it has a number of its own: {document}.", err=True)


@contextmanager
def as_options() -> Iterator[None]:
    """Mistakes in options are those of a wrong command line."""
    try:
        yield
    except ContentError as error:
        if all(problem.place.file.startswith("--") for problem in error.problems):
            raise click.UsageError("\n".join(map(str, error.problems))) from None
        raise
