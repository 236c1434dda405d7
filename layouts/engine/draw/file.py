"""The PDF file: ReportLab's document, most objects of which are ready bytes, written in one go."""

from __future__ import annotations

import zlib
from hashlib import md5
from types import SimpleNamespace
from typing import Any

from reportlab.pdfbase import pdfdoc

from .metadata import Metadata


class Raw(pdfdoc.PDFObject):  # type: ignore[misc]
    """An object of ready bytes that ReportLab asks for."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def format(self, document: Any) -> bytes:  # noqa: ARG002
        """The bytes."""
        return self.data


class File(pdfdoc.PDFDocument):  # type: ignore[misc]
    """A document whose ID and dates come from `meta`, never from the clock (or SOURCE_DATE_EPOCH).

    Objects of ready bytes need no name and no object of Python's: a sheet has some 300 of them, and ReportLab's
    dictionaries took a sixth of the time that it takes to draw one.
    """

    def __init__(self, meta: Metadata) -> None:
        super().__init__(compression=1, invariant=1, pdfVersion=(1, 7), lang=meta.language)
        day = (meta.day.year, meta.day.month, meta.day.day)
        self._timeStamp = SimpleNamespace(t=0.0, YMDhms=(*day, 0, 0, 0), dhh=0, dmm=0)
        self.signature = md5(repr(meta).encode(), usedforsecurity=False)
        self._ready: dict[int, bytes] = {}

    def reserve(self) -> int:
        """The number of an object whose bytes `put` tells later."""
        self.objectcounter += 1
        return int(self.objectcounter)

    def put(self, number: int, data: bytes) -> None:
        """The bytes of a reserved object."""
        self._ready[number] = data

    def add(self, data: bytes) -> bytes:
        """A reference to a new object."""
        number = self.reserve()
        self._ready[number] = data
        return b"%d 0 R" % number

    def reference(self, name: str) -> bytes:
        """A reference to an object that ReportLab knows by name."""
        return b"%d 0 R" % self.idToObjectNumberAndVersion[name][0]

    def format(self) -> bytes:
        """The whole file. ReportLab's own way makes a Python object for each of the file's and each line of its table,
        puts no end of line before `endstream` (which ISO 19005-2, 6.1.7.1 asks for), and wraps streams in ASCII85."""
        root, info = self.Reference(self.Catalog), self.Reference(self.info)
        parts = [pdfdoc.PDFFile(self._pdfVersion).format(self)]
        lines = ["0000000000 65535 f "]
        at, number = len(parts[0]), 0
        while number < self.objectcounter:  # which grows, for a page tells of its stream only now
            number += 1
            data = self._ready.get(number) or self._formatted(self.idToObject[self.numberToId[number]])
            part = b"%d 0 obj\n%b%bendobj\n" % (number, data, b"" if data.endswith(b"\n") else b"\n")
            parts.append(part)
            lines.append(f"{at:010d} 00000 n ")
            at += len(part)
        parts.append(f"xref\n0 {number + 1}\n{chr(10).join(lines)}\n".encode())
        trailer = pdfdoc.PDFTrailer(startxref=at, Size=number + 1, Root=root, Info=info, ID=self.ID())
        return b"".join((*parts, trailer.format(self)))

    def _formatted(self, item: Any) -> bytes:
        if isinstance(item, pdfdoc.PDFStream):  # a page's
            packed = zlib.compress(item.content.encode("latin-1"))
            return b"<<\n/Filter [ /FlateDecode ] /Length %d\n>>\nstream\n%b\r\nendstream\n" % (len(packed), packed)
        return bytes(item.format(self))


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A compressed PDF stream object with the given dictionary entries.

    Its end of line before `endstream` is CR LF: after data whose last byte happens to be CR, a mere LF would be read as
    part of a longer end of line.
    """
    packed = zlib.compress(content, 9)
    return b"<<%b/Filter/FlateDecode/Length %d>>\nstream\n%b\r\nendstream\n" % (entries, len(packed), packed)
