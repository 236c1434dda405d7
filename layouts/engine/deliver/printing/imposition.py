"""Several pages on one side of a sheet: booklets to fold and staple, and two pages side by side.

What comes out is for a printer: it is not tagged and claims no standard, so it is never kept in place of the handout.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pikepdf

from .paper import opened, seen_size

Side = tuple[int | None, int | None]  # the pages at the left and at the right, counted from 0; None is blank
Way = Literal["booklet", "two-up"]


@dataclass(frozen=True)
class Imposed:
    """Sheets as a PDF. `share` is how large the pages stand on them: 0.71 is 71 % of their size."""

    data: bytes
    sides: int
    share: float


def booklet_sides(pages: int) -> list[Side]:
    """The sides of a saddle-stitched booklet, front and back of the outermost sheet first. Blanks fill the end.

    Of 8 pages: 8|1, 2|7, 6|3, 4|5.
    """
    whole = -(-pages // 4) * 4

    def page(number: int) -> int | None:
        return number if number < pages else None

    sides: list[Side] = []
    for first in range(0, whole // 2, 2):
        sides.append((page(whole - 1 - first), page(first)))
        sides.append((page(first + 1), page(whole - 2 - first)))
    return sides


def two_up_sides(pages: int) -> list[Side]:
    """Two pages a side, in reading order; the last one's right half may be blank."""
    return [(first, first + 1 if first + 1 < pages else None) for first in range(0, pages, 2)]


ORDERS: dict[Way, Callable[[int], list[Side]]] = {"booklet": booklet_sides, "two-up": two_up_sides}


def impose(path: Path, way: Way) -> Imposed:
    """The PDF's pages on lying sheets of the same paper. Raises ContentError for a PDF that cannot be read."""
    with opened(path) as source, pikepdf.new() as sheets:
        _ink_annotations(source)
        width, height = _sheet(source)
        forms = [_form(source, page, sheets) for page in source.pages]
        sides = ORDERS[way](len(forms))
        share = 1.0
        for side in sides:
            page = sheets.add_blank_page(page_size=(width, height))
            for half, number in enumerate(side):
                if number is not None:
                    share = min(share, _place(page, forms[number], half, width / 2, height))
        sheets.Root.ViewerPreferences = pikepdf.Dictionary(
            PrintScaling=pikepdf.Name("/None"), Duplex=pikepdf.Name.DuplexFlipShortEdge
        )
        out = io.BytesIO()
        sheets.save(out, deterministic_id=True)
        return Imposed(out.getvalue(), len(sides), share)


def _ink_annotations(source: Any) -> None:
    """What is filled into fields becomes part of the page: annotations stay behind when a page is placed."""
    source.generate_appearance_streams()
    source.flatten_annotations("print")


def _sheet(source: Any) -> tuple[float, float]:
    """Width and height of the lying sheet: the paper of the largest page."""
    largest = max((seen_size(page) for page in source.pages), key=lambda size: size[0] * size[1])
    return max(largest), min(largest)


def _form(source: Any, page: Any, sheets: Any) -> Any:
    """The page as a picture of itself, cropped and turned as it is seen. Its tags do not come along."""
    return sheets.copy_foreign(source.make_indirect(page.as_form_xobject()))


def _place(page: Any, form: Any, half: int, width: float, height: float) -> float:
    """Puts a page into the left (0) or right (1) half of a side; how large it stands there."""
    name = page.add_resource(form, pikepdf.Name.XObject, pikepdf.Name(f"/Half{half}"))
    into = pikepdf.Rectangle(half * width, 0, (half + 1) * width, height)
    content = page.calc_form_xobject_placement(form, name, into)
    page.contents_add(content)
    return _scale(content)


def _scale(content: bytes) -> float:
    """How much the placement shrinks: its operator is `a b c d e f cm`."""
    words = content.split()
    first = words.index(b"cm") - 6
    return float(words[first])
