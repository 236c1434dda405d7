"""What a picture is made of: parts in painting order, each a union of outlines with a colour role."""

from __future__ import annotations

from ..records import dataclass
from .flat import Path, Point

# A line inside a part, and its width as a share of the outline's.
Stroke = tuple[Path, float]


@dataclass(frozen=True)
class Part:
    """One colour, one outline.

    `kind` names the colour; `weight` scales the outline. `inlays` are areas of another kind inside it, `lines` and
    `stripes` are drawn inside it, `over` above it. `rods` are round-ended lines that belong to
    the same union, such as fingers, with their width in H. `patch` is filled without outline. Where a sleeve joins
    the shirt, `merge` are the shirt's outlines and `joint` the middle of the shoulder. `pen` draws the paths as a
    thick line.
    """

    kind: str
    paths: tuple[Path, ...]
    far: bool = False
    lines: tuple[Stroke, ...] = ()
    stripes: tuple[Stroke, ...] = ()
    inlays: tuple[tuple[str, Path], ...] = ()
    rods: tuple[tuple[Path, float], ...] = ()
    patch: tuple[Path, ...] = ()
    over: tuple[Stroke, ...] = ()
    shade: bool = True
    outline: bool = True
    weight: float = 1.0
    merge: tuple[Path, ...] = ()
    joint: Point | None = None
    pen: float = 0.0
    limb: str = ""


@dataclass(frozen=True)
class BodyModel:
    """Who is drawn. Skin and hair are red, green, blue from 0 to 1; `build` scales the girth, `belly` is in H."""

    name: str
    skin: tuple[float, float, float]
    hair: tuple[float, float, float]
    style: str = "short"  # short, bun, bob, curly, bald
    build: float = 1.0
    belly: float = 0.0
    pale_hair: bool = False  # white, not black, in outline
    glasses: bool = False


def _rgb(colour: int) -> tuple[float, float, float]:
    return ((colour >> 16) / 255, (colour >> 8 & 255) / 255, (colour & 255) / 255)


MODELS: tuple[BodyModel, ...] = (
    BodyModel("short brown hair", _rgb(0xE3B08F), _rgb(0x4A3428)),
    BodyModel("dark hair in a bun", _rgb(0xC98E66), _rgb(0x2B1F1B), "bun"),
    BodyModel("auburn hair in a bun", _rgb(0xEDC3A2), _rgb(0x7A4A2A), "bun"),
    BodyModel("short black hair", _rgb(0x8D5B3E), _rgb(0x1F1815)),
    BodyModel("grey hair, older", _rgb(0xE8BEA0), _rgb(0xB9BCC0), "short", 1.03, 0.014, pale_hair=True, glasses=True),
    BodyModel("dark bob, sturdy", _rgb(0xD9A47C), _rgb(0x3A2A22), "bob", 1.07, 0.010),
)
