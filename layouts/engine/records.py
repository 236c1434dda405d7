"""The standard library's `dataclass`, quicker to make; for a type checker it is that one, and nothing is different.

`dataclasses` writes up to seven functions as text for a class and compiles each. There are 130 classes at every start,
and making them took a quarter of all imports. Here only `__init__` is written that way; comparison, hash and repr are
shared code over the fields. What `frozen` says is left to the type checker, so that a value is made with plain
assignments as well; and to the tests, for which `tests/frozen.py` makes such records refuse every change.
"""

from __future__ import annotations

from dataclasses import dataclass as _dataclass
from dataclasses import fields
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(kind=None, /, *, frozen=False, eq=True, repr=True, **more):
        """As `dataclasses.dataclass`; without `order`, and no field may have `compare=False` or `repr=False`."""
        if kind is None:
            return partial(dataclass, frozen=frozen, eq=eq, repr=repr, **more)
        made = _dataclass(kind, eq=False, repr=False, **more)
        if eq:
            _compared(made, frozen)
        if repr and "__repr__" not in vars(kind):
            made.__repr__ = _repr
        return made


def _compared(kind: Any, frozen: bool) -> None:
    """Gives the class comparison by its fields' values, and a hash where they are not to change."""
    names = [field.name for field in fields(kind)]
    values = attrgetter(*names) if names else type

    def equal(self: Any, other: Any) -> Any:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: Any) -> int:
        return hash(values(self))

    own = vars(kind)
    if "__eq__" not in own:
        kind.__eq__ = equal
    if "__hash__" not in own:
        kind.__hash__ = hashed if frozen else None


def _repr(self: Any) -> str:
    values = ", ".join(f"{field.name}={getattr(self, field.name)!r}" for field in fields(self))
    return f"{type(self).__qualname__}({values})"


__all__ = ["dataclass"]
