"""A handout and a plan -> the handout for one patient: exercises left out, added and dosed anew. The master stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from ..problems import ContentError, Place, Problem, did_you_mean
from ..read.dose import Dose, check_merged, merged
from ..read.exercise import ExerciseWords
from ..read.handout import Handout
from ..read.plan import Mark, Personal, Plan, Prescribed
from ..read.programme import Item, Programme, Stage
from .dose import phrase
from .session import seconds_of
from .template import Words

_SIDED = ("each", "left", "right", "alternate")
Key = tuple[str, int]  # an exercise and the how manieth time it stands in a handout, counted from 0


# --------------------------------------------------------------------------- the plan on the handout
def prescribe(handout: Handout, plan: Plan, added: Mapping[str, ExerciseWords]) -> Handout:
    """The handout with the plan's changes, every dose written out. `added` are the words of `plan.add`.

    Raises ContentError with every problem.
    """
    programmes = [part for part in (handout, *handout.parts) if isinstance(part.sheet, Programme)]
    wrong = [*_astray(handout, plan, programmes)]
    if wrong:
        raise ContentError(wrong)
    target = programmes[0].id if programmes else ""

    def changed(part: Handout) -> Handout:
        if not isinstance(part.sheet, Programme):
            return replace(part, parts=tuple(map(changed, part.parts)))
        return _changed(part, part.sheet, plan, added if part.id == target else {}, wrong)

    made = changed(handout)
    if plan.side and not any(item.dose and item.dose.side == plan.side for _, item in _items(made)):
        wrong.append(Problem(_place(plan, "side"), "none of its exercises is done on one side", "Leave the side out."))
    if wrong:
        raise ContentError(wrong)
    return made


def _astray(handout: Handout, plan: Plan, programmes: Sequence[Handout]) -> Iterator[Problem]:
    """Changes that have nothing to change."""
    there = {str(item.exercise) for part in programmes for item in _programme(part).items}
    if not programmes:
        for place in [*(id_.place for id_ in (*plan.drop, *plan.add)), *(dose.place for dose in plan.doses.values())]:
            yield Problem(place, f'"{handout.id}" has no exercises to change', "Take a programme.")
        return
    if plan.add and len(programmes) > 1:
        names = ", ".join(part.id for part in programmes)
        yield Problem(plan.add[0].place, "this pack has several programmes to add to", f"Take one of them: {names}.")
    for id_ in plan.drop:
        if id_ not in there:
            yield Problem(id_.place, f'"{handout.id}" has no exercise "{id_}"', did_you_mean(id_, there))
    for id_ in plan.add:
        if id_ in there and id_ not in plan.drop:
            yield Problem(id_.place, f'"{handout.id}" has the exercise "{id_}" already', "Change its dose instead.")
    known = (there - set(plan.drop)) | set(map(str, plan.add))
    for name, dose in plan.doses.items():
        if name not in known:
            hint = "It is left out as well." if name in there else did_you_mean(name, known)
            yield Problem(dose.place, f'"{handout.id}" has no exercise "{name}"', hint)


def _changed(
    part: Handout, programme: Programme, plan: Plan, added: Mapping[str, ExerciseWords], wrong: list[Problem]
) -> Handout:
    """A programme with the plan's changes. Its doses are whole: nothing is left for the exercises to say."""
    words = {**part.exercises, **added}

    def dosed(item: Item) -> Item:
        own, change = programme.dose_of(item, words[item.exercise]), plan.doses.get(item.exercise)
        if change:
            wrong.extend(check_merged(own, change))
        elif not _says_something(own):
            hint = f"Say how much of it, such as --dose {item.exercise}.minutes=5."
            wrong.append(Problem(item.exercise.place, f'"{item.exercise}" has no dose of its own', hint))
        whole = merged(own, change)
        if plan.side and whole.side in _SIDED and not (change and change.side):
            whole = replace(whole, side=plan.side)
        return replace(item, dose=whole)

    def kept(items: Sequence[Item]) -> tuple[Item, ...]:
        return tuple(dosed(item) for item in items if item.exercise not in plan.drop)

    more = tuple(dosed(Item(place=id_.place, exercise=id_)) for id_ in dict.fromkeys(plan.add) if id_ in added)
    stages = tuple(replace(s, exercises=items) for s in programme.stages if (items := kept(s.exercises)))
    exercises = kept(programme.exercises)
    if programme.stages and more:
        last = stages[-1] if stages else replace(programme.stages[-1], exercises=())
        stages = (*stages[:-1], _with(last, more))
    elif more:
        exercises += more
    there = {item.exercise for item in (exercises or (i for s in stages for i in s.exercises))}
    if not there:
        place = plan.drop[0].place if plan.drop else programme.place
        wrong.append(Problem(place, f'nothing is left of "{part.id}"', "Keep one of its exercises."))
    return replace(
        part,
        sheet=replace(
            programme, dose=None, exercises=exercises, stages=stages,
            quick=tuple(id_ for id_ in programme.quick if id_ in there),
        ),
        exercises=MappingProxyType({id_: replace(words[id_], dose=None) for id_ in words if id_ in there}),
    )  # fmt: skip


