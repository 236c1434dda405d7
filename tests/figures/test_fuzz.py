"""Random poses are drawn, or refused with words; nothing else. Every base, view, joint, prop, arrow and mark occurs."""

from __future__ import annotations

import random
import re
from collections import Counter
from typing import Any, get_args

import pytest
import yaml

from layouts.engine.figures import MODELS, Theme, describe, paint, solve
from layouts.engine.figures.limits import RANGES
from layouts.engine.figures.panel import Mode
from layouts.engine.figures.pose import (
    Anchor,
    Base,
    Foot,
    Grip,
    Hand,
    Landmark,
    Planted,
    PropKind,
    PropPlace,
    Support,
    View,
)
from layouts.engine.figures.scene import solve_scene
from layouts.engine.problems import ContentError

from .conftest import PLACE, pose

NUMBER = re.compile(r"-?\d+(\.\d{1,3})?")
WORD = re.compile(r"[a-zA-Z*]+|\[|\]")
OPERATORS = {"q", "Q", "re", "W", "n", "j", "J", "RG", "rg", "w", "d", "m", "l", "c", "h", "S", "f", "cm", "[", "]"}
# How a pose writes the angles of `RANGES`: positive, negative.
LIMB = {
    "hip": ("hip_flexion", "hip_extension"),
    "hip_abduction": ("hip_abduction", "hip_adduction"),
    "hip_rotation": ("hip_external_rotation", "hip_internal_rotation"),
    "knee": ("knee_flexion", "knee_extension"),
    "ankle": ("ankle_dorsiflexion", "ankle_plantarflexion"),
    "toes": ("toe_extension", "toe_flexion"),
    "shoulder": ("shoulder_flexion", "shoulder_extension"),
    "shoulder_abduction": ("shoulder_abduction", "shoulder_adduction"),
    "shoulder_rotation": ("shoulder_external_rotation", "shoulder_internal_rotation"),
    "elbow": ("elbow_flexion", "elbow_extension"),
    "forearm": ("forearm_pronation", "forearm_supination"),
    "wrist": ("wrist_flexion", "wrist_extension"),
}
TRUNK = {
    "low_back": ("low_back_flexion", "low_back_extension"),
    "upper_back": ("upper_back_flexion", "upper_back_extension"),
    "side": ("side_bend_right", "side_bend_left"),
    "twist": ("rotation_left", "rotation_right"),
    "neck": ("neck_flexion", "neck_extension"),
}
ONE_WAY = ("knee", "toes", "elbow")  # written in one direction only


class Chance(random.Random):
    """Pieces of poses. `share` is how far through its range a joint goes."""

    share = 0.3

    def likely(self, share: float) -> bool:
        """True so often."""
        return self.random() < share

    def length(self, low: float, high: float) -> float:
        """A likely length; now and then none, or the longest that may be written."""
        return self.choice((0, 2, -2)) if self.likely(0.1) else round(self.uniform(low, high), 2)

    def angles(self, words: dict[str, tuple[str, str]], often: float) -> dict[str, Any]:
        """Some joints at some angles."""
        said: dict[str, Any] = {}
        for joint, (more, less) in words.items():
            if self.likely(often):
                r = RANGES[joint]
                value = round(self.uniform(r.low, r.high) * self.share, self.choice((0, 1)))
                if joint in ONE_WAY or value >= 0:
                    said[more] = value
                else:
                    said[less] = -value
        return said

    def limbs(self, calm: bool) -> dict[str, Any]:
        """An arm and a leg."""
        said = self.angles(LIMB, 0.3)
        if calm:
            said |= {"foot": "free", "hand": "free"}
        for name, kind in (("foot", Foot), ("hand", Hand)):
            if not calm and self.likely(0.2):
                said[name] = self.choice(get_args(kind))
        if self.likely(0.3):
            said["fingers"] = self.choice(get_args(Grip))
        for name, share in (("foot_angle", 40), ("shoulder_blade_back", 25)):
            if self.likely(0.1):
                said[name] = round(self.uniform(-0.3 * share, share))
        if self.likely(0.05):
            said["foot_height"] = round(self.uniform(0, 0.2), 2)
        if not calm and self.likely(0.05):
            said["adjust"] = self.choice(("hip", "knee"))
        return said

    def stage(self, calm: bool) -> dict[str, Any]:
        """A position."""
        said = self.angles(TRUNK, 0.3)
        for name, most in (("lean", 40), ("roll", 30), ("turn", 60)):
            if self.likely(0.25):
                said[name] = round(self.uniform(-most, most) * self.share)
        if not calm and self.likely(0.04):
            said[self.choice(("lean", "roll"))] = "auto"
        for side in ("both", "right", "left"):
            if self.likely(0.6):
                said[side] = self.limbs(calm)
        if not calm and self.likely(0.25):
            said["rests_on"] = self.sample(get_args(Support), self.choice((1, 1, 2)))
        return said

    def arrow(self) -> dict[str, Any]:
        """A movement."""
        ways = ("follow", "press", "push", "pull", "beside", "turn")
        said: dict[str, Any] = {self.choice(ways): self.choice(get_args(Landmark))}
        if self.likely(0.7):
            said["direction"] = self.choice(("up", "down", "forward", "back", "inward", "outward"))
        for name, low, high in (
            ("length", 0.0, 0.4), ("shift_x", -0.2, 0.2), ("shift_y", -0.2, 0.2), ("radius", 0.0, 0.3),
            ("from_angle", -180, 180), ("to_angle", -180, 180),
        ):  # fmt: skip
            if self.likely(0.2):
                said[name] = self.length(low, high) if high < 1 else round(self.uniform(low, high))
        return said

    def prop(self) -> dict[str, Any]:
        """A thing."""
        said: dict[str, Any] = {"kind": self.choice(get_args(PropKind))}
        if self.likely(0.6):
            said["at"] = self.choice(get_args(PropPlace))
        for name, low, high in (("gap", -0.05, 0.6), ("height", 0.0, 0.6), ("tied_at", 0.0, 0.99)):
            if self.likely(0.15):
                said[name] = self.length(low, high)
        return said

    def mark(self) -> dict[str, Any]:
        """A line or a sign."""
        parts = get_args(Landmark)
        kind = self.choice(("plumb", "line", "effort"))
        return {kind: [self.choice(parts), self.choice(parts)] if kind == "line" else self.choice(parts)}

    def pose(self, calm: bool) -> dict[str, Any]:
        """A whole pose."""
        said: dict[str, Any] = {"base": self.choice(get_args(Base)), "view": self.choice(get_args(View))}
        if self.likely(0.4):
            said["hold"] = self.stage(calm)
        else:
            said |= {"start": self.stage(calm), "finish": self.stage(calm)}
            if self.likely(0.3):
                said["planted"] = [self.choice(get_args(Planted))]
            if self.likely(0.2):
                said["stays"] = self.choice(get_args(Anchor))
        if self.likely(0.2):
            said |= {"yaw": self.randint(-180, 180), "pitch": self.choice((-90, 0, 90, *range(-60, 80)))}
        said["facing"] = self.choice(("right", "left"))
        said["mirror"] = self.choice(("yes", "no"))
        said["show"] = self.choice(("ghost", "panels"))
        said["balance"] = self.choice(("supported", "supported", "moving", "still"))
        for name, make, most in (("props", self.prop, 2), ("arrows", self.arrow, 3), ("marks", self.mark, 2)):
            if many := self.randint(0, most):
                said[name] = [make() for _ in range(many)]
        if self.likely(0.01):
            said["strip"] = "foot roll"
        return said


