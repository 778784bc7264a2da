"""`python -m bench.kills --database sqlite|postgresql --kills 2000`: SIGKILL at random moments, and nothing is lost.

Eight writers take documents in and one publisher publishes, all at once, each a process. One of them is killed at a
random moment, over and over, and another takes its place; on PostgreSQL every tenth kill is a process of the server,
and every fortieth the whole server. All the while an auditor reads the public files and compares them with the last
checkpoint it saw. At the end every document that was acknowledged must be there, byte for byte, with its proof, and
every checkpoint ever signed must be continued by the next. Nothing is repaired by hand at any time.
"""

import argparse
import contextlib
import itertools
import json
import os
import random
import selectors
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from bench.cluster import Cluster, cluster

WRITERS = 8
AUDIT_EVERY = 40  # kills


@dataclass
class Worker:
    """A process that writes or publishes, and the pipe on which it acknowledges."""

    role: str
    pid: int
    pipe: int
    rest: bytes = b""


@dataclass
class Run:
    """What is being killed, and what was acknowledged so far."""

    folder: Path
    server: Cluster | None
    chance: random.Random
    workers: list[Worker] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    seen: bytes = b""

    def start(self, role: str) -> Worker:
        """A new process in a role."""
        read, write = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(read)
            _work(role, self.folder, write, self.counts["started"])
        os.close(write)
        os.set_blocking(read, False)
        self.counts["started"] += 1
        return Worker(role, pid, read)

    def listen(self, seconds: float, more: int = 1_000_000) -> None:
        """Take acknowledgements as they come, for a while, or until there are so many more."""
        until = time.monotonic() + seconds
        enough = len(self.acknowledged) + more
        with selectors.DefaultSelector() as waiting:
            for worker in self.workers:
                waiting.register(worker.pipe, selectors.EVENT_READ, worker)
            while (left := until - time.monotonic()) > 0 and len(self.acknowledged) < enough:
                for ready, _ in waiting.select(left):
                    if not self.take(ready.data):
                        waiting.unregister(ready.fileobj)

    def take(self, worker: Worker) -> bool:
        """Read what a worker has acknowledged; False at the end of its pipe."""
        try:
            data = os.read(worker.pipe, 65_536)
        except BlockingIOError:
            return True
        *lines, worker.rest = (worker.rest + data).split(b"\n")
        if worker.role == "writer":
            self.acknowledged += [line.decode() for line in lines]
        else:
            self.counts["publications"] += len(lines)
        return bool(data)

    def kill_one(self) -> None:
        """Kill a process at a random moment and put another in its place."""
        kind = self.counts["kills"]
        self.counts["kills"] += 1
        if self.server and not self.server.runs:
            self.server.start()
            self.counts["servers that gave up"] += 1
        if self.server and kind % 40 == 5:
            self.server.kill()
            self.counts["whole servers killed"] += 1
        elif self.server and kind % 10 == 2 and (backends := self.server.backends()):
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.chance.choice(backends), signal.SIGKILL)
            self.counts["server processes killed"] += 1
        else:
            self.replace(self.chance.choice(self.workers))

    def replace(self, victim: Worker) -> None:
        """Kill a worker, hear it out, and start another in its role."""
        self.end(victim)
        self.counts[f"{victim.role}s killed"] += 1
        self.workers[self.workers.index(victim)] = self.start(victim.role)

    def end(self, victim: Worker) -> None:
        """Kill a worker and take what it had acknowledged."""
        os.kill(victim.pid, signal.SIGKILL)
        os.waitpid(victim.pid, 0)
        os.set_blocking(victim.pipe, True)
        while self.take(victim):
            pass
        os.close(victim.pipe)

    def audit(self) -> None:
        """Verify what is in public this moment, and that it continues what was in public before."""
        from trustact.audit.public import audit_public
        from trustact.audit.source import source_of

        public = self.folder / "public"
        if (public / "checkpoint").exists():
            before = {"the audit before": self.seen} if self.seen else {}
            self.seen = audit_public(source_of(str(public)), older=before).checkpoint.encode()
            self.counts["audits"] += 1


def _work(role: str, folder: Path, pipe: int, number: int) -> NoReturn:
    """Write or publish until killed. A database that fails or goes away acknowledges nothing; the work goes on."""
    from django.db import DatabaseError, connections

    from trustact.casework.clock import now
    from trustact.failures import OutsideFailed
    from trustact.records.connection import connect
    from trustact.records.office import open_office

    turn = 0
    while True:
        try:
            office = open_office(folder, clock=now)
            connect(office)
            step = _writing(office, number) if role == "writer" else _publishing(office)
            while True:
                turn += 1
                os.write(pipe, step(turn))
        except (DatabaseError, OutsideFailed):
            with contextlib.suppress(DatabaseError):
                connections.close_all()
            time.sleep(0.05)
        except BaseException as wrong:  # noqa: BLE001 - a forked child must not run its parent's code
            print(f"{role} {number}: {type(wrong).__name__}: {wrong}", file=sys.stderr, flush=True)
            os._exit(1)


