"""Checkpoints: the ledger's signed statement of its size and root hash (C2SP tlog-checkpoint).

The text is the origin (the log's name), the size in entries, the root hash in base64, and extension lines
if there are any, each on a line of its own. The origin is the name of the key that signs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trustact.ledger.errors import VerificationError
from trustact.ledger.merkle import HASH_BYTES
from trustact.ledger.note import (
    Signature,
    SigningKey,
    VerifierKey,
    decode_base64,
    encode_base64,
    open_note,
    parse_decimal,
    write_note,
)


@dataclass(frozen=True)
class Checkpoint:
    """A tree head: origin, size in entries, root hash of 32 bytes, and every signature line it carries."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()

    @property
    def text(self) -> str:
        """What is signed."""
        return "\n".join([self.origin, str(self.size), encode_base64(self.root), *self.extensions, ""])

    @property
    def note(self) -> bytes:
        """The checkpoint as it is published, with its signature lines."""
        return write_note(self.text, self.signatures)


def sign(checkpoint: Checkpoint, key: SigningKey) -> Checkpoint:
    """The checkpoint with one more signature line; the key bears the name of the origin.

    ValueError for another log's key and for anything that readers of the checkpoint would refuse.
    """
    signed = replace(checkpoint, signatures=(*checkpoint.signatures, key.sign(checkpoint.text)))
    try:
        exact = open_checkpoint(signed.note, [key.verifier]) == signed
    except VerificationError as error:
        raise ValueError(f"the checkpoint cannot be signed: {error}") from None
    if not exact:
        raise ValueError("the checkpoint cannot be signed: a line break in its origin or extensions")
    return signed


def open_checkpoint(note: bytes, keys: Sequence[VerifierKey]) -> Checkpoint:
    """The checkpoint in a signed note, once a key of the log itself is found to have signed it.

    Keys under another name than the origin do not count. VerificationError with the reason otherwise.
    """
    origin, _, _ = note.partition(b"\n")
    own = [key for key in keys if key.name.encode() == origin]
    if not own:
        names = ", ".join(sorted({key.name for key in keys})) or "none"
        raise VerificationError(f"the origin is not one of the logs whose keys were given: {names}")
    text, signatures = open_note(note, own)
    return replace(_parse(text), signatures=signatures)


def _parse(text: str) -> Checkpoint:
    origin, *rest = text.removesuffix("\n").split("\n")
    if len(rest) < 2 or not all(rest):
        raise VerificationError("a checkpoint has at least three lines, none of them empty")
    size, root, *extensions = rest
    try:
        checkpoint = Checkpoint(origin, parse_decimal(size), decode_base64(root), tuple(extensions))
    except ValueError:
        raise VerificationError("the size or the root hash is malformed") from None
    if len(checkpoint.root) != HASH_BYTES:
        raise VerificationError(f"the root hash is not {HASH_BYTES} bytes")
    return checkpoint
