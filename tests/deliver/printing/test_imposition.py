"""Which page stands where on a sheet, how large, and that nothing of it is lost."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from layouts.engine.deliver.press import Press
from layouts.engine.deliver.printing.imposition import Imposed, Way, booklet_sides, impose, two_up_sides
from layouts.engine.deliver.printing.paper import pages
from layouts.engine.draw.document import Edition
from layouts.engine.problems import ContentError
from layouts.engine.read.handout import read_handout
from layouts.engine.read.library import Library, Root
from tests.deliver.printing import made
from tests.pages.printed import GUIDES, HANDOUTS

WAYS: tuple[Way, ...] = ("booklet", "two-up")
BOOKLETS = {  # left|right of each side, front and back of the outer sheet first; a dot is blank
    1: ".|1 .|.",
    2: ".|1 2|.",
    3: ".|1 2|3",
    4: "4|1 2|3",
    5: ".|1 2|. .|3 4|5",
    6: ".|1 2|. 6|3 4|5",
    7: ".|1 2|7 6|3 4|5",
    8: "8|1 2|7 6|3 4|5",
}


def told(sides: list[tuple[int | None, int | None]]) -> str:
    """Sides as the table above writes them."""
    return " ".join("|".join("." if page is None else str(page + 1) for page in side) for side in sides)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 6, 7, 8])
def test_the_order_of_a_booklet(count: int) -> None:
    assert told(booklet_sides(count)) == BOOKLETS[count]


@pytest.mark.parametrize("count", range(1, 14))
def test_a_folded_booklet_reads_on(count: int) -> None:
    sides = booklet_sides(count)
    assert len(sides) % 2 == 0
    sheets = [sides[i : i + 2] for i in range(0, len(sides), 2)]
    # Sheets lie in each other. Leafing through: the right halves of the fronts and the left ones of the backs on the
    # way in, then the right halves of the backs and the left ones of the fronts on the way out.
    read = [page for front, back in sheets for page in (front[1], back[0])]
    read += [page for front, back in reversed(sheets) for page in (back[1], front[0])]
    blanks = -count % 4
    assert read == [*range(count), *[None] * blanks]


@pytest.mark.parametrize(
    ("count", "order"),
    [
        (1, "1|."),
        (2, "1|2"),
        (3, "1|2 3|."),
        (4, "1|2 3|4"),
        (5, "1|2 3|4 5|."),
        (13, "1|2 3|4 5|6 7|8 9|10 11|12 13|."),
    ],
)
def test_two_pages_side_by_side(count: int, order: str) -> None:
    assert told(two_up_sides(count)) == order


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("count", range(1, 14))
def test_every_page_is_where_it_belongs_and_nothing_is_lost(way: Way, count: int, tmp_path: Path) -> None:
    path = made.pdf(tmp_path / "in.pdf", count)
    sheets = impose(path, way)
    sides = booklet_sides(count) if way == "booklet" else two_up_sides(count)
    expected = [tuple("" if page is None else f"page-{page + 1}" for page in side) for side in sides]
    assert made.halves(sheets.data) == expected
    assert sheets.sides == len(sides)
    assert Counter(" ".join(made.words(sheets.data)).split()) == Counter(made.words(path))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("size", "sheet", "share"),
    [
        (made.LETTER, (792, 612), 396 / 612),
        (made.A4, (841.89, 595.28), 0.7071),
        (made.A3, (1190.55, 841.89), 0.7071),
        (made.A4[::-1], (841.89, 595.28), 0.5),
    ],
)
def test_sheets_are_the_same_paper_lying(
    way: Way, size: tuple[float, float], sheet: tuple[float, float], share: float, tmp_path: Path
) -> None:
    sheets = impose(made.pdf(tmp_path / "in.pdf", 3, size), way)
    with pikepdf.open(io.BytesIO(sheets.data)) as pdf:
        for page in pdf.pages:
            assert [float(x) for x in page.mediabox] == pytest.approx([0, 0, *sheet], abs=0.01)
            assert page.obj.get("/Rotate", 0) == 0
    assert sheets.share == pytest.approx(share, abs=0.001)


def test_the_largest_page_decides_on_the_paper(tmp_path: Path) -> None:
    path = made.pdf(tmp_path / "in.pdf", 1, made.A4)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf, pikepdf.new() as small:
        small.add_blank_page(page_size=(300, 300))
        pdf.pages.insert(0, small.pages[0])
        pdf.save(path)
    with pikepdf.open(io.BytesIO(impose(path, "two-up").data)) as sheets:
        assert [float(x) for x in sheets.pages[0].mediabox][2:] == pytest.approx([841.89, 595.28], abs=0.01)


@pytest.mark.parametrize(
    ("page", "size"),
    [
        ({}, made.LETTER),
        ({"Rotate": 90}, made.LETTER),
        ({"Rotate": 180}, made.LETTER),
        ({"Rotate": 270}, made.A4),
        ({"CropBox": [20, 30, 520, 780]}, made.LETTER),
        ({"CropBox": [20, 30, 520, 780], "Rotate": 90}, made.LETTER),
        ({"MediaBox": [0, 0, 500, 780], "UserUnit": 1.2}, made.LETTER),
    ],
    ids=["plain", "turned", "upside down", "turned back", "cropped", "cropped and turned", "another unit"],
)
def test_a_page_looks_on_its_half_as_it_looks_alone(
    page: dict[str, object], size: tuple[float, float], tmp_path: Path
) -> None:
    path = made.pdf(tmp_path / "in.pdf", 2, size, **{k: pikepdf.Array(v) if isinstance(v, list) else v
                                                     for k, v in page.items()})  # fmt: skip
    sheets = impose(path, "two-up")
    side = np.asarray(made.picture(sheets.data, 0, 1), dtype=int)
    middle = side.shape[1] / 2
    seen = pages(path)
    shrink = min(side.shape[1] / 2 / seen.width, side.shape[0] / seen.height, 1)
    for number in range(2):
        unit = float(page.get("UserUnit", 1))  # type: ignore[arg-type]
        alone = np.asarray(made.picture(path, number, shrink * unit), dtype=int)
        left = round(middle * number + (middle - alone.shape[1]) / 2)
        top = round((side.shape[0] - alone.shape[0]) / 2)
        there = side[max(top, 0) :, max(left, 0) :][: alone.shape[0], : alone.shape[1]]
        alone = alone[: there.shape[0], : there.shape[1]]
        assert there.min() < 160  # something is there
        assert np.abs(there - alone).mean() < 2


def test_no_standard_is_claimed(tmp_path: Path) -> None:
    library = Library([Root(HANDOUTS, "handouts")])
    whole = Press(library).make(read_handout(library, GUIDES[0]), Edition("guide", "standard", "letter"))
    path = tmp_path / "in.pdf"
    path.write_bytes(whole.data)
    for way in WAYS:
        sheets = impose(path, way)
        with pikepdf.open(io.BytesIO(sheets.data)) as pdf:
            assert not {"/Metadata", "/MarkInfo", "/StructTreeRoot", "/OutputIntents", "/AcroForm"} & set(pdf.Root)
            assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"
            assert pdf.Root.ViewerPreferences.PrintScaling == "/None"
            assert all("/StructParents" not in page.obj for page in pdf.pages)
            assert not [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and "/StructParents" in o]
        assert b"pdfuaid" not in sheets.data
        assert b"pdfaid" not in sheets.data
        assert Counter(" ".join(made.words(sheets.data)).split()) == Counter(" ".join(made.words(path)).split())


def test_what_is_filled_into_fields_is_printed(tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    canvas = Canvas(str(path), pagesize=made.LETTER)
    canvas.drawString(60, 700, "question")
    canvas.acroForm.textfield(name="answer", value="my own words", x=60, y=600, width=300, height=30)
    canvas.save()
    assert made.words(impose(path, "two-up").data) == ["question my own words"]


def test_the_same_pages_give_the_same_bytes(tmp_path: Path) -> None:
    path = made.pdf(tmp_path / "in.pdf", 5)
    assert impose(path, "booklet") == impose(path, "booklet")
    assert isinstance(impose(path, "booklet"), Imposed)


# ------------------------------------------------------------- papers
@pytest.mark.parametrize(
    ("size", "page", "paper", "landscape"),
    [
        (made.LETTER, {}, "letter", False),
        (made.A4, {}, "a4", False),
        ((595, 842), {}, "a4", False),
        (made.A3, {}, "a3", False),
        ((792, 1224), {}, "tabloid", False),
        (made.A4[::-1], {}, "a4", True),
        (made.A4, {"Rotate": 90}, "a4", True),
        ((306, 396), {"UserUnit": 2}, "letter", False),
        ((500, 500), {}, None, False),
    ],
)
def test_the_paper_of_a_pdf(
    size: tuple[float, float], page: dict[str, object], paper: str | None, landscape: bool, tmp_path: Path
) -> None:
    seen = pages(made.pdf(tmp_path / "in.pdf", 3, size, **page))
    assert (seen.count, seen.paper, seen.landscape) == (3, paper, landscape)


def test_keys_that_pages_inherit(tmp_path: Path) -> None:
    path = made.pdf(tmp_path / "in.pdf", 1, made.A4)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        del pdf.pages[0].obj["/Rotate"]
        pdf.Root.Pages.Rotate = 270
        pdf.save(path)
    assert pages(path).landscape


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        (b"", "this is no PDF, or it is damaged"),
        (b"hello", "this is no PDF, or it is damaged"),
        (None, "there is no such file"),
    ],
)
def test_a_file_that_is_no_pdf(data: bytes | None, answer: str, tmp_path: Path) -> None:
    path = tmp_path / "in.pdf"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(ContentError, match=answer):
        pages(path)


def test_a_pdf_with_a_password(tmp_path: Path) -> None:
    path = made.pdf(tmp_path / "in.pdf", 1)
    with pikepdf.open(path) as pdf:
        pdf.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(user="secret", owner="secret"))
    with pytest.raises(ContentError, match="protected by a password"):
        pages(tmp_path / "locked.pdf")


def test_a_pdf_without_pages(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.save(tmp_path / "empty.pdf")
    with pytest.raises(ContentError, match="has no pages"):
        pages(tmp_path / "empty.pdf")
