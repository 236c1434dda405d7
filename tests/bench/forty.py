"""A content folder of 40 different guides, made from the shipped ones: about every sixth word of their running text
is another word of the same length, so that hardly two guides share a paragraph."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml

COUNT = 40
KEEP = {"language", "version", "number", "written", "review_due", "red_flags", "related", "sources", "figure", "photo"}
_WORD = re.compile(r"(?<![\w\[(:*'-])[a-z]{4,}(?![\w\])*'-])")


def make(guides: Path) -> list[str]:
    """Fills the folder up to 40 guides; their names. The shipped ones stay as they are."""
    shipped = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(guides.glob("*.yaml"))}
    pool: dict[int, list[str]] = defaultdict(list)
    for path in sorted(guides.glob("*.yaml")):
        for word in _WORD.findall(path.read_text(encoding="utf-8").split("who:")[1].split("red_flags:")[0]):
            if word not in ("text", "lead", "short", "parts", "tips", "list", "figure", "heading", "caption"):
                pool[len(word)].append(word)
    names = list(shipped)
    for i in range(len(shipped), COUNT):
        base = list(shipped)[i % len(shipped)]
        chance = random.Random(i)
        guide = {k: v if k in KEEP else _vary(v, pool, chance) for k, v in shipped[base].items()}
        guide["number"] = f"G{i + 1:02d}"
        names.append(f"{base}-{i + 1}")
        text = yaml.safe_dump(guide, sort_keys=False, allow_unicode=True, width=110)
        (guides / f"{names[-1]}.yaml").write_text(text, encoding="utf-8")
    return names


def _vary(value: Any, pool: dict[int, list[str]], chance: random.Random) -> Any:
    if isinstance(value, dict):
        return {k: v if k in KEEP else _vary(v, pool, chance) for k, v in value.items()}
    if isinstance(value, list):
        return [_vary(v, pool, chance) for v in value]
    if isinstance(value, str):
        return _WORD.sub(lambda m: chance.choice(pool[len(m[0])] or [m[0]]) if chance.random() < 0.3 else m[0], value)
    return value
