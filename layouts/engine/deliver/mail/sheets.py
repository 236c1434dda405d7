"""The personal sheets of a table, made as a merge makes them, as attachments of e-mails.

They are those of the newest merge of the same table with the same options, if there is one: what a patient gets by
e-mail then has the number of what was printed. Else a merge is made first. Either way they lie in the merge's folder,
with their plans, for the record.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import click

from ...merge.personal import prescribe
from ...read.handout import read_handout
from ...read.models import Wording
from ...read.people import People
from ...read.source import read_bytes
from ..commands_merge import latest, print_all, sealed, tasks_of, unused
from ..merging import Checked, Job, Journal, content_stamp, jobs_of, new_journal, sweep, write_journal
from ..patients import versions
from ..personal import added
from ..press import Press
from ..table import shown
from ..workers import Printing, Task
from .attachments import LARGEST
from .message import Attachment


@dataclass
class Sheets:
    """The sheets of a table's people, by the table's rows. Their bytes are read when their turn comes."""

    press: Press
    printing: Printing
    tasks: Mapping[int, Task] = field(default_factory=dict)
    _contents: dict[str, str] = field(default_factory=dict)

    def attachment(self, row: int) -> tuple[Attachment, Wording]:
        """A person's sheet, and the words that go with its language. Raises ContentError."""
        task = self.tasks[row]
        handout = read_handout(self.press.library, str(task.jobs[0].fields["handout"]))
        path = task.path
        attachment = Attachment(
            name=f"{task.jobs[0].document}.pdf",
            title=str(handout.sheet.title),
            identity=self._identity(task.jobs[0]),
            size=path.stat().st_size if path.is_file() else 0,
            load=lambda: read_bytes(path, path.name, LARGEST),
        )
        return attachment, handout.wording

    def _identity(self, job: Job) -> bytes:
        """What the send log knows the sheet by: all that it says but its number and the day when it was made, so that
        nobody gets the same sheet twice because the table's other rows were mended."""
        p = self.printing
        look = [p.edition, p.layout, p.paper, p.flat]
        return hashlib.sha256(json.dumps([dict(job.fields), look, self._content(job)]).encode()).digest()

    def _content(self, job: Job) -> str:
        """The versions of what a job's sheet is made of; the same for all who are prescribed the same."""
        said = {name: job.fields[name] for name in ("handout", "drop", "add", "dose", "side") if name in job.fields}
        key = json.dumps(said)
        if key not in self._contents:
            library, plan = self.press.library, job.plan()
            handout = prescribe(read_handout(library, str(plan.handout)), plan, added(library, plan))
            made = [(version.kind, str(version.id), str(version.digest)) for version in versions(library, handout)]
            self._contents[key] = json.dumps(made)
        return self._contents[key]


def made(
    press: Press, table: People, options: Mapping[str, str], printing: Printing, found: Checked, above: Path
) -> Sheets:
    """The sheets of a table that was checked, in the folder of a merge below `above`. Raises ContentError."""
    if not found.sheets:
        return Sheets(press, printing)
    folder, journal, identity = _merge(press, table, options, printing, found, above)
    printing = replace(printing, folder=folder, day=date.fromisoformat(journal.day), identity=identity)
    tasks = list(tasks_of(folder, jobs_of(table, options, journal), join=False))
    if not all(task.path.exists() for task in tasks):
        write_journal(folder, journal)
        sweep(folder)
        print_all(printing, lambda: iter(tasks), None)
    else:
        click.echo(f"The sheets are those of {shown(folder)}")
    return Sheets(press, printing, {task.jobs[0].row: task for task in tasks})


def _merge(
    press: Press, table: People, options: Mapping[str, Any], printing: Printing, found: Checked, above: Path
) -> tuple[Path, Journal, bool]:
    """The newest merge of the table, also one of print jobs, and whether it keeps who the patients are; a new one where
    there is none, or the content has changed."""
    kinds = {
        sealed(table, options, replace(printing, identity=identity), join=join): identity
        for identity, join in product((False, True), repeat=2)
    }
    folder, journal = latest(above, kinds)
    stamp = content_stamp(press, found)
    if journal and journal.content == stamp:
        return folder, journal, any(kept for seal, kept in kinds.items() if journal.sealed(seal) == journal.seal)
    if journal:
        click.echo(
            f"The handouts or this program have changed since {shown(folder)}: the sheets are made anew.", err=True
        )
    return unused(above), new_journal(next(iter(kinds)), stamp, printing.day.isoformat(), found.sheets), False
