"""What a drawing may not contain, in the words of the person who has to mend it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .xml import Complaints, href, tag

PLAIN_STYLE = 'When saving, choose "presentation attributes" for styling.'
FLATTEN = "Remove it or flatten it in the drawing program, and save again."
EXPAND = 'Expand it in the drawing program ("Expand", "Unlink clone" or "Ungroup"), and save again.'

_PARTS = {
    "text": (
        "The drawing has text in it, whose font may be missing on other computers.",
        "Convert the text to outlines.",
    ),
    "image": (
        "The drawing has a picture inside it.",
        "Use the picture itself, as JPEG or PNG, or trace it to outlines.",
    ),
    "foreignObject": ("The drawing has a piece of a web page inside it.", FLATTEN),
    "svg": ("The drawing has another drawing inside it.", EXPAND),
    "symbol": ("The drawing has a symbol with a frame of its own.", EXPAND),
}
_PARTS |= {"tspan": _PARTS["text"], "textPath": _PARTS["text"], "tref": _PARTS["text"], "flowRoot": _PARTS["text"]}
_PAINTS = {
    "linearGradient": ("The drawing is coloured with a gradient.", "Give the shape one plain colour."),
    "radialGradient": ("The drawing is coloured with a gradient.", "Give the shape one plain colour."),
    "meshgradient": ("The drawing is coloured with a gradient.", "Give the shape one plain colour."),
    "pattern": ("The drawing is coloured with a pattern.", "Give the shape one plain colour."),
}
_EFFECTS = {
    "filter": ("The drawing has a filter effect, such as a shadow or a blur.", {"none"}),
    "mask": ("The drawing has a mask.", {"none"}),
    "mask-image": ("The drawing has a mask.", {"none"}),
    "marker": ("The drawing has arrowheads or markers on a line.", {"none"}),
    "marker-start": ("The drawing has arrowheads or markers on a line.", {"none"}),
    "marker-mid": ("The drawing has arrowheads or markers on a line.", {"none"}),
    "marker-end": ("The drawing has arrowheads or markers on a line.", {"none"}),
    "mix-blend-mode": ("The drawing has a blending effect, such as multiply.", {"normal"}),
    "vector-effect": ("The drawing has lines that keep their width when scaled.", {"none"}),
    "paint-order": ("The drawing has outlines painted below their fill.", {"normal", "fill", "fill stroke"}),
    "transform": ("The drawing moves or turns a part by a style rule.", {"none"}),
    "transform-origin": ("The drawing moves or turns a part by a style rule.", set[str]()),
}
_ANIMATIONS = frozenset({"animate", "animateTransform", "animateMotion", "animateColor", "set"})
_REMOTE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)


def check_whole(elements: list[Any], complaints: Complaints) -> None:
    """Note what is refused wherever it stands, drawn or not: scripts and animations."""
    for element in elements:
        name = tag(element)
        local = element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
        if local in ("script", "handler", "listener") or any(k.lower().startswith("on") for k in element.attrib):
            complaints.add(
                "The drawing has a script (a small program) in it.", "Save it as plain SVG, without scripts."
            )
        if name in _ANIMATIONS:
            complaints.add("The drawing is animated.", "Remove the animation, and save again.")


def refuse_part(name: str, complaints: Complaints) -> None:
    """Note an element that is drawn by others but not here."""
    shown = re.sub(r"[^\w-]", "", name)[:30]
    complaints.add(*_PARTS.get(name, (f"The drawing has a part that cannot be drawn: <{shown}>.", FLATTEN)))


def refuse_paint(value: str, by_id: Mapping[str, Any], complaints: Complaints) -> None:
    """Note a colour that is a reference: a gradient, a pattern, or something in another file."""
    match = re.match(r"""url\(\s*['"]?#([^'")]+)""", value)
    target = by_id.get(match[1]) if match else None
    if match is None:
        complaints.add("The drawing takes a colour from another file.", "Give the shape one plain colour.")
    else:
        missing = ("The drawing has a colour that refers to a missing part.", "Give the shape one plain colour.")
        complaints.add(*_PAINTS.get("" if target is None else tag(target), missing))


def refuse_reference(element: Any, complaints: Complaints) -> None:
    """Note a <use> whose target is in another file or is missing."""
    target = href(element)
    if not target.startswith("#"):
        kind = "on the internet or on a disk" if _REMOTE.match(target) else "in another file"
        complaints.add(f"The drawing uses something {kind}.", "Paste it into the drawing itself, and save again.")
    else:
        complaints.add("The drawing uses a part that is missing from it.", EXPAND)


def check_effects(own: Mapping[str, str], complaints: Complaints) -> None:
    """Note the effects of one element's own style that cannot be drawn."""
    for name, (message, harmless) in _EFFECTS.items():
        value = " ".join(own.get(name, "").split())
        if value and value not in harmless | {"inherit", "initial", "unset"}:
            complaints.add(message, FLATTEN)
