"""PDF operators for paths, written directly: few digits, few points, state set only when it changes. Units: points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .fit import fitted
from .flat import Path, box_of

RGB = tuple[float, float, float]
_TOLERANCE = 0.085  # points (0.03 mm): no eye sees it in print


def number(v: float, decimals: int = 2) -> str:
    """A number with at most so many decimals."""
    text = f"{v:.{decimals}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _shade(colour: RGB) -> str:
    """Three decimals, so that a brand's colour is the same here as on the rest of its page."""
    return " ".join(number(v, 3) for v in colour)


class Pen:
    """Writes operators. Coordinates come in H and are scaled and moved so that the box starts at 0, 0, and
    rounded to a `grain`-th of a point: 10 is finer than any office printer, and coarser numbers compress better."""

    def __init__(self, scale: float, origin: tuple[float, float], grain: int = 20) -> None:
        self.scale, self._grain = scale, grain
        self._x, self._y = origin
        self._out: list[str] = []
        self._state: list[dict[str, str]] = [{}]

    def bytes(self) -> bytes:
        """All operators so far."""
        return "\n".join(self._out).encode("ascii")

    def _set(self, operator: str, value: str) -> None:
        if self._state[-1].get(operator) != value:
            self._state[-1][operator] = value
            self._out.append(f"{value} {operator}")

    def raw(self, operators: str) -> None:
        """Operators as they are."""
        self._out.append(operators)

    def save(self) -> None:
        """Keeps the state for later."""
        self._out.append("q")
        self._state.append(dict(self._state[-1]))

    def restore(self) -> None:
        """Back to the state of the last `save`."""
        self._out.append("Q")
        self._state.pop()

    def _at(self, p: tuple[float, float]) -> str:
        g = self._grain
        x, y = round((p[0] - self._x) * self.scale * g) / g, round((p[1] - self._y) * self.scale * g) / g
        return f"{number(x)} {number(y)}"

    def _paths(self, paths: Iterable[Path]) -> None:
        for path in paths:
            for op in fitted(path, _TOLERANCE / self.scale):
                if op[0] == "C":
                    self._out.append(f"{self._at(op[1])} {self._at(op[2])} {self._at(op[3])} c")  # type: ignore[misc]
                elif op[0] == "Z":
                    self._out.append("h")
                else:
                    self._out.append(f"{self._at(op[1])} {'l' if op[0] == 'L' else 'm'}")  # type: ignore[misc]

    def fill(self, paths: Iterable[Path], colour: RGB, shift: tuple[float, float] | None = None) -> None:
        """The union of the paths in a colour; `shift` moves them by so many H (the same numbers compress better)."""
        if shift:
            self.save()
            self._out.append(f"1 0 0 1 {number(shift[0] * self.scale)} {number(shift[1] * self.scale)} cm")
        self._set("rg", _shade(colour))
        self._paths(paths)
        self._out.append("f")
        if shift:
            self.restore()

    def stroke(self, paths: Iterable[Path], colour: RGB, width: float, dash: Sequence[float] = ()) -> None:
        """The paths as lines; `width` and `dash` in points."""
        self._set("RG", _shade(colour))
        self._set("w", number(width))
        self._set("d", f"[{' '.join(map(number, dash))}] 0")
        self._paths(paths)
        self._out.append("S")

    def clip(self, paths: Iterable[Path]) -> None:
        """Saves the state and paints only inside the union of the paths until `restore`."""
        self.save()
        self._paths(paths)
        self._out.append("W n")

    def flood(self, paths: Iterable[Path], colour: RGB) -> None:
        """A rectangle round the paths in a colour, for use inside their clip."""
        x0, y0, x1, y1 = box_of(paths)
        self._set("rg", _shade(colour))
        w, h = number((x1 - x0) * self.scale + 4), number((y1 - y0) * self.scale + 4)
        self._out.append(
            f"{number((x0 - self._x) * self.scale - 2)} {number((y0 - self._y) * self.scale - 2)} {w} {h} re"
        )
        self._out.append("f")
