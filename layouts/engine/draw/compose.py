"""Blocks -> flowables, and with them the tree of structure elements, in the order of the content."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from typing import Any

from ..figures.panel import Panel
from ..merge import blocks as b
from ..records import dataclass
from .boxes import Box
from .figures import Drawing, Illustrated, PhotoFlow, QrFlow, WriteInFlow
from .flowables import Beside, Flowable, Narrow, Stack
from .gallery import Exhibit, Gallery, arranged
from .grid import Grid
from .images import RasterImage, VectorImage
from .structure import Element
from .styles import Look, TextStyle, recoloured
from .tables import TableFlow, cell_element, shares
from .text import words_width
from .words import Bullet, Words


@dataclass(frozen=True)
class Pictures:
    """Where pictures come from: photographs by key, width and grey; drawings by exercise and look, and how large they
    are, not painted; the logo."""

    photo: Callable[[str, float, bool], RasterImage]
    drawing: Callable[[str, Look], tuple[Panel, ...]]
    sketch: Callable[[str, Look], tuple[Panel, ...]]
    sketched: bool = False  # drawings are not painted, only measured
    logo: VectorImage | RasterImage | None = None  # in the colours of the edition


_HEADS = {1: "title", 2: "h2", 3: "h3"}


@dataclass(frozen=True)
class Spare:
    """A box of the flow that may stand at the foot of page 1 instead: its place in the flow, its element, and the
    element before which it is read there."""

    at: int
    element: Element
    early: Element


@dataclass
class Story:
    """What pages are made of: the flow, the box at the foot of page 1, and lines to write on if there is room."""

    root: Element
    flow: list[Flowable] = field(default_factory=list)
    foot: Flowable | None = None
    spares: list[Spare] = field(default_factory=list)  # the first of them that fits is taken
    optional: Flowable | None = None


@dataclass
class Made:
    """What was made of blocks, by a block's id, which stays while its block is kept here."""

    flowables: dict[tuple[Any, ...], tuple[Flowable, list[Element], int, b.Block]] = field(default_factory=dict)
    drawn: dict[int, bool] = field(default_factory=dict)  # blocks that hold a drawing, which depends on its size

    def has_drawing(self, block: b.Block) -> bool:
        """Whether a drawing is inside."""
        if id(block) not in self.drawn:
            self.drawn[id(block)] = isinstance(block, b.Figure) or any(map(self.has_drawing, block.blocks))
        return self.drawn[id(block)]

    def of(self, blocks: frozenset[int]) -> Made:
        """What was made of these blocks, by identity."""
        return Made(
            {key: one for key, one in self.flowables.items() if id(one[-1]) in blocks},
            {key: drawn for key, drawn in self.drawn.items() if key in blocks},
        )


def compose(
    document: b.Document, look: Look, pictures: Pictures, *, fillable: bool = True, made: Made, keep: bool = False
) -> Story:
    """The document's story in a look. `made` remembers what was made of blocks in that look, heights and all: a
    document without some of the blocks, or with drawings of another size, is then composed of the others' flowables.
    Only one of its stories can be drawn into a file; `keep` is for stories of later files, with what is drawn of such
    a block.
    """
    root = Element("Document", lang=document.language)
    return Composer(look, pictures, Story(root), fillable, made, keep).story(document)


