"""What is painted: the same bytes each time, small, inside its box, and pictures as they were."""

from __future__ import annotations

import re
import zlib

import pytest

from layouts.engine.figures import MODELS, Panel, Theme, describe, paint, solve
from layouts.engine.figures.panel import Mode

from .conftest import IDS, PLACE, load, pose

MOST: dict[Mode, int] = {"colour": 15, "outline": 10}  # KB of compressed operators, all panels of a drawing together
NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")


def panels(exercise: str, mode: Mode = "colour") -> list[Panel]:
    made = load(exercise)
    return paint(solve(made.pose, made.place), MODELS[made.model], Theme(), mode)


@pytest.mark.parametrize("exercise", IDS)
def test_size_precision_and_determinism(exercise: str) -> None:
    for mode, most in MOST.items():
        made = panels(exercise, mode)
        assert made == panels(exercise, mode)
        size = sum(len(zlib.compress(p.operators, 9)) for p in made)
        assert size <= most * 1024, f"{mode}: {size / 1024:.1f} KB"
        for panel in made:
            for line in panel.operators.splitlines():
                decimals = 3 if line.endswith((b"rg", b"RG")) else 2
                assert not re.search(rb"\.\d{%d}" % (decimals + 1), line), line
            assert panel.operators.count(b"q\n") == len(re.findall(rb"^Q$", panel.operators, re.MULTILINE))
            assert b"nan" not in panel.operators and b"e-" not in panel.operators


def test_outline_is_black_on_white() -> None:
    for exercise in IDS:
        for panel in panels(exercise, "outline"):
            colours = set(re.findall(rb"^([\d.]+) ([\d.]+) ([\d.]+) (?:rg|RG)$", panel.operators, re.MULTILINE))
            assert colours == {(b"0",) * 3, (b"1",) * 3}


def test_panels_share_the_floor_and_the_scale() -> None:
    one, two = panels("squat")
    assert one.box[1] == two.box[1] and one.height == two.height and one.scale == two.scale


def test_brand_colours_are_used() -> None:
    made = load("squat")
    theme = Theme(primary=(1, 0, 0), deep=(0, 1, 0), accent=(0, 0, 1), ink=(0.1, 0.1, 0.1))
    found = b"".join(p.operators for p in paint(solve(made.pose, made.place), MODELS[0], theme, "colour"))
    for colour in (b"1 0 0 rg", b"0 1 0 rg", b"0 0 1 rg", b"0.1 0.1 0.1 RG"):
        assert colour in found


@pytest.mark.parametrize("view", ["side", "front", "back", "three-quarter"])
@pytest.mark.parametrize("model", MODELS)
def test_every_view_of_every_person(view: str, model: object) -> None:
    scene = solve(pose(f"base: standing\nview: {view}\nhold: {{}}"), PLACE)
    (panel,) = paint(scene, model, Theme(), "colour")  # type: ignore[arg-type]
    assert 0.95 < panel.box[3] - panel.box[1] < 1.25


ALT = {
    "bridge": "Lying on the back with knees bent; then the hips rise and both arms go back.",
    "dead-bug": "Lying on the back with straight legs, both legs lift, both knees bend and both arms reach ahead; then"
    " the right arm reaches up, the left leg goes back and the left knee straightens.",
    "foot-roll": "Three pictures of a shoe: the heel touches the ground, the whole sole is down, the toes push off.",
}


@pytest.mark.parametrize("exercise", ALT)
def test_composed_words(exercise: str) -> None:
    made = load(exercise)
    assert describe(solve(made.pose, made.place)) == ALT[exercise]


@pytest.mark.parametrize("exercise", IDS)
def test_every_exercise_says_what_is_seen(exercise: str) -> None:
    made = load(exercise)
    assert not made.pose_reviewed
    assert made.alt.endswith(".")
    assert "degree" not in describe(solve(made.pose, made.place))


BASES = ("standing", "sitting", "supine", "hook-lying", "prone", "quadruped", "kneeling", "side-lying")


@pytest.mark.parametrize("base", BASES)
def test_every_base_pose_is_a_pose(base: str) -> None:
    for view in ("side", "front", "back", "three-quarter"):
        scene = solve(pose(f"base: {base}\nview: {view}\nhold: {{}}"), PLACE)
        assert paint(scene, MODELS[0], Theme(), "colour")
