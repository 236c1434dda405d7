"""What is kept from one document to the next makes it sooner, and never another one."""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from layouts.engine.deliver import press as presses
from layouts.engine.deliver import workers
from layouts.engine.deliver.merging import Job
from layouts.engine.deliver.personal import prescription
from layouts.engine.deliver.press import Memory, Press
from layouts.engine.draw.document import Edition
from layouts.engine.merge.again import again
from layouts.engine.merge.blocks import Document
from layouts.engine.merge.form import form
from layouts.engine.merge.handout import Patient
from layouts.engine.merge.markup import parse
from layouts.engine.merge.personal import with_personal
from layouts.engine.problems import Place
from layouts.engine.read.handout import Handout, read_handout
from layouts.engine.read.library import Library, Root
from layouts.engine.read.plan import Personal, Plain, plan_of
from tests.pages.printed import EVERYTHING, HANDOUTS, OwnClinic, photograph

LIBRARY = Library([Root(HANDOUTS, "handouts")])
HERE = Place("a table")
LONG = "Go slowly, and tell us how it went. " * 12
PEOPLE = (  # letters that fonts get new codes for, a zero of another font, notes of other lengths, and marks of markup
    ("BBBB-2222", "Quirinius", "", ""),
    ("CCCC-3333", "Zoë Żółć", "Zwetschge 10 – 20 kg", "2026-12-01"),
    ("DDDD-4444", "Nguyễn Thị Minh", LONG, "soon"),
    ("FFFF-5555", 'O\'Brien, "Al" <b>&amp;', "1  <i> {{ words }} \\", ""),
    ("GGGG-6666", "Quirina", "", ""),
    ("HHHH-7777", "Wilhelmina Quinteros " * 4, "", ""),  # too long a name for large letters
    ("JJJJ-8888", "Quirin", "Quickly, " * 80, ""),
    ("KKKK-9999", "سارة محمود", "", "2026-12-01"),  # names and notes of other scripts, and one read leftward
    ("MMMM-2222", "ดวงใจ", "ימין: 10 פעמים", ""),
    ("NNNN-3333", "王小明", "Jeden Tag – نعم – 10", ""),
)


def sheets(master: Handout) -> list[Handout]:
    """The sheets of the people: all prescribe the same."""

    def line(text: str) -> Plain | None:
        return Plain(text, HERE) if text else None

    return [
        with_personal(master, Personal(number, line(name), None, date(2026, 11, 23), line(note), line(visit)))
        for number, name, note, visit in PEOPLE
    ]


@pytest.mark.parametrize(
    ("handout", "layout"),
    [
        *(("core-for-runners-1", name) for name in ("list", "cards-4", "fridge", "diary")),
        ("running-and-back-pain", "guide"),
    ],
)
def test_sheets_are_the_same_as_without_what_is_kept(handout: str, layout: str) -> None:
    """The first sheet of its kind is made as ever, the second from a form, the third from what the second has left."""
    edition, many = Edition(layout, "standard", "letter"), Press(LIBRARY, many=True)
    wanted = sheets(prescription(LIBRARY, plan_of({"handout": handout})).handout)
    alone = [Press(LIBRARY).make(sheet, edition).data for sheet in wanted]
    for _ in range(3):
        assert [many.make(sheet, edition).data for sheet in wanted] == alone


def test_nothing_that_is_kept_is_a_patients() -> None:
    many, edition = Press(LIBRARY, many=True), Edition("list", "standard", "letter")
    wanted = sheets(prescription(LIBRARY, plan_of({"handout": "core-for-runners-1"})).handout)
    for sheet in (*wanted, *wanted):
        many.make(sheet, edition)
    kept, seen, waiting = "", set[int](), [part for one in many._series.values() for part in (one.form, one.kept)]
    assert all(waiting)
    while waiting:
        one: Any = waiting.pop()
        if id(one) in seen or isinstance(one, type) or type(one).__name__ in ("module", "function", "Faces", "Look"):
            continue
        seen.add(id(one))
        kept += one if isinstance(one, str) else ""
        waiting.extend(gc.get_referents(one))
    assert "Pelvic tilt" in kept
    assert not [word for _, name, note, _ in PEOPLE for word in (name, note) if word and word in kept]


