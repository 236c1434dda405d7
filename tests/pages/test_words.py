"""The words of a finished PDF, as a screen reader finds them: the content's, all of them, once, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from . import tagtree
from .printed import EDITIONS, GUIDES, HANDOUTS, Printed, everything, shipped

PUNCTUATION = "()\"'.,;:?!"
UNPRINTED = {
    "purpose",
    "short",
    "poster",
    "figure",
    "file",
    "alt",
    "language",
    "url",
    "version",
    "number",
    "red_flags",
    "related",
    "written",
    "review_due",
    "reviewed",
    "reviewed_by",
}


def content(handout: Printed) -> list[str]:
    """The words of the blocks; the lines to write on are left out where they had no room."""
    found = tagtree.Tagged(handout.pdf).words()
    full = tagtree.content_words(handout.blocks, write_in=True)
    return full if len(found) == len(full) else tagtree.content_words(handout.blocks, write_in=False)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("guide", GUIDES)
def test_the_tree_reads_as_the_content_does(guide: str, edition: str) -> None:
    handout = shipped(guide, edition=edition)
    assert tagtree.Tagged(handout.pdf).words() == content(handout)


@pytest.mark.parametrize("guide", GUIDES)
def test_a_poster_reads_as_its_content_does(guide: str) -> None:
    handout = shipped(guide, "poster", paper="tabloid")
    assert tagtree.Tagged(handout.pdf).words() == content(handout)


@pytest.mark.parametrize("edition", EDITIONS)
def test_steps_tables_photos_and_bubbles_read_in_order(edition: str) -> None:
    handout = everything(edition)
    words = tagtree.Tagged(handout.pdf).words()
    assert words == content(handout)
    text = " ".join(words)
    for stretch in (
        "2 Rest between walks Sit down when you like. Ask us: How far did you walk?",
        "How to stand up 1 Slide to the edge. 2 Lean ahead. 3 Push with your legs.",
        "Week Walk Exercise One 10 minutes Bridge Two 15 minutes Bird dog",
    ):
        assert stretch in text


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("guide", GUIDES)
def test_nothing_of_the_yaml_is_lost_and_nothing_comes_in(guide: str, edition: str) -> None:
    """Compared with the files as another YAML reader sees them, so that a fault of ours would show."""
    fields, clinic = load(f"guides/{guide}.yaml"), load("clinic.yaml")
    wording, glossary = load(f"wording/{fields['language']}.yaml"), load("wording/glossary.yaml")
    own = words_of(fields if clinic["print_sources"] else {**fields, "sources": []})
    related = [head(other) for other in fields.get("related", [])]
    fixed = words_of(
        [
            [re.sub(r"\{.*?\}", "", text) for text in wording["words"].values()],
            wording["red_flags"][fields["red_flags"]],
            [(other["title"], other["number"]) for other in related],
            [by[fields["language"]] for by in glossary["terms"].values()],
            [(hours["days"], hours["open"]) for hours in clinic["hours"]],
            [clinic[key] for key in ("phone", "emergency_phone", "email")],
            clinic["website"].split("//")[1],
            list(range(1, len(fields["parts"]) * 20)),
        ]
    )
    printed = words_of(" ".join(tagtree.Tagged(shipped(guide, edition=edition).pdf).words()))
    assert own - printed == set()
    assert printed - own - fixed == set()


def head(handout: str) -> Any:
    """The file of a guide or an exercise sheet."""
    folder = "guides" if (HANDOUTS / "guides" / f"{handout}.yaml").exists() else "programmes"
    return load(f"{folder}/{handout}.yaml")


def load(name: str) -> Any:
    """A content file as PyYAML reads it."""
    return yaml.safe_load((HANDOUTS / name).read_text(encoding="utf-8"))


def words_of(value: Any) -> set[str]:
    """The words of all printed texts of a value, without markup and punctuation at their ends."""
    return {word for text in texts(value) for word in (w.strip(PUNCTUATION) for w in text.split()) if word}


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, kept in value.items():
            if key not in UNPRINTED:
                yield from texts(kept)
    elif isinstance(value, (list, tuple)):
        for kept in value:
            yield from texts(kept)
    else:
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", str(value)).replace("**", "")
        yield plain.translate(str.maketrans("“”‘’", "\"\"''"))
