"""What a sheet says once a clinician has chosen a side, left exercises out, or changed an amount: nothing untrue."""

from __future__ import annotations

import re

import pytest

from layouts.engine.merge.blocks import Block
from layouts.engine.merge.handout import document
from layouts.engine.read.fields import Id
from layouts.engine.read.handout import Handout, read_handout
from layouts.engine.read.programme import Programme
from layouts.engine.read.sides import SIDED
from tests.merge.test_personal import library, made

OTHER_SIDE = re.compile(
    r"\b(each|both|other|either) sides?\b|\bon (each|both) legs?\b|\b(change|changing) (sides|legs|your feet)\b|[{}|]"
)
COUNTED = re.compile(r"\b(two|three|four|five|six|seven|\d+) (exercises|stretches|steps)\b", re.IGNORECASE)
PROGRAMMES = sorted(id_ for id_, entry in library().entries().items() if entry.kind == "programme")


def lines(handout: Handout, template: str = "programme.xml.j2") -> list[str]:
    """All that a sheet says, block by block."""

    def of(block: Block) -> list[str]:
        said = "".join(span.text for span in block.spans).replace("\u00a0", " ")
        return [said, *(line for child in block.blocks for line in of(child))]

    return [line for line in of(document(handout, template, {}, detail="full")) if line]


def sided(handout: Handout) -> bool:
    """Whether something of a programme is done on one side at a time."""
    sheet = handout.sheet
    assert isinstance(sheet, Programme)
    return any(sheet.dose_of(item, handout.exercises[item.exercise]).side in SIDED for item in sheet.items)


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("id_", PROGRAMMES)
def test_no_line_speaks_of_the_other_side(id_: str, side: str) -> None:
    master = read_handout(library(), id_)
    if not sided(master):
        assert not any(re.search(r"\b(each|both) sides?\b", line) for line in lines(master))
        return
    said = lines(made(master, side=side))
    assert [line for line in said if OTHER_SIDE.search(line)] == []
    assert any(f"on the {side} side" in line for line in said)


@pytest.mark.parametrize("id_", PROGRAMMES)
def test_a_master_says_both_sides_and_shows_no_braces(id_: str) -> None:
    master = read_handout(library(), id_)
    said = lines(master)
    assert not any(re.search(r"[{}|]", line) for line in said)
    if sided(master):
        assert any(OTHER_SIDE.search(line) for line in said)


@pytest.mark.parametrize("id_", PROGRAMMES)
def test_no_programme_counts_its_exercises(id_: str) -> None:
    """Exercises are left out and added: a count would be wrong."""
    sheet = read_handout(library(), id_).sheet
    assert isinstance(sheet, Programme)
    texts = [str(sheet.intro), str(sheet.purpose), *map(str, (*sheet.stop, *sheet.call))]
    assert not any(COUNTED.search(text) for text in texts)


def test_advice_that_counts_goes_with_the_dose_that_it_was_for() -> None:
    master = read_handout(library(), "core-for-runners-1")
    advice = "Move on when you can do 2 sets of 10 on each side with a still back."
    assert advice in lines(master)
    for changes in (["dead-bug-heel-taps.sets=4"], ["dead-bug-heel-taps.load=2 lb"], ["dead-bug-heel-taps.minutes=2"]):
        said = lines(made(master, dose=changes))
        assert not any("still back" in line for line in said)
        assert "Ease off if your back lifts: lower your foot just half way." in said
    for changes in (["dead-bug-heel-taps.days_a_week=3"], ["dead-bug-heel-taps.repetitions=8"], ["bridge.sets=4"]):
        assert advice in lines(made(master, dose=changes))  # what was changed is not what it counts on


def test_turns_become_those_of_one_side() -> None:
    master = read_handout(library(), "gym-ball-core")  # 16 times in turn are 8 on each side
    said = lines(made(master, side="left"))
    assert "2 sets of 8 on the left side" in said
    assert "2 sets of 5 on the left side" in lines(made(master, side="left", dose=["seated-ball-march.repetitions=5"]))
    assert "2 sets of 16, changing sides each time" in lines(master)


def test_a_side_of_one_exercise_alone() -> None:
    master = read_handout(library(), "core-for-runners-1")
    said = lines(made(master, dose=["bird-dog.side=left"]))
    assert "Stretch out your right arm and your left leg." in said and "Come back." in said
    assert "Bring the leg back up, then change sides." in said  # the heel taps are for both


def test_every_exercise_of_the_library_can_be_added() -> None:
    master = read_handout(library(), "core-for-runners-1")
    there = {"pelvic-tilt", "dead-bug-heel-taps", "bridge", "bird-dog"}
    ids = [id_ for id_ in library().files("exercises")[0] if id_ not in there]
    for id_ in ids:
        words, _ = library().exercise(Id(id_, master.sheet.place))
        dose = [] if words.dose else [f"{id_}.minutes=5"]
        said = lines(made(master, add=[id_], dose=dose, side="right"))
        assert [line for line in said if OTHER_SIDE.search(line)] == []
