"""The file itself: what a reader of PDF finds in it."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pikepdf

from layouts.engine.draw.file import Entry, File
from layouts.engine.draw.metadata import Metadata


def test_the_outline_is_a_tree_of_open_entries() -> None:
    file = File(Metadata("Título – 1", "Clinic", "Subject (1)", "X1", "en", date(2026, 11, 23)))
    for _ in range(2):
        file.page((200, 100), "", (), ())
    levels = ((0, "Title"), (1, "One"), (2, "Inner"), (1, "Two – β"), (0, "Last"))
    entries = [Entry(level, title, level % 2, 50.25) for level, title in levels]
    with pikepdf.open(BytesIO(file.finished(entries, b"", file.described()))) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.docinfo.Title == "Título – 1" and pdf.docinfo.Subject == "Subject (1)"
        with pdf.open_outline() as outline:
            title, last = outline.root
            assert [(one.title, [inner.title for inner in one.children]) for one in title.children] == [
                ("One", ["Inner"]),
                ("Two – β", []),
            ]
        assert (title.title, last.title) == ("Title", "Last")
        assert pdf.Root.Outlines.Count == 5 and pdf.Root.Outlines.First.Count == 3
        assert pdf.Root.Outlines.First.First.Dest[0].objgen == pdf.pages[1].objgen