@dataclass
class Composer:
    """Makes flowables of blocks, and their structure elements with them."""

    look: Look
    pictures: Pictures
    story_: Story
    fillable: bool = True  # boxes to tick and lines to write on are fields
    made: Made = field(default_factory=Made)
    keep: bool = False
    level: int = 0  # of the last heading
    bullet_colour: str = "deep"
    widest_numeral: float = 0  # of the tips at hand, so that their words line up
    abreast: int = 1  # columns that share the page's width at this place
    inset: float = 0  # what a numeral takes of a column's width

    def story(self, document: b.Document) -> Story:
        story, root = self.story_, self.story_.root
        told, early = False, None  # what follows the facts of a sheet
        for block in document.blocks:
            known = len(root.kids)
            flowable = self.block(block, root)
            made = root.kids[known] if len(root.kids) > known else None
            if told and early is None and isinstance(made, Element):
                early = made
            told = told or isinstance(block, b.Facts)
            if isinstance(block, (b.Callout, b.Section)) and block.spare and early and isinstance(made, Element):
                story.spares.append(Spare(len(story.flow), made, early))
            if isinstance(block, b.Callout) and block.foot and self.look.pin_today:
                self.story_.foot = flowable
            elif isinstance(block, b.WriteIn):
                self.story_.optional = flowable
            else:
                self.story_.flow.append(flowable)
        return self.story_

    # ------------------------------------------------------------- helpers
    def space(self, name: str) -> float:
        return self.look.space[name]

    def style(self, name: str) -> TextStyle:
        return self.look.text[name]

    def words(self, spans: tuple[b.Span, ...], style: TextStyle, element: Element, **kw: Any) -> Words:
        return Words(spans, style, self.look.faces, element, **kw)

    def plain(self, text: str, style: TextStyle, element: Element, **kw: Any) -> Words:
        return self.words((b.Span(text),), style, element, **kw)

    def stack(self, children: Sequence[b.Block], parent: Element, *, keep: bool = False, **kw: Any) -> Stack:
        return Stack([self.block(child, parent) for child in children], keep=keep, **kw)

    def block(self, block: b.Block, parent: Element) -> Flowable:
        """The flowable of a block, whose elements become the last of `parent`."""
        size = (self.look.figure, self.pictures.sketched) if self.made.has_drawing(block) else ()
        key = (
            id(block), self.level, self.bullet_colour, self.widest_numeral, self.abreast, self.inset, self.look.tight,
            *size,
        )  # fmt: skip
        if key not in self.made.flowables:
            make: Callable[[Composer, Any, Element], Flowable] = (
                _MAKERS.get(type(block)) or _sheet_makers()[type(block)]
            )
            known = len(parent.kids)
            flowable = make(self, block, parent)
            elements = [kid for kid in parent.kids[known:] if isinstance(kid, Element)]
            flowable.kept = self.keep
            self.made.flowables[key] = flowable, elements, self.level, block
            return flowable
        flowable, elements, self.level, _ = self.made.flowables[key]
        parent.kids.extend(elements)
        return flowable

    # ------------------------------------------------------------- words
    def heading(self, block: b.Heading, parent: Element) -> Flowable:
        level = self.level = min(block.level, self.level + 1)  # no level is skipped (ISO 14289-1, 7.4.2)
        name = block.style or _HEADS[block.level]
        after = {1: self.space("title"), 2: self.space("heading")}.get(block.level, self.space("lead"))
        title = "".join(span.text for span in block.spans)
        return self.words(
            block.spans, self.style(name), parent.child(f"H{level}"), after=after, sticky=True, bookmark=title
        )

    def paragraph(self, block: b.Paragraph, parent: Element) -> Flowable:
        after = self.look.space.get(block.style, self.space("paragraph"))
        words = self.words(block.spans, self.style(block.style), parent.child("P"), after=after, sticky=block.leads)
        return Narrow(words, self.space("measure")) if block.style == "body" else words

    def message(self, block: b.Message, parent: Element) -> Flowable:
        inner = self.words(block.spans, self.style("message"), parent.child("P"))
        return Box(inner, self.look.boxes["message"], "panel", after=self.space("message"))

    def write_in(self, block: b.WriteIn, parent: Element) -> Flowable:
        title = self.words(block.spans, self.style("h3"), parent.child("P"))
        c, look = self.look.colours, self.look
        return WriteInFlow(
            title,
            block.lines,
            self.space("write"),
            c["field"],
            c["deep"],
            look.marks["icon"],
            before=self.space("part"),
        )

    # ------------------------------------------------------------- lists
    def bullets(self, block: b.Bullets, parent: Element) -> Flowable:
        look, style, marks = self.look, self.style(block.style), self.look.marks
        top = parent.child("L", List="/ListNumbering/Disc")
        items: list[Flowable] = []
        for item in block.blocks:
            element = top.child("LI").child("LBody")
            if block.tick:
                mark = Bullet(style, marks["tick-box"], look.colours["field"], marks["tick-line"])
            else:
                mark = Bullet(style, marks["bullet"], look.colours[self.bullet_colour])
            indent = self.space("bullet") if not block.tick else marks["tick-box"] * 1.75
            words = self.words(item.spans, style, element)
            items.append(Beside(mark, words, indent, after=self.space("item")))
        if block.tick and look.columns["today"] > 1 and len(items) > 1:
            return Grid(items, min(look.columns["today"], len(items)), self.space("column"), self.space("item"))
        return Stack(items, after=self.space("paragraph"))

    def steps(self, block: b.Steps, parent: Element) -> Flowable:
        top = parent.child("L", List="/ListNumbering/Decimal")
        items = []
        for i, item in enumerate(block.blocks, 1):
            element = top.child("LI")
            label = self.plain(str(i), self.style("step"), element.child("Lbl"))
            words = self.words(item.spans, self.style("body"), element.child("LBody"))
            indent = self.space("bullet") * (1.3 if len(block.blocks) < 10 else 1.8)
            items.append(Beside(label, words, indent, after=self.space("item")))
        return Narrow(Stack(items, after=self.space("paragraph")), self.space("measure"))

    def tips(self, block: b.Tips, parent: Element) -> Flowable:
        top = parent.child("L", List="/ListNumbering/Decimal")
        count = self.look.columns["tips"]
        level = self.level
        style = self.style("numeral")
        numbers = [tip.number for tip in block.blocks if isinstance(tip, b.Tip)]
        self.widest_numeral = max(words_width(str(n), style.font, style, self.look.faces) for n in numbers)
        cells: list[Flowable] = []
        self.abreast, self.inset = count, self.space("indent") if self.look.marks["hang"] else 0
        for i, tip in enumerate(block.blocks, 1):
            self.level = level
            alone = count > 1 and i == len(block.blocks) and i % count == 1
            made, aside = self.tip(tip, top.child("LI"), apart=alone)
            cells.append(made)
            if aside:
                aside.ruled = False
                cells.append(aside)
        self.abreast, self.inset = 1, 0
        if count == 1:
            return Stack(cells, after=self.space("part"))
        rule = (self.look.marks["rule"], self.look.colours["primary"], self.space("rule-gap"))
        before, after = self.space("block"), self.space("part")
        return Grid(cells, count, self.space("column"), self.space("tip"), before, after, rule)

    def tip(self, block: b.Block, element: Element, *, apart: bool) -> tuple[Flowable, Flowable | None]:
        """A tip; what stands beside it is a flowable of its own where the tip is alone in its row (`apart`)."""
        assert isinstance(block, b.Tip)
        numeral = self.plain(str(block.number), self.style("numeral"), element.child("Lbl"))
        body = element.child("LBody")
        words = [child for child in block.blocks if not isinstance(child, b.Aside)]
        beside = [child for aside in block.blocks if isinstance(aside, b.Aside) for child in aside.blocks]
        indent = max(self.space("indent"), self.widest_numeral + self.space("indent") * 0.25)
        if self.look.marks["hang"]:  # words hang beside the numeral
            right: Flowable = self.illustrated([self.block(child, body) for child in words])
            if beside:
                right = self.with_aside(right, self.stack(beside, body))
            elif self.look.columns["tips"] == 1:
                right = Narrow(right, self.space("measure"))
            return Stack([Beside(numeral, right, indent)], after=self.space("tip"), keep=True), None
        lead, *rest = [self.block(child, body) for child in words]
        aside = self.stack(beside, body, before=self.space("paragraph")) if beside else None
        head = Beside(numeral, lead, indent, after=lead.after, sticky=True)
        made = self.illustrated([head, *rest])
        if aside and not apart:
            return Stack([made, aside], after=self.space("tip"), keep=True), None
        return Stack([made], after=self.space("tip"), keep=True), aside

    def illustrated(self, parts: Sequence[Flowable]) -> Flowable:
        """Words, and the drawing that comes last among them beside or under them."""
        if not isinstance(parts[-1], Drawing):
            return Stack(parts, keep=True)
        return Illustrated(Stack(parts[:-1], keep=True), parts[-1], self.space("aside") / 2, self.space("paragraph"))

    def with_aside(self, words: Flowable, aside: Flowable) -> Flowable:
        """Words with something beside them, or under them where a column is narrow."""
        if not self.space("aside-width"):
            return Stack([words, Stack([aside], before=self.space("paragraph"))], keep=True)
        total = self.look.width - 2 * self.look.page["margin"] - self.space("indent")
        side = self.space("aside-width")
        return Grid([words, aside], 2, self.space("aside"), 0, shares=(total - side - self.space("aside"), side))

    # ------------------------------------------------------------- groups
    def section(self, block: b.Section, parent: Element) -> Flowable:
        space = self.space(block.space)
        sect = parent.child("Sect")
        return self.stack(block.blocks, sect, keep=block.keep, sticky=block.leads, before=space, after=space)

    def columns(self, block: b.Columns, parent: Element) -> Flowable:
        count = min(self.look.columns[block.name], len(block.blocks))
        level, cells = self.level, []
        self.abreast = count
        for cell in block.blocks:
            self.level = level
            made = self.section(cell, parent) if isinstance(cell, b.Section) else self.block(cell, parent)
            cells.append(made)
        self.abreast = 1
        shares = self.look.shares.get(block.name, ())
        shares = shares if count == len(shares) else ()
        space = self.space("block")
        return Grid(cells, count, self.space("column"), space, before=space, after=space, shares=shares)

    def callout(self, block: b.Callout, parent: Element) -> Flowable:
        look, style = self.look, self.look.boxes[block.kind]
        sect = parent.child("Sect")
        before = self.level
        title: Flowable | None = None
        if block.title:
            self.level = min(2, self.level + 1)
            role = sect.child(f"H{self.level}")
            title = self.plain(block.title, self.style(style.title), role, bookmark=block.title)
        self.bullet_colour = "alarm" if block.kind == "stop" else "deep"
        inner = self.stack(block.blocks, sect)
        self.bullet_colour = "deep"
        if not block.title:
            self.level = before
        solid = bool(look.marks["solid"])
        return Box(
            inner=inner,
            style=style,
            outline=block.kind,
            icon_colour=look.text[style.title].colour,
            ground=look.colours["paper"] if solid else style.fill or look.colours["paper"],
            solid=solid,
            title=title,
            title_gap=self.space("heading") * (1 if block.kind == "stop" else 0.5),
            before=self.space("block"),
            after=self.space("block"),
            tail=block.kind == "ask" and look.columns["tips"] == 1 and self.space("aside-width") > 0,
        )

    # ------------------------------------------------------------- tables and pictures
    def table(self, block: b.Table, parent: Element) -> Flowable:
        look = self.look
        table = parent.child("Table")
        rows: list[list[Words]] = []
        for r, row in enumerate(block.blocks):
            tr = table.child("TR")
            cells = []
            for cell in row.blocks:
                head = isinstance(cell, b.HeadCell)
                element = cell_element(tr, ("Column" if r == 0 else "Row") if head else "")
                style = self.style("table-head" if r == 0 else "body")
                if head and r:
                    style = recoloured(self.style("box-head"), style.colour)
                cells.append(self.words(cell.spans, style, element))
            rows.append(cells)
        return TableFlow(
            rows, shares(rows), self.space("row"), self.space("column") / 2,
            (look.marks["rule"], look.colours["primary"]), (look.marks["grid"], look.colours["field"]),
            before=self.space("heading"), after=self.space("block"),
        )  # fmt: skip

    def photo(self, block: b.Photo, parent: Element) -> Flowable:
        look = self.look
        width = look.width - 2 * look.page["margin"] - self.space("column") * (self.abreast - 1)
        wide = min(self.space("measure"), width / self.abreast - self.inset)
        image = self.pictures.photo(block.src, wide, look.grey)
        high = wide * image.height / image.width
        if high > look.height * 0.4:
            wide, high = wide * look.height * 0.4 / high, look.height * 0.4
        element = parent.child("Figure", alt=block.alt)
        caption = None
        if block.spans:
            caption = self.words(block.spans, self.style("caption"), parent.child("P"))
        return PhotoFlow(image, element, wide, high, caption, before=self.space("block"), after=self.space("block"))

    def drawing(self, block: b.Figure, parent: Element) -> Drawing:
        element = parent.child("Figure", alt=block.alt)
        caption = None
        if block.spans and self.look.marks["captions"]:
            caption = self.words(block.spans, self.style("caption"), parent.child("P"))
        return Drawing(
            block.src, self.pictures.drawing(block.src, self.look), element, caption=caption, after=self.space("item")
        )

    def gallery(self, block: b.Gallery, parent: Element) -> Flowable:
        """Exhibits at the scale at which the widest has room; the tree is made in the order in which they stand."""
        exhibits = [child for child in block.blocks if isinstance(child, b.Exhibit)]
        count, gutter = self.look.columns["gallery"], self.space("column")
        width = self.look.width - 2 * self.look.page["margin"]
        look = replace(self.look, figure=self.look.marks["gallery"])
        widths = [Drawing(e.src, self.pictures.drawing(e.src, look), parent).wide for e in exhibits]
        scale, places = arranged(widths, width, gutter, count)
        look = replace(look, figure=look.figure * scale)
        rows = [[self.exhibit(exhibits[i], span, look, parent) for i, span in row] for row in places]
        rule = (look.marks["rule"], look.colours["primary"], self.space("rule-gap"))
        apart = self.space("block")
        return Gallery(rows, count, gutter, apart, self.space("lead"), rule, apart, apart)

    def exhibit(self, block: b.Exhibit, span: int, look: Look, parent: Element) -> Exhibit:
        section, level = parent.child("Sect"), self.level
        head = self.block(block.blocks[0], section)
        panels = self.pictures.drawing(block.src, look)
        drawing = Drawing(block.src, panels, section.child("Figure", alt=block.alt))
        foot = self.stack(block.blocks[1:], section)
        self.level = level
        return Exhibit(head, drawing, foot, span)

    def qr(self, block: b.Qr, parent: Element) -> Flowable:
        element = parent.child("Figure", alt=block.alt)
        return QrFlow(
            block.href, element, self.look.marks["qr"], self.stack(block.blocks, parent), after=self.space("item")
        )


def _sheet_makers() -> Mapping[type[b.Block], Callable[..., Flowable]]:
    """Those of exercise sheets, which guides need not wait for."""
    from . import diary, pocket, sheets

    return {**sheets.MAKERS, **diary.MAKERS, **pocket.MAKERS}


_MAKERS: Mapping[type[b.Block], Callable[..., Flowable]] = {
    b.H1: Composer.heading,
    b.H2: Composer.heading,
    b.H3: Composer.heading,
    b.Paragraph: Composer.paragraph,
    b.Message: Composer.message,
    b.WriteIn: Composer.write_in,
    b.Bullets: Composer.bullets,
    b.Steps: Composer.steps,
    b.Tips: Composer.tips,
    b.Section: Composer.section,
    b.Columns: Composer.columns,
    b.Callout: Composer.callout,
    b.Table: Composer.table,
    b.Photo: Composer.photo,
    b.Figure: Composer.drawing,
    b.Gallery: Composer.gallery,
    b.Qr: Composer.qr,
}
