"""Handouts and a recipient -> an e-mail: the words, the two bodies, the headers, the bytes.

The message is made by the standard library and then read back: what does not come out as it went in is refused, so
that nothing in a name can ever become a header or another recipient.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from ...draw.operators import RGB
from ...merge.template import NO_BREAK, environment, typographic
from ...problems import Place, problem
from ...read.mail_words import MailWords
from ...read.models import Clinic, Mail, Wording
from .addresses import Recipient, wrong_address
from .outbox import Outbox

_HEADERS = {
    "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "X-Unsent", "MIME-Version", "Content-Type",
    "Content-Language",
}  # fmt: skip
_BREAKS = policy.SMTP  # lines end with CR LF
_READ = policy.default


@dataclass(frozen=True)
class Attachment:
    """A PDF. `title` is said in the e-mail, '' where nothing may be said of it. `identity` is what the send log knows
    it by: no password is in it, under which no two files are the same. `size` is in bytes; `load` gets the bytes when
    their turn comes, so that ten thousand sheets are never held at once."""

    name: str
    title: str
    identity: bytes
    size: int
    load: Callable[[], bytes] = field(repr=False)

    @classmethod
    def of(cls, name: str, title: str, data: bytes) -> Attachment:
        """A PDF that is the same for everybody."""
        return cls(name, title, hashlib.sha256(name.encode() + b"\0" + data).digest(), len(data), lambda: data)


@dataclass(frozen=True)
class Sender:
    """Who sends, and how it looks. `colours` are the brand's, red, green and blue from 0 to 1."""

    clinic: Clinic
    address: str
    reply_to: str
    colours: Mapping[str, RGB]

    @property
    def domain(self) -> str:
        """What stands after the @."""
        return self.address.rsplit("@", 1)[1]


@dataclass(frozen=True)
class Letter:
    """One e-mail to one recipient, in words. `key` names it in the send log, and makes its Message-ID."""

    recipient: Recipient
    subject: str
    text: str
    html: str
    language: str
    attachments: tuple[Attachment, ...]
    key: str


class Said:
    """The fixed words of e-mails, filled in: `words.hello_name(name=…)`. What is filled in stays as it is."""

    def __init__(self, words: MailWords) -> None:
        self._words = words

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        line = typographic(getattr(self._words, name)).replace(" %", f"{NO_BREAK}%")
        return lambda **values: line.format_map({k: str(v) for k, v in values.items()})


def sender_of(clinic: Clinic, colours: Mapping[str, RGB], place: Place) -> Sender:
    """Who sends, as clinic.yaml says. Raises ContentError at `place` when it names no address."""
    mail: Mail | None = clinic.mail
    address = (mail.sender if mail else None) or clinic.email
    if address is None:
        hint = 'Write the address under "mail", as "sender", or as "email".'
        raise problem(place, "this file does not say which address e-mails come from", hint)
    if said := wrong_address(str(address)):
        raise problem(address.place, f"no e-mail can come from this address: {said}")
    return Sender(clinic, str(address), str(mail.reply_to) if mail and mail.reply_to else "", colours)


def letter(
    sender: Sender, recipient: Recipient, wording: Wording, attachments: Sequence[Attachment], outbox: Outbox, *,
    locked: bool = False,
) -> Letter:  # fmt: skip
    """The words of one e-mail. `locked`: the attachments open with a password."""
    said, many = Said(wording.mail), len(attachments) > 1
    clinic = typographic(sender.clinic.name)
    subject = (said.subject_many if many else said.subject)(clinic=clinic)
    context = {
        "words": said,
        "clinic": sender.clinic,
        "language": wording.language,
        "name": recipient.name,
        "many": many,
        "locked": locked,
        "titles": [attachment.title for attachment in attachments if attachment.title],
        "colours": {role.replace("-", "_"): _hex(rgb) for role, rgb in sender.colours.items()},
        "subject": subject,
    }
    text = _template("mail.txt.j2", context)
    html = _template("mail.html.j2", context)
    parts = [subject, text, html, sender.address, sender.reply_to, recipient.name, recipient.same, str(locked)]
    identities = [attachment.identity for attachment in attachments]
    key = outbox.token("message", *(part.encode() for part in parts), *identities)
    return Letter(recipient, subject, text, html, str(wording.language), tuple(attachments), key)


def message(sender: Sender, what: Letter, place: Place, day: datetime | None = None) -> bytes:
    """The e-mail as it is sent; without a day as a draft, which has the same bytes whenever it is made.

    Raises ContentError at `place` for what no header can hold.
    """
    mail = EmailMessage(policy=_BREAKS)
    mail["From"] = Address(str(sender.clinic.name), addr_spec=sender.address)
    mail["To"] = Address(what.recipient.name, addr_spec=what.recipient.address)
    if sender.reply_to:
        mail["Reply-To"] = Address(addr_spec=sender.reply_to)
    mail["Subject"] = what.subject
    mail["Message-ID"] = message_id(sender, what)
    if day is None:
        mail["X-Unsent"] = "1"
    else:
        mail["Date"] = format_datetime(day)
    mail.set_content(what.text, cte="quoted-printable")
    mail.add_alternative(what.html, subtype="html", cte="quoted-printable")
    for attachment in what.attachments:
        mail.add_attachment(attachment.load(), maintype="application", subtype="pdf", filename=attachment.name)
    mail["Content-Language"] = what.language  # set before, it would become the first part's
    _name_boundaries(mail, what.key)
    data = mail.as_bytes()
    if not _comes_out_right(data, sender, what):
        raise problem(place, "the name cannot be written into an e-mail as it is", "Leave the name out.")
    return data


def message_id(sender: Sender, what: Letter) -> str:
    """The Message-ID: of the content, the recipient and this computer's key, the same whenever it is made."""
    return f"<{what.key[:40]}@{sender.domain}>"


def _name_boundaries(mail: EmailMessage, key: str) -> None:
    """Boundaries that are no accident. Nobody without the key can know them, so no text can hold one."""
    for number, part in enumerate(part for part in mail.walk() if part.is_multipart()):
        part.set_boundary(f"={number}_{key[40:]}")


def _comes_out_right(data: bytes, sender: Sender, what: Letter) -> bool:
    read = message_from_bytes(data, policy=_READ)
    names = [name for name, _ in read.items()]
    if not set(names) <= _HEADERS or len(names) != len(set(names)):
        return False
    to, origin = read["To"].addresses, read["From"].addresses
    if [a.addr_spec for a in to] != [what.recipient.address] or [a.addr_spec for a in origin] != [sender.address]:
        return False
    header = str(message_from_bytes(data.partition(b"\r\n\r\n")[0], policy=policy.compat32)["To"])
    if "=?" in header:  # read by hand: the library's own reader puts spaces between the codes of a long name
        return _words(header).startswith(what.recipient.name)
    return bool(to[0].display_name == what.recipient.name)


def _words(header: str) -> str:
    """A header's words as mail programs read them (RFC 2047): spaces between codes are none."""
    return str(make_header(decode_header(header)))


def _template(name: str, context: Mapping[str, Any]) -> str:
    return str(environment().get_template(name).render(context))


def _hex(rgb: RGB) -> str:
    return "#" + "".join(f"{round(value * 255):02x}" for value in rgb)
