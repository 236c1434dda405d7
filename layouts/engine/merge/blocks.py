"""The document between content and paper: blocks, with nothing of PDF in them.

Each class is a word of the markup that templates write; its fields are the word's attributes. `markup.py` reads
the words from these definitions, so this file is their reference. A word without attributes of its own is a plain
subclass: making a dataclass costs time at every start.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from ..records import dataclass


@dataclass(frozen=True)
class Span:
    """Words in one look. `href` is a web, mail or telephone address."""

    text: str
    bold: bool = False
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class Block:
    """A word of the markup. `content` says what it holds: 'spans' (words), 'blocks', or nothing."""

    word: ClassVar[str] = ""
    content: ClassVar[Literal["spans", "blocks", ""]] = "blocks"
    spans: tuple[Span, ...] = ()
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Document(Block):
    """The whole handout."""

    word = "document"
    language: str = "en"
    running: str = ""  # the title as later pages repeat it
    footer: str = ""  # the document's number, version and review date
    mark: str = ""  # said in the footer until a clinician has reviewed the content


@dataclass(frozen=True, kw_only=True)
class Heading(Block):
    """h1, h2 or h3."""

    content = "spans"
    level: ClassVar[int] = 1
    style: str = ""  # a text style of its own, where the level's is not wanted


class H1(Heading):
    """The title."""

    word = "h1"


class H2(Heading):
    """A part's heading."""

    word = "h2"
    level = 2


class H3(Heading):
    """A tip's lead."""

    word = "h3"
    level = 3


@dataclass(frozen=True, kw_only=True)
class Paragraph(Block):
    """A paragraph in one of the text styles."""

    word = "p"
    content = "spans"
    style: str = "body"
    leads: bool = False  # stays with what follows


class Item(Block):
    """An item of a list."""

    word = "li"
    content = "spans"


@dataclass(frozen=True, kw_only=True)
class Bullets(Block):
    """A list with bullets, or with boxes to tick."""

    word = "ul"
    tick: bool = False
    style: str = "body"


class Steps(Block):
    """A numbered list."""

    word = "ol"


@dataclass(frozen=True, kw_only=True)
class Section(Block):
    """What belongs together; `keep` holds it on one page where it fits."""

    word = "section"
    keep: bool = False
    space: str = "part"
    spare: bool = False  # stands at the foot of the first page if the document gets no longer by it
    leads: bool = False  # stays with what follows


class Message(Block):
    """The panel with the one thing to remember."""

    word = "message"
    content = "spans"


class Tips(Block):
    """Numbered tips, in as many columns as styles.yaml gives to `tips`."""

    word = "tips"


@dataclass(frozen=True, kw_only=True)
class Tip(Block):
    """One tip: its number, its words, and what stands beside them."""

    word = "tip"
    number: int = 1


class Aside(Block):
    """What stands beside a tip's words; the last thing inside a tip."""

    word = "aside"


@dataclass(frozen=True, kw_only=True)
class Callout(Block):
    """A box: `do` (do this today), `ask` (ask us), `stop` (get help now) or `note` (to one patient)."""

    word = "callout"
    kind: Literal["do", "ask", "stop", "note"] = "do"
    title: str = ""
    foot: bool = False  # stands at the foot of the first page where the edition pins it
    spare: bool = False  # stands there if the document gets no longer by it


@dataclass(frozen=True, kw_only=True)
class Columns(Block):
    """Sections side by side; `name` says how many, in styles.yaml."""

    word = "columns"
    name: str = "pair"


class Cell(Block):
    """A cell of a table."""

    content = "spans"


class HeadCell(Cell):
    """A heading of a column (in the first row) or of a row."""

    word = "th"


class DataCell(Cell):
    """A cell with data."""

    word = "td"


class Row(Block):
    """A row of a table."""

    word = "tr"


class Table(Block):
    """A table; its first row holds the columns' headings."""

    word = "table"


@dataclass(frozen=True, kw_only=True)
class Photo(Block):
    """A photograph, by its key in the handout's pictures; its content is the caption."""

    word = "photo"
    content = "spans"
    src: str = ""
    alt: str = ""


@dataclass(frozen=True, kw_only=True)
class Figure(Block):
    """A drawing of an exercise, by its id; its content is the caption."""

    word = "figure"
    content = "spans"
    src: str = ""
    alt: str = ""


class Gallery(Block):
    """Exhibits in rows, in as many columns as styles.yaml gives to `gallery`; a wide one takes several."""

    word = "gallery"


@dataclass(frozen=True, kw_only=True)
class Exhibit(Block):
    """An exercise's drawing to look over. Its first block, a heading, stands above the drawing, the others under it."""

    word = "exhibit"
    src: str = ""
    alt: str = ""


