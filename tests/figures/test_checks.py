"""Every check with a planted mistake, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from layouts.engine.figures import check_links, solve
from layouts.engine.problems import ContentError
from layouts.engine.read.fields import Id

from .conftest import IDS, load, pose

Problems = Callable[[str], list[str]]


def test_joint_out_of_range(problems: Problems) -> None:
    text = "base: standing\nhold:\n  right:\n    knee_flexion: 170\n    foot: free"
    assert problems(text) == ["4: the right knee bends 170°; knees bend to 150°"]
    text = "base: standing\nhold:\n  low_back_extension: 60"
    assert problems(text) == ["3: the low back arches 60°; it arches to 45°"]
    text = "base: standing\nhold:\n  both: {elbow_flexion: -30}"
    assert problems(text) == [
        "3: the left elbow bends 30° the wrong way; elbows go 8° past straight",
        "3: the right elbow bends 30° the wrong way; elbows go 8° past straight",
    ]


def test_joint_out_of_range_after_solving(problems: Problems) -> None:
    text = "base: standing\nbalance: supported\nhold:\n  lean: 5\n  both: {hip_flexion: 90, knee_flexion: 140}"
    assert problems(text) == [
        "4: the left foot comes 54° towards the shin; ankles allow 42°",
        "4: the right foot comes 54° towards the shin; ankles allow 42°",
    ]


def test_through_the_floor(problems: Problems) -> None:
    text = "base: prone\nhold:\n  left: {hip_flexion: 20}\n  rests_on: [pelvis]"
    found = problems(text)
    assert any(line.startswith("3: the left leg goes ") and line.endswith("through the floor") for line in found)


def test_limb_through_the_body(problems: Problems) -> None:
    text = "base: standing\nhold:\n  right: {shoulder_adduction: 35, shoulder_flexion: 0, elbow_flexion: 0}"
    assert any("goes through the body" in line for line in problems(text))


def test_limb_through_a_limb(problems: Problems) -> None:
    text = (
        "base: standing\nbalance: supported\nhold:\n  right: {hip_adduction: 14, foot: free}\n  rests_on: [left foot]"
    )
    assert "4: the right shin goes through the left shin" in problems(text)


def test_limb_through_the_head(problems: Problems) -> None:
    text = "base: standing\nhold:\n  right: {shoulder_flexion: 140, shoulder_adduction: 32, elbow_flexion: 120}"
    assert problems(text) == ["3: the right forearm goes through the head"]


def test_limb_through_a_wall(problems: Problems) -> None:
    text = (
        "base: standing\nhold:\n  both: {shoulder_flexion: 90, elbow_flexion: 0}\n"
        'props: [{kind: wall, at: in front, gap: "0.2"}]'
    )
    found = problems(text)
    assert "3: the right hand goes through the wall" in found


def test_topples(problems: Problems) -> None:
    text = "base: standing\nhold:\n  both: {hip_flexion: 85, knee_flexion: 80}"
    (line,) = problems(text)
    assert line.startswith("3: the body would topple: its weight falls ")
    assert line.endswith("% of its height outside what carries it")
    solve(pose(f"{text}\nbalance: supported"), pose(text).place)


def test_out_of_reach(problems: Problems) -> None:
    text = "base: standing\nhold:\n  right: {hand: floor}"
    assert problems(text) == ["3: the right hand cannot reach its place: 45 % of the body's height are missing"]
    text = "base: standing\nhold:\n  left: {hip_flexion: 80, knee_flexion: 5}\n  rests_on: [right foot]"
    assert problems(text) == ["3: the left foot cannot meet the floor by moving the hip"]


def test_unknown_words_are_named_with_a_hint() -> None:
    with pytest.raises(ContentError) as caught:
        pose("base: standin\nhold:\n  right: {knee_flexio: 5}\narrows: [{follow: right hnd}]")
    said = [(p.place.line, p.message, p.hint) for p in caught.value.problems]
    assert said == [
        (1, '"base" cannot be "standin"', 'Did you mean "standing"?'),
        (3, 'there is no field "knee_flexio" here', 'Did you mean "knee_flexion"?'),
        (4, '"follow" cannot be "right hnd"', 'Did you mean "right hand"?'),
    ]


def test_the_same_movement_twice_is_a_problem() -> None:
    with pytest.raises(ContentError, match='"hip_extension" and "hip_flexion" are the same movement'):
        pose("base: standing\nhold:\n  right: {hip_flexion: 5, hip_extension: 5}")


def test_an_angle_is_a_number() -> None:
    with pytest.raises(ContentError, match='"much" is not an angle in degrees'):
        pose("base: standing\nhold:\n  right: {hip_flexion: much}")


def test_a_pose_has_a_position() -> None:
    with pytest.raises(ContentError, match="the pose has no position"):
        pose("base: standing")


def test_shipped_versions_agree_both_ways() -> None:
    exercises = {i: load(i) for i in IDS}
    assert list(check_links(exercises)) == []
    spoilt = {**exercises, "running": replace(load("running"), easier=Id("brige", load("running").place))}
    (found,) = check_links(spoilt)
    assert (found.message, found.hint) == ('there is no exercise "brige"', 'Did you mean "bridge"?')
    spoilt = {**exercises, "running": replace(load("running"), easier=Id("bridge", load("running").place))}
    (found,) = check_links(spoilt)
    assert found.message.startswith('"bridge" is the easier version of "running", but does not say so')
