"""Nodes -> typed models, with every mistake of the file in one go.

A converter never stops at the first problem: it notes it, leaves the value out and goes on, and only
`read_model` decides that a model with problems is none.
"""

from __future__ import annotations

import dataclasses
import datetime
import types
import typing
from collections.abc import Callable
from collections.abc import Mapping as MappingType
from functools import lru_cache
from typing import Any, Literal, TypeVar

from ..problems import ContentError, Place, Problem, did_you_mean
from .fields import Limits, Line, Model, shorten
from .inline import Text, parse
from .source import Mapping, Node, Scalar, Sequence

M = TypeVar("M", bound=Model)
_YES = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}
_YAML_WORDS = frozenset(_YES) | {"null", "~"}
_MISSING: Any = object()


def read_model(node: Mapping, kind: type[M]) -> M:
    """The node as a model. Raises ContentError with every problem found."""
    converter = _Converter()
    model = converter.model(node, kind)
    if converter.problems:
        raise ContentError(converter.problems)
    return typing.cast(M, model)


class _Converter:
    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def wrong(self, place: Place, message: str, hint: str = "") -> Any:
        self.problems.append(Problem(place, message, hint))
        return _MISSING

    def model(self, node: Node, kind: type[Model]) -> Any:
        if not isinstance(node, Mapping):
            return self.wrong(node.place, f"{_noun(node)} stands where names and values belong", _names_hint(kind))
        fields = {f.name: f for f in dataclasses.fields(kind) if f.name != "place"}
        types_ = field_types(kind)
        values: dict[str, Any] = {"place": node.place}
        for key in node.items.keys() - fields.keys():
            self.wrong(node.keys[key], f'there is no field "{shorten(key)}" here', did_you_mean(key, fields))
        for name, field in fields.items():
            value = node.items.get(name)
            required = field.default is dataclasses.MISSING
            if value is None or (isinstance(value, Scalar) and value.is_null):
                if required and value is None:
                    self.wrong(node.place, f'"{name}" is missing', field.metadata["doc"])
                elif required:
                    self.wrong(node.keys[name], f'"{name}" has no value', field.metadata["doc"])
                continue
            before = len(self.problems)
            done = self.value(value, types_[name], name)
            if done is not _MISSING and len(self.problems) == before:
                self.limits(name, done, value.place, field.metadata["limits"])
            values[name] = done
        if any(v is _MISSING for v in values.values()) or any(
            f.default is dataclasses.MISSING and f.name not in values for f in fields.values()
        ):
            return _MISSING
        made = kind(**values)
        self.problems.extend(made.check())
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
            return self.model(node, wanted)
        if not isinstance(node, Scalar):
            return self.wrong(node.place, f'"{name}" is {_noun(node)}, but one value belongs here', _quote_hint(node))
        if origin is Literal:
            if node.text in arguments:
                return node.text
            return self.wrong(node.place, f'"{name}" cannot be "{shorten(node.text)}"', did_you_mean(node.text, arguments))
        return self.scalar(node, wanted, name)

    def sequence(self, node: Node, wanted: Any, name: str) -> Any:
        if not isinstance(node, Sequence):
            return self.wrong(node.place, f'"{name}" is {_noun(node)}, but a list belongs here', 'Start each item on a new line with "- ".')
        done = [self.value(item, wanted, f"{name} {i}") for i, item in enumerate(node.items, 1)]
        return _MISSING if any(v is _MISSING for v in done) else tuple(done)

    def mapping(self, node: Node, wanted: Any, name: str) -> Any:
        if not isinstance(node, Mapping):
            return self.wrong(node.place, f'"{name}" is {_noun(node)}, but names with values belong here')
        done = {key: self.value(value, wanted, key) for key, value in node.items.items()}
        return _MISSING if any(v is _MISSING for v in done.values()) else types.MappingProxyType(done)

    def prose(self, node: Scalar, name: str) -> Any:
        """Paragraphs: a literal block parts them with a blank line; elsewhere YAML has folded one to a line end."""
        if self.is_yaml_word(node, name):
            return _MISSING
        parts = node.text.split("\n\n" if node.style == "|" else "\n")
        texts = [self.call(lambda part=part: parse(part, node.place)) for part in parts if part.strip()]
        if not texts:
            return self.wrong(node.place, f'"{name}" has no words')
        return _MISSING if any(t is _MISSING for t in texts) else tuple(texts)

    def scalar(self, node: Scalar, wanted: Any, name: str) -> Any:
        if wanted in _PARSERS:
            return _PARSERS[wanted](self, node, name)
        if self.is_yaml_word(node, name):
            return _MISSING
        if not node.text.strip():
            return self.wrong(node.place, f'"{name}" has no words')
        if wanted is Text:
            if "\n" in node.text.strip() and node.style != "|":
                return self.wrong(node.place, f'"{name}" has more than one paragraph', "Delete the blank line in it.")
            return self.call(lambda: parse(node.text, node.place))
        if issubclass(wanted, Line):
            return self.call(lambda: wanted(" ".join(node.text.split()), node.place))
        raise TypeError(f"no converter for {wanted}")

    def is_yaml_word(self, node: Scalar, name: str) -> bool:
        if node.style or node.text.lower() not in _YAML_WORDS:
            return False
        meaning = {True: "yes", False: "no", None: "nothing"}[_YES.get(node.text.lower())]
        self.wrong(
            node.place,
            f'"{name}" is the bare word {node.text}, which means "{meaning}" in YAML and is no text',
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
        return self.wrong(node.place, f'"{name}" is "{shorten(node.text)}", but yes or no belongs here')

    def whole_number(self, node: Scalar, name: str) -> Any:
        if node.text.strip().isdecimal() and len(node.text) < 10:
            return int(node.text)
        return self.wrong(node.place, f'"{name}" is "{shorten(node.text)}", but a whole number belongs here')

    def date(self, node: Scalar, name: str) -> Any:
        try:
            return datetime.datetime.strptime(node.text.strip(), "%Y-%m-%d").date()
        except ValueError:
            pass
        return self.wrong(
            node.place,
            f'"{name}" is "{shorten(node.text)}", which is not a date',
            "Write year-month-day, such as 2026-11-23.",
        )

    def limits(self, name: str, value: Any, place: Place, limits: Limits) -> None:
        if isinstance(value, tuple) and not value:
            self.wrong(place, f'"{name}" is an empty list', "Fill it, or delete the line.")
            return
        texts = isinstance(value, (str, Text))
        size = len(value.plain if isinstance(value, Text) else value) if texts or isinstance(value, tuple) else 0
        unit = "characters" if texts else "items"
        if limits.most and size > limits.most:
            self.wrong(place, f'"{name}" has {size} {unit}; {limits.most} fit', "Shorten it.")
        if limits.least and size < limits.least:
            self.wrong(place, f'"{name}" has {size} {unit}; {limits.least} are needed')


_PARSERS: dict[Any, Callable[[_Converter, Scalar, str], Any]] = {
    bool: _Converter.yes_or_no,
    int: _Converter.whole_number,
    datetime.date: _Converter.date,
}


@lru_cache(maxsize=None)
def field_types(kind: type[Model]) -> dict[str, Any]:
    """The types of a model's fields, by name."""
    return typing.get_type_hints(kind)


def _noun(node: Node) -> str:
    return {Scalar: "a text", Sequence: "a list", Mapping: "a group of names and values"}[type(node)]


def _quote_hint(node: Node) -> str:
    return "A text with a colon, [ or { in it needs quotation marks." if not isinstance(node, Scalar) else ""


def _names_hint(kind: type[Model]) -> str:
    names = [f.name for f in dataclasses.fields(kind) if f.name != "place" and f.default is dataclasses.MISSING]
    return f"It needs: {', '.join(names)}." if names else ""
