"""`python build.py email` as it is typed: drafts, tables of people, and what comes of typing it wrong."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import click
import platformdirs
import pytest

from tests.deliver.desk import GUIDE, PROJECT, Desk, Said, append, change, environment, save, shell

ONE, TWO = "kim@example.org", "lee@example.org"
DRAFTS = Path("drafts")


def drafts(folder: Path = DRAFTS) -> list[EmailMessage]:
    """The drafts in a folder, by recipient."""
    found = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in folder.glob("*.eml")]
    return sorted((mail for mail in found if isinstance(mail, EmailMessage)), key=lambda mail: str(mail["To"]))


def names(mail: EmailMessage) -> list[str | None]:
    """The names of an e-mail's attachments."""
    return [part.get_filename() for part in mail.iter_attachments()]


# ------------------------------------------------------------- drafts
def test_a_draft(desk: Desk) -> None:
    said = desk("email", "beta", "--to", ONE, "--name", "Kim", "--out", DRAFTS)
    assert (said.code, said.err) == (0, "")
    [mail] = drafts()
    assert mail["X-Unsent"] == "1"
    assert names(mail) == ["beta.pdf"]
    desk("pdf", "beta")
    [attachment] = mail.iter_attachments()
    assert attachment.get_content() == desk.pdf("beta").read_bytes()
    assert next(DRAFTS.iterdir()).name in said.out


def test_several_handouts_in_an_edition(desk: Desk) -> None:
    words = ["--edition", "large-print", "--paper", "a4", "--out", str(DRAFTS)]
    assert desk("email", "beta", "gamma", "--to", ONE, *words).code == 0
    [mail] = drafts()
    assert names(mail) == ["beta-large-print-a4.pdf", "gamma-large-print-a4.pdf"]


def test_a_draft_for_each_recipient(desk: Desk) -> None:
    said = desk("email", "beta", "--to", ONE, "--to", TWO, "--to", ONE, "--out", DRAFTS)
    assert said.out.startswith("2 drafts in ")
    assert [mail["To"] for mail in drafts()] == [ONE, TWO]


@pytest.mark.skipif(os.name == "nt", reason="modes")
def test_drafts_are_for_their_owner_only(desk: Desk) -> None:
    before = os.umask(0)
    try:
        desk("email", "beta", "--to", ONE, "--out", DRAFTS)
    finally:
        os.umask(before)
    [path] = DRAFTS.iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    assert DRAFTS.stat().st_mode & 0o777 == 0o700


def test_a_name_of_a_draft_says_nothing(desk: Desk) -> None:
    said = desk("email", "beta", "--to", ONE, "--name", "Kim", "--out", DRAFTS)
    [path] = DRAFTS.iterdir()
    for word in ("kim", "example", "beta"):
        assert word not in path.name.lower()
        assert word not in said.out.lower()


def test_made_again_a_draft_is_the_same(desk: Desk) -> None:
    desk("email", "beta", "--to", ONE, "--out", DRAFTS)
    [path] = DRAFTS.iterdir()
    before = path.read_bytes()
    desk("email", "beta", "--to", ONE, "--out", DRAFTS)
    assert [one.read_bytes() for one in DRAFTS.iterdir()] == [before]
    said = desk("email", "beta", "--to", ONE, "--to", TWO, "--out", DRAFTS, "--resume")
    assert said.out.startswith("1 draft in ") and "(1 was there)" in said.out


def test_drafts_go_to_the_user_s_own_documents(desk: Desk, tmp_path: Path) -> None:
    desk.monkeypatch.setattr(platformdirs, "user_documents_path", lambda: tmp_path / "Documents")
    assert desk("email", "beta", "--to", ONE).code == 0
    assert len(drafts(tmp_path / "Documents" / "Clinic handouts")) == 1
    assert not desk.out.exists()


def test_a_full_disk_leaves_no_half_of_a_draft(desk: Desk) -> None:
    assert desk("email", "beta", "--to", ONE, "--out", DRAFTS).code == 0  # the key is there
    before = list(DRAFTS.iterdir())

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    desk.monkeypatch.setattr(os, "fsync", full)
    said = desk("email", "beta", "--to", TWO, "--out", DRAFTS)
    assert said.code == 1
    assert "the disk is full" in said.err
    assert list(DRAFTS.iterdir()) == before


@pytest.mark.parametrize("folder", ["handouts", "handouts/guides/x", "link/x"])
def test_drafts_never_go_among_the_content(desk: Desk, folder: str) -> None:
    if os.name != "nt":
        Path("link").symlink_to(desk.shipped)
    before = sorted(desk.shipped.rglob("*"))
    said = desk("email", "beta", "--to", ONE, "--out", folder)
    assert said.code == 2
    assert "sheets for patients are never put among the content's files" in said.err
    assert sorted(desk.shipped.rglob("*")) == before


