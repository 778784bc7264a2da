"""Appends to the ledger inside the record's own transaction, and seals what the entry commits to.

An entry holds commitments alone; who did it, the case's number, the particulars and both salts lie in one sealed
record of the vault.
"""

import datetime as dt
import json
import os
import secrets
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import Any, TypeVar

import msgspec
from django.db import transaction

from trustact.ledger.entry import SALT_BYTES, Entry, commitment, glance
from trustact.ledger.merkle import HASH_BYTES, Node, completed_subtrees, home, leaf_hash
from trustact.records.models import Case, Event, LedgerRow, SealedRecord
from trustact.records.office import Office, OfficeError
from trustact.records.statements import Driver
from trustact.records.vault import Envelope, UnknownKey

# One number for every writer of this ledger, on PostgreSQL's advisory locks; SQLite's write lock does the same.
_APPEND_LOCK = 0x7472757374616374
_LOCK = f"SELECT pg_advisory_xact_lock({_APPEND_LOCK})"
_LAST = 'SELECT "index", entry, nodes FROM ledger_row ORDER BY "index" DESC LIMIT 1'

_ROW = 'INSERT INTO ledger_row ("index", entry, nodes) VALUES (%s, %s, %s)'
_SEALED = "INSERT INTO sealed_record (id, field, key_id, wrapped_key, ciphertext) VALUES (%s, %s, %s, %s, %s)"
_EVENT = 'INSERT INTO event ("index", kind, case_id, actor, sealed_id) VALUES (%s, %s, %s, %s, %s)'

PARTICULARS = "particulars"
_NO_HASH = bytes(HASH_BYTES)
_JSON = msgspec.json.Encoder()
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
) -> int:
    """Record an event: its ledger entry, its sealed particulars and its row, all or nothing. Gives the entry's index.

    `opening` are coarse facts that a report will make public later, with their own commitment. Call it inside
    the transaction that changes the record, or alone. The moment is the office's clock, never before the last entry.
    """
    sealed_salt, public_salt = os.urandom(SALT_BYTES), os.urandom(SALT_BYTES)
    record = {"actor": actor, "case": case.number if case else None, "particulars": particulars}
    committed = {
        "public": commitment(public_salt, opening) if opening is not None else None,
        "sealed": commitment(sealed_salt, record),
    }
    kept = {**record, "salt": sealed_salt.hex()}
    if opening is not None:
        kept |= {"opening": opening, "opening_salt": public_salt.hex()}
    plaintext = _JSON.encode(kept)
    with transaction.atomic(savepoint=False):  # what can be done before the ledger is held has been
        driver = Driver()
        last = _lock_and_last(driver)
        index = last[0] + 1 if last else 0
        at, token = _moment(office.clock(), last), case.token if case else None
        entry = Entry(at=at, kind=kind, case=token, refs=refs, **committed).encode()
        known = {last[0]: last[2]} if last else {}
        nodes = b"".join(with_nodes(partial(completed_subtrees, index, leaf_hash(entry)), known))
        sealed = _envelope(office, PARTICULARS, plaintext)
        event = (index, kind, case.pk if case else None, actor, sealed[0])
        driver.insert((_ROW, (index, entry, nodes)), (_SEALED, sealed), (_EVENT, event))
        return index


def seal(office: Office, field: str, plaintext: bytes) -> str:
    """Put a value into the vault; gives its record's id. The ledger is held, so that no key is retired under it."""
    lock_ledger()
    sealed = _envelope(office, field, plaintext)
    Driver().insert((_SEALED, sealed))
    return sealed[0]


def _envelope(office: Office, field: str, plaintext: bytes) -> tuple[str, str, str, bytes, bytes]:
    """A new record of the vault, column by column."""
    record = secrets.token_hex(16)
    envelope = office.key_ring.seal(record, field, plaintext)
    return record, field, envelope.key_id, envelope.wrapped_key, envelope.ciphertext


def node(level: int, index: int) -> bytes:
    """The hash of a complete subtree of the ledger, from the row that completed it."""
    return with_nodes(lambda known: known(level, index))


def with_nodes(prove: Callable[[Node], T], known: Mapping[int, bytes] | None = None) -> T:
    """What a function of `trustact.ledger.merkle` makes of this ledger's nodes, all fetched at once.

    It must ask for the same nodes in the same order whatever their hashes are: it is run once to hear which.
    `known` are the nodes of rows that are at hand already. Raises OfficeError where a row is lost.
    """
    asked: list[tuple[int, int]] = []

    def heard(level: int, index: int) -> bytes:
        asked.append(home(level, index))
        return _NO_HASH

    made = prove(heard)
    if not asked:
        return made
    rows = dict(known or {})
    rows |= _nodes_of([row for row, _ in asked if row not in rows])
    lost = next((row for row, _ in asked if row not in rows), None)
    if lost is not None:
        raise OfficeError(f"the record has lost entry {lost} of the ledger: restore the newest copy of it")
    answers = iter([rows[row][place * HASH_BYTES : (place + 1) * HASH_BYTES] for row, place in asked])
    return prove(lambda _level, _index: next(answers))


def _nodes_of(rows: Sequence[int]) -> dict[int, bytes]:
    return dict(Driver().run(_nodes_query(len(rows)), rows)) if rows else {}


@cache
def _nodes_query(count: int) -> str:
    places = ", ".join(["%s"] * count)
    return f'SELECT "index", nodes FROM ledger_row WHERE "index" IN ({places})'  # noqa: S608 - places alone


def entry_bytes(index: int) -> bytes:
    """The bytes of a ledger entry."""
    return bytes(LedgerRow.objects.values_list("entry", flat=True).get(index=index))


def size() -> int:
    """How many entries the ledger has."""
    last = LedgerRow.objects.order_by("-index").values_list("index", flat=True).first()
    return 0 if last is None else last + 1


def _lock_and_last(driver: Driver) -> tuple[int, bytes, bytes] | None:
    """Hold the ledger; gives the index, the bytes and the nodes of its last entry, read once it is held."""
    found = driver.run(f"{_LOCK}; {_LAST}" if driver.is_postgresql else _LAST)
    return found[0] if found else None


def _moment(now: dt.datetime, last: tuple[int, bytes, bytes] | None) -> dt.datetime:
    return max(now, glance(last[1])[0]) if last else now


def lock_ledger() -> None:
    """Hold the ledger for this transaction, so that what it reads and appends next has no rival."""
    driver = Driver()
    if driver.is_postgresql:
        driver.run(_LOCK)


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
