"""Who cosigned a checkpoint, and whether they are enough."""

import datetime as dt
from collections.abc import Iterator

import msgspec

from trustact.audit.source import Fetch
from trustact.ledger.checkpoint import Checkpoint
from trustact.ledger.errors import VerificationError
from trustact.ledger.policy import Policy, parse_policy

POLICY = "witnesses.policy"


class Witnessed(msgspec.Struct, frozen=True):
    """The witnesses that cosigned, each with the moment, and what else is worth knowing."""

    cosigned: dict[str, dt.datetime]
    notes: tuple[str, ...]


def check_witnesses(fetch: Fetch, head: Checkpoint, policy: Policy | None) -> Witnessed:
    """The witnesses of a checkpoint, by the auditor's policy or, without one, by the one published beside it.

    Raises VerificationError for a line that does not fit, and where the auditor's own quorum is not reached.
    """
    own = policy or _published_policy(fetch)
    if own is None:
        return Witnessed({}, tuple(_strangers(head, 0)))
    try:
        cosigned = own.cosigned(head)
    except VerificationError as wrong:
        raise VerificationError(f"checkpoint: {wrong}") from None
    by = ", ".join(cosigned) or "no witness"
    notes = list(_strangers(head, len(cosigned)))
    if policy is None:
        notes.append("the witnesses are those the ledger names itself; give those you trust with --policy")
    if not own.is_enough(set(cosigned)):
        lacking = f"cosigned by {by}, but the policy wants {own.wants}"
        if policy is not None:
            raise VerificationError(f"checkpoint: {lacking}")
        notes.append(lacking)
    return Witnessed(cosigned, tuple(notes))


def _published_policy(fetch: Fetch) -> Policy | None:
    try:
        return parse_policy(fetch(POLICY).decode())
    except (FileNotFoundError, KeyError):
        return None
    except ValueError as wrong:
        raise VerificationError(f"{POLICY}: {wrong}") from None


def _strangers(head: Checkpoint, known: int) -> Iterator[str]:
    unknown = len({(line.name, line.key_id) for line in head.signatures}) - 1 - known
    if unknown > 0:
        yield f"signature lines on the checkpoint by keys not given, which were not checked: {unknown}"
