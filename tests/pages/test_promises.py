"""What each edition promises the people who read and print it, measured in the finished PDFs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from layouts.engine.draw.colours import contrast, palette
from layouts.engine.draw.styles import _data

from .paint import Paint, read_pages
from .printed import EDITIONS, EVERYTHING, GUIDES, SHEETS, OwnClinic, Printed, everything, photograph, shipped

HANDOUTS = [
    *((guide, "guide", edition, "letter") for guide in GUIDES for edition in EDITIONS),
    *(("running-and-back-pain", "guide", edition, "a4") for edition in EDITIONS),
    *(("core-for-runners-1", layout, edition, "letter") for layout in SHEETS for edition in EDITIONS),
    *(("running-and-back-pain", "poster", e, paper) for e in EDITIONS for paper in ("letter", "a4", "tabloid", "a3")),
]
ICON = 34  # points: the largest icon
INCH = 72
BRANDS = {
    "sample": ("#13808F", "#E4572E", "#1D2B36"),
    "yellow": ("#FFE600", "#FFD400", "#222222"),
    "light grey": ("#D9D9D9", "#CCCCCC", "#444444"),
    "nearly white": ("#FAFAFA", "#F5FFFA", "#333333"),
    "white": ("#FFFFFF", "#FFFFFF", "#000000"),
    "black": ("#000000", "#000000", "#000000"),
    "one colour": ("#777777", "#777777", "#777777"),
    "light ink": ("#13808F", "#E4572E", "#B0C4DE"),
    "neon": ("#00FF66", "#FF00FF", "#101010"),
    "red and green": ("#C00000", "#00A000", "#202020"),
    "blue on blue": ("#0000FF", "#0000CC", "#000080"),
}


@cache
def paints(handout: Printed) -> list[Paint]:
    """All that the handout's pages paint."""
    return [paint for page in read_pages(handout.pdf) for paint in page.paints]


def words(handout: Printed) -> list[Paint]:
    return [paint for paint in paints(handout) if paint.kind == "text" and paint.text.strip()]


def is_content(paint: Paint) -> bool:
    return paint.bracket is not None and paint.bracket.tag != "Artifact"


def is_running(paint: Paint) -> bool:
    """Running text: what is no heading, no numeral and no furniture."""
    return paint.bracket is not None and paint.bracket.tag in ("P", "LBody", "TH", "TD", "Link")


handouts = pytest.mark.parametrize("handout", [*HANDOUTS, *(("", "", e, "") for e in EDITIONS)], ids="-".join)


def made(handout: tuple[str, str, str, str]) -> Printed:
    return shipped(*handout) if handout[0] else everything(handout[2])


# ----------------------------------------------------------------- sizes
@handouts
def test_no_words_are_too_small(handout: tuple[str, str, str, str]) -> None:
    least = 16 if handout[2] == "large-print" else 10.5
    assert [(p.text, p.size) for p in words(made(handout)) if p.size < least - 0.01] == []


@pytest.mark.parametrize("guide", [*GUIDES, ""])
def test_running_text_in_large_print_has_18_points(guide: str) -> None:
    handout = shipped(guide, edition="large-print") if guide else everything("large-print")
    sizes = {round(p.size, 2): p.text for p in words(handout) if is_running(p)}
    small = {size: text for size, text in sizes.items() if size < 18}
    assert set(small) <= {16.0}, small  # captions, sources and the contact's lines
    share = sum(len(p.text) for p in words(handout) if is_running(p) and p.size >= 18)
    assert share > 0.75 * sum(len(p.text) for p in words(handout) if is_running(p))
    body = [p for p in words(handout) if p.bracket and p.bracket.tag in ("LBody", "TD")]
    assert {p.text for p in body if p.size < 18} == set()


# ----------------------------------------------------------------- lines, edges
@handouts
def test_no_line_is_too_thin_for_a_copier(handout: tuple[str, str, str, str]) -> None:
    least = 0.75 if handout[2] == "ink-saver" else 0.6
    lines = [p for p in paints(made(handout)) if p.kind == "stroke" and not p.inside]
    assert lines and [(p.box, p.size) for p in lines if p.size < least - 0.005] == []


@handouts
def test_nothing_comes_near_the_papers_edge(handout: tuple[str, str, str, str]) -> None:
    pdf = made(handout).pdf
    for paint in paints(made(handout)):
        room = 0.5 * INCH - 0.5 if paint.kind == "text" else 0.25 * INCH
        if handout[1] == "poster":  # scaled down with its margins; no printer wants more than this
            room = min(room, 0.3 * INCH)
        if paint.kind == "text" and not paint.text.strip():
            continue
        wide, high = (float(v) for v in pdf.pages[paint.page].mediabox[2:])
        left, bottom, right, top = paint.box
        edges = (left, bottom, wide - right, high - top)
        assert min(edges) >= room, f"page {paint.page + 1}: {paint.kind} {paint.text} {[round(e, 1) for e in edges]}"


