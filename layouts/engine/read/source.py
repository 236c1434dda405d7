"""YAML text -> nodes, every one knowing its file, line and column.

YAML is read event by event instead of through a loader: nothing is ever constructed, an alias is refused
before it can multiply, depth is counted as it grows, and a scalar stays the text that its author typed
(`version: 1.0` keeps its zero). All of a file's mistakes that YAML allows to be seen at once are named at once.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import field
from pathlib import Path
from typing import Any

import yaml

from ..problems import ContentError, Place, Problem, problem
from ..records import dataclass
from .fields import shorten
from .mistakes import explain

LARGEST_FILE = 1_000_000  # bytes; the longest guide of ours has 8 000
DEEPEST = 24  # mappings and lists inside each other; a guide has 6
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_INVISIBLE = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff\u2028\u2029]")
_NULL = frozenset(("", "~", "null", "Null", "NULL"))


@dataclass(frozen=True)
class Scalar:
    """One value as it was typed. `style` is YAML's: '' plain, "'" or '"' quoted, '|' literal, '>' folded."""

    place: Place
    text: str
    style: str = ""

    @property
    def is_null(self) -> bool:
        """True for what YAML reads as "nothing here"."""
        return not self.style and self.text in _NULL


@dataclass(frozen=True)
class Sequence:
    """A list."""

    place: Place
    items: tuple[Node, ...]


@dataclass(frozen=True)
class Mapping:
    """Keys with values, in the author's order; `keys` says where each key stands."""

    place: Place
    items: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Place] = field(default_factory=dict)


Node = Scalar | Sequence | Mapping


def read_file(path: Path, shown: str) -> Mapping:
    """The top mapping of a YAML file; `shown` is the path as people read it. Raises ContentError."""
    return read_text(decode(read_bytes(path, shown, LARGEST_FILE), shown), shown)


def read_bytes(path: Path, shown: str, limit: int) -> bytes:
    """A regular file's bytes, at most `limit` of them. Raises ContentError, never OSError."""
    place = Place(shown)
    try:
        if not path.is_file():
            raise problem(place, _not_a_file(path))
        with path.open("rb") as stream:
            larger = os.fstat(stream.fileno()).st_size > limit
            data = b"" if larger else stream.read()  # read(limit) would ask the system for so much memory first
    except OSError as error:
        raise problem(place, f"this file cannot be read ({error.strerror or error})") from None
    if larger or len(data) > limit:
        raise problem(place, f"this file is larger than {limit // 1000:,} KB".replace(",", " "), "Split or shorten it.")
    return data


def _not_a_file(path: Path) -> str:
    if path.is_dir():
        return "this is a folder, not a file"
    return "this is a device, not a file" if path.exists() else "there is no such file"


