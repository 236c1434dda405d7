"""A merge table for e-mail, as it is: the sheets that merge makes, each to its own person, under their own password."""

from __future__ import annotations

import io
import os
import ssl
import sys
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pikepdf
import pytest

from layouts.engine.deliver.mail import outbox
from layouts.engine.deliver.mail.table import recipients
from layouts.engine.problems import Problem
from layouts.engine.read.people import people
from tests.deliver.desk import Desk, append, change, save
from tests.deliver.ward import Ward, everything_below, traces, ward, words
from tests.mail.servers import Postman
from tests.mail.servers import smtp as serving

__all__ = ["ward"]
ONE, TWO, THREE = "kim@example.org", "lee@example.org", "may@example.org"
PEOPLE = (
    "Name;E-mail;Programme;Drop;Dose;Note\n"
    f'"O\'Brien, Anna";{ONE};strong;squat;bridge.sets=4;"Well done,\nand ""go on""!"\n'
    f"Łukasz Żółć;{TWO};alpha;;;\n"
)
WithServer = Callable[..., Desk]
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")


def table(text: str = PEOPLE, name: str = "people.csv") -> Path:
    """A table beside the user."""
    save(Path(name), text)
    return Path(name)


def drafts(ward: Ward) -> dict[str, EmailMessage]:
    """The drafts beside the sheets, by recipient."""
    mails = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in ward.folder.glob("*.eml")]
    return {mail["To"].addresses[0].addr_spec: mail for mail in mails if isinstance(mail, EmailMessage)}


def attached(mail: EmailMessage) -> dict[str, bytes]:
    """An e-mail's attachments by their names."""
    return {str(part.get_filename()): part.get_content() for part in mail.iter_attachments()}


