"""What can be wrong with content, and how it is said.

A mistake of the person who wrote the content is a `Problem`; problems travel in a `ContentError`,
as many at once as there are. A bug of ours is any other exception and is never dressed up as a problem.
A `Finding` is an opinion about content that is not wrong: it never stops a handout from being built.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal, TypeVar

T = TypeVar("T")
Level = Literal["error", "warning", "advice"]


@dataclass(frozen=True, order=True)
class Place:
    """Where a value stands: a file as people know it, line and column counted from 1 (0: the whole file)."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}" if self.line else self.file


@dataclass(frozen=True, order=True)
class Problem:
    """A mistake in content: where it is, what is wrong, and how to mend it."""

    place: Place
    message: str
    hint: str = ""

    def __str__(self) -> str:
        text = f"{self.place}: {self.message}"
        return f"{text}\n    {self.hint}" if self.hint else text


@dataclass(frozen=True, order=True)
class Finding:
    """What a check has to say of content that can be printed: an error stops nothing but wants mending first."""

    place: Place
    level: Level = field(compare=False)
    check: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        text = f"{self.place}: {self.level}: {self.message}"
        return f"{text}\n    {self.hint}" if self.hint else text


class ContentError(Exception):
    """One or more mistakes in content. `problems` are sorted by file, line and column, each named once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


def problem(place: Place, message: str, hint: str = "") -> ContentError:
    """A `ContentError` with a single problem, ready to be raised."""
    return ContentError([Problem(place, message, hint)])


def noting(wrong: list[Problem], read: Callable[[], T]) -> T | None:
    """What `read` returns, or None with its problems noted."""
    try:
        return read()
    except ContentError as error:
        wrong.extend(error.problems)
        return None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the known word nearest to `word`, or lists the known words when they are few, or ''."""
    from difflib import get_close_matches  # most runs have nothing to guess

    words = sorted(known)
    lowered = {w.casefold(): w for w in words}
    near = get_close_matches(word.casefold(), lowered, n=1, cutoff=0.6)
    if near:
        return f'Did you mean "{lowered[near[0]]}"?'
    if 0 < len(words) <= 12:
        return f"Possible here: {', '.join(words)}."
    return ""
