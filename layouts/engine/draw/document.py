"""Blocks -> a finished, tagged PDF."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import field, replace
from typing import TypeAlias

from ..merge import blocks as b
from ..problems import ContentError, Place, Problem, problem
from ..read.walk import strings_of
from ..records import dataclass
from .brand import Brand
from .compose import Made, Pictures, Story, compose
from .flowables import Stack
from .fonts import Faces
from .furniture import Furniture
from .metadata import Metadata
from .pages import Placed, Rendered, arranged, spread, stretched, write
from .styles import Look, look

_COUNTED = (b.Tips, b.Cards)  # what a layout with one page has as many of as fit


@dataclass(frozen=True)
class Edition:
    """Which of a document's printed forms is wanted, by the names in styles.yaml."""

    layout: str
    edition: str
    paper: str
    flat: bool = False  # without fields to fill in on a screen


Kept: TypeAlias = dict[float, Made]  # of blocks, by the size of drawings


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
    kept: Kept | None = None,
) -> Rendered:
    """The document as a PDF. `kept` is what was made of blocks of earlier documents in the same edition, and takes what
    is made of this one's. Raises ContentError at `place` when it does not fit its layout."""
    chapter = laid_out(document, brand, edition, pictures, furniture, place, kept=kept)
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
    kept: Kept | None = None,
) -> Chapter:
    """The document on pages; `first` where its first page is that of the file. Raises ContentError at `place` when it
    does not fit its layout."""
    looks = look(edition.layout, edition.edition, edition.paper, brand.colours, brand.faces)
    if edition.edition not in looks.layout.editions:
        raise problem(place, f"the {looks.layout.called} has no {edition.edition} edition")
    logo = brand.logo_black if looks.grey else brand.logo
    furniture, pictures = replace(furniture, logo=logo), replace(pictures, logo=logo)
    setting = _Setting(looks, pictures, furniture, place, not edition.flat, first)
    if kept is not None:
        setting = replace(setting, kept=kept, keep=True)
    setting = _with_best_drawings(setting, document)
    wanted = document
    exactly = looks.layout.exactly
    if exactly and looks.layout.kind != "guide" and not setting.fits(document):
        raise ContentError([_overflow(setting, document)])
    setting, document, (story, pages) = _with_most_drawings(setting, document)
    if exactly and len(pages) > exactly:
        raise ContentError([_overflow(setting, document)])
    if exactly:
        story = stretched(story, setting.look, furniture, first=first)
        pages = [[replace(pages[0][0], flowable=Stack(story.flow))]]
    pages = spread(pages, setting.look, furniture, first=first)
    left_out: tuple[str, ...] = ()
    if document is not wanted:
        shown = _drawings(document)
        left_out = tuple(dict.fromkeys(drawing.src for drawing in _drawings(wanted) if drawing not in shown))
    return Chapter(story, pages, setting.look, furniture, left_out)


Laid: TypeAlias = tuple[Story, list[list[Placed]]]


@dataclass(frozen=True)
class _Setting:
    """Everything but the words that decides how many pages a document has."""

    look: Look
    pictures: Pictures
    furniture: Furniture
    place: Place
    fillable: bool = True
    first: bool = True
    kept: Kept = field(default_factory=dict)  # for trying the same document with fewer drawings
    keep: bool = False  # for later documents too

    def laid_out(self, document: b.Document) -> Laid:
        """The document's story and its pages. Of several stories only one can be drawn."""
        made = self.kept.setdefault(self.look.figure, {})
        story = compose(document, self.look, self.pictures, fillable=self.fillable, made=made, keep=self.keep)
        return arranged(story, self.look, self.furniture, self.place, first=self.first)

    def pages(self, document: b.Document) -> int:
        """How many pages it takes."""
        return len(self.laid_out(document)[1])

    def least_pages(self, document: b.Document) -> float:
        """How many pages it takes; endlessly many where something finds no room."""
        try:
            return self.pages(document)
        except ContentError:
            return math.inf

    def fits(self, document: b.Document) -> bool:
        """Whether it fits a layout with a fixed number of pages."""
        return self.least_pages(document) <= self.look.layout.exactly


