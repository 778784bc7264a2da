"""Makes the bytes of what was shredded leave the database's own files, and looks whether they have.

Deleting a row leaves its bytes in free pages, in the write-ahead log and in dead rows. SQLite zeroes what it frees
(`secure_delete`), `VACUUM` drops the stale copies that balancing leaves in pages, and a truncating checkpoint empties
the log. PostgreSQL's `VACUUM FULL` writes the table anew and unlinks the old file. What neither reaches: blocks a
disk or file system kept, PostgreSQL's own write-ahead log and replicas, and backups (docs/retention.md).
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import Q

from trustact.records.looking import OVERLAP, PIECE, among, found_in
from trustact.records.models import Case, Delivery, ReadingTry, SealedRecord
from trustact.records.office import OfficeError

_PATIENCE_SECONDS = 30
_TABLES = ("sealed_record", "case_file", "document", "enclosure", "delivery")
_NEEDLE = 32
_NOBODY_OLDER = """
SELECT pg_snapshot_xmin(pg_current_snapshot()) >= %(now)s::xid8 AND NOT EXISTS (
  SELECT FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid() AND age(backend_xmin) > age(%(now)s::xid8::xid))
"""


def forget(case: Case, pseudonym: str, letters: Sequence[str]) -> list[bytes]:
    """Destroy the data keys, sealed bytes and fingerprints of a case, whose letters lie in these records.

    Call it in the transaction that records it. `pseudonym` stands for the subject from now on. Returns pieces of what
    was destroyed, by which `found_in_files` knows it again.
    """
    records = SealedRecord.objects.filter(
        Q(event__case=case) | Q(document__case=case) | Q(pk__in=letters)
    ).exclude(wrapped_key=b"")
    needles = [case.sameness.encode(), case.subject.encode()]
    for wrapped_key, ciphertext in records.values_list("wrapped_key", "ciphertext"):
        needles += [bytes(wrapped_key), bytes(ciphertext)[:_NEEDLE], bytes(ciphertext)[-_NEEDLE:]]
    needles += [fingerprint.encode() for fingerprint in case.documents.values_list("fingerprint", flat=True)]
    needles += [fingerprint.encode() for fingerprint in case.enclosures.values_list("fingerprint", flat=True)]
    SealedRecord.objects.filter(pk__in=list(records.values_list("pk", flat=True))).update(
        wrapped_key=b"", ciphertext=b""
    )
    case.documents.update(fingerprint="")
    case.enclosures.all().delete()
    Delivery.objects.filter(event__case=case).delete()
    ReadingTry.objects.filter(case=case).delete()
    case.sameness, case.subject, case.stage = "", pseudonym, "shredded"
    case.save()
    return [needle for needle in needles if needle]


def purge() -> None:
    """Rewrite the files of the vault's tables without what is gone. Call outside a transaction.

    Other writers wait meanwhile. Raises OfficeError where a reader held the old state too long, or no space is left.
    """
    try:
        if connection.vendor == "sqlite":
            _purge_sqlite()
        else:
            _purge_postgresql()
    except DatabaseError as wrong:
        reason = str(wrong).partition("\n")[0]
        raise OfficeError(
            f"what was shredded may still lie in the database's files: {reason}; purge again"
        ) from None


def _purge_sqlite() -> None:
    _run("VACUUM")
    if _run("PRAGMA wal_checkpoint(TRUNCATE)")[0][0]:
        raise DatabaseError("another process was reading")


def _purge_postgresql() -> None:
    """Dead rows that an older transaction could still see are copied too, so those are waited for.

    A transaction in any database of the server counts, for our own snapshot reaches back to it.
    """
    now = _run("SELECT pg_current_xact_id()::text")[0][0]
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not _run(_NOBODY_OLDER, {"now": now})[0][0]:
        if time.monotonic() > deadline:
            raise DatabaseError("another session keeps a transaction open")
        time.sleep(0.05)
    for table in _TABLES:
        _run(f"VACUUM (FULL) {table}")


def _run(statement: str, given: Any = ()) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchall() if cursor.description else []


def found_in_files(needles: Iterable[bytes]) -> list[bytes] | None:
    """Which of these bytes still lie in the database's files; None where this database user may not look.

    Raises OfficeError where the files cannot be read.
    """
    wanted = [needle for needle in needles if needle]
    try:
        with transaction.atomic():
            if connection.vendor == "sqlite":
                return sorted(found_in(_sqlite_files(), wanted))
            return sorted(among(wanted, _postgresql_pieces()))
    except DatabaseError:
        return None
    except OSError as wrong:
        raise OfficeError(
            f"the database's files were not searched for what was shredded: {wrong}; purge again"
        ) from None


def _sqlite_files() -> list[Path]:
    main = Path(connection.settings_dict["NAME"]).resolve()
    return [main, main.with_name(main.name + "-wal"), main.with_name(main.name + "-journal")]


def _postgresql_pieces() -> Iterator[bytes]:
    """The files of the vault's tables, with their long values and indexes; needs the right to read server files."""
    _run("CHECKPOINT")
    for (path,) in _run(
        "SELECT pg_relation_filepath(c.oid) FROM pg_class c WHERE c.oid IN (SELECT unnest(array[t.oid, t.reltoastrelid])"
        " FROM pg_class t WHERE t.relname = ANY(%s)) OR c.oid IN (SELECT indexrelid FROM pg_index WHERE indrelid IN"
        " (SELECT oid FROM pg_class WHERE relname = ANY(%s)))",
        [list(_TABLES), list(_TABLES)],
    ):
        size = _run("SELECT size FROM pg_stat_file(%s)", [path])[0][0]
        for start in range(0, size, PIECE):
            yield bytes(
                _run(
                    "SELECT pg_read_binary_file(%s, %s, %s)", [path, max(0, start - OVERLAP), PIECE + OVERLAP]
                )[0][0]
            )
