"""Plain ReportLab: YAML -> Jinja2 template -> platypus, as one writes it. Untagged."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
import segno
from markupsafe import Markup, escape
from reportlab.lib.colors import HexColor, white
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, KeepTogether, PageTemplate, Paragraph, Table
from reportlab.platypus.flowables import HRFlowable

from . import words as w
from .drawn import Drawing

WIDTH, HEIGHT = letter
MARGIN = 48
INNER = WIDTH - 2 * MARGIN
INK, DEEP, PRIMARY, ACCENT, SOFT = (HexColor(c) for c in (w.INK, w.DEEP, w.PRIMARY, w.ACCENT, w.SOFT))
LIST = {"leftIndent": 16, "bulletIndent": 2, "spaceBefore": 3}
STYLES = {
    name: ParagraphStyle(name, **{"fontName": "Atk", "bulletFontName": "Atk", "textColor": INK, **values})
    for name, values in {
        "title": {"fontName": "Lex-B", "fontSize": 32, "leading": 38, "textColor": DEEP, "spaceAfter": 6},
        "who": {"fontSize": 13.5, "leading": 20, "spaceAfter": 12},
        "message": {"fontName": "Lex", "fontSize": 19, "leading": 26, "textColor": white},
        "h2": {"fontName": "Lex", "fontSize": 16, "leading": 20, "textColor": DEEP, "spaceBefore": 8, "spaceAfter": 4},
        "h3": {"fontName": "Lex", "fontSize": 14, "leading": 20},
        "body": {"fontSize": 12, "leading": 15, "spaceAfter": 3},
        "item": {"fontSize": 12, "leading": 15, **LIST},
        "tick": {"fontSize": 12, "leading": 15, **LIST},
        "caption": {"fontSize": 11, "leading": 14, "textColor": SOFT, "spaceAfter": 2},
        "small": {"fontSize": 10.5, "leading": 14, "textColor": SOFT, "spaceBefore": 8},
        "box": {"fontName": "Lex", "fontSize": 15, "leading": 20, "textColor": DEEP},
        "stop": {"fontName": "Lex", "fontSize": 17, "leading": 22, "textColor": HexColor(w.ALARM)},
        "head": {"fontName": "Atk-B", "fontSize": 12, "leading": 15},
        "aside": {"fontSize": 11, "leading": 14, "textColor": SOFT, "alignment": TA_RIGHT},
        "dose": {"fontName": "Lex", "fontSize": 15, "leading": 20, "textColor": white},
        "numeral": {"fontName": "Lex-B", "fontSize": 22, "leading": 18, "textColor": PRIMARY},
    }.items()
}
BARE: list[Any] = [(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
BARE.append(("VALIGN", (0, 0), (-1, -1), "TOP"))
BOXES = {
    "message": (DEEP, None, 0),
    "do": (HexColor(w.TINT), PRIMARY, 1.2),
    "ask": (None, PRIMARY, 1.5),
    "stop": (None, ACCENT, 2.75),
}


def markup(spans: w.Spans) -> str:
    """Spans as a Paragraph understands them."""
    out = Markup()
    for text, bold, href in spans:
        piece = Markup("<b>{}</b>").format(text) if bold else escape(text)
        out += Markup('<a href="{}">{}</a>').format(href, piece) if href else piece
    return str(out)


env = jinja2.Environment(loader=jinja2.FileSystemLoader(Path(__file__).parent), autoescape=True)
env.filters["rich"] = markup


class Tick(Paragraph):  # type: ignore[misc]
    """A paragraph with a box to tick."""

    def draw(self) -> None:
        self.canv.rect(0, self.height - 13, 10, 10)
        super().draw()


class Code(Flowable):  # type: ignore[misc]
    """A QR code."""

    def __init__(self, target: str, size: float) -> None:
        super().__init__()
        self.rows = modules(target)
        self.width = self.height = size

    def draw(self) -> None:
        step = self.width / len(self.rows)
        for y, row in enumerate(self.rows):
            for x, dark in enumerate(row):
                if dark:
                    self.canv.rect(x * step, self.height - (y + 1) * step, step, step, stroke=0, fill=1)


class Days(Flowable):  # type: ignore[misc]
    """A box for each day of the week, under its letter."""

    def __init__(self, letters: str) -> None:
        super().__init__()
        self.letters, self.width, self.height = letters, 26 * len(letters), 30

    def draw(self) -> None:
        self.canv.setFont("Atk", 11)
        for i, letter_ in enumerate(self.letters):
            self.canv.drawCentredString(26 * i + 6, 19, letter_)
            self.canv.rect(26 * i, 2, 12, 12)


@lru_cache(maxsize=8)
def modules(target: str) -> list[list[int]]:
    """The rows of a QR code."""
    return [list(row) for row in segno.make(target, error="m", micro=False, boost_error=False).matrix]


def grid(cells: list[list[Flowable]], widths: list[float], gap: float = 24) -> Table:
    """Cells beside one another, row by row, in columns of these widths."""
    count = len(widths)
    cells += [[]] * (-len(cells) % count)
    rows = [cells[i : i + count] for i in range(0, len(cells), count)]
    style = [*BARE, ("RIGHTPADDING", (0, 0), (-2, -1), gap), ("BOTTOMPADDING", (0, 0), (-1, -1), 5)]
    return Table(rows, colWidths=[width + gap for width in widths[:-1]] + [widths[-1]], style=style)


def shared_out(e: ET.Element, width: float, gap: float = 24) -> list[float]:
    """The widths of an element's columns."""
    shares = [float(share) for share in e.get("shares", "1 " * int(e.get("count", "2"))).split()]
    return [share / sum(shares) * (width - gap * (len(shares) - 1)) for share in shares]


