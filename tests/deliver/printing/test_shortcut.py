"""The start on the desktop, which opens the menu."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path, PurePosixPath, PureWindowsPath
from types import SimpleNamespace

import platformdirs
import pytest

from layouts.engine.deliver import shortcut as module
from layouts.engine.deliver.printing import system
from layouts.engine.deliver.shortcut import MARK, Start, shortcut, start_here
from tests.deliver.desk import Desk, environment, save

posix = pytest.mark.skipif(os.name == "nt", reason="runs scripts of Linux and macOS")
NASTY = (
    "plain",
    "two words",
    "Höhe Ω 山",
    "it's",
    '"quoted"',
    "100 %",
    "%PATH%",
    "a&b;c",
    "$HOME `x`",
    "back\\slash",
    "!x^",
)


def argv_of_desktop_entry(data: bytes) -> list[str]:
    """The words of Exec, taken apart as freedesktop.org's specification says."""
    value = next(line for line in data.decode().splitlines() if line.startswith("Exec=")).removeprefix("Exec=")
    escapes = {"\\\\": "\\", "\\n": "\n", "\\t": "\t", "\\s": " ", "\\r": "\r"}
    text = re.sub(r"\\[\\ntsr]", lambda found: escapes[found[0]], value)
    words = [re.sub(r'\\(["`$\\])', r"\1", word) for word in re.findall(r'"((?:[^"\\]|\\.)*)"', text)]
    assert not [word for word in words if re.search(r"(?<!%)%(?:%%)*(?!%)", word)]
    return [word.replace("%%", "%") for word in words]


def argv_of_cmd(line: str) -> list[str]:
    """A line's words as cmd passes them on: doubled percent signs are halved, quotation marks hold spaces together."""
    assert not re.search(r"(?<!%)%(?:%%)*(?!%)", line)
    return [a or b for a, b in re.findall(r'"([^"]*)"|(\S+)', line.replace("%%", "%"))]


# ------------------------------------------------------------- the file
@pytest.mark.parametrize("name", NASTY)
def test_paths_on_linux(name: str) -> None:
    folder = PurePosixPath("/home/me") / name
    made = shortcut(Start(folder / "bin" / "python", folder, folder / "ours"), "linux")
    words = [str(folder / "bin" / "python"), str(folder / "build.py"), "menu", "--content", str(folder / "ours")]
    assert argv_of_desktop_entry(made.data) == words
    text = made.data.decode()
    assert text.startswith("[Desktop Entry]\n")
    assert "\nTerminal=true\n" in text
    assert "\nType=Application\n" in text
    assert text.isprintable() or "\n" in text
    assert made.executable


@posix
@pytest.mark.parametrize("name", NASTY)
def test_paths_on_a_mac(name: str, tmp_path: Path) -> None:
    folder = tmp_path / name
    save(folder / "build.py", "import json, os, sys; print(json.dumps([os.getcwd(), *sys.argv]))")
    made = shortcut(Start(PurePosixPath(sys.executable), folder, folder / "ours"), "macos")
    path = tmp_path / "Handouts.command"
    path.write_bytes(made.data)
    done = subprocess.run(["/bin/sh", path], capture_output=True, check=True, timeout=60)
    import json

    assert json.loads(done.stdout) == [
        os.path.realpath(folder), str(folder / "build.py"), "menu", "--content", str(folder / "ours")
    ]  # fmt: skip
    assert made.executable
    assert made.data.startswith(b"#!/bin/sh\n")


@pytest.mark.parametrize("name", [name for name in NASTY if '"' not in name and "\\" not in name])
def test_paths_on_windows(name: str) -> None:
    folder = PureWindowsPath("C:\\Users\\me") / name
    python = folder / ".venv" / "Scripts" / "python.exe"
    made = shortcut(Start(python, folder, folder / "ours"), "windows")
    assert not made.data.startswith(b"\xef\xbb\xbf")
    assert made.data.count(b"\n") == made.data.count(b"\r\n") == len(made.data.splitlines())
    lines = made.data.decode().split("\r\n")
    assert lines[:3] == ["@echo off", f"rem {MARK}", "chcp 65001 >nul"]  # ASCII until the console reads UTF-8
    assert lines[-2:] == ["pause", ""]
    assert argv_of_cmd(lines[4]) == ["pushd", str(folder)]
    assert argv_of_cmd(lines[5]) == [str(python), str(folder / "build.py"), "menu", "--content", str(folder / "ours")]
    assert made.name == "Handouts.cmd"


def test_without_a_folder_of_its_own() -> None:
    start = Start(PurePosixPath("/p"), PurePosixPath("/project"))
    assert argv_of_desktop_entry(shortcut(start, "linux").data) == ["/p", "/project/build.py", "menu"]


