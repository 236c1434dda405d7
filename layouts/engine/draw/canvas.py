"""A page that cannot lose anything: every operator belongs to a structure element or is an artifact.

Painting goes through a few methods of `TaggedCanvas`, each of which opens and closes the brackets of marked content
by itself. Painting without an owner raises TaggingError, so an untagged word cannot slip into a handout.
Coordinates are points from the page's top left corner, y downward; only this module knows that PDF counts upward.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from .file import Entry, File, text_string
from .metadata import Metadata
from .operators import RGB, Box, escaped, number, numbers, rgb
from .repairs import Canvas, EmbeddedFont
from .structure import (
    HEADINGS,
    LAYOUT,
    Annotation,
    Artifact,
    Element,
    Marked,
    TaggingError,
    write_tree,
)
from .typeface import NAME, FieldFont
from .widgets import Fields, checked

if TYPE_CHECKING:
    from .clusters import ClusterFont
    from .scripts import ScriptFont, ScriptWords, Shaped

Run: TypeAlias = tuple[str, EmbeddedFont]
# The runs of a line: each one's codes if they are plain, its text and font, or without a font ready operators; their
# size, and the operators after them.
_Run: TypeAlias = "tuple[str, str, EmbeddedFont | Shaped | None]"
_Runs: TypeAlias = tuple[Sequence[_Run], str, str]
# What was painted, so that it can be painted once more: an owner with operators; an owner with the start of a line of
# words, and its runs; or None with a method and its arguments.
Tape: TypeAlias = list[tuple[Element | Artifact | None, Any, Any]]
_M = TypeVar("_M", bound=Callable[..., None])


def _taped(method: _M) -> _M:
    """A method of the canvas that a tape calls once more as it is."""

    @wraps(method)
    def done(canvas: TaggedCanvas, *arguments: Any, **options: Any) -> None:
        if canvas._tape is not None:
            canvas._tape.append((None, method, (arguments, options)))
        method(canvas, *arguments, **options)

    return done  # type: ignore[return-value]


class TaggedCanvas(Canvas):  # type: ignore[misc]
    """ReportLab's canvas with strict tagging; `size` in points."""

    def __init__(self, size: tuple[float, float], meta: Metadata) -> None:
        super().__init__("", pagesize=size, pageCompression=1, invariant=1)
        self._doc = self.file = File(meta)
        self.width, self.height = size
        self.chapter = 0  # of a pack: fields of the same name in two chapters are two fields
        self._tape: Tape | None = None
        self._names: dict[EmbeddedFont, str] = {}  # of the fonts' first subsets
        self._owner: Element | Artifact | None = None
        self._open: Element | Artifact | None = None
        self._page_owners: list[list[Element]] = [[]]
        self._annotation_owners: list[Element] = []
        self._bookmarks: dict[Element, tuple[str, int, float]] = {}  # title, page and height
        self._annotations: list[tuple[int, int, bytes]] = []  # number, page, and the bytes up to where they stand
        self._fields = Fields(self.file)
        self._clusters: dict[ScriptFont, ClusterFont] = {}
        self._turn: tuple[float, float] | None = None  # left plus right and top plus bottom of what stands on its head

    def _make_preamble(self) -> None:
        self._preamble = ""  # ReportLab's sets Helvetica, which is not embedded

    # ------------------------------------------------------------- who owns what is painted
    def owned(self, owner: Element | Artifact) -> _Owned:
        """What is painted inside belongs to `owner`. Inside an artifact everything is an artifact."""
        return _Owned(self, self._owner if isinstance(self._owner, Artifact) else owner)

    def _emit(self, operators: str, kind: str) -> None:
        self._put(self._owner_of(kind, operators), operators)

    def _owner_of(self, kind: str, operators: str) -> Element | Artifact:
        """Whose it is what is about to be painted."""
        owner = self._owner
        if owner is None:
            raise TaggingError(f"{kind} painted outside any structure element: {operators[:80]}")
        if isinstance(owner, Element):
            if kind == "path" and owner.role not in ("Figure", "Form"):
                owner = LAYOUT  # rules, boxes and backgrounds beside words are no content
            elif kind == "image" and owner.role != "Figure":
                raise TaggingError(f"an image in {owner.role} is neither a Figure nor an artifact")
            elif kind == "text" and owner.role == "Figure":
                raise TaggingError("text in a Figure has to be its alternative text")
        return owner

    def _put(self, owner: Element | Artifact, operators: str, runs: _Runs | None = None) -> None:
        """Paints, and records it. Of words, `operators` are those before the runs."""
        if self._tape is not None:
            self._tape.append((owner, operators, runs))
        if owner is not self._open:
            self._close()
            self._begin(owner)
        self._code.append(operators if runs is None else self._line(operators, runs))

    def _begin(self, owner: Element | Artifact) -> None:
        if isinstance(owner, Artifact):
            self._code.append(f"/Artifact <<{owner.properties}>> BDC")
        else:
            owners = self._page_owners[-1]
            self._code.append(f"/{owner.role} <</MCID {len(owners)}>> BDC")
            owner.kids.append(Marked(len(self._page_owners) - 1, len(owners)))
            owners.append(owner)
        self._open = owner

    def _close(self) -> None:
        if self._open is not None:
            self._code.append("EMC")
            self._open = None

    # ------------------------------------------------------------- what is painted once more
    @contextmanager
    def recording(self, tape: Tape) -> Iterator[None]:
        """What is painted inside is painted, and put on the tape, for `play`."""
        self._tape = tape
        try:
            yield
        finally:
            self._tape = None

    @property
    def records(self) -> bool:
        """Whether what is painted is put on a tape, or is part of an artifact: then nothing inside has a tape."""
        return self._tape is not None or self._owner is not None

    def play(self, tape: Tape) -> None:
        """Paints what is on a tape, on this page and in this document, at the place where it was recorded."""
        for owner, what, more in tape:
            if owner is None:
                what(self, *more[0], **more[1])
            else:
                self._put(owner, what, more)

    @_taped
    def place(self, element: Element, box: Box) -> None:
        """Notes where a figure stands on its page."""
        x0, y0, x1, y1 = self.placed(box)
        corners = numbers(x0, self.height - y1, x1, self.height - y0)
        element.attributes["Layout"] = f"/Placement/Block/BBox[{corners}]"

    @_taped
    def hold(self, element: Element, child: Element) -> None:
        """Makes an element, such as a Link, the last child of another, unless it is its child already."""
        if child not in element.kids:
            element.kids.append(child)

    @contextmanager
    def turned(self, box: Box) -> Iterator[None]:
        """What is painted inside stands on its head: turned by 180 degrees about the middle of box (x0, y0, x1, y1 from
        the top). Everything is still placed as if it stood upright; figures, links and bookmarks go to where it comes
        to stand. Fields cannot stand there, nor can another turned box.
        """
        if self._turn:
            raise TaggingError("a turned box stands in another")
        self._turn_by(box)
        try:
            yield
        finally:
            self._turn_by(None)

    @_taped
    def _turn_by(self, box: Box | None) -> None:
        self._close()
        if box is None:
            self._turn = None
            self._code.append("Q")
            return
        x0, y0, x1, y1 = box
        self._turn = (x0 + x1, y0 + y1)
        self._code.append(f"q -1 0 0 -1 {numbers(x0 + x1, 2 * self.height - y0 - y1)} cm")

    def placed(self, box: Box) -> Box:
        """Where a box comes to stand on the page; the same box but inside `turned`."""
        if not self._turn:
            return box
        (across, down), (x0, y0, x1, y1) = self._turn, box
        return across - x1, down - y1, across - x0, down - y0

    # ------------------------------------------------------------- painting
    def words(
        self, x: float, y: float, runs: Sequence[Run] | ScriptWords, size: float, colour: RGB, tracking: float = 0
    ) -> None:
        """Runs of text on the baseline y from x on. Every font has all of its run's characters."""
        if not isinstance(runs, Sequence):
            self._script_words(x, y, runs, size, colour)
            return
        start = f"BT {rgb(colour)} rg {numbers(x, self.height - y)} Td"
        if tracking:
            start += f" {number(tracking)} Tc"
        known = [(font.plain(text), text, font) for text, font in runs]
        self._put(self._owner_of("text", start), start, (known, number(size), "0 Tc ET" if tracking else "ET"))

    def _script_words(self, x: float, y: float, words: ScriptWords, size: float, colour: RGB) -> None:
        """Words with letters of other scripts, part by part in the order in which they are read.

        What is read leftward has its codes as they are seen, from left to right, as every program writes it: readers
        turn them round. That they have to is what a tag says (ISO 32000-1, 14.8.2.3.3).
        """
        start, before = f"BT {rgb(colour)} rg", 0.0
        runs: list[_Run] = []
        for index, part in enumerate(words.parts):
            step = number(x + part.at * size - before)
            runs.append(("", f"{step} {number(0 if index else self.height - y)} Td", None))
            before += float(step)  # as it stands in the file, lest rounding adds up
            if isinstance(part.font, EmbeddedFont):
                runs.append((part.font.plain(part.text), part.text, part.font))
            elif part.rtl and len(part.font.clusters) > 1:
                runs += [("", "/ReversedChars BMC", None), ("", part.text, part.font), ("", "EMC", None)]
            else:
                runs.append(("", part.text, part.font))
        if runs:
            self._put(self._owner_of("text", start), start, (runs, number(size), "ET"))

    def _line(self, start: str, runs: _Runs) -> str:
        """The operators of a line of words: what each font is called is the document's own."""
        ops = [start]
        for codes, text, font in runs[0]:
            if font is None:
                ops.append(text)
            elif not isinstance(font, EmbeddedFont):
                ops.append(self._shaped(font, runs[1]))
            elif codes:
                ops.append(f"{self._names.get(font) or self._name(font)} {runs[1]} Tf ({codes}) Tj")
            else:
                for subset, others in font.splitString(text, self._doc):
                    name = font.getSubsetInternalName(subset, self._doc)
                    ops.append(f"{name} {runs[1]} Tf ({escaped(others.decode('latin-1'))}) Tj")
        ops.append(runs[2])
        return " ".join(ops)

    def _name(self, font: EmbeddedFont) -> str:
        font._assignState(self._doc)
        self._names[font] = str(font.getSubsetInternalName(0, self._doc))
        return self._names[font]

    def _shaped(self, shaped: Shaped, size: str) -> str:
        """Letters in the document's own small typeface of what it shows."""
        from .clusters import ClusterFont

        if shaped.font not in self._clusters:
            self._clusters[shaped.font] = ClusterFont(shaped.font, f"S{len(self._clusters) + 1}")
            self.file.delayedFonts.append(self._clusters[shaped.font])
        font = self._clusters[shaped.font]
        return f"/{font.name} {size} Tf {font.shown(shaped)}"

    def rule(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        width: float,
        colour: RGB,
        dash: Sequence[float] = (),
        cap: int = 0,
    ) -> None:
        """A straight line; `cap` 0 butt, 1 round."""
        dashes = f"[{numbers(*dash)}] 0 d " if dash else ""
        h = self.height
        line = f"{numbers(x0, h - y0)} m {numbers(x1, h - y1)} l S"
        self._emit(f"q {dashes}{cap} J {number(width)} w {rgb(colour)} RG {line} Q", "path")

    def shape(self, path: str, fill: RGB | None = None, stroke: RGB | None = None, width: float = 1) -> None:
        """A path made by `layouts.engine.draw.paths`, whose y already points up from the page's foot."""
        if fill is None and stroke is None:
            return
        look = (f"{rgb(fill)} rg " if fill else "") + (f"{rgb(stroke)} RG {number(width)} w 1 j " if stroke else "")
        paint = "B" if fill and stroke else "f" if fill else "S"
        self._emit(f"q {look}{path} {paint} Q", "path")

    def operators(self, x: float, y: float, scale: float, ops: str, *, path: bool = True) -> None:
        """Ready operators in a box with its lower left corner at x, y (from the top); its unit is `scale` points."""
        self._emit(
            f"q {numbers(scale)} 0 0 {numbers(scale)} {numbers(x, self.height - y)} cm {ops} Q",
            "path" if path else "image",
        )

    def picture(self, key: str, data: bytes, x: float, y: float, width: float, height: float) -> None:
        """An XObject placed in a box with its lower left corner at x, y; `data` is its stream object, written once."""
        place = f"{numbers(width)} 0 0 {numbers(height)} {numbers(x, self.height - y)} cm"
        self._owner_of("image", place)
        self._picture(f"FormXob.X{key}", data)
        self._emit(f"q {place} /FormXob.X{key} Do Q", "image")

    @_taped
    def _picture(self, name: str, data: bytes) -> None:
        self.file.picture(name, data)
        self._formsinuse.append(name)

    # ------------------------------------------------------------- links, bookmarks
    @_taped
    def link(self, element: Element, href: str, description: str, box: Box) -> None:
        """A link annotation of a Link element over box (x0, y0, x1, y1 from the top)."""
        if element.role != "Link":
            raise TaggingError(f"a link annotation needs a Link element, not {element.role}")
        action = b"/A<</Type/Action/S/URI/URI %b>>" % text_string(href)
        self._annotate(element, b"/Subtype/Link/Border[0 0 0]%b/Contents %b" % (action, text_string(description)), box)

    def _annotate(self, element: Element, entries: bytes, box: Box) -> None:
        """An annotation of this page that belongs to the element."""
        x0, y0, x1, y1 = self.placed(box)
        rect = numbers(x0, self.height - y1, x1, self.height - y0).encode()
        number, page = self.file.reserve(), len(self._page_owners) - 1
        reference = b"%d 0 R" % number
        self._annotations.append((number, page, b"<</Type/Annot%b/Rect[%b]/F 4" % (entries, rect)))
        self._annotationrefs.append(reference)
        self._annotation_owners.append(element)
        element.kids.append(Annotation(page, reference))

    # ------------------------------------------------------------- fields
    @_taped
    def text_field(
        self,
        element: Element,
        name: str,
        tip: str,
        box: Box,
        font: FieldFont,
        size: float,
        colour: RGB,
        *,
        multiline: bool = False,
        most: int = 0,
    ) -> None:
        """A field to type in over box (x0, y0, x1, y1 from the top), of a Form element without other content.

        `tip` says to a person what the field is for; `name` is its own in the document. It paints nothing: a line to
        write on is the page's. `size` and `colour` are those of what is typed; `most` characters at most, if not 0.
        """
        self._upright(name)
        area = (box[2] - box[0], box[3] - box[1])
        name = checked(element, self._field_name(name), tip, area)
        look = f"/{NAME} {number(size)} Tf {rgb(colour)} rg"
        entries = self._fields.text(name, tip, area, font, look, multiline=multiline, most=most)
        self._fields.register(name)
        self._annotate(element, entries, box)

    def _field_name(self, name: str) -> str:
        return f"{self.chapter}-{name}" if name and self.chapter else name

    @_taped
    def tick_box(self, element: Element, name: str, tip: str, box: Box, colour: RGB) -> None:
        """A box to tick over the square box, of a Form element without other content. It paints the tick; its square is
        the page's, and so stays where fields are flattened, hidden, or drawn by a viewer's own taste."""
        self._upright(name)
        side = min(box[2] - box[0], box[3] - box[1])
        name = checked(element, self._field_name(name), tip, (side, side))
        entries = self._fields.tick(name, tip, side, rgb(colour))
        self._fields.register(name)
        self._annotate(element, entries, box)

    def _upright(self, name: str) -> None:
        if self._turn:
            raise TaggingError(f'the field "{name}" would stand on its head')

    @_taped
    def bookmark(self, element: Element, title: str, y: float) -> None:
        """An entry of the outline for a heading, leading to height y of this page; entries follow the tree's order."""
        self._bookmarks[element] = (title, len(self.file.pages), self.height - self.placed((0, y, 0, y))[1])

    # ------------------------------------------------------------- pages and the end
    def showPage(self) -> None:  # noqa: N802
        """Ends the page."""
        self._close()
        content = "\n".join(("", *self._code, " \n"))
        self.file.page((self.width, self.height), content, self._formsinuse, self._annotationrefs)
        self._page_owners.append([])
        self._startPage()

    def finish(self, root: Element) -> bytes:
        """The finished file, tagged with the tree under `root`. Every page has been ended by showPage. Afterwards the
        tree is as it was before anything was drawn."""
        file, owners = self.file, self._page_owners[:-1]
        elements = list(root.walk())
        if outside := set(self._annotation_owners).difference(elements):
            raise TaggingError(f"an annotation's {outside.pop().role} element is not in the tree")
        outline: list[Entry] = []
        for element in elements if self._bookmarks else ():
            if element in self._bookmarks:
                deepest = outline[-1].level + 1 if outline else 0
                outline.append(Entry(min(HEADINGS.index(element.role), deepest), *self._bookmarks[element]))
        described = file.described()
        form = self._fields.form(elements)
        described["StructTreeRoot"] = write_tree(elements, file, owners, self._annotation_owners)
        for key, (number_, page, start) in enumerate(self._annotations, len(owners)):
            file.put(number_, b"%b/P %b/StructParent %d>>" % (start, file.pages[page], key))
        for element in elements:
            element.clear()
        return file.finished(outline, form, described)


class _Owned:
    """A context in which what is painted has an owner; a generator, for every line of text, would take longer."""

    def __init__(self, canvas: TaggedCanvas, owner: Element | Artifact) -> None:
        self.canvas, self.owner, self.before = canvas, owner, canvas._owner

    def __enter__(self) -> None:
        self.canvas._owner = self.owner

    def __exit__(self, *_: object) -> None:
        self.canvas._owner = self.before
