"""Hands on walls, counters and the own foot, and things that stand where the body needs them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from layouts.engine.figures import MODELS, Scene, Theme, paint
from layouts.engine.figures.bases import SEAT
from layouts.engine.figures.contact import COUNTER_HEIGHT
from layouts.engine.figures.props import Placed, Setting, place
from layouts.engine.figures.vec import lerp, norm, sub

Solved = Callable[[str], Scene]


def placed(scene: Scene) -> Placed:
    return place(Setting(scene.main, scene.bodies, scene.pose, scene.camera, scene.wall))


def test_forearm_on_a_wall_is_upright_and_touches_it(solved: Solved) -> None:
    scene = solved(
        "base: standing\nhold:\n  both: {hand: forearm on wall, shoulder_flexion: 78}\n"
        'props: [{kind: wall, at: in front, gap: "0.175"}]'
    )
    assert scene.wall is not None
    for arm in scene.main.arms.values():
        assert (arm.elbow[0], arm.elbow[2]) == pytest.approx((arm.wrist[0], arm.wrist[2]))
        assert arm.wrist[1] > arm.elbow[1]
        assert 0 < scene.wall - arm.elbow[0] < 0.03


def test_forearm_cannot_reach_a_wall_that_is_far(problems: Callable[[str], list[str]]) -> None:
    text = "base: standing\nhold:\n  both: {hand: forearm on wall}\nprops: [{kind: wall, at: in front}]"
    assert "cannot reach its place" in problems(text)[0]


def test_palms_planted_on_a_wall_stay_flat(solved: Solved) -> None:
    scene = solved(
        "base: standing\nbalance: supported\nstart:\n  lean: 10\n  both: {hand: wall, shoulder_flexion: 95, "
        'elbow_flexion: 5}\nfinish:\n  lean: 14\nplanted: [hands]\nprops: [{kind: wall, at: in front, gap: "0.28"}]'
    )
    assert scene.start is not None
    for side, arm in scene.main.arms.items():
        assert arm.hand == scene.start.arms[side].hand
        assert norm(sub(arm.wrist, scene.start.arms[side].wrist)) < 0.021


@pytest.mark.parametrize(("words", "height"), [("", COUNTER_HEIGHT), (", height: 0.58", 0.58)])
def test_hands_lie_on_a_counter_as_high_as_it_is(solved: Solved, words: str, height: float) -> None:
    scene = solved(f"base: standing\nhold:\n  both: {{hand: counter}}\nprops: [{{kind: counter{words}}}]")
    assert all(arm.wrist[1] == pytest.approx(height + 0.02, abs=0.01) for arm in scene.main.arms.values())


def test_counter_beside_stands_under_the_hand(solved: Solved) -> None:
    for side, sign in (("left", -1), ("right", 1)):
        words = f"hold:\n  {side}: {{hand: counter beside}}\nprops: [{{kind: counter, at: {side} side}}]"
        scene = solved(f"base: standing\n{words}")
        ((_, low, high),) = placed(scene).solids
        tip = scene.main.arms["left" if side == "left" else "right"].tip
        assert low[0] < tip[0] < high[0] and low[2] < tip[2] < high[2]
        assert low[2] * sign > 0 or high[2] * sign > 0


def test_hand_holds_the_own_foot(solved: Solved) -> None:
    scene = solved(
        "base: standing\nbalance: supported\nhold:\n  right: {hip_extension: 4, knee_flexion: 138, foot: free, "
        "ankle_plantarflexion: 40, hand: foot behind, fingers: grip}\n  rests_on: [left foot]"
    )
    assert norm(sub(scene.main.arms["right"].palm, scene.main.legs["right"].ankle)) < 0.045


def test_hands_on_the_low_back(solved: Solved) -> None:
    scene = solved("base: standing\nhold:\n  both: {hand: low back}")
    for side, sign in (("right", 1), ("left", -1)):
        palm = scene.main.arms["left" if side == "left" else "right"].palm
        assert palm[0] < scene.main.hips[0] - 0.03 and palm[2] * sign > 0.02
        assert abs(palm[1] - scene.main.waist[1]) < 0.08


def test_who_stands_up_leaves_the_seat_and_the_chair_stays(solved: Solved) -> None:
    scene = solved(
        "base: sitting\nbalance: supported\nstays: right foot\nstart: {}\nfinish:\n"
        "  both: {hip_flexion: 2, knee_flexion: 4}\n  rests_on: [feet]\nprops: [{kind: chair}]"
    )
    assert scene.start is not None
    assert scene.start.hips[0] == pytest.approx(0.0, abs=1e-6) and scene.start.hips[1] > SEAT
    assert scene.main.hips[1] > 0.5 and scene.main.hips[0] > 0.1
    assert scene.main.legs["right"].ankle[0] == pytest.approx(scene.start.legs["right"].ankle[0], abs=1e-3)


def test_things_between_the_hands_are_drawn_once(solved: Solved) -> None:
    band = solved("base: standing\nview: front\nhold: {}\nprops: [{kind: band, at: between hands}]")
    assert [p.kind for p in placed(band).front] == ["band"]
    weight = solved(
        "base: standing\nhold:\n  both: {elbow_flexion: 126, shoulder_internal_rotation: 34}\n"
        "props: [{kind: dumbbell, at: between hands}]"
    )
    assert sorted(p.kind for p in placed(weight).front) == ["metal", "weight", "weight"]
    middle = lerp(weight.main.arms["right"].palm, weight.main.arms["left"].palm, 0.5)
    assert middle[0] > weight.main.back[0]


def test_calf_and_thigh_can_be_marked(solved: Solved) -> None:
    scene = solved("base: standing\nhold: {}\nmarks: [{effort: right calf}, {effort: left thigh}]")
    (panel,) = paint(scene, MODELS[0], Theme(), "colour")
    assert panel.operators
