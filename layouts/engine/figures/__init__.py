"""Exercise figures drawn from poses: a dozen lines of YAML become an illustration.

`solve` puts a pose on the floor and judges it; `paint` turns the solved scene into PDF operators for one person and
one brand. Angles are degrees, lengths fractions of body height H; nothing here knows pages or ReportLab.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..problems import ContentError, Place
from .panel import Mode, Panel, Theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .description import describe
    from .exercise import Exercise, check_links
    from .painter import HEIGHT, unpainted
    from .part import MODELS, BodyModel
    from .picture import Picture, pictures
    from .pose import Pose
    from .scene import Scene

_ROOMS = {
    "describe": "description",
    "pictures": "picture",
    "unpainted": "painter",
    "Exercise": "exercise",
    "check_links": "exercise",
    "HEIGHT": "painter",
    "MODELS": "part",
    "BodyModel": "part",
    "Pose": "pose",
    "Scene": "scene",
}


def __getattr__(name: str) -> Any:
    """Most runs find their drawings in the cache, so the rooms that make them open when they are asked for."""
    if name not in _ROOMS:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f".{_ROOMS[name]}", __name__), name)


def solve(pose: Pose, place: Place) -> Scene:
    """The pose standing on the floor. Raises ContentError with every mistake a clinician can mend."""
    from .checks import judge
    from .scene import solve_scene

    scene = solve_scene(pose, place)
    if wrong := judge(scene):
        raise ContentError(wrong)
    return scene


def paint(
    scene: Scene, body_model: BodyModel, theme: Theme, mode: Mode, height: float = 128.0, shown: Sequence[Picture] = ()
) -> list[Panel]:
    """The scene's panels for a body `height` points high in print; `shown` are its `pictures`, if they are there
    already. The same input gives the same bytes."""
    from .painter import paint_scene

    return paint_scene(scene, body_model, theme, mode, height, shown)


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
    "pictures",
    "solve",
    "unpainted",
]
