"""Photographs and other pictures (JPEG, PNG), made ready to be put into a PDF."""

from __future__ import annotations

import math
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from typing import Any, Literal

from ...problems import Place, problem
from ...records import dataclass

MAX_BYTES = 30_000_000
MAX_PIXELS = 50_000_000
DPI = 300
JPEG_QUALITY = 85
# A flat drawing with softened edges has some hundred colours, a photograph has tens of thousands.
PHOTO_COLOURS = 4_096
SAVE_AS = "Save it as JPEG or PNG."
_SAVE_AGAIN = "Open it in a picture program and save it again as JPEG or PNG."
_ORIENTATION = 0x0112
_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"GIF8", "a GIF"),
    (8, b"WEBP", "a WebP picture"),
    (4, b"ftyp", "a HEIC or AVIF picture or a film"),
    (0, b"II*\0", "a TIFF picture"),
    (0, b"MM\0*", "a TIFF picture"),
    (0, b"%PDF", "a PDF"),
    (0, b"BM", "a BMP picture"),
    (0, b"8BPS", "a Photoshop file"),
)

Format = Literal["JPEG", "PNG"]


@dataclass(frozen=True)
class RasterImage:
    """A PDF image XObject to be: `data` compressed with `filter`, 8 bits a component, `width` by `height` pixels."""

    data: bytes
    filter: Literal["DCTDecode", "FlateDecode"]
    width: int
    height: int
    colour_space: Literal["DeviceRGB", "DeviceGray"]


def read_photo(data: bytes, place: Place, width: float) -> RasterImage:
    """The JPEG or PNG file `data`, for being printed `width` points wide.

    It is turned upright, flattened on white, freed of all metadata, and brought down to 300 dpi if it has more.
    The same `data` and `width` give the same image. Raises `ContentError` at `place` for a file that cannot be used,
    and `ValueError` for a width that is not a positive number.
    """
    if not (math.isfinite(width) and width > 0):
        raise ValueError(f"a picture cannot be {width} points wide")
    kind = _format(data, place)
    with _quiet():
        image = _downsampled(_flat(_upright(_decoded(data, kind, place, width))), _pixels(width))
        return _encoded(image, kind)


def greyscale(image: RasterImage) -> RasterImage:
    """The same picture in shades of grey; a grey picture is returned as it is."""
    if image.colour_space == "DeviceGray":
        return image
    from PIL import Image

    with _quiet():
        if image.filter == "DCTDecode":
            grey = Image.open(BytesIO(image.data), formats=["JPEG"]).convert("L")
            return replace(image, data=_jpeg(grey), colour_space="DeviceGray")
        colours = Image.frombytes("RGB", (image.width, image.height), zlib.decompress(image.data))
        return replace(image, data=_flate(colours.convert("L")), colour_space="DeviceGray")


def _pixels(width: float) -> int:
    return max(1, int(width / 72 * DPI))


@contextmanager
def _quiet() -> Iterator[None]:
    # Pillow warns of what is checked here anyway (sizes) or thrown away (metadata).
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _format(data: bytes, place: Place) -> Format:
    """What the file is, by its first bytes: its name may say anything."""
    if not data:
        raise problem(place, "The picture is an empty file.", _SAVE_AGAIN)
    if len(data) > MAX_BYTES:
        raise problem(place, f"The picture is larger than {MAX_BYTES // 1_000_000} MB.", "Save it smaller, as JPEG.")
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    for offset, signature, name in _SIGNATURES:
        if data[offset : offset + len(signature)] == signature:
            raise problem(place, f"The picture is {name}, which cannot be used here.", SAVE_AS)
    if b"<svg" in data[:2_000]:
        raise problem(place, "The picture is an SVG drawing, not a photograph.", SAVE_AS)
    raise problem(place, "The picture is of an unknown kind.", SAVE_AS)


