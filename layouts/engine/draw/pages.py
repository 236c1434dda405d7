"""Flow -> pages: where the flow parts, what stands at the foot of page 1, and the file at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..problems import ContentError, Place, problem
from ..records import dataclass
from .canvas import TaggedCanvas
from .cards import CardFlow
from .compose import Story
from .flowables import Flowable, Stack
from .furniture import Frame, Furniture, draw, frame
from .grid import Grid
from .metadata import Metadata
from .structure import Element
from .styles import Look


@dataclass(frozen=True)
class Placed:
    """A flowable on its page, with its top in points."""

    flowable: Flowable
    top: float


@dataclass(frozen=True)
class Rendered:
    """A finished file."""

    data: bytes
    pages: int
    advised: int = 0  # pages that are enough; 0 where length is no fault
    left_out: tuple[str, ...] = ()  # drawings that found no room on so many pages


def arranged(
    story: Story, look: Look, furniture: Furniture, place: Place, *, first: bool = True
) -> tuple[Story, list[list[Placed]]]:
    """The story and its pages; one of its spare boxes stands at the foot of page 1 if that makes it no longer and moves
    nothing else to another page. Raises ContentError at `place` for what no page can hold."""
    pages = paginate(story, look, furniture, place, first=first)
    width = look.width - 2 * look.page["margin"]
    for spare in story.spares if len(pages) > 1 and look.pin_spare else ():
        flow = [flowable for i, flowable in enumerate(story.flow) if i != spare.at]
        pinned = replace(story, flow=flow, foot=story.flow[spare.at])
        try:
            others = paginate(pinned, look, furniture, place, first=first)
        except ContentError:  # what is left of page 1 is too little for anything
            continue
        stands = any(placed.flowable is pinned.foot for placed in others[0])
        if stands and len(others) <= len(pages) and _filled(others[0][-1:], width) >= _filled(pages[0], width):
            kids = story.root.kids
            kids.remove(spare.element)
            kids.insert(kids.index(spare.early), spare.element)
            return pinned, others
    return story, pages


def _filled(page: list[Placed], width: float) -> float:
    return sum(placed.flowable.height(width) for placed in page)


def paginate(story: Story, look: Look, furniture: Furniture, place: Place, *, first: bool = True) -> list[list[Placed]]:
    """The story on pages; the `first` page of a file has the clinic's head.

    Raises ContentError at `place` for what no page can hold.
    """
    width = look.width - 2 * look.page["margin"]
    later, start = frame(look, furniture, first=False), frame(look, furniture, first=first)
    full = later.bottom - later.top
    rest: Flowable | None = Stack(story.flow)
    pages: list[list[Placed]] = []
    foot = story.foot
    while rest is not None:
        here = later if pages else start
        rest = _at_top(rest) if pages else rest
        page: list[Placed] = []
        bottom = here.bottom
        if foot is not None and not pages:
            bottom -= foot.height(width) + foot.before
            page.append(Placed(foot, here.bottom - foot.height(width)))
        whole = rest
        now, rest = _part(whole, width, bottom - here.top, full)
        if now is None and not page:  # kept together it has no room below its heading, so it parts
            now, rest = _part(whole, width, bottom - here.top, 0)
        if now is None:
            if not page:
                raise problem(
                    place, f"something in this handout is too large for a page of {look.paper} paper", "Shorten it."
                )
            rest = Stack([foot, *story.flow]) if foot else rest  # the box at the foot leaves no room: it flows
            foot = None
            continue
        page.append(Placed(now, here.top))
        pages.append(page)
    if story.optional:
        _place_if_room(story.optional, pages, width, later if len(pages) > 1 else start)
    return pages


def _at_top(flow: Flowable) -> Flowable:
    """A flow that starts a later page: the repeated title's rule stands there, and a second one would be too many."""
    if isinstance(flow, Grid) and flow.rule:
        return replace(flow, goes_on=True)
    if isinstance(flow, Stack) and flow.children:
        first = _at_top(flow.children[0])
        return replace(flow, children=[first, *flow.children[1:]]) if first is not flow.children[0] else flow
    return flow