def test_only_so_many_prescriptions_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presses, "SERIES", 2)
    many = Press(LIBRARY, many=True)
    for sets in "2345":
        plan = plan_of({"handout": "core-for-runners-1", "dose": (f"bridge.sets={sets}",)})
        many.make(sheets(prescription(LIBRARY, plan).handout)[0], Edition("list", "standard", "letter"))
        assert len(many._series) <= 2


def test_a_long_merge_keeps_no_more_than_a_short_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where words are forgotten now and then, a prescription stays the same one, with what is kept of it."""
    monkeypatch.setattr(workers, "FORGET", 2)
    look: dict[str, Any] = {
        "layout": "list",
        "edition": "standard",
        "paper": "letter",
        "flat": False,
        "identity": False,
    }
    printer = workers.Printer(workers.Printing((Root(HANDOUTS, "handouts"),), Path(), date(2026, 11, 23), **look))
    for number, (document, name, *_) in enumerate(PEOPLE[:5]):
        fields = {"handout": "core-for-runners-1", "name": name}
        assert printer.render([Job(number, f"a table, row {number}", fields, document)]).problems == ()
    assert len(printer.prescriptions) == len(printer.press._series) == 1


# ------------------------------------------------------------- forms
def patient(**texts: str) -> Patient:
    known: dict[str, Any] = dict.fromkeys(("number", "name", "clinician", "day", "note", "next_visit", "stopped"), "")
    return Patient(**{**known, **texts}, name_long=False, note_long=False, note_apart=False, whole=True)


def test_a_patients_words_stand_where_the_template_puts_them() -> None:
    anna = patient(name="Anna  Lee", note="Well\tdone")

    def page(known: Patient) -> Document:
        name, note = known.name, known.note
        return parse(f"<document><p>For <strong>{name}</strong> ·</p><p>{note}</p><p>Move</p></document>")

    made = form(page, anna)
    assert made
    assert made.filled(anna) == page(anna)
    assert made.filled(anna).blocks[2] is made.filled(patient(name="Eve")).blocks[2]


@pytest.mark.parametrize(
    "change",
    [
        str.upper,
        str.title,
        lambda text: text[:8],
        lambda text: text[:200],
        lambda text: text.replace('"', "“"),
        lambda text: text if len(text) < 60 else f"<strong>{text}</strong>",
    ],
)
def test_there_is_no_form_where_a_template_does_more_with_a_patients_words_than_print_them(
    change: Callable[[str], str],
) -> None:
    def page(known: Patient) -> Document:
        return parse(f"<document><p>{change(known.name)}</p></document>")

    assert form(page, patient(name="Anna")) is None


# ------------------------------------------------------------- again and again
def test_blocks_that_say_the_same_are_the_same_again() -> None:
    def read(word: str) -> Document:
        return parse(f"<document><section><p>One</p><p>One</p></section><p>{word}</p></document>")

    first, known = again(read("Two"), {})
    second, _ = again(read("Three"), known)
    assert second == read("Three")
    assert second.blocks[0] is first.blocks[0] and second.blocks[1] is not first.blocks[1]
    assert first.blocks[0].blocks[0] is not first.blocks[0].blocks[1]


def test_a_guide_is_the_same_after_each_edit(tmp_path: Path) -> None:
    """A word, the number of lines, a photograph, the clinic, and back again."""
    own, memory, edition = OwnClinic(tmp_path / "clinic"), Memory(), Edition("guide", "standard", "letter")
    own.file("pictures/walk.jpg", photograph())
    own.guide(**EVERYTHING)

    def made(**keeping: Any) -> bytes:
        press = Press(own.press().library, **keeping)
        return press.make(read_handout(press.library, "made-up"), edition).data

    def saved(**changes: Any) -> None:
        own.guide(**{**EVERYTHING, **changes})

    edits: list[Callable[[], None]] = [
        lambda: saved(message="Keep moving, much more each week."),
        lambda: saved(call=["Zoë's walk – 10 steps – hurts"] * 6),
        lambda: own.file("pictures/walk.jpg", photograph((400, 300))),
        lambda: own.clinic(phone="555 0199"),
        saved,
    ]
    seen = [made(memory=memory)]
    for edit in edits:
        edit()
        seen.append(made(memory=memory))
        assert seen[-1] == made()
    assert len(set(seen)) == len(seen)
