"""A table of patients: checked as a whole, printed each for themselves, and gone on with after a crash."""

from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from layouts.engine.deliver import commands_merge, files, merging, workers
from layouts.engine.deliver.press import Press
from layouts.engine.draw.document import Edition
from layouts.engine.draw.pages import Rendered
from layouts.engine.draw.text import set_lines
from layouts.engine.problems import Place
from layouts.engine.read.library import Handout
from layouts.engine.read.names import RESERVED
from layouts.engine.read.plan import LETTERS, read_plan
from tests.deliver.desk import change, environment, fill, save
from tests.deliver.ward import PROGRAMME, Ward, cache_folder, everything_below, plan_of, traces, words
from tests.pages import checkers, layout, tagtree

PEOPLE = """\
name,clinician,programme,drop,dose,next visit
"O'Brien, Anna",Dr. Lee,strong,squat,"bridge.sets=4, bird-dog.weekdays=mon,fri",2026-12-01
Nguyễn Thị Minh Khai,Dr. Lee,alpha,,,
Łukasz Żółć,,strong,"squat, bird-dog",,soon
"""
BAD_DAY = '{"form": 1, "key": "00", "seal": "", "content": "", "day": "soon", "sheets": 1}'
NAMES = ("O'Brien, Anna", "Nguyễn Thị Minh Khai", "Łukasz Żółć")


def table(text: str = PEOPLE, name: str = "people.csv") -> Path:
    """A table beside the user."""
    save(Path(name), text)
    return Path(name)


def many(count: int, programme: str = "alpha") -> Path:
    """A table of people with short names."""
    return table("name,programme\n" + "".join(f"Person {i:04d},{programme}\n" for i in range(count)))


def state(folder: Path) -> dict[str, tuple[int, int]]:
    """When each PDF was written."""
    return {path.name: (path.stat().st_mtime_ns, path.stat().st_ino) for path in folder.glob("*.pdf")}


# ------------------------------------------------------------- one PDF each
def test_a_sheet_for_each(ward: Ward) -> None:
    said = ward("merge", table())
    assert said.code == 0, said.err
    first, second, third = ward.pdfs() and sorted(ward.folder.glob("*.pdf"))
    texts = [words(path) for path in (first, second, third)]
    for name, text in zip(NAMES, texts, strict=True):
        assert f"For: {name}" in text
    assert "4 sets of 10" in texts[0] and "Squat" not in texts[0] and "on Mondays and Fridays" in texts[0]
    assert "By: Dr. Lee" in texts[0] and "Next visit: December 1, 2026" in texts[0]
    assert "The alpha handout" in texts[1]
    assert "Bridge" in texts[2] and "Bird dog" not in texts[2] and "Next visit: soon" in texts[2]
    assert said.out.startswith("3 sheets, ")
    assert [str(p.exercise) for p in read_plan(plan_of(first)).prescribed] == ["bridge", "bird-dog"]


def test_one_programme_for_all(ward: Ward) -> None:
    path = table("name,programme\nAnna,\nEve,alpha\n")
    assert ward("merge", path, "--programme", "strong", "--clinician", "Dr. Lee", "--note", "Well done").code == 0
    texts = [words(pdf) for pdf in sorted(ward.folder.glob("*.pdf"))]
    assert "A made-up programme" in texts[0] and "The alpha handout" in texts[1]
    assert all("By: Dr. Lee" in text and "For you: Well done" in text for text in texts)


def test_the_files_of_a_merge_are_the_same_however_they_are_made(ward: Ward, tmp_path: Path) -> None:
    """In this process or in others: what a person gets is the same."""
    path = many(3, "strong")
    made = []
    for jobs in ("1", "2"):
        folder = tmp_path / f"by-{jobs}"
        said = ward.desk("merge", path, "--jobs", jobs, "--out", folder, "--keep-identity")
        assert said.code == 0, said.err
        made.append([re.sub(r"Document \S+|\S{4}-\S{4} ·", "", words(pdf)) for pdf in sorted(folder.glob("*.pdf"))])
    assert made[0] == made[1]


def test_file_names_are_unique_and_safe(ward: Ward) -> None:
    rows = ["CON", "con", "../../x", "NUL", "a/b", "Anna", "Anna", "anna"]
    assert ward("merge", table("name,programme\n" + "".join(f"{name},alpha\n" for name in rows))).code == 0
    names = [path.name for path in ward.folder.glob("*.pdf")]
    assert len({name.casefold() for name in names}) == len(rows)
    for name in names:
        assert re.fullmatch(rf"\d{{5}}-[{LETTERS}]{{4}}-[{LETTERS}]{{4}}\.pdf", name) and not RESERVED.match(name)
    assert {path.parent for path in ward.folder.rglob("*")} == {ward.folder}


