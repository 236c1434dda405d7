#!/usr/bin/env python3
"""How fast we are beside others: `python tests/bench/run.py [--rounds 5] [J1 ...]`. README.md says what is measured.

A run works on a copy of the checkout in a temporary folder. Each round runs every command of a job in turn; a ratio is
the median over the rounds of (ours / theirs) of the same round, so that a machine that slows down slows both.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
REPO = HERE.parents[1]
sys.path[:0] = [str(REPO)]

from tests.bench import forty  # noqa: E402
from tests.bench.peers import words  # noqa: E402

DOCUMENTS = ("running-and-back-pain",)  # a sheet joins here, and gets a template in each peer
EDITS = 7
PEERS = {"platypus": "reportlab", "rml": "z3c.rml", "weasy": "weasyprint", "typst": "typst"}
NAMES = {"platypus": "plain platypus", "rml": "z3c.rml", "weasy": "WeasyPrint, tagged", "typst": "Typst, tagged"}
# job, yardstick: the ratio to stay under, and the one to hope for
BARS: dict[tuple[str, str], tuple[float | None, float | None]] = {
    ("J1", "platypus"): (1.0, 0.6),
    ("J1", "rml"): (0.6, None),
    ("J1", "weasy"): (0.4, None),
    ("J1", "typst"): (None, None),
    ("unchanged", "python -c pass"): (5, 2.5),
    ("J2", "typst"): (1.15, 0.7),
    ("J4", "typst"): (0.75, 0.5),
}

Run = Callable[[], float]  # milliseconds


class FailedError(Exception):
    """A command ended badly."""


@dataclass
class Bench:
    """The temporary folder with everything that is run."""

    work: Path
    peers: list[str]
    made: int = 0  # how many PDFs one edit made anew, at most

    def __post_init__(self) -> None:
        for name in ("one", "forty"):
            for part in ("layouts", "handouts"):
                ignore = shutil.ignore_patterns("__pycache__", "packs")  # no peer makes packs
                shutil.copytree(REPO / part, self.work / name / part, ignore=ignore)
            shutil.copy(REPO / "build.py", self.work / name)
        self.forty = forty.make(self.work / "forty" / "handouts" / "guides")
        self.fonts = self.work / "fonts"
        self.fonts.mkdir()
        make_fonts(self.fonts)
        ours = ("HANDOUTS_", "PYTHONDONTWRITEBYTECODE")  # with that, a copy is compiled anew by every process
        self.env = {k: v for k, v in os.environ.items() if not k.startswith(ours)}
        self.env["HANDOUTS_CACHE"] = str(self.work / "cache")

    def call(self, *command: object) -> str:
        """What a Python command prints. Raises FailedError."""
        words_ = [sys.executable, *map(str, command)]
        done = subprocess.run(words_, env=self.env, cwd=self.work, capture_output=True, text=True, check=False)
        if done.returncode:
            raise FailedError((done.stderr or done.stdout).strip().splitlines()[-1])
        return done.stdout

    def timed(self, *command: object) -> Run:
        """A whole fresh process."""

        def run() -> float:
            start = time.perf_counter()
            self.call(*command)
            return (time.perf_counter() - start) * 1000

        return run

    def reported(self, path: Path, *command: object) -> Run:
        """A process that edits a file and prints its own time; afterwards the file is as it was."""

        def run() -> float:
            text = path.read_text(encoding="utf-8")
            try:
                told = json.loads(self.call(*command))
            finally:
                path.write_text(text, encoding="utf-8")
            self.made = max(self.made, told["made"])
            return float(told["ms"])

        return run

    def out(self, name: str) -> Path:
        """Where one engine's PDFs go."""
        return self.work / "out" / name

    def peer(self, name: str, checkout: str, job: str, *arguments: object) -> tuple[object, ...]:
        """A peer's command line."""
        start = f"import sys; sys.path[:0] = [{str(REPO)!r}]; from tests.bench.peers import peer_{name} as p"
        folder = self.work / checkout / "handouts"
        names = arguments[-1] if isinstance(arguments[-1], list) else [arguments[-1]]
        code = f"{start}; p.w.main(p.build)"
        return ("-c", code, *arguments[:-1], folder, self.fonts, self.out(f"{job}-{name}"), *names)

    # ------------------------------------------------------------- the jobs: ours first, then the yardsticks
    def j1(self, document: str) -> dict[str, Run]:
        """One cold command."""
        ours = (self.work / "one" / "build.py", "pdf", document, "--force", "--out", self.out("J1-ours"))
        runs = {"ours": self.timed(*ours)}
        return runs | {p: self.timed(*self.peer(p, "one", "J1", document)) for p in self.peers}

    def unchanged(self, _: str) -> dict[str, Run]:
        """A plain build of 40 handouts when there is nothing to do."""
        runs = {"ours": self.timed(self.work / "forty" / "build.py")}
        return runs | {"python -c pass": self.timed("-c", "pass")}

    def j2(self, _: str) -> dict[str, Run]:
        """40 handouts by one command."""
        ours = (self.work / "forty" / "build.py", "pdf", *self.forty, "--force", "--out", self.out("J2-ours"))
        peers = [p for p in ("typst", "platypus") if p in self.peers]
        return {"ours": self.timed(*ours)} | {p: self.timed(*self.peer(p, "forty", "J2", self.forty)) for p in peers}

    def j4(self, document: str) -> dict[str, Run]:
        """One word changed, while the process stays up."""
        path = self.work / "one" / "handouts" / "guides" / f"{document}.yaml"
        ours = (HERE / "watching.py", self.work / "one", self.out("J4-ours"), EDITS, document)
        peers = [p for p in ("typst", "platypus") if p in self.peers]
        return {"ours": self.reported(path, *ours)} | {
            p: self.reported(path, *self.peer(p, "one", "J4", "--edits", EDITS, document)) for p in peers
        }


