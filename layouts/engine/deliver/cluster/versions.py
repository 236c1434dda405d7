"""What decides how a page comes out on a computer, so that two computers can be compared."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PROGRAM = Path(__file__).parents[3]  # layouts/
PACKAGES = (
    "coloraide", "commonmark", "dask", "distributed", "fonttools", "fontpkg-atkinson-hyperlegible", "fontpkg-lexend",
    "fontpkg-noto-sans", "jinja2", "lxml", "pikepdf", "pillow", "pyphen", "reportlab", "segno", "svglib", "tinycss2",
)  # fmt: skip
_OURS = (".py", ".j2", ".yaml", ".icc")
_NONE = "none"
OWN = "this program"


def versions() -> dict[str, str]:
    """The versions of this program, of Python and of the packages that draw or connect; "none" for one that is not
    there. This program's is a fingerprint of its files, the same however their lines end."""
    packages = {name: _version(name) for name in PACKAGES}
    return {OWN: _program(), "Python": platform.python_version().rpartition(".")[0], **packages}


def difference(here: Mapping[str, str], there: Mapping[str, str]) -> str:
    """The first of what differs there, in words; '' when nothing does."""
    for name, known in here.items():
        other = there.get(name, _NONE)
        if other != known:
            return "it has another version of this program" if name == OWN else f"it has {name} {other}, not {known}"
    return ""


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return _NONE


def _program() -> str:
    total = hashlib.sha256()
    for path in sorted(PROGRAM.rglob("*"), key=lambda path: path.relative_to(PROGRAM).as_posix()):
        if path.suffix in _OURS and path.is_file():
            data = path.read_bytes().replace(b"\r\n", b"\n")
            total.update(f"{path.relative_to(PROGRAM).as_posix()} {len(data)} ".encode() + data)
    return total.hexdigest()
