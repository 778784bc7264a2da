"""Publish: the ledger's files are brought up to date, and the witnesses are asked to cosign its checkpoint.

At any instant an auditor finds a folder that verifies: whatever a checkpoint counts, filed reports with their index
included, is in public before it. The index may be ahead of the checkpoint, never behind it.
"""

from functools import partial

import msgspec

from trustact.casework.filings import write_index
from trustact.ledger.checkpoint import Checkpoint
from trustact.ledger.cosignature import with_signatures
from trustact.ledger.policy import Policy
from trustact.records.office import Office
from trustact.records.publication import continuation, publish_ledger, witness_policy
from trustact.witness.asking import NoCosignature, ask


class Silent(msgspec.Struct, frozen=True):
    """A witness that did not cosign, and why; `split`: it has seen another history of this ledger."""

    name: str
    reason: str
    split: bool


class Publication(msgspec.Struct, frozen=True):
    """What is in public now: origin, size, the witnesses that cosigned, those that did not, and whether it is enough."""

    origin: str
    size: int
    cosigned: tuple[str, ...]
    silent: tuple[Silent, ...]
    enough: bool


def publish(office: Office, *, anew: bool = False) -> Publication:
    """Publish the ledger as it stands, and the index of the reports filed. A witness that does not answer holds nothing up; it is named.

    Raises OfficeError where the public folder cannot be written, or its checkpoint is damaged (unless `anew`) or not
    continued by the record.
    """
    policy = witness_policy(office)
    silent: list[Silent] = []

    def cosign(head: Checkpoint, before: Checkpoint | None) -> Checkpoint:
        return _cosigned(policy, head, before, silent) if policy else head

    head = publish_ledger(office, cosign, beside=partial(write_index, office), anew=anew)
    names = policy.cosigned(head).keys() if policy else set()
    enough = policy.is_enough(set(names)) if policy else True
    return Publication(head.origin, head.size, tuple(sorted(names)), tuple(silent), enough)


def _cosigned(
    policy: Policy, head: Checkpoint, before: Checkpoint | None, silent: list[Silent]
) -> Checkpoint:
    for witness in policy.witnesses.values():
        if not witness.address:
            continue
        try:
            head = with_signatures(head, ask(witness, head, before, continuation))
        except NoCosignature as why:
            silent.append(Silent(witness.name, str(why), why.split))
    return head
