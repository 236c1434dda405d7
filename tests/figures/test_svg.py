"""A drawing's SVG shows what its PDF shows."""

from __future__ import annotations

import io

import numpy as np
import pypdfium2
import pytest
from PIL import Image
from reportlab.graphics import renderPDF
from svglib.svglib import svg2rlg

from layouts.engine.draw.raster import page_of
from layouts.engine.figures import MODELS, Panel, Theme, paint, solve
from layouts.engine.figures.panel import Mode
from layouts.engine.figures.svg import svg

from .conftest import load

DRAWN = ["bird-dog", "squat", "foot-roll", "log-roll", "hip-hinge-shovel"]


def panels(exercise: str, mode: Mode) -> list[Panel]:
    made = load(exercise)
    return paint(solve(made.pose, made.place), MODELS[made.model], Theme(), mode)


def pixels(pdf: bytes) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    document = pypdfium2.PdfDocument(pdf)
    image: Image.Image = document[0].render(scale=3).to_pil().convert("RGB")
    document.close()
    return np.asarray(image, np.int16)


@pytest.mark.parametrize("mode", ["colour", "outline"])
@pytest.mark.parametrize("exercise", DRAWN)
def test_the_svg_is_the_pdf_s_picture(exercise: str, mode: Mode) -> None:
    made = panels(exercise, mode)
    drawing = svg2rlg(io.BytesIO(svg(made, "A name", "What it shows.", exercise).encode()))
    one, other = pixels(renderPDF.drawToString(drawing)), pixels(page_of(made))
    high, wide = min(one.shape[0], other.shape[0]), min(one.shape[1], other.shape[1])
    assert max(abs(one.shape[0] - other.shape[0]), abs(one.shape[1] - other.shape[1])) <= 1
    apart = np.abs(one[:high, :wide] - other[:high, :wide]).max(axis=2)
    assert (apart > 64).mean() < 0.001
    assert (other.min(axis=2) < 128).mean() > 0.01  # it is not white on white


def test_names_are_escaped_and_ids_are_the_drawing_s_own() -> None:
    text = svg(panels("squat", "colour"), 'Squat <& "more">', "Knees & hips.", "squat", "es")
    assert '<title id="squat-title">Squat &lt;&amp; &quot;more&quot;&gt;</title>' in text
    assert 'xml:lang="es"' in text
    assert all(part.startswith(("squat-0-", "squat-1-", "squat-title", "squat-desc")) for part in ids(text))
    assert len(ids(text)) == len(set(ids(text)))


def ids(text: str) -> list[str]:
    return [part.split('"')[0] for part in text.split(' id="')[1:]]


def test_what_the_painter_does_not_write_is_not_guessed() -> None:
    panel = Panel(b"q 2 0 0 1 0 0 cm Q", (0, 0, 1, 1), 10)
    with pytest.raises(ValueError, match="does not turn or scale"):
        svg([panel], "name", "alt", "id")
    with pytest.raises(ValueError, match="writes no sh"):
        svg([Panel(b"/x sh".replace(b"/x ", b""), (0, 0, 1, 1), 10)], "name", "alt", "id")
