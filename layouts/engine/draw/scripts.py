"""Letters that our own typefaces lack, or that have to be joined: Arabic, Hebrew, Devanagari, Thai, Chinese and others.

Their typefaces come with the extra `scripts`, and HarfBuzz shapes them, as in a browser. What comes out are clusters:
letters that are drawn as one, such as a Devanagari conjunct, an Arabic letter with its vowels, or one Chinese
character. Nothing here is imported before such a letter is met, and HarfBuzz not before one is drawn.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeAlias

from ..records import dataclass
from .directions import MARKS, levels_of, mirrored, visual
from .repairs import EmbeddedFont

Plain: TypeAlias = Callable[[str], tuple[tuple[str, EmbeddedFont], ...]]  # a text in the page's own typefaces
Has: TypeAlias = Callable[[str], bool]
_UNSEEN = re.compile(
    "[\u200c-\u200f\u061c\u2066-\u2069\ufe00-\ufe02\U000e0100-\U000e01ef]"
)  # they steer, and draw nothing
_VARIANT = re.compile("[\U000e0100-\U000e01ef]")  # which of its forms a Chinese character has in a name
_BOLDER = 0.022  # of the em: how much bolder a typeface of one weight is made


@dataclass(frozen=True)
class Source:
    """A typeface's package and files. One without a file for bold has an axis of weight, or is made bolder."""

    called: str  # its letters, as people call them
    package: str
    regular: str
    bold: str = ""


_CJK = Source("Chinese, Japanese or Korean", "noto_cjk_sans_jp_regular", "NotoSansCJKjp-Regular.otf")
_SINGLE = frozenset(("Bopo", "Hang", "Hani", "Hira", "Kana"))  # letters that stand singly: any typeface may draw them
# By the codes of ISO 15924, which Unicode gives its characters.
SOURCES = {
    "Arab": Source("Arabic", "fontpkg_noto_sans_arabic", "NotoSansArabic[wdth,wght].ttf"),
    "Beng": Source("Bengali", "fontpkg_hind_siliguri", "HindSiliguri-Regular.ttf", "HindSiliguri-Bold.ttf"),
    "Deva": Source("Devanagari", "fontpkg_noto_sans_devanagari", "NotoSansDevanagari[wdth,wght].ttf"),
    "Hebr": Source("Hebrew", "fontpkg_heebo", "Heebo[wght].ttf"),
    "Khmr": Source("Khmer", "fontpkg_noto_sans_khmer", "NotoSansKhmer[wdth,wght].ttf"),
    "Taml": Source("Tamil", "fontpkg_noto_sans_tamil", "NotoSansTamil[wdth,wght].ttf"),
    "Telu": Source("Telugu", "fontpkg_noto_sans_telugu", "NotoSansTelugu[wdth,wght].ttf"),
    "Thai": Source("Thai", "fontpkg_noto_sans_thai", "NotoSansThai[wdth,wght].ttf"),
    **dict.fromkeys(sorted(_SINGLE), _CJK),
}


Drawn: TypeAlias = tuple[str, tuple[tuple[int, int, int], ...]]  # letters, and the numbers and places of their glyphs


@dataclass(frozen=True)
class Cluster:
    """Letters drawn as one: what they are, their glyphs with places in font units, and in thousandths of the size its
    advance, and how far from its start it is drawn (letters that are drawn nearer to others are the same letters)."""

    drawn: Drawn
    advance: int
    shift: int = 0


@dataclass(frozen=True, eq=False)
class ScriptFont:
    """A typeface of the extra in one weight, as HarfBuzz has it."""

    name: str
    units: int  # of its em
    shaper: Any

    def has(self, char: str) -> bool:
        """Whether it has the character."""
        return self.shaper.get_nominal_glyph(ord(char)) is not None


@dataclass(frozen=True)
class Shaped:
    """Letters as they are drawn: their clusters from left to right."""

    font: ScriptFont
    clusters: tuple[Cluster, ...]


@dataclass(frozen=True)
class Part:
    """Some of the words: what draws them, how far from the start (at size 1), and whether they are read leftward."""

    text: str
    font: EmbeddedFont | Shaped
    at: float
    rtl: bool


@dataclass(frozen=True)
class ScriptWords:
    """Words on a line with letters of other scripts: their parts in the order in which they are read, and the width
    of all at size 1."""

    parts: tuple[Part, ...]
    width: float


