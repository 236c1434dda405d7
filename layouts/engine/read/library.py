"""The content folders: what there is, and reading it.

The shipped library is `handouts/`; a clinic's own folder lies over it, and its files win over shipped ones of the
same id. Files are read when they are needed and kept for the run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PureWindowsPath
from types import MappingProxyType
from typing import TypeVar
from unicodedata import normalize

from ..problems import ContentError, Place, Problem, did_you_mean, problem
from .convert import read_model
from .fields import Model, shorten
from .head import head
from .inline import Text, check_terms
from .models import Clinic, Glossary, Guide, GuideHead, RedFlags, Wording
from .source import LARGEST_FILE, Mapping, decode, read_bytes, read_file, read_text
from .walk import texts_of

M = TypeVar("M", bound=Model)
T = TypeVar("T")
FOLDERS = {"guide": "guides"}
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)  # names that Windows keeps for devices
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_YAML = re.compile(r"\.ya?ml(\.txt)?$", re.IGNORECASE)  # ".yaml.txt" is what Windows Notepad likes to write
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


@dataclass(frozen=True)
class Handout:
    """One handout with everything that its pages need. `files` are the content files that it was made from."""

    entry: Entry
    guide: Guide
    clinic: Clinic
    wording: Wording
    glossary: Glossary
    related: tuple[tuple[str, GuideHead], ...]
    files: tuple[Path, ...]
    heads: tuple[Path, ...]  # files of which only the head is used

    @property
    def id(self) -> str:
        """The handout's id."""
        return self.entry.id


@dataclass
class Library:
    """The content of a run. `roots` from the clinic's own to the shipped one."""

    roots: Sequence[Root]
    _models: dict[Path, Model | ContentError] = field(default_factory=dict)
    _heads: dict[Path, GuideHead] = field(default_factory=dict)
    _entries: dict[str, Entry] | None = None
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
                        problems = list(_file_name_problems(entry))
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
        terms: dict[str, MappingType[str, Text]] = {}
        paths = []
        wrong: list[Problem] = []
        for root in reversed(self.roots):
            path = root.path / "wording" / "glossary.yaml"
            if _is_file(path):
                read = _noting(wrong, partial(self._read, path, root, Glossary))
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
                if problems := list(_file_name_problems(entry)):
                    wrong.extend(problems)
                else:
                    found[entry.id] = entry
        return dict(sorted(found.items())), tuple(wrong)

    def one(self, path: Path, kind: type[M]) -> M:
        """A file that `find` found. Raises ContentError."""
        root = next(root for root in self.roots if path.is_relative_to(root.path))
        return self._read(path, root, kind)

    def guide(self, entry: Entry) -> Guide:
        """A guide's file."""
        return self._read(entry.path, entry.root, Guide)

    def handout(self, wanted: str) -> Handout:
        """A handout with all that belongs to it. Raises ContentError with every problem of all its files."""
        entry = self.entry(wanted)
        wrong: list[Problem] = list(self._misnamed_shared)
        guide = _noting(wrong, lambda: self.guide(entry))
        clinic = _noting(wrong, self.clinic)
        glossary = _noting(wrong, self.glossary)
        if guide is None or clinic is None or glossary is None:
            if guide is None:  # its language cannot be known
                _noting(wrong, lambda: self.wording("en", Place(entry.shown)))
            else:
                _noting(wrong, lambda: self.wording(str(guide.language), getattr(guide.language, "place", guide.place)))
            raise ContentError(wrong)
        language = guide.language
        at = getattr(language, "place", guide.place)
        wording = _noting(wrong, lambda: self.wording(str(language), at))
        related = [_noting(wrong, partial(self._related, r, guide)) for r in guide.related]
        for text in texts_of((guide, *wording[0].red_flags.values()) if wording else guide):
            _noting(wrong, partial(check_terms, text, set(glossary[0].terms)))
        if wording is not None:
            _noting(wrong, lambda: self._red_flags(guide, wording[0]))
        if wrong or wording is None:
            raise ContentError(wrong)
        others = tuple((i, g) for i, g in filter(None, related))
        files = (entry.path, clinic[1], wording[1], *glossary[1])
        heads = tuple(self.entries()[i].path for i, _ in others)
        return Handout(entry, guide, clinic[0], wording[0], glossary[0], others, files, heads)

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

    def _related(self, other: str, guide: Guide) -> tuple[str, GuideHead]:
        place = getattr(other, "place", guide.place)
        entries = self.entries()
        if other not in entries:
            raise problem(place, f'there is no handout "{other}"', did_you_mean(other, entries))
        try:
            return other, self._head(entries[other])
        except ContentError as error:
            pointer = Problem(place, f'the related handout "{other}" has mistakes of its own', "Mend them in its file.")
            raise ContentError([pointer, *error.problems]) from None

    def _head(self, entry: Entry) -> GuideHead:
        """What others print of a guide, read without the rest of its file where that is possible."""
        if entry.path not in self._heads:
            try:
                text = decode(read_bytes(entry.path, entry.shown, LARGEST_FILE), entry.shown)
                self._heads[entry.path] = read_model(read_text(head(text), entry.shown), GuideHead)
            except ContentError:  # an unusual way of writing it, or mistakes: the whole file tells
                whole = self.guide(entry)
                self._heads[entry.path] = GuideHead(place=whole.place, number=whole.number, title=whole.title)
        return self._heads[entry.path]

    def _red_flags(self, guide: Guide, wording: Wording) -> None:
        name = guide.red_flags
        if name not in wording.red_flags:
            raise problem(
                name.place, f'there are no red flags "{name}" in the wording', did_you_mean(name, wording.red_flags)
            )

    def _first(self, name: str) -> tuple[Path, Root]:
        for root in self.roots:
            path = root.path / name
            if _is_file(path):
                return path, root
        last = self.roots[-1]
        raise problem(Place(last.place(last.path / name)), "there is no such file")

    def _read(self, path: Path, root: Root, kind: type[M]) -> M:
        if path not in self._models:
            try:
                if not _inside(path, root.path):
                    raise problem(Place(root.place(path)), "this file is a link that leads outside the content folder")
                node: Mapping = read_file(path, root.place(path))
                self._models[path] = read_model(node, kind)
            except ContentError as error:
                self._models[path] = error
        done = self._models[path]
        if isinstance(done, ContentError):
            raise ContentError(done.problems)
        assert isinstance(done, kind)
        return done


