"""Choosing one of many with a number or a few letters."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from layouts.engine.deliver.picking import PAGE, Item, lines, narrowed, pick, read, yes
from tests.deliver.keyboard import types

FEW = (
    Item("Low back pain and sleep", "a", "back-and-sleep", "Guides"),
    Item("Back pain", "b", "back", "Guides"),
    Item("Año nuevo", "c", "new-year", "Packs"),
)
MANY = tuple(Item(f"Handout {number}", str(number), f"id-{number}", "Guides") for number in range(1, 60))


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("sleep", "a"),
        ("BACK PAIN", "b"),  # the whole name of one, though the other one has it as well
        ("pain", "ab"),
        ("pain low", "a"),
        ("ano", "c"),
        ("new-year", "c"),
        ("a", "abc"),
        ("sleep new", ""),
    ],
)
def test_letters_narrow(typed: str, values: str) -> None:
    assert "".join(item.value for item in narrowed(FEW, typed)) == values


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        (["2"], "b"),
        (["sleep"], "a"),
        (["pain", "2"], "b"),  # the numbers are those of what is shown
        (["9", "0007", "-1", "zzz", "9" * 5000, "+", "3"], "c"),
        ([""], None),
        (["0"], None),
        ([], None),
    ],
)
def test_a_number_or_letters(typed: Sequence[str], value: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    types(monkeypatch, *typed)
    assert pick(FEW, "Which?") == value


def test_many_are_shown_page_by_page(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    types(monkeypatch, "+", "+", "+", "+", "25")
    assert pick(MANY, "Which?") == "25"
    said = capsys.readouterr().out
    counts = [line.strip() for line in said.splitlines() if " of 59" in line]
    assert counts == ["1 to 18 of 59", "19 to 36 of 59", "37 to 54 of 59", "55 to 59 of 59", "1 to 18 of 59"]
    assert said.endswith("Handout 25\n\n")
    types(monkeypatch, "handout 3", "1")
    assert pick(MANY, "Which?") == "3"  # the one that is called so, not Handout 30


def test_a_console_of_80_columns_holds_every_line() -> None:
    long = [Item("A handout whose name does not end " * 4, "x", "an-id-of-some-length", "Guides"), *MANY]
    shown = list(lines(long))
    assert max(map(len, shown)) < 80
    assert len(shown) < 24
    assert shown[2].endswith("...  an-id-of-some-length")
    assert len([line for line in shown if "id-" in line]) == PAGE
    assert max(map(len, lines([Item("x" * 200, "x", "y" * 200)]))) < 80


@pytest.mark.parametrize("error", [EOFError, OSError, RuntimeError("input(): lost sys.stdin"), ValueError("closed")])
def test_no_keyboard_is_the_end_of_input(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    types(monkeypatch, error)
    assert read("> ") is None
    types(monkeypatch, error)
    assert pick(FEW, "Which?") is None
    types(monkeypatch, error)
    assert not yes("Now?")


def test_bytes_that_are_no_text_are_a_wrong_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    types(monkeypatch, UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid"), "1")
    assert pick(FEW, "Which?") == "a"


@pytest.mark.parametrize(("typed", "is_yes"), [("y", True), ("YES", True), ("", False), ("n", False), ("ye", False)])
def test_only_yes_is_yes(typed: str, is_yes: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    types(monkeypatch, typed)
    assert yes("Now?") is is_yes
