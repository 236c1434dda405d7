"""Blocks -> a finished, tagged PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ..merge import blocks as b
from ..problems import ContentError, Place, Problem
from ..read.fields import Line, Model
from ..read.inline import Text
from .brand import Brand
from .compose import PhotoReader, compose
from .flowables import Stack
from .fonts import Faces
from .furniture import Furniture
from .metadata import Metadata
from .pages import Rendered, paginate, stretched, write
from .styles import Look, look


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
    photos: PhotoReader,
    furniture: Furniture,
    meta: Metadata,
    place: Place,
) -> Rendered:
    """The document as a PDF. Raises ContentError at `place` when it does not fit its layout."""
    looks = look(edition.layout, edition.edition, edition.paper, brand.colours, brand.faces)
    furniture = replace(furniture, logo=brand.logo_black if looks.grey else brand.logo)
    story = compose(document, looks, photos)
    pages = paginate(story, looks, furniture, place)
    exactly = looks.layout.exactly
    if exactly:
        if len(pages) > exactly:
            raise ContentError([_overflow(document, looks, photos, furniture, place)])
        story = stretched(story, looks, furniture)
        pages = [[replace(pages[0][0], flowable=Stack(story.flow))]]
    return write(pages, story.root, looks, furniture, meta)


def _overflow(document: b.Document, looks: Look, photos: PhotoReader, furniture: Furniture, place: Place) -> Problem:
    """The problem of a document that needs more pages than its layout has; it says how many tips would fit."""
    tips = [block for block in document.blocks if isinstance(block, b.Tips)]
    count = sum(len(group.blocks) for group in tips)
    name, paper, edition = looks.layout.name, looks.paper, looks.edition
    fit = next(
        (n for n in range(count - 1, 0, -1) if _fits(_with_tips(document, n), looks, photos, furniture, place)), 0
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


def _fits(document: b.Document, looks: Look, photos: PhotoReader, furniture: Furniture, place: Place) -> bool:
    try:
        return len(paginate(compose(document, looks, photos), looks, furniture, place)) <= looks.layout.exactly
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
