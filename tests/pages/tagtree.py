"""Our own eye on a tagged PDF: the tree, its marked content, and the promises of the catalogue.

The checkers that others wrote know the rules of PDF/UA and PDF/A one by one. None of them sees words that are read in
the wrong order, joined, or spelled otherwise by ToUnicode; and few compare tree, ParentTree and page with each other.
ISO 32000-1 sections 14.7 and 14.8; ISO 14289-1.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pikepdf

from layouts.engine.merge import blocks as b

from . import fields
from .paint import Page, Paint, read_pages

INLINE = ("Link", "Span", "Strong")
_NS = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
}


@dataclass
class Node:
    """A structure element. Its kids are nodes, marked content as (page, MCID), and annotations."""

    role: str
    obj: Any
    kids: list[Node | tuple[int, int] | Any] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """This node and all below, in order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.walk()


class Tagged:
    """An open file, read once: what its pages paint, and its tree."""

    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        self.pages: list[Page] = read_pages(pdf)
        self.problems: list[str] = [problem for page in self.pages for problem in page.problems]
        self.numbers = {page.obj.objgen: i for i, page in enumerate(pdf.pages)}
        tree = pdf.Root.StructTreeRoot
        self.parents = _number_tree(tree.get("/ParentTree"))
        self.root = self._node(tree.K if not isinstance(tree.K, pikepdf.Array) else tree.K[0], tree)
        self.painted: dict[tuple[int, int], list[Paint]] = {}
        for page in self.pages:
            for paint in page.paints:
                if paint.bracket and paint.bracket.mcid is not None:
                    self.painted.setdefault((page.number, paint.bracket.mcid), []).append(paint)

    def _node(self, obj: Any, parent: Any) -> Node:
        node = Node(str(obj.S)[1:], obj)
        if obj.get("/P", pikepdf.Dictionary()).objgen != parent.objgen:
            self.problems.append(f"{node.role} names another parent than the one that holds it")
        kids = obj.get("/K", pikepdf.Array())
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if not isinstance(kid, pikepdf.Dictionary):
                node.kids.append((self.numbers[obj.Pg.objgen], int(kid)))
            elif kid.get("/Type") == "/MCR":
                node.kids.append((self.numbers[kid.Pg.objgen], int(kid.MCID)))
            elif kid.get("/Type") == "/OBJR":
                node.kids.append(kid)
            else:
                node.kids.append(self._node(kid, obj))
        return node

    # ------------------------------------------------------------- the words
    def text_of(self, node: Node) -> str:
        """The words of an element, as a reader says them; block after block with a space between."""
        said = []
        for kid in node.kids:
            if isinstance(kid, Node):
                inner = self.text_of(kid)
                said.append(inner if kid.role in INLINE else f" {inner} ")
            elif isinstance(kid, tuple):
                said.append("".join(paint.text for paint in self.painted.get(kid, [])))
        return "".join(said)

    def words(self) -> list[str]:
        """All words of the tree in its order."""
        return self.text_of(self.root).split()


def problems(pdf: Any) -> list[str]:
    """Everything that is wrong with a file's structure and with what it says of itself."""
    try:
        tagged = Tagged(pdf)
    except (AttributeError, KeyError, ValueError, TypeError, RuntimeError) as error:
        return [f"the tree cannot be read: {error!r}"]
    found = list(tagged.problems)
    for check in CHECKS:
        try:
            found.extend(check(tagged))
        except (AttributeError, KeyError, ValueError, TypeError, IndexError) as error:
            found.append(f"{check.__name__.strip('_')}: {error!r}")
    return found


# ----------------------------------------------------------------- the content's own words
def content_words(document: b.Document, *, write_in: bool) -> list[str]:
    """The words of a document of blocks, in the order in which they are to be read."""
    return [word for text in _content(document, write_in) for word in text.split()]


def _content(block: b.Block, write_in: bool) -> Iterator[str]:
    if isinstance(block, b.WriteIn) and not write_in:
        return
    if isinstance(block, b.Callout):
        yield block.title
    if isinstance(block, b.Tip):
        yield str(block.number)
    if isinstance(block, b.Card):
        yield f"{block.number} {block.name} {block.aside}"
    if isinstance(block, b.Days):
        yield block.labels.replace("|", " ")
    if not isinstance(block, b.Figure):  # styles.yaml prints no captions of drawings
        yield "".join(span.text for span in block.spans)
    for number, kid in enumerate(block.blocks, 1):
        if isinstance(block, b.Steps):
            yield str(number)
        yield from _content(kid, write_in)


