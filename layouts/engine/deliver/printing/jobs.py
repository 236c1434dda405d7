"""What a printer is asked for, and how each program wants to be told. Pure functions: nothing is run here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from .printers import Way

Sides = Literal["one-sided", "two-sided-long-edge", "two-sided-short-edge"]
CUPS_MEDIA = {"letter": "Letter", "a4": "A4", "tabloid": "Tabloid", "a3": "A3"}
SUMATRA_PAPER = {"letter": "letter", "a4": "A4", "tabloid": "tabloid", "a3": "A3"}
SUMATRA_SIDES = {
    "one-sided": "simplex",
    "two-sided-long-edge": "duplexlong",
    "two-sided-short-edge": "duplexshort",
}
SAID_SIDES = {
    "one-sided": "on one side",
    "two-sided-long-edge": "on both sides, flipped on the long edge",
    "two-sided-short-edge": "on both sides, flipped on the short edge",
}
SAID_PAPER = {"letter": "Letter", "a4": "A4", "tabloid": "Tabloid", "a3": "A3"}


@dataclass(frozen=True)
class Ticket:
    """One file to be printed. `paper` is a name of `PAPERS`, or None for whatever the printer holds;
    `fit` scales the pages to the paper, which is otherwise not done. `title` is what the printer's queue shows.
    """

    file: Path
    title: str
    printer: str | None = None
    copies: int = 1
    sides: Sides = "two-sided-long-edge"
    paper: str | None = None
    fit: bool = False


def words(way: Way, ticket: Ticket) -> list[str]:
    """The command line that prints the ticket's file."""
    return lp_words(way.program, ticket) if way.kind == "lp" else sumatra_words(way.program, ticket)


def lp_words(program: str, ticket: Ticket) -> list[str]:
    """For CUPS's lp: `-d` printer, `-n` copies, `-t` title, and IPP's names of the settings."""
    settings = [f"sides={ticket.sides}"]
    if ticket.paper:
        settings.append(f"media={CUPS_MEDIA[ticket.paper]}")
    settings.append(f"print-scaling={'fit' if ticket.fit else 'none'}")
    if ticket.copies > 1:
        settings.append("collate=true")  # else all first pages come out, then all second ones
    return [
        program,
        *(["-d", ticket.printer] if ticket.printer else []),
        *("-n", str(ticket.copies), "-t", ticket.title),
        *(word for setting in settings for word in ("-o", setting)),
        *("--", str(ticket.file)),
    ]


def sumatra_words(program: str, ticket: Ticket) -> list[str]:
    """For SumatraPDF, which prints, says nothing, and ends with an exit code."""
    settings = [f"{ticket.copies}x", SUMATRA_SIDES[ticket.sides], "fit" if ticket.fit else "noscale"]
    if ticket.paper:
        settings.append(f"paper={SUMATRA_PAPER[ticket.paper]}")
    where = ["-print-to", ticket.printer] if ticket.printer else ["-print-to-default"]
    return [program, *where, "-print-settings", ",".join(settings), "-silent", str(ticket.file)]


def by_hand(ticket: Ticket) -> str:
    """The settings to choose in a viewer's own print window."""
    chosen = [f"printer {ticket.printer}"] if ticket.printer else []
    if ticket.copies > 1:
        chosen.append(f"{ticket.copies} copies, collated")
    if ticket.paper:
        chosen.append(f"paper {SAID_PAPER[ticket.paper]}")
    chosen.append("fit to the paper" if ticket.fit else "actual size (100 %)")
    chosen.append(SAID_SIDES[ticket.sides])
    return "; ".join(chosen)