def flow(parent: ET.Element, width: float) -> list[Flowable]:
    """The template's elements as flowables of a width."""
    out: list[Flowable] = []
    for e in parent:
        style = STYLES[e.get("style", "body")]
        if e.tag == "p":
            out.append(Paragraph(e.text or "", style, bulletText=e.get("bullet")))
        elif e.tag == "tick":
            out.append(Tick(e.text or "", STYLES["tick"]))
        elif e.tag == "box":
            fill, stroke, line = BOXES[e.get("kind", "")]
            look: list[Any] = [(f"{side}PADDING", (0, 0), (-1, -1), 14) for side in ("LEFT", "RIGHT")]
            look += [("TOPPADDING", (0, 0), (-1, -1), 9), ("BOTTOMPADDING", (0, 0), (-1, -1), 9)]
            look += [("BACKGROUND", (0, 0), (-1, -1), fill)] if fill else []
            look += [("BOX", (0, 0), (-1, -1), line, stroke)] if stroke else []
            out.append(Table([[flow(e, width - 28)]], colWidths=[width], style=look, spaceBefore=6, spaceAfter=10))
        elif e.tag == "columns":
            widths = shared_out(e, width)
            out.append(grid([flow(cell, widths[i % len(widths)]) for i, cell in enumerate(e)], widths))
        elif e.tag == "tip":
            number = Paragraph(e.get("n", ""), STYLES["numeral"])
            body = flow(e, width)
            top = Table([[number, body[0]]], colWidths=[24, width - 24], style=BARE)
            out += [HRFlowable(width="100%", thickness=1.25, color=PRIMARY, spaceAfter=5), top, *body[1:]]
        elif e.tag == "card":
            row = [Paragraph(e.get("n", ""), STYLES["numeral"]), *flow(e, width)]
            top = Table([row], colWidths=[24, width - 124, 100], style=BARE)
            out += [HRFlowable(width="100%", thickness=1.25, color=PRIMARY, spaceAfter=5), top]
        elif e.tag == "drawing":
            out.append(Drawing(e.get("path", ""), float(e.get("wide", 0)), float(e.get("high", 0))))
        elif e.tag == "days":
            out.append(Days(e.get("letters", "")))
        elif e.tag == "keep":
            out.append(KeepTogether(flow(e, width)))
        elif e.tag == "table":
            rows = [[flow(cell, width / len(row)) for cell in row] for row in e]
            lined: list[Any] = [("LINEBELOW", (0, 0), (-1, -1), 0.75, PRIMARY), ("VALIGN", (0, 0), (-1, -1), "TOP")]
            out.append(Table(rows, colWidths=[width / len(e[0])] * len(e[0]), style=lined))
        elif e.tag == "qr":
            out.append(Code(e.get("href", ""), 76))
        elif e.tag == "line":
            out.append(HRFlowable(width="100%", thickness=0.75, color=INK, spaceBefore=20))
    return out


