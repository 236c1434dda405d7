"""`python build.py desktop-shortcut` and `menu`: the daily commands without typing them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from .command_line import Setting, content_option
from .commands import run


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
    """Show the daily commands, one key each."""
    from .menu import menu as start

    own = ["--content", str(setting.content)] if setting.content else []

    def command(words: Sequence[str]) -> int:
        return run(setting.shipped, setting.out, setting.variable, [*own, *words])

    setting.own()
    start(command, setting.out)