def sheets(ward: Ward) -> dict[str, bytes]:
    """The sheets of merges, by their numbers."""
    return {path.stem.partition("-")[2]: path.read_bytes() for path in ward.folder.rglob("?????-*.pdf")}


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Somebody sits before the screen, and types these answers, each once."""
    answers: list[str] = []

    def confirm(*_: object, **__: object) -> None:
        if answers.pop(0) != "y":
            raise KeyboardInterrupt

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr("click.prompt", lambda *_, **__: answers.pop(0))
    monkeypatch.setattr("click.confirm", confirm)
    yield answers
    assert not answers


# ------------------------------------------------------------- the sheets that merge makes
def test_each_gets_the_sheet_that_merge_makes(ward: Ward) -> None:
    said = ward("email", "--table", table())
    assert (said.code, said.err) == (0, "")
    assert "2 drafts in " in said.out and "2 sheets, " in said.out
    mails = drafts(ward)
    assert {mails[ONE]["To"].addresses[0].display_name, mails[TWO]["To"].addresses[0].display_name} == {
        "O'Brien, Anna", "Łukasz Żółć",
    }  # fmt: skip
    got = {name.removesuffix(".pdf"): data for mail in mails.values() for name, data in attached(mail).items()}
    assert got == sheets(ward) and len(got) == 2
    [first] = attached(mails[ONE])
    save_bytes(Path("first.pdf"), attached(mails[ONE])[first])
    text = words(Path("first.pdf"))
    assert "For: O'Brien, Anna" in text and "4 sets of 10" in text and "Squat" not in text
    plans = list(ward.folder.rglob("*.plan.yaml"))
    assert len(plans) == 2  # what was prescribed is kept, as merge keeps it
    assert all(b"Brien" not in path.read_bytes() for path in plans)


def save_bytes(path: Path, data: bytes) -> None:
    """Writes a file."""
    path.write_bytes(data)


@pytest.mark.parametrize("join", [False, True])
def test_what_was_merged_before_is_what_is_sent(ward: Ward, join: bool) -> None:
    path = ward.folder / "merge-of-monday"
    said = ward.desk("merge", table(), "--out", path, *(["--join"] if join else []))
    assert said.code == 0
    numbers = {plan.name.removesuffix(".plan.yaml").partition("-")[2] for plan in path.glob("*.plan.yaml")}
    said = ward("email", "--table", table())
    assert said.code == 0
    got = {name.removesuffix(".pdf") for mail in drafts(ward).values() for name in attached(mail)}
    assert got == numbers  # on paper and by e-mail, one number
    assert ("The sheets are those of" in said.out) is not join


def test_options_for_all_rows_are_those_of_merge(ward: Ward) -> None:
    path = table(f"name,email\nAnna,{ONE}\nEve,{TWO}\n")
    words_ = ["--programme", "strong", "--clinician", "Dr. Lee", "--note", "Well done", "--edition", "large-print"]
    assert ward.desk("merge", path, *words_, "--out", ward.folder / "merge-1").code == 0
    before = sheets(ward)
    assert ward("email", "--table", path, *words_).code == 0
    assert sheets(ward) == before
    assert {name.removesuffix(".pdf") for mail in drafts(ward).values() for name in attached(mail)} == set(before)


def test_an_address_that_was_mended_makes_no_new_sheets(ward: Ward) -> None:
    ward("email", "--table", table())
    before = sheets(ward)
    ward("email", "--table", table(PEOPLE.replace(TWO, THREE)))
    assert sheets(ward) == before
    assert set(drafts(ward)) == {ONE, TWO, THREE}


def test_changed_content_makes_new_sheets_and_says_so(ward: Ward) -> None:
    ward("email", "--table", table())
    before = sheets(ward)
    change(ward.desk.guide("alpha"), "Move a little.", "Move more.")
    said = ward("email", "--table", table())
    assert said.code == 0
    assert "have changed since" in said.err and "are made anew" in said.err
    assert len(sheets(ward)) == 2 * len(before)


def test_a_handout_for_everybody_goes_with_it(ward: Ward) -> None:
    path = table(f"name,email,programme\nAnna,{ONE},strong\nEve,{TWO},\n,{THREE},\n")
    assert ward("email", "beta", "--table", path).code == 0
    mails = drafts(ward)
    [sheet] = sheets(ward)
    assert [list(attached(mails[who])) for who in (ONE, TWO, THREE)] == [
        [f"{sheet}.pdf", "beta.pdf"], ["beta.pdf"], ["beta.pdf"],
    ]  # fmt: skip
    assert mails[ONE]["Subject"] == "Your handouts from Harbor Back & Motion"


def test_two_people_with_one_address_get_an_e_mail_each(ward: Ward) -> None:
    path = table(f"name,email,programme\nAnna,{ONE},alpha\nEve,{ONE},alpha\n")
    assert "2 drafts in " in ward("email", "--table", path).out


def test_a_workbook(ward: Ward) -> None:
    made = openpyxl.Workbook()
    for row in (["Name", "Email", "Programme"], ["Nguyễn Thị Minh Khai", ONE, "alpha"]):
        made.active.append(row)
    made.save("people.xlsx")
    assert ward("email", "--table", "people.xlsx").code == 0
    assert drafts(ward)[ONE]["To"].addresses[0].display_name == "Nguyễn Thị Minh Khai"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("comma", [",", ";", "\t"])
def test_a_table_as_programs_save_it(tmp_path: Path, encoding: str, comma: str) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(f'Email{comma}"Name"\r\n{ONE}{comma}"Müller\r\n"\r\n'.encode(encoding))
    [row], wrong = recipients(people(path), programme="", encrypt=False)
    assert (row.recipient.address, row.recipient.name, wrong) == (ONE, "Müller", [])


@pytest.mark.skipif(os.name == "nt", reason="modes")
def test_all_of_it_is_for_its_owner_only(ward: Ward) -> None:
    before = os.umask(0)
    try:
        ward("email", "--table", table())
    finally:
        os.umask(before)
    for path in (ward.folder, *ward.folder.rglob("*")):
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path


# ------------------------------------------------------------- what is wrong with a table
def wrong_with(text: str, folder: Path) -> list[Problem]:
    """What is said of whom a table's e-mails go to."""
    save(folder / "people.csv", text)
    return recipients(people(folder / "people.csv"), programme="", encrypt=False)[1]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("email\n", "people.csv: there is nobody in this table"),
        ("name\nKim\n", 'people.csv, row 1: the column "email" is missing'),
        (f"email,emial\n{ONE},x\n", 'people.csv, row 1: there is no column "emial"'),
        (f"email,e-mail\n{ONE},x\n", 'people.csv, row 1: the column "e-mail" stands there twice'),
        (f"email\n{ONE}\nkim\n", "people.csv, row 3, email: an address has exactly one @"),
        (f"email,name\n,Kim\n{ONE},Kim\n", "people.csv, row 2, email: the address is empty"),
        (f"email\n{ONE}\n\n{ONE.upper()}\n", "people.csv, row 4: this row says the same as row 2"),
        (f'email,name\n{ONE},"a\nb"\n', "people.csv, row 2, name: the name has a line end"),
        (f"email,password\n{ONE},12345678\n", "people.csv, row 1, password: this table has passwords"),
    ],
)
def test_what_is_wrong_with_a_table(tmp_path: Path, text: str, answer: str) -> None:
    said = "\n".join(map(str, wrong_with(text, tmp_path)))
    assert answer in said
    assert "kim" not in said.lower() and "example.org" not in said.replace("such as name@example.org", "")


