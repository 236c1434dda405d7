"""The schemas by which an editor completes fields: fresh, fitting what is shipped, refusing what is wrong."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from layouts.engine.deliver.scaffold import KINDS
from layouts.engine.problems import ContentError
from layouts.engine.read.convert import read_model
from layouts.engine.read.schema import FOLDER, schemas
from layouts.engine.read.source import read_text
from tests.deliver.desk import PROJECT

HANDOUTS = PROJECT / "handouts"
FILES = sorted(path for path in HANDOUTS.rglob("*.yaml"))
FOLDERS = {
    "guides": "guide", "programmes": "programme", "packs": "pack", "exercises": "exercise", "wording": "wording",
    "handouts": "clinic",
}  # fmt: skip
NEW = PROJECT / "layouts" / "templates" / "new"
FULL_GUIDE = """\
number: S1
title: Sample
language: en
version: "1.0"
written: 2026-11-23
reviewed: 2026-11-23
reviewed_by: Dr. Example
review_due: 2027-11-23
purpose: To try things out.
who: You.
message: Move.
today: [Walk., Rest.]
parts:
  - heading: One
    text: Walk more.
    tips:
      - lead: Softly
        text: Land softly.
        short: Softly.
        figure: {exercise: bird-dog, caption: A bird dog}
        photo: {file: pictures/x.jpg, alt: A runner, caption: Running}
        ask: Ask us.
    list: [One, Two]
    steps: [One, Two]
    table: {columns: [A, B], rows: [[One, Two]]}
stop: [Pain]
call: [More pain]
red_flags: low-back
extra_red_flags: {emergency: [Fever], same_day: [Cold]}
poster: {title: Move, intro: Move more.}
related: [back-pain-and-sleep]
sources:
  - {title: A guideline, publisher: A body, year: 2024, url: "https://www.example.com/x"}
"""
HEAD = """\
number: S1
title: Sample
language: en
version: "1.0"
written: 2026-11-23
reviewed: 2026-11-23
reviewed_by: Dr. Example
review_due: 2027-11-23
purpose: To try things out.
"""
FULL_PROGRAMME = f"""\
{HEAD}goal: Strong legs
intro: Go slowly.
dose: {{times_a_day: 1, weekdays: [mon, wed]}}
exercises:
  - exercise: squat
    dose: {{sets: 2, repetitions: 8, load: 5 lb, tempo: 3-1-2, side: each, superset: A, note: Slowly.}}
    note: Hold on to a chair.
  - {{exercise: bridge, dose: {{minutes: 2}}}}
keep_order: no
quick: [squat]
stop: [Pain]
call: [More pain]
red_flags: low-back
extra_red_flags: {{emergency: [Fever], same_day: [Cold]}}
related: [back-pain-and-sleep]
sources:
  - {{title: A guideline, publisher: A body, year: 2024, url: "https://www.example.com/x"}}
"""
FULL_PACK = f"""\
{HEAD}message: Welcome.
intro: [One., Two.]
contents:
  - {{handout: back-pain-and-sleep}}
  - {{handout: core-for-runners-1, layout: cards}}
"""


class Editor(yaml.SafeLoader):
    """YAML as an editor's language server reads it: a date is a text, and so is yes (YAML 1.2)."""


Editor.yaml_implicit_resolvers = {
    first: [(tag, found) for tag, found in pairs if not tag.endswith((":timestamp", ":bool"))]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Editor.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))


def kind_of(path: Path) -> str:
    """Which schema a content file has."""
    return "glossary" if path.stem == "glossary" else FOLDERS[path.parent.name]


@cache
def validator(kind: str) -> Any:
    """The validator of a kind, made once: it is asked some ten thousand times."""
    return jsonschema.Draft202012Validator(json.loads(schemas(KINDS)[f"{kind}.json"]))


def refused(kind: str, value: object) -> bool:
    """Whether the schema says no."""
    return not validator(kind).is_valid(value)


def wrong(kind: str, value: object) -> bool:
    """Whether reading says no."""
    try:
        read_model(read_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), "x.yaml"), KINDS[kind])
    except ContentError:
        return True
    return False


def test_the_shipped_schemas_are_fresh() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in (HANDOUTS / FOLDER).iterdir()}
    assert texts == schemas(KINDS), 'renew them with "python build.py schema"'


@pytest.mark.parametrize("text", schemas(KINDS).values(), ids=schemas(KINDS))
def test_a_schema_is_one(text: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(text))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_file_is_accepted(path: Path) -> None:
    assert not refused(kind_of(path), yaml.load(path.read_text(encoding="utf-8"), Loader=Editor))