def test_the_project_s_own_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PROJECT", tmp_path)
    assert start_here("linux", None) == Start(Path(sys.executable), tmp_path)
    save(tmp_path / ".venv" / "bin" / "python", "")
    save(tmp_path / ".venv" / "Scripts" / "python.exe", "")
    assert start_here("linux", None).python == tmp_path / ".venv" / "bin" / "python"
    assert start_here("windows", tmp_path) == Start(tmp_path / ".venv" / "Scripts" / "python.exe", tmp_path, tmp_path)


# ------------------------------------------------------------- the command
@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's folder, without a desktop yet."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    for variable in ("XDG_DESKTOP_DIR", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(variable, raising=False)
    return folder


@posix
def test_on_the_desktop(desk: Desk, home: Path) -> None:
    (home / "Desktop").mkdir()
    desk.monkeypatch.setattr(system, "sys", SimpleNamespace(platform="linux"))
    said = desk("desktop-shortcut")
    assert said.code == 0
    made = home / "Desktop" / "handouts.desktop"
    assert made.stat().st_mode & 0o111
    assert str(made) in said.out
    assert "Allow Launching" in said.out
    assert desk("desktop-shortcut").code == 0  # its own file is made anew


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="xdg-user-dirs is of Linux")
def test_a_desktop_with_another_name(desk: Desk, home: Path) -> None:
    save(home / ".config" / "user-dirs.dirs", 'XDG_DESKTOP_DIR="$HOME/Schreib tisch"\n')
    (home / "Schreib tisch").mkdir()
    assert desk("desktop-shortcut").code == 0
    assert (home / "Schreib tisch" / "handouts.desktop").is_file()


@posix
def test_no_desktop(desk: Desk, home: Path) -> None:
    said = desk("desktop-shortcut")
    assert said.code == 1
    assert "the desktop was not found here" in said.err
    assert "--where" in said.err
    assert not (home / "Desktop").exists()


@pytest.mark.parametrize(("platform", "name"), [("win32", "Handouts.cmd"), ("darwin", "Handouts.command")])
def test_on_another_system(platform: str, name: str, desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "Büro desk"
    folder.mkdir()
    desk.monkeypatch.setattr(system, "sys", SimpleNamespace(platform=platform))
    desk.monkeypatch.setattr(platformdirs, "user_desktop_dir", lambda: str(folder))
    said = desk("desktop-shortcut")
    assert said.code == 0
    assert [path.name for path in folder.iterdir()] == [name]
    assert "Allow Launching" not in said.out


def test_a_named_folder_and_the_clinic_s_own(desk: Desk, tmp_path: Path) -> None:
    where, own = tmp_path / "some where", tmp_path / "our handouts"
    where.mkdir()
    own.mkdir()
    desk.monkeypatch.setattr(system, "sys", SimpleNamespace(platform="linux"))
    assert desk("desktop-shortcut", "--where", "some where", "--content", "our handouts").code == 0
    words = argv_of_desktop_entry((where / "handouts.desktop").read_bytes())
    assert words[-2:] == ["--content", str(own)]
    desk.monkeypatch.setenv("HANDOUTS_CONTENT", str(own))
    (where / "handouts.desktop").unlink()
    assert desk("desktop-shortcut", "--where", "some where").code == 0
    assert argv_of_desktop_entry((where / "handouts.desktop").read_bytes())[-1] == str(own)
    assert desk("desktop-shortcut", "--where", "no where").code == 2
    assert desk("desktop-shortcut", "--where", "some where", "--content", "nothing").code == 2


@posix
@pytest.mark.parametrize("kind", ["file", "folder", "link", "broken link"])
def test_what_somebody_else_made_stays(kind: str, desk: Desk, tmp_path: Path) -> None:
    where = tmp_path / "desk"
    where.mkdir()
    path = where / "handouts.desktop"
    desk.monkeypatch.setattr(system, "sys", SimpleNamespace(platform="linux"))
    save(tmp_path / "other", f"# {MARK}\n" if kind == "link" else "my own notes")
    if kind == "file":
        save(path, "my own notes")
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to(tmp_path / ("other" if kind == "link" else "nothing"))
    said = desk("desktop-shortcut", "--where", where)
    assert said.code == 1
    assert "stays as it is" in said.err
    assert kind != "file" or path.read_text() == "my own notes"
    assert [p.name for p in where.iterdir()] == ["handouts.desktop"]


@posix
def test_a_double_click_starts_the_menu(copied: Path, tmp_path: Path) -> None:
    where = tmp_path / "desk"
    where.mkdir()
    said = subprocess.run(
        [sys.executable, copied / "build.py", "desktop-shortcut", "--where", where],
        capture_output=True, text=True, env=environment(), timeout=60, check=False,
    )  # fmt: skip
    assert said.returncode == 0, said.stderr
    (path,) = where.iterdir()
    words = argv_of_desktop_entry(path.read_bytes()) if path.suffix == ".desktop" else shlex.split(f"sh '{path}'")
    done = subprocess.run(
        words, input="3\n0\n0\n", capture_output=True, text=True, env=environment(), timeout=60, check=False, cwd="/",
        encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "The beta handout" in done.stdout
