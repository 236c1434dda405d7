"""QR codes as path operators."""

from __future__ import annotations

from functools import lru_cache

from ..cache import kept

QUIET = 4 / 25  # white around a code, of its side: 4 modules of the smallest one's 25 (ISO/IEC 18004)


@lru_cache(maxsize=256)
def qr_operators(target: str) -> str:
    """Operators that fill the code's dark modules in a unit square; error correction M survives a photocopy.

    The white that a code needs around it (4 modules) is not in the square: whoever places it leaves QUIET free.
    """
    return kept("qr-bare", target.encode(), lambda: _draw(target).encode()).decode()


def _draw(target: str) -> str:
    import segno

    rows = [list(row) for row in segno.make(target, error="m", micro=False, boost_error=False).matrix_iter(border=0)]
    side = len(rows)
    ops = []
    for y, row in enumerate(rows):
        x = 0
        while x < side:
            end = x
            while end < side and row[end]:
                end += 1
            if end > x:
                ops.append(f"{x} {side - 1 - y} {end - x} 1 re")
            x = end + 1
    return f"{1 / side:.6f} 0 0 {1 / side:.6f} 0 0 cm 0 g {' '.join(ops)} f"
