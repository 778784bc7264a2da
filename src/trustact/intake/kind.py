"""The kind of a document, by its first bytes. A name or an extension is never asked."""

import re
from typing import Literal

from trustact.intake.exchange import Refusal

Kind = Literal["pdf", "tiff", "png", "jpeg", "heic", "mail"]

_READ: tuple[tuple[bytes, Kind], ...] = (
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"II+\0", "tiff"),
    (b"MM\0+", "tiff"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
)
_NOT_READ: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a Word document or an archive"),
    (b"\xd0\xcf\x11\xe0", "an older Office document or an Outlook message"),
    (b"{\\rtf", "a rich text document"),
    (b"GIF8", "a GIF picture"),
    (b"BM", "a BMP picture"),
    (b"%!PS", "a PostScript file"),
    (b"\x1f\x8b", "an archive"),
    (b"Rar!", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"#!", "a script"),
)
_HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1")
"""Brands of ISO/IEC 23008-12 by which a photo in HEVC begins."""
_HEADER_LINE = re.compile(rb"[!-9;-~]{1,76}:[ \t][^\r\n]*\r?\n")
_MAIL_HEADER = re.compile(rb"(?im)^(?:from|to|date|subject|received|return-path|message-id|mime-version):")
_RE_SEND = "ask the sender for a PDF, or a TIFF, PNG or JPEG picture"


def kind_of(data: bytes) -> Kind:
    """Which kind of document these bytes are; raises Refusal for any kind that is not read here."""
    if not data:
        raise Refusal("the document is empty (0 bytes): ask the sender to send it again")
    if _HEADER_LINE.match(data[:1024]) and _MAIL_HEADER.search(data[:8192]):
        return "mail"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    kind = next((kind for start, kind in _READ if data.startswith(start)), None)
    if kind:
        return kind
    for start, what in _NOT_READ:
        if data.startswith(start):
            raise Refusal(f"this is {what}, which is not read here: {_RE_SEND}")
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC:
        return "heic"
    if data[:512].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        raise Refusal(f"this is a web page (HTML), not a document: {_RE_SEND}")
    if data[4:8] == b"ftyp":
        raise Refusal(f"this is a film or a photo of a kind that is not read here: {_RE_SEND}")
    raise Refusal(f"the kind of document is not known from its first bytes: {_RE_SEND}")
