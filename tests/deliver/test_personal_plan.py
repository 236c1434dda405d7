"""The plan beside a patient's sheet: the same sheet again, a changed one, and what is new since the last."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from layouts.engine.read.plan import read_plan
from tests.deliver.desk import change, save
from tests.deliver.ward import Ward, plan_of, words

WHO = ("--name", "Anna Example", "--clinician", "Dr. Lee", "--date", "2026-11-23")
DAY = "November 23, 2026"
on_systems_with_modes = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")


# ------------------------------------------------------------- the plan
def test_a_plan_makes_the_same_sheet_again(ward: Ward) -> None:
    options = ("--drop", "squat", "--dose", "bridge.sets=4", "--side", "right", "--keep-identity")
    _, pdf = ward.sheet("strong", *WHO, *options)
    before = pdf.read_bytes()
    pdf.unlink()
    said, again = ward.sheet("--file", plan_of(pdf))
    assert again == pdf and pdf.read_bytes() == before
    assert "Since then" not in said.err


def test_identity_is_in_the_plan_only_when_asked(ward: Ward) -> None:
    who = (*WHO, "--note", 'She said "no": #1', "--next-visit", "soon")
    _, bare = ward.sheet("strong", *who)
    _, full = ward.sheet("strong", *who, "--keep-identity")
    assert read_plan(plan_of(bare)).name is read_plan(plan_of(bare)).note is None
    plan = read_plan(plan_of(full))
    assert (plan.name, plan.clinician, plan.note) == ("Anna Example", "Dr. Lee", 'She said "no": #1')


def test_a_plan_written_by_hand(ward: Ward) -> None:
    save(Path("anna.yaml"), "handout: strong\nname: Anna Example\ndrop: [squat]\ndose:\n  bridge: {sets: 4}\n")
    _, pdf = ward.sheet("--file", "anna.yaml", "--dose", "bridge.repetitions=8", "--drop", "bird-dog")
    text = words(pdf)
    assert "4 sets of 8" in text and "Anna Example" in text and "Squat" not in text and "Bird dog" not in text


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("handout: strong\nnmae: X\n", 'anna.yaml, line 2: there is no field "nmae" here\n    Did you mean "name"?'),
        ("handout: strong\ndrop: [squad]\n", 'anna.yaml, line 2: "strong" has no exercise "squad"'),
        ("handout: strong\ndose:\n  bridge: {sets: 99}\n", 'anna.yaml, line 3: "sets" is 99'),
        ("handout: strong\ndocument: 1234\n", '"1234" is not the id of a document'),
        ("handout: strong\nname: yes\n", '"name" is the bare word yes'),
        ("name: X\n", '"handout" is missing'),
        ("", "this file is empty"),
    ],
)
def test_mistakes_in_a_plan_are_named_with_their_line(ward: Ward, text: str, answer: str) -> None:
    save(Path("anna.yaml"), text)
    said = ward("personal", "--file", "anna.yaml")
    assert said.code == 1
    assert answer in said.err


def test_a_plan_that_is_not_there(ward: Ward) -> None:
    for option in ("--file", "--since"):
        said = ward("personal", "strong", option, "nowhere.yaml")
        assert said.code == 1 and "nowhere.yaml: there is no such file" in said.err


def test_a_plan_says_what_of_the_content_has_changed(ward: Ward) -> None:
    _, pdf = ward.sheet("strong", *WHO)
    change(ward.file("exercises/bridge.yaml"), "Your knees fall apart.", "Your knees fall wide apart.")
    change(ward.file("programmes/strong.yaml"), 'version: "1.0"', 'version: "1.1"')
    said, other = ward.sheet("--file", plan_of(pdf))
    assert 'Since then the exercise "bridge" has been changed.' in said.err
    assert 'Since then the programme "strong" has been changed: version 1.0 then, 1.1 now.' in said.err
    assert f"another sheet than {pdf.stem}" in said.err
    assert other.stem != pdf.stem and pdf.exists()


def test_a_plan_of_another_handout(ward: Ward) -> None:
    _, pdf = ward.sheet("strong", *WHO)
    said = ward("personal", "alpha", "--file", plan_of(pdf))
    assert said.code == 2 and 'is a plan for "strong"' in said.err


# ------------------------------------------------------------- a number stands for one sheet
@pytest.mark.parametrize(
    "change",
    ["--name Ben", "--clinician Dr.Ho", "--note Slowly.", "--next-visit soon", "--date 2026-11-24", "--side left",
     "--dose bridge.sets=4", "--drop squat", "--layout cards", "--edition large-print", "--paper a4", "--flat"],
)  # fmt: skip
def test_another_sheet_has_a_number_of_its_own(ward: Ward, change: str) -> None:
    _, pdf = ward.sheet("strong", *WHO)
    before = pdf.read_bytes()
    said, other = ward.sheet("--file", plan_of(pdf), *WHO, *change.split())  # what comes last holds
    assert f"This is another sheet than {pdf.stem}, so it has a number of its own: {other.stem}." in said.err
    assert pdf.read_bytes() == before and other.read_bytes() != before


def test_the_same_sheet_keeps_its_number(ward: Ward) -> None:
    who = (*WHO, "--note", "Slowly.", "--next-visit", "soon", "--layout", "cards", "--edition", "ink-saver", "--flat")
    _, pdf = ward.sheet("strong", *who, "--paper", "a4", "--dose", "bridge.sets=4", "--side", "left")
    before = pdf.read_bytes(), plan_of(pdf).read_bytes()
    for _ in range(2):  # its look comes from its plan
        pdf.unlink()
        said, again = ward.sheet("--file", plan_of(pdf), *WHO, "--note", "Slowly.", "--next-visit", "soon")
        assert again == pdf and (pdf.read_bytes(), plan_of(pdf).read_bytes()) == before
        assert "another sheet" not in said.err


def test_one_number_is_never_that_of_two_patients(ward: Ward) -> None:
    """Also not where the first one's PDF is gone, or where the plan has been copied elsewhere."""
    _, bens = ward.sheet("strong", "--name", "Ben")
    plan = Path("copied.yaml")
    save(plan, plan_of(bens).read_text(encoding="utf-8"))
    bens.unlink()
    _, annas = ward.sheet("--file", plan, "--name", "Anna")
    assert annas != bens
    _, nobodys = ward.sheet("--file", plan)
    assert nobodys not in (bens, annas)
    _, again = ward.sheet("--file", plan, "--name", "Ben")
    assert again == bens


