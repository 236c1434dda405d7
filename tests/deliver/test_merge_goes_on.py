"""A merge that people, the system or a full disk have stopped goes on: no sheet is lost and none is made twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pikepdf
import pytest

from layouts.engine.deliver import files, merging, workers
from layouts.engine.problems import Place
from tests.deliver.desk import change, environment, fill, save
from tests.deliver.ward import PROGRAMME, Ward, many, table

BAD_DAY = '{"form": 1, "key": "00", "seal": "", "content": "", "day": "soon", "sheets": 1}'


def state(folder: Path) -> dict[str, tuple[int, int]]:
    """When each PDF was written."""
    return {path.name: (path.stat().st_mtime_ns, path.stat().st_ino) for path in folder.glob("*.pdf")}


def test_a_merge_goes_on_without_doing_anything_twice(ward: Ward) -> None:
    path = many(6)
    assert ward("merge", path).code == 0
    whole = state(ward.folder)
    gone = sorted(whole)[2:4]
    for name in gone:
        (ward.folder / name).unlink()
    save(ward.folder / ".new-half.pdf", "half")
    said = ward("merge", path, "--resume")
    assert said.code == 0 and said.out.startswith("2 sheets (4 were there already)")
    after = state(ward.folder)
    assert set(after) == set(whole)  # the same numbers as before
    assert {name for name in after if after[name] != whole[name]} == set(gone)
    assert not list(ward.folder.glob(".new-*"))


def test_a_folder_with_sheets_is_not_mixed_with_others(ward: Ward) -> None:
    path = many(2)
    ward("merge", path)
    said = ward("merge", path)
    assert said.code == 2 and "has the sheets of an earlier merge. Add --resume" in said.err
    assert "the table or the options" in ward("merge", path, "--resume", "--edition", "large-print").err
    change(ward.desk.guide("alpha"), "a little more", "a lot more")
    assert "have changed since" in ward("merge", path, "--resume").err
    many(3)
    assert "the table or the options" in ward("merge", path, "--resume").err


def test_an_added_exercise_that_changed_is_seen(ward: Ward) -> None:
    path = table("name,programme,add\nAnna,strong,dead-bug\n")
    assert ward("merge", path).code == 0
    change(ward.file("exercises/dead-bug.yaml"), "feel: ", "feel: In all, ")
    assert "have changed since" in ward("merge", path, "--resume").err


@pytest.mark.parametrize("text", ["", "{", "[]", '{"form": 1}', BAD_DAY, '{"form": 9, "key": "x"}'])
def test_a_journal_that_cannot_be_understood(ward: Ward, text: str) -> None:
    save(ward.folder / merging.JOURNAL, text)
    assert ward("merge", many(2), "--resume").code == 2


def test_ctrl_c_leaves_whole_files(ward: Ward) -> None:
    path, done = many(6), 0
    make = workers.Printer.__call__

    def interrupted(self: workers.Printer, task: workers.Task) -> workers.Done:
        nonlocal done
        done += 1
        if done == 3:
            raise KeyboardInterrupt
        return make(self, task)

    with ward.desk.monkeypatch.context() as patch:
        patch.setattr(workers.Printer, "__call__", interrupted)
        said = ward("merge", path, "--jobs", "1")
    assert said.code == 130
    assert "2 of 6 sheets are made. To go on, type the same with --resume." in said.err
    assert len(ward.pdfs()) == 2
    assert ward("merge", path, "--resume").out.startswith("4 sheets (2 were there already)")


def test_a_full_disk_stops_it_at_once(ward: Ward) -> None:
    write, path = files.write_file, many(5)

    def full(target: Path, data: bytes, *, private: bool = False) -> None:
        if target.name.startswith("00004"):
            raise files.explain(OSError(28, "No space left on device"), Place(str(target)))
        write(target, data, private=private)

    with ward.desk.monkeypatch.context() as patch:
        patch.setattr(workers, "write_file", full)
        said = ward("merge", path)
    assert said.code == 1 and said.err.count("the disk is full") == 1 and "people.csv, row 4" in said.err
    assert len(ward.pdfs()) == 2
    assert ward("merge", path, "--resume").code == 0 and len(ward.pdfs()) == 5


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clinic's own content, for processes of their own."""
    folder = tmp_path_factory.mktemp("clinic") / "handouts"
    fill(folder)
    save(folder / "programmes" / "strong.yaml", PROGRAMME)
    return folder


