"""The commands that are measured: ours and the peers', on a copy of the checkout in a temporary folder."""

from __future__ import annotations

import csv
import json
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from . import forty
from .costs import Cost, FailedError, peak_of, spent
from .fonts import make_fonts
from .peers.running import source

HERE = Path(__file__).resolve().parent
REPO = HERE.parents[1]
EDITS = 7
FEW = 20  # sheets of a merge's short run; the long one has so many more, and the start costs both the same
TWO = 1000  # sheets for two processes

Run = Callable[[], Cost]
FIRST = ("Ada", "Ben", "Carla", "Dmitri", "Elena", "Farid", "Grace", "Henry", "Ines", "Jonas", "Katharina", "Luis")
LAST = ("O'Brien", "Smith", "Kowalski", "García", "van den Berg", "Müller", "Okafor", "Johansson", "Lee", "Whitfield")
CLINICIANS = ("Dr. Amy Pond", "Sam Rivers, PT", "Dr. Lena Fischer", "Tom Baker, DC")
NOTES = ("Take it slowly with the left knee.", "Well done so far!", "Rest for two days after your long walk on Sunday.")


@dataclass
class Bench:
    """The temporary folder with everything that is run."""

    work: Path
    peers: Sequence[str]
    sheets: int = 200  # by which the two runs of a merge differ
    made: int = 0  # how many PDFs one edit made anew, at most

    def __post_init__(self) -> None:
        for name in ("one", "forty"):
            for part in ("layouts", "handouts"):
                ignore = shutil.ignore_patterns("__pycache__", "packs")  # no peer makes packs
                shutil.copytree(REPO / part, self.work / name / part, ignore=ignore)
            shutil.copy(REPO / "build.py", self.work / name)
        self.one, self.handouts = self.work / "one", self.work / "one" / "handouts"
        self.forty = forty.make(self.work / "forty" / "handouts" / "guides")
        self.fonts = self.work / "fonts"
        make_fonts(self.fonts)
        ours = ("HANDOUTS_", "PYTHONDONTWRITEBYTECODE")  # with that, a copy is compiled anew by every process
        self.env = {k: v for k, v in os.environ.items() if not k.startswith(ours)}
        self.env["HANDOUTS_CACHE"] = str(self.work / "cache")

    def ready(self, document: str) -> None:
        """Makes what the peers of an exercise sheet find ready."""
        if source(self.handouts, document).parent.name == "programmes":
            self.call(HERE / "ready.py", self.one, document)

    def words(self, command: Sequence[object]) -> list[str]:
        """A whole command line of Python."""
        return [sys.executable, *map(str, command)]

    def call(self, *command: object) -> tuple[Cost, str]:
        """What a Python command costs and prints. Raises FailedError."""
        return spent(self.words(command), self.env, self.work)

    def timed(self, *command: object) -> Run:
        """A whole fresh process."""
        return lambda: self.call(*command)[0]

    def reported(self, path: Path, *command: object) -> Run:
        """A process that edits a file and prints its own time; afterwards the file is as it was."""

        def run() -> Cost:
            text = path.read_text(encoding="utf-8")
            try:
                told = json.loads(self.call(*command)[1].splitlines()[-1])
            finally:
                path.write_text(text, encoding="utf-8")
            self.made = max(self.made, told["made"])
            return Cost(float(told["ms"]), float(told["cpu"]))

        return run

    def out(self, name: str) -> Path:
        """Where one engine's PDFs go."""
        return self.work / "out" / name

    def emptied(self, name: str) -> Path:
        """The same, with nothing in it."""
        shutil.rmtree(self.out(name), ignore_errors=True)
        return self.out(name)

    def peer(self, name: str, checkout: str, job: str, *arguments: object) -> tuple[object, ...]:
        """A peer's command line."""
        start = f"import sys; sys.path[:0] = [{str(REPO)!r}]; from tests.bench.peers import running, peer_{name} as p"
        folder = self.work / checkout / "handouts"
        names = arguments[-1] if isinstance(arguments[-1], list) else [arguments[-1]]
        code = f"{start}; running.main(p.build)"
        return ("-c", code, *arguments[:-1], folder, self.fonts, self.out(f"{job}-{name}"), *names)

    def some(self, *names: str) -> list[str]:
        """Those of these peers that are there."""
        return [name for name in names if name in self.peers]

    # ------------------------------------------------------------- the jobs: ours first, then the yardsticks
    def j1(self, document: str) -> dict[str, Run]:
        """One cold command."""
        ours = (self.one / "build.py", "pdf", document, "--force", "--out", self.out("J1-ours"))
        runs = {"ours": self.timed(*ours)}
        return runs | {p: self.timed(*self.peer(p, "one", "J1", document)) for p in self.peers}

    def unchanged(self, _: str) -> dict[str, Run]:
        """A plain build of 40 handouts when there is nothing to do."""
        runs = {"ours": self.timed(self.work / "forty" / "build.py")}
        return runs | {"python -c pass": self.timed("-c", "pass")}

    def j2(self, _: str) -> dict[str, Run]:
        """40 handouts by one command."""
        ours = (self.work / "forty" / "build.py", "pdf", *self.forty, "--force", "--out", self.out("J2-ours"))
        peers = {p: self.timed(*self.peer(p, "forty", "J2", self.forty)) for p in self.some("typst", "platypus")}
        return {"ours": self.timed(*ours)} | peers

    def j3(self, document: str) -> dict[str, Run]:
        """One more sheet of a mail merge by one process."""

        def per_sheet(name: str, command: Callable[[Path], Sequence[object]]) -> Run:
            def run() -> Cost:
                costs = []
                for count in (FEW, FEW + self.sheets):
                    table = self.table(count)
                    self.emptied(f"J3-{name}")
                    costs.append(self.call(*command(table))[0])
                return costs[1].less(costs[0], self.sheets)

            return run

        runs = {"ours": per_sheet("ours", lambda table: self.merge(table, document, 1, self.out("J3-ours")))}
        for p in self.some("typst", "platypus"):

            def command(table: Path, p: str = p) -> Sequence[object]:
                return self.peer(p, "one", "J3", "--people", table, document)

            runs[p] = per_sheet(p, command)
        return runs

    def two(self, document: str) -> dict[str, Run]:
        """A whole mail merge by two processes, beside one."""
        if (os.cpu_count() or 1) < 2:
            raise FailedError("two processes want two cores")

        def run(jobs: int) -> Run:
            def merged() -> Cost:
                return self.call(*self.merge(self.table(TWO), document, jobs, self.emptied("two")))[0]

            return merged

        return {"ours": run(2), "one process": run(1)}

    def j4(self, document: str) -> dict[str, Run]:
        """One word changed, while the process stays up."""
        path = source(self.handouts, document)
        ours = (HERE / "watching.py", self.one, self.out("J4-ours"), EDITS, document)
        return {"ours": self.reported(path, *ours)} | {
            p: self.reported(path, *self.peer(p, "one", "J4", "--edits", EDITS, document))
            for p in self.some("typst", "platypus")
        }

    def memory(self, document: str, count: int) -> float:
        """The peak in MB of the largest process of a mail merge of so many separate files by one process."""
        command = self.merge(self.table(count), document, 1, self.emptied("memory"))
        try:
            return peak_of(self.words(command), self.env, self.work)
        finally:
            self.emptied("memory")

    def merge(self, table: Path, document: str, jobs: int, out: Path) -> Sequence[object]:
        """Our mail merge of a table."""
        return (self.one / "build.py", "merge", table, "--programme", document, "--jobs", jobs, "--out", out)

    def table(self, count: int) -> Path:
        """A table of so many people; hardly two rows have anything but their columns in common."""
        path = self.work / f"people-{count}.csv"
        if not path.exists():
            with path.open("w", newline="", encoding="utf-8") as stream:
                csv.writer(stream).writerows([("name", "clinician", "date", "note"), *people(count)])
        return path


def people(count: int) -> list[tuple[str, str, str, str]]:
    """Rows of a table: name, clinician, date, note."""
    names = [f"{first} {last}" for first, last in product(FIRST, LAST)]
    return [
        (
            f"{names[i * 37 % len(names)]} {number(i)}",
            CLINICIANS[i % 4],
            f"2026-{1 + i % 12:02d}-{1 + i % 28:02d}",
            f"{NOTES[i % 3]} Ask for {number(i * 7919)}.",
        )
        for i in range(count)
    ]


def number(i: int) -> str:
    """A number as a word of letters, such as "Bcd"."""
    letters = ""
    while i or len(letters) < 3:
        i, rest = divmod(i, 26)
        letters = chr(97 + rest) + letters
    return letters.capitalize()
