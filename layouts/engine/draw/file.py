"""The PDF file itself: numbered objects of ready bytes, pages, outline, and the catalog at the end.

ReportLab's canvas and fonts fill it. ReportLab's own file of Python objects, some 300 for a sheet, took a sixth of the
time of making one. ISO 32000-1, 7.5, 7.7 and 12.3.3.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import md5
from typing import Any

from reportlab.lib.rl_accel import fp_str
from reportlab.pdfbase import pdfdoc

from ..records import dataclass
from .metadata import PRODUCER, Metadata, srgb_profile, xmp

_HEAD = b"%PDF-1.7\n%\223\214\213\236 ReportLab Generated PDF document (opensource)\n"


@dataclass(frozen=True)
class Entry:
    """An entry of the outline: `level` from 0; it leads to a height of a page (from 0), in points from its foot."""

    level: int
    title: str
    page: int
    y: float


class File:
    """A PDF 1.7 file. Its ID and dates come from `meta`, never from the clock (or SOURCE_DATE_EPOCH)."""

    def __init__(self, meta: Metadata) -> None:
        self.meta = meta
        self.pages: list[bytes] = []  # references
        self._contents: list[tuple[int, bytes, dict[str, bytes]]] = []  # of pages: number, stream, and entries
        self._objects: list[bytes] = []
        self._pictures: dict[str, bytes] = {}
        self._fonts: dict[str, bytes] = {}
        self._fonts_number = self.reserve()
        self.fontMapping: dict[str, str] = {}  # in this and in the next, ReportLab's fonts note that they are used
        self.delayedFonts: list[Any] = []

    # ------------------------------------------------------------- objects
    def reserve(self) -> int:
        """The number of an object whose bytes `put` tells later."""
        self._objects.append(b"")
        return len(self._objects)

    def put(self, number: int, data: bytes) -> None:
        """The bytes of a reserved object."""
        self._objects[number - 1] = data

    def add(self, data: bytes) -> bytes:
        """A reference to a new object."""
        self._objects.append(data)
        return b"%d 0 R" % len(self._objects)

    def font(self, name: str, data: bytes) -> None:
        """A font that all pages know by this name."""
        self._fonts[name] = self.add(data)

    def picture(self, name: str, data: bytes) -> None:
        """An XObject that pages know by this name; it is written once."""
        if name not in self._pictures:
            self._pictures[name] = self.add(data)

    def page(
        self, size: tuple[float, float], content: str, pictures: Iterable[str], annotations: Sequence[bytes]
    ) -> None:
        """Adds a page of `size` points, whose marked content belongs to the page's own entry of the ParentTree."""
        resources = {
            "Font": b"%d 0 R" % self._fonts_number,
            "ProcSet": b"[ /PDF /Text /ImageB /ImageC /ImageI ]",
        }
        if shown := {name: self._pictures[name] for name in pictures}:
            resources["XObject"] = dictionary(shown)
        entries = {
            "MediaBox": array([b"0", b"0", *(fp_str(points).encode() for points in size)]),
            "Resources": dictionary(resources),
            "Rotate": b"0",
            "StructParents": b"%d" % len(self.pages),
            "Tabs": b"/S",
            "Trans": dictionary({}),
            "Type": b"/Page",
        }
        if annotations:
            entries["Annots"] = array(annotations)
        packed = zlib.compress(content.encode("latin-1"))
        data = b"<<\n/Filter [ /FlateDecode ] /Length %d\n>>\nstream\n%b\r\nendstream\n" % (len(packed), packed)
        number = self.reserve()
        self.pages.append(b"%d 0 R" % number)
        self._contents.append((number, data, entries))

    # ------------------------------------------------------------- the end
    def finished(self, outline: Sequence[Entry], form: bytes, described: Mapping[str, bytes]) -> bytes:
        """The whole file; `form` is its AcroForm or empty, `described` further entries of its catalog."""
        for font in self.delayedFonts:
            font.addObjects(self)
        self.put(self._fonts_number, dictionary(self._fonts))
        root, info = self.reserve(), self.add(self._info())
        catalog = {"Type": b"/Catalog", "Lang": string(self.meta.language), **described}
        catalog["PageMode"] = b"/UseOutlines" if len(self.pages) > 2 else b"/UseNone"
        if outline:
            catalog["Outlines"] = self._outline(outline)
        parent = self.reserve()
        catalog["Pages"] = b"%d 0 R" % parent
        for number, data, entries in self._contents:
            self.put(number, dictionary({**entries, "Parent": catalog["Pages"], "Contents": self.add(data)}))
        kids = {"Count": b"%d" % len(self.pages), "Kids": array(self.pages), "Type": b"/Pages"}
        self.put(parent, dictionary(kids))
        if form:
            catalog["AcroForm"] = self.add(form)
        shown = {"DisplayDocTitle": b"true", "Duplex": b"/DuplexFlipLongEdge", "PrintScaling": b"/None"}
        catalog["ViewerPreferences"] = self.add(dictionary(shown))
        catalog["PageLabels"] = self.add(b"<</Nums[0<</S/D>>]>>")
        catalog["MarkInfo"] = self.add(b"<</Marked true>>")
        self.put(root, dictionary(catalog))
        return self._joined(root, info)

    def described(self) -> dict[str, bytes]:
        """The catalog's entries for the description of the file and its colours."""
        packet = xmp(self.meta)  # never compressed: archives search it
        data = b"<</Type/Metadata/Subtype/XML/Length %d>>\nstream\n%b\r\nendstream\n" % (len(packet), packet)
        intent = b"/Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB)/DestOutputProfile "
        return {"Metadata": self.add(data), "OutputIntents": b"[<<%b%b>>]" % (intent, self.add(_profile()))}

    def _info(self) -> bytes:
        meta = self.meta
        day = f"(D:{meta.day:%Y%m%d}000000+00'00')".encode()
        texts = {"Title": meta.title, "Author": meta.author, "Subject": meta.subject, "Keywords": meta.keywords}
        made = {"Creator": string(PRODUCER), "Producer": string(PRODUCER), "CreationDate": day, "ModDate": day}
        return dictionary({**{name: string(text) for name, text in texts.items()}, **made, "Trapped": b"/False"})

    def _outline(self, entries: Sequence[Entry]) -> bytes:
        """A reference to the outline, whose entries are all open."""
        numbers = [self.reserve() for _ in (None, *entries)]  # the outline's own, then its entries'
        kids: list[list[int]] = [[] for _ in numbers]  # and parents and kids as places in `numbers`
        parents, path = [0], [0]
        for place, entry in enumerate(entries, 1):
            del path[entry.level + 1 :]
            parents.append(path[-1])
            kids[path[-1]].append(place)
            path.append(place)
        counts = [0] * len(numbers)
        for place in range(len(entries), 0, -1):
            counts[parents[place]] += 1 + counts[place]
        refs = [b"%d 0 R" % number for number in numbers]

        def family(place: int) -> dict[str, bytes]:
            if not kids[place]:
                return {}
            return {"Count": b"%d" % counts[place], "First": refs[kids[place][0]], "Last": refs[kids[place][-1]]}

        self.put(numbers[0], dictionary({"Type": b"/Outlines", **family(0)}))
        for place, entry in enumerate(entries, 1):
            beside = kids[parents[place]]
            at = beside.index(place)
            made = {"Title": string(entry.title), "Parent": refs[parents[place]], **family(place)}
            made["Dest"] = array([self.pages[entry.page], b"/XYZ", b"0", fp_str(entry.y).encode(), b"0"])
            if at:
                made["Prev"] = refs[beside[at - 1]]
            if at + 1 < len(beside):
                made["Next"] = refs[beside[at + 1]]
            self.put(numbers[place], dictionary(made))
        return refs[0]

    def _joined(self, root: int, info: bytes) -> bytes:
        meta, parts, lines, at = self.meta, [_HEAD], [b"0000000000 65535 f "], len(_HEAD)
        for number, data in enumerate(self._objects, 1):
            part = b"%d 0 obj\n%b%bendobj\n" % (number, data, b"" if data.endswith(b"\n") else b"\n")
            parts.append(part)
            lines.append(b"%010d 00000 n " % at)
            at += len(part)
        about = "".join((repr(meta), meta.title, meta.author, meta.subject, meta.keywords))
        digest = md5(about.encode(), usedforsecurity=False).hexdigest().encode()
        id_ = b"\n[<%b><%b>]\n%% ReportLab generated PDF document -- digest (opensource)\n" % (digest, digest)
        parts.append(b"xref\n0 %d\n%b\n" % (len(lines), b"\n".join(lines)))
        trailer = b"/ID %b\n/Info %b\n/Root %d 0 R\n/Size %d" % (id_, info, root, len(lines))
        parts.append(b"trailer\n<<\n%b\n>>\nstartxref\n%d\n%%%%EOF\n" % (trailer, at))
        return b"".join(parts)


