"""A pose solved: start and finish standing on the floor, seen by a camera."""

from __future__ import annotations

from ..problems import Place
from ..records import dataclass
from .bases import BASES
from .camera import VIEWS, Camera
from .contact import stand
from .pose import Pose
from .posture import SIDES, Posture, TrunkAngles, apply, between
from .props import counter_of, wall_of
from .skeleton import Skeleton


@dataclass(frozen=True)
class Scene:
    """A solved pose. `start` is None where nothing moves; `main` is the finish, or the position held."""

    pose: Pose
    camera: Camera
    start: Skeleton | None
    main: Skeleton
    rests: tuple[str, ...]
    anchor: str
    planted: tuple[str, ...]
    wall: float | None

    @property
    def bodies(self) -> tuple[Skeleton, ...]:
        """Every position in the picture."""
        return (self.start, self.main) if self.start else (self.main,)

    def on_the_way(self, t: float) -> Skeleton:
        """The body between start (t = 0) and finish (t = 1). May raise ContentError."""
        if self.start is None:
            return self.main
        posture = between(self.start.posture, self.main.posture, t)
        x = self.wall
        wall = (lambda _: x) if x is not None else None
        return stand(
            posture,
            self.rests,
            self.anchor,
            start=self.start,
            planted=self.planted,
            wall=wall,
            counter=counter_of(self.pose),
        )


def base_posture(base: str, place: Place) -> Posture:
    """A base pose's own angles."""
    b = BASES[base]
    trunk = TrunkAngles(lean=b.lean, neck=b.neck, head_rests=b.head_rests)
    return Posture(base, trunk, dict.fromkeys(SIDES, b.leg), dict.fromkeys(SIDES, b.arm), place)


_SWAP = {"right": "left", "left": "right"}


def swapped(name: str) -> str:
    """A part's name on the other side of the body."""
    first, _, rest = name.partition(" ")
    return f"{_SWAP[first]} {rest}" if first in _SWAP and rest != "side" else name


def solve_scene(pose: Pose, place: Place) -> Scene:
    """Start and finish of a pose, without any judgement of them. Raises ContentError where a part cannot reach."""

    def names(words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(swapped, words)) if pose.mirror else tuple(words)

    base = BASES[pose.base]
    anchor = names((pose.stays or base.anchor,))[0]
    wall_at = wall_of(pose)
    first = pose.hold or pose.start
    plain = base_posture(pose.base, first.place if first else place)
    start_posture = apply(plain, first, pose.mirror)
    rests = names(first.rests_on if first and first.rests_on else base.rests)
    settled = base.seat > 0 or anchor in ("right elbow", "left elbow")  # a seat has its place before anything moves
    start_anchor = base.anchor if settled and not pose.hold else anchor
    counter = counter_of(pose)
    start = stand(start_posture, rests, start_anchor, wall=wall_at, counter=counter)
    wall = wall_at(start) if wall_at else None
    camera = _camera(pose)
    if pose.finish is None:
        return Scene(pose, camera, None, start, rests, anchor, (), wall)
    posture = apply(start.posture, pose.finish, pose.mirror)
    if pose.finish.rests_on:
        rests = names(pose.finish.rests_on)
    planted = names(pose.planted)
    fixed = (lambda _: wall) if wall is not None else None
    main = stand(posture, rests, anchor, start=start, planted=planted, wall=fixed, counter=counter)
    return Scene(pose, camera, start, main, rests, anchor, planted, wall)


def _camera(pose: Pose) -> Camera:
    yaw, pitch = VIEWS[pose.view]
    if pose.base == "side-lying" and pose.view == "side":
        yaw, pitch = 0, 8
    if pose.yaw is not None:
        yaw = pose.yaw.value
    if pose.pitch is not None:
        pitch = pose.pitch.value
    return Camera(yaw, pitch, pose.facing == "left")
