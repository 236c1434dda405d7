"""What a command costs: wall time, CPU time and the memory of its largest process.

CPU time is that of the process and all that it started (user + system), as the system counts it. It suffers less than
wall time when others use the machine; it says nothing of waiting for disks, or of work that is shared among cores."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

PER_MB = 2**20 if sys.platform == "darwin" else 2**10  # in which ru_maxrss is counted


class FailedError(Exception):
    """A command ended badly."""


@dataclass(frozen=True)
class Cost:
    """`wall` and `cpu` in milliseconds, `peak` in MB; cpu and peak are None where the system does not say."""

    wall: float
    cpu: float | None = None
    peak: float | None = None

    def less(self, other: Cost, parts: int) -> Cost:
        """What each of so many parts costs by which this is more than another."""
        both = self.cpu is not None and other.cpu is not None
        cpu = (self.cpu - other.cpu) / parts if both else None  # type: ignore[operator]
        return replace(self, wall=(self.wall - other.wall) / parts, cpu=cpu)


def spent(words: Sequence[str], env: Mapping[str, str], folder: Path) -> tuple[Cost, str]:
    """Runs a command to its end: its cost, and what it prints. Raises FailedError.

    The peak is at least that of the process which asks: a child begins as its copy. `peak_of` avoids that.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        start = time.perf_counter()
        process = subprocess.Popen(words, env=env, cwd=folder, stdout=said, stderr=subprocess.STDOUT)
        used = None
        if hasattr(os, "wait4"):
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        else:  # Windows
            process.wait()
        wall = (time.perf_counter() - start) * 1000
        said.seek(0)
        text = said.read()
    if process.returncode:
        raise FailedError((text.strip() or f"exit code {process.returncode}").splitlines()[-1])
    if used is None:
        return Cost(wall), text
    return Cost(wall, (used.ru_utime + used.ru_stime) * 1000, used.ru_maxrss / PER_MB), text


def peak_of(words: Sequence[str], env: Mapping[str, str], folder: Path) -> float:
    """The most memory in MB that the largest process of a command ever held. Raises FailedError.

    A small process in between starts it, so that nothing of ours is counted.
    """
    if not hasattr(os, "wait4"):
        raise FailedError("this system does not say how much memory a process held")
    between = [sys.executable, "-I", "-S", str(Path(__file__)), *words]
    return float(spent(between, env, folder)[1].splitlines()[-1])


class Others:
    """How much of the machine other people's processes use between its making and its asking (Linux only)."""

    def __init__(self) -> None:
        self.busy, self.ours, self.start = _busy(), _ours(), time.perf_counter()

    def said(self) -> str:
        """A line that says it; '' where nobody knows."""
        busy, cores = _busy(), os.cpu_count() or 1
        if busy is None or self.busy is None:
            return ""
        share = (busy - self.busy - (_ours() - self.ours)) / ((time.perf_counter() - self.start) * cores)
        return f"Others used {max(share, 0):.0%} of the machine's {cores} cores meanwhile."


def _busy() -> float | None:
    """Seconds for which all cores together were busy."""
    with suppress(OSError, ValueError, IndexError):
        user, nice, system, _, _, irq, soft, *_ = map(int, Path("/proc/stat").read_text().split("\n")[0].split()[1:])
        return (user + nice + system + irq + soft) / os.sysconf("SC_CLK_TCK")
    return None


def _ours() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


if __name__ == "__main__":  # the small process of `peak_of`
    child = os.spawnv(os.P_NOWAIT, sys.argv[1], sys.argv[1:])
    _, ended, usage = os.wait4(child, 0)
    if code := os.waitstatus_to_exitcode(ended):
        sys.exit(code)
    print(usage.ru_maxrss / PER_MB)
