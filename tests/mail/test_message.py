"""What an e-mail looks like, byte for byte, and what can never get into one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from pathlib import Path

import pytest

from layouts.engine.deliver.mail.addresses import Recipient, ascii_domain, wrong_address, wrong_name
from layouts.engine.deliver.mail.attachments import file_name
from layouts.engine.deliver.mail.message import Attachment, Letter, Sender, letter, message, message_id, sender_of
from layouts.engine.deliver.mail.outbox import Outbox
from layouts.engine.draw.colours import contrast
from layouts.engine.draw.fonts import Faces
from layouts.engine.draw.styles import look
from layouts.engine.problems import ContentError, Place
from layouts.engine.read.library import Library, Root
from layouts.engine.read.models import Wording
from tests.deliver.desk import PROJECT

PDF = b"%PDF-1.7\n\r.\n..\r\n\x00\xff bytes that lines would spoil\r\r\n"
PLACE = Place("the e-mail")
NAMES = [
    "O'Brien", "Nguyễn Thị Minh", "Łukasz Żółć", "山田 太郎", "عمر", "Smith, John", 'Kim "Kit" Lee', "José (Pepe); Jr.",
    "=cmd()", "../../x", "<b>Bold</b> & Söhne", "back\\slash", "a@b.example.org", "x" * 200, "ł" * 200,
    "Łukasz, Łukasz <x@example.com>, " * 6 + "Ł", "🙂 Kim",
]  # fmt: skip


@pytest.fixture(scope="module")
def library() -> Library:
    return Library([Root(PROJECT / "handouts", "handouts")])


@pytest.fixture(scope="module")
def sender(library: Library) -> Sender:
    clinic, _ = library.clinic()
    brand = tuple((k, str(getattr(clinic.colours, k))) for k in ("primary", "accent", "ink"))
    return sender_of(clinic, look("guide", "standard", "letter", brand, Faces()).colours, Place("clinic.yaml"))


@pytest.fixture(scope="module")
def wording(library: Library) -> Wording:
    return library.wording("en", PLACE)[0]


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    return Outbox(tmp_path, b"k" * 32)


def written(
    sender: Sender, wording: Wording, outbox: Outbox, recipient: Recipient, *attachments: Attachment,
    locked: bool = False,
) -> Letter:  # fmt: skip
    """An e-mail with a handout, where nothing else is said."""
    return letter(sender, recipient, wording, attachments or (HANDOUT,), outbox, locked=locked)


HANDOUT = Attachment.of("back-pain.pdf", "Low back pain", PDF)
KIM = Recipient("kim@example.org", "Kim Lee")


def read(data: bytes) -> EmailMessage:
    """As mail programs read it."""
    found = message_from_bytes(data, policy=policy.default)
    assert isinstance(found, EmailMessage)
    assert not found.defects
    return found


def test_a_draft_opens_and_has_the_pdf_byte_for_byte(sender: Sender, wording: Wording, outbox: Outbox) -> None:
    data = message(sender, written(sender, wording, outbox, KIM), PLACE)
    mail = read(data)
    assert mail["X-Unsent"] == "1"
    assert mail["Date"] is None  # the mail program has one of its own when it is sent
    assert mail["To"].addresses[0].addr_spec == "kim@example.org"
    [attachment] = mail.iter_attachments()
    assert attachment.get_content_type() == "application/pdf"
    assert attachment.get_filename() == "back-pain.pdf"
    assert attachment.get_content() == PDF
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None and html is not None
    for body in (text.get_content(), html.get_content()):
        assert "Hello Kim Lee," in body
        assert "Low back pain" in body
        assert "911" in body and "(206) 555-0142" in body
    assert data.isascii()
    assert all(len(line) <= 998 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_the_subject_says_nothing_of_the_handout(sender: Sender, wording: Wording, outbox: Outbox) -> None:
    other = Attachment.of("other.pdf", "Other", PDF)
    one, two = written(sender, wording, outbox, KIM), written(sender, wording, outbox, KIM, HANDOUT, other)
    assert one.subject == "Your handout from Harbor Back & Motion"
    assert two.subject == "Your handouts from Harbor Back & Motion"


def test_a_locked_handout_is_not_named(sender: Sender, wording: Wording, outbox: Outbox) -> None:
    hidden = replace(HANDOUT, name="handout.pdf", title="")
    made = written(sender, wording, outbox, KIM, hidden, locked=True)
    assert b"Low back" not in message(sender, made, PLACE)
    assert "To open the PDF you need a password." in made.text
    assert "To open the PDF you need a password." in made.html


def test_the_same_e_mail_has_the_same_bytes_on_any_day(sender: Sender, wording: Wording, outbox: Outbox) -> None:
    first, second = (message(sender, written(sender, wording, outbox, KIM), PLACE) for _ in range(2))
    assert first == second


def test_the_message_id_is_of_content_and_recipient_and_key(sender: Sender, wording: Wording, outbox: Outbox) -> None:
    def made(recipient: Recipient = KIM, attachment: Attachment = HANDOUT, box: Outbox = outbox) -> str:
        return message_id(sender, written(sender, wording, box, recipient, attachment))

    assert made() == made()
    assert made() == made(Recipient("KIM@Example.org", "Kim Lee"))  # servers do not tell them apart
    others = {
        made(Recipient("lee@example.org", "Kim Lee")),
        made(Recipient("kim@example.org", "Lee")),
        made(attachment=Attachment.of("back-pain.pdf", "Low back pain", PDF + b" ")),
        made(attachment=Attachment.of("back.pdf", "Low back pain", PDF)),
        made(box=Outbox(outbox.folder, b"j" * 32)),
    }
    assert made() not in others
    assert len(others) == 5
    locked = replace(HANDOUT, load=lambda: b"never twice the same")
    assert made(attachment=locked) == made()
    assert made().endswith("@harborback.example.com>")
    assert "kim" not in made()


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_names_come_out_right(sender: Sender, wording: Wording, outbox: Outbox, name: str) -> None:
    data = message(sender, written(sender, wording, outbox, Recipient("kim@example.org", name)), PLACE)
    mail = read(data)
    assert [a.addr_spec for a in mail["To"].addresses] == ["kim@example.org"]
    header = message_from_bytes(data)["To"]  # the library's newer reader puts spaces between the codes of long names
    seen = str(make_header(decode_header(header))) if "=?" in header else mail["To"].addresses[0].display_name
    assert seen == name or seen.startswith((f"{name} <", f"{name}  <"))
    text = mail.get_body(("plain",))
    assert text is not None and f"Hello {name}," in text.get_content()


def test_a_name_is_no_markup_in_html(sender: Sender, wording: Wording, outbox: Outbox) -> None:
    made = written(sender, wording, outbox, Recipient("kim@example.org", "<img src=x> & {clinic} {{ 7*7 }}"))
    assert "<img" not in made.html
    assert "&lt;img src=x&gt; &amp; {clinic} {{ 7*7 }}" in made.html
    assert "<img src=x> & {clinic} {{ 7*7 }}" in made.text


INJECTIONS = [
    "kim@example.org\r\nBcc: all@example.com", "kim@example.org\nBcc: a@b.example", "kim@example.org\rX: y",
    "kim@example.org, lee@example.org", "kim@example.org; lee@example.org", "Kim <kim@example.org>",
    "kim@straße.example", "kim@b\u200dc.example", "kim@e\u202ecn.example", "kim@ｅxample.org", "kim@ex。org",
    "kim@example.org\0", "kim@example.org\u2028x", "kim@example.org%0ABcc", "<kim@example.org>", "kim@example.org>",
    '"a b"@example.org', "kim@[127.0.0.1]", "kim@example.org RCPT", "kïm@example.org",
    "=?utf-8?q?a?=@example.org,b@c.example", "kim", "kim@", "@example.org", "kim@example", "k@@example.org",
    ".kim@example.org", "kim.@example.org", "k..m@example.org", "kim@-example.org", "kim@example-.org",
    "kim@example..org", "kim@example.1", "", "   ", "x" * 65 + "@example.org", "k@" + "x" * 64 + ".org",
    "k@" + ".".join(["x" * 60] * 5), "kim @example.org", "kim@example.org\t", "kim@example.o",
]  # fmt: skip


@pytest.mark.parametrize("address", INJECTIONS, ids=ascii)
def test_an_address_that_is_none_is_refused_without_repeating_it(address: str) -> None:
    said = wrong_address(address)
    assert said
    assert ascii_domain(address) == address.strip()  # nothing that looks like another domain is made one
    for part in ("kim", "lee", "all@", "127"):
        assert part not in said
    with pytest.raises(ValueError, match=r"the|an"):
        Recipient(address)


@pytest.mark.parametrize(
    "address",
    ["kim@example.org", "Kim.O'Lee+back@mail.example.co.uk", "a@b.example", "k_1-2=3@xn--x-6ga.org", "1@2.example"],
)  # fmt: skip
def test_an_address_that_is_one(address: str) -> None:
    assert wrong_address(address) == ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (" kim@example.org ", "kim@example.org"),
        ("kim@müller.example", "kim@xn--mller-kva.example"),
        ("kim@MÜLLER.example", "kim@xn--mller-kva.example"),
        ("kim@mu\u0308ller.example", "kim@xn--mller-kva.example"),
        ("kim@日本.example", "kim@xn--wgv71a.example"),
    ],
)
def test_a_domain_with_other_letters_is_written_as_servers_want_it(typed: str, meant: str) -> None:
    assert ascii_domain(typed) == meant
    assert wrong_address(meant) == ""


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("back pain.pdf", "back pain.pdf"),
        ("Rückenschmerz.PDF", "Rückenschmerz.pdf"),
        ("a\r\nBcc: all@example.com\r\n.pdf", "a Bcc- all@example.com.pdf"),
        ('a"; filename="b.exe', "a-; filename=-b.exe.pdf"),
        ("a\u202efdp.exe", "afdp.exe.pdf"),
        ("=?utf-8?q?a?=.pdf", "-utf-8-q-a-=.pdf"),
        ("a\0b\udcff.pdf", "ab.pdf"),
        ("../x/y.pdf", "-x-y.pdf"),
        (".pdf", "handout.pdf"),
        ("x" * 250 + ".pdf", "x" * 100 + ".pdf"),
    ],
    ids=ascii,
)
def test_a_file_s_name_is_only_a_name(sender: Sender, wording: Wording, outbox: Outbox, name: str, meant: str) -> None:
    assert file_name(name) == meant
    data = message(sender, written(sender, wording, outbox, KIM, Attachment.of(file_name(name), "", PDF)), PLACE)
    assert [part.get_filename() for part in read(data).iter_attachments()] == [meant]


@pytest.mark.parametrize(
    "name",
    ["Kim\r\nBcc: all@example.com", "Kim\n", "Kim\0", "Kim\x1b[0m", "Kim\u2028", "Kim\u202eeel", "=?utf-8?q?Lee?=",
     "x" * 301, "Kim\ud800"],
    ids=ascii,
)  # fmt: skip
def test_a_name_that_no_header_holds_is_refused(name: str) -> None:
    assert wrong_name(name)
    with pytest.raises(ValueError, match="name"):
        Recipient("kim@example.org", name)


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_name_that_is_one(name: str) -> None:
    assert wrong_name(name) == ""


def test_what_gets_past_the_checks_is_still_refused(sender: Sender, wording: Wording, outbox: Outbox) -> None:
    """The last guard: the message is read back before it goes anywhere."""
    made = written(sender, wording, outbox, KIM)
    sly = Recipient("kim@example.org")
    object.__setattr__(sly, "name", "=?utf-8?q?Somebody_else?=")
    with pytest.raises(ContentError, match="cannot be written into an e-mail"):
        message(sender, replace(made, recipient=sly), PLACE)
    for spoiled in (
        replace(made, subject="Hi\r\nBcc: all@example.com"),
        replace(made, language="en\r\nBcc: x@y.example"),
    ):
        with pytest.raises((ContentError, ValueError)):
            message(sender, spoiled, PLACE)


def test_nothing_of_a_patient_in_a_report() -> None:
    assert "kim" not in repr(KIM).lower()


def test_the_words_can_be_read(sender: Sender) -> None:
    """Every colour of words on its ground, WCAG 2.1 level AAA."""
    white = (1.0, 1.0, 1.0)
    for words, ground in (("ink", white), ("deep", white), ("ink", sender.colours["tint"])):
        assert contrast(sender.colours[words], ground) >= 7


def test_html_fetches_nothing(sender: Sender, wording: Wording, outbox: Outbox) -> None:
    html = written(sender, wording, outbox, KIM).html
    assert "<img" not in html and "src=" not in html and "url(" not in html and "<script" not in html
    assert '<html lang="en">' in html
    assert '<meta name="color-scheme" content="light">' in html  # a dark screen mixes no colours of its own with ours
    assert html.count("http") == 1  # the clinic's own page


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_language_has_words(library: Library, sender: Sender, outbox: Outbox, language: str) -> None:
    made = written(sender, library.wording(language, PLACE)[0], outbox, KIM)
    assert f'lang="{language}"' in made.html
    assert "Kim Lee" in made.text
    assert read(message(sender, made, PLACE, datetime(2026, 11, 23, tzinfo=UTC)))["Content-Language"] == language
