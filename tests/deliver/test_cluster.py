"""A merge through a cluster: a real one on this computer, with TLS, and what it must never learn or give away."""

from __future__ import annotations

import shutil
import socket
import stat
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import trustme
from cryptography.hazmat.primitives import serialization

from layouts.engine.deliver import files, workers
from layouts.engine.deliver.cluster import client, connect
from layouts.engine.deliver.cluster.address import address, is_loopback, may_know
from layouts.engine.deliver.cluster.client import Cluster, Patience
from layouts.engine.deliver.cluster.connect import Certificates, connected
from layouts.engine.deliver.cluster.content import Content
from layouts.engine.deliver.cluster.versions import OWN, PROGRAM, difference, versions
from layouts.engine.deliver.cluster.worker import Ready, Sealed, ready, render
from layouts.engine.deliver.workers import Done, Made, Task
from layouts.engine.problems import ContentError, Place
from tests.deliver.dask import Papers, Running, running
from tests.deliver.desk import save
from tests.deliver.ward import Ward, many, table, traces

PEOPLE = """\
name,clinician,programme,dose,note
Quirinius,Xanthippe,strong,bridge.sets=4,Zwetschge
Nguyễn Thị,,both,,
Anna,,alpha,,
"""
NOTHING = b"PK\5\6" + bytes(18)  # an archive of no files
SECRETS = ("Quirinius", "Xanthippe", "Zwetschge")


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """Who signs the certificates of the cluster."""
    return trustme.CA()


