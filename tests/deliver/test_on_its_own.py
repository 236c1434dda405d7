"""build.py starts on the standard library alone, and finds what was installed for it."""

from __future__ import annotations

import ast
import os
import shutil
import signal
import subprocess
import sys
import time
import tomllib
import venv
from pathlib import Path

import pytest

import build
from tests.deliver.desk import PROJECT, Desk, environment, shell

posix = pytest.mark.skipif(os.name == "nt", reason="looks for bin/python")


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python without any packages."""
    folder = tmp_path_factory.mktemp("bare") / "venv"
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    return folder / "bin" / "python"


def test_what_is_already_built_is_shown_on_the_standard_library_alone(copied: Path) -> None:
    shell(copied)
    said = shell(copied, flags=("-X", "importtime"))
    assert said.code == 0
    imported = {line.rsplit("|", 1)[1].strip().split(".")[0] for line in said.err.splitlines() if "|" in line}
    assert "layouts" in imported
    assert not imported & {*build.NEEDED, "markupsafe", "numpy"}
    started = subprocess.run([sys.executable, "-X", "importtime", "-c", ""], capture_output=True, text=True, check=True)
    before = {line.rsplit("|", 1)[1].strip().split(".")[0] for line in started.stderr.splitlines() if "|" in line}
    assert imported - before - set(sys.stdlib_module_names) <= {"layouts", "org"}  # "org": the library looks for Java


@posix
def test_without_packages_it_says_what_to_type(copied: Path, bare: Path) -> None:
    for words in ([], ["list"], ["pdf", "beta"], ["--help"]):
        said = shell(copied, *words, python=bare)
        assert said.code == 2
        assert said.out == ""
        assert len(said.err.splitlines()) == 1
        assert "python3 -m venv .venv && .venv/bin/python -m pip install -e ." in said.err
        assert str(copied) in said.err


@posix
def test_without_packages_it_goes_on_in_the_project_s_own_environment(copied: Path, bare: Path) -> None:
    own = copied / ".venv" / "bin"
    own.mkdir(parents=True)
    (own / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    (own / "python").chmod(0o755)
    try:
        said = shell(copied, "list", python=bare)
        assert said.code == 0
        assert said.table == ["alpha", "beta", "gamma"]
        assert shell(copied, "pdf", "no such", python=bare).code == 2
        process = subprocess.Popen(
            [bare, copied / "build.py", "watch"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
        )
        assert process.stdout
        while b"Waiting" not in process.stdout.readline():
            pass
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
        assert process.returncode == 130
        assert err.count(b"Stopped.") == 1
    finally:
        shutil.rmtree(copied / ".venv")


@posix
def test_an_own_environment_without_packages_is_no_endless_loop(copied: Path) -> None:
    venv.create(copied / ".venv", with_pip=False, symlinks=True)
    try:
        assert shell(copied, "list", python=copied / ".venv" / "bin" / "python").code == 2
    finally:
        shutil.rmtree(copied / ".venv")


@pytest.mark.parametrize("name", build.NEEDED)
def test_each_missing_package_is_noticed(desk: Desk, name: str) -> None:
    import importlib.util

    find = importlib.util.find_spec
    desk.monkeypatch.setattr(build, "HERE", Path("nowhere"))
    desk.monkeypatch.setattr(importlib.util, "find_spec", lambda n, *a: None if n == name else find(n, *a))
    said = desk("list")
    assert said.code == 2
    assert said.err.startswith("Some packages are missing.")


def test_every_package_that_is_imported_is_looked_for() -> None:
    imported = set()
    for path in (PROJECT / "layouts").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                imported.add(node.module.split(".")[0])
    foreign = imported - set(sys.stdlib_module_names) - {"layouts", "markupsafe"}  # markupsafe comes with jinja2
    extra = {"dask", "distributed"}  # whoever names a cluster is told of it
    assert foreign - extra <= set(build.NEEDED)
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert len(project["dependencies"]) == len(build.NEEDED)


def test_an_older_python_is_told_so(desk: Desk) -> None:
    desk.monkeypatch.setattr(sys, "hexversion", 0x030A0000)
    desk.monkeypatch.setattr(build, "HERE", Path("nowhere"))
    said = desk("list")
    assert said.code == 2
    assert said.err.startswith("Install Python 3.11 or newer from python.org.")


def test_the_advice_for_windows_works_in_both_of_its_command_lines(desk: Desk) -> None:
    desk.monkeypatch.setattr(build, "HERE", Path("nowhere"))
    with desk.monkeypatch.context() as patch:
        patch.setattr(os, "name", "nt")
        assert build._elsewhere() == 2
    said = desk.capsys.readouterr().err
    assert r'cmd /c "py -m venv .venv && .venv\Scripts\python -m pip install -e ."' in said


def test_on_windows_the_own_environment_is_waited_for(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / ".venv" / "Scripts").mkdir(parents=True)
    (tmp_path / ".venv" / "Scripts" / "python.exe").write_bytes(b"")
    ran: list[list[str]] = []
    desk.monkeypatch.setattr(build, "HERE", tmp_path)

    def wait(words: list[str]) -> int:
        ran.append(words)
        return 7

    desk.monkeypatch.setattr(build, "_wait", wait)
    desk.monkeypatch.setattr(sys, "argv", ["build.py", "list"])
    with desk.monkeypatch.context() as patch:
        patch.setattr(os, "name", "nt")
        assert build._elsewhere() == 7
    assert ran == [[str(tmp_path / ".venv" / "Scripts" / "python.exe"), str(tmp_path / "build.py"), "list"]]


@posix
def test_ctrl_c_is_left_to_the_program_that_is_waited_for() -> None:
    script = "import os, signal, time; os.kill(os.getppid(), signal.SIGINT); time.sleep(0.1); raise SystemExit(130)"
    assert build._wait([sys.executable, "-c", script]) == 130
