"""How a shape of an SVG drawing is painted, from its style."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ....records import dataclass
from . import shapes
from .refusals import PLAIN_STYLE, refuse_paint
from .style import Colour, fraction, on_white, read_colour
from .xml import Complaints

_CAPS = {"butt": 0, "round": 1, "square": 2}
_JOINS = {"miter": 0, "round": 1, "bevel": 2}


@dataclass(frozen=True)
class Paint:
    """How one shape is painted: colours are RGB 0-1 as seen on white, lengths are in the shape's own units."""

    fill: Colour | None
    stroke: Colour | None
    even_odd: bool = False
    line_width: float = 1.0
    cap: int = 0
    join: int = 0
    mitre_limit: float = 4.0
    dashes: tuple[float, ...] = ()
    dash_start: float = 0.0


def read_paint(
    style: Mapping[str, str], opacity: float, diagonal: float, by_id: Mapping[str, Any], complaints: Complaints
) -> Paint | None:
    """The paint for a shape with the computed `style`; None if nothing of the shape is to be seen.

    `opacity` is that of the shape with all groups around it; `diagonal` (px) is what per cent are of.
    """
    if style.get("visibility", "visible") != "visible":
        return None

    def colour(name: str, default: str) -> Colour | None:
        value = style.get(name, default)
        if value.lower().startswith("url("):
            refuse_paint(value, by_id, complaints)
            return None
        try:
            found = read_colour(value, style.get("color", "black"))
            alpha = found[1] * opacity * fraction(style.get(f"{name}-opacity", "1")) if found else 0.0
        except ValueError:
            complaints.add(f'The drawing has a colour that cannot be read: "{value[:40]}".', "Write it as #rrggbb.")
            return None
        # What cannot be seen at all must not be painted white over what lies below it.
        return on_white(found[0], alpha) if found and alpha > 0.001 else None

    try:
        fill, stroke = colour("fill", "black"), colour("stroke", "none")
        width = shapes.length(style.get("stroke-width", "1"), diagonal)
        if fill is None and (stroke is None or width <= 0):
            return None
        return Paint(
            fill=fill,
            stroke=stroke if width > 0 else None,
            even_odd={"nonzero": False, "evenodd": True}[style.get("fill-rule", "nonzero")],
            line_width=width,
            cap=_CAPS[style.get("stroke-linecap", "butt")],
            join=_JOINS[style.get("stroke-linejoin", "miter")],
            mitre_limit=max(1.0, shapes.number(style.get("stroke-miterlimit", "4"))),
            dashes=_dashes(style.get("stroke-dasharray", "none"), diagonal),
            dash_start=shapes.length(style.get("stroke-dashoffset", "0"), diagonal),
        )
    except (KeyError, ValueError):
        complaints.add("The drawing has a line or fill whose style cannot be read.", PLAIN_STYLE)
        return None


def _dashes(text: str, diagonal: float) -> tuple[float, ...]:
    if text == "none":
        return ()
    values = tuple(shapes.length(part, diagonal) for part in text[:1_000].replace(",", " ").split())
    if min(values, default=0) < 0 or len(values) > 40:
        raise ValueError(text)
    return values if sum(values) > 0 else ()
