"""Whom --send trusts and how it logs in: certificates, logins, and where the password comes from."""

from __future__ import annotations

import io
import ssl
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click
import keyring
import keyring.backends.fail
import pytest
import trustme

from layouts.engine.deliver.mail import outbox, password
from tests.deliver.desk import Desk, change
from tests.mail.conftest import Store
from tests.mail.servers import PASSWORD, USER, Postman, context, free_port
from tests.mail.servers import smtp as serving

WithServer = Callable[..., Desk]
ONE, TWO, THREE = "kim@example.org", "lee@example.org", "may@example.org"
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")


# ------------------------------------------------------------- certificates and logins
def test_a_certificate_that_nobody_signed_is_refused(authority: trustme.CA, with_server: WithServer) -> None:
    postman = Postman()
    with serving(postman, context(authority)) as port:  # this computer does not know the authority
        said = with_server(port)("email", "beta", "--to", ONE, "--send")
    assert said.code == 1
    assert "this server's certificate is not right" in said.err
    assert (postman.taken, postman.logins) == ([], 0)


@pytest.mark.parametrize("implicit", [False, True])
@pytest.mark.usefixtures("certificate")
def test_a_certificate_for_another_name_is_refused(
    authority: trustme.CA, with_server: WithServer, implicit: bool
) -> None:
    postman = Postman()
    with serving(postman, context(authority, "mail.example.net"), implicit=implicit) as port:
        said = with_server(port, security="tls" if implicit else "starttls")("email", "beta", "--to", ONE, "--send")
    assert said.code == 1
    assert "certificate is not right" in said.err
    assert (postman.taken, postman.logins) == ([], 0)


@pytest.mark.usefixtures("certificate")
def test_a_certificate_whose_time_is_over(authority: trustme.CA, with_server: WithServer) -> None:
    postman = Postman()
    with serving(postman, context(authority, until=datetime(2020, 1, 1, tzinfo=UTC))) as port:
        said = with_server(port)("email", "beta", "--to", ONE, "--send")
    assert said.code == 1
    assert "certificate is not right (certificate has expired)" in said.err
    assert "See that this computer's date is right." in said.err
    assert (postman.taken, postman.logins) == ([], 0)


def test_without_encryption_nothing_is_sent(with_server: WithServer) -> None:
    postman = Postman()
    with serving(postman, None) as port:
        said = with_server(port)("email", "beta", "--to", ONE, "--send")
    assert said.code == 1
    assert "this server offers no encryption; nothing was sent" in said.err
    assert (postman.taken, postman.logins) == ([], 0)


def test_the_wrong_kind_of_encryption_is_explained(certificate: ssl.SSLContext, with_server: WithServer) -> None:
    with serving(Postman(), certificate) as port:
        said = with_server(port, security="tls")("email", "beta", "--to", ONE, "--send")
    assert said.code == 1
    assert "security: tls with port 465, and starttls with port 587" in said.err


def test_a_refused_login_is_explained(
    certificate: ssl.SSLContext, with_server: WithServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(password.VARIABLE, "wrong")
    postman = Postman()
    with serving(postman, certificate) as port:
        said = with_server(port)("email", "beta", "--to", ONE, "--send")
    assert said.code == 1
    assert "refuses the login (535 5.7.8)" in said.err
    assert "Microsoft 365" in said.err and "app password" in said.err and "relay" in said.err
    assert "wrong" not in said.err
    assert not postman.taken


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        ("535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", "Microsoft takes no password"),
        ("534-5.7.9 Application-specific password required.", "Google wants an app password"),
        ("535 5.7.8 Username and Password not accepted.", "Gmail takes an app password"),
    ],
)
def test_what_providers_say_of_a_login_is_put_into_words(
    certificate: ssl.SSLContext, with_server: WithServer, monkeypatch: pytest.MonkeyPatch, answer: str, hint: str
) -> None:
    monkeypatch.setenv(password.VARIABLE, "wrong")
    with serving(Postman(on_login=answer.replace("534-", "534 ")), certificate) as port:
        said = with_server(port)("email", "beta", "--to", ONE, "--send")
    assert said.code == 1
    assert hint in said.err and "nothing was sent" in said.err


