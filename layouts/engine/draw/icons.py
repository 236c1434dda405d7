"""Small vector signs in a box of 24 by 24 whose y points up. They survive a photocopier: round, bold, few lines."""

from __future__ import annotations

import math

from .operators import RGB, numbers, rgb
from .paths import circle

SIDE = 24


def icon(name: str, colour: RGB, ground: RGB, *, solid: bool, line: float = 1.9) -> str:
    """Operators of an icon in `colour`; what is knocked out of a solid one is in the `ground`'s colour."""
    ink, out = rgb(colour), rgb(ground)
    start = f"1 J 1 j {numbers(line)} w {ink} RG {ink} rg "
    paint = "B" if solid else "S"
    inner = f"{out} RG {out} rg " if solid else ""
    return start + _ICONS[name](paint, inner)


def _down(*points: tuple[float, float]) -> str:
    """A line through points whose y is counted from the top, as on a drawing board."""
    (x, y), *rest = points
    return f"{numbers(x, SIDE - y)} m " + " ".join(f"{numbers(a, SIDE - b)} l" for a, b in rest)


def _tick(paint: str, inner: str) -> str:
    return f"{circle(12, 12, 10.5)} {paint} {inner}2.6 w {_down((7, 12.4), (10.6, 16), (17, 8.6))} S"


def _stop(paint: str, inner: str) -> str:
    a, t = 10.8, 10.8 * math.tan(math.pi / 8)
    corners = [(12 + u, 12 + v) for u, v in ((-t, -a), (t, -a), (a, -t), (a, t), (t, a), (-t, a), (-a, t), (-a, -t))]
    return (
        f"{_down(*corners)} h {paint} {inner}3 w {_down((12, 6.4), (12, 13))} S 1.6 w {circle(12, SIDE - 17.2, 0.8)} B"
    )


def _ask(paint: str, inner: str) -> str:
    bubble = (
        "6 22 m 18 22 l 21 22 22.5 20.5 22.5 17.5 c 22.5 11 l 22.5 8 21 6.5 18 6.5 c 11.5 6.5 l 6.5 1.7 l "
        "6.5 6.5 l 6 6.5 l 3 6.5 1.5 8 1.5 11 c 1.5 17.5 l 1.5 20.5 3 22 6 22 c h"
    )
    mark = "8.9 16.4 m 9 18.8 10.4 19.4 12 19.4 c 13.8 19.4 15.2 18.4 15.2 16.7 c 15.2 14.6 12 14.6 12 12.4 c S"
    return f"{bubble} {paint} {inner}2.1 w {mark} 1.2 w {circle(12, 9.4, 0.7)} B"


def _phone(paint: str, inner: str) -> str:  # noqa: ARG001
    return (
        "5 21 m 8.5 21 l 10.3 16.2 l 8 14.2 l 9.3 11.4 11.4 9.3 14.2 8 c "
        "16.2 10.3 l 21 8.5 l 21 5 l 21 3.8 20.2 3 19 3 c "
        f"10.5 3.5 3.5 10.5 3 19 c 3 20.2 3.8 21 5 21 c h {paint}"
    )


def _pen(paint: str, inner: str) -> str:  # noqa: ARG001
    body = _down((4, 20), (5.2, 15.2), (16, 4.4), (19.6, 8), (8.8, 18.8), (4, 20))
    return f"{body} h S {_down((13.6, 6.8), (17.2, 10.4))} S"


def _clock(paint: str, inner: str) -> str:  # noqa: ARG001
    return f"{circle(12, 12, 9.6)} S {_down((12, 6.4), (12, 12), (16, 14.2))} S"


def _web(paint: str, inner: str) -> str:  # noqa: ARG001
    lens = "12 21.6 m 6.5 18 6.5 6 12 2.4 c S 12 21.6 m 17.5 18 17.5 6 12 2.4 c S"
    return f"{circle(12, 12, 9.6)} S {lens} {_down((2.4, 12), (21.6, 12))} S"


