"""Which addresses of a cluster patient data may go to: TLS anywhere, plain TCP on this computer only."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from ...problems import ContentError, Place, problem

PLACE = Place("--cluster")
PORT = 8786  # where a Dask scheduler listens unless it is told otherwise
_FORM = re.compile(r"(?:([A-Za-z][A-Za-z0-9+.-]*)://)?(\[[0-9A-Fa-f:.]+\]|[^\s/@:?#\[\]\\]+)(?::([0-9]{1,5}))?/?")
_HINT = f"Write tls://HOST:{PORT}, with the host as the scheduler's certificate names it."


@dataclass(frozen=True)
class Address:
    """Where a scheduler or a worker listens. `host` is without the brackets of IPv6."""

    encrypted: bool
    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'tls' if self.encrypted else 'tcp'}://{host}:{self.port}"


def address(text: str) -> Address:
    """The address that was typed. Raises ContentError for one that patient data may not go to; asks no name server
    for any name but "localhost", so that nothing leaves this computer."""
    found = _FORM.fullmatch(text.strip())
    if not found:
        raise problem(PLACE, f'"{text}" is no address of a cluster', _HINT)
    scheme, host, port = found.groups()
    if scheme is None:
        raise problem(PLACE, f'"{text}" does not say how to connect', _HINT)
    if scheme.lower() not in ("tls", "tcp"):
        raise problem(PLACE, f'patient data does not go through "{scheme}://"', _HINT)
    if port and not 0 < int(port) < 65536:
        raise problem(PLACE, f"there is no port {port}", _HINT)
    host = host.strip("[]")
    made = Address(scheme.lower() == "tls", host, int(port or PORT))
    if not made.encrypted and not is_loopback(host):
        message = f"tcp:// is not encrypted, and {host} is not this computer alone (localhost, 127.0.0.1 or [::1])"
        raise problem(PLACE, message, _HINT)
    return made


def is_loopback(host: str) -> bool:
    """True for an address of 127.0.0.0/8, for ::1, and for "localhost" where it means nothing else."""
    return _all_here("localhost") if host.lower() == "localhost" else _is_here(host)


def _is_here(number: str) -> bool:
    try:
        found = ip_address(number)
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        found = found.ipv4_mapped or found
    return found.is_loopback


def _all_here(name: str) -> bool:
    """True where a name leads to this computer alone."""
    try:
        found = {str(entry[4][0]) for entry in socket.getaddrinfo(name, None)}
    except (OSError, UnicodeError):
        return False
    return bool(found) and all(map(_is_here, found))


def may_know(scheduler: Address, other: str) -> bool:
    """True where patient data may go on to `other` from a scheduler, by an address such as "tls://10.0.0.7:40123"."""
    if scheduler.encrypted:
        return other.startswith("tls://")
    try:
        return is_loopback(address(other).host)
    except ContentError:
        return False
