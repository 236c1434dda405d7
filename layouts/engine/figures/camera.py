"""From space to the page: parallel projection, as in an instruction leaflet."""

from __future__ import annotations

import math
from functools import cached_property

from ..records import dataclass
from .flat import Point
from .vec import Vec

# Degrees to the side of and above the figure. A side view a little off 90 shows both limbs and the mat's surface.
VIEWS: dict[str, tuple[float, float]] = {
    "side": (18, 8),
    "front": (84, 7),
    "three-quarter": (42, 9),
    "back": (-84, 7),
}


@dataclass(frozen=True)
class Camera:
    """`yaw` and `pitch` in degrees; `mirror` turns the picture round so that the figure faces left."""

    yaw: float = 18
    pitch: float = 8
    mirror: bool = False

    @cached_property
    def _turns(self) -> tuple[float, float, float, float]:
        a, b = math.radians(self.yaw), math.radians(self.pitch)
        return math.cos(a), math.sin(a), math.cos(b), math.sin(b)

    @property
    def sign(self) -> int:
        """-1 where the picture is mirrored."""
        return -1 if self.mirror else 1

    def __call__(self, p: Vec) -> Point:
        """Where a point (or a direction) comes to lie on the page."""
        cy, sy, cp, sp = self._turns
        x, z = p[0] * cy - p[2] * sy, p[0] * sy + p[2] * cy
        return (x * self.sign, p[1] * cp - z * sp)

    def depth(self, p: Vec) -> float:
        """How near the viewer a point is; for a direction, how much of it points at the viewer."""
        cy, sy, cp, sp = self._turns
        return (p[0] * sy + p[2] * cy) * cp + p[1] * sp
