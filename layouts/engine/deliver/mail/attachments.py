"""PDF files that somebody names -> attachments."""

from __future__ import annotations

import re
import unicodedata
from io import BytesIO
from pathlib import Path

from ...problems import Place, problem
from ...read.plan import DocumentId
from ...read.source import read_bytes
from .addresses import TURNS
from .message import Attachment

LONGEST_NAME = 100  # characters
LARGEST = 25_000_000  # bytes; most providers take no larger e-mail


def read_pdf(path: Path, *, to_encrypt: bool = False) -> tuple[Attachment, str]:
    """A PDF file as an attachment, and the language that it says it is in, '' where it says none.

    Raises ContentError when it is no PDF, or has a password `to_encrypt` it under another.
    """
    import pikepdf

    data = read_bytes(path, path.name, LARGEST)
    place = Place(path.name)
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            language = str(pdf.Root.get("/Lang", "")).split("-")[0].lower()
            title = str(pdf.docinfo.get("/Title", "")) if "/Info" in pdf.trailer else ""
    except pikepdf.PasswordError:
        if to_encrypt:
            raise problem(place, "this PDF has a password already", "Send it without --encrypt.") from None
        return Attachment.of(file_name(path.name), "", data), ""
    except pikepdf.PdfError:
        raise problem(place, "this file is no PDF, or a damaged one", "Open it, and make it anew.") from None
    return Attachment.of(file_name(path.name), _one_line(title) or _one_line(path.stem), data), language


def is_personal(path: Path) -> bool:
    """Whether a PDF is one patient's sheet, which has the number of a document among its keywords.

    Raises ContentError for a file that cannot be read; one that is no PDF is nobody's.
    """
    import pikepdf

    try:
        with pikepdf.open(BytesIO(read_bytes(path, path.name, LARGEST))) as pdf:
            keywords = str(pdf.docinfo.get("/Keywords", "")) if "/Info" in pdf.trailer else ""
    except pikepdf.PdfError:  # also where a password is asked for
        return False
    return any(re.fullmatch(DocumentId.pattern, word.strip()) for word in keywords.split(","))


def file_name(name: str) -> str:
    """A file's name as every system of a recipient takes it: what it says, without what could be a header, a folder, a
    code or another ending."""
    plain = re.sub(r'[\\/:*?"<>|]|=\?', "-", _one_line(name))
    stem = re.sub(r"\.pdf$", "", plain, flags=re.IGNORECASE).strip(". ")[:LONGEST_NAME]
    return f"{stem or 'handout'}.pdf"


def check_size(attachments: tuple[Attachment, ...], place: Place) -> None:
    """Raises ContentError when the attachments are too large for an e-mail."""
    size = sum(attachment.size for attachment in attachments)
    if size > LARGEST * 3 // 4:  # an e-mail's letters take a third more
        raise problem(place, f"{size / 1e6:.0f} MB are too much for an e-mail", "Send fewer handouts at once.")


def _one_line(text: str) -> str:
    """Words without line ends, and without what nobody sees or what makes other letters look moved."""
    seen = "".join(" " if char.isspace() else char for char in text if char not in TURNS)
    shown = "".join(char for char in seen if unicodedata.category(char) not in ("Cc", "Cs", "Co", "Cn"))
    return re.sub(r"\s+", " ", shown).strip()
