"""What is painted: the same bytes each time, small, inside its box, and pictures as they were."""

from __future__ import annotations

import random
import re
import zlib

import pytest

from layouts.engine.figures import MODELS, Panel, Theme, describe, paint, solve
from layouts.engine.figures.limits import RANGES
from layouts.engine.figures.panel import Mode
from layouts.engine.figures.scene import solve_scene
from layouts.engine.problems import ContentError

from .conftest import IDS, PLACE, load, pose

NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")


def panels(exercise: str, mode: Mode = "colour") -> list[Panel]:
    made = load(exercise)
    return paint(solve(made.pose, made.place), MODELS[made.model], Theme(), mode)


@pytest.mark.parametrize("exercise", IDS)
def test_size_precision_and_determinism(exercise: str) -> None:
    modes: tuple[tuple[Mode, int, int], ...] = (("colour", 15, 15), ("outline", 11, 15))
    for mode, each, together in modes:
        made = panels(exercise, mode)
        assert made == panels(exercise, mode)
        sizes = [len(zlib.compress(p.operators, 9)) / 1024 for p in made]
        assert max(sizes) <= each and sum(sizes) <= together
        for panel in made:
            assert not re.search(rb"\d\.\d{3}", panel.operators)
            assert panel.operators.count(b"q\n") == len(re.findall(rb"^Q$", panel.operators, re.MULTILINE))
            assert b"nan" not in panel.operators and b"e-" not in panel.operators


def test_outline_is_black_on_white() -> None:
    for exercise in IDS:
        for panel in panels(exercise, "outline"):
            colours = set(re.findall(rb"^([\d.]+) ([\d.]+) ([\d.]+) (?:rg|RG)$", panel.operators, re.MULTILINE))
            assert colours <= {(b"0",) * 3, (b"1",) * 3, (b"0.35",) * 3}


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


def test_three_hundred_random_poses_are_drawn_or_refused() -> None:
    chance = random.Random(7)
    drawn = refused = 0
    for number in range(300):
        made = pose(_random_pose(chance, wild=number % 3 == 0))
        try:
            scene = solve(made, PLACE)
            drawn += 1
        except ContentError as error:
            assert all(p.message and p.place.file for p in error.problems)
            refused += 1
            try:
                scene = solve_scene(made, PLACE)  # what was judged badly must not trouble the painter either
            except ContentError:
                continue
        mode: Mode = chance.choice(["colour", "outline"])
        for panel in paint(scene, chance.choice(MODELS), Theme(), mode):
            assert all(abs(v) < 4 for v in panel.box)
            assert all(abs(float(n)) < 2000 for n in NUMBER.findall(panel.operators))
        describe(scene)
    assert drawn > 40 and refused > 60, (drawn, refused)


def _random_pose(chance: random.Random, wild: bool) -> str:
    def angle(name: str) -> int:
        r = RANGES[name]
        return round(chance.uniform(r.low, r.high) * (0.9 if wild else 0.2))

    def stage() -> str:
        out = chance.randint(5, 60)
        free = "" if wild else "foot: free, hand: free, "
        return f"""
  lean: {chance.randint(0, 25 if wild else 4)}
  low_back_flexion: {angle("low_back")}
  side_bend_right: {angle("side")}
  rotation_left: {angle("twist")}
  both: {{shoulder_flexion: {angle("shoulder")}, elbow_flexion: {angle("elbow")}, fingers: {chance.choice(FINGERS)}}}
  left: {{{free}hip_flexion: {angle("hip")}, knee_flexion: {angle("knee")}, shoulder_abduction: {out}}}
"""

    return f"""
base: {chance.choice(BASES)}
view: {chance.choice(["side", "front", "back", "three-quarter"])}
facing: {chance.choice(["left", "right"])}
mirror: {chance.choice(["yes", "no"])}
show: {chance.choice(["ghost", "panels"])}
balance: {chance.choice(["supported", "supported", "still"])}
start: {stage()}
finish: {stage()}
arrows: [{{follow: left hand}}, {{beside: pelvis, direction: up}}]
marks: [{{effort: belly}}]
props: [{{kind: {chance.choice(PROPS)}}}]
"""


BASES = ("standing", "sitting", "supine", "hook-lying", "prone", "quadruped", "kneeling", "side-lying")
FINGERS = ("open", "relaxed", "fist", "grip")
PROPS = (
    "mat",
    "chair",
    "wall",
    "step",
    "counter",
    "gym ball",
    "band",
    "dumbbell",
    "pillow",
    "towel",
    "cushion",
    "shovel",
)


@pytest.mark.parametrize("base", BASES)
def test_every_base_pose_is_a_pose(base: str) -> None:
    for view in ("side", "front", "back", "three-quarter"):
        scene = solve(pose(f"base: {base}\nview: {view}\nhold: {{}}"), PLACE)
        assert paint(scene, MODELS[0], Theme(), "colour")
