"""Makes the README's pictures: `python tests/pictures.py` draws pages of the sample handouts into docs/."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from PIL import Image

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from layouts.engine.deliver.gallery import gallery
from layouts.engine.deliver.press import Press
from layouts.engine.draw.document import Edition
from layouts.engine.read.handout import read_handout
from layouts.engine.read.library import Library, Root

HOME = Path(__file__).parents[1]
SHADOW = (196, 202, 206)
PICTURES = {
    "pages": [("running-and-back-pain", "guide", "standard", 0), ("running-and-back-pain", "guide", "standard", 1)],
    "editions": [
        ("running-and-back-pain", "guide", "ink-saver", 0),
        ("running-and-back-pain", "guide", "large-print", 0),
        ("running-and-back-pain", "poster", "standard", 0),
    ],
    "sheets": [
        ("core-for-runners-1", "list", "standard", 0),
        ("strong-legs-for-runners", "cards-4", "standard", 0),
        ("core-for-runners-1", "diary", "standard", 0),
        ("core-for-runners-2", "fridge", "ink-saver", 0),
    ],
}


def main() -> None:
    """Writes docs/NAME.png for every entry of PICTURES."""
    library = Library([Root(HOME / "handouts", "handouts")])
    press = Press(library)
    for name, wanted in PICTURES.items():
        pages = [page(press, *one) for one in wanted]
        save(pages, name)
    save(drawings(library), "figures")


def save(pages: list[Image.Image], name: str) -> None:
    """Writes docs/NAME.png."""
    row(pages).quantize(256).save(HOME / "docs" / f"{name}.png", optimize=True)


def page(press: Press, handout: str, layout: str, edition: str, number: int) -> Image.Image:
    """A page of a handout."""
    return drawn(press.make(read_handout(press.library, handout), Edition(layout, edition, "letter")).data, number)


def drawings(library: Library) -> list[Image.Image]:
    """Two pages of the contact sheet, in colour and in black."""
    ids = list(library.files("exercises")[0])
    pages = []
    with TemporaryDirectory() as folder:
        for number, edition in enumerate(("standard", "ink-saver")):
            done = gallery(library, ids, Edition("guide", edition, "letter"), Path(folder), lambda: None)
            assert done.sheet
            pages.append(drawn(done.sheet.read_bytes(), number + 6))
    return pages


def drawn(data: bytes, number: int) -> Image.Image:
    """A page of a PDF, 880 pixels high."""
    pdf = pypdfium2.PdfDocument(data)
    image: Image.Image = pdf[number].render(scale=880 / 792).to_pil()
    pdf.close()
    return image


def row(pages: list[Image.Image], gap: int = 24) -> Image.Image:
    """Pages side by side on a grey ground."""
    width = sum(p.width for p in pages) + gap * (len(pages) + 1)
    sheet = Image.new("RGB", (width, max(p.height for p in pages) + 2 * gap), SHADOW)
    x = gap
    for one in pages:
        sheet.paste(one, (x, gap))
        x += one.width + gap
    return sheet


if __name__ == "__main__":
    main()