@pytest.fixture(scope="module")
def cluster(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A cluster with TLS; its certificate is for localhost."""
    folder = tmp_path_factory.mktemp("cluster")
    with running(folder, Papers.of(authority, folder / "papers", "localhost")) as made:
        yield made


class Bell:
    """A port of this computer at which somebody may ring."""

    def __init__(self, server: socket.socket) -> None:
        server.setblocking(False)
        self.server = server
        self.port = int(server.getsockname()[1])

    def rang(self) -> bool:
        """Whether anybody has come."""
        try:
            self.server.accept()[0].close()
        except BlockingIOError:
            return False
        return True


@pytest.fixture
def bell() -> Iterator[Bell]:
    """A port that listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield Bell(server)


def on_keeping(patch: pytest.MonkeyPatch, number: int, act: Callable[[], object]) -> None:
    """Has something happen before the sheet of that number is written."""
    count = 0

    def keep(task: Task, made: Made) -> Done:
        nonlocal count
        count += 1
        if count == number:
            act()
        return workers.keep(task, made)

    patch.setattr(client, "keep", keep)


# ------------------------------------------------------------- the same work
@pytest.mark.parametrize("join", [(), ("--join",)], ids=["each", "join"])
def test_the_same_bytes_as_on_this_computer(cluster: Running, ward: Ward, tmp_path: Path, join: tuple[str]) -> None:
    path, here = table(PEOPLE), tmp_path / "here"
    said = ward("merge", path, *join, *cluster.words)
    assert said.code == 0, said.err
    assert said.out.startswith("3 sheets, ")
    shutil.copytree(ward.folder, here)
    for pdf in here.glob("*.pdf"):
        pdf.unlink()
    assert ward.desk("merge", path, *join, "--out", here, "--resume").code == 0  # the same numbers
    made = {file.name: file.read_bytes() for file in ward.folder.iterdir()}
    assert made == {file.name: file.read_bytes() for file in here.iterdir()} and len(made) == (5 if join else 7)
    if sys.platform != "win32":
        assert {stat.S_IMODE(file.stat().st_mode) for file in ward.folder.iterdir()} == {0o600}


def test_neither_logs_nor_disks_of_the_cluster_know_a_patient(cluster: Running, ward: Ward) -> None:
    """Not even after a bug of ours: Dask logs what a function that raises was given."""
    assert ward("merge", table(PEOPLE), *cluster.words).code == 0
    assert cluster.papers
    where = address(cluster.address)
    wrong: Any = Task(Path("x.pdf"), SECRETS)  # type: ignore[arg-type]
    printing = workers.Printing((), Path(), date(2026, 1, 1), "", "standard", "letter", False, False)
    with connected(where, Certificates(cluster.papers.ca, cluster.papers.cert)) as dask:
        crew = Cluster(dask, where, Patience())
        with pytest.raises(RuntimeError, match="AttributeError on a worker") as raised:
            list(crew.run(printing, Content(NOTHING, ()), [wrong]))
    logs = cluster.logs
    assert "Run out-of-band function 'take'" in logs and "render-" in logs  # what was done they do tell
    for text in SECRETS:
        assert text not in logs and text not in str(raised.value)
        assert traces(text, cluster.folder) == []


def test_what_a_worker_is_given_shows_nothing() -> None:
    assert "Quirinius" not in f"{Sealed.of(SECRETS)!r} {Sealed.of(SECRETS)}"
    assert Sealed.of(SECRETS).value() == SECRETS
    assert render("no such merge", Sealed.of(SECRETS)) is None


# ------------------------------------------------------------- going on
def test_workers_that_are_killed(tmp_path: Path, ward: Ward) -> None:
    """New ones take their place, and nobody gets two sheets. Then the scheduler goes, and this computer goes on."""
    path, killed = many(40), []
    with running(tmp_path / "dask") as made:
        with ward.desk.monkeypatch.context() as patch:
            on_keeping(patch, 3, lambda: killed.extend(made.kill_workers()))
            said = ward("merge", path, *made.words)
        assert said.code == 0, said.err
        assert said.out.startswith("40 sheets, ") and len(killed) == 2
        assert len(ward.pdfs()) == 40 and len({pdf.name.split("-")[0] for pdf in ward.pdfs()}) == 40
        folder = tmp_path / "second"
        with ward.desk.monkeypatch.context() as patch:
            on_keeping(patch, 3, made.stop_scheduler)
            said = ward.desk("merge", path, *made.words, "--out", folder)
    assert said.code == 1
    assert "the cluster was lost, or it was stopped\n    The sheets that are made are whole" in said.err
    there = len(list(folder.glob("*.pdf")))
    assert 0 < there < 40
    again = ward.desk("merge", path, "--out", folder, "--resume", "--jobs", "1")
    assert again.out.startswith(f"{40 - there} sheets ({there} were there already)")
    assert len(list(folder.iterdir())) == 81


def test_ctrl_c(cluster: Running, ward: Ward) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    path = many(20)
    with ward.desk.monkeypatch.context() as patch:
        on_keeping(patch, 3, interrupt)
        said = ward("merge", path, *cluster.words)
    assert said.code == 130
    assert "2 of 20 sheets are made. To go on, type the same with --resume." in said.err
    assert len(ward.pdfs()) == 2
    assert ward("merge", path, "--resume", *cluster.words).out.startswith("18 sheets (2 were there already)")


def test_a_full_disk_here_stops_it_at_once(cluster: Running, ward: Ward) -> None:
    write = files.write_file

    def full(target: Path, data: bytes, *, private: bool = False) -> None:
        if target.name.startswith("00004"):
            raise files.explain(OSError(28, "No space left on device"), Place(str(target)))
        write(target, data, private=private)

    ward.desk.monkeypatch.setattr(workers, "write_file", full)
    said = ward("merge", many(30), *cluster.words)
    assert said.code == 1 and said.err.count("the disk is full") == 1 and "people.csv, row 4" in said.err


# ------------------------------------------------------------- whom it trusts
def under_a_password(key: bytes) -> bytes:
    """A key, encrypted."""
    form = serialization.PrivateFormat.TraditionalOpenSSL
    locked = serialization.BestAvailableEncryption(b"secret")
    return serialization.load_pem_private_key(key, None).private_bytes(serialization.Encoding.PEM, form, locked)


def test_certificates_that_are_not_right(cluster: Running, authority: trustme.CA, ward: Ward, tmp_path: Path) -> None:
    path, papers = many(1), cluster.papers
    assert papers
    other = Papers.of(trustme.CA(), tmp_path / "other", "localhost")
    locked = tmp_path / "locked.pem"
    locked.write_bytes(under_a_password(authority.issue_cert("localhost").private_key_pem.bytes()))
    by_number = cluster.address.replace("localhost", "127.0.0.1")

    def said(where: str, ca: Path | None, cert: Path | None, *more: str | Path) -> str:
        words = [*(("--cluster-ca", ca) if ca else ()), *(("--cluster-cert", cert) if cert else ()), *more]
        answer = ward("merge", path, "--cluster", where, *words)
        assert answer.code in (1, 2) and not ward.folder.exists()
        return answer.err

    assert "certificate is not trusted" in said(cluster.address, other.ca, other.cert)
    assert "the scheduler's certificate is for another host" in said(by_number, papers.ca, papers.cert)
    assert "closes the connection at once" in said(cluster.address, papers.ca, other.cert)
    assert "it is not said which certificates to trust" in said(cluster.address, None, None)
    assert "with which certificate to log in" in said(cluster.address, papers.ca, None)
    assert "there is no file nowhere.pem" in said(cluster.address, papers.ca, tmp_path / "nowhere.pem")
    assert "locked.pem cannot be used" in said(cluster.address, papers.ca, papers.cert, "--cluster-key", locked)
    assert "ca.pem cannot be used" in said(cluster.address, papers.ca, papers.ca)
    plain = cluster.address.replace("tls://", "tcp://")
    assert "closes the connection at once\n    Does it want tls://?" in said(plain, None, None)
    assert "certificates are for tls://" in said(plain, papers.ca, papers.cert)


def test_other_versions_are_refused(cluster: Running, ward: Ward) -> None:
    here = versions()
    for changed, answer in (
        ({OWN: "0"}, "it has another version of this program"),
        ({"reportlab": "0.1"}, f"it has reportlab {here['reportlab']}, not 0.1"),
    ):
        with ward.desk.monkeypatch.context() as patch:
            patch.setattr(client, "versions", lambda changed=changed: here | changed)
            said = ward("merge", many(2), *cluster.words)
        assert said.code == 1 and said.err.count(answer) == 2  # each worker is named
        assert f"{cluster.address}, worker tls://127.0.0.1:" in said.err
    ward.desk.monkeypatch.setattr(connect, "versions", lambda: here | {"distributed": "1.0"})
    said = ward("merge", many(2), *cluster.words)
    assert said.code == 1 and f"the scheduler has distributed {here['distributed']}, here is 1.0" in said.err
    assert not ward.folder.exists()


def test_the_program_s_fingerprint_knows_no_computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = versions()
    shutil.copytree(PROGRAM, tmp_path / "elsewhere", ignore=shutil.ignore_patterns("__pycache__"))
    for path in (tmp_path / "elsewhere").rglob("*.py"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    monkeypatch.setattr("layouts.engine.deliver.cluster.versions.PROGRAM", tmp_path / "elsewhere")
    assert difference(before, versions()) == ""
    save(tmp_path / "elsewhere" / "styles.yaml", "")
    assert difference(before, versions()) == "it has another version of this program"


class Told:
    """A client of a cluster that is told who its workers are and what they answer; remembers who was asked."""

    status = "running"

    def __init__(self, answers: dict[str, object]) -> None:
        self.answers, self.asked = answers, list[str]()
        self.scheduler = SimpleNamespace(identity=lambda **_: {"workers": dict.fromkeys(self.answers)})

    def get_executor(self, **_: object) -> None:
        """None is needed."""

    def sync(self, function: Callable[..., Any], *args: Any, callback_timeout: float, **options: Any) -> Any:  # noqa: ARG002
        """Does it at once."""
        return function(*args, **options)

    def run(self, function: Callable[..., Any], *_: object, workers: list[str], **__: object) -> dict[str, object]:
        """What the workers answer."""
        self.asked += workers
        return {name: self.answers[name] if function is ready else "" for name in workers}


def looked(where: str, **changes: Any) -> tuple[Told, Cluster]:
    """A cluster of a good worker and one that differs, after it was looked at."""
    good, bad = f"{where}:1", f"{changes.pop('at', where)}:2"
    answers: dict[str, object] = {
        name: Ready(versions(), (name, f"{where}:3"), spills=False) for name in (good, bad)
    }  # fmt: skip
    if changes:
        answers[bad] = changes["answer"]
    told = Told(answers)
    made = Cluster(told, address(f"{where}:3"), Patience())
    made.token, made.work = "x", (None, None)  # type: ignore[assignment]
    made._look()
    return told, made


@pytest.mark.parametrize(
    ("where", "at", "answer"),
    [
        ("tls://10.0.0.1", "tcp://10.0.0.2", "its connections are not encrypted"),
        ("tls://10.0.0.1", "ucx://10.0.0.2", "its connections are not encrypted"),
        ("tcp://127.0.0.1", "tcp://10.0.0.2", "it is not on this computer, and nothing is encrypted"),
        ("tcp://127.0.0.1", "inproc://10.0.0.2/1/1", "it is not on this computer"),
    ],
)
def test_a_worker_that_is_not_reached_in_private_is_never_spoken_to(where: str, at: str, answer: str) -> None:
    told, made = looked(where, at=at)
    assert made.workers == (f"{where}:1",) and answer in made.refused[f"{at}:2"].message
    assert set(told.asked) == {f"{where}:1"}


def test_a_worker_that_cannot_be_used_gets_no_work() -> None:
    name, good = "tls://10.0.0.1:2", ("tls://10.0.0.1:2", "tls://10.0.0.1:3")
    for answer, message in (
        (Ready(versions(), good, spills=True), "it puts data on its disk when memory runs short"),
        (Ready(versions(), (*good, "tcp://10.0.0.1:3"), spills=False), "its connections are not encrypted"),
        (ModuleNotFoundError("layouts"), "this program is not installed there"),
        (OSError("gone"), "it does not answer as it should"),
    ):
        _, made = looked("tls://10.0.0.1", answer=answer)
        assert made.workers == ("tls://10.0.0.1:1",) and made.refused[name].message == message


def test_a_worker_says_whether_it_puts_data_on_its_disk(tmp_path: Path) -> None:
    from distributed.spill import SpillBuffer

    comm = SimpleNamespace(peer_address="tls://10.0.0.1:8786")
    worker = SimpleNamespace(
        address="tls://10.0.0.1:1", scheduler=SimpleNamespace(address="tls://10.0.0.1:8786"),
        batched_stream=SimpleNamespace(comm=comm), data={},
    )  # fmt: skip
    assert not ready(worker).spills
    worker.data = SpillBuffer(str(tmp_path / "spilled"), target=1000)
    assert ready(worker).spills


def test_a_cluster_without_workers() -> None:
    told = Told({})
    made = Cluster(told, address("tls://10.0.0.1"), Patience(worker=-1))
    printing = workers.Printing((), Path(), date(2026, 1, 1), "", "standard", "letter", False, False)
    with pytest.raises(ContentError, match="the cluster has no workers"):
        list(made.run(printing, Content(NOTHING, ()), []))
    with pytest.raises(ContentError, match="the cluster has no workers"):
        made.meet()


# ------------------------------------------------------------- addresses
@pytest.mark.parametrize(
    "text",
    [
        "tcp://localhost.example.com:{}", "tcp://0.0.0.0:{}", "tcp://127.1:{}", "tcp://2130706433:{}", "tcp://[::]:{}",
        "tcp://127.0.0.1@example.com:{}", "tcp://127.0.0.1.example.com:{}", "tcp://10.0.0.7:{}", "tcp://[fe80::1]:{}",
        "127.0.0.1:{}", "localhost:{}", "inproc://127.0.0.1:{}", "ws://127.0.0.1:{}", "wss://127.0.0.1:{}",
        "ucx://127.0.0.1:{}", "http://127.0.0.1:{}", "tcp:127.0.0.1:{}", "tcp://", "tls://", "tls://host:99999",
        "tls://host:0", "tls://a b:{}", "tls://host:{}/path", "tcp://ip6-localhost:{}", "tcp://host",
    ],
)  # fmt: skip
def test_an_address_that_is_not_private_is_refused_before_anything_is_sent(text: str, bell: Bell, ward: Ward) -> None:
    asked: list[object] = []

    def lookup(host: object, *_: object, **__: object) -> list[object]:
        asked.append(host)  # a name server that leads every name to the bell
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", bell.port))]

    ward.desk.monkeypatch.setattr(socket, "getaddrinfo", lookup)
    said = ward("merge", many(1), "--cluster", text.format(bell.port))
    assert said.code == 2 and "--cluster: " in said.err and not ward.folder.exists()
    assert not bell.rang() and not asked


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("tls://scheduler.example.com", "tls://scheduler.example.com:8786"),
        ("TLS://10.0.0.7:1", "tls://10.0.0.7:1"),
        ("tls://[2001:db8::1]:1", "tls://[2001:db8::1]:1"),
        ("tcp://127.0.0.1:1", "tcp://127.0.0.1:1"),
        ("tcp://127.8.8.8", "tcp://127.8.8.8:8786"),
        ("tcp://[::1]:1", "tcp://[::1]:1"),
        ("tcp://[::ffff:127.0.0.1]:1", "tcp://[::ffff:127.0.0.1]:1"),
        ("tcp://LocalHost:1", "tcp://LocalHost:1"),
    ],
)
def test_an_address_that_is_private(text: str, made: str) -> None:
    assert str(address(text)) == made