def test_nothing_of_a_patient_is_kept(copied: Path, tmp_path: Path) -> None:
    own = {"HANDOUTS_CACHE": str(tmp_path / "cache"), "HANDOUTS_DATA": str(tmp_path / "data")}
    words = ["email", "beta", "--to", ONE, "--name", "Zebulon", "--out", str(tmp_path / "drafts")]
    assert shell(copied, *words, world=own).code == 0
    folders = [*map(Path, own.values()), copied]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    assert {path.parent.name for path in files} >= {"cache", "data", "guides"}
    for path in files:
        assert ONE.encode() not in path.read_bytes(), path
        assert b"Zebulon" not in path.read_bytes(), path


# ------------------------------------------------------------- PDFs that are there
def test_a_pdf_that_is_there(desk: Desk) -> None:
    desk("pdf", "beta", "--out", "made")
    assert desk("email", "--pdf", "made/beta.pdf", "--to", ONE, "--out", DRAFTS).code == 0
    [mail] = drafts()
    assert names(mail) == ["beta.pdf"]
    text = mail.get_body(("plain",))
    assert text is not None and "- The beta handout" in text.get_content()  # the title that the PDF says of itself


def test_a_pdf_s_language(desk: Desk) -> None:
    change(desk.guide("beta"), "version:", "language: es\nversion:")
    desk("pdf", "beta", "--out", "made")
    desk("email", "--pdf", "made/beta.pdf", "--to", ONE, "--out", DRAFTS)
    desk("email", "beta", "--to", TWO, "--out", DRAFTS)
    for mail in drafts():
        assert mail["Subject"] == "Su hoja de Harbor Back & Motion"


def test_a_file_that_is_no_pdf(desk: Desk) -> None:
    save(Path("x.pdf"), "hello")
    said = desk("email", "--pdf", "x.pdf", "--to", ONE, "--out", DRAFTS)
    assert said.code == 1
    assert "x.pdf: this file is no PDF" in said.err
    assert not DRAFTS.exists()


# ------------------------------------------------------------- what is typed wrong
@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("betta --to a@b.example", 'Did you mean "beta"?'),
        ("--to a@b.example", "say which handout: an ID, or --pdf and a file"),
        ("beta", "say whom to with --to or --table"),
        ("beta kim@b.example", "an address stands after --to"),
        ("beta --to a@b.example --to kim", "number 2: an address has exactly one @"),
        ("beta --to a@b.example --table people.csv", "say --to or --table, not both"),
        ("beta --to a@b.example --to c@d.example --name Kim", "--name is for one recipient"),
        ("beta --to a@b.example --send --imap", "say --send or --imap, not both"),
        ("beta --to a@b.example --send --out x", "--out is for drafts in files"),
        ("beta --to a@b.example --programme beta", "--programme is for --table"),
        ("beta --to a@b.example --next-visit soon", "--next-visit is for --table"),
        ("beta --to a@b.example --again", "--again is for --send"),
        ("beta --to a@b.example --send --again --resume", "say --again or --resume, not both"),
        ("beta --to a@b.example --edition large", 'Did you mean "large-print"?'),
        ("beta --to a@b.example --paper a3", "cannot be printed on a3 paper"),
        ("--table people.csv --programme beta --paper a3", "cannot be printed on a3 paper"),
        ("--table people.csv --programme beta --layout poster", '"poster"'),
        ("--table people.csv --programme betta", 'Did you mean "beta"?'),
        ("beta --to a@b.example --layout postr", 'Did you mean "poster"?'),
        ("beta --to a@b.example --encrypt", "there is nobody to type it"),
        ("--pdf nowhere.pdf --to a@b.example", "nowhere.pdf"),
        ("beta --table nowhere.csv", "nowhere.csv"),
    ],
)
def test_a_wrong_command_line_is_explained(desk: Desk, words: str, answer: str) -> None:
    save(Path("people.csv"), "name,email\nEve,a@b.example\n")
    desk.monkeypatch.setattr(sys, "stdin", io.StringIO())
    said = desk("email", *words.split())
    assert said.code == 2
    assert answer in said.err
    assert "kim" not in said.err


def test_a_name_that_no_header_holds(desk: Desk) -> None:
    said = desk("email", "beta", "--to", ONE, "--name", "Kim\nBcc: all@example.com")
    assert said.code == 2
    assert "the name has a line end" in said.err
    assert "all@" not in said.err


def test_what_is_private_is_asked_for(desk: Desk) -> None:
    desk.monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    answers = {"To": ONE, "Name (may be left empty)": "Kim"}
    desk.monkeypatch.setattr("click.prompt", lambda text, **_: answers[text])
    assert desk("email", "beta", "--out", DRAFTS).code == 0
    [mail] = drafts()
    assert str(mail["To"]) == f"Kim <{ONE}>"


def test_an_address_that_cannot_be_is_asked_for_again_at_once(desk: Desk) -> None:
    desk.monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    answers = iter(["kim@@example.org", ONE, "Kim"])
    asked: list[str] = []

    def answer(text: str) -> str:
        asked.append(text)
        return next(answers)

    desk.monkeypatch.setattr("click.termui.visible_prompt_func", answer)
    said = desk("email", "beta", "--out", DRAFTS)
    assert said.code == 0
    assert asked == ["To: ", "To: ", "Name (may be left empty): "]
    assert "Error: An address has exactly one @, such as name@example.org." in said.out
    assert [str(mail["To"]) for mail in drafts()] == [f"Kim <{ONE}>"]


