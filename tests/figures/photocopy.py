"""A bad photocopier, and what of a drawing is still there after it.

Paper is 1.0, ink 0.0. A drawing is rendered at 300 dots an inch, the size of a card in a handout.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from layouts.engine.figures import MODELS, Exercise, Panel, Theme, paint, solve
from layouts.engine.figures.flat import Path, Point, flattened
from layouts.engine.figures.part import Part
from layouts.engine.figures.picture import Picture, pictures

from .render import rendered

DPI = 300
CARD = 76.0  # points: a body's height on a card
GENERATIONS = (1.015, 0.99)  # how much each copy enlarges
Grey = Any  # numpy arrays: of floats,
Mask = Any  # and of booleans


@dataclass(frozen=True)
class Copied:
    """A drawing before and after: the panel, what it is made of, and the picture that came out, at its first size."""

    panel: Panel
    picture: Picture
    copy: Grey

    def mask(self, paths: Iterable[Path], rods: Iterable[tuple[Path, float]] = ()) -> Mask:
        """The area of some outlines in pixels."""
        out = Image.new("1", (self.copy.shape[1], self.copy.shape[0]))
        draw = ImageDraw.Draw(out)
        for path in paths:
            draw.polygon([self.pixel(p) for p in flattened(path)], fill=1)
        for path, width in rods:
            wide = max(1, round(width * self.panel.scale * DPI / 72))
            draw.line([self.pixel(p) for p in flattened(path)], fill=1, width=wide, joint="curve")
        return np.asarray(out)

    def body(self, parts: Sequence[Part]) -> Mask:
        """The area of a figure."""
        kept = [p for p in parts if not p.pen]
        return self.mask((q for p in kept for q in p.paths), (r for p in kept for r in p.rods))

    def pixel(self, p: Point) -> Point:
        """Where a point of the figure is in the picture."""
        k = self.panel.scale * DPI / 72
        return ((p[0] - self.panel.box[0]) * k, self.copy.shape[0] - (p[1] - self.panel.box[1]) * k)

    def cleared(self, by: int) -> Mask:
        """Arrows and rays, with the white round them that keeps them clear of the body."""
        return grown(self.mask(self.picture.arrows, ((r, 0.02) for r in self.picture.rays)), by)

    @property
    def ink(self) -> Mask:
        """What a reader sees as black."""
        return self.copy < 0.5


def copied(made: Exercise, changes: Sequence[tuple[bytes, bytes]] = ()) -> list[Copied]:
    """An exercise's outline drawing, copied twice. `changes` plant mistakes: pieces of operators and what they
    become."""
    scene, model = solve(made.pose, made.place), MODELS[made.model]
    out = []
    panels = paint(scene, model, Theme(), "outline", CARD)
    for number, (panel, picture) in enumerate(zip(panels, pictures(scene, model), strict=True)):
        operators = panel.operators
        for old, new in changes:
            operators = operators.replace(old, new)
        spoilt = replace(panel, operators=operators)
        grey = np.asarray(rendered(spoilt, DPI).convert("L"), dtype=float) / 255
        chance = np.random.default_rng(number)
        size = grey.shape
        for enlarged in GENERATIONS:
            grey = generation(grey, enlarged, chance)
        out.append(Copied(panel, picture, _resized(grey, (size[1], size[0]))))
    return out


def generation(grey: Grey, enlarged: float, chance: np.random.Generator) -> Grey:
    """One copy: out of focus, too light, hard in contrast, uneven, with 1 % of the toner lost and 0.2 % dust."""
    high, wide = grey.shape
    size = (round(wide * enlarged), round(high * enlarged))
    image = Image.fromarray((grey * 255).astype(np.uint8)).resize(size, Image.Resampling.BILINEAR)
    light = np.asarray(image.filter(ImageFilter.GaussianBlur(1.3)), dtype=float) / 255
    patches = chance.normal(0, 0.05, (high // 40 + 2, wide // 40 + 2))
    drum = np.asarray(Image.fromarray(patches.astype(np.float32)).resize(size, Image.Resampling.BICUBIC), dtype=float)
    light = light + drum + chance.normal(0, 0.06, light.shape)
    toner = 1 / (1 + np.exp(-(light - 0.52) * 14))  # a steep curve: pale tones go
    toner[chance.random(light.shape) < 0.01] = 1.0
    toner[chance.random(light.shape) < 0.002] = 0.0
    return toner


def _resized(grey: Grey, size: tuple[int, int]) -> Grey:
    image = Image.fromarray((grey * 255).astype(np.uint8)).resize(size, Image.Resampling.BILINEAR)
    return np.asarray(image, dtype=float) / 255


def grown(mask: Mask, by: int) -> Mask:
    """Wider all round by so many pixels."""
    for axis in (0, 1):
        wide = np.pad(mask, [(by, by) if a == axis else (0, 0) for a in (0, 1)])
        mask = np.lib.stride_tricks.sliding_window_view(wide, 2 * by + 1, axis=axis).any(axis=-1)
    return mask


def shrunk(mask: Mask, by: int) -> Mask:
    """Narrower all round by so many pixels."""
    return ~grown(~mask, by)


def leaked(c: Copied) -> float:
    """How much of the figure is no longer closed off: the share of its inside that paint poured round it reaches.
    Gaps under a sixth of a millimetre are held shut, for no eye sees them."""
    inside = shrunk(c.body(c.picture.figure), 3)
    edge = np.pad(grown(c.ink, 1) | c.cleared(10), 4)  # a white frame all round
    image = Image.fromarray((edge * 255).astype(np.uint8)).copy()
    ImageDraw.floodfill(image, (0, 0), 128)
    wet = (np.asarray(image) == 128)[4:-4, 4:-4]
    return float((wet & inside).sum() / inside.sum())


def silhouette(c: Copied) -> float:
    """The share of the figure's edge that is still black."""
    body = c.body(c.picture.figure)
    edge = body & ~shrunk(body, 1)
    edge &= ~c.cleared(12) & ~grown(c.body((*c.picture.props.front, *c.picture.props.middle)), 4)
    return float((edge & grown(c.ink, 2)).sum() / edge.sum())


