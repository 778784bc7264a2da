"""`python -m bench.receipt [--postgresql URL]`: from bytes received to receipt in hand, with a full reading queue.

A receipt in hand: sealed, hashed, in the ledger, committed to disk. Measured in this process as the desk and the channels
call it, and over SMTP from the last byte sent to the 250 heard; with two readers busy on a queue that stays full.
"""

import argparse
import os
import secrets
import smtplib
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.channels.imap_server import free_port
from tests.channels.messages import message

from bench.sheet import Sheet
from trustact.specimens.specimen import one

BYTES = 60_000
"""About what two faxed pages weigh."""

TARGET = 0.150
READERS = 2
HANDS = 5


def measured(database: str, count: int, queue: int) -> list[tuple[str, ...]]:
    """The rows of one database."""
    from trustact.casework.clock import now
    from trustact.records.connection import connect
    from trustact.records.intake_settings import SmtpSettings
    from trustact.records.office import agency_of, make_office

    with tempfile.TemporaryDirectory(prefix="trustact-receipt-") as folder:
        office = make_office(Path(folder) / "office", agency_of("us-ma-boston"), clock=now)
        connect(office)
        from trustact.casework.receive import receive
        from trustact.channels.readers import Reader
        from trustact.channels.smtp_receiver import SmtpReceiver

        def take(data: bytes) -> float:
            begun = time.perf_counter()
            receive(office, data, station="D-4", channel="fax", by="bench")
            return time.perf_counter() - begun

        rows = [_row(database, "no queue, no reader", [take(_fax()) for _ in range(count)])]
        rows.append(_row(database, f"{HANDS} processes taking in at once", _at_once(office.folder, count)))
        for number in range(queue):
            take(one("i-247a", number).data + secrets.token_bytes(8))
        readers = [Reader(office, f"reader-{number}") for number in range(READERS)]
        for reader in readers:
            reader.watch(print)
        time.sleep(8)  # until they read
        rows.append(
            _row(database, f"{READERS} readers on {queue} waiting", [take(_fax()) for _ in range(count)])
        )
        port = free_port()
        receiver = SmtpReceiver(
            office, SmtpSettings(name="smtp", port=port, recipients={"d4@p.example": "D-4"})
        )
        receiver.look()
        heard = [_sent(port) for _ in range(count)]
        rows.append(_row(database, f"the same, over SMTP: {READERS} readers", heard))
        receiver.close()
        for reader in readers:
            reader.stop()
        return rows


def _at_once(folder: Path, count: int) -> list[float]:
    """What each receipt took where several processes, as the desk and the channels are, take in without a pause."""
    command = [sys.executable, "-m", "bench.receipt", "--hand", str(folder), "--count", str(count // HANDS)]
    hands = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(HANDS)]
    return [float(took) for hand in hands for took in hand.communicate()[0].split()]


def _hand(folder: Path, count: int) -> None:
    """One such process."""
    from trustact.casework.clock import now
    from trustact.records.connection import connect
    from trustact.records.office import open_office

    office = open_office(folder, clock=now)
    connect(office)
    from trustact.casework.receive import receive

    for _ in range(count):
        data = _fax()
        begun = time.perf_counter()
        receive(office, data, station="D-4", channel="fax", by="bench")
        print(time.perf_counter() - begun)
        time.sleep(0.005)


def _fax() -> bytes:
    return b"II*\0" + secrets.token_bytes(BYTES)


def _sent(port: int) -> float:
    data = message(f"<{secrets.token_hex(8)}@bench>", _fax())
    with smtplib.SMTP("127.0.0.1", port) as client:
        client.ehlo()
        client.mail("gateway@fax.example")
        client.rcpt("d4@p.example")
        begun = time.perf_counter()
        client.data(data)
        return time.perf_counter() - begun


def _row(database: str, what: str, seconds: list[float]) -> tuple[str, ...]:
    median, worst = statistics.median(seconds), statistics.quantiles(seconds, n=100)[98]
    holds = "holds" if median < TARGET else "**missed**"
    return database, what, f"{median * 1e3:.0f} ms", f"{worst * 1e3:.0f} ms", str(len(seconds)), holds


@contextmanager
def _fresh(server: str) -> Iterator[str]:
    """A database of its own on that server."""
    import psycopg

    name = f"trustact_receipt_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield server.rpartition("/")[0] + "/" + name
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.receipt", description=__doc__)
    parser.add_argument("--postgresql", default="postgresql://127.0.0.1:5432/test")
    parser.add_argument("--only", choices=["sqlite", "postgresql"], help="one database, in this process")
    parser.add_argument("--hand", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--queue", type=int, default=100)
    asked = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "trustact.records.settings"
    if asked.hand:
        _hand(asked.hand, asked.count)
        return
    if asked.only:
        for row in measured(asked.only, asked.count, asked.queue):
            print("\t".join(row))
        return
    rows = _in_a_process("sqlite", asked, "")
    with _fresh(asked.postgresql) as url:
        rows += _in_a_process("postgresql", asked, url)
    columns = ("database", "while", "median", "p99", "receipts", f"median under {TARGET * 1e3:.0f} ms")
    print(Sheet("From bytes received to receipt in hand", columns, rows).markdown())
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")


def _in_a_process(database: str, asked: argparse.Namespace, url: str) -> list[tuple[str, ...]]:
    """One database to a process, for a process connects to one."""
    command = [sys.executable, "-m", "bench.receipt", "--only", database, "--count", str(asked.count)]
    command += ["--queue", str(asked.queue)]
    ran = subprocess.run(
        command,
        env={**os.environ, "TRUSTACT_DATABASE_URL": url},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [tuple(line.split("\t")) for line in ran.stdout.splitlines() if "\t" in line]


if __name__ == "__main__":
    main()
