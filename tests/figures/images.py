"""How eight exercises look, in colour above outline. `tests/pages/update.py` writes the references anew."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from layouts.engine.figures import MODELS, Exercise, Theme, paint, solve
from layouts.engine.figures.panel import Mode

from .conftest import load
from .render import side_by_side

FOLDER = Path(__file__).with_name("images")
DRAWN = (
    "bridge",
    "dead-bug",
    "side-bridge",
    "squat",
    "forward-lunge",
    "running",
    "scapular-squeeze",
    "ball-wall-squat",
)
DPI = 80
MODES: tuple[Mode, ...] = ("colour", "outline")


def picture(exercise: str) -> Image.Image:
    """A shipped exercise's drawing."""
    return drawing(load(exercise))


def drawing(made: Exercise) -> Image.Image:
    """Both editions of a drawing, one above the other."""
    scene = solve(made.pose, made.place)
    rows = [side_by_side(paint(scene, MODELS[made.model], Theme(), mode), DPI) for mode in MODES]
    sheet = Image.new("RGB", (rows[0].width, sum(row.height for row in rows)), "white")
    y = 0
    for row in rows:
        sheet.paste(row, (0, y))
        y += row.height
    return sheet


def write() -> int:
    """All references; how many."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    for exercise in DRAWN:
        picture(exercise).quantize(256).save(FOLDER / f"{exercise}.png", optimize=True)
    return len(DRAWN)
