"""`watch` makes PDFs again as content is saved, shows mistakes and goes on, and ends with Ctrl-C."""

from __future__ import annotations

import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from layouts.engine.deliver.watch import is_ours, rebuild, tell
from layouts.engine.read.library import Library, Root
from tests.deliver.desk import Desk, change, environment

PATIENCE = 20.0  # seconds


class Watcher:
    """A running `watch`, read line by line."""

    def __init__(self, project: Path, content: Path, out: Path) -> None:
        words = [sys.executable, "-u", str(project / "build.py"), "watch", "--content", str(content), "--out", str(out)]
        self.process = subprocess.Popen(
            words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=out.parent, env=environment()
        )
        self.lines: queue.Queue[str] = queue.Queue()
        self.seen: list[str] = []
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.put(line.decode("utf-8", "replace"))

    def until(self, words: str) -> str:
        """What is said up to a line with these words."""
        said = ""
        end = time.monotonic() + PATIENCE
        while words not in said:
            try:
                said += self.lines.get(timeout=max(end - time.monotonic(), 0.01))
            except queue.Empty:
                pytest.fail(f"{words!r} was not said, but: {self.seen} {said}")
        self.seen.append(said)
        return said

    def end(self) -> int:
        """Ctrl-C."""
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(timeout=PATIENCE)
        self.thread.join(timeout=PATIENCE)
        while not self.lines.empty():
            self.seen.append(self.lines.get())
        return code


@pytest.fixture
def watcher(copied: Path, small_library: Path, tmp_path: Path) -> Iterator[Watcher]:
    """A watcher over content in a hidden folder, as some systems keep people's files in."""
    content = tmp_path / ".hidden" / "content"
    shutil.copytree(small_library, content)
    watcher = Watcher(copied, content, tmp_path / "out")
    try:
        yield watcher
    finally:
        watcher.process.kill()
        watcher.process.wait()
        assert watcher.process.stdout
        watcher.thread.join()
        watcher.process.stdout.close()


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT")
def test_watching(watcher: Watcher, tmp_path: Path) -> None:
    guides, out = tmp_path / ".hidden" / "content" / "guides", tmp_path / "out"
    first = watcher.until("Waiting for you to save something. Ctrl-C ends this.")
    assert all(id_ in first for id_ in ("alpha", "beta", "gamma"))
    time.sleep(0.3)  # until the system's own watch is set up
    before = {path.stem: path.stat().st_mtime_ns for path in out.glob("*.pdf")}

    change(guides / "gamma.yaml", "a little more", "a lot more")
    said = watcher.until("ms)")
    assert "gamma.pdf" in said
    assert "alpha" not in said
    assert {p.stem for p in out.glob("*.pdf") if p.stat().st_mtime_ns != before[p.stem]} == {"gamma"}

    change(guides / "beta.yaml", "message:", "mesage:")
    said = watcher.until('did you mean "message"?'.capitalize())
    assert 'beta.yaml, line 11: there is no field "mesage" here' in said
    assert watcher.process.poll() is None

    change(guides / "beta.yaml", "mesage: Move a little.", "message: Move a bit.")
    said = watcher.until("ms)")
    assert "beta.pdf" in said

    assert watcher.end() == 130
    assert "Traceback" not in "".join(watcher.seen)
    assert "Stopped." in "".join(watcher.seen)
    assert not list(out.glob(".new*"))


def test_saving_without_a_change_is_said(
    built_library: tuple[Library, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    library, out = built_library
    tell(rebuild(library, out), 0.0)
    assert "Everything is up to date." in capsys.readouterr().out


def test_a_clinic_with_mistakes_stops_no_watching(desk: Desk) -> None:
    change(desk.shipped / "clinic.yaml", "name:", "nmae:")
    outcome = rebuild(Library([Root(desk.shipped, "handouts")]), desk.out)
    assert outcome.rows == ()
    assert any("nmae" in problem.message for problem in outcome.problems)


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("guides/knee.yaml", True),
        ("guides/Knee.YAML", True),
        ("guides/knee.yaml.txt", True),  # as Windows Notepad saves it; its name is told of
        ("brand/logo.svg", True),
        ("pictures/knee.JPG", True),
        ("fonts/brand.ttf", True),
        ("guides/.#knee.yaml", False),
        ("guides/~knee.yaml", False),
        ("guides/knee.yaml~", False),
        (".git/x.yaml", False),
        ("__pycache__/x.py", False),
        ("notes.docx", False),
    ],
)
def test_what_is_watched(name: str, ours: bool) -> None:
    folder = Path("/home/somebody/.local/our-clinic")
    assert is_ours([folder], None, str(folder / name)) is ours


@pytest.fixture
def built_library(desk: Desk) -> tuple[Library, Path]:
    """A library whose handouts are built."""
    library = Library([Root(desk.shipped, "handouts")])
    rebuild(library, desk.out)
    return library, desk.out


def test_a_template_with_a_mistake_is_told_of(desk: Desk) -> None:
    import jinja2

    from layouts.engine.deliver import watch

    def broken(*_: object) -> None:
        raise jinja2.TemplateSyntaxError("unexpected '}'", 3, "guide.xml.j2")

    desk.monkeypatch.setattr(watch, "rebuild", broken)
    watch._round(lambda: Library([Root(desk.shipped, "handouts")]), desk.out)
    assert "A template or styles.yaml has a mistake: unexpected '}'" in desk.capsys.readouterr().out
