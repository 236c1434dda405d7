"""Walking through a model's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..problems import Place
from .fields import Line, Model
from .inline import Text


def words_of(value: object) -> Iterator[Line | Text]:
    """Every line and text of a model, or of several, in order."""
    if isinstance(value, (Line, Text)):
        yield value
    elif isinstance(value, Model):
        for part in vars(value).values():
            yield from words_of(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from words_of(part)
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from words_of(part)


def texts_of(value: object) -> Iterator[Text]:
    """The texts with markup among them."""
    return (words for words in words_of(value) if isinstance(words, Text))


def strings_of(value: object) -> Iterator[tuple[Place, str]]:
    """All of them as plain words, each with its place."""
    return ((words.place, str(words)) for words in words_of(value))
