"""Tables of patients as spreadsheet programs and record systems save them."""

from __future__ import annotations

import csv
import datetime
import io
import tracemalloc
import zipfile
from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from layouts.engine.problems import ContentError
from layouts.engine.read.people import COLUMNS, People, missing, people

Said = Callable[[Callable[[], object]], str]
ROWS = [
    ["Name", "Next visit", "Note"],
    ["O'Brien, Anna", "2026-12-01", 'She said "yes"\nand no; or\tnot'],
    ["Müller", "soon", "été"],
    ["", "", ""],
    ["=cmd()", "", "../../x"],
]
MEANT = [
    (2, {"name": "O'Brien, Anna", "next_visit": "2026-12-01", "note": 'She said "yes"\nand no; or\tnot'}),
    (3, {"name": "Müller", "next_visit": "soon", "note": "été"}),
    (5, {"name": "=cmd()", "note": "../../x"}),
]


def text(rows: Sequence[Sequence[str]] = ROWS, delimiter: str = ",", end: str = "\r\n") -> str:
    """Rows as a spreadsheet program writes them."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue()


def table(folder: Path, data: bytes | str, name: str = "people.csv") -> People:
    """The table of a file's bytes."""
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return people(path)


def book(rows: Sequence[Sequence[Any]], **more: Sequence[Sequence[Any]]) -> bytes:
    """A workbook."""
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(list(row))
    for name, cells in more.items():
        sheet = made.create_sheet(name)
        for row in cells:
            sheet.append(list(row))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def meant(made: People) -> list[tuple[int, dict[str, str]]]:
    return [(row.number, made.of(row)) for row in made.rows]


# ------------------------------------------------------------- CSV
@pytest.mark.parametrize(
    ("encoding", "delimiter", "end"),
    [*product(("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"), (",", ";", "\t"), ("\r\n", "\n"))],
)
def test_any_encoding_with_any_delimiter(encoding: str, delimiter: str, end: str, tmp_path: Path) -> None:
    made = table(tmp_path, text(delimiter=delimiter, end=end).encode(encoding))
    assert made.problems == ()
    assert made.columns == ("name", "next_visit", "note")
    assert meant(made) == MEANT


def test_big_endian_with_its_mark(tmp_path: Path) -> None:
    assert meant(table(tmp_path, b"\xfe\xff" + text().encode("utf-16-be"))) == MEANT


def test_excel_s_own_first_line(tmp_path: Path) -> None:
    made = table(tmp_path, "sep=;\r\nname;note\r\nAnna;a,b,c\r\n")
    assert meant(made) == [(3, {"name": "Anna", "note": "a,b,c"})]


def test_one_column_needs_no_delimiter(tmp_path: Path) -> None:
    assert meant(table(tmp_path, "name\nAnna\n")) == [(2, {"name": "Anna"})]


def test_rows_may_be_short_and_columns_empty(tmp_path: Path) -> None:
    made = table(tmp_path, "name,note,,\nAnna,,,\nEve\n")
    assert made.problems == () and meant(made) == [(2, {"name": "Anna"}), (3, {"name": "Eve"})]


@pytest.mark.parametrize(
    ("heading", "column"),
    [("NAME", "name"), (" Next-Visit ", "next_visit"), ("next  visit", "next_visit"), ("Programme", "programme"),
     ("handout", "programme"), ("E-Mail", "email")],
)  # fmt: skip
def test_headings_in_the_ways_of_people(heading: str, column: str, tmp_path: Path) -> None:
    assert table(tmp_path, f"{heading}\nx\n").columns == (column,)


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        ("Anna,strong\nEve,strong\n", "people.csv, row 1: the first row names no columns"),
        ("name,Anna Quirinius\nx,y\n", "people.csv, row 1: column 2 has an unknown heading\n    Possible: name,"),
        ("nmae,note\nx,y\n", 'people.csv, row 1: there is no column "nmae"\n    Did you mean "name"?'),
        ("name,,note\nx,y,z\n", "people.csv, row 1: column 2 has no heading"),
        ("name,Name\nx,y\n", 'people.csv, row 1: the column "Name" stands there twice'),
        ("pack,guide\nx,y\n", 'the column "guide" stands there twice (as "pack")'),
        ("name,note\nAnna,a,b\n", "people.csv, row 2: there are 3 texts, but 2 columns have headings"),
    ],
)
def test_what_is_wrong_with_headings_and_rows(data: str, answer: str, tmp_path: Path) -> None:
    assert answer in "\n".join(map(str, table(tmp_path, data).problems))


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        (b"", "people.csv: this table is empty"),
        (b"\n,,\n", "this table is empty"),
        (b'name,note\nAnna,"never closed\n', "row 2: the quotation marks of a text do not pair"),
        (b'name\n"An"na\n', "row 2: the quotation marks of a text do not pair"),
        (b"name\n" + b"x" * 200_000, "longer than 100 000 characters"),
        (b"name\n\x81\x8d", "unknown encoding"),
        (b"\xff\xfea\x00b", "this file is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "this is an old Excel file (XLS), or one with a password"),
        (b"PK\x03\x04 nonsense", "this workbook is damaged"),
    ],
)
def test_files_that_are_no_table(data: bytes, answer: str, tmp_path: Path, said: Said) -> None:
    assert answer in said(lambda: table(tmp_path, data))


