"""The checks check: files with one planted defect each, and who finds it.

Each defect is a small edit of a conforming file. `catches` names who must find it, so that nobody has to trust a check
that has never failed. What a checker finds besides is its own affair.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from . import checkers, tagtree
from .printed import Printed, everything

Spoil = Callable[[Any], None]
DEFECTS: dict[str, tuple[Spoil, tuple[str, ...]]] = {}


def defect(*catches: str) -> Callable[[Spoil], Spoil]:
    """A defect; `catches`: "structure" and "words" are our own checks, the others those of checkers.py."""

    def keep(spoil: Spoil) -> Spoil:
        DEFECTS[spoil.__name__] = (spoil, catches)
        return spoil

    return keep


# ----------------------------------------------------------------- tools
def elements(pdf: Any, role: str = "") -> list[Any]:
    """The structure elements of a role, in the tree's order."""
    return [node.obj for node in tagtree.Tagged(pdf).root.walk() if role in ("", node.role)]


def kids(element: Any) -> list[Any]:
    return list(element.K) if isinstance(element.K, Array) else [element.K]


def remove(element: Any) -> None:
    """Takes an element out of its parent."""
    element.P.K = Array([kid for kid in kids(element.P) if getattr(kid, "objgen", None) != element.objgen])


def painted(pdf: Any, edit: Callable[[bytes], bytes], page: int = 0) -> None:
    """Edits a page's content stream."""
    contents = pdf.pages[page].Contents
    before = contents.read_bytes()
    after = edit(before)
    assert after != before, "the defect found nothing to spoil"
    contents.write(after)


