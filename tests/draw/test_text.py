"""Lines of text: no wider than they may be, nothing lost, and set as a careful typesetter would."""

from __future__ import annotations

import random

import pytest

from layouts.engine.draw.fonts import Faces
from layouts.engine.draw.styles import TextStyle
from layouts.engine.draw.text import SetLine, set_lines, words_width
from layouts.engine.merge.blocks import Span

FACES = Faces()
BODY = TextStyle("text", 12, 15, (0, 0, 0), bold="text-bold")
TITLE = TextStyle("display-bold", 32, 38, (0, 0, 0), bold="display-bold", tracking=-0.4)
TEXT = "walk slowly and rest when your back hurts because gentle movement keeps the joints supple in 10 days"
WORDS = TEXT.split()


def setting(text: str, width: float, style: TextStyle = BODY) -> tuple[SetLine, ...]:
    return set_lines((Span(text),), style, FACES, width)


def texts(lines: tuple[SetLine, ...]) -> list[str]:
    return ["".join(fragment.text for fragment in line.fragments) for line in lines]


def real_width(line: SetLine, style: TextStyle) -> float:
    """The width as the page shows it, fragment by fragment; a space at the end is not seen."""
    parts = [(fragment.text, fragment.font) for fragment in line.fragments]
    parts[-1] = (parts[-1][0].rstrip(" "), parts[-1][1])
    return sum(words_width(text, font, style, FACES) for text, font in parts)


def prose(seed: int) -> tuple[Span, ...]:
    """Words of which some are bold and some are links."""
    pick = random.Random(seed)
    count = pick.randint(12, 60)
    spans = []
    for i in range(count):
        text = pick.choice(WORDS) + (" " if i < count - 1 else ".")
        spans.append(Span(text, bold=pick.random() < 0.2, href="https://a.org" if pick.random() < 0.1 else ""))
    return tuple(spans)


@pytest.mark.parametrize("style", [BODY, TITLE], ids=["body", "title"])
@pytest.mark.parametrize("width", [90, 150, 230, 430])
def test_lines_stay_within_the_measure_and_lose_no_word(width: int, style: TextStyle) -> None:
    for seed in range(20):
        spans = prose(seed)
        lines = set_lines(spans, style, FACES, width)
        for line in lines:
            assert real_width(line, style) <= width + 0.5
        broken = "".join(texts(lines))
        assert broken.rstrip() == "".join(span.text for span in spans)


def test_a_line_says_how_wide_it_is() -> None:
    for line in setting(" ".join(WORDS * 3), 200):
        assert line.width == pytest.approx(real_width(line, BODY), abs=0.01)


@pytest.mark.parametrize("width", [150, 230, 330, 430])
def test_no_short_word_stands_alone_on_the_last_line(width: int) -> None:
    for seed in range(40):
        lines = set_lines(prose(seed), BODY, FACES, width)
        last = texts(lines)[-1].split()
        assert len(last) > 1 or lines[-1].width >= 0.25 * width, texts(lines)[-2:]


def test_lines_are_even() -> None:
    """Against filling every line as far as it goes: the shortest of the lines before the last is longer."""
    text = "Small changes can make running easier on your back and on both of your tired and aching knees"
    lines = setting(text, 200)
    assert min(line.width for line in lines[:-1]) >= min(map(len_of, greedy(text, 200)[:-1]))


def len_of(text: str) -> float:
    return words_width(text, "text", BODY, FACES)


def greedy(text: str, width: float) -> list[str]:
    lines = [""]
    for word in text.split():
        more = f"{lines[-1]} {word}".strip()
        if len_of(more) <= width:
            lines[-1] = more
        else:
            lines.append(word)
    return lines


def test_words_are_broken_only_when_no_line_can_hold_them() -> None:
    whole = texts(setting("A physiotherapist helps", len_of("physiotherapist") + 1))
    assert [line.strip() for line in whole] == ["A", "physiotherapist", "helps"]
    broken = texts(setting("A physiotherapist helps", len_of("physiotherapist") - 1))
    assert broken[1] == "physiotherapis" and "".join(broken).split() == ["A", "physiotherapist", "helps"]


def test_hyphenated_words_and_addresses_break_where_people_expect_it() -> None:
    lines = [line.strip() for line in texts(setting("well-being", len_of("being") + 2))]
    assert lines == ["well-", "being"]
    assert texts(setting("10-12", len_of("10-12") + 1)) == ["10-12 "]


def test_a_no_break_space_keeps_words_on_one_line() -> None:
    width = len_of("Call (206) 555-0142") - 1
    assert [line.strip() for line in texts(setting("Call (206)\u00a0555-0142", width))] == [
        "Call",
        "(206)\u00a0555-0142",
    ]


def test_every_line_ends_with_a_space_for_those_who_listen() -> None:
    assert all(line.endswith(" ") for line in texts(setting(" ".join(WORDS * 4), 150)))


def test_nothing_is_one_empty_line() -> None:
    assert set_lines((), BODY, FACES, 100) == (SetLine((), 0),)


def test_what_a_font_lacks_another_draws() -> None:
    runs = FACES.runs("Nguyễn ≥ 2", "display")
    assert isinstance(runs, tuple)
    assert "".join(text for text, _ in runs) == "Nguyễn ≥ 2"
    for text, font in runs:
        assert all(ord(char) in font.face.charToGlyph for char in text)
    assert FACES.lacks("Nguyễn ≥ 2 \u00a0", "display") == ""
    assert FACES.lacks("a\U0001f600b\u2611", "text") == "\u2611\U0001f600"
