"""The exercises of a library as a whole: links between them, mistakes in those that nothing uses, and findings."""

from __future__ import annotations

from pathlib import Path

import pytest

from layouts.engine.deliver import shelf
from tests.deliver.desk import Desk, change, save

FOUR = {
    "bridge": "easier: pelvic-tilt",
    "forward-lunge": "easier: squat",
    "pelvic-tilt": "harder: bridge",
    "squat": "harder: forward-lunge",
}
EXERCISE = """\
name: {name}
purpose: To try the shelf.
body_region: core
position: standing
start: Stand up.
steps: [Bend your knees., Hold., Stand up again.]
feel: Your legs work.
{link}
move_on: it feels light.
ease_off: it feels hard.
stop: your legs feel weak.
alt: A person stands upright with both arms at the sides.
pose_reviewed: false
pose: {{base: standing, hold: {{}}}}
"""
AWAITING = """\
handouts/exercises: advice: 4 drawings await a clinician's review: bridge, forward-lunge, pelvic-tilt, squat
    Look at them with "python build.py figures"; where one is right, write pose_reviewed: true in its file.
"""


@pytest.fixture
def stocked(desk: Desk) -> Desk:
    """A desk with four exercises, linked in pairs, that no guide names."""
    (desk.shipped / "exercises").mkdir()
    for id_, link in FOUR.items():
        save(exercise(desk, id_), EXERCISE.format(name=f"The {id_}", link=link))
    assert desk().code == 0
    return desk


def exercise(desk: Desk, id_: str) -> Path:
    return desk.shipped / "exercises" / f"{id_}.yaml"


WRONG = [
    (
        "bridge",
        "easier: pelvic-tilt",
        "easier: pelvic-tllt",
        """\
handouts/exercises/bridge.yaml, line 8: there is no exercise "pelvic-tllt"
    Did you mean "pelvic-tilt"?
handouts/exercises/pelvic-tilt.yaml, line 8: "bridge" is the harder version of "pelvic-tilt", but does not say so the \
other way round
    Write "easier: pelvic-tilt" in bridge.yaml.

2 problems.
""",
    ),
    (
        "squat",
        "harder: forward-lunge",
        "# none",
        """\
handouts/exercises/forward-lunge.yaml, line 8: "squat" is the easier version of "forward-lunge", but does not say so \
the other way round
    Write "harder: forward-lunge" in squat.yaml.

1 problem.
""",
    ),
    (
        "squat",
        "name: The squat",
        "name: The squat\nnam: Squat",  # what it says of its links cannot be known, so nothing is said of forward-lunge
        """\
handouts/exercises/squat.yaml, line 2: there is no field "nam" here
    Did you mean "name"?

1 problem.
""",
    ),
]


@pytest.mark.parametrize(("id_", "old", "new", "answer"), WRONG, ids=["nowhere", "one way", "unread"])
def test_a_wrong_link_is_told_as_long_as_it_is_there(stocked: Desk, id_: str, old: str, new: str, answer: str) -> None:
    change(exercise(stocked, id_), old, new)
    for words in ([], [], ["check"], ["check"]):
        said = stocked(*words)
        assert said.code == 1
        assert said.err.lstrip("\n") == answer
    assert stocked("check", "beta").code == 0  # it concerns no handout
    assert stocked("pdf", "beta").code == 0
    assert stocked.written() == set()
    change(exercise(stocked, id_), new, old)
    assert stocked().code == 0


def test_a_removed_exercise_breaks_the_links_to_it(stocked: Desk) -> None:
    exercise(stocked, "bridge").unlink()
    said = stocked()
    assert said.code == 1
    assert 'pelvic-tilt.yaml, line 8: there is no exercise "bridge"' in said.err


def test_links_lead_from_a_clinic_s_own_exercises_to_ours(stocked: Desk, tmp_path: Path) -> None:
    own = tmp_path / "own" / "exercises"
    save(own / "squat.yaml", exercise(stocked, "squat").read_text(encoding="utf-8"))
    assert stocked("--content", "own").code == 0
    change(own / "squat.yaml", "harder: forward-lunge", "# none")
    said = stocked("--content", "own")
    assert said.code == 1
    assert "handouts/exercises/forward-lunge.yaml, line 8" in said.err


def test_a_badly_named_exercise_is_told_of(stocked: Desk) -> None:
    save(stocked.shipped / "exercises" / "Hip Thrust.yaml", "")
    for words in ([], ["check"]):
        said = stocked(*words)
        assert said.code == 1
        assert said.err.lstrip("\n") == (
            "handouts/exercises/Hip Thrust.yaml: a file name is lowercase words (a to z, 0 to 9) joined by hyphens\n"
            '    Rename it, for example to "hip-thrust.yaml".\n\n1 problem.\n'
        )


def test_a_build_with_nothing_changed_looks_at_no_exercise(stocked: Desk) -> None:
    def stop(*_: object) -> None:
        raise AssertionError("the packages are not looked for")

    stocked.monkeypatch.setattr("importlib.util.find_spec", stop)
    assert stocked().code == 0


def test_exercises_that_did_not_change_are_read_from_the_cache(stocked: Desk) -> None:
    def stop(*_: object) -> bytes:
        raise AssertionError("an exercise was read")

    stocked.monkeypatch.setattr(shelf, "_read", stop)
    stocked.guide("beta").touch()
    assert stocked("pdf", "beta").code == 0
    assert stocked("check").code == 0


def test_check_says_once_what_awaits_review(stocked: Desk) -> None:
    said = stocked("check")
    assert (said.code, said.out, said.err) == (0, AWAITING, "")
    for id_ in list(FOUR)[1:]:
        change(exercise(stocked, id_), "pose_reviewed: false", "pose_reviewed: true")
    assert stocked("check").out.startswith(
        "handouts/exercises: advice: 1 drawing awaits a clinician's review: bridge\n"
    )
    change(exercise(stocked, "bridge"), "pose_reviewed: false", "pose_reviewed: true")
    assert stocked("check").out == "All is well.\n"  # that no handout names them is no fault


def test_check_of_one_handout_says_nothing_of_the_library(stocked: Desk) -> None:
    assert stocked("check", "beta").out == "All is well.\n"


def test_a_guide_names_its_unapproved_drawings_in_one_line(stocked: Desk) -> None:
    change(
        stocked.guide("gamma"),
        "Walk a little more.",
        "Walk a little more.\n    figure: {exercise: squat}\n  - text: Run.\n    figure: {exercise: bridge}",
    )
    assert stocked("check", "gamma").out == (
        "handouts/guides/gamma.yaml, line 15: advice: drawings that no clinician has approved yet: squat, bridge\n"
        "    Look at them; where one is right, write pose_reviewed: true in its file.\n"
    )


def test_check_names_an_exercise_that_is_hard_to_read(stocked: Desk) -> None:
    hard = "Maintain lumbopelvic stability throughout the repetition, particularly during deceleration."
    change(exercise(stocked, "squat"), "Hold., Stand up again.", f'"{hard}", "{hard}"')
    said = stocked("check")
    assert (said.code, said.err) == (0, "")
    where = 'line 6 (grade 25.9, longest word "particularly")'
    assert said.out == AWAITING + (
        "handouts/exercises/squat.yaml: error: the text reads at grade 9.1; patients need grade 6 or lower\n"
        f"    Hardest: {where}; {where}. Use shorter sentences and shorter words there.\n"
    )
