"""The send log: what went out, without saying to whom.

Messages and recipients stand in it as HMACs under a key that never leaves this computer. Before a message's text
leaves, its line says "sending"; what the server answers is added after it. A line that stayed "sending" (the program
was stopped, the line dropped) is an unknown outcome, and such a message is never sent again by itself.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Literal, get_args

from ...problems import Place, problem
from ..files import explain, make_private_folder, write_file

State = Literal["sending", "sent", "unknown", "refused"]
DATA = "HANDOUTS_DATA"  # names another folder for the log and its key
KEY, LOG, LOCK = "mail.key", "mail.log", "mail.lock"
_KEY_BYTES = 32


@dataclass
class Outbox:
    """The send log of this user on this computer."""

    folder: Path
    key: bytes = field(repr=False)
    states: dict[str, State] = field(default_factory=dict)

    def token(self, kind: str, *parts: bytes) -> str:
        """An HMAC of the parts under the local key, 64 hexadecimal digits; the same parts have the same on any day."""
        whole = hmac.new(self.key, kind.encode() + b"\0", hashlib.sha256)
        for part in parts:
            whole.update(len(part).to_bytes(8, "big") + part)
        return whole.hexdigest()

    def state(self, message: str) -> State | None:
        """What is known of a message: sent, unknown or refused; None where it was never tried."""
        found = self.states.get(message)
        return "unknown" if found == "sending" else found

    def note(self, message: str, address: str, state: State) -> None:
        """Writes what became of a message, on the disk before it returns. Raises ContentError."""
        line = {
            "message": message,
            "to": self.token("to", address.lower().encode()),
            "state": state,
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        path = self.folder / LOG
        try:
            handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            with os.fdopen(handle, "ab") as stream:
                stream.write((json.dumps(line) + "\n").encode())
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            raise explain(error, Place(str(path))) from None
        self.states[message] = state


def data_folder() -> Path:
    """Where the log and its key are: $HANDOUTS_DATA, else the place that the system gives to programs."""
    if named := os.environ.get(DATA):
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("clinic-handouts", appauthor=False)


@contextmanager
def opened(folder: Path | None = None) -> Iterator[Outbox]:
    """The send log, for one program at a time. Raises ContentError when another is at work, or the disk says no."""
    folder = folder or data_folder()
    make_private_folder(folder)
    with _locked(folder / LOCK):
        states = _states(folder / LOG)
        _end_line(folder / LOG)
        yield Outbox(folder, _key(folder / KEY), states)


def key_of(folder: Path | None = None) -> Outbox:
    """A log that only makes tokens, for drafts: nothing is read of it, and nothing is noted."""
    folder = folder or data_folder()
    make_private_folder(folder)
    return Outbox(folder, _key(folder / KEY))


def _key(path: Path) -> bytes:
    """The key, made when there is none. Raises ContentError where it was lost, and the log is left without it."""
    try:
        if not path.exists():
            _make_key(path)
        data = path.read_bytes()
        if os.name != "nt":
            path.chmod(0o600)
    except OSError as error:
        raise explain(error, Place(str(path))) from None
    if len(data) != _KEY_BYTES:
        raise problem(Place(str(path)), "this key is damaged", f"Rename it and {_AFRESH}")
    return data


_AFRESH = "the file mail.log beside it: then nobody knows any more what was sent before."


def _make_key(path: Path) -> None:
    """A new key. Where two programs make one at once, the first stays: the other's would make the log unreadable."""
    log = path.with_name(LOG)
    if log.is_file() and log.stat().st_size:
        message = "the key to the send log is gone, and without it nobody knows what was sent before"
        raise problem(Place(str(path)), message, f"Put it back from a backup. If there is none, rename {_AFRESH}")
    made = path.with_name(f".new-{secrets.token_hex(8)}")
    write_file(made, secrets.token_bytes(_KEY_BYTES), private=True, lasting=True)
    try:
        with suppress(FileExistsError):
            if os.name == "nt":
                made.rename(path)  # which replaces nothing there
            else:
                path.hardlink_to(made)
    except OSError:  # a disk that knows no second name for a file
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)


def _states(path: Path) -> dict[str, State]:
    """The last state of each message. A line that a crash cut off is passed over: the one before it says "sending"."""
    states: dict[str, State] = {}
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return states
    except OSError as error:
        raise explain(error, Place(str(path))) from None
    for line in data.splitlines():
        with suppress(ValueError, KeyError, TypeError):
            entry = json.loads(line)
            if entry["state"] in get_args(State):
                states[str(entry["message"])] = entry["state"]
    return states


def _end_line(path: Path) -> None:
    """Ends a line that a crash cut off, so that the next one is not lost with it."""
    try:
        with path.open("r+b") as stream:
            if stream.seek(0, os.SEEK_END):
                stream.seek(-1, os.SEEK_END)
                if stream.read(1) != b"\n":
                    stream.write(b"\n")
    except FileNotFoundError:
        return
    except OSError as error:
        raise explain(error, Place(str(path))) from None


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    try:
        stream = path.open("a+b")
    except OSError as error:
        raise explain(error, Place(str(path))) from None
    with stream:
        if os.name != "nt":
            with suppress(OSError):
                path.chmod(0o600)
        try:
            _lock(stream)
        except OSError:
            message = "another window is sending e-mails at this moment"
            raise problem(Place(str(path)), message, "Wait until it is done, then try again with --resume.") from None
        yield


def _lock(stream: IO[bytes]) -> None:
    """Takes the lock or raises OSError; the system gives it back when the program ends, however it ends."""
    if os.name == "nt":
        import msvcrt

        stream.seek(0)
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
