"""Programmes for tests, made of the shipped exercises and printed in any layout."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from layouts.engine.draw.document import Edition
from layouts.engine.draw.styles import layouts
from layouts.engine.merge.handout import document
from layouts.engine.read.handout import read_handout

from .printed import HANDOUTS, OwnClinic, Printed

PROGRAMME: dict[str, Any] = {
    "number": "X2",
    "title": "A made-up programme",
    "version": "1.0",
    "written": date(2026, 11, 23),
    "review_due": date(2027, 11, 23),
    "purpose": "To try things out.",
    "goal": "A steady back",
    "dose": {"times_a_day": 1, "days_a_week": 5},
    "red_flags": "low-back",
}
CORE = ("pelvic-tilt", "dead-bug", "bridge", "bird-dog", "side-bridge", "squat", "forward-lunge", "wall-slide")
ALL = tuple(sorted(path.stem for path in (HANDOUTS / "exercises").glob("*.yaml")))[:30]


def items(names: Sequence[str], **dose: Any) -> list[dict[str, Any]]:
    """Exercises of a programme, all with this dose over their own."""
    return [{"exercise": name, **({"dose": dose} if dose else {})} for name in names]


def made(
    layout: str, edition: str = "standard", paper: str = "letter", *, flat: bool = False, **fields: Any
) -> Printed:
    """A programme with these fields, printed. Raises ContentError."""
    with TemporaryDirectory() as folder:
        own = OwnClinic(Path(folder).resolve() / "clinic")
        own.yaml("programmes/made-up.yaml", {**PROGRAMME, "exercises": items(CORE[:4]), **fields})
        press = own.press()
        handout = read_handout(press.library, "made-up")
        wanted, tells = layouts()[layout], layouts()[layout].tells
        blocks = document(handout, wanted.template, press.drawings.shown(handout), **tells)
        chosen = Edition(layout, edition, paper, flat)
        return Printed(f"made-up-{layout}", press.make(handout, chosen).data, blocks, chosen)


@lru_cache(maxsize=64)
def core(layout: str, edition: str = "standard", paper: str = "letter", count: int = 4, flat: bool = False) -> Printed:
    """The first exercises of CORE, printed once for all tests."""
    return made(layout, edition, paper, flat=flat, exercises=items(CORE[:count]))
