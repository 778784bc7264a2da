"""The append-only, tamper-evident ledger: tree, entries, checkpoints, tiles, proofs, and their verifier.

Pure: it needs no database and no framework, and reads no clock, randomness or network.
"""

from trustact.ledger.errors import VerificationError
from trustact.ledger.merkle import (
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root,
    verify_consistency,
    verify_inclusion,
)

__all__ = [
    "VerificationError",
    "consistency_proof",
    "inclusion_proof",
    "leaf_hash",
    "root",
    "verify_consistency",
    "verify_inclusion",
]
