"""Writes the e-mails of one run: handouts in the edition that was asked for, and the words around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ...draw.document import Edition
from ...draw.fonts import Faces
from ...draw.styles import look, usual_layouts
from ...problems import ContentError, Place
from ...read.handout import read_handout
from ...read.library import Library
from ...read.models import Wording
from ..builder import file_name
from ..command_line import edition_for, home_paper, layout_for, paper_for
from ..press import Press
from .attachments import check_size, read_pdf
from .message import Attachment, Letter, Sender, letter, sender_of
from .outbox import Outbox
from .table import Row

if TYPE_CHECKING:
    from .sheets import Sheets


@dataclass(frozen=True)
class Wanted:
    """What was typed: the handouts and how they are to look, and whether a password goes over them; `password` is the
    one for all, '' where each recipient has their own."""

    ids: tuple[str, ...]
    files: tuple[Path, ...]
    edition: str
    paper: str | None
    layout: str | None
    encrypt: bool = False
    password: str = field(repr=False, default="")


@dataclass
class Writer:
    """Writes the e-mails of one run; a handout is made once for all who get it."""

    library: Library
    wanted: Wanted
    press: Press
    sender: Sender
    outbox: Outbox
    sheets: Sheets | None = None
    made: dict[str, tuple[Attachment, Wording]] = field(default_factory=dict)
    named: list[tuple[Attachment, str]] = field(default_factory=list)

    @classmethod
    def open(cls, press: Press, wanted: Wanted, outbox: Outbox, sheets: Sheets | None = None) -> Writer:
        """Raises ContentError where clinic.yaml or a PDF file is not right. `sheets` are those of a table's people."""
        library = press.library
        clinic, path = library.clinic()
        brand, _ = press.brand()
        colours = look(usual_layouts()["guide"], "standard", "letter", brand.colours, Faces()).colours
        sender = sender_of(clinic, colours, Place(path.name))
        named = [read_pdf(path, to_encrypt=wanted.encrypt) for path in wanted.files]
        return cls(library, wanted, press, sender, outbox, sheets, named=named)

    def letter(self, row: Row) -> Letter:
        """The e-mail for one person. Raises ContentError."""
        made = [self.sheets.attachment(row.sheet)] if row.sheet and self.sheets else []
        made += [self._handout(id_) for id_ in self.wanted.ids]
        attachments = [attachment for attachment, _ in (*made, *self.named)]
        check_size(tuple(attachments), row.place)
        wording = made[0][1] if made else self._wording(self.named[0][1])
        if self.wanted.encrypt:
            attachments = self._locked(attachments, row.password or self.wanted.password, row.place)
        return letter(self.sender, row.recipient, wording, attachments, self.outbox, locked=self.wanted.encrypt)

    def _handout(self, id_: str) -> tuple[Attachment, Wording]:
        if id_ not in self.made:
            home = home_paper(self.library)
            layout = layout_for(self.library, id_, self.wanted.layout)
            edition = Edition(
                layout.name, edition_for(layout, self.wanted.edition), paper_for(layout, self.wanted.paper or home)
            )
            handout = read_handout(self.library, id_)
            data = self.press.make(handout, edition).data
            title = str(handout.sheet.title)
            self.made[id_] = Attachment.of(file_name(id_, edition, home), title, data), handout.wording
        return self.made[id_]

    def _wording(self, language: str) -> Wording:
        """The words for a PDF that somebody else made: in its language where we have it."""
        place = Place("wording")
        try:
            return self.library.wording(language or "en", place)[0]
        except ContentError:
            return self.library.wording("en", place)[0]

    def _locked(self, attachments: Sequence[Attachment], password: str, place: Place) -> list[Attachment]:
        from .encrypt import locked

        assert password  # whoever asked for encryption has asked for one, or it stands in the row
        many = len(attachments) > 1
        return [locked(one, number if many else 0, password, place) for number, one in enumerate(attachments, 1)]
