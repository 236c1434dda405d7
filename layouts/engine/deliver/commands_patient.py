"""Commands about patients. Read only when one of them is typed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import click

from ..draw.document import Edition
from ..draw.styles import EDITIONS, layouts
from ..merge.personal import summary
from ..problems import ContentError, did_you_mean, problem
from ..read.library import Library
from ..read.plan import Plan, plan_of, read_plan, visit_problems
from .command_line import (
    FOLDER,
    F,
    OneOf,
    Setting,
    content_option,
    home_paper,
    known_ids,
    layout_for,
    paper_for,
    parameter,
    show,
    when_refused,
)
from .patients import check_folder, patients_folder
from .personal import Sheet, save, sheet
from .press import Press
from .seal import Seal, local_key
from .table import shown

ASKED = {"name": "For whom", "clinician": "By whom", "note": "A note to the patient", "next_visit": "Next visit"}


def sheet_options(function: F) -> F:
    """What all sheets for patients can be told of their look and their place."""
    for option in (
        click.option(
            "--out", metavar="FOLDER", type=FOLDER,
            help='Where to put it. Left out: "Clinic handouts" among your documents.',
        ),
        click.option("--flat/--no-flat", default=None, help="Without boxes and lines to fill in on a screen."),
        click.option("--layout", metavar="NAME", help="Such as list, cards or diary. Left out: the usual one."),
        click.option("--paper", metavar="NAME", type=OneOf(["letter", "a4"]), help="letter or a4."),
        click.option(
            "--edition", metavar="NAME", type=OneOf(EDITIONS),
            help=f"{', '.join(EDITIONS[:-1])} or {EDITIONS[-1]}. Left out: {EDITIONS[0]}.",
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
@when_refused("No sheet was made.")
def personal(
    setting: Setting,
    /,
    id_: str | None,
    file: Path | None,
    last: Path | None,
    keep_identity: bool,
    summarized: bool,
    open_: bool,
    edition: str | None,
    paper: str | None,
    layout: str | None,
    flat: bool | None,
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
    look = _look(library, plan, Wanted(layout, edition, paper, flat))
    previous = read_plan(last) if last else None
    kept = read_plan(file).says_for_whom if file else False
    plan = _asked(plan, id_, file, fields)
    with as_options():
        if wrong := list(visit_problems(plan, plan.date or date.today())):
            raise ContentError(wrong)
        seal = Seal(look, local_key(), kept)
        made = sheet(library, plan, date.today(), partial(_is_there, folder), previous, seal)
        path, rendered = save(Press(library), made, replace(seal, identity=keep_identity or kept), folder)
    _tell(made, plan)
    pages = f"{rendered.pages} page{'s' * (rendered.pages != 1)}"
    click.echo(f"{shown(path)} is ready: {pages}, document {made.document}.", err=summarized)
    if summarized:
        click.echo(summary(made.handout))
    if open_:
        show(path)


def _is_there(folder: Path, document: str) -> bool:
    return os.path.lexists(folder / f"{document}.pdf")


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
    """The plan with what is private asked for. Raises click.UsageError where nobody sits before the screen: a sheet
    without a name must be wanted."""
    open_ = [name for name in ASKED if fields[name] is None and getattr(plan, name) is None]
    if open_ and (sys.stdin is None or not sys.stdin.isatty()):
        *most, last = (f"--{name.replace('_', '-')}" for name in open_)
        options = f"{', '.join(most)} and {last}" if most else last
        raise click.UsageError(
            f'Nobody can be asked for what is private here. Give {options} ("" for nothing), or --file with a plan'
            " that says it."
        )
    answers = dict(fields)
    for name in open_:
        question = f"{ASKED[name]} (Enter for none)"
        answers[name] = click.prompt(question, default="", show_default=False, err=True)
    return _plan(id_, file, answers)


@dataclass(frozen=True)
class Wanted:
    """What the command line says of a sheet's look; None where it says nothing."""

    layout: str | None
    edition: str | None
    paper: str | None
    flat: bool | None


def _look(library: Library, plan: Plan, wanted: Wanted) -> Edition:
    """How the sheet looks: as the command line says, else as its plan, else as usual."""
    if plan.handout not in library.entries() and plan.handout.place.file != "the command line":
        hint = did_you_mean(plan.handout, library.entries())
        raise problem(plan.handout.place, f'there is no handout "{plan.handout}"', hint)
    name = wanted.layout
    if name:
        name = OneOf(list(layouts())).convert(name, parameter("layout"), click.get_current_context())
    elif plan.layout and plan.layout not in layouts():
        hint = did_you_mean(plan.layout, layouts())
        raise problem(plan.layout.place, f'there is no layout "{plan.layout}"', hint)
    layout = layout_for(library, known_ids(library, (str(plan.handout),))[0], name or plan.layout)
    if layout.name == "poster":
        raise click.BadParameter("a poster is for a wall, not for one patient.", param_hint="--layout")
    paper = paper_for(layout, wanted.paper or plan.paper or home_paper(library))
    flat = plan.flat if wanted.flat is None else wanted.flat
    return Edition(layout.name, wanted.edition or plan.edition or EDITIONS[0], paper, bool(flat))


def _tell(made: Sheet, plan: Plan) -> None:
    """What is different from the sheet that the plan was written for."""
    for line in made.changed:
        click.echo(f"Since then {line}.", err=True)
    if plan.document and plan.document != made.document:
        words = f"This is another sheet than {plan.document}, so it has a number of its own: {made.document}."
        click.echo(words, err=True)
    if made.unmarked:
        click.echo("It is not marked any more what was new, more or less; --since does that.", err=True)


@contextmanager
def as_options() -> Iterator[None]:
    """Mistakes in options are those of a wrong command line."""
    try:
        yield
    except ContentError as error:
        if all(problem.place.file.startswith("--") for problem in error.problems):
            raise click.UsageError("\n".join(map(str, error.problems))) from None
        raise