def _arc(cx: float, cy: float, r: float, start: float, end: float) -> str:
    """A part of a circle in short straight lines; degrees, clockwise from the right, y from the top."""
    turns = [math.radians(start + (end - start) * i / 24) for i in range(25)]
    return _down(*((cx + r * math.cos(t), cy + r * math.sin(t)) for t in turns))


def _repeat(paint: str, inner: str) -> str:  # noqa: ARG001
    head = _down((4.1, 2.7), (9.5, 4.2), (6.3, 9.3))
    return f"{_arc(12, 12.4, 8.4, -48, 236)} S {head} S"


def _goal(paint: str, inner: str) -> str:  # noqa: ARG001
    return f"{circle(12, 12, 10)} S {circle(12, 12, 5.6)} S {circle(12, 12, 1.6)} B"


def _need(paint: str, inner: str) -> str:  # noqa: ARG001
    """A rolled-out mat."""
    front = _down((2, 17.5), (2, 20), (17, 20), (22, 10.5), (22, 8))
    return f"{_down((2, 17.5), (7.5, 8), (22, 8), (17, 17.5))} h S {front} S {_down((17, 17.5), (17, 20))} S"


def _quick(paint: str, inner: str) -> str:
    """A stopwatch."""
    knob = f"{_down((9.5, 1.8), (14.5, 1.8))} S {_down((12, 2), (12, 5))} S {_down((18.6, 5.4), (20.2, 7))} S"
    return f"{circle(12, 10.5, 8.5)} {paint} {knob} {inner}{_down((12, 8.6), (12, 13.5), (15, 15.3))} S"


def _diary(paint: str, inner: str) -> str:  # noqa: ARG001
    page = f"{_down((3.5, 5), (20.5, 5), (20.5, 21), (3.5, 21))} h S {_down((3.5, 10), (20.5, 10))} S"
    rings = f"{_down((8, 2.5), (8, 6.5))} S {_down((16, 2.5), (16, 6.5))} S"
    return f"{page} {rings} {_down((8.2, 15), (11, 17.8), (16, 12.8))} S"


def _up(paint: str, inner: str) -> str:  # noqa: ARG001
    return f"{_down((4, 20), (19.4, 4.6))} S {_down((8.6, 4), (20, 4), (20, 15.4))} S"


def _less(paint: str, inner: str) -> str:  # noqa: ARG001
    return f"{_down((4, 4), (19.4, 19.4))} S {_down((20, 8.6), (20, 20), (8.6, 20))} S"


def _cut(paint: str, inner: str) -> str:  # noqa: ARG001
    """Scissors, open to the right."""
    blades = f"{_down((8.2, 8.6), (22.5, 15.4))} S {_down((8.2, 15.4), (22.5, 8.6))} S"
    return f"{circle(5.4, SIDE - 6.6, 3.1)} S {circle(5.4, SIDE - 17.4, 3.1)} S {blades}"


def _off(paint: str, inner: str) -> str:
    """What is left off: a disc with a bar."""
    return f"{circle(12, 12, 10.5)} {paint} {inner}2.8 w {_down((6.8, 12), (17.2, 12))} S"


def _sheet(paint: str, inner: str) -> str:  # noqa: ARG001
    """A sheet of paper with a folded corner and lines."""
    page = f"{_down((5, 2.5), (14.5, 2.5), (19, 7), (19, 21.5), (5, 21.5))} h S"
    lines = f"{_down((8.5, 11), (15.5, 11))} S {_down((8.5, 14.5), (15.5, 14.5))} S {_down((8.5, 18), (13, 18))} S"
    return f"{page} {_down((14.5, 2.5), (14.5, 7), (19, 7))} S {lines}"


_ICONS = {
    "tick": _tick, "stop": _stop, "ask": _ask, "phone": _phone, "pen": _pen, "clock": _clock, "web": _web,
    "repeat": _repeat, "goal": _goal, "need": _need, "quick": _quick, "diary": _diary, "more": _up, "less": _less,
    "cut": _cut, "off": _off, "sheet": _sheet,
}  # fmt: skip
