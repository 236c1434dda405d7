"""`python build.py print` on Windows, and where there is nothing to print with."""

from __future__ import annotations

from pathlib import Path

from layouts.engine.deliver import opening
from tests.deliver.desk import Desk, save
from tests.deliver.printing import made
from tests.deliver.printing.office import office, private, windows


# ------------------------------------------------------------- without a printing program
def test_without_cups_the_viewer_opens(tmp_path: Path, desk: Desk) -> None:
    made = office(tmp_path / "pc", desk.monkeypatch, "linux")
    said = desk("print", "beta", "--copies", "2", "--paper", "a4")
    assert said.code == 0
    assert made.viewed == [str(desk.out / "beta-a4-flat.pdf")]
    assert "CUPS was not found" in said.out
    assert "2 copies, collated; paper A4; actual size (100 %); on " in said.out


def test_without_a_printer_sheets_are_left(tmp_path: Path, desk: Desk) -> None:
    pc = office(tmp_path / "pc", desk.monkeypatch, "darwin")
    desk("print", "beta", "--booklet")
    desk("print", "beta", "--two-up", "--out", "my folder")
    left = [desk.out / "beta-flat-booklet.pdf", Path.cwd() / "my folder" / "beta-flat-two-up.pdf"]
    assert pc.viewed == [str(path) for path in left]
    assert all(private(path) for path in left)
    assert "flipped on the short edge" in desk("print", "beta", "--booklet").out


def test_sheets_of_a_file_are_left_beside_it(tmp_path: Path, desk: Desk) -> None:
    pc = office(tmp_path / "pc", desk.monkeypatch, "linux")
    file = made.pdf(tmp_path / "plan.pdf", 3)
    said = desk("print", "--pdf", file, "--booklet")
    assert pc.viewed == [str(tmp_path / "plan-booklet.pdf")]
    assert "When it is printed, delete plan-booklet.pdf" in said.out
    assert private(tmp_path / "plan-booklet.pdf")
    assert made.halves((tmp_path / "plan-booklet.pdf").read_bytes()) == [("", "page-1"), ("page-2", "page-3")]
    assert not desk.out.exists()


def test_left_sheets_never_take_a_handout_s_place(tmp_path: Path, desk: Desk) -> None:
    office(tmp_path / "pc", desk.monkeypatch, "linux")
    text = desk.guide("beta").read_text(encoding="utf-8")
    save(desk.guide("beta-flat-booklet"), text.replace("number: S2", "number: S9"))
    said = desk("print", "beta", "--booklet")
    assert said.code == 1
    assert "a handout has this file name" in said.err


def test_sheets_that_cannot_be_left(tmp_path: Path, desk: Desk) -> None:
    office(tmp_path / "pc", desk.monkeypatch, "linux")
    (desk.out / "beta-flat-booklet.pdf").mkdir(parents=True)
    said = desk("print", "beta", "--booklet")
    assert said.code == 1
    assert "a folder with this file's name is in the way" in said.err
    assert not list(desk.out.glob(".new*"))


def test_no_viewer_either(tmp_path: Path, desk: Desk) -> None:
    office(tmp_path / "pc", desk.monkeypatch, "linux")
    desk.monkeypatch.setattr(opening, "open_file", lambda _: False)
    said = desk("print", "beta")
    assert said.code == 1
    assert "no PDF viewer opened" in said.err and "Nothing was printed. Open it yourself" in said.err
    assert "opens in" not in said.out + said.err
    assert "actual size (100 %)" in said.out


# ------------------------------------------------------------- Windows
def test_windows_with_sumatra(tmp_path: Path, desk: Desk) -> None:
    pc = windows(tmp_path / "pc", desk.monkeypatch, ["HP Büro", "Zimmer 2"], "HP Büro")
    assert desk("print", "--list").out == "HP Büro  (the usual one)\nZimmer 2\n"
    said = desk("print", "beta", "--printer", "zimmer 2", "--copies", "2", "--paper", "a4", "--duplex")
    assert said.code == 0
    (job,) = pc.jobs
    assert job.words == [
        *("-print-to", "Zimmer 2", "-print-settings", "2x,simplex,noscale,paper=A4", "-silent"),
        str(desk.out / "beta-a4-flat.pdf"),
    ]
    assert pc.viewed == []


def test_windows_as_a_booklet(tmp_path: Path, desk: Desk, temporary: Path) -> None:
    pc = windows(tmp_path / "pc", desk.monkeypatch, ["HP Büro"])
    desk("print", "--pdf", made.pdf(tmp_path / "plan.pdf", 4), "--booklet")
    (job,) = pc.jobs
    assert job.words[:5] == [
        "-print-to",
        "HP Büro",
        "-print-settings",
        "1x,duplexshort,noscale,paper=letter",
        "-silent",
    ]
    assert list(temporary.iterdir()) == []


def test_windows_whose_printers_are_unknown(tmp_path: Path, desk: Desk) -> None:
    pc = windows(tmp_path / "pc", desk.monkeypatch, ["HP"])
    pc.answers("powershell", code=1)
    assert desk("print", "beta").code == 0
    assert desk("print", "beta", "--printer", "Any").code == 0
    assert [job.words[0] for job in pc.jobs] == ["-print-to-default", "-print-to"]


def test_windows_without_sumatra(tmp_path: Path, desk: Desk) -> None:
    pc = windows(tmp_path / "pc", desk.monkeypatch, ["HP", "Zimmer 2"], "HP", sumatra=False)
    said = desk("print", "beta")
    assert said.code == 0
    assert pc.viewed == [str(desk.out / "beta-flat.pdf")]
    assert "SumatraPDF was not found" in said.out
    assert "printer HP; paper Letter; actual size (100 %)" in said.out
    assert "sumatrapdfreader.org" in said.out
    assert desk("print", "beta", "--printer", "HQ").code == 2


def test_sumatra_that_fails(tmp_path: Path, desk: Desk) -> None:
    pc = windows(tmp_path / "pc", desk.monkeypatch, ["HP"])
    pc.plan(code=1)
    said = desk("print", "beta")
    assert said.code == 1
    assert "printer HP: SumatraPDF could not print it (exit code 1)" in said.err
