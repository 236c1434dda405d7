"""A small valid handout, and a clinic's folder laid over the shipped one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from layouts.engine.problems import ContentError
from layouts.engine.read.library import Library, Root

HANDOUTS = Path(__file__).parents[2] / "handouts"
GUIDE = """\
number: S1
title: Sample
version: "1.0"
written: 2026-11-23
review_due: 2027-11-23
purpose: To try things out.
who: You.
message: Move.
today: Walk.
parts:
  - text: Walk more.
red_flags: low-back
"""


@pytest.fixture
def guide() -> str:
    """The smallest guide."""
    return GUIDE


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    """A clinic's own folder with the smallest guide in it, guides/sample.yaml."""
    folder = tmp_path / "clinic"
    (folder / "guides").mkdir(parents=True)
    (folder / "wording").mkdir()
    (folder / "guides" / "sample.yaml").write_text(GUIDE, encoding="utf-8")
    return folder


@pytest.fixture
def library(overlay: Path) -> Library:
    """The clinic's folder over the shipped one."""
    return Library([Root(overlay, "clinic"), Root(HANDOUTS, "handouts")])


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A copy of the shipped content that may be spoilt."""
    return Path(shutil.copytree(HANDOUTS, tmp_path / "handouts"))


@pytest.fixture
def said() -> Callable[[Callable[[], object]], str]:
    """All problems of a call, as they are printed."""

    def listen(call: Callable[[], object]) -> str:
        with pytest.raises(ContentError) as caught:
            call()
        return "\n".join(map(str, caught.value.problems))

    return listen
