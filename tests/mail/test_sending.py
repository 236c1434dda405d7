"""--send, against a real SMTP server with TLS that refuses, puts off, drops the line and dawdles."""

from __future__ import annotations

import io
import json
import smtplib
import ssl
import sys
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from layouts.engine.deliver.mail import outbox
from tests.deliver.desk import Desk, change
from tests.mail.servers import DROP, SLOW, Postman, closing_time
from tests.mail.servers import smtp as serving

WithServer = Callable[..., Desk]
ONE, TWO, THREE = "kim@example.org", "lee@example.org", "may@example.org"
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")


def to(*addresses: str) -> list[str]:
    """The options that name recipients."""
    return [word for address in addresses for word in ("--to", address)]


def log(data: Path) -> list[dict[str, str]]:
    """The send log's lines."""
    return [json.loads(line) for line in (data / outbox.LOG).read_text(encoding="utf-8").splitlines()]


# ------------------------------------------------------------- what arrives
@pytest.mark.parametrize("implicit", [False, True], ids=["starttls", "tls"])
def test_an_e_mail_arrives(certificate: ssl.SSLContext, with_server: WithServer, implicit: bool) -> None:
    postman = Postman()
    with serving(postman, certificate, implicit=implicit) as port:
        desk = with_server(port, security="tls" if implicit else "starttls")
        said = desk("email", "beta", "--to", ONE, "--name", "Łukasz O'Brien", "--send")
    assert (said.code, said.err) == (0, "")
    assert said.out == "1 e-mail sent.\n"
    [(address, data)] = postman.taken
    assert address == ONE
    mail = message_from_bytes(data, policy=policy.default)
    assert mail["Subject"] == "Your handout from Harbor Back & Motion"
    assert mail["To"].addresses[0].display_name == "Łukasz O'Brien"
    assert mail["From"].addresses[0].addr_spec == "hello@harborback.example.com"
    assert mail["Date"] and mail["X-Unsent"] is None
    [attachment] = mail.iter_attachments()
    desk("pdf", "beta")
    assert attachment.get_content() == desk.pdf("beta").read_bytes()
    assert postman.logins == 1


def test_each_recipient_has_a_message_of_their_own(certificate: ssl.SSLContext, with_server: WithServer) -> None:
    postman = Postman()
    with serving(postman, certificate) as port:
        said = with_server(port)("email", "beta", *to(ONE, TWO, ONE.upper()), "--send", "--yes")
    assert said.out == "2 e-mails sent.\n"
    assert postman.recipients == [ONE, TWO]
    for address, data in postman.taken:
        assert [a.addr_spec for a in message_from_bytes(data, policy=policy.default)["To"].addresses] == [address]
        assert data.count(b"example.org") == data.count(address.encode())
    assert postman.logins == 1  # one connection is enough


def test_lines_that_start_with_a_dot_arrive_whole(certificate: ssl.SSLContext, with_server: WithServer) -> None:
    postman = Postman()
    with serving(postman, certificate) as port:
        desk = with_server(port)
        change(desk.shipped / "wording" / "en.yaml", '  hello: "Hello,"', '  hello: ".Hello,"')
        assert desk("email", "beta", "--to", ONE, "--send").code == 0
    mail = message_from_bytes(postman.taken[0][1], policy=policy.default)
    text = mail.get_body(("plain",))
    assert text is not None and text.get_content().startswith(".Hello,")


def test_a_relay_without_a_login(certificate: ssl.SSLContext, with_server: WithServer) -> None:
    postman = Postman()
    with serving(postman, certificate) as port:
        assert with_server(port, user="")("email", "beta", "--to", ONE, "--send").code == 0
    assert postman.recipients == [ONE]
    assert postman.logins == 0


# ------------------------------------------------------------- the question
@pytest.mark.parametrize(("answer", "code", "count"), [("y\n", 0, 2), ("n\n", 130, 0), ("", 130, 0)])
def test_more_than_one_is_asked_for(
    certificate: ssl.SSLContext, with_server: WithServer, answer: str, code: int, count: int
) -> None:
    postman = Postman()
    with serving(postman, certificate) as port:
        desk = with_server(port)
        desk.monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
        said = desk("email", "beta", *to(ONE, TWO), "--send")
    assert said.code == code
    assert "Send 2 e-mails through localhost?" in said.err
    assert len(postman.taken) == count


