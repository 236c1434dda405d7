"""Finished handouts for tests: the shipped ones, each built once, and ones with made-up content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, lru_cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pikepdf
import yaml

from layouts.engine.deliver.press import Press
from layouts.engine.draw.document import Edition
from layouts.engine.draw.styles import layouts
from layouts.engine.merge.blocks import Document
from layouts.engine.merge.handout import document
from layouts.engine.read.handout import read_handout
from layouts.engine.read.library import Library, Root

HANDOUTS = Path(__file__).parents[2] / "handouts"
GUIDES = sorted(path.stem for path in (HANDOUTS / "guides").glob("*.yaml"))
PROGRAMMES = sorted(path.stem for path in (HANDOUTS / "programmes").glob("*.yaml"))
PACKS = sorted(path.stem for path in (HANDOUTS / "packs").glob("*.yaml"))
SHEETS = ("list", "cards", "cards-1", "cards-4", "cards-6")  # layouts that show all that a programme says
EDITIONS = ("standard", "large-print", "ink-saver")
GUIDE: dict[str, Any] = {
    "number": "X1",
    "title": "A made-up guide",
    "version": "1.0",
    "written": date(2026, 11, 23),
    "review_due": date(2027, 11, 23),
    "purpose": "To try things out.",
    "who": "You.",
    "message": "Keep moving.",
    "today": ["Go for a walk"],
    "parts": [{"text": "Walk more."}],
    "red_flags": "low-back",
}


PROGRAMME: dict[str, Any] = {
    "number": "X2",
    "title": "A made-up programme",
    "version": "1.0",
    "written": date(2026, 11, 23),
    "review_due": date(2027, 11, 23),
    "purpose": "To try things out.",
    "goal": "A strong back",
    "exercises": [{"exercise": "bridge"}],
    "red_flags": "low-back",
}


@dataclass(frozen=True)
class Printed:
    """A finished PDF, and the blocks that it was made from."""

    name: str
    data: bytes
    blocks: Document
    edition: Edition

    def open(self) -> Any:
        """A copy of the file that may be spoilt."""
        return pikepdf.open(BytesIO(self.data))

    @cached_property
    def pdf(self) -> Any:
        """The file, to look at."""
        return self.open()


@lru_cache(maxsize=1)
def _press() -> Press:
    return Press(Library([Root(HANDOUTS, "handouts")]))


@cache
def shipped(guide: str, layout: str = "guide", edition: str = "standard", paper: str = "letter") -> Printed:
    """A shipped handout, printed once for all tests."""
    return printed(_press(), guide, Edition(layout, edition, paper))


def printed(press: Press, guide: str, edition: Edition) -> Printed:
    """One handout of a press. Raises ContentError."""
    handout = read_handout(press.library, guide)
    name = f"{guide}-{edition.layout}-{edition.edition}-{edition.paper}"
    layout = layouts()[edition.layout]
    more = {"chapters": ()} if layout.kind == "pack" else {}  # of a pack these are the blocks of its cover
    blocks = document(handout, layout.template, press.drawings.shown(handout), **layout.tells, **more)
    return Printed(name, press.make(handout, edition).data, blocks, edition)


class _Plain(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


class OwnClinic:
    """A clinic's folder: every field that a test does not name is the sample's, or GUIDE's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "guides").mkdir(parents=True)
        (folder / "wording").mkdir()

    def file(self, name: str, data: bytes) -> None:
        """A file of the folder."""
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)

    def yaml(self, name: str, fields: Mapping[str, Any]) -> None:
        """A content file; fields that are None are left out."""
        kept = {key: value for key, value in fields.items() if value is not None}
        self.file(name, yaml.dump(kept, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=10**6).encode())

    def clinic(self, **changes: Any) -> None:
        """clinic.yaml: the sample's with changes."""
        sample = yaml.safe_load((HANDOUTS / "clinic.yaml").read_text(encoding="utf-8"))
        for key in ("phone", "emergency_phone"):
            sample[key] = str(sample[key])
        logo = HANDOUTS / sample["logo"]["file"]
        self.file(sample["logo"]["file"], logo.read_bytes())
        self.yaml("clinic.yaml", {**sample, **changes})

    def guide(self, **fields: Any) -> None:
        """guides/made-up.yaml."""
        self.yaml("guides/made-up.yaml", {**GUIDE, **fields})

    def exercise(self, id_: str, like: str, **changes: Any) -> None:
        """exercises/ID.yaml: a shipped exercise with changes, without links to easier and harder ones."""
        text = (HANDOUTS / "exercises" / f"{like}.yaml").read_text(encoding="utf-8")
        fields = yaml.load(text, Loader=yaml.BaseLoader)
        kept = {key: value for key, value in fields.items() if key not in ("easier", "harder")}
        self.yaml(f"exercises/{id_}.yaml", {**kept, **changes})

    def sheet(
        self, edition: str = "standard", *, layout: str = "list", paper: str = "letter", **fields: Any
    ) -> Printed:
        """A made-up programme with these fields, printed. Raises ContentError."""
        self.yaml("programmes/made-up-sheet.yaml", {**PROGRAMME, **fields})
        return printed(self.press(), "made-up-sheet", Edition(layout, edition, paper))

    def press(self) -> Press:
        """A press for the folder as it is now."""
        return Press(Library([Root(self.folder, "clinic"), Root(HANDOUTS, "handouts")]))

    def make(
        self, edition: str = "standard", *, layout: str = "guide", paper: str = "letter", **fields: Any
    ) -> Printed:
        """The made-up guide with these fields, printed. Raises ContentError."""
        self.guide(**fields)
        return printed(self.press(), "made-up", Edition(layout, edition, paper))


