"""What ReportLab 5.1.0 does with fonts that a conforming file must not, mended.

Nothing of it is changed at import. Each repair says why it is there; a test fails when one is no longer needed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from .file import File, stream
from .operators import escaped


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
    from reportlab.pdfbase import ttfonts
    from reportlab.pdfgen.canvas import Canvas as Canvas


class EmbeddedFont(ttfonts.TTFont):  # type: ignore[misc]
    """A TrueType font whose text can be copied and searched, and whose subsets are made once for all documents.

    * `ttfonts.makeToUnicodeCMap` maps code 0 and the unused codes below 32 to U+0000 (ISO 14289-1, 7.21.7 forbids
      it), writes characters past U+FFFF as five digits, and writes blocks of more than 100 lines.
    * `TTFont.splitString` looks at every character for its code, though the codes of ASCII are ASCII in every document:
      `plain` knows better.
    * `TTFont.addObjects` subsets and compresses the font program anew for every document; most handouts of a run
      use the same characters, so the streams are kept by the characters they hold.
    """

    KEPT = 64  # subsets kept; one is 10 to 25 KB

    def __init__(self, name: str, file: Any) -> None:
        super().__init__(name, file, asciiReadable=1, shapable=False)
        self._streams: dict[tuple[int, ...], tuple[bytes, bytes, bytes]] = {}
        self._ascii = self.face.charToGlyph.keys() >= set(range(32, 127))

    def plain(self, text: str) -> str:
        """The text as it stands in a string of a content stream, where its codes are ASCII in the first subset of every
        document (a space that does not break is a space); '' where they are not."""
        text = text.replace("\u00a0", " ")
        if not (self._ascii and text.isascii() and text.isprintable()):
            return ""
        return escaped(text) if "(" in text or ")" in text or "\\" in text else text

    def addObjects(self, document: File) -> None:  # noqa: N802
        """Writes the font's subsets into the document."""
        state = self.state[document]
        state.frozen = 1
        for number, subset in enumerate(state.subsets):
            name = self.getSubsetInternalName(number, document)[1:]
            base = (b"".join((ttfonts.SUBSETN(number), b"+", self.face.name, self.face.subfontNameX))).decode("ascii")
            program, unicode_map, widths = self._subset(base, tuple(subset))
            program_, map_ = document.add(program), document.add(unicode_map)
            descriptor = document.add(self._descriptor(base, program_))
            document.font(
                name,
                b"<</Type/Font/Subtype/TrueType/Name/%b/BaseFont/%b/FirstChar 0/LastChar %d/Widths[%b]"
                b"/ToUnicode %b/FontDescriptor %b>>"
                % (name.encode(), base.encode(), len(subset) - 1, widths, map_, descriptor),
            )
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