@lru_cache(maxsize=1)
def _profile() -> bytes:
    return stream(srgb_profile(), b"/N 3")


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A compressed PDF stream object with the given dictionary entries.

    Its end of line before `endstream` is CR LF: after data whose last byte happens to be CR, a mere LF would be read as
    part of a longer end of line (ISO 19005-2, 6.1.7.1).
    """
    packed = _packed(content) if len(content) < 1000 else zlib.compress(content, 9)
    return b"<<%b/Filter/FlateDecode/Length %d>>\nstream\n%b\r\nendstream\n" % (entries, len(packed), packed)


@lru_cache(maxsize=64)
def _packed(content: bytes) -> bytes:
    """Such as a tick, which most documents have."""
    return zlib.compress(content, 9)


def dictionary(entries: Mapping[str, bytes]) -> bytes:
    """A dictionary, its entries by name, six on a line."""
    return b"<<\n%b\n>>" % _lines([b"/%b %b" % (name.encode(), entries[name]) for name in sorted(entries)], 6)


def array(items: Sequence[bytes]) -> bytes:
    """An array, ten items on a line."""
    return b"[ %b ]" % _lines(items, 10)


def _lines(items: Sequence[bytes], count: int) -> bytes:
    return b" \n  ".join(b" ".join(items[i : i + count]) for i in range(0, len(items), count))


def text_string(text: str) -> bytes:
    """A PDF text string: plain where ASCII allows it, else UTF-16 in hexadecimal digits."""
    if text.isascii() and text.isprintable():
        return b"(" + text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode() + b")"
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode() + b">"


def string(text: str) -> bytes:
    """A PDF text string as ReportLab writes it: in PDFDocEncoding where that has all its characters."""
    return (
        text_string(text)
        if text.isascii() and text.isprintable()
        else bytes(pdfdoc.PDFString(text).format(pdfdoc.DummyDoc()))
    )
