"""What is said about SVG drawings that cannot be printed, and about those that were made to do harm."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from tests.cost import cpu

from .svg import message, said, svg

BOX = 'width="50" height="50"'


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<text>Clinic</text>", "The drawing has text in it, whose font may be missing on other computers."),
        ('<image href="file:///etc/passwd"/>', "The drawing has a picture inside it."),
        ('<image xlink:href="data:image/png;base64,AAAA"/>', "The drawing has a picture inside it."),
        ("<foreignObject/>", "The drawing has a piece of a web page inside it."),
        ('<svg viewBox="0 0 1 1"/>', "The drawing has another drawing inside it."),
        ("<script>alert(1)</script>", "The drawing has a script (a small program) in it."),
        (f'<rect {BOX} onclick="alert(1)"/>', "The drawing has a script (a small program) in it."),
        (f'<rect {BOX}><animate attributeName="x"/></rect>', "The drawing is animated."),
        ("<blink/>", "The drawing has a part that cannot be drawn: <blink>."),
        (f'<linearGradient id="g"/><rect {BOX} fill="url(#g)"/>', "The drawing is coloured with a gradient."),
        (f'<radialGradient id="g"/><rect {BOX} style="stroke:url(#g)"/>', "The drawing is coloured with a gradient."),
        (
            f'<style>.a{{fill:url("#g")}}</style><radialGradient id="g"/><g class="a"><rect {BOX}/></g>',
            "The drawing is coloured with a gradient.",
        ),
        (f'<pattern id="g"/><rect {BOX} fill="url(#g)"/>', "The drawing is coloured with a pattern."),
        (f'<rect {BOX} fill="url(#g)"/>', "The drawing has a colour that refers to a missing part."),
        (f'<rect {BOX} fill="url(other.svg#g)"/>', "The drawing takes a colour from another file."),
        (f'<rect {BOX} fill="sky-blue"/>', 'The drawing has a colour that cannot be read: "sky-blue".'),
        (f'<rect {BOX} fill="var(--brand)"/>', 'The drawing has a colour that cannot be read: "var(--brand)".'),
        (f'<rect {BOX} filter="url(#f)"/>', "The drawing has a filter effect, such as a shadow or a blur."),
        (
            f'<g style="filter:blur(2px)"><rect {BOX}/></g>',
            "The drawing has a filter effect, such as a shadow or a blur.",
        ),
        (f'<g mask="url(#m)"><rect {BOX}/></g>', "The drawing has a mask."),
        ('<path d="M0 0L9 9" marker-end="url(#m)"/>', "The drawing has arrowheads or markers on a line."),
        (f'<rect {BOX} style="mix-blend-mode:multiply"/>', "The drawing has a blending effect, such as multiply."),
        (f'<rect {BOX} style="transform:rotate(9deg)"/>', "The drawing moves or turns a part by a style rule."),
        (
            f'<rect {BOX} transform="spin(9)"/>',
            "A part of the drawing is moved or turned in a way that cannot be read.",
        ),
        (
            f'<rect {BOX} transform="scale(2"/>',
            "A part of the drawing is moved or turned in a way that cannot be read.",
        ),
        (
            f'<rect {BOX} stroke="red" stroke-width="1em"/>',
            "The drawing has a line or fill whose style cannot be read.",
        ),
        (f'<rect {BOX} opacity="half"/>', "The drawing has an opacity that cannot be read."),
        (
            f'<style>@import url("http://example.com/a.css");</style><rect {BOX}/>',
            "The drawing takes its style from another file (@import).",
        ),
        (
            f"<style>@media print{{rect{{fill:red}}}}</style><rect {BOX}/>",
            "The drawing has a style rule that is not understood: @media.",
        ),
        (
            f"<style>g > rect {{fill:red}}</style><rect {BOX}/>",
            'The drawing has a style rule that is not understood: "g > rect".',
        ),
        ('<use href="http://example.com/a.svg#b"/>', "The drawing uses something on the internet or on a disk."),
        ('<use href="file:///etc/passwd"/>', "The drawing uses something on the internet or on a disk."),
        ('<use href="icons.svg#b"/>', "The drawing uses something in another file."),
        ('<use href="#b"/>', "The drawing uses a part that is missing from it."),
        ('<g id="b"><use href="#b"/></g>', "The drawing has a copy that contains itself."),
        (
            f'<symbol id="s" viewBox="0 0 9 9"/><use href="#s"/><rect {BOX}/>',
            "The drawing has a symbol with a frame of its own.",
        ),
        (f'<g clip-path="url(#c)"><rect {BOX}/></g>', "The drawing has a cut-out (clip path) that cannot be found."),
        (
            f'<clipPath id="c" clipPathUnits="objectBoundingBox"/><rect clip-path="url(#c)" {BOX}/>',
            "The drawing has a cut-out (clip path) of a kind that cannot be drawn.",
        ),
        ('<path d="M0 0 L 9"/>', "A shape in the drawing is damaged: <path>."),
        ('<path d="L 9 9"/>', "A shape in the drawing is damaged: <path>."),
        ('<path d="M0 0 L 1e999 9"/>', "A shape in the drawing is damaged: <path>."),
        ('<path d="M0 0 L nan 9"/>', "A shape in the drawing is damaged: <path>."),
        ('<polygon points="1,2 3"/>', "A shape in the drawing is damaged: <polygon>."),
        ('<circle r="5em"/>', "A shape in the drawing is damaged: <circle>."),
        ('<circle r="900000"/>', "A part of the drawing lies far outside of it."),
        ("", "There is nothing to be seen in the drawing."),
        ("<g><g/></g>", "There is nothing to be seen in the drawing."),
        ('<rect width="0" height="9"/>', "There is nothing to be seen in the drawing."),
        (f'<rect {BOX} fill="none"/>', "There is nothing to be seen in the drawing."),
        (
            f'<clipPath id="c"><rect {BOX}/></clipPath><g clip-path="url(#c)"/>',
            "There is nothing to be seen in the drawing.",
        ),
    ],
)
def test_what_cannot_be_drawn_is_said_in_plain_words(content: str, expected: str) -> None:
    assert message(content) == expected


def test_text_comes_with_the_way_out() -> None:
    assert said(svg("<text>Clinic</text>"))[0][1] == "Convert the text to outlines."


def test_all_that_is_wrong_is_said_at_once_and_each_thing_once() -> None:
    content = '<text>a</text><text>b</text><image/><rect width="9" height="9" fill="x"/>'
    assert [text for text, _ in said(svg(content))] == [
        'The drawing has a colour that cannot be read: "x".',
        "The drawing has a picture inside it.",
        "The drawing has text in it, whose font may be missing on other computers.",
    ]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "The drawing is an empty file."),
        (b" \n", "The drawing is an empty file."),
        (b" " * 2_000_001 + b"<svg/>", "The drawing is larger than 2 MB."),
        (b"\x1f\x8b\x08\x00", "The drawing is a compressed SVG (.svgz)."),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "This is not an SVG drawing."),
        (b"<html/>", "This is not an SVG drawing."),
        (b'<svg xmlns="http://example.com/other" width="1" height="1"/>', "This is not an SVG drawing."),
        (b'<?xml version="1.0" encoding="klingon"?><svg/>', "This is not an SVG drawing."),
        (b"<svg>\n<g>", "The drawing is damaged or cut off (at its line 2)."),
        (b"<svg>&nbsp;</svg>", "The drawing is damaged or cut off (at its line 1)."),
        (svg("", ""), "The drawing does not say how large it is."),
        (svg("", 'width="0" height="9"'), "The drawing has no size: its width or height is zero."),
        (svg("", 'viewBox="0 0 0 0"'), "The drawing has no size: its width or height is zero."),
        (svg("", 'viewBox="0 0 9"'), "The size of the drawing cannot be read."),
        (svg("", 'width="wide" height="9"'), "The size of the drawing cannot be read."),
        (svg("", 'width="1e8" height="9"'), "The drawing is far too large or far too small."),
    ],
)
def test_files_that_are_no_drawings(data: bytes, expected: str) -> None:
    ((text, hint),) = said(data)
    assert (text, bool(hint)) == (expected, True)


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">',
        '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_doctype_is_refused_before_it_can_do_anything(doctype: str, encoding: str) -> None:
    data = f'{doctype}<svg width="9" height="9"><title>&b;</title></svg>'.encode(encoding)
    ((text, _),) = said(data)
    assert text == "The drawing begins with a DOCTYPE, which is not allowed because it can pull in other files."


def _many_copies() -> str:
    layers = "".join(f'<g id="u{n}">' + f'<use href="#u{n - 1}"/>' * 10 + "</g>" for n in range(1, 9))
    return f'<defs><g id="u0"><rect width="1" height="1"/></g>{layers}</defs><use href="#u8"/>'


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<g/>" * 20_001, "The drawing has more than 20,000 parts."),
        ("<g>" * 70 + "</g>" * 70, "The drawing has groups inside groups, more than 64 deep."),
        (f'<path d="M0 0{"l1 1" * 50_001}"/>', "The drawing has more than 50,000 points."),
        (_many_copies(), "The drawing repeats its parts too many times."),
        (
            f'<defs><path id="p" d="{" " * 900_000}M0 0"/></defs>' + '<use href="#p"/>' * 2_000,
            "The drawing repeats its parts too many times.",
        ),
        (f"<style>{'*{fill:red}' * 1_001}</style>", "The drawing has more than 1,000 style rules."),
        (
            f"<style>{'.a{fill:red}' * 900}</style>{'<g/>' * 9_000}",
            "The drawing has too many style rules for its many parts.",
        ),
        (f"<style>{'a{' * 200_000}</style>", "The drawing has a style sheet far too long for a drawing."),
        (
            "<g " + " ".join(f'a{n}=""' for n in range(100_000)) + "/>",
            "The drawing has a part with more than 256 attributes.",
        ),
        (f"<style>a{'(' * 100_000}</style>", "The drawing has a damaged style sheet."),
        (f"<style>a{{fill:{'(' * 100_000}</style>", "The drawing is nested too deep."),
        (f'<rect width="9" height="9" style="fill:{"(" * 100_000}"/>', "The drawing is nested too deep."),
        (f'<path d="{"M0 0" + "1" * 400_000}"/>', "A shape in the drawing is damaged: <path>."),
        (f'<rect width="9" height="9" transform="{"scale(" * 100_000}"/>', None),
        (f'<rect width="9" height="9" fill="{"url(" * 100_000}"/>', None),
        (f'<rect width="9" height="9" fill="rgb({"1 " * 100_000}"/>', None),
        (f'<rect width="9" height="9" clip-path="url({" " * 100_000}"/>', None),
    ],
)
def test_drawings_made_to_hang_a_computer_are_refused_in_a_moment(content: str, expected: str | None) -> None:
    texts: list[str] = []
    assert cpu(lambda: texts.extend(text for text, _ in said(svg(content)))) < 5
    assert texts if expected is None else expected in texts


def test_what_svglib_says_or_raises_becomes_a_problem(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from svglib.svglib import SvgRenderer

    square = svg('<rect width="9" height="9"/>')
    render = SvgRenderer.render

    def grumble(self: Any, root: Any) -> Any:
        logging.getLogger("svglib.svglib").warning("cannot do this")
        return render(self, root)

    def fail(self: Any, root: Any) -> Any:  # noqa: ARG001
        raise ZeroDivisionError

    for behaviour in (grumble, fail):
        monkeypatch.setattr(SvgRenderer, "render", behaviour)
        assert [text for text, _ in said(square)] == ["The drawing has something in it that cannot be drawn."]
    assert not caplog.records
    assert not logging.getLogger("svglib.svglib").handlers
