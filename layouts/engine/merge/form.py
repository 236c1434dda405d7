"""A document with blanks for a patient's words: of thousands of sheets only these differ, so the rest is made once.

A template is rendered with a mark in place of each text. What comes of it is kept, and each patient's words are put
where the marks are, letter by letter as the template would have printed them. It is rendered with longer marks too: one
that asks how long a text is gives something else then, and has no form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any

from ..records import dataclass
from .blocks import Block, Document, Span
from .handout import Patient

# What a filter does to words it does to a mark as well, which has capital and small letters, quotation marks, and a
# number with a unit; then there is no form.
_MARK = '\ue000{} aB "c" 2 d\ue001'
_START, _END, _MORE = _MARK[0], _MARK[-1], "\ue002"
_MUCH = 3_000  # letters: more than a template could count to
_TEXTS = tuple(field.name for field in fields(Patient) if field.type == "str")
_SPACE = re.compile("[ \n\t]+")


@dataclass(frozen=True)
class Form:
    """A document with marks. `shared` are its blocks without any, by identity."""

    document: Document
    shared: frozenset[int]

    def filled(self, patient: Patient) -> Document:
        """The document for a patient. Its blocks without words of theirs are the form's own."""
        made = self._filled(self.document, {name: getattr(patient, name) for name in _TEXTS})
        assert isinstance(made, Document)
        return made

    def _filled(self, block: Block, texts: Mapping[str, str]) -> Block:
        if id(block) in self.shared:
            return block
        own = {name: _put(value, texts) for name, value in vars(block).items() if isinstance(value, str)}
        spans = tuple(Span(_put(span.text, texts), span.bold, _put(span.href, texts)) for span in block.spans)
        return replace(block, spans=spans, blocks=tuple(self._filled(child, texts) for child in block.blocks), **own)


def form(made: Callable[[Patient], Document], patient: Patient) -> Form | None:
    """The form of the documents that a template has made for patients of whom as much is known as of this one; None
    where it does more with words than print them."""
    document = made(_marked(patient, ""))
    if _shorter(made(_marked(patient, _MORE * _MUCH))) != document:
        return None
    none = dict.fromkeys(_TEXTS, "")
    shared: set[int] = set()

    def is_shared(block: Block) -> bool:
        inner = [is_shared(child) for child in block.blocks]
        if all(inner) and not any(_START in text for text in _texts(block)):
            shared.add(id(block))
        return id(block) in shared

    def is_changed(block: Block) -> bool:
        return any(_START in _put(text, none) for text in _texts(block)) or any(map(is_changed, block.blocks))

    is_shared(document)
    return None if is_changed(document) else Form(document, frozenset(shared))


def _marked(patient: Patient, more: str) -> Patient:
    """The patient with a mark for each text that there is, as long as is wanted."""
    marks: dict[str, Any] = {name: _MARK.format(name)[:-1] + more + _END for name in _TEXTS if getattr(patient, name)}
    return replace(patient, **marks)


def _shorter(block: Block) -> Block:
    """The block with marks as they are without more."""
    own = {name: value.replace(_MORE, "") for name, value in vars(block).items() if isinstance(value, str)}
    spans = tuple(Span(span.text.replace(_MORE, ""), span.bold, span.href.replace(_MORE, "")) for span in block.spans)
    return replace(block, spans=spans, blocks=tuple(map(_shorter, block.blocks)), **own)


def _texts(block: Block) -> Iterator[str]:
    yield from (value for value in vars(block).values() if isinstance(value, str))
    for span in block.spans:
        yield from (span.text, span.href)


def _put(text: str, texts: Mapping[str, str]) -> str:
    """A text with words in place of its marks, their white space folded as everywhere in markup."""
    if _START in text:
        for name, words in texts.items():
            text = text.replace(_MARK.format(name), _SPACE.sub(" ", words).strip(" "))
    return text
