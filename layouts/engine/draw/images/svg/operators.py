"""From a plain SVG to PDF operators: svglib works out the outlines, which are written here with their paint.

ReportLab's own renderer is not used: it writes alpha as named graphics states, which need resources, rounds corners
with one radius only, and does not fill outlines that are not closed.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from .paint import Paint
from .plain import PlainSvg
from .xml import SAVE_AGAIN, Complaints

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
POINTS_PER_PX = 0.75
# Readers of PDF may work with 16-bit numbers; nothing that far outside of a page is to be seen anyway.
FARTHEST = 32_000.0
_PAINTING = frozenset({"f", "f*", "S", "B", "B*"})
_PATH_OPERATORS = ((2, "m"), (2, "l"), (6, "c"), (0, "h"))  # in the order of ReportLab's operator codes 0 to 3


class _Messages(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append(record.getMessage())


@contextmanager
def _messages() -> Iterator[list[str]]:
    """What svglib logs meanwhile, kept from everybody else's log."""
    logger, handler = logging.getLogger("svglib.svglib"), _Messages()
    before = logger.level, logger.propagate
    logger.addHandler(handler)
    # Below WARNING svglib lists the attributes it did not use, which takes long and tells nothing.
    logger.level, logger.propagate = logging.WARNING, False
    try:
        yield handler.seen
    finally:
        logger.removeHandler(handler)
        logger.level, logger.propagate = before


def _leave_unpainted(_shape: Any, _node: Any, only_explicit: bool = False) -> None:
    """Stands in for svglib's painting of shapes."""


def operators(drawing: PlainSvg, complaints: Complaints) -> bytes:
    """The operators (points, origin at lower left, clipped to the drawing's box, q and Q balanced).

    Raises `ContentError` if svglib fails or has something to say.
    """
    from io import BytesIO

    from svglib.svglib import SvgRenderer

    with _messages() as messages:
        try:
            renderer = SvgRenderer(BytesIO())
            # The paint is known already, and looking for it again takes most of svglib's time.
            renderer.shape_converter.applyStyleOnShape = _leave_unpainted
            tree = renderer.render(drawing.root)
        except Exception:  # whatever a library makes of somebody's file is a problem of the file
            messages.append("failed")
    if messages:
        complaints.stop("The drawing has something in it that cannot be drawn.", SAVE_AGAIN)
    width, height = drawing.width * POINTS_PER_PX, drawing.height * POINTS_PER_PX
    lines = ["q", f"0 0 {_number(width)} {_number(height)} re W n"]
    try:
        for item in tree.contents:
            lines += _draw(item, IDENTITY, drawing.paints, renderer)
    except OverflowError:
        complaints.stop("A part of the drawing lies far outside of it.", "Remove what is outside, and save again.")
    if not _PAINTING & set(lines):
        complaints.stop("There is nothing to be seen in the drawing.", "Perhaps all of it is hidden or has no colour.")
    return "\n".join([*lines, "Q", ""]).encode("ascii")


def _draw(item: Any, matrix: Matrix, paints: Any, renderer: Any) -> list[str]:
    identity = str(getattr(item, "svgid", ""))
    if identity in paints:
        return _paint(_outline(item, renderer), matrix, paints[identity])
    matrix = _times(matrix, item.transform)
    lines: list[str] = []
    clipped = False
    for child in item.contents:
        if str(getattr(child, "svgid", "")).startswith("clip"):
            shapes = _clip(child, matrix, paints, renderer)
            rule = "W*" if _first_paint(child, paints).even_odd else "W"
            lines += ["q", *shapes, f"{rule} n"]
            clipped = True
        else:
            lines += _draw(child, matrix, paints, renderer)
    return [*lines, "Q"] if clipped else lines


def _clip(item: Any, matrix: Matrix, paints: Any, renderer: Any) -> list[str]:
    if str(getattr(item, "svgid", "")) in paints:
        return _path(_outline(item, renderer), matrix)
    matrix = _times(matrix, item.transform)
    return [line for child in item.contents for line in _clip(child, matrix, paints, renderer)]


def _first_paint(item: Any, paints: Any) -> Paint:
    while str(getattr(item, "svgid", "")) not in paints:
        item = next(child for child in item.contents if _has_shape(child, paints))
    paint: Paint = paints[item.svgid]
    return paint


def _has_shape(item: Any, paints: Any) -> bool:
    if str(getattr(item, "svgid", "")) in paints:
        return True
    return any(_has_shape(child, paints) for child in getattr(item, "contents", ()))


def _outline(item: Any, renderer: Any) -> Any:
    # svglib gives a path as a group: if it is not closed, a closed copy for filling, and in any case last the path.
    # PDF closes outlines by itself when it fills them, so the path as it was drawn serves for both.
    while hasattr(item, "contents"):
        item = item.contents[-1]
    return item if hasattr(item, "operators") else renderer.shape_converter.shapeToPath(item)


def _paint(outline: Any, matrix: Matrix, paint: Paint) -> list[str]:
    a, b, c, d, _, _ = matrix
    scale = math.sqrt(abs(a * d - b * c))
    if scale < 1e-9:
        return []  # squeezed flat: nothing to be seen
    lines = [f"{_colour(paint.fill)} rg"] if paint.fill else []
    if not paint.stroke:
        return [*lines, *_path(outline, matrix), "f*" if paint.even_odd else "f"]
    end = ("B" if paint.fill else "S") + ("*" if paint.fill and paint.even_odd else "")
    lines.append(f"{_colour(paint.stroke)} RG")
    uneven = abs(math.hypot(a, b) - math.hypot(c, d)) + abs(a * c + b * d) / scale
    if uneven < 1e-4 * scale:
        return [*lines, _pen(paint, scale, 3), *_path(outline, matrix), end]
    # A slanted or stretched pen: the matrix must be in force while the line is drawn.
    digits = 3 + max(0, round(math.log10(max(map(abs, (a, b, c, d))))))
    to_matrix = " ".join(_number(value, 6) for value in matrix) + " cm"
    return ["q", *lines, to_matrix, _pen(paint, 1.0, digits), *_path(outline, IDENTITY, digits), end, "Q"]


def _pen(paint: Paint, scale: float, digits: int) -> str:
    dashes = " ".join(_number(value * scale, digits) for value in paint.dashes)
    start = _number(paint.dash_start * scale, digits) if paint.dashes else "0"
    width = _number(paint.line_width * scale, digits)
    return f"{width} w {paint.cap} J {paint.join} j {_number(paint.mitre_limit)} M [{dashes}] {start} d"


def _path(outline: Any, matrix: Matrix, digits: int = 3) -> list[str]:
    a, b, c, d, e, f = matrix
    lines, position = [], 0
    for code in outline.operators:
        count, operator = _PATH_OPERATORS[code]
        values = outline.points[position : position + count]
        position += count
        words = []
        for x, y in zip(values[::2], values[1::2], strict=True):
            words += [_number(a * x + c * y + e, digits), _number(b * x + d * y + f, digits)]
        lines.append(" ".join([*words, operator]))
    return lines


def _times(outer: Matrix, inner: Matrix) -> Matrix:
    a, b, c, d, e, f = outer
    p, q, r, s, t, u = inner
    return a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f


def _colour(colour: tuple[float, float, float]) -> str:
    return " ".join(map(_number, colour))


def _number(value: float, digits: int = 3) -> str:
    if not abs(value) <= FARTHEST:  # so that NaN is caught too
        raise OverflowError(value)
    text = f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
