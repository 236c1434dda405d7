"""A painted drawing, and the brand's colours that it is painted in: all that pages need to know of figures."""

from __future__ import annotations

from typing import Literal

from ..records import dataclass

Box = tuple[float, float, float, float]
RGB = tuple[float, float, float]
Mode = Literal["colour", "outline"]


@dataclass(frozen=True)
class Panel:
    """One drawing: operators within [0 0 width height] points. `box` is its place in units of H, the floor at y = 0;
    `scale` is points per H, so that width = (box[2] - box[0]) * scale."""

    operators: bytes
    box: Box
    scale: float

    @property
    def width(self) -> float:
        """Points."""
        return (self.box[2] - self.box[0]) * self.scale

    @property
    def height(self) -> float:
        """Points."""
        return (self.box[3] - self.box[1]) * self.scale


@dataclass(frozen=True)
class Theme:
    """A brand's roles: the shirt, the shorts, the arrows and the outline."""

    primary: RGB = (0.0745, 0.502, 0.5608)
    deep: RGB = (0.0902, 0.2196, 0.302)
    accent: RGB = (0.8941, 0.3412, 0.1804)
    ink: RGB = (0.1137, 0.1686, 0.2118)
