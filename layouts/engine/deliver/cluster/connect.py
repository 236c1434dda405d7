"""Connecting to a scheduler, with TLS that is verified, and saying in plain words why not."""

from __future__ import annotations

import logging
import os
import ssl
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from socket import gaierror
from threading import Thread
from typing import Any

from ...problems import ContentError, Place, problem
from .address import PLACE, Address
from .versions import versions

ANSWER = 10  # seconds until a scheduler has to answer
CLOSE = 3  # seconds for a farewell
CERTIFICATES = "Name them with --cluster-ca, --cluster-cert and --cluster-key, or in Dask's own configuration."
_WRONG_NAME = (62, 64)  # X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH

_NO_TLS = ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "UNKNOWN_PROTOCOL", "RECORD_LAYER_FAILURE")


@dataclass(frozen=True)
class Certificates:
    """Who is trusted, and who this computer is, as PEM files; the key may stand in `cert`. None: as Dask's own
    configuration says."""

    ca: Path | None = None
    cert: Path | None = None
    key: Path | None = None

    def __bool__(self) -> bool:
        return any((self.ca, self.cert, self.key))


@contextmanager
def connected(address: Address, certificates: Certificates) -> Iterator[Any]:
    """A `distributed.Client` of the scheduler. Raises ContentError when it cannot be reached or trusted, or when Dask
    is missing or another version."""
    if certificates and not address.encrypted:
        raise problem(
            PLACE, "certificates are for tls://, and this address is tcp://", "Write tls:// or leave them out."
        )
    with _quiet():
        client = _client(address, certificates)
        try:
            _check_versions(client, address)
            yield client
        finally:
            with suppress(Exception):
                client.close(timeout=CLOSE)


def _client(address: Address, certificates: Certificates) -> Any:
    try:
        import dask
        from distributed import Client
    except ImportError:
        python = r".venv\Scripts\python" if os.name == "nt" else ".venv/bin/python"
        hint = f'Type this once, in the folder of build.py:  {python} -m pip install -e ".[cluster]"'
        raise problem(PLACE, 'a cluster needs the extra "cluster", which is not installed', hint) from None
    except ValueError as error:
        raise problem(PLACE, f"Dask's own configuration cannot be read: {error}", "Mend that file.") from None
    security = _security(address, certificates)
    with dask.config.set({"distributed.comm.timeouts.connect": ANSWER}):
        try:
            return _within(1.2 * ANSWER, lambda: Client(
                str(address), timeout=ANSWER, security=security, set_as_default=False, direct_to_workers=False
            ))  # fmt: skip
        except Exception as error:
            raise _explained(error, address) from None


def _within(seconds: float, make: Callable[[], Any]) -> Any:
    """What `make` returns. Raises TimeoutError; then nobody waits for it any more: Dask has no limit of its own for the
    first words of a server that takes a connection and says nothing."""
    answer: Future[Any] = Future()

    def work() -> None:
        try:
            answer.set_result(make())
        except BaseException as error:
            answer.set_exception(error)

    Thread(target=work, daemon=True).start()
    return answer.result(seconds)


def _check_versions(client: Any, address: Address) -> None:
    try:
        there = client.sync(client.get_versions, callback_timeout=ANSWER)["scheduler"]["packages"]
    except (OSError, LookupError, TypeError):
        raise problem(Place(str(address)), "the scheduler does not answer as it should", "Start it again.") from None
    here = versions()
    for name in ("dask", "distributed"):
        if there.get(name) != here[name]:
            message = f"the scheduler has {name} {there.get(name)}, here is {here[name]}"
            raise problem(Place(str(address)), message, "Install the same version in both places.")


