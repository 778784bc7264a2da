"""E-mail opened (RFC 5322, RFC 2045): its attachments, and those of mail inside it, become pages; so does its text.

Runs inside the limited process only. The whole message stays the original; what is not read is told as a remark.
"""

import email
import email.policy
import hashlib
from collections.abc import Iterator
from email.message import Message
from html.parser import HTMLParser
from typing import Literal

import msgspec
from PIL import Image

from trustact.intake.confinement import Limits
from trustact.intake.exchange import Refusal
from trustact.intake.kind import kind_of
from trustact.intake.letter_text import draw_text, text_pages
from trustact.intake.page import Opened, Page
from trustact.intake.pdf import draw_pdf, open_pdf
from trustact.intake.picture import Picture, draw_picture, open_picture

MOST_ATTACHMENTS = 100
MOST_ENCLOSED = 20
_LISTED = 5
"""Attachments named in one line; of further ones it says how many."""

_ORNAMENT = 20_000
"""Bytes up to which a picture placed inside a message's text is taken for a logo."""


class Attachment(msgspec.Struct, frozen=True):
    """A part of a message that may be a document: its place among the parts, from 1, and its bytes."""

    number: int
    data: bytes


class Letter(msgspec.Struct, frozen=True):
    """A message taken apart: the attachments looked at, how many there are, and its own text."""

    attachments: tuple[Attachment, ...]
    count: int
    text: str


def open_mail(data: bytes, limits: Limits) -> Opened:
    """The pages of a message: every attachment's that can be read, then its text; what cannot be is a remark."""
    letter = taken_apart(data)
    pages: list[Page] = []
    count = 0
    unread: dict[str, list[int]] = {}
    remarks = [f"e-mail with {letter.count} attachments"] if letter.count > 1 else []
    if letter.count > len(letter.attachments):
        remarks.append(
            f"only the first {len(letter.attachments)} of {letter.count} attachments are looked at"
        )
    for attachment in letter.attachments:
        if len(pages) >= limits.pages:
            remarks.append(f"pages after the first {limits.pages} of the mail are not read")
            break
        opened = _opened(attachment, limits, limits.pages - len(pages))
        if isinstance(opened, str):
            unread.setdefault(opened, []).append(attachment.number)
            continue
        pages += opened.pages
        count += opened.page_count
        remarks += [f"attachment {attachment.number}: {remark}" for remark in opened.remarks]
    remarks += [_not_read(numbers, reason) for reason, numbers in unread.items()]
    own = text_pages(letter.text)[: limits.pages - len(pages)]
    renumbered = [msgspec.structs.replace(page, number=n) for n, page in enumerate([*pages, *own], start=1)]
    if not renumbered:
        raise Refusal("the e-mail holds no document and no text: ask the sender to send it again")
    return Opened("mail", count + len(own), tuple(renumbered), tuple(remarks), _digests(letter))


def _digests(letter: Letter) -> tuple[str, ...]:
    """What each attachment is known by; nothing where not all were looked at, for then it is not known what came."""
    if letter.count > len(letter.attachments):
        return ()
    return tuple(hashlib.sha256(attachment.data).hexdigest() for attachment in letter.attachments)


def draw_mail(data: bytes, page: int, dpi: float, limits: Limits) -> Image.Image:
    """One page (from 1) of a message, numbered as `open_mail` numbers them; raises Refusal where there is none."""
    letter = taken_apart(data)
    before = 0
    for attachment in letter.attachments:
        if before >= limits.pages:
            break
        opened = _opened(attachment, limits, limits.pages - before)
        if isinstance(opened, str):
            continue
        if page <= before + len(opened.pages):
            return _drawn(attachment.data, page - before, dpi, limits)
        before += len(opened.pages)
    return draw_text(letter.text, page - before, dpi)


