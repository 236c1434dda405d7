"""An XLSX file's first sheet as rows of texts, through openpyxl."""

from __future__ import annotations

import datetime
import io
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..problems import ContentError, Place, problem
from .people import Turned

LARGEST = 500_000_000  # bytes, unpacked


@dataclass(frozen=True)
class Sheet:
    """The first sheet that is not hidden: which one of the workbook it is (from 1), its numbered rows, which of them
    the spreadsheet program does not show, and which sheets after it show something, too."""

    number: int
    rows: list[tuple[int, list[str]]] = field(repr=False)
    hidden: tuple[int, ...]
    others: tuple[int, ...]


def read_sheet(data: bytes, shown: str) -> Sheet:
    """The sheet of a workbook. Raises ContentError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names, size = set(packed.namelist()), sum(part.file_size for part in packed.infolist())
            declared = any(b"<!" in packed.open(name).read(2000) for name in names if name.endswith(".xml"))
        if "xl/workbook.xml" not in names:
            raise problem(Place(shown), "this is no Excel workbook (XLSX)", "Save it as XLSX or as CSV.")
        if size > LARGEST or declared:
            raise problem(Place(shown), "this workbook is not what a spreadsheet program writes", "Save it as CSV.")
        return _sheet(data, shown)
    except ContentError:
        raise
    except Exception:  # openpyxl and what it stands on raise many kinds for a damaged file
        raise problem(Place(shown), "this workbook is damaged", "Open it, and save it anew as XLSX or CSV.") from None


def _sheet(data: bytes, shown: str) -> Sheet:
    from openpyxl import load_workbook

    rows: list[tuple[int, list[str]]] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and rules that are lost, which nobody needs here
        book = load_workbook(io.BytesIO(data), read_only=True)
        try:
            sheets = [(i, s) for i, s in enumerate(book.worksheets, 1) if s.sheet_state == "visible"]
            (number, sheet), *others = sheets
            for _, one in sheets:
                one.reset_dimensions()  # some programs write them wrong
            for row, cells in enumerate(sheet.iter_rows(), 1):
                rows.append((row, [_cell(cell, shown, row) for cell in cells]))
            hidden = tuple(_hidden(data, sheet._worksheet_path))
            return Sheet(number, rows, hidden, tuple(i for i, other in others if _says_something(other)))
        finally:
            book.close()


def _says_something(sheet: Any) -> bool:
    return any(value not in (None, "") for row in sheet.iter_rows(values_only=True) for value in row)


def _hidden(data: bytes, name: str) -> Iterator[int]:
    """The rows that are hidden, also by a filter, which openpyxl tells of only when it reads all into memory."""
    from lxml import etree  # type: ignore[import-untyped,unused-ignore]

    number = 0
    with zipfile.ZipFile(io.BytesIO(data)) as packed, packed.open(name) as stream:
        for _, row in etree.iterparse(stream, tag="{*}row", resolve_entities=False):
            number = int(row.get("r") or number + 1)
            if row.get("hidden") in ("1", "true"):
                yield number
            row.clear()
            while row.getprevious() is not None:
                del row.getparent()[0]


def _cell(cell: Any, shown: str, row: int) -> str:
    text = _text(cell, shown, row)
    return text if cell.value is None or isinstance(cell.value, str) else Turned(text)


def _text(cell: Any, shown: str, row: int) -> str:
    """A cell as it would be typed. Raises ContentError for a formula, whose value is not for us to compute."""
    value, kind = cell.value, getattr(cell, "data_type", "n")
    if kind in ("f", "e") or not isinstance(value, _KINDS):
        what = "an error" if kind == "e" else "a formula"
        hint = 'Copy the cells, and paste them back as values ("Paste special").'
        raise problem(Place(f"{shown}, row {row}"), f"there is {what} in column {cell.column_letter}", hint)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return f"{value:%Y-%m-%d}" if value.time() == datetime.time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, datetime.time):
        return f"{value:%H:%M}"
    if isinstance(value, datetime.timedelta):
        return _duration(round(value.total_seconds()))
    return str(value)


def _duration(seconds: int) -> str:
    """Hours and minutes, and seconds where there are any, as spreadsheet programs show a duration."""
    minutes, rest = divmod(abs(seconds), 60)
    said = f"{minutes // 60}:{minutes % 60:02}" + (f":{rest:02}" if rest else "")
    return f"-{said}" if seconds < 0 else said


_KINDS = (str, int, float, bool, datetime.date, datetime.time, datetime.timedelta, type(None))
