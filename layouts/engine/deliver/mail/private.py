"""Files that hold something of patients: only their owner can read them, and they never lie among the content."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from ...problems import Place, problem
from ..files import explain

DATA = "HANDOUTS_DATA"  # names another folder for the send log and its key


def data_folder() -> Path:
    """Where the send log and its key are: $HANDOUTS_DATA, else the place that the system gives to programs."""
    if named := os.environ.get(DATA):
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("clinic-handouts", appauthor=False)


def make_folder(path: Path) -> None:
    """Makes a folder that only its owner can look into; one that is there stays as it is. Raises ContentError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            path.mkdir(mode=0o700)
            path.chmod(0o700)  # whatever the umask said
        if not path.is_dir():
            raise NotADirectoryError
    except OSError as error:
        raise explain(error, Place(str(path))) from None


def write_private(path: Path, data: bytes) -> None:
    """Writes a whole file or none, mode 0600. Raises ContentError."""
    make_folder(path.parent)
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-", suffix=path.suffix)  # 0600 from its birth
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(path)
    except OSError as error:
        _forget(temporary)
        raise explain(error, Place(str(path))) from None
    except BaseException:
        _forget(temporary)
        raise


def check_outside(folder: Path, content: Iterable[Path]) -> None:
    """Raises ContentError when a folder for patients' files lies in a content folder, which is shared and versioned."""
    whole = Path(os.path.realpath(folder))
    for root in content:
        if whole.is_relative_to(Path(os.path.realpath(root))):
            message = "files with patients' data never go into a folder of content"
            raise problem(Place(str(folder)), message, "Choose a folder of your own with --out.")


def _forget(name: str) -> None:
    with suppress(OSError):
        if name:
            Path(name).unlink()
