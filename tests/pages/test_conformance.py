"""Finished handouts conform to PDF/UA-1 and PDF/A-2a, by three checkers that others wrote and by our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from layouts.engine.draw.styles import layouts
from layouts.engine.problems import ContentError

from . import checkers, tagtree
from .printed import EDITIONS, GUIDES, PACKS, PROGRAMMES, Printed, everything, shipped

HANDFUL = [
    ("running-and-back-pain", "guide", "standard", "letter"),
    ("running-and-back-pain", "guide", "large-print", "a4"),
    ("back-pain-and-balance", "guide", "ink-saver", "letter"),
    ("running-and-back-pain", "poster", "standard", "tabloid"),
    ("back-pain-and-sleep", "poster", "ink-saver", "a3"),
    ("core-for-runners-1", "list", "standard", "letter"),
    ("core-for-runners-1", "cards-4", "ink-saver", "a4"),
    ("core-for-runners-1", "cards", "large-print", "letter"),
    ("running-pack", "pack", "standard", "letter"),
]
KINDS = {"guide": GUIDES, "programme": PROGRAMMES, "pack": PACKS}
MATRIX = [
    (handout, layout.name, edition, paper)
    for layout in layouts().values()
    for handout in KINDS[layout.kind]
    for edition in EDITIONS
    for paper in layout.papers
]
every_checker = pytest.mark.parametrize("checker", [*checkers.CHECKERS, "ours"])


def said(checker: str, handout: Printed, folder: Path) -> list[str]:
    if checker == "ours":
        return tagtree.problems(handout.pdf)
    return checkers.findings(checker, handout.data, folder)


@every_checker
@pytest.mark.parametrize("handout", HANDFUL, ids="-".join)
def test_handouts_conform(handout: tuple[str, str, str, str], checker: str, tmp_path: Path) -> None:
    assert said(checker, shipped(*handout), tmp_path) == []


@every_checker
@pytest.mark.parametrize("edition", EDITIONS)
def test_a_guide_with_everything_conforms(edition: str, checker: str, tmp_path: Path) -> None:
    assert said(checker, everything(edition), tmp_path) == []


@pytest.mark.matrix
@pytest.mark.parametrize("handout", MATRIX, ids="-".join)
def test_every_handout_conforms(handout: tuple[str, str, str, str], tmp_path: Path) -> None:
    try:
        made = shipped(*handout)
    except ContentError as error:  # where a layout is one page by nature, it says how much fits
        said_ = str(error)
        assert layouts()[handout[1]].exactly, error
        assert "tips do" in said_ or "exercises do" in said_ or "has no large-print edition" in said_
        return
    assert [finding for checker in [*checkers.CHECKERS, "ours"] for finding in said(checker, made, tmp_path)] == []


def test_a_missing_checker_fails_on_a_build_server_and_skips_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkers, "find_spec", lambda _: None)
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="conformance was NOT checked"):
        checkers.findings("pdfua", b"", Path())
    monkeypatch.delenv("CI")
    with pytest.raises(pytest.skip.Exception, match="conformance was NOT checked"):
        checkers.findings("pdfua", b"", Path())
