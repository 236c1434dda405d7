"""WeasyPrint: YAML -> Jinja2 template -> HTML -> tagged PDF (PDF/UA-1). Stylesheet and fonts are kept."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
import segno
import weasyprint  # type: ignore[import-not-found,import-untyped,unused-ignore]
from markupsafe import Markup, escape
from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-not-found,import-untyped,unused-ignore]

from . import words as w

HERE = Path(__file__).parent


def markup(spans: w.Spans) -> Markup:
    """Spans as HTML."""
    out = Markup()
    for text, bold, href in spans:
        piece = Markup("<b>{}</b>").format(text) if bold else escape(text)
        out += Markup('<a href="{}">{}</a>').format(href, piece) if href else piece
    return out


@lru_cache(maxsize=1)
def environment() -> jinja2.Environment:
    """The templates."""
    env = jinja2.Environment(loader=jinja2.FileSystemLoader(HERE), autoescape=True)
    env.filters["rich"] = markup
    return env


@lru_cache(maxsize=1)
def look(fonts: Path) -> tuple[Any, Any]:
    """Stylesheet and fonts."""
    config = FontConfiguration()
    text = environment().get_template("page.css.j2").render(fonts=fonts.absolute().as_uri(), w=w)
    return weasyprint.CSS(string=text, font_config=config), config


@lru_cache(maxsize=8)
def code(target: str) -> str:
    """A QR code."""
    return str(segno.make(target, error="m", micro=False, boost_error=False).svg_data_uri(border=0))


def build(g: dict[str, Any], fonts: Path, out: Path) -> None:
    """One document."""
    css, config = look(fonts)
    html = environment().get_template(f"{g['template']}.html.j2").render(g=g, words=g["words"], qr=code(g["url"]), w=w)
    weasyprint.HTML(string=html).write_pdf(out, stylesheets=[css], font_config=config, pdf_variant="pdf/ua-1")
