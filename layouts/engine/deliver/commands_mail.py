"""The command that sends handouts by e-mail, or makes drafts of them. What it needs is imported when it runs."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..draw.styles import EDITIONS, PAPERS, layouts
from ..problems import ContentError, Place, Problem, problem
from ..read.library import Library
from ..read.models import MailServer
from .command_line import FOLDER, OneOf, Setting, content_option, known_ids, parameter, progress, tell
from .table import shown

if TYPE_CHECKING:
    from .mail.message import Letter
    from .mail.outbox import Outbox
    from .mail.table import Row
    from .mail.writer import Wanted, Writer


@click.command()
@click.argument("ids", metavar="[ID...]", nargs=-1)
@click.option("--to", "addresses", metavar="ADDRESS", multiple=True, help="Whom to. Left out: it is asked for.")
@click.option("--name", metavar="NAME", default="", help="The name to greet, where there is one recipient.")
@click.option(
    "--table", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Recipients from a CSV file with the columns email, name and programme.",
)  # fmt: skip
@click.option(
    "--pdf", "files", metavar="FILE", multiple=True, type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A PDF that is there already, such as a personal sheet.",
)  # fmt: skip
@click.option(
    "--edition", metavar="NAME", type=OneOf(EDITIONS), default="standard", show_default=True,
    help=f"{', '.join(EDITIONS[:-1])} or {EDITIONS[-1]}.",
)  # fmt: skip
@click.option("--paper", metavar="NAME", type=OneOf(list(PAPERS)), help=f"{', '.join(PAPERS)}. Left out: the clinic's.")
@click.option("--layout", metavar="NAME", help="As for the command pdf.")
@click.option("--send", is_flag=True, help="Send at once, through the mail server of clinic.yaml.")
@click.option("--imap", is_flag=True, help="Put drafts into your mailbox's folder for drafts.")
@click.option("--encrypt", is_flag=True, help="Ask for a password that opens the PDFs.")
@click.option("--resume", is_flag=True, help="Leave out what went out before; never sends twice.")
@click.option("--again", is_flag=True, help="Send also what went out before, or may have.")
@click.option(
    "--out", metavar="FOLDER", type=FOLDER,
    help='Where to put drafts. Left out: "Clinic handouts" in your documents.',
)  # fmt: skip
@click.option("--yes", is_flag=True, help="Do not ask before several e-mails go out.")
@content_option
@click.pass_obj
def email(
    setting: Setting,
    ids: tuple[str, ...],
    addresses: tuple[str, ...],
    name: str,
    table: Path | None,
    files: tuple[Path, ...],
    edition: str,
    paper: str | None,
    layout: str | None,
    send: bool,
    imap: bool,
    encrypt: bool,
    resume: bool,
    again: bool,
    out: Path | None,
    yes: bool,
) -> None:
    """Make drafts of e-mails with handouts, or send them.

    Left to itself it makes a draft for each recipient, a file that your mail program opens for you to look over and
    send. Nothing goes out unless you say --send.

    Example: python build.py email back-pain-and-sleep --to someone@example.org
    """
    _check_options(addresses, name, table, send=send, imap=imap, resume=resume, again=again, out=out)
    if layout:
        layout = OneOf(list(layouts())).convert(layout, parameter("layout"), click.get_current_context())
    if any("@" in word for word in ids):  # said before somebody else repeats it
        raise click.UsageError("an address stands after --to")
    library = setting.library()
    ids = known_ids(library, ids)
    people = _people(addresses, name, table)
    _check_handouts(library, people, ids, files, table)
    server = _server(library, send=send, imap=imap)
    from .mail.writer import Wanted

    wanted = Wanted(ids, files, edition, paper, layout, _ask_for_password(len(people)) if encrypt else "")
    if server is not None:
        if send:
            _send(library, server, wanted, people, resume=resume, again=again, yes=yes, setting=setting)
        else:
            _into_mailbox(library, server, wanted, people)
    else:
        _drafts(library, wanted, people, out, resume=resume)


# ------------------------------------------------------------- what was typed
def _check_options(
    addresses: Sequence[str], name: str, table: Path | None, *, send: bool, imap: bool, resume: bool, again: bool,
    out: Path | None,
) -> None:  # fmt: skip
    wrong = (
        (bool(addresses) and table is not None, "say --to or --table, not both"),
        (bool(name) and (len(addresses) > 1 or table is not None), "--name is for one recipient"),
        (send and imap, "say --send or --imap, not both"),
        (out is not None and (send or imap), "--out is for drafts in files"),
        (again and not send, "--again is for --send"),
        (again and resume, "say --again or --resume, not both"),
    )  # fmt: skip
    for found, message in wrong:
        if found:
            raise click.UsageError(message)


def _people(addresses: Sequence[str], name: str, table: Path | None) -> list[Row]:
    """The recipients, each once. What is said of a wrong address never repeats it."""
    from .mail.addresses import Recipient, wrong_address, wrong_name
    from .mail.table import Row, recipients

    if table is not None:
        return recipients(table)
    if not addresses:
        if not (sys.stdin and sys.stdin.isatty()):
            raise click.UsageError("say whom to with --to or --table")
        addresses = (click.prompt("To"),)
        name = name or click.prompt("Name (may be left empty)", default="", show_default=False)
    if wrong := wrong_name(name.strip()):
        raise click.BadParameter(wrong, param_hint="--name")
    rows: dict[str, Row] = {}
    for number, address in enumerate(map(str.strip, addresses), 1):
        if wrong := wrong_address(address):
            raise click.BadParameter(f"number {number}: {wrong}", param_hint="--to")
        place = Place(f"--to, number {number}" if len(addresses) > 1 else "the e-mail")
        rows.setdefault(address.lower(), Row(place, Recipient(address, name.strip())))
    return list(rows.values())


def _check_handouts(
    library: Library, people: Sequence[Row], ids: Sequence[str], files: Sequence[Path], table: Path | None
) -> None:
    """Everybody gets something, and every programme of a table is a handout."""
    wrong = []
    for row in people:
        if row.programme and row.programme not in library.entries():
            wrong.append(Problem(row.place, "there is no such handout as this row's programme", _LIST))
        elif not (row.programme or ids or files):
            if table is None:
                raise click.UsageError("say which handout: an ID, or --pdf and a file")
            wrong.append(Problem(row.place, "this row names no programme", "Fill it in, or type an ID for everybody."))
    if wrong:
        raise ContentError(wrong)


_LIST = 'See them all with "python build.py list".'


def _server(library: Library, *, send: bool, imap: bool) -> MailServer | None:
    """The server of clinic.yaml that is needed, None where none is. Raises ContentError when it is not named."""
    if not (send or imap):
        return None
    clinic, path = library.clinic()
    kind = "smtp" if send else "imap"
    server = getattr(clinic.mail, kind) if clinic.mail else None
    place = Place(path.name)
    if server is None:
        hint = f'Write it under "mail", as "{kind}": the README shows how.'
        raise problem(place, f"this file does not name the mail server for --{'send' if send else 'imap'}", hint)
    if imap and not (clinic.mail and clinic.mail.user):
        raise problem(place, "this file does not name whose mailbox it is", 'Write it under "mail", as "user".')
    assert isinstance(server, MailServer)
    return server


def _ask_for_password(count: int) -> str:
    from .mail.encrypt import wrong_password

    if not (sys.stdin and sys.stdin.isatty()):
        raise click.UsageError("--encrypt asks for a password, and there is nobody to type it")
    label = "Password for the PDFs" if count == 1 else f"Password for the PDFs, the same for all {count} recipients"
    while True:
        password: str = click.prompt(label, hide_input=True, confirmation_prompt="The same password again", err=True)
        wrong = wrong_password(password)
        if not wrong:
            return password
        click.echo(f"{wrong[0].upper()}{wrong[1:]}.", err=True)


# ------------------------------------------------------------- where they go
def _letters(writer: Writer, people: Sequence[Row]) -> list[tuple[Row, Letter]]:
    """Each person's e-mail; those that are the same to the same address are one. Raises ContentError."""
    letters: dict[str, tuple[Row, Letter]] = {}
    for row in people:
        letter = writer.letter(row)
        letters.setdefault(letter.key, (row, letter))
    return list(letters.values())


