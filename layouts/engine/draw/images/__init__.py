"""Pictures made ready for print: drawings (SVG) and photographs (JPEG, PNG)."""

from .photo import RasterImage, greyscale, read_photo
from .svg import VectorImage, from_bytes, read_svg, recolour, to_bytes

__all__ = ["RasterImage", "VectorImage", "from_bytes", "greyscale", "read_photo", "read_svg", "recolour", "to_bytes"]
