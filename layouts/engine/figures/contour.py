"""Sections in space -> outlines on the page. Limbs become one smooth contour; lengths in H."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from ..records import dataclass
from .camera import Camera
from .flat import Path, Point, counter_clockwise, smooth, smooth_hull, unit2
from .sections import Section
from .vec import along, blend, norm, sub

_SHORT = 0.5  # a bone seen shorter than this share of its length points at the reader
_STRAIGHT = 0.80  # cosine of the bend over which a limb gets a second contour


@dataclass(frozen=True)
class Cap:
    """The end of a swept contour: round, by `k` of its radius, or flat with a bulge in H."""

    round: bool = True
    k: float = 0.92
    bulge: float = 0.0


ROUND = Cap()


def flat(bulge: float = 0.0) -> Cap:
    """A straight end whose middle stands out by a bulge."""
    return Cap(False, bulge=bulge)


@dataclass(frozen=True)
class Swept:
    """An outline and its two long sides."""

    path: Path
    left: tuple[Point, ...] = ()
    right: tuple[Point, ...] = ()


def _extent(view: Camera, s: Section, n: Point) -> tuple[float, float]:
    """How far a section's middle is off its axis along a normal on the page, and its half-width there."""
    f, side = view(s.frame.f), view(s.frame.s)
    fn, sn = f[0] * n[0] + f[1] * n[1], side[0] * n[0] + side[1] * n[1]
    return (s.front - s.back) / 2 * fn, math.hypot((s.front + s.back) / 2 * fn, s.side * sn)


def sweep(view: Camera, sections: Sequence[Section], start: Cap = ROUND, end: Cap = ROUND) -> Swept:
    """The outline that sections make on the page, one after the other."""
    mid = [view(s.at) for s in sections]
    n = len(sections)
    axes = [
        unit2((mid[min(n - 1, i + 1)][0] - mid[max(0, i - 1)][0], mid[min(n - 1, i + 1)][1] - mid[max(0, i - 1)][1]))
        for i in range(n)
    ]
    left: list[Point] = []
    right: list[Point] = []
    radius: list[float] = []
    for s, p, d in zip(sections, mid, axes, strict=True):
        nx, ny = -d[1], d[0]
        c, r = _extent(view, s, (nx, ny))
        left.append((p[0] + nx * (c + r), p[1] + ny * (c + r)))
        right.append((p[0] + nx * (c - r), p[1] + ny * (c - r)))
        radius.append(r)
    pts, corners = list(left), []
    tip = _cap(left[-1], right[-1], axes[-1], radius[-1], end)
    if not end.round:
        corners += [len(pts) - 1, len(pts) + len(tip)]
    pts += tip + right[::-1]
    tip = _cap(right[0], left[0], (-axes[0][0], -axes[0][1]), radius[0], start)
    if not start.round:
        corners += [len(pts) - 1, 0]
    pts += tip
    return Swept(counter_clockwise(smooth(pts, True, corners)), tuple(left), tuple(right))


def _cap(a: Point, b: Point, d: Point, radius: float, cap: Cap) -> list[Point]:
    m = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
    if not cap.round:
        return [(m[0] + d[0] * cap.bulge, m[1] + d[1] * cap.bulge)]
    r = radius * cap.k
    out = []
    for t in (-0.7071, 0.0, 0.7071):
        k = math.sqrt(1 - t * t) * r
        out.append((m[0] + d[0] * k + (b[0] - a[0]) / 2 * t, m[1] + d[1] * k + (b[1] - a[1]) / 2 * t))
    return out


def blob(view: Camera, sections: Sequence[Section], n: int = 12) -> Path:
    """The hull of sections seen end-on."""
    pts = []
    for s in sections:
        m = along(s.at, (s.frame.f, (s.front - s.back) / 2))
        a = (s.front + s.back) / 2
        for i in range(n):
            t = 2 * math.pi * i / n
            pts.append(view(along(m, (s.frame.f, a * math.cos(t)), (s.frame.s, s.side * math.sin(t)))))
    return smooth_hull(pts)


def is_short(view: Camera, sections: Sequence[Section]) -> bool:
    """Whether a bone points at the reader or away."""
    a, b = sections[0].at, sections[-1].at
    length = norm(sub(b, a))
    return length > 1e-6 and math.dist(view(a), view(b)) / length < _SHORT


def segment(view: Camera, sections: Sequence[Section], start: Cap = ROUND, end: Cap = ROUND) -> Path:
    """The outline of one bone."""
    return blob(view, sections) if is_short(view, sections) else sweep(view, sections, start, end).path


def chain(view: Camera, bones: Sequence[list[Section]]) -> list[Path]:
    """The outlines of bones joined end to end: one contour as long as the limb is nearly straight."""
    runs = [[bones[0]]]
    for bone in bones[1:]:
        last = runs[-1][-1]
        a, b = _direction(view, last), _direction(view, bone)
        bent = a[0] * b[0] + a[1] * b[1] < _STRAIGHT
        if bent or is_short(view, last) or is_short(view, bone):
            runs.append([bone])
        else:
            runs[-1].append(bone)
    out = []
    for run in runs:
        if len(run) == 1:
            out.append(segment(view, run[0]))
            continue
        joined = list(run[0])
        for bone in run[1:]:
            joined[-1] = replace(joined[-1], frame=blend(joined[-1].frame, bone[0].frame, 0.5))
            joined += bone[1:]
        out.append(sweep(view, joined).path)
    return out


def _direction(view: Camera, sections: Sequence[Section]) -> Point:
    a, b = view(sections[0].at), view(sections[-1].at)
    return unit2((b[0] - a[0], b[1] - a[1]))
