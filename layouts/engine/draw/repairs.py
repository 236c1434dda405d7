"""What ReportLab 5.1.0 does that a conforming file must not, mended for the time of one save.

Nothing of it is changed at import. Each repair says why it is there; a test fails when one is no longer needed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import md5
from types import SimpleNamespace
from typing import Any


@contextmanager
def _without_harfbuzz() -> Iterator[None]:
    """ReportLab imports HarfBuzz wherever it is installed, 10 ms of every start. `scripts` does so where it is used."""
    hidden = "uharfbuzz" not in sys.modules
    if hidden:
        sys.modules["uharfbuzz"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if hidden:
            del sys.modules["uharfbuzz"]


with _without_harfbuzz():
    from reportlab import rl_config
    from reportlab.pdfbase import pdfdoc, ttfonts
    from reportlab.pdfgen.canvas import Canvas as Canvas

_STREAM_END = b"endstream\n"


@contextmanager
def repaired() -> Iterator[None]:
    """Within it ReportLab writes streams as PDF/A asks.

    * `PDFStream.format` puts no end of line before `endstream` (ISO 19005-2, 6.1.7.1). Ours is CR LF everywhere: after
      data whose last byte happens to be CR, a mere LF would be read as part of a longer end of line.
    * Streams are wrapped in ASCII85 unless a global says otherwise: a quarter larger, and slower.
    """
    write, ascii85 = pdfdoc.PDFStream.format, rl_config.useA85

    def format_stream(self: Any, document: Any) -> bytes:
        data: bytes = write(self, document)
        return data[: -len(_STREAM_END)] + b"\r\n" + _STREAM_END if data.endswith(_STREAM_END) else data

    pdfdoc.PDFStream.format, rl_config.useA85 = format_stream, 0
    try:
        yield
    finally:
        pdfdoc.PDFStream.format, rl_config.useA85 = write, ascii85


def fix_clock(document: Any, day: tuple[int, int, int], seed: bytes) -> None:
    """Takes the clock (and SOURCE_DATE_EPOCH) out of a PDFDocument: its dates are `day`, its ID comes from `seed`."""
    document._timeStamp = SimpleNamespace(t=0.0, YMDhms=(*day, 0, 0, 0), dhh=0, dmm=0)
    document.signature = md5(seed, usedforsecurity=False)


class EmbeddedFont(ttfonts.TTFont):  # type: ignore[misc]
    """A TrueType font whose text can be copied and searched, and whose subsets are made once for all documents.

    * `ttfonts.makeToUnicodeCMap` maps code 0 and the unused codes below 32 to U+0000 (ISO 14289-1, 7.21.7 forbids
      it), writes characters past U+FFFF as five digits, and writes blocks of more than 100 lines.
    * `TTFont.splitString` looks at every character for its code, though the codes of ASCII are ASCII in every document.
    * `TTFont.addObjects` subsets and compresses the font program anew for every document; most handouts of a run
      use the same characters, so the streams are kept by the characters they hold.
    """

    KEPT = 64  # subsets kept; one is 10 to 25 KB

    def __init__(self, name: str, file: Any) -> None:
        super().__init__(name, file, asciiReadable=1, shapable=False)
        self._streams: dict[tuple[int, ...], tuple[bytes, bytes, bytes]] = {}
        self._ascii = self.face.charToGlyph.keys() >= set(range(32, 127))

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> list[tuple[int, bytes]]:  # noqa: N802
        """The text as codes of the font's subsets in the document."""
        if self._ascii and text and text.isascii() and text.isprintable():
            self._assignState(doc)
            return [(0, text.encode())]
        return list(super().splitString(text, doc, encoding))

    def addObjects(self, document: Any) -> None:  # noqa: N802
        """Writes the font's subsets into the document."""
        state = self.state[document]
        state.frozen = 1
        for number, subset in enumerate(state.subsets):
            name = self.getSubsetInternalName(number, document)[1:]
            base = (b"".join((ttfonts.SUBSETN(number), b"+", self.face.name, self.face.subfontNameX))).decode("ascii")
            program, unicode_map, widths = self._subset(base, tuple(subset))
            descriptor = self._descriptor(base, add_object(document, program))
            data = (
                b"<</Type/Font/Subtype/TrueType/Name/%b/BaseFont/%b/FirstChar 0/LastChar %d/Widths[%b]"
                b"/ToUnicode %b/FontDescriptor %b>>"
                % (
                    name.encode(),
                    base.encode(),
                    len(subset) - 1,
                    widths,
                    add_object(document, unicode_map),
                    add_object(document, descriptor),
                )
            )
            add_font(document, name, data)
        del self.state[document]

    def _descriptor(self, base: str, program: bytes) -> bytes:
        face = self.face
        entries = {
            "Flags": face.flags & ~ttfonts.FF_NONSYMBOLIC | ttfonts.FF_SYMBOLIC,
            "ItalicAngle": face.italicAngle,
            "Ascent": face.ascent,
            "Descent": face.descent,
            "CapHeight": face.capHeight,
            "StemV": face.stemV,
            "MissingWidth": face.defaultWidth,
        }
        numbers = "".join(f"/{key} {value:g}" for key, value in entries.items())
        box = " ".join(f"{value:g}" for value in face.bbox)
        return f"<</Type/FontDescriptor/FontName/{base}{numbers}/FontBBox[{box}]/FontFile2 ".encode() + program + b">>"

    def _subset(self, base: str, subset: tuple[int, ...]) -> tuple[bytes, bytes, bytes]:
        """The font program, the map to Unicode, and the widths of a subset."""
        if subset not in self._streams:
            if len(self._streams) >= self.KEPT:
                self._streams.pop(next(iter(self._streams)))
            program = self.face.makeSubset(list(subset))
            self._streams[subset] = (
                stream(program, b"/Length1 %d" % len(program)),
                stream(to_unicode(base, subset).encode("ascii")),
                " ".join(f"{self.face.getCharWidth(code):g}" for code in subset).encode(),
            )
        return self._streams[subset]