def _with(stage: Stage, more: tuple[Item, ...]) -> Stage:
    return replace(stage, exercises=(*stage.exercises, *more))


def _says_something(dose: Dose) -> bool:
    return any((dose.repetitions, dose.seconds, dose.minutes, dose.distance, dose.sets, dose.hold_seconds, dose.note))


def _programme(part: Handout) -> Programme:
    assert isinstance(part.sheet, Programme)
    return part.sheet


def _place(plan: Plan, name: str) -> Place:
    return Place(f"--{name}") if plan.place.file == "the command line" else plan.place


# --------------------------------------------------------------------------- what was prescribed
def _items(handout: Handout) -> Iterator[tuple[Key, Item]]:
    """Each exercise of a handout, or of one part of it, with its key."""
    seen: dict[str, int] = {}
    for part in (handout, *handout.parts):
        for item in _programme(part).items if isinstance(part.sheet, Programme) else ():
            name = str(item.exercise)
            seen[name] = seen.get(name, -1) + 1
            yield (name, seen[name]), item


def prescribed(handout: Handout) -> tuple[Prescribed, ...]:
    """Every exercise with its whole dose, in the order of the content."""
    found = []
    for _, item in _items(handout):
        assert item.dose, "only what `prescribe` has made is asked"
        found.append(Prescribed(place=item.place, exercise=item.exercise, dose=item.dose))
    return tuple(found)


def with_personal(handout: Handout, personal: Personal) -> Handout:
    """The handout with what it prints of the patient; the parts of a pack know which marks are theirs."""
    seen: dict[str, int] = {}
    parts = []
    for part in handout.parts:
        keys = [key for key, _ in _items(part)]
        marks = {(name, n): personal.marks.get((name, seen.get(name, 0) + n)) for name, n in keys}
        for name, _ in keys:
            seen[name] = seen.get(name, 0) + 1
        own = MappingProxyType({key: mark for key, mark in marks.items() if mark})
        inner = replace(personal, marks=own, stopped=(), whole=False)
        parts.append(replace(part, personal=inner))
    return replace(handout, personal=personal, parts=tuple(parts))


# --------------------------------------------------------------------------- since the last sheet
@dataclass(frozen=True)
class Since:
    """What differs from the last sheet: marks of exercises, and the ids of those that are no longer done."""

    marks: Mapping[Key, Mark]
    stopped: tuple[str, ...]


def since(before: Sequence[Prescribed], now: Sequence[Prescribed], exercises: Mapping[str, ExerciseWords]) -> Since:
    """What is new, more, less or otherwise changed, and what is stopped."""
    old, new = dict(_numbered(before)), dict(_numbered(now))
    marks: dict[Key, Mark] = {}
    for key, dose in new.items():
        words = exercises.get(key[0])
        one = words.seconds_per_repetition if words else None
        mark = change(old[key], dose, one) if key in old else "new"
        if mark:
            marks[key] = mark
    there = {name for name, _ in new}
    gone = dict.fromkeys(name for name, _ in old if name not in there)
    return Since(MappingProxyType(marks), tuple(gone))


def _numbered(items: Sequence[Prescribed]) -> Iterator[tuple[Key, Dose]]:
    seen: dict[str, int] = {}
    for item in items:
        name = str(item.exercise)
        seen[name] = seen.get(name, -1) + 1
        yield (name, seen[name]), item.dose


