"""A table of patients -> a sheet for each: the whole table is checked first, then a pool of workers prints."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import repeat
from pathlib import Path
from typing import Any

from ..merge.personal import prescribe
from ..problems import ContentError, Place, Problem, did_you_mean, problem
from ..read.handout import read_handout
from ..read.library import EXERCISES
from ..read.people import People, Row, missing
from ..read.plan import Plan, plan_of
from .drawings import engine_stamp_of_run
from .journal import Journal
from .personal import added
from .press import Press, check_personal

TOGETHER = 50  # sheets in one print job: more would need ever more memory
DEFAULTS = ("clinician", "date", "note", "next_visit")  # what the command line can say for all
NOT_PRINTED = ("email", "password")
_IDS = re.compile(r"[,;\s]+")
_DOSES = re.compile(r"[;\n]+|,(?=\s*[a-z0-9-]+\.[a-z_]+\s*=)")


@dataclass(frozen=True)
class Job:
    """One person's sheet, as it is sent to a worker: the row, what it says, and the document's id once it has one."""

    row: int
    where: str  # the row, as people find it
    fields: Mapping[str, Any]
    document: str = ""

    def place(self, field: str) -> Place:
        """Where a field stands."""
        name = "programme" if field == "handout" else field
        return Place(f"{self.where}, {name}" if name and field != "document" else self.where)

    @property
    def prescribes(self) -> str:
        """The row's texts that say what is prescribed: rows with the same ones prescribe the same."""
        return repr([self.fields.get(name) for name in ("handout", "drop", "add", "dose", "side")])

    def plan(self) -> Plan:
        """What the row prescribes. Raises ContentError."""
        return plan_of({**self.fields, "document": self.document}, self.place)


@dataclass(frozen=True)
class Checked:
    """A table that was looked through: how many sheets it wants, of which handouts, and all its problems in the order
    of its rows. The jobs themselves are made when they are needed, so that a long table takes little memory."""

    sheets: int
    handouts: tuple[str, ...]
    added: tuple[str, ...]  # exercises that rows add
    problems: tuple[Problem, ...]


# --------------------------------------------------------------------------- checking
def checked(press: Press, table: People, options: Mapping[str, str]) -> Checked:
    """What the table wants. `options` say for all what their columns do not: `handout` and those of DEFAULTS."""
    needed = ["name"] if options.get("handout") else ["name", "programme"]
    wrong: dict[Problem, None] = dict.fromkeys((*table.problems, *missing(table, needed)))
    if wrong:
        return Checked(0, (), (), tuple(wrong))
    good: set[str] = set()
    handouts: dict[str, None] = {}
    more: set[str] = set()
    for row in table.rows:
        try:
            job = _job(table, row, options)
            _check(press, job, good)
            handouts[str(job.fields["handout"])] = None
            more.update(job.fields.get("add", ()))
        except ContentError as error:
            wrong.update(dict.fromkeys(error.problems))
    if not table.rows:
        nobody = Problem(Place(table.shown), "there is nobody in this table", "Each person has a row of their own.")
        wrong[nobody] = None
    return Checked(len(table.rows), tuple(handouts), tuple(sorted(more)), tuple(wrong))


def jobs_of(table: People, options: Mapping[str, str], journal: Journal | None = None) -> Iterator[Job]:
    """The jobs of a table that is right, with their documents' ids where there is a journal."""
    documents = journal.documents() if journal else repeat("")
    for row, document in zip(table.rows, documents, strict=False):
        yield replace(_job(table, row, options), document=document)


def _job(table: People, row: Row, options: Mapping[str, str]) -> Job:
    said = table.of(row)  # the columns of NOT_PRINTED are for those who send
    fields: dict[str, Any] = {name: text for name in DEFAULTS if (text := said.get(name) or options.get(name, ""))}
    fields |= {name: said[name] for name in ("name", "side") if name in said}
    fields |= {name: tuple(filter(None, _IDS.split(said[name]))) for name in ("drop", "add") if name in said}
    if "dose" in said:
        fields["dose"] = tuple(text for part in _DOSES.split(said["dose"]) if (text := part.strip()))
    fields["handout"] = said.get("programme") or options.get("handout", "")
    wrong = [
        Problem(table.place(row, column), message)
        for name, column, message in (
            ("name", "name", "there is no name here"),
            ("handout", "programme", "it says nowhere which programme it is"),
        )
        if not fields.get(name)
    ]
    if wrong:
        raise ContentError(wrong)
    return Job(row.number, table.place(row).file, fields)


def _check(press: Press, job: Job, good: set[str]) -> None:
    """Raises ContentError for what is wrong with a row; `good` are prescriptions that are known to be right."""
    plan, library = job.plan(), press.library
    check_personal(plan.lines, press.brand()[0].faces)
    entries = library.entries()
    if plan.handout not in entries:
        raise problem(
            job.place("handout"), f'there is no handout "{plan.handout}"', did_you_mean(plan.handout, entries)
        )
    if job.prescribes not in good:
        try:
            prescribe(read_handout(library, str(plan.handout)), plan, added(library, plan))
        except ContentError as error:
            raise ContentError(_in_row(p, job.where) for p in error.problems) from None
        good.add(job.prescribes)


def _in_row(found: Problem, where: str) -> Problem:
    """A problem with the option's name of the command line replaced by the row."""
    return replace(found, place=Place(where)) if found.place.file.startswith("--") else found


# --------------------------------------------------------------------------- what it is made from
def about(table: People, options: Mapping[str, Any]) -> bytes:
    """All that decides what a merge makes, but the content. Where the sheets are sent and what locks them is no part of
    it: an address that was mended makes no new sheets, and no password can be guessed from what is kept."""
    kept = sorted((name, i) for i, name in enumerate(table.columns) if name not in NOT_PRINTED)
    data = hashlib.sha256(json.dumps([name for name, _ in kept]).encode())
    for row in table.rows:
        data.update(json.dumps([row.number, *(row.values[i] for _, i in kept)]).encode())
    return json.dumps(
        [data.hexdigest(), {name: value for name, value in options.items() if value}], default=str
    ).encode()


def content_files(press: Press, found: Checked) -> set[Path]:
    """All files that the sheets are made from, and the places where some were looked for in vain."""
    library = press.library
    paths = {path for id_ in found.handouts for path in press.files(read_handout(library, id_))}
    return paths | {path for id_ in found.added if (path := library.find(EXERCISES, id_))}


def content_stamp(press: Press, found: Checked) -> str:
    """A fingerprint of the program and of all files that the sheets are made from."""
    total = hashlib.sha256(engine_stamp_of_run().encode())
    for path in sorted(content_files(press, found)):
        total.update(path.read_bytes() if path.is_file() else b"")
    return total.hexdigest()
