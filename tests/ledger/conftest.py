"""A small ledger of invented entries, and its published files."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from trustact.ledger.checkpoint import Checkpoint, sign
from trustact.ledger.entry import Entry, commitment
from trustact.ledger.merkle import Frontier, Node, home, leaf_hash, root_at
from trustact.ledger.note import Signature, SigningKey
from trustact.ledger.tiles import published

KINDS = ("document-received", "document-read", "facts-confirmed", "finding-recorded", "disposition-recorded")
NOON = datetime(2025, 6, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def key() -> SigningKey:
    return SigningKey("records.example.org/ledger", bytes(range(32)))


@pytest.fixture(scope="session")
def witness_line() -> Signature:
    """A witness's line as in C2SP tlog-cosignature: a time of 8 bytes and a signature, by a key not given."""
    return Signature("witness.example.net", b"\x0b\xad\xca\xfe", bytes(range(72)))


@pytest.fixture(scope="session")
def entries() -> list[bytes]:
    """300 entries: a full bundle and a partial one."""
    return [_entry(index).encode() for index in range(300)]


def _entry(index: int) -> Entry:
    salt = sha256(b"salt %d" % index).digest()
    return Entry(
        at=NOON + timedelta(minutes=index),
        kind=KINDS[index % len(KINDS)],
        public=commitment(salt, {"date": "2025-06-01", "district": f"A-{index % 7}"}) if index % 3 else None,
        sealed=commitment(salt, {"number": index}),
        case=sha256(b"case %d" % (index // 5)).hexdigest()[:32],
        refs=(index - 1,) if index % 5 else (),
    )


@pytest.fixture(scope="session")
def grow() -> Callable[[list[bytes]], Node]:
    """Appends leaf hashes as a database would, a row each, and gives access to the nodes in the rows."""

    def grown(leaves: list[bytes]) -> Node:
        edge = Frontier()
        rows = [edge.append(leaf) for leaf in leaves]

        def node(level: int, index: int) -> bytes:
            row, position = home(level, index)
            return rows[row][position]

        return node

    return grown


@pytest.fixture(scope="session")
def publish(
    key: SigningKey, grow: Callable[[list[bytes]], Node]
) -> Callable[[list[bytes]], dict[str, bytes]]:
    """All files of a ledger with these entries, signed checkpoint included."""

    def files(entries: list[bytes]) -> dict[str, bytes]:
        size, node = len(entries), grow([leaf_hash(entry) for entry in entries])
        checkpoint = sign(Checkpoint(key.name, size, root_at(size, node)), key)
        return {**dict(published(size, node, entries.__getitem__)), "checkpoint": checkpoint.note}

    return files
