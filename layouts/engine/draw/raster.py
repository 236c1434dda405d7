"""A drawing as a PNG: its panels on a PDF page of their own, and that page as pixels."""

from __future__ import annotations

import io
from collections.abc import Sequence

from ..figures.panel import Panel
from ..figures.svg import EDGE, GAP, size
from .operators import numbers


def png(panels: Sequence[Panel], pixels: int, name: str, alt: str) -> bytes:
    """The panels side by side on white, `pixels` wide. `name` and `alt` go into the file as title and description."""
    import pypdfium2
    from PIL import Image, PngImagePlugin

    document = pypdfium2.PdfDocument(page_of(panels))
    try:
        bitmap = document[0].render(scale=(pixels - 0.5) / size(panels)[0])  # a part of a pixel is rounded up
        image: Image.Image = bitmap.to_pil().convert("RGB")
    finally:
        document.close()
    words = PngImagePlugin.PngInfo()
    words.add_itxt("Title", name)
    words.add_itxt("Description", alt)
    out = io.BytesIO()
    image.quantize(256, dither=Image.Dither.NONE).save(out, "PNG", optimize=True, pnginfo=words)
    return out.getvalue()


def page_of(panels: Sequence[Panel]) -> bytes:
    """A PDF with one page as large as the drawing. It is for our own eyes: without tags, metadata or compression."""
    left, code = EDGE, b""
    for panel in panels:
        code += f"q 1 0 0 1 {numbers(left, EDGE)} cm\n".encode() + panel.operators + b"\nQ\n"
        left += panel.width + GAP
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {numbers(*size(panels))}]/Resources<<>>/Contents 4 0 R>>".encode(),
        b"<</Length %d>>stream\n%b\nendstream" % (len(code), code),
    ]
    data, starts = b"%PDF-1.7\n", []
    for index, body in enumerate(bodies, 1):
        starts.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (index, body)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    head = b"xref\n0 5\n0000000000 65535 f \n" + table + b"trailer\n<</Size 5/Root 1 0 R>>\n"
    return data + head + b"startxref\n%d\n%%%%EOF\n" % len(data)
