"""The colours of a figure, from a brand's four; red, green, blue from 0 to 1."""

from __future__ import annotations

from collections.abc import Mapping

from ..records import dataclass
from .panel import RGB, Mode, Theme
from .part import BodyModel

WHITE: RGB = (1.0, 1.0, 1.0)
BLACK: RGB = (0.0, 0.0, 0.0)


def mix(a: RGB, b: RGB, t: float) -> RGB:
    """From a (t = 0) to b (t = 1)."""
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t)


def far(colour: RGB) -> RGB:
    """A colour on the side away from the reader."""
    return mix(colour, (0.20, 0.22, 0.30), 0.17)


def shadow(colour: RGB) -> RGB:
    """A colour in shadow."""
    return mix(colour, (0.15, 0.12, 0.20), 0.16)


@dataclass(frozen=True)
class Palette:
    """Every colour that the painter needs."""

    colour: bool
    ink: RGB
    arrow: RGB
    floor: RGB
    ground: RGB
    stripe: RGB
    ghost: RGB
    ghost_line: RGB
    badge: RGB
    fill: Mapping[str, RGB]

    def of(self, kind: str, is_far: bool = False) -> RGB:
        """The colour of a kind of part."""
        base = self.fill.get(kind, WHITE)
        return far(base) if is_far and self.colour else base


def palette(theme: Theme, model: BodyModel, mode: Mode) -> Palette:
    """The colours of one figure. In outline all is black on white."""
    if mode == "outline":
        hair = WHITE if model.pale_hair else BLACK
        return Palette(
            False, BLACK, BLACK, BLACK, WHITE, BLACK, WHITE, BLACK, BLACK,
            {"hair": hair, "ink": BLACK, "arrow": BLACK, "grip": BLACK},
        )  # fmt: skip
    p, deep, ink = theme.primary, theme.deep, theme.ink
    mat, grey = mix(p, WHITE, 0.78), mix(deep, WHITE, 0.55)
    wall = mix(grey, WHITE, 0.72)
    wood = (0.80, 0.64, 0.46)
    fill = {
        "skin": model.skin, "hair": model.hair, "top": p, "shorts": deep, "shoe": (0.97, 0.97, 0.97), "sock": WHITE,
        "ink": ink, "sole": mix(p, WHITE, 0.25), "arrow": theme.accent,
        "mat-top": mat, "mat-front": mix(mat, ink, 0.25), "mat-side": mix(mat, ink, 0.18),
        "wall-top": WHITE, "wall-front": mix(wall, ink, 0.12), "wall-side": wall,
        "step-top": mix(mat, WHITE, 0.3), "step-front": mix(mat, ink, 0.22), "step-side": mix(mat, ink, 0.12),
        "chair-top": mix(mat, (0.9, 0.9, 0.88), 0.5), "chair-front": mix(mat, ink, 0.24),
        "chair-side": mix(mat, ink, 0.12),
        "metal-top": (0.6, 0.6, 0.6), "metal-front": (0.62, 0.66, 0.69), "metal-side": (0.52, 0.56, 0.60),
        "ball": mix(deep, WHITE, 0.55), "weight": deep, "metal": (0.62, 0.65, 0.68), "band": theme.accent,
        "pillow": mix(theme.accent, WHITE, 0.74), "cushion": mix(theme.accent, WHITE, 0.5),
        "towel": mix(deep, WHITE, 0.85), "wood": wood, "blade": (0.66, 0.70, 0.74), "grip": deep,
    }  # fmt: skip
    return Palette(
        True, ink, theme.accent, grey, mix(grey, WHITE, 0.35), mix(p, WHITE, 0.35),
        mix(p, WHITE, 0.82), mix(ink, WHITE, 0.45), deep, fill,
    )  # fmt: skip
