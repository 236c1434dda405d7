"""SVG drawings: what of them is printed."""

from __future__ import annotations

import re

import pytest

from layouts.engine.draw.images import from_bytes, read_svg, recolour, to_bytes

from .svg import BLACK, HERE, LOGO, RED, WHITE, drawn, pixel, rendered


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