@dataclass(frozen=True, kw_only=True)
class Qr(Block):
    """A QR code with what it opens; its content stands beside it."""

    word = "qr"
    href: str = ""
    alt: str = ""


@dataclass(frozen=True, kw_only=True)
class WriteIn(Block):
    """Lines to write on, after a heading on the first; left out where they would need another page."""

    word = "writein"
    content = "spans"
    lines: int = 2


@dataclass(frozen=True, kw_only=True)
class Fact(Block):
    """A short fact about the sheet, with a sign before it."""

    word = "fact"
    icon: str = ""


class Facts(Block):
    """Facts side by side, in as many columns as styles.yaml gives to `facts`."""

    word = "facts"


@dataclass(frozen=True, kw_only=True)
class Slot(Block):
    """A part of a card; the slots of one name in a row of cards are equally high."""

    word = "slot"
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Card(Block):
    """An exercise: its number and name, and its slots."""

    word = "card"
    number: int = 1
    name: str = ""
    aside: str = ""  # at the right of the name
    again: str = ""  # the name where the card goes on on another page


@dataclass(frozen=True, kw_only=True)
class Cards(Block):
    """Cards in rows; styles.yaml says how many are abreast and which slots stand at the left. So many cards as `few`,
    or less, stand one below the other."""

    word = "cards"
    few: int = 1


class Dose(Block):
    """The strip with how much of an exercise."""

    word = "dose"
    content = "spans"


@dataclass(frozen=True, kw_only=True)
class Sign(Block):
    """A rule with its sign: more, less or stop."""

    word = "sign"
    content = "spans"
    icon: str = ""
    colour: Literal["deep", "alarm"] = "deep"


@dataclass(frozen=True, kw_only=True)
class Days(Block):
    """Boxes to tick, one a day. `labels` stand before the boxes and `tips` say what each means, parted by |."""

    word = "days"
    name: str = ""  # unique in the document
    labels: str = ""
    tips: str = ""


@dataclass(frozen=True, kw_only=True)
class Field(Block):
    """Words and a line to write on, also on a screen; `lines` more than 1 are ruled under each other."""

    word = "field"
    content = "spans"
    name: str = ""  # unique in the document
    lines: int = 1


class Top(Block):
    """The head of a page of a diary: a title and words, and at the right what stands in an aside."""

    word = "top"


@dataclass(frozen=True, kw_only=True)
class Week(Block):
    """A table with a column for each day: a row of headings, then practices and a scale; a field that comes
    last stands under it, on the same page as its last row. `wide` is the first column's name in styles.yaml."""

    word = "week"
    wide: str = "week"


@dataclass(frozen=True, kw_only=True)
class Practice(Block):
    """A row of a week: a drawing and words head it, then come its days."""

    word = "practice"
    number: int = 0  # before its words, if not 0


class Day(Block):
    """What there is to tick or to write on one day; nothing on a day without the exercise."""

    word = "day"


@dataclass(frozen=True, kw_only=True)
class Tick(Block):
    """A box to tick; `tip` says what it stands for."""

    word = "tick"
    content = ""
    name: str = ""  # unique in the document
    tip: str = ""


class Number(Tick):
    """A box for a number of two digits."""

    word = "number"


@dataclass(frozen=True, kw_only=True)
class Scale(Block):
    """The numbers from 10 to 0 for each day, one of which is circled; its content says so."""

    word = "scale"
    title: str = ""
    worst: str = ""  # beside 10
    least: str = ""  # beside 0
    days: int = 7


class Pocket(Block):
    """A card that folds to the size of a wallet: its front panel, cards of exercises, its back panel."""

    word = "pocket"


@dataclass(frozen=True, kw_only=True)
class Panel(Block):
    """The front or the back of a pocket card: two sections, one at its top and one at its foot."""

    word = "panel"
    name: Literal["front", "back"] = "front"


class Folds(Block):
    """How to cut and fold a pocket card, step by step."""

    word = "folds"


@dataclass(frozen=True, kw_only=True)
class Fold(Block):
    """A step, with its picture: cut it out, fold it back, close it like a book."""

    word = "fold"
    content = "spans"
    picture: Literal["cut", "back", "book"] = "cut"


WORDS: dict[str, type[Block]] = {
    kind.word: kind
    for kind in (
        Document, H1, H2, H3, Paragraph, Item, Bullets, Steps, Section, Message, Tips, Tip, Aside, Callout, Columns,
        HeadCell, DataCell, Row, Table, Photo, Figure, Gallery, Exhibit, Qr, WriteIn, Fact, Facts, Slot, Card,
        Cards, Dose, Sign, Days, Field, Top, Week, Practice, Day, Tick,
        Number, Scale, Pocket, Panel, Folds, Fold,
    )
}  # fmt: skip
