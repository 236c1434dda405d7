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
from .pages import Placed, Rendered, arranged, paginate, spread, stretched, write
from .styles import Look, look, tightened

_COUNTED = (b.Tips, b.Cards)  # what a layout with one page has as many of as fit


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
    made: Made | None = None,
) -> Rendered:
    """The document as a PDF. `made` is what was made of blocks of earlier documents in the same edition, and takes what
    is made of this one's. Raises ContentError at `place` when it does not fit its layout."""
    chapter = laid_out(document, brand, edition, pictures, furniture, place, made=made)
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
    made: Made | None = None,
) -> Chapter:
    """The document on pages; `first` where its first page is that of the file. Raises ContentError at `place` when it
    does not fit its layout."""
    looks = look(edition.layout, edition.edition, edition.paper, brand.colours, brand.faces)
    if edition.edition not in looks.layout.editions:
        raise problem(place, f"the {looks.layout.called} has no {edition.edition} edition")
    logo = brand.logo_black if looks.grey else brand.logo
    furniture, pictures = replace(furniture, logo=logo), replace(pictures, logo=logo)
    setting = _Setting(looks, pictures, furniture, place, not edition.flat, first)
    if made is not None:
        setting = replace(setting, made=made, keep=True)
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
    made: Made = field(default_factory=Made)  # of blocks, for trying the same document in several ways
    keep: bool = False  # for later documents too

    def sketch(self, look: Look) -> _Setting:
        """The same in another look, for counting its pages: a drawing is as large as it would be, but not painted."""
        return replace(self, look=look, pictures=replace(self.pictures, drawing=self.pictures.sketch, sketched=True))

    def composed(self, document: b.Document) -> Story:
        """The document's story. Of several only one can be drawn."""
        return compose(document, self.look, self.pictures, fillable=self.fillable, made=self.made, keep=self.keep)

    def laid_out(self, document: b.Document) -> Laid:
        """The document's story and its pages. Of several stories only one can be drawn."""
        return arranged(self.composed(document), self.look, self.furniture, self.place, first=self.first)

    def least_pages(self, document: b.Document) -> float:
        """How many pages it takes; endlessly many where something finds no room."""
        try:
            return len(self.laid_out(document)[1])
        except ContentError:
            return math.inf

    def within(self, document: b.Document, most: float) -> bool:
        """Whether it has room on so many pages. As a rule it shows before boxes are tried at the foot of page 1."""
        story = self.composed(document)
        try:
            if len(paginate(story, self.look, self.furniture, self.place, first=self.first)) <= most:
                return True
        except ContentError:
            return False
        return len(arranged(story, self.look, self.furniture, self.place, first=self.first)[1]) <= most

    def fits(self, document: b.Document) -> bool:
        """Whether it fits a layout with a fixed number of pages."""
        return self.within(document, self.look.layout.exactly)


def _with_most_drawings(setting: _Setting, document: b.Document) -> tuple[_Setting, b.Document, Laid]:
    """The setting in which fewest drawings are left out, of equals the most generous; the document as it fits in it,
    laid out."""
    look, wanted = setting.look, setting.look.layout.exactly or setting.look.advised
    ways = _ways(look) if look.layout.kind == "guide" and not look.layout.exactly and _drawings(document) else [look]
    if len(ways) == 1 or not wanted:
        return setting, *_as_fits(setting, document)
    best = next((way for way in ways if setting.sketch(way).within(document, wanted)), None)
    if best is None:
        shown = [len(_drawings(_as_fits(setting.sketch(way), document)[0])) for way in ways]
        best = ways[shown.index(max(shown))] if min(shown) < max(shown) else look
    setting = replace(setting, look=best)
    return setting, *_as_fits(setting, document)


def _ways(look: Look) -> list[Look]:
    """The look with drawings of each size that its layout tries. Less space between things comes before drawings that
    are smaller than usual."""
    sizes = look.figure_sizes or (1.0,)
    if look.tightest == 1:
        return [replace(look, figure=look.figure * times) for times in sizes]
    close = tightened(look)
    usual = [replace(look, figure=look.figure * times) for times in sizes if times >= 1]
    return [*usual, *(replace(close, figure=look.figure * times) for times in sizes if times <= 1)]


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
    """The setting with the largest drawings and the most space, of what its layout tries, that cost the document no
    page; with the least where it is too long all the same."""
    layout = setting.look.layout
    if (layout.kind == "guide" and not layout.exactly) or (setting.look.tightest == 1 and not _drawings(document)):
        return setting
    # Few ways are looked at: what has room in one of them has room in all that come later.
    ways = _ways(setting.look)
    if len(ways) == 1:
        return setting
    tried = [setting.sketch(way) for way in ways]
    least = tried[-1].least_pages(document)
    if math.isinf(least) or 0 < layout.exactly < least:
        return replace(setting, look=ways[-1])
    return replace(setting, look=ways[bisect_left(tried[:-1], True, key=lambda way: way.within(document, least))])


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


def check_characters(models: Iterable[object], faces: Faces, hint: str = "Write it in other words.") -> None:
    """Raises ContentError for characters that no font has: they would print as empty boxes. `hint` is for letters that
    cannot be had."""
    strings = [(place, text) for model in models for place, text in strings_of(model)]
    missing = faces.lacks("".join(set().union(*(text for _, text in strings))), "text")
    if missing:
        from .missing import problems

        raise ContentError(found for place, text in strings for found in problems(place, text, missing, hint))