# --------------------------------------------------------------------------- who can draw what
@lru_cache(maxsize=4096)
def script(char: str) -> str:
    """The script of SOURCES that a character belongs to, or ''. Signs belong to a script that uses them."""
    from fontTools import unicodedata as data

    own = data.script(char)
    if own in SOURCES:
        return str(own)
    if own not in ("Zyyy", "Zinh"):
        return ""
    if unicodedata.decomposition(char).startswith(("<wide>", "<narrow>")) or _VARIANT.match(char):
        return "Hani"
    return next((code for code in sorted(data.script_extension(char)) if code in SOURCES), "")


def script_name(char: str) -> str:
    """What Unicode calls the script of a letter; '' for signs."""
    from fontTools import unicodedata as data

    code = data.script(char)
    return "" if code in ("Zyyy", "Zinh", "Zzzz") else str(data.script_name(code)).replace("_", " ")


@lru_cache(maxsize=len(SOURCES))
def installed(code: str) -> bool:
    """Whether all is there that draws a script of SOURCES."""
    return all(find_spec(package) for package in ("uharfbuzz", "bidi", SOURCES[code].package))


def drawn(char: str, has: Has) -> bool:
    """Whether a character can be drawn, by a typeface of the extra or by those of the page, which `has` asks."""
    code = script(char)
    if not code or (code in _SINGLE and has(char)):
        return has(char)
    return installed(code) and (bool(_UNSEEN.match(char)) or _font(code, False).has(char))


def _font(code: str, bold: bool) -> ScriptFont:
    return _read(SOURCES[code], bold)


@lru_cache(maxsize=2 * len(SOURCES))
def _read(source: Source, bold: bool) -> ScriptFont:
    import uharfbuzz

    found = find_spec(source.package)
    assert found and found.submodule_search_locations
    folder, file = Path(found.submodule_search_locations[0]), (bold and source.bold) or source.regular
    path = next(path for path in (folder / "files" / file, folder / file) if path.is_file())
    face = uharfbuzz.Face(path.read_bytes())  # by its bytes: HarfBuzz cannot open every Windows path
    shaper = uharfbuzz.Font(face)
    if any(axis.tag == "wght" for axis in face.axis_infos):
        shaper.set_variations({"wght": 700 if bold else 400})
    elif bold and not source.bold:
        shaper.synthetic_bold = (_BOLDER, _BOLDER, True)
    family = re.split(r"[-\[]", path.stem)[0]
    return ScriptFont(f"{family}-{'Bold' if bold else 'Regular'}", face.upem, shaper)


# --------------------------------------------------------------------------- words
def words(text: str, level: int | None, plain: Plain, has: Has, *, bold: bool) -> ScriptWords:
    """A text as it stands on a line. `level` is its embedding level where that is known, as of a part of a paragraph;
    else the text's own directions are found. `plain` draws, and `has` knows, what is not of another script."""
    levels = levels_of(text) if level is None else (level,) * len(text)
    runs: list[tuple[str, EmbeddedFont | Shaped, int]] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or levels[end] != levels[start]:
            part = MARKS.sub("", text[start:end])
            runs.extend(
                (run, font, levels[start]) for run, font in _runs(part, bool(levels[start] & 1), plain, has, bold)
            )
            start = end
    widths = [_advance(run, font) for run, font, _ in runs]
    at, places = 0.0, [0.0] * len(runs)
    for index in visual([depth for _, _, depth in runs]):
        places[index] = at
        at += widths[index]
    parts = (Part(run, font, place, bool(depth & 1)) for (run, font, depth), place in zip(runs, places, strict=True))
    return ScriptWords(tuple(parts), at)


def _advance(text: str, font: EmbeddedFont | Shaped) -> float:
    if isinstance(font, Shaped):
        return sum(cluster.advance for cluster in font.clusters) / 1000
    return float(sum(font.face.charWidths.get(ord(char), font.face.defaultWidth) for char in text)) / 1000


def _runs(text: str, rtl: bool, plain: Plain, has: Has, bold: bool) -> Iterator[tuple[str, EmbeddedFont | Shaped]]:
    """A text of one direction as runs in reading order. Read leftward, the page's own typefaces draw it sign by sign.

    A space goes with the letters before it: Chrome's viewer loses spaces that stand alone before something wide.
    """
    for part, code, space in _of_one_script(text, has):
        if code:
            shaped = _shaped(part, code, rtl, bold)
            yield part + space, _with_space(shaped, plain, rtl) if space else shaped
        elif rtl:
            for char in part:
                yield from plain(mirrored(char))
        else:
            yield from plain(part)


