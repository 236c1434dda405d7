"""What an SMTP server answers, and our own words for it. Its sentences are never shown: they repeat addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ...problems import Problem

Result = Literal["sent", "unknown", "refused", "later"]
OAUTH = (
    "Outlook.com and, as a rule, Microsoft 365 take no password from a program, only OAuth, which this one does not"
    " speak; Gmail takes an app password. Else ask whoever looks after your mail for an SMTP relay."
)


@dataclass(frozen=True)
class Answer:
    """What became of a message: by the reply's code, such as 550, and its status, such as 5.1.1 (RFC 3463)."""

    result: Result
    code: int = 0
    status: str = ""
    trouble: tuple[Problem, ...] = ()  # with the send log, once this was known


def login_hint(answer: Answer) -> str:
    """What to do about a login that was refused. Two statuses are of one provider each."""
    known = {
        "5.7.139": "Microsoft takes no password from a program here, only OAuth, which this one does not speak: make"
        " drafts instead, or ask whoever looks after your mail for an SMTP relay.",
        "5.7.9": "Google wants an app password in place of your own: make one in your Google account, under Security.",
    }
    return known.get(answer.status, f"Check the user in clinic.yaml and the password. {OAUTH}")


def answer_of(code: int, text: bytes) -> Answer:
    """A reply as an answer; one that is none leaves it unknown what became of the message."""
    found = re.match(rb"([245]\.\d{1,3}\.\d{1,3})\b", text)
    status = found[1].decode() if found else ""
    results: dict[int, Result] = {2: "sent", 4: "later", 5: "refused"}
    return Answer(results.get(code // 100, "unknown"), code, status)


def shown(answer: Answer) -> str:
    """The code and the status."""
    return f"{answer.code} {answer.status}".strip()


def meaning(answer: Answer) -> str:
    """Why a message was refused."""
    subject = ".".join(answer.status.split(".")[1:])
    known = {
        "1.1": "there is no such mailbox", "1.2": "there is no such mail domain", "1.3": "the address is not right",
        "1.10": "the domain takes no e-mails", "2.1": "the mailbox is closed", "2.2": "the mailbox is full",
        "2.3": "the e-mail is too large", "3.4": "the e-mail is too large", "4.4": "there is no such mail domain",
    }  # fmt: skip
    if subject in known:
        return known[subject]
    by_code = {550: "the mailbox is not there or not to be had", 551: "the mailbox has moved",
               552: "the mailbox is full or the e-mail too large", 553: "the address is not right"}  # fmt: skip
    return by_code.get(answer.code, "the server does not take it")


def hint(answer: Answer) -> str:
    """What to do about it."""
    if "large" in meaning(answer):
        return "Send fewer handouts at once."
    return "Check the address with the recipient."
