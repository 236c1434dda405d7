"""A plan and a library -> a finished sheet for one patient, and the plan that is kept beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ..draw.document import Edition
from ..draw.pages import Rendered
from ..merge.personal import Since, prescribe, prescribed, since, with_personal
from ..problems import ContentError, Problem
from ..read.exercise import ExerciseWords
from ..read.fields import Id
from ..read.handout import Handout, read_handout
from ..read.library import Library
from ..read.plan import Personal, Plan, Prescribed, Version, written
from .files import write_file
from .patients import differences, new_document, versions
from .press import Press


@dataclass(frozen=True)
class Sheet:
    """A handout for one patient, ready to be printed. `plan` is what is kept; `changed` says what of the content has
    changed since the plan was written, a line each."""

    handout: Handout
    plan: Plan
    changed: tuple[str, ...]

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
    known: Prescription | None = None,
) -> Sheet:
    """The sheet of a plan; `last` is the plan of the patient's last sheet, `known` what the plan prescribes, if that
    has been made out already. Raises ContentError with every problem.

    A plan keeps its document's id only while it prescribes the same with the same words: a number stands for one sheet.
    """
    known = known or prescription(library, plan)
    handout, now, content = known.handout, known.prescribed, known.content
    changed = differences(plan.content, content) if plan.content else []
    same = not changed and (not plan.prescribed or not _differs(plan.prescribed, now, handout))
    document = plan.document if plan.document and same else new_document(is_taken)
    plan = replace(plan, document=document, date=plan.date or today, prescribed=now, content=content)
    new = _since(library, last, now, handout) if last else None
    personal = Personal(
        document=str(document),
        name=plan.name,
        clinician=plan.clinician,
        date=plan.date,
        note=plan.note,
        next_visit=plan.next_visit,
        marks=new.marks if new else {},
        stopped=tuple(_name(library, id_) for id_ in new.stopped) if new else (),
    )
    return Sheet(with_personal(handout, personal), plan, tuple(changed))


def save(press: Press, made: Sheet, edition: Edition, folder: Path, *, identity: bool) -> tuple[Path, Rendered]:
    """Prints the sheet into the folder, with its plan beside it. Raises ContentError."""
    rendered = press.make(made.handout, edition)
    path = folder / f"{made.document}.pdf"
    write_file(
        path.with_suffix(".plan.yaml"),
        written(made.plan, identity=identity).encode("utf-8"),
        private=True,
        lasting=True,
    )
    write_file(path, rendered.data, private=True)
    return path, rendered


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