@pytest.mark.parametrize("found", [["127.0.0.1", "10.0.0.7"], ["localhost"], []])
def test_a_localhost_that_leads_elsewhere(found: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: [(0, 0, 0, "", (host, 0)) for host in found])
    assert not is_loopback("localhost")


def test_who_may_know() -> None:
    far, near = address("tls://10.0.0.1"), address("tcp://localhost")
    assert may_know(far, "tls://10.0.0.2:4000") and not may_know(far, "tcp://127.0.0.1:4000")
    assert may_know(near, "tcp://127.0.0.1:4000") and not may_know(near, "tls://10.0.0.2:4000")


# ------------------------------------------------------------- the command line
def test_options_that_do_not_fit(bell: Bell, ward: Ward) -> None:
    where = f"tcp://127.0.0.1:{bell.port}"
    assert "as many processes as it was started with" in ward("merge", many(1), "--cluster", where, "--jobs", "2").err
    assert "there is no --cluster" in ward("merge", many(1), "--cluster-ca", "ca.pem").err
    said = ward("merge", many(1), "--cluster", where, "--dry-run")
    assert said.code == 0 and "1 sheet would be made" in said.out
    assert not bell.rang()


def test_without_the_extra_it_says_what_to_type(ward: Ward) -> None:
    ward.desk.monkeypatch.setitem(sys.modules, "distributed", None)
    said = ward("merge", many(1), "--cluster", "tcp://127.0.0.1:1")
    assert said.code == 1 and 'the extra "cluster"' in said.err and '-m pip install -e ".[cluster]"' in said.err
    assert not ward.folder.exists()


def test_a_server_that_says_nothing(bell: Bell, ward: Ward) -> None:
    ward.desk.monkeypatch.setattr(connect, "ANSWER", 0.5)
    said = ward("merge", many(1), "--cluster", f"tcp://127.0.0.1:{bell.port}")
    assert said.code == 1 and "the scheduler does not answer within 0.5 seconds" in said.err and bell.rang()


def test_nobody_listens(bell: Bell, ward: Ward) -> None:
    bell.server.close()
    ward.desk.monkeypatch.setattr(connect, "ANSWER", 0.5)
    said = ward("merge", many(1), "--cluster", f"tcp://127.0.0.1:{bell.port}")
    assert said.code == 1 and "the scheduler does not answer within 0.5 seconds" in said.err
