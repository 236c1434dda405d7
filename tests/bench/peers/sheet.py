"""What every peer prints of an exercise sheet: its own words, and what `ready.py` worked out before the clock starts
(doses in words, the time that a session takes, what is needed, drawings)."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

from . import words as w

READY = "ready"  # beside the content folder
_SIDES = re.compile(r"\{both\|(?P<both>[^{}]*)\}|\{(?P<right>[^{}|]*)\|(?P<left>[^{}|]*)\}")


def sheet(folder: Path, name: str) -> dict[str, Any]:
    """The programme of that name in a content folder, with the drawings that stand ready."""
    g, prose, wording = w.read(folder / "programmes" / f"{name}.yaml"), w.prose_of(folder), _wording(folder)
    ready = json.loads((folder.parent / READY / f"{name}.json").read_text(encoding="utf-8"))
    words, intro = wording["sheet"], prose.paragraphs(g.get("intro"))
    notes = {item["exercise"]: item.get("note", "") for item in g["exercises"]}
    cards = []
    for card in ready["cards"]:
        exercise = _on_both_sides(w.read(folder / "exercises" / f"{card['id']}.yaml"))
        when = [(card["when"], False, "")] + (
            [(" ", False, ""), *prose.rich(note)] if (note := notes[card["id"]]) else []
        )
        cards.append(
            {
                "n": card["number"], "name": w.curl(exercise["name"]), "position": card["position"],
                "amount": card["amount"], "when": when, "start": prose.rich(exercise["start"]),
                "steps": prose.many(exercise["steps"]), "drawing": card["drawing"],
                "feel": _led(f"{words['feel']}:", prose.rich(exercise["feel"])),
                "slips": _led(f"{words['slips']}:", prose.rich(" ".join(exercise.get("slips", [])))),
                "signs": [_led(words[k], prose.rich(exercise[e])) for k, e in _SIGNS.items()],
            }
        )  # fmt: skip
    facts = [
        (f"{words['goal']}:", w.curl(g["goal"])),
        (words["session"].format(minutes=ready["minutes"]), ready["often"]),
        (f"{words['you_need']}:", ready["equipment"] or words["nothing"]),
        *([(words["only_five"], words["do_these"].format(numbers=ready["quick"]))] if ready["quick"] else []),
    ]
    return {
        "template": "sheet", "pages": 3, "intro": intro,
        "facts": [_led(w.curl(k), [(v, False, "")]) for k, v in facts],
        "cards": cards, "days": [day[0].upper() for day in wording["weekdays"]], **w.common(folder, g, prose),
        "lines": [words["after"], words["next_visit"], words["notes"]],
        "dates": {"months": wording["months"], "long": wording["long_date"]},
    }  # fmt: skip


_SIGNS = {"move_on": "move_on", "ease_off": "ease_off", "stop_if": "stop"}  # fixed words, and the exercise's own


def _on_both_sides(exercise: dict[str, Any]) -> dict[str, Any]:
    """An exercise's texts as they stand on a sheet for both sides: of "{right|left}" the side that is drawn."""
    drawn = "left" if exercise.get("drawn_side") == "left" else "right"

    def said(value: Any) -> Any:
        if isinstance(value, list):
            return [said(item) for item in value]
        return (
            _SIDES.sub(lambda m: m["both"] if m["both"] is not None else m[drawn], value)
            if isinstance(value, str)
            else value
        )

    return {key: said(value) for key, value in exercise.items()}


def _wording(folder: Path) -> dict[str, Any]:
    return dict(w.read(folder / "wording" / "en.yaml"))


def _led(lead: str, spans: w.Spans) -> w.Spans:
    """A text with a bold beginning."""
    return [(lead, True, ""), (" ", False, ""), *spans]


def personal(row: dict[str, str], number: int, g: dict[str, Any]) -> dict[str, w.Spans]:
    """What a sheet says of one person: two paragraphs. `number` stands for the row."""
    words, day = g["words"], date.fromisoformat(row["date"])
    long = g["dates"]["long"].format(month=g["dates"]["months"][day.month - 1], day=day.day, year=day.year)
    known = hashlib.sha256(f"{number}".encode()).hexdigest()[:8].upper()
    line: w.Spans = [(f"{words['made_for']}:", True, ""), (f" {row['name']} · ", False, "")]
    line += [(f"{words['made_by']}:", True, ""), (f" {row['clinician']} · {long} · ", False, "")]
    line += [(words["document"].format(number=f"{known[:4]}-{known[4:]}"), False, "")]
    return {"line": line, "note": _led(f"{words['to_you']}:", [(row["note"], False, "")])}
