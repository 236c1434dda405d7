"""The daily commands, one number each, for people who start them with a double click. It makes command lines, and has
no other ways than these."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from .picking import Item, pick, read, yes

Run = Callable[[Sequence[str]], int]
LEAVE = ("0", "q", "quit", "exit")


@dataclass(frozen=True)
class Office:
    """What the menu works with: `run` runs a command line's words and returns its exit code; `show` opens a folder.
    The rest is what there is to choose, and where the PDFs lie."""

    run: Run
    show: Callable[[Path], None]
    handouts: Callable[[], Sequence[Item]]
    sheets: Callable[[], Sequence[Item]]
    printers: Callable[[], Sequence[Item]]
    out: Path
    patients: Path


@dataclass(frozen=True)
class Choice:
    """A line of the menu: what it says, and what it does."""

    says: str
    does: Callable[[Office], None]


def menu(office: Office) -> None:
    """Asks what to do until somebody leaves."""
    choices = [choice for group in GROUPS.values() for choice in group]
    _show()
    while True:
        answer = read("\nType a number, or nothing to see the choices, then press Enter: ")
        answer = answer and answer.rstrip(".").casefold()
        if answer is None or answer in LEAVE:
            return
        if answer.isdecimal() and len(answer) < 6 and 1 <= int(answer) <= len(choices):
            click.echo()
            _do(choices[int(answer) - 1], office)
        elif answer:
            click.echo(f'There is no "{answer[:40]}" here.')
        else:
            _show()


def _show() -> None:
    number = 0
    for group, choices in GROUPS.items():
        click.echo(f"\n{group}")
        for choice in choices:
            number += 1
            click.echo(f"  {number:>2}  {choice.says}")
    click.echo("\n   0  Leave")


def _do(choice: Choice, office: Office) -> None:
    try:
        choice.does(office)
    except KeyboardInterrupt as stop:  # it ends the work, not the menu
        click.echo(" ".join(map(str, ("\nStopped.", *stop.args))))
    except BrokenPipeError:
        raise
    except OSError as error:  # such as a full disk
        click.echo(f"That did not work: the system says: {error.strerror or error}.", err=True)


# --------------------------------------------------------------------------- handouts
def _print(*words: str) -> Callable[[Office], None]:
    def does(office: Office) -> None:
        handout = _handout(office)
        if handout and (to := _printer(office)) is not None:
            office.run(["print", *words, *to, "--", handout])

    return does


def _look(office: Office) -> None:
    if handout := _handout(office):
        office.run(["pdf", "--open", "--", handout])


def _email(office: Office) -> None:
    if (handout := _handout(office)) and office.run(["email", "--", handout]) == 0:
        _show_drafts(office)


def _handout(office: Office) -> str | None:
    items = office.handouts()
    if not items:
        click.echo("There are no handouts yet.")
    return pick(items, "Which handout?") if items else None


def _printer(office: Office) -> list[str] | None:
    """What tells the printer, which is asked for where there are several and none is the usual one; None for none."""
    printers = office.printers()
    if not printers:
        return []
    name = pick(printers, "Which printer?")
    return ["--printer", name] if name else None


# --------------------------------------------------------------------------- patients
def _personal(office: Office) -> None:
    if handout := _handout(office):
        office.run(["personal", "--open", "--", handout])


def _print_sheet(office: Office) -> None:
    sheet = _sheet(office)
    if sheet and (to := _printer(office)) is not None:
        office.run(["print", *to, "--pdf", sheet])


def _email_sheet(office: Office) -> None:
    if (sheet := _sheet(office)) and office.run(["email", "--pdf", sheet]) == 0:
        _show_drafts(office)


def _sheet(office: Office) -> str | None:
    items = office.sheets()
    if not items:
        click.echo("There are no patients' sheets yet.")
    return pick(items, "Which sheet? The newest is first.") if items else None


def _table(office: Office) -> None:
    """A sheet for each row of a table, after it was checked and somebody has said yes."""
    typed = read("Which table (XLSX or CSV)? Drag it onto this window, then press Enter: ")
    if not typed:
        return
    words = ["merge"]
    if yes("Does everybody get the same handout?"):
        handout = _handout(office)
        if not handout:
            return
        words += ["--programme", handout]
    table = ["--", dropped(typed)]
    if office.run([*words, "--dry-run", *table]) != 0 or not yes("\nMake them now?"):
        return
    if yes("To print them all: put them together into print jobs?"):
        words.append("--join")
    click.echo()
    while True:
        try:
            if office.run([*words, *table]) == 0:
                office.show(office.patients)
            return
        except KeyboardInterrupt:
            if "--resume" in words or not yes("\nStopped. Go on with the sheets that are missing?"):
                raise
            words.append("--resume")


def dropped(text: str) -> str:
    """A path as it was typed, or as a console writes a file that was dragged onto it: in quotation marks, or, but on
    Windows, with backslashes before what is special."""
    if os.name == "nt":
        return text.strip('"')
    if os.path.exists(text):  # noqa: PTH110  (Path raises for some names)
        return text
    try:
        words = shlex.split(text)
    except ValueError:  # a lonely quotation mark
        return text
    return words[0] if len(words) == 1 else text


def _show_drafts(office: Office) -> None:
    if office.patients.is_dir():
        office.show(office.patients)


# --------------------------------------------------------------------------- folders
def _folder(office: Office, folder: Path) -> None:
    if folder.is_dir():
        office.show(folder)
    else:
        click.echo("There is nothing in it yet.")


def _everything(office: Office) -> None:
    office.run([])


GROUPS = {
    "Handouts": (
        Choice("Print a handout", _print()),
        Choice("Print a handout in large print", _print("--edition", "large-print")),
        Choice("Look at a handout on the screen", _look),
        Choice("Write an e-mail with a handout", _email),
    ),
    "Patients": (
        Choice("Make a sheet for one patient", _personal),
        Choice("Print a patient's sheet, such as the one just made", _print_sheet),
        Choice("Write an e-mail with a patient's sheet", _email_sheet),
        Choice("Make sheets for a table of patients", _table),
    ),
    "Folders": (
        Choice("Open the folder with the handouts", lambda office: _folder(office, office.out)),
        Choice("Open the folder with the patients' sheets and drafts", lambda office: _folder(office, office.patients)),
        Choice("Make every handout that changed", _everything),
    ),
}
