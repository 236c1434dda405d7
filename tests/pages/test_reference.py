"""Pages look as they did. A change that is meant is accepted with `python tests/pages/update.py`."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageChops

from . import references
from .printed import shipped


@pytest.mark.parametrize(("guide", "edition"), references.WORDS)
def test_every_word_stands_where_it_stood(guide: str, edition: str) -> None:
    file = references.word_file(guide, edition)
    if not file.exists():
        pytest.skip("a guide without a reference yet: run tests/pages/update.py")
    wanted = file.read_text(encoding="utf-8").splitlines()
    moved = references.differences(references.word_lines(shipped(guide, edition=edition)), wanted)
    shown = "\n  ".join(moved[:8])
    assert not moved, f"{len(moved)} words differ; the first (page x y size word):\n  {shown}"


@pytest.mark.parametrize("name", references.PAGES)
def test_a_page_looks_as_it_did(name: str, tmp_path: Path) -> None:
    found = references.picture(name)
    wanted = Image.open(references.FOLDER / f"{name}.png").convert("RGB")
    mean, share = references.unlike(found, wanted)
    if mean > 2.5 or share > 0.004:
        found.save(tmp_path / f"{name}.png")
        references.red_and_green(found, wanted).save(tmp_path / f"{name}-difference.png")
        pytest.fail(f"mean difference {mean:.2f}, {share:.2%} of all pixels: see {tmp_path}/{name}-difference.png")


def test_a_word_that_moves_or_changes_is_named() -> None:
    was = ["1 48 700 12 Walk", "1 80 700 12 more", "1 48 680 12 today"]
    assert references.differences(["1 48 701 12 Walk", "1 79 700 12 more", "1 48 680 12 today"], was) == []
    assert references.differences(["1 48 703 12 Walk", *was[1:]], was) == ["1 48 700 12 Walk  ->  1 48 703 12 Walk"]
    assert references.differences(["2 48 700 12 Walk", *was[1:]], was) == ["1 48 700 12 Walk  ->  2 48 700 12 Walk"]
    assert references.differences([was[0], "1 80 700 12 less", was[2]], was) == [
        "1 80 700 12 more  ->  1 80 700 12 less"
    ]
    assert references.differences(was[:2], was) == ["1 48 680 12 today  ->  nothing"]


def test_a_picture_that_changes_is_seen() -> None:
    page = references.picture("running-standard-1")
    moved = ImageChops.offset(page, 0, 2)
    mean, share = references.unlike(moved, page)
    assert mean > 2.5 and share > 0.004
    changed = references.red_and_green(moved, page)
    assert changed.size == page.size
    red, green, _ = changed.split()
    assert ImageChops.difference(red, green).getbbox()
