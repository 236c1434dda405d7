"""A file for the desktop that starts the menu of daily commands by a double click, on each system."""

from __future__ import annotations

import os
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path, PurePath

import platformdirs

from ..problems import Place, problem
from .files import explain, write_file
from .printing.system import System

MARK = "Made by: python build.py desktop-shortcut"  # a file without it is somebody else's
PROJECT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Start:
    """What a double click runs: this Python, the project's build.py, and the clinic's own folder if it has one."""

    python: PurePath
    project: PurePath
    content: PurePath | None = None

    @property
    def words(self) -> list[str]:
        """The command line."""
        own = ["--content", str(self.content)] if self.content else []
        return [str(self.python), str(self.project / "build.py"), "menu", *own]


@dataclass(frozen=True)
class Shortcut:
    """A file of that name."""

    name: str
    data: bytes
    executable: bool


def shortcut(start: Start, system: System) -> Shortcut:
    """The file that starts it on that system."""
    if system == "windows":
        return Shortcut("Handouts.cmd", _cmd(start), executable=False)
    if system == "macos":
        return Shortcut("Handouts.command", _command(start), executable=True)
    return Shortcut("handouts.desktop", _desktop_entry(start), executable=True)


def _cmd(start: Start) -> bytes:
    """For Windows. Until `chcp` the console reads another encoding, so what comes before it is ASCII."""

    def quoted(word: str) -> str:
        return '"' + word.replace("%", "%%") + '"'  # a path there cannot contain a quotation mark

    lines = [
        "@echo off",
        f"rem {MARK}",
        "chcp 65001 >nul",
        "title Handouts",
        f"pushd {quoted(str(start.project))}",
        " ".join(word if word in ("menu", "--content") else quoted(word) for word in start.words),
        "popd",
        "pause",
    ]
    return "".join(f"{line}\r\n" for line in lines).encode()


def _command(start: Start) -> bytes:
    """For macOS: a script that its Terminal runs."""
    lines = ["#!/bin/sh", f"# {MARK}", f"cd {shlex.quote(str(start.project))} || exit 1", shlex.join(start.words)]
    return "".join(f"{line}\n" for line in lines).encode()


def _desktop_entry(start: Start) -> bytes:
    """For Linux: a desktop entry as freedesktop.org describes it."""

    def text(value: str) -> str:
        return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")

    def quoted(word: str) -> str:
        for character in '\\"`$':
            word = word.replace(character, f"\\{character}")
        return '"' + word.replace("%", "%%") + '"'

    lines = [
        "[Desktop Entry]",
        f"# {MARK}",
        "Type=Application",
        "Version=1.0",
        "Name=Handouts",
        "Comment=Make and print handouts for patients",
        "Exec=" + text(" ".join(map(quoted, start.words))),
        "Path=" + text(str(start.project)),
        "Terminal=true",
        "Icon=printer",
        "Categories=Office;",
    ]
    return "".join(f"{line}\n" for line in lines).encode()


def start_here(system: System, content: Path | None) -> Start:
    """The start of this project: with its own environment's Python where it has one."""
    own = PROJECT / ".venv" / ("Scripts/python.exe" if system == "windows" else "bin/python")
    return Start(own if own.is_file() else Path(sys.executable), PROJECT, content)


def desktop() -> Path:
    """The user's desktop, also where it was moved or has another name. Raises ContentError where there is none."""
    folder = Path(platformdirs.user_desktop_dir())
    if not folder.is_dir():
        raise problem(Place(str(folder)), "the desktop was not found here", "Name a folder with --where.")
    return folder


def put(made: Shortcut, folder: Path) -> Path:
    """Writes it into the folder. Raises ContentError, also where a file of somebody else has its name."""
    path = folder / made.name
    place = Place(str(path))
    try:
        if os.path.lexists(path) and (
            path.is_symlink() or not path.is_file() or MARK.encode() not in path.read_bytes()
        ):
            hint = "Rename that file or move it away, or choose another folder with --where."
            raise problem(place, "something else with this name is here, and stays as it is", hint)
        write_file(path, made.data)
        if made.executable:
            path.chmod(0o755)
    except OSError as error:
        raise explain(error, place) from None
    return path
