"""A sheet for one patient: what it says, what it keeps to itself, and what nobody may find anywhere."""

from __future__ import annotations

import re
import stat
import subprocess
import sys
from pathlib import Path

import click
import pikepdf
import pytest

from layouts.engine.deliver import commands_patient, patients, press
from layouts.engine.read.plan import LETTERS, read_plan
from tests.deliver.desk import PROJECT, Desk, append, environment, save
from tests.deliver.ward import Ward, cache_folder, everything_below, plan_of, traces, words
from tests.pages import checkers, layout, tagtree
from tests.pages.printed import SHEETS

WHO = ("--name", "Anna Example", "--clinician", "Dr. Lee", "--date", "2026-11-23")
DAY = "November 23, 2026"
on_systems_with_modes = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")


# ------------------------------------------------------------- what the sheet says
def test_for_whom_by_whom_and_under_which_number(ward: Ward) -> None:
    said, pdf = ward.sheet("strong", *WHO, "--note", "Go slowly.", "--next-visit", "2026-12-01 3 pm")
    text = words(pdf)
    assert f"For: Anna Example · By: Dr. Lee · {DAY}" in text
    assert "For you: Go slowly." in text
    assert "Next visit: December 1, 2026 3 pm" in text
    assert f"Document {pdf.stem}" in text
    assert f"{pdf.stem} · A made-up programme" in text  # at the head of later pages
    assert f"document {pdf.stem}" in said.out and "Anna" not in said.out + said.err


@pytest.mark.parametrize("handout", ["alpha", "strong", "both"])
def test_a_guide_a_programme_and_a_pack(ward: Ward, handout: str) -> None:
    _, pdf = ward.sheet(handout, *WHO)
    assert words(pdf).count("For: Anna Example") == 1


@pytest.mark.parametrize("edition", ["standard", "large-print", "ink-saver"])
@pytest.mark.parametrize("handout", ["alpha", "strong", "both"])
def test_sheets_are_whole_and_conform(ward: Ward, handout: str, edition: str, tmp_path: Path) -> None:
    _, pdf = ward.sheet(handout, *WHO, "--note", "Slowly. " * 30, "--edition", edition)
    data = pdf.read_bytes()
    with pikepdf.open(pdf) as opened:
        assert [*tagtree.problems(opened), *layout.problems(opened)] == []
    if edition == "standard":
        for name in checkers.CHECKERS:
            assert checkers.findings(name, data, tmp_path) == []


@pytest.mark.parametrize("edition", ["standard", "large-print", "ink-saver"])
@pytest.mark.parametrize("shape", SHEETS)
def test_every_layout_has_room_for_it(ward: Ward, shape: str, edition: str) -> None:
    save(Path("last.yaml"), "handout: strong\ndrop: [bridge]\nadd: [dead-bug]\n")
    _, pdf = ward.sheet(
        "strong", "--name", "Maximiliane-" * 20, "--note", "Go on. " * 140, "--since", "last.yaml",
        "--layout", shape, "--edition", edition,
    )  # fmt: skip
    text = words(pdf)
    assert "New: 2 sets of 10" in text and "Leave off now: Dead bug" in text
    with pikepdf.open(pdf) as opened:
        assert [*tagtree.problems(opened), *layout.problems(opened)] == []


def test_without_a_name_there_is_a_line_for_it(ward: Ward) -> None:
    _, pdf = ward.sheet("strong")
    with pikepdf.open(pdf) as opened:
        assert "For" in [str(f.get("/TU", "")) for f in opened.Root.AcroForm.Fields]


def test_known_words_leave_out_the_lines_for_them(ward: Ward) -> None:
    _, pdf = ward.sheet("both", *WHO, "--next-visit", "soon")
    with pikepdf.open(pdf) as opened:
        tips = [str(f.get("/TU", "")) for f in opened.Root.AcroForm.Fields]
    assert "Name" not in tips and "Next visit" not in tips


def test_in_spanish(ward: Ward) -> None:
    append(ward.desk.guide("alpha"), "language: es\n")
    _, pdf = ward.sheet("alpha", *WHO)
    assert "Para: Anna Example · De: Dr. Lee · 23 de noviembre de 2026 · Documento" in words(pdf)


def test_a_template_that_says_for_nobody_is_the_designer_s_mistake(ward: Ward) -> None:
    ward.desk.monkeypatch.setattr(press, "_says", lambda *_: False)
    said = ward("personal", "strong", *WHO)
    assert said.code == 1 and "programme.xml.j2 does not say for whom a sheet is" in said.err


