"""The commands, their help written for the people at the front desk. Here are those that make PDFs of the content;
the others live in modules of their own, which are imported when one of them is typed."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from ..draw.document import Edition
from ..draw.styles import EDITIONS, PAPERS, layouts
from ..problems import ContentError, did_you_mean
from ..read.library import Library
from ..records import dataclass
from .builder import DESIGN_MISTAKES, Job, file_name, plain_jobs
from .builder import run as build_jobs
from .command_line import (
    OneOf,
    Setting,
    content_option,
    edition_for,
    home_paper,
    known_ids,
    layout_for,
    paper_for,
    parameter,
    progress,
    tell,
)
from .table import print_table

ELSEWHERE = {
    "check": "commands_review:check",
    "desktop-shortcut": "commands_desk:desktop_shortcut",
    "email": "commands_mail:email",
    "figures": "commands_review:figures",
    "list": "commands_review:list_",
    "menu": "commands_desk:menu",
    "merge": "commands_merge:merge",
    "new": "commands_new:new",
    "personal": "commands_patient:personal",
    "print": "commands_print:print_",
    "schema": "commands_new:schema",
}


class Commands(click.Group):
    """The commands; for another word the nearest is named.

    `elsewhere` are commands of other modules, "module:function", which are imported when they are asked for.
    """

    def __init__(self, *words: Any, elsewhere: Mapping[str, str] | None = None, **more: Any) -> None:
        super().__init__(*words, **more)
        self.elsewhere = dict(elsewhere or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *self.elsewhere})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self.elsewhere:
            module, _, function = self.elsewhere[cmd_name].partition(":")
            command: click.Command = getattr(import_module(f".{module}", __package__), function)
            return command
        return super().get_command(ctx, cmd_name)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        word = args[0]
        if self.get_command(ctx, word) is None and not word.startswith("-"):
            setting = ctx.find_object(Setting)
            if setting and word in setting.library().entries():
                ctx.fail(f'"{word}" is a handout. To make its PDF: python build.py pdf {word}')
            ctx.fail(f'there is no command "{word}". {did_you_mean(word, self.list_commands(ctx))}')
        return super().resolve_command(ctx, args)


def run(shipped: Path, out: Path, variable: str, words: Sequence[str] | None = None) -> int:
    """Runs the command line's words, or these; the exit code."""
    setting = Setting(shipped, out, variable)
    try:
        cli.main(list(words) if words is not None else None, "python build.py", standalone_mode=False, obj=setting)
    except ContentError as error:
        tell(error.problems)
        return 1
    except DESIGN_MISTAKES as error:
        click.echo(f"A template or styles.yaml has a mistake: {error}", err=True)
        return 1
    except click.exceptions.Abort:
        raise KeyboardInterrupt from None
    except SystemExit:  # click's answer to a reader that went away
        raise BrokenPipeError from None
    except click.ClickException as error:
        error.show()
        return error.exit_code
    return 1 if setting.failed else 0


