"""The fixed words of the e-mails that carry handouts."""

from __future__ import annotations

from collections.abc import Iterator

from ..problems import Problem
from .fields import Line, Model, model, spec
from .words import check_braces


@model
class MailWords(Model):
    """The fixed words of e-mails. {names} in braces are filled in. The subject is read by whoever sees the screen of
    a telephone: nothing medical belongs there."""

    subject: Line = spec("The subject, with nothing medical in it; {clinic}.", most=120)
    subject_many: Line = spec("The subject of an e-mail with several handouts; {clinic}.", most=120)
    hello: Line = spec("The first line, where the name is not known.")
    hello_name: Line = spec("The first line; {name}.")
    attached: Line = spec("Says that the handout is attached.")
    attached_many: Line = spec("Says that several handouts are attached.")
    locked: Line = spec("Said of files that open with a password.")
    print_it: Line = spec("How to print it.")
    questions: Line = spec("Whom to call with questions; {phone}.")
    emergency: Line = spec("What to do in an emergency; {emergency_phone}.")
    mistake: Line = spec("Said to somebody who got the e-mail by mistake.")
    goodbye: Line = spec("Before the clinic's name at the end.")

    def check(self) -> Iterator[Problem]:
        return check_braces(self)