def _drafts(library: Library, wanted: Wanted, people: Sequence[Row], out: Path | None, *, resume: bool) -> None:
    from .mail.message import message
    from .mail.outbox import key_of
    from .mail.private import check_outside, write_private
    from .mail.writer import Writer
    from .patients import patients_folder

    folder = Path(os.path.abspath(out or patients_folder()))  # noqa: PTH100
    check_outside(folder, [root.path for root in library.roots])
    writer = Writer.open(library, wanted, key_of())
    letters = _letters(writer, people)  # all are checked before the first is written
    there = 0
    path = folder
    with progress(len(letters), "Writing") as bar:
        for row, letter in letters:
            path = folder / f"e-mail-{letter.key[:16]}.eml"  # nothing of the patient in a name
            if resume and path.is_file():
                there += 1
            else:
                write_private(path, message(writer.sender, letter, row.place))
            bar.update(1)
    new = len(letters) - there
    if len(letters) == 1 and new:
        click.echo(f"The draft is {shown(path)}")
    else:
        click.echo(f"{_counted(new, 'draft')} in {shown(folder)}{_also(there)}")
    click.echo("Open it with your mail program, look it over, and send it. Then delete the file.")


def _into_mailbox(library: Library, server: MailServer, wanted: Wanted, people: Sequence[Row]) -> None:
    from .mail.imap import Draft, Mailbox, put
    from .mail.message import message, message_id
    from .mail.outbox import key_of
    from .mail.password import password
    from .mail.writer import Writer

    writer = Writer.open(library, wanted, key_of())
    user = str(_user(library))
    now = datetime.now(UTC).astimezone()

    def draft(row: Row, letter: Letter) -> Draft:
        return Draft(message_id(writer.sender, letter), lambda: message(writer.sender, letter, row.place, now))

    drafts = [draft(row, letter) for row, letter in _letters(writer, people)]
    with progress(len(drafts), "Writing") as bar:
        new, there = put(Mailbox.of(server, user), password(user, str(server.host)), drafts, step=lambda: bar.update(1))
    click.echo(f"{_counted(new, 'draft')} put into the folder for drafts of your mailbox{_also(there)}.")


