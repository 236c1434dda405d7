"""One handout with everything that belongs to it, read from the files of a library and checked against each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from ..problems import ContentError, Place, Problem, did_you_mean, noting, problem
from ..records import dataclass
from .dose import check_merged
from .exercise import ExerciseWords
from .inline import check_terms
from .library import Entry, Library
from .models import Advice, Clinic, Glossary, Head, RedFlags, Sheet, Wording
from .programme import Item, Pack, Programme
from .walk import texts_of

if TYPE_CHECKING:  # plain builds know no patients
    from .plan import Personal


@dataclass(frozen=True)
class Handout:
    """One handout with everything that its pages need. `files` are the content files that it was made from."""

    entry: Entry
    sheet: Sheet
    clinic: Clinic
    wording: Wording
    glossary: Glossary
    related: tuple[tuple[str, Head], ...]
    files: tuple[Path, ...]
    heads: tuple[Path, ...]  # files of which only the head is used
    exercises: Mapping[str, ExerciseWords] = field(default_factory=dict)  # of a programme, by id
    parts: tuple[Handout, ...] = ()  # of a pack
    personal: Personal | None = None  # where it is for one patient

    @property
    def id(self) -> str:
        """The handout's id."""
        return self.entry.id


def read_handout(library: Library, wanted: str) -> Handout:
    """A handout with all that belongs to it. Raises ContentError with every problem of all its files."""
    entry = library.entry(wanted)
    wrong: list[Problem] = list(library.misnamed_shared())
    sheet = noting(wrong, lambda: library.sheet(entry))
    clinic = noting(wrong, library.clinic)
    glossary = noting(wrong, library.glossary)
    if sheet is None or clinic is None or glossary is None:
        if sheet is None:  # its language cannot be known
            noting(wrong, lambda: library.wording("en", Place(entry.shown)))
        else:
            noting(wrong, lambda: library.wording(str(sheet.language), getattr(sheet.language, "place", sheet.place)))
        raise ContentError(wrong)
    language = sheet.language
    at = getattr(language, "place", sheet.place)
    wording = noting(wrong, lambda: library.wording(str(language), at))
    others: list[tuple[str, Head]] = []
    if isinstance(sheet, Advice):
        others = [o for r in sheet.related if (o := noting(wrong, partial(_related, library, r, sheet)))]
        if wording is not None:
            noting(wrong, partial(_check_red_flags, sheet, wording[0]))
    exercises = _exercises(library, sheet, wrong) if isinstance(sheet, Programme) else {}
    words = (sheet, *(w for w, _ in exercises.values()), *(wording[0].red_flags.values() if wording else ()))
    terms = set(glossary[0].terms)
    for text in texts_of(words):
        noting(wrong, partial(check_terms, text, terms))
    parts = _parts(library, sheet, wrong) if isinstance(sheet, Pack) else []
    if wrong or wording is None:
        raise ContentError(wrong)
    files = (entry.path, clinic[1], wording[1], *glossary[1], *(path for _, path in exercises.values()))
    return Handout(
        entry, sheet, clinic[0], wording[0], glossary[0],
        related=tuple(others),
        files=tuple(dict.fromkeys((*files, *(file for part in parts for file in part.files)))),
        heads=(*(library.entries()[i].path for i, _ in others), *(path for part in parts for path in part.heads)),
        exercises=MappingProxyType({i: words for i, (words, _) in exercises.items()}),
        parts=tuple(parts),
    )  # fmt: skip


def _exercises(library: Library, programme: Programme, wrong: list[Problem]) -> dict[str, tuple[ExerciseWords, Path]]:
    """A programme's exercises; what is wrong with them and with their doses is noted."""
    found: dict[str, tuple[ExerciseWords, Path]] = {}
    for item in programme.items:
        done = noting(wrong, partial(library.exercise, item.exercise))
        if done:
            found[str(item.exercise)] = done
            wrong.extend(_dose_problems(item, done[0]))
    return found


def _parts(library: Library, pack: Pack, wrong: list[Problem]) -> list[Handout]:
    """The handouts of a pack."""
    found: list[Handout] = []
    entries = library.entries()
    for item in pack.contents:
        name = item.handout
        if name not in entries:
            wrong.append(Problem(name.place, f'there is no handout "{name}"', did_you_mean(name, entries)))
        elif entries[name].kind == "pack":
            wrong.append(Problem(name.place, f'"{name}" is a pack, and a pack holds no packs', "Name its handouts."))
        elif part := noting(wrong, partial(read_handout, library, name)):
            found.append(part)
    return found


def _related(library: Library, other: str, sheet: Sheet) -> tuple[str, Head]:
    place = getattr(other, "place", sheet.place)
    entries = library.entries()
    if other not in entries:
        raise problem(place, f'there is no handout "{other}"', did_you_mean(other, entries))
    try:
        return other, library.head(entries[other])
    except ContentError as error:
        pointer = Problem(place, f'the related handout "{other}" has mistakes of its own', "Mend them in its file.")
        raise ContentError([pointer, *error.problems]) from None


def _check_red_flags(sheet: Advice, wording: Wording) -> None:
    name = sheet.red_flags
    if name not in wording.red_flags:
        raise problem(
            name.place, f'there are no red flags "{name}" in the wording', did_you_mean(name, wording.red_flags)
        )


def _dose_problems(item: Item, exercise: ExerciseWords) -> Iterator[Problem]:
    """What is impossible about an exercise's own dose together with what the programme changes of it."""
    if item.dose is None and exercise.dose is None:
        yield Problem(
            item.exercise.place,
            f'"{item.exercise}" is a position without a dose of its own',
            "Say how much of it: dose: {minutes: 5}.",
        )
    else:
        yield from check_merged(exercise.dose, item.dose)


def red_flags(sheet: Advice, wording: Wording) -> RedFlags:
    """The signs that a handout prints: the set that it names and its own."""
    base, extra = wording.red_flags[sheet.red_flags], sheet.extra_red_flags
    if extra is None:
        return base
    return RedFlags(
        place=extra.place,
        emergency=base.emergency + extra.emergency,
        same_day=base.same_day + extra.same_day,
        poster=extra.poster or base.poster,
    )
