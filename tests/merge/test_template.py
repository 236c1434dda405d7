"""What templates are given: printed quotation marks, explained terms, and fixed words filled in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from layouts.engine.merge import template
from layouts.engine.merge.template import Terms, Words, digits, phone, typographic
from layouts.engine.problems import Place
from layouts.engine.read.inline import parse
from layouts.engine.read.library import Library, Root
from layouts.engine.read.models import Glossary

HANDOUTS = Path(__file__).parents[2] / "handouts"
HERE = Place("here")


def words(language: str) -> Words:
    return Words(Library([Root(HANDOUTS, "handouts")]).wording(language, HERE)[0])


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('Say "rest" and "walk"', "Say “rest” and “walk”"),
        ("Don't stop", "Don’t stop"),
        ("The runners' knees", "The runners’ knees"),
        ("It is 'sore' today", "It is ‘sore’ today"),
        ("Back in the '90s", "Back in the ’90s"),
        ("Walk 5 minutes", "Walk 5\u00a0minutes"),
        ("Walk 30 minutes", "Walk 30\u00a0minutes"),
        ("In 2026 we moved", "In 2026 we moved"),
        ("10 Pier Street", "10 Pier Street"),
        ("re\u00adha\u00adbil a\u200bb", "rehabil ab"),
    ],
)
def test_straight_marks_are_printed_as_in_books(typed: str, printed: str) -> None:
    assert typographic(typed) == printed


def test_telephone_numbers() -> None:
    assert phone("(206) 555 0142") == "(206)\u00a0555\u00a00142"
    assert digits("+1 (206) 555-0142") == "+12065550142"


def terms(language: str = "en") -> Terms:
    meaning = {"en": parse("the muscles <of> your belly", HERE)}
    return Terms(Glossary(place=HERE, terms={"core": meaning}), language)


def test_a_term_is_explained_where_it_first_stands() -> None:
    known = terms()
    text = parse("Your [core](term:core) and your [core](term:core)", HERE)
    assert known.rich(text) == "Your <strong>core</strong> (the muscles &lt;of&gt; your belly) and your core"
    assert known.rich(text) == "Your core and your core"


def test_a_term_without_a_meaning_in_the_language_is_a_plain_word() -> None:
    assert terms("es").rich(parse("El [core](term:core)", HERE)) == "El core"


def test_content_cannot_write_markup() -> None:
    text = parse('<p> & **<b>** [x"y](https://a.org/?a=1&b=2)', HERE)
    assert terms().rich(text) == (
        '&lt;p&gt; &amp; <strong>&lt;b&gt;</strong> <a href="https://a.org/?a=1&amp;b=2">x&#34;y</a>'
    )
    assert terms().rich("<b> & c") == "&lt;b&gt; &amp; c"


def test_fixed_words_are_filled_in() -> None:
    english, spanish = words("en"), words("es")
    assert english.page(page=2, pages=3) == "Page 2\u00a0of 3"
    assert english.month(date(2026, 11, 23)) == "November 2026"
    assert english.day(date(2026, 11, 3)) == "November 3, 2026"
    assert spanish.month(date(2026, 11, 23)) == "noviembre de 2026"
    with pytest.raises(AttributeError):
        english.no_such_words()
    with pytest.raises(KeyError):
        english.page(page=2)


def test_a_template_is_strict_about_names_and_cannot_reach_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jinja2 import FileSystemLoader
    from jinja2.exceptions import SecurityError

    env = template.environment()
    monkeypatch.setattr(env, "loader", FileSystemLoader(tmp_path))
    for name, source in (("a", "{{ nobody }}"), ("b", "{{ words.__class__.__mro__ }}")):
        (tmp_path / name).write_text(source, encoding="utf-8")
        with pytest.raises((UndefinedError, SecurityError)):
            template.render(name, {}, words("en"), terms())
