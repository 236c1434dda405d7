"""The folder of a merge. It holds a journal, from which the merge can go on after a crash: the same rows get the same
numbers, and a file that is there is whole. Nothing in the journal tells who the patients are.
"""

from __future__ import annotations

import errno
import hmac
import json
import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from pathlib import Path

from ..problems import Place, Problem, noting, problem
from ..read.plan import LETTERS
from .files import explain, make_private_folder, sweep, write_file
from .locks import locked

JOURNAL, LOCK = ".merge.json", ".merge.lock"
_FORM = 1


@dataclass(frozen=True)
class Journal:
    """What a folder remembers of its merge. `key` makes the documents' ids; `seal` tells another table or options."""

    key: str
    seal: str
    content: str
    day: str
    sheets: int

    def documents(self) -> Iterator[str]:
        """The documents' ids, in order, none of them twice."""
        seen: set[str] = set()
        number = 0
        while True:
            number += 1
            value = int.from_bytes(hmac.digest(bytes.fromhex(self.key), b"%d" % number, "sha256")[:16], "big")
            text = ""
            for _ in range(8):
                value, letter = divmod(value, len(LETTERS))
                text += LETTERS[letter]
            if text not in seen:
                seen.add(text)
                yield f"{text[:4]}-{text[4:]}"

    def sealed(self, about: bytes) -> str:
        """What this journal would say of a table and options."""
        return hmac.new(bytes.fromhex(self.key), about, "sha256").hexdigest()


def new_journal(about: bytes, content: str, day: str, sheets: int) -> Journal:
    """The journal of a new merge."""
    journal = Journal(secrets.token_hex(16), "", content, day, sheets)
    return replace(journal, seal=journal.sealed(about))


def read_journal(folder: Path) -> Journal | None:
    """The journal of a folder; None when there is none. Raises ContentError for one that cannot be understood: whose
    sheets are there nobody knows."""
    path = folder / JOURNAL
    try:
        text = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:  # whoever makes the folder says so
            return None
        raise problem(Place(str(path)), f"this file cannot be read ({error.strerror})", _ELSEWHERE) from None
    try:
        data = json.loads(text.decode())
        form = data.pop("form")
        journal = Journal(**data)
        bytes.fromhex(journal.key)
        date.fromisoformat(journal.day)
        if form != _FORM:
            raise ValueError
    except (ValueError, LookupError, TypeError, AttributeError):
        message = "the journal of this merge is damaged, so nobody can tell whose sheets are here"
        raise problem(Place(str(path)), message, _ELSEWHERE) from None
    return journal


_ELSEWHERE = "Start anew in another folder, and delete this one when you need its sheets no longer."


def write_journal(folder: Path, journal: Journal) -> None:
    """Keeps it. Raises ContentError."""
    data = json.dumps({"form": _FORM, **vars(journal)}, indent=0).encode()
    write_file(folder / JOURNAL, data, private=True, lasting=True)


# --------------------------------------------------------------------------- which folder
def latest(above: Path, seals: Collection[bytes]) -> tuple[Path, Journal | None, list[Problem]]:
    """The newest merge with one of the seals below a folder, or that folder itself where it is one; and what is wrong
    with the journals that were looked at in vain."""
    below = sorted(above.glob("merge-*"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    wrong: list[Problem] = []
    for folder in (above, *below):
        journal = noting(wrong, lambda folder=folder: read_journal(folder))  # type: ignore[misc]
        if journal and journal.seal in map(journal.sealed, seals):
            return folder, journal, []
    return above, None, wrong


def unused(above: Path) -> Path:
    """A new folder for a merge, which is made: no other program takes it, too. Raises ContentError."""
    make_private_folder(above)
    for number in count(1):
        folder = above / f"merge-{date.today():%Y-%m-%d}{f'-{number}' if number > 1 else ''}"
        try:
            folder.mkdir(0o700)
        except FileExistsError:
            continue
        except OSError as error:
            raise explain(error, Place(str(folder))) from None
        folder.chmod(0o700)  # whatever the umask said
        return folder
    raise AssertionError


@contextmanager
def at_work(folder: Path, journal: Journal) -> Iterator[None]:
    """Keeps the journal, and the folder for this program alone. Raises ContentError when another is at work there."""
    make_private_folder(folder)
    hint = "Wait until it is done, or name another folder with --out."
    busy = Problem(Place(str(folder)), "another window is making sheets in this folder at this moment", hint)
    with locked(folder / LOCK, busy):
        if read_journal(folder) not in (None, journal):  # begun since we looked
            raise problem(Place(str(folder)), "another window has made sheets here", "Name another folder with --out.")
        write_journal(folder, journal)
        sweep(folder)
        yield
