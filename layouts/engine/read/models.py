"""The kinds of content files and their fields. The descriptions are what editors show while somebody types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

from ..problems import Problem
from .fields import Colour, Email, FileName, Host, Id, Line, Model, Url, model, spec
from .inline import Text
from .mail_words import MailWords
from .sheet_words import PersonalWords, SheetWords
from .words import EQUIPMENT, POSITIONS, DoseWords, check_braces, check_names

Paper = Literal["letter", "a4"]
Security = Literal["tls", "starttls"]


# --------------------------------------------------------------------------- the clinic
@model
class Logo(Model):
    """The clinic's mark."""

    file: FileName = spec("The picture: an SVG or PNG file, by its path from the folder of clinic.yaml.")
    alt: Line = spec("What the picture shows, for people who cannot see it.", most=200)
    ink_saver: FileName | None = spec(
        "A version in black for the ink-saver edition; else the logo is printed in black.", default=None
    )


@model
class Colours(Model):
    """Two brand colours and the ink; every other colour is computed from them."""

    primary: Colour = spec('The brand\'s main colour, such as "#13808F".')
    accent: Colour = spec("The second colour: small marks and the warning box.")
    ink: Colour = spec("The colour of running text; nearly black.")


@model
class Hours(Model):
    """One line of the opening hours."""

    days: Line = spec("The days, such as Monday to Friday.", most=40)
    open: Line = spec("The hours, such as 8 am to 6 pm.", most=40)


@model
class Face(Model):
    """TrueType files of a typeface."""

    regular: FileName = spec("The TTF file for running text, by its path from the folder of clinic.yaml.")
    bold: FileName = spec("The TTF file for bold; may be the same variable font.")


@model
class Fonts(Model):
    """The brand's own typefaces."""

    text: Face | None = spec("The typeface for reading. Left out: Atkinson Hyperlegible.", default=None)
    display: Face | None = spec("The typeface for titles. Left out: Lexend.", default=None)


@model
class MailServer(Model):
    """A server of the clinic's mail."""

    host: Host = spec("The server's name, such as smtp.example.org.")
    port: int | None = spec("Its port. Left out: the usual one.", default=None)
    security: Security = spec(
        "tls encrypts from the first word, starttls soon after. Nothing is ever sent without.", default="tls"
    )

    def check(self) -> Iterator[Problem]:
        if self.port is not None and not 0 < self.port < 65536:
            yield Problem(self.place, '"port" is no port that a server can have', "Usual are 465, 587 and 993.")


@model
class Mail(Model):
    """How the clinic sends e-mails. The password is never written here: the program asks for it, or finds it in the
    computer's own password store."""

    sender: Email | None = spec("The address that e-mails come from. Left out: the clinic's.", default=None)
    reply_to: Email | None = spec("The address that answers go to, where it is another one.", default=None)
    user: Line | None = spec("The name to log in with. Left out: no login, for a relay of the clinic.", default=None)
    smtp: MailServer | None = spec("The server that sends e-mails.", default=None)
    imap: MailServer | None = spec("The server that keeps the mailbox, for drafts.", default=None)


@model
class Clinic(Model):
    """clinic.yaml: who we are."""

    name: Line = spec("The clinic's name.", most=60)
    kind: Line = spec("What the clinic is, in a few words; printed under the name.", most=60)
    phone: Line = spec("The number that patients call.", most=30)
    emergency_phone: Line = spec('The emergency number of the country, such as "911".', most=12)
    email: Email | None = spec("The address that patients write to.", default=None)
    website: Url | None = spec("The clinic's page; printed, linked and put into a QR code.", default=None)
    address: tuple[Line, ...] = spec("The postal address, one line an item.", most=4)
    hours: tuple[Hours, ...] = spec("Opening hours.", default=(), most=7)
    logo: Logo | None = spec("The clinic's mark. Left out: the name stands alone.", default=None)
    colours: Colours = spec("The brand's colours.")
    fonts: Fonts | None = spec("The brand's typefaces, where they are not ours.", default=None)
    mail: Mail | None = spec("The mail servers, for handouts by e-mail.", default=None)
    paper: Paper = spec("The paper in the printer.", default="letter")
    print_sources: bool = spec("Print the sources at a guide's end: yes or no.", default=True)


# --------------------------------------------------------------------------- wording
@model
class RedFlags(Model):
    """Signs of something serious."""

    emergency: tuple[Text, ...] = spec("Signs that mean: emergency care now.", default=(), most=7)
    same_day: tuple[Text, ...] = spec("Signs that mean: call us the same day.", default=(), most=7)
    poster: Line | None = spec("The gravest signs in one line, for the poster's foot.", default=None, most=70)


