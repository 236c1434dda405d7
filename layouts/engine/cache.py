"""Work that is the same on every run, kept in the user's own cache folder: font instances, logos, colours.

Nothing of a patient is ever kept here. A cache that cannot be read or written is no problem: the work is done again.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

VARIABLE = "HANDOUTS_CACHE"
VERSION = 1  # raised when what is kept changes its form


@lru_cache(maxsize=1)
def folder() -> Path:
    """Where the cache is: $HANDOUTS_CACHE, else the place that the system gives to caches."""
    if named := os.environ.get(VARIABLE):
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("clinic-handouts", appauthor=False)


def kept(kind: str, key: bytes, make: Callable[[], bytes]) -> bytes:
    """What `make` returns, made once for each kind and key."""
    digest = hashlib.sha256(key).hexdigest()[:32]
    path = folder() / f"{kind}-{VERSION}-{digest}"
    try:
        return path.read_bytes()
    except OSError:
        pass
    data = make()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
    except OSError:
        pass
    return data
