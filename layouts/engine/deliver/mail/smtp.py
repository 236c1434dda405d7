"""Sending through the clinic's own SMTP server, one message per recipient, never twice.

What the server says is never shown: its sentences repeat addresses. Its code is, with our own words for it.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace

from ...problems import ContentError, Place, Problem, problem
from ...read.models import MailServer
from .answers import OAUTH, Answer, Result, answer_of, hint, login_hint, meaning, shown
from .outbox import Outbox

PORTS = {"tls": 465, "starttls": 587}
PIECE = 1 << 16  # bytes that are sent before the clock starts anew


@dataclass(frozen=True)
class Patience:
    """How long to wait, in seconds: for an answer, for the answer to a whole message, and before each new try."""

    answer: float = 60
    taken: float = 300
    tries: tuple[float, ...] = (5, 30, 120)


PATIENCE = Patience()


@dataclass(frozen=True)
class Parcel:
    """What is to be sent: `make` makes the bytes when their turn comes. `place` is how the recipient is told of."""

    key: str
    address: str
    place: Place
    make: Callable[[], bytes]


@dataclass(frozen=True)
class Server:
    """The server, and whoever logs in; no user, no login."""

    host: str
    port: int
    security: str
    user: str
    sender: str

    @classmethod
    def of(cls, server: MailServer, user: str, sender: str) -> Server:
        """The server that clinic.yaml names."""
        return cls(str(server.host), server.port or PORTS[server.security], server.security, user, sender)

    @property
    def place(self) -> Place:
        """How problems name it."""
        return Place(f"{self.host}, port {self.port}")


@dataclass(frozen=True)
class Report:
    """What became of the parcels, by their keys, and what is to be said of those that were not sent."""

    results: dict[str, Result]
    problems: tuple[Problem, ...]

    def count(self, result: Result) -> int:
        """How many had this result."""
        return list(self.results.values()).count(result)


class _DroppedError(Exception):
    """The connection is no more, before a message was handed over."""


def send(
    server: Server, password: str, parcels: Sequence[Parcel], outbox: Outbox, *,
    wait: Callable[[float], None], step: Callable[[], None] = lambda: None,
) -> Report:  # fmt: skip
    """Sends all parcels, those that the server puts off again after `wait`. `step` is told of each that is done.

    Raises ContentError where nothing can be sent at all: no such server, no encryption, no login. After a message
    went out, such a failure is in the report.
    """
    results: dict[str, Result] = {}
    answers: dict[str, Answer] = {}
    left: list[Parcel] = list(parcels)
    fatal: tuple[Problem, ...] = ()
    for pause in (0, *PATIENCE.tries):
        if not left:
            break
        if pause:
            wait(pause)
        try:
            for parcel, answer in _round(server, password, left, outbox, proven=bool(results)):
                answers[parcel.key] = answer
                results[parcel.key] = answer.result
                if answer.result != "later":
                    step()
                if answer.trouble:
                    fatal = answer.trouble
                    break
        except ContentError as error:
            if not results:
                raise
            fatal = error.problems
        left = [parcel for parcel in left if results.get(parcel.key, "later") == "later"]
        if fatal:
            break
    results.update((parcel.key, "refused") for parcel in left)  # certainly not sent
    return Report(results, (*fatal, *_told(parcels, results, answers)))


def _round(
    server: Server, password: str, parcels: Iterable[Parcel], outbox: Outbox, *, proven: bool
) -> Iterator[tuple[Parcel, Answer]]:
    """One try of each parcel, over as few connections as the server allows. `proven`: it let us in before, so that a
    line that drops is no mistake in clinic.yaml."""
    waiting = list(parcels)
    failures = 0
    while waiting:
        try:
            with _connected(server, password, proven) as smtp:
                proven = True
                while waiting:
                    parcel = waiting[0]
                    answer = _hand_over(smtp, server, parcel, outbox)
                    waiting.pop(0)
                    failures = 0
                    yield parcel, answer
                    if answer.result == "unknown" or answer.code == 421:
                        break  # the line is dead, or will be
        except _DroppedError:
            parcel = waiting.pop(0)
            yield parcel, Answer("later")
            failures += 1
            if failures == 3:  # nothing goes through at this moment
                yield from ((parcel, Answer("later")) for parcel in waiting)
                return


def _hand_over(smtp: smtplib.SMTP, server: Server, parcel: Parcel, outbox: Outbox) -> Answer:
    """One message. Raises _DroppedError when the line drops before the message's text was let go."""
    data = parcel.make()
    room = smtp.esmtp_features.get("size", "")
    if room.isdigit() and 0 < int(room) < len(data):
        return _noted(outbox, parcel, Answer("refused", 552, "5.3.4"))
    try:
        code, text = smtp.mail(server.sender)
        if code >= 500:
            smtp.rset()
            raise _not_from(server, code, text)
        if code == 250:
            code, text = smtp.rcpt(parcel.address)
        if code in (250, 251):
            code, text = smtp.docmd("DATA")
        if code < 400 and code != 354:
            raise _DroppedError  # whatever speaks there, it is not what we speak
        if code >= 400:
            answer = answer_of(code, text)
            if code != 421:
                smtp.rset()
    except (smtplib.SMTPServerDisconnected, OSError):
        raise _DroppedError from None
    if code >= 400:
        return _noted(outbox, parcel, answer) if answer.result == "refused" else answer
    try:
        return _let_go(smtp, parcel, data, outbox)
    except BaseException:
        smtp.close()  # whatever is said now, a QUIT too, would become a part of the message
        raise