def red_flags(guide: Guide, wording: Wording) -> RedFlags:
    """The signs that the guide prints: the set that it names and its own."""
    base, extra = wording.red_flags[guide.red_flags], guide.extra_red_flags
    if extra is None:
        return base
    return RedFlags(
        place=extra.place,
        emergency=base.emergency + extra.emergency,
        same_day=base.same_day + extra.same_day,
        poster=extra.poster or base.poster,
    )


def _noting(wrong: list[Problem], read: Callable[[], T]) -> T | None:
    """What `read` returns, or None with its problems noted."""
    try:
        return read()
    except ContentError as error:
        wrong.extend(error.problems)
        return None


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
        if _YAML.search(path.name) and not path.name.startswith((".", "~", "#")):
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


def _file_name_problems(entry: Entry) -> Iterator[Problem]:
    place, name = Place(entry.shown), _YAML.sub("", entry.path.name)
    ascii_name = normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    near = re.sub(r"[^a-z0-9]+", "-", ascii_name)[:60].strip("-") or "knee-pain"
    if RESERVED.fullmatch(name):
        yield Problem(place, f'the name "{name}" belongs to Windows', "Give the file another name.")
    elif not _ID.fullmatch(name) or len(name) > 60:
        rule = (
            "at most 60 characters long"
            if _ID.fullmatch(name)
            else "lowercase words (a to z, 0 to 9) joined by hyphens"
        )
        yield Problem(place, f"a file name is {rule}", f'Rename it, for example to "{near}.yaml".')
    elif entry.path.suffix != ".yaml" or entry.id != name:
        yield Problem(place, 'content files end in ".yaml"', f'Rename it to "{name}.yaml".')


def _misnamed(root: Root, folder: Path, names: Sequence[str] = ()) -> Iterator[Problem]:
    """Files that would be passed over in silence because of their names' capitals or ending."""
    for path in sorted(_files(folder)):
        name = _YAML.sub("", path.name).lower()
        if path.name != f"{name}.yaml" and (name in names or not names):
            yield Problem(
                Place(root.place(path)), "this file's name is not quite right", f'Rename it to "{name}.yaml".'
            )


def _inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return False
