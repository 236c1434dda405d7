"""Blocks of the card for a wallet -> flowables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from ..merge import blocks as b
from .cards import Centred
from .figures import Drawing
from .flowables import Flowable
from .fold import HIGH, PER_PANEL, WIDE, Back, Exercise, Fold, Front, PocketCard
from .grid import Grid
from .icons import icon
from .structure import Element

if TYPE_CHECKING:
    from .compose import Composer

SHARES = (0.46, 0.37, 0.28)  # of a panel's width, for the drawing of an exercise: less where its words are long


def pocket(c: Composer, block: b.Pocket, parent: Element) -> Flowable:
    """The card; its elements stand in the order in which it is read: front, exercises, back."""
    look, colours, pad = c.look, c.look.colours, c.space("panel")
    sect = parent.child("Sect")
    front, cards, back = block.blocks
    brand, title = (c.block(child, sect) for child in front.blocks)
    exercises = [_exercise(c, card, sect, pad) for card in cards.blocks if isinstance(card, b.Card)]
    hair = (look.marks["grid"], colours["grid"])
    return PocketCard(
        Front(brand, title, c.pictures.logo, look.marks["panel-logo"], pad * 0.7), exercises,
        _back(c, back, sect, hair), pad, colours["tint"], colours["ink"], hair, colours["paper"],
        before=c.space("item"), after=c.space("part"),
    )  # fmt: skip


def _back(c: Composer, block: b.Block, parent: Element, hair: tuple[float, tuple[float, float, float]]) -> Back:
    look = c.look
    helped, contact = block.blocks
    inner = parent.child("Sect")
    heading, *text = helped.blocks
    title = c.block(heading, inner)
    colour, solid = look.text["stop-title"].colour, bool(look.marks["solid"])
    sign = icon("stop", colour, look.colours["paper"], solid=solid)
    size = look.boxes["stop"].icon_size
    return Back(sign, size, title, c.stack(text, inner), c.block(contact, parent), c.space("slot"), hair)


def _exercise(c: Composer, block: b.Card, parent: Element, pad: float) -> Exercise:
    element = parent.child("Sect")
    wide, high = WIDE - 2 * pad, (HIGH - 3 * pad) / PER_PANEL
    drawing = next((c.drawing(child, element) for child in block.blocks if isinstance(child, b.Figure)), None)
    name = element.child("P")
    number = c.plain(f"{block.number} ", c.style("row-number"), name)
    words = c.plain(block.name, c.style("row-name"), name)
    dose = c.stack([child for child in block.blocks if not isinstance(child, b.Figure)], element)
    made = Exercise(number, words, dose, None, c.space("week-indent"), 0, pad / 2)
    if drawing is None:
        return made
    room = next((share for share in SHARES if replace(made, share=share).height(wide) <= high), SHARES[-1])
    return replace(made, share=room, drawing=_fitted(c, drawing, wide * room, high))


def _fitted(c: Composer, drawing: Drawing, wide: float, high: float) -> Flowable:
    """A drawing no wider and no higher than this, in the middle of its room."""
    scale = min(1.0, wide / drawing.wide, high / drawing.panels[0].height)
    if scale < 1:
        look = replace(c.look, figure=int(c.look.figure * scale * 10) / 10)
        drawing = replace(drawing, panels=c.pictures.drawing(drawing.key, look))
    return Centred(drawing, drawing.wide)


def folds(c: Composer, block: b.Folds, parent: Element) -> Flowable:
    """How to fold the card, in pictures."""
    top, colours = parent.child("L", List="/ListNumbering/Decimal"), c.look.colours
    cells: list[Flowable] = []
    for number, child in enumerate(block.blocks, 1):
        assert isinstance(child, b.Fold)
        item = top.child("LI")
        label = c.plain(str(number), c.style("fold-number"), item.child("Lbl"))
        words = c.words(child.spans, c.style("body"), item.child("LBody"))
        line = (1.5, colours["deep"])
        indent = c.space("week-indent")
        cells.append(Fold(child.picture, label, words, indent, line, colours["shade"], colours["paper"]))
    return Grid(cells, len(cells), c.space("column"), c.space("block"))


MAKERS: Mapping[type[b.Block], Callable[..., Flowable]] = {b.Pocket: pocket, b.Folds: folds}
