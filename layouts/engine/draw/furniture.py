"""What stands on every page around the content: the clinic's head, the repeated title, and the foot. All artifacts."""

from __future__ import annotations

from ..merge.blocks import Span
from ..records import dataclass
from .canvas import TaggedCanvas
from .figures import form_object, image_object
from .icons import SIDE, icon
from .images import RasterImage, VectorImage
from .structure import FOOTER, HEADER
from .styles import Look, TextStyle
from .text import SetLine, set_lines, words_width

SAFE = 36  # points from the paper's edge that the repeated title keeps


@dataclass(frozen=True)
class Furniture:
    """The words of head and foot."""

    name: str
    kind: str
    phone: str
    site: str
    running: str  # the title on later pages
    left: tuple[tuple[Span, ...], ...]  # the foot's paragraphs on page 1
    later: tuple[tuple[Span, ...], ...]  # and, where the edition wants it, on the others
    mark: str  # awaiting review, or ''
    page: str  # "Page {page} of {pages}"
    logo: VectorImage | RasterImage | None = None


@dataclass(frozen=True)
class Frame:
    """Where a page's content stands: points from the page's top."""

    top: float
    bottom: float


def frame(look: Look, furniture: Furniture, *, first: bool) -> Frame:
    """The room for content on the first or a later page."""
    page = look.page
    if first:
        top = page["head"] + _head_height(look, furniture) + page["head-gap"]
    else:
        top = page["head"] + page["running"] + page["head-gap"]
    return Frame(top, look.height - page["foot"] - _foot_height(look, furniture, first) - page["foot-gap"])


def draw(canvas: TaggedCanvas, look: Look, furniture: Furniture, page: int, pages: int) -> None:
    """Head and foot of a page (counted from 1)."""
    with canvas.owned(HEADER):
        if page == 1:
            _head(canvas, look, furniture)
        else:
            _running(canvas, look, furniture)
    with canvas.owned(FOOTER):
        _foot(canvas, look, furniture, page, pages)


def _head_height(look: Look, furniture: Furniture) -> float:
    text = sum(style.leading for style, _ in _head_lines(look, furniture))
    return max(look.page["mark"], text) + 5 * look.page["head-rule"]


def _head_start(look: Look, furniture: Furniture) -> float:
    """Where the clinic's name starts: behind the logo."""
    if not furniture.logo:
        return look.page["margin"]
    return look.page["margin"] + _logo_width(furniture.logo, look) + look.page["mark"] * 0.33


def _head_lines(look: Look, furniture: Furniture) -> list[tuple[TextStyle, str]]:
    """The lines of name and kind: a long name has several, and never runs into the telephone number."""
    brand, kind = look.text["brand"], look.text["brand-kind"]
    room = look.width - look.page["margin"] - _head_start(look, furniture)
    phone = words_width(furniture.phone, brand.font, brand, look.faces) + brand.size * 2
    return [
        (style, "".join(fragment.text for fragment in line.fragments).rstrip())
        for text, style, width in ((furniture.name, brand, room - phone), (furniture.kind, kind, room))
        for line in set_lines((Span(text),), style, look.faces, width)
    ]


def _head(canvas: TaggedCanvas, look: Look, furniture: Furniture) -> None:
    margin, top, mark = look.page["margin"], look.page["head"], look.page["mark"]
    right = look.width - margin
    brand, kind = look.text["brand"], look.text["brand-kind"]
    lines = _head_lines(look, furniture)
    words = sum(style.leading for style, _ in lines)
    high = max(mark, words)
    x = _head_start(look, furniture)
    if furniture.logo:
        _logo(canvas, furniture.logo, margin, top + (high - mark) / 2, look)
    y = top + (high - words) / 2
    first = y + brand.baseline
    for style, text in lines:
        _put(canvas, look, text, x, y + style.baseline, style)
        y += style.leading
    phone = words_width(furniture.phone, brand.font, brand, look.faces)
    _put(canvas, look, furniture.phone, right - phone, first, brand)
    site = words_width(furniture.site, kind.font, kind, look.faces)
    if x + words_width(lines[-1][1], kind.font, kind, look.faces) + 12 < right - site:
        _put(canvas, look, furniture.site, right - site, y - kind.leading + kind.baseline, kind)
    sign = brand.size * 0.9
    ops = icon("phone", brand.colour, look.colours["paper"], solid=bool(look.marks["solid"]))
    canvas.operators(right - phone - sign * 1.35, first + sign * 0.12, sign / SIDE, ops)
    rule = look.page["head-rule"]
    line = top + high + 3.2 * rule
    accent = right - (right - margin) * 0.23
    canvas.rule(margin, line, accent, line, rule, look.colours["primary"])
    canvas.rule(accent, line, right, line, rule, look.colours["accent"])