# ----------------------------------------------------------------- the checks
def _owners(tagged: Tagged) -> Iterator[str]:
    """Marked content and tree know each other, one to one, and the ParentTree says the same."""
    painted = Counter(
        (page.number, bracket.mcid)
        for page in tagged.pages
        for bracket in page.brackets
        if bracket.tag != "Artifact" or bracket.mcid is not None
    )
    owned: Counter[tuple[int, int | None]] = Counter()
    for node in tagged.root.walk():
        for kid in node.kids:
            if isinstance(kid, tuple):
                owned[kid] += 1
                entry = tagged.parents.get(int(tagged.pdf.pages[kid[0]].obj.get("/StructParents", -1)))
                known = entry[kid[1]] if entry is not None and kid[1] < len(entry) else None
                if known is None or known.objgen != node.obj.objgen:
                    yield f"the ParentTree gives MCID {kid[1]} of page {kid[0] + 1} to another than {node.role}"
                if isinstance(kid, tuple) and _tag(tagged, kid) not in (node.role, None):
                    yield f"MCID {kid[1]} of page {kid[0] + 1} is tagged {_tag(tagged, kid)}, its owner is {node.role}"
    for key in sorted(painted | owned, key=str):
        if painted[key] != 1 or owned[key] != 1:
            yield f"MCID {key[1]} of page {key[0] + 1}: {painted[key]} brackets, {owned[key]} owners"
    for page in tagged.pages:
        filled = {paint.bracket for paint in page.paints}
        for bracket in page.brackets:
            if bracket not in filled:
                yield f"page {page.number + 1}: an empty bracket {bracket.tag}"


def _tag(tagged: Tagged, key: tuple[int, int]) -> str | None:
    return next((br.tag for br in tagged.pages[key[0]].brackets if br.mcid == key[1]), None)


def _annotations(tagged: Tagged) -> Iterator[str]:
    """Every annotation is a link inside a Link or a field inside a Form, which the ParentTree confirms, and says what
    it opens or asks for (of fields `fields.problems` tells)."""
    held = {
        kid.Obj.objgen: node for node in tagged.root.walk() for kid in node.kids if not isinstance(kid, (Node, tuple))
    }
    keys: set[int] = set()
    for number, page in enumerate(tagged.pdf.pages, 1):
        for annotation in page.obj.get("/Annots", []):
            node = held.get(annotation.objgen)
            key = int(annotation.get("/StructParent", -1))
            role = "Form" if annotation.Subtype == "/Widget" else "Link"
            if node is None or node.role != role:
                yield f"page {number}: an annotation outside every {role}"
            elif key not in tagged.parents or tagged.parents[key].objgen != node.obj.objgen:
                yield f"page {number}: the StructParent {key} of a {role} leads elsewhere"
            if key in keys:
                yield f"page {number}: StructParent {key} twice"
            keys.add(key)
            if role == "Form":
                continue
            if not str(annotation.get("/Contents", "")).strip():
                yield f"page {number}: a link without Contents"
            if annotation.Subtype != "/Link" or not str(annotation.A.URI):
                yield f"page {number}: an annotation that leads nowhere"
    for node in tagged.root.walk():
        if node.role == "Link" and not tagged.text_of(node).strip():
            yield "a Link without words"
        if node.role == "Form" and len(node.kids) != 1:
            yield "a Form that holds more than its field"


def _fields(tagged: Tagged) -> Iterator[str]:
    """The form's fields are the pages' widgets in the order of the tree, and `fields.problems` finds nothing."""
    yield from fields.problems(tagged.pdf)
    listed = [field.objgen for field in fields.listed(tagged.pdf)]
    forms = [node for node in tagged.root.walk() if node.role == "Form"]
    if any(len(form.kids) != 1 or isinstance(form.kids[0], (Node, tuple)) for form in forms):
        yield "a Form that is more than its field, or less"
    elif listed != [form.obj.K.Obj.objgen for form in forms]:
        yield "the fields are not those of the tree, or in another order"


def _figures(tagged: Tagged) -> Iterator[str]:
    """Every figure has words for people who cannot see it, and a box inside its page that holds all it paints."""
    for node in tagged.root.walk():
        if node.role != "Figure":
            continue
        if len(str(node.obj.get("/Alt", "")).strip()) < 3:
            yield "a Figure without Alt"
        keys = [kid for kid in node.kids if isinstance(kid, tuple)]
        box = next((a.BBox for a in _attributes(node) if a.O == "/Layout" and "/BBox" in a), None)
        if box is None:
            yield "a Figure without BBox"
            continue
        left, bottom, right, top = map(float, box)
        page = tagged.pdf.pages[keys[0][0]]
        if left < 0 or bottom < 0 or right > float(page.mediabox[2]) or top > float(page.mediabox[3]):
            yield "a Figure's BBox leaves its page"
        for paint in (paint for key in keys for paint in tagged.painted[key]):
            x0, y0, x1, y1 = paint.box
            if x0 < left - 1 or y0 < bottom - 1 or x1 > right + 1 or y1 > top + 1:
                yield "a Figure paints outside its BBox"