# ----------------------------------------------------------------- ink
@pytest.mark.parametrize("handout", [h for h in HANDOUTS if h[2] == "ink-saver"], ids="-".join)
def test_the_ink_saver_needs_no_colour_and_little_ink(handout: tuple[str, str, str, str]) -> None:
    for paint in paints(made(handout)):
        assert len(set(paint.colour)) <= 1, f"{paint.kind} in {paint.colour}: {paint.text}"
        figure = paint.bracket is not None and paint.bracket.tag == "Figure"
        dark = paint.kind == "fill" and paint.colour and max(paint.colour) < 0.95
        if dark and not figure and not paint.inside:
            assert max(paint.wide, paint.high) <= ICON, f"a filled area of {paint.wide:.0f} by {paint.high:.0f} points"


def test_pictures_of_the_ink_saver_are_grey() -> None:
    for edition, space in (("standard", "/DeviceRGB"), ("ink-saver", "/DeviceGray")):
        assert {str(image.ColorSpace) for image in images(everything(edition))} == {space}


def images(handout: Printed) -> Iterator[Any]:
    for page in handout.pdf.pages:
        yield from page.get_images().values()


# ----------------------------------------------------------------- contrast
def grounds(handout: Printed) -> Iterator[tuple[Paint, tuple[float, ...]]]:
    """Every stretch of words with the colour that lies under it."""
    painted = paints(handout)
    for i, paint in enumerate(painted):
        if paint.kind != "text" or not paint.text.strip():
            continue
        x, y = (paint.box[0] + paint.box[2]) / 2, (paint.box[1] + paint.box[3]) / 2
        under = (
            p.colour
            for p in reversed(painted[:i])
            if p.kind == "fill" and p.page == paint.page and p.box[0] < x < p.box[2] and p.box[1] < y < p.box[3]
        )
        yield paint, next(under, (1.0, 1.0, 1.0))


def ratio(a: tuple[float, ...], b: tuple[float, ...]) -> float:
    """The contrast of two colours, WCAG 2.1; written again, so that a fault in colours.py would show."""

    def luminance(colour: tuple[float, ...]) -> float:
        r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    dark, light = sorted((luminance(a), luminance(b)))
    return (light + 0.05) / (dark + 0.05)


def grey(colour: tuple[float, ...]) -> tuple[float, ...]:
    """The colour as a black and white printer makes it (ITU-R BT.601)."""
    r, g, b = colour
    return (0.299 * r + 0.587 * g + 0.114 * b,) * 3


def brands(*editions: str) -> list[object]:
    """Every brand, in every edition where editions are named."""
    names: list[tuple[str, ...]] = [(b, e) for e in editions for b in BRANDS] or [(b,) for b in BRANDS]
    return [pytest.param(*name) for name in names]


@pytest.mark.parametrize(("brand", "edition"), brands(*EDITIONS))
def test_words_stand_out_from_their_ground(brand: str, edition: str, own: OwnClinic) -> None:
    own.clinic(colours=dict(zip(("primary", "accent", "ink"), BRANDS[brand], strict=True)), logo=None)
    own.file("pictures/walk.jpg", photograph((300, 200)))
    faint = set()
    for paint, ground in set(grounds(own.make(edition, **EVERYTHING))):
        least = 7.0 if is_running(paint) else 4.5
        for kind, found in (("colour", ratio(paint.colour, ground)), ("grey", ratio(grey(paint.colour), grey(ground)))):
            if found < (least if kind == "colour" else 4.5) - 0.05:
                faint.add((kind, paint.text, round(found, 2)))
    assert faint == set()


@pytest.mark.parametrize("brand", brands())
def test_computed_colours_keep_their_contrast(brand: str) -> None:
    recipes = _data()["standard"]["colours"]
    roles = palette(dict(zip(("primary", "accent", "ink"), BRANDS[brand], strict=True)), recipes)
    known = {"white": (1.0, 1.0, 1.0), "black": (0.0, 0.0, 0.0), **roles}
    for role, recipe in recipes.items():
        if "until" in recipe:
            found = contrast(roles[role], known[recipe["against"]])
            assert found == pytest.approx(ratio(roles[role], known[recipe["against"]]), abs=0.01)
            assert found >= recipe["until"] - 0.05, role
