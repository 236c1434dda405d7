"""A plan and a library -> a finished sheet for one patient, and the plan that is kept beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ..draw.pages import Rendered
from ..merge.personal import Since, numbered, prescribe, prescribed, since, with_personal
from ..problems import ContentError, Problem
from ..read.exercise import ExerciseWords
from ..read.fields import Id
from ..read.handout import Handout, read_handout
from ..read.library import Library
from ..read.plan import Personal, Plan, Prescribed, Version, written
from .files import write_file
from .patients import differences, new_document, versions
from .press import Press
from .seal import Seal


@dataclass(frozen=True)
class Sheet:
    """A handout for one patient, ready to be printed. `plan` is what is kept; `changed` says what of the content has
    changed since the plan was written, a line each. `unmarked`: the plan's marks do not hold any more."""

    handout: Handout
    plan: Plan
    changed: tuple[str, ...]
    unmarked: bool = False

    @property
    def document(self) -> str:
        """The document's id, which is also its file's name."""
        assert self.plan.document
        return str(self.plan.document)


@dataclass(frozen=True)
class Prescription:
    """What plans that prescribe the same have in common: the handout, its exercises with their doses, and versions."""

    handout: Handout
    prescribed: tuple[Prescribed, ...]
    content: tuple[Version, ...]


def prescription(library: Library, plan: Plan) -> Prescription:
    """What a plan prescribes. Raises ContentError with every problem."""
    handout = prescribe(read_handout(library, str(plan.handout)), plan, added(library, plan))
    return Prescription(handout, prescribed(handout), versions(library, handout))


def sheet(
    library: Library,
    plan: Plan,
    today: date,
    is_taken: Callable[[str], bool],
    last: Plan | None = None,
    seal: Seal | None = None,
    known: Prescription | None = None,
) -> Sheet:
    """The sheet of a plan; `last` is the plan of the patient's last sheet, `known` what the plan prescribes, if that
    has been made out already. Raises ContentError with every problem.

    A number stands for one sheet. A plan keeps its own only where its seal says that the sheet is the same in all;
    one that has none, while nobody has taken the number.
    """
    known = known or prescription(library, plan)
    handout, now, content = known.handout, known.prescribed, known.content
    changed = differences(plan.content, content) if plan.content else []
    prescribes_the_same = not plan.prescribed or not _differs(plan.prescribed, now, handout)
    own = _marks_of(plan) if prescribes_the_same else Since({}, ())
    new = _since(library, last, now, handout) if last else own
    made = replace(
        plan,
        date=plan.date or today,
        prescribed=tuple(replace(one, mark=new.marks.get(key)) for key, one in numbered(now)),
        stopped=tuple(Id(id_, plan.place) for id_ in new.stopped),
        content=content,
    )
    if plan.seal:
        same = seal is not None and seal.on(made).seal == plan.seal
    else:
        same = not changed and prescribes_the_same and not (plan.document and is_taken(plan.document))
    document = plan.document if plan.document and same else new_document(is_taken)
    personal = Personal(
        document=str(document),
        name=plan.name,
        clinician=plan.clinician,
        date=made.date,
        note=plan.note,
        next_visit=plan.next_visit,
        marks=new.marks,
        stopped=tuple(_name(library, id_) for id_ in new.stopped),
    )
    unmarked = not last and not prescribes_the_same and bool(_marks_of(plan).marks or plan.stopped)
    return Sheet(with_personal(handout, personal), replace(made, document=document), tuple(changed), unmarked)


def _marks_of(plan: Plan) -> Since:
    """What the plan's own sheet said is new, more, less or stopped."""
    marks = {key: one.mark for key, one in numbered(plan.prescribed) if one.mark}
    return Since(marks, tuple(map(str, plan.stopped)))


def save(press: Press, made: Sheet, seal: Seal, folder: Path) -> tuple[Path, Rendered]:
    """Prints the sheet into the folder, with its plan beside it. Raises ContentError."""
    rendered = press.make(made.handout, seal.look)
    path = folder / f"{made.document}.pdf"
    write_file(path.with_suffix(".plan.yaml"), kept(made, seal), private=True, lasting=True)
    write_file(path, rendered.data, private=True)
    return path, rendered


def kept(made: Sheet, seal: Seal) -> bytes:
    """The plan file that lies beside a sheet."""
    return written(seal.on(made.plan), identity=seal.identity).encode("utf-8")


def added(library: Library, plan: Plan) -> Mapping[str, ExerciseWords]:
    """The exercises that the plan adds. Raises ContentError with each that does not exist."""
    found: dict[str, ExerciseWords] = {}
    wrong: list[Problem] = []
    for id_ in plan.add:
        try:
            found[str(id_)] = library.exercise(id_)[0]
        except ContentError as error:
            wrong.extend(error.problems)
    if wrong:
        raise ContentError(wrong)
    return found


def _words(handout: Handout) -> Mapping[str, ExerciseWords]:
    return {id_: words for part in (handout, *handout.parts) for id_, words in part.exercises.items()}


def _differs(before: tuple[Prescribed, ...], now: tuple[Prescribed, ...], handout: Handout) -> bool:
    found = since(before, now, _words(handout))
    return bool(found.marks or found.stopped)


def _since(library: Library, last: Plan, now: tuple[Prescribed, ...], handout: Handout) -> Since:
    """What differs from the last sheet; a plan that people wrote does not say what came of it, so it is made again."""
    before = last.prescribed
    if not before:
        before = prescribed(prescribe(read_handout(library, str(last.handout)), last, added(library, last)))
    return since(before, now, _words(handout))


def _name(library: Library, id_: str) -> str:
    """An exercise's name; its id where it exists no longer."""
    from ..problems import Place

    try:
        return str(library.exercise(Id(id_, Place("since")))[0].name)
    except ContentError:
        return id_