def _attributes(node: Node) -> list[Any]:
    found = node.obj.get("/A", pikepdf.Array())
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def _tables(tagged: Tagged) -> Iterator[str]:
    """Every row of a table has as many cells as the first, which is all headings; headings say what they head."""
    for table in (node for node in tagged.root.walk() if node.role == "Table"):
        rows = [[cell for cell in row.kids if isinstance(cell, Node)] for row in table.kids if isinstance(row, Node)]
        if len({len(row) for row in rows}) != 1:
            yield "a Table with rows of unlike length"
        if any(cell.role != "TH" for cell in rows[0]):
            yield "a Table whose first row is not all TH"
        for r, row in enumerate(rows):
            for cell in (cell for cell in row if cell.role == "TH"):
                scope = next((a.Scope for a in _attributes(cell) if a.O == "/Table" and "/Scope" in a), None)
                if scope != ("/Row" if r else "/Column"):
                    yield f"a TH in row {r + 1} with Scope {scope}"


_PARENTS = {"LI": ("L",), "Lbl": ("LI",), "LBody": ("LI",), "TR": ("Table",), "TH": ("TR",), "TD": ("TR",)}
_ROLES = {
    "Document",
    "Part",
    "Sect",
    "Span",
    "H1",
    "H2",
    "H3",
    "P",
    "L",
    "LI",
    "Lbl",
    "LBody",
    "Table",
    "TR",
    "TH",
    "TD",
    "Figure",
    "Form",
    "Link",
}


def _nesting(tagged: Tagged) -> Iterator[str]:
    """Lists and tables are made of their parts, and there are no elements but those we know."""
    if tagged.root.role != "Document":
        yield f"the outermost element is {tagged.root.role}"
    for node in tagged.root.walk():
        if node.role not in _ROLES:
            yield f"an element {node.role}"
        for kid in (kid for kid in node.kids if isinstance(kid, Node)):
            if kid.role in _PARENTS and node.role not in _PARENTS[kid.role]:
                yield f"{kid.role} inside {node.role}"
            if node.role == "L" and kid.role != "LI":
                yield f"{kid.role} inside L"
        has_fields = any(inner.role == "Form" for inner in node.walk())
        if node.role in ("H1", "H2", "H3", "P", "Lbl") and not has_fields and not tagged.text_of(node).strip():
            yield f"an empty {node.role}"


def _headings(tagged: Tagged) -> Iterator[str]:
    """One H1 comes first (in a pack in each part), no level is skipped, and the bookmarks are the headings in the order
    of the tree."""
    headings = [node for node in tagged.root.walk() if re.fullmatch(r"H[1-6]", node.role)]
    levels = [int(node.role[1]) for node in headings]
    parts = sum(node.role == "Part" for node in tagged.root.walk())
    if levels[:1] != [1] or levels.count(1) != max(1, parts):
        yield f"the headings start {levels[:3]}"
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"H{after} follows H{before}"
    words = [(int(node.role[1]), " ".join(tagged.text_of(node).split())) for node in headings]
    with tagged.pdf.open_outline() as outline:
        marks = list(_bookmarks(outline.root))
    if marks != words:
        yield f"bookmarks {marks} are not the headings {words}"


def _bookmarks(items: Any, level: int = 1) -> Iterator[tuple[int, str]]:
    for item in items:
        title = re.sub(r"^(\d+)\. ", r"\1 ", str(item.title))  # a numbered heading has no full stop on paper
        yield level, " ".join(title.split())
        yield from _bookmarks(item.children, level + 1)