def make_fonts(folder: Path) -> None:
    """The fonts as files for the peers, Lexend in two static weights: nobody pays for that while being timed."""
    import fontpkg_atkinson_hyperlegible
    import fontpkg_lexend
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    atkinson = Path(str(fontpkg_atkinson_hyperlegible.__file__)).parent / "files"
    shutil.copy(atkinson / "AtkinsonHyperlegible-Regular.ttf", folder / "Atk.ttf")
    shutil.copy(atkinson / "AtkinsonHyperlegible-Bold.ttf", folder / "Atk-B.ttf")
    lexend = Path(str(fontpkg_lexend.__file__)).parent / "files" / "Lexend[wght].ttf"
    for name, weight in (("Lex", 600), ("Lex-B", 700)):
        font = instancer.instantiateVariableFont(TTFont(lexend), {"wght": weight})
        told = {1: "Lexend", 4: f"Lexend {weight}", 6: f"Lexend-{weight}", 16: "Lexend"}
        for r in [r for r in font["name"].names if r.nameID in told]:
            font["name"].setName(told[r.nameID], r.nameID, r.platformID, r.platEncID, r.langID)
        font.save(folder / f"{name}.ttf")


def measure(runs: dict[str, Run], rounds: int) -> dict[str, list[float]]:
    """The times of each, round by round. The first only warms caches; who fails there is left out."""
    for name in list(runs):
        try:
            runs[name]()
        except FailedError as error:
            if name == "ours":
                raise
            print(f"SKIPPED {NAMES[name]}: {error}")
            del runs[name]
    times: dict[str, list[float]] = {name: [] for name in runs}
    for i in range(rounds):
        for name in list(runs) if i % 2 else list(runs)[::-1]:
            times[name].append(runs[name]())
    return times


