"""Paths on the page plane: smooth curves, hulls, ellipses. Lengths are fractions of body height H, y upward."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

Point = tuple[float, float]
# ("M" | "L", point), ("C", control, control, point) or ("Z",)
Op = tuple[str, *tuple[Point, ...]]
Path = tuple[Op, ...]
Box = tuple[float, float, float, float]

_KAPPA = 0.5523  # handle of a quarter of a circle
_HANDLE = 0.36  # handle of a curve, as a share of its chord


def unit2(a: Point) -> Point:
    """The direction; (0, 0) for none."""
    n = math.hypot(*a)
    return (a[0] / n, a[1] / n) if n > 1e-12 else (0.0, 0.0)


def between(a: Point, b: Point, t: float = 0.5) -> Point:
    """From a (t = 0) to b (t = 1)."""
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)


def smooth(pts: Sequence[Point], closed: bool = True, corners: Iterable[int] = ()) -> Path:
    """A curve through the points; at each its tangent is that of the circle through it and its neighbours."""
    n = len(pts)
    sharp = {c % n for c in corners}
    tangents = [None if i in sharp else _tangent(pts, i, closed) for i in range(n)]
    out: list[Op] = [("M", pts[0])]
    for i in range(n if closed else n - 1):
        j = (i + 1) % n
        a, b = pts[i], pts[j]
        chord = math.dist(a, b)
        d = unit2((b[0] - a[0], b[1] - a[1]))
        start, end = tangents[i], tangents[j]
        if start is None and end is None:
            out.append(("L", b))
            continue
        ta, tb = start or _mirrored(end or d, d), end or _mirrored(start or d, d)
        h = chord * _HANDLE
        out.append(("C", (a[0] + ta[0] * h, a[1] + ta[1] * h), (b[0] - tb[0] * h, b[1] - tb[1] * h), b))
    if closed:
        out.append(("Z",))
    return tuple(out)


def _tangent(pts: Sequence[Point], i: int, closed: bool) -> Point | None:
    n = len(pts)
    if not closed and i in (0, n - 1):
        return None
    p, a, b = pts[i], pts[(i - 1) % n], pts[(i + 1) % n]
    before, after = math.dist(a, p), math.dist(p, b)
    if before < 1e-9 or after < 1e-9:
        return unit2((b[0] - a[0], b[1] - a[1]))
    k = after / before
    return unit2(((p[0] - a[0]) * k + (b[0] - p[0]) / k, (p[1] - a[1]) * k + (b[1] - p[1]) / k))


def _mirrored(t: Point, d: Point) -> Point:
    """The other end's tangent reflected in the chord, which makes an arc of a circle."""
    k = 2 * (t[0] * d[0] + t[1] * d[1])
    return (d[0] * k - t[0], d[1] * k - t[1])


def polygon(pts: Sequence[Point], closed: bool = True) -> Path:
    """Straight lines through the points."""
    lines: tuple[Op, ...] = (("M", pts[0]), *(("L", p) for p in pts[1:]))
    return (*lines, ("Z",)) if closed else lines


def ellipse(c: Point, rx: float, ry: float | None = None, turn: float = 0.0) -> Path:
    """An ellipse, counter-clockwise, turned by so many radians."""
    ry = rx if ry is None else ry
    ca, sa = math.cos(turn), math.sin(turn)

    def q(x: float, y: float) -> Point:
        return (c[0] + x * rx * ca - y * ry * sa, c[1] + x * rx * sa + y * ry * ca)

    k = _KAPPA
    return (
        ("M", q(1, 0)),
        ("C", q(1, k), q(k, 1), q(0, 1)),
        ("C", q(-k, 1), q(-1, k), q(-1, 0)),
        ("C", q(-1, -k), q(-k, -1), q(0, -1)),
        ("C", q(k, -1), q(1, -k), q(1, 0)),
        ("Z",),
    )


def circle_points(c: Point, r: float, n: int = 12) -> list[Point]:
    """Points round a circle."""
    return [(c[0] + r * math.cos(2 * math.pi * i / n), c[1] + r * math.sin(2 * math.pi * i / n)) for i in range(n)]


def points(path: Path) -> Iterator[Point]:
    """Every point of a path, handles too."""
    for op in path:
        yield from op[1:]


def box_of(paths: Iterable[Path]) -> Box:
    """The box round paths (and their handles)."""
    pts = [p for path in paths for p in points(path)]
    xs, ys = [p[0] for p in pts], [p[1] for p in pts]
    return (min(xs), min(ys), max(xs), max(ys))


def ends(path: Path) -> list[Point]:
    """The points a path runs through."""
    return [op[-1] for op in path if len(op) > 1]


def counter_clockwise(path: Path) -> Path:
    """The path, turned round where it runs clockwise, so that overlapping paths fill as a union."""
    p = ends(path)
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(p, p[1:] + p[:1], strict=True))
    return path if area >= 0 else _reversed(path)


def _reversed(path: Path) -> Path:
    ops = [op for op in path if len(op) > 1]
    at = ends(path)
    out: list[Op] = [("M", at[-1])]
    for i in range(len(ops) - 1, 0, -1):
        op = ops[i]
        out.append(("L", at[i - 1]) if op[0] == "L" else ("C", op[2], op[1], at[i - 1]))  # type: ignore[misc]
    return (*out, ("Z",))


def flattened(path: Path, steps: int = 8) -> list[Point]:
    """The path as points close enough together for testing."""
    out: list[Point] = []
    for op in path:
        if op[0] == "C":
            a = out[-1]
            b, c, d = op[1], op[2], op[3]  # type: ignore[misc]
            for i in range(1, steps + 1):
                t = i / steps
                m = 1 - t
                w = (m**3, 3 * m * m * t, 3 * m * t * t, t**3)
                out.append(
                    (
                        w[0] * a[0] + w[1] * b[0] + w[2] * c[0] + w[3] * d[0],
                        w[0] * a[1] + w[1] * b[1] + w[2] * c[1] + w[3] * d[1],
                    )
                )
        elif len(op) > 1:
            out.append(op[1])
    return out


def hull(pts: Iterable[Point]) -> list[Point]:
    """The convex hull, counter-clockwise."""
    ordered = sorted(set(pts))
    if len(ordered) < 3:
        return ordered
    return _half(ordered) + _half(ordered[::-1])


def _half(pts: Sequence[Point]) -> list[Point]:
    o: list[Point] = []
    for p in pts:
        while len(o) > 1 and _turn(o[-2], o[-1], p) <= 1e-9:
            o.pop()
        o.append(p)
    return o[:-1]


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def smooth_hull(pts: Iterable[Point], least: float = 0.006) -> Path:
    """A smooth curve round points; hull points nearer than `least` to the one before are left out."""
    out: list[Point] = []
    for p in hull(pts):
        if not out or math.dist(p, out[-1]) > least:
            out.append(p)
    if len(out) > 3 and math.dist(out[0], out[-1]) < least:
        out.pop()
    if len(out) < 3:
        c = out[0]
        return ellipse(c, least)
    return counter_clockwise(smooth(out))


def inside(shape: Sequence[Point], p: Point) -> bool:
    """Whether a polygon holds a point (even-odd)."""
    x, y = p
    held = False
    for (x1, y1), (x2, y2) in zip(shape, [shape[-1], *shape[:-1]], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            held = not held
    return held
