"""SVG -> PDF operators."""

from __future__ import annotations

from ....problems import Place
from ..vector import VectorImage
from .operators import POINTS_PER_PX, operators
from .plain import simplify
from .xml import Complaints, parse


def read_svg(data: bytes, place: Place) -> VectorImage:
    """The SVG file `data`, to be printed in its own size (1 px is 0.75 points).

    Nothing outside of `data` is ever opened. See-through colours are flattened on white, each shape by itself.
    Raises `ContentError` at `place`, with everything in the drawing that cannot be drawn.
    """
    complaints = Complaints(place)
    try:
        plain = simplify(parse(data, complaints), complaints)
        lines = operators(plain, complaints)
    except RecursionError:  # style sheets can nest brackets without end
        complaints.stop("The drawing is nested too deep.", "Simplify it, and save it again as plain SVG.")
    width, height = (round(side * POINTS_PER_PX, 3) for side in (plain.width, plain.height))
    return VectorImage(lines, width, height)
