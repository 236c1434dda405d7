"""Rebuilding what a saved file touches, for as long as somebody writes."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import click

from ..draw import fonts, styles
from ..merge import template
from ..problems import ContentError
from ..read.library import Library
from .builder import DESIGN_MISTAKES, Outcome, plain_jobs, run
from .ledger import ENGINE
from .press import Memory
from .table import shown, table

_memory = Memory()
ENDINGS = frozenset((".yaml", ".yml", ".txt", ".j2", ".svg", ".png", ".jpg", ".jpeg", ".ttf", ".py"))


def watch(library: Callable[[], Library], out: Path) -> None:
    """Builds once, then again whenever content, a template or styles.yaml is saved, until Ctrl-C."""
    from watchfiles import watch as changes

    _round(library, out, first=True)
    folders = [root.path for root in library().roots] + [ENGINE]
    click.echo("\nWaiting for you to save something. Ctrl-C ends this.")
    ours = partial(is_ours, folders)
    for changed in changes(*folders, watch_filter=ours, raise_interrupt=True, debounce=120, step=40):
        names = [Path(name) for _, name in changed]
        if any(name.suffix == ".py" for name in names):
            click.echo("The program itself changed: end this with Ctrl-C and start it again.")
            continue
        if any(ENGINE in name.parents or name.suffix.lower() == ".ttf" for name in names):
            forget_looks()
        _round(library, out)


def _round(library: Callable[[], Library], out: Path, *, first: bool = False) -> None:
    start = time.perf_counter()
    try:
        tell(rebuild(library(), out), None if first else time.perf_counter() - start)
    except DESIGN_MISTAKES as error:
        click.echo(f"\n{time.strftime('%H:%M:%S')}  A template or styles.yaml has a mistake: {error}")


def rebuild(library: Library, out: Path) -> Outcome:
    """Builds what changed; problems are in the outcome, none is raised."""
    try:
        jobs = plain_jobs(library, out)
        before = {job.path: _when(job.path) for job in jobs}
        outcome = run(library, jobs, out, memory=_memory)
    except ContentError as error:
        return Outcome((), error.problems)
    rows = tuple(row for row in outcome.rows if before.get(Path(row.path)) != _when(Path(row.path)))
    return Outcome(rows, outcome.problems)


def tell(outcome: Outcome, seconds: float | None) -> None:
    """What was rebuilt and what is wrong, under the time of day."""
    click.echo(f"\n{time.strftime('%H:%M:%S')}", nl=False)
    if outcome.problems:
        click.echo(f"  {len(outcome.problems)} to mend:")
        for problem in outcome.problems:
            click.echo(str(problem))
    elif not outcome.rows:
        click.echo("  Everything is up to date.")
    elif seconds is None or len(outcome.rows) > 3:
        click.echo(f"\n{table(outcome.rows)}")
    else:
        names = ", ".join(shown(Path(row.path)) for row in outcome.rows)
        click.echo(f"  {names} ({seconds * 1000:.0f} ms)")


def forget_looks() -> None:
    """Templates, styles and fonts are read anew."""
    _memory.forget()
    template.environment.cache_clear()
    for kept in (styles._data, styles.layouts, styles.look, fonts._font, fonts._load, fonts._runs, fonts._width):
        kept.cache_clear()


def _when(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def is_ours(folders: Sequence[Path], _: object, name: str) -> bool:
    """Whether a saved file can change a PDF; what is hidden below the folders cannot."""
    path = Path(name)
    inside = next(
        (path.relative_to(folder).parts for folder in folders if path.is_relative_to(folder)), path.parts[-1:]
    )
    return path.suffix.lower() in ENDINGS and not any(part.startswith((".", "__", "~", "#")) for part in inside)
