"""Reading PDFs back: has each program printed all the words?"""

from __future__ import annotations

import importlib.util
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

UNPRINTED = {"words", "language", "url", "site", "scan", "email", "template", "drawing", "dates"}


def wanted(document: dict[str, Any]) -> Counter[str]:
    """The words that a document must have."""
    return sum((letters(text) for text in _strings(document)), Counter[str]())


def _strings(value: Any) -> Iterator[str]:
    """Every text of a document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in UNPRINTED:
                yield from _strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item)


def letters(text: str) -> Counter[str]:
    """The words of a text."""
    return Counter(re.findall(r"[A-Za-z’]{3,}", re.sub(r"https?:\S+", "", text)))


def check(pdf: Path, words: Counter[str]) -> str:
    """Pages and fonts of a PDF, and which of the wanted words it lacks."""
    if importlib.util.find_spec("pypdfium2") is None:
        return "not checked: pypdfium2 is missing, pip install -e '.[bench]'"
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    fonts = {
        item.get_font().get_base_name().split("+")[-1].split("-")[0]
        for page in document
        for item in page.get_objects(filter=[1], max_depth=4)
    }
    missing = words - letters(text)
    verdict = f"LACKS {dict(missing)}" if missing else "all words"
    return f"{len(document)} pages, {pdf.stat().st_size / 1024:.0f} KB, {verdict}, {', '.join(sorted(fonts))}"
