"""SVG drawings: what of them is printed, and what is said about those that cannot be."""

from __future__ import annotations

import logging
import re
import time
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from layouts.engine.draw.images import VectorImage, from_bytes, read_svg, recolour, to_bytes
from layouts.engine.problems import ContentError, Place

HERE = Place("logo.svg")
WHITE, BLACK, RED = (255, 255, 255), (0, 0, 0), (255, 0, 0)
LOGO = Path(__file__).parents[2] / "handouts/brand/logo.svg"


def svg(content: str, attributes: str = 'width="100" height="100"') -> bytes:
    namespaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"<svg {namespaces} {attributes}>{content}</svg>".encode()


def drawn(content: str, attributes: str = 'width="100" height="100"') -> VectorImage:
    return read_svg(svg(content, attributes), HERE)


def said(data: bytes) -> list[tuple[str, str]]:
    with pytest.raises(ContentError) as caught:
        read_svg(data, HERE)
    assert {problem.place for problem in caught.value.problems} == {HERE}
    return [(problem.message, problem.hint) for problem in caught.value.problems]


def message(content: str) -> str:
    ((text, hint),) = said(svg(content))
    assert hint
    return text


def rendered(image: VectorImage) -> Any:
    """The drawing on a page of its own size with nothing but its operators; one pixel for each px of the SVG."""
    import pikepdf
    import pypdfium2

    pdf, out = pikepdf.new(), BytesIO()
    page = pdf.add_blank_page(page_size=(image.width, image.height))
    page.Contents = pdf.make_stream(image.operators)
    pdf.save(out)
    return pypdfium2.PdfDocument(out.getvalue())[0].render(scale=96 / 72).to_pil().convert("RGB")


def pixel(content: str, x: int, y: int, attributes: str = 'width="100" height="100"') -> tuple[int, int, int]:
    colour: tuple[int, int, int] = rendered(drawn(content, attributes)).getpixel((x, y))
    return colour


# What comes out


def test_the_size_is_in_points_and_the_origin_at_the_lower_left() -> None:
    image = drawn('<rect width="40" height="20" fill="red"/>', 'width="100" height="200"')
    assert (image.width, image.height) == (75.0, 150.0)
    assert image.operators == (b"q\n0 0 75 150 re W n\n1 0 0 rg\n0 150 m\n30 150 l\n30 135 l\n0 135 l\nh\nf\nQ\n")


def test_operators_need_no_resources_and_are_balanced() -> None:
    image = drawn(
        '<defs><clipPath id="c"><circle cx="50" cy="50" r="40"/></clipPath></defs>'
        '<g clip-path="url(#c)" opacity=".5"><path d="M0 0h50v50" stroke="rgba(0,0,255,.5)"/></g>'
        '<g transform="scale(1 2)"><ellipse cx="9" cy="9" rx="5" ry="3" fill="none" stroke="lime"/></g>'
    )
    words = re.findall(r"(?<![\w*])[A-Za-z]+\*?", image.operators.decode())
    assert words.count("q") == words.count("Q") > 1
    allowed = {"q", "Q", "re", "W", "n", "rg", "RG", "w", "J", "j", "M", "d", "m", "l", "c", "h", "f", "S", "B", "cm"}
    assert set(words) <= allowed
    assert all(len(n) <= 3 for n in re.findall(r"\.(\d+)(?=[^\n]* [mlc]\n)", image.operators.decode()))


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="25.4mm" height="1in"', (72.0, 72.0)),
        ('viewBox="0 0 20 10"', (15.0, 7.5)),
        ('viewBox="0 0 20 10" width="100%" height="auto"', (15.0, 7.5)),
        ('viewBox="0 0 20 10" width="200"', (150.0, 75.0)),
        ('viewBox="0 0 20 10" height="12pt"', (24.0, 12.0)),
    ],
)
def test_the_size_comes_from_width_and_height_or_from_the_view_box(attributes: str, size: tuple[float, float]) -> None:
    image = drawn('<rect width="9" height="9"/>', attributes)
    assert (image.width, image.height) == pytest.approx(size, abs=0.001)


def test_a_view_box_is_scaled_moved_and_clipped() -> None:
    page = 'width="100" height="100" viewBox="-10 -10 20 20"'
    image = rendered(drawn('<rect width="500" height="500" fill="red"/>', page))
    assert (image.getpixel((25, 25)), image.getpixel((75, 75))) == (WHITE, RED)


@pytest.mark.parametrize(("rule", "middle"), [("nonzero", RED), ("evenodd", WHITE)])
@pytest.mark.parametrize(
    "shape",
    ['<path {} d="M10 10H90V90H10ZM30 30H70V70H30Z"/>', '<path {} d="M10 10H90V90H10M30 30H70V70H30"/>'],
)
def test_holes_follow_the_fill_rule(shape: str, rule: str, middle: tuple[int, int, int]) -> None:
    image = rendered(drawn(shape.format(f'fill="red" fill-rule="{rule}"')))
    assert (image.getpixel((20, 20)), image.getpixel((50, 50))) == (RED, middle)


