"""Offices for tests: computers with printing programs that only write down what they are told."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import click
import pytest

from layouts.engine.deliver.printing import system

RECORD = """\
#!{python}
import json, os, pathlib, shutil, stat, sys, time
here = pathlib.Path({folder!r})
plan = json.loads((here / "plan.json").read_text(encoding="utf-8"))
file = pathlib.Path(sys.argv[-1])
number = len(list(here.glob("job-*.json")))
shutil.copyfile(file, here / f"job-{{number}}.pdf")
mode = stat.S_IMODE(file.stat().st_mode)
job = json.dumps({{"words": sys.argv[1:], "mode": mode}})
(here / f"job-{{number}}.json").write_text(job, encoding="utf-8")
time.sleep(plan["seconds"])
sys.stderr.buffer.write(plan["says"].encode())
sys.exit(plan["code"])
"""
SAY = """\
#!{python}
import sys
for words, said in {answers!r}:
    if all(word in sys.argv for word in words):
        sys.stdout.buffer.write(said.encode())
        break
sys.exit({code})
"""


@dataclass(frozen=True)
class Job:
    """What a printing program was told, the file's mode, and a copy of the file."""

    words: list[str]
    mode: int
    copy: Path


@dataclass
class Office:
    """A computer; `viewed` are the files that were opened in a viewer."""

    folder: Path
    viewed: list[str]

    def program(self, name: str, text: str) -> Path:
        """Puts a program there."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)
        return path

    def prints_by(self, name: str, *, code: int = 0, says: str = "", seconds: float = 0) -> Path:
        """Puts a printing program there that ends with that code after so many seconds."""
        self.plan(code=code, says=says, seconds=seconds)
        return self.program(name, RECORD.format(python=sys.executable, folder=str(self.folder)))

    def plan(self, *, code: int = 0, says: str = "", seconds: float = 0) -> None:
        """What the printing program does from now on."""
        plan = json.dumps({"code": code, "says": says, "seconds": seconds})
        (self.folder / "plan.json").write_text(plan, encoding="utf-8")

    def answers(self, name: str, *answers: tuple[Sequence[str], str], code: int = 0) -> None:
        """Puts a program there that answers by which words it is given."""
        self.program(name, SAY.format(python=sys.executable, answers=answers, code=code))

    @property
    def jobs(self) -> list[Job]:
        """What was printed, in order."""
        made = []
        for path in sorted(self.folder.glob("job-*.json")):
            said = json.loads(path.read_text(encoding="utf-8"))
            made.append(Job(said["words"], stat.S_IMODE(said["mode"]), path.with_suffix(".pdf")))
        return made


def office(folder: Path, monkeypatch: pytest.MonkeyPatch, platform: str) -> Office:
    """An empty computer of that platform, as Python names them."""
    folder.mkdir(parents=True)
    viewed: list[str] = []

    def launch(path: str) -> int:
        viewed.append(path)
        return 0

    monkeypatch.setattr(click, "launch", launch)
    monkeypatch.setattr(system, "sys", SimpleNamespace(platform=platform))
    monkeypatch.setenv("PATH", str(folder))
    for variable in ("LOCALAPPDATA", "ProgramFiles", "ProgramW6432", "ProgramFiles(x86)"):
        monkeypatch.delenv(variable, raising=False)
    return Office(folder, viewed)


def cups(
    folder: Path, monkeypatch: pytest.MonkeyPatch, names: Sequence[str], usual: str = "", stopped: Sequence[str] = ()
) -> Office:
    """A Linux computer with CUPS and these printers, of which some are paused."""
    made = office(folder, monkeypatch, "linux")
    made.prints_by("lp")
    default = f"system default destination: {usual}" if usual else "no system default destination"
    since = "Mon 23 Nov 2026 09:00:00 AM UTC"
    states = "".join(
        f"printer {name} disabled since {since} -\n\tPaused\n" if name in stopped else
        f"printer {name} is idle.  enabled since {since}\n"
        for name in names
    )  # fmt: skip
    made.answers("lpstat", (["-e"], "".join(f"{name}\n" for name in names)), (["-d"], f"{default}\n"), (["-p"], states))
    return made


def windows(
    folder: Path, monkeypatch: pytest.MonkeyPatch, names: Sequence[str], usual: str = "", *, sumatra: bool = True
) -> Office:
    """A Windows computer with these printers, and SumatraPDF where its installer puts it for one user."""
    made = office(folder, monkeypatch, "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(folder / "Local Data"))
    if sumatra:
        made.prints_by("Local Data/SumatraPDF/SumatraPDF.exe")
    rows = [{"Name": name, "Default": name == usual} for name in names]
    said = json.dumps(rows if len(rows) != 1 else rows[0], ensure_ascii=False) if rows else ""
    made.answers("powershell", (["-Command"], f"\ufeff{said}\r\n"))
    return made


def private(path: Path) -> bool:
    """Whether only the owner can read a file."""
    return os.name == "nt" or stat.S_IMODE(path.stat().st_mode) == 0o600
