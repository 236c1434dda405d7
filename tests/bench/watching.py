"""J4 for our own: CHECKOUT OUT EDITS NAME. Prints the median milliseconds from a saved document to its finished PDF,
in a process that stays up, as `python build.py watch` does it, and how many PDFs each edit made anew."""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path

checkout, out, count, name = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve(), int(sys.argv[3]), sys.argv[4]
sys.path[:0] = [str(checkout), str(Path(__file__).resolve().parents[2])]

from layouts.engine.deliver.builder import roots  # noqa: E402
from layouts.engine.deliver.watch import rebuild  # noqa: E402
from layouts.engine.read.library import Library  # noqa: E402
from tests.bench.peers.running import edited, source, told  # noqa: E402

gc.freeze()  # as build.py does it
gc.set_threshold(10_000, 20)
shipped = checkout / "handouts"
rebuild(Library(roots(shipped, None)), out)
path, spent, made = source(shipped, name), [], 0
for text in edited(path, count):
    path.write_text(text, encoding="utf-8")
    start = time.perf_counter(), time.process_time()
    outcome = rebuild(Library(roots(shipped, None)), out)
    spent.append((time.perf_counter() - start[0], time.process_time() - start[1]))
    assert not outcome.problems, outcome.problems
    made = len(outcome.rows)
print(told(spent, made))
