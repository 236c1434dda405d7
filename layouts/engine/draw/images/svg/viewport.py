"""The size of an SVG drawing, and the coordinates that are drawn in it."""

from __future__ import annotations

import re
from typing import Any

from ....records import dataclass
from . import shapes
from .xml import Complaints

LARGEST_SIDE = 19_200  # px, which is 200 inches: the largest page that PDF knows
SMALLEST_SIDE = 0.1


@dataclass(frozen=True)
class Viewport:
    """Size in px, the box (x, y, width, height in the drawing's units) shown in it, and how the box is fitted."""

    x: float
    y: float
    box_width: float
    box_height: float
    width: float
    height: float
    fit: str

    def attributes(self) -> dict[str, str]:
        """The attributes of an <svg> element that say the same."""
        box = (self.x, self.y, self.box_width, self.box_height)
        return {
            "viewBox": " ".join(map(shapes.plain, box)),
            "width": shapes.plain(self.width),
            "height": shapes.plain(self.height),
            "preserveAspectRatio": self.fit,
        }


def read_viewport(root: Any, complaints: Complaints) -> Viewport:
    """The size that the root element gives. Raises `ContentError` if it gives none, or none that can be used."""
    hint = "Set a width and a height, or a viewBox, when saving it."
    try:
        box = shapes.numbers(root.get("viewBox") or "")
        width, height = _side(root.get("width")), _side(root.get("height"))
        if len(box) not in (0, 4):
            raise ValueError("viewBox")
    except ValueError:
        complaints.stop("The size of the drawing cannot be read.", hint)
    if not box:
        if width is None or height is None:
            complaints.stop("The drawing does not say how large it is.", hint)
        box = [0.0, 0.0, width, height]
    x, y, box_width, box_height = box
    if box_width <= 0 or box_height <= 0:
        complaints.stop("The drawing has no size: its width or height is zero.", hint)
    if width is None:
        width = box_width if height is None else height * box_width / box_height
    if height is None:
        height = width * box_height / box_width
    if width <= 0 or height <= 0:
        complaints.stop("The drawing has no size: its width or height is zero.", hint)
    if max(width, height) > LARGEST_SIDE or min(width, height) < SMALLEST_SIDE or min(box_width, box_height) < 1e-6:
        complaints.stop("The drawing is far too large or far too small.", "Make it about as large as it is printed.")
    return Viewport(x, y, box_width, box_height, width, height, _fit(str(root.get("preserveAspectRatio") or "")))


def _side(text: str | None) -> float | None:
    # "100%", and "auto" from some editors, mean: whatever room the drawing is given; so its box decides.
    text = (text or "").strip()
    return None if text in ("", "auto") or text.endswith("%") else shapes.length(text, 0)


def _fit(text: str) -> str:
    known = re.fullmatch(r"none|x(Min|Mid|Max)Y(Min|Mid|Max)(\s+(meet|slice))?", text.strip())
    return text.strip() if known else "xMidYMid meet"  # as browsers do with what they do not know
