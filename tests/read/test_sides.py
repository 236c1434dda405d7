"""Words for one side: nobody who exercises the left reads of the right, or of changing sides."""

from __future__ import annotations

import re
from functools import cache

import pytest

from layouts.engine.problems import Place
from layouts.engine.read.exercise import ExerciseWords
from layouts.engine.read.fields import Id, Model, model, spec
from layouts.engine.read.inline import Text, parse
from layouts.engine.read.library import EXERCISES, Library, Root
from layouts.engine.read.sides import SIDED, check_sides, on_side
from layouts.engine.read.walk import texts_of
from tests.deliver.desk import PROJECT

CHANGES = re.compile(
    r"\b(each|both|other|either) sides?\b|\bon (each|both) legs?\b|\bchange (sides|legs|your feet)\b|[{}|]|  | [.,]"
)


@model
class Words(Model):
    """Something with a sentence."""

    said: Text = spec("A sentence.")


def text(source: str) -> Text:
    """A sentence as somebody writes it."""
    return parse(source, Place("x.yaml"))


@cache
def exercises() -> dict[str, ExerciseWords]:
    """The shipped exercises, as their files say them."""
    library = Library([Root(PROJECT / "handouts", "handouts")])
    return {id_: library.exercise(Id(id_, Place("x")))[0] for id_ in library.files(EXERCISES)[0]}


def said(words: ExerciseWords, side: str | None) -> str:
    """All that an exercise says for a side."""
    return "\n".join(map(str, texts_of(words.on_side(side))))


TWO_SIDED = sorted(id_ for id_, words in exercises().items() if words.dose and words.dose.side in SIDED)


@pytest.mark.parametrize(
    ("source", "right", "left", "both"),
    [
        ("Lift your {right|left} foot.", "Lift your right foot.", "Lift your left foot.", "Lift your right foot."),
        ("Hold. {both|Then change sides.}", "Hold.", "Hold.", "Hold. Then change sides."),
        ("Hold{both|, then change legs}.", "Hold.", "Hold.", "Hold, then change legs."),
        ("Come back {both|and change sides}.", "Come back.", "Come back.", "Come back and change sides."),
        ("2 sets {both|on each side} feel easy.", "2 sets feel easy.", "2 sets feel easy.",
         "2 sets on each side feel easy."),
        ("{both|Now the other side.}", "", "", "Now the other side."),
        ("**Lift** your {pie derecho|pie izquierdo}", "Lift your pie derecho", "Lift your pie izquierdo",
         "Lift your pie derecho"),
        ("Nothing of sides.", "Nothing of sides.", "Nothing of sides.", "Nothing of sides."),
    ],
)  # fmt: skip
def test_words_for_a_side(source: str, right: str, left: str, both: str) -> None:
    assert [on_side(text(source), side).plain for side in ("right", "left", "each")] == [right, left, both]


@pytest.mark.parametrize(
    ("language", "sentence", "named"),
    [
        ("en", "Lift your right foot.", "your right"),
        ("en", "Roll to the left.", "to the left"),
        ("en", "Hold, then change legs.", "change legs"),
        ("en", "It feels easy on each leg.", "on each leg"),
        ("en", "Lift your {right|left} foot. {both|Then change legs.}", ""),
        ("en", "Stop right away. Put your hands right under your shoulders, at the right height. None is left.", ""),
        ("es", "Levante el pie derecho.", "pie derecho"),
        ("es", "Cambie de lado.", "Cambie de lado"),
        ("es", "Levante el pie {derecho|izquierdo}. {both|Cambie de lado.}", ""),
        ("es", "Mantenga la espalda derecha.", ""),
        ("tlh", "your right foot", ""),
    ],
)
def test_words_that_name_a_side_are_found(language: str, sentence: str, named: str) -> None:
    sample = Words(place=Place("x.yaml"), said=text(sentence))
    found = [problem.message.split('"')[1] for problem in check_sides(sample, language)]
    assert found == ([named] if named else [])


def test_with_both_sides_the_words_are_those_of_the_drawing() -> None:
    assert on_side(text("your {right|left} foot"), "each", "left").plain == "your left foot"
    assert on_side(text("your {right|left} foot"), None, "right").plain == "your right foot"


@pytest.mark.parametrize("id_", TWO_SIDED)
def test_each_exercise_has_right_words_for_either_side(id_: str) -> None:
    words = exercises()[id_]
    left, right, both = said(words, "left"), said(words, "right"), said(words, "each")
    assert not CHANGES.search(left) and not CHANGES.search(right)
    mirrored = re.sub(r"\b(left|right)\b", lambda found: {"left": "right", "right": "left"}[found[0]], left)
    assert mirrored == right  # what the left arm does for one, the right arm does for the other
    assert "{" not in both and "|" not in both
    drawn = right if words.drawn_side == "right" else left
    assert _first_side(both) == _first_side(drawn)  # with both sides, the words are those of the drawing


def _first_side(said: str) -> str | None:
    found = re.search(r"\b(left|right)\b", said)
    return found and found[0]


def test_exercises_for_both_sides_at_once_are_the_same_for_all() -> None:
    others = [words for id_, words in exercises().items() if id_ not in TWO_SIDED]
    assert len(TWO_SIDED) > 25 and len(others) > 25
    assert all(words.on_side("left") is words for words in others)


def test_the_leg_that_is_named_is_the_one_that_works() -> None:
    assert "Lower your left foot" in said(exercises()["dead-bug-heel-taps"], "left")
    assert "your right arm and your left leg" in said(exercises()["bird-dog"], "left")
    assert "Lie on your right side, left leg on top" in said(exercises()["clamshell"], "left")
    assert "Lie on your left side" in said(exercises()["side-bridge"], "left")
    assert "Kneel on your left knee" in said(exercises()["hip-flexor-stretch"], "left")
