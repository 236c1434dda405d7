"""`python build.py` makes what changed and nothing else, and always closes with the same table."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from layouts.engine.draw import document
from tests.deliver.desk import GUIDE, IDS, PROJECT, Day, Desk, append, change, save

ALL = set(IDS)
EXERCISES = PROJECT / "handouts" / "exercises"
Edit = Callable[[Desk], object]


def test_the_first_build_makes_everything_and_closes_with_a_table(desk: Desk) -> None:
    said = desk()
    assert said.code == 0
    assert said.err == ""
    assert said.out.splitlines()[0].split() == ["Handout", "Edition", "Pages", "Size", "Warnings", "File"]
    assert said.table == ["alpha", "beta", "gamma"]
    row = next(line for line in said.out.splitlines() if line.startswith("beta"))
    assert row.split()[1] == "standard"
    assert row.endswith(str(Path("out") / "beta.pdf"))
    assert f"{desk.pdf('beta').stat().st_size / 1024:.0f} KB" in row
    assert all(desk.pdf(id_).read_bytes().startswith(b"%PDF-") for id_ in IDS)


def test_the_second_build_writes_nothing_and_says_the_same(desk: Desk) -> None:
    first = desk()
    before = {p: p.stat().st_mtime_ns for p in desk.out.iterdir()}
    assert desk() == first
    assert {p: p.stat().st_mtime_ns for p in desk.out.iterdir()} == before


def test_the_second_build_needs_only_the_standard_library(built: Desk) -> None:
    desk = built

    def stop(*_: object) -> None:
        raise AssertionError("the packages are not looked for")

    desk.monkeypatch.setattr("importlib.util.find_spec", stop)
    assert desk().table == list(IDS)


@pytest.mark.parametrize(
    ("edit", "rebuilt"),
    [
        (lambda d: change(d.guide("beta"), "Walk a little more", "Run"), {"beta"}),  # alpha names beta
        (lambda d: change(d.guide("beta"), "The beta handout", "Another title"), {"alpha", "beta"}),
        (lambda d: change(d.guide("alpha"), "Walk a little more", "Run"), {"alpha"}),
        (lambda d: change(d.guide("gamma"), "Walk a little more", "Run"), {"gamma"}),
        (lambda d: os.utime(d.guide("gamma")), set()),
        (lambda d: save(d.guide("gamma"), d.guide("gamma").read_text(encoding="utf-8")), set()),
        (lambda d: change(d.shipped / "clinic.yaml", "Harbor", "Haven"), ALL),
        (lambda d: append(d.shipped / "wording" / "en.yaml", "# a note\n"), ALL),
        (lambda d: append(d.shipped / "wording" / "es.yaml", "# a note\n"), set()),  # nobody speaks it here
        (lambda d: append(d.shipped / "wording" / "glossary.yaml", "# a note\n"), ALL),
        (lambda d: append(d.shipped / "brand" / "logo.svg", "<!-- a note -->\n"), ALL),
        (lambda d: save(d.engine / "templates" / "guide.xml.j2", "{# a note #}"), ALL),
        (lambda d: save(d.engine / "styles.yaml", "# a note"), ALL),
        (lambda d: save(d.engine / "engine" / "code.py", "# a note"), ALL),
        (lambda d: save(d.engine / "engine" / "another.py", ""), ALL),
        (lambda d: d.pdf("beta").unlink(), {"beta"}),
        (lambda d: d.pdf("beta").write_bytes(b"spoiled"), {"beta"}),
        (lambda d: (d.out / ".handouts.json").unlink(), ALL),
        (lambda d: save(d.shipped / "guides" / "delta.yaml", GUIDE.format(number="S4", id="delta")), {"delta"}),
        (lambda d: save(d.shipped / "guides" / ".#beta.yaml", "an editor's own file"), set()),
        (lambda d: (d.shipped / "guides" / ".#gamma.yaml").symlink_to("somebody@somewhere.1:2"), set()),  # Emacs's lock
    ],
    ids=[
        "words of a guide that another names",
        "the title of a guide that another names",
        "a guide that names another",
        "a guide",
        "touched",
        "saved unchanged",
        "the clinic",
        "the wording",
        "another language's wording",
        "the glossary",
        "the logo",
        "a template",
        "the styles",
        "our code",
        "new code",
        "a PDF deleted",
        "a PDF spoiled",
        "the ledger deleted",
        "a new guide",
        "an editor's file",
        "an editor's lock",
    ],
)
def test_a_change_rebuilds_what_it_touches(built: Desk, edit: Edit, rebuilt: set[str]) -> None:
    edit(built)
    assert built.written() == rebuilt
    assert built.written() == set()


def test_a_removed_guide_leaves_the_table(built: Desk) -> None:
    built.guide("gamma").unlink()
    assert built().table == ["alpha", "beta"]
    assert built().table == ["alpha", "beta"]


def test_a_drawing_that_comes_later_is_shown_by_the_guide_that_names_it(built: Desk) -> None:
    change(built.guide("gamma"), "Walk a little more.", "Walk a little more.\n    figure: {exercise: bird-dog}")
    assert built.written() == {"gamma"}
    assert built.written() == set()  # that there is no such exercise is no reason to build again
    save(built.shipped / "exercises" / "bird-dog.yaml", (EXERCISES / "bird-dog.yaml").read_text(encoding="utf-8"))
    assert built.written() == {"gamma"}
    (built.shipped / "exercises" / "bird-dog.yaml").unlink()
    assert built.written() == {"gamma"}


PROGRAMME = """\
# yaml-language-server: $schema=../.schemas/programme.json
number: X{number}
title: The {id} sheet
version: "1.0"
written: 2026-01-05
reviewed: 2026-01-06
reviewed_by: Dr. Example
review_due: 2028-01-05
purpose: To try the desk.
goal: Strong legs
exercises: [{{exercise: {exercise}}}]
red_flags: low-back
"""


def test_an_exercise_that_changes_rebuilds_exactly_the_sheets_that_show_it(built: Desk) -> None:
    exercises = built.shipped / "exercises"
    for name in ("bridge", "squat"):
        text = (EXERCISES / f"{name}.yaml").read_text(encoding="utf-8")
        save(exercises / f"{name}.yaml", "\n".join(x for x in text.split("\n") if x[:7] not in ("easier:", "harder:")))
    for number, (id_, exercise) in enumerate((("legs", "squat"), ("back", "bridge"), ("more-legs", "squat"))):
        text = PROGRAMME.format(number=number, id=id_, exercise=exercise)
        save(built.shipped / "programmes" / f"{id_}.yaml", text)
    pack = PROGRAMME.format(number=9, id="pack", exercise="").split("goal:")[0]
    contents = "message: Start.\ncontents:\n  - {handout: back}\n  - {handout: alpha}\n"
    save(built.shipped / "packs" / "both.yaml", pack + contents)
    assert built.written() == {"legs", "back", "more-legs", "both"}
    change(exercises / "squat.yaml", "name: Squat", "name: Deep squat")
    assert built.written() == {"legs", "more-legs"}
    change(exercises / "bridge.yaml", "name: Bridge", "name: High bridge")
    assert built.written() == {"back", "both"}
    change(built.guide("alpha"), "Walk a little more", "Run")
    assert built.written() == {"alpha", "both"}
    (exercises / "squat.yaml").unlink()
    said = built()
    assert said.code == 1
    assert 'handouts/programmes/legs.yaml, line 11: there is no exercise "squat"' in said.err


def test_mistakes_are_told_as_long_as_they_are_there(built: Desk) -> None:
    old = built.pdf("beta").read_bytes()
    change(built.guide("beta"), "message:", "mesage:")
    change(built.guide("gamma"), "a little more", "a lot more")
    for _ in range(2):
        said = built()
        assert said.code == 1
        assert 'beta.yaml, line 11: there is no field "mesage" here' in said.err
        assert said.table == ["alpha", "gamma"]  # alpha names beta, and its title can be read
    assert built.pdf("beta").read_bytes() == old
    change(built.guide("beta"), "mesage:", "message:")
    assert built().code == 0


def test_a_badly_named_file_is_told_of_each_time(built: Desk) -> None:
    save(built.shipped / "guides" / "Knee Pain.yaml", GUIDE)
    for _ in range(2):
        said = built()
        assert said.code == 1
        assert "Knee Pain.yaml" in said.err
        assert said.table == list(IDS)
    assert built("pdf", "beta").code == 0  # it concerns nobody else


def test_badly_named_wording_is_not_passed_over(built: Desk) -> None:
    shutil.copyfile(built.shipped / "wording" / "en.yaml", built.shipped / "wording" / "EN.yml")
    for _ in range(2):
        assert built().code == 1


def test_a_pdf_on_its_own_does_not_hide_a_new_guide_from_the_next_build(built: Desk) -> None:
    save(built.guide("delta"), GUIDE.format(number="S4", id="delta"))
    assert built("pdf", "beta").code == 0
    assert built().table == ["alpha", "beta", "delta", "gamma"]


def test_a_pdf_that_a_build_has_made_is_not_made_again(built: Desk) -> None:
    assert built.written("pdf", "beta") == set()
    assert built.written("pdf", "beta", "--force") == {"beta"}
    assert built.written() == set()


def test_a_clinic_s_file_laid_over_ours_rebuilds_what_it_covers(built: Desk, tmp_path: Path) -> None:
    own = tmp_path / "own"
    save(own / "guides" / "beta.yaml", GUIDE.format(number="S2", id="very own"))
    built.monkeypatch.setenv("HANDOUTS_CONTENT", str(own))
    assert built.written() == {"alpha", "beta"}
    assert built.written() == set()
    shutil.copyfile(built.shipped / "wording" / "en.yaml", own / "en.yaml")
    assert built.written() == set()
    (own / "wording").mkdir()
    (own / "en.yaml").rename(own / "wording" / "en.yaml")
    assert built.written() == ALL
    shutil.copyfile(built.shipped / "clinic.yaml", own / "clinic.yaml")
    shutil.copytree(built.shipped / "brand", own / "brand")
    change(own / "clinic.yaml", "Harbor", "Our own")
    assert built.written() == ALL
    built.monkeypatch.delenv("HANDOUTS_CONTENT")
    assert built.written() == ALL
    assert built.written() == set()


def test_another_paper_in_the_printer_makes_another_set(built: Desk) -> None:
    change(built.shipped / "clinic.yaml", "paper: letter", "paper: a4")
    assert built.written() == ALL
    assert built().table == list(IDS)


def test_a_moved_folder_of_pdfs_is_not_taken_for_the_old_one(desk: Desk, tmp_path: Path) -> None:
    desk("pdf", "beta", "--out", tmp_path / "one")
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    (tmp_path / "two" / "beta.pdf").unlink()
    desk("pdf", "beta", "--out", tmp_path / "two")
    assert (tmp_path / "two" / "beta.pdf").is_file()


def test_a_guide_saved_while_it_is_built_is_built_again(desk: Desk) -> None:
    render = document.render

    def and_save(*arguments: object) -> object:
        append(desk.guide("gamma"), "# later\n")
        return render(*arguments)  # type: ignore[arg-type]

    with desk.monkeypatch.context() as patch:
        patch.setattr("layouts.engine.deliver.press.render", and_save)
        desk()
    assert desk.written() == {"gamma"}
    assert desk.written() == set()


def test_findings_refresh_on_a_new_day_and_pdfs_do_not(desk: Desk, calendar: type[Day]) -> None:
    calendar.now = date(2027, 12, 1)  # 35 days before the review
    assert "3 advice" in desk().out
    calendar.now += timedelta(days=90)
    before = {p: p.stat().st_mtime_ns for p in desk.out.glob("*.pdf")}
    said = desk()
    assert "3 errors" in said.out
    assert said.code == 0
    assert {p: p.stat().st_mtime_ns for p in desk.out.glob("*.pdf")} == before
    desk.monkeypatch.setattr("importlib.util.find_spec", None)
    assert desk() == said