@pytest.mark.parametrize(("options", "code"), [((), 130), (("--yes",), 0)])
def test_one_patient_s_sheet_to_several_is_asked_about(desk: Desk, options: tuple[str, ...], code: int) -> None:
    own = desk("personal", "beta", "--name", "Kim", "--clinician", "", "--note", "", "--next-visit", "", "--out", "own")
    assert own.code == 0, own.err
    [sheet] = Path("own").glob("*.pdf")
    desk.monkeypatch.setattr("click.confirm", lambda *_, **__: (_ for _ in ()).throw(click.Abort))
    to = ("--to", ONE, "--to", "lee@example.org")
    said = desk("email", "--pdf", sheet, *to, *options, "--out", DRAFTS)
    assert (said.code, len(drafts())) == (code, 0 if code else 2)
    assert "One patient's own sheet would go to 2 people." in said.err
    said = desk("email", "--pdf", sheet, "--to", ONE, "--out", DRAFTS)
    assert (said.code, said.err) == (0, "")


def test_a_clinic_without_an_address(desk: Desk) -> None:
    change(desk.shipped / "clinic.yaml", "email: hello@harborback.example.com\n", "")
    said = desk("email", "beta", "--to", ONE, "--out", DRAFTS)
    assert said.code == 1
    assert "clinic.yaml: this file does not say which address e-mails come from" in said.err


def test_another_sender_and_where_answers_go(desk: Desk) -> None:
    append(desk.shipped / "clinic.yaml", "mail: {sender: desk@clinic.example, reply_to: answers@clinic.example}\n")
    assert desk("email", "beta", "--to", ONE, "--out", DRAFTS).code == 0
    [mail] = drafts()
    assert mail["From"].addresses[0].addr_spec == "desk@clinic.example"
    assert mail["Reply-To"] == "answers@clinic.example"
    assert mail["Message-ID"].endswith("@clinic.example>")


@pytest.mark.parametrize(
    ("block", "answer"),
    [
        ("{smtp: {host: 'https://smtp.example.org'}}", "is not the name of a server"),
        ("{smtp: {host: 'smtp.example.org:465'}}", "without https:// and without a port"),
        ("{smtp: {host: smtp.example.org, port: 70000}}", '"port" is no port that a server can have'),
        ("{smtp: {host: smtp.example.org, security: none}}", '"security" cannot be "none"'),
        ("{smtp: {port: 25}}", '"host" is missing'),
        ("{sender: nobody}", "is not an e-mail address"),
        (
            "{sender: a..b@clinic.example}",
            "no e-mail can come from this address: what stands before the @ is not right",
        ),
    ],
)
def test_what_is_wrong_in_clinic_yaml(desk: Desk, block: str, answer: str) -> None:
    append(desk.shipped / "clinic.yaml", f"mail: {block}\n")
    said = desk("email", "beta", "--to", ONE, "--out", DRAFTS)
    assert said.code == 1
    assert answer in said.err


def test_content_with_mistakes_writes_nothing(desk: Desk) -> None:
    change(desk.guide("beta"), "message:", "mesage:")
    said = desk("email", "beta", "--to", ONE, "--out", DRAFTS)
    assert said.code == 1
    assert "mesage" in said.err
    assert not DRAFTS.exists()


def test_too_much_for_an_e_mail(desk: Desk) -> None:
    from layouts.engine.deliver.mail import attachments

    desk.monkeypatch.setattr(attachments, "LARGEST", 50_000)
    said = desk("email", "beta", "--to", ONE, "--out", DRAFTS)
    assert said.code == 1
    assert "the e-mail: " in said.err and "too much for an e-mail" in said.err


def test_help(desk: Desk) -> None:
    assert "email" in desk("--help").out
    said: Said = desk("email", "--help")
    assert said.code == 0
    assert "--resume" in said.out
    assert desk("emial").err.count('Did you mean "email"?') == 1


# ------------------------------------------------------------- what others do not pay for
@pytest.mark.parametrize("words", [["pdf", "beta", "--force"], ["list"], []])
def test_other_commands_import_nothing_of_it(copied: Path, words: list[str]) -> None:
    save(copied / "handouts" / "guides" / "beta.yaml", GUIDE.format(number="S2", id="beta"))
    line = [sys.executable, "-X", "importtime", str(copied / "build.py"), *words]
    done = subprocess.run(line, capture_output=True, text=True, env=environment(), check=False, timeout=120)
    assert done.returncode == 0
    imported = {entry.rsplit("|", 1)[1].strip() for entry in done.stderr.splitlines() if "|" in entry}
    assert "layouts.engine.deliver.commands" in imported
    assert not imported & {"smtplib", "imaplib", "keyring", "pikepdf", "layouts.engine.deliver.commands_mail"}
    assert not any(name.startswith("layouts.engine.deliver.mail") for name in imported)


def test_templates_of_e_mails_are_shipped() -> None:
    for name in ("mail.txt.j2", "mail.html.j2"):
        assert (PROJECT / "layouts" / "templates" / name).is_file()