# ------------------------------------------------------------- names
def test_names_print_as_they_are(ward: Ward) -> None:
    names = ["=cmd()", "../../x", "<b>&amp; **x** {{7*7}}", "x" * 200, "@SUM(A1)", "+1", "-1", '"Nan"']
    rows = "".join(f'"{name.replace(chr(34), chr(34) * 2)}";alpha\n' for name in names)
    assert ward("merge", table(f"name;programme\n{rows}")).code == 0
    for name, pdf in zip(names, sorted(ward.folder.glob("*.pdf")), strict=True):
        assert name.replace(" ", "") in words(pdf).replace(" ", "").replace("\ufffe", "-").replace("\x02", "-")


# ------------------------------------------------------------- a wrong table
@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("name,programme\nAnna,alpha\nEve,alfa\n", 'people.csv, row 3, programme: there is no handout "alfa"'),
        ("name,programme\n,alpha\nEve,alpha\n", "people.csv, row 2, name: there is no name here"),
        ("name\nAnna\n", 'people.csv, row 1: the column "programme" is missing'),
        ("programme\nalpha\n", 'the column "name" is missing'),
        ("name,programme\nAnna,\n", "row 2, programme: it says nowhere which programme it is"),
        ("name,programme,nots\nA,alpha,x\n", 'there is no column "nots"\n    Did you mean "note"?'),
        ("name,programme,Name\nA,alpha,x\n", 'the column "Name" stands there twice'),
        ("name,programme,date\nA,alpha,23.11.2026\n", 'row 2, date: "date" is "23.11.2026", which is not a date'),
        ("name,programme,drop\nA,strong,squad\n", 'row 2, drop: "strong" has no exercise "squad"'),
        ("name,programme,add\nA,strong,ded-bug\n", 'row 2, add: there is no exercise "ded-bug"'),
        ("name,programme,dose\nA,strong,bridge.sets=99\n", 'row 2, dose: "sets" is 99'),
        ("name,programme,side\nA,strong,lefft\n", 'row 2, side: "side" cannot be "lefft"'),
        ("name,programme\nAnna 😀,alpha\n", 'row 2, name: no font has the character "😀"'),
        ("name,programme\n山田,alpha\n", "row 2, name: no font has the character"),
        ("name,programme\nAn\x07na,alpha\n", "row 2, name: there is an invisible control character here (U+0007)"),
        (f"name,programme\n{'x' * 251},alpha\n", 'row 2, name: "name" has 251 characters; 250 fit'),
        ("name,programme\n", "there is nobody in this table"),
        ("", "this table is empty"),
    ],
)
def test_the_whole_table_is_checked_before_the_first_sheet(ward: Ward, text: str, answer: str) -> None:
    said = ward("merge", table(text))
    assert said.code == 1
    assert answer in said.err
    assert not ward.folder.exists()


def test_every_row_with_a_mistake_is_named_in_order(ward: Ward) -> None:
    rows = "".join(f"Person,{'alpha' if i % 3 else 'nothing'}\n" for i in range(30))
    said = ward("merge", table(f"name,programme\n{rows}"))
    found = [int(number) for number in re.findall(r"row (\d+), programme", said.err)]
    assert found == [i + 2 for i in range(0, 30, 3)]
    assert "10 problems. No sheet was made." in said.err


def test_very_many_mistakes_are_not_all_shown(ward: Ward) -> None:
    said = ward("merge", table("name,programme\n" + "Anna,nothing\n" * 300))
    assert said.err.count("people.csv, row") == 100
    assert "300 problems. No sheet was made. The first 100 are shown." in said.err


def test_a_handout_with_mistakes_of_its_own(ward: Ward) -> None:
    change(ward.desk.guide("alpha"), "message:", "mesage:")
    said = ward("merge", many(5))
    assert said.code == 1 and said.err.count('there is no field "mesage"') == 1


@pytest.mark.parametrize(
    ("options", "answer"),
    [
        ("--programme alfa", 'there is no handout "alfa"'),
        ("--layout poster", 'there is no "poster"'),
        ("--layout list", "is no layout for it"),
        ("--jobs 0", "0 is not in the range"),
        ("--out handouts/x", "never put among the content's files"),
        ("--resume", "there is no merge of this table"),
    ],
)
def test_a_wrong_command_line_is_explained(ward: Ward, options: str, answer: str) -> None:
    out = () if "--out" in options else ("--out", ward.folder)
    said = ward.desk("merge", many(2), *options.split(), *out)
    assert said.code == 2 and answer in said.err
    assert not ward.folder.exists() and not (ward.desk.shipped / "x").exists()


def test_a_dry_run_makes_nothing_and_names_nobody(ward: Ward) -> None:
    said = ward("merge", table(), "--dry-run")
    assert said.code == 0
    assert "strong   drop squat; dose bridge.sets=4, bird-dog.weekdays=mon,fri" in said.out
    assert "3 sheets would be made; nothing was" in said.out
    assert not any(name in said.out + said.err for name in NAMES)
    assert not ward.folder.exists()
    assert "and 10 more" in ward("merge", many(30), "--dry-run").out
    assert "30 sheets in 1 print job would" in ward("merge", many(30), "--dry-run", "--join").out


