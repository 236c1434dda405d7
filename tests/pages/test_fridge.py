"""The fridge sheet: one page whatever happens, with drawings as large as they fit, or a plain word about what fits."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from layouts.engine.problems import ContentError

from . import checkers, layout, tagtree
from .printed import EDITIONS
from .programmes import CORE, core, items, made
from .tagtree import Tagged


def overflow(**fields: object) -> str:
    """What is said of a sheet that is too full."""
    with pytest.raises(ContentError) as caught:
        made("fridge", **fields)  # type: ignore[arg-type]
    return str(caught.value.problems[0])


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("checker", checkers.CHECKERS)
def test_it_conforms(edition: str, checker: str, tmp_path: Path) -> None:
    assert checkers.findings(checker, core("fridge", edition).data, tmp_path) == []


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize(("count", "paper"), [(1, "letter"), (3, "a4"), (4, "letter"), (5, "a4")])
def test_it_is_one_whole_page(edition: str, paper: str, count: int) -> None:
    pdf = core("fridge", edition, paper, count).pdf
    assert len(pdf.pages) == 1
    assert layout.problems(pdf) == []
    assert tagtree.problems(pdf) == []


def test_eight_exercises_fit_with_all_their_drawings() -> None:
    tagged = Tagged(core("fridge", count=8).pdf)
    figures = [node for node in tagged.root.walk() if node.role == "Figure"]
    assert len(tagged.pages) == 1
    assert len(figures) == 8
    assert layout.problems(tagged.pdf) == []


def test_nine_do_not_and_it_says_so() -> None:
    assert re.sub(r"^.*?: ", "", overflow(exercises=items([*CORE, "band-row"]))) == (
        "the fridge sheet does not fit on one page of letter paper in the standard edition: 8 of 9 exercises do\n"
        "    Take another layout for the others, such as cards-4, or make two programmes of it."
    )


def test_in_large_print_fewer_fit() -> None:
    assert re.search(r"in the large-print edition: [4-7] of 8 exercises do", overflow(
        edition="large-print", exercises=items(CORE)
    ))  # fmt: skip


def test_fewer_exercises_have_larger_drawings() -> None:
    def widest(count: int) -> float:
        tagged = Tagged(core("fridge", count=count).pdf)
        boxes = [a.BBox for node in tagged.root.walk() if node.role == "Figure" for a in node.obj.A if "/BBox" in a]
        return max(float(box[2]) - float(box[0]) for box in boxes)

    assert widest(1) > widest(4) > widest(8)


def test_it_is_read_in_order() -> None:
    tagged = Tagged(core("fridge", count=4).pdf)
    said = " ".join(" ".join(tagged.words()).split())
    names = ["My 4 exercises", "Once a day", "Pelvic tilt", "2 sets of 10", "Dead bug", "Bridge", "Bird dog"]
    found = [said.index(name) for name in names]
    assert found == sorted(found)


def test_no_programme_loses_its_drawings() -> None:
    assert core("fridge", count=8).pdf is not None
    doses = items(CORE[:6], sets=3, repetitions=12, side="alternate")
    tagged = Tagged(made("fridge", exercises=doses).pdf)
    assert len([node for node in tagged.root.walk() if node.role == "Figure"]) == 6
