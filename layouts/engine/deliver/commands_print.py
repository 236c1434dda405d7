"""`python build.py print`: from a handout, or a PDF that is already there, to paper."""

from __future__ import annotations

import os
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..draw.styles import EDITIONS, PAPERS
from ..problems import Place, did_you_mean, problem
from .command_line import OneOf, Setting, content_option
from .commands import asked_for, build
from .table import shown

if TYPE_CHECKING:
    from .printing.imposition import Way as Imposition
    from .printing.jobs import Ticket
    from .printing.printers import Printers, Way

SUMATRA = "With SumatraPDF (free, sumatrapdfreader.org) on this computer, it prints by itself."


@dataclass(frozen=True)
class Wanted:
    """How everything of this command line is printed."""

    printer: str | None
    copies: int
    duplex: bool
    paper: str | None  # for PDFs that were already there: another paper than their pages'
    imposition: Imposition | None
    out: Path | None
    stopped: bool = False  # what is sent to the printer waits


@click.command("print")
@click.argument("ids", metavar="[ID...]", nargs=-1)
@click.option("--printer", metavar="NAME", help="Which printer. Left out: the usual one of this computer.")
@click.option(
    "--copies", metavar="N", type=click.IntRange(1, 999), default=1, show_default=True, help="How many of each."
)
@click.option("--duplex/--no-duplex", default=None, help="On both sides of the paper, or on one. Left out: both.")
@click.option("--booklet", is_flag=True, help="As a booklet of half the size, to fold and staple.")
@click.option("--two-up", is_flag=True, help="Two pages side by side on one side of the paper.")
@click.option("--list", "list_", is_flag=True, help="Show the printers, and print nothing.")
@click.option(
    "--edition", metavar="NAME", type=OneOf(EDITIONS),
    help=f"{', '.join(EDITIONS[:-1])} or {EDITIONS[-1]}. Left out: standard.",
)  # fmt: skip
@click.option(
    "--paper", metavar="NAME", type=OneOf([*PAPERS]), help=f"{', '.join(PAPERS)}. Left out: the clinic's paper."
)
@click.option("--layout", metavar="NAME", help='As for "pdf", such as poster.')
@click.option(
    "--pdf", "files", metavar="FILE", multiple=True, type=click.Path(path_type=Path, dir_okay=False),
    help="Print a PDF that is already there, such as a personal sheet.",
)  # fmt: skip
@click.option(
    "--out", metavar="FOLDER", type=click.Path(path_type=Path, file_okay=False),
    help='Where the PDFs are made. Left out: the folder "out".',
)  # fmt: skip
@content_option
@click.pass_obj
def print_(
    setting: Setting,
    ids: tuple[str, ...],
    printer: str | None,
    copies: int,
    duplex: bool | None,
    booklet: bool,
    two_up: bool,
    list_: bool,
    edition: str | None,
    paper: str | None,
    layout: str | None,
    files: tuple[Path, ...],
    out: Path | None,
) -> None:
    """Print handouts.

    What changed is made anew first. Where no printing program is found, the PDF opens in your viewer, and you are told
    which settings to choose.

    Example: python build.py print running-and-back-pain --copies 2
    """
    from .printing.paper import pages
    from .printing.printers import printers, way

    if list_:
        _list(printers())
        return
    _check(ids, files, booklet, two_up, duplex, edition, layout)
    known = printers()
    to = _printer(known, printer)
    wanted = Wanted(
        printer=to,
        copies=copies,
        duplex=duplex is not False,
        paper=paper if files else None,
        imposition="booklet" if booklet else "two-up" if two_up else None,
        out=Path(os.path.abspath(out)) if out else None,  # noqa: PTH100
        stopped=to in known.stopped,
    )
    for file in files:
        pages(file)  # one that cannot be printed is told before the first page comes out
    by = way() if wanted.printer or not known.known else None
    if ids:
        asked = asked_for(setting, ids, (edition or "standard",), paper, layout, True, out)
        if wanted.imposition and by is None:
            for path in (_left_at(job.path, wanted) for job in asked.jobs):
                if path.stem in asked.library.entries():
                    raise problem(Place(str(path)), "a handout has this file name", "Choose another folder with --out.")
        made = build(setting, asked)
        if setting.failed:
            click.echo("Nothing was printed.", err=True)
            return
        click.echo()
        for job, path in zip(asked.jobs, made, strict=True):
            _one(by, replace(wanted, paper=None), path, job.handout)
    for file in files:
        _one(by, wanted, Path(os.path.abspath(file)), "handout")  # noqa: PTH100


