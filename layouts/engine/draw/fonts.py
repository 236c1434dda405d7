"""Typefaces: the TrueType files behind the names that styles use, and who draws a character that one lacks.

Reading is Atkinson Hyperlegible, display is Lexend, and Noto Sans stands in for what they lack. A brand's own
files take their places. A variable font is turned into the static instance that a style asks for, once.
"""

from __future__ import annotations

import io
from bisect import bisect_right
from functools import lru_cache
from importlib import import_module
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from ..cache import kept
from ..problems import Place, problem
from ..records import dataclass
from .repairs import EmbeddedFont

if TYPE_CHECKING:
    from .scripts import ScriptWords

Runs: TypeAlias = "tuple[tuple[str, EmbeddedFont], ...]"
WEIGHTS = {"text": 400, "text-bold": 700, "display": 600, "display-bold": 700}
_PACKAGED = {
    "text": ("fontpkg_atkinson_hyperlegible", "AtkinsonHyperlegible-Regular.ttf"),
    "text-bold": ("fontpkg_atkinson_hyperlegible", "AtkinsonHyperlegible-Bold.ttf"),
    "display": ("fontpkg_lexend", "Lexend[wght].ttf"),
    "display-bold": ("fontpkg_lexend", "Lexend[wght].ttf"),
}
# Atkinson Hyperlegible slashes its zero and has no plain one: "2 sets of 1Ø" puzzles patients, so the zero alone is
# Lexend's, in the weight that looks the same.
_ZERO = {"text": 330, "text-bold": 700}
_FALLBACK = ("fontpkg_noto_sans", "NotoSans[wdth,wght].ttf")
# What `scripts` may have to draw, by Unicode's blocks, as starts and ends in turn: letters and signs from Hebrew to
# Chinese, and marks of direction. Not a regular expression: to compile it would take 3 ms of every start.
_OTHER_SCRIPTS = (
    0x590, 0x10A0, 0x1100, 0x1200, 0x1780, 0x1800, 0x19E0, 0x1A00, 0x1CD0, 0x1D00, 0x2066, 0x206A, 0x2E80, 0xA4D0,
    0xA8E0, 0xA900, 0xA960, 0xA980, 0xAC00, 0xD800, 0xF900, 0xFB00, 0xFB1D, 0xFE00, 0xFE10, 0xFF00, 0xFF00, 0xFFF0,
    0x1B000, 0x1B170, 0x20000, 0x40000, 0xE0100, 0xE01F0,
)  # fmt: skip


def other_scripts(text: str) -> set[str]:
    """The characters of a text that are, or may be, of other scripts than Latin, Greek and Cyrillic."""
    if text.isascii():
        return set()
    return {char for char in set(text) if char >= "\u0590" and bisect_right(_OTHER_SCRIPTS, ord(char)) & 1}


@dataclass(frozen=True)
class FontFile:
    """A TrueType file that the brand names, with the place where it does."""

    path: Path
    place: Place


@dataclass(frozen=True)
class Faces:
    """The typefaces of a document; `brand` by the names of WEIGHTS, ours where it has none."""

    brand: tuple[tuple[str, FontFile], ...] = ()

    def font(self, name: str) -> EmbeddedFont:
        """The font behind a style's name. Raises ContentError when a brand's file is no usable font."""
        return _font(self, name)

    def fallback(self, name: str) -> EmbeddedFont:
        """The font that draws what `name` lacks."""
        return _load(_packaged(*_FALLBACK), 700 if WEIGHTS[name] > 500 else 400, Place(_FALLBACK[1]))

    def zero(self, name: str) -> EmbeddedFont | None:
        """The font that draws the digit zero in place of the font `name`, or None."""
        if name not in _ZERO or any(key == name for key, _ in self.brand):
            return None
        return _load(_packaged(*_PACKAGED["display"]), _ZERO[name], Place(_PACKAGED["display"][1]))

    def runs(self, text: str, name: str, level: int | None = None) -> Runs | ScriptWords:
        """The text as runs, each in a font that has all its characters (what none has stays in the first); where it has
        letters of other scripts, as `scripts` has them. `level` is the text's embedding level, where that is known."""
        if other_scripts(text):
            return _script_words(self, text, name, level)
        if level and level & 1:  # signs and spaces among words that run leftward
            return _script_words(self, text, name, level)
        return _runs(self, text, name)

    def has(self, char: str, name: str) -> bool:
        """Whether the font or its stand-in has the character."""
        return any(ord(char) in font.face.charToGlyph for font in (self.font(name), self.fallback(name)))

    def lacks(self, text: str, name: str) -> str:
        """The characters of the text that no font has."""
        have = self.font(name).face.charToGlyph
        missing = {c for c in text if ord(c) not in have and c not in " \u00a0\u00ad\u200b\n"}
        others = known = other_scripts(text)
        if others:
            from .scripts import drawn

            others = {c for c in others if not drawn(c, lambda c: self.has(c, name))}
        if not missing and not others:
            return ""
        fallback = self.fallback(name).face.charToGlyph
        return "".join(sorted(others | {c for c in missing if ord(c) not in fallback and c not in known}))

    def width(self, text: str, name: str) -> float:
        """The text's width at size 1, in points."""
        return _width(self, text, name)


