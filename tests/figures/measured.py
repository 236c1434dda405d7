"""A solved body measured from outside: angles from where its landmarks are, and how low its parts come.

Nothing here uses the solver's own frames or angles. Lengths in H, angles in degrees.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from layouts.engine.figures import Scene, solve
from layouts.engine.figures.posture import OUTWARD, SIDES, Side
from layouts.engine.figures.sections import SHANK_SHAPE, THIGH_SHAPE, Section, limb, trunk
from layouts.engine.figures.skeleton import Skeleton, landmark

from .conftest import load

FILE = Path(__file__).with_name("references") / "landmarks.txt"
EXERCISES = (
    "bird-dog",
    "bridge",
    "dead-bug",
    "forward-lunge",
    "hamstring-stretch-sitting",
    "hip-hinge-shovel",
    "partial-sit-up",
    "prone-press-up",
    "running",
    "side-bridge",
    "squat",
    "wall-slide",
)
LIMBS = ("hip", "knee", "ankle", "heel", "toe", "shoulder", "elbow", "wrist", "hand")
LANDMARKS = ("pelvis", "low back", "chest", "crown", *(f"{side} {part}" for side in SIDES for part in LIMBS))
Array = Any


def stages(scene: Scene) -> Iterator[tuple[str, Skeleton]]:
    """The positions of a scene by name."""
    if scene.start:
        yield "start", scene.start
    yield ("finish" if scene.start else "hold"), scene.main


def table() -> list[str]:
    """Where every landmark is: "exercise, position, landmark: x y z"."""
    out = []
    for exercise in EXERCISES:
        made = load(exercise)
        for stage, body in stages(solve(made.pose, made.place)):
            for name in LANDMARKS:
                x, y, z = (round(v, 3) + 0.0 for v in landmark(body, name))
                out.append(f"{exercise}, {stage}, {name}: {x:.3f} {y:.3f} {z:.3f}")
    return out


def write() -> int:
    """The table anew; how many lines."""
    FILE.parent.mkdir(exist_ok=True)
    lines = table()
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(lines)


def bends(body: Skeleton, side: Side) -> dict[str, float]:
    """The angles of a side's big joints, in a pose's words."""

    def at(name: str) -> Array:
        return np.array(landmark(body, name))

    hip, knee, ankle = (at(f"{side} {n}") for n in ("hip", "knee", "ankle"))
    shoulder, elbow, wrist = (at(f"{side} {n}") for n in ("shoulder", "elbow", "wrist"))
    across = _unit(at("right hip") - at("left hip"))
    ahead = _unit((at("right hip") + at("left hip")) / 2 - at("pelvis"))  # the hips are a little before the middle
    hips = (ahead, np.cross(across, ahead), across)
    across = _unit(at("right shoulder") - at("left shoulder"))
    v = at("chest") - at("upper back")  # 0.14 ahead and 0.02 down
    p = np.cross(across, v)
    chest = (_unit(0.14 * v + 0.02 * p), _unit(0.14 * p - 0.02 * v), across)
    thigh, upper = _unit(knee - hip), _unit(elbow - shoulder)
    return {
        "knee_flexion": _between(hip - knee, ankle - knee),
        "elbow_flexion": _between(shoulder - elbow, wrist - elbow),
        "hip_flexion": _raised(thigh, hips),
        "hip_abduction": _out(thigh, hips, side),
        "shoulder_flexion": _raised(upper, chest),
        "shoulder_abduction": _out(upper, chest, side),
    }


def _unit(v: Array) -> Array:
    return v / np.linalg.norm(v)


def _between(a: Array, b: Array) -> float:
    """How far two bones are from one straight line."""
    return 180 - math.degrees(math.acos(max(-1.0, min(1.0, float(_unit(a) @ _unit(b))))))


def _raised(bone: Array, frame: tuple[Array, Array, Array]) -> float:
    return math.degrees(math.atan2(float(bone @ frame[0]), -float(bone @ frame[1])))


def _out(bone: Array, frame: tuple[Array, Array, Array], side: Side) -> float:
    return math.degrees(math.asin(max(-1.0, min(1.0, float(bone @ frame[2]) * OUTWARD[side]))))


def heights(body: Skeleton, part: str) -> list[float]:
    """How high each of the things is that `rests_on` calls by a name: the feet are two, the trunk is one."""
    sides: tuple[Side, ...] = tuple(s for s in SIDES if part.startswith(s)) or SIDES
    word = part.removeprefix("right ").removeprefix("left ")
    torso = trunk(body)[1:]
    if word in ("foot", "feet"):
        return [
            min(landmark(body, f"{s} {n}")[1] for n in ("heel", "foot", "toe")) - body.posture.legs[s].height
            for s in sides
        ]
    if word in ("knee", "knees"):
        return [landmark(body, f"{s} knee")[1] - 0.030 - body.posture.legs[s].knee_height for s in sides]
    if word in ("elbow", "elbows"):
        return [landmark(body, f"{s} elbow")[1] - 0.021 for s in sides]
    if word == "hands":
        return [_hand(body, s) for s in sides]
    if word == "pelvis":
        return [_edge(torso[:4])]
    if word == "legs":
        return [min(_edge(_leg(body, s)) for s in SIDES)]  # one may lift while the other lies
    if word == "side":
        return [min(_edge(torso), _edge(_leg(body, "right")))]
    half = 0.054 if abs(body.posture.trunk.neck_twist) > 45 else 0.064  # of its width, or of its depth
    skull = landmark(body, "head")[1] - half
    return [min(skull, _edge(torso if word == "trunk" else torso[4:]))]


def _hand(body: Skeleton, side: Side) -> float:
    wrist = landmark(body, f"{side} wrist")[1]
    return wrist - 0.028 if body.arms[side].flat else min(wrist - 0.012, body.arms[side].tip[1] - 0.009)


def _leg(body: Skeleton, side: Side) -> list[Section]:
    leg = body.legs[side]
    thigh = limb(leg.hip, leg.knee, THIGH_SHAPE, leg.thigh, 0.3)
    return thigh + limb(leg.knee, leg.ankle, SHANK_SHAPE, leg.shank, 0.0, 0.8)


def _edge(sections: list[Section]) -> float:
    """The lowest of many points round cross-sections."""
    turns = [math.radians(a) for a in range(0, 360, 3)]
    return min(
        s.at[1]
        + (s.front - s.back) / 2 * s.frame.f[1]
        + (s.front + s.back) / 2 * math.cos(t) * s.frame.f[1]
        + s.side * math.sin(t) * s.frame.s[1]
        for s in sections
        for t in turns
    )
