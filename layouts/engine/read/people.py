"""A table of patients: CSV as spreadsheet programs and record systems save it, or XLSX. What is in it stays private.

Texts are read as they stand; what they mean is for others to check. Problems name the row as the spreadsheet counts it
(the headings are row 1) and the column.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..problems import Place, Problem, did_you_mean, problem
from .fields import shorten
from .source import read_bytes

LARGEST_TABLE = 200_000_000  # bytes
COLUMNS = (
    "name", "clinician", "date", "note", "next_visit", "drop", "add", "dose", "side", "programme", "email", "password",
)  # fmt: skip
_ALSO = {
    "handout": "programme", "guide": "programme", "pack": "programme", "program": "programme", "patient": "name",
    "e_mail": "email", "mail": "email", "by": "clinician",
}  # fmt: skip
DELIMITERS = (",", ";", "\t")
_SEP = re.compile(r"sep=([,;\t])\r?\n", re.IGNORECASE)  # how Excel is told of a delimiter
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_TEXT = "Save it as CSV UTF-8 in the spreadsheet program."


class Turned(str):
    """A cell that was no text in the spreadsheet, which may show it in another way."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A person: the row's number, and the texts of its columns ('' where nothing stands)."""

    number: int
    values: tuple[str, ...] = field(repr=False)  # nothing of a patient in a log or in a test's report


@dataclass(frozen=True)
class People:
    """A table: its columns by the names of `COLUMNS`, and what is wrong with it. Rows without a word are left out."""

    shown: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]

    def of(self, row: Row) -> dict[str, str]:
        """A row's texts by column, without those where nothing stands."""
        return {name: text for name, text in zip(self.columns, row.values, strict=True) if text}

    def place(self, row: Row, column: str = "") -> Place:
        """Where a text stands, as people find it."""
        where = f"{self.shown}, row {row.number}"
        return Place(f"{where}, {column}" if column in self.columns else where)


def people(path: Path) -> People:
    """The table of a file. Raises ContentError when it cannot be read as one; what is wrong with its headings and rows
    is in its problems."""
    shown = path.name
    data = read_bytes(path, shown, LARGEST_TABLE)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        message = "this is an old Excel file (XLS), or one with a password"
        raise problem(Place(shown), message, "Save it as XLSX without a password, or as CSV.")
    if data.startswith(b"PK"):
        from .xlsx import sheet_rows

        records = sheet_rows(data, shown)
    else:
        records = _csv_rows(_decoded(data, shown), shown)
    return _table(records, shown)


# --------------------------------------------------------------------------- text
def _decoded(data: bytes, shown: str) -> str:
    """The text: UTF-8, UTF-16 with or without its mark, else the usual encoding of Western Windows."""
    encoding = next((name for mark, name in _MARKS.items() if data.startswith(mark)), "")
    if not encoding:  # every second byte of UTF-16 is mostly zero
        start = data[:2000]
        odd, even = start[1::2].count(0), start[::2].count(0)
        encoding = "utf-16-le" if odd > len(start) / 4 else "utf-16-be" if even > len(start) / 4 else "utf-8"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        if encoding != "utf-8":
            raise problem(Place(shown), "this file is damaged, or no table", _TEXT) from None
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        raise problem(Place(shown), "this file's letters are in an unknown encoding", _TEXT) from None


def _csv_rows(text: str, shown: str) -> list[tuple[int, list[str]]]:
    """Numbered rows of a CSV text; its delimiter is that which makes most sense of the headings."""
    skipped = 0
    if said := _SEP.match(text):
        delimiter, text, skipped = said[1], text[said.end() :], 1
    else:
        delimiter = max(DELIMITERS, key=lambda d: _sense(text, d))
    rows: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        number = len(rows) + 1 + skipped
        try:
            rows.append((number, next(reader)))
        except StopIteration:
            return rows
        except csv.Error as error:
            place = Place(f"{shown}, row {number}")
            if "field limit" in str(error) or "field larger" in str(error):
                raise problem(place, "a text here is longer than 100 000 characters", _QUOTES) from None
            raise problem(place, "the quotation marks of a text do not pair", _QUOTES) from None


_QUOTES = (
    'A text with quotation marks inside stands in quotation marks, with each inner one doubled: "Ann ""Nan"" Lee".'
)


def _sense(text: str, delimiter: str) -> tuple[int, int]:
    """How many columns are known, and how many there are, when the headings are parted there."""
    try:
        first = next(csv.reader(io.StringIO(text[:10_000], newline=""), delimiter=delimiter), [])
    except csv.Error:
        return 0, 0
    return sum(_named(cell) in COLUMNS for cell in first), len(first)


# --------------------------------------------------------------------------- headings and rows
def _named(heading: str) -> str:
    """A heading as a field's name."""
    name = re.sub(r"[\s_-]+", "_", heading.strip().casefold()).strip("_")
    return _ALSO.get(name, name)


def _table(records: Sequence[tuple[int, list[str]]], shown: str) -> People:
    filled = [(number, cells) for number, cells in records if any(cell.strip() for cell in cells)]
    if not filled:
        raise problem(Place(shown), "this table is empty", f"Its first row names the columns: {', '.join(COLUMNS)}.")
    number, first = filled[0]
    headings = [cell.strip() for cell in first]
    while headings and not headings[-1]:
        headings.pop()
    columns = tuple(map(_named, headings))
    problems = list(_headings(headings, columns, f"{shown}, row {number}"))
    rows = []
    for number, cells in filled[1:]:
        texts = [cell.strip() for cell in cells]
        problems.extend(_secrets(columns, cells, Place(f"{shown}, row {number}, password")))
        if any(texts[len(columns) :]):
            hint = "A text with the character that parts the columns stands in quotation marks."
            message = f"there are {len(texts)} texts, but {len(columns)} columns have headings"
            problems.append(Problem(Place(f"{shown}, row {number}"), message, hint))
        texts = texts[: len(columns)] + [""] * (len(columns) - len(texts))
        rows.append(Row(number, tuple(texts)))
    return People(shown, columns, tuple(rows), tuple(problems))


def _headings(headings: Sequence[str], columns: Sequence[str], where: str) -> Iterator[Problem]:
    place = Place(where)
    for i, (heading, name) in enumerate(zip(headings, columns, strict=True)):
        if not heading:
            yield Problem(place, f"column {i + 1} has no heading", f"Possible: {', '.join(COLUMNS)}.")
        elif name not in COLUMNS:
            hint = did_you_mean(name, COLUMNS)
            yield Problem(place, f'there is no column "{shorten(heading)}"', hint or f"Possible: {', '.join(COLUMNS)}.")
        elif name in columns[:i]:
            first = headings[columns.index(name)]
            also = f' (as "{shorten(first)}")' if first.casefold() != heading.casefold() else ""
            yield Problem(place, f'the column "{shorten(heading)}" stands there twice{also}', "Keep one of them.")


def _secrets(columns: Sequence[str], cells: Sequence[str], place: Place) -> Iterator[Problem]:
    """A password that the spreadsheet may show in another way than it is read: nobody would know what to type."""
    if any(name == "password" and isinstance(cell, Turned) for name, cell in zip(columns, cells, strict=False)):
        hint = "Give the cells of this column the format Text, then type the passwords anew."
        yield Problem(place, "the spreadsheet keeps this password as a number or a date", hint)


def missing(table: People, needed: Sequence[str]) -> Iterator[Problem]:
    """A problem for each needed column that is not there."""
    for name in needed:
        if name not in table.columns:
            yield Problem(Place(f"{table.shown}, row 1"), f'the column "{name}" is missing', "Add it to the first row.")