def _with_most_drawings(setting: _Setting, document: b.Document) -> tuple[_Setting, b.Document, Laid]:
    """The setting with the size of drawings at which fewest are left out, of equals the largest; the document as it
    fits in it, laid out."""
    sizes = setting.look.figure_sizes if not setting.look.layout.exactly and setting.look.layout.kind == "guide" else ()
    best: tuple[_Setting, b.Document, Laid] | None = None
    for times in sizes or (1.0,):
        sized = (
            setting if times == 1 else replace(setting, look=replace(setting.look, figure=setting.look.figure * times))
        )
        found = (sized, *_as_fits(sized, document))
        if found[1] is document:  # all of them
            return found
        if best is None or len(_drawings(found[1])) > len(_drawings(best[1])):
            best = found
    assert best
    return best


def _as_fits(setting: _Setting, document: b.Document) -> tuple[b.Document, Laid]:
    """The document with as many of its drawings as leave it on the pages that its layout wants, first come first.

    Without drawings it may still be longer: then they all stay, for words are never left out, and length is told of.
    A programme keeps its drawings: they are what it is made for.
    """
    drawings = _drawings(document) if setting.look.layout.kind == "guide" else []
    laid = setting.laid_out(document)
    wanted = setting.look.layout.exactly or setting.look.advised
    if not drawings or not wanted or len(laid[1]) <= wanted:
        return document, laid
    kept: frozenset[b.Figure] = frozenset()
    fitting = _keeping(document, kept), setting.laid_out(_keeping(document, kept))
    if len(fitting[1][1]) > wanted:
        return document, laid
    for drawing in drawings:
        tried = _keeping(document, kept | {drawing})
        laid = setting.laid_out(tried)
        if len(laid[1]) <= wanted:
            kept |= {drawing}
            fitting = tried, laid
    return fitting


def _with_best_drawings(setting: _Setting, document: b.Document) -> _Setting:
    """The setting with the largest drawings, of the sizes that its layout tries, that cost the document no page; with
    the smallest where it is too long all the same."""
    layout, sizes = setting.look.layout, setting.look.figure_sizes
    if not sizes or (layout.kind == "guide" and not layout.exactly) or not _drawings(document):
        return setting
    # Few sizes are looked at, for each has to be painted: what has room at one size has room at all smaller ones.
    sized = [replace(setting, look=replace(setting.look, figure=setting.look.figure * times)) for times in sizes]
    least = sized[-1].least_pages(document)
    if math.isinf(least) or 0 < setting.look.layout.exactly < least:
        return sized[-1]
    return sized[bisect_left(sized, True, key=lambda larger: larger.least_pages(document) <= least)]


def _drawings(block: b.Block) -> list[b.Figure]:
    found: list[b.Figure] = []

    def look(block: b.Block) -> None:
        if isinstance(block, b.Figure):
            found.append(block)
        for child in block.blocks:
            look(child)

    look(block)
    return found


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
    """The problem of a document that needs more pages than its layout has; it says how many tips or exercises fit."""
    what, hint = "tips", 'Shorten the "short" texts of the tips, or take a larger paper.'
    counted = _counted(document)
    if any(isinstance(block, b.Cards) for block in counted):
        what, hint = "exercises", "Take another layout for the others, such as cards-4, or make two programmes of it."
    count = sum(len(block.blocks) for block in counted)
    fit = next((n for n in range(count - 1, 0, -1) if setting.fits(_with_first(document, n))), 0)
    look = setting.look
    message = f"the {look.layout.called} does not fit on one page of {look.paper} paper in the {look.edition} edition"
    if fit:
        return Problem(setting.place, f"{message}: {fit} of {count} {what} do", hint)
    return Problem(setting.place, message, "Shorten its title and texts, or take a larger paper.")


def _counted(block: b.Block) -> list[b.Block]:
    """The blocks inside that hold tips or exercises."""
    return [block] if isinstance(block, _COUNTED) else [one for child in block.blocks for one in _counted(child)]


def _with_first(document: b.Document, count: int) -> b.Document:
    """The document with only so many of its tips or exercises, from the first on."""
    kept: dict[int, b.Block] = {}
    for block in _counted(document):
        kept[id(block)] = replace(block, blocks=block.blocks[:count])
        count -= len(kept[id(block)].blocks)

    def cut(block: b.Block) -> b.Block:
        inner = (kept[id(child)] if id(child) in kept else cut(child) for child in block.blocks)
        return replace(block, blocks=tuple(c for c in inner if c.blocks or not isinstance(c, _COUNTED)))

    made = cut(document)
    assert isinstance(made, b.Document)
    return made


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