def _catalogue(tagged: Tagged) -> Iterator[str]:
    """Title, language, how it wants to be shown and printed."""
    root = tagged.pdf.Root
    preferences = root.get("/ViewerPreferences", {})
    for name, want, found in (
        ("language", True, bool(re.fullmatch(r"[a-z]{2}(-[A-Z]{2})?", str(root.get("/Lang", ""))))),
        ("language of the document element", str(root.get("/Lang")), str(tagged.root.obj.get("/Lang"))),
        ("Marked", True, bool(root.get("/MarkInfo", {}).get("/Marked", False))),
        ("DisplayDocTitle", True, preferences.get("/DisplayDocTitle")),
        ("PrintScaling", "/None", preferences.get("/PrintScaling")),
        ("Duplex", "/DuplexFlipLongEdge", preferences.get("/Duplex")),
        ("encryption", False, tagged.pdf.is_encrypted),
        ("page labels", {0: "/D"}, {k: str(v.S) for k, v in _number_tree(root.get("/PageLabels")).items()}),
        ("version", "1.7", tagged.pdf.pdf_version),
        ("output intent", ["/GTS_PDFA1"], [str(intent.S) for intent in root.get("/OutputIntents", [])]),
    ):
        if found != want:
            yield f"{name}: {found}, not {want}"
    for number, page in enumerate(tagged.pdf.pages):
        if page.obj.get("/Tabs") != "/S":
            yield f"page {number + 1}: Tabs is {page.obj.get('/Tabs')}"
        if int(page.obj.get("/StructParents", -1)) not in tagged.parents:
            yield f"page {number + 1}: StructParents leads nowhere"


def _description(tagged: Tagged) -> Iterator[str]:
    """XMP and the document information say the same, and the file claims PDF/UA-1 and PDF/A-2a."""
    if "/Metadata" not in tagged.pdf.Root:
        yield "no XMP"
        return
    packet = tagged.pdf.Root.Metadata.read_bytes()
    xmp, info = ElementTree.fromstring(packet), tagged.pdf.trailer.Info

    def said(path: str) -> str:
        return " ".join("".join(e.itertext()) for e in xmp.iterfind(f".//{path}", _NS)).strip()

    for key, path in (
        ("/Title", "dc:title"),
        ("/Author", "dc:creator"),
        ("/Subject", "dc:description"),
        ("/Keywords", "pdf:Keywords"),
        ("/Creator", "xmp:CreatorTool"),
        ("/Producer", "pdf:Producer"),
    ):
        if not said(path) or said(path) != str(info.get(key, "")):
            yield f'XMP says "{said(path)}" and Info "{info.get(key, "")}" ({key})'
    for key, path in (("/CreationDate", "xmp:CreateDate"), ("/ModDate", "xmp:ModifyDate")):
        digits = re.sub(r"\D", "", said(path))
        if digits[:14] != re.sub(r"\D", "", str(info.get(key, "")))[:14] or not digits:
            yield f"{key} and XMP name different days"
    if said("dc:language") != str(tagged.pdf.Root.get("/Lang")):
        yield "XMP names another language"
    for claim in (b"<pdfuaid:part>1<", b"<pdfaid:part>2<", b"<pdfaid:conformance>A<"):
        if claim not in packet:
            yield f"XMP does not claim {claim.decode()}"


def _fonts(tagged: Tagged) -> Iterator[str]:
    """Every font is embedded, and every character that is painted has its Unicode and is one that a reader can say."""
    for number, page in enumerate(tagged.pdf.pages, 1):
        for name, font in page.obj.Resources.get("/Font", {}).items():
            inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
            if "/FontFile2" not in inner.get("/FontDescriptor", {}):
                yield f"page {number}: font {name} is not embedded"
            if "/ToUnicode" not in font:
                yield f"page {number}: font {name} has no ToUnicode"
    for page in tagged.pages:
        for paint in page.paints:
            if "\ufffd" in paint.text or "\0" in paint.text:
                yield f'page {page.number + 1}: characters without Unicode in "{paint.text}"'


def _artifacts(tagged: Tagged) -> Iterator[str]:
    """Words are content, but for head, foot and a table's repeated headings: each is read somewhere in the tree."""
    heads = {tagged.text_of(cell).strip() for cell in tagged.root.walk() if cell.role == "TH"}
    for page in tagged.pages:
        words = "".join(
            paint.text
            for paint in page.paints
            if paint.kind == "text" and paint.bracket and paint.bracket.tag == "Artifact" and not paint.bracket.subtype
        ).strip()
        for head in sorted(heads, key=len, reverse=True):
            words = words.replace(head, " ")
        if words.strip():
            yield f'page {page.number + 1}: words that nobody is read: "{words.strip()}"'


CHECKS: tuple[Callable[[Tagged], Iterator[str]], ...] = (
    _owners, _annotations, _fields, _figures, _tables, _nesting, _headings, _catalogue, _description, _fonts,
    _artifacts,
)  # fmt: skip


def _number_tree(tree: Any) -> dict[int, Any]:
    if tree is None:
        return {}
    nums = list(tree.get("/Nums", []))
    return {int(nums[i]): nums[i + 1] for i in range(0, len(nums), 2)}
