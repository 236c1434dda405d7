"""Head, face, ears and hair, from the side, the front and the back. Coordinates in head heights."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from .camera import Camera
from .contour import flat, sweep
from .flat import Path, Point, smooth
from .part import BodyModel, Part, Stroke
from .sections import Section
from .skeleton import HEAD, Skeleton
from .vec import along, lerp

_Shape = Sequence[tuple[float, float]]
_PROFILE: _Shape = (
    (0.02, 1.0), (0.25, 0.95), (0.385, 0.82), (0.425, 0.68), (0.425, 0.60), (0.415, 0.555), (0.448, 0.475),
    (0.498, 0.40), (0.487, 0.355), (0.432, 0.33), (0.428, 0.30), (0.445, 0.268), (0.428, 0.24), (0.436, 0.205),
    (0.408, 0.16), (0.42, 0.09), (0.392, 0.02), (0.31, -0.015), (0.17, 0.03), (0.02, 0.10), (-0.10, 0.16),
    (-0.22, 0.22), (-0.38, 0.32), (-0.475, 0.50), (-0.48, 0.70), (-0.38, 0.88), (-0.19, 0.98),
)  # fmt: skip
_HAIR: dict[str, _Shape] = {
    "short": (
        (0.405, 0.80), (0.36, 0.93), (0.22, 1.03), (0.0, 1.065), (-0.24, 1.03), (-0.44, 0.90), (-0.535, 0.70),
        (-0.52, 0.48), (-0.43, 0.30), (-0.30, 0.22), (-0.20, 0.27), (-0.165, 0.40), (-0.13, 0.50), (-0.04, 0.53),
        (0.03, 0.42), (0.075, 0.45), (0.09, 0.60), (0.17, 0.72), (0.30, 0.75),
    ),
    "bun": (
        (0.40, 0.80), (0.35, 0.93), (0.20, 1.02), (0.0, 1.05), (-0.24, 1.02), (-0.43, 0.90), (-0.52, 0.70),
        (-0.50, 0.50), (-0.40, 0.36), (-0.28, 0.31), (-0.17, 0.38), (-0.12, 0.50), (-0.03, 0.54), (0.035, 0.44),
        (0.075, 0.47), (0.09, 0.60), (0.17, 0.72), (0.30, 0.76),
    ),
    "bob": (
        (0.41, 0.78), (0.37, 0.93), (0.22, 1.04), (0.0, 1.08), (-0.25, 1.05), (-0.47, 0.92), (-0.58, 0.70),
        (-0.60, 0.44), (-0.57, 0.16), (-0.48, 0.05), (-0.30, 0.06), (-0.12, 0.10), (-0.02, 0.16), (0.05, 0.36),
        (0.10, 0.52), (0.18, 0.68), (0.30, 0.76),
    ),
}  # fmt: skip
_SHARP = {"short": (0, 10, 14), "bun": (0, 10, 14), "bob": (0, 8, 12)}
_FACE: _Shape = (
    (0, 1.0), (0.22, 0.96), (0.345, 0.80), (0.37, 0.60), (0.35, 0.40), (0.285, 0.18), (0.16, 0.03), (0, -0.015)
)  # fmt: skip
_CAP: _Shape = (
    (0, 1.07), (0.24, 1.03), (0.39, 0.86), (0.42, 0.62), (0.375, 0.52), (0.345, 0.66), (0.26, 0.78), (0.05, 0.80),
    (-0.16, 0.83), (-0.28, 0.74), (-0.345, 0.62), (-0.375, 0.52), (-0.42, 0.62), (-0.39, 0.86), (-0.24, 1.03),
)  # fmt: skip
_BOB_FRONT: _Shape = (
    (0, 1.08), (0.25, 1.04), (0.42, 0.86), (0.47, 0.58), (0.47, 0.30), (0.43, 0.10), (0.33, 0.12), (0.345, 0.40),
    (0.35, 0.62), (0.26, 0.78), (0.05, 0.82), (-0.16, 0.84), (-0.28, 0.76), (-0.35, 0.62), (-0.345, 0.40),
    (-0.33, 0.12), (-0.43, 0.10), (-0.47, 0.30), (-0.47, 0.58), (-0.42, 0.86), (-0.25, 1.04),
)  # fmt: skip
_JAW: _Shape = ((0.392, 0.01), (0.31, -0.018), (0.17, 0.028), (0.07, 0.085), (0.03, 0.15))


def neck_sections(body: Skeleton) -> list[Section]:
    """The neck from inside the collar to under the skull."""
    low = along(body.collar, (body.thorax.u, -0.034), (body.thorax.f, -0.002))
    top = along(body.skull, (body.head.u, 0.012), (body.head.f, -0.004))
    shapes = (
        (0, 0.036, 0.038, 0.038),
        (0.4, 0.032, 0.033, 0.033),
        (0.75, 0.031, 0.032, 0.032),
        (1, 0.034, 0.034, 0.033),
    )
    return [Section(lerp(low, top, t), body.neck, f, b, s) for t, f, b, s in shapes]


def head_parts(view: Camera, body: Skeleton, model: BodyModel) -> list[Part]:
    """The head, back to front."""
    frame, at = body.head, body.skull

    def pt(f: float, u: float, s: float = 0.0) -> Point:
        return view(along(at, (frame.f, (f + 0.05) * HEAD), (frame.u, (u - 0.33) * HEAD), (frame.s, s * HEAD)))

    def ring(f: float, u: float, rf: float, ru: float, n: int, s: float = 0.0) -> Path:
        turns = [i * 2 * math.pi / n for i in range(n)]
        return smooth([pt(f + rf * math.cos(t), u + ru * math.sin(t), s) for t in turns])

    def line(pts: Sequence[tuple[float, ...]]) -> Path:
        return smooth([pt(*p) for p in pts], False)

    if abs(view.depth(frame.f)) < 0.8:
        return _profile(view, body, model, pt, ring, line)

    def q(s: float, u: float) -> Point:
        return pt(0.18, u, s)

    def oval(s: float, u: float, rs: float, ru: float, n: int, f: float = 0.18) -> Path:
        turns = [i * 2 * math.pi / n for i in range(n)]
        return smooth([pt(f, u + ru * math.sin(t), s + rs * math.cos(t)) for t in turns])

    parts = [Part("skin", (oval(k * 0.385, 0.44, 0.055, 0.10, 8, -0.02),), shade=False) for k in (-1, 1)]
    around = [*_FACE, *((-x, y) for x, y in _FACE[-2:0:-1])]
    if model.style == "bun":
        parts.insert(0, Part("hair", (oval(0, 1.12, 0.19, 0.17, 10),)))
    if view.depth(frame.f) < 0:  # from behind
        wide, low = (1.24, 0.08) if model.style == "bob" else (1.08, 0.10)
        back = [(x * wide, max(low, y * 0.97 + 0.07)) for x, y in around]
        return [*parts, Part("hair", (smooth([q(*p) for p in back]),))]
    lines: list[Stroke] = [
        (smooth([q(-0.11, 0.21), q(0, 0.175), q(0.11, 0.21)], False), 0.8),
        (smooth([q(0.015, 0.44), q(0.045, 0.36), q(-0.015, 0.345)], False), 0.6),
    ]
    for k in (-1, 1):
        lines.append((smooth([q(k * 0.08, 0.615), q(k * 0.145, 0.64), q(k * 0.21, 0.61)], False), 0.8))
        if model.glasses:
            lines.append((oval(k * 0.15, 0.51, 0.10, 0.085, 8), 0.6))
    parts.append(Part("skin", (smooth([q(*p) for p in around]),), lines=tuple(lines)))
    cap = _BOB_FRONT if model.style == "bob" else _CAP
    parts.append(Part("hair", (smooth([q(*p) for p in cap], True, () if model.style == "bob" else (4, 11)),)))
    for k in (-1, 1):
        eye = oval(k * 0.145, 0.52, 0.026, 0.04, 6)
        parts.append(Part("ink", (eye,), outline=False, shade=False))
    return parts


def _profile(
    view: Camera,
    body: Skeleton,
    model: BodyModel,
    pt: Callable[..., Point],
    ring: Callable[..., Path],
    line: Callable[[Sequence[tuple[float, ...]]], Path],
) -> list[Part]:
    """From the side."""
    parts = []
    if model.style == "bun":
        parts.append(Part("hair", (ring(-0.46, 1.02, 0.18, 0.17, 10),)))
    lines: list[Stroke] = [
        (line(((0.436, 0.245), (0.39, 0.232), (0.345, 0.248))), 0.75),
        (line(((0.245, 0.645), (0.31, 0.665), (0.375, 0.645))), 0.9),
    ]
    if model.glasses:
        lines.append((ring(0.32, 0.53, 0.085, 0.085, 8), 0.6))
        lines.append((line(((0.24, 0.55), (0.0, 0.56))), 0.6))
    neck = neck_sections(body)
    first = Section(lerp(neck[1].at, neck[2].at, 0.5), neck[1].frame, neck[1].front, neck[1].back, neck[1].side)
    over = Section(along(neck[3].at, (body.head.u, 0.022), (body.head.f, -0.004)), neck[3].frame, 0.030, 0.034, 0.032)
    patch = sweep(view, [first, neck[2], neck[3], over], flat(), flat()).path
    head = smooth([pt(*p) for p in _PROFILE])
    parts.append(Part("skin", (head,), lines=tuple(lines), patch=(patch,), over=((line(_JAW), 0.85),)))
    parts.append(Part("hair", (smooth([pt(*p) for p in _HAIR[model.style]], True, _SHARP[model.style]),)))
    turns = [i * math.pi / 4 for i in range(8)]
    ear = smooth([pt(-0.055 + 0.062 * math.cos(t) + 0.02 * math.sin(t), 0.435 + 0.10 * math.sin(t)) for t in turns])
    if model.style != "bob":
        inner = line(((-0.045, 0.485), (-0.08, 0.45), (-0.06, 0.40)))
        parts.append(Part("skin", (ear,), lines=((inner, 0.5),), shade=False))
    parts.append(Part("ink", (ring(0.30, 0.535, 0.024, 0.042, 6),), outline=False, shade=False))
    return parts
