"""What was built from what: the memory that lets a build do nothing when nothing changed.

Only the standard library is imported here, because asking whether anything changed has to be faster than
importing what would build it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import field, replace
from datetime import date
from pathlib import Path
from typing import Any

from ..read.head import MARK, head
from ..records import dataclass

NAME = ".handouts.json"
FORM = 2  # raised when the ledger's own form changes
ENGINE = Path(__file__).parents[2]  # layouts/
ABSENT = "-"  # the digest of a file that was looked for in vain: once it is there, its handout is made anew
_YAML = re.compile(r"\.ya?ml(\.txt)?$", re.IGNORECASE)
_LARGEST = 50_000_000  # bytes; the ledger of a thousand handouts has fewer than 2 000 000


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
    digests: tuple[str, ...] = ()  # of the inputs, as they were when the PDF was made


@dataclass
class Ledger:
    """The rows of an output folder, and the fingerprints of input files by time and size, so that few are read.

    `whole` has the keys of the last build of everything, if nothing was wrong with it: only that can be repeated by
    doing nothing. `names` are the content files that there were, by which a file that is laid over another is noticed.
    `shelf` is the state of all exercises: a link between two of them can be wrong though no PDF is made from either.
    """

    path: Path
    engine: str = ""
    whole: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    shelf: str = ""
    rows: dict[str, Row] = field(default_factory=dict)
    files: dict[str, tuple[int, int, str]] = field(default_factory=dict)
    before: dict[str, tuple[int, int] | None] = field(default_factory=dict)

    @classmethod
    def read(cls, out: Path) -> Ledger:
        """The folder's ledger; an empty one when there is none, or when it cannot be understood."""
        ledger = cls(out / NAME)
        try:
            if not ledger.path.is_file() or ledger.path.stat().st_size > _LARGEST:
                return ledger
            data = json.loads(ledger.path.read_text(encoding="utf-8"))
            if data["form"] == FORM:
                ledger.engine, ledger.whole, ledger.names = (
                    str(data["engine"]),
                    _texts(data["whole"]),
                    _texts(data["names"]),
                )
                ledger.shelf = str(data["shelf"])
                ledger.rows = {k: _row(v) for k, v in data["rows"].items()}
                ledger.files = {k: (int(v[0]), int(v[1]), str(v[2])) for k, v in data["files"].items()}
        except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return cls(out / NAME)
        return ledger

    def write(self) -> None:
        """Saves the ledger. A folder that cannot be written is told of by the PDFs, not by this."""
        from ..problems import ContentError
        from .files import write_file

        used = {name for row in self.rows.values() for name in row.inputs}
        data = {
            "form": FORM,
            "engine": self.engine,
            "whole": self.whole,
            "names": self.names,
            "shelf": self.shelf,
            "rows": {k: vars(row) for k, row in self.rows.items()},
            "files": {k: v for k, v in self.files.items() if k in used},
        }
        with suppress(ContentError):
            write_file(self.path, json.dumps(data).encode("utf-8"))

    def fresh(self, key: str, path: str = "") -> Row | None:
        """The row of a PDF that is as it was left (at `path`), made from files that are as they were; else None.

        Its findings are of the row's `day`.
        """
        row = self.rows.get(key)
        if row is None or row.path != (path or row.path) or stamp(row.path) != row.stamp:
            return None
        same = len(row.inputs) == len(row.digests) and all(map(self._same, row.inputs, row.digests))
        return row if same else None

    def _same(self, name: str, known: str) -> bool:
        return bool(known) and self._digest(name) == known

    def _digest(self, name: str) -> str:
        path = name.removesuffix(MARK)
        now = self.before[path] if path in self.before else stamp(path)
        if now is None:
            return ABSENT
        if self.files.get(name, (0, 0, ""))[:2] != now:
            self.files[name] = (*now, digest(Path(path), only_head=name.endswith(MARK)))
        return self.files[name][2]

    def add(self, key: str, row: Row) -> None:
        """Notes a PDF that was just written. What was saved meanwhile has no digest: the next build reads it."""
        files = {name: name.removesuffix(MARK) for name in row.inputs}
        changed = {n for n, file in files.items() if file in self.before and stamp(file) != self.before[file]}
        digests = tuple("" if name in changed else self._digest(name) for name in row.inputs)
        self.rows[key] = replace(row, digests=digests)

    def start(self, engine: str, roots: Sequence[Path]) -> None:
        """Forgets what another machinery built, and what a file that has come or gone since then could have changed."""
        names = listing(roots)
        changed = {_in_root(name) for name in set(self.names) ^ set(names)}
        if self.engine != engine:
            self.rows.clear()
        elif changed:
            ours = {_path(name): _in_root(name) for name in (*self.names, *names)}
            self.rows = {
                k: row
                for k, row in self.rows.items()
                if not any(ours.get(i.removesuffix(MARK)) in changed for i in row.inputs)
            }
        if self.names != names:
            self.whole = ()
        self.engine, self.names = engine, names
        self.before = {_path(name): stamp(_path(name)) for name in names}
        self.shelf = shelf(names, self.before)


