"""The fonts as files for the peers."""

from __future__ import annotations

import shutil
from pathlib import Path


def make_fonts(folder: Path) -> None:
    """Fills a new folder, Lexend in two static weights: nobody pays for that while being timed."""
    import fontpkg_atkinson_hyperlegible
    import fontpkg_lexend
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    folder.mkdir()
    atkinson = Path(str(fontpkg_atkinson_hyperlegible.__file__)).parent / "files"
    shutil.copy(atkinson / "AtkinsonHyperlegible-Regular.ttf", folder / "Atk.ttf")
    shutil.copy(atkinson / "AtkinsonHyperlegible-Bold.ttf", folder / "Atk-B.ttf")
    lexend = Path(str(fontpkg_lexend.__file__)).parent / "files" / "Lexend[wght].ttf"
    for name, weight in (("Lex", 600), ("Lex-B", 700)):
        font = instancer.instantiateVariableFont(TTFont(lexend), {"wght": weight})
        told = {1: "Lexend", 4: f"Lexend {weight}", 6: f"Lexend-{weight}", 16: "Lexend"}
        for r in [r for r in font["name"].names if r.nameID in told]:
            font["name"].setName(told[r.nameID], r.nameID, r.platformID, r.platEncID, r.langID)
        font.save(folder / f"{name}.ttf")
