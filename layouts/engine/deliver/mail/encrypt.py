"""A password over a PDF: AES-256 as PDF 2.0 has it (revision 6), open to screen readers.

ISO 14289-1 (PDF/UA), 7.16, asks that assistive technology may read an encrypted file; PDF/A admits no encryption at
all, so the claim of it goes. Passwords are of ASCII alone: there SASLprep (RFC 4013), which revision 6 asks for and
readers forget, changes nothing, and every keyboard types the same.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from io import BytesIO

import pikepdf

from ...problems import Place, problem
from .message import Attachment

SHORTEST, LONGEST = 8, 127  # characters; the format takes 127 bytes
PDFA = "http://www.aiim.org/pdfa/ns/id/"
_EXTENSIONS = "{http://www.aiim.org/pdfa/ns/extension/}schemas"


def wrong_password(text: str) -> str:
    """What is wrong with a password for a PDF, or ''."""
    if len(text) < SHORTEST:
        return f"a password has at least {SHORTEST} characters"
    if len(text) > LONGEST:
        return f"a password has at most {LONGEST} characters"
    if text != text.strip():
        return "a password has no space at its start or its end, which nobody sees"
    if not text.isascii() or not text.isprintable():
        return "use letters a to z, digits and signs: not every PDF reader takes others"
    return ""


def encrypted(data: bytes, password: str, place: Place) -> bytes:
    """The PDF under a password; everybody who has it may read, print, fill in and copy. Raises ContentError."""
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            _claim_no_archive(pdf)
            done = BytesIO()
            pdf.save(done, encryption=_rights(password), object_stream_mode=pikepdf.ObjectStreamMode.preserve)
    except pikepdf.PasswordError:
        raise problem(place, "this PDF has a password already", "Send it without --encrypt.") from None
    except pikepdf.PdfError:
        raise problem(place, "this file is no PDF, or a damaged one") from None
    return done.getvalue()


def locked(attachment: Attachment, number: int, password: str, place: Place) -> Attachment:
    """The attachment under a password, and its name and title kept from whoever has none."""
    name = f"handout-{number}.pdf" if number else "handout.pdf"
    return replace(attachment, name=name, title="", load=lambda: encrypted(attachment.load(), password, place))


def _rights(password: str) -> pikepdf.Encryption:
    return pikepdf.Encryption(
        user=password,
        owner=secrets.token_urlsafe(32),  # nobody has it: the password that is known opens, and that is all
        R=6,
        aes=True,
        metadata=True,  # the title too is nobody's business
        allow=pikepdf.Permissions(
            accessibility=True, extract=True, print_lowres=True, print_highres=True, modify_annotation=True,
            modify_form=True, modify_assembly=False, modify_other=False,
        ),
    )  # fmt: skip


def _claim_no_archive(pdf: pikepdf.Pdf) -> None:
    """Takes the claim of PDF/A out of the XMP packet, and the description of schemas that only PDF/A asks for."""
    if "/Metadata" not in pdf.Root:
        return
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        for key in [key for key in xmp if key.startswith(f"{{{PDFA}}}")]:
            del xmp[key]
        if _EXTENSIONS in xmp:
            del xmp[_EXTENSIONS]
