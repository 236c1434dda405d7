"""The outline drawings survive two generations of a bad photocopier. Each measure is shown to fail for a drawing that
would not."""

from __future__ import annotations

import pytest

from . import photocopy
from .conftest import IDS, load
from .photocopy import Copied, copied

EDGE = 0.97  # of the figure's edge is still black
LEAK = 0.01  # of its inside is open to the outside
ARROW = 0.96
FLOOR = 0.85
DASHED = (0.33, 0.8)  # of a ghost's edge is black
PITCH = 4.8  # points from dash to dash
LONG = 25.0  # points: shorter pieces of a ghost hold too few dashes to be judged
INK = b"0 0 0"


def survives(c: Copied, cut: bool) -> list[str]:
    """What was lost. A drawing that is cut off, such as a strip's shins or a close-up's waist, is open there."""
    wrong = []
    if (share := photocopy.silhouette(c)) < EDGE:
        wrong.append(f"{share:.0%} of the edge are left")
    if not cut and (share := photocopy.leaked(c)) > LEAK:
        wrong.append(f"{share:.0%} of the body are open")
    if (share := photocopy.arrows(c)) < ARROW:
        wrong.append(f"{share:.0%} of an arrow are left")
    if (share := photocopy.floor(c)) < FLOOR:
        wrong.append(f"{share:.0%} of the floor are left")
    ghost = photocopy.dashes(c)
    if ghost.length > LONG:
        if not DASHED[0] < ghost.black < DASHED[1]:
            wrong.append(f"{ghost.black:.0%} of the ghost's edge are black")
        if ghost.count < 0.55 * ghost.length / PITCH:
            wrong.append(f"{ghost.count} dashes on {ghost.length:.0f} points")
    return wrong


@pytest.mark.parametrize("exercise", IDS)
def test_a_copy_of_a_copy_can_be_read(exercise: str) -> None:
    made = load(exercise)
    cut = made.pose.strip is not None or made.pose.close_up is not None
    for panel in copied(made):
        assert survives(panel, cut) == []


def _spoilt(exercise: str, *changes: tuple[bytes, bytes]) -> Copied:
    (panel,) = copied(load(exercise), changes)
    return panel


def test_thin_lines_are_lost() -> None:
    panel = _spoilt("hamstring-stretch-sitting", (b"\n1.7 w", b"\n0.4 w"))  # half of it is covered: 0.2 points show
    assert photocopy.silhouette(panel) < 0.75
    assert photocopy.leaked(panel) > 0.3


def test_pale_lines_are_lost() -> None:
    panel = _spoilt("partial-sit-up", (INK + b" RG", b"0.7 0.7 0.7 RG"))
    assert photocopy.silhouette(panel) < 0.3
    assert photocopy.leaked(panel) > 0.3
    assert photocopy.dashes(panel).black < DASHED[0]
    assert photocopy.floor(_spoilt("running", (INK + b" RG", b"0.35 0.35 0.35 RG"))) < FLOOR


def test_pale_arrows_are_lost() -> None:
    assert photocopy.arrows(_spoilt("bird-dog", (INK + b" rg", b"0.65 0.65 0.65 rg"))) < ARROW


def test_a_ghost_without_gaps_or_with_thin_dashes_is_no_ghost() -> None:
    clean = copied(load("partial-sit-up"))[0].panel.operators
    assert clean.count(b"[2 2.8] 0 d") == 1
    assert any("dashes" in said for said in survives(_spoilt("partial-sit-up", (b"[2 2.8] 0 d", b"[] 0 d")), False))
    thin = _spoilt("partial-sit-up", (b"1.61 w\n[2 2.8]", b"0.6 w\n[2 2.8]"), (b"1.62 w\n[2 2.8]", b"0.6 w\n[2 2.8]"))
    assert photocopy.dashes(thin).black < DASHED[0]


def test_what_is_measured_is_there_to_be_measured() -> None:
    ghosts = [photocopy.dashes(c).length for i in ("bird-dog", "dead-bug", "partial-sit-up") for c in copied(load(i))]
    assert min(ghosts) > LONG
    assert photocopy.floor(_spoilt("running", (b"rg", b"rg"))) > FLOOR
