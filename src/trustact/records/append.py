"""Appends to the ledger inside the record's own transaction, and seals what the entry commits to.

An entry holds commitments alone; who did it, the case's number, the particulars and both salts lie in one sealed
record of the vault.
"""

import datetime as dt
import json
import os
import secrets
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from django.db import connection, transaction

from trustact.ledger.entry import SALT_BYTES, Entry, canonical, commitment, glance
from trustact.ledger.merkle import HASH_BYTES, Node, completed_subtrees, home, leaf_hash
from trustact.records.insert import insert
from trustact.records.models import Case, Event, LedgerRow, SealedRecord
from trustact.records.office import Office
from trustact.records.vault import Envelope, UnknownKey

# One number for every writer of this ledger, on PostgreSQL's advisory locks; SQLite's write lock does the same.
_APPEND_LOCK = 0x7472757374616374

PARTICULARS = "particulars"
T = TypeVar("T")


def append(
    office: Office,
    kind: str,
    particulars: dict[str, Any],
    *,
    actor: str,
    case: Case | None = None,
    opening: dict[str, Any] | None = None,
    refs: tuple[int, ...] = (),
) -> Event:
    """Record an event: its ledger entry, its sealed particulars and its row, all or nothing.

    `opening` are coarse facts that a report will make public later, with their own commitment. Call it inside
    the transaction that changes the record, or alone. The moment is the office's clock, never before the last entry.
    """
    with transaction.atomic():
        lock_ledger()
        last = _last()
        index = last[0] + 1 if last else 0
        at = _moment(office.clock(), last)
        sealed_salt, public_salt = os.urandom(SALT_BYTES), os.urandom(SALT_BYTES)
        record = {"actor": actor, "case": case.number if case else None, "particulars": particulars}
        entry = Entry(
            at=at,
            kind=kind,
            public=commitment(public_salt, opening) if opening is not None else None,
            sealed=commitment(sealed_salt, record),
            case=case.token if case else None,
            refs=refs,
        ).encode()
        completed = with_nodes(partial(completed_subtrees, index, leaf_hash(entry)))
        row = LedgerRow(index=index, entry=entry, nodes=b"".join(completed))
        insert(row)
        kept = {**record, "salt": sealed_salt.hex()}
        if opening is not None:
            kept |= {"opening": opening, "opening_salt": public_salt.hex()}
        sealed = seal(office, PARTICULARS, canonical(kept))
        event = Event(row=row, kind=kind, case=case, actor=actor, sealed=sealed)
        insert(event)
        return event


def seal(office: Office, field: str, plaintext: bytes) -> SealedRecord:
    """A new record of the vault. The ledger is held meanwhile, so that no key is retired under it."""
    lock_ledger()
    record = secrets.token_hex(16)
    envelope = office.key_ring.seal(record, field, plaintext)
    sealed = SealedRecord(
        id=record,
        field=field,
        key_id=envelope.key_id,
        wrapped_key=envelope.wrapped_key,
        ciphertext=envelope.ciphertext,
    )
    insert(sealed)
    return sealed


def node(level: int, index: int) -> bytes:
    """The hash of a complete subtree of the ledger, from the row that completed it."""
    return with_nodes(lambda known: known(level, index))


def with_nodes(prove: Callable[[Node], T]) -> T:
    """What a function of `trustact.ledger.merkle` makes of this ledger's nodes, all fetched at once.

    It must ask for the same nodes whatever their hashes are: it is run once to hear which.
    """
    wanted: list[int] = []

    def heard(level: int, index: int) -> bytes:
        wanted.append(home(level, index)[0])
        return bytes(HASH_BYTES)

    made = prove(heard)
    if not wanted:
        return made
    kept = _nodes_of(wanted)

    def node(level: int, index: int) -> bytes:
        row, position = home(level, index)
        return kept[row][position * HASH_BYTES : (position + 1) * HASH_BYTES]

    return prove(node)


def _nodes_of(rows: Sequence[int]) -> dict[int, bytes]:
    places = ", ".join(["%s"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "index", nodes FROM ledger_row WHERE "index" IN ({places})', rows)  # noqa: S608
        return {index: bytes(nodes) for index, nodes in cursor.fetchall()}


def entry_bytes(index: int) -> bytes:
    """The bytes of a ledger entry."""
    return bytes(LedgerRow.objects.values_list("entry", flat=True).get(index=index))


def size() -> int:
    """How many entries the ledger has."""
    last = LedgerRow.objects.order_by("-index").values_list("index", flat=True).first()
    return 0 if last is None else last + 1


def _last() -> tuple[int, bytes] | None:
    """The index and the bytes of the last entry."""
    with connection.cursor() as cursor:
        cursor.execute('SELECT "index", entry FROM ledger_row ORDER BY "index" DESC LIMIT 1')
        found = cursor.fetchone()
    return (found[0], bytes(found[1])) if found else None


def _moment(now: dt.datetime, last: tuple[int, bytes] | None) -> dt.datetime:
    return max(now, glance(last[1])[0]) if last else now


def lock_ledger() -> None:
    """Hold the ledger for this transaction, so that what it reads and appends next has no rival."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_APPEND_LOCK])


def particulars_of(office: Office, event: Event) -> dict[str, Any]:
    """The sealed record of an event: `actor`, `case` (its number), `particulars`, `salt`, and any `opening` with its.

    Raises VaultError when it does not open.
    """
    found: dict[str, Any] = json.loads(unseal(office, event.sealed))
    return found


def unseal(office: Office, record: SealedRecord) -> bytes:
    """The plaintext of a vault record. Raises VaultError when it does not open."""
    try:
        return office.key_ring.open(record.id, record.field, envelope_of(record))
    except UnknownKey:  # a rotation may have passed since the row was read
        office.forget_keys()
        record.refresh_from_db()
        return office.key_ring.open(record.id, record.field, envelope_of(record))


def envelope_of(record: SealedRecord) -> Envelope:
    """A vault record's sealed value."""
    return Envelope(record.key_id, bytes(record.wrapped_key), bytes(record.ciphertext))