def drawn_or_refused(number: int) -> tuple[str, dict[str, Any]]:
    """One random pose: what became of it ("drawn", "refused", "unreadable"), and its words."""
    chance = Chance(number)
    calm = number % 2 == 0
    chance.share = 0.15 if calm else chance.choice((0.5, 0.9, 1.05))
    words = chance.pose(calm)
    text = yaml.safe_dump(words, sort_keys=False).replace("'", "")
    outcome = "drawn"
    try:
        made = pose(text)
    except ContentError as error:
        assert all(p.message for p in error.problems)
        return "unreadable", words
    try:
        scene = solve(made, PLACE)
    except ContentError as error:
        assert all(p.message and p.place.file for p in error.problems)
        outcome = "refused"
        try:
            scene = solve_scene(made, PLACE)  # what was judged badly must not trouble the painter either
        except ContentError:
            return outcome, words
    mode: Mode = chance.choice(("colour", "outline"))
    for panel in paint(scene, chance.choice(MODELS), Theme(), mode):
        assert all(abs(v) < 6 for v in panel.box), (number, panel.box)
        for word in panel.operators.decode().replace("[", "[ ").replace("]", " ]").split():
            if word not in OPERATORS:
                assert NUMBER.fullmatch(word) and abs(float(word)) < 2000, (number, word)
    assert describe(scene).endswith(".")
    return outcome, words


def _all(numbers: range) -> tuple[Counter[str], Counter[str]]:
    outcomes: Counter[str] = Counter()
    said: Counter[str] = Counter()
    for number in numbers:
        outcome, words = drawn_or_refused(number)
        outcomes[outcome] += 1
        if outcome != "unreadable":
            said.update(set(_words(words)))
    return outcomes, said


def _words(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [str(k) for k in value] + [w for v in value.values() for w in _words(v)]
    return [w for v in value for w in _words(v)] if isinstance(value, list) else [str(value)]


def test_random_poses_are_drawn_or_refused() -> None:
    outcomes, _ = _all(range(200))
    assert outcomes["drawn"] > 40 and outcomes["refused"] > 40 and outcomes["unreadable"] < 30, outcomes


@pytest.mark.matrix
def test_a_thousand_random_poses_are_drawn_or_refused() -> None:
    outcomes, said = _all(range(200, 1200))
    assert outcomes["drawn"] > 200 and outcomes["refused"] > 200 and outcomes["unreadable"] < 150, outcomes
    kinds = (Anchor, Base, Foot, Grip, Hand, Landmark, Planted, PropKind, PropPlace, Support, View)
    missing = [w for kind in kinds for w in get_args(kind) if not said[w]]
    assert missing == []