def change(old: Dose, new: Dose, seconds_per_repetition: int | None = None) -> Mark | None:
    """Whether a dose is more or less than another in all that differs; "changed" where it is more in one thing and
    less in another, or where nobody can say, and None where nothing differs."""
    if _said(old) == _said(new):
        return None
    signs = {
        _sign(a, b)
        for a, b in (
            _amounts(old, new, seconds_per_repetition),
            (_often(old), _often(new)),
            (old.hold_seconds or 0, new.hold_seconds or 0),
            *_loads(old, new),
        )
    } - {0}
    if signs == {1}:
        return "more"
    return "less" if signs == {-1} else "changed"


def _said(dose: Dose) -> dict[str, object]:
    return {name: value for name, value in vars(dose).items() if name != "place" and value is not None}


def _sign(a: float, b: float) -> int:
    return (b > a) - (b < a)


def _amounts(old: Dose, new: Dose, one: int | None) -> tuple[float, float]:
    """The two amounts in one unit: times, seconds or meters; seconds where the units differ."""
    (unit, a), (other, b) = _amount(old), _amount(new)
    if unit == other:
        return a, b
    return seconds_of(replace(old, rest_seconds=None), one), seconds_of(replace(new, rest_seconds=None), one)


def _amount(dose: Dose) -> tuple[str, float]:
    sets, times = dose.rounds
    rounds = (sets or 1) * (times or 1) * (2 if dose.side == "each" else 1)
    if dose.time:
        return "seconds", rounds * dose.time
    if dose.distance:
        return "meters", rounds * dose.distance.meters
    return "times", rounds


def _often(dose: Dose) -> float:
    """How many times a week."""
    days = 3.5 if dose.every_other_day else len(dose.weekdays or ()) or dose.days_a_week or 7
    return days * (dose.times_a_day or 1)


def _loads(old: Dose, new: Dose) -> Iterator[tuple[float, float]]:
    """Weights of one unit, and efforts; a band says nothing of more or less by itself."""
    a, b = _weight(old), _weight(new)
    if a and b and a[1] == b[1]:
        yield a[0], b[0]
    efforts = [dose.load.effort if dose.load else None for dose in (old, new)]
    if efforts[0] is not None and efforts[1] is not None:
        yield efforts[0], efforts[1]


def _weight(dose: Dose) -> tuple[float, str] | None:
    text = dose.load.weight if dose.load else None
    if not text:
        return None
    number, unit = text.split(" ")
    return float(number), unit


# --------------------------------------------------------------------------- in words
def summary(handout: Handout) -> str:
    """A plain note of what was prescribed, without the patient's name, to paste into the record."""
    personal, words = handout.personal, Words(handout.wording)
    assert personal
    own = handout.wording.personal
    sheet = handout.sheet
    lines = [f"{sheet.title} ({sheet.number}, {words.version(version=sheet.version)})"]
    lines.append(str(own.document.format(number=personal.document)))
    if personal.date:
        lines[-1] += f", {words.day(personal.date)}"
    if personal.clinician:
        lines.append(f"{own.made_by}: {personal.clinician}")
    for part in (handout, *handout.parts):
        if part is not handout:
            lines.append(f"{part.sheet.title} ({part.sheet.number})")
        lines.extend(_lines(part))
    if personal.stopped:
        lines.append(f"{own.stopped}: {', '.join(personal.stopped)}")
    if personal.note:
        lines.append(f"{own.to_you}: {personal.note}")
    if personal.next_visit:
        lines.append(f"{words.next_visit()}: {next_visit(personal.next_visit, words)}")
    return "\n".join(lines)


def _lines(part: Handout) -> Iterator[str]:
    marks = part.personal.marks if part.personal else {}
    for number, (key, item) in enumerate(_items(replace(part, parts=())), 1):
        assert item.dose
        said = phrase(item.dose, part.wording.dose).whole
        if item.note:
            said = f"{said} {item.note.plain}"
        mark = f" ({mark_word(marks[key], part)})" if key in marks else ""
        yield f"{number}. {part.exercises[item.exercise].name}{mark}: {said}"


def mark_word(mark: Mark, handout: Handout) -> str:
    """The word that stands before a dose."""
    words = handout.wording.personal
    return str({"new": words.is_new, "more": words.is_more, "less": words.is_less, "changed": words.is_changed}[mark])


def next_visit(text: str, words: Words) -> str:
    """The next visit; a date as the language writes it, other words as they are."""
    from datetime import date

    day, _, rest = text.partition(" ")
    try:
        return f"{words.day(date.fromisoformat(day))} {rest}".strip() if len(day) == 10 else text
    except ValueError:
        return text