def add_object(document: Any, data: bytes) -> bytes:
    """Adds a ready object to the document; returns a reference to it."""
    return b"%d %d R" % document.idToObjectNumberAndVersion[document.Reference(_Ready(data)).name]


def add_font(document: Any, name: str, data: bytes) -> None:
    """Adds a font's ready dictionary to the document, by its name in the resources of pages."""
    font = _Ready(data)
    document.Reference(font, name)
    document.idToObject["BasicFonts"].dict[name] = font


class _Ready(pdfdoc.PDFObject):  # type: ignore[misc]
    __RefOnly__ = 1

    def __init__(self, data: bytes) -> None:
        self.data = data

    def format(self, document: Any) -> bytes:  # noqa: ARG002
        return self.data


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A compressed PDF stream object with the given dictionary entries."""
    import zlib

    packed = zlib.compress(content, 9)
    return b"<<%b/Filter/FlateDecode/Length %d>>\nstream\n%b\r\nendstream\n" % (entries, len(packed), packed)


def to_unicode(name: str, subset: tuple[int, ...]) -> str:
    """A ToUnicode CMap for a font subset: code -> character, unused codes left out. ISO 32000-1, 9.10.3."""
    pairs = [(code, char) for code, char in enumerate(subset) if char > 0 and not (char == 32 and code < 32)]
    blocks = []
    for start in range(0, len(pairs), 100):
        part = pairs[start : start + 100]
        lines = "\n".join(f"<{code:02X}> <{chr(char).encode('utf-16-be').hex().upper()}>" for code, char in part)
        blocks.append(f"{len(part)} beginbfchar\n{lines}\nendbfchar")
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap",
            "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
            f"/CMapName /{name} def\n/CMapType 2 def\n1 begincodespacerange\n<00> <FF>\nendcodespacerange",
            *blocks,
            "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend",
        ]
    )
