"""Which printers a computer has, and by which program it prints."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from layouts.engine.deliver.printing.printers import Printers, Way, default_of_cups, from_windows, printers, way
from tests.deliver.printing.office import cups, office, windows


# ------------------------------------------------------------- CUPS
def test_the_printers_of_cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = cups(tmp_path / "pc", monkeypatch, ["Back_Office", "Büro", "Desk"], "Büro")
    assert printers() == Printers(("Back_Office", "Büro", "Desk"), "Büro")
    assert way() == Way("lp", str(made.folder / "lp"))


def test_a_mac_prints_by_cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = cups(tmp_path / "pc", monkeypatch, ["Desk"])
    monkeypatch.setattr("layouts.engine.deliver.printing.system.sys.platform", "darwin")
    assert way() == Way("lp", str(made.folder / "lp"))
    assert printers() == Printers(("Desk",))


def test_a_paused_printer_of_cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cups(tmp_path / "pc", monkeypatch, ["Büro", "Desk"], stopped=["Büro"])
    assert printers() == Printers(("Büro", "Desk"), stopped=frozenset(["Büro"]))


@pytest.mark.parametrize(
    ("said", "usual"),
    [
        ("system default destination: Desk\n", "Desk"),
        ("destination système par défaut : Desk\n", "Desk"),
        ("Systemstandardziel: Desk/draft\n", "Desk/draft"),
        ("no system default destination\n", None),
        ("system default destination: Gone\n", None),
        ("", None),
    ],
)
def test_the_usual_printer_in_any_language(said: str, usual: str | None) -> None:
    assert default_of_cups(said, ("Desk", "Desk/draft")) == usual


def test_without_cups_there_is_no_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = office(tmp_path / "pc", monkeypatch, "linux")
    assert way() is None
    assert printers() == Printers(known=False)
    made.prints_by("lp")  # some other program of that name: CUPS's comes with lpstat
    assert way() is None


def test_cups_that_does_not_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = cups(tmp_path / "pc", monkeypatch, ["Desk"])
    made.answers("lpstat", code=1)
    assert printers() == Printers(known=False)


# ------------------------------------------------------------- Windows
def test_the_printers_of_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = windows(tmp_path / "pc", monkeypatch, ["Zimmer", "büro 2", r"\\server\Empfang"], "büro 2")
    assert printers() == Printers((r"\\server\Empfang", "büro 2", "Zimmer"), "büro 2")
    assert way() == Way("sumatra", str(made.folder / "Local Data" / "SumatraPDF" / "SumatraPDF.exe"))


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("", Printers()),
        ("\r\n", Printers()),
        (json.dumps({"Name": "Desk", "Default": True}), Printers(("Desk",), "Desk")),
        (json.dumps({"Name": "Desk", "Default": None}), Printers(("Desk",))),
        (json.dumps([{"Name": "B", "Default": False}, {"Name": "a", "Default": True}]), Printers(("a", "B"), "a")),
        (
            json.dumps([{"Name": "Desk", "WorkOffline": True}, {"Name": "Hall", "ExtendedPrinterStatus": 8}]),
            Printers(("Desk", "Hall"), stopped=frozenset({"Desk", "Hall"})),
        ),
        (
            json.dumps({"Name": "Desk", "Default": True, "WorkOffline": False, "ExtendedPrinterStatus": 3}),
            Printers(("Desk",), "Desk"),
        ),
        (json.dumps([{"Name": None}, 7, {"Name": "Desk"}]), Printers(("Desk",))),
        ("Get-CimInstance : Access denied", Printers(known=False)),
    ],
)
def test_what_powershell_says(said: str, known: Printers) -> None:
    assert from_windows(said) == known


def test_windows_without_powershell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = windows(tmp_path / "pc", monkeypatch, ["Desk"])
    (made.folder / "powershell").unlink()
    assert printers() == Printers(known=False)


def test_the_question_to_windows_has_no_quotation_marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = windows(tmp_path / "pc", monkeypatch, [])
    made.program("powershell", f'#!/bin/sh\nprintf "%s" "$*" > "{made.folder}/asked"\n')
    assert printers() == Printers()
    asked = (made.folder / "asked").read_text()
    assert asked.startswith("-NoProfile -NonInteractive -Command [Console]::OutputEncoding")
    assert '"' not in asked
    assert "'" not in asked


@pytest.mark.parametrize(
    ("variable", "name"),
    [
        ("LOCALAPPDATA", "SumatraPDF.exe"),
        ("ProgramFiles", "SumatraPDF.exe"),
        ("ProgramFiles(x86)", "SumatraPDF.exe"),
        ("ProgramFiles", "SumatraPDF-3.5.2-64.exe"),
    ],
)
def test_where_sumatra_is_looked_for(variable: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = windows(tmp_path / "pc", monkeypatch, ["Desk"], sumatra=False)
    assert way() is None
    monkeypatch.setenv(variable, str(made.folder / "Program Files"))
    program = made.prints_by(f"Program Files/SumatraPDF/{name}")
    assert way() == Way("sumatra", str(program))


def test_sumatra_on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = windows(tmp_path / "pc", monkeypatch, ["Desk"])
    program = made.prints_by("SumatraPDF")
    assert way() == Way("sumatra", str(program))


# ------------------------------------------------------------- names
def test_names_however_they_are_capitalized() -> None:
    known = Printers(("Desk", "desk", "BÜRO"))
    assert known.named("desk") == "desk"
    assert known.named("DESK") == "Desk"
    assert known.named("büro") == "BÜRO"
    assert known.named("door") is None
