"""What the receipt of a document opens to whoever holds both: that its entry commits to this very document.

The public commitment of a `document-received` entry is to the day, station and channel, and to `document`: itself a
commitment, under a salt of its own, to the document's size and SHA-256. A report opens the first for everybody, and
learns nobody anything about a document; a receipt opens both, and nothing else of the entry.

They travel as the extra data of a tlog-proof, as canonical JSON, with the entry itself, so that the proof, the
document and the ledger's key are all that is needed:

    {"document_salt":"9f…","entry":{"at":"2025…",…},"opening":{"channel":"fax","document":"04…",…},"salt":"7c…"}
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from trustact.ledger.checkpoint import Checkpoint
from trustact.ledger.entry import SALT_BYTES, Entry, canonical, commitment, opens, parse_entry
from trustact.ledger.errors import VerificationError
from trustact.ledger.note import VerifierKey
from trustact.ledger.proof import Proof

RECEIVED = "document-received"
_KEYS = {"document_salt", "entry", "opening", "salt"}


def document_commitment(salt: bytes, size: int, digest: str) -> str:
    """The commitment to a document of that size in bytes and SHA-256 in hexadecimal, under a salt of 32 bytes."""
    return commitment(salt, {"bytes": size, "sha256": digest})


@dataclass(frozen=True)
class ReceiptOpening:
    """The bytes of a receipt's entry, what its public commitment was made to, and the salts of that and of `document`."""

    entry: bytes
    opening: Mapping[str, object]
    salt: bytes
    document_salt: bytes

    def encode(self) -> bytes:
        """The extra data of the receipt's proof."""
        return canonical(
            {
                "document_salt": self.document_salt.hex(),
                "entry": json.loads(self.entry),
                "opening": dict(self.opening),
                "salt": self.salt.hex(),
            }
        )


@dataclass(frozen=True)
class DocumentProved:
    """A document that is what an entry commits to: the entry with its index, what it opens to, and the checkpoint."""

    index: int
    entry: Entry
    opening: Mapping[str, object]
    size: int
    sha256: str
    checkpoint: Checkpoint


def verify_receipt(proof: Proof, document: bytes, keys: Sequence[VerifierKey]) -> DocumentProved:
    """That a ledger with one of these keys has the receipt of this very document. VerificationError says what is wrong."""
    opened = _parse(proof.extra)
    checkpoint = proof.verify(opened.entry, keys)
    entry = parse_entry(opened.entry)
    if entry.kind != RECEIVED:
        raise VerificationError(f"entry {proof.index} is {entry.kind}, no receipt of a document")
    if entry.public is None or not opens(entry.public, opened.salt, opened.opening):
        raise VerificationError(f"entry {proof.index} does not commit to what the receipt says of it")
    size, digest = len(document), sha256(document).hexdigest()
    if opened.opening.get("document") != document_commitment(opened.document_salt, size, digest):
        raise VerificationError(
            f"this document, of {size} bytes with SHA-256 {digest}, is not the one that entry {proof.index} commits to"
        )
    return DocumentProved(proof.index, entry, opened.opening, size, digest, checkpoint)


def _parse(extra: bytes) -> ReceiptOpening:
    if not extra:
        raise VerificationError(
            "it does not open what its entry commits to: an earlier release made it or entered the document, "
            "or the document was shredded before it was made"
        )
    try:
        told = json.loads(extra)
        if not isinstance(told, dict) or told.keys() != _KEYS or not isinstance(told["opening"], dict):
            raise ValueError("other keys")  # noqa: TRY301
        salts = bytes.fromhex(told["salt"]), bytes.fromhex(told["document_salt"])
        opening = ReceiptOpening(canonical(told["entry"]), told["opening"], *salts)
        if opening.encode() != extra or any(len(salt) != SALT_BYTES for salt in salts):
            raise ValueError("not canonical, or another salt")  # noqa: TRY301
    except (ValueError, TypeError, RecursionError):
        raise VerificationError("its extra line is not the opening of a receipt") from None
    return opening
