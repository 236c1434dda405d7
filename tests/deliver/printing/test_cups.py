"""Through a real CUPS to virtual printers, to the number of pages that arrive."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NoReturn

import click
import pytest

from tests.deliver.desk import Desk, change
from tests.deliver.printing import made
from tests.deliver.printing.virtual_printer import Cups, NotRunningError, missing, virtual_printers

pytestmark = pytest.mark.cups


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cups]:
    """A CUPS with two printers, to which this process prints."""
    if lacking := missing():
        without(lacking)
    for variable in ("LPDEST", "PRINTER"):
        monkeypatch.delenv(variable, raising=False)
    with ExitStack() as stack:
        try:
            cups = stack.enter_context(virtual_printers(("Back_Office", "Desk"), usual="Desk"))
        except NotRunningError as error:
            without(str(error))
        monkeypatch.setenv("CUPS_SERVER", cups.server)
        monkeypatch.setattr(click, "launch", lambda path: pytest.fail(f"{path} was opened"))
        yield cups


def without(lacking: str) -> NoReturn:
    """Skips, and says so; where CUPS is required that is a failure."""
    if os.environ.get("HANDOUTS_CUPS") == "required":
        pytest.fail(f"printing cannot be tested: {lacking}")
    pytest.skip(f"PRINTING IS NOT TESTED: {lacking}")


def test_the_printers(office: Cups, desk: Desk) -> None:
    assert desk("print", "--list").out == "Back_Office\nDesk  (the usual one)\n"
    assert office.spooled() == 0


def test_a_handout_arrives_page_for_page(office: Cups, desk: Desk) -> None:
    change(desk.guide("beta"), "parts:\n", "parts:\n" + "  - text: Walk a little more.\n" * 60)
    said = desk("print", "beta")
    assert said.code == 0, said.err
    (job,) = office.arrived(1)
    whole = made.words(desk.out / "beta-flat.pdf")
    assert len(whole) > 1
    assert [" ".join(words.split()) for words in job.words] == whole
    assert set(job.sizes) == {(612, 792)}
    assert (job.printer, job.title) == ("Desk", "beta")
    assert {"sides=two-sided-long-edge", "media=Letter", "print-scaling=none"} < set(job.options)


def test_copies_paper_and_one_side(office: Cups, desk: Desk, tmp_path: Path) -> None:
    file = made.pdf(tmp_path / "Plan Ω.pdf", 3, made.A4)
    said = desk("print", "--pdf", file, "--copies", "2", "--no-duplex", "--printer", "back_office")
    assert said.code == 0, said.err
    (job,) = office.arrived(1)
    assert [words.strip() for words in job.words] == ["page-1", "page-2", "page-3"] * 2
    assert all(size == pytest.approx(made.A4, abs=0.1) for size in job.sizes)
    assert job.printer == "Back_Office"
    assert {"sides=one-sided", "PageSize=A4"} < set(job.options)


def test_copies_on_both_sides_start_on_a_new_sheet(office: Cups, desk: Desk, tmp_path: Path) -> None:
    said = desk("print", "--pdf", made.pdf(tmp_path / "plan.pdf", 3), "--copies", "2")
    assert said.code == 0, said.err
    (job,) = office.arrived(1)
    assert [words.strip() for words in job.words] == [
        "page-1",
        "page-2",
        "page-3",
        "",
        "page-1",
        "page-2",
        "page-3",
        "",
    ]
    assert "Duplex=DuplexNoTumble" in job.options


def test_a_booklet(office: Cups, desk: Desk, tmp_path: Path) -> None:
    said = desk("print", "--pdf", made.pdf(tmp_path / "plan.pdf", 6), "--booklet")
    assert said.code == 0, said.err
    (job,) = office.arrived(1)
    assert [sorted(words.split()) for words in job.words] == [
        ["page-1"],
        ["page-2"],
        ["page-3", "page-6"],
        ["page-4", "page-5"],
    ]
    assert "Duplex=DuplexTumble" in job.options


def test_several_handouts_are_several_jobs(office: Cups, desk: Desk) -> None:
    assert desk("print", "gamma", "alpha", "--two-up").code == 0
    assert [job.title for job in office.arrived(2)] == ["gamma", "alpha"]


def test_a_printer_that_is_gone(office: Cups, desk: Desk) -> None:
    said = desk("print", "beta", "--printer", "Dek")
    assert said.code == 2
    assert 'there is no printer "Dek". Did you mean "Desk"?' in said.err
    assert office.arrived(0) == []


def test_a_paused_printer_is_told(office: Cups, desk: Desk) -> None:
    office.pause("Desk")
    assert desk("print", "--list").out == "Back_Office\nDesk  (the usual one, paused or off)\n"
    said = desk("print", "beta")
    assert said.code == 0
    assert "This printer is paused or off: the pages come out when it goes on." in said.err
    assert office.spooled() == 1
    assert desk("print", "beta", "--printer", "Back_Office").err == ""
