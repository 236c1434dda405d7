"""Nodes -> typed models, with every mistake of the file in one go.

A converter never stops at the first problem: it notes it, leaves the value out and goes on, and only
`read_model` decides that a model with problems is none.
"""

from __future__ import annotations

import dataclasses
import datetime
import re
import types
import typing
import unicodedata
from collections.abc import Callable
from collections.abc import Mapping as MappingType
from functools import cache, partial
from typing import Any, Literal, TypeVar

from ..problems import ContentError, Place, Problem, did_you_mean
from .fields import Limits, Line, Model, shorten
from .inline import SPACE, Text, parse
from .source import Mapping, Node, Scalar, Sequence

M = TypeVar("M", bound=Model)
_YES = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}
_YAML_WORDS = frozenset(_YES) | {"null", "~"}
_MISSING: Any = object()
_UNSEEN = frozenset(("Cc", "Cf", "Zs", "Zl", "Zp", "Mn"))  # controls, formats, spaces, accents without their letter


def read_model(node: Mapping, kind: type[M]) -> M:
    """The node as a model. Raises ContentError with every problem found."""
    converter = _Converter()
    model = converter.model(node, kind, "the file")
    if converter.problems:
        raise ContentError(converter.problems)
    return typing.cast(M, model)


class _Converter:
    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def wrong(self, place: Place, message: str, hint: str = "") -> Any:
        self.problems.append(Problem(place, message, hint))
        return _MISSING

    def model(self, node: Node, kind: type[Model], name: str) -> Any:
        if not isinstance(node, Mapping):
            return self.wrong(
                node.place, f"{name} is {_noun(node)}, but names with values belong here", _names_hint(kind)
            )
        fields = {f.name: f for f in dataclasses.fields(kind) if f.name != "place"}
        types_ = field_types(kind)  # type: ignore[arg-type]  # mypy: a class is hashable
        values: dict[str, Any] = {"place": node.place}
        for key in node.items.keys() - fields.keys():
            hint = did_you_mean(key, fields) or f"Possible here: {', '.join(fields)}."
            self.wrong(node.keys[key], f'there is no field "{shorten(key)}" here', hint)
        for name, field in fields.items():
            value = node.items.get(name)
            required = field.default is dataclasses.MISSING
            if value is None or (isinstance(value, Scalar) and value.is_null):
                if required and value is None:
                    self.wrong(node.place, f'"{name}" is missing', field.metadata["doc"])
                elif required:
                    self.wrong(node.keys[name], f'"{name}" has no value', _hint(types_[name]) or field.metadata["doc"])
                continue
            before = len(self.problems)
            done = self.value(value, types_[name], f'"{name}"')
            if done is not _MISSING and len(self.problems) == before:
                self.limits(name, done, value.place, field.metadata["limits"])
            values[name] = done
        if any(v is _MISSING for v in values.values()) or any(
            f.default is dataclasses.MISSING and f.name not in values for f in fields.values()
        ):
            return _MISSING
        made = kind(**values)
        for found in made.check():  # what concerns the whole model is shown at the field that it names first
            field_name = re.match(r'"(\w+)"', found.message)
            place = node.keys.get(field_name[1]) if field_name and found.place == node.place else None
            self.problems.append(dataclasses.replace(found, place=place) if place else found)
        return made

    def value(self, node: Node, wanted: Any, name: str) -> Any:
        origin, arguments = typing.get_origin(wanted), typing.get_args(wanted)
        if origin in (typing.Union, types.UnionType):
            return self.value(node, next(a for a in arguments if a is not type(None)), name)
        if wanted == tuple[Text, ...] and isinstance(node, Scalar):
            return self.prose(node, name)
        if origin is tuple:
            return self.sequence(node, arguments[0], name)
        if origin is MappingType:
            return self.mapping(node, arguments[1], name)
        if isinstance(wanted, type) and issubclass(wanted, Model):
            return self.model(node, wanted, name)
        if not isinstance(node, Scalar):
            return self.wrong(node.place, f"{name} is {_noun(node)}, but one value belongs here", _quote_hint(node))
        if origin is Literal:
            if node.text in arguments:
                return node.text
            return self.wrong(
                node.place, f'{name} cannot be "{shorten(node.text)}"', did_you_mean(node.text, arguments)
            )
        return self.scalar(node, wanted, name)

    def sequence(self, node: Node, wanted: Any, name: str) -> Any:
        if not isinstance(node, Sequence):
            if wanted is Text:
                return self.wrong(
                    node.place, f"{name} is {_noun(node)}, but a text or a list belongs here", _quote_hint(node)
                )
            return self.wrong(node.place, f"{name} is {_noun(node)}, but a list belongs here", _LIST_HINT)
        done = [self.value(item, wanted, f"item {i} of {name}") for i, item in enumerate(node.items, 1)]
        return _MISSING if any(v is _MISSING for v in done) else tuple(done)

    def mapping(self, node: Node, wanted: Any, name: str) -> Any:
        if not isinstance(node, Mapping):
            return self.wrong(node.place, f"{name} is {_noun(node)}, but names with values belong here")
        done = {key: self.value(value, wanted, f'"{shorten(key)}"') for key, value in node.items.items()}
        return _MISSING if any(v is _MISSING for v in done.values()) else types.MappingProxyType(done)

    def prose(self, node: Scalar, name: str) -> Any:
        """Paragraphs, parted by blank lines."""
        if self.is_yaml_word(node, name):
            return _MISSING
        texts = [self.call(partial(parse, part, node.place)) for part in _paragraphs(node)]
        if not has_words(node.text):
            return self.wrong(node.place, f"{name} has no words")
        return _MISSING if any(t is _MISSING for t in texts) else tuple(texts)

    def scalar(self, node: Scalar, wanted: Any, name: str) -> Any:
        if wanted in _PARSERS:
            return _PARSERS[wanted](self, node, name)
        if self.is_yaml_word(node, name):
            return _MISSING
        if not has_words(node.text):
            return self.wrong(node.place, f"{name} has no words")
        if wanted is Text:
            if len(_paragraphs(node)) > 1:
                return self.wrong(node.place, f"{name} has more than one paragraph", "Delete the blank line in it.")
            return self.call(lambda: parse(node.text, node.place))
        if issubclass(wanted, Line):
            return self.call(lambda: wanted(SPACE.sub(" ", node.text).strip(" "), node.place))
        raise TypeError(f"no converter for {wanted}")

    def is_yaml_word(self, node: Scalar, name: str) -> bool:
        if node.style or node.text.lower() not in _YAML_WORDS:
            return False
        meaning = {True: "yes", False: "no", None: "nothing"}[_YES.get(node.text.lower())]
        self.wrong(
            node.place,
            f'{name} is the bare word {node.text}, which stands for "{meaning}" and is no text',
            f'If it is meant as text, put it in quotation marks: "{node.text}".',
        )
        return True

    def call(self, make: Callable[[], Any]) -> Any:
        try:
            return make()
        except ContentError as error:
            self.problems.extend(error.problems)
            return _MISSING

    def yes_or_no(self, node: Scalar, name: str) -> Any:
        if node.text.lower() in _YES:
            return _YES[node.text.lower()]
        return self.wrong(node.place, f'{name} is "{shorten(node.text)}", but yes or no belongs here')

    def whole_number(self, node: Scalar, name: str) -> Any:
        if node.text.strip().isdecimal() and len(node.text) < 10:
            return int(node.text)
        return self.wrong(node.place, f'{name} is "{shorten(node.text)}", but a whole number belongs here')

    def date(self, node: Scalar, name: str) -> Any:
        try:
            day = datetime.datetime.strptime(node.text.strip(), "%Y-%m-%d").date()
            if 2000 <= day.year < 2100 and node.text.isascii():
                return day
            hint = "Write year-month-day with the year of today or near it."
            return self.wrong(node.place, f'{name} is "{node.text.strip()}", a day that cannot be meant', hint)
        except ValueError:
            pass
        if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", node.text.strip()):
            return self.wrong(
                node.place,
                f'{name} is "{node.text.strip()}", a day that no calendar has',
                "Check the month (01 to 12) and the day.",
            )
        return self.wrong(
            node.place,
            f'{name} is "{shorten(node.text)}", which is not a date',
            "Write year-month-day, such as 2026-11-23.",
        )

    def limits(self, name: str, value: Any, place: Place, limits: Limits) -> None:
        if isinstance(value, tuple) and not value:
            self.wrong(place, f'"{name}" is an empty list', "Fill it, or delete the line.")
            return
        texts = isinstance(value, (str, Text))
        size = len(value.plain if isinstance(value, Text) else value) if texts or isinstance(value, tuple) else 0
        unit = ("character" if texts else "item") + "s" * (size != 1)
        if limits.most and size > limits.most:
            self.wrong(
                place, f'"{name}" has {size} {unit}; {limits.most} fit', "Shorten it." if texts else "Leave some out."
            )
        if limits.least and size < limits.least:
            self.wrong(place, f'"{name}" has {size} {unit}; {limits.least} are needed')


