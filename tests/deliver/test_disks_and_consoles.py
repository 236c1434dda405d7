"""What disks, viewers and consoles do to us: a sentence for people, a right exit code, and never half a file."""

from __future__ import annotations

import errno
import json
import os
import random
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import build
from layouts.engine import cache
from layouts.engine.deliver import files
from tests.deliver.desk import IDS, Desk, change, environment, save, shell

posix = pytest.mark.skipif(os.name == "nt", reason="sends itself a signal")


def no_leftovers(folder: Path) -> bool:
    """True when no half-written file lies about."""
    return not [path for path in folder.rglob("*") if ".new" in path.name]


# ------------------------------------------------------------- disks
@pytest.mark.parametrize(
    ("number", "where", "answer"),
    [
        (errno.ENOSPC, "fdopen", "the disk is full"),
        (errno.EROFS, "open", "this disk cannot be written to"),
        (errno.EACCES, "open", "you may not write into this folder"),
        (errno.EIO, "fdopen", "cannot be written"),
        (errno.EACCES, "replace", "Close it in the PDF viewer, then try again."),
    ],
)
def test_a_disk_that_says_no(built: Desk, number: int, where: str, answer: str) -> None:
    error = OSError(number, os.strerror(number))
    if where != "replace":
        built.pdf("beta").unlink()
    change(built.guide("beta"), "a little more", "a lot more")

    def refuse(*_: object, **__: object) -> None:
        raise error

    with built.monkeypatch.context() as patch:
        patch.setattr({"fdopen": os, "open": os, "replace": Path}[where], where, refuse)
        said = built()
    assert said.code == 1
    assert answer in said.err
    assert str(built.pdf("beta")) in said.err
    assert said.table == ["alpha", "gamma"]
    assert no_leftovers(built.out)
    assert built().table == list(IDS)  # and when the disk is well again, so are we


def test_a_viewer_that_holds_the_pdf_keeps_the_old_one(built: Desk) -> None:
    old = built.pdf("gamma").read_bytes()
    change(built.guide("gamma"), "a little more", "a lot more")

    replace = Path.replace

    def held(self: Path, target: Path) -> Path:
        if target.name == "gamma.pdf":
            raise PermissionError(errno.EACCES, "The process cannot access the file")
        return replace(self, target)

    with built.monkeypatch.context() as patch:
        patch.setattr(Path, "replace", held)
        said = built()
    assert said.code == 1
    assert said.table == ["alpha", "beta"]
    assert built.pdf("gamma").read_bytes() == old
    assert built.written() == {"gamma"}


def test_a_folder_where_a_pdf_belongs(desk: Desk) -> None:
    (desk.out / "beta.pdf").mkdir(parents=True)
    for _ in range(2):
        said = desk()
        assert said.code == 1
        assert "a folder with this file's name is in the way" in said.err
        assert said.table == ["alpha", "gamma"]
    assert no_leftovers(desk.out)


def test_a_file_where_the_folder_belongs(desk: Desk, tmp_path: Path) -> None:
    save(desk.out, "a file")
    said = desk()
    assert said.code == 1
    assert "a file is in the way where a folder is needed" in said.err
    assert desk("pdf", "beta", "--out", "out").code == 2
    assert desk("pdf", "beta", "--out", tmp_path / "out" / "deeper").code == 1
    assert desk.out.read_text(encoding="utf-8") == "a file"


def test_a_path_that_is_too_long(desk: Desk) -> None:
    said = desk("pdf", "beta", "--out", "x" * 300)
    assert said.code == 1
    assert "this path is too long" in said.err


def test_new_content_on_a_disk_that_says_no(desk: Desk) -> None:
    save(Path("file"), "")
    assert desk("new", "clinic", "file/clinic").code == 1

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    desk.monkeypatch.setattr(os, "fdopen", refuse)
    assert "the disk is full" in desk("new", "guide", "knee-pain").err
    assert "the disk is full" in desk("new", "clinic", "own").err
    assert "the disk is full" in desk("schema").err


