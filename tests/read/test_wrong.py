"""Every mistake in tests/wrong/, and what the front desk is told of it.

NAME.yaml starts with a comment that says where it is put in a clinic's folder; NAME.txt is all that is said.
The .txt files are part of the product: they are written and reviewed by people, and nothing here rewrites them.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from layouts.engine.figures.exercise import Exercise
from layouts.engine.problems import ContentError
from layouts.engine.read.handout import read_handout
from layouts.engine.read.library import Library

WRONG = Path(__file__).parents[1] / "wrong"
NAMES = sorted(path.stem for path in WRONG.glob("*.yaml"))
_FILE = re.compile(rb"(?:\xef\xbb\xbf)?# file: ([^\r\n]+)")
_JARGON = ("YAML", "mapping", "scalar", "sequence", "token", "parse", "Traceback", "Error", "None", "expected")


def told(name: str, overlay: Path, library: Library) -> str:
    """What is said of a wrong file once it lies in the clinic's folder."""
    data = (WRONG / f"{name}.yaml").read_bytes()
    where = _FILE.match(data)
    assert where, f"{name}.yaml does not start with # file: …"
    path = overlay / where[1].decode()
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    wanted = path.stem if path.parent.name == "guides" else "sample"
    with pytest.raises(ContentError) as caught:
        if path.parent.name == "exercises":  # no handout needs a drawing, so that reading one does not read them
            library.one(path, Exercise)
        read_handout(library, wanted)
    return "\n".join(map(str, caught.value.problems))


@pytest.mark.parametrize("name", NAMES)
def test_the_mistake_is_named_in_plain_words(name: str, overlay: Path, library: Library) -> None:
    if sys.platform == "win32" and name in ("file-name-con", "file-name-nul"):
        pytest.skip("Windows cannot have such a file")
    assert told(name, overlay, library) == (WRONG / f"{name}.txt").read_text(encoding="utf-8").rstrip("\n")


@pytest.mark.parametrize("name", NAMES)
def test_the_words_are_in_the_house_style(name: str) -> None:
    for line in (WRONG / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        assert not any(word in line for word in _JARGON), line
        if line.startswith("    "):
            assert line[4:5].isupper(), f"a hint is a sentence: {line}"
        else:
            assert re.match(r"(clinic|handouts)/[^:]+?(, line \d+)?: [^A-Z]", line), line
            assert not line.endswith("."), f"no full stop: {line}"


def test_no_pair_is_orphaned() -> None:
    assert {path.stem for path in WRONG.glob("*.txt")} == set(NAMES)
    assert {path.suffix for path in WRONG.iterdir()} == {".yaml", ".txt"}
    assert len(NAMES) >= 45
