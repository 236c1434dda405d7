"""Colours computed from a brand, and how styles.yaml is put together."""

from __future__ import annotations

import pytest

from layouts.engine.draw.colours import contrast, palette
from layouts.engine.draw.fonts import Faces
from layouts.engine.draw.styles import EDITIONS, _merge, layouts, look

BRAND = {"primary": "#13808F", "accent": "#E4572E", "ink": "#1D2B36"}
PAIRS = tuple(BRAND.items())


def hexadecimal(colour: tuple[float, float, float]) -> str:
    """A colour as clinic.yaml writes it."""
    return "#" + "".join(f"{round(v * 255):02X}" for v in colour)


def test_a_recipe_takes_a_brand_colour_an_earlier_role_or_black_or_white() -> None:
    roles = palette(BRAND, {"a": {"of": "primary"}, "b": {"of": "a"}, "c": {"of": "white"}})
    assert [hexadecimal(roles[role]) for role in "abc"] == ["#13808F", "#13808F", "#FFFFFF"]


def test_a_recipe_mixes() -> None:
    roles = palette(BRAND, {"a": {"of": "black", "mix": "white", "by": 0.25}})
    assert roles["a"] == pytest.approx((0.25, 0.25, 0.25), abs=0.001)


def test_a_recipe_goes_no_further_than_the_contrast_asks() -> None:
    recipe = {"of": "accent", "toward": "black", "until": 4.5, "against": "white"}
    found = contrast(palette(BRAND, {"a": recipe})["a"], (1, 1, 1))
    assert 4.5 <= found < 4.8
    assert palette(BRAND, {"a": {**recipe, "until": 1.1}})["a"] == palette(BRAND, {"a": {"of": "accent"}})["a"]


def test_contrast_is_that_of_wcag() -> None:
    assert contrast((0, 0, 0), (1, 1, 1)) == pytest.approx(21)
    assert contrast((1, 1, 1), (0.4667, 0.4667, 0.4667)) == pytest.approx(4.48, abs=0.01)


def test_changes_lie_over_what_was_key_by_key() -> None:
    base = {"text": {"body": {"size": 12, "leading": 15}}, "colours": {"ink": {"of": "ink", "until": 7}}, "least": 10}
    merged = _merge(base, {"text": {"body": {"size": 18}}, "colours": {"ink": {"of": "black"}}})
    assert merged["text"]["body"] == {"size": 18, "leading": 15}
    assert merged["colours"]["ink"] == {"of": "black"}  # a recipe is one thing
    assert base["text"]["body"]["size"] == 12  # type: ignore[index]


def test_a_layout_changes_what_its_edition_changed() -> None:
    """standard, then the edition, then the layout, then the layout within that edition."""
    faces = Faces()
    looks = {(lay, ed): look(lay, ed, "tabloid" if lay == "poster" else "letter", PAIRS, faces)
             for lay in layouts() for ed in EDITIONS}  # fmt: skip
    assert looks["guide", "large-print"].text["body"].size == 18
    assert looks["poster", "standard"].text["title"].size == looks["poster", "large-print"].text["title"].size == 60
    assert looks["poster", "ink-saver"].colours["primary"] == (0, 0, 0)
    assert looks["guide", "ink-saver"].grey and not looks["guide", "standard"].grey
    assert looks["guide", "large-print"].colours == looks["guide", "standard"].colours


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("paper", ["letter", "a4", "tabloid", "a3"])
def test_a_poster_scales_with_its_paper_but_its_words_keep_their_least_size(paper: str, edition: str) -> None:
    made = look("poster", edition, paper, PAIRS, Faces())
    assert made.text["title"].size / 60 == pytest.approx(min(made.width / 792, made.height / 1224))
    assert min(style.size for style in made.text.values()) >= (16 if edition == "large-print" else 10.5)
