"""What stands on every page around the content: the clinic's head, the repeated title, and the foot. All artifacts."""

from __future__ import annotations

from dataclasses import dataclass

from ..merge.blocks import Span
from .canvas import TaggedCanvas
from .figures import form_object, image_object
from .icons import SIDE, icon
from .images import RasterImage, VectorImage
from .structure import FOOTER, HEADER
from .styles import Look, TextStyle
from .text import set_lines, words_width

SAFE = 36  # points from the paper's edge that the repeated title keeps


@dataclass(frozen=True)
class Furniture:
    """The words of head and foot."""

    name: str
    kind: str
    phone: str
    site: str
    running: str  # the title on later pages
    left: tuple[tuple[Span, ...], ...]  # the foot's paragraphs
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
        top = page["head"] + _head_height(look) + page["head-gap"]
    else:
        top = page["head"] + page["running"] + page["head-gap"]
    return Frame(top, look.height - page["foot"] - _foot_height(look, furniture) - page["foot-gap"])


def draw(canvas: TaggedCanvas, look: Look, furniture: Furniture, page: int, pages: int) -> None:
    """Head and foot of a page (counted from 1)."""
    with canvas.owned(HEADER):
        if page == 1:
            _head(canvas, look, furniture)
        else:
            _running(canvas, look, furniture)
    with canvas.owned(FOOTER):
        _foot(canvas, look, furniture, page, pages)


def _head_height(look: Look) -> float:
    text = max(look.page["mark"], look.text["brand"].leading + look.text["brand-kind"].leading)
    return text + 5 * look.page["head-rule"]


def _head(canvas: TaggedCanvas, look: Look, furniture: Furniture) -> None:
    margin, top, mark = look.page["margin"], look.page["head"], look.page["mark"]
    right = look.width - margin
    brand, kind = look.text["brand"], look.text["brand-kind"]
    high = max(mark, brand.leading + kind.leading)
    x = margin
    if furniture.logo:
        x += _logo(canvas, furniture.logo, x, top + (high - mark) / 2, mark, look) + mark * 0.33
    y = top + (high - brand.leading - kind.leading) / 2
    phone = words_width(furniture.phone, brand.font, brand, look.faces)
    sign = brand.size * 0.9
    free = right - x - phone - sign * 2.2
    name = _shrunk(furniture.name, brand, look, free)
    _put(canvas, look, furniture.name, x, y + brand.baseline, name)
    _put(canvas, look, furniture.kind, x, y + brand.leading + kind.baseline, kind)
    _put(canvas, look, furniture.phone, right - phone, y + brand.baseline, brand)
    site = words_width(furniture.site, kind.font, kind, look.faces)
    if x + words_width(furniture.kind, kind.font, kind, look.faces) + 12 < right - site:
        _put(canvas, look, furniture.site, right - site, y + brand.leading + kind.baseline, kind)
    ops = icon("phone", brand.colour, look.colours["paper"], solid=bool(look.marks["solid"]))
    canvas.operators(right - phone - sign * 1.35, y + brand.baseline + sign * 0.12, sign / SIDE, ops)
    rule = look.page["head-rule"]
    line = top + high + 3.2 * rule
    accent = right - (right - margin) * 0.23
    canvas.rule(margin, line, accent, line, rule, look.colours["primary"])
    canvas.rule(accent, line, right, line, rule, look.colours["accent"])


def _shrunk(text: str, style: TextStyle, look: Look, width: float) -> TextStyle:
    """The style, smaller where a long name would run into the telephone number, but never under 70 %."""
    from dataclasses import replace

    needed = words_width(text, style.font, style, look.faces)
    if needed <= width:
        return style
    return replace(style, size=style.size * max(0.7, width / needed))


def _logo(canvas: TaggedCanvas, logo: VectorImage | RasterImage, x: float, y: float, high: float, look: Look) -> float:
    """Draws the logo `high` points high (less where it is very wide) and returns its width."""
    wide = min(high * logo.width / logo.height, look.width * 0.3)
    tall = wide * logo.height / logo.width
    data = form_object(logo) if isinstance(logo, VectorImage) else image_object(logo)
    canvas.picture("Logo", data, x, y + (high + tall) / 2, wide, tall)
    return wide


def _running(canvas: TaggedCanvas, look: Look, furniture: Furniture) -> None:
    margin, right = look.page["margin"], look.width - look.page["margin"]
    style = look.text["footer"]
    y = max(look.page["head"] + style.baseline - 4, SAFE + 0.76 * style.size)
    phone = words_width(furniture.phone, style.bold, style, look.faces)
    line = set_lines((Span(furniture.running, bold=True),), style, look.faces, right - margin - phone - 20)[0]
    text = "".join(f.text for f in line.fragments).rstrip()
    canvas.words(margin, y, look.faces.runs(text, style.bold), style.size, look.colours["deep"])
    canvas.words(right - phone, y, look.faces.runs(furniture.phone, style.bold), style.size, style.colour)
    line_y = look.page["head"] + look.page["running"]
    canvas.rule(margin, line_y, right, line_y, max(0.75, look.page["head-rule"] / 2), look.colours["primary"])


def _foot_right(look: Look, furniture: Furniture) -> float:
    """The width that the foot's right column needs."""
    style, mark = look.text["footer"], look.text["footer-mark"]
    page = words_width(furniture.page.format(page=88, pages=88), style.bold, style, look.faces)
    return max(page, words_width(furniture.mark, mark.font, mark, look.faces))


def _foot_lines(look: Look, furniture: Furniture) -> list[tuple[tuple[Span, ...], object]]:
    width = look.width - 2 * look.page["margin"] - _foot_right(look, furniture) - 16
    style = look.text["footer"]
    return [(spans, line) for spans in furniture.left for line in set_lines(spans, style, look.faces, width)]


def _foot_height(look: Look, furniture: Furniture) -> float:
    lines = max(len(_foot_lines(look, furniture)), 2 if furniture.mark else 1)
    return lines * look.text["footer"].leading + look.page["foot-rule"] + 5


def _foot(canvas: TaggedCanvas, look: Look, furniture: Furniture, page: int, pages: int) -> None:
    margin, right = look.page["margin"], look.width - look.page["margin"]
    style, mark = look.text["footer"], look.text["footer-mark"]
    top = look.height - look.page["foot"] - _foot_height(look, furniture)
    canvas.rule(margin, top, right, top, max(0.75, look.page["foot-rule"]), look.colours["hair"])
    y = top + look.page["foot-rule"] + 5 + style.baseline
    for i, (_, line) in enumerate(_foot_lines(look, furniture)):
        x = margin
        for fragment in line.fragments:  # type: ignore[attr-defined]
            runs = look.faces.runs(fragment.text, fragment.font)
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