def test_a_server_that_knows_only_oauth_is_explained(certificate: ssl.SSLContext, with_server: WithServer) -> None:
    with serving(Postman(), certificate, auth_exclude_mechanism=["LOGIN", "PLAIN"]) as port:
        said = with_server(port)("email", "beta", "--to", ONE, "--send")
    assert said.code == 1
    assert "OAuth" in said.err


def test_a_server_that_wants_a_login_says_so(certificate: ssl.SSLContext, with_server: WithServer) -> None:
    with serving(Postman(), certificate, auth_required=True) as port:
        said = with_server(port, user="")("email", "beta", "--to", ONE, "--send")
    assert said.code == 1
    assert 'Write "user" under "mail" in clinic.yaml.' in said.err


def test_a_server_that_is_not_there(with_server: WithServer) -> None:
    said = with_server(free_port())("email", "beta", "--to", ONE, "--send")
    assert said.code == 1
    assert "this server cannot be reached" in said.err


def test_a_server_that_says_nothing(with_server: WithServer) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent:
        said = with_server(silent.getsockname()[1])("email", "beta", "--to", ONE, "--send")
    assert said.code == 1
    assert "this server does not answer as it should" in said.err


# ------------------------------------------------------------- where the password comes from
def test_the_password_from_the_password_store(
    certificate: ssl.SSLContext, with_server: WithServer, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(password.VARIABLE)
    store.set_password(password.SERVICE, USER, PASSWORD)
    with serving(Postman(), certificate) as port:
        assert with_server(port)("email", "beta", "--to", ONE, "--send").code == 0


def test_the_password_is_asked_for(
    certificate: ssl.SSLContext, with_server: WithServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(password.VARIABLE)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    asked: list[str] = []

    def prompt(text: str, **options: object) -> str:
        asked.append(text)
        assert options["hide_input"]
        return PASSWORD

    monkeypatch.setattr("click.prompt", prompt)
    with serving(Postman(), certificate) as port:
        assert with_server(port)("email", "beta", "--to", ONE, "--send").code == 0
    assert asked == ["Password for localhost"]


def test_a_password_store_that_fails_is_no_reason_to_stop(
    certificate: ssl.SSLContext, with_server: WithServer, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: str) -> str:
        raise RuntimeError("the bus is gone")

    monkeypatch.delenv(password.VARIABLE)
    monkeypatch.setattr(store, "get_password", fail)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr("click.prompt", lambda *_, **__: PASSWORD)
    with serving(Postman(), certificate) as port:
        assert with_server(port)("email", "beta", "--to", ONE, "--send").code == 0


def test_no_password_store_at_all(
    certificate: ssl.SSLContext, with_server: WithServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(password.VARIABLE)
    monkeypatch.setattr(keyring.core, "_keyring_backend", keyring.backends.fail.Keyring())  # type: ignore[no-untyped-call]
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr("click.prompt", lambda *_, **__: PASSWORD)
    with serving(Postman(), certificate) as port:
        assert with_server(port)("email", "beta", "--to", ONE, "--send").code == 0


def test_ctrl_c_at_the_password_sends_nothing_and_leaves_no_lock(
    certificate: ssl.SSLContext, with_server: WithServer, monkeypatch: pytest.MonkeyPatch, data: Path
) -> None:
    def stopped(*_: object, **__: object) -> str:
        raise click.Abort

    monkeypatch.delenv(password.VARIABLE)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr("click.prompt", stopped)
    postman = Postman()
    with serving(postman, certificate) as port:
        assert with_server(port)("email", "beta", "--to", ONE, "--send").code == 130
    assert not postman.taken and not (data / outbox.LOG).exists()
    with outbox.opened():
        pass


def test_nobody_to_ask_for_the_password(with_server: WithServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(password.VARIABLE)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    said = with_server(1)("email", "beta", "--to", ONE, "--send")
    assert said.code == 1
    assert password.VARIABLE in said.err


def test_a_password_in_clinic_yaml_is_refused(with_server: WithServer) -> None:
    desk = with_server(1)
    change(desk.shipped / "clinic.yaml", f"  user: {USER}\n", f"  user: {USER}\n  password: secret\n")
    said = desk("email", "beta", "--to", ONE, "--send")
    assert said.code == 1
    assert 'there is no field "password" here' in said.err
    assert "secret" not in said.err
