"""A drawing ready for print: PDF operators in a box, in colour or in black, kept on disk or in memory."""

from __future__ import annotations

import json
import math
import re
from dataclasses import replace

from ...records import dataclass

# As seen, not as measured in light: a pale tint behind a logo must stay paper and not become a solid block.
NEARLY_WHITE = 0.9
_COLOUR_LINE = re.compile(rb"^([\d.]+) ([\d.]+) ([\d.]+) (rg|RG)$", re.MULTILINE)
_FORMAT = "handout-drawing-1"


@dataclass(frozen=True)
class VectorImage:
    """PDF operators that draw within [0 0 width height] points, the origin at lower left.

    They save and restore the graphics state, clip to the box, and use colours (rg, RG), lines and paths only.
    """

    operators: bytes
    width: float
    height: float


def recolour(image: VectorImage, colour: tuple[float, float, float]) -> VectorImage:
    """The drawing in one colour (RGB, 0-1) on white: all that is nearly white becomes white, all else `colour`."""
    inked = " ".join(f"{value:.3f}".rstrip("0").rstrip(".") for value in colour).encode()

    def one(match: re.Match[bytes]) -> bytes:
        red, green, blue = (float(match[i]) for i in (1, 2, 3))
        light = 0.2126 * red + 0.7152 * green + 0.0722 * blue > NEARLY_WHITE
        return (b"1 1 1" if light else inked) + b" " + match[4]

    return replace(image, operators=_COLOUR_LINE.sub(one, image.operators))


def to_bytes(image: VectorImage) -> bytes:
    """The drawing for a cache on disk: one line of JSON, then the operators."""
    header = {"format": _FORMAT, "width": image.width, "height": image.height, "length": len(image.operators)}
    return json.dumps(header).encode() + b"\n" + image.operators


def from_bytes(data: bytes) -> VectorImage:
    """What `to_bytes` wrote. Raises `ValueError` for anything else, also if it was cut off."""
    line, _, content = data.partition(b"\n")
    try:
        header = json.loads(line)
        width, height = float(header["width"]), float(header["height"])
        sound = header["format"] == _FORMAT and header["length"] == len(content)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError("not a cached drawing") from error
    if not sound or not (math.isfinite(width) and math.isfinite(height)):
        raise ValueError("not a cached drawing")
    return VectorImage(content, width, height)
