"""A clinic's brand as drawing needs it: colours, typefaces, logo."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from ..cache import kept
from ..problems import Place
from ..read.fields import FileName
from ..read.library import Library
from ..read.models import Clinic
from ..records import dataclass
from .fonts import Faces, FontFile
from .images import RasterImage, VectorImage, from_bytes, greyscale, read_photo, read_svg, recolour, to_bytes
from .operators import RGB

LOGO_WIDTH, LOGO_HEIGHT = 240.0, 64.0  # points: the largest that a PNG logo is ever printed
BLACK: RGB = (0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Brand:
    """The clinic's colours as pairs of role and "#rrggbb", its typefaces, and its logo in colour and in black."""

    colours: tuple[tuple[str, str], ...]
    faces: Faces
    logo: VectorImage | RasterImage | None
    logo_black: VectorImage | RasterImage | None


def read_brand(library: Library) -> tuple[Brand, tuple[Path, ...]]:
    """The brand of the library's clinic.yaml and the files that it is made of. Raises ContentError."""
    clinic, near = library.clinic()
    files = list(_files(library, clinic, near))
    colours = (("primary", clinic.colours.primary), ("accent", clinic.colours.accent), ("ink", clinic.colours.ink))
    logo = black = None
    if clinic.logo:
        logo = _logo(library.picture(clinic.logo.file, clinic.logo.file.place, near), clinic.logo.file.place)
        if clinic.logo.ink_saver:
            black = _logo(
                library.picture(clinic.logo.ink_saver, clinic.logo.ink_saver.place, near), clinic.logo.ink_saver.place
            )
        else:
            black = recolour(logo, BLACK) if isinstance(logo, VectorImage) else greyscale(logo)
    return Brand(tuple((k, str(v)) for k, v in colours), _faces(library, clinic, near), logo, black), tuple(files)


def _named(clinic: Clinic) -> Iterator[FileName]:
    if clinic.logo:
        yield clinic.logo.file
        if clinic.logo.ink_saver:
            yield clinic.logo.ink_saver
    for face in (clinic.fonts.text, clinic.fonts.display) if clinic.fonts else ():
        if face:
            yield face.regular
            yield face.bold


def _files(library: Library, clinic: Clinic, near: Path) -> Iterator[Path]:
    for name in _named(clinic):
        yield library.file(name, name.place, near)


def _faces(library: Library, clinic: Clinic, near: Path) -> Faces:
    if not clinic.fonts:
        return Faces()
    brand: list[tuple[str, FontFile]] = []
    for name, face in (("text", clinic.fonts.text), ("display", clinic.fonts.display)):
        if face:
            for suffix, file in (("", face.regular), ("-bold", face.bold)):
                brand.append((name + suffix, FontFile(library.file(file, file.place, near), file.place)))
    faces = Faces(tuple(brand))
    for name, _ in brand:
        faces.font(name)  # a broken file is a problem now, not in the middle of a page
    return faces


@lru_cache(maxsize=8)
def _logo(data: bytes, place: Place) -> VectorImage | RasterImage:
    if data[:8] == b"\x89PNG\r\n\x1a\n" or data[:3] == b"\xff\xd8\xff":
        image = read_photo(data, place, LOGO_WIDTH)
        return read_photo(data, place, min(LOGO_WIDTH, LOGO_HEIGHT * image.width / image.height))
    return from_bytes(kept("logo", data, lambda: to_bytes(read_svg(data, place))))