def decode(data: bytes, shown: str) -> str:
    """Bytes -> text: UTF-8, or UTF-16 with a byte order mark as Windows Notepad writes it. Raises ContentError."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode(encoding, "replace")
        raise _not_utf8(Place(shown, before.count("\n") + 1, len(before) - before.rfind("\n"))) from None
    if "\0" in text:  # UTF-16 without its mark, or no text at all
        raise _not_utf8(Place(shown))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _not_utf8(place: Place) -> ContentError:
    return problem(place, "this file is not saved as UTF-8", 'In the editor choose "Save as" and the encoding UTF-8.')


def read_text(text: str, shown: str) -> Mapping:
    """The top mapping of a YAML text. Raises ContentError."""
    wrong = list(_strange_characters(text, shown))
    if wrong:
        raise ContentError(wrong)
    reader = _Reader(shown, text)
    try:
        top = reader.read(text)
    except ContentError as error:
        raise ContentError([*reader.problems, *error.problems]) from None
    except yaml.MarkedYAMLError as error:
        raise ContentError([*reader.problems, explain(error, reader)]) from None
    except yaml.YAMLError as error:
        raise problem(Place(shown), f"this file is not YAML ({error})".splitlines()[0]) from None
    if reader.problems:
        raise ContentError(reader.problems)
    if top is None or (isinstance(top, Scalar) and top.is_null):
        raise problem(
            Place(shown), "this file is empty", 'Each line needs a name and a value, such as "title: My guide".'
        )
    if not isinstance(top, Mapping):
        raise problem(
            top.place, "the file does not start with a name and a value", 'Start with a line such as "title: My guide".'
        )
    return top


def strange_character(text: str) -> str:
    """What is wrong with the characters of a text, or ''."""
    if found := _CONTROL.search(text):
        return f"there is an invisible control character here (U+{ord(found[0]):04X})"
    if found := _INVISIBLE.search(text):
        harm = "does not belong here" if found[0] in "\ufeff\u2028\u2029" else "changes the order of the text"
        return f"there is an invisible character here that {harm} (U+{ord(found[0]):04X})"
    return ""


def _strange_characters(text: str, shown: str) -> Iterator[Problem]:
    if not (_CONTROL.search(text) or _INVISIBLE.search(text)):
        return
    for number, line in enumerate(text.split("\n"), 1):
        if message := strange_character(line):
            found = _CONTROL.search(line) or _INVISIBLE.search(line)
            column = found.start() + 1 if found else 1
            yield Problem(Place(shown, number, column), message, "Delete it, or type the words anew.")


class _Reader:
    """Builds nodes from a parser's events with a stack of its own, so that depth cannot exhaust Python's."""

    def __init__(self, shown: str, text: str) -> None:
        self.shown = shown
        self.lines = text.split("\n")
        self.quoted: tuple[Any, Any] | None = None  # where the last text in quotation marks starts and ends
        self.problems: list[Problem] = []

    def _place(self, mark: Any) -> Place:
        return Place(self.shown, mark.line + 1, mark.column + 1)

    def _wrong(self, place: Place, message: str, hint: str = "") -> None:
        self.problems.append(Problem(place, message, hint))

    def read(self, text: str) -> Node | None:
        """The first document's node; mistakes that do not stop the reading are collected in `problems`."""
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        top: Node | None = None
        stack: list[_Open] = []
        documents = 0
        for event in yaml.parse(text, Loader=loader):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._wrong(
                        self._place(event.start_mark), 'a second document starts here ("---")', "Keep one per file."
                    )
                    return top
                continue
            if isinstance(event, yaml.NodeEvent):
                self._refuse_yaml_magic(event)
            if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                place = self._place(event.start_mark)
                if len(stack) >= DEEPEST:
                    raise problem(
                        place, f"lists and names are nested more than {DEEPEST} deep", "Check the indentation."
                    )
                stack.append(_Open(place, isinstance(event, yaml.MappingStartEvent)))
                continue
            done: Node | None = None
            if isinstance(event, yaml.ScalarEvent):
                done = self._scalar(event)
            elif isinstance(event, yaml.AliasEvent):
                done = Scalar(self._place(event.start_mark), "", "'")
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                done = stack.pop().node()
            if done is not None:
                if stack:
                    self._add(stack[-1], done)
                else:
                    top = done
        return top

    def _refuse_yaml_magic(self, event: yaml.NodeEvent) -> None:
        place, typed = self._place(event.start_mark), ""
        if isinstance(event, yaml.AliasEvent):
            typed = f"*{event.anchor}"
        elif event.anchor:
            typed = f"&{event.anchor}"
        elif getattr(event, "tag", None):
            typed = str(event.tag).replace("tag:yaml.org,2002:", "!!")  # type: ignore[attr-defined]
        if typed:
            self._wrong(
                place, f'a text cannot start with "{typed[0]}" (here: "{typed}")', "Put the text in quotation marks."
            )

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        place = self._place(event.start_mark)
        if message := strange_character(event.value):  # written as an escape such as "\u202e"
            self._wrong(place, message, "Delete it, or type the words anew.")
        if event.style in ("'", '"'):
            self.quoted = (event.start_mark, event.end_mark)
        elif not event.style:
            end: Any = event.end_mark
            rest = self.lines[end.line][end.column :] if end.line < len(self.lines) else ""
            if lost := re.match(r"\s*(#\S.*)", rest):  # "# words" is a comment, "#1 in the list" hardly is
                self._wrong(
                    self._place(end),
                    f'a text with " #" in it ends there; "{shorten(lost[1])}" is left out',
                    "Put the whole text in quotation marks.",
                )
        return Scalar(place, event.value, event.style or "")

    def _add(self, parent: _Open, node: Node) -> None:
        if not parent.is_mapping:
            parent.items.append(node)
        elif parent.key is None:
            if isinstance(node, Scalar):
                parent.key = node
            else:
                raise problem(
                    node.place, "a name was expected here, not a list", "Put text with [ or { in quotation marks."
                )
        else:
            key, parent.key = parent.key, None
            if key.text in parent.keys:
                first = parent.keys[key.text].line
                self._wrong(
                    key.place, f'"{key.text}" stands here a second time (first in line {first})', "Keep one of them."
                )
            else:
                parent.keys[key.text] = key.place
                parent.values[key.text] = node


class _Open:
    """A mapping or list that is still being read."""

    def __init__(self, place: Place, is_mapping: bool) -> None:
        self.place, self.is_mapping = place, is_mapping
        self.items: list[Node] = []
        self.keys: dict[str, Place] = {}
        self.values: dict[str, Node] = {}
        self.key: Scalar | None = None

    def node(self) -> Node:
        if self.is_mapping:
            return Mapping(self.place, self.values, self.keys)
        return Sequence(self.place, tuple(self.items))
