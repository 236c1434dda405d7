"""The menu behind the start on the desktop, from the chair of somebody who never types a command."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import click
import pytest

from layouts.engine.deliver import commands_mail, commands_merge, commands_patient, opening, patients
from layouts.engine.deliver.menu import GROUPS, dropped
from tests.deliver.desk import Said, environment, save
from tests.deliver.keyboard import types
from tests.deliver.printing import made
from tests.deliver.printing.office import Office, cups
from tests.deliver.ward import Ward, table, words

SAYS = {str(number): choice.says for number, choice in enumerate((c for g in GROUPS.values() for c in g), 1)}
PRINT, LARGE, LOOK, EMAIL, PERSONAL, PRINT_SHEET, EMAIL_SHEET, TABLE, OUT, PATIENTS, ALL = SAYS


class Reception:
    """Somebody at a desk with one printer, who starts the menu by a double click."""

    def __init__(self, ward: Ward, office: Office, folder: Path) -> None:
        self.desk, self.office, self.patients = ward.desk, office, folder

    def __call__(self, *answers: str | type[BaseException]) -> Said:
        types(self.desk.monkeypatch, *answers)
        said = self.desk("menu")
        assert said.code == 0, said.err
        return said

    @property
    def printed(self) -> list[str]:
        """What came out of the printer."""
        return [made.words(job.copy)[0] for job in self.office.jobs]

    def sheet(self, *words: str) -> Path:
        """A patient's sheet that was made earlier."""
        assert self.desk("personal", "strong", *words, "--out", self.patients).code == 0
        return max(self.patients.glob("*.pdf"), key=lambda path: path.stat().st_mtime_ns)


@pytest.fixture
def reception(ward: Ward, tmp_path: Path) -> Iterator[Reception]:
    """The reception; its patients' sheets go into a folder of the test's."""
    folder = tmp_path / "home" / "Clinic handouts"
    patch = ward.desk.monkeypatch
    for module in (patients, commands_patient, commands_merge, commands_mail):
        patch.setattr(module, "patients_folder", lambda: folder, raising=False)
    yield Reception(ward, cups(tmp_path / "pc", patch, ["Desk"], "Desk"), folder)


# ------------------------------------------------------------- handouts
def test_a_handout_is_chosen_from_a_short_list(reception: Reception) -> None:
    said = reception(LOOK, "1", LOOK, "bet", LOOK, "made-up", "1", "0")
    assert [Path(path).stem for path in reception.office.viewed] == ["alpha", "beta", "strong"]
    groups = [line for line in said.out.splitlines() if line in ("Guides", "Exercise sheets", "Packs")]
    assert groups[:3] == ["Guides", "Exercise sheets", "Packs"]
    assert "    1  The alpha handout    alpha\n" in said.out


def test_printing_also_in_large_print(reception: Reception) -> None:
    reception(PRINT, "beta", LARGE, "beta", "0")
    names = [Path(job.words[-1]).name for job in reception.office.jobs]
    assert names == ["beta-flat.pdf", "beta-large-print-flat.pdf"]


def test_of_several_printers_one_is_chosen(reception: Reception, tmp_path: Path) -> None:
    office = cups(tmp_path / "other", reception.desk.monkeypatch, ["Hall", "Room"])
    reception(PRINT, "beta", "room", PRINT, "beta", "", "0")
    assert [job.words[:2] for job in office.jobs] == [["-d", "Room"]]


def test_a_handout_with_mistakes_is_told_when_it_is_wanted(reception: Reception) -> None:
    save(reception.desk.guide("beta"), "title: [")
    said = reception(LOOK, "mistakes", "0")
    assert "beta.yaml, line 2: a bracket that is never closed" in said.err
    assert reception.office.viewed == []


def test_everything_and_the_folders(reception: Reception) -> None:
    said = reception(OUT, PATIENTS, ALL, "0")
    assert said.out.count("There is nothing in it yet.") == 2
    assert reception.desk.pdf("gamma").is_file()
    reception.sheet()
    reception(OUT, PATIENTS, "0")
    assert reception.office.viewed == [str(reception.desk.out), str(reception.patients)]


def test_a_library_without_handouts(reception: Reception) -> None:
    for path in reception.desk.shipped.glob("*s/*.yaml"):
        path.unlink()
    assert "There are no handouts yet." in reception(LOOK, PERSONAL, "0").out


