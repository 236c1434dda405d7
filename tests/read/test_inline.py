"""The markup inside a sentence: bold, links, terms. All else prints as itself."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial

import pytest

from layouts.engine.problems import ContentError, Place
from layouts.engine.read.inline import _SIMPLE, _SPECIAL, SPACE, Span, Text, _merge, _simple, _walk, check_terms, parse
from tests.cost import cpu

HERE = Place("x.yaml", 3, 8)
Said = Callable[[Callable[[], object]], str]


def spans(source: str) -> tuple[Span, ...]:
    return parse(source, HERE).spans


def test_bold() -> None:
    assert spans("Move **slowly** now") == (Span("Move "), Span("slowly", bold=True), Span(" now"))


@pytest.mark.parametrize("href", ["https://a.org/x?a=1&b=2", "http://a.org", "mailto:me@a.org", "tel:+1-206-555-0142"])
def test_a_link(href: str) -> None:
    assert spans(f"See [our page]({href}).") == (Span("See "), Span("our page", href=href), Span("."))


def test_bold_and_links_inside_each_other() -> None:
    assert spans("**[a](https://a.org)**") == (Span("a", bold=True, href="https://a.org"),)
    assert spans("[**a** b](https://a.org)") == (
        Span("a", bold=True, href="https://a.org"),
        Span(" b", href="https://a.org"),
    )


def test_a_term() -> None:
    assert spans("your [core](term:core)") == (Span("your "), Span("core", term="core"))


@pytest.mark.parametrize(
    "source",
    [
        "a < b > c <b>d</b> <!-- e --> <https://a.org>",
        "&amp; &lt; &#65; AT&T",
        "{{ x }} {% y %} {# z #}",
        "]]> <![CDATA[",
        "`code` ``",
        "*one star* and * another",
        "2 ** 3 ** 4",
        "**never closed",
        "_a_ __b__ snake_case_name",
        r"C:\temp \* \[x\] \\server \ end" + "\\",
        "![",
        "[x] [x][y] [x]: y",
        "# heading",
        "- no list",
        "1. no list",
        "https://a.org",
        "“curly” 'straight' -- ...",
        "~~a~~ | b | ^c^",
    ],
)
def test_all_else_prints_as_itself(source: str) -> None:
    assert parse(source, HERE).plain == source
    assert not any(span.bold or span.href or span.term for span in spans(source))


def test_white_space_becomes_one_space_but_a_no_break_space_stays() -> None:
    assert parse("  a \n\t b\u00a0c ", HERE).plain == "a b\u00a0c"


def test_nothing_is_falsy() -> None:
    assert not parse("  ", HERE)
    assert parse("a", HERE)
    assert str(parse("a **b**", HERE)) == "a b"


@pytest.mark.parametrize(
    "href",
    [
        "",
        "x",
        "#x",
        "//a.org",
        "https://",
        "javascript:alert(1)",
        "JAVASCRIPT:x",
        "file:///x",
        "term:",
        "mailto:",
        "tel:",
    ],
)
def test_a_link_that_leads_nowhere(href: str, said: Said) -> None:
    assert said(lambda: parse(f"[words]({href})", HERE)).startswith(
        f'x.yaml, line 3: the link "{href}" of "words" leads nowhere'
    )


@pytest.mark.parametrize(
    "source", ["[](https://a.org)", "[ ](https://a.org)", "[](term:core)", "a [](https://a.org) b"]
)
def test_a_link_without_words(source: str, said: Said) -> None:
    assert "has no words" in said(lambda: parse(source, HERE))


@pytest.mark.parametrize("source", ["[a](https://a b)", "[a](my page)", "[a](https://a.org", "a](https://a.org)"])
def test_a_link_that_is_none(source: str, said: Said) -> None:
    assert "cannot be read as a link" in said(lambda: parse(source, HERE))


def test_every_unknown_term_is_named(said: Said) -> None:
    text = parse("[a](term:cor) [b](term:core) [c](term:zzz)", HERE)
    assert said(lambda: check_terms(text, {"core"})) == (
        'x.yaml, line 3: the glossary has no term "cor"\n    Did you mean "core"?\n'
        'x.yaml, line 3: the glossary has no term "zzz"\n    Possible here: core.'
    )


@pytest.mark.parametrize(
    "piece", ["[", "]", "*", "**", "[a](", "[a](https://a.org) ", "**a ", "\\", "<", "[[a]", "](("]
)
def test_markup_without_end_is_quick(piece: str) -> None:
    def read(text: str) -> None:
        try:
            parse(text, HERE)
        except ContentError as error:
            assert len(str(error)) < 300

    for count in (4900 // len(piece), 300_000):
        assert cpu(partial(read, piece * count)) < 1


def test_random_markup_is_text_or_a_problem() -> None:
    rng = random.Random(1)
    pieces = [
        "[",
        "]",
        "(",
        ")",
        "*",
        "**",
        "_",
        "!",
        "\\",
        "<",
        ">",
        "`",
        "&amp;",
        " ",
        "a",
        "term:b",
        "https://a.b",
        ":",
        "'",
    ]
    for _ in range(2000):
        source = "".join(rng.choices(pieces, k=rng.randrange(1, 16)))
        try:
            text = parse(source, HERE)
        except ContentError:
            continue
        assert isinstance(text, Text)
        assert all(span.text for span in text.spans)


def test_simple_markup_is_read_as_the_parser_reads_it() -> None:
    marks = ("**b c**", "**b, c.**", "[a b](term:x)", "[a](https://a.b/c?d=1#e)", "**", "*", "[", "](", ")", "!")
    others = (" ", " ", "a", "B", "é", "1", "ª", ".", "?", "–", "“", "\\", "&amp;", "<", "`", "_", "\u00a0", "\u200b")
    chance, simple = random.Random(7), 0
    for _ in range(20_000):
        source = SPACE.sub(" ", "".join(chance.choices(marks + others, k=chance.randint(1, 10)))).strip(" ")
        if not _SPECIAL.search(_SIMPLE.sub("", source)):
            simple += 1
            assert _merge(_simple(source)) == _merge(_walk(source)), source
    assert simple > 1000
