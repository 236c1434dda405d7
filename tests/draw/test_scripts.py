"""Letters of other scripts: shaped as HarfBuzz does it, found as they were typed, and set as readers expect."""

from __future__ import annotations

import io
import subprocess
import sys
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import uharfbuzz
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from layouts.engine.draw import scripts
from layouts.engine.draw.canvas import TaggedCanvas
from layouts.engine.draw.fonts import WEIGHTS, Faces
from layouts.engine.draw.metadata import Metadata
from layouts.engine.draw.structure import Element
from layouts.engine.draw.styles import TextStyle
from layouts.engine.draw.text import SetLine, set_lines, words_width
from layouts.engine.draw.words import Words
from layouts.engine.merge.blocks import Span
from layouts.engine.read.leftward import is_leftward
from tests.pages import paint, tagtree

FACES = Faces()
STYLE = TextStyle("text", 14, 20, (0, 0, 0), bold="text-bold")
NAMES = {  # each with its script, and the number of glyphs that its letters become
    "山田 太郎": ("Hani", 4),
    "김민수": ("Hang", 3),
    "عمر حسن": ("Arab", 6),
    "الله لا": ("Arab", 6),
    "דניאל כהן": ("Hebr", 8),
    "नमस्ते": ("Deva", 4),
    "क्षेत्र": ("Deva", 2),
    "น้ำใจ": ("Thai", 3),
    "தமிழ் கொடி": ("Taml", 5),
    "ক্ষেত্র": ("Beng", 2),
    "తెలుగు": ("Telu", 3),
    "ស្រី": ("Khmr", 1),
}
JAPANESE = "毎日三十分ほど歩いてください。痛みが強いときは、すぐに休んで「無理」をしないようにしましょう。ゆっくりと。"


def page(text: str, *, width: float = 400, bold: bool = False) -> bytes:
    """A tagged page with a paragraph."""
    canvas = TaggedCanvas((440, 300), Metadata("t", "a", "s", "k", "en", date(2026, 1, 1)))
    root = Element("Document")
    Words((Span(text, bold=bold),), STYLE, FACES, root.child("P")).draw(canvas, 20, 20, width)
    canvas.showPage()
    return canvas.finish(root)


def read(data: bytes) -> str:
    """The text as Chrome's viewer finds it."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        return str(pdf[0].get_textpage().get_text_range()).strip()
    finally:
        pdf.close()


def embedded(data: bytes) -> tuple[dict[int, str], list[float], TTFont]:
    """Of the only script's typeface of a page: the letters of its codes, their widths, and the program."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        font = pdf.pages[0].Resources.Font.S1
        letters = paint._to_unicode(font.ToUnicode.read_bytes().decode("ascii"))
        inner = font.DescendantFonts[0]
        program = TTFont(io.BytesIO(inner.FontDescriptor.FontFile2.read_bytes()))
        return letters, [float(width) for width in inner.W[1]], program


def shaped_by_harfbuzz(word: str, code: str) -> list[tuple[str, tuple[float, ...] | None]]:
    """A word's clusters from left to right: their letters, and the box of what is drawn of each."""
    font = scripts._font(code, False).shaper
    buffer = uharfbuzz.Buffer()
    buffer.add_str(word)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer, {})
    starts = sorted({info.cluster for info in buffer.glyph_infos})
    ends = dict(zip(starts, [*starts[1:], len(word)], strict=True))
    found: dict[int, BoundsPen] = {}
    at = 0
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        pen = found.setdefault(info.cluster, BoundsPen(None))
        box = BoundsPen(None)
        font.draw_glyph_with_pen(info.codepoint, box)
        x, y = at + place.x_offset, place.y_offset
        for corner in ((0, 1), (2, 3)) if box.bounds else ():
            pen.moveTo((box.bounds[corner[0]] + x, box.bounds[corner[1]] + y))
            pen.lineTo((box.bounds[corner[0]] + x, box.bounds[corner[1]] + y))
        at += place.x_advance
    scale = 1000 / font.face.upem
    return [(word[c : ends[c]], pen.bounds and tuple(v * scale for v in pen.bounds)) for c, pen in found.items()]


@pytest.mark.parametrize("name", NAMES)
def test_words_are_found_as_they_were_typed(name: str) -> None:
    for bold in (False, True):
        data = page(name, bold=bold)
        assert read(data) == name
        with pikepdf.open(io.BytesIO(data)) as pdf:
            tagged = tagtree.Tagged(pdf)
            assert tagged.words() == name.split()
            assert list(tagtree._fonts(tagged)) == []
            (p,) = paint.read_pages(pdf)
            assert p.problems == []


@pytest.mark.parametrize("name", NAMES)
def test_letters_are_drawn_as_harfbuzz_joins_them(name: str) -> None:
    code, count = NAMES[name]
    known, widths, program = embedded(page(name))
    glyphs, drawn = program.getGlyphSet(), program.getGlyphOrder()
    assert len(known) == len(widths) == len(drawn) - 1
    assert len([text for text in known.values() if text != " "]) == count
    boxes: dict[str, list[tuple[float, ...] | None]] = {}
    for number, text in known.items():
        pen = BoundsPen(glyphs)
        glyphs[drawn[number]].draw(pen)
        boxes.setdefault(text, []).append(pen.bounds)
    for word in name.split():
        for letters, box in shaped_by_harfbuzz(word, code):
            sizes = [b and (b[2] - b[0], b[1], b[3]) for b in boxes[letters]]
            assert box and any(
                size == pytest.approx((box[2] - box[0], box[1], box[3]), abs=3) for size in sizes if size
            ), letters