@model
class Words(Model):
    """The fixed words of every page. {names} in braces are filled in."""

    who_it_is_for: Line = spec("Before the line that says whom the handout is for.")
    do_this_today: Line = spec("Heads the box of first actions.")
    ask_us: Line = spec("Heads the speech bubble.")
    get_help_now: Line = spec("Heads the box of red flags.")
    emergency_now: Line = spec("Heads the signs for emergency care; {emergency_phone}.")
    same_day: Line = spec("Heads the signs for a call the same day.")
    when_to_stop: Line = spec("Heads the list of reasons to stop.")
    when_to_call: Line = spec("Heads the list of reasons to call.")
    related: Line = spec("Heads the related handouts.")
    related_number: Line = spec("Before a related handout; {number}.")
    sources: Line = spec("Heads the sources.")
    contact: Line = spec("Heads the contact block.")
    my_next_step: Line = spec("Before the lines to write on.")
    page: Line = spec("The page number; {page} and {pages}.")
    version: Line = spec("The version; {version}.")
    written: Line = spec("When it was written; {date}.")
    reviewed: Line = spec("When and by whom it was reviewed; {date} and {name}.")
    review_due: Line = spec("When it must be reviewed again; {date}.")
    awaiting_review: Line = spec("Said until a clinician has reviewed it.")
    call: Line = spec("Before the telephone number; {phone}.")
    scan: Line = spec("Under a QR code; {site}.")
    qr_alt: Line = spec("A QR code, for people who cannot see it; {site}.")

    def check(self) -> Iterator[Problem]:
        return check_braces(self)


@model
class Wording(Model):
    """wording/en.yaml and its translations."""

    language: Line = spec("The language's code, such as en.")
    name: Line = spec("The language's own name.")
    months: tuple[Line, ...] = spec("January to December.", least=12, most=12)
    date: Line = spec("A month and year; {month} and {year}.")
    long_date: Line = spec("A day; {day}, {month} and {year}.")
    weekdays: tuple[Line, ...] = spec("Monday to Sunday.", least=7, most=7)
    weekdays_short: tuple[Line, ...] = spec("Monday to Sunday in a few letters, for narrow columns.", least=7, most=7)
    words: Words = spec("The fixed words.")
    sheet: SheetWords = spec("The fixed words of exercise sheets.")
    mail: MailWords = spec("The fixed words of e-mails.")
    personal: PersonalWords = spec("The fixed words of a sheet for one patient.")
    dose: DoseWords = spec("How much and how often, in words.")
    positions: Mapping[str, Line] = spec("Positions, as they head a group of exercises.", names=POSITIONS)
    equipment: Mapping[str, Line] = spec("What exercises need, in everyday words.", names=EQUIPMENT)
    red_flags: Mapping[str, RedFlags] = spec("Sets of red flags, by name; a guide names one.")

    def check(self) -> Iterator[Problem]:
        yield from check_braces(self)
        yield from check_names(self)


@model
class Glossary(Model):
    """wording/glossary.yaml: medical words and what they mean, for [word](term:id)."""

    terms: Mapping[str, Mapping[str, Text]] = spec("By id: the meaning in each language, short, without a full stop.")


# --------------------------------------------------------------------------- what every handout says of itself
@model
class Source(Model):
    """A guideline or page that the guide rests on."""

    title: Line = spec("Its title.")
    publisher: Line = spec("Who published it.")
    year: int = spec("The year of publication or of the last review.")
    url: Url | None = spec("Where it can be read.", default=None)


@model
class Head(Model):
    """What other handouts print of a handout."""

    number: Line = spec("The document's number, such as G01.", most=12)
    title: Line = spec("The title, in large letters on page 1.", most=70)


@model
class Sheet(Head):
    """What every handout says of itself, whatever its kind."""

    language: Line = spec("The language of the text, such as en or es.", default="en")
    version: Line = spec('The version, such as "1.0".', most=12)
    written: date = spec("When it was written: year-month-day.")
    reviewed: date | None = spec("When a clinician last reviewed it: year-month-day.", default=None)
    reviewed_by: Line | None = spec("The clinician who reviewed it.", default=None, most=60)
    review_due: date = spec("When it must be reviewed again, at most 36 months later: year-month-day.")
    purpose: Line = spec("What the handout is for, in one line; not printed.", most=160)

    def check(self) -> Iterator[Problem]:
        if self.reviewed and not self.reviewed_by:
            yield Problem(self.place, '"reviewed" has a date, but "reviewed_by" names nobody', "Name the clinician.")


@model
class Advice(Sheet):
    """A handout that says when to stop, whom to call and what else to read."""

    stop: tuple[Text, ...] = spec("When to stop.", default=(), most=7)
    call: tuple[Text, ...] = spec("When to call us.", default=(), most=7)
    red_flags: Line = spec("The set of red flags in wording/, such as low-back.")
    extra_red_flags: RedFlags | None = spec("Red flags of this handout alone.", default=None)
    related: tuple[Id, ...] = spec("Ids of related handouts.", default=(), most=4)
    sources: tuple[Source, ...] = spec("What the handout rests on.", default=(), most=8)