@click.group(
    cls=Commands,
    elsewhere=ELSEWHERE,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@content_option
@click.pass_context
def cli(context: click.Context) -> None:
    """Make printable handouts for patients.

    Type "python build.py" alone to make every handout. The PDFs are put into the folder "out".

    Type "python build.py pdf --help" to see what a command can do.
    """
    if context.invoked_subcommand is None:
        setting: Setting = context.obj
        library = setting.library()
        _build(setting, library, plain_jobs(library, setting.out), setting.out, force=False)


@cli.command()
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@click.option(
    "--edition", metavar="NAME", type=OneOf([*EDITIONS, "all"]), default="standard", show_default=True,
    help=f"{', '.join(EDITIONS)}, or all.",
)  # fmt: skip
@click.option(
    "--paper", metavar="NAME", type=OneOf([*PAPERS, "all"]),
    help=f"{', '.join(PAPERS)}, or all. Left out: the clinic's paper. A guide fits letter and a4.",
)  # fmt: skip
@click.option(
    "--layout", metavar="NAME",
    help="For a guide: guide or poster. For a programme: list, cards, cards-1, cards-4, cards-6, diary, diary-4,"
    " fridge or pocket. Left out: the first of these.",
)  # fmt: skip
@click.option("--flat", is_flag=True, help="Without boxes and lines to fill in on a screen.")
@click.option(
    "--out", metavar="FOLDER", type=click.Path(path_type=Path, file_okay=False),
    help='Where to put the PDF. Left out: the folder "out".',
)  # fmt: skip
@click.option("--force", is_flag=True, help="Make it again even if nothing changed.")
@click.option("--open", "open_", is_flag=True, help="Show the PDF when it is done.")
@content_option
@click.pass_obj
def pdf(
    setting: Setting,
    ids: tuple[str, ...],
    edition: str,
    paper: str | None,
    layout: str | None,
    flat: bool,
    out: Path | None,
    force: bool,
    open_: bool,
) -> None:
    """Make the PDF of one handout or several.

    ID is a handout's short name. "python build.py list" shows them all.

    Example: python build.py pdf back-pain-and-sleep --edition large-print --open
    """
    wanted = asked_for(setting, ids, (edition,) if edition != "all" else EDITIONS, paper, layout, flat, out)
    done = build(setting, wanted, force=force)
    if open_:
        for path in done:
            click.launch(str(path))


@dataclass(frozen=True)
class Asked:
    """The PDFs that a command line asks for."""

    library: Library
    jobs: tuple[Job, ...]
    folder: Path


def asked_for(
    setting: Setting,
    ids: Sequence[str],
    editions: Sequence[str],
    paper: str | None,
    layout: str | None,
    flat: bool,
    out: Path | None,
) -> Asked:
    """Each handout in each edition; left out are the clinic's `paper` (or "all"), the usual `layout` and `out`.

    Raises click.BadParameter for what does not fit together.
    """
    if layout:
        layout = OneOf(list(layouts())).convert(layout, parameter("layout"), click.get_current_context())
    library = setting.library()
    ids = known_ids(library, ids)
    home = home_paper(library)
    folder = Path(os.path.abspath(out or setting.out))  # noqa: PTH100
    jobs = []
    for wanted in ids:
        chosen = layout_for(library, wanted, layout)
        papers = chosen.papers if paper == "all" else (paper_for(chosen, paper or home),)
        able = editions if len(editions) == 1 else chosen.editions  # of all editions those that there are
        for one in (Edition(chosen.name, edition_for(chosen, e), p, flat) for e in able for p in papers):
            jobs.append(Job(wanted, one, folder / file_name(wanted, one, home)))
    return Asked(library, tuple(jobs), folder)


def build(setting: Setting, asked: Asked, *, force: bool = False) -> list[Path]:
    """Makes what is stale of it, and shows the table; the PDFs that are there."""
    return _build(setting, asked.library, list(asked.jobs), asked.folder, force=force)


@cli.command()
@click.option(
    "--out", metavar="FOLDER", type=click.Path(path_type=Path, file_okay=False),
    help='Where to put the PDFs. Left out: the folder "out".',
)  # fmt: skip
@content_option
@click.pass_obj
def watch(setting: Setting, out: Path | None) -> None:
    """Make PDFs again whenever you save. Ctrl-C ends it."""
    from .watch import watch as start

    start(setting.library, Path(os.path.abspath(out or setting.out)))  # noqa: PTH100


def _build(setting: Setting, library: Library, jobs: list[Job], out: Path, *, force: bool) -> list[Path]:
    with progress(len(jobs), "Building") as bar:
        outcome = build_jobs(library, jobs, out, force=force, report=lambda _: bar.update(1))
    if outcome.rows:
        print_table(outcome.rows)
    elif not outcome.problems:
        click.echo('There are no handouts yet. Start one with "python build.py new guide ID".')
    if outcome.problems:
        if outcome.rows:
            click.echo(err=True)
        tell(outcome.problems)
        setting.failed = True
    return [Path(row.path) for row in outcome.rows]