@pytest.mark.parametrize("name", ["clinic.yaml", "wording/en.yaml", "brand/logo.svg"])
def test_a_missing_file_is_named(built: Desk, name: str) -> None:
    (built.shipped / name).unlink()
    for words in ([], ["pdf", "beta"], ["check"]):
        said = built(*words)
        assert said.code == 1
        assert Path(name).stem in said.err


# ------------------------------------------------------------- the ledger
@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "3", '"x"', "[" * 100_000, "\udc80", '{"form": 2}', '{"form": 2, "engine": 1, "rows": []}'],
    ids=lambda text: text[:12] or "empty",
)
def test_a_ledger_that_cannot_be_understood_is_made_anew(built: Desk, text: str) -> None:
    (built.out / ".handouts.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert built().table == list(IDS)
    assert built.written() == set()


def test_a_ledger_spoiled_anywhere_never_stops_a_build(built: Desk) -> None:
    path = built.out / ".handouts.json"
    whole = json.loads(path.read_text(encoding="utf-8"))
    rng = random.Random(7)
    for _ in range(30):
        data = json.loads(json.dumps(whole))
        spot = data
        while isinstance(spot, (dict, list)) and spot:
            parent, key = spot, rng.choice(list(spot) if isinstance(spot, dict) else range(len(spot)))
            spot = parent[key]
            if rng.random() < 0.3:
                break
        parent[key] = rng.choice([None, 0, -1, 10**400, "x", [], {}, ["\x00"], [[1]], True])
        save(path, json.dumps(data))
        assert built("pdf", "beta").code == 0
        save(path, json.dumps(data))
        assert built().code == 0


def test_a_ledger_that_is_a_folder(desk: Desk) -> None:
    (desk.out / ".handouts.json").mkdir(parents=True)
    assert desk().code == 0
    assert desk().code == 0
    assert no_leftovers(desk.out)


# ------------------------------------------------------------- the cache
def test_what_is_kept_is_made_once_and_again_when_spoiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "folder", lambda: tmp_path / "cache")
    made: list[int] = []

    def make() -> bytes:
        made.append(1)
        return b"what was made"

    for _ in range(2):
        assert cache.kept("kind", b"key", make) == b"what was made"
    assert len(made) == 1
    (path,) = (tmp_path / "cache").iterdir()
    whole = path.read_bytes()
    for spoiled in (b"", whole[:10], whole[:-1], whole + b"x", whole[:-1] + b"x", b"what was made"):
        path.write_bytes(spoiled)
        assert cache.kept("kind", b"key", make) == b"what was made"
        assert path.read_bytes() == whole
    assert len(made) == 7
    assert no_leftovers(tmp_path)


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "full"), KeyboardInterrupt()], ids=["a full disk", "Ctrl-C"])
def test_an_unwritable_cache_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    monkeypatch.setattr(cache, "folder", lambda: tmp_path)

    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr(Path, "replace", refuse)
    if isinstance(error, KeyboardInterrupt):
        with pytest.raises(KeyboardInterrupt):
            cache.kept("kind", b"key", lambda: b"data")
    else:
        assert cache.kept("kind", b"key", lambda: b"data") == b"data"
    assert list(tmp_path.iterdir()) == []


