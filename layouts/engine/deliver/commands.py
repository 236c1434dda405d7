"""The command line: one function a command, its help written for the people at the front desk."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ..draw.document import Edition
from ..draw.styles import EDITIONS, PAPERS, Layout, layouts, usual_layouts
from ..problems import ContentError, Finding, Problem, did_you_mean
from ..read.library import EXERCISES, Library
from ..records import dataclass
from .builder import DESIGN_MISTAKES, Job, file_name, plain_jobs, roots
from .builder import run as build_jobs
from .findings import findings, page_findings
from .press import Press
from .shelf import findings as shelf_findings
from .shelf import shelf
from .table import columns, print_table, shown

F = TypeVar("F", bound=Callable[..., Any])
ELSEWHERE = {
    "desktop-shortcut": "commands_desk:desktop_shortcut",
    "email": "commands_mail:email",
    "merge": "commands_merge:merge",
    "menu": "commands_desk:menu",
    "personal": "commands_patient:personal",
    "print": "commands_print:print_",
}
if TYPE_CHECKING:
    Word = click.ParamType[str]
else:  # before click 8.3 it took no type
    Word = click.ParamType


@dataclass
class Setting:
    """Where this run works. `named` is who named the content folder: the option or the variable."""

    shipped: Path
    out: Path
    variable: str
    content: Path | None = None
    named: str = ""
    failed: bool = False

    def library(self) -> Library:
        """The content, the clinic's own folder first."""
        return Library(roots(self.shipped, self._content()))

    def own(self) -> Path:
        """The folder into which new files go."""
        return self._content() or self.shipped

    def words(self) -> str:
        """What the command line needs to work on the same content again."""
        return f" --content {quoted(self.content)}" if self.content and self.named == "--content" else ""

    def _content(self) -> Path | None:
        if self.content and not os.path.isdir(self.content):  # noqa: PTH112  (Path raises for some names)
            new = f'Make one with "python build.py new clinic {quoted(self.content)}".'
            raise click.BadParameter(f"there is no folder {quoted(self.content)}. {new}", param_hint=self.named)
        return self.content


class OneOf(Word):
    """One of some words; for another the nearest is named."""

    name = "word"

    def __init__(self, words: Sequence[str]) -> None:
        self.words = tuple(words)

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value.lower() not in self.words:
            self.fail(f'there is no "{value}". {did_you_mean(value, self.words)}', param, ctx)
        return value.lower()


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


def tell(problems: Sequence[Problem]) -> None:
    """Prints problems, and how many there are."""
    for problem in problems:
        click.echo(str(problem), err=True)
    click.echo(f"\n{len(problems)} problem{'s' if len(problems) > 1 else ''}.", err=True)


def content_option(function: F) -> F:
    """--content, before or after the command's name."""

    def use(context: click.Context, _: click.Parameter, value: Path | None) -> None:
        setting = context.find_object(Setting)
        assert setting is not None
        from_variable = os.environ.get(setting.variable)
        if value:
            setting.content, setting.named = Path(os.path.abspath(value)), "--content"  # noqa: PTH100
        elif from_variable and not setting.content:
            setting.content, setting.named = Path(os.path.abspath(from_variable)), setting.variable  # noqa: PTH100

    return click.option(
        "--content", metavar="FOLDER", type=click.Path(path_type=Path), expose_value=False, callback=use, is_eager=True,
        help="Your clinic's own folder; its files win over ours. Or set HANDOUTS_CONTENT once.",
    )(function)  # fmt: skip


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
        layout = OneOf(list(layouts())).convert(layout, _parameter("layout"), click.get_current_context())
    library = setting.library()
    ids = _known(library, ids)
    home = _home_paper(library)
    folder = Path(os.path.abspath(out or setting.out))  # noqa: PTH100
    jobs = []
    for wanted in ids:
        chosen = _layout(library, wanted, layout)
        papers = chosen.papers if paper == "all" else (_paper(chosen, paper or home),)
        able = editions if len(editions) == 1 else chosen.editions  # of all editions those that there are
        for one in (Edition(chosen.name, _edition(chosen, e), p, flat) for e in able for p in papers):
            jobs.append(Job(wanted, one, folder / file_name(wanted, one, home)))
    return Asked(library, tuple(jobs), folder)


def build(setting: Setting, asked: Asked, *, force: bool = False) -> list[Path]:
    """Makes what is stale of it, and shows the table; the PDFs that are there."""
    return _build(setting, asked.library, list(asked.jobs), asked.folder, force=force)


def _layout(library: Library, wanted: str, name: str | None) -> Layout:
    """The layout for a handout: the one that is asked for, or its kind's usual one."""
    kind = library.entries()[wanted].kind
    layout = layouts()[name or usual_layouts()[kind]]
    if layout.kind != kind:
        able = ", ".join(known.name for known in layouts().values() if known.kind == kind)
        raise click.BadParameter(
            f'"{wanted}" is a {kind}, and "{layout.name}" is no layout for it. Possible: {able}.',
            param_hint="--layout",
        )
    return layout


