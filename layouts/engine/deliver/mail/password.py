"""The mail server's password: from the environment, from the computer's own password store, or asked for."""

from __future__ import annotations

import os
import sys

import click

from ...problems import Place, problem

VARIABLE = "HANDOUTS_SMTP_PASSWORD"
SERVICE = "clinic-handouts"  # under which the password store keeps it


def password(user: str, host: str) -> str:
    """The password for a user of a server. Raises ContentError when there is none and nobody to ask."""
    return os.environ.get(VARIABLE) or _stored(user) or _asked(host)


def _stored(user: str) -> str:
    """What the password store has, '' where there is none or it does not answer."""
    try:
        import keyring

        return keyring.get_password(SERVICE, user) or ""
    except Exception:  # none on this computer, or locked, or broken: each kind of store has its own ways to fail
        return ""


def _asked(host: str) -> str:
    if not (sys.stdin and sys.stdin.isatty()):
        hint = f"Set the variable {VARIABLE}, or keep it in the computer's password store: the README says how."
        raise problem(Place(host), "this server asks for a password, and there is nobody to type it", hint)
    return str(click.prompt(f"Password for {host}", hide_input=True, err=True))
