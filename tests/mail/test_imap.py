"""--imap, against a small server: drafts land in the folder that the server marks, once."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from email import message_from_bytes, policy

import pytest
import trustme

from layouts.engine.deliver.mail import password
from tests.deliver.desk import Desk
from tests.mail.servers import Mailbox, context, free_port
from tests.mail.servers import imap as serving

WithServer = Callable[..., Desk]
WORDS = ["email", "beta", "--to", "kim@example.org", "--to", "lee@example.org", "--imap"]


def test_drafts_land_in_the_marked_folder(certificate: ssl.SSLContext, with_server: WithServer) -> None:
    box = Mailbox()
    with serving(box, certificate) as port:
        said = with_server(port, kind="imap", security="tls")(*WORDS)
    assert (said.code, said.err) == (0, "")
    assert said.out == "2 drafts put into the folder for drafts of your mailbox.\n"
    assert [(folder, flags) for folder, flags, _ in box.drafts] == [('"Entw&APw-rfe"', r"\Draft \Seen")] * 2
    mail = message_from_bytes(box.drafts[0][2], policy=policy.default)
    assert mail["To"] == "kim@example.org"
    assert mail["Date"] and mail["X-Unsent"] is None
    assert [part.get_filename() for part in mail.iter_attachments()] == ["beta.pdf"]


def test_a_draft_is_put_there_once(certificate: ssl.SSLContext, with_server: WithServer) -> None:
    box = Mailbox()
    with serving(box, certificate) as port:
        desk = with_server(port, kind="imap", security="tls")
        desk(*WORDS[:4], "--imap")
        said = desk(*WORDS)
    assert said.out == "1 draft put into the folder for drafts of your mailbox (1 was there).\n"
    assert len(box.drafts) == 2


def test_a_line_that_drops_can_be_taken_up_again(certificate: ssl.SSLContext, with_server: WithServer) -> None:
    box = Mailbox(drop_after=1)
    with serving(box, certificate) as port:
        desk = with_server(port, kind="imap", security="tls")
        said = desk(*WORDS)
        assert said.code == 1
        assert "the line dropped; 1 of 2 drafts are in the folder" in said.err
        box.drop_after = 99
        assert desk(*WORDS).code == 0
    assert len(box.drafts) == 2


@pytest.mark.parametrize(
    ("folders", "marked_only", "wanted"),
    [
        ([r'() "/" "INBOX"', r'(\Noselect \Drafts) "/" "Old"', r'(\drafts) "/" "A \"B\""'], None, r'"A \"B\""'),
        ([r'() "/" "INBOX"', r'() "/" "D"'], [r'(\Drafts) "/" "D"'], '"D"'),
        ([r'() "/" INBOX', r'(\Drafts) NIL Drafts'], None, "Drafts"),
        ([r'() "/" "INBOX"', r'() "/" "Drafts"'], None, '"Drafts"'),
        ([r'() "." "INBOX"', r'() "." "INBOX.Drafts"'], None, '"INBOX.Drafts"'),
    ],
)  # fmt: skip
def test_the_folder_is_found(
    certificate: ssl.SSLContext, with_server: WithServer, folders: list[str], marked_only: list[str] | None, wanted: str
) -> None:
    box = Mailbox(folders, marked_only)
    with serving(box, certificate) as port:
        said = with_server(port, kind="imap", security="tls")(*WORDS)
    assert (said.code, said.err) == (0, "")
    assert {folder for folder, _, _ in box.drafts} == {wanted}


def test_no_folder_for_drafts(certificate: ssl.SSLContext, with_server: WithServer) -> None:
    with serving(Mailbox([r'() "/" "INBOX"', r'() "/" "Notes"']), certificate) as port:
        said = with_server(port, kind="imap", security="tls")(*WORDS)
    assert said.code == 1
    assert "this mailbox has no folder for drafts" in said.err


@pytest.mark.parametrize("capabilities", ["IMAP4rev1 AUTH=PLAIN", "IMAP4rev1"])
def test_a_refused_login_is_explained(
    certificate: ssl.SSLContext, with_server: WithServer, monkeypatch: pytest.MonkeyPatch, capabilities: str
) -> None:
    monkeypatch.setenv(password.VARIABLE, "wrong")
    box = Mailbox(capabilities=capabilities)
    with serving(box, certificate) as port:
        said = with_server(port, kind="imap", security="tls")(*WORDS)
    assert said.code == 1
    assert "this server refuses the login" in said.err and "OAuth" in said.err
    assert "desk@" not in said.err  # a server's own words are not repeated
    assert not box.drafts


def test_a_server_that_knows_no_other_login(certificate: ssl.SSLContext, with_server: WithServer) -> None:
    with serving(Mailbox(capabilities="IMAP4rev1"), certificate) as port:
        assert with_server(port, kind="imap", security="tls")(*WORDS).code == 0


def test_a_server_that_knows_only_oauth(certificate: ssl.SSLContext, with_server: WithServer) -> None:
    box = Mailbox(capabilities="IMAP4rev1 LOGINDISABLED AUTH=XOAUTH2")
    with serving(box, certificate) as port:
        said = with_server(port, kind="imap", security="tls")(*WORDS)
    assert said.code == 1
    assert "does not let anybody log in with a password" in said.err


@pytest.mark.parametrize("name", ["localhost", "mail.example.net"])
def test_a_wrong_certificate_is_refused(
    authority: trustme.CA, with_server: WithServer, name: str, request: pytest.FixtureRequest
) -> None:
    if name != "localhost":
        request.getfixturevalue("certificate")
    with serving(Mailbox(), context(authority, name)) as port:
        said = with_server(port, kind="imap", security="tls")(*WORDS)
    assert said.code == 1
    assert "this server's certificate is not right" in said.err


def test_without_encryption_nothing_is_put_there(with_server: WithServer) -> None:
    box = Mailbox()
    with serving(box, None) as port:
        said = with_server(port, kind="imap", security="starttls")(*WORDS)
    assert said.code == 1
    assert "this server offers no encryption" in said.err
    assert not box.drafts


def test_starttls(certificate: ssl.SSLContext, with_server: WithServer) -> None:
    box = Mailbox(capabilities="IMAP4rev1 STARTTLS AUTH=PLAIN")
    with serving(box, None, later=certificate) as port:
        said = with_server(port, kind="imap", security="starttls")(*WORDS)
    assert (said.code, said.err) == (0, "")
    assert len(box.drafts) == 2


def test_a_server_that_is_not_there(with_server: WithServer) -> None:
    said = with_server(free_port(), kind="imap", security="tls")(*WORDS)
    assert said.code == 1
    assert "this server cannot be reached" in said.err


def test_whose_mailbox(with_server: WithServer) -> None:
    said = with_server(1, kind="imap", security="tls", user="")(*WORDS)
    assert said.code == 1
    assert "this file does not name whose mailbox it is" in said.err


def test_no_mailbox_in_clinic_yaml(with_server: WithServer) -> None:
    said = with_server(1)(*WORDS)
    assert said.code == 1
    assert "does not name the mail server for --imap" in said.err
