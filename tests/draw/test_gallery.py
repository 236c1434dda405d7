"""Drawings in rows of cells."""

from __future__ import annotations

import random

from layouts.engine.draw.gallery import arranged


def test_wide_drawings_take_two_cells_and_holes_are_filled() -> None:
    scale, rows = arranged([90, 150, 150, 90, 90], 320, 10, 3)
    assert scale == 1
    assert rows == [[(0, 1), (1, 2)], [(2, 2), (3, 1)], [(4, 1)]]
    assert arranged([90, 90, 150, 90], 320, 10, 3)[1] == [[(0, 1), (1, 1), (3, 1)], [(2, 2)]]


def test_one_that_is_too_wide_makes_all_smaller() -> None:
    scale, rows = arranged([640, 90], 320, 10, 3)
    assert scale == 0.5
    assert rows == [[(0, 3)], [(1, 1)]]


def test_every_drawing_has_its_place_once() -> None:
    chance = random.Random(3)
    for _ in range(200):
        widths = [chance.uniform(10, 400) for _ in range(chance.randint(0, 40))]
        count = chance.randint(1, 4)
        scale, rows = arranged(widths, 320, 10, count)
        assert sorted(i for row in rows for i, _ in row) == list(range(len(widths)))
        column = (320 - 10 * (count - 1)) / count
        for row in rows:
            assert 1 <= sum(span for _, span in row) <= count
            for i, span in row:
                assert widths[i] * scale <= column * span + 10 * (span - 1) + 0.1
    assert arranged([], 320, 10, 3) == (1, [])