def _check(
    ids: tuple[str, ...],
    files: tuple[Path, ...],
    booklet: bool,
    two_up: bool,
    duplex: bool | None,
    edition: str | None,
    layout: str | None,
) -> None:
    if not ids and not files:
        raise click.UsageError('say what to print: an ID, or --pdf FILE. "python build.py list" shows the IDs.')
    if booklet and two_up:
        raise click.UsageError("--booklet and --two-up exclude each other: choose one.")
    if booklet and duplex is False:
        raise click.UsageError("a booklet is printed on both sides: leave --no-duplex out, or take --two-up.")
    if not ids and (edition or layout):
        raise click.UsageError("--edition and --layout are for handouts that are made; a PDF is printed as it is.")


def _printer(known: Printers, wanted: str | None) -> str | None:
    """The printer's name as its system writes it; None where there is none, or where the system knows best."""
    if wanted is None:
        if known.usual or len(known.names) <= 1:
            return known.usual or next(iter(known.names), None)
        raise click.BadParameter(
            f"there are several printers and none is the usual one. Name one: {', '.join(known.names)}.",
            param_hint="--printer",
        )
    if not known.known:
        return wanted
    if found := known.named(wanted):
        return found
    if not known.names:
        raise click.BadParameter("no printer is set up on this computer.", param_hint="--printer")
    hint = did_you_mean(wanted, known.names) or 'See them all with "python build.py print --list".'
    raise click.BadParameter(f'there is no printer "{wanted}". {hint}', param_hint="--printer")


def _list(known: Printers) -> None:
    if not known.known:
        click.echo("This computer does not tell us its printers. Print from your PDF viewer.")
    elif not known.names:
        click.echo("No printer is set up on this computer. Add one in its settings first.")
    for name in known.names:
        notes = ["the usual one"] * (name == known.usual) + ["paused or off"] * (name in known.stopped)
        click.echo(f"{name}  ({', '.join(notes)})" if notes else name)


def _one(by: Way | None, wanted: Wanted, path: Path, title: str) -> None:
    """Prints one PDF, or opens it for somebody to print."""
    from .printing.jobs import Ticket
    from .printing.paper import pages
    from .printing.send import leave, send, spooled

    seen = pages(path)
    paper = wanted.paper or seen.paper
    ticket = Ticket(
        file=path,
        title=title,
        printer=wanted.printer,
        copies=wanted.copies,
        sides="two-sided-short-edge" if seen.landscape else "two-sided-long-edge",
        paper=paper,
        fit=seen.paper is None or paper != seen.paper,
    )
    count, note, said = seen.count, "", f"{seen.count} page{'s' if seen.count > 1 else ''}"
    data = None
    if wanted.imposition:
        from .printing.imposition import impose

        sheets = impose(path, wanted.imposition)
        data, count = sheets.data, sheets.sides
        said += f" on {count} side{'s' if count > 1 else ''}"
        ticket = replace(ticket, sides="two-sided-short-edge")
        note = f" The pages stand at {sheets.share:.0%} of their size."
    if not wanted.duplex or count == 1:
        ticket = replace(ticket, sides="one-sided")
    if by is None:
        if data is not None:
            ticket = replace(ticket, file=_left_at(path, wanted))
            leave(data, ticket.file)
        _open(ticket, note)
        return
    with nullcontext(path) if data is None else spooled(data) as file:
        send(by, replace(ticket, file=file))
    click.echo(f"{_sent(ticket, shown(path) if title == 'handout' else title, said)}{note}")
    if wanted.stopped:
        click.echo(
            "This printer is paused or off: the pages come out when it goes on. Do not print them again.", err=True
        )


def _sent(ticket: Ticket, name: str, pages: str) -> str:
    from .printing.jobs import SAID_PAPER, SAID_SIDES

    words = [pages]
    if ticket.copies > 1:
        words.append(f"{ticket.copies} copies")
    if ticket.paper:
        words.append(f"{SAID_PAPER[ticket.paper]} paper")
    words.append(SAID_SIDES[ticket.sides])
    return f"Sent to {ticket.printer or 'the usual printer'}: {name}, {', '.join(words)}."


def _open(ticket: Ticket, note: str) -> None:
    from .printing.jobs import by_hand
    from .printing.system import system

    why = {
        "windows": "SumatraPDF was not found or no printer is set up",
        "macos": "No printer is set up",
        "linux": "CUPS was not found or no printer is set up",
    }[system()]
    click.echo(f"{why}, so {shown(ticket.file)} opens in your PDF viewer. Print it from there and choose:")
    click.echo(f"    {by_hand(ticket)}.{note}")
    if system() == "windows":
        click.echo(SUMATRA)
    if click.launch(str(ticket.file)) != 0:
        click.echo("No PDF viewer opened it. Open it yourself.", err=True)


def _left_at(path: Path, wanted: Wanted) -> Path:
    """Where sheets are left when there is no printer for them."""
    return (wanted.out or path.parent) / f"{path.stem}-{wanted.imposition}.pdf"
