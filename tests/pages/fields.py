"""Our own eye on fields: each is named, explained, drawn in every state, and typed in with a font that is all there.

ISO 32000-1 section 12.7; ISO 19005-2, 6.4.1 (appearances, no NeedAppearances); ISO 14289-1, 7.18.4.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont

HIDDEN, PRINT = 0b100010, 4  # bits of F: hidden or not viewed; printed


def listed(pdf: Any) -> list[Any]:
    """The fields of the file's form, in its order."""
    return list(pdf.Root.get("/AcroForm", {}).get("/Fields", []))


def widgets(pdf: Any) -> list[Any]:
    """The widgets on the pages, in their order."""
    return [note for page in pdf.pages for note in page.obj.get("/Annots", []) if note.get("/Subtype") == "/Widget"]


def problems(pdf: Any) -> Iterator[str]:
    """Everything that is wrong with a file's fields."""
    form = pdf.Root.get("/AcroForm", pikepdf.Dictionary())
    for entry in ("/NeedAppearances", "/XFA", "/SigFlags", "/CO"):
        if entry in form:
            yield f"the form has {entry}"
    if sorted(field.objgen for field in listed(pdf)) != sorted(widget.objgen for widget in widgets(pdf)):
        yield "the form's fields are not the pages' widgets"
    for name, count in Counter(str(field.get("/T", "")) for field in listed(pdf)).items():
        if count > 1 or not name or "." in name:
            yield f'{count} fields named "{name}"'
    for number, page in enumerate(pdf.pages, 1):
        for widget in (note for note in page.obj.get("/Annots", []) if note.get("/Subtype") == "/Widget"):
            for problem in _widget(widget, page.obj, form):
                yield f'page {number}: the field "{widget.get("/T", "")}" {problem}'


def _widget(widget: Any, page: Any, form: Any) -> Iterator[str]:
    if not str(widget.get("/TU", "")).strip():
        yield "has no TU"
    if widget.get("/P", pikepdf.Dictionary()).objgen != page.objgen:
        yield "is on another page than it says"
    flags = int(widget.get("/F", 0))
    if flags & HIDDEN or not flags & PRINT:
        yield f"has the flags {flags}"
    for entry in ("/A", "/AA", "/BG", "/BC"):
        if entry in widget or entry in widget.get("/MK", {}):
            yield f"has {entry}"
    looks = widget.get("/AP", pikepdf.Dictionary())
    if set(looks.keys()) != {"/N"}:
        yield f"has the appearances {sorted(looks.keys())}"
        return
    kind = widget.get("/FT")
    if kind == "/Btn":
        states = looks.N.keys() if not isinstance(looks.N, pikepdf.Stream) else set()
        if states != {"/Off", "/Yes"} or widget.get("/AS") not in states or widget.get("/V") != widget.get("/AS"):
            yield f"has the states {sorted(states)}, looks {widget.get('/AS')} and is {widget.get('/V')}"
    elif kind == "/Tx":
        if not isinstance(looks.N, pikepdf.Stream):
            yield "has no appearance"
        name = re.match(r"(/\S+) [\d.]+ Tf ", str(widget.get("/DA", "")))
        font = form.get("/DR", {}).get("/Font", {}).get(name[1]) if name else None
        yield from _font(font) if font is not None else ["has no font in the form's resources"]
    else:
        yield f"is of type {kind}"


def _font(font: Any) -> Iterator[str]:
    """A composite font whose codes are characters: each that ToUnicode names has a glyph, as wide as W says."""
    inner = font.DescendantFonts[0]
    if "/FontFile2" not in inner.FontDescriptor:
        yield "has a font that is not embedded"
        return
    program = TTFont(io.BytesIO(inner.FontDescriptor.FontFile2.read_bytes()))
    order, metrics, cmap = program.getGlyphOrder(), program["hmtx"].metrics, program.getBestCmap()
    widths, numbers = font_widths(inner), inner.CIDToGIDMap.read_bytes()
    for code in encoded(font):
        glyph = int.from_bytes(numbers[2 * code : 2 * code + 2], "big")
        if not 0 < glyph < len(order) or cmap.get(code) != order[glyph]:
            yield f"cannot show U+{code:04X}"
        elif widths.get(code) != metrics[order[glyph]][0]:
            yield f"gives U+{code:04X} the width {widths.get(code)}"


def encoded(font: Any) -> list[int]:
    """The codes that a font's ToUnicode names; each stands for itself."""
    ranges = re.findall(rb"<(\w{4})> <(\w{4})> <(\w{4})>", font.ToUnicode.read_bytes())
    assert ranges and all(first == start for first, _, start in ranges)
    return [code for first, last, _ in ranges for code in range(int(first, 16), int(last, 16) + 1)]


def font_widths(inner: Any) -> dict[int, float]:
    """The widths of a CIDFont by code, of a W array in the form `c [w w]`."""
    entries = list(inner.W)
    return {int(entries[i]) + n: float(w) for i in range(0, len(entries), 2) for n, w in enumerate(entries[i + 1])}
