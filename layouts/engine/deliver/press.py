"""The recipe: one handout of the library in one edition -> a finished PDF."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from ..draw.brand import Brand, read_brand
from ..draw.compose import Made, Pictures
from ..draw.document import Chapter, Edition, check_characters, laid_out, render
from ..draw.furniture import Furniture
from ..draw.images import RasterImage, greyscale, read_photo
from ..draw.metadata import Metadata
from ..draw.pack import Bound, Part, bound_pack, print_job
from ..draw.pages import Rendered
from ..draw.styles import Layout, layouts, usual_layouts
from ..merge.again import Known, again
from ..merge.blocks import Block, Document, Span, Tips
from ..merge.form import Form, form
from ..merge.handout import document, patient
from ..merge.markup import TemplateError
from ..merge.template import Words, phone, typographic
from ..problems import ContentError, Place, did_you_mean, problem
from ..read.fields import Model
from ..read.guide import Guide, Photo
from ..read.handout import Handout
from ..read.leftward import set_apart
from ..read.library import Library
from ..read.models import Clinic
from ..read.programme import Pack, PackItem
from ..records import dataclass
from .drawings import Drawings, engine_stamp_of_run
from .ledger import stamp

if TYPE_CHECKING:
    from ..draw.fonts import Faces
    from ..read.plan import Plain


T = TypeVar("T")
SERIES = 16  # prescriptions of which many sheets are made, and handouts that are made again and again
MODELS = 2_000  # files, about, whose characters are known


@dataclass(frozen=True)
class _Series:
    """What is kept of many patients' sheets that prescribe the same: the document, and what was made and drawn of
    its blocks in each edition. Nothing of it is a patient's."""

    sheet: Model
    form: Form | None = None
    kept: dict[Edition, Made] = field(default_factory=dict)
    first: bool = True


@dataclass(frozen=True)
class _Drawn:
    """What is kept of a handout that is made again and again: what its look depends on, its blocks, and what was made
    and drawn of them."""

    state: tuple[object, ...]
    known: Known
    kept: Made


@dataclass
class Memory:
    """What a process that stays up keeps from one press to the next: handouts as they were drawn, and models whose
    characters can all be printed, by identity."""

    drawn: dict[tuple[str, Edition], _Drawn] = field(default_factory=dict)
    checked: dict[tuple[int, Faces], Model] = field(default_factory=dict)

    def forget(self) -> None:
        """Keeps nothing, for fonts, styles or templates are others now."""
        self.drawn.clear()
        self.checked.clear()


