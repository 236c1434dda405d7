#!/usr/bin/env python3
"""How fast we are beside others: `python tests/bench/run.py [--rounds 5] [J1 ...]`. README.md says what is measured.

A run works on a copy of the checkout in a temporary folder. Each round runs every command of a job in turn; a ratio is
the median over the rounds of (ours / theirs) of the same round, so that a machine that slows down slows both.
"""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2])]

from tests.bench import forty  # noqa: E402
from tests.bench.costs import Cost, FailedError, Others  # noqa: E402
from tests.bench.jobs import EDITS, FEW, TWO, Bench, Run, people  # noqa: E402
from tests.bench.peers.running import document as read_document  # noqa: E402
from tests.bench.reading import check, letters, wanted  # noqa: E402

SHEET = "sitting-stretches"
DOCUMENTS = ("running-and-back-pain", SHEET)
PEERS = {"platypus": "reportlab", "rml": "z3c.rml", "weasy": "weasyprint", "typst": "typst"}
NAMES = {"platypus": "plain platypus", "rml": "z3c.rml", "weasy": "WeasyPrint, tagged", "typst": "Typst, tagged"}
JOBS = {  # what each is about
    "J1": DOCUMENTS,
    "unchanged": (f"{forty.COUNT} guides",),
    "J2": (f"{forty.COUNT} guides",),
    "J3": (SHEET,),
    "two": (SHEET,),
    "memory": (SHEET,),
    "J4": DOCUMENTS,
}
# job, yardstick: the ratio to stay under, and the one to hope for
BARS: dict[tuple[str, str], tuple[float | None, float | None]] = {
    ("J1", "platypus"): (1.0, 0.6),
    ("J1", "rml"): (0.6, None),
    ("J1", "weasy"): (0.4, None),
    ("J1", "typst"): (None, None),
    ("unchanged", "python -c pass"): (5, 2.5),
    ("J2", "typst"): (1.15, 0.7),
    ("J3", "typst"): (0.5, 0.2),
    ("two", "one process"): (0.6, None),
    ("memory", "1,000 files"): (1.1, None),
    ("J4", "typst"): (0.75, 0.5),
}
HEADS = ("Job", "Document", "Ours / this", "Ratio", "Rounds", "CPU", "Bar", "Stretch", "")
Row = tuple[str, ...]


def measure(runs: dict[str, Run], rounds: int) -> dict[str, list[Cost]]:
    """The costs of each, round by round. The first only warms caches; who fails there is left out."""
    for name in list(runs):
        try:
            runs[name]()
        except FailedError as error:
            if name == "ours":
                raise
            print(f"SKIPPED {NAMES.get(name, name)}: {error}")
            del runs[name]
    costs: dict[str, list[Cost]] = {name: [] for name in runs}
    for i in range(rounds):
        for name in list(runs) if i % 2 else list(runs)[::-1]:
            costs[name].append(runs[name]())
    return costs


def compared(job: str, about: str, costs: dict[str, list[Cost]]) -> Iterator[Row]:
    """The table's rows of a job: ours beside each yardstick."""
    for name in list(costs)[1:]:
        pairs = list(zip(costs["ours"], costs[name], strict=True))
        walls = [a.wall / b.wall for a, b in pairs]
        cpus = [a.cpu / b.cpu for a, b in pairs if a.cpu and b.cpu]
        cpu = f"{statistics.median(cpus):.2f}" if cpus else ""
        yield row(job, about, name, statistics.median(walls), f"{min(walls):.2f} to {max(walls):.2f}", cpu)


def row(job: str, about: str, name: str, ratio: float, span: str = "", cpu: str = "") -> Row:
    """One row, with what is asked of the ratio."""
    bar, stretch = BARS.get((job, name), (None, None))
    asked = [f"{x:g}" if x else "" for x in (bar, stretch)]
    return (job, about, NAMES.get(name, name), f"{ratio:.2f}", span, cpu, *asked, verdict(ratio, bar, stretch))


def verdict(ratio: float, bar: float | None, stretch: float | None) -> str:
    """A ratio beside what is asked of it."""
    if bar is None:
        return "(no bar)"
    if stretch is not None and ratio <= stretch:
        return "stretch reached"
    return "bar reached" if ratio <= bar else "MISSED"


