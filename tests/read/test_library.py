"""The content folders: the clinic's lies over the shipped one. Hostile folders and files; a fuzz of shipped guides."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from layouts.engine.problems import ContentError, Place
from layouts.engine.read.convert import read_model
from layouts.engine.read.guide import Guide
from layouts.engine.read.handout import read_handout, red_flags
from layouts.engine.read.library import Library, Root
from layouts.engine.read.models import Advice
from layouts.engine.read.source import decode, read_text
from layouts.engine.read.walk import texts_of

Said = Callable[[Callable[[], object]], str]
HANDOUTS = Path(__file__).parents[2] / "handouts"
GUIDES = sorted((HANDOUTS / "guides").glob("*.yaml"))
SHIPPED = {path.stem for folder in ("guides", "programmes", "packs") for path in (HANDOUTS / folder).glob("*.yaml")}
HERE = Place("x.yaml", 3, 8)
needs_links = pytest.mark.skipif(sys.platform == "win32", reason="Windows makes links for administrators alone")


# ------------------------------------------------------------- what works
@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_the_shipped_handouts_are_read(path: Path) -> None:
    handout = read_handout(Library([Root(HANDOUTS, "handouts")]), path.stem)
    assert handout.id == path.stem
    assert handout.wording.language == handout.sheet.language
    assert path in handout.files
    assert all(file.is_file() for file in handout.files)


def test_the_overlay_wins(overlay: Path, library: Library, guide: str) -> None:
    (overlay / "guides" / GUIDES[0].name).write_text(guide, encoding="utf-8")
    assert read_handout(library, GUIDES[0].stem).sheet.title == "Sample"
    assert set(library.entries()) == SHIPPED | {"sample"}
    assert library.entries()["sample"].shown == "clinic/guides/sample.yaml"
    assert library.entries()[GUIDES[1].stem].shown == f"handouts/guides/{GUIDES[1].name}"


def test_the_clinic_s_own_terms_lie_over_the_shipped(overlay: Path, library: Library) -> None:
    glossary = "terms:\n  core:\n    en: your middle\n  new-word:\n    en: something new\n"
    (overlay / "wording" / "glossary.yaml").write_text(glossary, encoding="utf-8")
    terms = read_handout(library, "sample").glossary.terms
    assert terms["core"]["en"].plain == "your middle"
    assert terms["new-word"]["en"].plain == "something new"
    assert "scapula" in terms


def test_a_guide_in_another_language(overlay: Path, library: Library, guide: str) -> None:
    (overlay / "guides" / "sample.yaml").write_text(guide + "language: es\n", encoding="utf-8")
    assert read_handout(library, "sample").wording.language == "es"


def test_own_red_flags_follow_those_of_the_set(overlay: Path, library: Library, guide: str) -> None:
    (overlay / "guides" / "sample.yaml").write_text(guide + "extra_red_flags:\n  same_day: [Fever]\n", encoding="utf-8")
    handout = read_handout(library, "sample")
    assert isinstance(handout.sheet, Advice)
    flags = red_flags(handout.sheet, handout.wording)
    assert flags.same_day[-1].plain == "Fever"
    assert len(flags.emergency) == len(handout.wording.red_flags["low-back"].emergency)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_notepad_s_files_are_read(overlay: Path, library: Library, guide: str, encoding: str) -> None:
    (overlay / "guides" / "sample.yaml").write_bytes(guide.replace("\n", "\r\n").encode(encoding))
    assert read_handout(library, "sample").sheet.title == "Sample"


def test_editors_leavings_are_passed_over(overlay: Path, library: Library) -> None:
    for name in (".sample.yaml", "~sample.yaml", "#sample.yaml", "sample.yaml~", "sample.yaml.bak", "notes.txt"):
        (overlay / "guides" / name).write_text("[", encoding="utf-8")
    assert len(library.entries()) == len(SHIPPED) + 1


def test_texts_of_a_guide(library: Library) -> None:
    assert [text.plain for text in texts_of(read_handout(library, "sample").sheet)] == [
        "You.",
        "Move.",
        "Walk.",
        "Walk more.",
    ]


# ------------------------------------------------------------- what does not
def test_problems_of_several_files_come_together(overlay: Path, library: Library, guide: str, said: Said) -> None:
    (overlay / "guides" / "sample.yaml").write_text(guide.replace("2026", "x"), encoding="utf-8")
    (overlay / "clinic.yaml").write_text("nmae: x\n", encoding="utf-8")
    (overlay / "wording" / "glossary.yaml").write_text("- x\n", encoding="utf-8")
    (overlay / "wording" / "en.yaml").write_text("", encoding="utf-8")
    words = said(lambda: read_handout(library, "sample"))
    for file in (
        "guides/sample.yaml, line 4",
        "clinic.yaml, line 1",
        "wording/glossary.yaml, line 1",
        "wording/en.yaml",
    ):
        assert f"clinic/{file}:" in words


def test_the_related_handout_s_mistakes_are_told(overlay: Path, library: Library, guide: str, said: Said) -> None:
    (overlay / "guides" / "sample.yaml").write_text(guide + "related: [other]\n", encoding="utf-8")
    (overlay / "guides" / "other.yaml").write_text(guide.replace("title: ", "titel: "), encoding="utf-8")
    assert said(lambda: read_handout(library, "sample")).endswith(
        'clinic/guides/sample.yaml, line 13: the related handout "other" has mistakes of its own\n'
        "    Mend them in its file."
    )


def test_a_handout_that_is_not_there(library: Library, said: Said) -> None:
    words = said(lambda: read_handout(library, "running-and-back-pian"))
    assert words == 'clinic: there is no handout "running-and-back-pian"\n    Did you mean "running-and-back-pain"?'


def test_terms_in_the_wording_are_looked_up(overlay: Path, library: Library, said: Said) -> None:
    text = (HANDOUTS / "wording" / "en.yaml").read_text(encoding="utf-8")
    text = text.replace("- New trouble passing urine", '- "[Urine](term:urine) trouble"')
    (overlay / "wording" / "en.yaml").write_text(text, encoding="utf-8")
    assert 'the glossary has no term "urine"' in said(lambda: read_handout(library, "sample"))


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Espalda mañana.yaml", "espalda-manana.yaml"),
        ("日本.yaml", "knee-pain.yaml"),
        ("-a_b-.yaml", "a-b.yaml"),
        ("A.YML", "a.yaml"),
        ("a.b.yaml", "a-b.yaml"),
        ("x" * 61 + ".yaml", "x" * 60 + ".yaml"),
    ],
)
def test_a_file_name_that_is_no_id(overlay: Path, library: Library, name: str, hint: str) -> None:
    (overlay / "guides" / name).write_text("", encoding="utf-8")
    assert "running-and-back-pain" in library.entries(), "the others are still there"
    assert any(f'"{hint}"' in problem.hint for problem in library.misnamed())


def test_a_folder_named_like_a_file(overlay: Path, library: Library, said: Said) -> None:
    (overlay / "guides" / "x.yaml").mkdir()
    assert said(lambda: read_handout(library, "x")) == "clinic/guides/x.yaml: this is a folder, not a file"


@needs_links
def test_a_link_out_of_the_folder(overlay: Path, library: Library, tmp_path: Path, guide: str, said: Said) -> None:
    (tmp_path / "secret.yaml").write_text(guide, encoding="utf-8")
    (overlay / "guides" / "x.yaml").symlink_to(tmp_path / "secret.yaml")
    words = said(lambda: read_handout(library, "x"))
    assert words == "clinic/guides/x.yaml: this file is a link that leads outside the content folder"


@needs_links
def test_a_link_to_itself(overlay: Path, library: Library, said: Said) -> None:
    (overlay / "guides" / "x.yaml").symlink_to(overlay / "guides" / "x.yaml")
    assert said(lambda: read_handout(library, "x")).startswith("clinic/guides/x.yaml: ")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_a_pipe_among_the_guides_does_not_hang(overlay: Path, library: Library, said: Said) -> None:
    os.mkfifo(overlay / "guides" / "x.yaml")
    assert said(lambda: read_handout(library, "x")) == "clinic/guides/x.yaml: this is a device, not a file"


# ------------------------------------------------------------- pictures
def test_a_picture(overlay: Path, library: Library) -> None:
    (overlay / "a.png").write_bytes(b"png")
    assert library.picture("a.png", HERE, overlay / "guides" / "sample.yaml") == b"png"


@pytest.mark.parametrize(
    "name", ["../a.png", "brand/../../a.png", "/etc/passwd", "C:/Windows/a.png", "//host/share/a.png"]
)
def test_a_picture_outside(overlay: Path, library: Library, said: Said, name: str) -> None:
    words = said(lambda: library.picture(name, HERE, overlay / "clinic.yaml"))
    assert words == (
        f'x.yaml, line 3: "{name}" is outside the content folder\n    Copy the file into the content folder.'
    )


@needs_links
def test_a_picture_that_is_a_link(overlay: Path, library: Library, said: Said) -> None:
    (overlay / "a.png").symlink_to("/etc/passwd")
    assert "is outside the content folder" in said(lambda: library.picture("a.png", HERE, overlay / "clinic.yaml"))


@pytest.mark.parametrize("name", ["b.png", "x/" * 3000 + "a.png", "x" * 5000, "guides", "a.png/b", "."])
def test_a_picture_that_is_not_there(overlay: Path, library: Library, said: Said, name: str) -> None:
    (overlay / "a.png").write_bytes(b"")
    words = said(lambda: library.picture(name, HERE, overlay / "clinic.yaml"))
    assert words.startswith('x.yaml, line 3: there is no file "')
    assert len(words) < 200


def test_a_picture_that_is_too_large(overlay: Path, library: Library, said: Said) -> None:
    with (overlay / "a.png").open("wb") as stream:
        stream.truncate(30_000_001)
    words = said(lambda: library.picture("a.png", HERE, overlay / "clinic.yaml"))
    assert words.startswith('x.yaml, line 3: "a.png": this file is larger than 30 000 KB')


# ------------------------------------------------------------- anything at all
def mutate(rng: random.Random, data: str) -> str:
    """One to three slips of the hand."""
    for _ in range(rng.randrange(1, 4)):
        lines = data.split("\n")
        at, line = rng.randrange(len(data)), rng.randrange(len(lines))
        slip = rng.randrange(6)
        if slip == 0:
            data = data[:at] + data[at + 1 :]
        elif slip == 1:
            data = data[:at] + data[at] + data[at:]
        elif slip == 2:
            data = data[:at] + rng.choice("\t\n\r\x00\x85\u2028\ufeff:#-[]{}\"'&*!|>%@`\\?,~é😀 ") + data[at:]
        elif slip == 3:
            data = "\n".join(lines[:line] + lines[line + 1 :])
        elif slip == 4:
            data = "\n".join([*lines[:line], lines[line], *lines[line:]])
        else:
            data = "\n".join([*lines[:line], rng.choice([" ", "  ", "\t", "- "]) + lines[line], *lines[line + 1 :]])
    return data


def test_slips_of_the_hand_are_read_or_told() -> None:
    rng = random.Random(20261123)
    sources = [path.read_text(encoding="utf-8") for path in GUIDES]
    told = 0
    for _ in range(300):
        data = mutate(rng, rng.choice(sources)).encode()
        try:
            read_model(read_text(decode(data, "x.yaml"), "x.yaml"), Guide)
        except ContentError as error:
            told += 1
            lines = data.count(b"\n") + data.count(b"\r") + 2
            assert error.problems
            assert all(0 <= p.place.line <= lines and p.message and p.message[0] != " " for p in error.problems)
    assert told > 100


def test_spoilt_bytes_are_read_or_told() -> None:
    rng = random.Random(7)
    for _ in range(100):
        data = bytearray(GUIDES[0].read_bytes()[:600])
        for _ in range(3):
            data[rng.randrange(len(data))] = rng.randrange(256)
        try:
            read_text(decode(bytes(data), "x.yaml"), "x.yaml")
        except ContentError as error:
            assert error.problems
