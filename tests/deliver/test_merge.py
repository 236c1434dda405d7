"""A table of patients: checked as a whole, and printed each for themselves."""

from __future__ import annotations

import gc
import re
import stat
import sys
from pathlib import Path

import openpyxl
import pikepdf
import pypdfium2
import pytest

from layouts.engine.deliver import commands_merge, workers
from layouts.engine.deliver.press import Press
from layouts.engine.draw.document import Edition
from layouts.engine.draw.pages import Rendered
from layouts.engine.draw.structure import Element
from layouts.engine.draw.text import set_lines
from layouts.engine.read.handout import Handout
from layouts.engine.read.names import RESERVED
from layouts.engine.read.plan import LETTERS, read_plan
from tests.deliver.desk import change
from tests.deliver.ward import Ward, cache_folder, everything_below, many, plan_of, table, traces, words
from tests.pages import checkers, layout, tagtree

NAMES = ("O'Brien, Anna", "Nguyễn Thị Minh Khai", "Łukasz Żółć")


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


def test_a_sheet_among_others_is_the_same_as_alone(ward: Ward) -> None:
    """Also where a name or a note is too long for large letters, is of another script, or a side is chosen."""
    rows = [
        "Anna Lee,,", "Eve Orr,,", f"{'Wilhelmina Quinteros ' * 4},,", "Ida Roy,,left", "Una Poe,Well done,",
        "Max Fry,,right", f"Kim Doe,{'Go slowly. ' * 60},", "سارة محمود,,", "Tom Orr,ימין: 10 פעמים,", "Jo Day,,left",
    ]  # fmt: skip
    path = table("name,programme,note,side\n" + "".join("{},strong,{},{}\n".format(*row.split(",")) for row in rows))
    assert ward("merge", path, "--jobs", "1", "--keep-identity").code == 0
    assert len(ward.pdfs()) == len(rows)
    for made in ward.pdfs():
        said = ward.desk("personal", "--file", plan_of(made), "--keep-identity", "--out", "again")
        assert said.code == 0, said.err
        again = Path("again") / made.name.partition("-")[2]
        assert again.read_bytes() == made.read_bytes()


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
        ("name,programme\nგიორგი,alpha\n", "row 2, name: no font has Georgian letters"),
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


def test_what_a_workbook_hides_is_told_and_printed(ward: Ward) -> None:
    book = openpyxl.Workbook()
    for cells in (["name", "programme"], ["Anna", "alpha"], ["Eve", "alpha"]):
        book.active.append(cells)
    book.active.row_dimensions[3].hidden = True
    book.create_sheet("Quirinius").append(["Kim"])
    book.save("people.xlsx")
    said = ward("merge", Path("people.xlsx"))
    assert said.code == 0 and len(ward.pdfs()) == 2
    assert said.err.splitlines() == [
        "people.xlsx: only sheet 1 of this workbook was read; sheet 2 is not empty, too.",
        "people.xlsx: row 3 is hidden or filtered out in the spreadsheet, and read all the same.",
    ]


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
        ("--programme alfa", '--programme: there is no handout "alfa"'),
        ("--date 2026-02-30", '--date: "date" is "2026-02-30"'),
        ("--clinician 😀", '--clinician: no font has the character "😀"'),
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
    assert said.code == 2 and answer in said.err.replace("Invalid value for ", "")
    assert "row" not in said.err  # it is said once
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


def test_the_parts_of_finished_sheets_are_given_back(ward: Ward) -> None:
    """They refer to one another, so Python keeps them until it looks for such; we do not wait for that."""
    ward.desk.monkeypatch.setattr(workers, "TIDY", 3)
    alive: list[int] = []
    make = Press.make

    def counting(press: Press, handout: Handout, edition: Edition) -> Rendered:
        alive.append(sum(type(thing) is Element for thing in gc.get_objects()))
        return make(press, handout, edition)

    ward.desk.monkeypatch.setattr(Press, "make", counting)
    gc.collect()
    gc.disable()
    try:
        assert ward.desk("merge", many(12), "--jobs", "1").code == 0
    finally:
        gc.enable()
    assert 0 < max(alive[:6]) == max(alive[-6:])


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


# ------------------------------------------------------------- what does not fit
LONG = f"name,programme,note\nAnna,strong,\nQuirinius,strong,{'Well done. ' * 40}\nEve,strong,\n"


@pytest.mark.parametrize("option", ["--join", "--dry-run", "--paper=letter"])
def test_a_row_that_does_not_fit_its_layout_is_found_before_anything_is_made(ward: Ward, option: str) -> None:
    said = ward("merge", table(LONG), "--layout", "pocket", option)
    assert said.code == 1 and said.err.count("people.csv, row") == 1
    assert "people.csv, row 3, note: there is no room for so many words on the pocket card" in said.err
    assert "Quirinius" not in said.err and not ward.folder.exists()


def test_a_row_that_adds_too_much_is_the_one_to_be_changed(ward: Ward) -> None:
    own = {"bridge", "bird-dog", "squat"}
    files = sorted((ward.desk.shipped / "exercises").glob("*.yaml"))
    more = [path.stem for path in files if "\ndose:" in path.read_text("utf-8") and path.stem not in own][:30]
    path = table(f'name,programme,add\nAnna,strong,\nKim,strong,"{",".join(more)}"\n')
    said = ward("merge", path, "--layout", "pocket")
    assert said.code == 1 and "people.csv, row 3: the pocket card does not fit on one page" in said.err
    assert "Shorten what this row says" in said.err and not ward.folder.exists()


def test_a_print_job_is_made_without_the_row_that_does_not_fit(ward: Ward) -> None:
    """Which only making it can show for layouts as long as they need to be."""
    ward.desk.monkeypatch.setattr(workers.Printer, "misfits", lambda *_: ())
    path = table(LONG)
    said = ward("merge", path, "--layout", "pocket", "--join")
    assert "people.csv, row 3, note: there is no room for so many words on the pocket card" in said.err
    assert said.code == 1 and said.err.count("people.csv, row") == 1
    assert "print-0001.pdf is without this row" in said.err
    (pdf,) = ward.folder.glob("*.pdf")
    assert "Anna" in words(pdf) and "Eve" in words(pdf)
    assert len(list(ward.folder.glob("*.plan.yaml"))) == 2
    assert ward("merge", path, "--layout", "pocket", "--join", "--resume").out.startswith(
        "0 sheets (2 were there already)"
    )


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
    assert ward.desk("merge", path, "--resume").out.startswith("0 sheets (1 was there already)")


def test_the_master_is_not_changed(ward: Ward) -> None:
    before = dict(everything_below(ward.desk.shipped))
    ward("merge", table())
    assert dict(everything_below(ward.desk.shipped)) == before
