"""PDFs made for tests of printing: each page says which one it is."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from reportlab.pdfgen.canvas import Canvas

LETTER, A4, A3 = (612.0, 792.0), (595.28, 841.89), (841.89, 1190.55)


def pdf(path: Path, count: int, size: tuple[float, float] = LETTER, **page: Any) -> Path:
    """A PDF of so many pages; `page` are keys that each page gets, such as Rotate=90."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size)
    for number in range(1, count + 1):
        canvas.setFont("Helvetica", 40)
        canvas.drawString(60, size[1] - 100, f"page-{number}")
        canvas.setFillGray(0.5)
        canvas.rect(40, 40, 30 + 7 * number, 60, fill=1, stroke=0)
        canvas.showPage()
    canvas.save()
    with pikepdf.open(out) as made:
        for one in made.pages:
            for key, value in page.items():
                one.obj[f"/{key}"] = value
        made.save(path)
    return path


def words(data: bytes | Path) -> list[str]:
    """The words of each page, in one line."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def halves(data: bytes) -> list[tuple[str, str]]:
    """The words in the left and in the right half of each page, '' for a blank half."""
    document = pypdfium2.PdfDocument(data)
    try:
        found = []
        for page in document:
            width, height = page.get_size()
            text = page.get_textpage()
            left = text.get_text_bounded(0, 0, width / 2, height)
            right = text.get_text_bounded(width / 2, 0, width, height)
            found.append((left.strip(), right.strip()))
        return found
    finally:
        document.close()


def picture(data: bytes | Path, number: int, scale: float) -> Any:
    """A page as a grey picture."""
    document = pypdfium2.PdfDocument(data)
    try:
        return document[number].render(scale=scale).to_pil().convert("L")
    finally:
        document.close()