# ------------------------------------------------------------- what goes wrong
def test_what_is_put_off_is_tried_again(
    certificate: ssl.SSLContext, with_server: WithServer, waits: list[float]
) -> None:
    postman = Postman(on_rcpt=["450 4.2.0 greylisted"], on_data=["451 4.3.0 busy"])
    with serving(postman, certificate) as port:
        said = with_server(port)("email", "beta", *to(ONE, TWO), "--send", "--yes")
    assert (said.code, said.out) == (0, "2 e-mails sent.\n")
    assert sorted(postman.recipients) == [ONE, TWO]
    assert waits == [5]


def test_a_server_that_closes_the_line_is_called_again(
    certificate: ssl.SSLContext, with_server: WithServer, waits: list[float]
) -> None:
    postman = Postman(on_rcpt=["421 4.3.2 closing"])
    with serving(postman, certificate) as port:
        said = with_server(port)("email", "beta", *to(ONE, TWO), "--send", "--yes")
    assert (said.code, said.out) == (0, "2 e-mails sent.\n")
    assert (postman.recipients, postman.logins, waits) == ([TWO, ONE], 3, [5])


@pytest.mark.parametrize(
    ("greeting", "answer", "tries"),
    [
        (b"421 4.3.2 too many of you", "not sent: the server put it off each time", [5, 30]),
        (b"554 5.7.1 not from there", "this server takes no e-mails from here (554)", []),
    ],
)
def test_a_server_that_lets_nobody_in(
    with_server: WithServer, waits: list[float], data: Path, greeting: bytes, answer: str, tries: list[float]
) -> None:
    with closing_time(greeting) as port:
        said = with_server(port)("email", "beta", "--to", ONE, "--send")
    assert said.code == 1
    assert answer in said.err
    assert waits == tries
    assert not (data / outbox.LOG).exists()


@pytest.mark.parametrize("error", [ConnectionResetError, TimeoutError])
def test_a_line_that_drops_in_the_midst_of_the_text_is_tried_again(
    certificate: ssl.SSLContext, with_server: WithServer, data: Path, monkeypatch: pytest.MonkeyPatch,
    error: type[OSError],
) -> None:  # fmt: skip
    """Without its last line no server delivers a message: nothing is unknown here."""
    send = smtplib.SMTP.send
    dropped: list[bool] = []

    def half(self: smtplib.SMTP, text: object) -> None:
        if isinstance(text, bytes) and text.startswith(b"From:") and not dropped:
            dropped.append(True)
            send(self, text[: len(text) // 2])
            raise error
        send(self, text)  # type: ignore[arg-type]

    monkeypatch.setattr(smtplib.SMTP, "send", half)
    postman = Postman()
    with serving(postman, certificate) as port:
        said = with_server(port)("email", "beta", "--to", ONE, "--send")
    assert (said.code, said.out) == (0, "1 e-mail sent.\n")
    assert dropped and postman.recipients == [ONE]
    assert [line["state"] for line in log(data)] == ["sending", "sent"]


def test_what_is_put_off_for_ever_is_told(
    certificate: ssl.SSLContext, with_server: WithServer, waits: list[float], data: Path
) -> None:
    postman = Postman(on_rcpt=["450 4.2.0 no"] * 3)
    with serving(postman, certificate) as port:
        desk = with_server(port)
        said = desk("email", "beta", "--to", ONE, "--send")
        assert said.code == 1
        assert "the server put it off each time (450 4.2.0)" in said.err
        assert waits == [5, 30]
        assert not (data / outbox.LOG).exists()
        assert desk("email", "beta", "--to", ONE, "--send").out == "1 e-mail sent.\n"  # it may simply be tried again


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("550 5.1.1 <kim@example.org> unknown", "there is no such mailbox (550 5.1.1)"),
        ("552 5.2.2 kim is full", "the mailbox is full (552 5.2.2)"),
        ("550 no", "the mailbox is not there or not to be had (550)"),
        ("554 5.7.1 spam from kim@example.org", "the server does not take it (554 5.7.1)"),
    ],
)
@pytest.mark.parametrize("where", ["on_rcpt", "on_data"])
def test_what_is_refused_is_told_and_the_others_go_out(
    certificate: ssl.SSLContext, with_server: WithServer, data: Path, answer: str, words: str, where: str
) -> None:
    postman = Postman(on_data=[answer]) if where == "on_data" else Postman(on_rcpt=[answer])
    with serving(postman, certificate) as port:
        said = with_server(port)("email", "beta", *to(ONE, TWO), "--send", "--yes")
    assert said.code == 1
    assert said.out == "1 e-mail sent.\n"
    assert f"--to, number 1: refused: {words}" in said.err
    assert "kim" not in said.err  # a server's own words are not repeated
    assert postman.recipients == [TWO]
    tried = ["sending"] if where == "on_data" else []
    assert [line["state"] for line in log(data)] == [*tried, "refused", "sending", "sent"]


