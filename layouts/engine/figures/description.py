"""What a figure shows, in words, for exercises that do not say it themselves."""

from __future__ import annotations

from collections.abc import Iterator

from .pose import Pose
from .posture import SIDES, Posture, Side
from .scene import Scene, base_posture

_BASES = {
    "standing": "Standing", "sitting": "Sitting on a chair", "supine": "Lying on the back with straight legs",
    "hook-lying": "Lying on the back with knees bent", "prone": "Lying on the front", "quadruped": "On hands and knees",
    "kneeling": "Kneeling", "side-lying": "Lying on the side",
}  # fmt: skip
_HANDS = {
    "floor": "on the floor", "under shoulders": "on the floor under the shoulders",
    "beside chest": "on the floor beside the chest", "beside head": "on the floor beside the head",
    "in front": "on the floor in front", "thigh": "on the thighs", "shin": "on the shins", "hip": "on the hips",
    "chest": "on the chest", "head": "behind the head", "wall": "on the wall", "counter": "on the counter",
    "counter beside": "on the counter beside the body",
    "other shin": "on the other shin", "knee": "on the knees",
    "round right shin": "round the right shin", "round left shin": "round the left shin",
    "behind right thigh": "behind the right thigh", "behind left thigh": "behind the left thigh",
    "other shoulder": "on the other shoulder",
    "forearm on wall": "on the wall with its forearm", "foot behind": "on the foot behind the body",
    "low back": "on the low back",
}  # fmt: skip
_THINGS = {"mat": "", "band": "a stretched band", "gym ball": "a gym ball"}
_ENOUGH = 12.0  # degrees: smaller changes are not worth a word


def describe(scene: Scene) -> str:
    """One or two sentences, such as "On hands and knees; the left arm reaches overhead"."""
    pose = scene.pose
    if pose.strip:
        return "Three pictures of a shoe: the heel touches the ground, the whole sole is down, the toes push off."
    first = scene.start or scene.main
    plain = base_posture(pose.base, pose.place)
    text = _BASES[pose.base] + _things(pose)
    if words := _joined(list(_changes(plain, first.posture))):
        text += f", {words}" if scene.start else f"; {words}"
    if scene.start:
        moves = list(_changes(scene.start.posture, scene.main.posture))
        rise = scene.main.hips[1] - scene.start.hips[1]
        if abs(rise) > 0.05:
            moves.insert(0, f"the hips {'rise' if rise > 0 else 'sink'}")
        text += f"; then {_joined(moves)}" if moves else ""
    return text + "."


def _things(pose: Pose) -> str:
    names = [
        _THINGS.get(p.kind, f"a {p.kind}") for p in pose.props if not (p.kind == "chair" and pose.base == "sitting")
    ]
    return f" with {_joined([n for n in names if n])}" if any(names) else ""


def _joined(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def _changes(a: Posture, b: Posture) -> Iterator[str]:
    """What is different in b, left and right in one where they agree."""
    lean = _sum(b) - _sum(a)
    if abs(lean) >= _ENOUGH and a.base not in ("supine", "hook-lying", "side-lying"):
        yield "the upper body tips forward" if lean > 0 else "the upper body tips back"
    each = {s: list(_side(a, b, s)) for s in SIDES}
    both = [w for w in each["right"] if w in each["left"]]
    for part, move in both:
        yield f"both {_PLURAL.get(part, part + 's')} {_PLURAL_MOVE.get(move, move)}"
    for side in SIDES:
        for part, move in each[side]:
            if (part, move) not in both:
                yield f"the {side} {part} {move}"


_PLURAL = {"foot": "feet"}
_PLURAL_MOVE = {
    "is straight": "are straight", "straightens": "straighten", "bends": "bend", "reaches up": "reach up",
    "reaches ahead": "reach ahead", "goes back": "go back", "goes out to the side": "go out to the side",
    "comes down": "come down", "lifts": "lift", "lifts off the floor": "lift off the floor",
}  # fmt: skip


def _sum(p: Posture) -> float:
    return (p.trunk.lean or 0.0) + p.trunk.low_back + p.trunk.upper_back


def _side(a: Posture, b: Posture, side: Side) -> Iterator[tuple[str, str]]:
    """(part, what it does)"""
    p, q = a.legs[side], b.legs[side]
    if q.hip_abduction - p.hip_abduction >= _ENOUGH:
        yield "leg", "goes out to the side"
    if abs(q.hip - p.hip) >= _ENOUGH:
        yield "leg", "lifts" if q.hip > p.hip else "goes back"
    if abs(q.knee - p.knee) >= _ENOUGH:
        yield "knee", "bends" if q.knee > p.knee else "straightens"
    if p.foot != "free" and q.foot == "free":
        yield "foot", "lifts off the floor"
    r, s = a.arms[side], b.arms[side]
    if abs(s.shoulder - r.shoulder) >= _ENOUGH:
        up = s.shoulder > r.shoulder
        yield "arm", "reaches up" if up and s.shoulder > 135 else "reaches ahead" if up else "goes back"
    elif s.shoulder_abduction - r.shoulder_abduction >= _ENOUGH:
        yield "arm", "goes out to the side"
    if abs(s.elbow - r.elbow) >= 20:
        yield "elbow", "bends" if s.elbow > r.elbow else "straightens"
    if s.hand != r.hand and s.hand in _HANDS:
        yield "hand", f"rests {_HANDS[s.hand]}"
