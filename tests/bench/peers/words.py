"""What every peer prints: one guide with all that belongs to it, as plain values.

Each text is a list of [words, bold, link]. Files are kept as long as they do not change, so that a peer that stays up
reads only what was edited. PyYAML's C loader and this reading are the same for all, and small.
"""

from __future__ import annotations

import json
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

Spans = list[tuple[str, bool, str]]
Build = Callable[[dict[str, Any], Path, Path], None]  # guide, fonts, out

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


def guide(folder: Path, name: str) -> dict[str, Any]:
    """The guide of that name in a content folder."""
    g, clinic = read(folder / "guides" / f"{name}.yaml"), read(folder / "clinic.yaml")
    wording, terms = read(folder / "wording" / "en.yaml"), read(folder / "wording" / "glossary.yaml")["terms"]
    words, seen = wording["words"], set[str]()

    def rich(text: str) -> Spans:
        return list(_spans(" ".join(text.split()), terms, seen))

    def many(texts: list[str] | None) -> list[Spans]:
        return [rich(text) for text in texts or []]

    def month(day: Any) -> str:
        return str(wording["date"].format(month=wording["months"][day.month - 1], year=day.year))

    who, message, today = rich(g["who"]), rich(g["message"]), many(g["today"])
    parts, number = [], 0
    for part in g["parts"]:
        text, tips = _paragraphs(part.get("text"), rich), []
        for tip in part.get("tips", []):
            number += 1
            ask = rich(tip["ask"]) if "ask" in tip else []
            tips.append({"n": number, "lead": curl(tip["lead"]), "text": _paragraphs(tip["text"], rich), "ask": ask})
        table = part.get("table")
        rows = [many(row) for row in table["rows"]] if table else []
        lists = {"list": many(part.get("list")), "steps": many(part.get("steps"))}
        heads = [curl(c) for c in table["columns"]] if table else []
        head = curl(part.get("heading", ""))
        parts.append({"heading": head, "text": text, "tips": tips, **lists, "columns": heads, "rows": rows})
    flags, more = wording["red_flags"][g["red_flags"]], g.get("extra_red_flags", {})
    related = [read(next(folder.glob(f"*/{other}.yaml"))) for other in g.get("related", [])]
    site = clinic["website"].removeprefix("https://")
    return {
        "title": curl(g["title"]), "language": g["language"], "who": who, "message": message, "today": today,
        "parts": parts, "stop": many(g.get("stop")), "call": many(g.get("call")),
        "emergency": many(flags["emergency"] + more.get("emergency", [])),
        "same_day": many(flags["same_day"] + more.get("same_day", [])),
        "related": [[words["related_number"].format(number=o["number"]), curl(o["title"])] for o in related],
        "sources": [[curl(s["title"]), curl(s["publisher"]), str(s["year"]), s.get("url", "")] for s in g["sources"]],
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


def _paragraphs(text: str | None, rich: Callable[[str], Spans]) -> list[Spans]:
    return [rich(p) for p in re.split(r"\n\s*\n", text.strip())] if text else []


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


def main(build: Build) -> None:
    """Arguments: FOLDER FONTS OUT NAME...: one PDF for each name. With --edits N: one word of the only guide named is
    changed N times; prints the median milliseconds from the saved file to the finished PDF."""
    edits = 0
    if sys.argv[1] == "--edits":
        edits = int(sys.argv[2])
        del sys.argv[1:3]
    folder, fonts, out = (Path(a) for a in sys.argv[1:4])
    out.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[4:]:
        build(guide(folder, name), fonts, out / f"{name}.pdf")
    if edits:
        name = sys.argv[4]
        path, times = folder / "guides" / f"{name}.yaml", []
        for text in edited(path, edits):
            path.write_text(text, encoding="utf-8")
            start = time.perf_counter()
            build(guide(folder, name), fonts, out / f"{name}.pdf")
            times.append(time.perf_counter() - start)
        print(json.dumps({"ms": statistics.median(times[1:]) * 1000, "made": 1}))


def edited(path: Path, count: int) -> Iterator[str]:
    """The file's text with one word of its running text changed, each time to another one."""
    text = path.read_text(encoding="utf-8")
    for i in range(count + 1):
        yield re.sub(r"( text: >\n +\S+ )\S+", rf"\g<1>changed{chr(97 + i)}", text, count=1)
