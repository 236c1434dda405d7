#!/usr/bin/env python3
"""Handouts for a clinic: `python build.py` makes every PDF; `python build.py --help` shows what else it can do."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SHIPPED = HERE / "handouts"
OUT = HERE / "out"
CONTENT = "HANDOUTS_CONTENT"  # names a clinic's own folder, once and for all
NEEDED = ("click", "commonmark", "jinja2", "reportlab", "yaml")


def main() -> int:
    """Runs the command line. Exit codes: 0 all built, 1 content has mistakes, 2 wrong command line, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # an old Windows console lacks many characters
    try:
        if len(sys.argv) == 1 and _nothing_to_do():
            return 0
        if any(importlib.util.find_spec(name) is None for name in NEEDED):
            return _elsewhere()
        from layouts.engine.deliver.commands import run

        return run(HERE, SHIPPED, OUT, CONTENT)
    except KeyboardInterrupt:
        print("\nStopped. What is finished is whole; start again to go on.", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of our output went away
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _nothing_to_do() -> bool:
    """True, with the table printed, when a plain build would change nothing. Imports only the standard library."""
    from layouts.engine.deliver.ledger import unchanged
    from layouts.engine.deliver.table import print_table

    own = os.environ.get(CONTENT)
    rows = unchanged(OUT, [*([Path(own).resolve()] if own else []), SHIPPED])
    if rows is None:
        return False
    print_table(rows, HERE)
    return True


def _elsewhere() -> int:
    """A package is missing here: goes on in the project's own environment, or says what to type."""
    folder, name = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    python = HERE / ".venv" / folder / name
    import subprocess

    if python.is_file() and Path(sys.prefix).resolve() != (HERE / ".venv").resolve():
        return subprocess.call([str(python), str(HERE / "build.py"), *sys.argv[1:]])
    venv = f"{'py' if os.name == 'nt' else 'python3'} -m venv .venv"
    pip = f"{Path('.venv') / folder / 'python'} -m pip install -e ."
    print(f"Some packages are missing. Type this once, in the folder of build.py:  {venv} && {pip}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
