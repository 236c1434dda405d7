"""What was built from what: the memory that lets a build do nothing when nothing changed.

Only the standard library is imported here, because asking whether anything changed has to be faster than
importing what would build it.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

NAME = ".handouts.json"
FORM = 1  # raised when the ledger's own form changes
ENGINE = Path(__file__).parents[2]  # layouts/


@dataclass(frozen=True)
class Row:
    """A finished PDF: what the closing table says of it, and the files that it was made from."""

    handout: str
    edition: str
    pages: int
    size: int
    findings: tuple[str, ...]
    path: str
    inputs: tuple[str, ...]
    day: str  # of the findings: a review falls due by itself
    stamp: tuple[int, int] = (0, 0)


@dataclass
class Ledger:
    """The rows of an output folder, and what each input file was like."""

    path: Path
    engine: str = ""
    listing: str = ""
    rows: dict[str, Row] = field(default_factory=dict)
    files: dict[str, tuple[int, int, str]] = field(default_factory=dict)

    @classmethod
    def read(cls, out: Path) -> Ledger:
        """The folder's ledger; an empty one when there is none, or when it cannot be understood."""
        ledger = cls(out / NAME)
        try:
            data = json.loads(ledger.path.read_text(encoding="utf-8"))
            if data["form"] == FORM:
                ledger.engine, ledger.listing = data["engine"], data["listing"]
                ledger.rows = {k: _row(v) for k, v in data["rows"].items()}
                ledger.files = {k: (v[0], v[1], v[2]) for k, v in data["files"].items()}
        except (OSError, ValueError, KeyError, TypeError, IndexError):
            return cls(out / NAME)
        return ledger

    def write(self) -> None:
        """Saves the ledger. A folder that cannot be written is told of by the PDFs, not by this."""
        used = {name for row in self.rows.values() for name in row.inputs}
        data = {
            "form": FORM,
            "engine": self.engine,
            "listing": self.listing,
            "rows": {k: vars(row) for k, row in self.rows.items()},
            "files": {k: v for k, v in self.files.items() if k in used},
        }
        try:
            new = self.path.with_suffix(".new")
            new.write_text(json.dumps(data, indent=0), encoding="utf-8")
            new.replace(self.path)
        except OSError:
            pass

    def fresh(self, key: str) -> Row | None:
        """The row of a PDF that is as it was left, made from files that are as they were; else None."""
        row = self.rows.get(key)
        if row is None or row.day != today() or stamp(Path(row.path)) != row.stamp:
            return None
        return row if all(self._same(name) for name in row.inputs) else None

    def _same(self, name: str) -> bool:
        known = self.files.get(name)
        if known is None:
            return False
        now = stamp(Path(name))
        if now == known[:2]:
            return True
        if now is None or digest(Path(name)) != known[2]:
            return False
        self.files[name] = (*now, known[2])  # touched, but the same words
        return True

    def add(self, key: str, row: Row) -> None:
        """Notes a PDF that was just written."""
        for name in row.inputs:
            now = stamp(Path(name))
            if now and self.files.get(name, (0, 0, ""))[:2] != now:
                self.files[name] = (*now, digest(Path(name)))
        self.rows[key] = row

    def start(self, engine: str, listing: str) -> None:
        """Forgets everything when the machinery that built it is another one."""
        if self.engine != engine:
            self.rows.clear()
        self.engine, self.listing = engine, listing


def unchanged(out: Path, roots: Sequence[Path]) -> list[Row] | None:
    """All rows when a plain build would find nothing to do; else None."""
    ledger = Ledger.read(out)
    if not ledger.rows or ledger.engine != engine_stamp() or ledger.listing != listing(roots):
        return None
    rows = [ledger.fresh(key) for key in sorted(ledger.rows) if key.startswith("build ")]
    done = [row for row in rows if row is not None]
    return done if rows and len(done) == len(rows) else None


def today() -> str:
    """Today's date."""
    return date.today().isoformat()


def stamp(path: Path) -> tuple[int, int] | None:
    """When a file was changed and how large it is."""
    try:
        info = path.stat()
    except OSError:
        return None
    return info.st_mtime_ns, info.st_size


def digest(path: Path) -> str:
    """A file's fingerprint."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def engine_stamp() -> str:
    """A fingerprint of everything but the content: our code, templates and styles, Python and its packages."""
    parts = [sys.version, *sorted(_walk(ENGINE, (".py", ".j2", ".yaml", ".icc")))]
    parts += [f"{path} {stamp(Path(path))}" for path in sys.path if path.endswith("site-packages")]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def listing(roots: Iterable[Path]) -> str:
    """A fingerprint of which content files there are (not of what they say)."""
    names = [name.rsplit(" ", 2)[0] for root in roots for name in sorted(_walk(root, (".yaml", ".yml")))]
    return hashlib.sha256("\n".join(names).encode()).hexdigest()


def _walk(folder: Path, endings: tuple[str, ...]) -> Iterable[str]:
    stack = [str(folder)]
    while stack:
        try:
            entries = list(os.scandir(stack.pop()))
        except OSError:
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if not entry.name.startswith((".", "__")):
                    stack.append(entry.path)
            elif entry.name.endswith(endings):
                info = entry.stat()
                yield f"{entry.path} {info.st_mtime_ns} {info.st_size}"


def _row(data: Mapping[str, Any]) -> Row:
    values = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
    return Row(**values)
