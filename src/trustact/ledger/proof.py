"""The proof that accompanies a receipt: one entry's inclusion, to be verified offline (C2SP tlog-proof).

    c2sp.org/tlog-proof@v1
    extra <base64>              (only where there is extra data)
    index <number of the entry>
    <base64 hash>               (as many as the path has, from the leaf's sibling upwards)

    <the signed checkpoint>

Keep such a file with the document or the letter it belongs to: it needs nothing of the ledger but its key.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from trustact.ledger.checkpoint import Checkpoint, open_checkpoint
from trustact.ledger.errors import VerificationError
from trustact.ledger.merkle import leaf_hash, verify_inclusion
from trustact.ledger.note import VerifierKey, decode_base64, encode_base64, parse_decimal

_FIRST_LINE = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True)
class Proof:
    """An entry's index, its inclusion path, and the checkpoint (signed note) it leads to.

    `extra` is for the application and is not covered by the proof.
    """

    index: int
    path: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes = b""

    def encode(self) -> bytes:
        """The text of a `.tlog-proof` file."""
        extra = [f"extra {encode_base64(self.extra)}"] if self.extra else []
        lines = [_FIRST_LINE, *extra, f"index {self.index}", *map(encode_base64, self.path), "", ""]
        return "\n".join(lines).encode() + self.checkpoint

    def verify(self, entry: bytes, keys: Sequence[VerifierKey]) -> Checkpoint:
        """The checkpoint, once it is found signed and to contain these entry bytes at the index.

        VerificationError with the reason otherwise.
        """
        checkpoint = open_checkpoint(self.checkpoint, keys)
        verify_inclusion(leaf_hash(entry), self.index, checkpoint.size, self.path, checkpoint.root)
        return checkpoint


def parse_proof(data: bytes) -> Proof:
    """The proof in the text of a `.tlog-proof` file, yet to be verified; VerificationError if malformed."""
    head, _, checkpoint = data.partition(b"\n\n")
    try:
        _, *lines = head.decode("ascii").split("\n")
        extra = decode_base64(lines.pop(0).removeprefix("extra ")) if lines[0].startswith("extra ") else b""
        index, *path = lines
        proof = Proof(
            parse_decimal(index.removeprefix("index ")), tuple(map(decode_base64, path)), checkpoint, extra
        )
    except (ValueError, IndexError):
        raise VerificationError("the proof has a malformed line before its checkpoint") from None
    if proof.encode() != data:
        raise VerificationError("this is not a proof in the form c2sp.org/tlog-proof@v1")
    return proof
