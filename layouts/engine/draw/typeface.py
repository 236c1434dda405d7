"""The typeface that people type with: one complete font for all text fields of a document.

What is typed in a field is not known when the file is written, so this font is whole where the others are subsets:
every letter that its encoding names is there. It is made from the typefaces of the page, glyph by glyph as the page
would choose them: the text face, its plain zero, and Noto Sans for letters that the text face lacks (as in Nguyễn).

It is a composite font (Type0) whose codes are the characters themselves, UTF-16 under Identity-H:

* A simple font has 224 codes. WinAnsi takes all but a few of them, and Polish, Turkish and Vietnamese names need 220
  letters more. With a simple font a viewer draws "Nguyễn" in a typeface of its own, or drops the letter.
* pdfium (Chrome, Edge), poppler and pdf.js (Firefox) find a typed letter's code by reading ToUnicode backwards; Acrobat
  wants a complete font program with a cmap of its own. Codes that are the characters serve them all, and a viewer too
  that looks at nothing but the character.
* What a viewer will not type with this font it types with one of its own, as it would beside a simple font: pdfium does
  so for all letters that Windows' Western code page lacks, whatever font a field names.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, TypeAlias

from ..cache import kept
from ..records import dataclass
from .file import stream
from .fonts import Faces
from .repairs import EmbeddedFont

NAME = "Fields"  # in the resources and in the fields' appearance strings
EDITABLE = (0, 8)  # embedding rights (fsType): installable, editable. Others forbid a font that can be typed with.
_RANGES = (  # Latin letters of Europe, Turkey and Vietnam, digits, and the punctuation that keyboards have
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x17F), (0x192, 0x192), (0x1A0, 0x1A1), (0x1AF, 0x1B0), (0x218, 0x21B),
    (0x1E80, 0x1E85), (0x1E9E, 0x1E9E), (0x1EA0, 0x1EF9), (0x2013, 0x2014), (0x2018, 0x201A), (0x201C, 0x201E),
    (0x2020, 0x2022), (0x2026, 0x2026), (0x2030, 0x2030), (0x2039, 0x203A), (0x20AC, 0x20AC), (0x2122, 0x2122),
    (0x2212, 0x2212), (0x2264, 0x2265),
)  # fmt: skip
WANTED = tuple(code for first, last in _RANGES for code in range(first, last + 1))
Sources: TypeAlias = tuple[EmbeddedFont, EmbeddedFont | None, EmbeddedFont]  # text face, its zero, fallback
_EM = 1000
_DAY = 3_786_825_600  # 2024-01-01 in seconds since 1904: a font's dates are no news


@dataclass(frozen=True)
class FieldFont:
    """A complete font as PDF wants it; streams are ready objects, numbers are in thousandths of the size."""

    name: str
    program: bytes
    glyphs: bytes  # CIDToGIDMap
    unicode: bytes  # ToUnicode
    widths: bytes  # W
    box: tuple[int, int, int, int]
    capitals: int

    @property
    def leading(self) -> float:
        """From line to line in a field of several lines, times the size, as viewers set it: the height of the box."""
        return (self.box[3] - self.box[1]) / _EM

    @property
    def descriptor(self) -> bytes:
        """The FontDescriptor up to its FontFile2."""
        left, bottom, right, top = self.box
        return (
            f"<</Type/FontDescriptor/FontName/{self.name}/Flags 32/ItalicAngle 0/Ascent {top}/Descent {bottom}"
            f"/CapHeight {self.capitals}/StemV 87/FontBBox[{left} {bottom} {right} {top}]/FontFile2 "
        ).encode()


@lru_cache(maxsize=8)
def field_font(faces: Faces) -> FieldFont:
    """The font for the text fields of documents with these typefaces. 0.15 s once for each, then from the cache."""
    fonts = _sources(faces)
    data = b"\0".join(font.face._ttf_data for font in fonts if font)
    return _unpacked(kept("field-font", repr(_RANGES).encode() + data, lambda: _packed(_made(fonts))))


def _sources(faces: Faces) -> Sources:
    return faces.font("text"), faces.zero("text"), faces.fallback("text")


def _made(fonts: Sources) -> FieldFont:
    if not _may_be_typed_with(fonts[0]):
        fonts = _sources(Faces())
    return _read(_merged(fonts, f"Fields-{fonts[0].face.name.decode('ascii')}"))


def _packed(font: FieldFont) -> bytes:
    """The font as the cache keeps it: numbers on a line, then its streams; no font library is needed to read it."""
    streams = (font.program, font.glyphs, font.unicode, font.widths)
    head = json.dumps([font.name, font.box, font.capitals, [len(part) for part in streams]])
    return head.encode() + b"\n" + b"".join(streams)


def _unpacked(data: bytes) -> FieldFont:
    head, _, rest = data.partition(b"\n")
    name, (left, bottom, right, top), capitals, lengths = json.loads(head)
    parts = []
    for length in lengths:
        parts.append(rest[:length])
        rest = rest[length:]
    program, glyphs, unicode, widths = parts
    return FieldFont(name, program, glyphs, unicode, widths, (left, bottom, right, top), capitals)


def _may_be_typed_with(font: EmbeddedFont) -> bool:
    from fontTools.ttLib import TTFont

    rights = int(TTFont(io.BytesIO(font.face._ttf_data), lazy=True)["OS/2"].fsType)
    return rights & 0xE in EDITABLE and not rights & 0x300


def _merged(fonts: Sources, family: str) -> bytes:
    """One TrueType font of the wanted characters: the zero's own, else the text face's, else the fallback's."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.recordingPen import DecomposingRecordingPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import TTFont

    opened = [TTFont(io.BytesIO(font.face._ttf_data)) for font in fonts if font]
    maps = [font.getBestCmap() for font in opened]
    zero = 1 if fonts[1] else 0
    glyphs: dict[str, Any] = {}
    widths: dict[str, int] = {}

    def add(glyph: str, source: int, found: str) -> None:
        font = opened[source]
        scale, drawn = _EM / font["head"].unitsPerEm, font.getGlyphSet()
        parts, pen = DecomposingRecordingPen(drawn), TTGlyphPen(None)
        drawn[found].draw(parts)
        parts.replay(TransformPen(pen, (scale, 0, 0, scale, 0, 0)))
        glyphs[glyph], widths[glyph] = pen.glyph(), round(drawn[found].width * scale)

    characters: dict[int, str] = {}
    add(".notdef", 0, ".notdef")
    for code in WANTED:
        sources = (zero,) if code == ord("0") else (0, len(opened) - 1)
        source = next((i for i in sources if code in maps[i]), None)
        if source is not None:
            characters[code] = f"uni{code:04X}"
            add(characters[code], source, maps[source][code])
    made = FontBuilder(_EM, isTTF=True)
    made.setupGlyphOrder(list(glyphs))
    made.setupCharacterMap(characters)
    made.setupGlyf(glyphs)
    inked = {name: outline for name, outline in glyphs.items() if outline.numberOfContours}  # their bounds are known
    starts = {name: outline.xMin for name, outline in inked.items()}
    made.setupHorizontalMetrics({name: (wide, starts.get(name, 0)) for name, wide in widths.items()})
    top, bottom = max(outline.yMax for outline in inked.values()), min(outline.yMin for outline in inked.values())
    made.setupHorizontalHeader(ascent=top, descent=bottom)
    made.setupNameTable({"familyName": family, "styleName": "Regular", "psName": family})
    capitals = glyphs[characters[ord("H")]].yMax
    made.setupOS2(fsType=0, sTypoAscender=top, sTypoDescender=bottom, sCapHeight=capitals)
    made.setupPost(keepGlyphNames=False)
    made.updateHead(created=_DAY, modified=_DAY)
    made.font.recalcTimestamp = False
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _read(data: bytes) -> FieldFont:
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(data), lazy=True)
    characters, metrics, head = font.getBestCmap(), font["hmtx"].metrics, font["head"]
    numbers = bytearray(2 * (max(characters) + 1))
    for code, glyph in characters.items():
        numbers[2 * code : 2 * code + 2] = font.getGlyphID(glyph).to_bytes(2, "big")
    runs = _runs(sorted(characters))
    widths = " ".join(f"{run[0]}[{' '.join(str(metrics[characters[code]][0]) for code in run)}]" for run in runs)
    return FieldFont(
        name=font["name"].getDebugName(6),
        program=stream(data, b"/Length1 %d" % len(data)),
        glyphs=stream(bytes(numbers)),
        unicode=stream(_to_unicode(runs).encode("ascii")),
        widths=widths.encode(),
        box=(head.xMin, head.yMin, head.xMax, head.yMax),
        capitals=font["OS/2"].sCapHeight,
    )


def _runs(codes: Sequence[int]) -> list[list[int]]:
    """Codes one after the other; a run stays within one high byte, as ranges of a CMap have to."""
    runs = [[codes[0]]]
    for before, code in pairwise(codes):
        if code == before + 1 and code >> 8 == before >> 8:
            runs[-1].append(code)
        else:
            runs.append([code])
    return runs


def _to_unicode(runs: Sequence[Sequence[int]]) -> str:
    """A CMap by which every code is its own character; a block holds 100 ranges at most. ISO 32000-1, 9.10.3."""
    lines = [f"<{run[0]:04X}> <{run[-1]:04X}> <{run[0]:04X}>" for run in runs]
    blocks = [lines[i : i + 100] for i in range(0, len(lines), 100)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap",
            "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
            "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def",
            "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange",
            *(f"{len(block)} beginbfrange\n{chr(10).join(block)}\nendbfrange" for block in blocks),
            "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend",
        ]
    )
