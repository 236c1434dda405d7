"""What work costs, measured so that other work on the same computer changes nothing."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable


def calls(work: Callable[[], object]) -> int:
    """How many functions it calls, ours and the interpreter's; the same number in each run."""
    count = 0

    def note(_: object, event: str, __: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def cpu(work: Callable[[], object]) -> float:
    """The processor's seconds in it. Only to tell what takes moments from what takes for ever, such as a regular
    expression that tries all ways: `calls` does not see inside."""
    start = time.thread_time()
    work()
    return time.thread_time() - start
