"""Cards of exercise sheets: what they are in the tree of a finished PDF."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest

from layouts.engine.deliver.press import Press
from layouts.engine.draw.document import Edition
from layouts.engine.read.handout import read_handout
from layouts.engine.read.library import Library, Root
from tests.pages import tagtree
from tests.pages.printed import HANDOUTS


@pytest.mark.parametrize("edition", ["standard", "large-print"])
def test_the_names_of_cards_are_headings_of_one_level(edition: str) -> None:
    """Also where a wide drawing makes all drawings of the sheet smaller: the large print of this sheet."""
    library = Library([Root(HANDOUTS, "handouts")])
    made = Press(library).make(read_handout(library, "gym-ball-core"), Edition("list", edition, "letter"))
    tree = tagtree.Tagged(pikepdf.open(BytesIO(made.data))).root
    below = [node.role for node in tree.walk() if node.role in ("H2", "H3", "H4", "H5")]
    assert below.count("H2") >= 4
    assert below.count("H3") == 2, "the two of the warning box"
    assert set(below) == {"H2", "H3"}
