"""The bench is run by hand and could break unseen: a small run of it, and whether the yardsticks print what we do."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pypdfium2
import pytest

from tests.bench import costs, jobs, run
from tests.bench.jobs import Bench
from tests.bench.peers import peer_platypus
from tests.bench.peers.running import document, edited, source
from tests.bench.reading import check, letters, wanted


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """A bench with one peer, and our PDFs of its documents."""
    made = Bench(tmp_path_factory.mktemp("bench"), ("platypus",), sheets=1)
    made.ready(run.SHEET)
    made.call(made.one / "build.py", "pdf", *run.DOCUMENTS, "--out", made.out("J1-ours"))
    return made


def printed(path: Path) -> str:
    """All words of a PDF."""
    return " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))


@pytest.mark.parametrize("name", run.DOCUMENTS)
def test_a_peer_prints_the_words_that_we_print(bench: Bench, name: str) -> None:
    known = document(bench.handouts, name)
    ours, theirs = bench.out("J1-ours") / f"{name}.pdf", bench.work / f"{name}.pdf"
    peer_platypus.build(known, bench.fonts, theirs)
    assert "all words" in check(ours, wanted(known))
    assert "all words" in check(theirs, wanted(known))
    assert set(letters(printed(ours))) <= set(letters(printed(theirs))), "lines to write on may have no room in ours"


@pytest.mark.parametrize("name", run.DOCUMENTS)
def test_an_edit_changes_one_word(bench: Bench, name: str) -> None:
    path = source(bench.handouts, name)
    before, after = path.read_text(encoding="utf-8").split(), list(edited(path, 1))[1].split()
    assert [new for old, new in zip(before, after, strict=True) if old != new] == ["changedb"]


def test_a_word_that_is_missing_is_said(bench: Bench) -> None:
    found = check(bench.out("J1-ours") / f"{run.SHEET}.pdf", letters("Sitting zebra"))
    assert "LACKS {'zebra': 1}" in found


def test_a_merge_is_measured_and_read_back(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(jobs, "FEW", 1)
    monkeypatch.setattr(run, "FEW", 1)
    found = {name: [once()] for name, once in bench.j3(run.SHEET).items()}
    run.look(bench, "J3", run.SHEET, found)
    said = capsys.readouterr().out
    assert said.count("3 pages") == said.count("all words") == 2, said
    rows = list(run.compared("J3", run.SHEET, found))
    assert [row[:3] for row in rows] == [("J3", run.SHEET, "plain platypus")]


def test_our_whole_merge_is_measured(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "TWO", 2)
    cost = bench.two(run.SHEET)["one process"]()
    assert len(list(bench.out("two").glob("*.pdf"))) == 2
    assert cost.wall > 0


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="this system does not say how much memory a process held")
def test_the_peak_is_that_of_the_largest_process() -> None:
    code = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'x = bytearray([1]) * 80_000_000'])"
    peak = costs.peak_of([sys.executable, "-c", code], os.environ, Path())
    assert 80 < peak < 120, "what it holds and Python itself, and nothing of this process"


def test_a_command_that_fails_says_why() -> None:
    with pytest.raises(costs.FailedError, match="no such thing"):
        costs.spent([sys.executable, "-c", "raise SystemExit('no such thing')"], os.environ, Path())
