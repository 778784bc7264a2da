"""A receipt and its document in files, as somebody outside the office holds them, verified by `trustact audit`."""

from typing import Any

import click
import msgspec

from trustact.cli.inputs import read_bytes
from trustact.failures import BadInput
from trustact.ledger.errors import VerificationError
from trustact.ledger.note import VerifierKey
from trustact.ledger.proof import Proof, parse_proof
from trustact.ledger.receipt import DocumentProved, verify_receipt


class Held(msgspec.Struct, frozen=True):
    """A receipt's proof, where it was read from, and the bytes of the document it is of."""

    place: str
    proof: Proof
    document: bytes

    def proved(self, keys: list[VerifierKey]) -> DocumentProved:
        """That the document is what the receipt's entry commits to. Raises VerificationError."""
        try:
            return verify_receipt(self.proof, self.document, keys)
        except VerificationError as wrong:
            raise VerificationError(f"{self.place}: {wrong}") from None


def held(receipt: str | None, document: str | None) -> Held | None:
    """The receipt and the document in these files; None where neither is named. Raises BadInput, VerificationError."""
    if receipt is None and document is None:
        return None
    if receipt is None or document is None:
        raise BadInput(
            "give both --receipt, the receipt's proof as a file, and --document, the document itself"
        )
    try:
        return Held(receipt, parse_proof(_as_signed(read_bytes(receipt))), read_bytes(document))
    except VerificationError as wrong:
        raise VerificationError(f"{receipt}: {wrong}") from None


def _as_signed(text: bytes) -> bytes:
    """The proof as it was made, where a QR reader or an editor saved its text with other line ends."""
    return text.replace(b"\r\n", b"\n").rstrip(b"\n") + b"\n"


def told(found: DocumentProved) -> dict[str, Any]:
    """What was proved of a document, for machines."""
    opening = {name: value for name, value in found.opening.items() if name != "document"}
    return {
        "entry": found.index,
        "at": found.entry.at,
        "bytes": found.size,
        "sha256": found.sha256,
        **opening,
        "checkpoint_size": found.checkpoint.size,
    }


def tell(found: DocumentProved) -> None:
    """Say in plain lines what was proved of a document."""
    opening = found.opening
    click.echo(
        f"receipt: this very document, {found.size:,} bytes with SHA-256 {found.sha256},\n"
        f"  is what entry {found.index} of {found.checkpoint.origin} commits to, entered {found.entry.at:%Y-%m-%d %H:%M:%S} UTC:\n"
        f"  received on {opening.get('received_on')} at {opening.get('station')} by {opening.get('channel')}"
    )
