"""What the printing programs are told, as tables. lp: CUPS's manual; SumatraPDF: its page of command-line arguments."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from layouts.engine.deliver.printing.jobs import Ticket, by_hand, lp_words, sumatra_words, words
from layouts.engine.deliver.printing.printers import Way
from layouts.engine.draw.styles import PAPERS

FILE = Path("/päth with spaces/beta.pdf")
PLAIN = Ticket(FILE, "beta", "Desk", paper="letter")


@pytest.mark.parametrize(
    ("ticket", "told"),
    [
        (PLAIN, "-d Desk -n 1 -t beta -o sides=two-sided-long-edge -o media=Letter -o print-scaling=none"),
        (
            replace(PLAIN, copies=12, sides="one-sided", paper="a4"),
            "-d Desk -n 12 -t beta -o sides=one-sided -o media=A4 -o print-scaling=none -o collate=true",
        ),
        (
            replace(PLAIN, sides="two-sided-short-edge", paper="tabloid"),
            "-d Desk -n 1 -t beta -o sides=two-sided-short-edge -o media=Tabloid -o print-scaling=none",
        ),
        (
            replace(PLAIN, paper="a3", fit=True),
            "-d Desk -n 1 -t beta -o sides=two-sided-long-edge -o media=A3 -o print-scaling=fit",
        ),
        (
            replace(PLAIN, printer=None, paper=None, fit=True),
            "-n 1 -t beta -o sides=two-sided-long-edge -o print-scaling=fit",
        ),
    ],
)
def test_lp(ticket: Ticket, told: str) -> None:
    assert lp_words("/usr/bin/lp", ticket) == ["/usr/bin/lp", *told.split(), "--", str(FILE)]


@pytest.mark.parametrize(
    ("ticket", "where", "settings"),
    [
        (PLAIN, ["-print-to", "Desk"], "1x,duplexlong,noscale,paper=letter"),
        (replace(PLAIN, copies=2, paper="a4"), ["-print-to", "Desk"], "2x,duplexlong,noscale,paper=A4"),
        (replace(PLAIN, sides="one-sided", paper="a3"), ["-print-to", "Desk"], "1x,simplex,noscale,paper=A3"),
        (
            replace(PLAIN, sides="two-sided-short-edge", paper="tabloid"),
            ["-print-to", "Desk"],
            "1x,duplexshort,noscale,paper=tabloid",
        ),
        (replace(PLAIN, paper=None, fit=True), ["-print-to", "Desk"], "1x,duplexlong,fit"),
        (replace(PLAIN, printer=None), ["-print-to-default"], "1x,duplexlong,noscale,paper=letter"),
        (replace(PLAIN, printer=r"\\server\Büro 2"), ["-print-to", r"\\server\Büro 2"],
         "1x,duplexlong,noscale,paper=letter"),
    ],
)  # fmt: skip
def test_sumatra(ticket: Ticket, where: list[str], settings: str) -> None:
    program = r"C:\SumatraPDF.exe"
    assert sumatra_words(program, ticket) == [program, *where, "-print-settings", settings, "-silent", str(FILE)]


def test_the_way_decides_how_it_is_told() -> None:
    assert words(Way("lp", "/bin/lp"), PLAIN)[:2] == ["/bin/lp", "-d"]
    assert words(Way("sumatra", "S.exe"), PLAIN)[:2] == ["S.exe", "-print-to"]


@pytest.mark.parametrize("paper", PAPERS)
def test_every_paper_of_a_layout_has_a_name_for_each_program(paper: str) -> None:
    ticket = replace(PLAIN, paper=paper)
    assert f"media={paper.title()}" in lp_words("lp", ticket)
    assert f"paper={paper}" in sumatra_words("s", ticket)[4].lower()
    assert f"paper {paper.title()}" in by_hand(ticket)


@pytest.mark.parametrize(
    ("ticket", "said"),
    [
        (PLAIN, "printer Desk; paper Letter; actual size (100 %); on both sides, flipped on the long edge"),
        (
            replace(PLAIN, printer=None, copies=3, paper="a4", sides="two-sided-short-edge"),
            "3 copies, collated; paper A4; actual size (100 %); on both sides, flipped on the short edge",
        ),
        (
            replace(PLAIN, printer=None, paper=None, fit=True, sides="one-sided"),
            "fit to the paper; on one side",
        ),
    ],
)
def test_what_to_choose_by_hand(ticket: Ticket, said: str) -> None:
    assert by_hand(ticket) == said
