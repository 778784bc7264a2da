"""The office's side: asks a witness to cosign a checkpoint, and checks what it answers."""

import http.client
import urllib.error
import urllib.request
from collections.abc import Callable
from urllib.response import addinfourl

from trustact.ledger.checkpoint import Checkpoint
from trustact.ledger.cosignature import cosigned_at, with_signatures
from trustact.ledger.errors import VerificationError
from trustact.ledger.note import Signature, parse_decimal, read_signatures
from trustact.ledger.policy import Witness
from trustact.ledger.witnessing import Request
from trustact.witness.timely import Deadline, answer_to

SECONDS = 10
_MOST_BYTES = 65_536

Continuation = Callable[[int, int], tuple[bytes, ...]]
"""Gives the proof that the ledger of the second size continues that of the first."""


class NoCosignature(Exception):
    """A witness did not cosign: why, in one line. `split`: it holds, or may hold, another history of this ledger."""

    def __init__(self, reason: str, *, split: bool = False) -> None:
        super().__init__(reason)
        self.split = split


def ask(
    witness: Witness,
    head: Checkpoint,
    before: Checkpoint | None,
    proof: Continuation,
    within: float = SECONDS,
) -> tuple[Signature, ...]:
    """The witness's own lines for a checkpoint. Raises NoCosignature, also where they took more seconds in all.

    `before` is the checkpoint published last: where the witness cosigned it, that is the one it saw last.
    """
    deadline = Deadline(within)
    old = before.size if before and _bears_line_of(witness, before) else 0
    status, body = _offer(witness, head, old, proof, deadline)
    if status == 409:
        old = _size(body)
        if old > head.size:
            raise NoCosignature(f"it has seen {old} entries, this ledger has {head.size}", split=True)
        status, body = _offer(witness, head, old, proof, deadline)
    if status in (409, 422):
        raise NoCosignature(f"the {old} entries it has seen are not the first of this ledger", split=True)
    if status != 200:
        raise NoCosignature(f"it answers {status}: {body[:200].decode(errors='replace').strip()}")
    return _lines_of(witness, head, body)


def _bears_line_of(witness: Witness, head: Checkpoint) -> bool:
    try:
        return cosigned_at(head, witness.key) is not None
    except VerificationError:
        return False


def _offer(
    witness: Witness, head: Checkpoint, old: int, proof: Continuation, deadline: Deadline
) -> tuple[int, bytes]:
    body = Request(old, proof(old, head.size), head.note).encode()
    try:
        with _answer(witness.address.rstrip("/") + "/add-checkpoint", body, deadline) as answer:
            return answer.status or 0, answer.read(_MOST_BYTES)
    except (OSError, http.client.HTTPException, ValueError) as wrong:  # ValueError: no address at all
        reason = getattr(wrong, "reason", wrong)
        says = "not all of it came in time" if isinstance(reason, TimeoutError) else str(reason).strip()
        raise NoCosignature(f"no answer from {witness.address}: {says}") from None


def _answer(url: str, body: bytes, deadline: Deadline) -> addinfourl:
    """What a witness answers, whatever its status."""
    request = urllib.request.Request(url, body, {"Content-Type": "text/plain"})  # noqa: S310 (the policy takes http and https alone)
    try:
        return answer_to(request, deadline)
    except urllib.error.HTTPError as refused:
        return refused


def _size(body: bytes) -> int:
    try:
        return parse_decimal(body.decode("ascii").removesuffix("\n"))
    except ValueError:
        raise NoCosignature("it answers 409 without the size it has seen") from None


def _lines_of(witness: Witness, head: Checkpoint, body: bytes) -> tuple[Signature, ...]:
    key = witness.key
    try:
        lines = [line for line in read_signatures(body) if (line.name, line.key_id) == (key.name, key.key_id)]
        if not lines or cosigned_at(with_signatures(head, tuple(lines)), key) is None:
            raise NoCosignature("its answer bears no cosignature by the key of the policy")
    except VerificationError as wrong:
        raise NoCosignature(f"its answer does not verify: {wrong}") from None
    return tuple(lines)
