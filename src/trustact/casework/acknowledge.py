"""Acknowledge: a sender whose mail is in the ledger is told its receipt number, and nothing else, where the office wants it.

What is to be sent is written in the transaction of the receipt itself, so that neither is ever without the other.
"""

from contextlib import suppress

import msgspec
from django.db import transaction

from trustact.casework.events import Happening, opened
from trustact.records.append import append, lock_ledger
from trustact.records.models import Acknowledgement
from trustact.records.office import Office
from trustact.records.vault import Shredded

ACKNOWLEDGER = "trustact"


class Due(msgspec.Struct, frozen=True):
    """A receipt to be sent: to whom, in answer to which message, and its words."""

    entry: int
    to: str
    in_reply_to: str
    subject: str
    text: str


def due(office: Office) -> list[Due]:
    """Every receipt still to be sent, the oldest first; those whose record was shredded meanwhile left out."""
    waiting = Acknowledgement.objects.select_related("event__row", "event__sealed", "event__case")
    found = []
    for each in waiting.order_by("pk"):
        if each.event.case:
            with suppress(Shredded):
                found.append(_due(office, each.event.case.number, opened(office, each.event)))
    return found


def settle(office: Office, entry: int, refused: str = "") -> None:
    """Record that a receipt was sent, or that the sender's server refused it for good; it is not sent again."""
    with transaction.atomic():
        lock_ledger()
        waiting = Acknowledgement.objects.filter(pk=entry).select_related("event__case").first()
        if waiting is None:
            return
        kind, particulars = ("receipt-not-sent", {"reason": refused}) if refused else ("receipt-sent", {})
        append(office, kind, particulars, actor=ACKNOWLEDGER, case=waiting.event.case, refs=(entry,))
        waiting.delete()


def _due(office: Office, number: str, happened: Happening) -> Due:
    told = happened.particulars
    at = happened.at.astimezone(office.zone)
    return Due(
        entry=happened.entry,
        to=told["reply_to"],
        in_reply_to=told.get("message_id", ""),
        subject=f"Receipt {number}",
        text=(
            f"{office.settings.agency} has received your message.\n\n"
            f"Receipt number: {number}\n"
            f"Received: {at:%Y-%m-%d %H:%M %Z}\n"
            f"Entry in the department's ledger: {happened.entry}\n"
            f"SHA-256 of the message as it came: {told['sha256']}\n\n"
            "This is a receipt and no answer: it says nothing about what was asked or about any person.\n"
            "It was sent by a program; replies to it are not read.\n"
        ),
    )
