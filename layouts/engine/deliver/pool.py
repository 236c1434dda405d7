"""Many sheets with all cores: processes that are started anew (spawn), a bounded queue, and a clean
end whatever brings it.

Ctrl-C is never lost and never cuts anything in two: while the processes work it is noted, the sheets or print jobs
that are begun are finished, and then it is raised. A second one ends the processes at once. A process whose parent is
gone goes, too.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from ..problems import Place, problem
from .files import sweep
from .workers import Done, Printer, Printing, Task, fed

MOST = 60  # workers: Windows can wait for no more
WORTH_IT = 100  # sheets from which on other processes are worth their start
AWAKE = 0.5  # seconds after which Ctrl-C is looked for on Windows, where it wakes nobody who waits


def run(printing: Printing, tasks: Iterable[Task], jobs: int) -> Generator[Done]:
    """Does the tasks, in any order; an answer for each. After a fatal one no other is begun."""
    if jobs <= 1:
        printer = Printer(printing)
        for task in tasks:
            done = printer(task)
            yield done
            if done.fatal:
                return
        return
    context = multiprocessing.get_context("spawn")
    listening, stop = context.Pipe(duplex=False)
    pool = ProcessPoolExecutor(min(jobs, MOST), context, initializer=_start, initargs=(printing, listening))
    crew = _Pool(pool, jobs, stop)
    with listening, stop, _answering(crew.interrupted):
        try:
            yield from fed(crew, tasks)
        except BrokenProcessPool:
            if not crew.pressed:
                hint = "Perhaps there was too little memory. Go on with --resume, and with fewer --jobs."
                raise problem(Place("merge"), "the system has ended a part of this program", hint) from None
        finally:
            stop.close()
            pool.shutdown(wait=True, cancel_futures=True)
            if crew.pressed > 1:
                sweep(printing.folder)  # what they were writing
    if crew.pressed:
        raise KeyboardInterrupt


# --------------------------------------------------------------------------- here
@dataclass
class _Pool:
    """Processes on this computer. They write the files themselves. `stop` is closed to tell them to end."""

    pool: ProcessPoolExecutor
    jobs: int
    stop: Connection
    pressed: int = 0  # how often Ctrl-C was

    def interrupted(self) -> None:
        """What Ctrl-C does, in the middle of anything."""
        self.pressed += 1
        self.stop.close()
        if self.pressed > 1:
            for process in list((getattr(self.pool, "_processes", None) or {}).values()):
                process.kill()

    def most(self) -> int:
        return 2 * self.jobs

    def submit(self, chunk: list[Task]) -> Future[Any]:
        self._heed()
        with _masked():  # a pool that spawns starts its processes as work comes in
            return self.pool.submit(_do, chunk)

    def finished(self, waiting: dict[Future[Any], list[Task]]) -> Collection[Future[Any]]:
        done: Collection[Future[Any]] = ()
        while not done:
            done = wait(waiting, AWAKE, FIRST_COMPLETED).done
            self._heed()
        return done

    def answers(self, chunk: list[Task], future: Future[Any]) -> Iterable[Done]:  # noqa: ARG002
        return list(future.result())

    def _heed(self) -> None:
        if self.pressed:
            raise KeyboardInterrupt


@contextmanager
def _answering(act: Callable[[], None]) -> Iterator[None]:
    """Ctrl-C does this, and is raised nowhere."""
    try:
        before = signal.signal(signal.SIGINT, lambda *_: act())
    except ValueError:  # not the main thread, to which signals do not come anyway
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _masked() -> Iterator[None]:
    """Processes that are started here leave Ctrl-C to this one; here it waits for a moment. On Windows, which knows no
    masks, build.py does the same as soon as it is read."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# --------------------------------------------------------------------------- in another process
_printer: Printer | None = None
_listening: Connection | None = None


def _start(printing: Printing, listening: Connection) -> None:
    global _printer, _listening
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    gc.freeze()  # as build.py does it: what is imported is no garbage
    gc.set_threshold(10_000, 20)
    _printer, _listening = Printer(printing), listening


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent
    parent.join()
    os._exit(1)


def _is_over() -> bool:
    """Whether the other end was closed, with which no word comes."""
    assert _listening
    with suppress(OSError):  # which is how Windows says it
        return _listening.poll()
    return True


def _do(tasks: Sequence[Task]) -> list[Done]:
    assert _printer
    made: list[Done] = []
    for task in tasks:
        if _is_over():
            break
        made.append(_printer(task))
        if made[-1].fatal:
            break
    return made


def cores() -> int:
    """How many processes can work at once."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS and Windows
        return os.cpu_count() or 1
