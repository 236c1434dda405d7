"""The drawings that handouts name: exercises read from the library, solved and painted once, then kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..cache import kept
from ..draw.styles import Look
from ..figures.panel import Mode, Panel, Theme
from ..read.fields import Id
from ..read.guide import Guide
from ..read.handout import Handout
from ..read.library import EXERCISES, Library
from ..read.programme import Programme
from ..read.source import LARGEST_FILE, read_bytes
from ..records import dataclass
from .ledger import engine_stamp

if TYPE_CHECKING:
    from ..figures import Exercise

STRIP = 3.4  # a strip shows parts of the body, such as feet, and is drawn that many times larger


@dataclass(frozen=True)
class Card:
    """What handouts need to know of an exercise beside its drawing."""

    alt: str
    reviewed: bool
    strip: bool


@dataclass
class Drawings:
    """The exercises of a library. What is known of them is kept, so that most runs read no pose."""

    library: Library
    _cards: dict[str, tuple[Card, Path] | None] = field(default_factory=dict)
    _drawn: dict[tuple[str, Theme, Mode, float], tuple[Panel, ...]] = field(default_factory=dict)

    def card(self, wanted: str) -> tuple[Card, Path] | None:
        """The exercise's card and its file; None when there is none. Raises ContentError when it has mistakes."""
        if wanted not in self._cards:
            path = self.library.find(EXERCISES, wanted)
            self._cards[wanted] = (self._card(path), path) if path else None
        return self._cards[wanted]

    def shown(self, handout: Handout) -> dict[str, str]:
        """What each drawing shows, by the id of its exercise, for those that the handout names and that exist."""
        found = ((wanted, self.card(wanted)) for wanted in named(handout))
        return {str(id_): entry[0].alt for id_, entry in found if entry}

    def files(self, handout: Handout) -> tuple[Path, ...]:
        """The exercises' files, and for one that does not exist the places where it was looked for."""
        files: list[Path] = []
        for wanted in named(handout):
            entry = self.card(wanted)
            files.extend([entry[1]] if entry else self.library.places(EXERCISES, wanted))
        return tuple(files)

    def draw(self, wanted: str, look: Look) -> tuple[Panel, ...]:
        """The panels in a look's colours and scale. Raises ContentError for a pose that no body can take."""
        entry = self.card(wanted)
        assert entry, "only what `shown` names is drawn"
        card, path = entry
        c = look.colours
        theme = Theme(c["primary"], c["deep"], c["accent"], c["ink"])
        mode: Mode = "outline" if look.grey else "colour"
        known = (wanted, theme, mode, look.figure * (STRIP if card.strip else 1))
        if known not in self._drawn:
            key = repr((path.read_bytes(), engine_stamp_of_run(), *known)).encode()
            packed = kept("figure", key, lambda: _packed(_paint(self._exercise(path), *known[1:])))
            self._drawn[known] = _unpacked(packed)
        return self._drawn[known]

    def _exercise(self, path: Path) -> Exercise:
        from ..figures import Exercise

        return self.library.one(path, Exercise)

    def _card(self, path: Path) -> Card:
        def make() -> bytes:
            exercise = self._exercise(path)
            return json.dumps([str(exercise.alt), exercise.pose_reviewed, exercise.pose.strip is not None]).encode()

        data = read_bytes(path, path.name, LARGEST_FILE)
        return Card(*json.loads(kept("exercise", repr((data, engine_stamp_of_run())).encode(), make)))


def named(handout: Handout) -> Iterator[Id]:
    """The exercises that a handout shows, in order."""
    sheet = handout.sheet
    if isinstance(sheet, Guide):
        for part in sheet.parts:
            yield from (tip.figure.exercise for tip in part.tips if tip.figure)
            if part.figure:
                yield part.figure.exercise
    elif isinstance(sheet, Programme):
        yield from (item.exercise for item in sheet.items)
    for inner in handout.parts:
        yield from named(inner)


@lru_cache(maxsize=1)
def engine_stamp_of_run() -> str:
    """What the program was like when this run began."""
    return engine_stamp()


def _paint(exercise: Exercise, theme: Theme, mode: Mode, height: float) -> list[Panel]:
    from ..figures import MODELS, paint, solve

    scene = solve(exercise.pose, exercise.pose.place)
    return paint(scene, MODELS[exercise.model], theme, mode, height)


def _packed(panels: list[Panel]) -> bytes:
    heads = [{"box": panel.box, "scale": panel.scale, "length": len(panel.operators)} for panel in panels]
    return json.dumps(heads).encode() + b"\n" + b"".join(panel.operators for panel in panels)


@lru_cache(maxsize=256)
def _unpacked(data: bytes) -> tuple[Panel, ...]:
    line, _, rest = data.partition(b"\n")
    heads: list[dict[str, Any]] = json.loads(line)
    panels, at = [], 0
    for head in heads:
        end = at + int(head["length"])
        panels.append(Panel(rest[at:end], tuple(head["box"]), head["scale"]))
        at = end
    return tuple(panels)
