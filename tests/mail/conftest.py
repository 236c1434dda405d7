"""What tests of e-mails share: a send log, a password store and certificates of their own, and no long waits."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from pathlib import Path

import keyring
import keyring.backend
import keyring.errors
import pytest
import trustme

from layouts.engine.deliver.mail import outbox, password, smtp, ways
from layouts.engine.deliver.mail.smtp import Patience
from tests.deliver.desk import Desk, append, copied, desk, small_library
from tests.mail.servers import PASSWORD, USER, context

__all__ = ["copied", "desk", "small_library"]


class Store(keyring.backend.KeyringBackend):
    """A password store in memory."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


@pytest.fixture(autouse=True)
def store(monkeypatch: pytest.MonkeyPatch) -> Store:
    """The password store, empty; never the one of this computer."""
    made = Store()
    monkeypatch.setattr(keyring.core, "_keyring_backend", made)
    return made


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the send log and its key."""
    folder = tmp_path / "user data"
    monkeypatch.setenv(outbox.DATA, str(folder))
    monkeypatch.setenv(password.VARIABLE, PASSWORD)
    return folder


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The waits before new tries, which nobody waits for."""
    waited: list[float] = []
    monkeypatch.setattr(smtp, "PATIENCE", Patience(answer=0.8, taken=0.8, tries=(5, 30)))
    monkeypatch.setattr(ways, "pause", waited.append)
    return waited


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """Who signs the certificates of these tests."""
    return trustme.CA()


@pytest.fixture
def certificate(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A certificate for localhost that this computer trusts for the time of a test."""
    path = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(path)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    return context(authority)


@pytest.fixture
def with_server(desk: Desk) -> Callable[..., Desk]:
    """A desk whose clinic.yaml names a server."""

    def name(
        port: int, *, kind: str = "smtp", security: str = "starttls", host: str = "localhost", user: str = USER
    ) -> Desk:
        lines = f"mail:\n  {kind}: {{host: {host}, port: {port}, security: {security}}}\n"
        append(desk.shipped / "clinic.yaml", lines + (f"  user: {user}\n" if user else ""))
        return desk

    return name