def test_the_seal_tells_nobody_who_it_was(ward: Ward, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _, pdf = ward.sheet("strong", *WHO)
    first = read_plan(plan_of(pdf)).seal
    monkeypatch.setenv("HANDOUTS_DATA", str(tmp_path / "another computer"))
    _, other = ward.sheet("--file", plan_of(pdf), *WHO)
    assert other != pdf  # without the key nobody can try names
    assert first and read_plan(plan_of(other)).seal not in (None, first)


def test_a_plan_with_identity_keeps_it_on_any_computer(
    ward: Ward, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _, pdf = ward.sheet("strong", *WHO, "--note", "Slowly.", "--keep-identity")
    before = pdf.read_bytes(), plan_of(pdf).read_bytes()
    monkeypatch.setenv("HANDOUTS_DATA", str(tmp_path / "another computer"))
    for _ in range(2):
        pdf.unlink()
        _, again = ward.sheet("--file", plan_of(pdf))
        assert again == pdf and (pdf.read_bytes(), plan_of(pdf).read_bytes()) == before
    _, other = ward.sheet("--file", plan_of(pdf), "--name", "Ben")
    assert read_plan(plan_of(other)).name == "Ben" and read_plan(plan_of(other)).note == "Slowly."
    assert pdf.read_bytes() == before[0]


def test_an_empty_option_takes_back_what_a_plan_says(ward: Ward) -> None:
    save(Path("anna.yaml"), "handout: strong\nname: Anna Example\nnote: Slowly.\n")
    _, pdf = ward.sheet("--file", "anna.yaml", "--note", "")
    assert "Anna Example" in words(pdf) and "For you" not in words(pdf)


def test_a_number_that_somebody_chose_is_theirs_while_it_is_free(ward: Ward) -> None:
    save(Path("anna.yaml"), "document: H7K3-92QF\nhandout: strong\nname: Anna Example\n")
    _, first = ward.sheet("--file", "anna.yaml")
    assert first.stem == "H7K3-92QF"
    _, second = ward.sheet("--file", "anna.yaml", "--name", "Ben")
    assert second.stem != first.stem


def test_a_sheet_of_a_table_can_be_made_again(ward: Ward) -> None:
    save(Path("people.csv"), "name,programme\nAnna Example,strong\n")
    assert ward("merge", "people.csv").code == 0
    (plan,) = ward.folder.glob("*.plan.yaml")
    number = plan.name.split("-", 1)[1].removesuffix(".plan.yaml")
    said = ward("personal", "--file", plan, "--name", "Anna Example")
    assert said.code == 0 and f"document {number}" in said.out
    assert f"document {number}" not in ward("personal", "--file", plan, "--name", "Ben").out


@pytest.mark.parametrize(
    ("line", "answer"),
    [("handout: nope\n", 'anna.yaml, line 1: there is no handout "nope"'),
     ("handout: strong\nlayout: lst\n", 'anna.yaml, line 2: there is no layout "lst"\n    Did you mean "list"?'),
     ("handout: strong\nedition: big\n", 'anna.yaml, line 2: "edition" cannot be "big"'),
     ("handout: strong\nnext_visit: 2027-02-29\n", 'anna.yaml, line 2: "next_visit" is 2027-02-29, a day'),
     ("", "such as \"handout: my-programme\"")],
)  # fmt: skip
def test_a_plan_s_mistakes_are_those_of_a_plan(ward: Ward, line: str, answer: str) -> None:
    save(Path("anna.yaml"), line)
    said = ward("personal", "--file", "anna.yaml")
    assert said.code == 1 and answer in said.err and "Invalid value" not in said.err


# ------------------------------------------------------------- since the last sheet
def test_what_is_new_more_less_or_stopped(ward: Ward) -> None:
    _, last = ward.sheet("strong", *WHO)
    said, pdf = ward.sheet(
        "strong", *WHO, "--since", plan_of(last), "--drop", "squat", "--add", "dead-bug",
        "--dose", "bridge.sets=4", "--dose", "bird-dog.sets=1", "--summary",
    )  # fmt: skip
    text = words(pdf)
    assert "More: 4 sets of 10" in text
    assert re.search(r"Less: \d+ times on each side", text)
    assert re.search(r"New: 2 sets of \d+", text)
    assert "Leave off now: Squat" in text
    for line in ("Bridge (More): 4 sets of 10.", "Dead bug (New):", "Leave off now: Squat"):
        assert line in said.out


def test_since_a_plan_in_a_pack(ward: Ward) -> None:
    _, last = ward.sheet("strong", *WHO)
    _, pdf = ward.sheet("both", *WHO, "--since", plan_of(last), "--dose", "squat.sets=5")
    assert "More: 5 sets of 10" in words(pdf)


def test_nothing_is_marked_where_nothing_changed(ward: Ward) -> None:
    _, last = ward.sheet("strong", *WHO)
    _, pdf = ward.sheet("strong", *WHO, "--since", plan_of(last))
    assert not re.search(r"(New|More|Less|Changed): ", words(pdf))


def test_since_a_plan_that_people_wrote(ward: Ward) -> None:
    save(Path("last.yaml"), "handout: strong\ndrop: [squat]\n")
    _, pdf = ward.sheet("strong", *WHO, "--since", "last.yaml")
    assert re.search("New: 2 sets of 10", words(pdf))


def test_the_summary_is_a_plain_note(ward: Ward) -> None:
    said, pdf = ward.sheet("strong", *WHO, "--summary", "--drop", "bird-dog")
    lines = said.out.splitlines()
    assert (
        lines[0] == "A made-up programme (S1, version\u00a01.0)" or lines[0] == "A made-up programme (S1, version 1.0)"
    )
    assert lines[1] == f"Document {pdf.stem}, {DAY}"
    assert lines[2] == "By: Dr. Lee"
    assert lines[3].startswith("1. Bridge: 2 sets of 10. Hold 5 seconds.")
    assert "Anna" not in said.out  # the note goes where the name is known


def test_made_again_it_is_marked_as_it_was(ward: Ward) -> None:
    _, last = ward.sheet("strong", *WHO)
    _, pdf = ward.sheet("strong", *WHO, "--since", plan_of(last), "--drop", "squat", "--dose", "bridge.sets=4")
    before = pdf.read_bytes()
    pdf.unlink()
    _, again = ward.sheet("--file", plan_of(pdf), *WHO)
    assert again == pdf and pdf.read_bytes() == before
    assert "More: 4 sets of 10" in words(again) and "Leave off now: Squat" in words(again)


def test_marks_that_do_not_hold_any_more_are_gone(ward: Ward) -> None:
    _, last = ward.sheet("strong", *WHO)
    _, pdf = ward.sheet("strong", *WHO, "--since", plan_of(last), "--dose", "bridge.sets=4")
    said, other = ward.sheet("--file", plan_of(pdf), *WHO, "--dose", "bridge.sets=1")
    assert "More:" not in words(other) and "It is not marked any more what was new" in said.err


def test_a_pack_with_a_sheet_and_its_diary_is_one_prescription(ward: Ward) -> None:
    pack = ward.file("packs/both.yaml")
    change(pack, "{handout: strong}]", "{handout: strong}, {handout: strong, layout: diary}]")
    _, last = ward.sheet("both", *WHO)
    said, pdf = ward.sheet(
        "both", *WHO, "--add", "dead-bug", "--drop", "squat", "--dose", "bridge.sets=4", "--since", plan_of(last),
        "--summary",
    )  # fmt: skip
    assert [str(p.exercise) for p in read_plan(plan_of(pdf)).prescribed] == ["bridge", "bird-dog", "dead-bug"]
    assert plan_of(pdf).read_text(encoding="utf-8").count('id: "strong"') == 1
    assert said.out.count("Bridge (More)") == 1 and said.out.count("Dead bug") == 1
    text = words(pdf)
    assert text.count("More: 4 sets of 10") == 2  # the sheet and the diary
    assert text.count("New: 2 sets of") == 2 and "3 Squat" not in text
