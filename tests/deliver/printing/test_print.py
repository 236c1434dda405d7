"""`python build.py print`: on computers whose printing programs write down what they are told."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from layouts.engine.deliver.printing import send
from tests.deliver.desk import Desk, change, save, shell
from tests.deliver.printing import made
from tests.deliver.printing.office import Office, cups, office


@pytest.fixture
def linux(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """A computer with CUPS and two printers."""
    return cups(tmp_path / "pc", monkeypatch, ["Back_Office", "Desk"], "Desk")


def after(words: list[str], word: str) -> str:
    """What follows a word."""
    return words[words.index(word) + 1]


# ------------------------------------------------------------- handouts
def test_a_handout_is_made_and_printed(linux: Office, desk: Desk) -> None:
    said = desk("print", "beta")
    assert said.code == 0
    assert said.table == ["beta"]
    path = desk.out / "beta-flat.pdf"
    (job,) = linux.jobs
    assert job.words == [
        *("-d", "Desk", "-n", "1", "-t", "beta", "-o", "sides=one-sided", "-o", "media=Letter"),
        *("-o", "print-scaling=none", "--", str(path)),
    ]
    assert job.copy.read_bytes() == path.read_bytes()
    assert "Sent to Desk: beta, 1 page, Letter paper, on one side." in said.out
    with pikepdf.open(path) as pdf:
        assert "/AcroForm" not in pdf.Root  # nobody fills in boxes on paper with a mouse


def test_only_what_is_stale_is_made_again(linux: Office, desk: Desk) -> None:
    desk("print", "alpha", "beta")
    stamps = {p: p.stat().st_mtime_ns for p in desk.out.glob("*-flat.pdf")}
    change(desk.guide("beta"), "a little more", "a lot more")
    desk("print", "alpha", "beta")
    changed = {p.stem for p, stamp in stamps.items() if p.stat().st_mtime_ns != stamp}
    assert changed == {"beta-flat"}
    assert [after(job.words, "-t") for job in linux.jobs] == ["alpha", "beta"] * 2
    assert "a lot more" in " ".join(made.words(linux.jobs[-1].copy))


def test_the_options_reach_the_printer(linux: Office, desk: Desk) -> None:
    words = ("--printer", "back_office", "--copies", "3", "--no-duplex", "--paper", "A4", "--edition", "large-print")
    said = desk("print", "beta", *words, "--out", "my folder")
    assert said.code == 0
    (job,) = linux.jobs
    assert after(job.words, "-d") == "Back_Office"
    assert after(job.words, "-n") == "3"
    assert {"sides=one-sided", "media=A4", "print-scaling=none"} < set(job.words)
    assert Path(job.words[-1]) == Path.cwd() / "my folder" / "beta-large-print-a4-flat.pdf"
    assert "3 copies, A4 paper, on one side" in said.out


def test_both_sides_unless_there_is_one_page(linux: Office, desk: Desk) -> None:
    parts = "parts:\n" + "  - text: Walk a little more.\n" * 60
    change(desk.guide("beta"), "parts:\n", parts)
    change(desk.guide("alpha"), "parts:\n", "parts:\n  - tips:\n      - {lead: Walk, text: Walk., short: Walk.}\n")
    desk("print", "beta")
    desk("print", "beta", "--duplex")
    desk("print", "beta", "--no-duplex")
    desk("print", "alpha", "--layout", "poster")
    sides = [next(w for w in job.words if w.startswith("sides=")) for job in linux.jobs]
    assert sides == ["sides=two-sided-long-edge"] * 2 + ["sides=one-sided"] * 2


def test_nothing_is_printed_when_one_of_them_has_mistakes(linux: Office, desk: Desk) -> None:
    change(desk.guide("beta"), "number:", "nunber:")
    said = desk("print", "alpha", "beta")
    assert said.code == 1
    assert "Nothing was printed." in said.err
    assert linux.jobs == []


@pytest.mark.usefixtures("linux")
def test_ctrl_c_before_anything_is_sent(desk: Desk) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    desk.monkeypatch.setattr("layouts.engine.deliver.commands.build_jobs", stopped)
    said = desk("print", "beta")
    assert (said.code, said.err.strip()) == (130, "Stopped. Nothing was printed.")


# ------------------------------------------------------------- several pages on a sheet
@pytest.mark.parametrize(("option", "sides"), [("--booklet", "two-sided-short-edge"), ("--two-up", "one-sided")])
def test_sheets_are_spooled_and_deleted(
    option: str, sides: str, linux: Office, desk: Desk, temporary: Path, tmp_path: Path
) -> None:
    file = made.pdf(tmp_path / "sheet.pdf", 2, made.A4)
    said = desk("print", "--pdf", file, option)
    assert said.code == 0
    (job,) = linux.jobs
    assert f"sides={sides}" in job.words
    assert "media=A4" in job.words
    assert Path(job.words[-1]).parent == temporary
    assert os.name == "nt" or job.mode == 0o600
    assert list(temporary.iterdir()) == []
    expected = [("", "page-1"), ("page-2", "")] if option == "--booklet" else [("page-1", "page-2")]
    assert made.halves(job.copy.read_bytes()) == expected
    assert "71% of their size" in said.out


def test_long_two_up_is_turned_on_the_short_edge(linux: Office, desk: Desk, tmp_path: Path) -> None:
    file = made.pdf(tmp_path / "sheet.pdf", 5)
    desk("print", "--pdf", file, "--two-up")
    desk("print", "--pdf", file, "--two-up", "--no-duplex")
    assert "sides=two-sided-short-edge" in linux.jobs[0].words
    assert "sides=one-sided" in linux.jobs[1].words


def test_a_handout_as_a_booklet(linux: Office, desk: Desk, temporary: Path) -> None:
    said = desk("print", "beta", "--booklet", "--copies", "2")
    assert said.code == 0
    assert "on 2 sides, 2 copies" in said.out
    assert after(linux.jobs[0].words, "-n") == "2"
    assert {path.name for path in desk.out.glob("*.pdf")} == {"beta-flat.pdf"}
    assert list(temporary.iterdir()) == []


def test_sheets_are_deleted_also_when_the_printer_refuses(
    linux: Office, desk: Desk, temporary: Path, tmp_path: Path
) -> None:
    linux.plan(code=1, says="lp: Error - unsupported document-format.\n")
    said = desk("print", "--pdf", made.pdf(tmp_path / "sheet.pdf", 2), "--booklet")
    assert said.code == 1
    assert list(temporary.iterdir()) == []


@pytest.mark.usefixtures("linux")
def test_sheets_are_deleted_also_when_somebody_stops_it(desk: Desk, temporary: Path, tmp_path: Path) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    desk.monkeypatch.setattr(send, "ask", stopped)
    said = desk("print", "--pdf", made.pdf(tmp_path / "sheet.pdf", 2), "--booklet")
    assert said.code == 130
    assert "Stopped. Look at the printer before you print again" in said.err
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(("module", "name"), [(tempfile, "mkstemp"), (os, "fdopen")])
def test_a_full_disk_for_the_sheets(
    module: Any, name: str, linux: Office, desk: Desk, temporary: Path, tmp_path: Path
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    file = made.pdf(tmp_path / "sheet.pdf", 2)
    with desk.monkeypatch.context() as patch:
        patch.setattr(module, name, full)
        said = desk("print", "--pdf", file, "--booklet")
    assert said.code == 1
    assert "the disk is full" in said.err
    assert linux.jobs == []
    assert list(temporary.iterdir()) == []


# ------------------------------------------------------------- a file that is there
def test_a_file_is_printed_as_it_is(linux: Office, desk: Desk, tmp_path: Path) -> None:
    file = made.pdf(tmp_path / "Plan für Ω.pdf", 3, made.A4)
    said = desk("print", "--pdf", file)
    assert said.code == 0
    (job,) = linux.jobs
    assert {"sides=two-sided-long-edge", "media=A4", "print-scaling=none"} < set(job.words)
    assert job.copy.read_bytes() == file.read_bytes()
    assert not desk.out.exists()


def test_a_queue_that_all_may_read_shows_nobody_s_name(
    linux: Office, desk: Desk, temporary: Path, tmp_path: Path
) -> None:
    said = desk("print", "--pdf", made.pdf(tmp_path / "Zebulon Quux.pdf", 1))
    (job,) = linux.jobs
    assert "Zebulon" not in " ".join(job.words)
    assert after(job.words, "-t") == "handout"
    assert Path(job.words[-1]).parent == temporary
    assert os.name == "nt" or job.mode == 0o600
    assert list(temporary.iterdir()) == []
    assert "Sent to Desk: Zebulon Quux.pdf, 1 page" in said.out  # the screen is that of whoever typed it


@pytest.mark.usefixtures("linux")
def test_what_a_killed_run_left_is_deleted_a_day_later(desk: Desk, temporary: Path, tmp_path: Path) -> None:
    file = made.pdf(tmp_path / "sheet.pdf", 1)
    left = [temporary / name for name in ("clinic-handout-old.pdf", "clinic-handout-new.pdf", "other-old.pdf")]
    for path in left:
        save(path, "")
        os.utime(path, None if "new" in path.name else (1e9, 1e9))
    desk("print", "--pdf", file)
    assert set(temporary.iterdir()) == set(left[1:])


def test_a_file_on_another_paper_is_made_to_fit(linux: Office, desk: Desk, tmp_path: Path) -> None:
    desk("print", "--pdf", made.pdf(tmp_path / "a.pdf", 1, made.A4), "--paper", "letter")
    desk("print", "--pdf", made.pdf(tmp_path / "b.pdf", 1, (400, 400)))
    desk("print", "--pdf", made.pdf(tmp_path / "c.pdf", 2, made.A4[::-1]))
    first, second, third = (job.words for job in linux.jobs)
    assert {"media=Letter", "print-scaling=fit"} < set(first)
    assert "print-scaling=fit" in second
    assert not [word for word in second if word.startswith("media=")]
    assert {"media=A4", "print-scaling=none", "sides=two-sided-short-edge"} < set(third)


def test_files_are_looked_at_before_the_first_is_printed(linux: Office, desk: Desk, tmp_path: Path) -> None:
    good = made.pdf(tmp_path / "good.pdf", 1)
    save(tmp_path / "bad.pdf", "hello")
    said = desk("print", "alpha", "--pdf", good, "--pdf", tmp_path / "bad.pdf")
    assert said.code == 1
    assert "bad.pdf: this is no PDF, or it is damaged" in said.err
    assert linux.jobs == []
    assert not desk.out.exists()


# ------------------------------------------------------------- printers
@pytest.mark.usefixtures("linux")
def test_the_list_of_printers(desk: Desk) -> None:
    said = desk("print", "--list")
    assert (said.code, said.out) == (0, "Back_Office\nDesk  (the usual one)\n")


def test_the_list_where_there_is_no_printer(tmp_path: Path, desk: Desk) -> None:
    cups(tmp_path / "empty", desk.monkeypatch, [])
    assert "No printer is set up" in desk("print", "--list").out
    office(tmp_path / "bare", desk.monkeypatch, "linux")
    assert "does not tell us its printers" in desk("print", "--list").out


def test_a_single_printer_needs_no_name(tmp_path: Path, desk: Desk) -> None:
    made = cups(tmp_path / "pc", desk.monkeypatch, ["Desk"])
    assert desk("print", "beta").code == 0
    assert after(made.jobs[0].words, "-d") == "Desk"


def test_of_several_printers_one_is_named(tmp_path: Path, desk: Desk) -> None:
    made = cups(tmp_path / "pc", desk.monkeypatch, ["A", "B"])
    said = desk("print", "beta")
    assert said.code == 2
    assert "there are several printers and none is the usual one. Name one: A, B." in said.err
    assert made.jobs == []
    assert not desk.out.exists()


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("print", "say what to print: an ID, or --pdf FILE"),
        ("print betta", 'there is no handout "betta". Did you mean "beta"?'),
        ("print beta --printer Desc", 'there is no printer "Desc". Did you mean "Desk"?'),
        ("print beta --printer xyz", "Possible here: Back_Office, Desk."),
        ("print beta --copies 0", "0 is not in the range"),
        ("print beta --copies two", "'two' is not a valid integer"),
        ("print beta --booklet --two-up", "exclude each other"),
        ("print beta --booklet --no-duplex", "a booklet is printed on both sides"),
        ("print beta --edition large", 'Did you mean "large-print"?'),
        ("print beta --edition all", 'there is no "all".'),
        ("print beta --paper a3", 'the layout "guide" cannot be printed on a3 paper'),
        ("print beta --layout postr", 'Did you mean "poster"?'),
        ("print --pdf beta.pdf --edition ink-saver", "a PDF is printed as it is"),
        ("prnt beta", 'there is no command "prnt". Did you mean "print"?'),
    ],
)
def test_a_wrong_command_line_is_explained(words: str, answer: str, linux: Office, desk: Desk) -> None:
    said = desk(*words.split())
    assert said.code == 2
    assert answer in said.err
    assert linux.jobs == []
    assert not desk.out.exists()


# ------------------------------------------------------------- what goes wrong
def test_the_words_of_lp(linux: Office, desk: Desk) -> None:
    linux.plan(code=1, says="warning\nlp: Error - Le serveur est occupé.\n")
    said = desk("print", "beta")
    assert said.code == 1
    assert "printer Desk: lp says: Le serveur est occupé." in said.err
    assert "Sent" not in said.out


def test_the_words_of_lp_without_its_own_name(linux: Office, desk: Desk) -> None:
    linux.plan(code=1, says=f"{linux.folder / 'lp'}: The printer is on fire.\n")
    assert "printer Desk: lp says: The printer is on fire." in desk("print", "beta").err


def test_a_printer_that_takes_no_jobs(tmp_path: Path, desk: Desk) -> None:
    pc = cups(tmp_path / "pc", desk.monkeypatch, ["Back_Office", "Desk"], "Desk", refusing=["Desk"])
    assert desk("print", "--list").out == "Back_Office\nDesk  (the usual one, takes no jobs)\n"
    said = desk("print", "beta")
    assert said.code == 1
    assert "printer Desk: it takes no print jobs at present" in said.err
    assert pc.jobs == [] and not desk.out.exists()
    assert desk("print", "beta", "--printer", "Back_Office").code == 0


def test_lp_without_words(linux: Office, desk: Desk) -> None:
    linux.plan(code=7)
    assert "printer Desk: lp could not print it (exit code 7)" in desk("print", "beta").err


def test_a_printer_that_does_not_answer(linux: Office, desk: Desk) -> None:
    linux.plan(seconds=30)
    desk.monkeypatch.setattr(send.send, "__defaults__", (1,))
    said = desk("print", "beta")
    assert said.code == 1
    assert "printer Desk: no answer within 1 seconds" in said.err
    assert "Look at the printer before you print again" in said.err


def test_lp_that_does_not_start(linux: Office, desk: Desk) -> None:
    linux.program("lp", "#!/no/such/program\n")
    said = desk("print", "beta")
    assert said.code == 1
    assert "does not start" in said.err


# ------------------------------------------------------------- lightness
def test_a_plain_build_imports_nothing_of_it(copied: Path) -> None:
    said = shell(copied, "pdf", "beta", flags=("-X", "importtime"))
    assert said.code == 0
    imported = {line.rsplit("|", 1)[1].strip() for line in said.err.splitlines() if "|" in line}
    assert "layouts.engine.deliver.commands" in imported
    assert not [name for name in imported if "print" in name.split(".")[-1] and "layouts" in name]
    assert not {"pikepdf", "layouts.engine.deliver.commands_desk", "layouts.engine.deliver.shortcut"} & imported


def test_in_a_folder_with_spaces(copied: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pc = cups(tmp_path / "pc", monkeypatch, ["Desk"], "Desk")
    said = shell(copied, "print", "beta", "--copies", "2", world={"PATH": os.environ["PATH"]})
    if sys.platform.startswith(("linux", "darwin")):
        assert said.code == 0, said.err
        assert Path(pc.jobs[0].words[-1]) == copied / "out" / "beta-flat.pdf"
