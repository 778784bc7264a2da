"""What a witness is asked and what it answers (C2SP tlog-witness, add-checkpoint), apart from any network.

old <size of the checkpoint the witness saw last>
<base64 hash>               (as many as the consistency proof has)

<the signed checkpoint>
"""

from collections.abc import Sequence
from dataclasses import dataclass

from trustact.ledger.checkpoint import Checkpoint, open_checkpoint
from trustact.ledger.errors import VerificationError
from trustact.ledger.merkle import root_at, verify_consistency
from trustact.ledger.note import VerifierKey, decode_base64, encode_base64, parse_decimal

MAX_PROOF = 63
MAX_REQUEST_BYTES = 65_536


@dataclass(frozen=True)
class Request:
    """A checkpoint (signed note) offered to a witness, with proof that it continues the one of `old` entries."""

    old: int
    proof: tuple[bytes, ...]
    checkpoint: bytes

    def encode(self) -> bytes:
        """The body of the POST."""
        lines = [f"old {self.old}", *map(encode_base64, self.proof), "", ""]
        return "\n".join(lines).encode() + self.checkpoint

    @property
    def origin(self) -> str:
        """The ledger the checkpoint claims to be of."""
        return self.checkpoint.partition(b"\n")[0].decode(errors="replace")


class NotCosigned(Exception):
    """Why a witness does not cosign: an HTTP status and one line.

    `size` is that of the checkpoint it saw last, where the asker's is another (409). `suspect`: the ledger's own
    key signed a checkpoint that was not shown to continue the last one seen, so both are worth keeping.
    """

    def __init__(self, status: int, reason: str, *, size: int | None = None, suspect: bool = False) -> None:
        super().__init__(reason)
        self.status = status
        self.size = size
        self.suspect = suspect


def parse_request(data: bytes) -> Request:
    """The request in the body of a POST; NotCosigned (400) for anything else."""
    head, _, checkpoint = data.partition(b"\n\n")
    try:
        first, *lines = head.decode("ascii").split("\n")
        request = Request(
            parse_decimal(first.removeprefix("old ")), tuple(map(decode_base64, lines)), checkpoint
        )
    except ValueError:
        raise NotCosigned(400, "the request has a malformed line before its checkpoint") from None
    if request.encode() != data or len(request.proof) > MAX_PROOF:
        raise NotCosigned(400, "this is not a request of the form add-checkpoint")
    return request


def examine(request: Request, keys: Sequence[VerifierKey], seen: Checkpoint | None) -> Checkpoint:
    """The checkpoint offered, once it is found to continue the last one `seen` of its ledger.

    `keys` are those of the ledgers the witness knows. NotCosigned with the reason and the status otherwise.
    """
    own = [key for key in keys if key.name == request.origin]
    if not own:
        raise NotCosigned(404, "this witness knows no ledger of that origin")
    try:
        offered = open_checkpoint(request.checkpoint, own)
    except VerificationError as wrong:
        raise NotCosigned(403, str(wrong)) from None
    if request.old > offered.size:
        raise NotCosigned(400, f"old is {request.old}, but the checkpoint counts only {offered.size} entries")
    kept = seen.size if seen else 0
    if request.old != kept:
        raise NotCosigned(409, f"the last checkpoint seen here counts {kept} entries", size=kept)
    _demand_continuation(request, offered, seen)
    return offered


def _demand_continuation(request: Request, offered: Checkpoint, seen: Checkpoint | None) -> None:
    root = seen.root if seen else root_at(0, _no_node)
    if offered.size == request.old:
        if request.proof:
            raise NotCosigned(422, "the proof between two checkpoints of the same size has hashes")
        if offered.root != root:
            fork = f"two checkpoints of {offered.size} entries have different roots"
            raise NotCosigned(409, fork, size=offered.size, suspect=True)
        return
    if request.old == 0:
        if request.proof:
            raise NotCosigned(422, "the proof from an empty ledger has hashes")
        return
    try:
        verify_consistency(request.old, offered.size, request.proof, root, offered.root)
    except VerificationError as wrong:
        raise NotCosigned(422, str(wrong), suspect=True) from None


def _no_node(level: int, index: int) -> bytes:
    raise ValueError(f"an empty tree has no node {level}, {index}")