EVERYTHING: dict[str, Any] = {
    "title": "All that a guide can hold",
    "who": "You, if your back hurts. See [our page](https://example.org/backs) for more about **sore** backs.",
    "message": "Keep moving, a little more each week.",
    "today": ["Go for a walk", "Choose one exercise"],
    "parts": [
        {
            "heading": "Two tips to start with",
            "tips": [
                {"lead": "Walk a little", "text": "Ten minutes are enough. Your [core](term:core) works as you walk."},
                {"lead": "Rest between walks", "text": "Sit down when you like.", "ask": "How far did you walk?"},
            ],
        },
        {"heading": "How to stand up", "steps": ["Slide to the edge.", "Lean ahead.", "Push with your legs."]},
        {"heading": "What helps", "list": ["A walk", "A warm bath", "A [phone call](tel:2065550142) to us"]},
        {
            "heading": "Your first weeks",
            "text": "Do a little more each week.",
            "table": {
                "columns": ["Week", "Walk", "Exercise"],
                "rows": [
                    ["One", "10 minutes", "Bridge"],
                    ["Two", "15 minutes", "Bird dog"],
                    ["Three", "20 minutes", "Squat"],
                    ["Four", "25 minutes", "Lunge"],
                ],
            },
        },
        {
            "heading": "How it looks",
            "photo": {"file": "pictures/walk.jpg", "alt": "A woman walks beside a lake", "caption": "A short walk"},
        },
    ],
    "stop": ["Pain shoots down your leg"],
    "call": ["Your back still hurts after two weeks"],
    "related": ["back-pain-and-sleep"],
    "sources": [
        {"title": "A guideline", "publisher": "An institute", "year": 2020, "url": "https://example.org/guideline"}
    ],
}


def photograph(size: tuple[int, int] = (1200, 800), kind: str = "JPEG", **options: Any) -> bytes:
    """A picture with a little of every colour."""
    from PIL import Image

    out = BytesIO()
    red, green = Image.linear_gradient("L").resize(size), Image.linear_gradient("L").rotate(90).resize(size)
    Image.merge("RGB", (red, green, red)).save(out, kind, **options)
    return out.getvalue()


@cache
def everything(edition: str = "standard") -> Printed:
    """A guide that holds everything that a guide can hold, printed once for all tests."""
    with TemporaryDirectory() as folder:
        own = OwnClinic(Path(folder) / "clinic")
        own.file("pictures/walk.jpg", photograph())
        return own.make(edition, **EVERYTHING)
