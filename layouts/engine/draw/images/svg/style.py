"""The style of SVG elements: style sheets, `style` attributes, colours.

Done here rather than by svglib, because svglib 2.3 knows no `opacity`, no dash offset and no mitre limit, passes over
values it cannot read, and reads every style sheet it meets without a limit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from ....records import dataclass
from .xml import Complaints, tag

Colour = tuple[float, float, float]
Declaration = tuple[str, str, bool]

MAX_SHEET = 200_000  # characters
MAX_RULES = 1_000
MAX_RULE_TESTS = 4_000_000
INHERITED = frozenset(
    {"clip-rule", "color", "fill", "fill-opacity", "fill-rule", "paint-order", "visibility"}
    | {"marker", "marker-end", "marker-mid", "marker-start", "stroke", "stroke-dasharray", "stroke-dashoffset"}
    | {"stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-opacity", "stroke-width"}
)
OWN = frozenset(
    {"clip-path", "display", "filter", "mask", "mask-image", "mix-blend-mode", "opacity", "transform"}
    | {"transform-origin", "vector-effect"}
)
_SIMPLE_SELECTOR = re.compile(r"(\*|[A-Za-z][\w-]*)?((?:[.#][A-Za-z_][\w-]*)*)")
_CMYK = re.compile(r"(?:device-cmyk|p?cmyk)\(([^()]*)\)", re.IGNORECASE)
PLAIN_STYLE = 'When saving, choose "presentation attributes" for styling.'


@dataclass(frozen=True)
class Rule:
    """A style rule with one simple selector; `weight` orders rules as CSS does."""

    element: str
    classes: frozenset[str]
    ids: frozenset[str]
    weight: tuple[int, int, int, int]
    declarations: tuple[Declaration, ...]

    def matches(self, name: str, classes: frozenset[str], identity: str) -> bool:
        return self.element in ("", "*", name) and self.classes <= classes and self.ids <= {identity}


def declarations(text: str | Iterable[Any]) -> tuple[Declaration, ...]:
    """The properties set in a `style` attribute or in a rule: name, value, whether it is !important; each once."""
    import tinycss2  # type: ignore[import-untyped, unused-ignore]

    parsed = tinycss2.parse_blocks_contents(text, skip_comments=True, skip_whitespace=True)
    found = [d for d in parsed if d.type == "declaration" and d.lower_name in INHERITED | OWN]
    last = {(d.lower_name, d.important): tinycss2.serialize(d.value).strip() for d in found}
    return tuple((name, value, important) for (name, important), value in last.items())


def read_rules(root: Any, complaints: Complaints) -> tuple[Rule, ...]:
    """All rules of the drawing's `<style>` elements; what cannot be honoured is noted in `complaints`."""
    import tinycss2

    rules: list[Rule] = []
    sheets = ["".join(element.itertext()) for element in root.iter() if tag(element) == "style"]
    if sum(map(len, sheets)) > MAX_SHEET:
        complaints.stop("The drawing has a style sheet far too long for a drawing.", PLAIN_STYLE)
    for sheet in sheets:
        for item in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
            if item.type == "at-rule" and item.lower_at_keyword == "import":
                complaints.add("The drawing takes its style from another file (@import).", PLAIN_STYLE)
            elif item.type == "at-rule" and item.lower_at_keyword not in ("font-face", "charset", "namespace"):
                # Fonts matter only to text, which is refused where it is drawn.
                complaints.add(f"The drawing has a style rule that is not understood: @{item.at_keyword}.", PLAIN_STYLE)
            elif item.type == "qualified-rule":
                _add_rule(rules, tinycss2.serialize(item.prelude), declarations(item.content), complaints)
            elif item.type == "error":
                complaints.add("The drawing has a damaged style sheet.", PLAIN_STYLE)
            if len(rules) > MAX_RULES:
                complaints.stop(f"The drawing has more than {MAX_RULES:,} style rules.", PLAIN_STYLE)
    return tuple(sorted(rules, key=lambda rule: rule.weight))