def test_a_table_that_is_not_there(tmp_path: Path, said: Said) -> None:
    assert "people.csv: there is no such file" in said(lambda: people(tmp_path / "people.csv"))


def test_missing_columns(tmp_path: Path) -> None:
    (found,) = missing(table(tmp_path, "note\nx\n"), ["name", "note"])
    assert found.message == 'the column "name" is missing'


# ------------------------------------------------------------- XLSX
def test_a_workbook_says_the_same(tmp_path: Path) -> None:
    rows = [[cell or None for cell in row] for row in ROWS]
    rows[4][0] = "cmd()"
    made = table(tmp_path, book(rows, Other=[["nothing"]]), "people.xlsx")
    assert made.problems == ()
    assert [values for _, values in meant(made)][:2] == [values for _, values in MEANT][:2]
    assert [number for number, _ in meant(made)] == [2, 3, 5]


def test_dates_and_numbers_of_a_workbook(tmp_path: Path) -> None:
    when = datetime.datetime(2026, 12, 1, 15, 30)
    rows: list[list[Any]] = [["name", "date", "next visit", "note"], ["Anna", datetime.date(2026, 1, 2), when, 3.0]]
    (found,) = meant(table(tmp_path, book(rows), "people.xlsx"))
    assert found == (2, {"name": "Anna", "date": "2026-01-02", "next_visit": "2026-12-01 15:30", "note": "3"})


def test_what_may_be_a_person_s_is_not_shown(tmp_path: Path) -> None:
    """A table without headings begins with somebody's name."""
    for first in ("Anna Quirinius,alpha", "name,Anna Quirinius", "Anna Quirinius"):
        told = "\n".join(map(str, table(tmp_path, f"{first}\nx,y\n").problems))
        assert "row 1" in told and "Anna" not in told and "Quirinius" not in told


def test_durations_of_a_workbook(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["name", "note", "next visit", "clinician"]]
    rows += [["Anna", datetime.timedelta(hours=30, minutes=5), datetime.timedelta(seconds=95), datetime.time(8, 30)]]
    (found,) = meant(table(tmp_path, book(rows), "people.xlsx"))
    assert found[1] == {"name": "Anna", "note": "30:05", "next_visit": "0:01:35", "clinician": "08:30"}


def test_rows_that_the_spreadsheet_hides_are_read_and_told_of(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    for i, cells in enumerate((["name"], ["Anna"], ["Eve"], [None], ["Kim"])):
        made.active.append(cells)
        made.active.row_dimensions[i + 1].hidden = i in (1, 3, 4)
    made.save(tmp_path / "people.xlsx")
    read = people(tmp_path / "people.xlsx")
    assert [row.number for row in read.rows] == [2, 3, 5] and read.problems == ()
    assert read.remarks == ("rows 2, 5 are hidden or filtered out in the spreadsheet, and read all the same.",)


def test_which_sheet_was_read_is_said_where_there_are_others(tmp_path: Path) -> None:
    only = "only sheet 1 of this workbook was read; sheet 3 is not empty, too."
    assert table(tmp_path, book([["name"], ["x"]], Quirinius=[], Lee=[["x"]]), "people.xlsx").remarks == (only,)
    assert table(tmp_path, book([["name"], ["x"]], Empty=[[None]]), "people.xlsx").remarks == ()


def test_a_formula_in_a_workbook_is_told_of(tmp_path: Path, said: Said) -> None:
    told = said(lambda: table(tmp_path, book([["name"], ["Anna"], ["=cmd()"]]), "people.xlsx"))
    assert "people.xlsx, row 3: there is a formula in column A" in told


@pytest.mark.parametrize("name", ["word/document.xml", "content.xml"])
def test_other_packed_files(name: str, tmp_path: Path, said: Said) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(name, "<x/>")
    assert "this is no Excel workbook" in said(lambda: table(tmp_path, out.getvalue(), "people.xlsx"))


def test_a_workbook_with_entities_is_refused(tmp_path: Path, said: Said) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book([["name"], ["x"]]))) as source, zipfile.ZipFile(out, "w") as packed:
        for name in source.namelist():
            data = source.read(name)
            if name.endswith("sheet1.xml"):
                data = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + data
            packed.writestr(name, data)
    assert "not what a spreadsheet program writes" in said(lambda: table(tmp_path, out.getvalue(), "people.xlsx"))


def test_a_cut_off_workbook(tmp_path: Path) -> None:
    whole = book([["name"], ["Anna"]])
    for end in range(0, len(whole), 97):
        if end < 4:
            continue
        with pytest.raises(ContentError):
            table(tmp_path, whole[:end], "people.xlsx")


def test_every_column_is_known_by_its_own_name(tmp_path: Path) -> None:
    assert table(tmp_path, ",".join(COLUMNS) + "\nx\n").columns == COLUMNS


def test_a_table_takes_no_more_memory_than_it_needs(tmp_path: Path) -> None:
    """Not as much as the largest table that is allowed; and who prescribes for all is not kept for each."""
    rows = [["name", "clinician"], *([f"Person {i}", "Dr. Lena Fischer"] for i in range(50))]
    (tmp_path / "people.csv").write_text(text(rows), encoding="utf-8")
    tracemalloc.start()
    try:
        table = people(tmp_path / "people.csv")
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
    assert len({id(row.values[1]) for row in table.rows}) == 1
