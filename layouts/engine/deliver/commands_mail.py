"""The command that sends handouts by e-mail, or makes drafts of them. What it needs is imported when it runs."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..draw.styles import EDITIONS, PAPERS, layouts
from ..problems import Place, problem
from ..read.library import Library
from ..read.models import MailServer
from .command_line import OneOf, Setting, content_option, known_ids, parameter
from .commands_merge import said_for_all, table_options
from .commands_patient import as_options
from .patients import check_folder, patients_folder
from .press import Press

if TYPE_CHECKING:
    from .mail.table import Row
    from .mail.ways import Post


@click.command()
@click.argument("ids", metavar="[ID...]", nargs=-1)
@click.option("--to", "addresses", metavar="ADDRESS", multiple=True, help="Whom to. Left out: it is asked for.")
@click.option("--name", metavar="NAME", default="", help="The name to greet, where there is one recipient.")
@click.option(
    "--table", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A table as for the command merge, with a column email: each person's own sheet, as merge makes it.",
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
@click.option("--encrypt", is_flag=True, help="A password opens the PDFs: asked for, or a table's column password.")
@click.option("--resume", is_flag=True, help="Leave out what went out before; never sends twice.")
@click.option("--again", is_flag=True, help="Send also what went out before, or may have.")
@click.option(
    "--out", metavar="FOLDER", type=click.Path(path_type=Path, file_okay=False),
    help='Where to put drafts and sheets. Left out: "Clinic handouts" among your documents.',
)  # fmt: skip
@click.option("--yes", is_flag=True, help="Do not ask before several e-mails go out, or have one password.")
@table_options
@content_option
@click.pass_obj
def email(
    setting: Setting,
    /,
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
    programme: str | None,
    **defaults: str | None,
) -> None:
    """Make drafts of e-mails with handouts, or send them.

    Left to itself it makes a draft for each recipient, a file that your mail program opens for you to look over and
    send. Nothing goes out unless you say --send. With a table, each person gets the sheet that merge makes of their
    row; what you name as ID goes to everybody as it is.

    Example: python build.py email back-pain-and-sleep --to someone@example.org
    """
    _check_options(addresses, name, table, send=send, imap=imap, resume=resume, again=again, out=out)
    said = {"programme": programme, **defaults}
    if table is None and (wrong := [option for option, text in said.items() if text]):
        raise click.UsageError(f"--{wrong[0].replace('_', '-')} is for --table")
    if layout:
        layout = OneOf(list(layouts())).convert(layout, parameter("layout"), click.get_current_context())
    if any("@" in word for word in ids):  # said before somebody else repeats it
        raise click.UsageError("an address stands after --to")
    library = setting.library()
    ids = known_ids(library, ids)
    folder = Path(os.path.abspath(out or patients_folder()))  # noqa: PTH100
    with as_options():
        check_folder(folder, library)
    from .mail.ways import Post, put_into_mailbox, send_all, write_drafts
    from .mail.writer import Wanted

    wanted = Wanted(ids, files, edition, paper, layout, encrypt)
    if table is None:
        if not (ids or files):
            raise click.UsageError("say which handout: an ID, or --pdf and a file")
        post = Post(Press(library), wanted, _addressed(addresses, name))
        _ask_about_patients(post, yes=yes)
        server = _server(library, send=send, imap=imap)
        post = _with_password(post, yes=yes)
    else:
        from .mail.tabled import read_table

        options = said_for_all(library, programme, defaults)
        read = read_table(library, table, wanted, options)
        if read is None:
            setting.failed = True
            return
        server = _server(library, send=send, imap=imap)
        post = _with_password(read.post, yes=yes)
        post = replace(post, sheets=read.sheets(folder))
    if server is None:
        write_drafts(post, folder, resume=resume)
    elif send:
        send_all(post, server, resume=resume, again=again, yes=yes, setting=setting)
    else:
        put_into_mailbox(post, server)


# ------------------------------------------------------------- what was typed
def _check_options(
    addresses: Sequence[str], name: str, table: Path | None, *, send: bool, imap: bool, resume: bool, again: bool,
    out: Path | None,
) -> None:  # fmt: skip
    wrong = (
        (bool(addresses) and table is not None, "say --to or --table, not both"),
        (bool(name) and (len(addresses) > 1 or table is not None), "--name is for one recipient"),
        (send and imap, "say --send or --imap, not both"),
        (bool(out) and (send or imap) and not table, "--out is for drafts in files, and for the sheets of a table"),
        (again and not send, "--again is for --send"),
        (again and resume, "say --again or --resume, not both"),
    )  # fmt: skip
    for found, message in wrong:
        if found:
            raise click.UsageError(message)


def _addressed(addresses: Sequence[str], name: str) -> list[Row]:
    """The recipients, each once. What is said of a wrong address never repeats it."""
    from .mail.addresses import Recipient, ascii_domain, wrong_address, wrong_name
    from .mail.table import Row

    if not addresses:
        if not (sys.stdin and sys.stdin.isatty()):
            raise click.UsageError("say whom to with --to or --table")
        addresses = (_asked("To", lambda text: wrong_address(ascii_domain(text))),)
        name = name or _asked("Name (may be left empty)", lambda text: wrong_name(text.strip()), default="")
    if wrong := wrong_name(name.strip()):
        raise click.BadParameter(wrong, param_hint="--name")
    rows: dict[str, Row] = {}
    for number, address in enumerate(map(ascii_domain, addresses), 1):
        if wrong := wrong_address(address):
            raise click.BadParameter(f"number {number}: {wrong}", param_hint="--to")
        place = Place(f"--to, number {number}" if len(addresses) > 1 else "the e-mail")
        rows.setdefault(address.lower(), Row(place, Recipient(address, name.strip())))
    return list(rows.values())


def _asked(label: str, wrong: Callable[[str], str], default: str | None = None) -> str:
    """An answer in which nothing is wrong; it is asked for until it is right."""

    def right(text: str) -> str:
        if found := wrong(text):
            raise click.UsageError(f"{found[0].upper()}{found[1:]}.")
        return text

    answer: str = click.prompt(label, default=default, show_default=False, value_proc=right)
    return answer


def _ask_about_patients(post: Post, *, yes: bool) -> None:
    """A question before one patient's sheet goes to several. Raises ContentError for a file that is not there."""
    from .mail.attachments import is_personal

    count = len({row.recipient.same for row in post.people})
    if count > 1 and any(is_personal(path) for path in post.wanted.files):
        _confirm(f"One patient's own sheet would go to {count} people.", yes)


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


