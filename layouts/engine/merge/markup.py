"""The strict XML that templates write -> blocks. An unknown word or attribute is a mistake in a template."""

from __future__ import annotations

import dataclasses
import re
import typing
from collections.abc import Iterator
from functools import cache
from typing import Any
from xml.etree import ElementTree

from .blocks import WORDS, Block, Document, Span

_INLINE = ("strong", "a")
_SPACE = re.compile("[ \n\t]+")  # a no-break space stays


class TemplateError(Exception):
    """A template wrote something that is no markup: for the designer, not for the front desk."""


def parse(xml: str) -> Document:
    """The document. Raises TemplateError."""
    if "<!" in xml:
        raise TemplateError("markup has no <! declarations or comments; use {# … #}")
    try:
        root = ElementTree.fromstring(xml)
    except ElementTree.ParseError as error:
        lines = xml.splitlines() or [""]
        line = lines[min(error.position[0], len(lines)) - 1]
        raise TemplateError(f"{error} in: {line.strip()[:100]}") from None
    document = _block(root)
    if not isinstance(document, Document):
        raise TemplateError(f"the outermost word is <document>, not <{root.tag}>")
    return document


def _block(element: ElementTree.Element) -> Block:
    kind = WORDS.get(element.tag)
    if kind is None:
        raise TemplateError(f"there is no word <{element.tag}>")
    fields = _attributes(kind)  # type: ignore[arg-type]  # mypy takes a class for its unhashable instances
    values: dict[str, Any] = {}
    for name, text in element.attrib.items():
        if name not in fields:
            raise TemplateError(f'<{element.tag}> has no attribute "{name}"')
        values[name] = _value(text, fields[name], f"{element.tag} {name}")
    if kind.content == "spans":
        values["spans"] = _merged(_spans(element))
    else:
        if (element.text or "").strip() or any((child.tail or "").strip() for child in element):
            raise TemplateError(f"<{element.tag}> holds other words, no text")
        if len(element) and not kind.content:
            raise TemplateError(f"<{element.tag}> holds nothing")
        values["blocks"] = tuple(_block(child) for child in element)
    return kind(**values)


@cache
def _attributes(kind: type[Block]) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    hidden = ("spans", "blocks")
    return {f.name: hints[f.name] for f in dataclasses.fields(kind) if f.name not in hidden}


def _value(text: str, wanted: Any, where: str) -> Any:
    if wanted is bool:
        if text in ("yes", "no"):
            return text == "yes"
    elif wanted is int:
        if text.isdecimal():
            return int(text)
    elif wanted is str or text in typing.get_args(wanted):
        return text
    raise TemplateError(f'{where} cannot be "{text}"')


def _spans(element: ElementTree.Element, bold: bool = False, href: str = "") -> Iterator[Span]:
    if element.text:
        yield Span(element.text, bold, href)
    for child in element:
        if child.tag not in _INLINE:
            raise TemplateError(f"<{child.tag}> cannot stand among the words of <{element.tag}>")
        yield from _spans(child, bold or child.tag == "strong", child.get("href", href))
        if child.tail:
            yield Span(child.tail, bold, href)


def _merged(spans: Iterator[Span]) -> tuple[Span, ...]:
    """White space folded, as everywhere in markup; neighbours of one look joined."""
    merged: list[Span] = []
    for span in spans:
        text = span.text
        if "  " in text or "\n" in text or "\t" in text:
            text = _SPACE.sub(" ", text)
        if merged and merged[-1].text.endswith(" "):
            text = text.removeprefix(" ")
        if not text:
            continue
        if merged and (merged[-1].bold, merged[-1].href) == (span.bold, span.href):
            merged[-1] = Span(merged[-1].text + text, span.bold, span.href)
        else:
            merged.append(Span(text, span.bold, span.href))
    if merged:
        if merged[0].text.startswith(" "):
            merged[0] = Span(merged[0].text[1:], merged[0].bold, merged[0].href)
        last = merged[-1]
        if last.text.endswith(" "):
            merged[-1] = Span(last.text[:-1], last.bold, last.href)
    return tuple(span for span in merged if span.text)
