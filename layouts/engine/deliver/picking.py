"""Choosing one of many things with a number or a few letters, in a plain console of 80 columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import click

WIDTH = 79  # a console of 80 columns breaks the line after a full one
PAGE = 18  # lines that are shown at once
MORE = "+"
BACK = ("", "0")


@dataclass(frozen=True)
class Item:
    """Something to choose: its name, a note beside it, the heading under which it stands, and what it is to a program.
    Items of a group stand one after the other."""

    name: str
    value: str
    note: str = ""
    group: str = ""


def pick(items: Sequence[Item], question: str) -> str | None:
    """The value of the item that somebody chooses; None for none."""
    known, first = list(items), 0
    _show(known, first)
    while True:
        more = f", {MORE} for more" if len(known) > PAGE else ""
        answer = read(f"\n{question}\nIts number, a few letters of it{more}, or Enter to go back: ")
        if answer is None or answer in BACK:
            return None
        if answer == MORE and more:
            first = first + PAGE if first + PAGE < len(known) else 0
            _show(known, first)
        elif answer.isdecimal():
            if len(answer) < 6 and 1 <= int(answer) <= len(known):
                return _taken(known[int(answer) - 1])
            click.echo(f"There is no number {answer[:20]} here.")
        else:
            found = narrowed(items, answer)
            if len(found) == 1:
                return _taken(found[0])
            if not found:
                click.echo(f'Nothing here has "{answer[:40]}" in its name.')
                continue
            known, first = found, 0
            _show(known, first)


def narrowed(items: Sequence[Item], words: str) -> list[Item]:
    """The items whose names or notes have all these words, or parts of words; one that is called so is the only one."""
    wanted = _plain(words)
    exact = [item for item in items if wanted in (_plain(item.name), _plain(item.note))]
    if len(exact) == 1:
        return exact
    return [item for item in items if all(word in _plain(f"{item.name} {item.note}") for word in wanted.split())]


def lines(items: Sequence[Item], first: int = 0) -> Iterator[str]:
    """A page of the items, from the first on, numbered, under their headings; no line is longer than a console's."""
    page = items[first : first + PAGE]
    notes = max((len(item.note) for item in page), default=0)
    room = max(20, WIDTH - 7 - 2 - notes)
    names = min(room, max((len(item.name) for item in page), default=0))
    group = ""
    for number, item in enumerate(page, first + 1):
        if item.group != group:
            group = item.group
            yield from ("", group)
        name = item.name if len(item.name) <= room else f"{item.name[: room - 3]}..."
        yield f"  {number:>3}  {name:<{names}}  {item.note}".rstrip()[:WIDTH]
    if len(items) > PAGE:
        yield f"       {first + 1} to {first + len(page)} of {len(items)}"


def yes(question: str) -> bool:
    """Whether somebody says yes."""
    return (read(f"{question} y for yes, Enter for no: ") or "").casefold() in ("y", "yes")


def read(prompt: str) -> str | None:
    """A line that somebody types; None when nobody can."""
    try:
        return input(prompt).strip()
    except UnicodeDecodeError:
        return "?"
    except (EOFError, RuntimeError, OSError, ValueError):  # the end of it, or there is no keyboard
        click.echo()
        return None


def _show(items: Sequence[Item], first: int) -> None:
    for line in lines(items, first):
        click.echo(line)


def _taken(item: Item) -> str:
    click.echo(f"\n{item.name}\n")
    return item.value


def _plain(text: str) -> str:
    """For comparing: without capitals and accents, which not every keyboard has."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
