"""Numbers, lengths, transforms and path data of SVG, checked and written again in their plainest form.

What svglib gets to read has then been understood once already: it passes silently over what it does not understand,
and after "z" it goes on from the wrong point. Every function raises `ValueError` for what it cannot read.
"""

from __future__ import annotations

import math
import re
from typing import Any

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
_LENGTH = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?)\s*(px|pt|pc|mm|cm|in|%)?")
_SEPARATOR = re.compile(r"[\s,]*")
_TRANSFORM = re.compile(r"\s*,?\s*(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^()]*)\)")
_PIXELS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_TRANSFORM_COUNTS = {"matrix": {6}, "translate": {1, 2}, "scale": {1, 2}, "rotate": {1, 3}, "skewX": {1}, "skewY": {1}}
_PATH_COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
LARGEST = 1e9


def number(text: str) -> float:
    """A finite number of a reasonable size."""
    value = float(text)
    if not math.isfinite(value) or abs(value) > LARGEST:
        raise ValueError(text)
    return value


def length(text: str, whole: float) -> float:
    """A length in px; per cent are of `whole` (px)."""
    match = _LENGTH.fullmatch(text.strip())
    if not match:
        raise ValueError(text)
    value = number(match[1])
    return value * whole / 100 if match[2] == "%" else value * _PIXELS[match[2] or ""]


def numbers(text: str) -> list[float]:
    """A list of numbers, with spaces or commas or nothing between them."""
    found, position = [], _skip(text, 0)
    while position < len(text):
        value, position = _next(text, position, _NUMBER)
        found.append(value)
    return found


def _skip(text: str, position: int) -> int:
    match = _SEPARATOR.match(text, position)
    return match.end() if match else position


def _next(text: str, position: int, pattern: re.Pattern[str]) -> tuple[float, int]:
    match = pattern.match(text, position)
    if not match:
        raise ValueError(text[position : position + 20])
    return number(match[0]), _skip(text, match.end())


def plain(value: float) -> str:
    """A number as svglib reads it."""
    return f"{value:.9f}".rstrip("0").rstrip(".")


def transform(text: str) -> str:
    """The attribute `transform`, written plainly."""
    position, result = 0, []
    text = text.strip()
    while position < len(text):
        match = _TRANSFORM.match(text, position)
        values = numbers(match[2]) if match else []
        if not match or len(values) not in _TRANSFORM_COUNTS[match[1]]:
            raise ValueError(text)
        result.append(f"{match[1]}({' '.join(map(plain, values))})")
        position = match.end()
    return " ".join(result)


_FLAG = re.compile("[01]")


def path_data(text: str) -> tuple[str, int]:
    """The attribute `d`, written plainly, and how many points it has."""
    result: list[str] = []
    position, points, closed = _skip(text, 0), 0, False
    while position < len(text):
        command = text[position]
        count = _PATH_COUNTS.get(command.upper(), -1)
        if count < 0 or (not result and command not in "Mm"):
            raise ValueError(text[position : position + 20])
        if closed and command not in "MmZz":
            result.append("m 0 0")
        position, first = _skip(text, position + 1), True
        while count and (first or (position < len(text) and not text[position].isalpha())):
            values, position = _arguments(text, position, command, count)
            result.append(f"{command} {' '.join(map(plain, values))}")
            command = {"M": "L", "m": "l"}.get(command, command)
            first, points = False, points + max(1, count // 2)
        closed = command in "Zz"
        if closed:
            result.append("z")
            points += 1
    return " ".join(result), points


def _arguments(text: str, position: int, command: str, count: int) -> tuple[list[float], int]:
    values = []
    for index in range(count):
        # An arc's flags may be written without anything after them: "a1 1 0 01.5.5".
        flag = command in "Aa" and index in (3, 4)
        value, position = _next(text, position, _FLAG if flag else _NUMBER)
        values.append(value)
    return values, position


def geometry(name: str, element: Any, width: float, height: float) -> tuple[str, dict[str, str], int] | None:
    """A shape as a path, rect, circle or ellipse: its name, its attributes in px, and how many points it has.

    `width` and `height` (px) are what per cent are of. None if the shape has no extent, as SVG has it.
    """

    def across(key: str) -> float:
        return length(element.get(key) or "0", width)

    def down(key: str) -> float:
        return length(element.get(key) or "0", height)

    diagonal = math.hypot(width, height) / math.sqrt(2)
    if name == "path":
        data, points = path_data(element.get("d") or "")
        return ("path", {"d": data}, points) if points else None
    if name in ("polygon", "polyline"):
        values = numbers(element.get("points") or "")
        if len(values) % 2:
            raise ValueError("points")
        # As a path, because svglib forgets the fill rule of a polygon.
        data = f"M {' '.join(map(plain, values))}{' z' if name == 'polygon' else ''}"
        return ("path", {"d": data}, len(values) // 2) if len(values) >= 4 else None
    if name == "line":
        ends = [across("x1"), down("y1"), across("x2"), down("y2")]
        return "path", {"d": f"M {' '.join(map(plain, ends))}"}, 2
    if name == "rect":
        box = {"x": across("x"), "y": down("y"), "width": across("width"), "height": down("height")}
        rx, ry = element.get("rx", "auto"), element.get("ry", "auto")
        box["rx"] = length(ry if rx == "auto" else rx, width) if (rx, ry) != ("auto", "auto") else 0.0
        box["ry"] = length(rx if ry == "auto" else ry, height) if (rx, ry) != ("auto", "auto") else 0.0
        return _sized("rect", box, ("width", "height"), 8)
    if name == "circle":
        radius = length(element.get("r") or "0", diagonal)
        return _sized("circle", {"cx": across("cx"), "cy": down("cy"), "r": radius}, ("r",), 12)
    oval = {"cx": across("cx"), "cy": down("cy"), "rx": across("rx"), "ry": down("ry")}
    return _sized("ellipse", oval, ("rx", "ry"), 12)


def _sized(
    name: str, values: dict[str, float], sizes: tuple[str, ...], points: int
) -> tuple[str, dict[str, str], int] | None:
    if min(values[size] for size in sizes) <= 0:
        return None
    return name, {key: plain(value) for key, value in values.items()}, points