def test_a_line_that_drops_before_the_message_is_tried_again(
    certificate: ssl.SSLContext, with_server: WithServer, waits: list[float]
) -> None:
    postman = Postman(on_rcpt=[DROP])
    with serving(postman, certificate) as port:
        said = with_server(port)("email", "beta", *to(ONE, TWO), "--send", "--yes")
    assert (said.code, said.out) == (0, "2 e-mails sent.\n")
    assert sorted(postman.recipients) == [ONE, TWO]
    assert waits == [5]


@pytest.mark.parametrize("what", [DROP, SLOW, "what now?", "354 go on"])
def test_an_unknown_outcome_is_told_and_never_sent_again_by_itself(
    certificate: ssl.SSLContext, with_server: WithServer, data: Path, waits: list[float], what: str
) -> None:
    postman = Postman(on_data=[what])
    with serving(postman, certificate) as port:
        desk = with_server(port)
        words = ["email", "beta", *to(ONE, TWO), "--send", "--yes"]
        said = desk(*words)
        assert said.code == 1
        assert said.out == "1 e-mail sent.\n"
        assert "--to, number 1: the line dropped while it went out" in said.err
        assert waits == []
        assert [line["state"] for line in log(data)] == ["sending", "unknown", "sending", "sent"]
        said = desk(*words)
        assert said.code == 1
        assert "of 2 e-mails 1 went out before and 1 may have gone out; nothing was sent now" in said.err
        said = desk(*words, "--resume")
        assert said.code == 1
        assert "--to, number 1: nobody knows whether this one arrived; it is left out" in said.err
        assert "Nothing is left to send." in said.out
        assert postman.recipients == [ONE, TWO]
        assert desk(*words, "--again").code == 0
        assert postman.recipients == [ONE, TWO, ONE, TWO]
        ids = {message_from_bytes(content)["Message-ID"] for address, content in postman.taken if address == ONE}
        assert len(ids) == 1  # a mail program that gets both knows that they are one


def test_a_server_that_speaks_something_else(
    certificate: ssl.SSLContext, with_server: WithServer, waits: list[float]
) -> None:
    postman = Postman(on_rcpt=["what now?", "199 hm"])
    with serving(postman, certificate) as port:
        said = with_server(port)("email", "beta", "--to", ONE, "--send")
    assert (said.code, said.out) == (0, "1 e-mail sent.\n")
    assert waits == [5, 30]


def test_a_slow_server_that_never_got_the_message_is_tried_again(
    certificate: ssl.SSLContext, with_server: WithServer, waits: list[float]
) -> None:
    postman = Postman(on_rcpt=[SLOW])
    with serving(postman, certificate) as port:
        said = with_server(port)("email", "beta", "--to", ONE, "--send")
    assert (said.code, said.out) == (0, "1 e-mail sent.\n")
    assert postman.recipients == [ONE]
    assert waits == [5]


def test_a_message_that_is_too_large_for_the_server(
    certificate: ssl.SSLContext, with_server: WithServer, data: Path
) -> None:
    postman = Postman()
    with serving(postman, certificate, data_size_limit=5000) as port:
        said = with_server(port)("email", "beta", "--to", ONE, "--send")
    assert said.code == 1
    assert "the e-mail is too large (552 5.3.4)" in said.err
    assert [line["state"] for line in log(data)] == ["refused"]


def test_an_address_that_may_not_send(certificate: ssl.SSLContext, with_server: WithServer) -> None:
    class Strict(Postman):
        async def handle_MAIL(self, *_: object) -> str:  # noqa: N802
            return "553 5.7.1 not yours"

    with serving(Strict(), certificate) as port:
        said = with_server(port)("email", "beta", *to(ONE, TWO), "--send", "--yes")
    assert said.code == 1
    assert "does not let the clinic's address send (553 5.7.1)" in said.err


# ------------------------------------------------------------- going on
def test_resume_sends_only_what_is_left(certificate: ssl.SSLContext, with_server: WithServer) -> None:
    postman = Postman()
    with serving(postman, certificate) as port:
        desk = with_server(port)
        desk("email", "beta", *to(ONE, TWO), "--send", "--yes")
        said = desk("email", "beta", *to(ONE, TWO, THREE), "--send", "--resume")  # one is left: no question
        assert (said.code, said.out) == (0, "1 e-mail sent.\n")
        assert desk("email", "beta", *to(THREE, ONE), "--send", "--resume").out == "Nothing is left to send.\n"
        assert desk("email", "gamma", "--to", ONE, "--send").code == 0  # another handout is another e-mail
    assert postman.recipients == [ONE, TWO, THREE, ONE]