@lru_cache(maxsize=64)
def _font(faces: Faces, name: str) -> EmbeddedFont:
    for key, file in faces.brand:
        if key == name:
            return _load(file.path, WEIGHTS[name], file.place)
    return _load(_packaged(*_PACKAGED[name]), WEIGHTS[name], Place(_PACKAGED[name][1]))


@lru_cache(maxsize=20_000)
def _width(faces: Faces, text: str, name: str) -> float:
    total = 0.0
    runs = faces.runs(text, name)
    if not isinstance(runs, tuple):
        return runs.width
    for part, font in runs:
        total += sum(map(font.face.charWidths.get, map(ord, part), repeat(font.face.defaultWidth)))
    return total / 1000


@lru_cache(maxsize=20_000)
def _runs(faces: Faces, text: str, name: str) -> Runs:
    main = faces.font(name)
    have = main.face.charToGlyph
    zero = faces.zero(name) if "0" in text else None
    missing = {chr(code) for code in set(map(ord, text)).difference(have, (0xA0,))}
    if not missing and zero is None:
        return ((text, main),)
    other = faces.fallback(name) if missing else main
    runs: list[tuple[str, EmbeddedFont]] = []
    for char in text:
        font = main if char not in missing or ord(char) not in other.face.charToGlyph else other
        if char == "0" and zero is not None:
            font = zero
        if runs and runs[-1][1] is font:
            runs[-1] = (runs[-1][0] + char, font)
        else:
            runs.append((char, font))
    return tuple(runs)


@lru_cache(maxsize=2000)
def _script_words(faces: Faces, text: str, name: str, level: int | None) -> ScriptWords:
    from .scripts import words

    def plain(part: str) -> Runs:
        return _runs(faces, part, name)

    return words(text, level, plain, lambda char: faces.has(char, name), bold=WEIGHTS[name] > 500)


def forget_words() -> None:
    """Gives back the memory of words that were measured."""
    _width.cache_clear()
    _runs.cache_clear()
    _script_words.cache_clear()


@lru_cache(maxsize=8)
def _packaged(package: str, file: str) -> Path:
    return Path(str(import_module(package).__file__)).parent / "files" / file


@lru_cache(maxsize=64)
def _load(path: Path, weight: int, place: Place) -> EmbeddedFont:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise problem(place, f'the font "{path.name}" cannot be read ({error.strerror or error})') from None
    if data[:4] == b"OTTO":
        raise problem(
            place, f'"{path.name}" is an OpenType font with CFF outlines', "Use the typeface's TrueType (TTF) file."
        )
    if data[:4] not in (b"\x00\x01\x00\x00", b"true"):
        raise problem(place, f'"{path.name}" is not a TrueType font', "Use the typeface's TrueType (TTF) file.")
    original = data
    try:
        data = kept("font", b"%d %d " % (weight, len(data)) + data, lambda: _prepared(original, weight))
        return EmbeddedFont(f"{path.stem}-{weight}", io.BytesIO(data))
    except Exception as error:  # fontTools and ReportLab raise many kinds for a damaged font
        hint = "Get the file anew from whoever made the typeface."
        raise problem(place, f'"{path.name}" is a damaged font', hint) from error


def _prepared(data: bytes, weight: int) -> bytes:
    """The font as it is embedded: static, of one weight, and without hints, which help low screens and make up half
    of a subset."""
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    for table in ("GPOS", "GSUB", "GDEF", "STAT", "HVAR", "MVAR"):  # not used here, and slow to make an instance of
        if table in font:
            del font[table]
    if "fvar" in font:
        font = _instance(font, weight)
    for name in font.getGlyphOrder():
        font["glyf"][name].removeHinting()
    for table in ("fpgm", "prep", "cvt ", "cvar", "hdmx", "VDMX", "LTSH", "gasp", "DSIG"):
        if table in font:
            del font[table]
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _instance(font: Any, weight: int) -> Any:
    """The static font of one weight, under a PostScript name of its own: ReportLab tells fonts apart by that."""
    from fontTools.varLib import instancer

    axes = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
    if "wght" in axes:
        axis = next(a for a in font["fvar"].axes if a.axisTag == "wght")
        axes["wght"] = min(max(weight, axis.minValue), axis.maxValue)
    font = instancer.instantiateVariableFont(font, axes)
    family = font["name"].getDebugName(6) or "Font"
    for record in font["name"].names:
        if record.nameID in (1, 4, 6, 16):
            name = f"{family.split('-')[0]}-{weight}"
            font["name"].setName(name, record.nameID, record.platformID, record.platEncID, record.langID)
    return font
