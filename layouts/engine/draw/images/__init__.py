"""Pictures made ready for print: drawings (SVG) and photographs (JPEG, PNG)."""

from ...problems import Place
from .photo import RasterImage, greyscale, read_photo
from .vector import VectorImage, from_bytes, recolour, to_bytes

__all__ = ["RasterImage", "VectorImage", "from_bytes", "greyscale", "read_photo", "read_svg", "recolour", "to_bytes"]


def read_svg(data: bytes, place: Place) -> VectorImage:
    """See `svg.read.read_svg`; its room is opened only for a drawing that is not in the cache."""
    from .svg.read import read_svg as read

    return read(data, place)
