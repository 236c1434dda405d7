"""Drafts into the mailbox's own folder for drafts, over IMAP.

A draft that is there already, known by its Message-ID, is not put there twice.
"""

from __future__ import annotations

import imaplib
import re
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from ...problems import ContentError, Place, problem
from ...read.models import MailServer
from .answers import OAUTH
from .smtp import PATIENCE, certificate, unreachable

PORTS = {"tls": 993, "starttls": 143}
_LIST = re.compile(rb'\((?P<flags>[^)]*)\) (?:"(?:[^"\\]|\\.)*"|NIL) (?P<name>.+)', re.DOTALL)


@dataclass(frozen=True)
class Draft:
    """A message and its Message-ID; `make` makes the bytes when their turn comes."""

    message_id: str
    make: Callable[[], bytes]


@dataclass(frozen=True)
class Mailbox:
    """The server that keeps the mailbox, and whose it is."""

    host: str
    port: int
    security: str
    user: str

    @classmethod
    def of(cls, server: MailServer, user: str) -> Mailbox:
        """The server that clinic.yaml names."""
        return cls(str(server.host), server.port or PORTS[server.security], server.security, user)

    @property
    def place(self) -> Place:
        """How problems name it."""
        return Place(f"{self.host}, port {self.port}")


def put(
    mailbox: Mailbox, password: str, drafts: Sequence[Draft], *, step: Callable[[], None] = lambda: None
) -> tuple[int, int]:
    """Puts drafts into the folder for drafts; how many are new, and how many were there. Raises ContentError."""
    new = 0
    try:
        with _connected(mailbox, password) as imap:
            folder = _drafts_folder(imap, mailbox.place)
            _select(imap, folder, mailbox.place)
            for draft in drafts:
                if not _is_there(imap, draft.message_id):
                    _append(imap, folder, draft.make(), mailbox.place)
                    new += 1
                step()
    except imaplib.IMAP4.error:  # also what it calls an abort
        message = f"the line dropped; {new} of {len(drafts)} drafts are in the folder"
        raise problem(mailbox.place, message, "Start again: what is there already is not put there twice.") from None
    except ssl.SSLCertVerificationError as error:
        raise certificate(mailbox.host, mailbox.place, error) from None
    except OSError as error:
        raise unreachable(mailbox.place, error) from None
    return new, len(drafts) - new


@contextmanager
def _connected(mailbox: Mailbox, password: str) -> Iterator[imaplib.IMAP4]:
    context = ssl.create_default_context()
    imap: imaplib.IMAP4
    if mailbox.security == "tls":
        imap = imaplib.IMAP4_SSL(mailbox.host, mailbox.port, ssl_context=context, timeout=PATIENCE.answer)
    else:
        imap = imaplib.IMAP4(mailbox.host, mailbox.port, timeout=PATIENCE.answer)
    try:
        if mailbox.security == "starttls":
            if "STARTTLS" not in imap.capabilities:
                raise problem(mailbox.place, "this server offers no encryption; nothing was put there")
            imap.starttls(context)
        _log_in(imap, mailbox, password)
        yield imap
    finally:
        try:
            imap.logout()
        except (imaplib.IMAP4.error, OSError):
            with suppress(OSError):
                imap.shutdown()


def _log_in(imap: imaplib.IMAP4, mailbox: Mailbox, password: str) -> None:
    if "LOGINDISABLED" in imap.capabilities and "AUTH=PLAIN" not in imap.capabilities:
        raise problem(mailbox.place, "this server does not let anybody log in with a password", OAUTH)
    try:
        if "AUTH=PLAIN" in imap.capabilities:
            secret = f"\0{mailbox.user}\0{password}".encode()
            imap.authenticate("PLAIN", lambda _: secret)
        else:
            imap.login(mailbox.user, password)
    except imaplib.IMAP4.abort:
        raise
    except (imaplib.IMAP4.error, UnicodeEncodeError):
        hint = f"Check the user in clinic.yaml and the password. {OAUTH}"
        raise problem(mailbox.place, "this server refuses the login", hint) from None


def _drafts_folder(imap: imaplib.IMAP4, place: Place) -> str:
    """The folder that the server marks as the one for drafts (RFC 6154), else one of that name; as IMAP writes it."""
    plain = list(_folders(imap, '"*"'))
    marked = _marked(plain)
    if marked is None and "SPECIAL-USE" in imap.capabilities:
        marked = _marked(list(_folders(imap, '"*" RETURN (SPECIAL-USE)')))
    if marked is None:
        names = (name for _, name in plain if re.fullmatch(r'"?(INBOX[./])?Drafts"?', name, re.IGNORECASE))
        marked = next(names, None)
    if marked is None:
        raise problem(place, "this mailbox has no folder for drafts", "Make one called Drafts in your mail program.")
    return marked


def _folders(imap: imaplib.IMAP4, pattern: str) -> Iterator[tuple[set[str], str]]:
    """Each folder: its marks, and its name as IMAP writes it, ready to be sent back."""
    try:
        kind, lines = imap.list('""', pattern)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error:  # a server that does not know the longer form of asking
        return
    for line in lines if kind == "OK" else ():
        if isinstance(line, tuple):  # a name that comes as a literal
            found, name = re.match(rb"\(([^)]*)\)", line[0]), _quoted(line[1])
            flags = found[1] if found else b""
        elif isinstance(line, bytes) and (entry := _LIST.fullmatch(line)):
            flags, name = entry["flags"], entry["name"].decode("ascii", "replace")
        else:
            continue
        yield {flag.lower() for flag in flags.decode("ascii", "replace").split()}, name


def _quoted(name: bytes) -> str:
    text = name.decode("ascii", "replace").replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def _marked(folders: Sequence[tuple[set[str], str]]) -> str | None:
    return next((name for flags, name in folders if "\\drafts" in flags and "\\noselect" not in flags), None)


def _select(imap: imaplib.IMAP4, folder: str, place: Place) -> None:
    kind, _ = imap.select(folder, readonly=True)
    if kind != "OK":
        raise _no_entry(place)


def _is_there(imap: imaplib.IMAP4, message_id: str) -> bool:
    kind, found = imap.search(None, "HEADER", "Message-ID", f'"{message_id}"')
    return kind == "OK" and any(part for part in found if part)


def _append(imap: imaplib.IMAP4, folder: str, data: bytes, place: Place) -> None:
    kind, _ = imap.append(folder, r"(\Draft \Seen)", imaplib.Time2Internaldate(time.time()), data)
    if kind != "OK":
        raise problem(place, "this server does not take the draft", "The mailbox may be full.")


def _no_entry(place: Place) -> ContentError:
    return problem(place, "the folder for drafts cannot be opened", "Open it once in your mail program.")
