"""JSON Schemas out of the models' own descriptions, so that an editor completes and explains every field."""

from __future__ import annotations

import dataclasses
import datetime
import json
import types
import typing
from collections.abc import Mapping
from typing import Any, Literal

from .convert import field_types
from .fields import Id, Line, Model
from .inline import Text
from .kinds import KINDS

FOLDER = ".schemas"
NUMBER_TOO = ["string", "number"]  # a text that looks like a number, which our own reading leaves as it was typed


def schemas(kinds: Mapping[str, type[Model]] = KINDS) -> dict[str, str]:
    """File name -> text, for every kind of content file."""
    return {f"{name}.json": _text(name, kind) for name, kind in kinds.items()}


def _text(name: str, kind: type[Model]) -> str:
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": name, **_model(kind)}
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def _model(kind: type[Model]) -> dict[str, Any]:
    hints = field_types(kind)  # type: ignore[arg-type]  # mypy: a class is hashable
    fields = [f for f in dataclasses.fields(kind) if f.name != "place"]
    properties = {}
    for f in fields:
        limits = f.metadata["limits"]
        properties[f.name] = {"description": f.metadata["doc"], **_type(hints[f.name], limits.least, limits.most)}
        if names := f.metadata["names"]:
            inner = properties[f.name].pop("additionalProperties")
            properties[f.name] |= {
                "properties": dict.fromkeys(names, inner), "additionalProperties": False, "required": [*names],
            }  # fmt: skip
    required = [f.name for f in fields if f.default is dataclasses.MISSING]
    schema = {
        "type": "object",
        "description": (kind.__doc__ or "").strip(),
        "properties": properties,
        "additionalProperties": False,
    }
    return {**schema, "required": required} if required else schema


def _is_numeric(wanted: Any) -> bool:
    """True for a text whose pattern is that of a number, such as an angle."""
    return isinstance(wanted, type) and issubclass(wanted, Line) and wanted.pattern.startswith("[+-]?")


def _type(wanted: Any, least: int = 0, most: int = 0) -> dict[str, Any]:
    origin, arguments = typing.get_origin(wanted), typing.get_args(wanted)
    if origin in (typing.Union, types.UnionType):
        inner = _type(next(a for a in arguments if a is not type(None)), least, most)
        return {"anyOf": [inner, {"type": "null"}]}
    if origin is tuple:
        items: dict[str, Any] = {"type": "array", "items": _type(arguments[0]), "minItems": max(least, 1)}
        if most:
            items["maxItems"] = most
        return {"anyOf": [items, {"type": NUMBER_TOO, "minLength": 1}]} if wanted == tuple[Text, ...] else items
    if origin is Mapping:
        return {"type": "object", "additionalProperties": _type(arguments[1])}
    if origin is Literal:
        return {"enum": list(arguments)}
    if isinstance(wanted, type) and issubclass(wanted, Model):
        return _model(wanted)
    if wanted is bool:
        return {"enum": [True, False, "yes", "no"]}  # yes is true to some editors and a text to others
    if wanted is int:
        return {"type": "integer"}
    if wanted is datetime.date:
        return {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
    text: dict[str, Any] = {
        "type": NUMBER_TOO if wanted in (Line, Text, Id) or _is_numeric(wanted) else "string",
        "minLength": 1,
    }
    if isinstance(wanted, type) and issubclass(wanted, Line) and wanted.pattern:
        text["pattern"] = f"^(?:{wanted.pattern})$"
    if most and wanted is not Text:  # what marks up a text does not count
        text["maxLength"] = most
    if least and wanted is not Text:
        text["minLength"] = least
    return text