def _part(flow: Flowable, width: float, room: float, full: float) -> tuple[Flowable | None, Flowable | None]:
    if flow.height(width) <= room + 0.01:
        return flow, None
    parts = flow.split(width, room, full)
    if parts is None:
        return None, flow
    return parts


def _place_if_room(flowable: Flowable, pages: list[list[Placed]], width: float, here: Frame) -> None:
    used = max(p.top + p.flowable.height(width) for p in pages[-1])
    top = used + flowable.before
    if top + flowable.height(width) <= here.bottom:
        pages[-1].append(Placed(flowable, top))


def stretched(story: Story, look: Look, furniture: Furniture, *, first: bool = True) -> Story:
    """The story of a single page with the rows of its grids spread over the room that is left."""
    here = frame(look, furniture, first=first)
    width = look.width - 2 * look.page["margin"]
    left = here.bottom - here.top - Stack(story.flow).height(width)
    rows = sum(map(_ruled_rows, story.flow))
    if left <= 0 or not rows:
        return story
    return replace(story, flow=[_stretched(flowable, left / rows) for flowable in story.flow])


def _ruled_rows(flowable: Flowable) -> int:
    """How many rows there are in grids with rules."""
    if isinstance(flowable, Stack):
        return sum(map(_ruled_rows, flowable.children))
    return len(flowable.rows()) if isinstance(flowable, Grid) and flowable.rule else 0


def _stretched(flowable: Flowable, points: float) -> Flowable:
    """The same with so much more height for each row of grids with rules."""
    if isinstance(flowable, Stack) and _ruled_rows(flowable):
        return replace(flowable, children=[_stretched(child, points) for child in flowable.children])
    if not isinstance(flowable, Grid) or not flowable.rule:
        return flowable
    cards = [cell.taller(points) for cell in flowable.cells if isinstance(cell, CardFlow)]
    return replace(flowable, cells=cards) if cards else replace(flowable, stretch=points)


def spread(pages: list[list[Placed]], look: Look, furniture: Furniture, *, first: bool = True) -> list[list[Placed]]:
    """The pages with rows that are to be written in somewhat higher where there is room, on each page for itself."""
    width, most = look.width - 2 * look.page["margin"], look.space["week-spread"]
    made = []
    for number, page in enumerate(pages):
        here = frame(look, furniture, first=first and not number)
        flow, *others = page
        own = flow.flowable.height(width)
        each = flow.flowable.roomier(1).height(width) - own  # what one point more in every row takes
        left = here.bottom - flow.top - own
        if others or each <= 0 or left <= 0:
            made.append(page)
        else:
            made.append([replace(flow, flowable=flow.flowable.roomier(min(most, left / each)))])
    return made


Chapters = Sequence[tuple[list[list[Placed]], Look, Furniture]]


def write(chapters: Chapters, root: Element, meta: Metadata) -> Rendered:
    """Chapters of pages, each in its look, as one tagged PDF on paper of one size, numbered through."""
    return write_job([chapters], root, meta, duplex=False)


def write_job(documents: Sequence[Chapters], root: Element, meta: Metadata, *, duplex: bool) -> Rendered:
    """Several documents as one tagged PDF, each numbered for itself; `duplex` begins each on a new sheet, where its
    last page would otherwise have the next document on its back."""
    paper = documents[0][0][1]
    canvas = TaggedCanvas((paper.width, paper.height), meta)
    several, chapter, total = sum(map(len, documents)) > 1, 0, 0
    for document in documents:
        count, number = sum(len(pages) for pages, _, _ in document), 0
        for pages, look, furniture in document:
            chapter += 1
            canvas.chapter = chapter if several else 0
            width = look.width - 2 * look.page["margin"]
            for page in pages:
                number += 1
                draw(canvas, look, furniture, number, count)
                for placed in page:
                    placed.flowable.paint(canvas, look.page["margin"], placed.top, width)
                canvas.showPage()
        total += count
        if duplex and count % 2 and document is not documents[-1]:
            canvas.showPage()
            total += 1
    return Rendered(canvas.finish(root), total)
