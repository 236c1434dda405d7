"""A document and the one before it: blocks that say the same become the same objects, by which others know them."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from typing import TypeAlias

from .blocks import Block, Document

Known: TypeAlias = dict[Hashable, list[Block]]  # the blocks of a document, by what they say


def again(document: Document, before: Known) -> tuple[Document, Known]:
    """The document with the blocks of the one before it where they say the same, and its own blocks. Two blocks of a
    document are never the same object, whatever they say. `before` is used up."""
    known: Known = {}

    def found(block: Block) -> Block:
        inner = tuple(map(found, block.blocks))
        own = (value for name, value in vars(block).items() if name != "blocks")
        key = (type(block), tuple(map(id, inner)), *own)
        earlier = before.get(key)
        if earlier:
            made = earlier.pop(0)  # in the order in which they stood
        else:
            same = all(new is old for new, old in zip(inner, block.blocks, strict=True))
            made = block if same else replace(block, blocks=inner)
        known.setdefault(key, []).append(made)
        return made

    made = found(document)
    assert isinstance(made, Document)
    return made, known
