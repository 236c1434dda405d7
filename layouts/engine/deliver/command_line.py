"""What the commands have in common: where a run works, what its words mean, and how it answers."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ..draw.styles import Layout, layouts, usual_layouts
from ..problems import ContentError, Problem, did_you_mean
from ..read.library import Library
from ..records import dataclass
from .builder import roots

F = TypeVar("F", bound=Callable[..., Any])
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


def parameter(name: str) -> click.Parameter | None:
    """The running command's option of that name."""
    return next((p for p in click.get_current_context().command.params if p.name == name), None)


def known_ids(library: Library, ids: Sequence[str]) -> tuple[str, ...]:
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


def home_paper(library: Library) -> str:
    """The clinic's paper."""
    return str(library.clinic()[0].paper)


def layout_for(library: Library, wanted: str, name: str | None) -> Layout:
    """The layout for a handout: the one that is asked for, or its kind's usual one. Raises click.BadParameter."""
    kind = library.entries()[wanted].kind
    layout = layouts()[name or usual_layouts()[kind]]
    if layout.kind != kind:
        able = ", ".join(known.name for known in layouts().values() if known.kind == kind)
        raise click.BadParameter(
            f'"{wanted}" is a {kind}, and "{layout.name}" is no layout for it. Possible: {able}.',
            param_hint="--layout",
        )
    return layout


def edition_for(layout: Layout, edition: str) -> str:
    """The edition, where the layout has it. Raises click.BadParameter."""
    if edition not in layout.editions:
        able = " and ".join(layout.editions)
        raise click.BadParameter(
            f'the layout "{layout.name}" has no {edition} edition, only {able}.', param_hint="--edition"
        )
    return edition


def paper_for(layout: Layout, paper: str) -> str:
    """The paper, where the layout can be printed on it. Raises click.BadParameter."""
    if paper not in layout.papers:
        able = ", ".join(layout.papers)
        raise click.BadParameter(
            f'the layout "{layout.name}" cannot be printed on {paper} paper, only on {able}.', param_hint="--paper"
        )
    return paper


def tell(problems: Sequence[Problem]) -> None:
    """Prints problems, and how many there are."""
    for problem in problems:
        click.echo(str(problem), err=True)
    click.echo(f"\n{len(problems)} problem{'s' if len(problems) > 1 else ''}.", err=True)


def progress(length: int, label: str) -> Any:
    """A bar for long work, where somebody watches."""
    long = length > 12 and sys.stderr is not None and sys.stderr.isatty()
    return click.progressbar(length=length, label=label, file=sys.stderr, hidden=not long)


def quoted(path: Path) -> str:
    """A path as it is typed on a command line."""
    return f'"{path}"' if " " in str(path) else str(path)
