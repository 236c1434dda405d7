"""The front desk of these tests: a small library of three handouts, and somebody who types command lines."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

import build
from layouts.engine.deliver import ledger
from layouts.engine.draw import document

PROJECT = Path(__file__).parents[2]
IDS = ("alpha", "beta", "gamma")
GUIDE = """\
# yaml-language-server: $schema=../.schemas/guide.json
number: {number}
title: The {id} handout
version: "1.0"
written: 2026-01-05
reviewed: 2026-01-06
reviewed_by: Dr. Example
review_due: 2028-01-05
purpose: To try the desk.
who: You want to move.
message: Move a little.
today: Walk a little.
parts:
  - text: Walk a little more.
red_flags: low-back
"""


def fill(folder: Path) -> None:
    """The shipped clinic and wording with three small guides; alpha names beta as related."""
    for name in (".schemas", "brand", "wording"):
        shutil.copytree(PROJECT / "handouts" / name, folder / name)
    shutil.copyfile(PROJECT / "handouts" / "clinic.yaml", folder / "clinic.yaml")
    for number, id_ in enumerate(IDS, 1):
        save(folder / "guides" / f"{id_}.yaml", GUIDE.format(number=f"S{number}", id=id_))
    append(folder / "guides" / "alpha.yaml", "related: [beta]\n")


def save(path: Path, text: str) -> None:
    """Writes a text as an editor does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def append(path: Path, text: str) -> None:
    """Adds to a file."""
    save(path, path.read_text(encoding="utf-8") + text)


def change(path: Path, old: str, new: str) -> None:
    """Replaces words of a file; they must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    save(path, text.replace(old, new))


@dataclass
class Said:
    """What came of a command line."""

    code: int
    out: str
    err: str

    @property
    def table(self) -> list[str]:
        """The first column of the closing table."""
        lines = self.out.splitlines()
        rule = next((i for i, line in enumerate(lines) if line.startswith("---")), len(lines))
        body = lines[rule + 1 :]
        return (
            [line.split()[0] for line in body[: body.index("")] if line] if "" in body else [x.split()[0] for x in body]
        )


@dataclass
class Desk:
    """Types command lines in this process."""

    shipped: Path
    out: Path
    engine: Path
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    def __call__(self, *words: str | Path) -> Said:
        self.monkeypatch.setattr(sys, "argv", ["build.py", *map(str, words)])
        self.capsys.readouterr()
        code = build.main()
        out, err = self.capsys.readouterr()
        assert "Traceback" not in out + err
        return Said(code, out, err)

    def guide(self, id_: str) -> Path:
        """A guide's file."""
        return self.shipped / "guides" / f"{id_}.yaml"

    def pdf(self, id_: str) -> Path:
        """A guide's PDF as a plain build makes it."""
        return self.out / f"{id_}.pdf"

    def written(self, *words: str | Path) -> set[str]:
        """The names of the PDFs that a command line writes anew."""
        before = self._stamps()
        self(*words)
        return {name for name, stamp in self._stamps().items() if before.get(name) != stamp}

    def _stamps(self) -> dict[str, tuple[int, int]]:
        return {p.stem: (p.stat().st_mtime_ns, p.stat().st_ino) for p in self.out.glob("*.pdf")}


@pytest.fixture(scope="session")
def small_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small library, never changed."""
    folder = tmp_path_factory.mktemp("library") / "handouts"
    fill(folder)
    return folder


@pytest.fixture
def desk(
    small_library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Desk:
    """A desk over a library of its own. A stand-in is fingerprinted for the program, so that a test can change it."""
    shipped, engine = tmp_path / "handouts", tmp_path / "engine"
    shutil.copytree(small_library, shipped)
    for name in ("styles.yaml", "engine/code.py", "templates/guide.xml.j2"):
        save(engine / name, "")
    monkeypatch.setattr(build, "SHIPPED", shipped)
    monkeypatch.setattr(build, "OUT", tmp_path / "out")
    monkeypatch.setattr(ledger, "ENGINE", engine)
    monkeypatch.delenv(build.CONTENT, raising=False)
    monkeypatch.chdir(tmp_path)
    return Desk(shipped, tmp_path / "out", engine, monkeypatch, capsys)


@pytest.fixture
def built(desk: Desk) -> Desk:
    """A desk whose handouts are built."""
    assert desk().code == 0
    return desk


@pytest.fixture(scope="session")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with the small library, in a folder whose name has spaces and letters beyond ASCII."""
    folder = tmp_path_factory.mktemp("copy") / "Höhe & Praxis Ω" / "our handouts"
    shutil.copytree(PROJECT / "layouts", folder / "layouts", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(PROJECT / "build.py", folder / "build.py")
    fill(folder / "handouts")
    return folder


def environment(**changes: str) -> dict[str, str]:
    """This process's environment without a clinic's own folder."""
    kept = {k: v for k, v in os.environ.items() if k != build.CONTENT and not k.startswith("PYTEST")}
    return {**kept, **changes}


def shell(folder: Path, *words: str | Path, python: str | Path = sys.executable, cwd: Path | None = None,
          flags: tuple[str, ...] = (), world: Mapping[str, str] | None = None) -> Said:  # fmt: skip
    """Types a command line in a process of its own."""
    done = subprocess.run(
        [str(python), *flags, str(folder / "build.py"), *map(str, words)],
        capture_output=True, cwd=cwd or folder, env=environment(**(world or {})), timeout=60, check=False,
    )  # fmt: skip
    said = Said(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))
    assert "Traceback" not in said.out + said.err, said.err
    return said


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Day]]:
    """Sets today's date: `calendar.now = date(…)`."""
    from layouts.engine.deliver import commands_review, findings, scaffold

    Day.now = date.today()
    for module in (ledger, findings, commands_review, scaffold):
        monkeypatch.setattr(module, "date", Day)
    assert not hasattr(document, "date")  # drawing knows no clock
    yield Day


class Day(date):
    """A date whose today can be chosen."""

    now: date

    @classmethod
    def today(cls) -> Day:
        """The chosen day."""
        return cls(cls.now.year, cls.now.month, cls.now.day)
