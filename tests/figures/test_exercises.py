"""The words of every exercise that we ship."""

from __future__ import annotations

import pytest

from layouts.engine.check.readability import measure
from layouts.engine.deliver.shelf import prose

from .conftest import IDS, load


@pytest.mark.parametrize("exercise", IDS)
def test_patients_can_read_it(exercise: str) -> None:
    made = load(exercise)
    assert round(measure([text for _, text in prose(made)]).grade, 1) <= 6
    assert 3 <= len(made.steps) <= 5
    assert made.alt.strip().endswith(".")
    assert len(made.alt.split()) >= 5
