"""The same content makes the same PDF, byte for byte: anywhere, at any time, in any order."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.deliver.desk import IDS, PROJECT, Day, Desk, shell


@pytest.fixture(scope="session")
def content(tmp_path_factory: pytest.TempPathFactory, small_library: Path) -> Path:
    """A content folder with the largest shipped guide and what it names."""
    folder = tmp_path_factory.mktemp("content") / "handouts"
    shutil.copytree(small_library, folder)
    for path in (PROJECT / "handouts" / "guides").glob("*.yaml"):
        shutil.copyfile(path, folder / "guides" / path.name)
    for name in ("programmes", "exercises"):  # which guides name
        shutil.copytree(PROJECT / "handouts" / name, folder / name)
    return folder


def test_in_other_processes_and_places(copied: Path, content: Path, tmp_path: Path) -> None:
    """With other hash seeds, time zones, locales and build dates; with a cold cache and with a warm one."""
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(copied / "layouts", elsewhere / "layouts")
    shutil.copytree(content, elsewhere / "content")
    shutil.copytree(copied / "handouts", elsewhere / "handouts")
    shutil.copyfile(copied / "build.py", elsewhere / "build.py")
    cache = str(tmp_path / "cache")
    id_ = max((content / "guides").glob("*.yaml"), key=lambda path: path.stat().st_size).stem
    worlds: list[tuple[Path, Path, dict[str, str]]] = [
        (copied, content, {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}),
        (copied, content, {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "1"}),
        (elsewhere, elsewhere / "content", {"PYTHONHASHSEED": "77", "TZ": "America/Adak", "LC_ALL": "tr_TR.UTF-8"}),
    ]
    made = []
    for number, (project, folder, variables) in enumerate(worlds):
        out = tmp_path / f"out-{number}"
        said = shell(
            project, "pdf", id_, "--content", folder, "--out", out, world={**variables, "HANDOUTS_CACHE": cache}
        )
        assert said.code == 0, said.err
        made.append((out / f"{id_}.pdf").read_bytes())
    assert len(set(made)) == 1


def test_on_any_day(desk: Desk, calendar: type[Day]) -> None:
    made = []
    for day in (date(2026, 1, 7), date(2027, 12, 31), date(2031, 2, 28)):
        calendar.now = day
        desk("pdf", *IDS, "--force")
        made.append([desk.pdf(id_).read_bytes() for id_ in IDS])
    assert made[0] == made[1] == made[2]


def test_alone_and_among_others_in_any_order(desk: Desk) -> None:
    forms = ("--edition", "all", "--paper", "all")
    orders = [IDS, IDS[::-1], *((id_,) for id_ in IDS)]
    made: dict[str, set[bytes]] = {}
    for number, order in enumerate(orders):
        desk("pdf", *order, *forms, "--out", str(number))
        for path in Path(str(number)).glob("*.pdf"):
            made.setdefault(path.name, set()).add(path.read_bytes())
    assert len(made) == 18
    assert {len(different) for different in made.values()} == {1}
