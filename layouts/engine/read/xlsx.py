"""An XLSX file's first sheet as rows of texts, through openpyxl."""

from __future__ import annotations

import datetime
import io
import warnings
import zipfile
from typing import Any

from ..problems import ContentError, Place, problem
from .people import Turned

LARGEST = 500_000_000  # bytes, unpacked


def sheet_rows(data: bytes, shown: str) -> list[tuple[int, list[str]]]:
    """Numbered rows of the first sheet that is not hidden. Raises ContentError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names, size = set(packed.namelist()), sum(part.file_size for part in packed.infolist())
            declared = any(b"<!" in packed.open(name).read(2000) for name in names if name.endswith(".xml"))
        if "xl/workbook.xml" not in names:
            raise problem(Place(shown), "this is no Excel workbook (XLSX)", "Save it as XLSX or as CSV.")
        if size > LARGEST or declared:
            raise problem(Place(shown), "this workbook is not what a spreadsheet program writes", "Save it as CSV.")
        return _rows(data, shown)
    except ContentError:
        raise
    except Exception:  # openpyxl and what it stands on raise many kinds for a damaged file
        raise problem(Place(shown), "this workbook is damaged", "Open it, and save it anew as XLSX or CSV.") from None


def _rows(data: bytes, shown: str) -> list[tuple[int, list[str]]]:
    from openpyxl import load_workbook

    rows: list[tuple[int, list[str]]] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and rules that are lost, which nobody needs here
        book = load_workbook(io.BytesIO(data), read_only=True)
        try:
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            sheet = sheets[0]
            sheet.reset_dimensions()  # some programs write them wrong
            for number, cells in enumerate(sheet.iter_rows(), 1):
                rows.append((number, [_cell(cell, shown, number) for cell in cells]))
        finally:
            book.close()
    return rows


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
    return str(value)


_KINDS = (str, int, float, bool, datetime.date, datetime.time, type(None))
