"""What a file's fields are made of: widgets, how they look in each state, and the interactive form that lists them.

ISO 32000-1 section 12.7; ISO 19005-2, 6.4; ISO 14289-1, 7.18. Nothing here asks a viewer to draw: every state of every
widget has its appearance, there are no scripts, and NeedAppearances is never set.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from typing import Any

from ..records import dataclass
from .file import File, stream, text_string
from .structure import Annotation, Element, TaggingError
from .typeface import NAME, FieldFont

MULTILINE, DO_NOT_SCROLL = 1 << 12, 1 << 23  # bits of Ff
# A tick in a box of side 1: down to the left third, up to the right.
_TICK = ((0.22, 0.52), (0.42, 0.29), (0.78, 0.74))
_TICK_WIDTH = 0.13


@dataclass
class Fields:
    """The fields of one document; its objects are shared by all fields that look alike."""

    file: File
    names: set[str] = field(default_factory=set)
    _looks: dict[Any, bytes] = field(default_factory=dict)
    _font: FieldFont | None = None

    def text(
        self, name: str, tip: str, size: tuple[float, float], font: FieldFont, look: str, *, multiline: bool, most: int
    ) -> bytes:
        """Entries of a text field's widget. `size` in points; `look` the colour and size as they stand in a DA string;
        `most` characters at most, 0 for as many as there is room for."""
        if self._font not in (None, font):
            raise TaggingError("the text fields of a document share one font")
        self._font = font
        flags = DO_NOT_SCROLL | (MULTILINE if multiline else 0)  # what cannot be seen cannot be printed
        appearance = self._look(size, b"/Tx BMC\nEMC", b"/Font<</%b %b>>" % (NAME.encode(), self._embedded(font)))
        length = b"/MaxLen %d" % most if most else b""
        return b"/Subtype/Widget/FT/Tx%b/Ff %d%b/DA(%b)/AP<</N %b>>" % (
            _named(name, tip),
            flags,
            length,
            look.encode(),
            appearance,
        )

    def tick(self, name: str, tip: str, side: float, colour: str) -> bytes:
        """Entries of a tick box's widget, whose square the page paints: it adds a tick, or nothing."""
        (x0, y0), (x1, y1), (x2, y2) = ((x * side, y * side) for x, y in _TICK)
        path = f"{x0:.2f} {y0:.2f} m {x1:.2f} {y1:.2f} l {x2:.2f} {y2:.2f} l S"
        ticked = self._look((side, side), f"q 1 J 1 j {_TICK_WIDTH * side:.2f} w {colour} RG {path} Q".encode())
        empty = self._look((side, side), b"")
        return b"/Subtype/Widget/FT/Btn%b/V/Off/AS/Off/AP<</N<</Off %b/Yes %b>>>>" % (_named(name, tip), empty, ticked)

    def register(self, name: str) -> None:
        """Remembers a field. Raises TaggingError for a name that another field has."""
        if name in self.names:
            raise TaggingError(f'two fields are named "{name}"')
        self.names.add(name)

    def form(self, elements: Iterable[Element]) -> bytes:
        """The AcroForm dictionary, its fields in the order in which elements are read; nothing where there is none."""
        if not self.names:
            return b""
        forms = (element for element in elements if element.role == "Form")
        fields = (kid.reference for form in forms for kid in form.kids if isinstance(kid, Annotation))
        parts = [b"/Fields[%b]" % b" ".join(fields)]
        if self._font:
            parts.append(b"/DR<</Font<</%b %b>>>>" % (NAME.encode(), self._embedded(self._font)))
            parts.append(b"/DA(/%b 0 Tf 0 g)" % NAME.encode())
        return b"<<%b>>" % b"".join(parts)

    def _look(self, size: tuple[float, float], operators: bytes, resources: bytes = b"") -> bytes:
        """A reference to an appearance, written once however many widgets look so."""
        key = (size, operators)
        if key not in self._looks:
            box = b"/Type/XObject/Subtype/Form/BBox[0 0 %.2f %.2f]/Resources<<%b>>" % (*size, resources)
            self._looks[key] = self.file.add(stream(operators, box))
        return self._looks[key]

    def _embedded(self, font: FieldFont) -> bytes:
        if font not in self._looks:
            program = self.file.add(font.program)
            descriptor = self.file.add(font.descriptor + program + b">>")
            descendant = self.file.add(
                b"<</Type/Font/Subtype/CIDFontType2/BaseFont/%b/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
                b"/Supplement 0>>/FontDescriptor %b/DW 500/W[%b]/CIDToGIDMap %b>>"
                % (font.name.encode(), descriptor, font.widths, self.file.add(font.glyphs))
            )
            self._looks[font] = self.file.add(
                b"<</Type/Font/Subtype/Type0/BaseFont/%b/Encoding/Identity-H/DescendantFonts[%b]/ToUnicode %b>>"
                % (font.name.encode(), descendant, self.file.add(font.unicode))
            )
        return self._looks[font]


def checked(element: Element, name: str, tip: str, size: tuple[float, float]) -> str:
    """The field's name without dots, which would make a tree of fields. Raises TaggingError for a field that no screen
    reader could tell of, or that nobody could find."""
    if element.role != "Form":
        raise TaggingError(f"a field needs a Form element, not {element.role}")
    if element.kids:
        raise TaggingError(f'the Form element of the field "{name}" has content already')
    if not tip.strip():
        raise TaggingError(f'the field "{name}" has no words that say what it is for')
    if not name.strip():
        raise TaggingError(f'the field for "{tip}" has no name')
    if min(size) <= 0:
        raise TaggingError(f'the field "{name}" is {size[0]:g} by {size[1]:g} points large')
    return name.replace(".", "-")


def _named(name: str, tip: str) -> bytes:
    return b"/T %b/TU %b" % (text_string(name), text_string(tip))