# ------------------------------------------------------------- what is prescribed
def test_exercises_are_left_out_added_and_dosed_anew(ward: Ward) -> None:
    _, pdf = ward.sheet(
        "strong", *WHO, "--drop", "bird-dog", "--add", "dead-bug", "--dose", "bridge.sets=4",
        "--dose", "squat.minutes=2", "--dose", "squat.weekdays=mon,wed",
    )  # fmt: skip
    text = words(pdf)
    assert "Bird dog" not in text and "Dead bug" in text
    assert "4 sets of 10" in text and "2 minutes" in text and "on Mondays and Wednesdays" in text
    plan = read_plan(plan_of(pdf))
    assert [str(p.exercise) for p in plan.prescribed] == ["bridge", "squat", "dead-bug"]
    assert plan.prescribed[0].dose.days_a_week == 5  # what the programme says of all is written out


def test_a_side(ward: Ward) -> None:
    _, pdf = ward.sheet("strong", *WHO, "--side", "left")
    assert "on the left side" in words(pdf)
    assert [p.dose.side for p in read_plan(plan_of(pdf)).prescribed] == [None, "left", None]


def test_the_master_is_not_changed(ward: Ward) -> None:
    assert ward.desk().code == 0
    before = dict(everything_below(ward.desk.shipped, ward.desk.out))
    ward.sheet("strong", *WHO, "--drop", "bird-dog", "--dose", "bridge.sets=4")
    ward.sheet("both", *WHO, "--add", "dead-bug")
    assert dict(everything_below(ward.desk.shipped, ward.desk.out)) == before
    master = ward.desk.pdf("strong").read_bytes()
    assert ward.desk("pdf", "strong", "--force").code == 0
    assert ward.desk.pdf("strong").read_bytes() == master


@pytest.mark.parametrize(
    ("options", "answer"),
    [
        ("strong --drop bridgee", '--drop: "strong" has no exercise "bridgee"\n    Did you mean "bridge"?'),
        ("strong --add dead-bugg", '--add: there is no exercise "dead-bugg"\n    Did you mean "dead-bug"?'),
        ("strong --add bridge", 'has the exercise "bridge" already'),
        ("strong --add log-roll", '"log-roll" has no dose of its own'),
        ("strong --dose bridge.set=3", 'there is no field "set" here\n    Did you mean "sets"?'),
        ("strong --dose bridge.sets=99", '--dose bridge: "sets" is 99; 1 to 20 sets are possible'),
        ("strong --dose bridge.sets=x", '"sets" is "x", but a whole number belongs here'),
        ("strong --dose squad.sets=3", 'has no exercise "squad"\n    Did you mean "squat"?'),
        ("strong --dose bridge.hold_seconds=600", "all of it would take"),
        ("strong --dose bridge", "this is no change of a dose"),
        ("strong --drop bridge --dose bridge.sets=3", "It is left out as well."),
        ("strong --drop bridge --drop squat --drop bird-dog", 'nothing is left of "strong"'),
        ("strong --side lefft", '--side: "side" cannot be "lefft"\n    Did you mean "left"?'),
        ("strong --date 2026-13-01", "a day that no calendar has"),
        ("alpha --drop bridge", '"alpha" has no exercises to change'),
        ("alpha --side left", "none of its exercises is done on one side"),
        ("strng", 'there is no handout "strng". Did you mean "strong"?'),
        ("", "Missing argument 'ID'"),
        ("alpha --layout poster", "a poster is for a wall"),
        ("strong --layout guide", '"guide" is no layout for it'),
        ("strong --out handouts/patients", "never put among the content's files"),
        ("strong --out handouts", "never put among the content's files"),
    ],
)
def test_a_wrong_command_line_is_explained(ward: Ward, options: str, answer: str) -> None:
    out = () if "--out" in options else ("--out", ward.folder)
    said = ward.desk("personal", *options.split(), *out)
    assert said.code == 2
    assert answer in said.err
    assert not ward.folder.exists()
    assert not (ward.desk.shipped / "patients").exists()


# ------------------------------------------------------------- names
@pytest.mark.parametrize(
    "name",
    ["O'Brien", "Nguyễn Thị Minh Khai", "Łukasz Żółć", "=cmd()", "../../x", "<b>**Bold**</b> & {{ 7*7 }}", "CON",
     "Anna-" * 39 + "Maria", "x" * 200, "Zoe\u0308", '"Q" {name}', "[x](term:core)"],
)  # fmt: skip
def test_names_print_as_they_are(ward: Ward, name: str) -> None:
    _, pdf = ward.sheet("strong", "--name", name)
    printed = words(pdf).replace(" ", "").replace("\ufffe", "-").replace("\x02", "-")
    assert name.replace(" ", "").replace("e\u0308", "ë") in printed
    with pikepdf.open(pdf) as opened:
        assert layout.problems(opened) == []
    assert re.fullmatch(rf"[{LETTERS}]{{4}}-[{LETTERS}]{{4}}\.pdf", pdf.name)


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("Anna 😀", '--name: no font has the character "😀"'),
        ("山田", "no font has the character"),
        ("देव", "these letters have to be joined"),
        ("An\x07na", "an invisible control character here (U+0007)"),
        ("An\u202ena", "an invisible character here that changes the order of the text"),
        ("a" * 251, '"name" has 251 characters; 250 fit'),
        ("\u200b", '"name" has no words'),
    ],
)
def test_names_that_cannot_be_printed_are_a_clear_problem(ward: Ward, name: str, answer: str) -> None:
    said = ward("personal", "strong", "--name", name)
    assert said.code == 2
    assert answer in said.err
    assert not ward.folder.exists() or not list(ward.folder.iterdir())


