"""Solid things as parts: boxes, soft pillows. Lengths in H."""

from __future__ import annotations

import math

from .camera import Camera
from .flat import Path, Point, hull, polygon, smooth, smooth_hull
from .part import Part
from .vec import Frame, Vec, X, along

Span = tuple[float, float]


def box(view: Camera, x: Span, y: Span, z: Span, kind: str, weight: float = 0.65) -> list[Part]:
    """The three visible faces of a box, as kinds such as "mat-top"."""
    (x0, x1), (y0, y1), (z0, z1) = x, y, z
    end = x1 if view.depth(X) > 0 else x0
    side = [(end, y0, z0), (end, y0, z1), (end, y1, z1), (end, y1, z0)]
    front = [(x0, y0, z1), (x1, y0, z1), (x1, y1, z1), (x0, y1, z1)]
    top = [(x0, y1, z0), (x1, y1, z0), (x1, y1, z1), (x0, y1, z1)]

    def face(name: str, corners: list[Vec]) -> Part:
        return Part(f"{kind}-{name}", (polygon([view(p) for p in corners]),), shade=False, weight=weight)

    return [face("side", side), face("front", front), face("top", top)]


def pillow(view: Camera, at: Vec, frame: Frame, long: float, thick: float, deep: float, kind: str) -> Part:
    """A soft block, `long` along the frame's f, `thick` along its u, `deep` along its s (half lengths), puffed out
    in the middle and pinched at the corners."""
    pts: list[Point] = []
    for i in range(24):
        t = 2 * math.pi * i / 24
        c, s = math.cos(t), math.sin(t)
        a, b = math.copysign(abs(c) ** 0.45, c), math.copysign(abs(s) ** 0.75, s)
        for w, grow in ((-1.0, 0.55), (0.0, 1.0), (1.0, 0.55)):
            pts.append(view(along(at, (frame.f, a * long), (frame.u, b * thick * grow), (frame.s, w * deep))))
    seam = smooth(
        [view(along(at, (frame.f, long * t), (frame.u, -thick * 0.12), (frame.s, deep))) for t in (-0.93, 0, 0.93)],
        False,
    )
    return Part(kind, (smooth_hull(pts, 0.012),), lines=((seam, 0.5),), weight=0.8)


def pad(view: Camera, at: Vec, long: float, high: float, deep: float, kind: str) -> Part:
    """A flat cushion on the floor under a point, with rounded corners: half length, height, half depth."""

    def ring(y: float, grow: float) -> list[Point]:
        turns = (2 * math.pi * i / 32 for i in range(32))
        signs = ((math.cos(t), math.sin(t)) for t in turns)
        return [
            view((
                at[0] + math.copysign(abs(c) ** 0.5, c) * (long + grow), y,
                at[2] + math.copysign(abs(s) ** 0.5, s) * (deep + grow),
            ))
            for c, s in signs
        ]  # fmt: skip

    edge = smooth(ring(high * 0.86, 0.003))
    hull_ = smooth_hull([*ring(high * 0.12, -0.006), *ring(high * 0.5, 0.006), *ring(high * 0.95, -0.008)], 0.01)
    return Part(kind, (hull_,), lines=((edge, 0.5),), weight=0.8)


def rod(view: Camera, a: Vec, b: Vec, width: float, kind: str) -> Part:
    """A straight bar."""
    path: Path = polygon([view(a), view(b)], False)
    return Part(kind, (path,), pen=width)


def disc(view: Camera, at: Vec, frame: Frame, radius: float, thick: float, kind: str) -> Part:
    """A round plate whose axis is the frame's u, `thick` the half of its height."""
    turns = [math.pi * i / 8 for i in range(16)]
    pts = [
        view(along(at, (frame.f, radius * math.cos(t)), (frame.s, radius * math.sin(t)), (frame.u, thick * w)))
        for t in turns
        for w in (-1, 1)
    ]
    return Part(kind, (polygon(hull(pts)),), shade=False, weight=0.8)
