"""Photographs: what is put into the PDF, and what is said about files that cannot be used."""

from __future__ import annotations

import random
import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageCms, ImageFile, PngImagePlugin

from layouts.engine.draw.images import RasterImage, greyscale, read_photo
from layouts.engine.problems import ContentError, Place

HERE = Place("team.jpg")
WHITE, RED, BLUE = (255, 255, 255), (255, 0, 0), (0, 0, 255)


def saved(image: Any, kind: str, **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def two_colours(mode: str = "RGB", size: tuple[int, int] = (80, 40)) -> Any:
    """Red at the left, blue at the right."""
    image = Image.new("RGB", size, BLUE)
    image.paste(RED, (0, 0, size[0] // 2, size[1]))
    return image.convert(mode)


def noise(size: tuple[int, int] = (120, 90)) -> Any:
    """Something with as many colours as a photograph."""
    return Image.frombytes("RGB", size, random.Random(1).randbytes(size[0] * size[1] * 3))


def rendered(image: RasterImage) -> Any:
    """The image as a PDF reader shows it, one pixel for each of its own."""
    import pikepdf
    import pypdfium2

    pdf, out = pikepdf.new(), BytesIO()
    page = pdf.add_blank_page(page_size=(image.width, image.height))
    stream = pikepdf.Stream(pdf, b"")
    stream.write(image.data, filter=pikepdf.Name("/" + image.filter))
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height, stream.BitsPerComponent = image.width, image.height, 8
    stream.ColorSpace = pikepdf.Name("/" + image.colour_space)
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=stream))
    page.Contents = pdf.make_stream(f"q {image.width} 0 0 {image.height} 0 0 cm /I Do Q".encode())
    pdf.save(out)
    return pypdfium2.PdfDocument(out.getvalue())[0].render(scale=1).to_pil().convert("RGB")


def near(found: Any, wanted: tuple[int, int, int], within: int = 4) -> bool:
    return all(abs(a - b) <= within for a, b in zip(found, wanted, strict=True))


def said(data: bytes) -> tuple[str, str]:
    with pytest.raises(ContentError) as caught:
        read_photo(data, HERE, 200)
    (problem,) = caught.value.problems
    assert problem.place == HERE
    return problem.message, problem.hint


# What comes out


def test_a_jpeg_stays_a_jpeg_and_a_logo_in_png_stays_exact() -> None:
    photo = read_photo(saved(two_colours(), "JPEG"), HERE, 200)
    assert (photo.filter, photo.width, photo.height, photo.colour_space) == ("DCTDecode", 80, 40, "DeviceRGB")
    logo = read_photo(saved(two_colours(), "PNG"), HERE, 200)
    assert (logo.filter, logo.width, logo.height, logo.colour_space) == ("FlateDecode", 80, 40, "DeviceRGB")
    assert zlib.decompress(logo.data) == two_colours().tobytes()
    for image in map(rendered, (photo, logo)):
        assert near(image.getpixel((10, 20)), RED) and near(image.getpixel((70, 20)), BLUE)


def test_a_photograph_in_png_becomes_a_jpeg() -> None:
    data = saved(noise(), "PNG")
    image = read_photo(data, HERE, 200)
    assert image.filter == "DCTDecode"
    assert len(image.data) < len(data)


def test_the_jpeg_is_baseline_with_halved_colour_and_nothing_but_the_picture() -> None:
    image = read_photo(saved(noise(), "JPEG", progressive=True, subsampling=0), HERE, 200)
    markers, position = [], 2
    while image.data[position + 1] != 0xDA:
        markers.append(image.data[position + 1])
        position += 2 + int.from_bytes(image.data[position + 2 : position + 4])
    assert set(markers) == {0xE0, 0xDB, 0xC0, 0xC4}  # JFIF, quantisation, baseline frame, Huffman
    frame = image.data[image.data.index(b"\xff\xc0") :]
    assert frame[11] == 0x22


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_pictures_are_turned_upright(orientation: int, kind: str) -> None:
    turn = Image.Transpose
    # How a camera held in each way stores the picture that has red at the left and a white strip at the top.
    stored = two_colours()
    stored.paste(WHITE, (0, 0, 80, 10))
    undo = {2: turn.FLIP_LEFT_RIGHT, 3: turn.ROTATE_180, 4: turn.FLIP_TOP_BOTTOM, 5: turn.TRANSPOSE}
    undo |= {6: turn.ROTATE_90, 7: turn.TRANSVERSE, 8: turn.ROTATE_270}
    if orientation in undo:
        stored = stored.transpose(undo[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    image = read_photo(saved(stored, kind, exif=exif), HERE, 200)
    assert (image.width, image.height) == (80, 40)
    shown = rendered(image)
    assert near(shown.getpixel((10, 30)), RED) and near(shown.getpixel((70, 30)), BLUE)
    assert near(shown.getpixel((10, 3)), WHITE, 8)


def test_metadata_is_gone() -> None:
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[1] = "N"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    jpeg = saved(two_colours(), "JPEG", exif=exif, comment="SecretComment", icc_profile=profile, xmp=b"SecretXmp")
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "SecretName")
    png = saved(two_colours(), "PNG", exif=exif, pnginfo=notes, icc_profile=profile)
    assert b"Secret" in jpeg and b"Secret" in png
    for data in (jpeg, png):
        image = read_photo(data, HERE, 200)
        for trace in (b"Secret", b"Exif", b"ICC_PROFILE", b"http"):
            assert trace not in image.data


def test_pictures_come_down_to_300_dpi_but_never_up() -> None:
    data = saved(two_colours(size=(2_000, 1_000)), "JPEG")
    small = read_photo(data, HERE, 72)
    assert (small.width, small.height) == (300, 150)
    assert near(rendered(small).getpixel((75, 75)), RED)
    assert read_photo(data, HERE, 700).width == 2_000
    assert read_photo(data, HERE, 0.01).width == 1


def test_a_turned_picture_is_measured_as_it_is_printed() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    image = read_photo(saved(two_colours(size=(2_000, 1_000)), "JPEG", exif=exif), HERE, 72)
    assert (image.width, image.height) == (300, 600)


@pytest.mark.parametrize("width", [0, -1, float("nan"), float("inf")])
def test_a_width_that_is_none_is_a_mistake_of_the_caller(width: float) -> None:
    with pytest.raises(ValueError, match="points wide"):
        read_photo(saved(two_colours(), "PNG"), HERE, width)


def test_see_through_parts_show_white_paper() -> None:
    for mode, shade in (("RGBA", (255, 0, 0, 128)), ("LA", (0, 128))):
        image = Image.new(mode, (20, 20), 0)
        image.paste(shade, (0, 0, 10, 20))
        shown = rendered(read_photo(saved(image, "PNG"), HERE, 200))
        assert near(shown.getpixel((5, 5)), (255, 127, 127) if mode == "RGBA" else (127, 127, 127))
        assert shown.getpixel((15, 5)) == WHITE
    assert read_photo(saved(image, "PNG"), HERE, 200).colour_space == "DeviceGray"


def test_a_see_through_palette_colour_shows_white_paper() -> None:
    image = two_colours("P")
    shown = rendered(read_photo(saved(image, "PNG", transparency=image.getpixel((70, 20))), HERE, 200))
    assert (shown.getpixel((10, 20)), shown.getpixel((70, 20))) == (RED, WHITE)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB"])
def test_all_kinds_of_png_can_be_shown(mode: str) -> None:
    image = read_photo(saved(two_colours(mode), "PNG"), HERE, 200)
    assert image.colour_space == ("DeviceGray" if mode in ("1", "L") else "DeviceRGB")
    assert near(rendered(image).getpixel((10, 20)), two_colours(mode).convert("RGB").getpixel((10, 20)))


def png16(colour_type: int, samples: tuple[int, ...], see_through: bytes = b"") -> bytes:
    """A PNG of 2 x 2 pixels with 16 bits for each sample, all pixels alike."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    row = b"\0" + struct.pack(f">{len(samples)}H", *samples) * 2
    parts = [chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 16, colour_type, 0, 0, 0))]
    parts += [chunk(b"tRNS", see_through)] if see_through else []
    parts += [chunk(b"IDAT", zlib.compress(row * 2)), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def test_sixteen_bits_become_eight() -> None:
    assert zlib.decompress(read_photo(png16(0, (0x8080,)), HERE, 200).data) == b"\x80" * 4
    assert zlib.decompress(read_photo(png16(2, (0xFFFF, 0x8080, 0)), HERE, 200).data) == b"\xff\x80\x00" * 4
    assert near(zlib.decompress(read_photo(png16(6, (0xFFFF, 0, 0, 0x8080)), HERE, 200).data)[:3], (255, 127, 127))


def test_a_see_through_shade_of_sixteen_bits() -> None:
    shade = struct.pack(">H", 0x8080)
    assert zlib.decompress(read_photo(png16(0, (0x8080,), shade), HERE, 200).data) == b"\xff" * 4
    assert zlib.decompress(read_photo(png16(0, (0x8081,), shade), HERE, 200).data) == b"\x80" * 4


def test_a_grey_jpeg_stays_grey() -> None:
    image = read_photo(saved(two_colours("L"), "JPEG"), HERE, 200)
    assert (image.colour_space, image.filter) == ("DeviceGray", "DCTDecode")
    assert near(rendered(image).getpixel((10, 20)), (76, 76, 76))


def test_printers_colours_become_rgb() -> None:
    shown = rendered(read_photo(saved(two_colours("CMYK"), "JPEG"), HERE, 200))
    assert near(shown.getpixel((10, 20)), RED) and near(shown.getpixel((70, 20)), BLUE)


def test_a_damaged_colour_profile_or_camera_note_does_no_harm() -> None:
    for options in (
        {"icc_profile": b"nonsense"},
        {"exif": b"Exif\0\0nonsense"},
        {"exif": b"Exif\0\0II*\0\xff\xff\xff\xff"},
    ):
        shown = rendered(read_photo(saved(two_colours(), "JPEG", **options), HERE, 200))
        assert near(shown.getpixel((10, 20)), RED)


def test_a_second_picture_that_a_camera_adds_is_left_out() -> None:
    first, second = two_colours(), Image.new("RGB", (10, 10))
    image = read_photo(saved(first, "MPO", save_all=True, append_images=[second]), HERE, 200)
    assert (image.width, image.height) == (80, 40)
    assert b"MPF" not in image.data


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_the_same_file_gives_the_same_bytes(kind: str) -> None:
    data = saved(noise((900, 600)), kind)
    assert read_photo(data, HERE, 100) == read_photo(data, HERE, 100)


def test_greyscale() -> None:
    for kind in ("JPEG", "PNG"):
        colour = read_photo(saved(two_colours(), kind), HERE, 200)
        grey = greyscale(colour)
        assert (grey.colour_space, grey.filter, grey.width, grey.height) == ("DeviceGray", colour.filter, 80, 40)
        assert near(rendered(grey).getpixel((10, 20)), (76, 76, 76))
        assert greyscale(grey) is grey


# What is refused


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (saved(two_colours(), "GIF"), "The picture is a GIF, which cannot be used here."),
        (saved(two_colours(), "WEBP"), "The picture is a WebP picture, which cannot be used here."),
        (saved(two_colours(), "TIFF"), "The picture is a TIFF picture, which cannot be used here."),
        (saved(two_colours(), "BMP"), "The picture is a BMP picture, which cannot be used here."),
        (saved(two_colours(), "PDF"), "The picture is a PDF, which cannot be used here."),
        (
            b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
            "The picture is a HEIC or AVIF picture or a film, which cannot be used here.",
        ),
        (b"<?xml version='1.0'?><svg/>", "The picture is an SVG drawing, not a photograph."),
        (b"just some words", "The picture is of an unknown kind."),
    ],
)
def test_other_kinds_of_files_are_named(data: bytes, expected: str) -> None:
    assert said(data) == (expected, "Save it as JPEG or PNG.")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "The picture is an empty file."),
        (b"\xff\xd8\xff", "The picture is damaged and cannot be opened."),
        (b"\xff\xd8\xff" + b"\0" * 100, "The picture is damaged and cannot be opened."),
        (b"\x89PNG\r\n\x1a\n", "The picture is damaged and cannot be opened."),
        (saved(noise(), "JPEG")[:5_000], "The picture is damaged or cut off."),
        (saved(noise(), "PNG")[:5_000], "The picture is damaged or cut off."),
    ],
)
def test_damaged_files(data: bytes, expected: str) -> None:
    assert said(data) == (
        expected,
        "Open it in a picture program and save it again as JPEG or PNG.",
    )


def test_files_that_are_too_large() -> None:
    assert said(b"\xff\xd8\xff" + bytes(30_000_000)) == (
        "The picture is larger than 30 MB.",
        "Save it smaller, as JPEG.",
    )


@pytest.mark.parametrize("side", [7_100, 12_000, 60_000])
def test_a_picture_that_would_fill_the_memory_is_refused_by_its_header(
    side: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny = bytearray(png16(0, (0,)))
    tiny[16:24] = struct.pack(">II", side, side)
    tiny[29:33] = struct.pack(">I", zlib.crc32(bytes(tiny[12:29])))
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda _: pytest.fail("unpacked"))
    assert said(bytes(tiny)) == ("The picture has more than 50 million pixels.", "Save it smaller, as JPEG.")


def test_an_animated_picture() -> None:
    frames = [two_colours(), Image.new("RGB", (80, 40))]
    data = saved(frames[0], "PNG", save_all=True, append_images=frames[1:])
    assert said(data) == ("The picture is animated.", "Save a single picture of it as JPEG or PNG.")


def test_files_damaged_anywhere_raise_nothing_but_problems() -> None:
    chance = random.Random(7)
    for kind in ("JPEG", "PNG"):
        whole = saved(noise((40, 30)), kind)
        for _ in range(150):
            data = bytearray(whole)
            for _ in range(chance.randint(1, 8)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            try:
                read_photo(bytes(data), HERE, 50)
            except ContentError as error:
                assert len(error.problems) == 1