def test_a_polygon_keeps_its_fill_rule() -> None:
    star = '<polygon fill="red" fill-rule="evenodd" points="50,5 79,95 2,39 98,39 21,95"/>'
    assert pixel(star, 50, 50) == WHITE
    assert pixel(star.replace("evenodd", "nonzero"), 50, 50) == RED


def test_shapes_that_are_not_closed_are_filled() -> None:
    assert pixel('<path d="M10 10H90V90" fill="red"/>', 70, 30) == RED
    assert pixel('<polyline points="10,10 90,10 90,90" fill="red"/>', 70, 30) == RED
    assert pixel('<polyline points="10,10 90,10 90,90"/>', 70, 30) == BLACK


def test_a_path_goes_on_from_where_it_was_closed() -> None:
    # After "z" the pen is back at 10,10; svglib left to itself goes on from 10,40.
    assert pixel('<path fill="none" stroke="red" stroke-width="4" d="M10 10h30v30h-30zl40 0"/>', 45, 10) == RED


def test_numbers_written_tightly() -> None:
    assert pixel('<path d="M10-0L90,.5.5e2 90zm0 0a5 5 0 0150 0" fill="red"/>', 50, 40) == RED
    assert (
        pixel('<g transform="matrix(1 0 0 1 50-20),scale(2)"><rect width="9" height="40" fill="red"/></g>', 60, 10)
        == RED
    )


@pytest.mark.parametrize(
    ("written", "colour"),
    [
        ('fill="#f00"', RED),
        ('fill="#ff000080"', (255, 127, 127)),
        ('fill="#f008"', (255, 119, 119)),
        ('fill="rgb(255 0 0 / 50%)"', (255, 128, 128)),
        ('fill="rgba(255,0,0,.5)"', (255, 128, 128)),
        ('fill="rgb(100%, 0%, 0%)"', RED),
        ('fill="hsl(0, 100%, 50%)"', RED),
        ('fill="red" fill-opacity="0.5"', (255, 128, 128)),
        ('fill="red" opacity="50%"', (255, 128, 128)),
        ('style="fill:red; fill-opacity:.5; opacity:.5"', (255, 191, 191)),
        ('fill="none" stroke="red" stroke-opacity=".5" stroke-width="76"', (255, 128, 128)),
        ('fill="device-cmyk(0 1 1 0)"', RED),
        ('fill="cmyk(0, 0, 0, 0.5)"', (128, 128, 128)),
        ('fill="#ff0000 icc-color(sheet, 0, 1, 1, 0)"', RED),
        ('fill="currentColor" color="red"', RED),
        ('fill="currentColor"', BLACK),
        ('fill="none"', WHITE),
        ('fill="transparent"', WHITE),
        ("", BLACK),
    ],
)
def test_colours_become_rgb_and_see_through_ones_are_flattened_on_white(
    written: str, colour: tuple[int, int, int]
) -> None:
    beside = '<rect x="90" width="10" height="10"/>'
    assert pixel(f'<rect x="5" y="5" width="80" height="80" {written}/>{beside}', 50, 50) == pytest.approx(
        colour, abs=1
    )


def test_opacity_of_groups_multiplies_and_what_is_invisible_covers_nothing() -> None:
    inner = '<g opacity=".5"><g opacity=".5"><rect width="50" height="50" fill="red"/></g></g>'
    assert pixel(inner, 20, 20) == pytest.approx((255, 191, 191), abs=1)
    below = '<rect width="50" height="50" fill="red"/>'
    assert pixel(f'{below}<rect width="50" height="50" fill="blue" opacity="0"/>', 20, 20) == RED


def test_style_sheets_overrule_attributes_and_style_attributes_overrule_both() -> None:
    sheet = "<style>rect{fill:lime}.a,.b{fill:blue}#x{fill:red}.i{fill:red!important}</style>"
    box = 'width="50" height="50" fill="black"'
    assert pixel(f"{sheet}<rect {box}/>", 20, 20) == (0, 255, 0)
    assert pixel(f'{sheet}<rect class="b" {box}/>', 20, 20) == (0, 0, 255)
    assert pixel(f'{sheet}<rect id="x" class="a" {box}/>', 20, 20) == RED
    assert pixel(f'{sheet}<rect class="a" style="fill:white" {box}/>', 20, 20) == WHITE
    assert pixel(f'{sheet}<rect class="i" style="fill:white" {box}/>', 20, 20) == RED


def test_hidden_parts_and_unused_definitions_are_left_out() -> None:
    hidden = (
        '<g display="none"><text>a</text></g><g style="display:none"><image href="x.png"/></g>'
        '<rect visibility="hidden" width="50" height="50"/>'
        '<defs><linearGradient id="g"/><filter id="f"/><mask id="m"/><pattern id="p"/></defs>'
    )
    assert pixel(f'{hidden}<rect x="60" width="9" height="9"/>', 20, 20) == WHITE


