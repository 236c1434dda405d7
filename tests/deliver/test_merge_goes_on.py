"""A merge that people, the system or a full disk have stopped goes on: no sheet is lost and none is made twice."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from layouts.engine.deliver import commands_merge, files, journal, workers
from layouts.engine.deliver.merging import Job
from layouts.engine.deliver.pool import run
from layouts.engine.problems import ContentError, Place
from layouts.engine.read.library import Root
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
    """Whose sheets are there nobody knows, so no others are put among them."""
    save(ward.folder / journal.JOURNAL, text)
    for more in ((), ("--resume",)):
        said = ward("merge", many(2), *more)
        assert said.code == 1 and "the journal of this merge is damaged" in said.err
    assert [path.name for path in ward.folder.iterdir()] == [journal.JOURNAL]


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
    assert "Start again" not in said.err
    assert len(ward.pdfs()) == 2
    assert ward("merge", path, "--resume").out.startswith("4 sheets (2 were there already)")


def test_after_ctrl_c_what_is_there_counts(ward: Ward) -> None:
    """Also a sheet that was finished when nobody listened any more."""
    path, make = many(3), workers.Printer.__call__

    def interrupted(self: workers.Printer, task: workers.Task) -> workers.Done:
        make(self, task)
        raise KeyboardInterrupt

    ward.desk.monkeypatch.setattr(workers.Printer, "__call__", interrupted)
    assert "1 of 3 sheets are made." in ward("merge", path, "--jobs", "1").err
    assert "2 of 3 sheets are made." in ward("merge", path, "--jobs", "1", "--resume").err


def test_a_sheet_that_the_power_left_empty_is_made_again(ward: Ward) -> None:
    path = many(2)
    ward("merge", path)
    empty = ward.pdfs()[0]
    empty.write_bytes(b"")
    assert ward("merge", path, "--resume").out.startswith("1 sheet (1 was there already)")
    assert empty.stat().st_size


def test_one_window_at_a_time_works_in_a_folder(ward: Ward) -> None:
    path = many(2)
    ward("merge", path)
    ward.pdfs()[0].unlink()
    known = journal.read_journal(ward.folder)
    assert known
    with journal.at_work(ward.folder, known):
        half = ward.folder / ".new-half"
        save(half, "half")
        said = ward("merge", path, "--resume")
        assert said.code == 1 and "another window is making sheets in this folder" in said.err
        assert half.exists() and len(ward.pdfs()) == 1
    assert ward("merge", path, "--resume").code == 0


def test_two_merges_never_share_a_folder(tmp_path: Path) -> None:
    """Neither by taking the same new one, nor by looking for a journal before the other has written it."""
    above = tmp_path / "mine"
    assert len({journal.unused(above) for _ in range(3)}) == 3
    one, other = (journal.new_journal(b"", "", "2026-01-05", 1) for _ in range(2))
    with journal.at_work(above / "x", one):
        pass
    with pytest.raises(ContentError, match="another window has made sheets here"), journal.at_work(above / "x", other):
        pass


def test_a_damaged_journal_is_told_of_when_no_other_fits(ward: Ward, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    ward.desk.monkeypatch.setattr(commands_merge, "patients_folder", lambda: mine)
    path = many(2)
    ward.desk("merge", path)
    (made,) = mine.iterdir()
    save(mine / "merge-2020-01-01" / journal.JOURNAL, "{")
    assert ward.desk("merge", path, "--resume").code == 0
    save(made / journal.JOURNAL, "{")
    assert "is damaged" in ward.desk("merge", path, "--resume").err


# ------------------------------------------------------------- in processes of their own
def tasks(folder: Path, clinic: Path, count: int) -> tuple[workers.Printing, list[workers.Task]]:
    """The sheets of some people."""
    printing = workers.Printing((Root(clinic, ""),), folder, date(2026, 1, 5), "", "standard", "letter", False, False)
    numbers = islice(journal.new_journal(b"", "", "2026-01-05", count).documents(), count)
    jobs = (Job(i, f"row {i}", {"name": "Anna", "handout": "alpha"}, number) for i, number in enumerate(numbers))
    return printing, [workers.Task(folder / f"{job.row}.pdf", (job,)) for job in jobs]


def press_ctrl_c() -> None:
    signal.raise_signal(signal.SIGINT)


@pytest.mark.parametrize("times", [1, 2, 5])
def test_ctrl_c_once_or_more(clinic: Path, tmp_path: Path, times: int) -> None:
    """It is raised at the end, when no process is left and no file is half; however often it comes."""
    printing, all_ = tasks(tmp_path / "out", clinic, 40)
    before = signal.getsignal(signal.SIGINT)
    with closing(run(printing, all_, 2)) as answers:
        next(answers)
        for _ in range(times):
            press_ctrl_c()
        with pytest.raises(KeyboardInterrupt):
            list(answers)
    assert multiprocessing.active_children() == []
    assert signal.getsignal(signal.SIGINT) is before
    assert 1 <= whole(tmp_path) < 40
    assert not list((tmp_path / "out").glob(".new-*"))


@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
def test_a_second_ctrl_c_ends_what_does_not_end_by_itself(clinic: Path, tmp_path: Path) -> None:
    printing, all_ = tasks(tmp_path / "out", clinic, 40)
    with closing(run(printing, all_, 2)) as answers:
        next(answers)
        pids = [process.pid for process in multiprocessing.active_children() if process.pid]
        save(tmp_path / "out" / ".new-half", "half")
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        awake = threading.Timer(60, lambda: os.killpg(os.getpgid(pids[0]), signal.SIGCONT))
        awake.start()
        press_ctrl_c()
        press_ctrl_c()
        with pytest.raises(KeyboardInterrupt):
            list(answers)
        assert awake.is_alive() and multiprocessing.active_children() == []
        awake.cancel()
    assert whole(tmp_path) < 40 and not list((tmp_path / "out").glob(".new-*"))


def test_ctrl_c_while_processes_start(clinic: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It waits until they are there; it is not lost."""
    printing, all_ = tasks(tmp_path / "out", clinic, 3)
    submit = ProcessPoolExecutor.submit

    def interrupted(*words: Any) -> Any:
        press_ctrl_c()
        return submit(*words)

    monkeypatch.setattr(ProcessPoolExecutor, "submit", interrupted)
    with pytest.raises(KeyboardInterrupt):
        list(run(printing, all_, 2))
    assert whole(tmp_path) == 0 and multiprocessing.active_children() == []


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