_LIST_HINT = 'Start each item on a new line with "- ".'
_PARSERS: dict[Any, Callable[[_Converter, Scalar, str], Any]] = {
    bool: _Converter.yes_or_no,
    int: _Converter.whole_number,
    datetime.date: _Converter.date,
}


def has_words(text: str) -> bool:
    """True for a text with anything that is seen in print: no spaces, invisible characters or lone accents."""
    return any(unicodedata.category(char) not in _UNSEEN for char in text)


@cache
def field_types(kind: type[Model]) -> dict[str, Any]:
    """The types of a model's fields, by name."""
    return typing.get_type_hints(kind)


def _noun(node: Node) -> str:
    if isinstance(node, Scalar):
        return "empty" if node.is_null else "a text"
    return "a list" if isinstance(node, Sequence) else "a group of names and values"


def _hint(wanted: Any) -> str:
    """What is special to write in a field of that type."""
    wanted = next((a for a in typing.get_args(wanted) if a is not type(None)), wanted)
    return wanted.hint("") if isinstance(wanted, type) and issubclass(wanted, Line) else ""


def _paragraphs(node: Scalar) -> list[str]:
    """A literal block parts paragraphs with a blank line; elsewhere YAML has folded one to a line end, but
    it folds no line that is indented more than the others."""
    if node.style == "|":
        return [part for part in re.split(r"\n[ \t]*\n", node.text) if part.strip()]
    parts: list[str] = []
    before = ""
    for line in node.text.split("\n"):
        if node.style == ">" and before.strip() and line.strip() and " " in (before[0], line[0]):
            parts[-1] += f" {line}"
        elif line.strip():
            parts.append(line)
        before = line
    return parts


def _quote_hint(node: Node) -> str:
    if isinstance(node, Mapping) and len(node.items) == 1:
        key, value = next(iter(node.items.items()))
        if isinstance(value, Scalar) and not value.style and value.text and '"' not in key + value.text:
            return f'If it is one text, put it in quotation marks: "{shorten(f"{key}: {value.text}")}".'
    if isinstance(node, Sequence):
        return 'Delete the "- " or the brackets; a text with [ or { in it needs quotation marks.'
    return "A text with a colon, [ or { in it needs quotation marks." if isinstance(node, Mapping) else ""


def _names_hint(kind: type[Model]) -> str:
    names = [f.name for f in dataclasses.fields(kind) if f.name != "place" and f.default is dataclasses.MISSING]
    return f"It needs: {', '.join(names)}." if names else ""