# ------------------------------------------------------------- patients
def test_a_sheet_for_a_patient_is_asked_for_and_then_printed(reception: Reception) -> None:
    reception.sheet("--name", "Ben Earlier")
    asked: list[str] = []

    def answer(question: str, **_: object) -> str:
        asked.append(question.split(" (")[0])
        return "Anna Example" if question.startswith("For whom") else ""

    reception.desk.monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    reception.desk.monkeypatch.setattr(click, "prompt", answer)
    reception(PERSONAL, "strong", PRINT_SHEET, "1", "0")
    assert asked[0] == "For whom"
    (shown,) = reception.office.viewed
    assert "For: Anna Example" in words(Path(shown))
    assert "For: Anna Example" in reception.printed[0]


def test_sheets_are_listed_with_the_newest_first_and_without_names(reception: Reception) -> None:
    old, new = reception.sheet("--name", "Ben Old"), reception.sheet("--name", "Anna New")
    save(reception.patients / "a letter.pdf", "not a sheet")
    yesterday = datetime.now() - timedelta(days=1)
    os.utime(old, (yesterday.timestamp(), yesterday.timestamp()))
    said = reception(PRINT_SHEET, old.stem.casefold(), PRINT_SHEET, "", "0")
    lines = [line.split() for line in said.out.splitlines() if old.stem in line or new.stem in line]
    assert lines[0][:3] == ["1", new.stem, "today"]
    assert lines[1] == ["2", old.stem, f"{yesterday:%Y-%m-%d}", f"{yesterday:%H:%M}"]
    assert "Ben" not in said.out and "a letter" not in said.out
    assert len(reception.printed) == 1 and "For: Ben Old" in reception.printed[0]


def test_no_sheets_yet(reception: Reception) -> None:
    assert reception(PRINT_SHEET, EMAIL_SHEET, "0").out.count("There are no patients' sheets yet.") == 2


