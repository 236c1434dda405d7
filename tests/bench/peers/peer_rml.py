"""z3c.rml: YAML -> Jinja2 template -> RML -> PDF. Untagged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape
from z3c.rml import rml2pdf  # type: ignore[import-not-found,import-untyped,unused-ignore]

from . import words as w


def markup(spans: w.Spans) -> Markup:
    """Spans as RML."""
    out = Markup()
    for text, bold, href in spans:
        piece = Markup("<b>{}</b>").format(text) if bold else escape(text)
        out += Markup('<a href="{}">{}</a>').format(href, piece) if href else piece
    return out


env = jinja2.Environment(loader=jinja2.FileSystemLoader(Path(__file__).parent), autoescape=True)
env.filters["rich"] = markup


def build(g: dict[str, Any], fonts: Path, out: Path) -> None:
    """One document."""
    rml = env.get_template(f"{g['template']}.rml.j2").render(g=g, words=g["words"], fonts=fonts, w=w)
    out.write_bytes(rml2pdf.parseString(rml).getvalue())
