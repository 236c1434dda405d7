"""Hands that hold the body's own legs or the other shoulder, a towel round a foot, and how they are painted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from layouts.engine.figures import MODELS, Scene, solve
from layouts.engine.figures.body import figure
from layouts.engine.figures.camera import Camera
from layouts.engine.figures.flat import ends
from layouts.engine.figures.posture import SIDES, Side
from layouts.engine.figures.props import Setting, place
from layouts.engine.figures.shoe import shoe
from layouts.engine.figures.skeleton import Leg, Skeleton
from layouts.engine.figures.vec import Vec, along, cross, dot, lerp, norm, sub, unit

from .conftest import load

Solved = Callable[[str], Scene]
HUG = "base: hook-lying\nmirror: {}\nhold:\n  right: {{foot: free, hip_flexion: 120, knee_flexion: 120, {}}}\n"
HUG += "  left: {{{}}}"
UP = "base: supine\nhold:\n  both: {shoulder_flexion: 45, elbow_flexion: 60, fingers: fist}\n"
UP += "  right: {hip_flexion: 80}\nprops: [{kind: towel, at: round right foot}]"


def _off(a: Vec, b: Vec, p: Vec) -> float:
    """How far a point is from the line through a and b."""
    return norm(cross(unit(sub(b, a)), sub(p, a)))


def _over_the_shirt(scene: Scene) -> list[str]:
    """The limbs painted after the shirt."""
    parts = figure(scene.camera, scene.main, MODELS[0])
    shirt = next(i for i, p in enumerate(parts) if p.kind == "top" and not p.limb)
    return [p.limb for p in parts[shirt:]]


@pytest.mark.parametrize(("mirror", "held"), [("no", "right"), ("yes", "left")])
def test_both_hands_hold_one_shin(solved: Solved, mirror: str, held: Side) -> None:
    hand = "hand: round right shin"
    body = solved(HUG.format(mirror, hand, hand)).main
    leg = body.legs[held]
    for side in SIDES:
        palm = body.arms[side].palm
        assert 0.03 < _off(leg.knee, leg.ankle, palm) < 0.07
        assert dot(sub(palm, leg.knee), leg.shank.f) > 0, "over the shin, not in the bend of the knee"


def test_both_hands_hold_the_back_of_one_thigh(solved: Solved) -> None:
    hand = "hand: behind right thigh"
    body = solved(HUG.format("no", hand, hand)).main
    leg = body.legs["right"]
    for side in SIDES:
        palm = body.arms[side].palm
        assert 0.03 < _off(leg.hip, leg.knee, palm) < 0.08
        assert dot(sub(palm, leg.hip), leg.thigh.f) < 0


def test_arms_cross_on_the_chest(solved: Solved) -> None:
    scene = solved("base: hook-lying\nhold:\n  both: {hand: other shoulder}")
    body = scene.main
    assert body.arms["right"].palm[2] < 0 < body.arms["left"].palm[2]
    assert "far arm" in _over_the_shirt(scene)
    assert "far arm" not in _over_the_shirt(solved("base: hook-lying\nhold: {}"))


def test_a_towel_round_a_foot_runs_from_sole_to_hands(solved: Solved) -> None:
    scene = solved(UP)
    placed = place(Setting(scene.main, scene.bodies, scene.pose, scene.camera, None))
    near = [p for p in placed.front if p.kind == "towel"]
    assert [p.kind for p in placed.behind] == ["towel"]
    leg = scene.main.legs["right"]
    sole = along(leg.ankle, (leg.foot.f, 0.045), (leg.foot.u, -0.054))
    way = ends(near[0].paths[0])
    assert way[0] == pytest.approx(scene.camera(sole))
    assert way[-1] == pytest.approx(scene.camera(scene.main.arms["right"].palm))


def test_the_ball_is_as_high_as_the_heels() -> None:
    made = load("ball-bridge")
    scene = solve(made.pose, made.place)
    placed = place(Setting(scene.main, scene.bodies, scene.pose, scene.camera, None))
    ball = next(p for p in placed.behind if p.kind == "ball").paths[0]
    for body in scene.bodies:
        middle = lerp(body.legs["right"].heel, body.legs["left"].heel, 0.5)
        assert max(p[1] for p in ends(ball)) == pytest.approx(scene.camera(middle)[1], abs=0.04)


@pytest.mark.parametrize(("way", "sign"), [("rotation_left", -1), ("rotation_right", 1)])
def test_the_chest_turns_to_the_side_that_is_written(solved: Solved, way: str, sign: int) -> None:
    body: Skeleton = solved(f"base: standing\nhold: {{{way}: 30}}").main
    assert dot(body.thorax.f, body.pelvis.s) * sign > 0.4


def test_a_shoe_seen_from_above_keeps_its_width(solved: Solved) -> None:
    leg: Leg = solved("base: standing\nhold: {both: {hip_external_rotation: 0}}").main.legs["right"]
    xs = [p[0] for op in shoe(Camera(90, 60), leg, False)[0].paths[0] for p in op[1:]]
    assert max(xs) - min(xs) > 0.05
