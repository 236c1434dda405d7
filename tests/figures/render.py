"""Panels as pixels, through PDFium as on a page."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pypdfium2
from PIL import Image

from layouts.engine.figures import Panel


def rendered(panel: Panel, dpi: float) -> Image.Image:
    """One panel on white paper."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(panel.width, panel.height))
    pdf.pages[0].Contents = pdf.make_stream(panel.operators)
    out = BytesIO()
    pdf.save(out)
    document = pypdfium2.PdfDocument(out.getvalue())
    image: Image.Image = document[0].render(scale=dpi / 72).to_pil().convert("RGB")
    document.close()
    return image


def side_by_side(panels: list[Panel], dpi: float) -> Image.Image:
    """A drawing's panels in one picture."""
    images = [rendered(panel, dpi) for panel in panels]
    sheet = Image.new("RGB", (sum(i.width for i in images), images[0].height), "white")
    x = 0
    for image in images:
        sheet.paste(image, (x, 0))
        x += image.width
    return sheet
