"""Small vectors in space. World: x right on the page, y up, z towards the viewer; the unit is body height H."""

from __future__ import annotations

import math
from typing import NamedTuple

Vec = tuple[float, float, float]
X: Vec = (1.0, 0.0, 0.0)
Y: Vec = (0.0, 1.0, 0.0)
Z: Vec = (0.0, 0.0, 1.0)


class Frame(NamedTuple):
    """A body part's own directions, right-handed: forward, up (towards the head) and to the body's right."""

    f: Vec
    u: Vec
    s: Vec


def add(a: Vec, b: Vec) -> Vec:
    """a + b"""
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def sub(a: Vec, b: Vec) -> Vec:
    """a - b"""
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def mul(a: Vec, k: float) -> Vec:
    """a times k"""
    return (a[0] * k, a[1] * k, a[2] * k)


def dot(a: Vec, b: Vec) -> float:
    """The scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vec, b: Vec) -> Vec:
    """The vector product."""
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def norm(a: Vec) -> float:
    """The length."""
    return math.sqrt(dot(a, a))


def unit(a: Vec) -> Vec:
    """The direction; x for a vector without one."""
    n = norm(a)
    return mul(a, 1 / n) if n > 1e-12 else X


def lerp(a: Vec, b: Vec, t: float) -> Vec:
    """From a (t = 0) to b (t = 1)."""
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t)


def along(p: Vec, *terms: tuple[Vec, float]) -> Vec:
    """p plus each direction times its length."""
    x, y, z = p
    for v, k in terms:
        x, y, z = x + v[0] * k, y + v[1] * k, z + v[2] * k
    return (x, y, z)


def across(v: Vec, axis: Vec) -> Vec:
    """The direction of v without its share along a unit axis."""
    return unit(along(v, (axis, -dot(v, axis))))


def level(v: Vec) -> Vec:
    """The direction of v on the floor."""
    return unit((v[0], 0.0, v[2]))


def rotated(v: Vec, axis: Vec, degrees: float) -> Vec:
    """v turned about a unit axis by the right-hand rule."""
    if not degrees:
        return v
    a = math.radians(degrees)
    c, s = math.cos(a), math.sin(a)
    return along(mul(v, c), (cross(axis, v), s), (axis, dot(axis, v) * (1 - c)))


def turned(frame: Frame, axis: Vec, degrees: float) -> Frame:
    """The frame turned about a unit axis."""
    return Frame(*(rotated(v, axis, degrees) for v in frame))


def blend(a: Frame, b: Frame, t: float) -> Frame:
    """A frame between two."""
    f, u = unit(lerp(a.f, b.f, t)), unit(lerp(a.u, b.u, t))
    s = unit(cross(f, u))
    return Frame(cross(u, s), u, s)


def bone_frame(up: Vec, outward: Vec) -> Frame:
    """The frame of a part whose `u` is given and whose `s` lies as near `outward` as it can."""
    u = unit(up)
    s = across(outward, u)
    return Frame(cross(u, s), u, s)


def angle(a: Vec, b: Vec) -> float:
    """Degrees between two unit vectors."""
    return math.degrees(math.acos(max(-1.0, min(1.0, dot(a, b)))))
