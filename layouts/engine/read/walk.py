"""Walking through a model's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..problems import Place
from .fields import Line, Model
from .inline import Text


def words_of(value: object) -> list[Line | Text]:
    """Every line and text of a model, or of several, in order."""
    found: list[Line | Text] = []
    _collect(value, found)
    return found


def _collect(value: object, found: list[Line | Text]) -> None:
    parts: Iterable[object]
    if isinstance(value, (Line, Text)):
        found.append(value)
        return
    if isinstance(value, Model):
        parts = vars(value).values()
    elif isinstance(value, tuple):
        parts = value
    elif value is None or isinstance(value, (str, int, Place)) or not isinstance(value, Mapping):
        return
    else:
        parts = value.values()
    for part in parts:
        _collect(part, found)


def texts_of(value: object) -> Iterator[Text]:
    """The texts with markup among them."""
    return (words for words in words_of(value) if isinstance(words, Text))


def strings_of(value: object) -> Iterator[tuple[Place, str]]:
    """All of them as plain words, each with its place."""
    return ((words.place, str(words)) for words in words_of(value))
