"""A desk with exercises, a programme and a pack, and the PDFs of its patients."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest

from layouts.engine import cache
from tests.deliver.desk import PROJECT, Desk, Said, save

PROGRAMME = """\
number: S1
title: A made-up programme
version: "1.0"
written: 2026-01-05
reviewed: 2026-01-06
reviewed_by: Dr. Example
review_due: 2028-01-05
purpose: To try the desk.
goal: A strong back
dose: {times_a_day: 1, days_a_week: 5}
exercises:
  - exercise: bridge
  - {exercise: bird-dog, dose: {sets: 3}}
  - exercise: squat
quick: [bridge, squat]
red_flags: low-back
"""
PACK = """\
number: P1
title: A made-up pack
version: "1.0"
written: 2026-01-05
review_due: 2028-01-05
purpose: To try the desk.
message: Move a little.
contents: [{handout: alpha}, {handout: strong}]
"""
PEOPLE = """\
name,clinician,programme,drop,dose,next visit
"O'Brien, Anna",Dr. Lee,strong,squat,"bridge.sets=4, bird-dog.weekdays=mon,fri",2026-12-01
Nguyễn Thị Minh Khai,Dr. Lee,alpha,,,
Łukasz Żółć,,strong,"squat, bird-dog",,soon
"""


@dataclass
class Ward:
    """A desk whose patients' sheets go into a folder of its own."""

    desk: Desk
    folder: Path

    def __call__(self, *words: str | Path) -> Said:
        return self.desk(*words, "--out", self.folder)

    def sheet(self, *words: str | Path) -> tuple[Said, Path]:
        """The only sheet that a command line makes."""
        before = set(self.pdfs())
        said = self("personal", *words)
        assert said.code == 0, said.err
        (made,) = set(self.pdfs()) - before
        return said, made

    def pdfs(self) -> list[Path]:
        """All PDFs, oldest first."""
        return sorted(self.folder.glob("*.pdf"), key=lambda path: path.stat().st_mtime_ns)

    def file(self, name: str) -> Path:
        """A content file."""
        return self.desk.shipped / name


def table(text: str = PEOPLE, name: str = "people.csv") -> Path:
    """A table beside the user."""
    save(Path(name), text)
    return Path(name)


def many(count: int, programme: str = "alpha") -> Path:
    """A table of people with short names."""
    return table("name,programme\n" + "".join(f"Person {i:04d},{programme}\n" for i in range(count)))


def words(path: Path) -> str:
    """All words of a PDF on one line."""
    pdf = pypdfium2.PdfDocument(path)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())
    finally:
        pdf.close()


def plan_of(pdf: Path) -> Path:
    """The plan beside a PDF."""
    return pdf.with_suffix(".plan.yaml")


def everything_below(*folders: Path) -> Iterator[tuple[str, bytes]]:
    """The names and the bytes of all files below some folders."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield str(path), path.read_bytes()


def traces(text: str, *folders: Path) -> list[str]:
    """Files that have a text in their names or in their bytes, in any of the usual encodings."""
    wanted = [text.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    return [name for name, data in everything_below(*folders) if text in name or any(code in data for code in wanted)]


def cache_folder() -> Path:
    """Where this run keeps its work."""
    return Path(os.environ[cache.VARIABLE])


@pytest.fixture
def ward(desk: Desk, tmp_path: Path) -> Ward:
    """A ward; nobody sits before its screen."""
    shutil.copytree(PROJECT / "handouts" / "exercises", desk.shipped / "exercises")
    save(desk.shipped / "programmes" / "strong.yaml", PROGRAMME)
    save(desk.shipped / "packs" / "both.yaml", PACK)
    return Ward(desk, tmp_path / "patients")
