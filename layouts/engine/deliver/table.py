"""The closing table of a build, for a console of any width. Only the standard library is imported here."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from .ledger import Row


def print_table(rows: Sequence[Row]) -> None:
    """Prints what was built, and how many findings wait to be read."""
    print(table(rows))
    if line := summary(rows):
        print(line)


def table(rows: Sequence[Row]) -> str:
    """Handout, edition, pages, size, warnings, path."""
    heads = ("Handout", "Edition", "Pages", "Size", "Warnings", "File")
    lines = [
        (
            row.handout,
            row.edition,
            str(row.pages),
            f"{row.size / 1024:.0f} KB",
            str(_serious(row)),
            shown(Path(row.path)),
        )
        for row in rows
    ]
    return columns(heads, lines, right=(2, 3, 4))


def columns(heads: Sequence[str], lines: Sequence[Sequence[str]], right: Iterable[int] = ()) -> str:
    """Words in columns; those in `right` are set flush right."""
    flush = set(right)
    widths = [max(len(line[i]) for line in (heads, *lines)) for i in range(len(heads))]

    def line(cells: Sequence[str]) -> str:
        return "  ".join(
            c.rjust(w) if i in flush else c.ljust(w) for i, (c, w) in enumerate(zip(cells, widths, strict=True))
        ).rstrip()

    return "\n".join([line(heads), "  ".join("-" * w for w in widths), *map(line, lines)])


def summary(rows: Sequence[Row]) -> str:
    """A line that says how to read the findings, or ''."""
    found = {f for row in rows for f in row.findings}
    counts = {level: sum(f.startswith(f"{level}:") for f in found) for level in ("error", "warning", "advice")}
    said = [f"{n} {level}{'s' if n > 1 and level != 'advice' else ''}" for level, n in counts.items() if n]
    return f'\n{", ".join(said)}: read them with "python build.py check".' if said else ""


def shown(path: Path) -> str:
    """A path as short as it can be typed here."""
    try:
        return str(path.relative_to(os.getcwd()))  # noqa: PTH109  (Path.cwd() resolves links)
    except (OSError, ValueError):
        return str(path)


def _serious(row: Row) -> int:
    return sum(not f.startswith("advice:") for f in row.findings)
