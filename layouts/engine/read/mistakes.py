"""What YAML's own complaints mean, in words for people who never heard of YAML."""

from __future__ import annotations

import re
from typing import Any, Protocol

import yaml

from ..problems import Place, Problem
from .fields import shorten


class Reading(Protocol):
    """What is known of a file when its reading fails: its lines, and the marks of the last quoted text."""

    shown: str
    lines: list[str]
    quoted: tuple[Any, Any] | None


_QUOTE_IT = "Put the whole text in quotation marks."
_LINE_UP = "Names that belong together start in the same column, and so do the lines of a text."
_NO_NAME = 'Write "name: value". The lines of a longer text are indented more than its name.'

# What YAML says, and what we say of it; {c} is the character at the place.
# The first entry whose words occur in YAML's own message is taken.
_WORDS: tuple[tuple[str, str, str], ...] = (
    ("found a tab character", "there is a tab here", "Use spaces to indent."),
    ("escape", "a backslash inside double quotation marks", "Use single quotation marks around the text."),
    ("hexdecimal", "a backslash inside double quotation marks", "Use single quotation marks around the text."),
    ("quoted scalar", "a quotation mark that is never closed", "Close it, or quote the text with the other kind."),
    (
        "did not find expected '-' indicator",
        "this line does not belong to the list above it",
        'Start it with "- ", or line it up with the names.',
    ),
    ("flow", "a bracket that is never closed", "Close it, or put text with [ or { in quotation marks."),
    (
        "block sequence entries are not allowed",
        'a list ("- ") cannot start here',
        "Start each item of the list on a line of its own.",
    ),
    ("cannot start any token", 'a text cannot start with "{c}"', "Put the text in quotation marks."),
    ("expected node content", 'a text cannot start with "{c}"', "Put the text in quotation marks."),
    (
        "block scalar",
        'a text after ">" or "|" starts on the next line',
        "Move it there and indent it, or put the text in quotation marks.",
    ),
    ("alias", 'a text cannot start with "*"', "Put the text in quotation marks."),
    ("anchor", 'a text cannot start with "&"', "Put the text in quotation marks."),
    ("tag", 'a text cannot start with "!"', "Put the text in quotation marks."),
    ("directive", 'a line cannot start with "%"', "Put the text in quotation marks."),
    ("incompatible", 'a line cannot start with "%"', "Delete the line."),
    (
        "document start",
        'the file ends at the line "...", but more follows',
        'Delete the line "...", or indent it with its text.',
    ),
)


def explain(error: yaml.MarkedYAMLError, reader: Reading) -> Problem:
    """YAML's complaint in words for people who never heard of YAML, at the line that wants mending."""
    mark, context = error.problem_mark or error.context_mark, error.context_mark
    if mark is None:
        return Problem(Place(reader.shown), "this file cannot be read", _LINE_UP)
    said = f"{error.context or ''} {error.problem or ''}"
    line = reader.lines[mark.line] if mark.line < len(reader.lines) else ""
    here = Place(reader.shown, mark.line + 1, mark.column + 1)
    if re.match(r"[ -]*\t", line):  # libyaml blames a tab in the indentation on whatever follows it
        return Problem(here, "there is a tab here", "Use spaces to indent.")
    if runaway := _runaway_quote(reader, mark):
        return runaway
    if "could not find expected ':'" in said and context:
        return _no_colon(reader, context.line, context.column)
    if "mapping values are not allowed" in said:
        return _colon(reader, mark, line)
    if "did not find expected key" in said or "expected <block end>" in said:
        return _not_a_name(here, line, mark.column)
    if context and ("flow" in said or "unexpected end of stream" in said):
        here = Place(reader.shown, context.line + 1, context.column + 1)  # where it opens, not where the file ends
    for words, message, hint in _WORDS:
        if words in said:
            return Problem(here, message.replace("{c}", line[mark.column : mark.column + 1]), hint)
    return Problem(here, "this line cannot be read", "Check its indentation, quotation marks and colons.")


def _runaway_quote(reader: Reading, mark: Any) -> Problem | None:
    """A text without its closing quotation mark runs on to the next quotation mark, lines below."""
    if reader.quoted is None:
        return None
    start, end = reader.quoted
    if start.line == end.line or end.line != mark.line:
        return None
    if not any(re.match(r" *(- +)?[\w-]+:( |$)", line) for line in reader.lines[start.line + 1 : end.line + 1]):
        return None
    return Problem(
        Place(reader.shown, start.line + 1, start.column + 1),
        f"a quotation mark opens here, but the next one comes only in line {end.line + 1}",
        "Close it at the end of the text.",
    )


def _no_colon(reader: Reading, line: int, column: int) -> Problem:
    place, words = Place(reader.shown, line + 1, column + 1), reader.lines[line][column:]
    if re.match(r"[\w-]+:[^\s/]", words):
        return Problem(place, f'in "{shorten(words)}" a space is missing after the colon', 'Write "name: value".')
    if re.match(r"-\w", words):
        return Problem(place, f'in "{shorten(words)}" a space is missing after the "-"', 'Write "- " before each item.')
    return Problem(place, f'a name and a colon belong here, not "{shorten(words)}"', _NO_NAME)


def _colon(reader: Reading, mark: Any, line: str) -> Problem:
    place, before = Place(reader.shown, mark.line + 1, mark.column + 1), line[: mark.column]
    if start := re.match(r"( *(?:- +)*[\w-]+: +)(.*)", before):
        words = line[start.end(1) :].rstrip()
        fits = len(words) <= 60 and not set(words) & set('"\\#')
        hint = f'Write: {start[1].strip(" -")} "{words}"' if fits else _QUOTE_IT
        return Problem(place, "a text with a colon in it needs quotation marks", hint)
    above = next((n for n in range(mark.line - 1, -1, -1) if reader.lines[n].strip()), None)
    if above is not None and not re.search(r":(\s|$)", reader.lines[above]):
        indent = len(reader.lines[above]) - len(reader.lines[above].lstrip())
        if indent >= len(line) - len(line.lstrip()) and not reader.lines[above].lstrip().startswith(("-", "#")):
            return _no_colon(reader, above, indent)
    hint = "Line it up with the names above it; put a text with a colon in it in quotation marks."
    return Problem(place, "this line is indented more than the line above it", hint)


def _not_a_name(place: Place, line: str, column: int) -> Problem:
    before, rest = line[:column].rstrip(), line[column:]
    if before.endswith(("'", '"')):
        hint = "Put the whole text in quotation marks of the other kind."
        return Problem(place, "the text goes on after its closing quotation mark", hint)
    if before.endswith(("]", "}")):
        return Problem(place, "a text that starts with [ or { needs quotation marks", _QUOTE_IT)
    if rest.startswith(":"):
        return Problem(place, "there is no name before the colon", 'Write "name: value".')
    if rest.startswith("- "):
        return Problem(
            place, 'a list item ("- ") cannot stand here', 'Indent it below the name of its list, or delete the "-".'
        )
    return Problem(place, "this line is indented differently from its neighbours", _LINE_UP)
