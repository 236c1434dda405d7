"""Who gets an e-mail: addresses and names that are safe to put into a header, and what is wrong with others.

What is said of an address never repeats it: messages end up in logs, and an address is a patient's.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

LONGEST_NAME = 300  # characters
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?")
TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # they make other letters look moved

_DEVIANT = frozenset("ßẞς\u200c\u200d")  # they mean one domain in the old standard, and another in the new (UTS 46)


@dataclass(frozen=True)
class Recipient:
    """An address that was checked, and the name to greet; '' where it is not known."""

    address: str
    name: str = ""

    def __post_init__(self) -> None:
        wrong = wrong_address(self.address) or wrong_name(self.name)
        if wrong:
            raise ValueError(wrong)  # whoever makes one has asked before

    @property
    def same(self) -> str:
        """The address as it is compared: servers do not tell capitals apart."""
        return self.address.lower()

    def __repr__(self) -> str:
        return "Recipient(…)"  # nothing of a patient in a log or in a test's report


def ascii_domain(text: str) -> str:
    """An address whose domain has other letters than a to z (müller.example) in the form that all servers take
    (xn--mller-kva.example, RFC 3490); as it is where that could be another domain than people see."""
    local, at, domain = text.strip().rpartition("@")
    if not at or domain.isascii() or any(char in _DEVIANT for char in domain):
        return text.strip()
    try:
        made = domain.encode("idna").decode("ascii")
        same = made.encode("ascii").decode("idna") == unicodedata.normalize("NFC", domain).lower()
    except UnicodeError:
        return text.strip()
    return f"{local}@{made}" if same else text.strip()


def wrong_address(text: str) -> str:
    """What is wrong with an e-mail address (RFC 5321, letters a to z only; see `ascii_domain`), or ''."""
    if not text.strip():
        return "the address is empty"
    if any(unicodedata.category(char).startswith(("C", "Z")) for char in text):
        return "the address has a space, a line end or an invisible character in it"
    if text.count("@") != 1:
        return "an address has exactly one @, such as name@example.org"
    local, domain = text.split("@")
    if not domain.isascii():
        return "what stands after the @ has letters that cannot be in it"
    if not local.isascii():
        return "the address has letters beyond a to z before the @, which few mail servers take; ask for another one"
    if not local or len(local) > 64 or not _LOCAL.fullmatch(local):
        return "what stands before the @ is not right, such as a dot too many"
    labels = domain.split(".")
    if len(labels) < 2 or not all(_LABEL.fullmatch(label) and len(label) < 64 for label in labels):
        return "what stands after the @ is not right; it looks like example.org"
    if len(text) > 254 or labels[-1].isdigit() or len(labels[-1]) < 2:
        return "what stands after the @ is not right; it looks like example.org"
    return ""


def wrong_name(text: str) -> str:
    """What is wrong with a name that stands in a header, or ''."""
    if any(unicodedata.category(char) in ("Cc", "Cs", "Co", "Zl", "Zp") or char in TURNS for char in text):
        return "the name has a line end or an invisible character in it"
    if "=?" in text:
        return 'the name has the signs "=?" in it, which mail programs take for a code'
    if len(text) > LONGEST_NAME:
        return f"the name has {len(text)} characters; {LONGEST_NAME} fit"
    return ""
