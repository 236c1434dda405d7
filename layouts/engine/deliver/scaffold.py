"""New content that builds as it stands: a guide, a clinic's folder, the schemas for editors."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

from ..check.review import add_months
from ..problems import Place, problem
from ..read.library import RESERVED, Library
from ..read.schema import FOLDER, schemas
from .files import explain, write_file

PATTERNS = Path(__file__).parents[2] / "templates" / "new"


def make_guide(folder: Path, id_: str, library: Library) -> Path:
    """A new guide's file. Raises ContentError when the id cannot be one, or is taken."""
    place = Place(id_)
    near = re.sub(r"[^a-z0-9]+", "-", id_.lower()).strip("-")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id_) or RESERVED.fullmatch(id_) or len(id_) > 60:
        hint = f'For example "{near[:60]}".' if near and not RESERVED.fullmatch(near) else ""
        raise problem(place, "this cannot be an ID: it takes lowercase words joined by hyphens", hint)
    path = folder / "guides" / f"{id_}.yaml"
    if path.exists():
        raise problem(Place(str(path)), "this file is there already", "Choose another ID.")
    numbers = {library.guide(e).number for e in library.entries().values() if e.kind == "guide"}
    number = next(f"G{n:02d}" for n in range(1, 1000) if f"G{n:02d}" not in numbers)
    today = date.today()
    text = (PATTERNS / "guide.yaml").read_text(encoding="utf-8")
    for name, value in {
        "NUMBER": number,
        "TITLE": id_.replace("-", " ").capitalize(),
        "WRITTEN": today.isoformat(),
        "DUE": add_months(today, 36).isoformat(),
    }.items():
        text = text.replace(name, value)
    write_file(path, text.encode("utf-8"))
    return path


def make_clinic(folder: Path, shipped: Path) -> None:
    """A clinic's own folder. Raises ContentError when there is one already, or the disk says no."""
    if (folder / "clinic.yaml").exists():
        raise problem(
            Place(str(folder / "clinic.yaml")), "this file is there already", "Edit it, or choose another folder."
        )
    try:
        for name in ("guides", "wording", "brand"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        shutil.copyfile(shipped / "brand" / "logo.svg", folder / "brand" / "logo.svg")
    except OSError as error:
        raise explain(error, Place(str(folder)), existed=False) from None
    write_file(folder / "clinic.yaml", (shipped / "clinic.yaml").read_bytes())
    write_schemas(folder)


def write_schemas(folder: Path) -> int:
    """Writes the schemas into a content folder; how many there are."""
    texts = schemas()
    for name, text in texts.items():
        write_file(folder / FOLDER / name, text.encode("utf-8"))
    return len(texts)
