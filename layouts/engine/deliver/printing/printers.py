"""Which printers this computer has, and by which program it prints."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from .system import ask, system

SECONDS = 30  # how long a system may look for its printers
ASK_WINDOWS = (  # without quotation marks: they are passed on differently by each version
    "[Console]::OutputEncoding = [Text.Encoding]::UTF8; "
    "Get-CimInstance -ClassName Win32_Printer | "
    "Select-Object -Property Name,Default,WorkOffline,ExtendedPrinterStatus | ConvertTo-Json -Compress"
)
STOPPED_WINDOWS = (6, 7, 8)  # ExtendedPrinterStatus of Win32_Printer: stopped, offline, paused
_STOPPED_CUPS = re.compile(r"^printer (\S+) disabled since", re.MULTILINE)


@dataclass(frozen=True)
class Way:
    """The program by which this computer prints: CUPS's `lp`, or SumatraPDF."""

    kind: Literal["lp", "sumatra"]
    program: str


@dataclass(frozen=True)
class Printers:
    """The printers by name, and the usual one. `known` is False when the system could not be asked; what is sent to
    one that is `stopped` (paused, or known to be off) waits in its queue."""

    names: tuple[str, ...] = ()
    usual: str | None = None
    known: bool = True
    stopped: frozenset[str] = frozenset()

    def named(self, wanted: str) -> str | None:
        """The printer of that name, however it is capitalized."""
        if wanted in self.names:
            return wanted
        return next((name for name in self.names if name.casefold() == wanted.casefold()), None)


def way() -> Way | None:
    """How this computer prints, or None where we find no program for it."""
    if system() == "windows":
        found = sumatra(os.environ)
        return Way("sumatra", found) if found else None
    lp = shutil.which("lp")
    return Way("lp", lp) if lp and shutil.which("lpstat") else None


def sumatra(environ: Mapping[str, str]) -> str | None:
    """SumatraPDF's program: on the PATH, or where its installer puts it for one user or for all."""
    if found := shutil.which("SumatraPDF", path=environ.get("PATH")):
        return found
    for variable in ("LOCALAPPDATA", "ProgramFiles", "ProgramW6432", "ProgramFiles(x86)"):
        if environ.get(variable):
            folder = Path(environ[variable]) / "SumatraPDF"
            for program in (folder / "SumatraPDF.exe", *sorted(folder.glob("SumatraPDF*.exe"), reverse=True)):
                if program.is_file():
                    return str(program)
    return None


def printers() -> Printers:
    """The printers that are set up on this computer."""
    return _of_windows() if system() == "windows" else _of_cups()


def _of_cups() -> Printers:
    program = shutil.which("lpstat")
    if program is None:
        return Printers(known=False)
    answer = ask([program, "-e"], SECONDS)
    if answer.code != 0:
        return Printers(known=False)
    names = tuple(line.strip() for line in answer.out.splitlines() if line.strip())
    usual = default_of_cups(ask([program, "-d"], SECONDS).out, names)
    stopped = _STOPPED_CUPS.findall(ask([program, "-p"], SECONDS, LC_ALL="C").out)
    return Printers(names, usual, stopped=frozenset(stopped).intersection(names))


def default_of_cups(said: str, names: tuple[str, ...]) -> str | None:
    """The printer that `lpstat -d` names, in whatever language it says so."""
    name = said.strip().rpartition(":")[2].strip()
    return name if name in names else None


def _of_windows() -> Printers:
    program = shutil.which("powershell") or shutil.which("pwsh")
    if program is None:
        return Printers(known=False)
    answer = ask([program, "-NoProfile", "-NonInteractive", "-Command", ASK_WINDOWS], SECONDS)
    return from_windows(answer.out) if answer.code == 0 else Printers(known=False)


def from_windows(said: str) -> Printers:
    """What PowerShell says of its printers: nothing, one object, or a list of them."""
    if not said.strip():
        return Printers()
    try:
        data: Any = json.loads(said)
    except ValueError:
        return Printers(known=False)
    rows = [row for row in (data if isinstance(data, list) else [data]) if isinstance(row, dict) and row.get("Name")]
    usual = next((str(row["Name"]) for row in rows if row.get("Default") is True), None)
    stopped = (
        row["Name"]
        for row in rows
        if row.get("WorkOffline") is True or row.get("ExtendedPrinterStatus") in STOPPED_WINDOWS
    )
    names = tuple(sorted((str(row["Name"]) for row in rows), key=str.casefold))
    return Printers(names, usual, stopped=frozenset(map(str, stopped)))