def _logo_width(logo: VectorImage | RasterImage, look: Look) -> float:
    return min(look.page["mark"] * logo.width / logo.height, look.width * 0.3)


def _logo(canvas: TaggedCanvas, logo: VectorImage | RasterImage, x: float, y: float, look: Look) -> None:
    """Draws the logo as high as `mark` says, or less high where it is very wide."""
    wide = _logo_width(logo, look)
    tall = wide * logo.height / logo.width
    data = form_object(logo) if isinstance(logo, VectorImage) else image_object(logo)
    canvas.picture("Logo", data, x, y + (look.page["mark"] + tall) / 2, wide, tall)


def _running(canvas: TaggedCanvas, look: Look, furniture: Furniture) -> None:
    margin, right = look.page["margin"], look.width - look.page["margin"]
    style = look.text["footer"]
    y = max(look.page["head"] + style.baseline - 4, SAFE + 0.76 * style.size)
    phone = words_width(furniture.phone, style.bold, style, look.faces)
    text = _cut(furniture.running, style, look, right - margin - phone - 20)
    canvas.words(margin, y, look.faces.runs(text, style.bold), style.size, look.colours["deep"])
    canvas.words(right - phone, y, look.faces.runs(furniture.phone, style.bold), style.size, style.colour)
    line_y = look.page["head"] + look.page["running"]
    canvas.rule(margin, line_y, right, line_y, max(0.75, look.page["head-rule"] / 2), look.colours["primary"])


def _cut(text: str, style: TextStyle, look: Look, width: float) -> str:
    """As much of a bold text as has room on one line."""
    if words_width(text, style.bold, style, look.faces) <= width:
        return text
    fits = (i for i in range(len(text), 0, -1) if words_width(text[:i] + "…", style.bold, style, look.faces) <= width)
    cut = text[: next(fits, 0)]
    return (cut.rpartition(" ")[0] or cut) + "…"


def _foot_right(look: Look, furniture: Furniture) -> float:
    """The width that the foot's right column needs."""
    style, mark = look.text["footer"], look.text["footer-mark"]
    page = words_width(furniture.page.format(page=88, pages=88), style.bold, style, look.faces)
    return max(page, words_width(furniture.mark, mark.font, mark, look.faces))


def _foot_lines(look: Look, furniture: Furniture, first: bool) -> list[SetLine]:
    width = look.width - 2 * look.page["margin"] - _foot_right(look, furniture) - 16
    style = look.text["footer"]
    return [
        line
        for spans in (furniture.later if look.marks["short-foot"] and not first else furniture.left)
        for line in set_lines(spans, style, look.faces, width)
    ]


def _foot_height(look: Look, furniture: Furniture, first: bool) -> float:
    lines = max(len(_foot_lines(look, furniture, first)), 2 if furniture.mark else 1)
    return lines * look.text["footer"].leading + look.page["foot-rule"] + 5


def _foot(canvas: TaggedCanvas, look: Look, furniture: Furniture, page: int, pages: int) -> None:
    margin, right = look.page["margin"], look.width - look.page["margin"]
    style, mark = look.text["footer"], look.text["footer-mark"]
    top = look.height - look.page["foot"] - _foot_height(look, furniture, page == 1)
    canvas.rule(margin, top, right, top, max(0.75, look.page["foot-rule"]), look.colours["hair"])
    y = top + look.page["foot-rule"] + 5 + style.baseline
    for i, line in enumerate(_foot_lines(look, furniture, page == 1)):
        x = margin
        for index, fragment in enumerate(line.fragments):
            if line.places:
                x = margin + line.places[index]
            runs = look.faces.runs(fragment.text, fragment.font, fragment.level)
            canvas.words(x, y + i * style.leading, runs, style.size, style.colour)
            x += words_width(fragment.text, fragment.font, style, look.faces)
    rows = []
    if pages > 1 or not look.layout.exactly:
        rows.append((furniture.page.format(page=page, pages=pages), style.bold, style))
    if furniture.mark:
        rows.append((furniture.mark, mark.font, mark))
    for i, (text, font, look_) in enumerate(rows):
        wide = words_width(text, font, look_, look.faces)
        canvas.words(right - wide, y + i * style.leading, look.faces.runs(text, font), look_.size, look_.colour)


def _put(canvas: TaggedCanvas, look: Look, text: str, x: float, baseline: float, style: TextStyle) -> None:
    canvas.words(x, baseline, look.faces.runs(text, style.font), style.size, style.colour, style.tracking)
