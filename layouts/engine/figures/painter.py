"""Pictures -> PDF operators, in colour or in outline. Line widths in points for the size that is printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .flat import Box, Path, box_of, counter_clockwise, ellipse, polygon
from .panel import Mode, Panel, Theme
from .part import BodyModel, Part
from .pen import Pen
from .picture import Picture, pictures
from .scene import Scene
from .theme import WHITE, Palette, mix, palette

CLOSE = 1.8  # how much larger a close-up is drawn
_DASH = (2.0, 2.8)  # points: with its round ends, a dash and a gap that copiers neither lose nor close
_SOFT = (0.024, -0.6)
_HATCHES = {"shorts": (0.016, 1.0), "pillow": _SOFT, "cushion": _SOFT}  # in outline: from line to line, and their lean
HEIGHT = 128.0  # points: a body's height in print, unless said otherwise


def paint_scene(
    scene: Scene, model: BodyModel, theme: Theme, mode: Mode, height: float, shown: Sequence[Picture] = ()
) -> list[Panel]:
    """Every panel of a scene, with one floor and height; `shown` are its pictures, if they are there already."""
    shown = shown or pictures(scene, model)
    colours = palette(theme, model, mode)
    pen = height * CLOSE**0.3 if scene.pose.close_up else height
    grain = 20 if colours.colour and len(shown) == 1 else 10
    return [
        replace(panel, operators=Painter(colours, panel.scale, panel.box, grain, pen).picture(picture))
        for panel, picture in zip(unpainted(scene, shown, height), shown, strict=True)
    ]


def unpainted(scene: Scene, shown: Sequence[Picture], height: float) -> list[Panel]:
    """The panels without their operators: how large a drawing is, which is a third of its work."""
    low, high = min(p.box[1] for p in shown), max(p.box[3] for p in shown)
    scale = height * CLOSE if scene.pose.close_up else height
    return [Panel(b"", (picture.box[0], low, picture.box[2], high), scale) for picture in shown]


class Painter:
    """Paints one panel."""

    def __init__(self, colours: Palette, scale: float, box: Box, grain: int, pen: float) -> None:
        """`pen` is the body's height whose line widths are used; a close-up's lines are finer than its scale."""
        self.c, self.k = colours, scale
        self.pen = Pen(scale, (box[0], box[1]), grain)
        self.line = max(0.55, 0.0048 * pen) if colours.colour else max(0.85, 0.0058 * pen)
        self.least = 0.32 if colours.colour else 0.5
        self.box = box

    def picture(self, p: Picture) -> bytes:
        """The panel's operators."""
        pen, c = self.pen, self.c
        w, h = (self.box[2] - self.box[0]) * self.k, (self.box[3] - self.box[1]) * self.k
        pen.save()
        pen.raw(f"0 0 {w:.2f} {h:.2f} re W n\n1 j 1 J")
        if p.ground:
            pen.stroke([polygon(p.ground, False)], c.floor, self.line * 0.9)
            if c.colour:
                for path in p.shadows:
                    pen.fill([path], c.ground)
        for part in p.props.behind:
            self.part(part)
        for guide in p.guides:
            dash = (6, 2.4) if guide.long else (3.2, 2.2)
            pen.stroke([polygon(guide.points, False)], c.arrow, self.line * 1.2, dash)
        self._ghost(p.ghost)
        late = [q for q in p.figure if q.limb == "near arm"] if p.props.front else []
        between = list(p.props.middle)
        for part in p.figure:
            while between and part.limb == "near leg":
                self.part(between.pop())
            if part not in late:
                self.part(part)
        for part in (*p.props.front, *late):
            self.part(part)
        for path in p.arrows:
            pen.stroke([path], WHITE, self.line * 4.6)
            pen.stroke([path], c.ink, self.line * 1.5)
            pen.fill([path], c.arrow)
        if p.rays:
            pen.stroke(p.rays, WHITE, self.line * 4.2)
            pen.stroke(p.rays, c.arrow, self.line * 2.2)
        if p.number:
            self._badge(p)
        pen.restore()
        return pen.bytes()

    def _ghost(self, parts: tuple[Part, ...]) -> None:
        paths = [counter_clockwise(q) for part in parts if not part.pen for q in part.paths]
        if not paths:
            return
        dash, width = ((), self.line * 1.5) if self.c.colour else (_DASH, self.line * 1.9)
        rods = [rod for part in parts for rod in part.rods]
        self.pen.stroke(paths, self.c.ghost_line, width, dash)
        for path, thick in rods:
            self.pen.stroke([path], self.c.ghost_line, thick * self.k + width)
        self.pen.fill(paths, self.c.ghost)
        for path, thick in rods:
            self.pen.stroke([path], self.c.ghost, thick * self.k)

    def _badge(self, p: Picture) -> None:
        """A number in a disc, drawn with lines so that no font is needed."""
        x, y = p.badge
        r = 6.2 / self.k
        self.pen.fill([ellipse(p.badge, r)], self.c.badge)
        u = r / 6.2
        strokes = {
            1: [(-1.5, 1.6), (0.4, 3.0), (0.4, -3.0)],
            2: [(-1.9, 1.5), (-1.2, 2.6), (0.2, 3.0), (1.6, 2.4), (1.8, 1.0), (0.9, -0.4), (-1.9, -3.0), (2.0, -3.0)],
        }[p.number]
        path = polygon([(x + a * u, y + b * u) for a, b in strokes], False)
        self.pen.stroke([path], WHITE, 1.35)

    def part(self, part: Part) -> None:
        """One part: its outline, then its colour, shade and lines inside it."""
        pen, c, lw = self.pen, self.c, self.line
        colour = c.of(part.kind, part.far)
        if part.pen:
            width = part.pen * self.k
            pen.stroke(part.paths, c.ink, width + 1.7 * lw)
            pen.stroke(part.paths, colour, width)
            return
        paths = [counter_clockwise(q) for q in part.paths]
        if part.outline:
            pen.stroke(paths, c.ink, 2 * lw * part.weight)
        for path, width in part.rods:
            pen.stroke([path], c.ink, width * self.k + 2 * lw)
        shaded = part.shade and c.colour
        hatched = not c.colour and part.kind in _HATCHES
        if shaded or hatched or part.inlays or part.lines or part.stripes:
            pen.clip(paths)
            if shaded:
                pen.flood(paths, mix(colour, (0.15, 0.12, 0.20), 0.16))
                pen.fill(paths, colour, shift=(-0.0085, 0.0095))
            else:
                pen.flood(paths, colour)
            if hatched:
                self._hatch(paths, *_HATCHES[part.kind])
            for kind, path in part.inlays:
                pen.fill([path], c.of(kind, part.far))
            if c.colour:
                for path, w in part.stripes:
                    pen.stroke([path], c.stripe, lw * w)
            for path, w in part.lines:
                pen.stroke([path], c.ink, self._thin(w))
            pen.restore()
        else:
            pen.fill(paths, colour)
        for path, width in part.rods:
            pen.stroke([path], colour, width * self.k)
        if not c.colour and part.outline and part.weight < 1:  # thin faces keep their edge on white
            pen.stroke(paths, c.ink, lw * 0.8)
        if part.merge and part.joint:  # the sleeve's outline inside the shirt
            pen.clip([ellipse(part.joint, 0.047)])
            pen.fill(part.merge, colour)
            pen.restore()
        if part.patch:
            pen.fill([counter_clockwise(q) for q in part.patch], colour)
        for path, w in part.over:
            pen.stroke([path], c.ink, self._thin(w))

    def _thin(self, share: float) -> float:
        return max(self.least, self.line * share * 1.15)

    def _hatch(self, paths: list[Path], step: float, lean: float) -> None:
        """Lines `step` apart that go so far to the right as they go up."""
        x0, y0, x1, y1 = box_of(paths)
        across = lean * (y1 - y0)
        lines, t = [], x0 - max(0.0, across)
        while t < x1 - min(0.0, across):
            lines.append(polygon([(t, y0), (t + across, y1)], False))
            t += step
        self.pen.stroke(lines, self.c.ink, self.line * 0.55)
