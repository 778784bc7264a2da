"""`python -m bench.ledger [--quick]`: what the ledger costs, each figure a ratio or a time measured in one run.

Appending with its proof beside the bare database's commits of the same rows; verifying beside hashing the entries'
bytes once; an inclusion proof; memory as the ledger grows tenfold. `--database postgresql` needs TRUSTACT_DATABASE_URL.
"""

import argparse
import datetime as dt
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

MOMENT = dt.datetime(2025, 6, 1, tzinfo=dt.UTC)


def entries(count: int) -> list[bytes]:
    from trustact.ledger.entry import Entry

    return [
        Entry(
            MOMENT + dt.timedelta(seconds=number), "document-received", sha256(b"p%d" % number).hexdigest(),
            sha256(b"s%d" % number).hexdigest(), sha256(b"c%d" % number).hexdigest()[:32], (number - 1,) if number else (),
        ).encode()
        for number in range(count)
    ]  # fmt: skip


def verifying(count: int) -> str:
    """Verifying a published ledger in memory beside hashing its entries once; and an inclusion proof of it."""
    from trustact.ledger.checkpoint import Checkpoint, sign
    from trustact.ledger.merkle import Frontier, home, inclusion_path, leaf_hash, verify_inclusion
    from trustact.ledger.note import SigningKey
    from trustact.ledger.tiles import published
    from trustact.ledger.verify import verify_ledger

    key, held, edge = SigningKey("bench/ledger", bytes(32)), entries(count), Frontier()
    rows = [edge.append(leaf_hash(entry)) for entry in held]

    def node(level: int, index: int) -> bytes:
        row, position = home(level, index)
        return rows[row][position]

    files = dict(published(count, node, held.__getitem__))
    files["checkpoint"] = sign(Checkpoint(key.name, count, edge.root()), key).note
    hashed = _took(lambda: [leaf_hash(entry) for entry in held])
    verified = _took(lambda: verify_ledger(files.__getitem__, [key.verifier]))
    places = [number * 7919 % count for number in range(1000)]
    proved = _took(lambda: [inclusion_path(place, count, node) for place in places]) / 1000
    verify_inclusion(rows[7][0], 7, count, inclusion_path(7, count, node), edge.root())
    return (
        f"verify {count:,} entries: {verified:.2f} s, {verified / hashed:.1f}x hashing them once ({hashed:.2f} s); "
        f"inclusion proof {proved * 1e3:.3f} ms"
    )


def memory(count: int) -> int:
    """The most memory, in kB, that verifying a folder of so many entries takes in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "bench.ledger", "--write", str(count), folder], check=True)
        done = subprocess.run(
            [sys.executable, "-m", "bench.ledger", "--verify", folder],
            capture_output=True,
            text=True,
            check=True,
        )
        return int(done.stdout)


def write(count: int, folder: Path) -> None:
    from trustact.ledger.checkpoint import Checkpoint, sign
    from trustact.ledger.merkle import Frontier, home, leaf_hash
    from trustact.ledger.note import SigningKey
    from trustact.ledger.tiles import published

    key, held, edge = SigningKey("bench/ledger", bytes(32)), entries(count), Frontier()
    rows = [edge.append(leaf_hash(entry)) for entry in held]

    def node(level: int, index: int) -> bytes:
        row, position = home(level, index)
        return rows[row][position]

    note = sign(Checkpoint(key.name, count, edge.root()), key).note
    for path, data in [
        *published(count, node, held.__getitem__),
        ("checkpoint", note),
        ("ledger.vkey", key.verifier.text.encode()),
    ]:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def appending(folder: Path, count: int) -> str:
    """Events appended, each in its transaction with its proof, beside bare commits of the same rows."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "trustact.records.settings"
    os.environ["TRUSTACT_OFFICE"] = str(folder)
    django.setup()
    from trustact.records.connection import connect
    from trustact.records.office import agency_of, make_office

    office = make_office(folder, agency_of("us-ma-boston"), clock=lambda: MOMENT)
    connect(office)
    from django.db import connection, transaction

    from trustact.ledger.merkle import inclusion_path
    from trustact.records.append import append, with_nodes
    from trustact.records.models import LedgerRow, SealedRecord

    def appended() -> None:
        for number in range(count):
            entry = append(
                office, "contact-noted", {"number": number}, actor="Sgt. Okafor", opening={"on": "2025-06-01"}
            )
            with_nodes(partial(inclusion_path, entry, entry + 1))

    began = time.perf_counter()
    appended()
    ours = time.perf_counter() - began
    row, sealed = LedgerRow.objects.order_by("-index")[0], SealedRecord.objects.all()[0]
    values: list[Any] = [
        bytes(row.entry),
        bytes(row.nodes),
        sealed.key_id,
        bytes(sealed.wrapped_key),
        bytes(sealed.ciphertext),
    ]
    with connection.cursor() as cursor:
        for table, like in (
            ("bare_row", "ledger_row"),
            ("bare_record", "sealed_record"),
            ("bare_event", "event"),
        ):
            cursor.execute(f"CREATE TABLE {table} AS SELECT * FROM {like} WHERE 1 = 0")
    began = time.perf_counter()
    for number in range(count):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                'INSERT INTO bare_row ("index", entry, nodes) VALUES (%s, %s, %s)', [number, *values[:2]]
            )
            cursor.execute(
                "INSERT INTO bare_record (id, field, key_id, wrapped_key, ciphertext) VALUES (%s, 'particulars', %s, %s, %s)",
                [f"{number:032x}", *values[2:]],
            )
            cursor.execute(
                "INSERT INTO bare_event (\"index\", kind, actor, sealed_id) VALUES (%s, 'contact-noted', 'Sgt. Okafor', %s)",
                [number, f"{number:032x}"],
            )
    bare = time.perf_counter() - began
    return (
        f"append with proof on {connection.vendor}: {count / ours:.0f} a second, bare commits of the same rows "
        f"{count / bare:.0f} a second: {bare / ours:.0%}"
    )


def _peak() -> int:
    """The most memory this process has had, in kB; `ru_maxrss` would count that of the process it was forked from."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0])


def _took(work: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.ledger", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a twentieth of the entries")
    parser.add_argument("--write", nargs=2, metavar=("COUNT", "FOLDER"), help=argparse.SUPPRESS)
    parser.add_argument("--verify", metavar="FOLDER", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.write:
        write(int(asked.write[0]), Path(asked.write[1]))
    elif asked.verify:
        from trustact.audit.public import audit_public
        from trustact.audit.source import source_of

        audit_public(source_of(asked.verify))
        print(_peak())
    else:
        count = 50_000 if asked.quick else 1_000_000
        print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")
        print(verifying(count))
        small, large = memory(count // 10), memory(count)
        print(
            f"memory of an audit: {small // 1024} MB for {count // 10:,} entries, {large // 1024} MB for {count:,}"
        )
        with tempfile.TemporaryDirectory() as folder:
            print(appending(Path(folder, "office"), 200 if asked.quick else 2000))


if __name__ == "__main__":
    main()