@dataclass
class Press:
    """Builds the handouts of one library; keeps what they share (brand, fonts, pictures, parsed templates), and with
    `many` also what patients' sheets share that prescribe the same. A `memory` is that of a process that stays up."""

    library: Library
    many: bool = False
    memory: Memory | None = None
    _brand: tuple[Brand, tuple[Path, ...]] | None = None
    _checked: dict[tuple[int, Faces], Model] = field(default_factory=dict)
    _personal: set[tuple[str, ...]] = field(default_factory=set)  # handouts with exercises that patients' sheets had
    _series: dict[tuple[object, ...], _Series] = field(default_factory=dict)
    drawings: Drawings = field(init=False)

    def __post_init__(self) -> None:
        self.drawings = Drawings(self.library)
        if self.memory:
            self._checked = self.memory.checked

    def brand(self) -> tuple[Brand, tuple[Path, ...]]:
        """The clinic's brand and its files. Raises ContentError."""
        if self._brand is None:
            self._brand = read_brand(self.library)
        return self._brand

    def make(self, handout: Handout, edition: Edition) -> Rendered:
        """The PDF of a handout. Raises ContentError for what is wrong with its content."""
        if isinstance(handout.sheet, Pack):
            self._check_characters(handout)
            return self._pack(handout, handout.sheet, edition)
        blocks, series = self._blocks(handout, edition)
        return self._with_room(handout, edition, lambda: self._printed(blocks, series, handout, edition))

    def _printed(self, blocks: Document, series: _Series | None, handout: Handout, edition: Edition) -> Rendered:
        """The PDF of a handout's document. What it shares with others is kept for them."""
        if series and series.form:
            made = series.kept.pop(edition, None) or Made()  # pop: a mistake leaves things half done
            rendered = self._rendered(blocks, handout, edition, made)
            series.kept[edition] = made.of(series.form.shared)
        elif self.memory and not handout.personal:
            state = (engine_stamp_of_run(), *((path, stamp(path)) for path in self.files(handout)[1:]))
            drawn = self.memory.drawn
            last = drawn.pop((handout.id, edition), None)
            made, before = (last.kept, last.known) if last and last.state == state else (Made(), {})
            blocks, known = again(blocks, before)
            rendered = self._rendered(blocks, handout, edition, made)
            shared = frozenset(id(block) for same in known.values() for block in same)
            drawn[handout.id, edition] = _Drawn(state, known, made.of(shared))
            while len(drawn) > SERIES:
                drawn.pop(next(iter(drawn)))
        else:
            rendered = self._rendered(blocks, handout, edition)
        return rendered

    def _rendered(self, blocks: Document, handout: Handout, edition: Edition, made: Made | None = None) -> Rendered:
        return render(
            blocks,
            self.brand()[0],
            edition,
            self._pictures(handout),
            furniture(handout, blocks),
            metadata(handout),
            Place(handout.entry.shown),
            made,
        )

    def make_job(self, wanted: Sequence[tuple[Handout, Bound]]) -> Rendered:
        """Several handouts, laid out, as one PDF to print, each on sheets of its own also on both sides."""
        first = wanted[0][0]
        about = f"{len(wanted)} documents{f', from {first.personal.document}' if first.personal else ''}"
        return print_job([bound for _, bound in wanted], replace(metadata(first), keywords=about), duplex=True)

    def bound(self, handout: Handout, edition: Edition) -> Bound:
        """A handout laid out. Raises ContentError for what is wrong with its content, or does not fit."""
        if isinstance(handout.sheet, Pack):
            self._check_characters(handout)
            return self._bound_pack(handout, handout.sheet, edition)
        blocks, _ = self._blocks(handout, edition)

        def chaptered() -> Chapter:
            return laid_out(
                blocks, self.brand()[0], edition, self._pictures(handout), furniture(handout, blocks),
                Place(handout.entry.shown),
            )  # fmt: skip

        chapter = self._with_room(handout, edition, chaptered)
        return Bound(((chapter, blocks.language),), metadata(handout))

    def _with_room(self, handout: Handout, edition: Edition, made: Callable[[], T]) -> T:
        """What is made; where only a patient's words are too many for it, they are the problem, not the programme."""
        personal = handout.personal
        if not personal or not personal.lines or not layouts()[edition.layout].exactly:
            return made()
        try:
            return made()
        except ContentError:
            nobody = replace(personal, name=None, clinician=None, note=None, next_visit=None)
            self.make(replace(handout, personal=nobody), edition)
            longest = max(personal.lines, key=len)
            message = f"there is no room for so many words on the {layouts()[edition.layout].called}"
            raise problem(longest.place, message, "Shorten them, or take another layout, such as list.") from None

    def _check_characters(self, handout: Handout) -> None:
        faces = self.brand()[0].faces
        shared = (*handout.exercises.values(), handout.clinic, handout.wording, handout.glossary)
        if handout.personal:  # its sheet comes once, so it is looked at and not kept; what it shares, at the first
            check_personal(handout.personal.lines, faces)
            known = (handout.id, *handout.exercises)
            check_characters((handout.sheet, *(() if known in self._personal else shared)), faces)
            self._personal.add(known)
        else:
            models = {(id(model), faces): model for model in (handout.sheet, *shared)}
            new = {key: model for key, model in models.items() if key not in self._checked}
            check_characters(new.values(), faces)
            if len(self._checked) > MODELS:
                self._checked.clear()
            self._checked.update(new)
        for part in handout.parts:
            self._check_characters(part)

    def _blocks(self, handout: Handout, edition: Edition) -> tuple[Document, _Series | None]:
        """The handout's document, with what is kept of it where many sheets are made of the same prescription."""
        layout, personal, person = layouts()[edition.layout], handout.personal, patient(handout)
        if not (self.many and personal and person) or personal.marks or personal.stopped:
            self._check_characters(handout)
            return self._document(handout, layout), None
        key = (id(handout.sheet), layout.name, *map(bool, vars(person).values()))
        series = self._series.pop(key, None)
        if series is None:  # one who is prescribed something of their own stays the only one
            self._check_characters(handout)
            series = _Series(handout.sheet)
        else:
            check_personal(personal.lines, self.brand()[0].faces)
            if series.form is None and series.first:
                made = form(lambda marked: self._document(handout, layout, personal=marked), person)
                series = _Series(handout.sheet, made, first=False)
        while len(self._series) >= SERIES:
            self._series.pop(next(iter(self._series)))
        self._series[key] = series
        if series.form is None:
            return self._document(handout, layout), None
        return self._for_patient(series.form.filled(person), handout, layout), series

    def _document(self, handout: Handout, layout: Layout, **more: Any) -> Document:
        made = document(handout, layout.template, self.drawings.shown(handout), **layout.tells, **more)
        if any(isinstance(block, Tips) and not block.blocks for block in made.blocks):
            message = f"this guide has no tips, and the {layout.called} shows little else"
            raise problem(Place(handout.entry.shown), message, "Write tips, or choose another layout.")
        return made if "personal" in more else self._for_patient(made, handout, layout)

    def _for_patient(self, made: Document, handout: Handout, layout: Layout) -> Document:
        """The document, if it says for whom it is where it has to."""
        personal = handout.personal
        if personal and personal.whole and not _says(made, personal.document):
            raise TemplateError(f"{layout.template} does not say for whom a sheet is: it needs {{{{ for_patient() }}}}")
        return made

    def _pack(self, handout: Handout, pack: Pack, edition: Edition) -> Rendered:
        bound = self._bound_pack(handout, pack, edition)
        return print_job([bound], bound.meta, duplex=False)

    def _bound_pack(self, handout: Handout, pack: Pack, edition: Edition) -> Bound:
        parts = []
        for item, part in zip(pack.contents, handout.parts, strict=True):
            layout = layout_in_pack(item, part, edition.paper)
            place = Place(part.entry.shown)
            parts.append(Part(self._document(part, layout), layout.name, self._pictures(part), place))
        cover = layouts()[edition.layout]

        def front(starts: Sequence[int]) -> Document:
            titles = [str(part.sheet.title) for part in handout.parts]
            return self._document(handout, cover, chapters=list(zip(titles, starts, strict=True)))

        blocks = front([1] * len(parts))
        return bound_pack(
            front,
            parts,
            self.brand()[0],
            edition,
            furniture(handout, blocks),
            metadata(handout),
            self._pictures(handout),
            Place(handout.entry.shown),
        )

    def _pictures(self, handout: Handout) -> Pictures:
        photos = _photos(handout)

        def read(key: str, width: float, grey: bool) -> RasterImage:
            photo = photos[key]
            return _photo(
                self.library.picture(photo.file, photo.file.place, handout.entry.path), photo.file.place, width, grey
            )

        return Pictures(read, self.drawings.draw, self.drawings.sketch)

    def files(self, handout: Handout) -> tuple[Path, ...]:
        """Every content file that the handout's PDF is made from."""
        pictures = (self.library.file(p.file, p.file.place, handout.entry.path) for p in _photos(handout).values())
        inner = (file for part in handout.parts for file in self.files(part))
        return (*handout.files, *self.brand()[1], *pictures, *self.drawings.files(handout), *inner)