def test_every_mistake_of_a_table_at_once_in_its_order_and_nothing_made(ward: Ward) -> None:
    rows = [f"Anna,{ONE},betta,", f"Eve,{TWO},,", ",kim,alpha,", f"May,{THREE},,squat", *["Kim,x@y.example,alpha,"] * 9]
    said = ward("email", "--table", table("\n".join(["name,email,programme,drop", *rows])))
    assert said.code == 1
    places = [line.partition(":")[0] for line in said.err.splitlines() if line.startswith("people.csv")]
    wheres = ("2, programme", "3", "4, email", "4, name", "5, programme")
    assert places[:5] == [f"people.csv, row {where}" for where in wheres]
    assert places[5:] == [f"people.csv, row {number}" for number in range(7, 15)]
    assert "row 3: this row names no programme" in said.err
    assert not ward.folder.exists()


@pytest.mark.parametrize("whom", [["--to", ONE], ["--table", "people.csv"]])
def test_an_edition_that_a_layout_does_not_have(ward: Ward, whom: list[str]) -> None:
    table(f"name,email,programme\nAnna,{ONE},strong\n")
    said = ward("email", "strong", *whom, "--layout", "pocket", "--edition", "large-print")
    assert said.code == 2
    assert 'the layout "pocket" has no large-print edition' in said.err
    assert not ward.folder.exists()


# ------------------------------------------------------------- passwords
SECRETS = {ONE: "blue spine 42", TWO: "green knee 17"}
LOCKED = f"name,email,programme,password\nAnna,{ONE},strong,{SECRETS[ONE]}\nEve,{TWO},alpha,{SECRETS[TWO]}\n"


def test_everybody_has_their_own_password(ward: Ward, data: Path) -> None:
    said = ward("email", "gamma", "--table", table(LOCKED), "--encrypt")
    assert (said.code, said.err) == (0, "")
    for who, mail in drafts(ward).items():
        got = attached(mail)
        assert list(got) == ["handout-1.pdf", "handout-2.pdf"]
        for content in got.values():
            with pikepdf.open(io.BytesIO(content), password=SECRETS[who]) as pdf:
                assert pdf.encryption.R == 6
            for other in {"", *SECRETS.values()} - {SECRETS[who]}:
                with pytest.raises(pikepdf.PasswordError):
                    pikepdf.open(io.BytesIO(content), password=other)
    for secret in SECRETS.values():  # only the table has it: no draft, plan, journal or log
        assert not traces(secret, ward.folder, data)
        assert secret not in said.out


def test_what_is_kept_lets_nobody_try_passwords(ward: Ward) -> None:
    ward("email", "--table", table(LOCKED), "--encrypt")
    before = {name: content for name, content in everything_below(ward.folder) if name.endswith("json")}
    ward("email", "--table", table(LOCKED.replace("42", "43")), "--encrypt")
    after = {name: content for name, content in everything_below(ward.folder) if name.endswith("json")}
    assert before and before == after  # with another password the journal is the same


def test_merge_passes_over_passwords_and_says_so(ward: Ward) -> None:
    said = ward("merge", table(LOCKED))
    assert said.code == 0
    assert "Passwords are for e-mails: these PDFs open without one." in said.err
    for path in ward.pdfs():
        pikepdf.open(path).close()
    for secret in SECRETS.values():
        assert not traces(secret, ward.folder)


