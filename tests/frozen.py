"""Frozen records that refuse to be changed.

`layouts.engine.records` leaves to the type checker what `frozen=True` says, because real frozen classes take longer to
make at every start. Tests can wait: here each field of a frozen record is set once, and code that changes one fails.
"""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from functools import partial
from typing import Any

from layouts.engine import records


def switch_on() -> None:
    """Makes `records.dataclass` strict for every class that is defined from now on."""
    quick: Any = records.dataclass

    def strict(kind: Any = None, /, *, frozen: bool = False, **more: Any) -> Any:
        if kind is None:
            return partial(strict, frozen=frozen, **more)
        made = quick(kind, frozen=frozen, **more)
        if frozen:
            _freeze(made)
        return made

    records.dataclass = strict


def _freeze(kind: Any) -> None:
    names = frozenset(field.name for field in fields(kind))

    def set_once(self: Any, name: str, value: Any) -> None:
        if name not in names or name in vars(self):
            raise FrozenInstanceError(f"cannot assign to field {name!r} of a {type(self).__name__}")
        vars(self)[name] = value

    def refuse(self: Any, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r} of a {type(self).__name__}")

    kind.__setattr__, kind.__delattr__ = set_once, refuse
