"""Cosignatures: a witness's dated statement that a checkpoint continues all it saw before (C2SP tlog-cosignature).

Version 1: an Ed25519 signature over the line `cosignature/v1`, the line `time <seconds since 1970>` and the text
of the checkpoint. It stands in the checkpoint as one more signature line: eight bytes of time, big-endian, and
the signature.
"""

import datetime as dt
from dataclasses import replace

from trustact.ledger.checkpoint import Checkpoint
from trustact.ledger.errors import VerificationError
from trustact.ledger.note import Signature, SigningKey, Signs, VerifierKey

_TIME_BYTES = 8
_SIGNATURE_BYTES = 64


def cosign(checkpoint: Checkpoint, key: SigningKey, at: dt.datetime) -> Signature:
    """The witness's signature line for a checkpoint, as of a moment. ValueError for a key of another kind."""
    if key.signs is not Signs.COSIGNATURES:
        raise ValueError(f"the key of {key.name} is not a witness's")
    seconds = int(at.timestamp())
    value = seconds.to_bytes(_TIME_BYTES) + key.raw(_message(checkpoint, seconds))
    return Signature(key.name, key.verifier.key_id, value)


def cosigned_at(checkpoint: Checkpoint, key: VerifierKey) -> dt.datetime | None:
    """When the witness last cosigned this checkpoint, in UTC; None where it bears no line of that witness.

    VerificationError where it bears one that does not fit.
    """
    times = [
        _verified_time(checkpoint, key, line.value)
        for line in checkpoint.signatures
        if (line.name, line.key_id) == (key.name, key.key_id)
    ]
    return max(times, default=None)


def with_signatures(checkpoint: Checkpoint, lines: tuple[Signature, ...]) -> Checkpoint:
    """The checkpoint with these lines too, each in place of an earlier one by the same key."""
    newest = {(line.name, line.key_id): line for line in (*checkpoint.signatures, *lines)}
    return replace(checkpoint, signatures=tuple(newest.values()))


def _verified_time(checkpoint: Checkpoint, key: VerifierKey, value: bytes) -> dt.datetime:
    seconds = int.from_bytes(value[:_TIME_BYTES])
    whole = len(value) == _TIME_BYTES + _SIGNATURE_BYTES
    if not whole or not key.fits(value[_TIME_BYTES:], _message(checkpoint, seconds)):
        raise VerificationError(f"the cosignature of {key.name} does not fit the checkpoint")
    try:
        return dt.datetime.fromtimestamp(seconds, dt.UTC)
    except (OverflowError, OSError, ValueError):
        raise VerificationError(f"the cosignature of {key.name} bears no time of this world") from None


def _message(checkpoint: Checkpoint, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{checkpoint.text}".encode()
