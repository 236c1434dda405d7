"""SVG drawings of a few words: drawn, looked at, and refused."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from layouts.engine.draw.images import VectorImage, read_svg
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
