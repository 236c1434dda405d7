"""How hard a handout is to read: its school grade in English, its INFLESZ score in Spanish.

A formula sees the length of words and sentences and nothing else: it cannot tell whether a text makes sense.
Its findings are therefore opinions, and each says which lines it means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, pairwise

from ..problems import Finding, Level, Place
from ..records import dataclass
from . import syllables

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
_WORD = r"\w+(?:['\u2019.-]\w+|,\d+)*[%°]?"

_BREAK = r"\n\s*\n|\n(?=\s*(?:[-*\u2022\u2013]|\d+[.)])\s)"  # a paragraph's end, or the next bullet
_ENUMERATOR = r"^\s*(?:\d+|[A-Za-z])[.)]\s+"
_STOP = r"""([.!?…]+)["'\u201d\u2019»)\]]*\s+["'\u201c\u2018«(\[¿¡]*(?=(\S))"""
_NEVER_LAST = frozenset(("dr", "dra", "mr", "mrs", "ms", "prof", "sr", "sra", "st", "e.g", "i.e", "p.ej", "ej", "vs"))
# These end a sentence only when a capital follows: "at 9 a.m. or later", "no. 5".
_RARELY_LAST = frozenset(
    ("a.m", "p.m", "approx", "aprox", "etc", "ext", "fig", "hr", "hrs", "min", "mins", "no", "núm", "p", "sec", "tel")
)

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
    scale = _SCALES.get(_primary(language), _SCALES["en"])
    return _count((sentence for text in texts for sentence in _sentences(text)), scale.syllables)


def findings(texts: Sequence[tuple[Place, str]], language: str) -> list[Finding]:
    """What is to be said of one file's texts: first of the whole, then of single paragraphs.

    `language` is a tag such as "en-GB". English is held against grades 6 and 8, Spanish against 65 and 55
    of the INFLESZ scale; of any other language nothing is said, for want of a formula that fits it.
    """
    scale = _SCALES.get(_primary(language))
    if scale is None:
        return []
    parts = [part for place, text in texts if (part := _part(place, text, scale)).measured.words]
    if not parts:
        return []
    whole = _count((sentence for part in parts for sentence in part.sentences), scale.syllables)
    file = Place(parts[0].place.file)
    return [
        *_of_level(file, whole, parts, scale),
        *_of_sentences(file, whole, parts),
        *(found for part in parts for found in _of_part(part, scale)),
    ]


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

    @property
    def words(self) -> Iterable[str]:
        return chain.from_iterable(self.sentences)

    @property
    def longest_sentence(self) -> int:
        return max(map(len, self.sentences))


def _part(place: Place, text: str, scale: _Scale) -> _Part:
    return _Part(place, text, *_read(text, scale.syllables))


@lru_cache(maxsize=1024)
def _read(text: str, syllables_of: Callable[[str], int]) -> tuple[tuple[tuple[str, ...], ...], Readability]:
    """A text's sentences, and how hard they are; somebody who writes has most texts read again and again."""
    sentences = tuple(_sentences(text))
    return sentences, _count(sentences, syllables_of)


def _count(sentences: Iterable[Sequence[str]], syllables_of: Callable[[str], int]) -> Readability:
    numbers = [(len(words), sum(map(syllables_of, words))) for words in sentences]
    return Readability(sum(n for n, _ in numbers), len(numbers), sum(n for _, n in numbers))


def _primary(language: str) -> str:
    return language.lower().replace("_", "-").split("-")[0]


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
    return [text[start:end] for start, end in pairwise((0, *ends, len(text)))]


def _is_end(before: str, stop: str, following: str) -> bool:
    """Whether `stop` ends a sentence, from the text before it and the first letter or digit after it."""
    if following.islower():
        return False  # "Does it hurt?" she asked; wait ... then go on
    token = re.search(r"[\w.]+$", before)
    if stop != "." or token is None:
        return True
    abbreviation = token[0].lower()
    return abbreviation not in _NEVER_LAST and (abbreviation not in _RARELY_LAST or following.isupper())


# --- findings ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Scale:
    """A language's measure. `difficulty` grows with how hard the text is, to one decimal as it is shown."""

    syllables: Callable[[str], int]
    difficulty: Callable[[Readability], float]
    warning: float
    error: float
    verb: str
    score: Callable[[Readability], str]
    need: str
    plain: Mapping[str, str]  # words to say instead of long ones

    def verdict(self, measured: Readability) -> str:
        return f"{self.verb} {self.score(measured)}; {self.need}"


# The sixth grade is what the American Medical Association recommends for what patients are given to read.
_SCALES: Mapping[str, _Scale] = {
    "en": _Scale(
        syllables=syllables.english,
        difficulty=lambda measured: round(measured.grade, 1),
        warning=6,
        error=8,
        verb="reads at",
        score=lambda measured: f"grade {measured.grade:.1f}",
        need="patients need grade 6 or lower",
        plain=_PLAIN,
    ),
    "es": _Scale(
        syllables=syllables.spanish,
        difficulty=lambda measured: -round(measured.inflesz, 1),
        warning=-65,
        error=-55,
        verb="scores",
        score=lambda measured: f"INFLESZ {measured.inflesz:.1f}",
        need="patients need 65 or more",
        plain={},
    ),
}


def _of_level(file: Place, whole: Readability, parts: list[_Part], scale: _Scale) -> Iterable[Finding]:
    difficulty = scale.difficulty(whole)
    if difficulty > scale.warning:
        level: Level = "error" if difficulty > scale.error else "warning"
        yield Finding(file, level, CHECK, f"the text {scale.verdict(whole)}", _hint(parts, scale))


def _hint(parts: list[_Part], scale: _Scale) -> str:
    """The hardest texts in falling order, and the plain words for those long ones that have one."""

    def difficulty(part: _Part) -> float:
        return scale.difficulty(part.measured)

    long = [part for part in parts if part.measured.words >= _NAMEABLE] or parts
    hard = [part for part in long if difficulty(part) > scale.warning] or long
    named = sorted(hard, key=difficulty, reverse=True)[:_MAX_NAMED]
    texts = "; ".join(f'{p.where} ({scale.score(p.measured)}, longest word "{_longest(p, scale)}")' for p in named)
    return " ".join((f"Hardest: {texts}. Use shorter sentences and shorter words there.", *_plain(parts, scale)))


def _plain(parts: list[_Part], scale: _Scale) -> list[str]:
    used = {word.lower() for part in parts for word in part.words}
    says = [f'"{plain}" for "{word}"' for word, plain in scale.plain.items() if word in used]
    return [f"Say {', '.join(says)}."] if says else []


def _longest(part: _Part, scale: _Scale) -> str:
    """The word with the most syllables; of several, the one with the most letters, then the first."""
    return max(part.words, key=lambda word: (scale.syllables(word), len(word)))


def _of_sentences(file: Place, whole: Readability, parts: list[_Part]) -> Iterable[Finding]:
    if round(whole.words_per_sentence, 1) > MAX_SENTENCE:
        part = max(parts, key=lambda part: part.longest_sentence)
        yield Finding(
            file,
            "advice",
            CHECK,
            f"a sentence has {whole.words_per_sentence:.1f} words on average; {MAX_SENTENCE} or fewer read easily",
            f"The longest has {part.longest_sentence} words: {part.where}.",
        )


def _of_part(part: _Part, scale: _Scale) -> Iterable[Finding]:
    measured = part.measured
    if measured.words >= LONG_TEXT and scale.difficulty(measured) > scale.error:
        yield Finding(
            part.place,
            "advice",
            CHECK,
            f"this text {scale.verdict(measured)}",
            f"Its sentences have {measured.words_per_sentence:.1f} words on average; "
            f'its longest word is "{_longest(part, scale)}".',
        )
