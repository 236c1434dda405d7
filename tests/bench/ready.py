"""What the peers of an exercise sheet find ready: CHECKOUT NAME... writes `ready/NAME.json` and the drawings of our own
engine beside the content, each as SVG and as PDF operators. Nobody pays for that while being timed."""

from __future__ import annotations

import json
import sys
from pathlib import Path

checkout = Path(sys.argv[1]).resolve()
sys.path[:0] = [str(checkout), str(Path(__file__).resolve().parents[2])]

from layouts.engine.deliver.builder import roots  # noqa: E402
from layouts.engine.deliver.press import Press  # noqa: E402
from layouts.engine.draw.styles import look  # noqa: E402
from layouts.engine.figures.svg import GAP, size, svg  # noqa: E402
from layouts.engine.merge.programme import context  # noqa: E402
from layouts.engine.read.handout import read_handout  # noqa: E402
from layouts.engine.read.library import Library  # noqa: E402
from tests.bench.peers.sheet import READY  # noqa: E402

press = Press(Library(roots(checkout / "handouts", None)))
brand, _ = press.brand()
ours = look("list", "standard", "letter", brand.colours, brand.faces)  # drawings as large as we print them
folder = checkout / READY
folder.mkdir(exist_ok=True)
for name in sys.argv[2:]:
    handout = read_handout(press.library, name)
    known = context(handout, press.drawings.shown(handout))
    cards = []
    for card in known["cards"]:
        panels = press.drawings.draw(card.id, ours)
        paths, left, code = [folder / f"{card.id}.{kind}" for kind in ("svg", "operators")], 0.0, b""
        paths[0].write_text(svg(panels, str(card.words.name), card.drawn, card.id), encoding="utf-8")
        for panel in panels:
            code += b"q 1 0 0 1 %.2f 0 cm\n%b\nQ\n" % (left, panel.operators)
            left += panel.width + GAP
        paths[1].write_bytes(code)
        when = " ".join(filter(None, (card.phrase.detail, "" if known["often"] else card.phrase.often)))
        wide, high = size(panels)
        drawing = {"svg": str(paths[0]), "operators": str(paths[1]), "alt": card.drawn, "wide": wide, "high": high}
        said = {"amount": card.phrase.amount, "when": when, "position": card.position, "drawing": drawing}
        cards.append({"id": card.id, "number": card.number, **said})
    facts = {fact: known[fact] for fact in ("minutes", "often", "equipment", "quick")}
    (folder / f"{name}.json").write_text(json.dumps({**facts, "cards": cards}), encoding="utf-8")