def page(g: dict[str, Any]) -> Any:
    """Draws head and foot."""

    def draw(c: Any, doc: Any) -> None:
        c.saveState()
        c.translate(MARGIN, HEIGHT - 65)
        c.scale(0.33, 0.33)
        c.setLineCap(1)
        c.setLineWidth(11.2)
        c.setStrokeColor(PRIMARY)
        for rod in w.RODS:
            c.line(*rod)
        c.setFillColor(ACCENT)
        c.circle(72, 90.5, 9.5, stroke=0, fill=1)
        c.restoreState()
        c.saveState()
        texts = [("Lex", 15, DEEP, 47, g["name"], g["phone"]), ("Atk", 11, SOFT, 61, g["kind"], g["site"])]
        for font, size, colour, down, left, right in texts:
            c.setFont(font, size)
            c.setFillColor(colour)
            c.drawString(MARGIN + 38, HEIGHT - down, left)
            c.drawRightString(WIDTH - MARGIN, HEIGHT - down, right)
        c.setLineWidth(2.5)
        c.setStrokeColor(PRIMARY)
        c.line(MARGIN, HEIGHT - 72, WIDTH - MARGIN, HEIGHT - 72)
        c.setLineWidth(0.75)
        c.line(MARGIN, 68, WIDTH - MARGIN, 68)
        c.setFillColor(SOFT)
        c.setFont("Atk-B", 10.5)
        c.drawString(MARGIN, 52, g["name"])
        c.drawRightString(WIDTH - MARGIN, 52, g["words"]["page"].format(page=doc.page, pages=g["pages"]))
        c.setFillColor(HexColor(w.ALARM))
        c.drawRightString(WIDTH - MARGIN, 38, g["words"]["awaiting_review"])
        c.setFillColor(SOFT)
        c.setFont("Atk", 10.5)
        c.drawString(MARGIN + pdfmetrics.stringWidth(g["name"], "Atk-B", 10.5), 52, g["address"])
        c.drawString(MARGIN, 38, g["footer"])
        c.restoreState()

    return draw


@lru_cache(maxsize=1)
def fonts_of(folder: Path) -> None:
    """Registers the fonts, once."""
    for name in ("Atk", "Atk-B", "Lex", "Lex-B"):
        pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))
    pdfmetrics.registerFontFamily("Atk", "Atk", "Atk-B", "Atk", "Atk-B")
    pdfmetrics.registerFontFamily("Lex", "Lex", "Lex-B", "Lex", "Lex-B")


def build(g: dict[str, Any], fonts: Path, out: Path) -> None:
    """One document."""
    fonts_of(fonts)
    root = ET.fromstring(env.get_template(f"{g['template']}.xml.j2").render(g=g, words=g["words"]))
    doc = BaseDocTemplate(
        str(out), pagesize=letter, title=g["title"], author=g["name"], lang=g["language"], initialFontName="Atk"
    )
    frame = Frame(MARGIN, 74, INNER, HEIGHT - 74 - 80, 0, 0, 0, 0)
    doc.addPageTemplates([PageTemplate("page", [frame], onPage=page(g))])
    doc.build(flow(root, INNER))
