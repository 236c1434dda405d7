"""Figures look as they did. A change that is meant is accepted with `python tests/pages/update.py`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from layouts.engine.figures.pose import Degrees
from tests.pages.references import red_and_green, unlike

from . import images
from .conftest import load

MEAN, SHARE = 0.8, 0.003


def compared(found: Image.Image, exercise: str, out: Path) -> str:
    """What is different from the reference, with pictures of it in a folder; '' when nothing is."""
    wanted = Image.open(images.FOLDER / f"{exercise}.png").convert("RGB")
    mean, share = unlike(found, wanted)
    if mean <= MEAN and share <= SHARE:
        return ""
    found.save(out / f"{exercise}.png")
    red_and_green(found, wanted).save(out / f"{exercise}-difference.png")
    return f"mean difference {mean:.2f}, {share:.2%} of all pixels: see {out}/{exercise}-difference.png"


@pytest.mark.parametrize("exercise", images.DRAWN)
def test_a_figure_looks_as_it_did(exercise: str, tmp_path: Path) -> None:
    said = compared(images.picture(exercise), exercise, tmp_path)
    if said:
        pytest.fail(said)


def test_an_arm_that_moves_is_seen_and_shown(tmp_path: Path) -> None:
    made = load("running")
    assert made.pose.hold and made.pose.hold.right and made.pose.hold.right.elbow_flexion
    bent = Degrees(str(made.pose.hold.right.elbow_flexion.value - 8), made.place)
    arm = replace(made.pose.hold.right, elbow_flexion=bent)
    moved = replace(made, pose=replace(made.pose, hold=replace(made.pose.hold, right=arm)))
    assert compared(images.drawing(moved), "running", tmp_path).startswith("mean difference")
    assert {p.name for p in tmp_path.iterdir()} == {"running.png", "running-difference.png"}
