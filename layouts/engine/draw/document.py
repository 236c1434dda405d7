"""Blocks -> a finished, tagged PDF."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..merge import blocks as b
from ..problems import ContentError, Place, Problem
from ..read.walk import strings_of
from .brand import Brand
from .compose import Pictures, Story, compose
from .flowables import Stack
from .fonts import Faces
from .furniture import Furniture
from .metadata import Metadata
from .pages import Placed, Rendered, arranged, stretched, write
from .styles import Look, look

LARGER = (2.4, 2.0, 1.7, 1.4, 1.2)  # times the size in styles.yaml: what is tried where a page has room to spare


@dataclass(frozen=True)
class Edition:
    """Which of a document's printed forms is wanted, by the names in styles.yaml."""

    layout: str
    edition: str
    paper: str
    flat: bool = False  # without fields to fill in on a screen


@dataclass(frozen=True)
class Chapter:
    """A document on its pages: all of a file, or a part of a pack."""

    story: Story
    pages: list[list[Placed]]
    look: Look
    furniture: Furniture
    left_out: tuple[str, ...]  # drawings that found no room


def render(
    document: b.Document,
    brand: Brand,
    edition: Edition,
    pictures: Pictures,
    furniture: Furniture,
    meta: Metadata,
    place: Place,
) -> Rendered:
    """The document as a PDF. Raises ContentError at `place` when it does not fit its layout."""
    chapter = laid_out(document, brand, edition, pictures, furniture, place)
    written = write([(chapter.pages, chapter.look, chapter.furniture)], chapter.story.root, meta)
    return replace(written, advised=chapter.look.advised, left_out=chapter.left_out)


def laid_out(
    document: b.Document,
    brand: Brand,
    edition: Edition,
    pictures: Pictures,
    furniture: Furniture,
    place: Place,
    *,
    first: bool = True,
) -> Chapter:
    """The document on pages; `first` where its first page is that of the file. Raises ContentError at `place` when it
    does not fit its layout."""
    looks = look(edition.layout, edition.edition, edition.paper, brand.colours, brand.faces)
    furniture = replace(furniture, logo=brand.logo_black if looks.grey else brand.logo)
    setting = _Setting(looks, pictures, furniture, place, not edition.flat, first)
    setting = _with_large_drawings(setting, document)
    wanted = _drawings(document)
    document = _as_fits(setting, document)
    shown = _drawings(document)
    story, pages = setting.laid_out(document)
    exactly = looks.layout.exactly
    if exactly:
        if len(pages) > exactly:
            raise ContentError([_overflow(setting, document)])
        story = stretched(story, setting.look, furniture, first=first)
        pages = [[replace(pages[0][0], flowable=Stack(story.flow))]]
    left_out = tuple(dict.fromkeys(drawing.src for drawing in wanted if drawing not in shown))
    return Chapter(story, pages, setting.look, furniture, left_out)


@dataclass(frozen=True)
class _Setting:
    """Everything but the words that decides how many pages a document has."""

    look: Look
    pictures: Pictures
    furniture: Furniture
    place: Place
    fillable: bool = True
    first: bool = True

    def laid_out(self, document: b.Document) -> tuple[Story, list[list[Placed]]]:
        """The document's story and its pages."""
        story = compose(document, self.look, self.pictures, fillable=self.fillable)
        return arranged(story, self.look, self.furniture, self.place, first=self.first)

    def pages(self, document: b.Document) -> int:
        """How many pages it takes."""
        return len(self.laid_out(document)[1])

    def fits(self, document: b.Document) -> bool:
        """Whether it fits a layout with a fixed number of pages."""
        try:
            return self.pages(document) <= self.look.layout.exactly
        except ContentError:
            return False


def _as_fits(setting: _Setting, document: b.Document) -> b.Document:
    """The document with as many of its drawings as leave it on the pages that its layout wants, first come first.

    Without drawings it may still be longer: then they all stay, for words are never left out, and length is told of.
    """
    drawings = _drawings(document)
    wanted = setting.look.layout.exactly or setting.look.advised
    if not drawings or not wanted or setting.pages(document) <= wanted:
        return document
    kept: frozenset[b.Figure] = frozenset()
    if setting.pages(_keeping(document, kept)) > wanted:
        return document
    for drawing in drawings:
        if setting.pages(_keeping(document, kept | {drawing})) <= wanted:
            kept |= {drawing}
    return _keeping(document, kept)


def _with_large_drawings(setting: _Setting, document: b.Document) -> _Setting:
    """The setting with the largest drawings that leave a document on the one page that its layout has."""
    if setting.look.layout.exactly and _drawings(document):
        for times in LARGER:
            larger = replace(setting, look=replace(setting.look, figure=setting.look.figure * times))
            if larger.fits(document):
                return larger
    return setting


def _drawings(block: b.Block) -> list[b.Figure]:
    own = [block] if isinstance(block, b.Figure) else []
    return own + [drawing for child in block.blocks for drawing in _drawings(child)]


def _keeping(document: b.Document, kept: frozenset[b.Figure]) -> b.Document:
    """The document without the other drawings."""

    def pruned(block: b.Block) -> b.Block:
        inner = tuple(pruned(c) for c in block.blocks if not isinstance(c, b.Figure) or c in kept)
        same = len(inner) == len(block.blocks) and all(new is old for new, old in zip(inner, block.blocks, strict=True))
        return block if same else replace(block, blocks=inner)

    made = pruned(document)
    assert isinstance(made, b.Document)
    return made


def _overflow(setting: _Setting, document: b.Document) -> Problem:
    """The problem of a document that needs more pages than its layout has; it says how many tips would fit."""
    count = sum(len(block.blocks) for block in document.blocks if isinstance(block, b.Tips))
    fit = next((n for n in range(count - 1, 0, -1) if setting.fits(_with_tips(document, n))), 0)
    look = setting.look
    what = f"the {look.layout.name} does not fit on one page of {look.paper} paper in the {look.edition} edition"
    if fit:
        hint = 'Shorten the "short" texts of the tips, or take a larger paper.'
        return Problem(setting.place, f"{what}: {fit} of {count} tips do", hint)
    return Problem(setting.place, what, "Shorten its title and texts, or take a larger paper.")


def _with_tips(document: b.Document, count: int) -> b.Document:
    return replace(
        document,
        blocks=tuple(replace(x, blocks=x.blocks[:count]) if isinstance(x, b.Tips) else x for x in document.blocks),
    )


def check_characters(models: Iterable[object], faces: Faces) -> None:
    """Raises ContentError for characters that no font has: they would print as empty boxes."""
    strings = [(place, text) for model in models for place, text in strings_of(model)]
    missing = faces.lacks("".join(set().union(*(text for _, text in strings))), "text")
    if missing:
        raise ContentError(
            Problem(place, f'no font has the character "{char}" (U+{ord(char):04X})', "Write it in other words.")
            for place, text in strings
            for char in missing
            if char in text
        )
