"""Writes the references anew: `python tests/pages/update.py`. Look at the difference (git diff) before you keep it."""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.figures import images, measured
from tests.pages import references
from tests.pages.printed import shipped


def main() -> None:
    """All words, all pictures of pages, all drawings and landmarks."""
    references.FOLDER.mkdir(exist_ok=True)
    for old in references.FOLDER.iterdir():
        old.unlink()
    for guide, edition in references.WORDS:
        lines = references.word_lines(shipped(guide, edition=edition))
        references.word_file(guide, edition).write_text("\n".join(lines) + "\n", encoding="utf-8")
    for name in references.PAGES:
        small = references.picture(name).quantize(64)
        small.save(references.FOLDER / f"{name}.png", optimize=True)
    print(f"{len(references.WORDS)} lists of words and {len(references.PAGES)} pictures are in {references.FOLDER}")
    print(f"{images.write()} drawings are in {images.FOLDER}")
    print(f"{measured.write()} landmarks are in {measured.FILE}")


if __name__ == "__main__":
    main()