def replaced(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda stream: re.sub(old, new, stream, count=1, flags=re.DOTALL)


def in_xmp(pdf: Any, old: bytes, new: bytes) -> None:
    before = pdf.Root.Metadata.read_bytes()
    after = re.sub(old, new, before, flags=re.DOTALL)
    assert after != before, "the defect found nothing to spoil"
    pdf.Root.Metadata.write(after)


def links(pdf: Any) -> list[Any]:
    return [annotation for page in pdf.pages for annotation in page.obj.get("/Annots", [])]


def font(pdf: Any) -> Any:
    return next(iter(pdf.pages[0].Resources.Font.values()))


# ----------------------------------------------------------------- what nobody but us sees
@defect("words")
def order_swapped(pdf: Any) -> None:
    (document,) = elements(pdf, "Document")
    first, second, *rest = kids(document)
    document.K = Array([first, rest[0], second, *rest[1:]])


@defect("words")
def items_of_a_list_swapped(pdf: Any) -> None:
    items = elements(pdf, "L")[0]
    items.K = Array(reversed(kids(items)))


@defect("words")
def words_joined_at_a_line_end(pdf: Any) -> None:
    painted(pdf, replaced(rb"(/LBody <<.*?[^(]) \) Tj ET\nBT", rb"\1) Tj ET\nBT"))


@defect("words")
def a_letter_reads_otherwise(pdf: Any) -> None:
    cmap = font(pdf).ToUnicode
    cmap.write(cmap.read_bytes().replace(b"<65> <0065>", b"<65> <0061>"))


@defect("words")
def a_paragraph_never_drawn(pdf: Any) -> None:
    painted(pdf, replaced(rb"/P <</MCID (\d+)>> BDC\nBT (.*?)\(.*?\) Tj", rb"/P <</MCID \1>> BDC\nBT \2( ) Tj"))


# ----------------------------------------------------------------- owners
@defect("structure", "page-validation")
def text_outside_brackets(pdf: Any) -> None:
    painted(pdf, replaced(rb"/H1 <</MCID \d+>> BDC\n(.*?)\nEMC", rb"\1"))


@defect("structure", "page-validation")
def a_rule_outside_brackets(pdf: Any) -> None:
    painted(pdf, replaced(rb"/Artifact <</Type/Layout>> BDC\n(.*?)\nEMC", rb"\1"))


@defect("structure", "words")
def content_as_artifact(pdf: Any) -> None:
    painted(pdf, replaced(rb"/H1 <</MCID \d+>> BDC", b"/Artifact BMC"))
    remove(elements(pdf, "H1")[0])


@defect("structure", "words")
def an_owner_is_gone(pdf: Any) -> None:
    remove(elements(pdf, "P")[1])


@defect("structure", "words")
def two_owners(pdf: Any) -> None:
    first, second = elements(pdf, "P")[:2]
    second.K = kids(first)[0]


@defect("structure")
def an_mcid_that_no_page_has(pdf: Any) -> None:
    paragraph = elements(pdf, "P")[1]
    paragraph.K = Array([*kids(paragraph), 999])


@defect("structure")
def an_mcid_twice_on_a_page(pdf: Any) -> None:
    painted(pdf, replaced(rb"(MCID \d+)(.*?)MCID \d+", rb"\1\2\1"))


@defect("structure")
def the_parent_tree_names_another(pdf: Any) -> None:
    owners = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    owners[0], owners[1] = owners[1], owners[0]


@defect("structure")
def another_parent_named(pdf: Any) -> None:
    elements(pdf, "P")[-1].P = elements(pdf, "P")[0]


@defect("structure", "page-validation")
def an_artifact_inside_content(pdf: Any) -> None:
    painted(pdf, replaced(rb"(/H1 <</MCID \d+>> BDC\n)(.*?)(\nEMC)", rb"\1/Artifact BMC\n\2\nEMC\3"))


@defect("structure")
def a_bracket_never_closed(pdf: Any) -> None:
    painted(pdf, lambda s: s[: s.rindex(b"EMC")] + s[s.rindex(b"EMC") + 3 :])


@defect("structure")
def brackets_across_a_saved_state(pdf: Any) -> None:
    painted(pdf, replaced(rb"(/Artifact <</Type/Layout>> BDC\nq )(.*?)( Q\nEMC)", rb"\1 \2 EMC Q"))


# ----------------------------------------------------------------- roles
@defect("structure", "page-validation")
def a_heading_level_skipped(pdf: Any) -> None:
    elements(pdf, "H2")[0].S = Name.H4


@defect("structure")
def no_first_heading(pdf: Any) -> None:
    elements(pdf, "H1")[0].S = Name.P


@defect("structure", "outloud")
def a_heading_cell_without_scope(pdf: Any) -> None:
    del elements(pdf, "TH")[0]["/A"]


@defect("structure", "outloud")
def no_heading_cells(pdf: Any) -> None:
    for cell in elements(pdf, "TH"):
        cell.S = Name.TD


@defect("structure", "page-validation")
def a_row_with_a_cell_too_few(pdf: Any) -> None:
    row = elements(pdf, "TR")[-1]
    row.K = Array(kids(row)[:-1])


@defect("structure", "page-validation")
def an_item_outside_a_list(pdf: Any) -> None:
    elements(pdf, "L")[0].S = Name.Sect


@defect("structure", "page-validation")
def a_role_that_does_not_exist(pdf: Any) -> None:
    elements(pdf, "Sect")[0].S = Name.Wrapper


@defect("structure")
def a_bookmark_less(pdf: Any) -> None:
    with pdf.open_outline() as outline:
        del outline.root[0].children[-1]


# ----------------------------------------------------------------- figures and links
@defect("structure", "page-validation")
def a_figure_without_alt(pdf: Any) -> None:
    del elements(pdf, "Figure")[0]["/Alt"]


@defect("outloud")
def a_file_name_as_alt(pdf: Any) -> None:
    elements(pdf, "Figure")[0].Alt = String("IMG_2041.jpg")


@defect("structure")
def a_figure_without_a_box(pdf: Any) -> None:
    del elements(pdf, "Figure")[0]["/A"]


@defect("structure")
def a_figure_boxed_elsewhere(pdf: Any) -> None:
    elements(pdf, "Figure")[0].A[0].BBox = Array([0, 0, 10, 10])


@defect("structure", "page-validation")
def a_link_without_words_for_it(pdf: Any) -> None:
    del links(pdf)[0]["/Contents"]


@defect("structure")
def a_link_with_anothers_key(pdf: Any) -> None:
    first, second = links(pdf)[:2]
    first.StructParent = second.StructParent


@defect("structure", "page-validation")
def a_link_without_a_key(pdf: Any) -> None:
    del links(pdf)[0]["/StructParent"]


@defect("structure", "page-validation")
def a_link_in_no_link_element(pdf: Any) -> None:
    for element in elements(pdf, "Link"):
        element.S = Name.Span


# ----------------------------------------------------------------- what the file says of itself
@defect("structure", "page-validation")
def no_language(pdf: Any) -> None:
    del pdf.Root["/Lang"]


@defect("structure", "page-validation")
def no_title(pdf: Any) -> None:
    in_xmp(pdf, rb"<dc:title>.*?</dc:title>", b"")


@defect("structure")
def another_title_in_the_old_place(pdf: Any) -> None:
    pdf.trailer.Info.Title = String("Something else")


@defect("structure", "page-validation")
def no_claim_of_pdf_ua(pdf: Any) -> None:
    in_xmp(pdf, rb"<pdfuaid:part>1</pdfuaid:part>", b"")


@defect("structure", "page-validation")
def the_file_name_as_title_of_the_window(pdf: Any) -> None:
    del pdf.Root.ViewerPreferences["/DisplayDocTitle"]


@defect("structure", "page-validation")
def not_marked(pdf: Any) -> None:
    del pdf.Root["/MarkInfo"]


@defect("structure", "page-validation")
def no_tab_order(pdf: Any) -> None:
    del pdf.pages[0]["/Tabs"]


@defect("structure")
def printed_smaller(pdf: Any) -> None:
    del pdf.Root.ViewerPreferences["/PrintScaling"]


@defect("structure", "page-validation")
def a_font_not_embedded(pdf: Any) -> None:
    del font(pdf).FontDescriptor["/FontFile2"]


@defect("structure", "page-validation")
def a_font_without_unicode(pdf: Any) -> None:
    del font(pdf)["/ToUnicode"]


@defect("page-validation")
def a_script(pdf: Any) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


# ----------------------------------------------------------------- the tests
def spoilt(handout: Printed, spoil: Spoil, folder: Path) -> bytes:
    path = folder / "spoilt.pdf"
    with handout.open() as pdf:
        spoil(pdf)
        pdf.save(path, fix_metadata_version=False)
    return path.read_bytes()


def finders(data: bytes, handout: Printed, folder: Path) -> Iterator[str]:
    """Who finds anything wrong with a file."""
    (folder / "again.pdf").write_bytes(data)
    with Pdf.open(folder / "again.pdf") as pdf:
        if tagtree.problems(pdf):
            yield "structure"
        try:
            words = tagtree.Tagged(pdf).words()
        except (AttributeError, KeyError):
            words = []
        if words != tagtree.Tagged(handout.pdf).words():
            yield "words"
    for name in checkers.CHECKERS:
        if checkers.findings(name, data, folder):
            yield name


@pytest.mark.parametrize("name", DEFECTS)
def test_a_planted_defect_is_found(name: str, tmp_path: Path) -> None:
    spoil, catches = DEFECTS[name]
    found = set(finders(spoilt(everything(), spoil, tmp_path), everything(), tmp_path))
    assert set(catches) <= found, f"found only by {found or 'nobody'}"


def test_saving_alone_is_no_defect(tmp_path: Path) -> None:
    assert list(finders(spoilt(everything(), lambda _: None, tmp_path), everything(), tmp_path)) == []
