"""Reading a PDF that is to be printed: how many pages, and on which paper they fit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

from ...draw.styles import PAPERS
from ...problems import Place, problem

CLOSE = 4  # points by which a page may differ from a paper's size: A4 is written with and without decimals


@dataclass(frozen=True)
class Pages:
    """Of a PDF: how many pages, and the first one's width and height in points as a reader sees it."""

    count: int
    width: float
    height: float

    @property
    def landscape(self) -> bool:
        """Whether it lies on its side."""
        return self.width > self.height

    @property
    def paper(self) -> str | None:
        """The paper's name, upright or lying; None when it is no paper of ours."""
        size = sorted((self.width, self.height))
        for name, known in PAPERS.items():
            if all(abs(a - b) <= CLOSE for a, b in zip(size, sorted(known), strict=True)):
                return name
        return None


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """The PDF, as pikepdf reads it. Raises ContentError for a file that cannot be printed."""
    place = Place(str(path))
    try:
        pdf = pikepdf.open(path)
    except pikepdf.PasswordError:
        hint = "Open it in your PDF viewer with its password, and print it from there."
        raise problem(place, "this PDF is protected by a password", hint) from None
    except pikepdf.PdfError:
        raise problem(place, "this is no PDF, or it is damaged", "Make it again, then print it.") from None
    except FileNotFoundError:
        raise problem(place, "there is no such file", "Look at its name and folder.") from None
    except OSError as error:
        raise problem(place, f"this file cannot be read ({error.strerror or error})") from None
    with pdf:
        if not len(pdf.pages):
            raise problem(place, "this PDF has no pages", "Make it again, then print it.")
        yield pdf


def pages(path: Path) -> Pages:
    """How many pages a PDF has, and how large they are. Raises ContentError."""
    with opened(path) as pdf:
        return Pages(len(pdf.pages), *seen_size(pdf.pages[0]))


def seen_size(page: Any) -> tuple[float, float]:
    """A page's width and height in points, as it is seen after cropping and turning."""
    left, bottom, right, top = (float(x) for x in page.cropbox)
    unit = float(_inherited(page.obj, "/UserUnit", 1))
    width, height = abs(right - left) * unit, abs(top - bottom) * unit
    return (height, width) if int(_inherited(page.obj, "/Rotate", 0)) % 180 else (width, height)


def _inherited(node: Any, key: str, otherwise: float) -> Any:
    for _ in range(64):  # a page tree is never as deep, unless it is broken
        if key in node:
            return node[key]
        if "/Parent" not in node:
            break
        node = node.Parent
    return otherwise
