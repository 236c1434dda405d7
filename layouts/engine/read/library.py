"""The content folders: what there is, and reading each file of it. `handout.py` puts a handout together.

The shipped library is `handouts/`; a clinic's own folder lies over it, and its files win over shipped ones of the
same id. Files are read when they are needed and kept for the run; what was understood of a file's content is kept for
the process.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import lru_cache, partial
from pathlib import Path, PureWindowsPath
from types import MappingProxyType
from typing import TypeVar

from ..problems import ContentError, Place, Problem, did_you_mean, noting, problem
from ..records import dataclass
from .convert import read_model
from .exercise import DRAWN, ExerciseWords
from .fields import Id, Model, shorten
from .head import head
from .inline import Text
from .kinds import FOLDERS, HANDOUTS
from .models import Clinic, Glossary, Head, Sheet, Wording
from .names import YAML, file_name_problems
from .source import LARGEST_FILE, decode, read_bytes, read_text

M = TypeVar("M", bound=Model)
EXERCISES = "exercises"
LARGEST_PICTURE = 30_000_000  # bytes


@dataclass(frozen=True)
class Root:
    """A content folder; `shown` is how people know it."""

    path: Path
    shown: str

    def place(self, path: Path) -> str:
        """A file of the folder as it is named in problems."""
        try:
            return f"{self.shown}/{path.relative_to(self.path).as_posix()}"
        except ValueError:
            return str(path)


@dataclass(frozen=True)
class Entry:
    """A handout's file."""

    kind: str
    id: str
    path: Path
    root: Root

    @property
    def shown(self) -> str:
        """The file as it is named in problems."""
        return self.root.place(self.path)


