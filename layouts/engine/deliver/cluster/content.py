"""The content that a merge needs, as one archive for the workers of a cluster. Nothing of a patient is in it."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from ...read.handout import read_handout
from ...read.library import Root
from ..merging import Checked, content_files
from ..press import Press


@dataclass(frozen=True)
class Content:
    """Content files, each below the number of its root; `shown` is how people know the roots, in order."""

    archive: bytes
    shown: tuple[str, ...]

    def __repr__(self) -> str:
        return f"Content({len(self.archive)} bytes)"


def packed(press: Press, found: Checked) -> Content:
    """All files that the sheets of a table are made from. Raises ContentError."""
    library = press.library
    heads = {path for id_ in found.handouts for path in read_handout(library, id_).heads}
    return _archive(library.roots, sorted(content_files(press, found) | heads))


def _archive(roots: Sequence[Root], paths: Iterable[Path]) -> Content:
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for path in paths:
            number, root = next((i, root) for i, root in enumerate(roots) if path.is_relative_to(root.path))
            if path.is_file():
                name = os.path.normpath(path.relative_to(root.path))
                archive.writestr(f"{number}/{Path(name).as_posix()}", path.read_bytes())
    return Content(stream.getvalue(), tuple(root.shown for root in roots))


def unpacked(content: Content, folder: Path) -> tuple[Root, ...]:
    """The same roots below a folder that is empty. Raises OSError."""
    with ZipFile(io.BytesIO(content.archive)) as archive:
        archive.extractall(folder)
    for number in range(len(content.shown)):
        (folder / str(number)).mkdir(exist_ok=True)
    return tuple(Root(folder / str(number), shown) for number, shown in enumerate(content.shown))
