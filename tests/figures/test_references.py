"""Solved bodies: their joints bend as the pose says, their landmarks are where they were, what carries them touches."""

from __future__ import annotations

import math
from typing import Any

import pytest
import yaml

from layouts.engine.figures import Exercise, Scene, solve
from layouts.engine.figures.bases import BASES, HIP_ABOVE_SEAT, SEAT
from layouts.engine.figures.posture import SIDES, Side
from layouts.engine.figures.scene import solve_scene, swapped
from layouts.engine.figures.skeleton import Skeleton, landmark

from . import measured
from .conftest import FOLDER, IDS, PLACE, load, pose

NEAR = 0.004  # H, of a landmark
TOUCHES = 0.006  # H
OPPOSITE = {
    "hip_extension": "hip_flexion",
    "hip_adduction": "hip_abduction",
    "shoulder_extension": "shoulder_flexion",
    "shoulder_adduction": "shoulder_abduction",
}
DRAWN = [i for i in IDS if i != "foot-roll"]


def stated(exercise: str, stage: str, side: Side) -> dict[str, Any]:
    """What the YAML itself says of a side in a position."""
    words = yaml.safe_load((FOLDER / f"{exercise}.yaml").read_text(encoding="utf-8"))["pose"]
    other: Side = "left" if side == "right" else "right"
    said: dict[str, Any] = {}
    for part in ("start", "finish")[: 2 if stage == "finish" else 1] if stage != "hold" else ("hold",):
        position = words.get(part) or {}
        for limb in ("both", other if words.get("mirror") else side):
            for name, value in (position.get(limb) or {}).items():
                name, sign = (OPPOSITE[name], -1) if name in OPPOSITE else (name, 1)
                said[name] = value * sign if isinstance(value, (int, float)) else value
    return said


def carrying(made: Exercise, scene: Scene) -> dict[str, tuple[str, ...]]:
    """What the body rests on in each position."""
    first = made.pose.hold or made.pose.start
    words = first.rests_on if first and first.rests_on else BASES[made.pose.base].rests
    start = tuple(swapped(w) if made.pose.mirror else w for w in words)
    return {"start": start, "finish": scene.rests, "hold": scene.rests}


def decided(scene: Scene, body: Skeleton, side: Side, joint: str, carriers: tuple[str, ...]) -> bool:
    """Whether a contact, and not the angle, decides a joint."""
    q = body.posture.legs[side], body.posture.arms[side]
    later = scene.start is not None and body is scene.main
    limb, both = ("foot", "feet") if joint.startswith(("hip", "knee")) else ("hand", "hands")
    if later and {f"{side} {limb}", both} & set(scene.planted):
        return True
    if limb == "hand":
        return q[1].hand != "free"
    rests = {"feet", f"{side} foot"} & set(carriers)
    return bool(q[0].adjust) or (q[0].foot != "free" and not rests)


def compare(exercise: str) -> list[tuple[str, float, float]]:
    """(position, side and joint, what the pose says, what was measured)"""
    made, out = load(exercise), []
    scene = solve(made.pose, made.place)
    for stage, body in measured.stages(scene):
        carriers = carrying(made, scene)[stage]
        for side in SIDES:
            said, found = stated(exercise, stage, side), measured.bends(body, side)
            for joint, value in found.items():
                if joint not in said or decided(scene, body, side, joint, carriers):
                    continue
                if joint == "shoulder_flexion" and abs(found["shoulder_abduction"]) > 70:
                    continue  # straight out to the side, forward and back have no meaning
                if joint == "shoulder_abduction" and said[joint] > 90:
                    continue  # above the shoulder, how far out it is says the angle twice
                turned = (value - said[joint] + 180) % 360 - 180
                out.append((f"{stage} {side} {joint}", said[joint], said[joint] + turned))
    return out


@pytest.mark.parametrize("exercise", DRAWN)
def test_joints_bend_as_the_pose_says(exercise: str) -> None:
    wrong = [f"{who}: {said} became {found:.1f}" for who, said, found in compare(exercise) if abs(said - found) > 0.6]
    assert wrong == []


def test_enough_joints_are_compared() -> None:
    found = {exercise: [who.split()[-1] for who, _, _ in compare(exercise)] for exercise in DRAWN}
    assert len([i for i in found if found[i]]) >= 10
    joints = [joint for names in found.values() for joint in names]
    often = ("knee_flexion", "hip_flexion", "elbow_flexion", "shoulder_flexion", "shoulder_abduction")
    assert all(joints.count(joint) >= 10 for joint in often)
    assert joints.count("hip_abduction") >= 2


@pytest.mark.parametrize(
    ("joint", "degrees"),
    [("knee_flexion", 64), ("hip_flexion", 33), ("hip_abduction", 21), ("elbow_flexion", 77),
     ("shoulder_flexion", 120), ("shoulder_abduction", 50)],
)  # fmt: skip
def test_the_measure_tells_one_angle_from_another(joint: str, degrees: int) -> None:
    for lean in (0, 20):
        arm = "" if joint == "shoulder_abduction" else "shoulder_abduction: 0, "
        text = f"base: standing\nhold:\n  lean: {lean}\n  right: {{{arm}{joint}: {degrees}, foot: free}}"
        found = measured.bends(solve_scene(pose(text), PLACE).main, "right")
        assert found[joint] == pytest.approx(degrees, abs=0.5)


def test_landmarks_are_where_they_were() -> None:
    wanted = _places(measured.FILE.read_text(encoding="utf-8").splitlines())
    found = _places(measured.table())
    assert found.keys() == wanted.keys(), "run tests/pages/update.py"
    moved = [f"{name}: {wanted[name]} -> {at}" for name, at in found.items() if math.dist(at, wanted[name]) > NEAR]
    assert moved == [], "a change that is meant is accepted with tests/pages/update.py"


def _places(lines: list[str]) -> dict[str, tuple[float, ...]]:
    return {name: tuple(map(float, at.split())) for name, at in (line.split(": ") for line in lines)}


@pytest.mark.parametrize("exercise", DRAWN)
def test_what_carries_the_body_touches_the_floor(exercise: str) -> None:
    made = load(exercise)
    scene, base = solve(made.pose, made.place), BASES[made.pose.base]
    rests = carrying(made, scene)
    for stage, body in measured.stages(scene):
        for part in rests[stage]:
            if base.seat and part == "pelvis":
                assert landmark(body, "pelvis")[1] == pytest.approx(SEAT + HIP_ABOVE_SEAT, abs=1e-6)
                continue
            for height in measured.heights(body, part):
                assert abs(height) < TOUCHES, f"{stage}: the {part} is at {height:.3f}"


def test_a_body_in_the_air_touches_nothing() -> None:
    body = solve(load("squat").pose, PLACE).main.moved((0.0, 0.01, 0.0))
    assert min(measured.heights(body, "feet")) > TOUCHES
    lying = solve(load("dead-bug").pose, PLACE).main
    assert abs(measured.heights(lying, "trunk")[0]) < TOUCHES < measured.heights(lying.moved((0, 0.01, 0)), "trunk")[0]
