"""Records: quicker to make than the standard library's dataclasses, and to their users the same."""

from __future__ import annotations

import dataclasses
from dataclasses import FrozenInstanceError, field
from typing import Any

import pytest

from layouts.engine.records import dataclass


@dataclass(frozen=True)
class Ours:
    """A frozen record."""

    name: str
    sets: int = 2
    words: tuple[str, ...] = field(default_factory=tuple)


@dataclasses.dataclass(frozen=True)
class Theirs:
    """The same of the standard library."""

    name: str
    sets: int = 2
    words: tuple[str, ...] = field(default_factory=tuple)


@dataclass
class Open:
    """A record that may be changed."""

    name: str


def test_what_the_standard_library_says_of_it_is_true() -> None:
    for values in (("bridge",), ("bridge", 3), ("bridge", 3, ("slow",))):
        ours, theirs = Ours(*values), Theirs(*values)
        assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
        assert hash(ours) == hash(theirs)
        assert dataclasses.astuple(ours) == dataclasses.astuple(theirs)
        assert dataclasses.replace(ours, sets=9) == Ours(values[0], 9, *values[2:])


def test_records_are_compared_by_their_fields_and_their_class() -> None:
    assert Ours("bridge") == Ours("bridge", 2) != Ours("bridge", 3)
    assert len({Ours("bridge"), Ours("bridge"), Ours("squat")}) == 2
    other: object = Theirs("bridge")
    assert Ours("bridge") != other


def test_what_may_be_changed_has_no_hash() -> None:
    record = Open("bridge")
    record.name = "squat"
    assert record == Open("squat")
    with pytest.raises(TypeError, match="unhashable"):
        hash(record)


@pytest.mark.parametrize("kind", [Ours, Theirs])
def test_in_tests_what_is_frozen_cannot_be_changed(kind: Any) -> None:
    record = kind("bridge")
    for name in ("name", "words", "new"):
        with pytest.raises(FrozenInstanceError):
            setattr(record, name, "squat")
    with pytest.raises(FrozenInstanceError):
        del record.name
    assert record == kind("bridge")
