"""The markup inside a sentence: **bold**, [words](link) and [word](term:id); everything else prints as itself.

CommonMark's own inline parser decides where bold and links begin and end (a clinician's `2 ** 3` is no bold).
Its other constructs are switched off, so that `<`, `&amp;`, backquotes, `*one star*`, `\\` and `![` stay text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from ..problems import ContentError, Place, Problem, did_you_mean, problem
from ..records import dataclass
from .fields import shorten

# What needs no parser to be understood: bold from a letter to a letter or to the end of a sentence, and a link with a
# plain address. CommonMark reads it the same wherever it stands, if no other star or bracket is in the text.
_SIMPLE = re.compile(
    r"(?<!\*)\*\*(?P<bold>(?=[^\W_])[^*\[\]]*(?:[^\W_]|[.,:!?](?=\*\*(?: |$))))\*\*(?!\*)"
    r"|(?<!!)\[(?P<words>[^*\[\]]+)\]\((?P<to>[a-z]+:[A-Za-z0-9/.:#?=_-]+)\)"
)
_EMPTY = "\0"  # the address of a link that has none
_SPECIAL = re.compile(r"[*\[\]]")
_ADDRESS = re.compile(
    r"https?://[^\s/?#]+\.[^\s/?#]+([/?#].*)?|mailto:[^\s@]+@[^\s@]+|tel:\+?[0-9().-]+", re.IGNORECASE
)
_LONGEST = 5000  # characters of a paragraph; ours have 400
_MOST_LINKS = 50  # of a paragraph
SPACE = re.compile(r"[ \t\n]+")


@dataclass(frozen=True)
class Span:
    """A run of characters in one look. `href` is a web, mail or telephone address; `term` a glossary id."""

    text: str
    bold: bool = False
    href: str = ""
    term: str = ""


@dataclass(frozen=True)
class Text:
    """One paragraph of an author's words, with its place."""

    place: Place
    spans: tuple[Span, ...]

    @property
    def plain(self) -> str:
        """The words alone."""
        return "".join(span.text for span in self.spans)

    def __str__(self) -> str:
        return self.plain

    def __bool__(self) -> bool:
        return bool(self.spans)


def parse(source: str, place: Place) -> Text:
    """One paragraph. Raises ContentError for a link that leads nowhere a reader could follow."""
    source = SPACE.sub(" ", source).strip(" ")
    if len(source) > _LONGEST:
        raise problem(place, f"a paragraph has {len(source)} characters; {_LONGEST} fit", "Part it with blank lines.")
    if source.count("](") > _MOST_LINKS:
        raise problem(place, f"a paragraph has more than {_MOST_LINKS} links", "Part it with blank lines.")
    if not _SPECIAL.search(source):
        return Text(place, (Span(source),) if source else ())
    spans = _merge(_walk(source) if _SPECIAL.search(_SIMPLE.sub("", source)) else _simple(source))
    for span in spans:
        if span.href and not span.text.strip():
            raise problem(
                place, f'the link "{shorten(span.href)}" has no words', "Write them between the square brackets."
            )
        if span.href.startswith("term:") and len(span.href) > len("term:"):
            continue
        if span.href and not _ADDRESS.fullmatch(span.href):
            raise problem(
                place,
                f'the link "{shorten(span.href.removeprefix(_EMPTY))}" of "{shorten(span.text)}" leads nowhere',
                "Start it with https://, mailto: or tel:, or write term: and the word's id in the glossary.",
            )
        if not span.href and (broken := re.search(r"\[?[^\[\]]*\]\([^()]*\)?", span.text)):
            raise problem(
                place,
                f'"{shorten(broken[0])}" cannot be read as a link',
                "Write [words](https://…): one address without spaces in the round brackets.",
            )
    return Text(place, tuple(_as_term(span) for span in spans))


def check_terms(text: Text, known: set[str]) -> None:
    """Raises ContentError when the text uses terms that the glossary does not have."""
    unknown = {span.term for span in text.spans if span.term and span.term not in known}
    if unknown:
        raise ContentError(
            Problem(text.place, f'the glossary has no term "{shorten(term)}"', did_you_mean(term, known))
            for term in unknown
        )


def _as_term(span: Span) -> Span:
    if span.href.startswith("term:"):
        return Span(span.text, span.bold, "", span.href.removeprefix("term:"))
    return span


def _merge(spans: Iterator[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in spans:
        last = merged[-1] if merged else None
        if last and (last.bold, last.href) == (span.bold, span.href):
            merged[-1] = Span(last.text + span.text, span.bold, span.href)
        elif span.text or span.href:
            merged.append(span)
    return tuple(merged)


def _simple(source: str) -> Iterator[Span]:
    """The spans of a text whose markup is all simple."""
    source, at = source.strip(), 0
    for found in _SIMPLE.finditer(source):
        yield Span(source[at : found.start()])
        yield Span(found["bold"], bold=True) if found["bold"] else Span(found["words"], href=found["to"])
        at = found.end()
    yield Span(source[at:])


def _walk(source: str) -> Iterator[Span]:
    """The spans of any text, by CommonMark's parser, whose import costs a fortieth of a cold command."""
    from commonmark.node import Node

    block = Node("paragraph", [[1, 1], [1, 1]])
    block.string_content = source
    _parser_class()({}).parse(block)
    bold, href = 0, ""
    for node, entering in block.walker():
        if node.t == "strong":
            bold += 1 if entering else -1
        elif node.t == "link":
            href = unquote(node.destination) if (node.destination or "").startswith("term:") else node.destination
            href = (href or _EMPTY) if entering else ""
            if entering and not node.first_child:
                yield Span("", bold > 0, href)
        elif node.t == "emph":
            yield Span("*", bold > 0, href)  # no italics in patient print: the star stays a star
        elif node.t == "text":
            yield Span(node.literal, bold > 0, href)
        elif node.t in ("softbreak", "linebreak"):
            yield Span(" ", bold > 0, href)


@lru_cache(maxsize=1)
def _parser_class() -> Any:
    from commonmark.inlines import InlineParser

    class Inline(InlineParser):  # type: ignore[misc]
        """CommonMark's inline parser without code, images, raw HTML, entities, autolinks, escapes and underscores."""

        def _nothing(self, block: Any) -> bool:  # noqa: ARG002
            return False  # the character at hand becomes text

        parseBackslash = parseBackticks = parseAutolink = parseHtmlTag = parseEntity = parseBang = _nothing  # noqa: N815

        def handleDelim(self, cc: str, block: Any) -> bool:  # noqa: N802
            return cc == "*" and bool(super().handleDelim(cc, block))

    return Inline
