"""Exercise figures drawn from poses: a dozen lines of YAML become an illustration.

`solve` puts a pose on the floor and judges it; `paint` turns the solved scene into PDF operators for one person and
one brand. Angles are degrees, lengths fractions of body height H; nothing here knows pages or ReportLab.
"""

from __future__ import annotations

from ..problems import ContentError, Place
from .checks import judge
from .describe import describe
from .exercise import Exercise, check_links
from .paint import HEIGHT, Panel, paint_scene
from .part import MODELS, BodyModel
from .pose import Pose
from .scene import Scene, solve_scene
from .theme import Mode, Theme


def solve(pose: Pose, place: Place) -> Scene:
    """The pose standing on the floor. Raises ContentError with every mistake a clinician can mend."""
    scene = solve_scene(pose, place)
    if wrong := judge(scene):
        raise ContentError(wrong)
    return scene


def paint(scene: Scene, body_model: BodyModel, theme: Theme, mode: Mode, height: float = HEIGHT) -> list[Panel]:
    """The scene's panels for a body `height` points high in print. The same input gives the same bytes."""
    return paint_scene(scene, body_model, theme, mode, height)


__all__ = [
    "HEIGHT",
    "MODELS",
    "BodyModel",
    "Exercise",
    "Mode",
    "Panel",
    "Pose",
    "Scene",
    "Theme",
    "check_links",
    "describe",
    "paint",
    "solve",
]