def _with_space(shaped: Shaped, plain: Plain, rtl: bool) -> Shaped:
    """The letters with a space of the page's own width behind them."""
    space = Cluster((" ", ()), round(1000 * sum(_advance(text, font) for text, font in plain(" "))))
    return Shaped(shaped.font, (space, *shaped.clusters) if rtl else (*shaped.clusters, space))


def _of_one_script(text: str, has: Has) -> Iterator[tuple[str, str, str]]:
    """The text cut where another typeface has to draw it, each part with its script or '', and a space behind it."""
    start, before = 0, ""
    for at, char in enumerate(text):
        code = script(char)
        if code in _SINGLE and has(char):
            code = ""
        if before and code != before and _goes_with(char, code, before):
            code = before
        if at > start and code != before:
            space = char if before and char == " " else ""
            yield text[start:at], before, space
            start = at + len(space)
        before = code
    if text[start:]:
        yield text[start:], before, ""


def _goes_with(char: str, code: str, before: str) -> bool:
    """Whether a character goes with the script before it: marks do, and signs that several scripts use, such as the
    full stop of Hindi and Bengali."""
    from fontTools import unicodedata as data

    if _UNSEEN.match(char) or (code and SOURCES[code] is SOURCES[before]):
        return True
    mark = not code and unicodedata.category(char)[0] == "M"
    shared = bool(code) and data.script(char) in ("Zyyy", "Zinh") and before in data.script_extension(char)
    return (mark or shared) and _font(before, False).has(char)


def _shaped(text: str, code: str, rtl: bool, bold: bool) -> Shaped:
    import uharfbuzz

    font = _font(code, bold)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.direction, buffer.script = "rtl" if rtl else "ltr", code
    buffer.language = "und"  # HarfBuzz would take the computer's own
    if (
        rtl
    ):  # vowel signs apart from their letters, for readers turn codes round, and some the letters of a code as well
        buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
    uharfbuzz.shape(font.shaper, buffer, {})
    infos, places = buffer.glyph_infos, buffer.glyph_positions
    starts = sorted({info.cluster for info in infos})
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    clusters, glyphs, x = [], [], 0
    for index, (info, place) in enumerate(zip(infos, places, strict=True)):
        glyphs.append((info.codepoint, x + place.x_offset, place.y_offset))
        x += place.x_advance
        if index + 1 == len(infos) or infos[index + 1].cluster != info.cluster:
            letters = text[info.cluster : ends[info.cluster]]
            shift = min((at for _, at, _ in glyphs), key=abs)
            drawn = tuple((glyph, at - shift, up) for glyph, at, up in glyphs)
            clusters.append(Cluster((letters, drawn), round(x * 1000 / font.units), round(shift * 1000 / font.units)))
            glyphs, x = [], 0
    return Shaped(font, tuple(clusters))


# --------------------------------------------------------------------------- where a line may end
_NO_START = frozenset(
    "、。，．：；？！）］｝〕〉》」』】〙〗〟’”»ーぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ々〻ゝゞヽヾ・…‥,.:;?!)]}%°"
)
_NO_END = frozenset("（［｛〔〈《「『【〘〖〝‘“«([{")
_VIRAMA = 9  # its canonical combining class: the letter behind it is joined to the one before


def breaks(text: str) -> list[int]:
    """Where a line may end in a word: beside Chinese and Japanese characters, but never before a closing mark or a
    small kana, nor behind an opening one (JIS X 4051, 6.1). Korean has spaces."""
    return [at for at in range(1, len(text)) if _may_break(text[at - 1], text[at])]


def _may_break(before: str, after: str) -> bool:
    if before in _NO_END or after in _NO_START or unicodedata.category(after)[0] in "MC":
        return False
    return script(before) in _SINGLE - {"Hang"} or script(after) in _SINGLE - {"Hang"}


def letters(text: str) -> list[str]:
    """The text cut where it may be broken at worst: never before a vowel sign, or within letters that are joined."""
    cut: list[str] = []
    for char in text:
        joined = unicodedata.category(char)[0] in "MC" or (
            cut and (cut[-1][-1] == "\u200d" or unicodedata.combining(cut[-1][-1]) == _VIRAMA)
        )
        if cut and joined:
            cut[-1] += char
        else:
            cut.append(char)
    return cut
