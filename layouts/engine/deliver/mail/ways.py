"""Where e-mails go: into draft files, into the mailbox's folder for drafts, or out through the mail server."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...problems import Place, Problem, problem
from ...read.models import Mail, MailServer
from ..command_line import Setting, progress, tell
from ..files import write_file
from ..press import Press
from ..table import shown
from .message import Letter, message, message_id
from .outbox import Outbox, key_of, opened
from .table import Row
from .writer import Wanted, Writer

if TYPE_CHECKING:
    from .sheets import Sheets


@dataclass(frozen=True)
class Post:
    """What is to be written, and to whom; `sheets` are those that people of a table have of their own."""

    press: Press
    wanted: Wanted
    people: Sequence[Row]
    sheets: Sheets | None = None

    def letters(self, outbox: Outbox) -> tuple[Writer, list[tuple[Row, Letter]]]:
        """Each person's e-mail; those that are the same to the same address are one. Raises ContentError for what no
        e-mail holds, before the first one goes anywhere."""
        writer = Writer.open(self.press, self.wanted, outbox, self.sheets)
        letters: dict[str, tuple[Row, Letter]] = {}
        for row in self.people:
            letter = writer.letter(row)
            message(writer.sender, replace(letter, attachments=()), row.place)
            letters.setdefault(letter.key, (row, letter))
        return writer, list(letters.values())

    @property
    def user(self) -> str:
        """Who logs in, as clinic.yaml says, or ''."""
        mail: Mail | None = self.press.library.clinic()[0].mail
        return str(mail.user or "") if mail else ""


def write_drafts(post: Post, folder: Path, *, resume: bool) -> None:
    """A draft file for each. Raises ContentError."""
    writer, letters = post.letters(key_of())
    there = 0
    path = folder
    with progress(len(letters), "Writing") as bar:
        for row, letter in letters:
            path = folder / f"e-mail-{letter.key[:16]}.eml"  # nothing of the patient in a name
            if resume and path.is_file():
                there += 1
            else:
                write_file(path, message(writer.sender, letter, row.place), private=True, lasting=True)
            bar.update(1)
    new = len(letters) - there
    if len(letters) == 1 and new:
        click.echo(f"The draft is {shown(path)}")
    else:
        click.echo(f"{_counted(new, 'draft')} in {shown(folder)}{_also(there)}")
    click.echo("Open it with your mail program, look it over, and send it. Then delete the file.")


def put_into_mailbox(post: Post, server: MailServer) -> None:
    """A draft for each in the folder for drafts of the clinic's mailbox. Raises ContentError."""
    from .imap import Draft, Mailbox, put
    from .password import password

    writer, letters = post.letters(key_of())
    now = datetime.now(UTC).astimezone()

    def draft(row: Row, letter: Letter) -> Draft:
        return Draft(message_id(writer.sender, letter), lambda: message(writer.sender, letter, row.place, now))

    drafts = [draft(row, letter) for row, letter in letters]
    secret = password(post.user, str(server.host))
    with progress(len(drafts), "Writing") as bar:
        new, there = put(Mailbox.of(server, post.user), secret, drafts, step=lambda: bar.update(1))
    click.echo(f"{_counted(new, 'draft')} put into the folder for drafts of your mailbox{_also(there)}.")


def send_all(post: Post, server: MailServer, *, resume: bool, again: bool, yes: bool, setting: Setting) -> None:
    """Sends to each, and tells what came of it. Raises ContentError where nothing could be sent."""
    from .password import password
    from .smtp import Parcel, Server, send

    with opened() as outbox:
        writer, letters = post.letters(outbox)
        left = letters if again else _not_yet(letters, outbox, resume, setting)
        if not left:
            click.echo("Nothing is left to send.")
            return
        where = Server.of(server, post.user, writer.sender.address)
        if len(left) > 1 and not yes:
            click.confirm(f"Send {len(left)} e-mails through {where.host}?", abort=True, err=True)

        def parcel(row: Row, letter: Letter) -> Parcel:
            def make() -> bytes:
                return message(writer.sender, letter, row.place, datetime.now(UTC).astimezone())

            return Parcel(letter.key, letter.recipient.address, row.place, make)

        parcels = [parcel(row, letter) for row, letter in left]
        secret = password(post.user, where.host) if post.user else ""
        try:
            with progress(len(parcels), "Sending") as bar:
                report = send(where, secret, parcels, outbox, wait=pause, step=lambda: bar.update(1))
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
        said = [*([f"{sent} went out before"] if sent else []), *([f"{unknown} may have gone out"] if unknown else [])]
        message = f"of {_counted(len(letters), 'e-mail')} {' and '.join(said)}; nothing was sent now"
        others = "--resume to send the others, or " if sent + unknown < len(letters) else ""
        raise problem(
            Place("the send log"), message, f"Add {others}--again to send {'all of ' * bool(others)}them again."
        )
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


def pause(seconds: float) -> None:
    """Waits before a new try."""
    click.echo(f"Not everything could be sent yet. The next try is in {seconds:.0f} seconds.", err=True)
    time.sleep(seconds)


def _also(there: int) -> str:
    return f" ({there} {'was' if there == 1 else 'were'} there)" if there else ""


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
