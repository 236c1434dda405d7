"""Typst: YAML -> its own template -> tagged PDF (PDF/UA-1). One compiler is kept for all documents of a process."""

from __future__ import annotations

import io
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno
import typst  # type: ignore[import-not-found,import-untyped,unused-ignore]

from . import words as w

HERE = Path(__file__).parent
COLOURS = {k.lower(): getattr(w, k) for k in ("INK", "DEEP", "PRIMARY", "ACCENT", "ALARM", "TINT", "SOFT", "HAIR")}


@lru_cache(maxsize=1)
def compiler(fonts: Path) -> Any:
    """The compiler with the template and fonts."""
    return typst.Compiler(HERE / "guide.typ", root=HERE, font_paths=[fonts], ignore_system_fonts=True)


@lru_cache(maxsize=8)
def code(target: str) -> str:
    """A QR code."""
    out = io.BytesIO()
    segno.make(target, error="m", micro=False, boost_error=False).save(out, kind="svg", border=0, xmldecl=False)
    return out.getvalue().decode()


def build(g: dict[str, Any], fonts: Path, out: Path) -> None:
    """One guide."""
    values = {"guide": json.dumps(g), "qr": code(g["url"]), "colours": json.dumps(COLOURS), "rods": json.dumps(w.RODS)}
    compiler(fonts).compile(output=out, sys_inputs=values, pdf_standards=["ua-1"])