# --------------------------------------------------------------------------- TLS
def _security(address: Address, certificates: Certificates) -> Any:
    """What Dask has to know about TLS. Raises ContentError for files that cannot be used."""
    import dask
    from distributed.security import Security

    class Verified(Security):  # type: ignore[misc]
        """Dask trusts any certificate of its authority; this side wants the one of the host that it asks."""

        def get_connection_args(self, role: str) -> dict[str, Any]:
            """As Dask's own."""
            args: dict[str, Any] = super().get_connection_args(role)
            args["ssl_context"].check_hostname = True
            return args

    if not address.encrypted:
        required = bool(dask.config.get("distributed.comm.require-encryption", False))
        if required:
            raise problem(PLACE, "Dask's own configuration on this computer wants tls://", "Write tls:// here too.")
        return Security(require_encryption=False, tls_ca_file=None, tls_client_cert=None, tls_client_key=None)
    files: dict[str, str | None] = {}
    if certificates.ca:
        files["tls_ca_file"] = str(certificates.ca)
    if certificates.cert:
        files |= {"tls_client_cert": str(certificates.cert), "tls_client_key": None}
    if certificates.key:
        files["tls_client_key"] = str(certificates.key)
    security = Verified(require_encryption=True, **files)
    _check_files(security)
    return security


def _check_files(security: Any) -> None:
    ca, cert = security.tls_ca_file, security.tls_client_cert
    if not ca:
        raise problem(PLACE, "it is not said which certificates to trust", CERTIFICATES)
    if not cert:
        raise problem(PLACE, "it is not said with which certificate to log in", CERTIFICATES)
    try:
        ssl.create_default_context(cafile=ca)
    except (OSError, ValueError) as error:
        raise _unusable("--cluster-ca", ca, error) from None
    try:  # a key under a password would have OpenSSL ask for it, in the middle of everything
        context = ssl.create_default_context()
        context.load_cert_chain(cert, security.tls_client_key, password=lambda: "")
    except (OSError, ValueError) as error:
        raise _unusable("--cluster-cert", security.tls_client_key or cert, error) from None


def _unusable(option: str, path: str, error: Exception) -> ContentError:
    name = Path(path).name
    if isinstance(error, FileNotFoundError):
        missing = f"there is no file {name}, or none that it needs beside it"
        return problem(Place(option), missing, CERTIFICATES)
    if isinstance(error, PermissionError):
        return problem(Place(option), f"you may not read {name}", "Ask whoever looks after the cluster.")
    hint = "It has to be in PEM form; the key must belong to the certificate and have no password."
    return problem(Place(option), f"{name} cannot be used", hint)


# --------------------------------------------------------------------------- in plain words
def _explained(error: BaseException, address: Address) -> ContentError:
    """Why there is no connection."""
    place = Place(str(address))
    causes = list(_causes(error))
    certificate = next((c for c in causes if isinstance(c, ssl.SSLCertVerificationError)), None)
    if certificate and certificate.verify_code in _WRONG_NAME:
        message = "the scheduler's certificate is for another host"
        return problem(place, message, "Name the host as its certificate does.")
    if certificate:
        message = f"the scheduler's certificate is not trusted ({certificate.verify_message})"
        return problem(place, message, "Is --cluster-ca the authority that signed it?")
    if any(isinstance(c, ssl.SSLError) and c.reason in _NO_TLS for c in causes):
        return problem(place, "what answers there does not speak TLS", "Start the scheduler with --protocol tls.")
    if any(isinstance(c, ConnectionRefusedError | gaierror | TimeoutError) for c in causes):
        message = f"the scheduler does not answer within {ANSWER} seconds"
        return problem(place, message, "Is it running, and are host and port right?")
    if isinstance(error, OSError):  # whom it does not trust a server of TLS 1.3 leaves in one of several ways
        hint = "Does it know the authority of --cluster-cert?" if address.encrypted else "Does it want tls://?"
        return problem(place, "the scheduler closes the connection at once", hint)
    return problem(place, "what answers there is no Dask scheduler, or one of another version", "Check host and port.")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


@contextmanager
def _quiet() -> Iterator[None]:
    """Keeps Dask's logs and warnings from the screen: what they mean is said in our own words."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)
