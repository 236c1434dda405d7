"""Work that is the same on every run, kept in the user's own cache folder: font instances, logos, colours.

Nothing of a patient is ever kept here. A cache that cannot be read or written is no problem: the work is done again.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

VARIABLE = "HANDOUTS_CACHE"
VERSION = 2  # raised when what is kept changes its form
_SUM = 32  # bytes of SHA-256 before the data


@lru_cache(maxsize=1)
def folder() -> Path:
    """Where the cache is: $HANDOUTS_CACHE, else the place that the system gives to caches."""
    if named := os.environ.get(VARIABLE):
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("clinic-handouts", appauthor=False)


def kept(kind: str, key: bytes, make: Callable[[], bytes]) -> bytes:
    """What `make` returns, made once for each kind and key."""
    data = recall(kind, key)
    if data is None:
        data = make()
        remember(kind, key, data)
    return data


def recall(kind: str, key: bytes) -> bytes | None:
    """What was kept; None when nothing was, or when a disk has cut it off or spoiled it."""
    try:
        whole = _path(kind, key).read_bytes()
    except OSError:
        return None
    data = whole[_SUM:]
    return data if whole[:_SUM] == hashlib.sha256(data).digest() else None


def remember(kind: str, key: bytes, data: bytes) -> None:
    """Keeps the data, if the disk lets us."""
    path, name = _path(kind, key), ""
    try:
        _own_folder(path.parent)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        with os.fdopen(handle, "wb") as stream:
            stream.write(hashlib.sha256(data).digest() + data)
        Path(name).replace(path)
    except OSError:
        _forget(name)
    except BaseException:
        _forget(name)
        raise


def _own_folder(path: Path) -> None:
    """Makes the folder, for its owner alone where the system has modes. One that somebody named may be shared."""
    path.mkdir(0o700, parents=True, exist_ok=True)
    if VARIABLE not in os.environ and path.stat().st_mode & 0o077:  # made by an earlier version, or another umask
        path.chmod(0o700)


def _path(kind: str, key: bytes) -> Path:
    return folder() / f"{kind}-{VERSION}-{hashlib.sha256(key).hexdigest()[:32]}"


def _forget(name: str) -> None:
    with suppress(OSError):
        if name:
            Path(name).unlink()