def _let_go(smtp: smtplib.SMTP, parcel: Parcel, data: bytes, outbox: Outbox) -> Answer:
    """The text of a message, and what the server answers. Raises _DroppedError when the line drops before the text's
    last line, without which no server may deliver it (RFC 5321, 4.1.1.4)."""
    assert smtp.sock is not None
    smtp.sock.settimeout(PATIENCE.taken)  # a slow line is no dead one
    text = re.sub(rb"(?m)^\.", b"..", data).removesuffix(b"\r\n")
    try:
        for start in range(0, len(text), PIECE):
            smtp.send(text[start : start + PIECE])
    except (smtplib.SMTPException, OSError):
        raise _DroppedError from None
    outbox.note(parcel.key, parcel.address, "sending")  # from here on it may have arrived
    try:
        smtp.send(b"\r\n.\r\n")
        code, said = smtp.getreply()
        if smtp.sock is not None:
            smtp.sock.settimeout(PATIENCE.answer)
    except (smtplib.SMTPException, OSError):
        smtp.close()
        return _noted(outbox, parcel, Answer("unknown"))
    return _noted(outbox, parcel, answer_of(code, said))


def _noted(outbox: Outbox, parcel: Parcel, answer: Answer) -> Answer:
    """The answer, once it stands in the log. Where that fails the log says "sending", and nothing more is sent."""
    try:  # put off is not taken: until the next try succeeds, "refused" is what is true
        outbox.note(parcel.key, parcel.address, "refused" if answer.result == "later" else answer.result)
    except ContentError as error:
        return replace(answer, trouble=error.problems)
    return answer


@contextmanager
def _connected(server: Server, password: str, proven: bool) -> Iterator[smtplib.SMTP]:
    """A connection that is encrypted and logged in. Raises ContentError, or _DroppedError where a new try may help."""
    try:
        smtp = _connect(server)
    except (smtplib.SMTPServerDisconnected, OSError) as error:
        if proven and not isinstance(error, ssl.SSLError):
            raise _DroppedError from None
        raise unreachable(server.place, error) from None
    try:
        try:
            _log_in(smtp, server, password)
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            if proven:
                raise _DroppedError from None
            raise unreachable(server.place, error) from None
        yield smtp
    finally:
        with suppress(smtplib.SMTPException, OSError):
            if smtp.sock is not None:
                smtp.sock.settimeout(5)
                smtp.quit()
        smtp.close()


def _connect(server: Server) -> smtplib.SMTP:
    context = ssl.create_default_context()  # the certificate and the name in it are checked
    name = server.sender.rsplit("@", 1)[1]  # what greets the server: not this computer's own name
    try:
        if server.security == "tls":
            return smtplib.SMTP_SSL(server.host, server.port, name, timeout=PATIENCE.answer, context=context)
        smtp = smtplib.SMTP(server.host, server.port, name, timeout=PATIENCE.answer)
        try:
            smtp.starttls(context=context)
        except BaseException:
            smtp.close()
            raise
    except ssl.SSLCertVerificationError as error:
        raise certificate(server.host, server.place, error) from None
    except smtplib.SMTPNotSupportedError:
        hint = "Ask your provider for the port and the security that it wants in clinic.yaml."
        raise problem(server.place, "this server offers no encryption; nothing was sent", hint) from None
    except smtplib.SMTPResponseException as error:
        if 400 <= error.smtp_code < 500:
            raise _DroppedError from None
        raise problem(server.place, f"this server takes no e-mails from here ({error.smtp_code})") from None
    return smtp