def _decoded(data: bytes, kind: Format, place: Place, width: float) -> Any:
    from PIL import Image

    too_large = problem(
        place, f"The picture has more than {MAX_PIXELS // 1_000_000} million pixels.", "Save it smaller, as JPEG."
    )
    try:
        image = Image.open(BytesIO(data), formats=[kind])  # reads the header only
        size, frames = image.size, int(getattr(image, "n_frames", 1))
    except Image.DecompressionBombError:
        raise too_large from None
    except Exception:  # Pillow raises a dozen different exceptions for damaged files
        raise problem(place, "The picture is damaged and cannot be opened.", _SAVE_AGAIN) from None
    if size[0] * size[1] > MAX_PIXELS:
        raise too_large
    if kind == "PNG" and frames > 1:
        # A JPEG may have several too: cameras add a small or a brighter version. Its first is the photograph.
        raise problem(place, "The picture is animated.", "Save a single picture of it as JPEG or PNG.")
    try:
        # Lets the JPEG decoder leave out what would be thrown away; twice the size leaves enough for a good filter.
        # Both sides are given the same room, because the picture may lie on its side.
        image.draft(None, (2 * _pixels(width),) * 2)
        image.load()
    except Exception:
        raise problem(place, "The picture is damaged or cut off.", _SAVE_AGAIN) from None
    return image


def _upright(image: Any) -> Any:
    from PIL import Image

    turn = Image.Transpose
    turns = {
        2: turn.FLIP_LEFT_RIGHT,
        3: turn.ROTATE_180,
        4: turn.FLIP_TOP_BOTTOM,
        5: turn.TRANSPOSE,
        6: turn.ROTATE_270,
        7: turn.TRANSVERSE,
        8: turn.ROTATE_90,
    }
    try:
        orientation = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # damaged EXIF data is no reason to refuse a sound photograph
        orientation = 1
    return image.transpose(turns[orientation]) if orientation in turns else image


def _flat(image: Any) -> Any:
    """The image as 8-bit RGB or grey, on white, in the colours of sRGB."""
    from PIL import Image

    profile = image.info.get("icc_profile")
    if image.mode.startswith("I"):
        image = _eight_bits(image)
    elif image.mode == "1":
        image = image.convert("L" if "transparency" not in image.info else "RGBA")
    see_through = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    if not see_through:
        return _to_srgb(image, profile)
    grey = image.mode == "LA"
    full = image.convert("RGBA")
    colours = full.convert("RGB").convert("L") if grey else _to_srgb(full.convert("RGB"), profile)
    paper = Image.new(colours.mode, colours.size, "white")
    paper.paste(colours, mask=full.getchannel("A"))
    return paper


def _eight_bits(image: Any) -> Any:
    """A 16-bit grey image with 8 bits, its see-through shade (if it has one) as alpha."""
    from PIL import Image

    wide = image.convert("I")
    grey = wide.point(lambda value: value * (1 / 257)).convert("L")
    shade = image.info.get("transparency")
    if not isinstance(shade, int):
        grey.info.pop("transparency", None)
        return grey
    from PIL import ImageChops

    below = wide.point(lambda value: value * 255 - 255 * shade).convert("L")
    above = wide.point(lambda value: value * -255 + 255 * shade).convert("L")
    return Image.merge("LA", (grey, ImageChops.lighter(below, above)))


def _to_srgb(image: Any, profile: bytes | None) -> Any:
    if image.mode == "L":
        return image
    if profile and image.mode in ("RGB", "CMYK"):
        # Telephones record wider colours than sRGB; without the profile, which is stripped, skin would look grey.
        from PIL import ImageCms

        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except Exception:  # a damaged or foreign profile: the plain conversion is close enough
            pass
    return image.convert("RGB")


def _downsampled(image: Any, wanted: int) -> Any:
    from PIL import Image

    width, height = image.size
    if width <= wanted:
        return image
    return image.resize((wanted, max(1, round(height * wanted / width))), Image.Resampling.LANCZOS)


def _encoded(image: Any, kind: Format) -> RasterImage:
    width, height = image.size
    space: Literal["DeviceRGB", "DeviceGray"] = "DeviceGray" if image.mode == "L" else "DeviceRGB"
    if kind == "JPEG":
        return RasterImage(_jpeg(image), "DCTDecode", width, height, space)
    exact = _flate(image)
    # JPEG smears the edges of logos and drawings, so it is tried only on what has the colours of a photograph.
    if image.getcolors(PHOTO_COLOURS) is None and len(lossy := _jpeg(image)) < len(exact):
        return RasterImage(lossy, "DCTDecode", width, height, space)
    return RasterImage(exact, "FlateDecode", width, height, space)


def _flate(image: Any) -> bytes:
    return zlib.compress(image.tobytes(), 9)


def _jpeg(image: Any) -> bytes:
    clean = image.copy()
    clean.info = {}  # Pillow would write comments and resolution from here
    out = BytesIO()
    clean.save(out, "JPEG", quality=JPEG_QUALITY, subsampling="4:2:0", optimize=True, progressive=False)
    return out.getvalue()
