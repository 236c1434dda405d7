"""A real CUPS of its own with virtual printers: what is sent to them arrives, filtered, as PDF in a folder.

It needs no root, opens no network port, and leaves the machine's own CUPS alone. To try the program by hand:
`python -m tests.deliver.printing.virtual_printer`, then type in another window what it says. With `--check` it only
says what is missing, on the standard library alone.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

BINARIES = (Path("/usr/lib/cups"), Path("/usr/libexec/cups"))  # Debian's, and everybody else's
FILTERS = ("pdftopdf", "universal")  # either sets sides and copies; they come with the Debian package cups-filters
BACKEND = """\
#!/bin/sh
[ $# -eq 0 ] && { echo 'direct keep:/ "Unknown" "Keeps what arrives"'; exit 0; }
folder=${DEVICE_URI#keep:}
cat > "$folder/$1.part"
printf '%s\\n%s\\n%s\\n%s\\n' "$PRINTER" "$3" "$4" "$5" > "$folder/$1.words"
mv "$folder/$1.part" "$folder/$1.pdf"
"""
FILES = """\
ServerRoot {home}/etc
ServerBin {home}/bin
CacheDir {home}/cache
StateDir {home}/state
RequestRoot {home}/spool
TempDir {home}/tmp
AccessLog {home}/log/access
ErrorLog {home}/log/error
PageLog {home}/log/page
SystemGroup {group}
"""
SERVER = """\
Listen {home}/socket
LogLevel debug
Browsing No
WebInterface No
DefaultAuthType None
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
PPD = """\
*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "DESK.PPD"
*Manufacturer: "Virtual"
*Product: "(Virtual)"
*ModelName: "Virtual"
*ShortNickName: "Virtual"
*NickName: "Virtual"
*PSVersion: "(3010.0) 0"
*LanguageLevel: "3"
*ColorDevice: True
*DefaultColorSpace: RGB
*FileSystem: False
*cupsManualCopies: True
*cupsFilter: "application/vnd.cups-pdf 0 -"
*OpenUI *PageSize/Paper: PickOne
*DefaultPageSize: Letter
*PageSize Letter/Letter: ""
*PageSize A4/A4: ""
*CloseUI: *PageSize
*OpenUI *PageRegion: PickOne
*DefaultPageRegion: Letter
*PageRegion Letter/Letter: ""
*PageRegion A4/A4: ""
*CloseUI: *PageRegion
*DefaultImageableArea: Letter
*ImageableArea Letter/Letter: "0 0 612 792"
*ImageableArea A4/A4: "0 0 595.28 841.89"
*DefaultPaperDimension: Letter
*PaperDimension Letter/Letter: "612 792"
*PaperDimension A4/A4: "595.28 841.89"
*OpenUI *Duplex/Sides: PickOne
*DefaultDuplex: None
*Duplex None/Off: ""
*Duplex DuplexNoTumble/Long edge: ""
*Duplex DuplexTumble/Short edge: ""
*CloseUI: *Duplex
"""


class NotRunningError(Exception):
    """CUPS is there but does not start."""


@dataclass(frozen=True)
class Arrived:
    """A print job as it came out of CUPS: pages as sizes in points, with the words on each."""

    printer: str
    title: str
    options: tuple[str, ...]
    sizes: tuple[tuple[float, float], ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class Cups:
    """A CUPS that runs. Programs find it when `CUPS_SERVER` in their environment is `server`."""

    home: Path

    @property
    def server(self) -> str:
        """Its address, for the variable CUPS_SERVER."""
        return str(self.home / "socket")

    def arrived(self, count: int, seconds: float = 60) -> list[Arrived]:
        """What arrived at the printers, in order, once that many jobs are there."""
        deadline = time.monotonic() + seconds
        while len(found := sorted((self.home / "out").glob("*.pdf"), key=lambda p: int(p.stem))) < count:
            assert time.monotonic() < deadline, f"{len(found)} of {count} jobs arrived\n{self.log()}"
            time.sleep(0.1)
        return [_read(path) for path in found]

    def spooled(self) -> int:
        """How many documents still lie in CUPS's spool."""
        return len([p for p in (self.home / "spool").iterdir() if p.name.startswith("d")])

    def pause(self, printer: str) -> None:
        """Stops a printer, as a person does at its queue's window."""
        _admin(self, printer, program="cupsdisable")

    def log(self) -> str:
        """The last that CUPS had to say."""
        with suppress(OSError):
            lines = (self.home / "log" / "error").read_text(encoding="utf-8", errors="replace").splitlines()
            return "\n".join(line for line in lines if line[:1] in "EWN" or "[Job" in line)[-4000:]
        return ""


def missing() -> str:
    """What this machine lacks for a virtual printer, or ''."""
    if not sys.platform.startswith("linux"):
        return "not a Linux machine"
    if not cupsd():
        return "CUPS is not installed (Debian: cups-daemon, cups-client, cups-filters)"
    if not all(shutil.which(name) for name in ("lp", "lpstat")) or not admin("lpadmin") or not admin("cupsdisable"):
        return "the commands lp, lpstat, lpadmin and cupsdisable are not installed (Debian: cups-client)"
    if not binaries():
        return "CUPS's filters are not installed (Debian: cups-filters)"
    return ""


def binaries() -> Path | None:
    """The folder of CUPS's own programs."""
    return next((b for b in BINARIES if any((b / "filter" / name).exists() for name in FILTERS)), None)


def cupsd() -> str | None:
    """The server's program; it is not on everybody's PATH."""
    return shutil.which("cupsd") or shutil.which("cupsd", path="/usr/sbin:/usr/local/sbin:/sbin")


def admin(name: str) -> str | None:
    """A program that sets printers up or stops them; it is not on everybody's PATH."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin:/sbin")


@contextmanager
def virtual_printers(names: Sequence[str] = ("Desk",), usual: str | None = None) -> Iterator[Cups]:
    """A CUPS with printers of these names; `usual` is its default printer."""
    home = Path(tempfile.mkdtemp(prefix="cups-", dir="/tmp"))  # a socket's path has to be short
    try:
        _furnish(home)
        program = home / "cupsd"  # a copy: a profile of AppArmor lets the one that it knows read only its own folders
        shutil.copy(cupsd() or "", program)
        with (home / "log" / "start").open("wb") as log:
            process = subprocess.Popen(
                [str(program), "-f", "-c", str(home / "etc/cupsd.conf"), "-s", str(home / "etc/cups-files.conf")],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL,
            )  # fmt: skip
        try:
            cups = Cups(home)
            _wait_for(process, cups)
            for name in names:
                _admin(cups, "-p", name, "-E", "-v", f"keep:{home / 'out'}", "-P", str(home / "etc" / "desk.ppd"))
            if usual:
                _admin(cups, "-d", usual)
            yield cups
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _furnish(home: Path) -> None:
    home.chmod(0o755)  # run by root, filters are run by another user
    for name in ("bin/backend", "etc/ppd", "cache", "state", "spool", "log", "tmp", "out"):
        (home / name).mkdir(parents=True)
    for name in ("tmp", "out"):
        (home / name).chmod(0o777)
    programs = binaries()
    assert programs
    for name in ("filter", "daemon"):
        (home / "bin" / name).symlink_to(programs / name)
    backend = home / "bin" / "backend" / "keep"
    backend.write_text(BACKEND, encoding="ascii")
    backend.chmod(0o755)
    group = "sys"
    with suppress(ImportError, KeyError):
        import grp

        group = grp.getgrgid(os.getgid()).gr_name
    (home / "etc" / "cups-files.conf").write_text(FILES.format(home=home, group=group), encoding="ascii")
    (home / "etc" / "cupsd.conf").write_text(SERVER.format(home=home), encoding="ascii")
    (home / "etc" / "desk.ppd").write_text(PPD, encoding="ascii")


def _wait_for(process: subprocess.Popen[bytes], cups: Cups) -> None:
    deadline = time.monotonic() + 20
    while not Path(cups.server).exists():
        started = (cups.home / "log" / "start").read_text(encoding="utf-8", errors="replace")
        if process.poll() is not None or time.monotonic() > deadline:
            raise NotRunningError(f"cupsd does not start: {started} {cups.log()}")
        time.sleep(0.05)


def _admin(cups: Cups, *words: str, program: str = "lpadmin") -> None:
    found = admin(program)
    assert found
    done = subprocess.run(
        [found, *words], env={**os.environ, "CUPS_SERVER": cups.server}, capture_output=True, text=True, timeout=30,
        check=False,
    )  # fmt: skip
    if done.returncode:
        raise NotRunningError(f"{program} says: {done.stderr} {cups.log()}")


def _read(path: Path) -> Arrived:
    printer, title, _, options = path.with_suffix(".words").read_text(encoding="utf-8").splitlines()[:4]
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        pages = list(document)
        return Arrived(
            printer,
            title,
            tuple(options.split()),
            tuple(page.get_size() for page in pages),
            tuple(page.get_textpage().get_text_range() for page in pages),
        )
    finally:
        document.close()


if __name__ == "__main__":
    if lacking := missing():
        sys.exit(lacking)
    if "--check" in sys.argv:
        sys.exit()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with virtual_printers(("Desk", "Back_Office"), usual="Desk") as running:
        print(
            f"export CUPS_SERVER={running.server}\nWhat is printed arrives in {running.home / 'out'}. Ctrl-C ends it."
        )
        with suppress(KeyboardInterrupt):
            while True:
                time.sleep(3600)
