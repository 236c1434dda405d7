"""The colours of a page, computed from two brand colours and an ink by contrast (WCAG 2.1, relative luminance)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from ..cache import kept
from .operators import RGB

Recipe = Mapping[str, Any]


def palette(brand: Mapping[str, str], recipes: Mapping[str, Recipe]) -> dict[str, RGB]:
    """Colour roles -> red, green, blue from 0 to 1.

    `brand` has "#rrggbb" under primary, accent and ink. A recipe takes one of those, black, white or an earlier
    role (`of`), mixes in another (`mix`, `by` 0 to 1), then goes `toward` a colour until `until`:1 `against` another.
    """
    key = json.dumps([dict(brand), {k: dict(v) for k, v in recipes.items()}]).encode()
    return _palette(key)


@lru_cache(maxsize=16)
def _palette(key: bytes) -> dict[str, RGB]:
    made = json.loads(kept("colours", key, lambda: json.dumps(_compute(*json.loads(key))).encode()))
    return {role: (r, g, b) for role, (r, g, b) in made.items()}


def _compute(brand: dict[str, str], recipes: dict[str, dict[str, Any]]) -> dict[str, list[float]]:
    from coloraide import Color

    known = {name: Color(value) for name, value in {"black": "#000000", "white": "#FFFFFF", **brand}.items()}
    roles: dict[str, Any] = {}

    def named(name: str) -> Any:
        return roles[name] if name in roles else known[name]

    for role, recipe in recipes.items():
        colour = named(recipe["of"])  # a role that is made already goes before the brand's colour of that name
        if "mix" in recipe:
            colour = colour.mix(named(recipe["mix"]), recipe["by"], space="srgb")
        if "until" in recipe:
            start, end, ground = colour, named(recipe["toward"]), named(recipe["against"])
            steps = (start.mix(end, i / 100, space="srgb") for i in range(101))
            colour = next((c for c in steps if c.contrast(ground, method="wcag21") >= recipe["until"]), end)
        roles[role] = colour
    return {role: [round(v, 4) for v in colour.convert("srgb").coords()] for role, colour in roles.items()}


def contrast(a: RGB, b: RGB) -> float:
    """The contrast ratio of two colours, 1 to 21. WCAG 2.1."""
    return float(kept("contrast", repr((a, b)).encode(), lambda: _contrast(a, b)))


def _contrast(a: RGB, b: RGB) -> bytes:
    from coloraide import Color

    return repr(float(Color("srgb", list(a)).contrast(Color("srgb", list(b)), method="wcag21"))).encode()
