"""The people of a table, as those who get e-mails: the same table that a merge makes sheets of.

A row that names a programme, or says anything of the person's own, gets the sheet that a merge makes of it. A row that
says only whom to write to gets the handouts that everybody gets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from ...problems import Place, Problem
from ...read import people
from ...read.people import People, missing
from .addresses import Recipient, ascii_domain, wrong_address, wrong_name

_GREETED = ("name", "email", "password")  # columns that do not make a sheet somebody's own


@dataclass(frozen=True)
class Row:
    """One who gets an e-mail. `sheet` is the table's row whose personal sheet it is, 0 for none; `password` opens its
    PDFs, '' where one opens everybody's or none does."""

    place: Place
    recipient: Recipient
    sheet: int = 0
    password: str = field(default="", repr=False)


def is_personal(table: People, row: people.Row, programme: str) -> bool:
    """Whether a row's person gets a sheet of their own; `programme` is for rows that name none."""
    return bool(programme) or any(name not in _GREETED for name in table.of(row))


def personal_part(table: People, programme: str) -> People:
    """The table without those who get no sheet of their own."""
    return replace(table, rows=tuple(row for row in table.rows if is_personal(table, row, programme)))


def recipients(table: People, *, programme: str, encrypt: bool) -> tuple[list[Row], list[Problem]]:
    """Who gets e-mails, and all that is wrong with whom they go to. The sheets themselves are for `checked` to check.

    `encrypt`: the column password says what opens each one's PDFs. What is said of an address never repeats it.
    """
    wrong = [*table.problems, *missing(table, ["email"]), *_about_passwords(table, encrypt)]
    if wrong:
        return [], wrong
    rows: list[Row] = []
    for row in table.rows:
        said = table.of(row)
        address, name, password = ascii_domain(said.get("email", "")), said.get("name", ""), said.get("password", "")
        mistakes = list(_mistakes(table, row, address, name, password))
        wrong.extend(mistakes)
        if not mistakes:
            number = row.number if is_personal(table, row, programme) else 0
            rows.append(Row(table.place(row), Recipient(address, name), number, password))
    wrong.extend(_doubled(table))
    if not table.rows:
        hint = "Each person has a row of their own."
        wrong.append(Problem(Place(table.shown), "there is nobody in this table", hint))
    return rows, wrong


def sharing(rows: Iterable[Row]) -> list[str]:
    """The numbers of rows whose password also opens what somebody else gets."""
    by_password: dict[str, list[Row]] = {}
    for row in rows:
        if row.password:
            by_password.setdefault(row.password, []).append(row)
    shared = (group for group in by_password.values() if len({row.recipient.same for row in group}) > 1)
    return [str(row.place).rsplit(" ", 1)[1] for group in shared for row in group]


def by_row(problems: Iterable[Problem]) -> list[Problem]:
    """Problems in the order of the table, each once."""

    def number(found: Problem) -> int:
        digits = found.place.file.partition(", row ")[2].partition(",")[0]
        return int(digits) if digits.isdecimal() else 0

    return sorted(dict.fromkeys(problems), key=number)


def _about_passwords(table: People, encrypt: bool) -> Iterator[Problem]:
    if "password" in table.columns and not encrypt and any("password" in table.of(row) for row in table.rows):
        place = Place(f"{table.shown}, row 1, password")
        yield Problem(
            place, "this table has passwords, and nothing is to be encrypted", "Add --encrypt, or delete them."
        )


def _mistakes(table: People, row: people.Row, address: str, name: str, password: str) -> Iterator[Problem]:
    if said := wrong_address(address):
        yield Problem(table.place(row, "email"), said)
    if said := wrong_name(name):
        yield Problem(table.place(row, "name"), said)
    if "password" in table.columns:
        from .encrypt import wrong_password

        if not password:
            yield Problem(table.place(row, "password"), "there is no password here", "Each person needs one.")
        elif said := wrong_password(password):
            yield Problem(table.place(row, "password"), said)


def _doubled(table: People) -> Iterator[Problem]:
    seen: dict[tuple[tuple[str, str], ...], int] = {}
    for row in table.rows:
        said = table.of(row) | {"email": table.of(row).get("email", "").lower()}
        key = tuple(sorted((name, text) for name, text in said.items() if name != "password"))
        if key in seen:
            yield Problem(table.place(row), f"this row says the same as row {seen[key]}", "Delete one.")
        else:
            seen[key] = row.number
