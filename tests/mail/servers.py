"""Servers on this computer: aiosmtpd with certificates of our own making, told how to behave; and a small IMAP one."""

from __future__ import annotations

import asyncio
import base64
import re
import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

USER, PASSWORD = "desk@harborback.example.com", "correct horse"
DROP = "drop"
SLOW = "slow"


@dataclass
class Postman:
    """What an SMTP server does. Each list has what it does next at that point, then it is content: an answer such as
    "450 4.2.0 later", DROP or SLOW."""

    on_rcpt: list[str] = field(default_factory=list)
    on_data: list[str] = field(default_factory=list)  # after it has the whole message
    taken: list[tuple[str, bytes]] = field(default_factory=list)  # recipient and message, also where no answer came
    on_login: str = ""  # what it answers to a wrong password, where it is not the usual
    logins: int = 0

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, rcpt_options: Any  # noqa: ARG002
    ) -> str:  # fmt: skip
        said = await _behave(self.on_rcpt, server)
        if said:
            return said
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: ARG002, N802
        doing = self.on_data[0] if self.on_data else ""
        if not re.match("[45]", doing):
            self.taken.extend((address, envelope.content) for address in envelope.rcpt_tos)
        return await _behave(self.on_data, server) or "250 2.0.0 OK"

    def log_in(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:  # noqa: ARG002
        self.logins += 1
        good = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=good, handled=False, message=None if good else self.on_login or None)

    @property
    def recipients(self) -> list[str]:
        return [address for address, _ in self.taken]


async def _behave(script: list[str], server: Any) -> str:
    doing = script.pop(0) if script else ""
    if doing == DROP:
        server.transport.abort()
        return "451 gone"
    if doing == SLOW:
        await asyncio.sleep(1.2)
        return "250 2.0.0 late"
    return doing


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def context(authority: trustme.CA, name: str = "localhost", until: datetime | None = None) -> ssl.SSLContext:
    """What a server needs to prove that it is called so."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name, not_after=until).configure_cert(made)
    return made


@contextmanager
def closing_time(greeting: bytes) -> Iterator[int]:
    """A server that says one line to everybody, and shuts the door."""

    class Door(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(greeting + b"\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Door) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        try:
            yield int(server.server_address[1])
        finally:
            server.shutdown()


@contextmanager
def smtp(
    postman: Postman, certificate: ssl.SSLContext | None, *, implicit: bool = False, **kwargs: Any
) -> Iterator[int]:
    """An SMTP server with a login, on a port of its own."""
    if implicit:
        how = {"ssl_context": certificate, "auth_require_tls": False}
    elif certificate:
        how = {"tls_context": certificate, "require_starttls": True}
    else:
        how = {}
    controller = Controller(
        postman, hostname="127.0.0.1", port=free_port(), **how, authenticator=postman.log_in, **kwargs
    )  # fmt: skip
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


@dataclass
class Mailbox:
    """What an IMAP server keeps and does."""

    folders: list[str] = field(
        default_factory=lambda: [r'(\HasNoChildren) "/" "INBOX"', r'(\HasNoChildren \Drafts) "/" "Entw&APw-rfe"']
    )
    marked_only: list[str] | None = None  # what it lists when it is asked for special uses
    capabilities: str = "IMAP4rev1 AUTH=PLAIN SPECIAL-USE"
    drafts: list[tuple[str, str, bytes]] = field(default_factory=list)  # folder, flags, message
    drop_after: int = 99  # messages


class _Talk(socketserver.StreamRequestHandler):
    """A small IMAP4rev1: what appending drafts needs of it."""

    server: _ImapServer

    def handle(self) -> None:
        self.say(b"* OK ready")
        while line := self.rfile.readline():
            tag, _, rest = line.rstrip(b"\r\n").partition(b" ")
            word, _, rest = rest.partition(b" ")
            doing = getattr(self, f"do_{word.decode().lower()}", self.unknown)
            answer = doing(tag.decode() if word == b"STARTTLS" else rest.decode())
            if answer is None:
                return
            if answer:
                self.say(tag + b" " + answer.encode() + b" that was that")

    def finish(self) -> None:
        super().finish()
        self.connection.close()  # the one that STARTTLS put over the first

    def say(self, data: bytes) -> None:
        self.wfile.write(data + b"\r\n")

    @property
    def box(self) -> Mailbox:
        return self.server.box

    def unknown(self, _: str) -> str:
        return "BAD what?"

    def do_capability(self, _: str) -> str:
        self.say(f"* CAPABILITY {self.box.capabilities}".encode())
        return "OK"

    def do_starttls(self, tag: str) -> str | None:
        assert self.server.later
        self.say(f"{tag} OK go on".encode())
        self.connection = self.server.later.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)
        return ""

    def do_authenticate(self, _: str) -> str:
        self.say(b"+")
        said = base64.b64decode(self.rfile.readline())
        good = said == f"\0{USER}\0{PASSWORD}".encode()
        return "OK" if good else f"NO [AUTHENTICATIONFAILED] {USER} is not you"

    def do_login(self, rest: str) -> str:
        return "OK" if rest == f'{USER} "{PASSWORD}"' else "NO"

    def do_list(self, rest: str) -> str:
        if "RETURN" in rest and self.box.marked_only is None:
            return "BAD what?"
        for folder in self.box.marked_only or [] if "RETURN" in rest else self.box.folders:
            self.say(f"* LIST {folder}".encode())
        return "OK"

    def do_examine(self, rest: str) -> str:
        known = any(rest in folder for folder in (*self.box.folders, *(self.box.marked_only or ())))
        return "OK [READ-ONLY]" if known else "NO"

    def do_search(self, rest: str) -> str:
        wanted = rest.split('"')[1].encode()
        found = [str(i) for i, (_, _, data) in enumerate(self.box.drafts, 1) if b"Message-ID: " + wanted in data]
        self.say(f"* SEARCH {' '.join(found)}".encode().rstrip())
        return "OK"

    def do_append(self, rest: str) -> str | None:
        found = re.fullmatch(r'("(?:[^"\\]|\\.)*"|\S+) \(([^)]*)\) "[^"]*" \{(\d+)\}', rest)
        assert found, rest
        if len(self.box.drafts) >= self.box.drop_after:
            return None
        self.say(b"+ go on")
        self.box.drafts.append((found[1], found[2], self.rfile.read(int(found[3]))))
        self.rfile.readline()
        return "OK"

    def do_logout(self, _: str) -> str:
        self.say(b"* BYE")
        return "OK"


class _ImapServer(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, box: Mailbox, certificate: ssl.SSLContext | None, later: ssl.SSLContext | None) -> None:
        self.box, self.certificate, self.later = box, certificate, later
        super().__init__(("127.0.0.1", 0), _Talk)

    def get_request(self) -> Any:
        connection, address = super().get_request()
        if self.certificate:
            connection = self.certificate.wrap_socket(connection, server_side=True)
        return connection, address

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that go away are what some tests are about."""


@contextmanager
def imap(box: Mailbox, certificate: ssl.SSLContext | None, later: ssl.SSLContext | None = None) -> Iterator[int]:
    """An IMAP server, encrypted from the first word where there is a certificate, or `later` with STARTTLS."""
    with _ImapServer(box, certificate, later) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        try:
            yield int(server.server_address[1])
        finally:
            server.shutdown()
