"""An SVG drawing reduced to what svglib draws faithfully: groups and shapes in plain numbers.

Only what this module writes is ever shown to svglib, so nothing unknown, external or unchecked reaches it.
Colours and lines are kept apart from the shapes, by the shape's id, because svglib drops a part of them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from ....records import dataclass
from . import shapes
from .paint import Paint, read_paint
from .refusals import EXPAND, PLAIN_STYLE, check_effects, check_whole, refuse_part, refuse_reference
from .style import MAX_RULE_TESTS, Rule, fraction, inherit, own_style, read_rules
from .viewport import Viewport, read_viewport
from .xml import MAX_ELEMENTS, SVG_NAMESPACE, Complaints, href, tag

MAX_POINTS = 50_000
MAX_COPIES_DEEP = 16
# Reading the same attributes again and again, through many <use>, is what could take for ever.
MAX_CHARACTERS = 10_000_000
_SHAPES = frozenset({"path", "polygon", "polyline", "line", "rect", "circle", "ellipse"})
_GROUPS = frozenset({"g", "a", "switch", "symbol"})
_NOT_DRAWN = frozenset(
    {"clipPath", "color-profile", "cursor", "defs", "desc", "filter", "font", "font-face", "linearGradient", "marker"}
    | {"mask", "metadata", "pattern", "radialGradient", "script", "style", "title", "view"}
)
_LOCAL_URL = re.compile(r"""url\(\s*(['"]?)#([^'")]+)\1\s*\)""")


@dataclass(frozen=True)
class PlainSvg:
    """A drawing for svglib: its root element, the paint of each shape by the shape's id, and its size in px.

    A group whose id begins with "clip" clips what follows it in its parent.
    """

    root: Any
    paints: Mapping[str, Paint]
    width: float
    height: float


@dataclass(frozen=True)
class _Context:
    style: Mapping[str, str]
    opacity: float = 1.0
    copies: tuple[str, ...] = ()
    clipping: bool = False


def simplify(root: Any, complaints: Complaints) -> PlainSvg:
    """The drawing under `root` in plain form. Raises `ContentError` with all that cannot be drawn."""
    rules = read_rules(root, complaints)
    elements = list(root.iter())
    if len(rules) * len(elements) > MAX_RULE_TESTS:
        complaints.stop("The drawing has too many style rules for its many parts.", PLAIN_STYLE)
    check_whole(elements, complaints)
    result = _Walk(rules, elements, read_viewport(root, complaints), complaints).run(root)
    complaints.raise_if_any()
    return result


class _Walk:
    """One walk over one drawing; holds what is counted and collected on the way."""

    def __init__(self, rules: tuple[Rule, ...], elements: list[Any], box: Viewport, complaints: Complaints) -> None:
        self._rules = rules
        self._box = box
        self._complaints = complaints
        # Reversed, so that the first of several elements with one id counts, as in browsers.
        self._by_id = {str(e.get("id")): e for e in reversed(elements) if e.get("id")}
        self._styles: dict[Any, dict[str, str]] = {}
        self._paints: dict[str, Paint] = {}
        self._clips = self._parts = self._points = self._characters = 0

    def run(self, root: Any) -> PlainSvg:
        from lxml import etree  # type: ignore[import-untyped, unused-ignore]

        box = self._box
        plain = etree.Element(f"{{{SVG_NAMESPACE}}}svg", nsmap={None: SVG_NAMESPACE})
        for name, value in box.attributes().items():
            plain.set(name, value)
        self._inside(root, root, plain, _Context({}))
        return PlainSvg(plain, self._paints, box.width, box.height)

    def _element(self, element: Any, parent: Any, context: _Context) -> None:
        name = tag(element)
        if not name or name in _NOT_DRAWN or (name == "symbol" and not context.copies):
            return
        if self._style(element).get("display") == "none":
            return
        if name not in _SHAPES | _GROUPS | {"use"} or (name == "symbol" and element.get("viewBox")):
            refuse_part(name, self._complaints)
            return
        self._inside(element, element, parent, context)

    def _inside(self, element: Any, children: Iterable[Any], parent: Any, context: _Context) -> None:
        self._count(element, context)
        name, own = tag(element), self._style(element)
        check_effects(own, self._complaints)
        style = inherit(context.style, own)
        if context.clipping:  # a clip has a shape but no colour
            style |= {"fill": "black", "stroke": "none", "fill-rule": style.get("clip-rule", "nonzero")}
        opacity = 1.0 if context.clipping else context.opacity * self._opacity(own)
        context = replace(context, style=style, opacity=opacity)
        group = self._group(element, parent, own)
        if context.clipping and own.get("clip-path", "none") != "none":
            self._complaints.add("The drawing has a cut-out inside a cut-out (clip path).", EXPAND)
        elif not self._clip(own.get("clip-path", "none"), group, context):
            return
        if name in _SHAPES:
            self._shape(name, element, group, context)
        elif name == "use":
            self._use(element, group, context)
        else:
            for child in _chosen(children) if name == "switch" else children:
                self._element(child, group, context)

    def _style(self, element: Any) -> dict[str, str]:
        if element not in self._styles:
            self._styles[element] = own_style(element, self._rules)
        return self._styles[element]

    def _opacity(self, own: Mapping[str, str]) -> float:
        try:
            return fraction(own.get("opacity", "1"))
        except ValueError:
            self._complaints.add("The drawing has an opacity that cannot be read.", PLAIN_STYLE)
            return 1.0

    def _count(self, element: Any, context: _Context) -> None:
        self._parts += 1
        self._characters += sum(map(len, element.attrib.values()))
        if self._parts > MAX_ELEMENTS or self._characters > MAX_CHARACTERS:
            self._complaints.stop("The drawing repeats its parts too many times.", EXPAND)
        if len(context.copies) > MAX_COPIES_DEEP:
            self._complaints.stop("The drawing has copies of copies, too many deep.", EXPAND)

    def _group(self, element: Any, parent: Any, own: Mapping[str, str]) -> Any:
        """A group to move or clip `element` in; `parent` itself where neither is called for."""
        if not element.get("transform") and tag(element) not in ("use", "clipPath") and "clip-path" not in own:
            return parent
        group = parent.makeelement(f"{{{SVG_NAMESPACE}}}g", nsmap=parent.nsmap)
        parent.append(group)
        text = str(element.get("transform") or "").strip()
        try:
            moves = [shapes.transform(text)] if text not in ("", "none") else []
            if tag(element) == "use":
                box = self._box
                x = shapes.length(element.get("x") or "0", box.box_width)
                y = shapes.length(element.get("y") or "0", box.box_height)
                moves.append(f"translate({shapes.plain(x)} {shapes.plain(y)})")
            if moves:
                group.set("transform", " ".join(moves))
        except ValueError:
            self._complaints.add("A part of the drawing is moved or turned in a way that cannot be read.", EXPAND)
        return group

    def _shape(self, name: str, element: Any, parent: Any, context: _Context) -> None:
        box = self._box
        try:
            shape = shapes.geometry(name, element, box.box_width, box.box_height)
        except ValueError:
            self._complaints.add(
                f"A shape in the drawing is damaged: <{name}>.", "Remove or redraw it, and save again."
            )
            return
        diagonal = math.hypot(box.box_width, box.box_height) / math.sqrt(2)
        paint = read_paint(context.style, context.opacity, diagonal, self._by_id, self._complaints)
        if shape is None or paint is None:
            return
        kind, attributes, points = shape
        self._points += points
        if self._points > MAX_POINTS:
            self._complaints.stop(f"The drawing has more than {MAX_POINTS:,} points.", "Simplify its outlines.")
        identity = f"s{len(self._paints)}"
        self._paints[identity] = paint
        # What svglib asks of every shape is said on the shape, so that it does not search all groups around it.
        attributes |= {"id": identity, "fill": "black", "visibility": "visible"}
        plain = parent.makeelement(f"{{{SVG_NAMESPACE}}}{kind}", attributes, parent.nsmap)
        parent.append(plain)

    def _use(self, element: Any, group: Any, context: _Context) -> None:
        name = href(element)
        target = self._by_id.get(name[1:]) if name.startswith("#") else None
        if target is None:
            refuse_reference(element, self._complaints)
        elif name in context.copies or target in element.iterancestors():
            self._complaints.add("The drawing has a copy that contains itself.", EXPAND)
        else:
            self._element(target, group, replace(context, copies=(*context.copies, name)))

    def _clip(self, value: str, group: Any, context: _Context) -> bool:
        """Write a clip into `group`. False if it leaves nothing to be seen or cannot be drawn."""
        if value in ("none", ""):
            return True
        match = _LOCAL_URL.fullmatch(value)
        clip = self._by_id.get(match[2]) if match else None
        if clip is None or tag(clip) != "clipPath":
            self._complaints.add("The drawing has a cut-out (clip path) that cannot be found.", EXPAND)
            return False
        own = self._style(clip)
        if clip.get("clipPathUnits", "userSpaceOnUse") != "userSpaceOnUse" or own.get("clip-path", "none") != "none":
            self._complaints.add("The drawing has a cut-out (clip path) of a kind that cannot be drawn.", EXPAND)
            return False
        before, self._clips = len(self._paints), self._clips + 1
        self._inside(clip, clip, group, _Context({}, clipping=True, copies=context.copies))
        shapes = [f"s{index}" for index in range(before, len(self._paints))]
        if len({self._paints[s].even_odd for s in shapes}) > 1 or (
            len(shapes) > 1 and any(self._paints[s].even_odd for s in shapes)
        ):
            self._complaints.add("The drawing has a cut-out (clip path) of a kind that cannot be drawn.", EXPAND)
        if shapes:
            group[-1].set("id", f"clip{self._clips}")
        else:
            group.remove(group[-1])
        return bool(shapes)


def _chosen(children: Iterable[Any]) -> list[Any]:
    """The child of a <switch> that is drawn: the first that asks for nothing special of the program."""
    special = ("requiredExtensions", "requiredFeatures", "systemLanguage")
    plain = [c for c in children if tag(c) not in ("", "foreignObject") and not any(c.get(s) for s in special)]
    return plain[:1]
