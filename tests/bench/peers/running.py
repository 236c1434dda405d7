"""How every peer is run: FOLDER FONTS OUT NAME... makes one PDF for each name."""

from __future__ import annotations

import csv
import json
import re
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .sheet import personal, sheet
from .words import Build, guide


def main(build: Build) -> None:
    """With --edits N: one word of the only document named is changed N times; prints the median milliseconds from the
    saved file to the finished PDF. With --people TABLE: a sheet for each person, and only their words are new."""
    option, value = "", ""
    if sys.argv[1].startswith("--"):
        option, value = sys.argv[1:3]
        del sys.argv[1:3]
    folder, fonts, out = (Path(a) for a in sys.argv[1:4])
    names = sys.argv[4:]
    out.mkdir(parents=True, exist_ok=True)
    if option == "--people":
        merge(build, Path(value), document(folder, names[0]), fonts, out)
        return
    for name in names:
        build(document(folder, name), fonts, out / f"{name}.pdf")
    if option == "--edits":
        path, spent = source(folder, names[0]), []
        for text in edited(path, int(value)):
            path.write_text(text, encoding="utf-8")
            start = time.perf_counter(), time.process_time()
            build(document(folder, names[0]), fonts, out / f"{names[0]}.pdf")
            spent.append((time.perf_counter() - start[0], time.process_time() - start[1]))
        print(told(spent, 1))


def document(folder: Path, name: str) -> dict[str, Any]:
    """A guide or an exercise sheet, with all that it prints."""
    return guide(folder, name) if source(folder, name).parent.name == "guides" else sheet(folder, name)


def source(folder: Path, name: str) -> Path:
    """The file of a guide or a programme."""
    path = folder / "guides" / f"{name}.yaml"
    return path if path.exists() else folder / "programmes" / path.name


def merge(build: Build, table: Path, g: dict[str, Any], fonts: Path, out: Path) -> None:
    """A sheet for each row of a table; the row's number is the file's name."""
    with table.open(newline="", encoding="utf-8") as lines:
        for number, row in enumerate(csv.DictReader(lines), 2):
            g["personal"] = personal(row, number, g)
            build(g, fonts, out / f"{number:05d}.pdf")


def edited(path: Path, count: int) -> Iterator[str]:
    """The file's text with one word of its running text changed, each time to another one."""
    text = path.read_text(encoding="utf-8")
    for i in range(count + 1):
        yield re.sub(r"(?m)((?: text|^intro): >\n +\S+ )\S+", rf"\g<1>changed{chr(97 + i)}", text, count=1)


def told(spent: list[tuple[float, float]], made: int) -> str:
    """What an edit took, as run.py reads it; the first one only warms up. `made`: how many PDFs an edit made anew."""
    wall, cpu = (statistics.median(times) * 1000 for times in zip(*spent[1:], strict=True))
    return json.dumps({"ms": wall, "cpu": cpu, "made": made})
