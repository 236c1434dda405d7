"""--encrypt: it opens with the password and only with it, screen readers may read it, and it claims what is true."""

from __future__ import annotations

import sys
from email import message_from_bytes, policy
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from layouts.engine.deliver.mail.encrypt import encrypted, wrong_password
from layouts.engine.deliver.mail.message import Attachment
from layouts.engine.problems import ContentError, Place
from tests.deliver.desk import Desk
from tests.pages.checkers import findings

PASSWORD = "blue spine 42"
PLACE = Place("the e-mail")
READING = "{http://www.aiim.org/pdfua/ns/id/}part"
ARCHIVE = "{http://www.aiim.org/pdfa/ns/id/}part"


@pytest.fixture
def handout(desk: Desk) -> bytes:
    desk("pdf", "beta")
    return desk.pdf("beta").read_bytes()


def opened(data: bytes, password: str = PASSWORD) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(data), password=password)


def test_it_opens_with_the_password_and_only_with_it(handout: bytes) -> None:
    data = encrypted(handout, PASSWORD, PLACE)
    with opened(data) as pdf, pikepdf.open(BytesIO(handout)) as plain:
        assert len(pdf.pages) == len(plain.pages)
        assert (pdf.encryption.R, pdf.encryption.V, pdf.encryption.bits) == (6, 5, 256)
        assert str(pdf.encryption.stream_method).endswith("aesv3")
    assert pypdfium2.PdfDocument(data, password=PASSWORD)[0].get_textpage().get_text_range().count("beta")
    for wrong in ("", "blue spine 43", PASSWORD.upper()):
        with pytest.raises(pikepdf.PasswordError):
            opened(data, wrong)
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(data)


def test_nothing_of_it_can_be_read_without(handout: bytes) -> None:
    data = encrypted(handout, PASSWORD, PLACE)
    for word in (b"The beta handout", b"Harbor Back", b"xmpmeta", "The beta".encode("utf-16-be")):
        assert word not in data
    assert b"xmpmeta" in handout


def test_screen_readers_may_read_it(handout: bytes) -> None:
    with opened(encrypted(handout, PASSWORD, PLACE)) as pdf:
        assert pdf.allow.accessibility
        assert pdf.allow.print_highres and pdf.allow.extract and pdf.allow.modify_form
        assert int(pdf.trailer.Encrypt.P) & (1 << 9)  # bit 10: ISO 14289-1, 7.16


def test_it_claims_to_be_readable_and_not_to_be_an_archive(handout: bytes, tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(handout)) as plain, plain.open_metadata() as before:
        assert before[ARCHIVE] == "2"
        said = {key: before[key] for key in before if "pdfa" not in key}
    with opened(encrypted(handout, PASSWORD, PLACE)) as pdf:
        assert b"pdfaid:" not in pdf.Root.Metadata.read_bytes()
        assert b"pdfaExtension:" not in pdf.Root.Metadata.read_bytes()
        with pdf.open_metadata(set_pikepdf_as_editor=False) as xmp:
            assert xmp[READING] == "1"
            assert {key: xmp[key] for key in xmp if "pdfa" not in key} == said
        done = BytesIO()
        pdf.save(done, encryption=False)
    checked = tmp_path / "open.pdf"
    checked.write_bytes(done.getvalue())
    import page

    assert page.validate_pdf(str(checked), profile="ua1").is_compliant
    assert not findings("pdfua", done.getvalue(), tmp_path)
    assert not findings("outloud", done.getvalue(), tmp_path)


def test_a_second_password_over_the_first(handout: bytes) -> None:
    with pytest.raises(ContentError, match="has a password already"):
        encrypted(encrypted(handout, PASSWORD, PLACE), PASSWORD, PLACE)
    with pytest.raises(ContentError, match="no PDF"):
        encrypted(b"hello", PASSWORD, PLACE)


def test_a_pdf_without_any_description() -> None:
    made = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(made)
    with opened(encrypted(made.getvalue(), PASSWORD, PLACE)) as pdf:
        assert len(pdf.pages) == 1


@pytest.mark.parametrize(
    "word", ["", "short", " blue spine", "blue spine ", "x" * 128, "Schlüsselwort", "tab\tinside it", "line\nend here"]
)
def test_passwords_that_do_not_do(word: str) -> None:
    assert wrong_password(word)


@pytest.mark.parametrize("word", [PASSWORD, "12345678", "x" * 127, "~!@#$%^&*()\\\"'<>"])
def test_passwords_that_do(word: str, handout: bytes) -> None:
    assert not wrong_password(word)
    opened(encrypted(handout, word, PLACE), word).close()


def test_an_e_mail_under_a_password_tells_nothing(desk: Desk) -> None:
    desk.monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    asked: list[str] = []
    answers = iter(["short", PASSWORD, "another one", PASSWORD, PASSWORD])

    def prompt(text: str, **options: object) -> str:
        asked.append(text)
        assert options["hide_input"]
        return next(answers)

    desk.monkeypatch.setattr("click.prompt", prompt)
    said = desk("email", "alpha", "beta", "--to", "kim@example.org", "--encrypt", "--out", "drafts")
    assert said.code == 0
    first, again = "Password for the PDFs", "The same password again"
    assert asked == [first, first, again, first, again]  # one that will not do need not be typed twice
    assert "at least 8 characters" in said.err
    assert "These were two different passwords." in said.err
    [path] = Path("drafts").iterdir()
    data = path.read_bytes()
    assert PASSWORD.encode() not in data
    for word in (b"alpha handout", b"beta handout", b"alpha.pdf", b"beta.pdf"):
        assert word not in data
    mail = message_from_bytes(data, policy=policy.default)
    assert [part.get_filename() for part in mail.iter_attachments()] == ["handout-1.pdf", "handout-2.pdf"]
    for part in mail.iter_attachments():
        opened(part.get_content()).close()
    answers = iter([PASSWORD, PASSWORD])
    desk("email", "alpha", "beta", "--to", "kim@example.org", "--encrypt", "--out", "drafts")
    assert len(list(Path("drafts").iterdir())) == 1  # the same e-mail, although no two encrypted files are the same


def test_the_send_log_knows_the_open_file(handout: bytes) -> None:
    from layouts.engine.deliver.mail.encrypt import locked

    plain = Attachment.of("beta.pdf", "Beta", handout)
    once, twice = (locked(plain, 0, PASSWORD, PLACE) for _ in range(2))
    assert once.load() != twice.load()
    assert once.identity == twice.identity == plain.identity
    assert (once.name, once.title) == ("handout.pdf", "")
