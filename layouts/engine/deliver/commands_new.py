"""`new`: files of new content, for the clinic to fill; and `schema`, by which an editor explains their fields."""

from __future__ import annotations

import os
from pathlib import Path

import click

from .command_line import Setting, content_option, quoted
from .commands import Commands
from .table import shown


@click.group(cls=Commands)
def new() -> None:
    """Start a new handout, or your clinic's folder."""


def _start(kind: str, what: str, example: str) -> None:
    """Adds the command that starts a handout of a kind; `what` it is, and an `example` of an ID, for its help."""

    @new.command(
        kind,
        help=f"""Make the file of a new {what}.

        ID is its short name: lowercase words joined by hyphens, such as {example}.
        """,
    )
    @click.argument("id_", metavar="ID")
    @content_option
    @click.pass_obj
    def start(setting: Setting, id_: str) -> None:
        from .scaffold import make_handout, wrong_id

        if wrong := wrong_id(id_):
            raise click.BadParameter(wrong, param_hint="ID")
        path = make_handout(kind, setting.own(), id_, setting.library())
        click.echo(f"{shown(path)} is ready. Edit it, then: python build.py{setting.words()} pdf {id_} --open")


_start("guide", "guide, for you to fill", "knee-pain")
_start("programme", "exercise sheet, for you to fill", "knee-strength")
_start("pack", "pack: several handouts as one PDF", "welcome-runners")


@new.command("clinic")
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path, file_okay=False))
@click.pass_obj
def new_clinic(setting: Setting, folder: Path) -> None:
    """Make your own folder: name, logo, colours to fill in."""
    from .scaffold import make_clinic

    whole = Path(os.path.abspath(folder))  # noqa: PTH100
    make_clinic(whole, setting.shipped)
    click.echo(f"{folder} is ready. Edit clinic.yaml in it, then: python build.py --content {quoted(folder)}")
    click.echo(f"To use it always, set the environment variable {setting.variable} to {whole}")


@click.command()
@content_option
@click.pass_obj
def schema(setting: Setting) -> None:
    """Renew the files by which an editor explains fields."""
    from .scaffold import write_schemas

    for folder in dict.fromkeys((setting.own(), setting.shipped)):
        count = write_schemas(folder)
        click.echo(f"{count} schemas in {shown(folder)}")