@dataclass
class Library:
    """The content of a run. `roots` from the clinic's own to the shipped one."""

    roots: Sequence[Root]
    _models: dict[tuple[Path, type[Model]], Model | ContentError] = field(default_factory=dict)
    _heads: dict[Path, Head] = field(default_factory=dict)
    _entries: dict[str, Entry] | None = None
    _glossary: tuple[Glossary, tuple[Path, ...]] | None = None
    _misnamed: tuple[Problem, ...] = ()
    _misnamed_shared: tuple[Problem, ...] = ()  # of files that every handout needs

    # ------------------------------------------------------------- what there is
    def entries(self) -> dict[str, Entry]:
        """All handouts by id; files whose names cannot be ids are left out, and `misnamed` tells of them."""
        if self._entries is None:
            found: dict[str, Entry] = {}
            wrong: list[Problem] = []
            shared: list[Problem] = []
            for root in reversed(self.roots):
                for kind, folder in FOLDERS.items():
                    for path in sorted(_files(root.path / folder)):
                        entry = Entry(kind, path.stem, path, root)
                        problems = list(file_name_problems(path, entry.shown))
                        wrong.extend(problems)
                        if not problems:
                            found[entry.id] = entry
                shared.extend(_misnamed(root, root.path, ("clinic",)))
                shared.extend(_misnamed(root, root.path / "wording"))
            self._misnamed, self._misnamed_shared = tuple(wrong), tuple(shared)
            self._entries = dict(sorted(found.items()))
        return self._entries

    def misnamed(self) -> tuple[Problem, ...]:
        """What is wrong with the names of files."""
        self.entries()
        return self._misnamed + self._misnamed_shared

    def misnamed_shared(self) -> tuple[Problem, ...]:
        """Those of them that every handout needs."""
        self.entries()
        return self._misnamed_shared

    def entry(self, wanted: str) -> Entry:
        """The handout of that id. Raises ContentError with a hint when there is none."""
        entries = self.entries()
        if wanted not in entries:
            named = [p for p in self._misnamed if Path(p.place.file).name.split(".")[0] == wanted.split(".")[0]]
            if named:
                raise ContentError(named)
            hint = did_you_mean(wanted, entries) or 'See them all with "python build.py list".'
            raise problem(Place(self.roots[0].shown), f'there is no handout "{wanted}"', hint)
        return entries[wanted]

    # ------------------------------------------------------------- reading
    def clinic(self) -> tuple[Clinic, Path]:
        """clinic.yaml and its path."""
        path, root = self._first("clinic.yaml")
        return self._read(path, root, Clinic), path

    def wording(self, language: str, place: Place) -> tuple[Wording, Path]:
        """The fixed words of a language. Raises ContentError at `place` when there are none."""
        files = (p for root in self.roots for p in _files(root.path / "wording"))
        known = {p.stem for p in files if p.suffix == ".yaml" and p.stem != "glossary"}
        if language not in known:
            raise problem(
                place, f'there are no fixed words for the language "{language}"', did_you_mean(language, known)
            )
        path, root = self._first(f"wording/{language}.yaml")
        return self._read(path, root, Wording), path

    def glossary(self) -> tuple[Glossary, tuple[Path, ...]]:
        """The shipped terms with the clinic's own over them."""
        if self._glossary is None:
            self._glossary = self._terms()
        return self._glossary

    def _terms(self) -> tuple[Glossary, tuple[Path, ...]]:
        terms: dict[str, Mapping[str, Text]] = {}
        paths = []
        wrong: list[Problem] = []
        for root in reversed(self.roots):
            path = root.path / "wording" / "glossary.yaml"
            if _is_file(path):
                read = noting(wrong, partial(self._read, path, root, Glossary))
                terms.update(read.terms if read else {})
                paths.append(path)
        if wrong:
            raise ContentError(wrong)
        return Glossary(place=Place("glossary"), terms=MappingProxyType(terms)), tuple(paths)

    def find(self, folder: str, wanted: str) -> Path | None:
        """The file of that id in a folder of the content; None when there is none."""
        return next((path for path in self.places(folder, wanted) if _is_file(path)), None)

    def places(self, folder: str, wanted: str) -> list[Path]:
        """Where a file of that id would be, the clinic's own folder first."""
        return [root.path / folder / f"{wanted}.yaml" for root in self.roots]

    def files(self, folder: str) -> tuple[dict[str, Entry], tuple[Problem, ...]]:
        """A folder's files by id, the clinic's own over ours, and what is wrong with the names of those left out."""
        found: dict[str, Entry] = {}
        wrong: list[Problem] = []
        for root in reversed(self.roots):
            for path in sorted(_files(root.path / folder)):
                entry = Entry(folder, path.stem, path, root)
                if problems := list(file_name_problems(path, entry.shown)):
                    wrong.extend(problems)
                else:
                    found[entry.id] = entry
        return dict(sorted(found.items())), tuple(wrong)

    def one(self, path: Path, kind: type[M]) -> M:
        """A file that `find` found. Raises ContentError."""
        root = next(root for root in self.roots if path.is_relative_to(root.path))
        return self._read(path, root, kind)

    def sheet(self, entry: Entry) -> Sheet:
        """A handout's own file."""
        return self._read(entry.path, entry.root, HANDOUTS[entry.kind])

    def exercise(self, wanted: Id) -> tuple[ExerciseWords, Path]:
        """An exercise's words and its file. Raises ContentError at the place that names it when there is none."""
        path = self.find(EXERCISES, wanted)
        if path is None:
            raise problem(
                wanted.place, f'there is no exercise "{wanted}"', did_you_mean(wanted, self.files(EXERCISES)[0])
            )
        root = next(root for root in self.roots if path.is_relative_to(root.path))
        return self._read(path, root, ExerciseWords, without=DRAWN), path

    def file(self, name: str, place: Place, near: Path) -> Path:
        """A picture or font that content names, below the folder of `near`. Raises ContentError when it leaves the
        content folder or is not there."""
        root = next((r for r in self.roots if near.is_relative_to(r.path)), self.roots[0])
        path = root.path / name
        if Path(name).is_absolute() or PureWindowsPath(name).is_absolute() or not _inside(path, root.path):
            raise problem(
                place, f'"{shorten(name)}" is outside the content folder', "Copy the file into the content folder."
            )
        if not _is_file(path):
            raise problem(place, f'there is no file "{shorten(name)}" in {root.shown}/', _near_file(path))
        return path

    def picture(self, name: str, place: Place, near: Path) -> bytes:
        """A picture's bytes. Raises ContentError at the place that names it."""
        path = self.file(name, place, near)
        try:
            return read_bytes(path, name, LARGEST_PICTURE)
        except ContentError as error:
            raise problem(place, f'"{shorten(name)}": {error.problems[0].message}', error.problems[0].hint) from None

    def head(self, entry: Entry) -> Head:
        """What others print of a handout, read without the rest of its file where that is possible."""
        if entry.path not in self._heads:
            try:
                text = decode(read_bytes(entry.path, entry.shown, LARGEST_FILE), entry.shown)
                self._heads[entry.path] = _head(head(text), entry.shown)
            except ContentError:  # an unusual way of writing it, or mistakes: the whole file tells
                whole = self.sheet(entry)
                self._heads[entry.path] = Head(place=whole.place, number=whole.number, title=whole.title)
        return self._heads[entry.path]

    def _first(self, name: str) -> tuple[Path, Root]:
        for root in self.roots:
            path = root.path / name
            if _is_file(path):
                return path, root
        last = self.roots[-1]
        raise problem(Place(last.place(last.path / name)), "there is no such file")

    def _read(self, path: Path, root: Root, kind: type[M], without: Sequence[str] = ()) -> M:
        """The file as a model; the fields `without` are left to others."""
        key = (path, kind)
        if key not in self._models:
            try:
                if not _inside(path, root.path):
                    raise problem(Place(root.place(path)), "this file is a link that leads outside the content folder")
                shown = root.place(path)
                data = read_bytes(path, shown, LARGEST_FILE)
                self._models[key] = _model(data, shown, kind, tuple(without))  # type: ignore[arg-type]  # a class is hashable
            except ContentError as error:
                self._models[key] = error
        done = self._models[key]
        if isinstance(done, ContentError):
            raise ContentError(done.problems)
        assert isinstance(done, kind)
        return done