def unchanged(out: Path, roots: Sequence[Path]) -> list[Row] | None:
    """All rows when a plain build would find nothing to do; else None."""
    ledger = Ledger.read(out)
    names = listing(roots)
    if not ledger.whole or ledger.engine != engine_stamp() or ledger.names != names or ledger.shelf != shelf(names):
        return None
    now = today()
    rows = [ledger.fresh(key) for key in ledger.whole]
    done = [row for row in rows if row is not None and row.day == now]
    return done if len(done) == len(rows) else None


def today() -> str:
    """Today's date."""
    return date.today().isoformat()


def stamp(path: Path | str) -> tuple[int, int] | None:
    """When a file was changed and how large it is."""
    try:
        info = os.stat(path)  # noqa: PTH116  (a Path for each of hundreds of files would take longer than asking)
    except (OSError, ValueError):
        return None
    return info.st_mtime_ns, info.st_size


def digest(path: Path, *, only_head: bool = False) -> str:
    """A file's fingerprint, or its head's."""
    try:
        data = path.read_bytes()
    except OSError:
        return ""
    if only_head:
        data = "".join(head(data.decode("utf-8", "replace")).split("\n")).encode()  # wherever its lines stand
    return hashlib.sha256(data).hexdigest()


def engine_stamp() -> str:
    """A fingerprint of everything but the content: our code, templates and styles, Python and its packages."""
    parts = [sys.version, *sorted(_walk(ENGINE, (".py", ".j2", ".yaml", ".icc")))]
    parts += [f"{path} {stamp(path)}" for path in sys.path if path.endswith("site-packages")]
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def listing(roots: Iterable[Path]) -> tuple[str, ...]:
    """Which content files there are (not what they say), the clinic's own folder first: "root<TAB>path in it"."""
    return tuple(f"{root}\t{name}" for root in roots for name in sorted(_content(str(root))))


def shelf(names: Iterable[str], known: Mapping[str, tuple[int, int] | None] | None = None) -> str:
    """A fingerprint of the exercises among content files, by time and size; `known` are those by path."""
    paths = (_path(name) for name in names if _in_root(name).startswith("exercises/"))
    lines = (f"{path} {known[path] if known else stamp(path)}" for path in paths)
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def _content(root: str) -> Iterator[str]:
    """The content files of a root and of its folders; of these, links are followed as reading follows them."""
    for entry in _entries(root):
        if _YAML.search(entry.name):
            yield entry.name
        elif entry.is_dir():
            yield from (f"{entry.name}/{file.name}" for file in _entries(entry.path) if _YAML.search(file.name))


def _entries(folder: str) -> list[os.DirEntry[str]]:
    """What is in a folder, without what editors and systems put beside files."""
    try:
        with os.scandir(folder) as entries:
            return [entry for entry in entries if not entry.name.startswith((".", "~", "#"))]
    except OSError:
        return []


def _walk(folder: Path, endings: tuple[str, ...]) -> Iterator[str]:
    stack = [str(folder)]
    while stack:
        for entry in _entries(stack.pop()):
            if entry.is_dir(follow_symlinks=False):
                if not entry.name.startswith("__"):
                    stack.append(entry.path)
            elif entry.name.endswith(endings):
                yield f"{entry.path} {stamp(entry.path)}"


def _path(name: str) -> str:
    return name.replace("\t", "/", 1).replace("/", os.sep)


def _in_root(name: str) -> str:
    """The path inside the root, without ending: "en.yml" is meant to be "en.yaml"."""
    return _YAML.sub("", name.partition("\t")[2]).lower()


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise TypeError("not a list of texts")
    return tuple(value)


def _row(data: dict[str, Any]) -> Row:
    """The row; an exception when it is none."""
    time, size = data["stamp"]
    texts = {k: data[k] for k in ("handout", "edition", "path", "day")}
    if not all(isinstance(v, str) for v in texts.values()):
        raise TypeError("not a row")
    return Row(
        **texts,
        pages=int(data["pages"]),
        size=int(data["size"]),
        findings=_texts(data["findings"]),
        inputs=_texts(data["inputs"]),
        digests=_texts(data["digests"]),
        stamp=(int(time), int(size)),
    )
