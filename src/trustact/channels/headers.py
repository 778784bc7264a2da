"""The few header lines of a message that a channel itself must know (RFC 5322), read without opening the message.

Bounded, and by pattern alone: the message proper is opened only inside the opener's limits.
"""

import datetime as dt
import hashlib
import re
from email.utils import parseaddr, parsedate_to_datetime

from trustact.records.intake_settings import AcknowledgeSettings

_MOST = 65_536
_END = re.compile(rb"\r?\n\r?\n")
_FOLD = re.compile(rb"\r?\n[ \t]+")
_ADDRESS = re.compile(r"[A-Za-z0-9._%+=-]{1,64}@[A-Za-z0-9.-]{1,190}")
_PROGRAMS = frozenset({"mailer-daemon", "postmaster", "noreply", "no-reply", "donotreply", "do-not-reply"})
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,250}>")


def header(message: bytes, name: str) -> str:
    """The first header of that name, unfolded, at most 1,000 characters; empty where there is none."""
    head = message[:_MOST]
    end = _END.search(head)
    lines = _FOLD.sub(b" ", head[: end.start()] if end else head)
    found = re.search(rb"(?im)^" + re.escape(name.encode()) + rb":[ \t]*([^\r\n]*)", lines)
    return found[1][:1000].decode("ascii", "replace").strip() if found else ""


def message_id(message: bytes) -> str:
    """The Message-ID with its angle brackets; empty where it has none of that shape."""
    found = _MESSAGE_ID.search(header(message, "Message-ID"))
    return found[0] if found else ""


def dated(message: bytes) -> dt.datetime | None:
    """When the message says it was sent; none where it says nothing that can be understood."""
    try:
        return parsedate_to_datetime(header(message, "Date"))
    except ValueError:
        return None


def delivery_mark(channel: str, station: str, message: bytes, otherwise: str = "") -> str:
    """What tells a message's delivery from every other: its id and its very bytes; without an id, `otherwise`.

    The bytes are part of it because an id is the sender's to choose: two messages may bear the same one.
    """
    own = message_id(message) or otherwise
    return f"{channel}|{station}|{own}|{hashlib.sha256(message).hexdigest()}" if own else ""


def told_by(message: bytes) -> dict[str, str]:
    """What to keep of a message beside its bytes, sealed with the receipt."""
    sender, subject = header(message, "From")[:250], header(message, "Subject")[:250]
    return {"message_id": message_id(message), "sender": sender, "subject": subject}


def reply_address(message: bytes, envelope_sender: str | None, settings: AcknowledgeSettings | None) -> str:
    """The address to which a receipt may be sent; empty where none may be.

    Nothing goes to an address outside the domains of the settings, and nothing in answer to what a program, a list
    or an undeliverable notice sent (RFC 3834, section 2), so that two programs never answer each other for ever.
    """
    if settings is None or envelope_sender == "" or header(message, "Return-Path") == "<>":
        return ""
    automatic = header(message, "Auto-Submitted").lower() not in ("", "no")
    if automatic or header(message, "Precedence") or header(message, "List-Id"):
        return ""
    address = parseaddr(header(message, "Reply-To") or header(message, "From"))[1]
    person, _, domain = address.rpartition("@")
    if not _ADDRESS.fullmatch(address) or person.lower() in _PROGRAMS:
        return ""
    return address if domain.lower() in {known.lower() for known in settings.domains} else ""