def grown(bench: Bench, about: str, counts: tuple[int, ...]) -> Iterator[Row]:
    """The table's rows of memory: the most files beside fewer. Memory hardly differs from run to run: one is enough."""
    bench.memory(about, 1)  # the first fills the cache with fonts and drawings, which takes memory of its own
    peaks = {count: bench.memory(about, count) for count in counts}
    for count, peak in peaks.items():
        print(f"{count:,} files: {peak:.1f} MB, the largest process at its peak")
    for more, fewer in [(b, a) for b in counts for a in counts if a < b]:
        yield row("memory", f"{about}, {more:,} files", f"{fewer:,} files", peaks[more] / peaks[fewer])


def look(bench: Bench, job: str, about: str, costs: dict[str, list[Cost]]) -> None:
    """Reads back what the engines of a job have made, and says how much it was and what it cost."""
    for name, spent in costs.items():
        wall, cpu = statistics.median(c.wall for c in spent), [c.cpu for c in spent if c.cpu is not None]
        line = f"{name:12} {wall:8.1f} ms" + (f", CPU {statistics.median(cpu):8.1f} ms" if cpu else "")
        print(line + (f"   {_back(bench, job, about, name)}" if job in ("J1", "J3", "J4") else ""))
    if job == "J4":
        print(f"One edit made {bench.made} PDF(s) of ours anew, and one of each peer.")


def _back(bench: Bench, job: str, about: str, name: str) -> str:
    folder = bench.out(f"{job}-{name}")
    if job == "J4":
        return check(folder / f"{about}.pdf", Counter({f"changed{chr(97 + EDITS)}": 1}))
    words = wanted(read_document(bench.handouts, about))
    if job == "J1":
        return check(folder / f"{about}.pdf", words)
    count = FEW + bench.sheets  # the last person of the table, whose row is one further down
    return check(next(folder.glob(f"{count + 1:05d}*.pdf")), words + letters(" ".join(people(count)[-1])))


def main() -> int:
    """Runs the jobs and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("jobs", nargs="*", metavar="JOB", help=f"some of {', '.join(JOBS)}; left out: all")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sheets", type=int, default=200, help="J3: how many the cost of one is measured on")
    parser.add_argument("--many", action="store_true", help="memory: also 10,000 files, which takes minutes")
    parser.add_argument("--keep", type=Path, help="work in this new folder and leave it, to look at the PDFs")
    given = parser.parse_args()
    if wrong := set(given.jobs) - set(JOBS):
        parser.error(f"no such job: {', '.join(sorted(wrong))}")
    peers = []
    for name, package in PEERS.items():
        if importlib.util.find_spec(package.split(".")[0]) is None:
            print(f"SKIPPED {NAMES[name]}: {package} is not installed. Type: pip install -e '.[bench]'")
        else:
            peers.append(name)
    todo = [(name, about) for name in given.jobs or JOBS for about in JOBS[name]]
    work = given.keep or Path(tempfile.mkdtemp(prefix="handouts-bench-"))
    rows: list[Row] = []
    try:
        bench = Bench(work.resolve(), peers, given.sheets)
        for document in DOCUMENTS:
            bench.ready(document)
        for job, about in todo:
            others = Others()
            sheets = {"J3": f", {bench.sheets} sheets", "two": f", {TWO} sheets"}.get(job, "")
            print(f"\n{job}: {about}{sheets}", flush=True)
            try:
                if job == "memory":
                    rows += grown(bench, about, (10, 1_000, 10_000) if given.many else (10, 1_000))
                else:
                    costs = measure(getattr(bench, job.lower())(about), given.rounds)
                    look(bench, job, about, costs)
                    rows += compared(job, f"{about}{sheets}", costs)
            except FailedError as error:
                print(f"SKIPPED {job}: {error}")
            print(others.said(), flush=True)
    finally:
        if not given.keep:
            shutil.rmtree(work, ignore_errors=True)
    widths = [max(len(row[i]) for row in (HEADS, *rows)) for i in range(len(HEADS))]
    print()
    for row_ in (HEADS, tuple("-" * w for w in widths), *rows):
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row_, widths, strict=True)) + " |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
