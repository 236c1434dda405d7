"""Which way words run: as the Unicode bidirectional algorithm says, and telephone numbers never backwards."""

from __future__ import annotations

import pytest
from bidi import get_display

from layouts.engine.draw.directions import levels_of, mirrored, visual
from layouts.engine.read.leftward import is_leftward, set_apart

ARABIC, HEBREW = "عمر حسن", "דניאל כהן"


def seen(text: str) -> str:
    """The text as it is seen from left to right, without turning brackets round."""
    return "".join(text[index] for index in visual(levels_of(text)))


@pytest.mark.parametrize(
    "text",
    [
        f"Call {ARABIC} at 5.", f"{ARABIC} (أبو علي).", f"Ask {HEBREW} (דן) today", "خذ 5 دقائق ثم استرح.",
        f"a {ARABIC} b {HEBREW} 12 c", "שלום 12.5% abc", "", "plain", "١٢٣ دقيقة",
    ],
)  # fmt: skip
def test_letters_stand_where_the_library_puts_them(text: str) -> None:
    assert seen(text) == get_display(text, base_dir="R" if is_leftward(text) else "L")


def test_several_words_among_others() -> None:
    assert seen("x אב גד 12 y") == "x 12 דג בא y"
    assert mirrored("(") == ")" and mirrored("א") == "א"


def test_a_telephone_number_is_never_turned_round() -> None:
    for number in ("206-555-0142", "(206) 555-0142", "+1 206 555 0142"):
        assert number in seen(f"اتصل بنا على {number} في أي وقت")
    assert "10-5" in seen("من 5-10 دقائق")  # a range among Arabic words is read leftward as they are


def test_which_paragraphs_run_leftward() -> None:
    assert is_leftward("خذ 5 دقائق (ibuprofen 200 mg) ثم استرح") and is_leftward(HEBREW)
    assert not is_leftward(f"Dr. {ARABIC}") and not is_leftward("O'Brien, 山田") and not is_leftward("12")
    assert not is_leftward(f"{ARABIC} is welcome to come and to bring a towel")


def test_a_name_that_is_set_apart_moves_nothing_around_it() -> None:
    assert set_apart("Łukasz") == "Łukasz"
    line = f"By: {set_apart('אב גד.')} · 23 May"
    assert seen(line).translate(dict.fromkeys((0x2068, 0x2069))) == "By: .דג בא · 23 May"
