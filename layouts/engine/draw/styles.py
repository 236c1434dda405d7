"""styles.yaml -> the looks of one edition of one layout on one paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from ..records import dataclass
from .colours import palette
from .fonts import Faces
from .operators import RGB

EDITIONS = ("standard", "large-print", "ink-saver")
PAPERS: dict[str, tuple[float, float]] = {  # width and height in points
    "letter": (612, 792),
    "a4": (595.28, 841.89),
    "tabloid": (792, 1224),
    "a3": (841.89, 1190.55),
}
STYLES = Path(__file__).parents[2] / "styles.yaml"


_BETWEEN = (  # spaces from one thing to the next one under it
    "title", "standfirst", "message", "part", "heading", "paragraph", "tip", "item", "block", "rule-gap", "card",
    "card-head", "slot", "write",
)  # fmt: skip


@dataclass(frozen=True)
class TextStyle:
    """How words look; sizes in points, `font` and `bold` as `fonts.WEIGHTS` names them."""

    font: str
    size: float
    leading: float
    colour: RGB
    bold: str = ""
    tracking: float = 0

    @property
    def baseline(self) -> float:
        """From the top of a line to its baseline: capitals stand in the middle of the leading."""
        return self.leading / 2 + self.size * 0.36


@dataclass(frozen=True)
class BoxStyle:
    """How a box looks; colours None where nothing is painted."""

    fill: RGB | None = None
    stroke: RGB | None = None
    width: float = 1
    radius: float = 0
    cut: float = 0
    pad: float = 12
    inset: float = 12
    rules: float = 0
    rule_colour: RGB | None = None
    icon: str = ""
    icon_size: float = 24
    title: str = "box-title"


@dataclass(frozen=True)
class Layout:
    """What a layout says of itself."""

    name: str
    template: str
    papers: tuple[str, ...]
    kind: str  # of the handouts that it is for
    exactly: int = 0
    advised: int = 0
    tells: Mapping[str, Any] = field(default_factory=dict)  # what its template is told
    called: str = ""  # by people; its name where nothing is said
    editions: tuple[str, ...] = EDITIONS


@dataclass(frozen=True)
class Look:
    """Everything about the looks of one edition of one layout on one paper."""

    layout: Layout
    edition: str
    paper: str
    width: float
    height: float
    faces: Faces
    colours: Mapping[str, RGB]
    text: Mapping[str, TextStyle]
    boxes: Mapping[str, BoxStyle]
    space: Mapping[str, float]
    page: Mapping[str, float]
    marks: Mapping[str, float]
    columns: Mapping[str, int]
    shares: Mapping[str, tuple[float, ...]]
    figure: float  # points of a body's height in drawings
    tallest: float  # times `figure`, what a drawing's height is at most; 0 for any height
    figure_sizes: tuple[float, ...]  # times that, from large to small: what is tried to fill pages or to spare one
    tightest: float  # times the usual space between things, where that spares a page or shows another drawing
    beside: tuple[str, ...]  # the slots at the left of a card that is as wide as the page
    below: tuple[str, ...]  # those under both its columns
    either: tuple[str, ...]  # and those that stand at the foot of either column
    advised: int  # pages that are enough; 0 where length is no fault
    pin_today: bool
    pin_spare: bool
    grey: bool
    tight: bool = False  # with as little space between things as it may have


class StylesError(Exception):
    """styles.yaml is not as it should be: for the designer, not for the front desk."""


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except (KeyError, TypeError, AttributeError, ValueError, yaml.YAMLError) as error:
        missing = f"{error} is missing" if isinstance(error, KeyError) else str(error).splitlines()[0]
        raise StylesError(f"layouts/styles.yaml: {missing}") from None


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data: dict[str, Any] = yaml.load(STYLES.read_text(encoding="utf-8"), Loader=loader)
    return data


@lru_cache(maxsize=1)
def layouts() -> dict[str, Layout]:
    """All layouts, by name."""
    with _reading():
        return {
            name: Layout(
                name,
                entry["template"],
                tuple(entry["papers"]),
                entry["kind"],
                entry.get("pages", {}).get("exactly", 0),
                entry.get("pages", {}).get("advised", 0),
                entry.get("tells", {}),
                entry.get("called", name),
                tuple(edition for edition in EDITIONS if edition not in entry.get("without", ())),
            )
            for name, entry in _data()["layouts"].items()
        }


@lru_cache(maxsize=1)
def usual_layouts() -> dict[str, str]:
    """The layout of each kind of handout when none is asked for: the first of that kind."""
    usual: dict[str, str] = {}
    for layout in layouts().values():
        usual.setdefault(layout.kind, layout.name)
    return usual


@lru_cache(maxsize=32)
def look(layout: str, edition: str, paper: str, brand: tuple[tuple[str, str], ...], faces: Faces) -> Look:
    """The look; `brand` has the pairs primary, accent and ink with "#rrggbb"."""
    with _reading():
        return _look(layout, edition, paper, brand, faces)


def _look(layout: str, edition: str, paper: str, brand: tuple[tuple[str, str], ...], faces: Faces) -> Look:
    data = _data()
    entry = data["layouts"][layout]
    merged = data["standard"]
    for changes in (
        data.get(edition, {}) if edition != "standard" else {},
        entry.get("changes", {}),
        entry.get("editions", {}).get(edition, {}),
    ):
        merged = _merge(merged, changes)
    width, height = PAPERS[paper]
    drawn = entry.get("drawn-for")
    scale = min(width / drawn[0], height / drawn[1]) if drawn else 1.0
    colours = palette(dict(brand), merged["colours"])
    return Look(
        layout=layouts()[layout],
        edition=edition,
        paper=paper,
        width=width,
        height=height,
        faces=faces,
        colours=colours,
        text={name: _text(fields, colours, scale, merged["least"]) for name, fields in merged["text"].items()},
        boxes={name: _box(fields, colours, scale) for name, fields in merged["boxes"].items()},
        space=_scaled(merged["space"], scale),
        page=_scaled(merged["page"], scale),
        marks=_scaled(merged["marks"], scale),
        columns=merged["columns"],
        shares={name: tuple(parts) for name, parts in merged["shares"].items()},
        figure=merged["figure"] * scale,
        tallest=merged["tallest"],
        figure_sizes=tuple(merged["figure-sizes"]),
        tightest=merged["tightest"],
        beside=tuple(merged["beside"]),
        below=tuple(merged["below"]),
        either=tuple(merged["either"]),
        advised=layouts()[layout].advised if merged["advise-length"] else 0,
        pin_today=merged["pin-today"],
        pin_spare=merged["pin-spare"],
        grey=merged["picture"] == "grey",
    )


def tightened(look: Look) -> Look:
    """The look with less space between things, as much less as its layout allows; what is in a line stays."""
    space = {name: points * (look.tightest if name in _BETWEEN else 1) for name, points in look.space.items()}
    boxes = {name: replace(box, pad=box.pad * look.tightest) for name, box in look.boxes.items()}
    return replace(look, space=space, boxes=boxes, tight=True)


def recoloured(style: TextStyle, colour: RGB) -> TextStyle:
    """The same style in another colour."""
    return replace(style, colour=colour)


def _merge(base: dict[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """`changes` over `base`, key by key; a colour recipe is replaced whole."""
    merged = dict(base)
    for key, value in changes.items():
        old = merged.get(key)
        if isinstance(value, dict) and isinstance(old, dict) and "of" not in value:
            merged[key] = _merge(old, value)
        else:
            merged[key] = value
    return merged


def _text(fields: Mapping[str, Any], colours: Mapping[str, RGB], scale: float, least: float) -> TextStyle:
    scale = max(scale, fields.get("least", least) / fields["size"])
    return TextStyle(
        font=fields["font"],
        size=fields["size"] * scale,
        leading=fields["leading"] * scale,
        colour=colours[fields["colour"]],
        bold=fields.get("bold", fields["font"]),
        tracking=fields.get("tracking", 0) * scale,
    )


def _box(fields: Mapping[str, Any], colours: Mapping[str, RGB], scale: float) -> BoxStyle:
    values = {key.replace("-", "_"): value for key, value in fields.items()}
    for key in ("fill", "stroke", "rule_colour"):
        if values.get(key):
            values[key] = colours[values[key]]
    scaled: dict[str, Any] = {k: v * scale if isinstance(v, (int, float)) else v for k, v in values.items()}
    return BoxStyle(**scaled)


def _scaled(values: Mapping[str, float], scale: float) -> dict[str, float]:
    return {key: value if isinstance(value, bool) else value * scale for key, value in values.items()}