def test_a_program_that_was_stopped_leaves_an_unknown_outcome(
    certificate: ssl.SSLContext, with_server: WithServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    postman = Postman()
    with serving(postman, certificate) as port:
        desk = with_server(port)

        def stopped(*_: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(smtplib.SMTP, "send", _after_data(smtplib.SMTP.send, stopped))
            said = desk("email", "beta", "--to", ONE, "--send")
            assert said.code == 130
            assert "type the same again with --resume" in said.err
        said = desk("email", "beta", "--to", ONE, "--send", "--resume")
        assert said.code == 1
        assert "nobody knows whether this one arrived" in said.err
    assert len(postman.recipients) <= 1


def _after_data(send: Callable[..., None], then: Callable[..., None]) -> Callable[..., None]:
    def sent(self: object, data: object) -> None:
        send(self, data)
        if isinstance(data, bytes) and data.endswith(b"\r\n.\r\n"):
            then()

    return sent


def test_a_log_that_cannot_be_written_stops_before_anything_goes_out(
    certificate: ssl.SSLContext, with_server: WithServer, data: Path
) -> None:
    postman = Postman()
    with serving(postman, certificate) as port:
        desk = with_server(port)
        (data / outbox.LOG).mkdir(parents=True)
        said = desk("email", "beta", "--to", ONE, "--send")
    assert said.code == 1
    assert not postman.taken


def test_a_log_that_fails_after_a_message_went_out(
    certificate: ssl.SSLContext, with_server: WithServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from layouts.engine.problems import Place, problem

    note = outbox.Outbox.note

    def full(self: outbox.Outbox, message: str, address: str, state: outbox.State) -> None:
        if state == "sent":
            raise problem(Place("mail.log"), "the disk is full")
        note(self, message, address, state)

    monkeypatch.setattr(outbox.Outbox, "note", full)
    postman = Postman()
    with serving(postman, certificate) as port:
        said = with_server(port)("email", "beta", *to(ONE, TWO), "--send", "--yes")
    assert said.code == 1
    assert "the disk is full" in said.err
    assert said.out == "1 e-mail sent.\n"
    assert "the e-mails: not sent: 1 that came after" in said.err
    assert postman.recipients == [ONE]
    with outbox.opened() as box:
        assert set(box.states.values()) == {"sending"}  # it is not sent again by itself


def test_two_windows_do_not_send_at_once(certificate: ssl.SSLContext, with_server: WithServer) -> None:
    with serving(Postman(), certificate) as port, outbox.opened():
        said = with_server(port)("email", "beta", "--to", ONE, "--send")
    assert said.code == 1
    assert "another window is sending e-mails at this moment" in said.err


def test_the_log_says_nothing_of_patients(certificate: ssl.SSLContext, with_server: WithServer, data: Path) -> None:
    postman = Postman(on_rcpt=["550 5.1.1 <kim@example.org>: no"])
    with serving(postman, certificate) as port:
        with_server(port)("email", "beta", *to(ONE, TWO), "--send", "--yes")
    whole = b"".join(path.read_bytes() for path in data.iterdir() if path.name != outbox.KEY).lower()
    for word in (b"kim", b"lee", b"example.org", b"beta", b"@"):
        assert word not in whole
    assert all(path.stat().st_mode & 0o077 == 0 for path in data.iterdir())
    assert data.stat().st_mode & 0o077 == 0


def test_a_server_that_gives_up_in_the_midst(
    certificate: ssl.SSLContext, with_server: WithServer, waits: list[float]
) -> None:
    postman = Postman(on_rcpt=["", *[DROP] * 20])
    with serving(postman, certificate) as port:
        said = with_server(port)("email", "beta", *to("a@b.example", ONE, TWO, THREE), "--send", "--yes")
    assert said.code == 1
    assert said.out == "1 e-mail sent.\n"
    assert said.err.count("put it off each time") == 3
    assert waits == [5, 30]


def test_no_server_in_clinic_yaml(desk: Desk) -> None:
    said = desk("email", "beta", "--to", ONE, "--send")
    assert said.code == 1
    assert "clinic.yaml: this file does not name the mail server for --send" in said.err
