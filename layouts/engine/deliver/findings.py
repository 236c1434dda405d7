"""Everything that the checks have to say of a handout, gathered."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date

from ..cache import kept
from ..check import brand, load, review
from ..draw.pages import Rendered
from ..merge.programme import minutes
from ..problems import Finding, Place
from ..read.handout import Handout
from ..read.programme import Programme
from ..read.walk import strings_of
from .drawings import Drawings, engine_stamp_of_run, named


def findings(handout: Handout, drawings: Drawings) -> list[Finding]:
    """What is to be said of the content."""
    guide = handout.sheet
    place = Place(handout.entry.shown)
    texts = [(p, t) for p, t in strings_of(guide) if p.file == place.file and _is_prose(t)]
    today = date.today()
    return [
        *reading_level(texts, str(guide.language)),
        *review.findings(place, guide.written, guide.reviewed, guide.reviewed_by, guide.review_due, today),
        *brand.findings(handout.clinic, own=len(drawings.library.roots) > 1),
        *_undrawn(handout, drawings),
        *_load(place, handout),
    ]


def page_findings(handout: Handout, paper: str, rendered: Rendered) -> Iterator[Finding]:
    """What is to be said of the finished pages."""
    place = Place(handout.entry.shown)
    if rendered.advised and rendered.pages > rendered.advised:
        message = f"{rendered.pages} pages on {paper} paper; people read {rendered.advised}"
        yield Finding(place, "warning", "length", message, "Shorten it, or make two handouts of it.")
    if rendered.left_out:
        names = ", ".join(rendered.left_out)
        message = f"no room on {rendered.advised} pages of {paper} paper for the drawings: {names}"
        yield Finding(place, "advice", "figures", message, "Shorten the text; large print shows them all.")


def _load(place: Place, handout: Handout) -> Iterator[Finding]:
    if isinstance(handout.sheet, Programme):
        yield from load.findings(place, handout.sheet, handout.exercises, minutes(handout))


def _is_prose(text: str) -> bool:
    return " " in text and "://" not in text


def reading_level(texts: Sequence[tuple[Place, str]], language: str) -> list[Finding]:
    """The check of the reading level; its answer is kept, because asking it costs more than setting the pages."""

    def ask() -> bytes:
        from ..check import readability

        found = readability.findings(texts, language)
        answers = [[f.place.file, f.place.line, f.place.column, f.level, f.check, f.message, f.hint] for f in found]
        return json.dumps(answers).encode()

    asked = [[place.file, place.line, place.column, text] for place, text in texts]
    key = json.dumps([engine_stamp_of_run(), language, asked]).encode()
    return [Finding(Place(*said[:3]), *said[3:]) for said in json.loads(kept("reading", key, ask))]


def _undrawn(handout: Handout, drawings: Drawings) -> Iterator[Finding]:
    unapproved: dict[str, Place] = {}
    for wanted in named(handout):
        entry = drawings.card(wanted)
        if entry is None:
            message = f'there is no exercise "{wanted}" to draw'
            yield Finding(wanted.place, "advice", "figures", message, "It leaves no hole.")
        elif not entry[0].reviewed:
            unapproved.setdefault(wanted, wanted.place)
    if unapproved:
        message = f"drawings that no clinician has approved yet: {', '.join(unapproved)}"
        hint = "Look at them; where one is right, write pose_reviewed: true in its file."
        yield Finding(next(iter(unapproved.values())), "advice", "figures", message, hint)