def strings(value: Any) -> Iterator[str]:
    """Every text of a document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in ("words", "language", "url", "site", "scan", "email"):
                yield from strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from strings(item)


def letters(text: str) -> Counter[str]:
    """The words of a text."""
    return Counter(re.findall(r"[A-Za-z’]{3,}", re.sub(r"https?:\S+", "", text)))


def check(pdf: Path, wanted: Counter[str]) -> str:
    """Pages and fonts of a PDF, and which of the wanted words it lacks."""
    if importlib.util.find_spec("pypdfium2") is None:
        return "not checked: pypdfium2 is missing, pip install -e '.[bench]'"
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    fonts = {
        item.get_font().get_base_name().split("+")[-1].split("-")[0]
        for page in document
        for item in page.get_objects(filter=[1], max_depth=4)
    }
    missing = wanted - letters(text)
    verdict = f"LACKS {dict(missing)}" if missing else "all words"
    return f"{len(document)} pages, {pdf.stat().st_size / 1024:.0f} KB, {verdict}, {', '.join(sorted(fonts))}"


def verdict(ratio: float, bar: float | None, stretch: float | None) -> str:
    """A ratio beside what is asked of it."""
    if bar is None:
        return "(no bar)"
    if stretch is not None and ratio <= stretch:
        return "stretch reached"
    return "bar reached" if ratio <= bar else "MISSED"


def main() -> int:
    """Runs the jobs and prints the table."""
    jobs = ("J1", "unchanged", "J2", "J4")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("jobs", nargs="*", metavar="JOB", help=f"some of {', '.join(jobs)}; left out: all")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keep", type=Path, help="work in this new folder and leave it, to look at the PDFs")
    given = parser.parse_args()
    if wrong := set(given.jobs) - set(jobs):
        parser.error(f"no such job: {', '.join(sorted(wrong))}")
    peers = []
    for name, package in PEERS.items():
        if importlib.util.find_spec(package.split(".")[0]) is None:
            print(f"SKIPPED {NAMES[name]}: {package} is not installed. Type: pip install -e '.[bench]'")
        else:
            peers.append(name)
    work = given.keep or Path(tempfile.mkdtemp(prefix="handouts-bench-"))
    rows = []
    try:
        bench = Bench(work.resolve(), peers)
        for job in given.jobs or jobs:
            method = getattr(bench, job.lower())
            for document in DOCUMENTS if job in ("J1", "J4") else (f"{forty.COUNT} guides",):
                times = measure(method(document), given.rounds)
                if job == "J1":
                    wanted = Counter[str]()
                    for text in strings(words.guide(work / "one" / "handouts", document)):
                        wanted += letters(text)
                    for name in times:
                        print(f"{name:9} {check(bench.out(f'J1-{name}') / f'{document}.pdf', wanted)}")
                if job == "J4":
                    for name in times:
                        pdf = bench.out(f"J4-{name}") / f"{document}.pdf"
                        print(f"{name:9} {check(pdf, Counter({f'changed{chr(97 + EDITS)}': 1}))}")
                    print(f"One edit made {bench.made} PDF(s) of ours anew, and one of each peer.")
                for name in list(times)[1:]:
                    ratios = [a / b for a, b in zip(times["ours"], times[name], strict=True)]
                    bar, stretch = BARS.get((job, name), (None, None))
                    middle = statistics.median(ratios)
                    span = f"{min(ratios):.2f} to {max(ratios):.2f}"
                    asked = [f"{x:g}" if x else "" for x in (bar, stretch)]
                    said = verdict(middle, bar, stretch)
                    rows.append((job, document, NAMES.get(name, name), f"{middle:.2f}", span, *asked, said))
    finally:
        if not given.keep:
            shutil.rmtree(work, ignore_errors=True)
    heads = ("Job", "Document", "Ours / this", "Ratio", "Rounds", "Bar", "Stretch", "")
    widths = [max(len(row[i]) for row in (heads, *rows)) for i in range(len(heads))]
    print()
    for row in (heads, tuple("-" * w for w in widths), *rows):
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
