"""The asking side of a cluster: connects, hands out the work in small chunks, and writes what comes back.

Patient data goes only to workers that were looked at first. What Dask has to say is not shown: our own words are.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Collection, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from ...problems import ContentError, Place, Problem, problem
from ..merging import Checked
from ..press import Press
from ..workers import Done, Printing, Task, fed, keep
from .address import Address, may_know
from .connect import CLOSE, Certificates, connected
from .content import Content, packed
from .versions import difference, versions
from .worker import Failed, Look, Ready, Sealed, leave, ready, render, take

EACH = 2  # chunks under way for each worker: one that is printed, one that waits
LOST = "the cluster was lost, or it was stopped"
PAUSE = 0.2  # seconds between two looks while there is no worker
GO_ON = "The sheets that are made are whole. Go on with --resume."
INSTALL = "Install this program there as it is here, with the same packages, and start the worker again."
SPILLS = "Start it with --memory-limit 0, so that it never does."


@dataclass(frozen=True)
class Patience:
    """How long to wait, in seconds: before workers are looked for again, for a worker to come while there is none, and
    for an answer."""

    look: float = 3
    worker: float = 30
    answer: float = 60


PATIENCE = Patience()


@contextmanager
def on_cluster(
    address: Address, certificates: Certificates, press: Press, found: Checked
) -> Iterator[Callable[[Printing, Iterable[Task]], Generator[Done]]]:
    """What does the tasks of a table on a cluster, as `workers.run` does them here. Raises ContentError when there is
    no cluster that can be used."""
    content = packed(press, found)
    with connected(address, certificates) as client:
        cluster = Cluster(client, address, PATIENCE)
        cluster.meet()
        yield lambda printing, tasks: cluster.run(printing, content, tasks)


class Cluster:
    """A crew of the workers of a cluster. Those that come during a merge take part in it."""

    def __init__(self, client: Any, address: Address, patience: Patience) -> None:
        self.client = client
        self.address = address
        self.patience = patience
        self.executor: Any = client.get_executor(pure=False, allow_other_workers=False)
        self.place = Place(str(address))
        self.here = versions()
        self.token = ""
        self.work: tuple[Look, Content]
        self.workers: tuple[str, ...] = ()  # those that have been looked at and have the content
        self.refused: dict[str, Problem] = {}
        self.sent: dict[Future[Any], tuple[str, ...]] = {}  # to whom a chunk may go
        self.looked = self.seen = 0.0  # when workers were looked for, and when there was one

    def run(self, printing: Printing, content: Content, tasks: Iterable[Task]) -> Generator[Done]:
        """Does the tasks, in any order; an answer for each. After a fatal one no other is begun. Raises ContentError
        when no worker is left, or when the cluster is lost."""
        p = printing
        self.token = uuid.uuid4().hex
        self.work = (Look(p.day, p.layout, p.edition, p.paper, p.flat, p.identity), content)
        self.seen = time.monotonic()
        try:
            with self._lost():
                self._look()
                with closing(fed(self, tasks)) as answers:
                    for done in answers:
                        yield done
                        if done.fatal:
                            return
        finally:
            self._end()

    # ------------------------------------------------------------- a crew
    def most(self) -> int:
        """How many chunks may be under way now."""
        return EACH * max(1, len(self.workers))

    def submit(self, chunk: list[Task]) -> Future[Any]:
        """Begins a chunk. Only the workers that were looked at may do it; for Dask, none named would mean any."""
        self._wait_for_one()
        order = Sealed.of([task.jobs for task in chunk])
        future: Future[Any] = self.executor.submit(render, self.token, order, workers=list(self.workers))
        self.sent[future] = self.workers
        return future

    def finished(self, waiting: dict[Future[Any], list[Task]]) -> Collection[Future[Any]]:
        """The chunks that have been made; those that were lost with their workers are begun again."""
        while True:
            done = wait(waiting, self.patience.look, FIRST_COMPLETED).done
            unknown = {future for future in done if _unknown(future)}
            for future in unknown:  # a worker that started anew at its old address
                self.workers = tuple(set(self.workers) - set(self.sent[future]))
            if unknown or time.monotonic() >= self.looked + self.patience.look:
                self._look()
            left = set(self.workers)
            if not left:
                time.sleep(PAUSE)
            else:
                for future in list(waiting):
                    if future in unknown or (left.isdisjoint(self.sent[future]) and future.cancel()):
                        del self.sent[future]
                        chunk = waiting.pop(future)
                        waiting[self.submit(chunk)] = chunk
            if done - unknown:
                return done - unknown

    def answers(self, chunk: list[Task], future: Future[Any]) -> Iterable[Done]:
        """Writes what was made."""
        self.sent.pop(future)
        made = self._made(chunk, future)
        for task, one in zip(chunk, made, strict=True):
            yield keep(task, one)

    def _made(self, chunk: list[Task], future: Future[Any]) -> Any:
        from distributed import KilledWorker

        try:
            made = future.result().value()
        except KilledWorker:
            first, last = chunk[0].jobs[0].where, chunk[-1].jobs[-1].where
            rows = first if first == last else f"{first} to {last}"
            raise problem(Place(rows), "several workers ended while they made these sheets", GO_ON) from None
        if isinstance(made, Failed):
            raise RuntimeError("\n  ".join((f"{made.kind} on a worker of the cluster", *made.lines)))
        return made

    # ------------------------------------------------------------- its workers
    def meet(self) -> None:
        """Looks at the first workers. Raises ContentError when long there is none, or for each that cannot be used."""
        with self._lost():
            self.seen = time.monotonic()
            while not (good := self._good(self._there())) and not self.refused:
                self._check_patience()
                time.sleep(PAUSE)
            self.seen = time.monotonic()
        if self.refused or not good:
            raise ContentError(self.refused.values())

    def _wait_for_one(self) -> None:
        while not self.workers:
            time.sleep(PAUSE)
            self._look()

    def _look(self) -> None:
        """Who is there now; newcomers are looked at and get the content. Raises ContentError when for long nobody
        is."""
        there = self._there()
        self.workers = tuple(worker for worker in self.workers if worker in there)
        self.refused = {worker: why for worker, why in self.refused.items() if worker in there}
        good = self._good(worker for worker in there if worker not in self.workers and worker not in self.refused)
        if good:
            answers = self._ask(self.client.run, take, self.token, *self.work, workers=good, on_error="return")
            self.workers += tuple(w for w, answer in answers.items() if self._judge(w, _by_content(answer)))
        if self.workers:
            self.seen = self.looked
        else:
            self._check_patience()

    def _there(self) -> Collection[str]:
        """The addresses of all workers."""
        there: Collection[str] = self._ask(self.client.scheduler.identity, n_workers=-1)["workers"]
        self.looked = time.monotonic()
        if self.client.status != "running":
            raise problem(self.place, LOST, GO_ON)
        return there

    def _good(self, new: Iterable[str]) -> list[str]:
        """The workers of these that can be used; why others cannot is kept."""
        good = [worker for worker in new if self._judge(worker, self._by_address(worker))]
        if not good:
            return []
        answers = self._ask(self.client.run, ready, workers=good, on_error="return")
        return [worker for worker, answer in answers.items() if self._judge(worker, self._by_answer(answer))]

    def _check_patience(self) -> None:
        if time.monotonic() <= self.seen + self.patience.worker:
            return
        if self.refused:
            raise ContentError(self.refused.values())
        raise problem(self.place, "the cluster has no workers", f"Start one. {GO_ON}")

    @contextmanager
    def _lost(self) -> Iterator[None]:
        """Says it in words when the scheduler goes."""
        try:
            yield
        except (CancelledError, OSError):
            raise problem(self.place, LOST, GO_ON) from None

    def _ask(self, function: Callable[..., Any], *args: Any, **options: Any) -> Any:
        """What the cluster says. Raises OSError when it does not within `patience.answer`."""
        return self.client.sync(function, *args, **options, callback_timeout=self.patience.answer)

    def _judge(self, worker: str, wrong: tuple[str, str]) -> bool:
        """True for a worker with which nothing is wrong; else it is remembered why."""
        if wrong[0]:
            self.refused[worker] = Problem(Place(f"{self.address}, worker {worker}"), *wrong)
        return not wrong[0]

    def _by_address(self, *addresses: str) -> tuple[str, str]:
        if all(may_know(self.address, other) for other in addresses):
            return "", ""
        if self.address.encrypted:
            return "its connections are not encrypted", "Start it with --protocol tls and its certificate."
        return "it is not on this computer, and nothing is encrypted", "Use tls:// for the whole cluster."

    def _by_answer(self, answer: object) -> tuple[str, str]:
        if not isinstance(answer, Ready):
            missing = isinstance(answer, ImportError)
            return "this program is not installed there" if missing else "it does not answer as it should", INSTALL
        if wrong := difference(self.here, answer.versions):
            return wrong, INSTALL
        if answer.spills:
            return "it puts data on its disk when memory runs short", SPILLS
        return self._by_address(*answer.addresses)

    def _end(self) -> None:
        """Takes back what is still under way, and has the workers forget the merge."""
        for future in self.sent:
            future.cancel()
        self.sent.clear()
        if self.workers and self.client.status == "running":
            with suppress(Exception):
                words = {"workers": list(self.workers), "wait": False, "callback_timeout": CLOSE}
                self.client.sync(self.client.run, leave, self.token, **words)


def _unknown(future: Future[Any]) -> bool:
    """True for a chunk whose worker did not know the merge."""
    return not future.cancelled() and future.exception() is None and future.result() is None


def _by_content(answer: object) -> tuple[str, str]:
    """What a worker says after it got the content."""
    if answer == "":
        return "", ""
    why = answer if isinstance(answer, str) else "it does not answer as it should"
    return f"it cannot unpack the content: {why}", "Look after its disk, and start it again."
