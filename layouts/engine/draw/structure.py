"""The logical tree of a tagged PDF: structure elements, and how they are written.

The tree is made from the content, before layout, so the order of its elements is the order of the content
however the page is arranged. What an element holds on paper (marked content, annotations) is added while
pages are drawn. ISO 32000-1 section 14.7 and 14.8; ISO 14289-1 (PDF/UA-1).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from ..records import dataclass
from .file import File, text_string

HEADINGS = ("H1", "H2", "H3")


class TaggingError(AssertionError):
    """Something would be painted that no structure element and no artifact owns: a bug of ours."""


@dataclass(frozen=True)
class Artifact:
    """What is no content: furniture, rules, backgrounds. `properties` as they stand in the BDC dictionary."""

    properties: str = "/Type/Layout"


LAYOUT = Artifact()
HEADER = Artifact("/Type/Pagination/Subtype/Header")
FOOTER = Artifact("/Type/Pagination/Subtype/Footer")


@dataclass(frozen=True)
class Marked:
    """A bracket of marked content: its number on a page (both from 0)."""

    page: int
    mcid: int


@dataclass(frozen=True)
class Annotation:
    """An annotation that belongs to an element."""

    page: int
    reference: bytes  # to its object


@dataclass(eq=False)
class Element:
    """A structure element. `attributes` by owner: {'Table': '/Scope/Column'}."""

    role: str
    parent: Element | None = None
    alt: str = ""
    lang: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    kids: list[Element | Marked | Annotation] = field(default_factory=list)
    keep: bool = False  # an empty table cell stays in its row

    def child(self, role: str, *, alt: str = "", lang: str = "", keep: bool = False, **attributes: str) -> Element:
        """A new last child."""
        made = Element(role, self, alt, lang, attributes, keep=keep)
        self.kids.append(made)
        return made

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()

    def clear(self) -> None:
        """Takes away what drawing has added: marked content, annotations, and links, which stand where words do."""
        self.kids = [kid for kid in self.kids if isinstance(kid, Element) and kid.role != "Link"]

    @property
    def has_content(self) -> bool:
        """True when anything of it was drawn."""
        return self.keep or any(not isinstance(k, Element) or k.has_content for k in self.kids)


def write_tree(
    elements: list[Element], file: File, page_owners: list[list[Element]], annotation_owners: list[Element]
) -> bytes:
    """Writes the tree into a file and returns a reference to its StructTreeRoot. `elements` are all, in order.

    `page_owners[p][m]` owns marked content m of page p; its key in the ParentTree is p. The owner of annotation
    i has the key `len(page_owners) + i`, which is the annotation's StructParent.
    """
    numbers: dict[Element, bytes] = {}
    pages = file.pages
    drawn: set[Element] = set()
    for one in reversed(elements):  # kids before their parents
        if one.keep or any(kid in drawn or not isinstance(kid, Element) for kid in one.kids):
            drawn.add(one)

    def element(node: Element, parent: bytes) -> bytes:
        number = file.reserve()
        me = numbers[node] = b"%d 0 R" % number
        first: bytes | None = None
        kids: list[bytes] = []
        for kid in node.kids:
            if isinstance(kid, Element):
                if kid in drawn:
                    kids.append(element(kid, me))
            elif isinstance(kid, Annotation):
                kids.append(b"<</Type/OBJR/Obj %b/Pg %b>>" % (kid.reference, pages[kid.page]))
            else:
                here = pages[kid.page]
                first = first or here
                kids.append(b"%d" % kid.mcid if here == first else b"<</Type/MCR/Pg %b/MCID %d>>" % (here, kid.mcid))
        parts = [b"<</Type/StructElem/S/%b/P %b" % (node.role.encode(), parent)]
        if first:
            parts.append(b"/Pg " + first)
        parts.append(b"/K " + (kids[0] if len(kids) == 1 else b"[%b]" % b" ".join(kids)))
        if node.alt:
            parts.append(b"/Alt " + text_string(node.alt))
        if node.lang:
            parts.append(b"/Lang " + text_string(node.lang))
        if node.attributes:
            owners = b"".join(b"<</O/%b%b>>" % (o.encode(), v.encode()) for o, v in node.attributes.items())
            parts.append(b"/A[%b]" % owners)
        file.put(number, b"".join(parts) + b">>")
        return me

    tree = file.reserve()
    me = b"%d 0 R" % tree
    top = element(elements[0], me)
    entries = [b"%d[%b]" % (i, b" ".join(numbers[o] for o in owners)) for i, owners in enumerate(page_owners)]
    start = len(page_owners)
    entries += [b"%d %b" % (start + i, numbers[owner]) for i, owner in enumerate(annotation_owners)]
    parents = file.add(b"<</Nums[%b]>>" % b"\n".join(entries))
    file.put(tree, b"<</Type/StructTreeRoot/K %b/ParentTree %b/ParentTreeNextKey %d>>" % (top, parents, len(entries)))
    return me