def _send(
    library: Library, server: MailServer, wanted: Wanted, people: Sequence[Row], *, resume: bool, again: bool,
    yes: bool, setting: Setting,
) -> None:  # fmt: skip
    from .mail.message import message
    from .mail.outbox import opened
    from .mail.password import password
    from .mail.smtp import Parcel, Server
    from .mail.smtp import send as send_all
    from .mail.writer import Writer

    with opened() as outbox:
        writer = Writer.open(library, wanted, outbox)
        letters = _letters(writer, people)
        left = letters if again else _not_yet(letters, outbox, resume, setting)
        if not left:
            click.echo("Nothing is left to send.")
            return
        user = str(_user(library) or "")
        where = Server.of(server, user, writer.sender.address)
        if len(left) > 1 and not yes:
            click.confirm(f"Send {len(left)} e-mails through {where.host}?", abort=True, err=True)

        def parcel(row: Row, letter: Letter) -> Parcel:
            def make() -> bytes:
                return message(writer.sender, letter, row.place, datetime.now(UTC).astimezone())

            message(
                writer.sender, replace(letter, attachments=()), row.place
            )  # a name that no header holds is known now
            return Parcel(letter.key, letter.recipient.address, row.place, make)

        parcels = [parcel(row, letter) for row, letter in left]
        secret = password(user, where.host) if user else ""
        try:
            with progress(len(parcels), "Sending") as bar:
                report = send_all(where, secret, parcels, outbox, wait=_wait, step=lambda: bar.update(1))
        except KeyboardInterrupt:
            click.echo("\nWhat went out is noted. To send the rest, type the same again with --resume.", err=True)
            raise
    if sent := report.count("sent"):
        click.echo(f"{_counted(sent, 'e-mail')} sent.")
    if report.problems:
        tell(report.problems)
        setting.failed = True


def _not_yet(
    letters: Sequence[tuple[Row, Letter]], outbox: Outbox, resume: bool, setting: Setting
) -> list[tuple[Row, Letter]]:
    """The e-mails that did not go out before. Raises ContentError when some did and nobody said --resume."""
    states = [outbox.state(letter.key) for _, letter in letters]
    sent, unknown = states.count("sent"), states.count("unknown")
    if (sent or unknown) and not resume:
        said = [*([f"{sent} went out before"] if sent else []), *([f"{unknown} may have"] if unknown else [])]
        message = f"of {_counted(len(letters), 'e-mail')} {' and '.join(said)}; nothing was sent now"
        raise problem(Place("the send log"), message, "Add --resume to send the others, or --again to send them all.")
    if unknown:
        tell(
            [
                Problem(row.place, "nobody knows whether this one arrived; it is left out", "Ask the recipient.")
                for (row, _), state in zip(letters, states, strict=True)
                if state == "unknown"
            ]
        )
        setting.failed = True
    return [one for one, state in zip(letters, states, strict=True) if state in (None, "refused")]


def _wait(seconds: float) -> None:
    click.echo(f"Not everything could be sent yet. The next try is in {seconds:.0f} seconds.", err=True)
    time.sleep(seconds)


def _user(library: Library) -> str | None:
    mail = library.clinic()[0].mail
    return mail.user if mail else None


def _also(there: int) -> str:
    return f" ({there} {'was' if there == 1 else 'were'} there)" if there else ""


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
