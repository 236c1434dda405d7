"""Every check with a planted mistake, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from layouts.engine.figures import check_links, solve
from layouts.engine.figures.limits import RANGES
from layouts.engine.problems import ContentError
from layouts.engine.read.fields import Id

from .conftest import IDS, load, pose

Problems = Callable[[str], list[str]]


# What is written on the right side of a standing person, the joint that it is about, and what is said.
RIGHT = [
    ("hip_flexion: 150", "hip", "the right hip bends 150°; hips bend to 140°"),
    ("hip_extension: 45", "hip", "the right thigh goes 45° back; hips go 30° back"),
    ("hip_abduction: 80", "hip_abduction", "the right thigh goes 80° out to the side; hips open to 65°"),
    ("hip_adduction: 40", "hip_abduction", "the right thigh crosses the middle by 40°; hips cross by 30°"),
    ("hip_external_rotation: 85", "hip_rotation", "the right hip turns 85° outward; hips turn 75° outward"),
    ("hip_internal_rotation: 60", "hip_rotation", "the right hip turns 60° inward; hips turn 50° inward"),
    ("knee_flexion: 170", "knee", "the right knee bends 170°; knees bend to 150°"),
    ("knee_flexion: -20", "knee", "the right knee bends 20° the wrong way; knees go 5° past straight"),
    ("ankle_dorsiflexion: 60", "ankle", "the right foot comes 60° towards the shin; ankles allow 42°"),
    ("ankle_plantarflexion: 75", "ankle", "the right foot points 75° down; ankles point to 60°"),
    ("toe_extension: 90", "toes", "the right toes bend 90° up; toes bend to 75°"),
    ("toe_extension: -55", "toes", "the right toes bend 55° down; toes bend to 40°"),
    ("shoulder_flexion: 200", "shoulder", "the right arm goes up 200°; arms go up to 185°"),
    ("shoulder_extension: 80", "shoulder", "the right arm goes 80° back; arms go 65° back"),
    ("shoulder_abduction: 190", "shoulder_abduction", "the right arm goes 190° out to the side; arms go to 180°"),
    ("shoulder_adduction: 70", "shoulder_abduction", "the right arm crosses the body by 70°; arms cross by 55°"),
    (
        "shoulder_external_rotation: 120",
        "shoulder_rotation",
        "the right upper arm turns 120° outward; arms turn 100° outward",
    ),
    (
        "shoulder_internal_rotation: 110",
        "shoulder_rotation",
        "the right upper arm turns 110° inward; arms turn 95° inward",
    ),
    (
        "shoulder_blade_back: 45",
        "blade",
        "the right shoulder blade is drawn back 45°; shoulder blades go 30° back",
    ),
    (
        "shoulder_blade_back: -30",
        "blade",
        "the right shoulder blade is pushed forward 30°; shoulder blades go 20° forward",
    ),
    ("elbow_flexion: 170", "elbow", "the right elbow bends 170°; elbows bend to 152°"),
    ("elbow_flexion: -30", "elbow", "the right elbow bends 30° the wrong way; elbows go 8° past straight"),
    ("forearm_pronation: 100", "forearm", "the right forearm turns 100° inward; forearms turn to 90°"),
    ("forearm_supination: 100", "forearm", "the right forearm turns 100° outward; forearms turn to 90°"),
    ("wrist_flexion: 95", "wrist", "the right wrist bends 95°; wrists bend to 85°"),
    ("wrist_extension: 95", "wrist", "the right wrist bends 95° back; wrists go 85° back"),
    ("shoulder_blade_up: 40", "blade_up", "the right shoulder is drawn up 40°; shoulders go up 25°"),
    ("shoulder_blade_up: -25", "blade_up", "the right shoulder is drawn down 25°; shoulders go down 10°"),
]
TRUNK = [
    ("low_back_flexion: 80", "low_back", "the low back bends 80° forward; it bends to 65°"),
    ("low_back_extension: 60", "low_back", "the low back arches 60°; it arches to 45°"),
    ("upper_back_flexion: 60", "upper_back", "the upper back bends 60° forward; it bends to 50°"),
    ("upper_back_extension: 40", "upper_back", "the upper back arches 40°; it arches to 30°"),
    ("side_bend_right: 55", "side", "the trunk bends 55° to the right; it bends to 40°"),
    ("side_bend_left: 55", "side", "the trunk bends 55° to the left; it bends to 40°"),
    ("rotation_left: 60", "twist", "the trunk turns 60° to the left; it turns to 50°"),
    ("rotation_right: 60", "twist", "the trunk turns 60° to the right; it turns to 50°"),
    ("neck_flexion: 80", "neck", "the neck bends 80° forward; necks bend to 65°"),
    ("neck_extension: 90", "neck", "the neck bends 90° back; necks bend 75° back"),
    ("neck_rotation_left: 95", "neck_twist", "the head turns 95° to the left; it turns to 80°"),
    ("neck_rotation_right: 95", "neck_twist", "the head turns 95° to the right; it turns to 80°"),
    ("head_forward: 50", "glide", "the head glides 50° forward; it glides to 35°"),
    ("head_back: 40", "glide", "the head glides 40° back; it glides to 25°"),
]


@pytest.mark.parametrize(("words", "joint", "said"), RIGHT + TRUNK)
def test_joint_out_of_range(problems: Problems, words: str, joint: str, said: str) -> None:
    assert joint in RANGES
    where = f"  right: {{{words}}}" if (words, joint, said) in RIGHT else f"  {words}"
    assert problems(f"base: standing\nhold:\n{where}") == [f"3: {said}"]


def test_every_range_has_a_mistake_on_each_side() -> None:
    planted = [joint for _, joint, _ in RIGHT + TRUNK]
    assert {joint: planted.count(joint) for joint in RANGES} == dict.fromkeys(RANGES, 2)


@pytest.mark.parametrize("joint", RANGES)
def test_the_end_of_a_range_is_within_it(joint: str) -> None:
    r = RANGES[joint]
    assert r.complaint("right", r.low) == r.complaint("right", r.high) == ""
    assert r.complaint("right", r.low - 1) and r.complaint("right", r.high + 1)
    assert r.complaint("right", r.high + 1, 4.0) == ""


def test_joint_out_of_range_on_both_sides(problems: Problems) -> None:
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


FREE = "base: standing\nbalance: supported\nhold:\n"
FLOOR = "of the body's height through the floor"
PLANTED: dict[str, tuple[str, list[str]]] = {
    "the head through the floor": (
        "base: prone\nhold:\n  neck_flexion: 60\n  rests_on: [legs]",
        [f"3: the head goes 5 % {FLOOR}"],
    ),
    "the chest through the floor": (
        "base: prone\nhold:\n  low_back_flexion: 30\n  rests_on: [pelvis]",
        [f"3: the chest or back goes 8 % {FLOOR}", f"3: the head goes 16 % {FLOOR}"],
    ),
    "a leg through the floor": (
        "base: prone\nhold:\n  left: {hip_flexion: 20}\n  rests_on: [pelvis]",
        [
            f"3: the left foot goes 18 % {FLOOR}",
            f"3: the left knee goes 6 % {FLOOR}",
            f"3: the left leg goes 11 % {FLOOR}",
            f"3: the left thigh goes 6 % {FLOOR}",
        ],
    ),
    "an arm through the floor": (
        "base: supine\nhold:\n  right: {shoulder_extension: 40}",
        [f"3: the right elbow goes 6 % {FLOOR}", f"3: the right hand goes 18 % {FLOOR}"],
    ),
    "toes through the floor": (
        f"{FREE}  left: {{ankle_plantarflexion: 50, foot: free}}\n  rests_on: [right foot]",
        [f"4: the left foot goes 7 % {FLOOR}"],
    ),
    "a foot above its ground": (
        f"{FREE}  left: {{hip_flexion: 60, knee_flexion: 60}}",
        ["4: the left foot is 12 % of the body's height above the floor"],
    ),
    "an arm through the body": (
        "base: standing\nhold:\n  right: {shoulder_adduction: 35, shoulder_flexion: 0, elbow_flexion: 0}",
        ["3: the right forearm goes through the body", "3: the right upper arm goes through the body"],
    ),
    "an arm through the other": (
        "base: standing\nhold:\n  both: {shoulder_flexion: 60, shoulder_adduction: 30, elbow_flexion: 20}",
        ["3: the right forearm goes through the left forearm"],
    ),
    "a leg through the other": (
        f"{FREE}  right: {{hip_adduction: 14, foot: free}}\n  rests_on: [left foot]",
        ["4: the right foot goes through the left foot", "4: the right shin goes through the left shin"],
    ),
    "an arm through the head": (
        "base: standing\nhold:\n  right: {shoulder_flexion: 140, shoulder_adduction: 32, elbow_flexion: 120}",
        ["3: the right forearm goes through the head"],
    ),
    "a hand through a wall": (
        "base: standing\nhold:\n  right: {shoulder_flexion: 90, elbow_flexion: 0}\n"
        "props: [{kind: wall, at: in front, gap: 0.3}]",
        ["3: the right forearm goes through the wall", "3: the right hand goes through the wall"],
    ),
    "a hand through a counter": (
        "base: standing\nhold:\n  right: {shoulder_flexion: 32, elbow_flexion: 0}\nprops: [{kind: counter, gap: 0.1}]",
        ["3: the right hand goes through the counter"],
    ),
    "a hand through a chair": (
        "base: sitting\nhold:\n  right: {shoulder_extension: 30, shoulder_abduction: 0, elbow_flexion: 50}\n"
        "props: [{kind: chair}]",
        ["3: the right hand goes through the chair"],
    ),
    "weight beside the feet": (
        "base: standing\nhold:\n  both: {hip_flexion: 85, knee_flexion: 80}",
        ["3: the body would topple: its weight falls 18 % of its height outside what carries it"],
    ),
    "on the tips of the fingers": (
        "base: standing\nhold:\n  lean: 180\n  rests_on: [hands]\n"
        "  both: {foot: free, shoulder_flexion: 180, elbow_flexion: 0, shoulder_abduction: 0}",
        ["3: nothing carries the body"],
    ),
    "one rest to level": (
        "base: standing\nhold:\n  lean: auto",
        ['3: "lean: auto" needs two parts in "rests_on"'],
    ),
    "one rest to roll": (
        "base: side-lying\nhold:\n  roll: auto\n  rests_on: [right foot]",
        ['3: "roll: auto" needs two parts in "rests_on"'],
    ),
    "no lean": (
        "base: standing\nhold:\n  lean: auto\n  rests_on: [right foot, right elbow]",
        ["3: no lean brings both the right foot and the right elbow to the floor"],
    ),
    "no roll": (
        "base: standing\nhold:\n  roll: auto\n  rests_on: [right foot, right elbow]",
        ["3: no roll brings both the right foot and the right elbow to the floor"],
    ),
    "a hand too far from the floor": (
        "base: standing\nhold:\n  right: {hand: floor}",
        ["3: the right hand cannot reach its place: 45 % of the body's height are missing"],
    ),
    "a hand that cannot be laid down": (
        "base: supine\nhold:\n  right: {shoulder_flexion: 90, hand: floor}",
        ["3: the right hand cannot be laid on the floor from here"],
    ),
    "a planted hand too far": (
        "base: quadruped\nstart: {}\nfinish:\n  lean: -60\nplanted: [hands]",
        ["4: the right hand cannot reach its place: 19 % of the body's height are missing"],
    ),
    "a planted foot too far": (
        "base: hook-lying\nstart: {}\nfinish:\n  lean: -60\n  rests_on: [shoulders]\nplanted: [feet]",
        ["4: the right foot cannot reach its place: 11 % of the body's height are missing"],
    ),
    "a hip that cannot lower the foot": (
        "base: standing\nhold:\n  left: {hip_flexion: 80, knee_flexion: 5}\n  rests_on: [right foot]",
        ["3: the left foot cannot meet the floor by moving the hip"],
    ),
    "a knee that cannot lower the foot": (
        "base: standing\nhold:\n  left: {hip_flexion: 120, adjust: knee}\n  rests_on: [right foot]",
        ["3: the left foot cannot meet the floor by moving the knee"],
    ),
}


@pytest.mark.parametrize("mistake", PLANTED)
def test_a_planted_mistake_is_found_and_named(problems: Problems, mistake: str) -> None:
    text, said = PLANTED[mistake]
    assert problems(text) == said


def test_a_supported_body_need_not_balance() -> None:
    text, _ = PLANTED["weight beside the feet"]
    solve(pose(f"{text}\nbalance: supported"), pose(text).place)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("hold: {}\nfinish: {}", '"hold" stands beside "start" or "finish"'),
        ("hold: {}\narrows: [{follow: head, push: head}]", 'an arrow says "follow" and "push"'),
        ("hold: {}\narrows: [{direction: up}]", "an arrow says nothing"),
        ("hold: {}\nmarks: [{plumb: head, effort: head}]", "a mark says one thing"),
        ("hold: {}\nmarks: [{line: [head]}]", '"line" has 1 item; 2 are needed'),
        ("hold: {}\nprops: [{kind: wall, gap: 25}]", '"25" is not a length'),
    ],
)
def test_words_that_cannot_be_a_pose(words: str, said: str) -> None:
    with pytest.raises(ContentError) as caught:
        pose(f"base: standing\n{words}")
    assert [p.message for p in caught.value.problems] == [said]


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
