"""Words that depend on the side that is exercised: "your {right|left} foot" and "{both|Then change sides.}".

Of `{right|left}` the first is said where the right side is exercised, the second where the left is; where both are,
that which the drawing shows. What stands in `{both|…}` is said only where both sides are exercised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeVar

from ..problems import Problem
from .fields import Model
from .inline import Text
from .walk import texts_of

M = TypeVar("M", bound=Model)
ONE = ("left", "right")
SIDED = (*ONE, "each", "alternate")  # sides of exercises that are done on one side at a time
_GROUP = re.compile(r"\{both\|(?P<both>[^{}]*)\}|\{(?P<right>[^{}|]*)\|(?P<left>[^{}|]*)\}")
_GAP = re.compile(r" +(?=[.,;:!?])|(?<= ) +")
# What names a side, or that the other one comes as well. A language that is not here is not looked through. They are
# compiled where they are needed, for most commands read no exercise.
_NAMES = {  # "right away" and "la espalda derecha" name no side
    "en": r"\b(?:your|to the|on the) (?:left|right)\b|\b(?:left|right) (?:sides?|legs?|foot|feet|toes?|heels?|ankles?"
    r"|shins?|calf|calves|knees?|thighs?|hips?|buttocks?|arms?|hands?|wrists?|elbows?|shoulders?|ears?)\b"
    r"|\b(?:each|both|either|other|opposite) sides?\b"
    r"|\bon (?:each|both|either) (?:legs?|arms?|feet|foot|hands?)\b"
    r"|\b(?:change|switch|swap) (?:your )?(?:sides?|legs?|arms?|feet|foot|hands?)\b",
    "es": r"\bizquierd[oa]s?\b|\b(?:lado|pierna|pie|talón|tobillo|pantorrilla|rodilla|muslo|cadera|glúteo|nalga|brazo"
    r"|mano|muñeca|codo|hombro|oreja)s? derech[oa]s?\b|\ba la derecha\b"
    r"|\b(?:otro|cada|ambos|los dos) lados?\b"
    r"|\b(?:en|con) (?:cada|ambas|ambos|las dos|los dos) (?:piernas?|brazos?|pies?|manos?)\b"
    r"|\bcambi\w+ de (?:lado|pierna|brazo|pie|mano)s?\b",
}
_HOW = (
    'Write what is said for the right side and for the left as "{right|left}", and what holds only for both sides'
    ' as "{both|Then change sides.}".'
)


def on_side(text: Text, side: str | None, drawn: str = "right") -> Text:
    """The text for a dose's side (left, right, or another word for both sides); `drawn` is the side that the drawing
    shows. It may have no words left."""
    if not any("{" in span.text for span in text.spans):
        return text
    one = side in ONE
    wanted = str(side) if one else drawn

    def chosen(found: re.Match[str]) -> str:
        if found["both"] is not None:
            return "" if one else found["both"]
        return found[wanted]

    spans = [replace(span, text=_GAP.sub("", _GROUP.sub(chosen, span.text))) for span in text.spans]
    if spans:
        spans[0] = replace(spans[0], text=spans[0].text.lstrip(" "))
        spans[-1] = replace(spans[-1], text=spans[-1].text.rstrip(" "))
    return Text(text.place, tuple(span for span in spans if span.text))


def spoken(made: M, side: str | None, drawn: str = "right") -> M:
    """A model with all its texts as they are said for a side; items of lists that have no words left are gone."""
    said = _spoken(made, side, drawn)
    assert isinstance(said, type(made))
    return said


def _spoken(value: Any, side: str | None, drawn: str) -> Any:
    if isinstance(value, Text):
        return on_side(value, side, drawn)
    if isinstance(value, Model):
        new = {name: said for name, old in vars(value).items() if (said := _spoken(old, side, drawn)) is not old}
        return replace(value, **new) if new else value
    if isinstance(value, tuple):
        items = [_spoken(item, side, drawn) for item in value]
        same = all(new is old for new, old in zip(items, value, strict=True))
        return value if same else tuple(item for item in items if not isinstance(item, Text) or item)
    return value


def check_braces_of(made: Model) -> Iterator[Problem]:
    """Braces that do not pair, or that bold words or a link divide."""
    for text in texts_of(made):
        if any(brace in _GROUP.sub("", span.text) for span in text.spans for brace in "{}"):
            yield Problem(text.place, 'a brace { or } stands alone, or without "|" between', _HOW)


def check_sides(made: Model, language: str) -> Iterator[Problem]:
    """Words of an exercise for one side at a time that would be wrong where only one of them is exercised."""
    if language not in _NAMES:
        return
    names = re.compile(_NAMES[language], re.IGNORECASE)
    for text in texts_of(made):
        bare = "".join(_GROUP.sub(" ", span.text) for span in text.spans)
        if found := names.search(bare):
            yield Problem(text.place, f'"{found[0]}" does not hold where only one side is exercised', _HOW)
