"""Content + template -> markup. Jinja2 with autoescape, strict about names, in its sandbox: content never runs code."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from ..cache import recall, remember
from ..read.inline import Text
from ..read.models import Glossary, Wording

TEMPLATES = Path(__file__).parents[2] / "templates"
NO_BREAK = "\u00a0"
_QUOTED = re.compile(r'"([^"]*)"')
_OPENING = re.compile(r"(?<![\w'’)\]])'(?=\w)(?=[^']*\w'(?!\w))")
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060"))
_SHORT_NUMBER = re.compile(r"(?<=\b\d) (?=[a-z])|(?<=\b\d\d) (?=[a-z])")


class Words:
    """The fixed words of one language, filled in: `words.page(page=1, pages=2)`, and dates in its manner."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        wording = self._wording
        text = getattr(next((w for w in (wording.words, wording.sheet) if hasattr(w, name)), wording.personal), name)
        return lambda **values: typographic(text.format_map({k: str(v) for k, v in values.items()}))

    def month(self, day: date) -> str:
        """A month and year."""
        return self._wording.date.format(month=self._wording.months[day.month - 1], year=day.year)

    def day(self, day: date) -> str:
        """A full date."""
        return self._wording.long_date.format(day=day.day, month=self._wording.months[day.month - 1], year=day.year)


class Terms:
    """Explains a medical word where it first stands in a document."""

    def __init__(self, glossary: Glossary | None, language: str) -> None:
        terms = glossary.terms if glossary else {}
        self._meanings = {key: by[language].plain for key, by in terms.items() if language in by}
        self._seen: set[str] = set()

    def rich(self, text: Text | str) -> Markup:
        """The text's markup; a term's meaning follows its first use in parentheses."""
        if isinstance(text, str):
            return escape(typographic(text))
        out = Markup()
        for span in text.spans:
            words: Markup = escape(typographic(span.text))
            if span.term:
                first = span.term not in self._seen and span.term in self._meanings
                self._seen.add(span.term)
                if first:
                    words = Markup("<strong>{}</strong> ({})").format(words, typographic(self._meanings[span.term]))
                    out += words
                    continue
            if span.bold:
                words = Markup("<strong>{}</strong>").format(words)
            if span.href:
                words = Markup('<a href="{}">{}</a>').format(span.href, words)
            out += words
        return out


def render(template: str, context: Mapping[str, Any], words: Words, terms: Terms) -> str:
    """The template's markup for a context."""
    names = {"words": words, "rich": terms.rich, **context}
    return str(environment().get_template(template).render(names))


@lru_cache(maxsize=1)
def environment() -> ImmutableSandboxedEnvironment:
    """The one environment of a run."""
    env = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_Bytecode(),
    )
    env.filters["type"] = typographic
    env.filters["phone"] = phone
    env.filters["digits"] = digits
    return env


class _Bytecode(BytecodeCache):
    """Compiled templates in our own cache, which forgives what a disk does to it."""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002  (no path can spoil it)
        return name

    def load_bytecode(self, bucket: Bucket) -> None:
        data = recall("template", _name(bucket))
        if data is not None:
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        remember("template", _name(bucket), bucket.bytecode_to_string())


def _name(bucket: Bucket) -> bytes:
    return f"{sys.version} {bucket.key} {bucket.checksum}".encode()


def typographic(text: str) -> str:
    """Straight quotation marks and apostrophes as they are printed; a number stays with its unit.

    Soft hyphens and spaces of no width, which come with pasted words, go: fonts would show them.
    """
    text = text.translate(_UNSEEN)
    if '"' in text:
        text = _QUOTED.sub("“\\1”", text)
    if "'" in text:
        text = _OPENING.sub("‘", text)
        text = re.sub(r"(?<=[\w.,!?])'", "’", text)
        text = re.sub(r"(?<!\S)'(?=\w)", "’", text)
    return _SHORT_NUMBER.sub(NO_BREAK, text)


def phone(text: str) -> str:
    """A telephone number that does not break over lines."""
    return text.replace(" ", NO_BREAK)


def digits(text: str) -> str:
    """A telephone number as a link dials it."""
    return re.sub(r"[^0-9+*#,]", "", text)
