"""What a field of a content file may be: the vocabulary of `models.py`.

A model is a frozen dataclass whose fields carry their description; `convert.py` fills it from nodes and
`schema.py` turns the same descriptions into JSON Schema, so the two cannot drift apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import MISSING, field
from typing import Any, ClassVar, TypeVar, dataclass_transform

from ..problems import Place, Problem, problem
from ..records import dataclass

T = TypeVar("T")


@dataclass(frozen=True)
class Limits:
    """How many characters (of a text) or items (of a list) a field takes; 0 is no limit."""

    least: int = 0
    most: int = 0


def spec(doc: str, *, default: Any = MISSING, least: int = 0, most: int = 0, names: tuple[str, ...] = ()) -> Any:
    """A model's field with its description, shown by editors and in hints; `names` are all that a group of words has,
    where they are known."""
    limits = Limits(least, most)
    return field(default=default, metadata={"doc": doc, "limits": limits, "names": names})


@dataclass_transform(frozen_default=True, kw_only_default=True, eq_default=False, field_specifiers=(spec,))
def model(kind: type[T]) -> type[T]:
    """A frozen dataclass without comparison and repr, which nobody asks of a content file: a quarter faster to make,
    and there are dozens at every start."""
    return dataclass(frozen=True, kw_only=True, eq=False, repr=False)(kind)


@model
class Model:
    """A mapping of a content file."""

    place: Place

    def check(self) -> Iterator[Problem]:
        """Problems that concern more than one field."""
        yield from ()


class Line(str):
    """A text on one line that knows where it stands; no markup inside."""

    __slots__ = ("place",)
    place: Place
    pattern: ClassVar[str] = ""  # a regular expression that the whole text matches
    expected: ClassVar[str] = ""  # what is said when it does not

    def __new__(cls, text: str, place: Place) -> Line:
        """Raises ContentError when the text is not of the class's pattern."""
        if cls.pattern and not re.fullmatch(cls.pattern, text):
            raise problem(place, f'"{shorten(text)}" is not {cls.expected}', cls.hint(text))
        self = super().__new__(cls, text)
        self.place = place
        return self

    @classmethod
    def hint(cls, text: str) -> str:  # noqa: ARG003
        """What to do about a text that does not match."""
        return ""

    def __reduce__(self) -> Any:
        return type(self), (str(self), self.place)


class Id(Line):
    """The id of something: its file's name without ".yaml"."""

    pattern = r"[a-z0-9]+(-[a-z0-9]+)*"
    expected = "an id"

    @classmethod
    def hint(cls, text: str) -> str:
        near = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
        return (
            f'Ids are lowercase words joined by hyphens: "{near}".'
            if near
            else "Ids are lowercase words joined by hyphens."
        )


class Colour(Line):
    """A colour as a designer writes it, such as "#13808F"."""

    pattern = r"#[0-9A-Fa-f]{6}"
    expected = "a colour"

    @classmethod
    def hint(cls, text: str) -> str:  # noqa: ARG003
        return 'Write it as "#" and six digits or letters a to f, in quotation marks: "#13808F".'

    @property
    def rgb(self) -> tuple[float, float, float]:
        """Red, green and blue from 0 to 1."""
        r, g, b = (int(self[i : i + 2], 16) / 255 for i in (1, 3, 5))
        return r, g, b


class Url(Line):
    """A web address."""

    pattern = r"https?://[A-Za-z0-9.-]+\.[A-Za-z]{2,}(:\d+)?(/[^\s<>\"]*)?"
    expected = "a web address"

    @classmethod
    def hint(cls, text: str) -> str:  # noqa: ARG003
        return "It starts with https:// and has no spaces."

    @property
    def short(self) -> str:
        """The address as it is printed."""
        return self.split("://", 1)[1].rstrip("/").removeprefix("www.")


class Email(Line):
    """An e-mail address."""

    pattern = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+"
    expected = "an e-mail address"

    @classmethod
    def hint(cls, text: str) -> str:  # noqa: ARG003
        return 'It looks like "hello@example.org".'


class Host(Line):
    """The name of a server."""

    pattern = r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*"
    expected = "the name of a server"

    @classmethod
    def hint(cls, text: str) -> str:  # noqa: ARG003
        return 'It looks like "smtp.example.org", without https:// and without a port.'


class FileName(Line):
    """A file of the content folder, by its path from there."""

    pattern = r"[^\\:*?\"<>|]+"
    expected = "the name of a file"

    @classmethod
    def hint(cls, text: str) -> str:  # noqa: ARG003
        return 'Write its path from the content folder with "/", such as "brand/logo.svg".'


def shorten(text: str, most: int = 40) -> str:
    """A value as it is quoted in a message."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
