"""The tree shows the pipeline: every room imports only from rooms before it, and only drawing knows ReportLab."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ENGINE = Path(__file__).parents[1] / "layouts" / "engine"
ROOMS = ("read", "merge", "figures", "draw", "check", "deliver")  # in the order in which data runs through them
FILES = sorted(path for room in ROOMS for path in (ENGINE / room).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports, by its full name."""
    here = ["layouts", "engine", *path.relative_to(ENGINE).with_suffix("").parts]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(here[: -node.level] if node.level else [])
            whole = ".".join(part for part in (base, node.module or "") if part)
            yield from (f"{whole}.{name.name}" for name in node.names)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ENGINE).as_posix())
def test_imports_go_one_way(path: Path) -> None:
    own = ROOMS.index(path.relative_to(ENGINE).parts[0])
    for name in imported(path):
        room = name.removeprefix("layouts.engine.").split(".")[0]
        if name.startswith("layouts.engine.") and room in ROOMS:
            assert ROOMS.index(room) <= own, f"{name} belongs to a later room"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ENGINE).as_posix())
def test_only_drawing_knows_reportlab(path: Path) -> None:
    if path.relative_to(ENGINE).parts[0] != "draw":
        assert not [name for name in imported(path) if name.split(".")[0] == "reportlab"]
