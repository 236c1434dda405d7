"""One arrow for each movement, placed clear of the body. Lengths in H."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Sequence

from .camera import Camera
from .flat import Box, Path, Point, counter_clockwise, flattened, inside, smooth, unit2
from .part import Part
from .pose import Arrow
from .skeleton import Skeleton, landmark

_HEAD, _HALF_HEAD = 0.050, 0.030
_RING = 0.36  # how much of a flat ring's depth is seen


class Obstacles:
    """What an arrow keeps clear of: the outlines on the page."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self._shapes: list[tuple[Box, list[Point]]] = []
        for path in (q for p in parts if not p.pen for q in p.paths):
            pts = flattened(path, 3)
            xs, ys = [p[0] for p in pts], [p[1] for p in pts]
            self._shapes.append(((min(xs), min(ys), max(xs), max(ys)), pts))

    def hit(self, p: Point) -> bool:
        """Whether a point lies on one of them."""
        return any(b[0] <= p[0] <= b[2] and b[1] <= p[1] <= b[3] and inside(shape, p) for b, shape in self._shapes)

    def hits(self, pts: Iterable[Point]) -> int:
        """How many points lie on one of them."""
        return sum(map(self.hit, pts))


def ribbon(pts: Sequence[Point], thin: float = 0.006, thick: float = 0.015) -> Path:
    """A tapered arrow along a dense line."""
    far = [0.0]
    for a, b in itertools.pairwise(pts):
        far.append(far[-1] + math.dist(a, b))
    total = far[-1]
    head = min(_HEAD, total * 0.5)

    def at(s: float) -> Point:
        for i in range(1, len(pts)):
            if far[i] >= s:
                t = (s - far[i - 1]) / max(1e-9, far[i] - far[i - 1])
                a, b = pts[i - 1], pts[i]
                return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)
        return pts[-1]

    left: list[Point] = []
    right: list[Point] = []
    for i in range(7):
        s = (total - head) * i / 6
        p, a, b = at(s), at(max(0.0, s - 0.004)), at(min(total, s + 0.004))
        t = unit2((b[0] - a[0], b[1] - a[1]))
        w = thin + (thick - thin) * i / 6
        left.append((p[0] - t[1] * w, p[1] + t[0] * w))
        right.append((p[0] + t[1] * w, p[1] - t[0] * w))
    neck, tip = at(total - head), pts[-1]
    t = unit2((tip[0] - neck[0], tip[1] - neck[1]))
    back = head * 0.18
    base = (neck[0] - t[0] * back, neck[1] - t[1] * back)
    barbs = [(base[0] - t[1] * k * _HALF_HEAD, base[1] + t[0] * k * _HALF_HEAD) for k in (1, -1)]
    edge = [*left, barbs[0], tip, barbs[1], *right[::-1]]
    k = len(left)
    return counter_clockwise(smooth(edge, True, (k - 1, k, k + 1, k + 2, k + 3, 0, len(edge) - 1)))


def _value(length: object, otherwise: float) -> float:
    return float(getattr(length, "value", otherwise))


def arrow(
    spec: Arrow, view: Camera, body: Skeleton, on_the_way: Callable[[float], Skeleton] | None, clear: Obstacles
) -> Path | None:
    """The arrow's outline; None where nothing moves. `on_the_way` gives the body from start (0) to finish (1)."""
    way, part = spec.way
    if way == "follow":
        return _follow([view(landmark(on_the_way(t), part)) for t in (0.1, 0.5, 0.92)], clear) if on_the_way else None
    p = view(landmark(body, part))
    p = (p[0] + _value(spec.shift_x, 0) * view.sign, p[1] + _value(spec.shift_y, 0))
    if way == "turn":
        r, a, b = _value(spec.radius, 0.11), _value(spec.from_angle, 20), _value(spec.to_angle, 160)
        turns = [math.radians(a + (b - a) * i / 14) for i in range(15)]
        high = r * (_RING if spec.level else 1.0)
        return ribbon([(p[0] + view.sign * r * math.cos(t), p[1] + high * math.sin(t)) for t in turns])
    length = _value(spec.length, 0.13)
    v = _direction(spec, view, p[0] - view(body.back)[0])
    if way == "press":
        return ribbon(_line(p, v, length))
    if way == "beside":
        return ribbon(_beside((p[0] + v[0] * length / 2, p[1] + v[1] * length / 2), v, length, clear))
    sign = 1 if way == "pull" else -1
    gap = _skin(p, (v[0] * sign, v[1] * sign), clear) + 0.025
    end = gap + length if way == "pull" else -gap
    return ribbon(_line((p[0] + v[0] * end, p[1] + v[1] * end), v, length))


def _direction(spec: Arrow, view: Camera, beside: float) -> Point:
    """On the page; `beside` is how far the part is from the spine."""
    way = spec.direction or "down"
    if way in ("inward", "outward"):
        return (math.copysign(1.0, beside) * (-1 if way == "inward" else 1), 0.0)
    x, y = {"down": (0, -1), "up": (0, 1), "forward": (1, 0), "back": (-1, 0)}[way]
    return (x * view.sign, y)


def _line(end: Point, v: Point, length: float) -> list[Point]:
    return [(end[0] - v[0] * length * (1 - i / 8), end[1] - v[1] * length * (1 - i / 8)) for i in range(9)]


def _follow(path: list[Point], clear: Obstacles) -> Path | None:
    """Beside the way that a part goes, on the emptier side."""
    a, b = path[0], path[-1]
    if math.dist(a, b) < 0.03:
        return None
    d = unit2((b[0] - a[0], b[1] - a[1]))
    best: tuple[float, list[Point]] | None = None
    for sign in (1, -1):
        n = (-d[1] * sign, d[0] * sign)
        for i in range(16):
            off = 0.03 + 0.015 * i
            dense = flattened(smooth([(p[0] + n[0] * off, p[1] + n[1] * off) for p in path], False), 6)
            band = [(p[0] + n[0] * e, p[1] + n[1] * e) for p in dense for e in (-0.035, 0.0, 0.035)]
            cost = clear.hits(band) * 0.05 + off
            if best is None or cost < best[0]:
                best = (cost, dense)
    return ribbon(best[1]) if best else None


def _beside(p: Point, v: Point, length: float, clear: Obstacles) -> list[Point]:
    best: tuple[float, list[Point]] | None = None
    for sign in (1, -1):
        for i in range(24):
            off = 0.02 + 0.015 * i
            line = _line((p[0] - v[1] * sign * off, p[1] + v[0] * sign * off), v, length)
            band = [(x - v[1] * e, y + v[0] * e) for x, y in line for e in (-0.04, 0.0, 0.04)]
            cost = clear.hits(band) * 0.02 + off
            if best is None or cost < best[0]:
                best = (cost, line)
    return best[1] if best else []


def _skin(p: Point, v: Point, clear: Obstacles) -> float:
    """How far the body reaches from a point in a direction."""
    hit = 0.0
    for i in range(1, 61):
        s = 0.01 * i
        q = (p[0] + v[0] * s, p[1] + v[1] * s)
        if clear.hits([(q[0] - v[1] * e, q[1] + v[0] * e) for e in (-0.03, 0.0, 0.03)]):
            hit = s
        elif s - hit > 0.09:
            break
    return hit
