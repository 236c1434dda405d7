"""A real Dask cluster on this computer: a scheduler and workers in processes of their own, with or without TLS."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import trustme

from tests.deliver.desk import PROJECT, environment


@dataclass(frozen=True)
class Papers:
    """Certificates of one authority, as files: for the cluster and whoever asks it."""

    ca: Path
    cert: Path

    @classmethod
    def of(cls, authority: trustme.CA, folder: Path, *names: str) -> Papers:
        """A certificate for hosts, with its key in the same file."""
        folder.mkdir(parents=True, exist_ok=True)
        authority.cert_pem.write_to_path(folder / "ca.pem")
        authority.issue_cert(*names).private_key_and_cert_chain_pem.write_to_path(folder / "cert.pem")
        return cls(folder / "ca.pem", folder / "cert.pem")

    @property
    def for_dask(self) -> tuple[str, ...]:
        """What a scheduler and a worker are told."""
        return ("--tls-ca-file", str(self.ca), "--tls-cert", str(self.cert))

    @property
    def for_us(self) -> tuple[str, ...]:
        """What a merge is told."""
        return ("--cluster-ca", str(self.ca), "--cluster-cert", str(self.cert))


@dataclass(frozen=True)
class Running:
    """A cluster. `words` are what a merge is told to use it."""

    folder: Path
    address: str
    papers: Papers | None
    scheduler: subprocess.Popen[bytes]
    workers: subprocess.Popen[bytes]

    @property
    def words(self) -> tuple[str, ...]:
        """What a merge is told to use it."""
        return ("--cluster", self.address, *(self.papers.for_us if self.papers else ()))

    @property
    def logs(self) -> str:
        """All that the scheduler and the workers have said, as loudly as they can."""
        return "".join(path.read_text(encoding="utf-8") for path in sorted(self.folder.glob("*.log")))

    def kill_workers(self) -> list[int]:
        """Ends the processes that work, not those that watch over them and start others. Which these were."""
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:
            running: Mapping[str, Any] = client.run(os.getpid)
        for pid in running.values():
            os.kill(pid, signal.SIGKILL)
        return list(running.values())

    def stop_scheduler(self) -> None:
        """Ends the scheduler."""
        self.scheduler.kill()
        self.scheduler.wait(timeout=30)


@contextmanager
def running(folder: Path, papers: Papers | None = None) -> Iterator[Running]:
    """A cluster of two workers until the end of the block."""
    folder.mkdir(parents=True, exist_ok=True)
    tls = papers.for_dask if papers else ()
    known = folder / "scheduler.json"
    protocol = "tls" if papers else "tcp"
    scheduler = _start(
        folder,
        "scheduler",
        "--protocol",
        protocol,
        "--host",
        "127.0.0.1",
        "--port",
        "0",
        "--scheduler-file",
        known,
        *tls,
    )
    workers = _start(
        folder, "worker", "--scheduler-file", known, "--nworkers", "2", "--nthreads", "1", "--memory-limit", "0",
        "--local-directory", folder / "scratch", *tls,
    )  # fmt: skip
    try:
        address = str(_read(known, scheduler)["address"]).replace("127.0.0.1", "localhost")
        yield Running(folder, address, papers, scheduler, workers)
    finally:
        for process in (workers, scheduler):
            process.kill()  # the processes that work end with the one that watches over them
        for process in (workers, scheduler):
            process.wait(timeout=60)


def _start(folder: Path, what: str, *words: str | Path) -> subprocess.Popen[bytes]:
    run = f"from distributed.cli.dask_{what} import main; main()"
    with (folder / f"{what}.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-c", run, *map(str, words), "--no-dashboard"], cwd=folder, stdout=log, stderr=log,
            env=environment(PYTHONPATH=str(PROJECT), DASK_LOGGING__DISTRIBUTED="debug", DASK_CONFIG=str(folder)),
        )  # fmt: skip


def _read(path: Path, process: subprocess.Popen[bytes]) -> Mapping[str, Any]:
    """A file that a process writes once it has started."""
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        try:
            return dict(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError):
            time.sleep(0.02)
    raise AssertionError((path.parent / "scheduler.log").read_text(encoding="utf-8"))
