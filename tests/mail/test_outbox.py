"""The send log: what it remembers, what it never says, and what a crash or a curious hand does to it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from layouts.engine.deliver import files
from layouts.engine.deliver.mail import outbox
from layouts.engine.deliver.mail.outbox import KEY, LOG, key_of, opened
from layouts.engine.problems import ContentError
from tests.deliver.desk import PROJECT

ADDRESS = "kim@example.org"


def test_it_remembers(data: Path) -> None:
    with opened() as box:
        message = box.token("message", b"x")
        assert box.state(message) is None
        box.note(message, ADDRESS, "sending")
        assert box.state(message) == "unknown"  # until something else is known
        box.note(message, ADDRESS, "sent")
    with opened() as box:
        assert box.state(message) == "sent"
        assert box.token("message", b"x") == message
    assert (data / LOG).is_file()


def test_the_same_recipient_is_the_same_and_nobody_can_tell_who(data: Path) -> None:
    with opened() as box:
        for number, address in enumerate((ADDRESS, ADDRESS.upper(), "lee@example.org")):
            box.note(box.token("message", bytes([number])), address, "sent")
    first, second, third = (json.loads(line)["to"] for line in (data / LOG).read_text(encoding="utf-8").splitlines())
    assert first == second != third
    import hashlib

    assert first != hashlib.sha256(ADDRESS.encode()).hexdigest()  # without the key nobody can try addresses


def test_another_key_has_other_tokens(tmp_path: Path) -> None:
    one, two = key_of(tmp_path / "one"), key_of(tmp_path / "two")
    assert one.token("to", b"x") != two.token("to", b"x")
    assert one.token("to", b"ab", b"c") != one.token("to", b"a", b"bc")
    assert one.token("to", b"x") != one.token("message", b"x")
    assert repr(one.key) not in repr(one)


@pytest.mark.skipif(os.name == "nt", reason="modes")
def test_everything_is_for_its_owner_only(data: Path) -> None:
    before = os.umask(0)
    try:
        with opened() as box:
            box.note("m", ADDRESS, "sent")
    finally:
        os.umask(before)
    assert data.stat().st_mode & 0o777 == 0o700
    assert {path.name: path.stat().st_mode & 0o777 for path in data.iterdir()} == {
        KEY: 0o600, LOG: 0o600, "mail.lock": 0o600,
    }  # fmt: skip
    (data / KEY).chmod(0o644)
    key_of()
    assert (data / KEY).stat().st_mode & 0o777 == 0o600


def test_a_line_that_a_crash_cut_off_takes_no_other_with_it(data: Path) -> None:
    with opened() as box:
        box.note("one", ADDRESS, "sending")
        box.note("one", ADDRESS, "sent")
    whole = (data / LOG).read_bytes()
    (data / LOG).write_bytes(whole[:-20])
    with opened() as box:
        assert box.state("one") == "unknown"  # never sent again by itself
        box.note("two", ADDRESS, "sent")
    with opened() as box:
        assert (box.state("one"), box.state("two")) == ("unknown", "sent")


@pytest.mark.parametrize("line", [b"", b"\xff", b"[]", b"{}", b'"x"', b'{"message": "one", "state": "hm"}', b"null"])
def test_a_spoiled_line_is_passed_over(data: Path, line: bytes) -> None:
    with opened() as box:
        box.note("one", ADDRESS, "sent")
    with (data / LOG).open("ab") as stream:
        stream.write(line + b"\n")
    with opened() as box:
        assert box.state("one") == "sent"


def test_a_damaged_key_is_told(data: Path) -> None:
    key_of()
    (data / KEY).write_bytes(b"short")
    with pytest.raises(ContentError, match="this key is damaged"):
        key_of()


def test_a_key_that_is_gone_is_not_made_anew_where_there_is_a_log(data: Path) -> None:
    """Under another key all that went out would look as if it had not."""
    with opened() as box:
        box.note("one", ADDRESS, "sent")
    (data / KEY).unlink()
    with pytest.raises(ContentError, match="the key to the send log is gone"):
        key_of()
    with pytest.raises(ContentError, match="the key to the send log is gone"), opened():
        pass
    assert not (data / KEY).exists()


def test_two_programs_make_one_key(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = b"k" * 32
    write = files.write_file

    def late(path: Path, content: bytes, *, private: bool, lasting: bool) -> None:
        write(path, content, private=private, lasting=lasting)
        write(data / KEY, first, private=True)  # the other one was faster

    monkeypatch.setattr(outbox, "write_file", late)
    assert key_of().key == first
    assert {path.name for path in data.iterdir()} == {KEY}


def test_a_folder_that_cannot_be_made(data: Path) -> None:
    data.write_text("in the way", encoding="utf-8")
    with pytest.raises(ContentError, match="a file is in the way"):
        key_of()


def test_one_program_at_a_time() -> None:
    with opened(), pytest.raises(ContentError, match="another window is sending"), opened():
        pass
    with opened():  # and then the next
        pass


def test_a_program_that_was_killed_keeps_no_lock(data: Path) -> None:
    code = (
        "import os; from layouts.engine.deliver.mail.outbox import opened\n"
        "with opened() as box:\n    box.note('one', 'x@y.example', 'sending')\n    os._exit(9)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=False, timeout=60)
    assert done.returncode == 9
    with opened() as box:
        assert box.state("one") == "unknown"
    assert (data / LOG).is_file()