def test_copies_and_symbols() -> None:
    use = '<defs><rect id="r" width="20" height="20"/></defs><use xlink:href="#r" x="40" y="40" fill="red"/>'
    assert pixel(use, 50, 50) == RED
    symbol = '<symbol id="s"><rect width="20" height="20" fill="red"/></symbol><use href="#s" transform="scale(2)"/>'
    assert pixel(symbol, 30, 30) == RED


def test_clip_paths_cut() -> None:
    clip = '<clipPath id="c" transform="translate(50)"><rect width="50" height="50" fill="none"/></clipPath>'
    image = rendered(
        drawn(f'<g clip-path="url(#c)"><rect width="100" height="100" fill="red"/></g><defs>{clip}</defs>')
    )
    assert [image.getpixel(at) for at in [(20, 20), (70, 20), (70, 70)]] == [WHITE, RED, WHITE]


def test_a_clip_path_may_have_a_hole() -> None:
    clip = '<clipPath id="c"><path clip-rule="evenodd" d="M10 10H90V90H10ZM30 30H70V70H30"/></clipPath>'
    image = rendered(drawn(f'{clip}<rect clip-path="url(#c)" width="100" height="100" fill="red"/>'))
    assert [image.getpixel(at) for at in [(5, 5), (20, 20), (50, 50)]] == [WHITE, RED, WHITE]


def test_an_empty_clip_path_hides_all() -> None:
    beside = '<rect x="60" width="9" height="9"/>'
    hidden = '<clipPath id="c"/><rect clip-path="url(#c)" width="50" height="50"/>'
    assert pixel(hidden + beside, 20, 20) == WHITE


def test_lines_keep_dashes_ends_and_slant() -> None:
    line = '<line x1="10" y1="50" x2="90" y2="50" stroke="red" stroke-width="10" stroke-dasharray="20" {}/>'
    assert (pixel(line.format(""), 20, 50), pixel(line.format(""), 40, 50)) == (RED, WHITE)
    assert pixel(line.format('stroke-dashoffset="20"'), 20, 50) == WHITE
    wide = '<g transform="scale(1 4)"><path d="M10 12H90M50 0V20" stroke="red" stroke-width="4" fill="none"/></g>'
    image = rendered(drawn(wide))
    assert (image.getpixel((20, 54)), image.getpixel((54, 20))) == (RED, WHITE)


def test_transforms_apply_from_the_outside_in() -> None:
    turned = '<g transform="translate(50 50) rotate(90)"><rect width="40" height="10" fill="red"/></g>'
    assert (pixel(turned, 45, 80), pixel(turned, 80, 55)) == (RED, WHITE)
    mirrored = '<rect transform="translate(100) scale(-1 1)" width="40" height="40" fill="red"/>'
    assert (pixel(mirrored, 80, 20), pixel(mirrored, 20, 20)) == (RED, WHITE)


def test_corners_round_with_two_radii() -> None:
    corner = '<rect width="100" height="100" rx="50" ry="10" fill="red"/>'
    assert (pixel(corner, 12, 1), pixel(corner, 3, 30)) == (WHITE, RED)


def test_the_logo_that_comes_with_the_project() -> None:
    if not LOGO.exists():
        pytest.skip("no logo yet")
    image = read_svg(LOGO.read_bytes(), HERE)
    colours = {colour for _, colour in rendered(image).getcolors(100_000)}
    assert WHITE in colours and len(colours) > 1


# One colour, and the cache


def test_recolouring_leaves_what_is_nearly_white() -> None:
    image = drawn(
        '<rect width="100" height="100" fill="#f4f4f4"/><rect width="40" height="40" fill="#e4572e"/>'
        '<path d="M0 80H100" stroke="teal" stroke-width="10"/>'
    )
    grey = rendered(recolour(image, (0.2, 0.2, 0.2)))
    assert [grey.getpixel(at) for at in [(70, 20), (20, 20), (50, 80)]] == [WHITE, (51, 51, 51), (51, 51, 51)]


def test_a_drawing_survives_the_cache() -> None:
    image = drawn('<circle cx="50" cy="50" r="33.3"/>')
    assert from_bytes(to_bytes(image)) == image


@pytest.mark.parametrize("damage", [b"", b"{}\n", b"[]\n", b"\xff", b'{"width": NaN}\n', b"cut"])
def test_a_damaged_cache_is_known_as_such(damage: bytes) -> None:
    whole = to_bytes(drawn('<circle cx="50" cy="50" r="33.3"/>'))
    with pytest.raises(ValueError, match="not a cached drawing"):
        from_bytes(whole[:-3] if damage == b"cut" else damage)


# What is refused

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
    start = time.perf_counter()
    texts = [text for text, _ in said(svg(content))]
    assert time.perf_counter() - start < 5
    assert expected is None or expected in texts


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
