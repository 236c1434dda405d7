"""Markup: what templates write becomes blocks, and what is no markup is refused in words that help a designer."""

from __future__ import annotations

import pytest

from layouts.engine.merge.blocks import H1, Callout, Paragraph, Span
from layouts.engine.merge.markup import TemplateError, parse


def block(xml: str) -> object:
    (made,) = parse(f"<document>{xml}</document>").blocks
    return made


def test_words_become_blocks() -> None:
    document = parse('<document language="es" footer="X1"><h1>Title</h1><p style="small">Words</p></document>')
    assert (document.language, document.footer) == ("es", "X1")
    assert document.blocks == (H1(spans=(Span("Title"),)), Paragraph(spans=(Span("Words"),), style="small"))


def test_bold_and_links_become_spans() -> None:
    made = block('<p>See <strong>our <a href="https://a.org">page</a></strong> now</p>')
    assert isinstance(made, Paragraph)
    assert made.spans == (
        Span("See "), Span("our ", bold=True), Span("page", bold=True, href="https://a.org"), Span(" now"),
    )  # fmt: skip


def test_white_space_is_folded_but_a_no_break_space_stays() -> None:
    made = block("<p>\n  Two   words,\t<strong> bold</strong>\u00a0mm\n</p>")
    assert isinstance(made, Paragraph)
    assert "".join(span.text for span in made.spans) == "Two words, bold\u00a0mm"


def test_attributes_become_yes_and_no_numbers_and_choices() -> None:
    made = block('<callout kind="stop" foot="yes"></callout>')
    assert isinstance(made, Callout) and made.kind == "stop" and made.foot is True


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        ("<blink>Words</blink>", "there is no word <blink>"),
        ('<p colour="red">Words</p>', '<p> has no attribute "colour"'),
        ('<h2 level="3">Words</h2>', '<h2> has no attribute "level"'),
        ('<callout kind="warn"></callout>', 'callout kind cannot be "warn"'),
        ('<callout foot="true"></callout>', 'callout foot cannot be "true"'),
        ('<writein lines="two">Words</writein>', 'writein lines cannot be "two"'),
        ("<section>Words</section>", "<section> holds other words, no text"),
        ("<section><p>Words</p> and more</section>", "<section> holds other words, no text"),
        ("<p><em>Words</em></p>", "<em> cannot stand among the words of <p>"),
        ("<p>Words", "mismatched tag"),
        ("<!-- a comment --><p>Words</p>", "markup has no <! declarations or comments"),
        ('<!DOCTYPE x [<!ENTITY y "z">]>', "markup has no <! declarations or comments"),
    ],
)
def test_what_is_no_markup_is_refused(xml: str, said: str) -> None:
    with pytest.raises(TemplateError) as caught:
        parse(f"<document>{xml}</document>")
    assert said in str(caught.value)


def test_the_outermost_word_is_document() -> None:
    with pytest.raises(TemplateError, match="the outermost word is <document>, not <p>"):
        parse("<p>Words</p>")
