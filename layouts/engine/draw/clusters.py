"""The letters of the extra `scripts` in a PDF: for each document a small typeface of the clusters that it shows.

A cluster becomes one glyph, made of all that HarfBuzz places for it, and ToUnicode tells its letters in the order in
which they are written, whatever was joined, stacked or put before another: what is copied, searched or read aloud is
what was typed (ISO 32000-1, 9.10.3). Nothing of it is kept on disk, for the letters may be those of a patient's name.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from .file import File, stream
from .scripts import Drawn, ScriptFont, Shaped

_EM = 1000
_DAY = 3_786_825_600  # 2024-01-01 in seconds since 1904: when a font was made is no news, and the same words make one
_FINE = 0.5  # thousandths of the em by which curves of the second order may miss those of the third


class ClusterFont:
    """The clusters of one typeface that a document shows; `name` is its own among the fonts of the pages."""

    def __init__(self, font: ScriptFont, name: str) -> None:
        self.font, self.name = font, name
        self._known: dict[Drawn, tuple[int, int]] = {}  # code and advance

    def shown(self, shaped: Shaped) -> str:
        """The clusters from left to right, as an operator that shows them. The same letters have the same code, also
        where the next ones are drawn nearer."""
        parts, left = ["<"], 0  # how far to go left of where the last code ended
        for cluster in shaped.clusters:
            left -= cluster.shift
            code, advance = self._known.setdefault(cluster.drawn, (len(self._known) + 1, cluster.advance))
            parts.append(f">{left}<{code:04X}" if left else f"{code:04X}")
            left = advance - cluster.advance + cluster.shift
        codes = "".join(parts) + ">"
        return f"[{codes.removeprefix('<>')}] TJ" if codes.count("<") > 1 else f"{codes} Tj"

    def addObjects(self, document: File) -> None:  # noqa: N802  (as ReportLab's fonts have it)
        """Writes the font into the document: a composite one, whose codes are the numbers of its glyphs."""
        base = f"{_tag(repr(self._known))}+{self.font.name}"
        program, box = _program(self.font, self._known)
        left, bottom, right, top = box
        descriptor = (
            (
                f"<</Type/FontDescriptor/FontName/{base}/Flags 4/ItalicAngle 0/Ascent {top}/Descent {bottom}"
                f"/CapHeight {top}/StemV 80/FontBBox[{left} {bottom} {right} {top}]/FontFile2 "
            ).encode()
            + document.add(stream(program, b"/Length1 %d" % len(program)))
            + b">>"
        )
        widths = " ".join(str(advance) for _, advance in self._known.values())
        inner = (
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont/%b/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
            b"/Supplement 0>>/CIDToGIDMap/Identity/DW 0/W[1[%b]]/FontDescriptor %b>>"
            % (base.encode(), widths.encode(), document.add(descriptor))
        )
        unicode = stream(_to_unicode([text for text, _ in self._known]).encode("ascii"))
        document.font(
            self.name,
            b"<</Type/Font/Subtype/Type0/BaseFont/%b/Encoding/Identity-H/DescendantFonts[%b]/ToUnicode %b>>"
            % (base.encode(), document.add(inner), document.add(unicode)),
        )


def _tag(content: str) -> str:
    """The six letters before a subset's name, from what is in it. ISO 32000-1, 9.6.4."""
    from hashlib import md5

    digest = md5(content.encode(), usedforsecurity=False).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _program(font: ScriptFont, known: Mapping[Drawn, tuple[int, int]]) -> tuple[bytes, tuple[int, int, int, int]]:
    """A TrueType font whose glyphs from 1 on are the clusters, and the box that they stay in."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.ttLib.tables._g_l_y_f import Glyph

    glyphs = {".notdef": Glyph()} | {f"c{code}": _outline(font, parts) for (_, parts), (code, _) in known.items()}
    advances = [0, *(advance for _, advance in known.values())]
    made = FontBuilder(_EM, isTTF=True)
    made.setupGlyphOrder(list(glyphs))
    made.setupGlyf(glyphs)
    inked = [outline for outline in glyphs.values() if outline.numberOfContours]  # their bounds are known
    starts = [outline.xMin if outline.numberOfContours else 0 for outline in glyphs.values()]
    made.setupHorizontalMetrics(dict(zip(glyphs, zip(advances, starts, strict=True), strict=True)))
    top, bottom = max((o.yMax for o in inked), default=0), min((o.yMin for o in inked), default=0)
    made.setupHorizontalHeader(ascent=top, descent=bottom)
    made.setupMaxp()
    made.setupPost(keepGlyphNames=False)
    made.updateHead(created=_DAY, modified=_DAY)
    made.font.recalcTimestamp = False
    out = io.BytesIO()
    made.save(out)
    left, right = min((o.xMin for o in inked), default=0), max((o.xMax for o in inked), default=0)
    return out.getvalue(), (left, bottom, right, top)


@lru_cache(maxsize=1024)
def _outline(font: ScriptFont, glyphs: tuple[tuple[int, int, int], ...]) -> Any:
    """What a cluster's glyphs look like together, as one TrueType glyph of the em."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    made, scale = TTGlyphPen(None), _EM / font.units
    for glyph, x, y in glyphs:
        pen = TransformPen(Cu2QuPen(made, _FINE), (scale, 0, 0, scale, x * scale, y * scale))
        font.shaper.draw_glyph_with_pen(glyph, pen)
    return made.glyph()


def _to_unicode(texts: list[str]) -> str:
    """A CMap from the codes 1, 2, … to the texts. ISO 32000-1, 9.10.3."""
    lines = [f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in enumerate(texts, 1)]
    blocks = [lines[at : at + 100] for at in range(0, len(lines), 100)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap",
            "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
            "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def",
            "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange",
            *(f"{len(block)} beginbfchar\n{chr(10).join(block)}\nendbfchar" for block in blocks),
            "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend",
        ]
    )
