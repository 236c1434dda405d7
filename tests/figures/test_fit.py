"""Fewer points, the same curve: what is joined stays as near as promised, and corners stay corners."""

from __future__ import annotations

import itertools
import math

import pytest

from layouts.engine.figures import MODELS
from layouts.engine.figures.fit import fitted
from layouts.engine.figures.flat import Path, Point, ellipse, flattened, polygon, smooth
from layouts.engine.figures.picture import pictures
from layouts.engine.figures.scene import solve_scene

from .conftest import load

NEAR = 0.085 / 128  # H: 0.03 mm in print


def far_apart(one: Path, other: Path) -> float:
    """The farthest that a point of one path is from the other."""
    line = flattened(other, 24)
    return max(min(_to_line(p, a, b) for a, b in itertools.pairwise(line)) for p in flattened(one, 12))


def _to_line(p: Point, a: Point, b: Point) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    square = dx * dx + dy * dy or 1.0
    t = max(0.0, min(1.0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / square))
    return math.dist(p, (a[0] + t * dx, a[1] + t * dy))


@pytest.mark.parametrize("exercise", ["running", "prone-swimmer"])
def test_a_figure_keeps_its_shape_with_fewer_points(exercise: str) -> None:
    made = load(exercise)
    (picture,) = pictures(solve_scene(made.pose, made.place), MODELS[made.model])
    paths = [q for part in picture.figure for q in part.paths]
    before, after = (sum(len(p) for p in q) for q in (paths, [fitted(p, NEAR) for p in paths]))
    assert after < before * 0.7
    for path in paths:
        new = fitted(path, NEAR)
        assert max(far_apart(path, new), far_apart(new, path)) < NEAR * 1.3


def test_a_circle_of_many_points_becomes_one_of_few() -> None:
    turns = [i * math.pi / 12 for i in range(24)]
    path = smooth([(math.cos(t), math.sin(t)) for t in turns])
    assert len(fitted(path, 0.002)) <= len(ellipse((0, 0), 1)) + 2
    assert len(fitted(path, 1e-7)) == len(path)


def test_corners_and_straight_lines_stay() -> None:
    square = polygon([(0, 0), (1, 0), (1, 1), (0, 1)])
    assert fitted(square, 0.01) == square
    drop = smooth([(0, 0), (0.5, 0.2), (1, 0), (0.5, -0.2)], True, (0, 2))
    kept = [op[-1] for op in fitted(drop, 0.01) if len(op) > 1]
    assert (1, 0) in kept and (0, 0) in kept


def test_a_wave_is_not_flattened() -> None:
    wave = smooth([(i * 0.1, 0.01 * (-1) ** i) for i in range(12)], False)
    assert far_apart(wave, fitted(wave, 0.002)) < 0.003