def _with_password(post: Post, *, yes: bool) -> Post:
    """With the password for all, which is asked for where the table has none. Before what one can open somebody else
    can open too, there is a question."""
    from .mail.table import sharing

    if not post.wanted.encrypt:
        return post
    count = len({row.recipient.same for row in post.people})
    if any(row.password for row in post.people):
        rows = sharing(post.people)
        listed = f"{', '.join(rows[:20])}{' and more' * (len(rows) > 20)}"
        warning = f"Several people have the same password (rows {listed}): each could open the others' PDFs."
        _confirm(warning if rows else "", yes)
        return post
    if not (sys.stdin and sys.stdin.isatty()):
        raise click.UsageError("--encrypt asks for a password, and there is nobody to type it")
    warning = (
        f"All {count} recipients get the same password: each could open the others' PDFs. In a table, a column"
        ' "password" gives each their own.'
    )
    _confirm(warning if count > 1 else "", yes)
    return replace(post, wanted=replace(post.wanted, password=_ask_for_password(count)))


def _confirm(warning: str, yes: bool) -> None:
    if warning:
        click.echo(warning, err=True)
        if not yes:
            click.confirm("Go on?", abort=True, err=True)


def _ask_for_password(count: int) -> str:
    from .mail.encrypt import wrong_password

    label = "Password for the PDFs" if count == 1 else f"Password for the PDFs of all {count} recipients"
    while True:
        password: str = click.prompt(label, hide_input=True, err=True)
        if wrong := wrong_password(password):
            click.echo(f"{wrong[0].upper()}{wrong[1:]}.", err=True)
        elif password == click.prompt("The same password again", hide_input=True, err=True):
            return password
        else:
            click.echo("These were two different passwords.", err=True)