@pytest.mark.parametrize(
    "path",
    [*FILES, *sorted(NEW.glob("*.yaml"))],
    ids=lambda path: f"{path.parent.name}-{path.stem}",
)
def test_the_first_line_points_to_the_schema(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    start, _, name = first.partition("$schema=")
    assert start == "# yaml-language-server: "
    home = HANDOUTS / "guides" if "templates" in path.parts else path.parent
    assert (home / name).resolve() == (
        HANDOUTS / FOLDER / f"{path.stem if path.parent == NEW else kind_of(path)}.json"
    ).resolve()


def samples() -> dict[str, Any]:
    """A file of each kind with many fields."""
    full = {"guide": FULL_GUIDE, "programme": FULL_PROGRAMME, "pack": FULL_PACK}
    found = {kind: yaml.load(text, Loader=Editor) for kind, text in full.items()}
    for kind, name in {"clinic": "clinic", "wording": "wording/en", "glossary": "wording/glossary"}.items():
        found[kind] = yaml.load((HANDOUTS / f"{name}.yaml").read_text(encoding="utf-8"), Loader=Editor)
    return found


def spots(value: object, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value inside a value."""
    if way:
        yield way
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from spots(inner, (*way, key))


def put(value: Any, way: tuple[Any, ...], new: object) -> Any:
    """The value with another one at the end of the way; `...` deletes it."""
    value = copy.deepcopy(value)
    inner = value
    for key in way[:-1]:
        inner = inner[key]
    if new is ...:
        del inner[way[-1]]
    else:
        inner[way[-1]] = new
    return value


BAD: tuple[object, ...] = (..., [], {}, "", {"no such field": 1}, [[["x"]]], [{"no such field": 1}], True, "x" * 400)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "exercise"])  # poses have their own tests
def test_what_the_schema_refuses_is_wrong_and_what_is_wrong_is_refused(kind: str) -> None:
    """Puts bad values everywhere. The schema never says no where reading says yes; and it says no to what it can."""
    whole = samples()[kind]
    assert not refused(kind, whole)
    assert not wrong(kind, whole)
    tried = missed = 0
    for way in spots(whole):
        if kind == "wording" and len(way) > 1 and way[0] in SAME and way[-1] not in SEEN:
            continue  # more of the same
        if kind == "glossary" and len(way) > 1 and way[1] != "core":
            continue
        for bad in BAD:
            value = put(whole, way, bad)
            if wrong(kind, value):
                tried += 1
                if not refused(kind, value):
                    missed += 1
                    assert way[-1] in BEYOND or bad is ... or way[-2] in ("parts", "rows", "quick"), (way, bad)
            else:
                assert not refused(kind, value), (way, bad)
    assert tried > 20
    assert missed < tried / 5


# What no schema can say: braces that must be filled, days that no calendar has, how long a text is
# without its markup, that a part has something under its heading, and a row as many items as the table has columns.
BEYOND = frozenset(
    (
        "date",
        "document",
        "long_date",
        "page",
        "message",
        "hold",
        "exercise",
        "exercises",
        "quick",
        "sets",
        "repetitions",
        "weekdays",
        "tempo",
    )
)
SAME = ("words", "sheet", "mail", "months", "dose", "weekdays", "weekdays_short", "positions", "equipment")
SEEN = ("page", 0, "hold", "one", "moving")  # one of each is enough
EXTRA: tuple[tuple[str, tuple[Any, ...], object], ...] = (
    ("clinic", ("paper",), "a5"),
    ("clinic", ("colours", "primary"), "teal"),
    ("clinic", ("email",), "nobody"),
    ("clinic", ("website",), "harbor.example"),
    ("clinic", ("print_sources",), "perhaps"),
    ("clinic", ("logo", "file"), "brand\\logo.svg"),
    ("guide", ("written",), "23.11.2026"),
    ("guide", ("written",), "2026-1-3"),
    ("guide", ("title",), "x" * 71),
    ("guide", ("related",), ["A", "b"]),
    ("guide", ("related",), ["a"] * 5),
    ("guide", ("sources", 0, "year"), "MMXXIV"),
    ("guide", ("sources", 0, "url"), "javascript:alert(1)"),
    ("guide", ("parts", 0, "tips", 0, "photo", "alt"), "xx"),
    ("guide", ("today",), ["a", "b", "c", "d"]),
    ("guide", ("mesage",), "x"),
    ("wording", ("months",), ["January"]),
    ("wording", ("positions",), {"kneeling": "Kneeling"}),
    ("wording", ("dose", "bands", "teal"), "teal"),
)


@pytest.mark.parametrize(("kind", "way", "bad"), EXTRA, ids=lambda value: str(value)[:30])
def test_a_wrong_value_is_refused(kind: str, way: tuple[Any, ...], bad: object) -> None:
    value = put(samples()[kind], way, bad)
    assert refused(kind, value)


@pytest.mark.parametrize(
    ("way", "good"),
    [
        (("version",), 1.0),
        (("number",), 7),
        (("today",), "Walk."),
        (("parts", 0, "text"), ["One.", "Two."]),
        (("reviewed",), None),
        (("message",), "See [our page](https://www.example.com/" + "x" * 150 + ")."),  # an address is not counted
    ],
)
def test_what_reading_takes_the_schema_takes(way: tuple[Any, ...], good: object) -> None:
    value = put(samples()["guide"], way, good)
    assert not refused("guide", value)
    if way != ("reviewed",):
        assert not wrong("guide", value)


@pytest.mark.parametrize("word", ["yes", "no", True, False])
def test_yes_and_no(word: object) -> None:
    assert not refused("clinic", put(samples()["clinic"], ("print_sources",), word))
