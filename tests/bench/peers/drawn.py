"""A drawing for ReportLab in the form that costs it least: PDF operators that go into the page as they are."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from reportlab.platypus import Flowable


class Drawing(Flowable):  # type: ignore[misc]
    """The operators of a file; width and height in points."""

    def __init__(self, path: str, width: float, height: float) -> None:
        super().__init__()
        self.path, self.width, self.height = path, width, height

    def draw(self) -> None:
        self.canv.saveState()
        self.canv._code.append(operators(self.path))
        self.canv.restoreState()


@lru_cache(maxsize=100)
def operators(path: str) -> str:
    """A file's operators, read once."""
    return Path(path).read_text(encoding="ascii")


def plugged(text: str) -> Drawing:
    """For RML: WIDTH HEIGHT PATH."""
    width, height, path = text.split(maxsplit=2)
    return Drawing(path, float(width), float(height))
