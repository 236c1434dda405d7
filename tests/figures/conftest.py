"""The shipped exercises, and poses written as a few lines of YAML."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from layouts.engine.figures import Exercise, Pose, Scene, solve
from layouts.engine.problems import ContentError, Place
from layouts.engine.read.convert import read_model
from layouts.engine.read.source import read_file, read_text

FOLDER = Path(__file__).parents[2] / "handouts" / "exercises"
IDS = sorted(path.stem for path in FOLDER.glob("*.yaml"))
PLACE = Place("pose.yaml")


def load(exercise: str) -> Exercise:
    """A shipped exercise."""
    return read_model(read_file(FOLDER / f"{exercise}.yaml", f"exercises/{exercise}.yaml"), Exercise)


def pose(text: str) -> Pose:
    """A pose from its YAML."""
    return read_model(read_text(text, "pose.yaml"), Pose)


@pytest.fixture
def solved() -> Callable[[str], Scene]:
    """A pose's YAML, solved."""
    return lambda text: solve(pose(text), PLACE)


@pytest.fixture
def problems() -> Callable[[str], list[str]]:
    """What is wrong with a pose's YAML, as "line: message"."""

    def listen(text: str) -> list[str]:
        with pytest.raises(ContentError) as caught:
            solve(pose(text), PLACE)
        return [f"{p.place.line}: {p.message}" for p in caught.value.problems]

    return listen
