"""Shapes as PDF path operators. Input counts y from the page's top; output from its foot, `height` points above it."""

from __future__ import annotations

from collections.abc import Sequence

from .operators import numbers

_ROUND = 0.4477  # 1 - 4/3 (sqrt(2) - 1): where a quarter circle's Bezier handles stand, from the corner


def rectangle(height: float, x: float, y: float, w: float, h: float, radius: float = 0) -> str:
    """A rectangle with its top left corner at x, y and, where `radius` is not 0, round corners."""
    b, t, r = height - y - h, height - y, min(radius, w / 2, h / 2)
    if r <= 0:
        return f"{numbers(x, b, w, h)} re"
    k = r * _ROUND
    return (
        f"{numbers(x + r, t)} m {numbers(x + w - r, t)} l {numbers(x + w - k, t, x + w, t - k, x + w, t - r)} c "
        f"{numbers(x + w, b + r)} l {numbers(x + w, b + k, x + w - k, b, x + w - r, b)} c "
        f"{numbers(x + r, b)} l {numbers(x + k, b, x, b + k, x, b + r)} c "
        f"{numbers(x, t - r)} l {numbers(x, t - k, x + k, t, x + r, t)} c h"
    )


def polygon(height: float, points: Sequence[tuple[float, float]], *, close: bool = True) -> str:
    """Straight lines through the points."""
    first, *rest = points
    lines = " ".join(f"{numbers(x, height - y)} l" for x, y in rest)
    return f"{numbers(first[0], height - first[1])} m {lines}{' h' if close else ''}"


def chamfered(height: float, x: float, y: float, w: float, h: float, cut: float) -> str:
    """A rectangle with its corners cut off: the outline of a warning."""
    return polygon(
        height,
        [
            (x + cut, y),
            (x + w - cut, y),
            (x + w, y + cut),
            (x + w, y + h - cut),
            (x + w - cut, y + h),
            (x + cut, y + h),
            (x, y + h - cut),
            (x, y + cut),
        ],
    )


def bubble(height: float, x: float, y: float, w: float, h: float, radius: float, tail: float) -> str:
    """A speech bubble whose tail points left, `tail` points below its top."""
    b, t, r = height - y - h, height - y, min(radius, w / 2, h / 2)
    k = r * _ROUND
    p = t - tail
    return (
        f"{numbers(x + r, t)} m {numbers(x + w - r, t)} l {numbers(x + w - k, t, x + w, t - k, x + w, t - r)} c "
        f"{numbers(x + w, b + r)} l {numbers(x + w, b + k, x + w - k, b, x + w - r, b)} c "
        f"{numbers(x + r, b)} l {numbers(x + k, b, x, b + k, x, b + r)} c "
        f"{numbers(x, p - 9)} l {numbers(x - 12, p - 1)} l {numbers(x, p + 7)} l "
        f"{numbers(x, t - r)} l {numbers(x, t - k, x + k, t, x + r, t)} c h"
    )


def circle(cx: float, cy: float, r: float) -> str:
    """A circle in the path's own coordinates."""
    k = r * (1 - _ROUND)
    return (
        f"{numbers(cx + r, cy)} m {numbers(cx + r, cy + k, cx + k, cy + r, cx, cy + r)} c "
        f"{numbers(cx - k, cy + r, cx - r, cy + k, cx - r, cy)} c "
        f"{numbers(cx - r, cy - k, cx - k, cy - r, cx, cy - r)} c "
        f"{numbers(cx + k, cy - r, cx + r, cy - k, cx + r, cy)} c h"
    )
