"""DOCID.plan.yaml: what was prescribed to one patient, and with which content. The patient's own data is in it only
where somebody asked for that."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal
from unicodedata import normalize

from ..problems import ContentError, Place, Problem
from . import source
from .convert import read_model
from .dose import Dose
from .fields import Id, Line, Model, model, spec

IDENTITY = ("name", "clinician", "note", "next_visit")  # fields that could tell who the patient is
LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"  # of a document's id: none looks like another, and no word comes of them
Mark = Literal["new", "more", "less", "changed"]
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\u200e\u200f\u061c"))  # marks of direction: all is left to right
# Joiners belong to scripts whose letters change with their neighbours: those of Arabia, of India, and around.
_JOINERS = re.compile(
    "(?<![\u0600-\u07ff\u0840-\u109f\u1780-\u18af\u1a20-\u1aaf\ua840-\ua9df\uaa00-\uaa7f\ufb50-\ufdff\ufe70-\ufefe])[\u200c\u200d]+"
)
_NOT_LETTERS = re.compile("[\udc80-\udcff]")  # bytes that stand for no letter
_UNREADABLE = "these letters cannot be read: this window is set to another alphabet"
_EXAMPLE = "title: My guide"  # in hints about files of content
_LISTED = re.compile(r"[,;\s]+")
_DATE_LIKE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}\b")


class Plain(Line):
    """Words about a patient, printed as they are: accents one with their letters, and nothing that cannot be seen."""

    def __new__(cls, text: str, place: Place) -> Plain:
        """The words in the form that fonts know."""
        self = super().__new__(cls, normalize("NFC", _JOINERS.sub("", text.translate(_UNSEEN))), place)
        assert isinstance(self, Plain)
        return self


class DocumentId(Line):
    """The number of a personal sheet."""

    pattern = rf"[{LETTERS}]{{4}}-[{LETTERS}]{{4}}"
    expected = "the id of a document"

    @classmethod
    def hint(cls, text: str) -> str:  # noqa: ARG003
        return 'It looks like "H7K3-92QF", and stands under the title of the sheet.'


@model
class Prescribed(Model):
    """An exercise as it was prescribed."""

    exercise: Id = spec("The exercise's id.")
    dose: Dose = spec("All of its dose.")
    mark: Mark | None = spec("What the sheet says of it since the one before.", default=None)


@model
class Version(Model):
    """A content file as it was."""

    kind: Literal["guide", "programme", "pack", "exercise"] = spec("What it is.")
    id: Id = spec("Its id.")
    version: Line | None = spec("Its version; exercises have none.", default=None)
    digest: Line = spec("A fingerprint of its words.")


@model
class Plan(Model):
    """DOCID.plan.yaml: a handout for one patient."""

    document: DocumentId | None = spec("The document's id. Left out: a new one.", default=None)
    handout: Id = spec("The id of a programme, guide or pack.")
    name: Plain | None = spec("For whom it is.", default=None, most=250)
    clinician: Plain | None = spec("Who prescribes it.", default=None, most=120)
    date: datetime.date | None = spec("The day of the prescription: year-month-day.", default=None)
    note: Plain | None = spec("A few words to the patient.", default=None, most=1000)
    next_visit: Plain | None = spec("When to come again: words, or year-month-day.", default=None, most=80)
    drop: tuple[Id, ...] = spec("Ids of exercises to leave out.", default=(), most=30)
    add: tuple[Id, ...] = spec("Ids of exercises to add.", default=(), most=30)
    dose: Mapping[str, Dose] | None = spec("What differs from an exercise's dose, by its id.", default=None)
    side: Literal["left", "right"] | None = spec(
        "Do one-sided exercises on this side only: left or right.", default=None
    )
    layout: Line | None = spec("The sheet's layout, such as list or cards. Left out: the usual one.", default=None)
    edition: Literal["standard", "large-print", "ink-saver"] | None = spec(
        "The sheet's edition: standard, large-print or ink-saver.", default=None
    )
    paper: Literal["letter", "a4"] | None = spec("The sheet's paper: letter or a4.", default=None)
    flat: bool | None = spec("Without boxes to fill in on a screen: yes or no.", default=None)
    prescribed: tuple[Prescribed, ...] = spec("What came of it; written by the program.", default=())
    stopped: tuple[Id, ...] = spec("What the sheet says is to be left off; written by the program.", default=())
    content: tuple[Version, ...] = spec("The files that it was made of; written by the program.", default=())
    seal: Line | None = spec("Tells this sheet from all others; written by the program.", default=None)

    def check(self) -> Iterator[Problem]:
        return visit_problems(self, self.date)

    @property
    def says_for_whom(self) -> bool:
        """Whether something in it could tell who the patient is."""
        return any(getattr(self, name) for name in IDENTITY)

    @property
    def lines(self) -> tuple[Plain, ...]:
        """All that is printed as it was typed."""
        return tuple(text for text in (self.name, self.clinician, self.note, self.next_visit) if text)

    @property
    def doses(self) -> Mapping[str, Dose]:
        """The changes of doses, by exercise."""
        return self.dose or {}


def visit_problems(plan: Plan, day: datetime.date | None) -> Iterator[Problem]:
    """What is wrong with a next visit that is a day: the calendar must have it, and it comes after the sheet's."""
    found = _DATE_LIKE.match(plan.next_visit or "")
    if not plan.next_visit or not found:
        return
    place = plan.next_visit.place
    try:
        visit = datetime.date.fromisoformat(found[0])
    except ValueError:
        hint = "Write year-month-day with two digits for month and day, such as 2027-03-01."
        yield Problem(place, f'"next_visit" is {found[0]}, a day that no calendar has', hint)
        return
    if day and visit < day:
        yield Problem(place, f'"next_visit" is {found[0]}, before the day of the sheet', "Look at the year.")


