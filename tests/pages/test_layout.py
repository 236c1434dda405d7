"""Whatever people write, pages stay whole: made-up content of every awkward kind, in every edition."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest

from layouts.engine.problems import ContentError

from . import layout, tagtree
from .paint import read_pages
from .printed import EDITIONS, EVERYTHING, GUIDES, OwnClinic, Printed, everything, photograph, shipped

_TEXT = (
    "walk slowly and rest when your back hurts then try again with a pillow under both knees because gentle movement "
    "keeps joints supple while long bed rest makes muscles weak so stand up stretch breathe and go outside"
)
LOREM = _TEXT.split()


def prose(words: int, seed: int = 1) -> str:
    """Sentences of ordinary words."""
    pick = random.Random(seed)
    out = []
    while words > 0:
        count = min(words, pick.randint(6, 14))
        sentence = " ".join(pick.choice(LOREM) for _ in range(count))
        out.append(sentence[0].upper() + sentence[1:] + ".")
        words -= count
    return " ".join(out)


def tips(count: int, words: int = 24, **more: Any) -> dict[str, Any]:
    made = [{"lead": f"Tip that says {i}", "text": prose(words + i % 9, i), **more} for i in range(1, count + 1)]
    return {"heading": f"All {count} tips", "tips": made}


def paragraphs(count: int, words: int) -> str:
    return "\n\n".join(prose(words, seed) for seed in range(count))


LONG_WORD = "Rückenmarksentzündung" * 14
LONG_ITEMS = [prose(90, i) for i in range(7)]
ROWS = [[f"Week {i}", prose(3 + i % 8, i), f"{i} minutes"] for i in range(1, 61)]
TABLE = {"columns": ["Week", "What", "Duration"], "rows": ROWS}
LINKS = " ".join(f"[{prose(9, i)}](https://example.org/{i})" for i in range(12))
SOURCE = {"title": prose(30), "publisher": prose(5), "year": 2020, "url": "https://example.org/x"}
HOURS = {"days": "Monday to Wednesday, and Friday", "open": "7:30 am to 12 noon, 1 pm to 6:30 pm"}
PHOTO = {"file": "pictures/walk.jpg", "alt": "A woman walks beside a lake"}
TIP = tips(1)["tips"][0]
COLUMNS = ["Physiotherapist", "Rehabilitation", "Recommendation", "Strengthening"]
CASES: dict[str, dict[str, Any]] = {
    "one tip": {"parts": [tips(1)]},
    "three tips": {"parts": [tips(3)]},
    "60 tips": {"parts": [tips(60)]},
    "61 tips of very unlike length": {"parts": [{"tips": [tips(1, i * 7 % 200 + 5)["tips"][0] for i in range(61)]}]},
    "a tip of many pages": {"parts": [{"heading": "Long", "tips": [{"lead": "Long", "text": paragraphs(6, 700)}]}]},
    "a word of 294 letters": {
        "who": LONG_WORD,
        "title": "W" * 70,
        "parts": [
            {"heading": "W" * 80, "text": f"{LONG_WORD} {LONG_WORD}", "list": [LONG_WORD], "steps": [LONG_WORD]},
            {"tips": [{"lead": "M" * 60, "text": LONG_WORD}]},
            {"table": {"columns": ["One", "Two"], "rows": [[LONG_WORD, LONG_WORD]]}},
        ],
    },
    "3000 words": {"parts": [{"heading": "Much to say", "text": paragraphs(4, 750)}]},
    "lists of long items": {"parts": [{"list": LONG_ITEMS, "steps": LONG_ITEMS}]},
    "twelve parts": {"parts": [{"heading": f"Part {i}", "text": prose(40 + 23 * i, i)} for i in range(12)]},
    "a long table": {"parts": [{"heading": "Sixty weeks", "table": TABLE}]},
    "a wide table": {"parts": [{"table": {"columns": COLUMNS, "rows": [COLUMNS, ["a", "b", "c", "d"]]}}]},
    "a long title": {"title": "Everything about backs, shoulders and hips that hurt in every season"},
    "a long title of few words": {"title": "Temporomandibularjointdysfunctions and craniocervicalinstabilities"},
    "a long message": {"message": (prose(40)[:139]), "today": [prose(60, i) for i in range(3)]},
    "red flags of its own": {"extra_red_flags": {"emergency": [prose(30)], "same_day": [prose(50)]}},
    "links over line ends": {"parts": [{"text": LINKS}]},
    "a link that is one long word": {"who": f"[https://example.org/{'a' * 200}](https://example.org/)"},
    "letters of the stand-in font": {
        "title": "Łukasz Nguyễn Ωμέγα Привет ≥ ½",
        "who": "Łukasz **Nguyễn Ωμέγα** Привет ≥ ½ in the [midst](https://example.org) of Ελληνικά words.",
        "parts": [{"heading": "Привет", "text": "Ağrı, çığ, naïve, Ødegård, ẞ, 10–15 °C, 5 × 3, ≤ 2 h, €5, “quoted”."}],
    },
    "combining marks": {"who": "Cafe\u0301 and nai\u0308ve, A\u030angstro\u0308m, " + "e\u0301" * 150},
    "photos": {"parts": [
        {"heading": "Tips", "tips": [{**TIP, "photo": {**PHOTO, "caption": "A short walk"}} for _ in range(5)]},
        {"heading": "Seen", "photo": PHOTO},
    ]},
    "bubbles": {"parts": [tips(5, ask="How far did you walk? " + prose(20))]},
    "almost nothing": {},
    "stop but not call": {"stop": ["Pain shoots down your leg"]},
    "call but not stop": {"call": [prose(30)]},
    "sources without end": {
        "sources": [SOURCE] * 8
    },
}  # fmt: skip
CLINICS: dict[str, dict[str, Any]] = {
    "no logo": {"logo": None},
    "a PNG logo": {"logo": {"file": "brand/logo.png", "alt": "A square"}},
    "a very wide PNG logo": {"logo": {"file": "brand/wide.png", "alt": "A stripe"}},
    "no website": {"website": None},
    "no hours": {"hours": None},
    "no website, hours, mail, sources": {"website": None, "hours": None, "email": None, "print_sources": False},
    "a long name": {"name": "The Northwestern Institute of Physiotherapy & Rehabilitation"},
    "long everything": {
        "name": "Northwestern Physiotherapeutic Rehabilitation Centre Seattle",
        "kind": "Chiropractic, rehabilitation, physiotherapy and sports care",
        "phone": "+1 (206) 555-0142 ext. 123456",
        "website": "https://www.northwestern-physiotherapeutic-rehabilitation.example.com/seattle",
        "email": "appointments.and.questions@northwestern-physiotherapeutic.example.com",
        "address": [prose(9, i)[:60] for i in range(4)],
        "hours": [HOURS] * 7,
    },
}  # fmt: skip


def made(own: OwnClinic, edition: str, fields: dict[str, Any]) -> Printed:
    own.file("pictures/walk.jpg", photograph((1600, 1000)))
    return own.make(edition, **fields)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("case", CASES)
def test_pages_stay_whole_whatever_is_written(case: str, edition: str, own: OwnClinic) -> None:
    handout = made(own, edition, CASES[case])
    assert layout.problems(handout.pdf) == []
    assert tagtree.problems(handout.pdf) == []
    words = tagtree.Tagged(handout.pdf).words()
    assert words in [tagtree.content_words(handout.blocks, write_in=drawn) for drawn in (True, False)]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("clinic", CLINICS)
def test_pages_stay_whole_whatever_the_clinic_is_called(clinic: str, edition: str, own: OwnClinic) -> None:
    own.clinic(**CLINICS[clinic])
    own.file("brand/logo.png", photograph((400, 400), "PNG"))
    own.file("brand/wide.png", photograph((1600, 100), "PNG"))
    handout = made(own, edition, EVERYTHING)
    assert layout.problems(handout.pdf) == []
    assert tagtree.problems(handout.pdf) == []


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("guide", [*GUIDES, ""])
def test_pages_of_the_shipped_guides_are_whole(guide: str, edition: str) -> None:
    handout = shipped(guide, edition=edition) if guide else everything(edition)
    assert layout.problems(handout.pdf) == []


@pytest.mark.parametrize("paper", ["letter", "a4", "tabloid", "a3"])
@pytest.mark.parametrize("guide", GUIDES)
def test_posters_are_whole(guide: str, paper: str) -> None:
    handout = shipped(guide, "poster", paper=paper)
    assert len(handout.pdf.pages) == 1
    assert layout.problems(handout.pdf) == []


@pytest.mark.parametrize("words", range(20, 700, 17))
def test_a_heading_and_a_tip_of_any_length_find_a_page(words: int, own: OwnClinic) -> None:
    """Around the length of a page, what belongs together with its heading is a little too long for it."""
    for edition in ("standard", "large-print"):
        handout = own.make(edition, parts=[{"heading": "Tips", "tips": [{"lead": "Lead", "text": prose(words)}]}])
        assert layout.problems(handout.pdf) == []


# ----------------------------------------------------------------- single cases
def test_a_table_repeats_its_headings_for_the_eye_only(own: OwnClinic) -> None:
    handout = own.make(**CASES["a long table"])
    heads = [
        [p for p in page.paints if p.text.strip() == "Duration"]
        for page in read_pages(handout.pdf)
        if "Week" in said(page)
    ]
    assert len(heads) > 2 and all(len(found) == 1 for found in heads)
    assert [found[0].bracket.tag for found in heads if found[0].bracket] == ["TH", *["Artifact"] * (len(heads) - 1)]
    assert tagtree.Tagged(handout.pdf).words().count("Duration") == 1


@pytest.mark.parametrize(("edition", "count"), [("standard", 4), ("ink-saver", 3), ("large-print", 3)])
def test_a_tables_columns_hold_their_longest_words(edition: str, count: int, own: OwnClinic) -> None:
    table = {"columns": COLUMNS[:count], "rows": [COLUMNS[:count], [prose(60), *COLUMNS[1:count]]]}
    handout = own.make(edition, parts=[{"table": table}])
    words = [paint.text.strip() for page in read_pages(handout.pdf) for paint in page.paints]
    assert min(words.count(word) for word in COLUMNS[1:count]) >= 3  # in all three rows, whole


def said(page: Any) -> str:
    return "".join(paint.text for paint in page.paints)


def test_a_paragraph_too_long_to_read_is_refused(own: OwnClinic) -> None:
    with pytest.raises(ContentError, match=r"a paragraph has \d+ characters; 5000 fit"):
        own.make(parts=[{"text": prose(3000)}])


@pytest.mark.parametrize(
    ("text", "character"),
    [
        ("Walk \U0001f600 often", "\U0001f600"),  # an emoji
        ("Walk \u2611 often", "\u2611"),
        ("\u26f9 \u2603", "\u2603"),
        ("\ue000", "\ue000"),  # nobody's
    ],
)
def test_a_character_that_no_font_has_is_a_problem_with_its_place(text: str, character: str, own: OwnClinic) -> None:
    with pytest.raises(ContentError) as caught:
        own.make(parts=[{"text": "Fine."}, {"heading": "Also fine", "text": text}])
    messages = [str(problem) for problem in caught.value.problems]
    place = "clinic/guides/made-up.yaml, line 14"
    assert any(
        m.startswith(f'{place}: no font has the character "{character}" (U+{ord(character):04X})') for m in messages
    )


def test_characters_nobody_sees_are_not_painted(own: OwnClinic) -> None:
    """A soft hyphen would show in the midst of a line, a zero-width space as an empty box."""
    handout = own.make(who="Re\u00adha\u00adbil\u00adi\u00adta\u00adtion and a\u200blong\u200bname.")
    words = tagtree.Tagged(handout.pdf).words()
    assert "Rehabilitation" in words and "alongname." in words
    assert not re.search("[\u00ad\u200b]", " ".join(words))


def test_a_spanish_guide_has_spanish_fixed_words(own: OwnClinic) -> None:
    handout = own.make(
        language="es", title="Guía", who="Usted.", **{k: EVERYTHING[k] for k in ("stop", "call", "sources")}
    )
    text = " ".join(tagtree.Tagged(handout.pdf).words())
    assert str(handout.pdf.Root.Lang) == "es"
    for words in ("Para quién es:", "Cuándo parar", "Fuentes"):
        assert words in text
    assert not {"Sources", "Page", "Questions?"} & set(text.split())
    assert "Página 1 de" in said(read_pages(handout.pdf)[0])
    assert tagtree.problems(handout.pdf) == []


def test_red_flags_of_one_kind_stand_alone(own: OwnClinic) -> None:
    import yaml

    from .printed import HANDOUTS

    wording = yaml.safe_load((HANDOUTS / "wording" / "en.yaml").read_text(encoding="utf-8"))
    for kind, other in (("emergency", "Call us the same day"), ("same_day", "go to the ER now")):
        flags = {"low-back": {kind: ["Numb groin"]}}
        own.yaml("wording/en.yaml", {**wording, "red_flags": flags})
        handout = own.make()
        text = " ".join(tagtree.Tagged(handout.pdf).words())
        assert "Numb groin" in text and other not in text
        assert layout.problems(handout.pdf) == [] == tagtree.problems(handout.pdf)


def test_a_long_meaning_of_a_word_flows_like_any_text(own: OwnClinic) -> None:
    own.yaml("wording/glossary.yaml", {"terms": {"core": {"en": prose(400).rstrip(".")}}})
    handout = own.make(parts=[{"text": "Your [core](term:core) is strong. Train your [core](term:core)."}])
    assert layout.problems(handout.pdf) == [] == tagtree.problems(handout.pdf)
    assert " ".join(tagtree.Tagged(handout.pdf).words()).count(prose(400).rstrip(".")[:60]) == 1


def test_a_link_over_a_line_end_is_one_link_with_two_places(own: OwnClinic) -> None:
    handout = own.make(who="See " + f"[{prose(30)}](https://example.org/far)" + " soon.")
    (link,) = [n for n in tagtree.Tagged(handout.pdf).root.walk() if n.role == "Link" and "soon" not in n.role][:1]
    places = [kid.Obj for kid in link.kids if not isinstance(kid, (tuple, tagtree.Node))]
    assert len(places) > 1
    assert {str(place.A.URI) for place in places} == {"https://example.org/far"}
    assert len({float(place.Rect[1]) for place in places}) == len(places)


# ----------------------------------------------------------------- posters
def test_a_poster_that_is_too_full_says_how_many_tips_fit(own: OwnClinic) -> None:
    parts = [tips(30, 10)]
    with pytest.raises(ContentError) as caught:
        own.make(layout="poster", paper="tabloid", parts=parts)
    (problem,) = caught.value.problems
    fit = re.search(
        r"does not fit on one page of tabloid paper in the standard edition: (\d+) of 30 tips do", problem.message
    )
    assert fit and problem.place.file == "clinic/guides/made-up.yaml"
    most = int(fit[1])
    own.make(layout="poster", paper="tabloid", parts=[tips(most, 10)])
    with pytest.raises(ContentError, match="does not fit"):
        own.make(layout="poster", paper="tabloid", parts=[tips(most + 1, 10)])


@pytest.mark.parametrize("count", [1, 2, 5, 8, 9])
@pytest.mark.parametrize("paper", ["letter", "tabloid"])
def test_a_poster_that_fits_has_one_page(count: int, paper: str, own: OwnClinic) -> None:
    handout = own.make(layout="poster", paper=paper, parts=[tips(count, 4)])
    assert len(handout.pdf.pages) == 1
    assert layout.problems(handout.pdf) == [] == tagtree.problems(handout.pdf)