# ------------------------------------------------------------- print jobs
def test_a_print_job_has_blank_backs(ward: Ward, tmp_path: Path) -> None:
    """In large print two of the three have an odd number of pages."""
    assert ward("merge", table(), "--join", "--edition", "large-print").code == 0
    (pdf,) = ward.folder.glob("*.pdf")
    assert pdf.name == "print-0001.pdf"
    opened = pypdfium2.PdfDocument(pdf)
    texts = [" ".join(page.get_textpage().get_text_range().split()) for page in opened]
    opened.close()
    starts = [i for i, text in enumerate(texts) if any(f"For: {name}" in text for name in NAMES)]
    assert len(starts) == 3 and all(start % 2 == 0 for start in starts), starts
    assert "" in texts  # a back
    assert all("Page 1 of" in texts[start] for start in starts)  # each is numbered for itself
    with pikepdf.open(pdf) as again:
        assert [*tagtree.problems(again), *layout.problems(again)] == []
    for name in checkers.CHECKERS:
        assert checkers.findings(name, pdf.read_bytes(), tmp_path) == []
    assert len(list(ward.folder.glob("*.plan.yaml"))) == 3


def test_a_print_job_of_packs(ward: Ward) -> None:
    assert ward("merge", many(2, "both"), "--join").code == 0
    (pdf,) = ward.folder.glob("*.pdf")
    with pikepdf.open(pdf) as again:
        assert [*tagtree.problems(again), *layout.problems(again)] == []


def test_print_jobs_are_bounded(ward: Ward) -> None:
    ward.desk.monkeypatch.setattr(commands_merge, "TOGETHER", 4)
    said = ward("merge", many(10), "--join")
    assert said.code == 0 and "in 3 print jobs" in said.out
    assert [path.name for path in sorted(ward.folder.glob("*.pdf"))] == [f"print-000{i}.pdf" for i in (1, 2, 3)]


def test_memory_is_given_back(ward: Ward) -> None:
    """However many sheets there are, what was measured for those before is forgotten."""
    ward.desk.monkeypatch.setattr(workers, "FORGET", 5)
    sizes = []
    for count in (9, 24):
        assert ward.desk("merge", many(count), "--out", f"of-{count}").code == 0
        sizes.append(set_lines.cache_info().currsize)
    assert sizes[0] == sizes[1]


def test_a_press_keeps_no_sheet_that_was_changed_for_a_patient(ward: Ward) -> None:
    known: list[int] = []
    make = Press.make

    def counting(press: Press, handout: Handout, edition: Edition) -> Rendered:
        done = make(press, handout, edition)
        known.append(len(press._checked) + len(press._personal))
        return done

    ward.desk.monkeypatch.setattr(Press, "make", counting)
    rows = "".join(f"Person {i},strong,bridge.sets={i}\n" for i in range(2, 8))
    assert ward.desk("merge", table(f"name,programme,dose\n{rows}"), "--jobs", "1", "--out", "made").code == 0
    assert len(known) == 6 and len(set(known)) == 1


# ------------------------------------------------------------- private
def test_nothing_of_the_patients_is_kept_anywhere_else(ward: Ward, tmp_path: Path) -> None:
    path = table("name,clinician,programme,note\nQuirinius,Xanthippe,strong,Zwetschge\n")
    said = ward("merge", path)
    for text in ("Quirinius", "Xanthippe", "Zwetschge"):
        assert [name for name in traces(text, tmp_path, cache_folder()) if not name.endswith("people.csv")] == []
        assert text not in said.out + said.err
    if sys.platform != "win32":
        assert stat.S_IMODE(ward.folder.stat().st_mode) == 0o700
        assert {stat.S_IMODE(file.stat().st_mode) for file in ward.folder.iterdir()} == {0o600}


def test_a_table_whose_name_tells_something(ward: Ward, tmp_path: Path) -> None:
    ward.desk.monkeypatch.setattr(commands_merge, "patients_folder", lambda: tmp_path / "mine")
    path = table("name,programme\nAnna,alpha\n", "Family Quirinius.csv")
    for _ in range(2):
        assert ward.desk("merge", path).code == 0
    folders = sorted(folder.name for folder in (tmp_path / "mine").iterdir())
    assert len(folders) == 2 and all(re.fullmatch(r"merge-\d{4}-\d\d-\d\d(-2)?", name) for name in folders)
    assert ward.desk("merge", path, "--resume").out.startswith("0 sheets (1 were there already)")


def test_the_master_is_not_changed(ward: Ward) -> None:
    before = dict(everything_below(ward.desk.shipped))
    ward("merge", table())
    assert dict(everything_below(ward.desk.shipped)) == before


# ------------------------------------------------------------- going on
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
