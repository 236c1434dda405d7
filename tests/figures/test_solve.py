"""Solved angles, landmarks and contacts against references."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from layouts.engine.figures import MODELS, Scene, solve
from layouts.engine.figures.checks import angles, centre_of_mass
from layouts.engine.figures.flat import box_of
from layouts.engine.figures.picture import pictures
from layouts.engine.figures.posture import SIDES
from layouts.engine.figures.sections import lowest
from layouts.engine.figures.skeleton import FORE, SHANK, THIGH, UPPER, landmark
from layouts.engine.figures.vec import norm, sub

from .conftest import IDS, load

Solved = Callable[[str], Scene]
DRAWN = [i for i in IDS if i != "foot-roll"]


@pytest.mark.parametrize("exercise", IDS)
def test_bones_keep_their_length(exercise: str) -> None:
    made = load(exercise)
    for body in solve(made.pose, made.place).bodies:
        for side in SIDES:
            leg, arm = body.legs[side], body.arms[side]
            assert norm(sub(leg.hip, leg.knee)) == pytest.approx(THIGH, abs=1e-3)
            assert norm(sub(leg.knee, leg.ankle)) == pytest.approx(SHANK, abs=1e-3)
            assert norm(sub(arm.shoulder, arm.elbow)) == pytest.approx(UPPER, abs=1e-3)
            assert norm(sub(arm.elbow, arm.wrist)) == pytest.approx(FORE, abs=1e-3)


@pytest.mark.parametrize("exercise", DRAWN)
def test_something_rests_on_the_floor_and_nothing_is_under_it(exercise: str) -> None:
    made = load(exercise)
    for body in solve(made.pose, made.place).bodies:
        heights = lowest(body).values()
        assert min(heights) < 0.005
        assert min(heights) > -0.015


def test_standing_is_one_body_height(solved: Solved) -> None:
    body = solved("base: standing\nhold: {}").main
    assert landmark(body, "crown")[1] == pytest.approx(1.0, abs=0.02)
    assert body.hip["right"][1] == pytest.approx(0.53, abs=0.01)  # Drillis & Contini: 0.530 H
    assert body.shoulder["right"][1] == pytest.approx(0.80, abs=0.03)  # 0.818 H
    assert centre_of_mass(body)[1] == pytest.approx(0.56, abs=0.02)  # about 0.55 to 0.57 H


@pytest.mark.parametrize(
    ("words", "joint", "degrees"),
    [
        ("knee_flexion: 70, foot: free", "knee", 70),
        ("hip_flexion: 60, foot: free", "hip", 60),
        ("hip_extension: 20, foot: free", "hip", -20),
        ("hip_flexion: 0, hip_abduction: 30, foot: free", "hip_abduction", 30),
        ("ankle_dorsiflexion: 12, foot: free", "ankle", 12),
        ("shoulder_flexion: 110", "shoulder", 110),
        ("shoulder_extension: 40", "shoulder", -40),
        ("shoulder_flexion: 0, shoulder_abduction: 45", "shoulder_abduction", 45),
        ("elbow_flexion: 100", "elbow", 100),
    ],
)
def test_angles_come_out_as_they_were_written(solved: Solved, words: str, joint: str, degrees: float) -> None:
    body = solved(f"base: standing\nbalance: supported\nhold:\n  right: {{{words}}}\n  rests_on: [left foot]").main
    assert angles(body, "right")[joint] == pytest.approx(degrees, abs=0.5)


def test_mirrored_pose_is_the_same_on_the_other_side(solved: Solved) -> None:
    text = "base: standing\nbalance: supported\nhold:\n  right: {knee_flexion: 70, foot: free}\n  rests_on: [left foot]"
    one, two = solved(text).main, solved(f"{text}\nmirror: yes").main
    assert two.legs["left"].knee_angle == pytest.approx(one.legs["right"].knee_angle)
    assert two.legs["left"].ankle[:2] == pytest.approx(one.legs["right"].ankle[:2], abs=1e-6)


def test_planted_parts_stay() -> None:
    made = load("bridge")
    scene = solve(made.pose, made.place)
    assert scene.start
    for side in SIDES:
        assert scene.main.legs[side].ankle == pytest.approx(scene.start.legs[side].ankle, abs=1e-6)
    assert scene.main.hips[1] > scene.start.hips[1] + 0.1
    made = load("bird-dog")
    scene = solve(made.pose, made.place)
    assert scene.start
    assert scene.main.arms["right"].wrist == pytest.approx(scene.start.arms["right"].wrist, abs=1e-6)


def test_bridge_makes_a_line_from_shoulder_to_knee() -> None:
    made = load("bridge")
    body = solve(made.pose, made.place).main
    a, b, c = body.shoulder["right"], body.hip["right"], body.legs["right"].knee
    slope = (c[1] - a[1]) / (c[0] - a[0])
    assert b[1] == pytest.approx(a[1] + slope * (b[0] - a[0]), abs=0.06)


def test_bird_dog_is_opposite_arm_and_leg() -> None:
    made = load("bird-dog")
    body = solve(made.pose, made.place).main
    assert body.arms["left"].wrist[1] > 0.3 > body.arms["right"].wrist[1]
    assert body.legs["right"].ankle[1] > 0.25 > body.legs["left"].ankle[1]


def test_hand_reaches_hip_and_sits_outside_the_body(solved: Solved) -> None:
    body = solved("base: standing\nhold:\n  both: {hand: hip}").main
    for side, sign in (("right", 1), ("left", -1)):
        assert body.arms[side].wrist[2] * sign == pytest.approx(0.108, abs=1e-3)  # type: ignore[index]


def test_toes_are_tucked_where_the_leg_lies_level(solved: Solved) -> None:
    body = solved(
        "base: prone\nhold:\n  lean: auto\n  both: {shoulder_flexion: 84, elbow_flexion: 88, foot: toes}"
        "\n  rests_on: [feet, elbows]"
    ).main
    for side in SIDES:
        leg = body.legs[side]
        assert leg.toe[0] > leg.ankle[0] + 0.01  # towards the head
        assert leg.heel[1] > leg.ball[1] + 0.06


def test_hands_carry_a_level_body_by_their_palms(solved: Solved) -> None:
    text = "base: prone\nhold:\n  lean: auto\n  both: {shoulder_flexion: 76, hand: floor, foot: toes, foot_angle: 75}"
    body = solved(f"{text}\n  rests_on: [feet, hands]").main
    for side in SIDES:
        assert body.arms[side].wrist[1] == pytest.approx(0.028, abs=0.003)
        assert body.arms[side].elbow_angle < 5


def test_a_knee_kneels_on_a_cushion(solved: Solved) -> None:
    text = (
        "base: kneeling\nhold:\n  right: {hip_flexion: 84, knee_flexion: 90, foot: flat}\n  left: {knee_height: 0.05}"
    )
    body = solved(f"{text}\n  rests_on: [left knee]\nprops: [{{kind: cushion, at: under left knee}}]").main
    assert body.legs["left"].knee[1] == pytest.approx(0.08, abs=0.001)
    assert min(p[1] for p in body.legs["right"].sole) == pytest.approx(0.0, abs=0.003)


@pytest.mark.parametrize(("way", "sign"), [("right", 1), ("left", -1)])
def test_the_head_turns(solved: Solved, way: str, sign: int) -> None:
    body = solved(f"base: standing\nhold:\n  neck_rotation_{way}: 60").main
    assert body.head.f[2] * sign > 0.8  # z points to the right
    assert body.thorax.f[2] == pytest.approx(0.0)


def test_a_trunk_lies_on_a_gym_ball(solved: Solved) -> None:
    scene = solved(
        "base: prone\nbalance: supported\nhold:\n  lean: -29\n  both: {foot: toes, foot_angle: 60}\n"
        "  rests_on: [feet]\nprops: [{kind: gym ball, at: under belly}]"
    )
    (ball,) = pictures(scene, MODELS[0])[0].props.behind
    at = box_of(ball.paths)
    waist = scene.camera(scene.main.waist)
    middle = ((at[0] + at[2]) / 2, (at[1] + at[3]) / 2)
    radius = (at[2] - at[0]) / 2
    assert radius == pytest.approx(0.16, abs=0.01)
    assert radius < math.dist(middle, waist) < radius + 0.07


def test_a_mat_has_the_width_that_it_is_told(solved: Solved) -> None:
    def wide(mat: str) -> float:
        scene = solved(
            f"base: prone\nyaw: 90\npitch: 0\nhold:\n  both: {{shoulder_abduction: 90}}\nprops: [{{kind: mat{mat}}}]"
        )
        at = box_of(p for part in pictures(scene, MODELS[0])[0].props.behind for p in part.paths)
        return at[2] - at[0]

    assert wide("") > 0.8
    assert wide(", width: 0.4") == pytest.approx(0.4, abs=0.01)


def test_each_of_two_panels_has_its_own_arrow(solved: Solved) -> None:
    arrow = "{push: pelvis, direction: up, stage: start}"
    text = f"base: standing\nshow: panels\nfinish: {{low_back_flexion: 20}}\narrows: [{arrow}]"
    one, two = pictures(solved(text), MODELS[0])
    assert (len(one.arrows), len(two.arrows)) == (1, 0)