def children(process: subprocess.Popen[bytes]) -> list[Path]:
    """A merge's own processes, in /proc."""
    main = Path("/proc") / str(process.pid) / "task"
    pids = {pid for task in main.iterdir() for pid in (task / "children").read_text().split()}
    found = [Path("/proc") / pid for pid in pids]
    return [path for path in found if b"spawn_main" in (path / "cmdline").read_bytes()]


def is_alive(path: Path) -> bool:
    """Whether a process is still at work; one that nobody has asked about yet is a zombie."""
    try:
        return (path / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="finds its processes in /proc")
def test_no_process_outlives_the_merge(clinic: Path, tmp_path: Path) -> None:
    process = start(clinic, tmp_path, 400, "--jobs", "2")
    until(tmp_path, 2, process)
    mine = children(process)
    assert len(mine) == 2
    process.kill()
    process.communicate(timeout=60)
    end = time.monotonic() + 60
    while any(map(is_alive, mine)) and time.monotonic() < end:
        time.sleep(0.02)
    assert not any(map(is_alive, mine))
    assert whole(tmp_path) < 400


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
    os.kill(int(children(process)[0].name), signal.SIGKILL)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 1, err.decode()
    assert "the system has ended a part of this program" in err.decode() and b"Traceback" not in err
    assert whole(tmp_path) >= 4