def taken_apart(data: bytes) -> Letter:
    """A message as attachments and text. Bounded: of the attachments only the first `MOST_ATTACHMENTS` are decoded."""
    attachments: list[Attachment] = []
    plain: list[str] = []
    marked: list[str] = []
    count = 0
    for part in _leaves(email.message_from_bytes(data, policy=email.policy.compat32)):
        kind = part.get_content_type()
        if kind in ("text/plain", "text/html") and part.get_content_disposition() != "attachment":
            (plain if kind == "text/plain" else marked).append(_text(part))
            continue
        count += 1
        if len(attachments) < MOST_ATTACHMENTS:
            bytes_of = _decoded(part)
            if not _ornament(part, bytes_of):
                attachments.append(Attachment(count, bytes_of))
            else:
                count -= 1
    return Letter(tuple(attachments), count, "\n\n".join(plain) or "\n\n".join(map(_words, marked)))


def _leaves(message: Message) -> Iterator[Message]:
    """Every part that holds no other, in order, of mail inside mail too; without recursion."""
    waiting = [message]
    enclosed = 0
    while waiting:
        part = waiting.pop()
        inside = part.get_payload()
        if isinstance(inside, list):
            waiting += [each for each in reversed(inside) if isinstance(each, Message)]
        elif enclosed < MOST_ENCLOSED and _is_mail(part):
            enclosed += 1
            waiting.append(email.message_from_bytes(_decoded(part), policy=email.policy.compat32))
        else:
            yield part


def _is_mail(part: Message) -> bool:
    """Whether a part is a message kept as a file."""
    try:
        return part.get_content_maintype() != "text" and kind_of(_decoded(part)) == "mail"
    except Refusal:
        return False


def _decoded(part: Message) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _text(part: Message) -> str:
    """The text of a part in the character set it names, or as Latin-1, which every byte can be."""
    data = _decoded(part)
    try:
        return data.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return data.decode("latin-1")


def _ornament(part: Message, data: bytes) -> bool:
    """Whether a part is a small picture inside the text, such as a logo."""
    return bool(part.get("Content-ID")) and part.get_content_maintype() == "image" and len(data) <= _ORNAMENT


def _opened(attachment: Attachment, limits: Limits, pages: int) -> Opened | str:
    """An attachment's pages, or one line that says why there are none; parsers fail in many ways."""
    few = msgspec.structs.replace(limits, pages=pages)
    try:
        kind = _kind(attachment.data)
        return (
            open_pdf(attachment.data, few) if kind == "pdf" else open_picture(attachment.data, few, kind=kind)
        )
    except Refusal as refusal:
        return str(refusal)
    except Exception as wrong:  # noqa: BLE001 - one damaged attachment must not hide the others
        return f"it is damaged ({type(wrong).__name__})"


def _not_read(numbers: list[int], reason: str) -> str:
    """One line for all attachments that are not read for the same reason."""
    if len(numbers) == 1:
        return f"attachment {numbers[0]} is not read: {reason}"
    listed = ", ".join(map(str, numbers[:_LISTED]))
    more = f" and {len(numbers) - _LISTED} more" if len(numbers) > _LISTED else ""
    return f"attachments {listed}{more} are not read: {reason}"


def _kind(data: bytes) -> Literal["pdf"] | Picture:
    kind = kind_of(data)
    if kind == "mail":
        raise Refusal(f"it is one of more than {MOST_ENCLOSED} e-mails inside each other: open it by hand")
    return kind


def _drawn(data: bytes, page: int, dpi: float, limits: Limits) -> Image.Image:
    kind = _kind(data)
    return (
        draw_pdf(data, page, dpi, limits)
        if kind == "pdf"
        else draw_picture(data, page, dpi, limits, kind=kind)
    )


class _Words(HTMLParser):
    """The text of a web page, a line for each block; scripts and styles are not text."""

    _BLOCKS = frozenset({"p", "div", "br", "tr", "li", "h1", "h2", "h3", "table", "blockquote"})
    _SILENT = frozenset({"script", "style", "head", "title"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, _attributes: list[tuple[str, str | None]]) -> None:
        """A tag opens."""
        self._silent += tag in self._SILENT
        if tag in self._BLOCKS:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """A tag closes."""
        self._silent = max(0, self._silent - (tag in self._SILENT))

    def handle_data(self, data: str) -> None:
        """Text between tags."""
        if not self._silent:
            self.found.append(" ".join(data.split()) + " ")


def _words(page: str) -> str:
    reader = _Words()
    reader.feed(page[:1_000_000])
    reader.close()
    return "".join(reader.found)