def test_drafts_of_e_mails(reception: Reception, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HANDOUTS_DATA", str(tmp_path / "data"))
    sheet = reception.sheet("--name", "Anna Example")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr(click, "prompt", lambda question, **_: "a@b.example" if question == "To" else "")
    reception(EMAIL, "beta", EMAIL_SHEET, "1", "0")
    drafts = b"".join(path.read_bytes() for path in reception.patients.glob("*.eml"))
    assert b"beta.pdf" in drafts and sheet.name.encode() in drafts
    assert reception.office.viewed == [str(reception.patients)] * 2  # to open the drafts from


def test_a_table_is_checked_and_asked_about_before_it_is_made(reception: Reception) -> None:
    path = table(name="two words.csv").resolve()
    typed = f'"{path}"' if os.name == "nt" else shlex.quote(str(path))
    said = reception(TABLE, typed, "n", "n", "0")
    assert "The table is right. 3 sheets would be made; nothing was." in said.out
    assert not reception.patients.exists()
    reception(TABLE, typed, "", "y", "", TABLE, typed, "y", "alpha", "y", "y", "0")
    one, two = sorted(reception.patients.glob("merge-*"))
    assert len(list(one.glob("*.pdf"))) == 3
    assert [pdf.name for pdf in two.glob("*.pdf")] == ["print-0001.pdf"]
    assert reception.office.viewed == [str(reception.patients)] * 2


def test_a_wrong_table_is_told_and_nothing_is_made(reception: Reception) -> None:
    table("name,progamme\nAnna,strong\n")
    said = reception(TABLE, "people.csv", "", TABLE, "nothing.csv", "", TABLE, "", TABLE, "people.csv", "y", "", "0")
    assert "progamme" in said.err and "nothing.csv" in said.err
    assert not reception.patients.exists()


@pytest.mark.parametrize("go_on", [True, False])
def test_a_table_that_was_stopped_goes_on(reception: Reception, go_on: bool) -> None:
    from layouts.engine.deliver import workers

    table()
    make, done = workers.Printer.__call__, 0

    def interrupted(self: workers.Printer, task: workers.Task) -> workers.Done:
        nonlocal done
        done += 1
        if done == 2:
            raise KeyboardInterrupt
        return make(self, task)

    reception.desk.monkeypatch.setattr(workers.Printer, "__call__", interrupted)
    said = reception(TABLE, "people.csv", "", "y", "", "y" if go_on else "", "0")
    assert "Stopped." in said.out
    assert len(list(reception.patients.glob("merge-*/*.pdf"))) == (3 if go_on else 1)


@pytest.mark.skipif(os.name == "nt", reason="how consoles of Linux and macOS write a file that is dragged there")
@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("people.csv", "people.csv"),
        ("'/a b/c.csv'", "/a b/c.csv"),
        ("'/O'\\''Brien/c.csv'", "/O'Brien/c.csv"),
        ("/a\\ b/c\\(1\\).csv", "/a b/c(1).csv"),
        ("/O'Brien.csv", "/O'Brien.csv"),
        ("/a b/c.csv", "/a b/c.csv"),
        ("it's here.csv", "it's here.csv"),
    ],
)
def test_a_file_that_is_dragged_onto_the_window(
    text: str, path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    save(Path("it's here.csv"), "")
    assert dropped(text) == path


def test_a_file_that_is_dragged_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("layouts.engine.deliver.menu.os.name", "nt")
    try:
        dragged = dropped('"C:\\My tables\\people.csv"'), dropped("C:\\people.csv")
    finally:
        monkeypatch.undo()
    assert dragged == ("C:\\My tables\\people.csv", "C:\\people.csv")


# ------------------------------------------------------------- what goes wrong
def test_wrong_answers_end_nothing(reception: Reception) -> None:
    said = reception("12", "", "help", "-1", "9" * 5000, LOOK, "betta", "--help", "", f"{LOOK}.", "beta", "q")
    assert 'There is no "12" here.' in said.out and 'There is no "help" here.' in said.out
    assert 'Nothing here has "betta" in its name.' in said.out
    assert reception.office.viewed == [str(reception.desk.pdf("beta"))]
    assert said.out.count("Print a handout\n") == 2  # it is shown again when somebody presses Enter alone


@pytest.mark.parametrize("number", [number for number in SAYS if number not in (OUT, PATIENTS, ALL)])
@pytest.mark.parametrize("answer", [KeyboardInterrupt, EOFError])
def test_every_question_can_be_left(reception: Reception, number: str, answer: type[BaseException]) -> None:
    sheet = reception.sheet()
    reception(number, answer, "0")
    assert reception.office.jobs == []
    assert {path.name.partition(".")[0] for path in reception.patients.iterdir()} == {sheet.stem}


def test_ctrl_c_ends_the_work_and_then_the_menu(reception: Reception) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    reception.desk.monkeypatch.setattr("layouts.engine.deliver.commands.build_jobs", stopped)
    said = reception(ALL, PRINT, "beta", "0")
    assert "Stopped. Every PDF that was finished is whole. Start again to make the rest." in said.out
    assert "Stopped. Nothing was printed." in said.out
    types(reception.desk.monkeypatch, KeyboardInterrupt)
    said = reception.desk("menu")
    assert (said.code, said.err.strip()) == (130, "Stopped.")


def test_a_full_disk_does_not_end_it(reception: Reception) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    reception.desk.monkeypatch.setattr("layouts.engine.deliver.commands.build_jobs", full)
    assert "the system says: No space left on device." in reception(ALL, ALL, "0").err


def test_nobody_can_type(copied: Path) -> None:
    command = [sys.executable, str(copied / "build.py"), "menu"]
    closed = ["sh", "-c", 'exec "$@" <&-', "sh", *command]
    for one in (command, closed) if os.name != "nt" else (command,):
        done = subprocess.run(
            one, stdin=subprocess.DEVNULL, capture_output=True, env=environment(), timeout=60, check=False
        )
        assert (done.returncode, done.stderr) == (0, b"")


def test_a_folder_that_does_not_open_is_named(reception: Reception) -> None:
    reception.sheet()
    reception.desk.monkeypatch.setattr(opening, "open_file", lambda _: False)
    assert f"Open it yourself: {reception.patients}" in reception(PATIENTS, "0").err


def test_the_menu_works_on_the_clinic_s_own_folder(reception: Reception, tmp_path: Path) -> None:
    desk, own = reception.desk, tmp_path / "ours"
    text = desk.guide("beta").read_text(encoding="utf-8").replace("The beta handout", "Our own beta")
    save(own / "guides" / "beta.yaml", text)
    types(desk.monkeypatch, LOOK, "our own", "0")
    assert "Our own beta" in desk("menu", "--content", own).out
    assert "Our own beta" in words(desk.pdf("beta"))
    types(desk.monkeypatch, LOOK, "", "0")
    desk.monkeypatch.setenv("HANDOUTS_CONTENT", str(own))
    assert "Our own beta" in desk("menu").out
    assert desk("menu", "--content", "nothing").code == 2