@dataclass(frozen=True)
class Personal:
    """What a handout prints of the patient that it is for. `whole` where the name stands; the parts of a pack know
    only what was changed. `marks` are by an exercise's id and the how manieth time it stands there, counted from 0."""

    document: str
    name: Plain | None = None
    clinician: Plain | None = None
    date: datetime.date | None = None
    note: Plain | None = None
    next_visit: Plain | None = None
    marks: Mapping[tuple[str, int], Mark] = field(default_factory=lambda: MappingProxyType({}))
    stopped: tuple[str, ...] = ()
    whole: bool = True

    @property
    def lines(self) -> tuple[Plain, ...]:
        """All that is printed as it was typed."""
        return tuple(text for text in (self.name, self.clinician, self.note, self.next_visit) if text)


# --------------------------------------------------------------------------- reading
def read_plan(path: Path, options: Mapping[str, Any] | None = None) -> Plan:
    """The plan of a file, with what the command line says over it. Raises ContentError with every problem."""
    try:
        top = source.read_file(path, path.name)
    except ContentError as error:
        raise ContentError(_for_a_plan(found) for found in error.problems) from None
    return read_model(with_options(top, options or {}, option_place), Plan)


def _for_a_plan(found: Problem) -> Problem:
    return replace(found, hint=found.hint.replace(_EXAMPLE, "handout: my-programme"))


def plan_of(options: Mapping[str, Any], place_of: Callable[[str], Place] | None = None) -> Plan:
    """A plan of options alone, by default those of the command line. Raises ContentError with every problem."""
    place_of = place_of or option_place
    return read_model(with_options(source.Mapping(place_of("")), options, place_of), Plan)


def option_place(name: str) -> Place:
    """A field as the command line knows it."""
    return Place(f"--{name.replace('_', '-')}" if name not in ("", "handout") else "the command line")


def with_options(top: source.Mapping, options: Mapping[str, Any], place_of: Callable[[str], Place]) -> source.Mapping:
    """A plan's node with options over it: a text for most fields, several for `drop` and `add`, and for `dose` several
    such as "bridge.sets=3". `place_of` says where a field was given. Raises ContentError."""
    wrong: list[Problem] = []
    items, keys = dict(top.items), dict(top.keys)
    for name, value in options.items():
        place = place_of(name)
        if value == "" and name in IDENTITY:
            items.pop(name, None)  # nothing, in place of what the file says
        if not value:
            continue
        texts = [*map(_typed, [value] if isinstance(value, str) else value)]
        for text in texts:
            if _NOT_LETTERS.search(text):
                wrong.append(Problem(place, _UNREADABLE, "Leave the option out: then you are asked for it."))
            elif message := source.strange_character(text):
                wrong.append(Problem(place, message, "Delete it, or type the words anew."))
        if name == "dose":
            items[name] = _doses(items.get(name), texts, place, wrong)
        elif isinstance(value, str):
            items[name] = source.Scalar(place, texts[0], '"')
        else:
            before = items.get(name)
            kept = before.items if isinstance(before, source.Sequence) else ()
            ids = [id_ for text in texts for id_ in _LISTED.split(text) if id_]
            items[name] = source.Sequence(place, (*kept, *(source.Scalar(place, id_, '"') for id_ in ids)))
        keys.setdefault(name, place)
    if wrong:
        raise ContentError(wrong)
    return replace(top, items=items, keys=keys)


