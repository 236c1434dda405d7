"""The markup inside a sentence: **bold**, [words](link) and [word](term:id); everything else prints as itself.

CommonMark's own inline parser decides where bold and links begin and end (a clinician's `2 ** 3` is no bold).
Its other constructs are switched off one by one, so that `<`, `&amp;`, backquotes, `*one star*` and `![` stay text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ..problems import Place, did_you_mean, problem

_SPECIAL = re.compile(r"[*\[\\_]")
_SCHEMES = ("https://", "http://", "mailto:", "tel:")
_SPACE = re.compile(r"[ \t\n]+")


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
    source = _SPACE.sub(" ", source).strip(" ")
    if not _SPECIAL.search(source):
        return Text(place, (Span(source),) if source else ())
    spans = _merge(_walk(source))
    for span in spans:
        if span.href.startswith("term:"):
            continue
        if span.href and not span.href.lower().startswith(_SCHEMES):
            raise problem(
                place,
                f'the link "{span.href}" does not lead to a web page',
                "Start it with https://, mailto: or tel:, or write term: and the word's id in the glossary.",
            )
        if span.href and not span.text.strip():
            raise problem(place, "a link without words", "Write the words between the square brackets.")
    return Text(place, tuple(_as_term(span) for span in spans))


def check_terms(text: Text, known: set[str]) -> None:
    """Raises ContentError when the text uses a term that the glossary does not have."""
    for span in text.spans:
        if span.term and span.term not in known:
            raise problem(text.place, f'the glossary has no term "{span.term}"', did_you_mean(span.term, known))


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
        elif span.text:
            merged.append(span)
    return tuple(merged)


def _walk(source: str) -> Iterator[Span]:
    from commonmark.node import Node  # only a text with markup pays for the parser

    block = Node("paragraph", [[1, 1], [1, 1]])
    block.string_content = source
    _parser_class()({}).parse(block)
    bold, href = 0, ""
    for node, entering in block.walker():
        if node.t == "strong":
            bold += 1 if entering else -1
        elif node.t == "link":
            href = node.destination if entering else ""
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
        """CommonMark's inline parser without code, images, raw HTML, entities, autolinks and underscores."""

        def _nothing(self, block: Any) -> bool:  # noqa: ARG002
            return False  # the character at hand becomes text

        parseBackticks = parseAutolink = parseHtmlTag = parseEntity = parseBang = _nothing  # noqa: N815

        def handleDelim(self, cc: str, block: Any) -> bool:  # noqa: N802
            return cc == "*" and bool(super().handleDelim(cc, block))

    return Inline
