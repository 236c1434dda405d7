"""The kinds of content files, by the name that schemas and lists give them."""

from __future__ import annotations

from .fields import Model
from .guide import Guide
from .models import Clinic, Glossary, Sheet, Wording
from .programme import Pack, Programme

HANDOUTS: dict[str, type[Sheet]] = {"guide": Guide, "programme": Programme, "pack": Pack}
FOLDERS = {"guide": "guides", "programme": "programmes", "pack": "packs"}
KINDS: dict[str, type[Model]] = {"clinic": Clinic, "wording": Wording, "glossary": Glossary, **HANDOUTS}
