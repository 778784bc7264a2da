"""The receipt of a document on paper: what was received, when, its hash, and proof that the ledger has it."""

import datetime as dt

import msgspec
import segno

from trustact.publish.department import Department
from trustact.publish.typesetting import compile_pdf
from trustact.publish.wording import long_date

_QR_BYTES = 2_300  # what a QR code takes at the second level of correction
_LINE = 92  # characters of the proof's type that fit the page


class ReceiptPage(msgspec.Struct, frozen=True, kw_only=True):
    """What a receipt says. `received_at` in the law's own time zone; `sha256` of the bytes as they arrived.

    `proof`: the text of the receipt's `.tlog-proof` file; `opens`: it opens what its entry commits to of the document. The file's name is not printed: it may hold a name.
    `address`: where the ledger is published; empty where it has none.
    """

    number: str
    received_at: dt.datetime
    station: str
    channel: str
    size: int
    sha256: str
    entry: int
    proof: str
    opens: bool
    address: str = ""


def receipt_pdf(receipt: ReceiptPage, department: Department, *, dated: dt.date) -> bytes:
    """The receipt as PDF/UA-1. Raises TypesettingError."""
    at = receipt.received_at
    data = {
        "department": department,
        "heading": f"Receipt {receipt.number}",
        "dated": long_date(dated),
        "facts": [
            ("Number", receipt.number),
            ("Received", f"{long_date(at.date())} at {at:%H:%M:%S} (UTC{at:%z})"),
            ("At", department.station(receipt.station)),
            ("By", department.channel(receipt.channel)),
            ("Size", f"{receipt.size:,} bytes"),
            ("Entry in the ledger", str(receipt.entry)),
            *([("Ledger published at", receipt.address)] if receipt.address else []),
        ],
        "sha256": receipt.sha256,
        "opens": receipt.opens,
        "address": receipt.address or "LEDGER",
        "qr": _qr(receipt.proof),
        "proof": [piece for line in receipt.proof.splitlines() for piece in _folded(line)],
    }
    return compile_pdf("receipt", data, title=f"Receipt {receipt.number}", lang="en", date=dated)


def _qr(proof: str) -> str:
    """The proof as a QR code in SVG, so that a telephone reads what the page says; empty where it is too long."""
    if len(proof) > _QR_BYTES:
        return ""
    return segno.make_qr(proof.encode(), error="M", boost_error=False).svg_inline(border=4, omitsize=True)


def _folded(line: str) -> list[str]:
    """A line in pieces that fit the page; the later ones are indented."""
    first, rest = line[:_LINE], line[_LINE:]
    return [first, *(f"    {rest[i : i + _LINE - 4]}" for i in range(0, len(rest), _LINE - 4))]
