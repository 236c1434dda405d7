"""What may never happen on a page, whatever the content: overlaps, cut boxes, stray lines, headings without text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from .paint import Box, Paint
from .tagtree import Node, Tagged

LEAVES = ("H1", "H2", "H3", "P", "LBody", "Lbl", "TH", "TD", "Figure")


def problems(pdf: Any) -> list[str]:
    """Everything that is wrong with how a file's pages look."""
    tagged = Tagged(pdf)
    return [
        *tagged.problems,
        *_overlaps(tagged),
        *_frames(tagged),
        *_boxes(tagged),
        *_last_headings(tagged),
        *_single_lines(tagged),
    ]


def _said(paint: Paint) -> str:
    return f'page {paint.page + 1}: {paint.kind} "{paint.text.strip()[:40]}" at {[round(v) for v in paint.box]}'


def _meet(a: Box, b: Box, by: float) -> bool:
    """True when two boxes share more than a strip `by` points wide."""
    return min(a[2], b[2]) - max(a[0], b[0]) > by and min(a[3], b[3]) - max(a[1], b[1]) > by


def _overlaps(tagged: Tagged) -> Iterator[str]:
    """No words stand on words or pictures."""
    for page in tagged.pages:
        things = [p for p in page.paints if (p.kind == "text" and p.text.strip()) or p.kind == "image"]
        for i, one in enumerate(things):
            for other in things[i + 1 :]:
                if _meet(one.box, other.box, 1.5):
                    yield f"{_said(one)} overlaps {_said(other)}"


def _frames(tagged: Tagged) -> Iterator[str]:
    """Content stays between the margins, under the head and above the foot's rule; the furniture stays on the paper."""
    for page, sheet in zip(tagged.pages, tagged.pdf.pages, strict=True):
        if not page.paints:  # the blank back of a sheet in a print job
            continue
        rules = {
            name: [p.box for p in page.paints if p.kind == "stroke" and p.bracket and p.bracket.subtype == name]
            for name in ("Header", "Footer")
        }
        # the head's rules are its only strokes as wide as this
        ceiling = min(box[1] for box in rules["Header"] if box[2] - box[0] > 60)
        floor = max(box[3] for box in rules["Footer"] if box[2] - box[0] > 60)
        left = min(box[0] for box in rules["Footer"])
        right = float(sheet.mediabox[2]) - left
        for paint in page.paints:
            x0, y0, x1, y1 = paint.box
            if paint.kind == "text" and not paint.text.strip():
                continue
            if x0 < left - 1 or x1 > right + 1:
                yield f"{_said(paint)} leaves the margins {left:.0f} to {right:.0f}"
            if paint.bracket and not paint.bracket.subtype and (y0 < floor or y1 > ceiling):
                yield f"{_said(paint)} leaves the frame {floor:.0f} to {ceiling:.0f}"


def _boxes(tagged: Tagged) -> Iterator[str]:
    """Words are wholly inside a box or wholly outside."""
    for page in tagged.pages:
        boxes = {
            p.box for p in page.paints if p.kind in ("fill", "stroke") and p.wide > 60 and p.high > 20 and not p.inside
        }
        for paint in page.paints:
            if paint.kind not in ("text", "image") or (paint.kind == "text" and not paint.text.strip()):
                continue
            for box in boxes:
                x0, y0, x1, y1 = paint.box
                inside = x0 > box[0] and y0 > box[1] and x1 < box[2] and y1 < box[3]
                if _meet(paint.box, box, 1) and not inside:
                    yield f"{_said(paint)} is cut by the box {[round(v) for v in box]}"


def _marks(node: Node) -> list[tuple[int, int]]:
    """An element's marked content with that of the inline elements in it."""
    found = []
    for kid in node.kids:
        if isinstance(kid, tuple):
            found.append(kid)
        elif isinstance(kid, Node) and kid.role not in LEAVES:
            found += _marks(kid)
    return found


def _last_headings(tagged: Tagged) -> Iterator[str]:
    """After a heading its page goes on with what it heads."""
    leaves = [node for node in tagged.root.walk() if node.role in LEAVES and _marks(node)]
    for node, following in pairwise(leaves):
        if node.role in ("H1", "H2", "H3") and _marks(node)[-1][0] != _marks(following)[0][0]:
            yield f'page {_marks(node)[-1][0] + 1}: the heading "{tagged.text_of(node).strip()}" stands last'


def _single_lines(tagged: Tagged) -> Iterator[str]:
    """A paragraph that goes over a page's end has two lines or more on both sides."""
    for node in tagged.root.walk():
        if node.role not in LEAVES:
            continue
        lines: dict[int, set[float]] = defaultdict(set)
        for key in _marks(node):
            lines[key[0]] |= {round(p.box[1] + 0.22 * p.size) for p in tagged.painted[key] if p.kind == "text"}
        if len(lines) > 1 and min(map(len, lines.values())) < 2:
            yield f'a line of "{tagged.text_of(node).strip()[:60]}" stands alone on its page'