@lru_cache(maxsize=256)
def _model(data: bytes, shown: str, kind: type[Model], without: tuple[str, ...]) -> Model:
    """A file's content as a model. A process that stays up and reads again reads only what is different."""
    node = read_text(decode(data, shown), shown)
    if without:
        node = replace(node, items={k: v for k, v in node.items.items() if k not in without})
    return read_model(node, kind)


@lru_cache(maxsize=256)
def _head(text: str, shown: str) -> Head:
    return read_model(read_text(text, shown), Head)


def _files(folder: Path) -> Iterator[Path]:
    try:
        paths = list(folder.iterdir())
    except FileNotFoundError:
        return
    except OSError as error:
        message = f"this folder cannot be read ({error.strerror or error})"
        raise problem(
            Place(str(folder)), message, "Ask whoever looks after the computer for the right to read it."
        ) from None
    for path in paths:
        if YAML.search(path.name) and not path.name.startswith((".", "~", "#")):
            yield path


def _is_file(path: Path) -> bool:
    """False also for a path that cannot be looked at, such as one with a name that is too long."""
    try:
        return path.is_file()
    except OSError:
        return False


def _near_file(path: Path) -> str:
    try:
        return did_you_mean(path.name, [p.name for p in path.parent.iterdir() if p.is_file()])
    except OSError:
        return ""


def _misnamed(root: Root, folder: Path, names: Sequence[str] = ()) -> Iterator[Problem]:
    """Files that would be passed over in silence because of their names' capitals or ending."""
    for path in sorted(_files(folder)):
        name = YAML.sub("", path.name).lower()
        if path.name != f"{name}.yaml" and (name in names or not names):
            yield Problem(
                Place(root.place(path)), "this file's name is not quite right", f'Rename it to "{name}.yaml".'
            )


def _inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return False
