"""Writing what people keep: whole files or none, and problems in words when a disk says no."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

from ..problems import ContentError, Place, problem

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)  # the last is Windows'


def write_file(path: Path, data: bytes, *, private: bool = False, lasting: bool = False) -> None:
    """Writes beside and renames, so that an old file is replaced only by a finished new one.

    A `private` file, and the folders that are made for it, are for their owner alone where the system has modes. One
    that is `lasting` is on the disk, whatever happens to the computer, before it has its name; that takes as long as
    half a sheet, so it is for what cannot be made again. Raises ContentError.
    """
    shown = Place(str(path))
    temporary = path.with_name(f".new-{os.urandom(8).hex()}")  # known before it is there, to be deleted at Ctrl-C
    try:
        if private:
            make_private_folder(path.parent)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(temporary, _NEW, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            if lasting:
                stream.flush()
                os.fsync(stream.fileno())
        temporary.chmod(0o600 if private else 0o644)
        temporary.replace(path)
    except OSError as error:
        _forget(temporary)
        raise explain(error, shown) from None
    except BaseException:
        _forget(temporary)
        raise


def make_private_folder(path: Path) -> None:
    """Makes a folder, and those above it that are missing, for their owner alone where the system has modes; what is
    there stays as it is. Raises ContentError."""
    try:
        for folder in reversed([one for one in (path, *path.parents) if not one.exists()]):
            with suppress(FileExistsError):
                folder.mkdir(0o700)
                folder.chmod(0o700)  # whatever the umask said
        if not path.is_dir():
            raise NotADirectoryError
    except OSError as error:
        raise explain(error, Place(str(path))) from None


def explain(error: OSError, place: Place) -> ContentError:
    """What the system says of writing `place`, as a problem that somebody can do something about."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return problem(place, "the disk is full", "Make room on it, then try again.")
    if error.errno == errno.EROFS:
        return problem(place, "this disk cannot be written to", "Choose a folder on another disk.")
    if os.path.isdir(place.file):  # noqa: PTH112  (os.path never raises)
        return problem(
            place, "a folder with this file's name is in the way", "Rename or move that folder, then try again."
        )
    if isinstance(error, PermissionError) and os.path.exists(place.file):  # noqa: PTH110
        return problem(place, "this file is open or may not be replaced", "Close it in the PDF viewer, then try again.")
    if isinstance(error, PermissionError):
        return problem(place, "you may not write into this folder", "Choose another folder, or ask whoever set it up.")
    if isinstance(error, (NotADirectoryError, FileExistsError)):
        return problem(
            place, "a file is in the way where a folder is needed", "Rename or move that file, then try again."
        )
    if error.errno == errno.ENAMETOOLONG:
        start = place.file[:60] + "…" * (len(place.file) > 60)
        return problem(Place(start), "this path is too long for the disk", "Choose a folder with a shorter path.")
    return problem(place, f"this file cannot be written ({error.strerror or error})", "Choose another folder.")


def _forget(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
