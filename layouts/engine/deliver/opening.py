"""Showing a file or a folder in the desktop's own program for it, and knowing whether one did."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from pathlib import Path

from .printing.system import ask, system

SECONDS = 10.0  # a start that has not failed by then, also on a slow computer, is a program that shows it
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY")


def open_file(path: Path) -> bool:
    """Opens it; False where nothing does. What the programs say of it is not shown."""
    if system() == "windows":
        return _windows(path)
    if system() == "macos":
        return ask(["open", str(path)], SECONDS).code == 0  # it returns at once
    program = shutil.which("xdg-open")
    if program is None or not any(os.environ.get(name) for name in DISPLAYS):
        return False  # without a screen xdg-open starts browsers for a terminal, which show no PDF
    return _started([program, str(path)])


def _windows(path: Path) -> bool:
    try:
        os.startfile(path)  # type: ignore[attr-defined,unused-ignore]
    except OSError:  # no program is set for it
        return False
    return True


def _started(words: list[str]) -> bool:
    """Whether a program starts well: it ends with 0, or it is still there. Ctrl-C in our window does not end it."""
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(words, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    except OSError:
        return False
    ended = threading.Thread(target=process.wait, daemon=True)  # as long as it runs; on some desktops that is long
    ended.start()
    ended.join(SECONDS)
    return not process.returncode
