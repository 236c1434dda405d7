"""Blocks -> a finished, tagged PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ..merge import blocks as b
from ..problems import ContentError, Place, Problem
from ..read.fields import Line, Model
from ..read.inline import Text
from .brand import Brand
from .compose import Pictures, compose
from .flowables import Stack
from .fonts import Faces
from .furniture import Furniture
from .metadata import Metadata
from .pages import Rendered, paginate, stretched, write
from .styles import Look, look

LARGER = (2.4, 2.0, 1.7, 1.4, 1.2)  # times the size in styles.yaml: what is tried where a page has room to spare


@dataclass(frozen=True)
class Edition:
    """Which of a document's printed forms is wanted, by the names in styles.yaml."""

    layout: str
    edition: str
    paper: str


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
    looks = look(edition.layout, edition.edition, edition.paper, brand.colours, brand.faces)
    furniture = replace(furniture, logo=brand.logo_black if looks.grey else brand.logo)
    wanted = _drawings(document)
    looks = _with_large_drawings(document, looks, pictures, furniture, place)
    document = _as_fits(document, looks, pictures, furniture, place)
    shown = _drawings(document)
    story = compose(document, looks, pictures)
    pages = paginate(story, looks, furniture, place)
    exactly = looks.layout.exactly
    if exactly:
        if len(pages) > exactly:
            raise ContentError([_overflow(document, looks, pictures, furniture, place)])
        story = stretched(story, looks, furniture)
        pages = [[replace(pages[0][0], flowable=Stack(story.flow))]]
    left_out = tuple(dict.fromkeys(drawing.src for drawing in wanted if drawing not in shown))
    return replace(write(pages, story.root, looks, furniture, meta), advised=looks.advised, left_out=left_out)


def _as_fits(document: b.Document, looks: Look, pictures: Pictures, furniture: Furniture, place: Place) -> b.Document:
    """The document with as many of its drawings as leave it on the pages that its layout wants, first come first.

    Without drawings it may still be longer: then they all stay, for words are never left out, and length is told of.
    """
    drawings = _drawings(document)
    wanted = looks.layout.exactly or looks.advised
    if not drawings or not wanted:
        return document

    def pages(kept: frozenset[b.Figure]) -> int:
        return len(paginate(compose(_keeping(document, kept), looks, pictures), looks, furniture, place))

    if pages(frozenset(drawings)) <= wanted or pages(frozenset()) > wanted:
        return document
    kept: frozenset[b.Figure] = frozenset()
    for drawing in drawings:
        if pages(kept | {drawing}) <= wanted:
            kept |= {drawing}
    return _keeping(document, kept)


def _with_large_drawings(
    document: b.Document, looks: Look, pictures: Pictures, furniture: Furniture, place: Place
) -> Look:
    """The look with the largest drawings that leave a document on the one page that its layout has."""
    if looks.layout.exactly and _drawings(document):
        for times in LARGER:
            larger = replace(looks, figure=looks.figure * times)
            if _fits(document, larger, pictures, furniture, place):
                return larger
    return looks


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


def _overflow(document: b.Document, looks: Look, pictures: Pictures, furniture: Furniture, place: Place) -> Problem:
    """The problem of a document that needs more pages than its layout has; it says how many tips would fit."""
    tips = [block for block in document.blocks if isinstance(block, b.Tips)]
    count = sum(len(group.blocks) for group in tips)
    name, paper, edition = looks.layout.name, looks.paper, looks.edition
    fit = next(
        (n for n in range(count - 1, 0, -1) if _fits(_with_tips(document, n), looks, pictures, furniture, place)), 0
    )
    what = f"the {name} does not fit on one page of {paper} paper in the {edition} edition"
    if fit:
        return Problem(
            place, f"{what}: {fit} of {count} tips do", 'Shorten the "short" texts of the tips, or take a larger paper.'
        )
    return Problem(place, what, "Shorten its title and texts, or take a larger paper.")


def _with_tips(document: b.Document, count: int) -> b.Document:
    return replace(
        document,
        blocks=tuple(replace(x, blocks=x.blocks[:count]) if isinstance(x, b.Tips) else x for x in document.blocks),
    )


def _fits(document: b.Document, looks: Look, pictures: Pictures, furniture: Furniture, place: Place) -> bool:
    try:
        return len(paginate(compose(document, looks, pictures), looks, furniture, place)) <= looks.layout.exactly
    except ContentError:
        return False


def check_characters(models: Iterable[Model], faces: Faces) -> None:
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


def strings_of(value: object) -> Iterator[tuple[Place, str]]:
    """Every text of a model with its place."""
    if isinstance(value, Line):
        yield value.place, str(value)
    elif isinstance(value, Text):
        yield value.place, value.plain
    elif isinstance(value, Model):
        for part in vars(value).values():
            yield from strings_of(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from strings_of(part)
    elif isinstance(value, Mapping):
        yield from strings_of(tuple(value.values()))
