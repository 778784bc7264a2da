"""`python -m bench.appending --database sqlite|postgresql`: appends with their proofs beside bare commits of their rows.

A bare commit writes the same three rows, byte for byte as many, in one transaction of the same connection, so with the
same durability; once into tables with the keys and indexes of the record's own, and once into tables with none. They
take turns, and each ratio is the median over the rounds; so is the time. Done by one writer, and by eight at once.
"""

import argparse
import contextlib
import datetime as dt
import os
import re
import secrets
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from bench.cluster import cluster

MOMENT = dt.datetime(2025, 6, 1, tzinfo=dt.UTC)
WRITERS = 8
TABLES = ("ledger_row", "sealed_record", "event")
_REFERENCE = re.compile(r' REFERENCES "\w+" \("\w+"\) DEFERRABLE INITIALLY DEFERRED')
Work = Callable[[int, int], None]


def office_at(folder: Path) -> Any:
    """A new office, its database connected."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "trustact.records.settings"
    os.environ["TRUSTACT_OFFICE"] = str(folder)
    django.setup()
    from trustact.records.connection import connect
    from trustact.records.office import agency_of, make_office

    office = make_office(folder, agency_of("us-ma-boston"), clock=lambda: MOMENT)
    connect(office)
    return office


def appending(office: Any, _first: int, count: int) -> None:
    """So many events, each appended in its own transaction, each with the proof that it is in the ledger."""
    from trustact.ledger.merkle import inclusion_path
    from trustact.records.append import append, with_nodes

    for number in range(count):
        entry = append(
            office, "contact-noted", {"number": number}, actor="Sgt. Okafor", opening={"on": "2025-06-01"}
        )
        with_nodes(partial(inclusion_path, entry, entry + 1))


def bare(prefix: str, like: dict[str, dict[str, Any]], first: int, count: int) -> None:
    """So many commits of rows like these into the bare tables of that prefix."""
    from django.db import connection, transaction

    statements = {
        table: "INSERT INTO {}{} ({}) VALUES ({})".format(
            prefix, table, ", ".join(f'"{name}"' for name in row), ", ".join(["%s"] * len(row))
        )
        for table, row in like.items()
    }  # fmt: skip
    for index in range(first, first + count):
        own = {"index": index, "id": (record := secrets.token_hex(16)), "sealed_id": record}
        with transaction.atomic(), connection.cursor() as cursor:
            for table, row in like.items():
                cursor.execute(statements[table], [own.get(name, value) for name, value in row.items()])


def rows_of_an_append(office: Any) -> dict[str, dict[str, Any]]:
    """The three rows one append wrote, column by column."""
    from django.db import connection

    appending(office, 0, 8)
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT * FROM {table} LIMIT 1 OFFSET 6")
            row = cursor.fetchone()
            names = [column[0] for column in cursor.description or ()]
            found[table] = {name: bytes(value) if isinstance(value, memoryview) else value for name, value in zip(names, row, strict=True)}  # fmt: skip
    return found


def make_bare_tables() -> None:
    """`keyed_…` with the keys and indexes of the record's tables, `heap_…` with none; neither with their triggers."""
    from django.db import connection

    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"CREATE TABLE heap_{table} AS SELECT * FROM {table} WHERE 1 = 0")
            if connection.vendor == "postgresql":
                cursor.execute(f"CREATE TABLE keyed_{table} (LIKE {table} INCLUDING ALL)")
                continue
            cursor.execute(
                "SELECT sql FROM sqlite_master WHERE tbl_name = %s AND type IN ('table', 'index')", [table]
            )
            for (made,) in cursor.fetchall():
                if made:  # a key's own index has no statement
                    cursor.execute(_REFERENCE.sub("", made).replace(f'"{table}', f'"keyed_{table}'))


def durability() -> str:
    """How a commit is made durable here."""
    from django.db import connection

    asked = (
        ("SHOW fsync", "SHOW synchronous_commit", "SHOW wal_sync_method")
        if connection.vendor == "postgresql"
        else ("PRAGMA journal_mode", "PRAGMA synchronous")
    )
    with connection.cursor() as cursor:
        said = []
        for question in asked:
            cursor.execute(question)
            said.append(f"{question.split()[1]} {cursor.fetchone()[0]}")
    return ", ".join(said)


def alone(work: Work, first: int, count: int) -> float:
    """Seconds for one writer."""
    began = time.perf_counter()
    work(first, count)
    return time.perf_counter() - began


def together(work: Work, first: int, count: int) -> float:
    """Seconds until eight processes are done that share the work, counted from when all are ready."""
    from django.db import connections

    connections.close_all()
    ready, go, ends = os.pipe(), os.pipe(), []
    for writer in range(WRITERS):
        ends.append(os.fork())
        if ends[-1] == 0:
            status = 1
            with contextlib.suppress(BaseException):
                share = count // WRITERS
                work(first + writer * count, 1)  # connected, and everything imported
                os.write(ready[1], b".")
                os.read(go[0], 1)
                work(first + writer * count + 1, share)
                status = 0
            os._exit(status)
    for _ in ends:
        os.read(ready[0], 1)
    began = time.perf_counter()
    os.write(go[1], b"." * WRITERS)
    failed = [status for _, status in (os.waitpid(end, 0) for end in ends) if status]
    took = time.perf_counter() - began
    for end in (*ready, *go):
        os.close(end)
    assert not failed, f"{len(failed)} of {WRITERS} writers failed"
    return took


def compare(office: Any, count: int, rounds: int) -> Iterator[str]:
    """Lines of rates and ratios, of one writer and of eight."""
    from django.db import connection

    like = rows_of_an_append(office)
    make_bare_tables()
    works: dict[str, Work] = {
        "appends with proof": partial(appending, office),
        "bare, same tables": partial(bare, "keyed_", like),
        "bare, no keys": partial(bare, "heap_", like),
    }
    yield f"{connection.vendor}: {durability()}; {count} rows of each table a round, {rounds} rounds"
    first = 1_000_000
    for writers, timed in ((1, alone), (WRITERS, together)):
        times: dict[str, list[float]] = {name: [] for name in works}
        for turn in range(rounds + 1):
            for name, work in works.items():
                taken = timed(work, first, count)
                first += count * (WRITERS + 1)
                if turn:  # the first round warms up
                    times[name].append(taken)
        ours, *others = times
        for name in others:
            ratio = statistics.median(b / o for b, o in zip(times[name], times[ours], strict=True))
            yield (
                f"  {writers} writer{'s' * (writers > 1)}: {count / statistics.median(times[ours]):.0f} {ours} a second, "
                f"{count / statistics.median(times[name]):.0f} {name}: {ratio:.0%}"
            )


@contextlib.contextmanager
def database(kind: str, folder: Path) -> Iterator[None]:
    """SQLite in the office's folder, or a PostgreSQL server of its own with PostgreSQL's own settings."""
    os.environ.pop("TRUSTACT_DATABASE_URL", None)
    if kind == "sqlite":
        yield
        return
    folder.chmod(0o755)
    with cluster(folder / "server") as server:
        os.environ["TRUSTACT_DATABASE_URL"] = server.make("office")
        yield


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.appending", description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=9)
    asked = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        database(asked.database, Path(folder)),
    ):
        for line in compare(office_at(Path(folder, "office")), asked.count, asked.rounds):
            print(line, flush=True)


if __name__ == "__main__":
    main()
