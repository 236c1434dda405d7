"""A table of patients, looked through as a whole before anything is made: whom to write to, and what each gets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ...problems import Problem
from ...read.library import Library
from ...read.people import People, people
from ..command_line import edition_for, home_paper, layout_for, paper_for
from ..commands_merge import chosen_layout, tell_of_table
from ..merging import Checked, checked
from ..press import Press
from ..workers import Printing
from .sheets import Sheets, made
from .table import by_row, personal_part, recipients
from .ways import Post
from .writer import Wanted


@dataclass(frozen=True)
class Tabled:
    """A table that was checked, and what makes the sheets of its people."""

    post: Post
    table: People
    options: Mapping[str, str]
    printing: Printing
    found: Checked

    def sheets(self, above: Path) -> Sheets:
        """The sheets, in the folder of a merge below a folder. Raises ContentError."""
        return made(self.post.press, self.table, self.options, self.printing, self.found, above)


def read_table(library: Library, path: Path, wanted: Wanted, options: Mapping[str, str]) -> Tabled | None:
    """The people of a table, each row checked; None where something is wrong, which is told in the table's order."""
    press, table = Press(library), people(path)
    programme = options.get("handout", "")
    rows, wrong = recipients(table, programme=programme, encrypt=wanted.encrypt)
    own = personal_part(table, programme)
    found = checked(press, own, options) if own.rows else Checked(0, (), (), ())
    if not (wanted.ids or wanted.files):
        hint = "Fill it in, or type an ID for everybody."
        wrong += [Problem(row.place, "this row names no programme", hint) for row in rows if not row.sheet]
    if problems := by_row((*wrong, *found.problems)):
        tell_of_table(problems)
        return None
    for handout in found.handouts:
        layout = layout_for(library, handout, wanted.layout)
        edition_for(layout, wanted.edition)
        paper_for(layout, wanted.paper or home_paper(library))
    printing = Printing(
        roots=tuple(library.roots), folder=Path(), day=date.today(), flat=False, identity=False,
        layout=chosen_layout(library, found.handouts, wanted.layout) if found.handouts else "",
        edition=wanted.edition, paper=wanted.paper or home_paper(library),
    )  # fmt: skip
    return Tabled(Post(press, wanted, rows), own, options, printing, found)
