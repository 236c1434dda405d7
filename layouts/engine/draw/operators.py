"""How numbers, colours and codes stand in a content stream."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

RGB: TypeAlias = tuple[float, float, float]
Box: TypeAlias = tuple[float, float, float, float]  # left, top, right, bottom; y from the page's top
_ESCAPES = {ord("\\"): r"\\", ord("("): r"\(", ord(")"): r"\)"} | {i: f"\\{i:03o}" for i in range(32)}


@lru_cache(maxsize=8192)
def number(value: float) -> str:
    """A number as it stands in a content stream: two decimals, no needless zeros."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def numbers(*values: float) -> str:
    """Numbers with spaces between them."""
    return " ".join(map(number, values))


def escaped(codes: str) -> str:
    """A font's codes as they stand in a string."""
    return codes.translate(_ESCAPES)


@lru_cache(maxsize=256)
def rgb(colour: RGB) -> str:
    """A colour as it stands in a content stream; a third decimal, for contrast is computed to the hundredth."""
    return " ".join(f"{value:.3f}".rstrip("0").rstrip(".") for value in colour)