def _typed(text: str) -> str:
    """What was typed, where a system that is set to no language has taken its letters for bytes."""
    if not _NOT_LETTERS.search(text):
        return text
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8")
    except UnicodeError:
        return text


def _doses(before: source.Node | None, texts: Iterable[str], place: Place, wrong: list[Problem]) -> source.Mapping:
    """Doses by exercise, with more such as "bridge.sets=3" in them."""
    made = before if isinstance(before, source.Mapping) else source.Mapping(place)
    items, keys = dict(made.items), dict(made.keys)
    said: set[tuple[str, str]] = set()
    for text in texts:
        found = re.fullmatch(r"\s*([a-z0-9-]+)\.([a-z_]+)\s*=\s*(.+?)\s*", text)
        if not found:
            hint = 'Write the exercise\'s id, a point, the field, "=" and the value, such as bridge.sets=3.'
            wrong.append(Problem(place, "this is no change of a dose", hint))
            continue
        id_, name, value = found.groups()
        here = Place(f"{place.file} {id_}" if place.file.startswith("--") else place.file, place.line, place.column)
        if (id_, name) in said:
            wrong.append(Problem(here, f'"{id_}.{name}" is said twice', "Keep one of the two."))
            continue
        said.add((id_, name))
        dose = items.get(id_)
        if not isinstance(dose, source.Mapping):
            dose = source.Mapping(here)
        items[id_] = source.Mapping(here, {**dose.items, name: _value(name, value, here)}, {**dose.keys, name: here})
        keys[id_] = here
    return source.Mapping(made.place, items, keys)


def _value(name: str, value: str, place: Place) -> source.Node:
    if name == "weekdays":
        days = [day.strip() for day in value.strip("[]").split(",")]
        return source.Sequence(place, tuple(source.Scalar(place, day, '"') for day in days))
    return source.Scalar(place, value, '"')


# --------------------------------------------------------------------------- writing
def written(plan: Plan, *, identity: bool) -> str:
    """The plan as a file; who it is for only where `identity` says so."""
    lines = ["# What was prescribed. Rebuild it with: python build.py personal --file FILE"]
    for name, value in vars(plan).items():
        if name == "place" or value in (None, ()) or (name in IDENTITY and not identity):
            continue
        if name == "dose":
            lines.append("dose:")
            lines.extend(f"  {_quoted(id_)}: {_dose(dose)}" for id_, dose in value.items())
        elif name == "prescribed":
            lines.append("prescribed:")
            lines.extend(f"  - {_prescribed(p)}" for p in value)
        elif name == "content":
            lines.append("content:")
            lines.extend(f"  - {_flow(v)}" for v in value)
        else:
            lines.append(f"{name}: {_plain(value)}")
    return "\n".join(lines) + "\n"


def _prescribed(made: Prescribed) -> str:
    mark = f", mark: {made.mark}" if made.mark else ""
    return f"{{exercise: {_quoted(made.exercise)}, dose: {_dose(made.dose)}{mark}}}"


def _dose(dose: Dose) -> str:
    return _flow(dose)


def _flow(made: Model) -> str:
    """A model as names and values in braces."""
    said = {name: value for name, value in vars(made).items() if name != "place" and value is not None}
    return "{" + ", ".join(f"{name}: {_plain(value)}" for name, value in said.items()) + "}"


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_plain, value))}]"
    return _quoted(value) if isinstance(value, str) else str(value)


def _quoted(text: str) -> str:
    """A text in double quotation marks, which YAML reads as it stands whatever is in it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
