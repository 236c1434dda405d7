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
    assert f"not the same as {pdf.stem}" in said.err
    assert other.stem != pdf.stem and pdf.exists()


def test_a_plan_of_another_handout(ward: Ward) -> None:
    _, pdf = ward.sheet("strong", *WHO)
    said = ward("personal", "alpha", "--file", plan_of(pdf))
    assert said.code == 2 and 'is a plan for "strong"' in said.err


def test_a_change_on_top_of_a_plan_has_a_number_of_its_own(ward: Ward) -> None:
    _, pdf = ward.sheet("strong", *WHO)
    _, other = ward.sheet("--file", plan_of(pdf), "--dose", "bridge.sets=4")
    assert other != pdf


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
