"""New content that builds as it stands: a handout, a clinic's folder, the schemas for editors."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from itertools import count
from pathlib import Path
from unicodedata import normalize

from ..check.review import add_months
from ..figures.exercise import Exercise
from ..problems import ContentError, Place, problem
from ..read.kinds import FOLDERS
from ..read.kinds import KINDS as HANDOUT_KINDS
from ..read.library import Library
from ..read.names import RESERVED
from ..read.schema import FOLDER as SCHEMAS
from ..read.schema import schemas
from .files import explain, write_file

KINDS = {**HANDOUT_KINDS, "exercise": Exercise}
PATTERNS = Path(__file__).parents[2] / "templates" / "new"
LETTERS = {"guide": "G", "programme": "S", "pack": "P"}  # before a document's number
LONGEST = 60  # characters of an ID


def wrong_id(id_: str) -> str:
    """What is wrong with the id of a new guide, or ''."""
    if RESERVED.fullmatch(id_):
        return f'the name "{id_}" belongs to Windows. Choose another, such as "about-{id_}".'
    if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id_) and len(id_) <= LONGEST:
        return ""
    plain = normalize("NFKD", id_.lower()).encode("ascii", "ignore").decode()
    near = re.sub(r"[^a-z0-9]+", "-", plain.removesuffix(".yaml"))[:LONGEST].strip("-")
    hint = f' For example "{near}".' if near and not RESERVED.fullmatch(near) else ' For example "knee-pain".'
    rule = f"an ID is at most {LONGEST} letters a to z and digits, its words joined by hyphens"
    return f'"{id_}" cannot be an ID: {rule}.{hint}'


def make_handout(kind: str, folder: Path, id_: str, library: Library) -> Path:
    """A new handout's file. Raises ContentError when there is a handout of that id already."""
    path = folder / FOLDERS[kind] / f"{id_}.yaml"
    known = library.entries().get(id_)
    if known or path.exists():
        raise problem(
            Place(known.shown if known else str(path)), "there is a handout with this ID already", "Choose another ID."
        )
    taken, letter = _numbers(library), LETTERS[kind]
    number = next(f"{letter}{n:02d}" for n in count(1) if f"{letter}{n:02d}" not in taken)
    today = date.today()
    text = (PATTERNS / f"{kind}.yaml").read_text(encoding="utf-8")
    for name, value in {
        "NUMBER": number,
        "TITLE": id_.replace("-", " ").capitalize(),
        "WRITTEN": today.isoformat(),
        "DUE": add_months(today, 36).isoformat(),
    }.items():
        text = text.replace(name, value)
    write_file(path, text.encode("utf-8"))
    if not (folder / SCHEMAS).exists():
        write_schemas(folder)
    return path


def _numbers(library: Library) -> set[str]:
    numbers = set()
    for entry in library.entries().values():
        with suppress(ContentError):  # a handout with mistakes is no reason not to write another
            numbers.add(str(library.sheet(entry).number))
    return numbers


def make_clinic(folder: Path, shipped: Path) -> None:
    """A clinic's own folder. Raises ContentError when there is one already, or the disk says no."""
    if (folder / "clinic.yaml").exists():
        raise problem(
            Place(str(folder / "clinic.yaml")), "this file is there already", "Edit it, or choose another folder."
        )
    try:
        for name in (*FOLDERS.values(), "exercises", "wording", "brand"):
            (folder / name).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise explain(error, Place(str(folder))) from None
    write_schemas(folder)
    for name in ("brand/logo.svg", "clinic.yaml"):  # last what marks the folder as made
        if not (folder / name).exists():
            write_file(folder / name, (shipped / name).read_bytes())


def write_schemas(folder: Path) -> int:
    """Writes the schemas into a content folder; how many there are."""
    texts = schemas(KINDS)
    for name, text in texts.items():
        write_file(folder / SCHEMAS / name, text.encode("utf-8"))
    return len(texts)