def arrows(c: Copied) -> float:
    """The share of the arrows that is still black, the worst of them; 1 without arrows."""
    masks = [shrunk(c.mask([a]), 1) for a in c.picture.arrows]
    return min((float((m & c.ink).sum() / m.sum()) for m in masks if m.any()), default=1.0)


def floor(c: Copied) -> float:
    """The share of the floor's line that is still black where nothing stands on it; 1 where no floor is seen."""
    if c.picture.ground is None:
        return 1.0
    (x0, y), (x1, _) = (c.pixel(p) for p in c.picture.ground)
    row = slice(int(y) - 1, int(y) + 3)
    free = ~grown(c.body((*c.picture.figure, *c.picture.props.behind)) | c.cleared(8), 6)[int(y)]
    seen = c.ink[row].any(axis=0)
    free[: int(x0) + 1], free[int(x1) :] = False, False
    return float((seen & free).sum() / free.sum()) if free.any() else 1.0


@dataclass(frozen=True)
class Dashes:
    """What is seen along the part of a ghost's edge that nothing covers: how long it is in points, the share that is
    black, and how many dashes there are."""

    length: float
    black: float
    count: int


def dashes(c: Copied) -> Dashes:
    """The ghost's dashes."""
    p = c.picture
    ghost = c.body(p.ghost)
    hidden = grown(c.body(p.figure), 8) | c.cleared(14)
    edge = ghost & ~shrunk(ghost, 2) & ~hidden
    seen = grown(c.ink, 1)
    runs, black, length = 0, 0, 0
    for path in (q for part in p.ghost for q in part.paths):
        before = True
        for x, y in _walked([c.pixel(q) for q in flattened(path, 16)]):
            i, j = int(y), int(x)
            if not (0 <= i < edge.shape[0] and 0 <= j < edge.shape[1] and edge[i, j]):
                before = True
                continue
            now = bool(seen[i, j])
            runs += now and not before
            black, length, before = black + now, length + 1, now
    return Dashes(length * 72 / DPI, black / max(1, length), runs)


def _walked(pts: Sequence[Point]) -> Iterable[Point]:
    """Places one pixel apart along a line."""
    spare = 0.0
    for (x0, y0), (x1, y1) in zip(pts, [*pts[1:], pts[0]], strict=True):
        far = float(np.hypot(x1 - x0, y1 - y0))
        at = spare
        while at < far:
            yield (x0 + (x1 - x0) * at / far, y0 + (y1 - y0) * at / far)
            at += 1.0
        spare = at - far
