"""What a page paints, operator by operator: an interpreter of content streams as our files (and spoilt ones) have them.

ISO 32000-1 sections 8 and 9. It knows paths, device colours, fonts with ToUnicode (simple ones, and composite ones with
codes of two bytes), XObjects and marked content.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import pikepdf

Box = tuple[float, float, float, float]  # left, bottom, right, top
Matrix = tuple[float, float, float, float, float, float]
Kind = Literal["text", "stroke", "fill", "image"]
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
_REVERSED = "/ReversedChars"
_COLOURS = {"g": 1, "rg": 3, "k": 4}
_PATHS = {"S": "s", "s": "s", "f": "f", "F": "f", "f*": "f", "B": "fs", "B*": "fs", "b": "fs", "b*": "fs", "n": ""}


@dataclass(frozen=True)
class Bracket:
    """A stretch of marked content."""

    tag: str
    mcid: int | None = None
    subtype: str = ""  # of an artifact: Header, Footer


@dataclass(frozen=True)
class Paint:
    """One thing that is painted: `size` is a text's height or a line's width, in points on the page."""

    page: int
    kind: Kind
    bracket: Bracket | None
    box: Box
    colour: tuple[float, ...]
    size: float
    text: str = ""
    font: str = ""  # the name of a text's font or of an image, among the page's resources
    inside: str = ""  # the XObject that it stands in

    @property
    def wide(self) -> float:
        """From left to right."""
        return self.box[2] - self.box[0]

    @property
    def high(self) -> float:
        """From bottom to top."""
        return self.box[3] - self.box[1]


@dataclass
class Page:
    """All that a page paints, and what is wrong with its brackets."""

    number: int  # from 0
    paints: list[Paint] = field(default_factory=list)
    brackets: list[Bracket] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _State:
    matrix: Matrix = _IDENTITY
    fill: tuple[float, ...] = (0,)
    stroke: tuple[float, ...] = (0,)
    line: float = 1
    font: str = ""  # the name of a text's font or of an image, among the page's resources
    size: float = 0
    tracking: float = 0


@dataclass(frozen=True)
class _Font:
    codes: dict[int, str]
    widths: dict[int, float]
    bytes: int = 1  # of a code


def read_pages(pdf: Any) -> list[Page]:
    """All pages of an open file."""
    return [_Reader(Page(i), page.obj.get("/Resources", {})).read(page) for i, page in enumerate(pdf.pages)]


def times(a: Matrix, b: Matrix) -> Matrix:
    """Matrix a, then b."""
    return (
        a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4], a[4] * b[1] + a[5] * b[3] + b[5],
    )  # fmt: skip


def apply(m: Matrix, x: float, y: float) -> tuple[float, float]:
    """Where a point comes to stand."""
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _within(box: Box, clip: Box) -> Box:
    """What of a box is seen through another."""
    x0, x1 = (min(max(v, clip[0]), clip[2]) for v in (box[0], box[2]))
    y0, y1 = (min(max(v, clip[1]), clip[3]) for v in (box[1], box[3]))
    return x0, y0, x1, y1


class _Reader:
    def __init__(self, page: Page, resources: Any, inside: str = "", state: _State | None = None) -> None:
        self.page, self.resources, self.inside = page, resources, inside
        self.state = state or _State()
        self.saved: list[_State] = []
        self.open: list[tuple[str, Bracket | None]] = []  # q, BT and brackets, as they were opened
        self.points: list[tuple[float, float]] = []
        self.fonts: dict[str, _Font] = {}
        self.line_matrix = self.text_matrix = _IDENTITY

    def read(self, stream: Any) -> Page:
        for operands, operator in pikepdf.parse_content_stream(stream):
            self._operator(str(operator), list(operands))
        for name, _ in self.open:
            self.page.problems.append(f"page {self.page.number + 1}: {name} is never closed")
        return self.page

    # ------------------------------------------------------------- operators
    def _operator(self, op: str, values: list[Any]) -> None:
        if op in ("q", "BT"):
            self.saved += [self.state] if op == "q" else []
            self.open.append((op, None))
            self.line_matrix = self.text_matrix = _IDENTITY
        elif op in ("Q", "ET"):
            self._close({"Q": "q", "ET": "BT"}[op], op)
            if op == "Q" and self.saved:
                self.state = self.saved.pop()
        elif op in ("BDC", "BMC"):
            self._begin(op, values)
        elif op == "EMC":
            self._close("BDC", op)
        elif op == "cm":
            self.state = replace(self.state, matrix=times(self._floats(values), self.state.matrix))
        elif op in _COLOURS:
            self.state = replace(self.state, fill=tuple(map(float, values)))
        elif op.lower() in _COLOURS:
            self.state = replace(self.state, stroke=tuple(map(float, values)))
        elif op == "w":
            self.state = replace(self.state, line=float(values[0]))
        elif op in ("m", "l", "c", "v", "y", "re"):
            self._path(op, [float(v) for v in values])
        elif op in _PATHS:
            self._paint_path(_PATHS[op])
        elif op == "Do":
            self._object(str(values[0]))
        else:
            self._text(op, values)

    def _begin(self, op: str, values: list[Any]) -> None:
        if str(values[0]) == _REVERSED:
            if op != "BMC" or not any(bracket for _, bracket in self.open):
                self.page.problems.append(f"page {self.page.number + 1}: what is turned round belongs to nothing")
            self.open.append(("BDC", None))
            return
        if any(bracket for _, bracket in self.open):
            self.page.problems.append(f"page {self.page.number + 1}: a bracket inside a bracket")
        properties = values[1] if op == "BDC" and len(values) > 1 else {}
        mcid = properties.get("/MCID")
        bracket = Bracket(
            str(values[0])[1:], None if mcid is None else int(mcid), str(properties.get("/Subtype", ""))[1:]
        )
        self.open.append(("BDC", bracket))
        self.page.brackets.append(bracket)

    def _close(self, wanted: str, op: str) -> None:
        if self.open and self.open[-1][0] == wanted:
            self.open.pop()
            return
        self.page.problems.append(f"page {self.page.number + 1}: {op} closes nothing that stands open")
        for i in range(len(self.open) - 1, -1, -1):
            if self.open[i][0] == wanted:
                del self.open[i]
                return

    # ------------------------------------------------------------- paths and objects
    def _path(self, op: str, v: list[float]) -> None:
        if op == "re":
            v = [v[0], v[1], v[0] + v[2], v[1], v[0], v[1] + v[3], v[0] + v[2], v[1] + v[3]]
        self.points += [apply(self.state.matrix, *v[i : i + 2]) for i in range(0, len(v), 2)]

    def _paint_path(self, how: str) -> None:
        m = self.state.matrix
        scale = abs(m[0] * m[3] - m[1] * m[2]) ** 0.5
        box = _around(self.points)
        if "f" in how:
            self._paint("fill", box, self.state.fill)
        if "s" in how:
            half = self.state.line * scale / 2
            x, y = (0 if flat else half for flat in (box[1] == box[3], box[0] == box[2]))  # our rules' ends are cut off
            grown = (box[0] - x, box[1] - y, box[2] + x, box[3] + y)
            self._paint("stroke", grown, self.state.stroke, self.state.line * scale)
        self.points = []

    def _object(self, name: str) -> None:
        thing = self.resources["/XObject"][name]
        if thing.Subtype == "/Image":
            corners = [apply(self.state.matrix, x, y) for x in (0, 1) for y in (0, 1)]
            self._paint("image", _around(corners), (), 0, font=name)
            return
        matrix = times(self._floats(thing.get("/Matrix", _IDENTITY)), self.state.matrix)
        inner = _Reader(self.page, thing.get("/Resources", {}), name, replace(self.state, matrix=matrix))
        inner.open = [(kind, bracket) for kind, bracket in self.open if bracket]
        depth = len(inner.open)
        first = len(self.page.paints)
        for operands, operator in pikepdf.parse_content_stream(thing):
            inner._operator(str(operator), list(operands))
        if "/BBox" in thing:  # a form is clipped to its box (ISO 32000-1, 8.10.1)
            x0, y0, x1, y1 = map(float, thing.BBox)
            clip = _around([apply(matrix, x, y) for x in (x0, x1) for y in (y0, y1)])
            self.page.paints[first:] = [replace(p, box=_within(p.box, clip)) for p in self.page.paints[first:]]
        if len(inner.open) != depth:
            self.page.problems.append(f"page {self.page.number + 1}: brackets are open at the end of {name}")

    def _paint(
        self, kind: Kind, box: Box, colour: tuple[float, ...], size: float = 0, text: str = "", font: str = ""
    ) -> None:
        bracket = next((bracket for _, bracket in reversed(self.open) if bracket), None)
        if bracket is None:
            self.page.problems.append(f"page {self.page.number + 1}: {kind} outside all brackets: {text or box}")
        self.page.paints.append(Paint(self.page.number, kind, bracket, box, colour, size, text, font, self.inside))

    # ------------------------------------------------------------- text
    def _text(self, op: str, values: list[Any]) -> None:
        if op == "Tf":
            self.state = replace(self.state, font=str(values[0]), size=float(values[1]))
        elif op == "Tc":
            self.state = replace(self.state, tracking=float(values[0]))
        elif op in ("Td", "TD"):
            self.line_matrix = times((1, 0, 0, 1, float(values[0]), float(values[1])), self.line_matrix)
            self.text_matrix = self.line_matrix
        elif op == "Tm":
            self.line_matrix = self.text_matrix = self._floats(values)
        elif op == "Tj":
            self._show(values)
        elif op == "TJ":
            self._show(list(values[0]))

    def _show(self, strings: list[Any]) -> None:
        state, font = self.state, self._font(self.state.font)
        m = times(self.text_matrix, state.matrix)
        scale = abs(m[0] * m[3] - m[1] * m[2]) ** 0.5
        letters: list[str] = []
        widths: list[float] = []
        for string in strings:
            if not isinstance(string, pikepdf.String):
                widths[-1:] = [sum(widths[-1:]) - float(string) * state.size / 1000]
                continue
            codes = bytes(string)
            for at in range(0, len(codes), font.bytes):
                code = int.from_bytes(codes[at : at + font.bytes], "big")
                letters.append(font.codes.get(code, "\ufffd"))
                widths.append(font.widths.get(code, 0) * state.size / 1000 + state.tracking)
        turned = ("BDC", None) in self.open  # codes stand from the last to the first: ISO 32000-1, 14.8.2.3.3
        text = "".join(reversed(letters) if turned else letters)
        ended = len(letters) - len("".join(letter[:1] for letter in letters).rstrip(" "))
        width, seen = sum(widths), sum(widths[: len(widths) - ended])  # nobody sees a space at a line's end
        box = _around([apply(m, 0, -0.22 * state.size), apply(m, seen, 0.74 * state.size)])
        self._paint("text", box, state.fill, state.size * scale, text, state.font)
        self.text_matrix = times((1, 0, 0, 1, width, 0), self.text_matrix)

    def _font(self, name: str) -> _Font:
        if name not in self.fonts:
            font = self.resources["/Font"][name]
            codes = _to_unicode(font.ToUnicode.read_bytes().decode("ascii")) if "/ToUnicode" in font else {}
            if font.Subtype == "/Type0":
                start, known = font.DescendantFonts[0].W
                self.fonts[name] = _Font(codes, {int(start) + i: float(w) for i, w in enumerate(known)}, 2)
                return self.fonts[name]
            first = int(font.get("/FirstChar", 0))
            widths = {first + i: float(w) for i, w in enumerate(font.get("/Widths", []))}
            self.fonts[name] = _Font(codes, widths)
        return self.fonts[name]

    @staticmethod
    def _floats(values: Any) -> Matrix:
        a, b, c, d, e, f = map(float, values)
        return a, b, c, d, e, f


def _around(points: list[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points] or [0.0], [y for _, y in points] or [0.0]
    return min(xs), min(ys), max(xs), max(ys)


def _to_unicode(cmap: str) -> dict[int, str]:
    """Code -> characters, of the bfchar lines of a CMap."""
    return dict(_pairs(cmap))


def _pairs(cmap: str) -> Iterator[tuple[int, str]]:
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, chars in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            yield int(code, 16), bytes.fromhex(chars).decode("utf-16-be")
