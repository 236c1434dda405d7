"""Several documents as one file: a cover, then chapters, with one page count and one outline."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from ..merge import blocks as b
from ..problems import Place
from ..records import dataclass
from .brand import Brand
from .compose import Pictures
from .document import Chapter, Edition, laid_out
from .furniture import Furniture
from .metadata import Metadata
from .pages import Rendered, write_job
from .structure import Element


@dataclass(frozen=True)
class Part:
    """A handout of a pack: its document, its layout and where its pictures come from."""

    document: b.Document
    layout: str
    pictures: Pictures
    place: Place


@dataclass(frozen=True)
class Bound:
    """A document that is laid out, alone or as one of several in a file: its chapters, each with its language."""

    chapters: tuple[tuple[Chapter, str], ...]
    meta: Metadata


def bound_pack(
    cover: Callable[[Sequence[int]], b.Document],
    parts: Sequence[Part],
    brand: Brand,
    edition: Edition,
    furniture: Furniture,
    meta: Metadata,
    pictures: Pictures,
    place: Place,
) -> Bound:
    """The pack laid out. Raises ContentError at the place of what does not fit."""
    chapters = [
        laid_out(
            part.document,
            brand,
            replace(edition, layout=part.layout),
            part.pictures,
            furniture,
            part.place,
            first=False,
        )
        for part in parts
    ]
    # A cover's length does not depend on the numbers in it, so those of a first try are good enough to count its pages.
    pages = len(laid_out(cover([1] * len(parts)), brand, edition, pictures, furniture, place).pages)
    starts, at = [], pages + 1
    for chapter in chapters:
        starts.append(at)
        at += len(chapter.pages)
    front = laid_out(cover(starts), brand, edition, pictures, furniture, place)
    languages = [part.document.language for part in parts]
    return Bound(((front, meta.language), *zip(chapters, languages, strict=True)), meta)


def print_job(documents: Sequence[Bound], meta: Metadata, *, duplex: bool) -> Rendered:
    """Documents as one PDF, each numbered for itself; `duplex` begins each on a sheet of its own."""
    root = Element("Document", lang=meta.language)
    for document in documents:
        for chapter, language in document.chapters:
            _adopt(root, chapter, "" if language == meta.language else language)
    pages = [[(c.pages, c.look, c.furniture) for c, _ in document.chapters] for document in documents]
    left_out = dict.fromkeys(name for document in documents for c, _ in document.chapters for name in c.left_out)
    return replace(write_job(pages, root, meta, duplex=duplex), left_out=tuple(left_out))


def _adopt(root: Element, chapter: Chapter, language: str) -> None:
    """Puts a chapter's elements into the file's tree."""
    part = root.child("Part", lang=language)
    part.kids = chapter.story.root.kids
    for kid in part.kids:
        if isinstance(kid, Element):
            kid.parent = part
