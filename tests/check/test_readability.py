"""What the reading level counts, and what it says of a handout."""

from __future__ import annotations

import pytest

from layouts.engine.check.readability import Readability, findings, measure
from layouts.engine.problems import Finding, Place

FILE = "handouts/knee.yaml"


@pytest.mark.parametrize(
    ("texts", "words", "sentences"),
    [
        (["Rest. Then walk!"], 3, 2),
        (["When to call", "Lift the heel", "Lower it."], 8, 3),  # a heading and bullets, stop or no stop
        (["- Rest\n- Ice it\n\nThen walk"], 5, 3),
        (["1. Lie down.", "b) Rest"], 3, 2),
        (["See Dr. Smith at 9 a.m. or later."], 8, 1),
        (["It opens at 9 a.m. Come early."], 7, 2),
        (["Lift 1.5 kg, e.g. a bag of rice."], 8, 1),
        (["No. 5 is hard. Is it? No. Keep on."], 9, 4),
        (['"Does it hurt?" she asked. "Yes." He sat.'], 8, 3),
        (["Wait ... then go. Breathe\u2026 Rest."], 5, 3),
        (["Look at https://x.org/a.b?c=1. Or at www.knee.org/back, or clinic.example.org."], 5, 2),
        (["Write to desk@clinic.example.org. Call (555) 010-0199 or +34 91 23 45 67 now."], 5, 2),
        (["Call 0300 123 4567.", "020 7946 0000"], 1, 1),
        (["Do 10-12 reps, 3 and/or 4 sets \u2013 daily."], 9, 1),
        (["", "...", "\u2022"], 0, 0),
    ],
)
def test_words_and_sentences(texts: list[str], words: int, sentences: int) -> None:
    measured = measure(texts)
    assert (measured.words, measured.sentences) == (words, sentences)


def test_heading_in_capitals_is_read_as_words() -> None:
    assert measure(["CALL US NOW"]) == measure(["Call us now"]) == Readability(3, 1, 3)


@pytest.mark.parametrize(
    ("text", "counts", "grade"),
    [
        ("The cat sat on the mat.", Readability(6, 1, 6), -1.45),  # 0.39 * 6 + 11.8 * 6/6 - 15.59
        ("Call the clinic. It opens at nine.", Readability(7, 2, 9), 0.946),  # 0.39 * 3.5 + 11.8 * 9/7 - 15.59
        ("Rehabilitation improves mobility.", Readability(3, 1, 12), 32.78),  # 0.39 * 3 + 11.8 * 12/3 - 15.59
        ("", Readability(0, 0, 0), 0.0),
    ],
)
def test_grade(text: str, counts: Readability, grade: float) -> None:
    measured = measure([text])
    assert measured == counts
    assert measured.grade == pytest.approx(grade, abs=0.001)


def test_words_per_sentence() -> None:
    assert Readability(words=7, sentences=2, syllables=9).words_per_sentence == 3.5
    assert Readability(0, 0, 0).words_per_sentence == 0


def test_inflesz() -> None:
    measured = measure(["La rodilla duele."], "es")
    assert measured == Readability(3, 1, 6)
    assert measured.inflesz == pytest.approx(206.835 - 62.3 * 6 / 3 - 3)
    assert Readability(0, 0, 0).inflesz == 100


def ten_words(doctors: int) -> str:
    """A sentence of ten words and 10 + `doctors` syllables: grade 3.9 + 1.18 * (10 + doctors) - 15.59."""
    return " ".join(["rest"] * (10 - doctors) + ["doctor"] * doctors) + "."


@pytest.mark.parametrize(
    ("doctors", "expected"),
    [
        (5, []),  # grade 6.0
        (6, [("warning", "the text reads at grade 7.2; patients need grade 6 or lower")]),
        (7, [("error", "the text reads at grade 8.4; patients need grade 6 or lower")]),
    ],
)
def test_level(doctors: int, expected: list[tuple[str, str]]) -> None:
    found = findings([(Place(FILE, 3), ten_words(doctors))], "en-GB")
    assert [(finding.level, finding.message) for finding in found] == expected
    assert {(finding.place, finding.check) for finding in found} <= {(Place(FILE), "reading level")}


def test_hint_names_the_hardest_texts_but_no_short_heading() -> None:
    texts = [
        (Place(FILE, 1), "Rehabilitation"),
        (Place(FILE, 2), ten_words(6)),
        (Place(FILE, 3), ten_words(9)),
        (Place(FILE, 4), ten_words(0)),
        (Place(FILE, 5), "Utilise " + ten_words(9)),
        (Place(FILE), "Now " + ten_words(9)),
    ]
    assert findings(texts, "en")[0].hint == (
        'Hardest: line 5 (grade 12.3, longest word "Utilise"); line 3 (grade 10.7, longest word "doctor"); '
        '"Now rest doctor doctor ..." (grade 10.2, longest word "doctor"). '
        'Use shorter sentences and shorter words there. Say "use" for "utilise".'
    )


def test_long_sentences() -> None:
    texts = [(Place(FILE, 4), "rest " * 15), (Place(FILE, 9), "rest " * 16)]
    assert findings(texts[:1], "en") == []
    assert findings(texts, "en") == [
        Finding(
            Place(FILE),
            "advice",
            "reading level",
            "a sentence has 15.5 words on average; 15 or fewer read easily",
            "The longest has 16 words: line 9.",
        )
    ]


def test_one_hard_paragraph_in_an_easy_handout() -> None:
    place = Place(FILE, 12, 5)
    easy = [(Place(FILE, line), ten_words(0)) for line in range(1, 9)]
    assert findings([*easy, (place, ten_words(7))], "en") == []  # too short to be judged alone
    assert findings([*easy, (place, f"{ten_words(7)} Now {ten_words(7)}")], "en") == [
        Finding(
            place,
            "advice",
            "reading level",
            "this text reads at grade 8.2; patients need grade 6 or lower",
            'Its sentences have 10.5 words on average; its longest word is "doctor".',
        )
    ]


@pytest.mark.parametrize(
    ("threes", "expected"),
    [
        # ten words, `threes` of three syllables, the rest of two: 206.835 - 6.23 * (20 + threes) - 10
        (1, []),  # 66.0
        (2, [("warning", "the text scores INFLESZ 59.8; patients need 65 or more")]),
        (3, [("error", "the text scores INFLESZ 53.5; patients need 65 or more")]),
    ],
)
def test_spanish_level(threes: int, expected: list[tuple[str, str]]) -> None:
    text = " ".join(["rodilla"] * threes + ["hielo"] * (10 - threes))
    found = findings([(Place(FILE, 3), text)], "es")
    assert [(finding.level, finding.message) for finding in found] == expected


@pytest.mark.parametrize("language", ["de", "fr-CA", ""])
def test_other_languages_have_no_finding(language: str) -> None:
    assert findings([(Place(FILE, 3), ten_words(10))], language) == []


def test_nothing_to_read_has_no_finding() -> None:
    assert findings([], "en") == []
    assert findings([(Place(FILE, 3), "020 7946 0000")], "en") == []