def _log_in(smtp: smtplib.SMTP, server: Server, password: str) -> None:
    try:
        smtp.ehlo_or_helo_if_needed()
        if server.user:
            smtp.login(server.user, password)
    except smtplib.SMTPAuthenticationError as error:
        if 400 <= error.smtp_code < 500:
            raise _DroppedError from None
        said = error.smtp_error
        answer = answer_of(error.smtp_code, said if isinstance(said, bytes) else said.encode("ascii", "replace"))
        message = f"this server refuses the login ({shown(answer)}); nothing was sent"
        raise problem(server.place, message, login_hint(answer)) from None
    except smtplib.SMTPServerDisconnected:
        raise
    except UnicodeEncodeError:
        raise problem(server.place, "the user or the password has letters that this server cannot be told") from None
    except smtplib.SMTPException:  # none of its ways to log in is one of ours
        raise problem(
            server.place, "this server does not let anybody log in with a password; nothing was sent", OAUTH
        ) from None


def certificate(host: str, place: Place, error: ssl.SSLCertVerificationError) -> ContentError:
    """A certificate that is not right, as a problem."""
    hint = f'Somebody may be listening, or "{host}" is not its right name. Ask whoever looks after your mail.'
    if error.verify_code in (9, 10):  # X509_V_ERR_CERT_NOT_YET_VALID and _HAS_EXPIRED
        hint = "See that this computer's date is right. If it is, ask whoever looks after your mail."
    return problem(place, f"this server's certificate is not right ({error.verify_message}); nothing was sent", hint)


def unreachable(place: Place, error: OSError) -> ContentError:
    """A server that cannot be reached, as a problem."""
    if isinstance(error, ssl.SSLError):
        message = "this server does not encrypt in the way that clinic.yaml says; nothing was sent"
        return problem(place, message, "Usual are security: tls with port 465, and starttls with port 587.")
    if isinstance(error, (TimeoutError, smtplib.SMTPServerDisconnected)):
        return problem(
            place, "this server does not answer as it should", "Check the network, and host and port in clinic.yaml."
        )
    why = "there is no server of this name" if error.errno is None or error.errno < 0 else error.strerror
    return problem(place, f"this server cannot be reached ({why})", "Check the network, and host and port.")


def _not_from(server: Server, code: int, text: bytes) -> ContentError:
    if code == 530 or (code == 550 and not server.user):
        message = f"this server wants a login before it sends ({code})"
        return problem(server.place, message, 'Write "user" under "mail" in clinic.yaml.')
    message = f"this server does not let the clinic's address send ({shown(answer_of(code, text))})"
    return problem(server.place, message, 'Check "sender" and "user" under "mail" in clinic.yaml.')


def _told(parcels: Sequence[Parcel], results: dict[str, Result], answers: dict[str, Answer]) -> Iterator[Problem]:
    for parcel in parcels:
        answer = answers.get(parcel.key, Answer("later"))
        if results[parcel.key] == "unknown":
            yield Problem(
                parcel.place, "the line dropped while it went out: nobody knows whether it arrived",
                "Ask the recipient. It is not sent again unless you say --again.",
            )  # fmt: skip
        elif results[parcel.key] == "refused" and answer.result == "refused":
            yield Problem(parcel.place, f"refused: {meaning(answer)} ({shown(answer)})", hint(answer))
        elif results[parcel.key] == "refused" and parcel.key in answers:
            code = f" ({shown(answer)})" if answer.code else ""
            yield Problem(parcel.place, f"not sent: the server put it off each time{code}", "Try later, with --resume.")
    untried = sum(parcel.key not in answers for parcel in parcels)
    if untried:
        yield Problem(Place("the e-mails"), f"not sent: {untried} that came after", "Mend it, then add --resume.")
