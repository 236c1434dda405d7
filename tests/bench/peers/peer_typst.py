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


@lru_cache(maxsize=2)
def compiler(template: str, fonts: Path) -> Any:
    """The compiler with the template and fonts. Drawings lie in another folder, so any file can be its input."""
    return typst.Compiler(HERE / f"{template}.typ", root=HERE.anchor, font_paths=[fonts], ignore_system_fonts=True)


@lru_cache(maxsize=8)
def code(target: str) -> str:
    """A QR code."""
    out = io.BytesIO()
    segno.make(target, error="m", micro=False, boost_error=False).save(out, kind="svg", border=0, xmldecl=False)
    return out.getvalue().decode()


def build(g: dict[str, Any], fonts: Path, out: Path) -> None:
    """One document. What is one person's own is read from a file: with inputs that are all the same text from
    sheet to sheet, the compiler knows more of them again (a sixth faster than with the person as an input)."""
    same = json.dumps({name: value for name, value in g.items() if name != "personal"})
    values = {"guide": same, "qr": code(g["url"]), "colours": json.dumps(COLOURS), "rods": json.dumps(w.RODS)}
    if g["personal"]:
        person = out.with_name("person.json")
        person.write_text(json.dumps(g["personal"]), encoding="utf-8")
        values["person"] = str(person.absolute())
    compiler(g["template"], fonts).compile(output=out, sys_inputs=values, pdf_standards=["ua-1"])