# ------------------------------------------------------------- what is private
def test_nothing_of_the_patient_is_kept_anywhere_else(ward: Ward, tmp_path: Path) -> None:
    secret = ("Quirinius", "Dr. Xanthippe", "Zwetschge", "Sevenuary")
    _, pdf = ward.sheet(
        "both", "--name", secret[0], "--clinician", secret[1], "--note", secret[2], "--next-visit", secret[3],
        "--summary",
    )  # fmt: skip
    assert all(text in words(pdf) for text in secret)
    for text in secret:
        assert traces(text, tmp_path, cache_folder()) == []  # the PDF itself is compressed
        assert text not in plan_of(pdf).read_text(encoding="utf-8")
    with pikepdf.open(pdf) as opened:
        about = opened.Root.Metadata.read_bytes().decode() + str(dict(opened.docinfo))
    assert not any(text in about for text in secret)
    assert pdf.stem in about
    assert not list(tmp_path.rglob(".handouts.json"))


@on_systems_with_modes
def test_only_their_owner_can_read_them(ward: Ward) -> None:
    _, pdf = ward.sheet("strong", *WHO)
    assert stat.S_IMODE(ward.folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in ward.folder.iterdir()} == {0o600}
    assert {path.name for path in ward.folder.iterdir()} == {pdf.name, plan_of(pdf).name}


def test_they_go_among_the_users_own_documents(ward: Ward, tmp_path: Path) -> None:
    ward.desk.monkeypatch.setattr(patients, "patients_folder", lambda: tmp_path / "home" / patients.FOLDER)
    ward.desk.monkeypatch.setattr(commands_patient, "patients_folder", lambda: tmp_path / "home" / patients.FOLDER)
    assert ward.desk("personal", "strong", *WHO).code == 0
    assert len(list((tmp_path / "home" / "Clinic handouts").glob("*.pdf"))) == 1
    assert patients.patients_folder().name == "Clinic handouts"


def test_what_is_private_is_asked_for(ward: Ward) -> None:
    class Screen:
        def isatty(self) -> bool:
            return True

    asked: list[str] = []

    def answer(question: str, **_: object) -> str:
        asked.append(question)
        return {"For whom": "Anna Example", "Next visit": ""}.get(question.split(" (")[0], "Slowly")

    ward.desk.monkeypatch.setattr(sys, "stdin", Screen())
    ward.desk.monkeypatch.setattr(click, "prompt", answer)
    _, pdf = ward.sheet("strong", "--clinician", "Dr. Lee")
    assert [question.split(" (")[0] for question in asked] == ["For whom", "A note to the patient", "Next visit"]
    assert "For: Anna Example · By: Dr. Lee" in words(pdf) and "For you: Slowly" in words(pdf)


def test_nobody_is_asked_where_nobody_sits(ward: Ward) -> None:
    ward.desk.monkeypatch.setattr(click, "prompt", lambda *_, **__: pytest.fail("asked"))
    ward.sheet("strong")


# ------------------------------------------------------------- the rest of the program
def test_a_plain_build_reads_nothing_of_patients() -> None:
    code = (
        "import sys; sys.argv=['build.py','list']; import build; assert build.main() == 0; "
        "bad=[m for m in sys.modules if m.endswith(('commands_patient','deliver.personal','read.plan'))]; "
        "print(bad); sys.exit(bool(bad))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_help(desk: Desk) -> None:
    assert "personal" in desk("--help").out
    said = desk("personal", "--help")
    assert said.code == 0 and "..." not in said.out


def test_document_ids_are_not_guessed_and_never_doubled() -> None:
    made: set[str] = set()
    for _ in range(300):
        id_ = patients.new_document(made.__contains__)
        assert id_ not in made
        made.add(id_)
    answers = iter([True, True, False])
    patients.new_document(lambda _: next(answers))
    assert list(answers) == []  # it asked until one was free
