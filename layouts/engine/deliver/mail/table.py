"""The people of a table: the one place where the e-mail command learns whom to write to.

`recipients` reads a small CSV by itself. A fuller reader of tables has only to return the same rows.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ...problems import ContentError, Place, Problem, did_you_mean, problem
from ...read.source import decode, read_bytes
from .addresses import Recipient, wrong_address, wrong_name

COLUMNS = ("email", "name", "programme")
LARGEST_TABLE = 50_000_000  # bytes


@dataclass(frozen=True)
class Row:
    """One person of a table. `programme` is a handout's ID, '' where the table names none."""

    place: Place
    recipient: Recipient
    programme: str = ""


def recipients(path: Path) -> list[Row]:
    """The rows of a CSV file with the columns email, name and programme; only email must be there.

    Raises ContentError with every problem of the whole table, each with its row as a spreadsheet counts it.
    """
    lines = list(_lines(path))
    if not lines:
        raise problem(Place(path.name), "this table is empty", f"Its first row names columns: {', '.join(COLUMNS)}.")
    head = [cell.strip().lower() for cell in lines[0][1]]
    wrong = list(_wrong_columns(path, head))
    if wrong:
        raise ContentError(wrong)
    rows: list[Row] = []
    for number, cells in lines[1:]:
        place = Place(f"{path.name}, row {number}")
        if len(cells) > len(head):
            wrong.append(Problem(place, f"this row has {len(cells)} cells; the first row names {len(head)} columns"))
            continue
        values = {name: cell.strip() for name, cell in zip(head, cells, strict=False)}
        address, name = values.get("email", ""), values.get("name", "")
        said = wrong_address(address) or wrong_name(name)
        if said:
            wrong.append(Problem(place, said))
        else:
            rows.append(Row(place, Recipient(address, name), values.get("programme", "")))
    wrong.extend(_doubled(rows))
    if not wrong and not rows:
        wrong.append(Problem(Place(path.name), "this table has no people under its first row"))
    if wrong:
        raise ContentError(wrong)
    return rows


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Each row with its number; empty ones are left out."""
    text = decode(read_bytes(path, path.name, LARGEST_TABLE), path.name)
    first = text.split("\n", 1)[0]
    comma = max(",;\t", key=first.count)
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=comma, strict=True), 1):
            if any(cell.strip() for cell in cells):
                yield number, cells
    except csv.Error:
        raise problem(
            Place(path.name), "this table cannot be read: a quotation mark is out of place", "Save it anew as CSV."
        ) from None


def _wrong_columns(path: Path, head: list[str]) -> Iterator[Problem]:
    place = Place(f"{path.name}, row 1")
    for name in head:
        if name not in COLUMNS:  # the head is quoted only where it cannot be a person
            hint = did_you_mean(name, COLUMNS) or f"Possible: {', '.join(COLUMNS)}."
            yield Problem(place, f"column {head.index(name) + 1} has no name that is known", hint)
    for name in COLUMNS:
        if head.count(name) > 1:
            yield Problem(place, f'there are two columns "{name}"', "Delete one.")
    if "email" not in head:
        yield Problem(place, 'there is no column "email"', f"The first row names columns: {', '.join(COLUMNS)}.")


def _doubled(rows: list[Row]) -> Iterator[Problem]:
    seen: dict[tuple[str, str, str], Place] = {}
    for row in rows:
        key = (row.recipient.same, row.recipient.name, row.programme)
        if key in seen:
            yield Problem(row.place, f"this row says the same as {str(seen[key]).rsplit(', ', 1)[1]}", "Delete one.")
        else:
            seen[key] = row.place
