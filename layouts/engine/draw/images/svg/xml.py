"""The XML of an SVG drawing, opened so that nothing hostile in it is acted upon."""

from __future__ import annotations

from typing import Any, NoReturn
from xml.parsers import expat

from ....problems import ContentError, Place, Problem

MAX_BYTES = 2_000_000
MAX_ELEMENTS = 20_000
MAX_DEPTH = 64
MAX_ATTRIBUTES = 256  # lxml takes minutes over an element with a hundred thousand
SVG_NAMESPACE = "http://www.w3.org/2000/svg"
SAVE_AGAIN = "Open the drawing in the program it was made with and save it again as plain SVG."


class Complaints:
    """Gathers what is wrong with one drawing, so that all of it is told at once."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._problems: dict[str, Problem] = {}

    def add(self, message: str, hint: str = "") -> None:
        """Note a mistake and go on; the same message counts once."""
        self._problems.setdefault(message, Problem(self._place, message, hint))

    def stop(self, message: str, hint: str = "") -> NoReturn:
        """Note a mistake after which it makes no sense to go on. Raises `ContentError` with all noted so far."""
        self.add(message, hint)
        raise ContentError(self._problems.values())

    def raise_if_any(self) -> None:
        """Raises `ContentError` if a mistake has been noted."""
        if self._problems:
            raise ContentError(self._problems.values())


def parse(data: bytes, complaints: Complaints) -> Any:
    """The root element (lxml) of the drawing in `data`.

    Raises `ContentError` for a file that is empty, too big, not well-formed, not an SVG,
    or that has a DOCTYPE, too many elements or too deep a nesting.
    """
    if not data.strip():
        complaints.stop("The drawing is an empty file.", SAVE_AGAIN)
    if len(data) > MAX_BYTES:
        complaints.stop(
            f"The drawing is larger than {MAX_BYTES // 1_000_000} MB.",
            "A logo is usually under 0.1 MB: simplify it, or use a PNG or JPEG picture instead.",
        )
    if data.startswith(b"\x1f\x8b"):
        complaints.stop("The drawing is a compressed SVG (.svgz).", SAVE_AGAIN)
    _scan(data, complaints)
    return _tree(data, complaints)


def _scan(data: bytes, complaints: Complaints) -> None:
    # A streaming pass comes first because it can stop at the DOCTYPE, before any entity is defined, and at the
    # first element too many, before a tree has been built of them.
    depth = count = 0
    parser = expat.ParserCreate()

    def start(_name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if count > MAX_ELEMENTS:
            complaints.stop(f"The drawing has more than {MAX_ELEMENTS:,} parts.", "Simplify it.")
        if len(attributes) > MAX_ATTRIBUTES:
            complaints.stop(f"The drawing has a part with more than {MAX_ATTRIBUTES} attributes.", SAVE_AGAIN)
        if depth > MAX_DEPTH:
            complaints.stop(f"The drawing has groups inside groups, more than {MAX_DEPTH} deep.", "Ungroup it.")

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def doctype(_name: str, _system: str | None, _public: str | None, _internal: bool) -> None:
        complaints.stop(
            "The drawing begins with a DOCTYPE, which is not allowed because it can pull in other files.",
            "Save it as SVG 1.1 without a DOCTYPE, or delete the line that begins with <!DOCTYPE in a text editor.",
        )

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError):  # the latter two: an encoding that does not exist
        line = parser.CurrentLineNumber
        if not count:
            complaints.stop("This is not an SVG drawing.", SAVE_AGAIN)
        complaints.stop(f"The drawing is damaged or cut off (at its line {line}).", SAVE_AGAIN)


def _tree(data: bytes, complaints: Complaints) -> Any:
    from lxml import etree  # type: ignore[import-untyped, unused-ignore]

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        complaints.stop("The drawing is damaged or cut off.", SAVE_AGAIN)
    if tag(root) != "svg":
        complaints.stop("This is not an SVG drawing.", SAVE_AGAIN)
    return root


def tag(element: Any) -> str:
    """The name of an SVG element; '' for one of another namespace, such as an editor's own notes."""
    name = element.tag if isinstance(element.tag, str) else ""
    namespace, _, local = name.rpartition("}")
    return local if namespace.lstrip("{") in ("", SVG_NAMESPACE) else ""


def href(element: Any) -> str:
    """What an element refers to, or ''."""
    return str(element.get("href") or element.get("{http://www.w3.org/1999/xlink}href") or "").strip()
