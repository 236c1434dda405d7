"""Writing what people keep: whole files or none, and problems in words when a disk says no."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from ..problems import ContentError, Place, problem


def write_file(path: Path, data: bytes) -> None:
    """Writes beside and renames, so that an old file is replaced only by a finished new one. Raises ContentError."""
    shown = Place(str(path))
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-", suffix=path.suffix)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            _forget(Path(temporary))
        raise explain(error, shown, existed=path.exists()) from None
    except BaseException:
        if temporary:
            _forget(Path(temporary))
        raise


def explain(error: OSError, place: Place, *, existed: bool) -> ContentError:
    """What the system says, as a problem that somebody can do something about."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return problem(place, "the disk is full", "Make room, then build again.")
    if error.errno == errno.EROFS:
        return problem(place, "this disk or folder cannot be written to", "Choose another folder with --out.")
    if isinstance(error, PermissionError):
        if existed:
            return problem(
                place, "this file is in use or may not be replaced", "Close it in the PDF viewer, then build again."
            )
        return problem(place, "this folder may not be written to", "Choose another folder with --out.")
    if isinstance(error, (NotADirectoryError, FileExistsError)):
        return problem(place, "a file stands where a folder is needed", "Choose another folder with --out.")
    if error.errno == errno.ENAMETOOLONG:
        return problem(place, "this file name is too long for the disk", "Choose another folder with --out.")
    return problem(
        place, f"this file cannot be written ({error.strerror or error})", "Choose another folder with --out."
    )


def _forget(path: Path) -> None:
    try:
        path.unlink()
    except OSError:
        pass
