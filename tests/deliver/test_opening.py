"""Whether something opened a file: on Linux and macOS by programs that say so, on Windows by the system itself."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from layouts.engine.deliver import opening
from layouts.engine.deliver.printing import system
from tests.deliver.desk import environment

posix = pytest.mark.skipif(os.name == "nt", reason="runs scripts of Linux and macOS")


@pytest.fixture
def bin_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Linux computer with a screen and no programs but those that are put into this folder."""
    monkeypatch.setattr(system, "sys", SimpleNamespace(platform="linux"))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    (tmp_path / "bin").mkdir()
    return tmp_path / "bin"


def program(folder: Path, name: str, script: str) -> None:
    """Puts a program there that notes what it was told."""
    path = folder / name
    path.write_text(f'#!/bin/sh\nprintf "%s" "$*" > "{folder}/told"\n{script}\n', encoding="utf-8")
    path.chmod(0o755)


@posix
@pytest.mark.parametrize(("code", "is_open"), [(0, True), (3, False), (4, False)])
def test_xdg_open_says_whether(bin_: Path, code: int, is_open: bool, capfd: pytest.CaptureFixture[str]) -> None:
    program(bin_, "xdg-open", f"echo noise; echo noise >&2; exit {code}")
    assert opening.open_file(Path("/a b.pdf")) is is_open
    assert (bin_ / "told").read_text() == "/a b.pdf"
    assert capfd.readouterr() == ("", "")


@posix
def test_a_viewer_that_stays_has_opened_it(bin_: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(bin_ / "until")
    program(bin_, "xdg-open", f'read end < "{bin_}/until"')
    monkeypatch.setattr(opening, "SECONDS", 0.01)
    assert opening.open_file(Path("/a.pdf"))
    with (bin_ / "until").open("w", encoding="ascii") as viewer:  # waits until the viewer is there, then closes it
        viewer.write("now\n")


@posix
def test_where_nothing_can_open_it(bin_: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not opening.open_file(Path("/a.pdf"))  # no xdg-open
    program(bin_, "xdg-open", "exit 0")
    assert opening.open_file(Path("/a.pdf"))
    monkeypatch.delenv("DISPLAY")
    (bin_ / "told").unlink()
    assert not opening.open_file(Path("/a.pdf"))  # no screen: it would start a browser in the terminal
    assert not (bin_ / "told").exists()
    (bin_ / "xdg-open").write_text("#!/no/such/program\n", encoding="ascii")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert not opening.open_file(Path("/a.pdf"))


@pytest.mark.skipif(not os.path.exists("/usr/bin/xdg-open"), reason="needs the real xdg-open")  # noqa: PTH110
def test_the_real_xdg_open_without_a_viewer(tmp_path: Path) -> None:
    """On a screen that is not there, and with no program set for a PDF, it gives up, and we say so."""
    home = {"HOME": str(tmp_path), "XDG_DATA_DIRS": str(tmp_path), "XDG_CONFIG_DIRS": str(tmp_path)}
    world = environment(**home, DISPLAY=":99", BROWSER="/no/browser", PATH="/usr/bin:/bin")
    code = "import pathlib, sys; from layouts.engine.deliver import opening; opening.SECONDS = 50; "
    code += "sys.exit(opening.open_file(pathlib.Path(sys.argv[1])))"
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\n")
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "a.pdf"], env=world, capture_output=True, check=False, timeout=60,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


@posix
@pytest.mark.parametrize("code", [0, 1])
def test_a_mac(bin_: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    monkeypatch.setattr(system, "sys", SimpleNamespace(platform="darwin"))
    program(bin_, "open", f"exit {code}")
    assert opening.open_file(Path("/a b.pdf")) is (code == 0)
    assert (bin_ / "told").read_text() == "/a b.pdf"


def test_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "sys", SimpleNamespace(platform="win32"))
    opened: list[Path] = []
    monkeypatch.setattr(os, "startfile", opened.append, raising=False)
    assert opening.open_file(Path("a b.pdf"))
    assert opened == [Path("a b.pdf")]

    def nothing(_: Path) -> None:
        raise OSError(errno.ENOENT, "No application is associated with the specified file for this operation")

    monkeypatch.setattr(os, "startfile", nothing, raising=False)
    assert not opening.open_file(Path("a b.pdf"))
