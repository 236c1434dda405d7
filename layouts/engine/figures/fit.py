"""The same curves with fewer points: neighbours are joined where the difference cannot be seen in print."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from .flat import Op, Path, Point

_Cubic = tuple[Point, Point, Point, Point]
_Place = tuple[float, Point, Point]
_SHARES = (0.25, 0.5, 0.75, 1.0)  # where each old curve is compared with the new one
_BEND = 0.98  # cosine: curves that meet at more than this angle make a corner, which stays
_TURN = 0.2  # cosine: one curve turns no further than this between its ends
_MOST = 8  # curves that become one


@lru_cache(maxsize=4096)
def fitted(path: Path, tolerance: float) -> Path:
    """The path with as few curves as stay within `tolerance` (in the path's own unit) of it."""
    out: list[Op] = []
    run: list[_Cubic] = []
    at: Point = (0.0, 0.0)
    for op in path:
        if op[0] == "C":
            cubic: _Cubic = (at, *op[1:])  # type: ignore[assignment]
            if run and not _goes_on(run[-1], cubic):
                out += _joined(run, tolerance)
                run = []
            run.append(cubic)
        else:
            out += _joined(run, tolerance)
            run = []
            out.append(op)
        at = op[-1] if len(op) > 1 else at
    return (*out, *_joined(run, tolerance))


def _direction(a: Point, b: Point) -> Point:
    n = math.dist(a, b)
    return ((b[0] - a[0]) / n, (b[1] - a[1]) / n) if n > 1e-9 else (0.0, 0.0)


def _leaves(c: _Cubic) -> Point:
    return _direction(c[0], c[1])


def _arrives(c: _Cubic) -> Point:
    return _direction(c[2], c[3])


def _goes_on(a: _Cubic, b: _Cubic) -> bool:
    t, u = _arrives(a), _leaves(b)
    return t[0] * u[0] + t[1] * u[1] > _BEND


def _joined(run: Sequence[_Cubic], tolerance: float) -> list[Op]:
    if len(run) == 1:
        return [("C", *run[0][1:])]
    out: list[Op] = []
    places = [_places(c) for c in run]
    i = 0
    while i < len(run):
        best, n = run[i], 1
        while n < _MOST and i + n < len(run):
            longer = _one(run[i : i + n + 1], places[i : i + n + 1], tolerance)
            if longer is None:
                break
            best, n = longer, n + 1
        out.append(("C", *best[1:]))
        i += n
    return out


def _one(run: Sequence[_Cubic], places: Sequence[Sequence[_Place]], tolerance: float) -> _Cubic | None:
    """One curve instead of several, leaving and arriving as they do; None where they part too far.

    Its handles are those that keep the old curves' points nearest, measured across the curve (least squares).
    """
    first, last = run[0][0], run[-1][3]
    t, u = _leaves(run[0]), _arrives(run[-1])
    if t[0] * u[0] + t[1] * u[1] < _TURN:
        return None
    samples = _samples(run, places)
    aa = ab = bb = ra = rb = 0.0
    for s, (x, y), (nx, ny) in samples:
        m = 1 - s
        w0, w1, w2, w3 = m * m * m, 3 * m * m * s, 3 * m * s * s, s * s * s
        a = w1 * (t[0] * nx + t[1] * ny)
        b = -w2 * (u[0] * nx + u[1] * ny)
        px, py = (w0 + w1) * first[0] + (w2 + w3) * last[0], (w0 + w1) * first[1] + (w2 + w3) * last[1]
        r = (x - px) * nx + (y - py) * ny
        aa, ab, bb, ra, rb = aa + a * a, ab + a * b, bb + b * b, ra + a * r, rb + b * r
    det = aa * bb - ab * ab
    chord = math.dist(first, last)
    h = k = chord * 0.36
    if det > 1e-6 * aa * bb and det > 0:
        h, k = (ra * bb - rb * ab) / det, (aa * rb - ab * ra) / det
    if not (0.1 * chord < h < chord and 0.1 * chord < k < chord):
        return None
    made = (first, (first[0] + t[0] * h, first[1] + t[1] * h), (last[0] - u[0] * k, last[1] - u[1] * k), last)
    return made if _near(made, samples, tolerance) else None


def _places(c: _Cubic) -> list[_Place]:
    """Places along an old curve: the share of its way, the point, and the direction across the curve there."""
    out = []
    for share in _SHARES:
        p, d = _point(c, share)
        n = math.hypot(*d) or 1.0
        out.append((share, p, (-d[1] / n, d[0] / n)))
    return out


def _samples(run: Sequence[_Cubic], places: Sequence[Sequence[_Place]]) -> list[_Place]:
    """The places of several curves, with shares of the whole way; the end of the last is left out."""
    chords = [math.dist(c[0], c[3]) for c in run]
    total, done = sum(chords) or 1.0, 0.0
    out = []
    for own, chord in zip(places, chords, strict=True):
        out += [((done + share * chord) / total, p, across) for share, p, across in own]
        done += chord
    return out[:-1]


def _point(c: _Cubic, t: float) -> tuple[Point, Point]:
    """A curve's point and derivative."""
    m = 1 - t
    a, b, e, f = m * m * m, 3 * m * m * t, 3 * m * t * t, t * t * t
    p, q, r = 3 * m * m, 6 * m * t, 3 * t * t
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = c
    return (
        (a * x0 + b * x1 + e * x2 + f * x3, a * y0 + b * y1 + e * y2 + f * y3),
        (p * (x1 - x0) + q * (x2 - x1) + r * (x3 - x2), p * (y1 - y0) + q * (y2 - y1) + r * (y3 - y2)),
    )


def _near(c: _Cubic, samples: Sequence[_Place], tolerance: float) -> bool:
    """Whether a curve passes every sample within the tolerance."""
    for s, p, _ in samples:
        q, d = _point(c, s)
        speed = d[0] * d[0] + d[1] * d[1] or 1.0
        s += ((p[0] - q[0]) * d[0] + (p[1] - q[1]) * d[1]) / speed  # the nearest place, to first order
        if math.dist(_point(c, s)[0], p) > tolerance:
            return False
    return True