@pytest.mark.parametrize(
    ("secret", "answer"),
    [("", "there is no password here"), ("short", "at least 8 characters"), ("Schlüsselwort", "use letters a to z")],
)
def test_a_password_that_does_not_do(ward: Ward, secret: str, answer: str) -> None:
    said = ward("email", "--table", table(LOCKED.replace(SECRETS[TWO], secret)), "--encrypt")
    assert said.code == 1
    assert f"people.csv, row 3, password: {answer}" in said.err or answer in said.err
    assert not secret or secret not in said.err
    assert not ward.folder.exists()


def test_a_password_that_the_spreadsheet_shows_otherwise(ward: Ward) -> None:
    import datetime

    made = openpyxl.Workbook()
    born, number = datetime.datetime(1980, 1, 2), 12345678
    made.active.append(["name", "email", "programme", "password"])
    made.active.append(["A", ONE, "alpha", born])
    made.active.append(["B", TWO, "alpha", number])
    made.active.append(["C", THREE, "alpha", "12345678"])
    made.save("people.xlsx")
    said = ward("email", "--table", "people.xlsx", "--encrypt")
    assert said.code == 1
    for row in (2, 3):
        assert f"row {row}, password: the spreadsheet keeps this password as a number or a date" in said.err
    assert "row 4" not in said.err and "1980" not in said.err and "1234" not in said.err


@pytest.mark.parametrize("answer", ["y", "n"])
def test_people_who_could_open_each_other_s(ward: Ward, typed: list[str], answer: str) -> None:
    typed.append(answer)
    said = ward("email", "--table", table(LOCKED.replace(SECRETS[TWO], SECRETS[ONE])), "--encrypt")
    assert "Several people have the same password (rows 2, 3): each could open the others' PDFs." in said.err
    assert (said.code, len(drafts(ward))) == ((0, 2) if answer == "y" else (130, 0))


def test_one_password_for_all_is_asked_about(ward: Ward, typed: list[str]) -> None:
    typed.extend(["y", "blue spine 42", "blue spine 42"])
    said = ward("email", "--table", table(), "--encrypt")
    assert said.code == 0
    assert "All 2 recipients get the same password: each could open the others' PDFs." in said.err


def test_a_family_with_one_password_is_nobody_s_business(ward: Ward) -> None:
    same = LOCKED.replace(SECRETS[TWO], SECRETS[ONE]).replace(TWO, ONE)
    said = ward("email", "--table", table(same), "--encrypt")
    assert (said.code, said.err) == (0, "")


# ------------------------------------------------------------- sending
def test_a_table_that_was_mended_goes_on(ward: Ward, certificate: ssl.SSLContext) -> None:
    """A new row, another day and new numbers: who has got the sheet gets it no second time."""
    postman = Postman(on_rcpt=["", "550 5.1.1 no"])
    with serving(postman, certificate) as port:
        mail = f"mail:\n  smtp: {{host: localhost, port: {port}, security: starttls}}\n"
        append(ward.desk.shipped / "clinic.yaml", mail)
        said = ward("email", "--table", table(), "--send", "--yes")
        assert said.code == 1
        assert "people.csv, row 3: refused: there is no such mailbox (550 5.1.1)" in said.err
        change(Path("people.csv"), f";{TWO};alpha;;;\n", f";{THREE};alpha;;;\nEve;{TWO};alpha;;;\n")
        said = ward("email", "--table", Path("people.csv"), "--send", "--yes", "--resume")
        assert said.code == 0
    assert postman.recipients == [ONE, THREE, TWO]


def test_the_send_log_says_nothing_of_a_table(ward: Ward, certificate: ssl.SSLContext, data: Path) -> None:
    with serving(Postman(), certificate) as port:
        mail = f"mail:\n  smtp: {{host: localhost, port: {port}, security: starttls}}\n"
        append(ward.desk.shipped / "clinic.yaml", mail)
        assert ward("email", "--table", table(LOCKED), "--encrypt", "--send", "--yes").code == 0
    log = (data / outbox.LOG).read_bytes()
    for word in (b"Anna", b"example.org", b"strong", b"spine", *(number.encode() for number in sheets(ward))):
        assert word not in log