def start(clinic: Path, folder: Path, count: int, *more: str) -> subprocess.Popen[bytes]:
    """A merge in a process of its own, from a table in its folder."""
    people = folder / "people.csv"
    if not people.exists():
        save(people, "name,programme\n" + "".join(f"Person {i},alpha\n" for i in range(count)))
    build = Path(__file__).parents[2] / "build.py"
    line = [sys.executable, str(build), "merge", str(people), "--content", str(clinic), "--out", str(folder / "out")]
    return subprocess.Popen(
        [*line, *more], cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        start_new_session=True,
    )  # fmt: skip


def until(folder: Path, count: int, process: subprocess.Popen[bytes]) -> None:
    """Waits until some PDFs are there."""
    end = time.monotonic() + 60
    while len(list((folder / "out").glob("*.pdf"))) < count and process.poll() is None and time.monotonic() < end:
        time.sleep(0.02)


def whole(folder: Path) -> int:
    """How many PDFs there are; each of them can be read."""
    paths = sorted((folder / "out").glob("*.pdf"))
    for path in paths:
        with pikepdf.open(path) as pdf:
            assert len(pdf.pages)
    return len(paths)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("sign", ["SIGINT", "SIGKILL"])
def test_it_goes_on_after_ctrl_c_and_after_a_kill(clinic: Path, tmp_path: Path, sign: str, jobs: str) -> None:
    count = 60
    process = start(clinic, tmp_path, count, "--jobs", jobs)
    until(tmp_path, 4, process)
    os.killpg(process.pid, getattr(signal, sign))
    _, err = process.communicate(timeout=60)
    if sign == "SIGINT":
        assert process.returncode == 130, err.decode()
        assert b"Traceback" not in err and b"--resume" in err
        assert not list((tmp_path / "out").glob(".new-*"))
    before, names = whole(tmp_path), state(tmp_path / "out")
    assert 4 <= before < count
    again = start(clinic, tmp_path, count, "--jobs", jobs, "--resume")
    out, err = again.communicate(timeout=120)
    assert again.returncode == 0, err.decode()
    assert f"{count - before} sheets ({before} were there already)" in out.decode()
    assert whole(tmp_path) == count
    after = state(tmp_path / "out")
    assert {name: after[name] for name in names} == names
    assert not list((tmp_path / "out").glob(".new-*"))


def test_many_processes_say_what_is_wrong(clinic: Path, tmp_path: Path) -> None:
    """A problem that only printing shows comes back from another process, with its row."""
    (tmp_path / "out").mkdir()
    process = start(clinic, tmp_path, 3, "--jobs", "2", "--layout", "guide", "--paper", "a4")
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err.decode()
    assert out.decode().startswith("3 sheets, ")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="finds its processes in /proc")
def test_a_worker_that_is_ended_by_the_system(clinic: Path, tmp_path: Path) -> None:
    process = start(clinic, tmp_path, 200, "--jobs", "2")
    until(tmp_path, 4, process)
    tasks = Path("/proc") / str(process.pid) / "task"
    children = {int(pid) for task in tasks.iterdir() for pid in (task / "children").read_text().split()}
    workers_ = [pid for pid in children if b"spawn_main" in (Path("/proc") / str(pid) / "cmdline").read_bytes()]
    os.kill(workers_[0], signal.SIGKILL)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 1, err.decode()
    assert "the system has ended a part of this program" in err.decode() and b"Traceback" not in err
    assert whole(tmp_path) >= 4
