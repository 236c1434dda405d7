"""The drawings for a clinician who approves them: a contact sheet as PDF, and each drawing as PNG and SVG."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from ..cache import kept
from ..draw.compose import Pictures
from ..draw.document import Edition, check_characters, render
from ..draw.metadata import Metadata
from ..draw.raster import png
from ..draw.styles import Look, look
from ..merge.markup import parse
from ..merge.template import Terms, Words, typographic
from ..merge.template import render as merged
from ..problems import ContentError, Place, Problem, problem
from ..read.library import EXERCISES, Entry, Library
from ..records import dataclass
from .drawings import engine_stamp_of_run
from .files import write_file
from .press import Press, clinic_furniture

if TYPE_CHECKING:
    from ..figures import Exercise

SHEET = "exercises"
TITLE = "Exercise drawings"
PIXELS = 1200  # of a picture's width
DAY = date(2000, 1, 1)  # exercises have no date of their own, and the same content makes the same bytes on any day
Report = Callable[[], object]


@dataclass(frozen=True)
class Approval:
    """What became of the drawings: how many were written, how many of those await review, and the sheet."""

    drawn: int
    awaiting: int
    sheet: Path | None
    problems: tuple[Problem, ...]


def gallery(library: Library, ids: Sequence[str], edition: Edition, folder: Path, report: Report) -> Approval:
    """Writes the sheet and the pictures of these exercises; another edition than standard ends their names.

    One that is broken or cannot be written is among the problems, and the others are made all the same.
    """
    press = Press(library)
    suffix = "" if edition.edition == "standard" else f"-{edition.edition}"
    entries, _ = library.files(EXERCISES)
    brand, _ = press.brand()
    looks = look(edition.layout, edition.edition, edition.paper, brand.colours, brand.faces)
    wrong: list[Problem] = []
    good: list[tuple[str, Exercise]] = []
    for id_ in ids:
        try:
            good.append((id_, _pictures(press, entries, id_, looks, folder, suffix)))
        except ContentError as error:
            wrong.extend(error.problems)
        report()
    if not good:
        return Approval(0, 0, None, tuple(sorted(set(wrong))))
    good.sort(key=_order)
    sheet: Path | None = folder / _name(SHEET, suffix, edition, str(library.clinic()[0].paper))
    try:
        assert sheet
        write_file(sheet, _sheet(press, good, edition))
    except ContentError as error:
        wrong.extend(error.problems)
        sheet = None
    awaiting = sum(not exercise.pose_reviewed for _, exercise in good)
    return Approval(len(good), awaiting, sheet, tuple(sorted(set(wrong))))


def _name(stem: str, suffix: str, edition: Edition, home: str) -> str:
    paper = "" if edition.paper == home else f"-{edition.paper}"
    return f"{stem}{suffix}{paper}.pdf"


def _order(one: tuple[str, Exercise]) -> tuple[int, str]:
    """By the position that an exercise starts from, then by name."""
    from ..read.words import POSITIONS

    return POSITIONS.index(one[1].position), str(one[1].name).casefold()


def _pictures(press: Press, entries: dict[str, Entry], id_: str, looks: Look, folder: Path, suffix: str) -> Exercise:
    """Writes the drawing as SVG and PNG; its exercise. Raises ContentError."""
    from ..figures import HEIGHT, Exercise
    from ..figures.svg import svg

    entry = entries[id_]
    if suffix and f"{id_}{suffix}" in entries:
        message = f'"{id_}{suffix}" would have the file names of "{id_}" in this edition'
        raise problem(Place(entries[id_ + suffix].shown), message, "Rename one of the two.")
    exercise = press.library.one(entry.path, Exercise)
    check_characters((exercise,), press.brand()[0].faces)
    panels = press.drawings.draw(id_, replace(looks, figure=HEIGHT))
    name, alt = typographic(exercise.name), typographic(exercise.alt)
    drawing = svg(panels, name, alt, id_, str(exercise.language)).encode("utf-8")
    key = repr((engine_stamp_of_run(), PIXELS, drawing)).encode()
    write_file(folder / f"{id_}{suffix}.svg", drawing)
    write_file(folder / f"{id_}{suffix}.png", kept("png", key, lambda: png(panels, PIXELS, name, alt)))
    return exercise


def _sheet(press: Press, exercises: Sequence[tuple[str, Exercise]], edition: Edition) -> bytes:
    """The contact sheet. Raises ContentError."""
    library = press.library
    clinic = library.clinic()[0]
    wording, _ = library.wording("en", clinic.place)
    brand, _ = press.brand()
    check_characters((clinic, wording), brand.faces)
    words = Words(wording)
    awaiting = sum(not exercise.pose_reviewed for _, exercise in exercises)
    context = {
        "title": TITLE,
        "count": counted(len(exercises), awaiting),
        "exercises": exercises,
        "mark": words.awaiting_review() if awaiting else "",
    }
    blocks = parse(merged("figures.xml.j2", context, words, Terms(None, "en")))
    meta = Metadata(TITLE, str(clinic.name), "For a clinician to look over and approve", SHEET, "en", DAY)
    pictures = Pictures(_no_photo, press.drawings.draw, press.drawings.sketch)
    where = Place(library.roots[0].shown)
    furniture = clinic_furniture(clinic, words, blocks, running=blocks.running, later=blocks.footer)
    return render(blocks, brand, edition, pictures, furniture, meta, where).data


def counted(drawn: int, awaiting: int) -> str:
    """How many drawings there are, and how many await review, in words."""
    drawings = "1 drawing" if drawn == 1 else f"{drawn} drawings"
    if not awaiting:
        return f"{drawings}, reviewed" if drawn == 1 else f"{drawings}, all reviewed"
    return f"{drawings}; {awaiting} await{'s' * (awaiting == 1)} review"


def _no_photo(*_: object) -> NoReturn:
    raise AssertionError("a contact sheet has no photographs")


def closing(done: Approval, folder: str) -> str:
    """What is said at the end; '' where nothing was drawn."""
    if not done.drawn:
        return ""
    one = done.drawn == 1
    where = f"It is in {folder}, as SVG and PNG" if one else f"They are in {folder}, each as SVG and PNG"
    shows = f"; {done.sheet.name} shows {'it' if one else 'them all'}" if done.sheet else ""
    return f"{counted(done.drawn, done.awaiting)}. {where}{shows}."