def check_personal(lines: Sequence[Plain], faces: Faces) -> None:
    """Raises ContentError for letters in a patient's words that cannot be printed."""
    check_characters([tuple(lines)], faces, "Write it in Latin letters.")


def layout_in_pack(item: PackItem, part: Handout, paper: str) -> Layout:
    """The layout of a handout in a pack. Raises ContentError at the place that names it when it cannot be."""
    kind = part.entry.kind
    if item.layout is None:
        return layouts()[usual_layouts()[kind]]
    able = [layout.name for layout in layouts().values() if layout.kind == kind and paper in layout.papers]
    if item.layout not in able:
        message = f'"{item.layout}" is no layout for the {kind} "{part.id}" on {paper} paper'
        raise problem(item.layout.place, message, did_you_mean(item.layout, able) or f"Possible: {', '.join(able)}.")
    return layouts()[item.layout]


def _says(block: Block, text: str) -> bool:
    return any(text in span.text for span in block.spans) or any(_says(child, text) for child in block.blocks)


@lru_cache(maxsize=32)
def _photo(data: bytes, place: Place, width: float, grey: bool) -> RasterImage:
    image = read_photo(data, place, width)
    return greyscale(image) if grey else image


def _photos(handout: Handout) -> Mapping[str, Photo]:
    guide = handout.sheet
    if not isinstance(guide, Guide):
        return {}
    photos = [part.photo for part in guide.parts] + [tip.photo for tip in guide.tips]
    return {str(photo.file): photo for photo in photos if photo}


def furniture(handout: Handout, blocks: Document) -> Furniture:
    """Head and foot of the handout's pages."""
    words = Words(handout.wording)
    later = f"{handout.sheet.number}, {words.version(version=handout.sheet.version)}."
    number = handout.personal.document if handout.personal else ""
    running = f"{number} · {blocks.running}" if number else blocks.running
    return clinic_furniture(handout.clinic, words, blocks, running=running, later=later)


def clinic_furniture(clinic: Clinic, words: Words, blocks: Document, *, running: str, later: str) -> Furniture:
    """The clinic's head and foot; `running` is the title on later pages, `later` what their feet say."""
    number, name = phone(clinic.phone), typographic(clinic.name)
    call = words.call(phone=number)
    return Furniture(
        name=name,
        kind=typographic(clinic.kind),
        phone=number,
        site=clinic.website.short if clinic.website else "",
        running=running,
        left=(
            (Span(set_apart(name), bold=True), Span(f", {', '.join(clinic.address)}. {call}")),
            (Span(blocks.footer),),
        ),
        later=((Span(set_apart(name), bold=True), Span(f". {call}")), (Span(later),)),
        mark=blocks.mark,
        page=words.page(page="{page}", pages="{pages}"),
    )


def metadata(handout: Handout) -> Metadata:
    """What the file says about itself: nothing of a patient but the document's number."""
    sheet, clinic, personal = handout.sheet, handout.clinic, handout.personal
    return Metadata(
        title=str(sheet.title),
        author=str(clinic.name),
        subject=str(sheet.purpose),
        keywords=", ".join([sheet.number, f"version {sheet.version}", *([personal.document] if personal else [])]),
        language=str(sheet.language),
        day=(personal and personal.date) or sheet.reviewed or sheet.written,
    )
