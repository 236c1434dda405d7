"""References: where every word of the shipped guides stands, and how a few pages look. `update.py` writes them anew.

A line is "page x y size words": the page from 1, then where the words start, in points from the lower left corner,
and how high they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image

from .paint import Box
from .printed import EDITIONS, GUIDES, Printed, shipped

FOLDER = Path(__file__).with_name("reference")
NEAR = 1.0  # points
WORDS = [(guide, edition) for guide in GUIDES for edition in EDITIONS]
PAGES = {
    "running-standard-1": ("running-and-back-pain", "guide", "standard", "letter", 0),
    "running-standard-2": ("running-and-back-pain", "guide", "standard", "letter", 1),
    "running-ink-saver-1": ("running-and-back-pain", "guide", "ink-saver", "letter", 0),
    "running-large-print-1": ("running-and-back-pain", "guide", "large-print", "letter", 0),
    "running-poster": ("running-and-back-pain", "poster", "standard", "tabloid", 0),
    "balance-standard-1": ("back-pain-and-balance", "guide", "standard", "letter", 0),
}


def word_file(guide: str, edition: str) -> Path:
    """The reference of a guide's words."""
    return FOLDER / f"{guide}-{edition}.txt"


@cache
def word_lines(handout: Printed) -> list[str]:
    """Every line of words of a handout with its place, as PDFium finds them."""
    return list(_word_lines(handout))


def _word_lines(handout: Printed) -> Iterator[str]:
    document = pypdfium2.PdfDocument(BytesIO(handout.data))
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        line: list[str] = []
        place = (0.0, 0.0, 0.0)  # left edge, foot and height of the line's first word
        right = 0.0
        for word, (x0, y0, x1, y1) in _words(text):
            if line and (abs(y0 - place[1]) > NEAR or not -NEAR < x0 - right < y1 - y0):
                yield f"{number + 1} {place[0]:.0f} {place[1]:.0f} {place[2]:.0f} {' '.join(line)}"
                line = []
            if not line:
                place = (x0, y0, y1 - y0)
            line.append(word)
            right = x1
        if line:
            yield f"{number + 1} {place[0]:.0f} {place[1]:.0f} {place[2]:.0f} {' '.join(line)}"
        text.close()
        page.close()
    document.close()


def _words(text: Any) -> Iterator[tuple[str, Box]]:
    """The words of a page with their boxes."""
    characters = text.get_text_range()
    for match in re.finditer(r"\S+", characters):
        first, last = (text.get_charbox(i, loose=True) for i in (match.start(), match.end() - 1))
        yield match[0], (first[0], first[1], last[2], first[3])


def differences(found: list[str], wanted: list[str]) -> list[str]:
    """What stands elsewhere, or is another word, than the reference says."""
    said = []
    for i in range(max(len(found), len(wanted))):
        is_, was = found[i] if i < len(found) else "nothing", wanted[i] if i < len(wanted) else "nothing"
        if not _same(is_, was):
            said.append(f"{was}  ->  {is_}")
    return said


def _same(one: str, other: str) -> bool:
    a, b = one.split(" ", 4), other.split(" ", 4)
    if len(a) != 5 or len(b) != 5 or (a[0], a[4]) != (b[0], b[4]):
        return False
    return all(abs(float(x) - float(y)) <= NEAR for x, y in zip(a[1:4], b[1:4], strict=True))


def picture(name: str) -> Image.Image:
    """A page at 60 dots an inch."""
    *handout, number = PAGES[name]
    guide, layout, edition, paper = map(str, handout)
    document = pypdfium2.PdfDocument(BytesIO(shipped(guide, layout, edition, paper).data))
    image: Image.Image = document[int(number)].render(scale=60 / 72).to_pil().convert("RGB")
    document.close()
    return image


def unlike(found: Image.Image, wanted: Image.Image) -> tuple[float, float]:
    """How much two pictures differ: their mean difference (0 to 255), and the share of pixels that plainly do."""
    if found.size != wanted.size:
        return 255.0, 1.0
    gap = np.abs(np.asarray(found, dtype=np.int16) - np.asarray(wanted, dtype=np.int16)).max(axis=2)
    return float(gap.mean()), float((gap > 64).mean())


def red_and_green(found: Image.Image, wanted: Image.Image) -> Image.Image:
    """Both pictures over each other: red is what came, green is what went, grey is what stayed."""
    old, new = wanted.convert("L"), found.convert("L").resize(wanted.size)
    return Image.merge("RGB", (old, new, Image.blend(old, new, 0.5)))
