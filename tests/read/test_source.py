"""How a content file becomes nodes: what is kept as typed, where everything stands, and what hostile files do."""

from __future__ import annotations

import os
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from layouts.engine.problems import ContentError, Place
from layouts.engine.read.source import LARGEST_FILE, Mapping, Scalar, Sequence, decode, read_file, read_text
from tests.cost import cpu

Said = Callable[[Callable[[], object]], str]


def scalar(text: str, name: str = "text") -> Scalar:
    node = read_text(text, "x.yaml").items[name]
    assert isinstance(node, Scalar)
    return node


# ------------------------------------------------------------- what works
@pytest.mark.parametrize(
    "typed", ["1.0", "0123", "2026-11-23", "1e5", "0x1F", "12:30", "yes", "~", "No. 5", 'a"b', "a#b"]
)
def test_a_plain_value_stays_as_typed(typed: str) -> None:
    assert scalar(f"text: {typed}\n").text == typed


def test_only_bare_words_mean_nothing() -> None:
    assert scalar("text:\n").is_null
    assert scalar("text: null\n").is_null
    assert not scalar('text: "null"\n').is_null
    assert not scalar('text: ""\n').is_null


def test_every_node_knows_line_and_column() -> None:
    top = read_text("# a comment\nname: Ä ö 😀\nparts:\n  - a: 1\n    b:  two\n", "x.yaml")
    assert top.place == Place("x.yaml", 2, 1)
    assert top.keys["parts"] == Place("x.yaml", 3, 1)
    parts = top.items["parts"]
    assert isinstance(parts, Sequence)
    assert parts.place == Place("x.yaml", 4, 3)
    part = parts.items[0]
    assert isinstance(part, Mapping)
    assert part.place == Place("x.yaml", 4, 5)
    assert part.keys["b"] == Place("x.yaml", 5, 5)
    assert part.items["b"].place == Place("x.yaml", 5, 9)


def test_columns_count_characters_not_bytes() -> None:
    top = read_text("a: [Ä, 😀, x]\n", "x.yaml")
    items = top.items["a"]
    assert isinstance(items, Sequence)
    assert [item.place.column for item in items.items] == [5, 8, 11]


def test_the_author_s_order_is_kept() -> None:
    assert list(read_text("b: 1\na: 2\n", "x.yaml").items) == ["b", "a"]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-mark", "utf-16-be-mark"])
def test_every_editor_s_way_to_save_is_read(ending: str, encoding: str, tmp_path: Path) -> None:
    text = "title: Café\ntext: |\n  one\n\n  two\n".replace("\n", ending)
    data = text.encode(encoding) if "mark" not in encoding else ("\ufeff" + text).encode(encoding.removesuffix("-mark"))
    path = tmp_path / "x.yaml"
    path.write_bytes(data)
    top = read_file(path, "x.yaml")
    assert top.items["title"] == Scalar(Place("x.yaml", 1, 8), "Café")
    assert top.items["text"] == Scalar(Place("x.yaml", 2, 7), "one\n\ntwo\n", "|")


def test_a_comment_after_a_value_is_a_comment() -> None:
    assert scalar("text: letter  # or a4\n").text == "letter"


# ------------------------------------------------------------- what does not
def test_the_place_of_a_wrong_byte() -> None:
    data = b"title: a\nwho: Caf\xe9\n"
    with pytest.raises(ContentError) as caught:
        decode(data, "x.yaml")
    assert caught.value.problems[0].place == Place("x.yaml", 2, 9)


def test_the_place_of_a_wrong_byte_after_a_mark() -> None:
    with pytest.raises(ContentError) as caught:
        decode(b"\xef\xbb\xbfa: b\n\xe9\n", "x.yaml")
    assert caught.value.problems[0].place == Place("x.yaml", 2, 1)


def test_utf_16_without_a_mark(said: Said) -> None:
    assert said(lambda: decode("a: b".encode("utf-16-le"), "x.yaml")).startswith(
        "x.yaml: this file is not saved as UTF-8"
    )


def test_mistakes_before_and_behind_come_together(said: Said) -> None:
    text = "a: &x 1\na: 2\nb: *x\nc: " + "[" * 30
    assert said(lambda: read_text(text, "x.yaml")).count("x.yaml, line") == 4


def quick_and_small(call: Callable[[], object], said: Said) -> str:
    """What is said within a second of the processor and 30 MB."""
    tracemalloc.start()
    words: list[str] = []
    seconds = cpu(lambda: words.append(said(call)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert seconds < 1
    assert peak < 30_000_000
    return words[0]


def test_ten_megabytes(tmp_path: Path, said: Said) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"title: a\n" * (10 * LARGEST_FILE // 9))
    expected = "x.yaml: this file is larger than 1 000 KB\n    Split or shorten it."
    assert quick_and_small(lambda: read_file(path, "x.yaml"), said) == expected


@pytest.mark.parametrize("opening", ["[", "{", "[{a: ", "{? ", "- "])
def test_a_hundred_thousand_brackets(opening: str, said: Said) -> None:
    words = quick_and_small(lambda: read_text("a:\n  " + opening * 100_000, "x.yaml"), said)
    assert words == "x.yaml, line 2: lists and names are nested more than 24 deep\n    Check the indentation."


def test_an_alias_bomb_stays_small(said: Said) -> None:
    text = "a0: &a0 [x, x]\n" + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 40))
    assert 'a text cannot start with "*"' in quick_and_small(lambda: read_text(text, "x.yaml"), said)


def test_a_folder_is_not_a_file(tmp_path: Path, said: Said) -> None:
    (tmp_path / "x.yaml").mkdir()
    assert said(lambda: read_file(tmp_path / "x.yaml", "x.yaml")) == "x.yaml: this is a folder, not a file"


def test_a_file_that_is_not_there(tmp_path: Path, said: Said) -> None:
    assert said(lambda: read_file(tmp_path / "x.yaml", "x.yaml")) == "x.yaml: there is no such file"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_a_pipe_or_device_does_not_hang(tmp_path: Path, said: Said) -> None:
    os.mkfifo(tmp_path / "x.yaml")
    for path in (tmp_path / "x.yaml", Path("/dev/zero")):
        words = quick_and_small(lambda path=path: read_file(path, "x.yaml"), said)  # type: ignore[misc]
        assert words == "x.yaml: this is a device, not a file"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs a file that may not be read")
def test_a_locked_file(tmp_path: Path, said: Said) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("a: b\n", encoding="utf-8")
    path.chmod(0)
    assert said(lambda: read_file(path, "x.yaml")).startswith("x.yaml: this file cannot be read (")


def test_a_name_that_is_too_long(tmp_path: Path, said: Said) -> None:
    assert said(lambda: read_file(tmp_path / ("x" * 5000), "x.yaml")).startswith("x.yaml: ")