def _writing(office: object, number: int) -> Callable[[int], bytes]:
    from trustact.casework.receive import receive

    def step(turn: int) -> bytes:
        data = f"document {number}-{turn}"
        receipt = receive(office, data.encode(), station="D-4", channel="fax", by="Sgt. Okafor")
        return f"{receipt.number} {receipt.entry} {data}\n".encode()

    return step


def _publishing(office: object) -> Callable[[int], bytes]:
    from trustact.records.publication import publish_ledger

    return lambda _: f"{publish_ledger(office).size}\n".encode()


def run(folder: Path, server: Cluster | None, kills: int, seed: int) -> Counter[str]:
    """Kill so many times; returns what was counted. AssertionError, or VerificationError, where something was lost."""
    _make_office(folder)
    this = Run(folder, server, random.Random(seed))
    this.workers = [this.start("writer") for _ in range(WRITERS)] + [this.start("publisher")]
    try:
        _kill_over_and_over(this, kills)
    finally:
        for worker in this.workers:
            this.end(worker)
    _check(this)
    return this.counts


def _kill_over_and_over(this: Run, kills: int) -> None:
    this.listen(60, more=1)
    for done in range(kills):
        this.listen(3, more=this.chance.randint(0, 8))
        this.listen(this.chance.uniform(0, 0.03))
        this.kill_one()
        if done % AUDIT_EVERY == AUDIT_EVERY - 1:
            this.audit()
            print(f"{done + 1} kills, {len(this.acknowledged)} acknowledged", file=sys.stderr, flush=True)
    if this.server and not this.server.runs:
        this.server.start()
    this.listen(60, more=10)


def _make_office(folder: Path) -> None:
    import django

    from trustact.casework.clock import now
    from trustact.records.office import agency_of, make_office, open_office

    os.environ["DJANGO_SETTINGS_MODULE"] = "trustact.records.settings"
    os.environ["TRUSTACT_OFFICE"] = str(folder)
    make_office(folder, agency_of("us-ma-boston"), clock=now)
    django.setup()
    from trustact.casework import publish, receive  # noqa: F401 - imported once, before the forks

    if os.fork() == 0:  # the tables are made before anything writes
        from trustact.records.connection import connect

        connect(open_office(folder, clock=now))
        os._exit(0)
    os.wait()


def _check(this: Run) -> None:
    """Everything acknowledged is there, with its proof; every checkpoint continues the one before."""
    from trustact.casework.check import check_office
    from trustact.casework.clock import now
    from trustact.casework.events import case_of
    from trustact.casework.read import document_bytes
    from trustact.ledger.checkpoint import open_checkpoint
    from trustact.ledger.merkle import verify_consistency
    from trustact.records.append import entry_bytes
    from trustact.records.connection import connect
    from trustact.records.models import Document, LedgerCheckpoint, LedgerRow
    from trustact.records.office import open_office
    from trustact.records.publication import continuation, publish_ledger, receipt_of

    office = open_office(this.folder, clock=now)
    connect(office)
    publish_ledger(office)
    this.audit()
    check_office(office)
    assert Document.objects.count() == LedgerRow.objects.count()
    assert len(set(this.acknowledged)) == len(this.acknowledged)
    for line in this.acknowledged:
        number, entry, data = line.split(" ", 2)
        assert document_bytes(office, case_of(number)) == data.encode(), line
        receipt_of(office, int(entry)).verify(entry_bytes(int(entry)), [office.ledger_key])
    heads = [
        open_checkpoint(bytes(row.note), [office.ledger_key])
        for row in LedgerCheckpoint.objects.order_by("size")
    ]
    heads = [head for head in heads if head.size]
    for old, new in itertools.pairwise(heads):
        verify_consistency(old.size, new.size, continuation(old.size, new.size), old.root, new.root)
    this.counts |= Counter(
        {
            "acknowledged": len(this.acknowledged),
            "entries": LedgerRow.objects.count(),
            "checkpoints": len(heads),
        }
    )


def main() -> None:
    """Run it and print the counts as JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.kills", description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--kills", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    begun = time.monotonic()
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        folder.chmod(0o755)
        server = None
        os.environ.pop("TRUSTACT_DATABASE_URL", None)
        if asked.database == "postgresql":
            server = stack.enter_context(cluster(folder / "server"))
            os.environ["TRUSTACT_DATABASE_URL"] = server.make("office")
        counts = run(folder / "office", server, asked.kills, asked.seed)
    told = {
        "database": asked.database,
        "writers": WRITERS,
        **counts,
        "lost": 0,
        "seconds": round(time.monotonic() - begun),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
