"""The canvas lets nothing through that no screen reader would find."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from layouts.engine.draw.canvas import TaggedCanvas
from layouts.engine.draw.fonts import Faces
from layouts.engine.draw.metadata import Metadata
from layouts.engine.draw.structure import FOOTER, HEADER, LAYOUT, Element, TaggingError
from tests.pages.paint import Page, read_pages
from tests.pages.printed import EDITIONS, GUIDES, everything, shipped
from tests.pages.tagtree import Tagged

BLACK = (0.0, 0.0, 0.0)
FACES = Faces()


@pytest.fixture
def canvas() -> TaggedCanvas:
    day = date(2026, 11, 23)
    return TaggedCanvas((200, 100), Metadata("Title", "Clinic", "Subject", "X1", "en", day))


def words(canvas: TaggedCanvas, text: str = "Words") -> None:
    canvas.words(10, 20, FACES.runs(text, "text"), 12, BLACK)


def picture(canvas: TaggedCanvas) -> None:
    canvas.operators(10, 50, 20, "0 0 1 1 re f", path=False)


def page_of(canvas: TaggedCanvas, root: Element) -> Page:
    canvas.showPage()
    return read_pages(pikepdf.open(BytesIO(canvas.finish(root))))[0]


# ----------------------------------------------------------------- what is refused
@pytest.mark.parametrize(
    "paint",
    [
        words,
        picture,
        lambda canvas: canvas.rule(0, 0, 10, 10, 1, BLACK),
        lambda canvas: canvas.shape("0 0 10 10 re", BLACK),
        lambda canvas: canvas.picture("K", b"<<>>", 0, 10, 10, 10),
    ],
    ids=["words", "operators", "rule", "shape", "picture"],
)
def test_nothing_is_painted_without_an_owner(paint: Any, canvas: TaggedCanvas) -> None:
    with pytest.raises(TaggingError, match="painted outside any structure element"):
        paint(canvas)


def test_an_owner_owns_only_what_is_painted_inside_its_with(canvas: TaggedCanvas) -> None:
    with canvas.owned(Element("P")):
        words(canvas)
    with pytest.raises(TaggingError):
        words(canvas)


def test_words_in_a_figure_are_refused(canvas: TaggedCanvas) -> None:
    with canvas.owned(Element("Figure", alt="Words")), pytest.raises(TaggingError, match="alternative text"):
        words(canvas)


@pytest.mark.parametrize("role", ["P", "H1", "LBody", "TD", "Link"])
def test_an_image_is_a_figure_or_an_artifact(role: str, canvas: TaggedCanvas) -> None:
    with canvas.owned(Element(role)), pytest.raises(TaggingError, match=f"an image in {role}"):
        picture(canvas)
    with canvas.owned(LAYOUT):
        picture(canvas)


def test_a_link_needs_a_link_element(canvas: TaggedCanvas) -> None:
    with pytest.raises(TaggingError, match="needs a Link element, not P"):
        canvas.link(Element("P"), "https://example.org", "Example", (0, 0, 10, 10))


# ----------------------------------------------------------------- who owns what
def test_rules_beside_words_are_no_content(canvas: TaggedCanvas) -> None:
    root = Element("Document")
    with canvas.owned(root.child("P")):
        words(canvas)
        canvas.rule(10, 22, 50, 22, 1, BLACK)
        words(canvas, "after it")
    painted = [(p.kind, p.bracket.tag) for p in page_of(canvas, root).paints if p.bracket]
    assert painted == [("text", "P"), ("stroke", "Artifact"), ("text", "P")]


def test_inside_an_artifact_everything_is_one(canvas: TaggedCanvas) -> None:
    root = Element("Document")
    inner = root.child("P")
    with canvas.owned(root.child("P")):
        words(canvas, "content")
    with canvas.owned(FOOTER), canvas.owned(inner):
        words(canvas, "furniture")
    page = page_of(canvas, root)
    assert [(p.text, p.bracket.subtype) for p in page.paints if p.bracket] == [("content", ""), ("furniture", "Footer")]
    assert not inner.has_content


def test_what_was_never_drawn_is_not_in_the_tree(canvas: TaggedCanvas) -> None:
    root = Element("Document")
    root.child("Sect").child("P")
    with canvas.owned(root.child("P")):
        words(canvas)
    canvas.showPage()
    tagged = Tagged(pikepdf.open(BytesIO(canvas.finish(root))))
    assert [node.role for node in tagged.root.walk()] == ["Document", "P"]


MANY = "".join(chr(code) for code in range(0xC0, 0x17E))  # more than a font's unused codes below the space


@pytest.mark.parametrize("text", ["(Back\\slash) 100 % 0 „quoted“ Łukasz Nguyễn Ωμέγα Привет ≥ ½ é fi", MANY])
def test_every_character_comes_back(text: str, canvas: TaggedCanvas) -> None:
    root = Element("Document")
    with canvas.owned(root.child("P")):
        words(canvas, text)
    assert "".join(p.text for p in page_of(canvas, root).paints) == text


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("layout", ["guide", "poster"])
def test_all_furniture_is_an_artifact(layout: str, edition: str) -> None:
    """Head and foot are Pagination artifacts on every page, and hold the words that they are for."""
    handout = shipped(GUIDES[0], layout, edition, "a3" if layout == "poster" else "letter")
    for page in read_pages(handout.pdf):
        said = {
            name: "".join(p.text for p in page.paints if p.bracket and p.bracket.subtype == name)
            for name in (HEADER.properties.rpartition("/")[2], FOOTER.properties.rpartition("/")[2])
        }
        assert "555-0142" in said["Header"] and "version 1.0." in " ".join(said["Footer"].split())
    assert "Harbor Back & Motion, 18 Pier Street" not in Tagged(handout.pdf).text_of(Tagged(handout.pdf).root)


# ----------------------------------------------------------------- pictures
def test_a_photo_goes_through_to_its_figure() -> None:
    tagged = Tagged(everything().pdf)
    figures = [node for node in tagged.root.walk() if node.role == "Figure"]
    assert str(figures[0].obj.Alt) == "A woman walks beside a lake"
    assert all(str(node.obj.Alt).startswith("QR code that opens") for node in figures[1:])
    (key,) = [kid for kid in figures[0].kids if isinstance(kid, tuple)]
    assert [paint.kind for paint in tagged.painted[key]] == ["image"]


@pytest.mark.parametrize("edition", EDITIONS)
def test_photos_have_at_most_300_dpi_and_no_metadata(edition: str) -> None:
    handout = everything(edition)
    found = 0
    for page, sheet in zip(read_pages(handout.pdf), handout.pdf.pages, strict=True):
        for paint in (p for p in page.paints if p.kind == "image"):
            image = sheet.obj.Resources.XObject[paint.font]
            assert int(image.Width) / (paint.wide / 72) <= 301
            assert "/Metadata" not in image and b"Exif" not in image.read_raw_bytes()[:4000]
            found += 1
    assert found == 1


def test_the_same_content_gives_the_same_bytes() -> None:
    from tests.pages.printed import _press, printed

    again = printed(_press(), GUIDES[0], shipped(GUIDES[0]).edition)
    assert again.data == shipped(GUIDES[0]).data


def test_the_end_of_a_stream_is_plain_whatever_its_last_byte() -> None:
    """After compressed data that end in CR, a mere LF would make the end of line one byte longer than Length says."""
    before = {part[-2:] for part in everything().data.split(b"endstream")[:-1]}
    assert before == {b"\r\n"}