def test_a_cache_that_is_spoiled_or_no_folder_changes_no_pdf(copied: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    outs = []
    for step in ("cold", "warm", "cut", "a file", "a folder of folders"):
        kept = list(folder.iterdir()) if folder.is_dir() else []
        for path in kept:
            if step == "cut":
                path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
            elif step in ("a file", "a folder of folders"):
                path.unlink()
                if step == "a folder of folders":
                    path.mkdir()
        if step == "a file":
            folder.rmdir()
            save(folder, "no folder")
        out = tmp_path / step
        assert shell(copied, "pdf", "beta", "--out", out, world={"HANDOUTS_CACHE": str(folder)}).code == 0
        outs.append((out / "beta.pdf").read_bytes())
    assert len(set(outs)) == 1


# ------------------------------------------------------------- Ctrl-C
@pytest.mark.parametrize("moment", ["drawing", "writing"])
def test_ctrl_c_leaves_whole_files_and_the_next_build_goes_on(built: Desk, moment: str) -> None:
    change(built.shipped / "clinic.yaml", "Harbor", "Haven")
    old = {id_: built.pdf(id_).read_bytes() for id_ in IDS}
    calls: list[int] = []

    def interrupted(original: object) -> object:
        def call(*arguments: object, **names: object) -> object:
            calls.append(1)
            if len(calls) == 2:
                raise KeyboardInterrupt
            return original(*arguments, **names)  # type: ignore[operator]

        return call

    with built.monkeypatch.context() as patch:
        if moment == "drawing":
            patch.setattr("layouts.engine.deliver.builder.write_file", interrupted(files.write_file))
        else:
            patch.setattr(os, "fdopen", interrupted(os.fdopen))
        said = built()
    assert said.code == 130
    assert "Stopped. Every PDF that was finished is whole. Start again to make the rest." in said.err
    assert no_leftovers(built.out)
    assert [built.pdf(id_).read_bytes() == old[id_] for id_ in IDS] == [False, True, True]
    assert built.written() == {"beta", "gamma"}
    assert built().table == list(IDS)


def test_ctrl_c_while_nothing_changed(built: Desk) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    built.monkeypatch.setattr("layouts.engine.deliver.ledger.unchanged", interrupt)
    said = built()
    assert (said.code, said.err) == (130, "\nStopped.\n")  # nothing was begun


@pytest.mark.parametrize("answer", [KeyboardInterrupt, EOFError])
@pytest.mark.parametrize(
    ("words", "true"),
    [
        ("email beta", "Stopped. Nothing was sent.\n"),
        ("personal beta", "Stopped. No sheet was made.\n"),
    ],
)
def test_a_question_that_is_not_answered(
    desk: Desk, tmp_path: Path, words: str, true: str, answer: type[BaseException]
) -> None:
    def refuse(*_: object) -> str:
        raise answer

    desk.monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    desk.monkeypatch.setattr("click.termui.visible_prompt_func", refuse)
    said = desk(*words.split(), "--out", tmp_path / "patients")
    assert said.code == 130
    assert said.err.endswith(true)
    assert not (tmp_path / "patients").exists()


@posix
def test_ctrl_c_in_the_first_moments_leaves_no_traceback(copied: Path, tmp_path: Path) -> None:
    """It comes while a module is imported, which is so early that nothing of ours can catch it."""
    save(tmp_path / "first" / "pathlib.py", "import os, signal; os.kill(os.getpid(), signal.SIGINT)")
    said = shell(copied, "list", world={"PYTHONPATH": str(tmp_path / "first")})
    assert said.err == "\nStopped.\n"
    assert said.code == -signal.SIGINT  # which a shell calls 130


@posix
def test_ctrl_c_that_python_swallows_leaves_no_traceback(copied: Path, tmp_path: Path) -> None:
    """As where it comes in a callback of Python's own: only then does the real module follow."""
    swallowed = "class Late:\n    def __del__(self):\n        raise KeyboardInterrupt\nLate()\n"
    real = "import sys\ndel sys.path[1], sys.modules['pathlib']\nimport pathlib\n"
    save(tmp_path / "first" / "pathlib.py", swallowed + real)
    said = shell(copied, "list", world={"PYTHONPATH": str(tmp_path / "first")})
    assert (said.code, said.err) == (0, "")
    assert said.table == list(IDS)


# ------------------------------------------------------------- consoles
def test_a_reader_that_goes_away(copied: Path) -> None:
    for words in ("", "list", "check"):
        line = f'"{sys.executable}" build.py {words} | head -n 0; exit ${{PIPESTATUS[0]}}'
        done = subprocess.run(["bash", "-c", line], cwd=copied, env=environment(), capture_output=True, timeout=60)
        assert (done.returncode, done.stderr) == (0, b""), words


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has this")
def test_output_into_a_file_on_a_full_disk(copied: Path) -> None:
    for words in ("", "list"):
        line = f'"{sys.executable}" build.py {words} > /dev/full'
        done = subprocess.run(["bash", "-c", line], cwd=copied, env=environment(), capture_output=True, timeout=60)
        assert done.returncode == 1
        assert b"No space left" in done.stderr
        assert b"Traceback" not in done.stderr
        assert b"Exception ignored" not in done.stderr


def test_no_output_at_all(copied: Path) -> None:
    for line in (">&- 2>&-", ">&-", "2>&-"):
        done = subprocess.run(
            ["bash", "-c", f'"{sys.executable}" build.py list {line}'], cwd=copied, env=environment(), timeout=60
        )
        assert done.returncode == 0


def test_old_consoles_and_plain_locales(copied: Path) -> None:
    own = copied.parent / "own"
    if not own.exists():
        shell(copied, "new", "clinic", own)
        shell(copied, "new", "guide", "greek", "--content", own)
        change(own / "guides" / "greek.yaml", 'title: "Greek"', 'title: "Ωμέγα – “Rücken” ☤"')
    for variables in (
        {"PYTHONIOENCODING": "cp1252"},
        {"LC_ALL": "C", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "ascii"},
    ):
        said = shell(copied, "list", "--content", own, world=variables)
        assert said.code == 0
        assert "greek" in said.out
        change(own / "guides" / "greek.yaml", "message:", "mesage:")
        assert shell(copied, "--content", own, world=variables).code == 1
        change(own / "guides" / "greek.yaml", "mesage:", "message:")


def test_a_narrow_console(copied: Path) -> None:
    for columns in ("1", "x"):
        assert shell(copied, "pdf", "--help", world={"COLUMNS": columns}).code == 0
        assert shell(copied, "list", world={"COLUMNS": columns, "TERM": "dumb"}).code == 0


def test_from_another_folder_paths_are_shown_as_they_can_be_typed(copied: Path, tmp_path: Path) -> None:
    said = shell(copied, cwd=tmp_path)
    assert said.code == 0
    line = next(line for line in said.out.splitlines() if line.startswith("beta"))
    path = line.split("KB")[1].split(maxsplit=1)[1]
    assert (tmp_path / path).is_file()
    assert shell(copied, "pdf", "beta", "--out", "here", cwd=tmp_path).code == 0
    assert (tmp_path / "here" / "beta.pdf").is_file()


def test_a_folder_that_is_gone(copied: Path, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    line = f'cd "{gone}"; rmdir "{gone}"; "{sys.executable}" "{copied / "build.py"}"'
    done = subprocess.run(["bash", "-c", line], env=environment(), capture_output=True, timeout=60)
    assert b"Traceback" not in done.stderr
    assert done.returncode in (0, 1)


def test_an_error_of_the_system_is_a_sentence(desk: Desk) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EMFILE, "Too many open files", "some file")

    desk.monkeypatch.setattr(build, "_run", refuse)
    said = desk()
    assert said.code == 1
    assert "Too many open files (some file)" in said.err


@posix
@pytest.mark.parametrize("named", [True, False])
def test_the_cache_is_its_owner_s_alone(named: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where an earlier version made it for all; one that somebody named may be shared, and stays so."""
    old, new = tmp_path / "old" / "clinic-handouts", tmp_path / "new" / "clinic-handouts"
    old.mkdir(parents=True, mode=0o755)
    monkeypatch.delenv(cache.VARIABLE)
    if named:
        monkeypatch.setenv(cache.VARIABLE, "named")
    modes = []
    for folder in (old, new):
        monkeypatch.setattr(cache, "folder", lambda folder=folder: folder)
        cache.remember("kind", b"key", b"data")
        assert cache.recall("kind", b"key") == b"data"
        modes.append(stat.S_IMODE(folder.stat().st_mode))
    assert modes == [0o755 if named else 0o700, 0o700]
