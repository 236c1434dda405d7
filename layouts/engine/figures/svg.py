"""Panels -> SVG: the painter's operators, one by one, as paths in groups. Units: points, y downward."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field, replace
from html import escape

from ..records import dataclass
from .panel import Panel
from .pen import number

GAP = 8.0  # points between panels
EDGE = 6.0  # points of white round them


@dataclass(frozen=True)
class _State:
    """What lines and areas look like; `groups` are those opened since the state was saved."""

    fill: str = "#000000"
    stroke: str = "#000000"
    width: str = "1"
    dash: str = ""
    groups: int = 0


def svg(panels: Sequence[Panel], name: str, alt: str, id_: str, language: str = "en") -> str:
    """A drawing as an SVG file: its panels side by side, `name` as its title and `alt` as its description.

    `id_` starts every id in it, so that several drawings can stand in one web page.
    """
    wide, high = size(panels)
    box = f"0 0 {number(wide)} {number(high)}"
    body, left = [], EDGE
    for index, panel in enumerate(panels):
        place = f"translate({number(left)} {number(EDGE)})"
        body.append(f'<g transform="{place}" stroke-linejoin="round" stroke-linecap="round">')
        body.extend(_Converter(panel.height, f"{id_}-{index}").lines(panel.operators))
        body.append("</g>")
        left += panel.width + GAP
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{number(wide)}pt" '
            f'height="{number(high)}pt" xml:lang="{escape(language)}" role="img" '
            f'aria-labelledby="{id_}-title {id_}-desc">',
            f'<title id="{id_}-title">{escape(name)}</title>',
            f'<desc id="{id_}-desc">{escape(alt)}</desc>',
            *body,
            "</svg>\n",
        ]
    )


def size(panels: Sequence[Panel]) -> tuple[float, float]:
    """Width and height in points of panels side by side with white round them."""
    wide = sum(panel.width for panel in panels) + GAP * (len(panels) - 1) + 2 * EDGE
    return wide, max(panel.height for panel in panels) + 2 * EDGE


@dataclass
class _Converter:
    """Converts one panel. It knows the operators that the painter writes; for another it raises ValueError."""

    height: float
    id: str
    out: list[str] = field(default_factory=list)
    path: list[str] = field(default_factory=list)
    state: _State = field(default_factory=_State)
    saved: list[_State] = field(default_factory=list)
    clips: int = 0
    clipping: bool = False

    def lines(self, operators: bytes) -> list[str]:
        """The elements for a panel's operators."""
        numbers: list[str] = []
        dash: list[str] | None = None
        for word in operators.decode("ascii").replace("[", " [ ").replace("]", " ] ").split():
            if word == "[":
                dash = []
            elif word == "]":
                self.state = replace(self.state, dash=" ".join(dash or ()))
                dash = None
            elif dash is not None:
                dash.append(word)
            elif word[0].isdigit() or word[0] in "-.":
                numbers.append(word)
            elif word in _WORDS:
                _WORDS[word](self, [float(n) for n in numbers])
                numbers = []
            else:
                raise ValueError(f"the painter writes no {word}")
        return self.out

    def point(self, x: float, y: float) -> str:
        return f"{number(x)} {number(self.height - y)}"

    def move(self, letter: str, values: list[float]) -> None:
        points = (self.point(*values[i : i + 2]) for i in range(0, len(values), 2))
        self.path.append(letter + " ".join(points))

    def rectangle(self, values: list[float]) -> None:
        x, y, w, h = values
        self.path.append(f"M{self.point(x, y)}h{number(w)}v{number(-h)}h{number(-w)}z")

    def paint(self, look: str) -> None:
        """Ends the path: it is painted, or it becomes the clip of all that follows until the state is restored."""
        data = "".join(self.path)
        self.path = []
        if self.clipping:
            self.clipping = False
            self.clips += 1
            name = f"{self.id}-{self.clips}"
            self.out.append(f'<clipPath id="{name}"><path d="{data}"/></clipPath>')
            self.open(f'clip-path="url(#{name})"')
        elif look:
            self.out.append(f'<path d="{data}" {look}/>')

    def open(self, attribute: str) -> None:
        self.out.append(f"<g {attribute}>")
        self.state = replace(self.state, groups=self.state.groups + 1)

    def fill(self, _: list[float]) -> None:
        self.paint(f'fill="{self.state.fill}"')

    def stroke(self, _: list[float]) -> None:
        dash = f' stroke-dasharray="{self.state.dash}"' if self.state.dash else ""
        self.paint(f'fill="none" stroke="{self.state.stroke}" stroke-width="{self.state.width}"{dash}')

    def clip(self, _: list[float]) -> None:
        self.clipping = True

    def save(self, _: list[float]) -> None:
        self.saved.append(self.state)
        self.state = replace(self.state, groups=0)

    def restore(self, _: list[float]) -> None:
        self.out.extend(["</g>"] * self.state.groups)
        self.state = self.saved.pop()

    def shift(self, values: list[float]) -> None:
        if values[:4] != [1, 0, 0, 1]:
            raise ValueError("the painter moves, it does not turn or scale")
        self.open(f'transform="translate({number(values[4])} {number(-values[5])})"')

    def fill_colour(self, values: list[float]) -> None:
        self.state = replace(self.state, fill=_hexadecimal(values))

    def stroke_colour(self, values: list[float]) -> None:
        self.state = replace(self.state, stroke=_hexadecimal(values))

    def width(self, values: list[float]) -> None:
        self.state = replace(self.state, width=number(values[0]))


def _hexadecimal(values: list[float]) -> str:
    return "#" + "".join(f"{round(v * 255):02x}" for v in values)


def _nothing(*_: object) -> None:
    """Round joins and ends are said once for the whole; a dash is read with its brackets."""


_WORDS: dict[str, Callable[[_Converter, list[float]], None]] = {
    "m": lambda c, v: c.move("M", v),
    "l": lambda c, v: c.move("L", v),
    "c": lambda c, v: c.move("C", v),
    "h": lambda c, _: c.path.append("Z"),
    "re": _Converter.rectangle,
    "f": _Converter.fill,
    "S": _Converter.stroke,
    "W": _Converter.clip,
    "n": lambda c, _: c.paint(""),
    "q": _Converter.save,
    "Q": _Converter.restore,
    "cm": _Converter.shift,
    "rg": _Converter.fill_colour,
    "RG": _Converter.stroke_colour,
    "w": _Converter.width,
    "d": _nothing,
    "j": _nothing,
    "J": _nothing,
}
