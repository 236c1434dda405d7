"""Somebody who types answers."""

from __future__ import annotations

import pytest


def types(monkeypatch: pytest.MonkeyPatch, *answers: str | BaseException | type[BaseException]) -> None:
    """Somebody types these lines, and then nothing more; what is an exception happens instead of a line."""
    left = list(answers)

    def read(prompt: str = "") -> str:
        print(prompt, end="")
        if not left:
            raise EOFError
        answer = left.pop(0)
        if isinstance(answer, str):
            return answer
        raise answer

    monkeypatch.setattr("builtins.input", read)