def _add_rule(rules: list[Rule], selectors: str, found: tuple[Declaration, ...], complaints: Complaints) -> None:
    for selector in (s.strip() for s in selectors.split(",")):
        match = _SIMPLE_SELECTOR.fullmatch(selector)
        if not match or not selector:
            # Selectors that look at neighbours and ancestors can be made to take hours; no drawing program writes them.
            complaints.add(f'The drawing has a style rule that is not understood: "{selector[:40]}".', PLAIN_STYLE)
            continue
        marks = re.findall(r"([.#])([\w-]+)", match[2])
        classes = frozenset(name for kind, name in marks if kind == ".")
        ids = frozenset(name for kind, name in marks if kind == "#")
        weight = (len(ids), len(classes), int(match[1] not in (None, "*")), len(rules))
        rules.append(Rule(match[1] or "", classes, ids, weight, found))


def own_style(element: Any, rules: tuple[Rule, ...]) -> dict[str, str]:
    """The properties set on one element: attributes, overruled by style sheets, overruled by its `style`."""
    known = INHERITED | OWN
    # The attribute `transform` has a syntax of its own and is read with the shapes, hence not here.
    style = {k: str(v).strip() for k, v in element.attrib.items() if k in known and k != "transform"}
    classes = frozenset(str(element.get("class", "")).split())
    name, identity = tag(element), str(element.get("id", ""))
    layers = [rule.declarations for rule in rules if rule.matches(name, classes, identity)]
    if element.get("style"):
        layers.append(declarations(element.get("style")))
    for wanted in (False, True):
        style.update((k, v) for layer in layers for k, v, important in layer if important is wanted and k in known)
    return style


def inherit(parent: Mapping[str, str], own: Mapping[str, str]) -> dict[str, str]:
    """The inherited properties that hold for an element, from its parent's and its own."""
    result = dict(parent)
    for name, value in own.items():
        if name not in INHERITED or value in ("inherit", "unset", ""):
            continue
        if value == "initial":
            result.pop(name, None)
        else:
            result[name] = value
    return result


def read_colour(text: str, current: str) -> tuple[Colour, float] | None:
    """A CSS colour as RGB and alpha, each 0-1; CMYK becomes RGB; None for no paint.

    `current` is what `currentColor` stands for. Raises `ValueError` for what is no colour.
    """
    from tinycss2 import color4  # type: ignore[import-untyped, unused-ignore]

    text = re.sub(r"\s*icc-color\([^()]*\)$", "", text.strip()[:200])  # an RGB colour always stands before it
    if text.lower() == "currentcolor":
        text = "black" if current.lower() == "currentcolor" else current
    if text.lower() in ("none", "transparent"):
        return None
    if cmyk := _CMYK.fullmatch(text):
        return _from_cmyk(cmyk[1])
    found = color4.parse_color(text)
    if found is None or isinstance(found, str) or found.space not in ("srgb", "hsl", "hwb"):
        raise ValueError(text)
    red, green, blue = (min(1.0, max(0.0, float(v or 0))) for v in found.to("srgb").coordinates)
    return (red, green, blue), min(1.0, max(0.0, float(found.alpha or 0)))


def _from_cmyk(text: str) -> tuple[Colour, float]:
    parts = [fraction(p) for p in re.split(r"[\s,/]+", text.strip())]
    if len(parts) not in (4, 5):
        raise ValueError(text)
    cyan, magenta, yellow, black = parts[:4]
    colour = ((1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black))
    return colour, parts[4] if len(parts) == 5 else 1.0


def fraction(text: str) -> float:
    """A number from 0 to 1, written as such or in per cent; clamped. Raises `ValueError` for anything else."""
    text = text.strip()
    value = float(text[:-1]) / 100 if text.endswith("%") else float(text)
    if value != value:
        raise ValueError(text)
    return min(1.0, max(0.0, value))


def on_white(colour: Colour, alpha: float) -> Colour:
    """The colour that a see-through colour has on white paper."""
    red, green, blue = (value * alpha + 1 - alpha for value in colour)
    return red, green, blue