def _edition(layout: Layout, edition: str) -> str:
    if edition not in layout.editions:
        able = " and ".join(layout.editions)
        raise click.BadParameter(
            f'the layout "{layout.name}" has no {edition} edition, only {able}.', param_hint="--edition"
        )
    return edition


def _paper(layout: Layout, paper: str) -> str:
    if paper not in layout.papers:
        able = ", ".join(layout.papers)
        raise click.BadParameter(
            f'the layout "{layout.name}" cannot be printed on {paper} paper, only on {able}.', param_hint="--paper"
        )
    return paper


@cli.command("list")
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


@cli.command()
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
    for wanted in _known(library, ids) or library.entries():
        try:
            handout = library.handout(wanted)
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


@cli.command()
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
    printed = Edition("guide", edition, paper or _home_paper(library))
    with _progress(len(wanted_ids), "Drawing") as bar:
        done = gallery(library, wanted_ids, printed, folder, lambda: bar.update(1))
    if done.drawn:
        click.echo(closing(done, shown(folder)))
    if wrong := sorted({*done.problems, *(() if ids else misnamed)}):
        if done.drawn:
            click.echo(err=True)
        tell(wrong)
        setting.failed = True


@cli.group(cls=Commands)
def new() -> None:
    """Start a new handout, or your clinic's folder."""


@new.command("guide")
@click.argument("id_", metavar="ID")
@content_option
@click.pass_obj
def new_guide(setting: Setting, id_: str) -> None:
    """Make the file of a new guide, for you to fill.

    ID is its short name: lowercase words joined by hyphens, such as knee-pain.
    """
    _new(setting, "guide", id_)


@new.command("programme")
@click.argument("id_", metavar="ID")
@content_option
@click.pass_obj
def new_programme(setting: Setting, id_: str) -> None:
    """Make the file of a new exercise sheet, for you to fill.

    ID is its short name: lowercase words joined by hyphens, such as knee-strength.
    """
    _new(setting, "programme", id_)


@new.command("pack")
@click.argument("id_", metavar="ID")
@content_option
@click.pass_obj
def new_pack(setting: Setting, id_: str) -> None:
    """Make the file of a new pack: several handouts as one PDF.

    ID is its short name: lowercase words joined by hyphens, such as welcome-runners.
    """
    _new(setting, "pack", id_)


def _new(setting: Setting, kind: str, id_: str) -> None:
    from .scaffold import make_handout, wrong_id

    if wrong := wrong_id(id_):
        raise click.BadParameter(wrong, param_hint="ID")
    path = make_handout(kind, setting.own(), id_, setting.library())
    click.echo(f"{shown(path)} is ready. Edit it, then: python build.py{setting.words()} pdf {id_} --open")


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


@cli.command()
@content_option
@click.pass_obj
def schema(setting: Setting) -> None:
    """Renew the files by which an editor explains fields."""
    from .scaffold import write_schemas

    for folder in dict.fromkeys((setting.own(), setting.shipped)):
        count = write_schemas(folder)
        click.echo(f"{count} schemas in {shown(folder)}")


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


def quoted(path: Path) -> str:
    """A path as it is typed on a command line."""
    return f'"{path}"' if " " in str(path) else str(path)


def _parameter(name: str) -> click.Parameter | None:
    """The running command's option of that name."""
    return next((p for p in click.get_current_context().command.params if p.name == name), None)


def _known(library: Library, ids: Sequence[str]) -> tuple[str, ...]:
    """The ids, each once. An unknown one is a wrong command line; one whose file is badly named, wrong content."""
    for wanted in ids:
        if wanted not in library.entries():
            try:
                library.entry(wanted)
            except ContentError as error:
                if any(problem in library.misnamed() for problem in error.problems):
                    raise
            hint = did_you_mean(Path(wanted).stem, library.entries()) or 'See them all with "python build.py list".'
            raise click.BadParameter(f'there is no handout "{wanted}". {hint}', param_hint="ID")
    return tuple(dict.fromkeys(ids))


def _home_paper(library: Library) -> str:
    return str(library.clinic()[0].paper)


def _progress(length: int, label: str) -> Any:
    """A bar for long work, where somebody watches."""
    long = length > 12 and sys.stderr is not None and sys.stderr.isatty()
    return click.progressbar(length=length, label=label, file=sys.stderr, hidden=not long)


def _build(setting: Setting, library: Library, jobs: list[Job], out: Path, *, force: bool) -> list[Path]:
    with _progress(len(jobs), "Building") as bar:
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
