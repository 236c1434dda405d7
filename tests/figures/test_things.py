"""Things that collide, each with a planted mistake; hands and feet that rest on things; turns of the head."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from layouts.engine.figures import MODELS, Scene, Theme, describe, paint
from layouts.engine.figures.contact import COUNTER_HEIGHT
from layouts.engine.figures.painter import CLOSE
from layouts.engine.figures.posture import SIDES
from layouts.engine.figures.vec import dot, norm, sub

from .conftest import load

Problems = Callable[[str], list[str]]
Solved = Callable[[str], Scene]

BALL = "base: {}\nbalance: supported\nhold:\n  {}\nprops: [{{kind: gym ball, at: {}}}]"


def test_leg_through_a_step(problems: Problems, solved: Solved) -> None:
    """One foot on a step, the other standing where the step is."""
    text = (
        "base: standing\nbalance: supported\nhold:\n  right: {hip_flexion: 36, knee_flexion: 66, foot_height: 0.09}\n"
        "  rests_on: [left foot]\nprops: [{kind: step, at: under right foot}]"
    )
    assert "4: the left shin goes through the step" in problems(text)
    solved(
        "base: standing\nbalance: supported\nhold:\n"
        "  right: {hip_flexion: 66, knee_flexion: 76, foot_height: 0.14}\n  left: {hip_extension: 4}\n"
        "  rests_on: [left foot]\nprops: [{kind: step, at: under right foot}]"
    )


def test_hand_through_a_gym_ball(problems: Problems, solved: Solved) -> None:
    deep = BALL.format(
        "sitting", "right: {shoulder_flexion: 0, shoulder_adduction: 6, elbow_flexion: 0}", "under pelvis"
    )
    assert "4: the right hand goes through the gym ball" in problems(deep)
    solved(BALL.format("sitting", "both: {hand: thigh}", "under pelvis"))


def test_shin_through_a_gym_ball(problems: Problems) -> None:
    text = BALL.format("sitting", "both: {knee_flexion: 130, hip_flexion: 90, foot: free}", "under pelvis")
    found = problems(text)
    assert "4: the right shin goes through the gym ball" in found
    assert "4: the left shin goes through the gym ball" in found


def test_a_short_part_through_a_thin_thing_is_found_between_its_ends(problems: Problems) -> None:
    """A forearm whose ends are on either side of a counter's edge."""
    text = (
        "base: standing\nbalance: supported\nhold:\n"
        "  both: {shoulder_flexion: 30, elbow_flexion: 10}\nprops: [{kind: counter, height: '0.58', gap: '0.08'}]"
    )
    assert any("goes through the counter" in line for line in problems(text))


def test_leg_through_a_counter_beside(problems: Problems) -> None:
    text = (
        "base: standing\nbalance: supported\nhold:\n  right: {hip_abduction: 30, foot: free}\n"
        "  rests_on: [left foot]\nprops: [{kind: counter, at: right side}]"
    )
    assert "4: the right shin goes through the counter" in problems(text)


@pytest.mark.parametrize("side", SIDES)
def test_hand_rests_on_a_counter_beside(solved: Solved, side: str) -> None:
    text = f"base: standing\nhold:\n  {side}: {{hand: counter beside}}\nprops: [{{kind: counter, at: {side} side}}]"
    body = solved(text).main
    wrist = body.arms[side].wrist  # type: ignore[index]
    assert wrist[1] == pytest.approx(COUNTER_HEIGHT + 0.02)
    assert (wrist[2] > 0.13) if side == "right" else (wrist[2] < -0.13)


def test_ankle_on_the_other_knee(solved: Solved) -> None:
    body = solved("base: sitting\nhold:\n  right: {foot: on knee, hand: knee}\n  left: {hand: other shin}").main
    right, left = body.legs["right"], body.legs["left"]
    assert norm(sub(right.ankle, left.knee)) < 0.10
    assert right.ankle[1] > left.knee[1] + 0.04
    assert right.knee[2] > 0.10
    assert norm(sub(body.arms["right"].wrist, right.knee)) < 0.07


def test_head_and_trunk_turn_to_the_side_that_is_said(solved: Solved) -> None:
    for side, sign in (("right", 1), ("left", -1)):
        head = solved(f"base: standing\nhold:\n  neck_rotation_{side}: 60").main
        assert dot(head.head.f, head.thorax.s) * sign == pytest.approx(0.86, abs=0.03)
        trunk = solved(f"base: standing\nhold:\n  rotation_{side}: 40").main
        assert dot(trunk.thorax.f, trunk.pelvis.s) * sign == pytest.approx(0.64, abs=0.03)
        mirrored = solved(f"base: standing\nmirror: yes\nhold:\n  neck_rotation_{side}: 60").main
        assert dot(mirrored.head.f, mirrored.thorax.s) * sign < -0.8


def test_head_glides_level(solved: Solved) -> None:
    ahead = solved("base: standing\nhold:\n  head_forward: 24").main
    back = solved("base: standing\nhold:\n  head_back: 14").main
    assert ahead.skull[0] > back.skull[0] + 0.025
    assert ahead.head.f[1] == pytest.approx(back.head.f[1], abs=0.01)


def test_beyond_what_necks_and_shoulders_do(problems: Problems) -> None:
    assert problems("base: standing\nhold:\n  neck_rotation_left: 100") == [
        "3: the head turns 100° to the left; it turns to 80°"
    ]
    assert problems("base: standing\nhold:\n  head_back: 40") == ["3: the head glides 40° back; it glides to 25°"]
    assert problems("base: standing\nhold:\n  right: {shoulder_blade_up: 40}") == [
        "3: the right shoulder is drawn up 40°; shoulders go up 25°"
    ]


def test_close_up_is_cut_at_the_belly_and_larger(solved: Solved) -> None:
    text = "base: standing\nclose_up: upper body\nstart: {head_forward: 20}\nfinish: {head_back: 10}"
    (panel,) = paint(solved(text), MODELS[0], Theme(), "colour", 100.0)
    assert panel.scale == pytest.approx(100 * CLOSE)
    assert panel.box[1] > 0.5 and panel.box[3] < 1.1
    assert panel.width < 100


def test_a_pushed_shovel_stands_on_the_floor() -> None:
    made = load("push-snow")
    from layouts.engine.figures import solve
    from layouts.engine.figures.props import Setting, place

    scene = solve(made.pose, made.place)
    placed = place(Setting(scene.main, scene.bodies, scene.pose, scene.camera, scene.wall))
    assert [p.kind for p in placed.behind if p.kind in ("snow", "blade")] == ["snow", "blade"]
    assert "shovel" in describe(scene)
