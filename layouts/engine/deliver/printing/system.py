"""What this computer is, and asking its programs. Everything that differs between systems passes through here."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

System = Literal["windows", "macos", "linux"]


@dataclass(frozen=True)
class Answer:
    """What a program said; `code` is None when it did not start, `late` when it was stopped for taking too long."""

    code: int | None
    out: str = ""
    err: str = ""
    late: bool = False

    @property
    def words(self) -> str:
        """Its last words, for a message: what it wrote about errors, or else what it wrote."""
        lines = [line.strip() for line in (self.err.strip() or self.out.strip()).splitlines() if line.strip()]
        return lines[-1] if lines else ""


def system() -> System:
    """The system that this runs on; every other Unix counts as Linux."""
    if sys.platform == "win32":
        return "windows"
    return "macos" if sys.platform == "darwin" else "linux"


def ask(words: Sequence[str], seconds: float, **environment: str) -> Answer:
    """Runs a program to its end, or for so many seconds, with these variables besides those of this process.

    Never raises for what the program does.
    """
    try:
        done = subprocess.run(
            words, capture_output=True, stdin=subprocess.DEVNULL, timeout=seconds, check=False,
            env={**os.environ, **environment},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return Answer(None, late=True)
    except OSError as error:
        return Answer(None, err=str(error.strerror or error))
    return Answer(done.returncode, _text(done.stdout), _text(done.stderr))


def _text(data: bytes) -> str:
    return data.decode("utf-8-sig", errors="replace")
