"""One handout + one layout -> its document of blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..read.guide import Guide, Part, Tip
from ..read.handout import Handout, red_flags
from ..read.models import Advice
from ..read.programme import Programme
from ..read.sides import spoken
from . import programme
from .blocks import Document
from .markup import parse
from .template import Terms, Words, render

SHORT = 420  # characters of a part that can stand in half a page's width
LONG_NAME, LONG_NOTE = 60, 500  # characters beyond which a patient's name and a note stand in smaller letters


def document(handout: Handout, template: str, drawings: Mapping[str, str], **options: Any) -> Document:
    """The handout's blocks. `drawings` are the exercises that can be drawn, with what their drawing shows; `options`
    are what the layout tells its template, and may stand in for what `context` knows.

    Raises TemplateError when the template is wrong.
    """
    terms = Terms(handout.glossary, str(handout.sheet.language))
    names = {**context(handout, drawings), **options}
    return parse(render(template, names, Words(handout.wording), terms))


def context(handout: Handout, drawings: Mapping[str, str]) -> Mapping[str, Any]:
    """What templates know by name besides `words` and `rich`."""
    if isinstance(handout.sheet, Programme):  # a sheet for one side has said its own words already
        handout = replace(handout, sheet=spoken(handout.sheet, None))
    sheet, words = handout.sheet, Words(handout.wording)
    known: dict[str, Any] = {
        "sheet": sheet,
        "clinic": handout.clinic,
        "footer": footer(handout),
        "mark": "" if sheet.reviewed_by else words.awaiting_review(),
        "drawings": drawings,
        "related": [other for _, other in handout.related],
        "personal": patient(handout),
    }
    if isinstance(sheet, Advice):
        known["flags"] = red_flags(sheet, handout.wording)
    if isinstance(sheet, Guide):
        known |= _guide(sheet)
    elif isinstance(sheet, Programme):
        known |= programme.context(handout, drawings)
    return known


@dataclass(frozen=True)
class Patient:
    """What a sheet says of the patient, in words; '' for what is not known. Templates ask nothing of the words
    themselves but whether there are any: what depends on them is told beside them (see `form`)."""

    number: str
    name: str
    name_long: bool
    clinician: str
    day: str
    note: str
    note_long: bool
    note_apart: bool  # as a paragraph of its own, which is read leftward
    next_visit: str
    stopped: str
    whole: bool


def patient(handout: Handout) -> Patient | None:
    """The patient that a handout is for, as templates know them."""
    known = handout.personal
    if known is None:
        return None
    from ..read.leftward import is_leftward, set_apart
    from .personal import next_visit

    words, name = Words(handout.wording), set_apart(known.name or "")
    return Patient(
        number=words.document(number=known.document),
        name=name,
        name_long=len(name) > LONG_NAME,
        clinician=set_apart(known.clinician or ""),
        day=words.day(known.date) if known.date else "",
        note=known.note or "",
        note_long=len(known.note or "") > LONG_NOTE,
        note_apart=is_leftward(known.note or ""),
        next_visit=set_apart(next_visit(known.next_visit, words)) if known.next_visit else "",
        stopped=", ".join(known.stopped),
        whole=known.whole,
    )


def _guide(guide: Guide) -> Mapping[str, Any]:
    numbers = {id(tip): i for i, tip in enumerate(guide.tips, 1)}

    def number_of(tip: Tip) -> int:
        return numbers[id(tip)]

    return {"guide": guide, "number_of": number_of, "groups": groups(guide.parts)}


def groups(parts: Sequence[Part]) -> list[tuple[Part, ...]]:
    """Parts as they stand on the page: two short ones in a row are neighbours, side by side."""
    done: list[tuple[Part, ...]] = []
    for part in parts:
        if done and len(done[-1]) == 1 and _is_short(done[-1][0]) and _is_short(part):
            done[-1] = (done[-1][0], part)
        else:
            done.append((part,))
    return done


def _is_short(part: Part) -> bool:
    words = sum(len(text.plain) for text in (*part.text, *part.list, *part.steps))
    return bool(part.heading) and not (part.tips or part.table or part.photo) and words < SHORT


def footer(handout: Handout) -> str:
    """What the foot says of the document: number, version, and when it was written, reviewed and must be again."""
    guide, words = handout.sheet, Words(handout.wording)
    parts = [str(guide.number), words.version(version=guide.version), words.written(date=words.month(guide.written))]
    if guide.reviewed_by and guide.reviewed:
        parts.append(words.reviewed(date=words.day(guide.reviewed), name=guide.reviewed_by))
    parts.append(words.review_due(date=words.month(guide.review_due)))
    return ". ".join([", ".join(parts[:2]), *parts[2:]]) + "."
