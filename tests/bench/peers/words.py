"""What every peer prints: a guide with all that belongs to it, as plain values.

Each text is a list of [words, bold, link]. Files are kept as long as they do not change, so that a peer that stays up
reads only what was edited. PyYAML's C loader and this reading are the same for all, and small.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

Spans = list[tuple[str, bool, str]]
Build = Callable[[dict[str, Any], Path, Path], None]  # document, fonts, out

INK, DEEP, PRIMARY, ACCENT, ALARM = "#1D2B36", "#1A5561", "#13808F", "#E4572E", "#9F3319"
TINT, SOFT, HAIR = "#EAF4F5", "#4A555E", "#C0C4C7"
# The logo is five round-capped lines and a dot, in its own 82 x 100 units, y upward.
RODS = (
    (5.6, 9.1, 38.4, 6.9),
    (18.9, 21.0, 47.1, 27.0),
    (31.3, 35.8, 54.7, 44.2),
    (39.9, 53.5, 60.1, 58.5),
    (50.7, 68.0, 65.3, 73.9),
)
_RICH = re.compile(r"\*\*(?P<bold>.+?)\*\*|\[(?P<text>[^\]]+)\]\((?P<to>[^)]+)\)", re.S)


@dataclass
class Prose:
    """Texts of one document -> spans; a medical word is explained where it first stands."""

    terms: Any
    seen: set[str] = field(default_factory=set)

    def rich(self, text: str) -> Spans:
        """One text."""
        return list(_spans(" ".join(text.split()), self.terms, self.seen))

    def many(self, texts: list[str] | None) -> list[Spans]:
        """Several."""
        return [self.rich(text) for text in texts or []]

    def paragraphs(self, text: str | None) -> list[Spans]:
        """A text, by its empty lines."""
        return [self.rich(p) for p in re.split(r"\n\s*\n", text.strip())] if text else []


def guide(folder: Path, name: str) -> dict[str, Any]:
    """The guide of that name in a content folder."""
    g, prose = read(folder / "guides" / f"{name}.yaml"), prose_of(folder)
    rich, many = prose.rich, prose.many
    who, message, today = rich(g["who"]), rich(g["message"]), many(g["today"])
    parts, number = [], 0
    for part in g["parts"]:
        text, tips = prose.paragraphs(part.get("text")), []
        for tip in part.get("tips", []):
            number += 1
            ask = rich(tip["ask"]) if "ask" in tip else []
            tips.append({"n": number, "lead": curl(tip["lead"]), "text": prose.paragraphs(tip["text"]), "ask": ask})
        table = part.get("table")
        rows = [many(row) for row in table["rows"]] if table else []
        lists = {"list": many(part.get("list")), "steps": many(part.get("steps"))}
        heads = [curl(c) for c in table["columns"]] if table else []
        head = curl(part.get("heading", ""))
        parts.append({"heading": head, "text": text, "tips": tips, **lists, "columns": heads, "rows": rows})
    return {
        "template": "guide", "pages": 2, "who": who, "message": message, "today": today, "parts": parts,
        "sources": [[curl(s["title"]), curl(s["publisher"]), str(s["year"]), s.get("url", "")] for s in g["sources"]],
        **common(folder, g, prose),
    }  # fmt: skip


def prose_of(folder: Path) -> Prose:
    """What explains the medical words of one document."""
    return Prose(read(folder / "wording" / "glossary.yaml")["terms"])


def common(folder: Path, g: dict[str, Any], prose: Prose) -> dict[str, Any]:
    """What guides and sheets have alike: when to stop and call, warning signs, the clinic, head and foot."""
    clinic, wording = read(folder / "clinic.yaml"), read(folder / "wording" / "en.yaml")
    words, many = {**wording["sheet"], **wording["personal"], **wording["words"]}, prose.many

    def month(day: Any) -> str:
        return str(wording["date"].format(month=wording["months"][day.month - 1], year=day.year))

    flags, more = wording["red_flags"][g["red_flags"]], g.get("extra_red_flags", {})
    related = [read(next(folder.glob(f"*/{other}.yaml"))) for other in g.get("related", [])]
    site = clinic["website"].removeprefix("https://")
    return {
        "title": curl(g["title"]), "language": g["language"], "personal": None,
        "stop": many(g.get("stop")), "call": many(g.get("call")),
        "emergency": many(flags["emergency"] + more.get("emergency", [])),
        "same_day": many(flags["same_day"] + more.get("same_day", [])),
        "related": [[words["related_number"].format(number=o["number"]), curl(o["title"])] for o in related],
        "words": {k: curl(v) for k, v in words.items()},
        "emergency_now": words["emergency_now"].format(emergency_phone=clinic["emergency_phone"]),
        "name": clinic["name"], "kind": clinic["kind"], "phone": clinic["phone"], "email": clinic["email"],
        "url": clinic["website"], "site": site, "scan": words["scan"].format(site=site),
        "hours": [[h["days"], h["open"]] for h in clinic["hours"]],
        "address": f", {', '.join(clinic['address'])}. {words['call'].format(phone=clinic['phone'])}",
        "footer": f"{g['number']}, {words['version'].format(version=g['version'])}. "
        f"{words['written'].format(date=month(g['written']))}. "
        f"{words['review_due'].format(date=month(g['review_due']))}.",
    }  # fmt: skip


def read(path: Path) -> Any:
    """A YAML file, parsed once for each time that it is saved."""
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=200)
def _read(path: Path, _: int) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def curl(text: str) -> str:
    """Quotation marks as they are printed."""
    return re.sub(r'"([^"]*)"', "“\\1”", text).replace("'", "’")


def _spans(text: str, terms: Any, seen: set[str]) -> Iterator[tuple[str, bool, str]]:
    at = 0
    for match in _RICH.finditer(text):
        if match.start() > at:
            yield curl(text[at : match.start()]), False, ""
        at = match.end()
        if match["bold"]:
            yield curl(match["bold"]), True, ""
        elif match["to"].startswith("term:"):
            term = match["to"].removeprefix("term:")
            first = term not in seen
            seen.add(term)
            yield curl(match["text"]), first, ""
            if first:
                yield curl(f" ({terms[term]['en']})"), False, ""
        else:
            yield curl(match["text"]), False, match["to"]
    if at < len(text):
        yield curl(text[at:]), False, ""