def test_an_arabic_letter_has_its_form_for_its_place() -> None:
    _, widths, _ = embedded(page("ه ههه"))
    assert len(set(widths)) == 5  # alone, at the end, in the midst, at the start, and the space


def test_no_clock_is_in_the_font() -> None:
    _, _, program = embedded(page("עמר"))
    assert program["head"].created == program["head"].modified == 3_786_825_600


def test_kerned_letters_keep_their_code() -> None:
    letters, _, _ = embedded(page("عمر حرر در ورد زر بر"))
    assert list(letters.values()).count("ر") == 2  # alone, and joined to the one before


def test_what_few_names_have() -> None:
    assert FACES.lacks("葛\U000e0100城 नि\u0301 א\u0301 ، 。（ ー", "text") == ""
    _, _, usual = embedded(page("葛"))
    _, _, own = embedded(page("葛\U000e0100"))  # a family's own form of the character
    assert usual["glyf"]["glyph00001"] != own["glyf"]["glyph00001"]
    assert read(page("山\u0301 कि\u0301")) == "山\u0301 कि\u0301"  # a mark that the typeface has is its own


def test_bold_is_bolder() -> None:
    def ink(text: str, bold: bool) -> int:
        image = pypdfium2.PdfDocument(page(text, bold=bold))[0].render(scale=2).to_pil().convert("L")
        return sum(n * (255 - level) for level, n in enumerate(image.histogram()))

    for name in ("山田", "عمر", "দেব"):
        assert ink(name, True) > 1.15 * ink(name, False)


def places(text: str) -> list[str]:
    """The parts of a line from left to right."""
    runs = FACES.runs(text, "text")
    assert isinstance(runs, scripts.ScriptWords)
    return [part.text.strip() for part in sorted(runs.parts, key=lambda part: part.at) if part.text.strip()]


def test_a_line_of_several_directions() -> None:
    assert places("Call عمر حسن (أبو علي) at 5.") == ["Call", "(", "علي", "أبو", ")", "حسن", "عمر", "at 5."]
    assert places("Ask 山田 and דניאל כהן, 12") == ["Ask", "山田", "and", "12", ",", "כהן", "דניאל"]


def test_the_width_is_that_of_what_is_drawn() -> None:
    for name in (*(name for name in NAMES if not is_leftward(name)), "Dr. 山田 and عمر by 12"):
        data = page(name)
        with pikepdf.open(io.BytesIO(data)) as pdf:
            (p,) = paint.read_pages(pdf)
        right = max(one.box[2] for one in p.paints)
        assert right - 20 == pytest.approx(words_width(name, "text", STYLE, FACES), abs=0.6)


def texts(lines: tuple[SetLine, ...]) -> list[str]:
    return ["".join(fragment.text for fragment in line.fragments) for line in lines]


def test_japanese_lines_end_anywhere_but_before_a_full_stop() -> None:
    for width in range(100, 300, 7):
        lines = set_lines((Span(JAPANESE),), STYLE, FACES, width)
        assert "".join(texts(lines)).strip() == JAPANESE
        assert not any(text[0] in "。、」ょっ" or text.rstrip()[-1] == "「" for text in texts(lines))
        assert all(width - 3 * STYLE.size < line.width <= width + 0.01 for line in lines[:-2])


def test_korean_lines_end_at_spaces() -> None:
    text = "매일 조금씩 천천히 걸으세요 그리고 쉬세요"
    lines = texts(set_lines((Span(text),), STYLE, FACES, 90))
    assert len(lines) > 2 and [word for line in lines for word in line.split()] == text.split()


def test_a_word_too_long_for_a_line_is_never_cut_within_a_letter() -> None:
    for word in ("क्षेत्र" * 20, "น้ำใจ" * 20, "தமிழ்கொடி" * 12):
        lines = texts(set_lines((Span(word),), STYLE, FACES, 100))
        assert "".join(lines).strip() == word and len(lines) > 3
        assert "".join(read(page(line)) for line in lines) == word


def test_a_paragraph_that_runs_leftward_starts_at_the_right() -> None:
    text = "خذ قسطا من الراحة لمدة 5 دقائق بين التمارين. " * 4
    lines = set_lines((Span(text.strip()),), STYLE, FACES, 300)
    assert len(lines) > 2
    for line in lines:
        ends = [
            place + words_width(fragment.text, fragment.font, STYLE, FACES)
            for place, fragment in zip(line.places, line.fragments, strict=True)
        ]
        assert max(ends) == pytest.approx(300) and line.width <= 300.01
    with pikepdf.open(io.BytesIO(page(text.strip(), width=300))) as pdf:
        assert tagtree.Tagged(pdf).words() == text.split()


def test_every_script_has_its_typeface_in_every_weight() -> None:
    for code, source in scripts.SOURCES.items():
        assert scripts.installed(code), source.package
        assert [scripts._font(code, bold).name.rpartition("-")[2] for bold in (False, True)] == ["Regular", "Bold"]
    assert scripts._font("Hani", False) is scripts._font("Kana", False)
    assert set(WEIGHTS.values()) == {400, 600, 700}


def test_latin_words_need_nothing_of_it() -> None:
    code = (
        "import sys; from layouts.engine.draw.fonts import Faces; from layouts.engine.merge.blocks import Span;"
        "from layouts.engine.draw.styles import TextStyle; from layouts.engine.draw.text import set_lines;"
        "style = TextStyle('text', 12, 15, (0, 0, 0));"
        "import layouts.engine.draw.canvas;"
        "set_lines((Span('O’Brien, Łukasz Nguyễn – Привет Ωμέγα ≥ ½'),), style, Faces(), 99);"
        "print([m for m in sys.modules if m.split('.')[-1] in ('uharfbuzz', 'bidi', 'scripts', 'mixed', 'clusters')])"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"
