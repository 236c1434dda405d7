"""The daily commands, one key each, for people who start them with a double click."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

Run = Callable[[Sequence[str]], int]


@dataclass(frozen=True)
class Choice:
    """A line of the menu: its key, what it says, the command, and whether that wants the IDs of handouts."""

    key: str
    says: str
    words: tuple[str, ...] = ()
    asks: bool = False


CHOICES = (
    Choice("1", "Make every handout that changed"),
    Choice("2", "See which handouts there are", ("list",)),
    Choice("3", "Make one handout and look at it", ("pdf", "--open"), asks=True),
    Choice("4", "The same in large print", ("pdf", "--edition", "large-print", "--open"), asks=True),
    Choice("5", "Print one handout", ("print",), asks=True),
)
FOLDER = Choice("6", "Open the folder with the PDFs")
LEAVE = Choice("0", "Leave")


def menu(run: Run, out: Path) -> None:
    """Asks what to do until somebody leaves. `run` runs a command line's words; `out` is the folder of the PDFs."""
    while True:
        click.echo("\nHandouts\n")
        for choice in (*CHOICES, FOLDER, LEAVE):
            click.echo(f"  {choice.key}  {choice.says}")
        answer = _read("\nType a number, then press Enter: ")
        if answer is None or answer.rstrip(".") == LEAVE.key or answer.casefold() in ("q", "quit", "exit"):
            return
        click.echo()
        if answer.rstrip(".") == FOLDER.key:
            _open(out)
            continue
        chosen = next((choice for choice in CHOICES if choice.key == answer.rstrip(".")), None)
        if chosen is None:
            if answer:
                click.echo(f'There is no "{answer}" here.')
            continue
        _do(chosen, run)


def _do(chosen: Choice, run: Run) -> None:
    words = list(chosen.words)
    if chosen.asks:
        ids = (_read("Which handout? Type its ID (2 shows them all): ") or "").split()
        if not ids:
            return
        click.echo()
        words += ["--", *ids]
    try:
        run(words)
    except KeyboardInterrupt:  # it ends the work, not the menu
        click.echo("\nStopped.")


def _open(out: Path) -> None:
    if not out.is_dir():
        click.echo("There are no PDFs yet. Type 1 to make them.")
    elif click.launch(str(out)) != 0:
        click.echo(f"The PDFs are in {out}")


def _read(prompt: str) -> str | None:
    """A line that somebody types; None when nobody can."""
    try:
        return input(prompt).strip()
    except EOFError:
        click.echo()
        return None
