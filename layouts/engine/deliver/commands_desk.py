"""`python build.py desktop-shortcut` and `menu`: the daily commands without typing them."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..problems import ContentError
from .command_line import Setting, content_option, show
from .commands import run

if TYPE_CHECKING:
    from .picking import Item

KINDS = {"guide": "Guides", "programme": "Exercise sheets", "pack": "Packs"}  # in the order of a list


@click.command("desktop-shortcut")
@click.option(
    "--where", metavar="FOLDER", type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Put it there. Left out: on your desktop.",
)  # fmt: skip
@content_option
@click.pass_obj
def desktop_shortcut(setting: Setting, where: Path | None) -> None:
    """Put a start for the daily commands on your desktop.

    A double click on it opens a small menu.
    """
    from .printing.system import system
    from .shortcut import desktop, put, shortcut, start_here

    setting.own()  # a folder that is not there is told now, not at the first double click
    folder = Path(os.path.abspath(where)) if where else desktop()  # noqa: PTH100
    made = put(shortcut(start_here(system(), setting.content), system()), folder)
    click.echo(f"{made} is ready. Double-click it.")
    if system() == "linux":
        click.echo('Some desktops ask first: right-click it and choose "Allow Launching".')


@click.command()
@content_option
@click.pass_obj
def menu(setting: Setting) -> None:
    """Show the daily commands, one number each."""
    from .menu import Office
    from .menu import menu as start
    from .patients import patients_folder

    own = ["--content", str(setting.content)] if setting.content else []

    def command(words: Sequence[str]) -> int:
        return run(setting.shipped, setting.out, setting.variable, [*own, *words])

    setting.own()
    folder = patients_folder()
    start(
        Office(
            run=command, show=show, handouts=lambda: _handouts(setting), sheets=lambda: _sheets(folder),
            printers=_printers, out=setting.out, patients=folder,
        )
    )  # fmt: skip


def _handouts(setting: Setting) -> list[Item]:
    """Every handout, under its kind. Mistakes in files are told when one of these is made."""
    from .picking import Item

    library = setting.library()
    found = []
    for kind, group in KINDS.items():
        for entry in library.entries().values():
            if entry.kind == kind:
                try:
                    title = str(library.head(entry).title)
                except ContentError:
                    title = "(has mistakes)"
                found.append(Item(title, entry.id, entry.id, group))
    return found


def _sheets(folder: Path) -> list[Item]:
    """The patients' sheets, the newest first, each with its number and when it was made."""
    from ..read.plan import DocumentId
    from .picking import Item

    made = []
    with suppress(OSError):  # a folder that is not there
        for path in folder.glob("*.pdf"):
            if re.fullmatch(DocumentId.pattern, path.stem):
                made.append((path.stat().st_mtime, path))
    today = date.today()
    found = []
    for stamp, path in sorted(made, reverse=True):
        when = datetime.fromtimestamp(stamp)
        day = "today" if when.date() == today else when.date().isoformat()
        found.append(Item(path.stem, str(path), f"{day} {when:%H:%M}"))
    return found


def _printers() -> list[Item]:
    """The printers to choose from, where the computer has several and none is the usual one."""
    from .picking import Item
    from .printing.printers import printers

    known = printers()
    return [] if known.usual or len(known.names) < 2 else [Item(name, name) for name in known.names]
