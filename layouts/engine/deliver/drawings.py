"""The drawings that handouts name: exercises read from the library, solved and painted once, then kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..cache import kept
from ..draw.styles import Look
from ..figures import MODELS, Exercise, Mode, Panel, Theme, paint, solve
from ..read.library import Handout, Library
from ..read.models import Figure
from .ledger import engine_stamp

FOLDER = "exercises"
STRIP = 3.4  # a strip shows parts of the body, such as feet, and is drawn that many times larger


@dataclass
class Drawings:
    """The exercises of a library."""

    library: Library
    _read: dict[str, tuple[Exercise, Path] | None] = field(default_factory=dict)

    def exercise(self, wanted: str) -> tuple[Exercise, Path] | None:
        """The exercise and its file; None when there is none. Raises ContentError when it has mistakes."""
        if wanted not in self._read:
            self._read[wanted] = self.library.one(FOLDER, wanted, Exercise)
        return self._read[wanted]

    def shown(self, handout: Handout) -> dict[str, str]:
        """What each drawing shows, by the id of its exercise, for those that the handout names and that exist."""
        found = ((f.exercise, self.exercise(f.exercise)) for f in named(handout))
        return {str(id_): str(entry[0].alt) for id_, entry in found if entry}

    def files(self, handout: Handout) -> tuple[Path, ...]:
        """The exercises' files."""
        entries = (self.exercise(f.exercise) for f in named(handout))
        return tuple(entry[1] for entry in entries if entry)

    def draw(self, wanted: str, look: Look) -> tuple[Panel, ...]:
        """The panels in a look's colours and scale. Raises ContentError for a pose that no body can take."""
        entry = self.exercise(wanted)
        assert entry, "only what `shown` names is drawn"
        exercise, path = entry
        c = look.colours
        theme = Theme(c["primary"], c["deep"], c["accent"], c["ink"])
        mode: Mode = "outline" if look.grey else "colour"
        height = look.figure * (STRIP if exercise.pose.strip else 1)
        key = repr((path.read_bytes(), engine_stamp_of_run(), theme, mode, height)).encode()
        return _unpacked(kept("figure", key, lambda: _packed(_paint(exercise, theme, mode, height))))


def named(handout: Handout) -> Iterator[Figure]:
    """The figures that a handout names, in order."""
    guide = handout.guide
    for part in guide.parts:
        yield from (tip.figure for tip in part.tips if tip.figure)
        if part.figure:
            yield part.figure


@lru_cache(maxsize=1)
def engine_stamp_of_run() -> str:
    """What the program was like when this run began."""
    return engine_stamp()


def _paint(exercise: Exercise, theme: Theme, mode: Mode, height: float) -> list[Panel]:
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
