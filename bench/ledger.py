"""`python -m bench.ledger [--quick]`: what the ledger costs, each figure a ratio or a time measured in one run.

Verifying beside hashing the entries' bytes once, by one process and by every core; an inclusion proof; an audit of a
folder and its memory as the ledger grows tenfold; appending with its proof beside bare commits, on both databases
(`bench.appending`). What is compared takes turns, and each ratio is the median of the rounds.
"""

import argparse
import datetime as dt
import gc
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

MOMENT = dt.datetime(2025, 6, 1, tzinfo=dt.UTC)
ROUNDS = 5


def entries(count: int) -> list[bytes]:
    from trustact.ledger.entry import Entry

    return [
        Entry(
            MOMENT + dt.timedelta(seconds=number), "document-received", sha256(b"p%d" % number).hexdigest(),
            sha256(b"s%d" % number).hexdigest(), sha256(b"c%d" % number).hexdigest()[:32], (number - 1,) if number else (),
        ).encode()
        for number in range(count)
    ]  # fmt: skip


class Published:
    """A ledger of so many entries as it is published; `node` gives its nodes."""

    def __init__(self, count: int) -> None:
        from trustact.ledger.merkle import Frontier, leaf_hash
        from trustact.ledger.note import SigningKey

        self.key = SigningKey("bench/ledger", bytes(32))
        self.entries = entries(count)
        edge = Frontier()
        self._rows = [edge.append(leaf_hash(entry)) for entry in self.entries]
        self.root = edge.root()

    def node(self, level: int, index: int) -> bytes:
        from trustact.ledger.merkle import home

        row, position = home(level, index)
        return self._rows[row][position]

    def files(self) -> Iterator[tuple[str, bytes]]:
        from trustact.ledger.checkpoint import Checkpoint, sign
        from trustact.ledger.tiles import published

        count = len(self.entries)
        yield from published(count, self.node, self.entries.__getitem__)
        yield "checkpoint", sign(Checkpoint(self.key.name, count, self.root), self.key).note
        yield "ledger.vkey", self.key.verifier.text.encode()


def verifying(count: int) -> Iterator[str]:
    """Verifying a published ledger in memory beside hashing its entries once; and an inclusion proof of it."""
    from trustact.audit.processes import in_order
    from trustact.ledger.merkle import inclusion_path, leaf_hash, verify_inclusion
    from trustact.ledger.verify import verify_ledger

    made = Published(count)
    files, keys = dict(made.files()), [made.key.verifier]
    gc.collect()
    gc.freeze()  # what was made here is no part of what is measured
    works: dict[str, Callable[[], object]] = {
        "hash": lambda: [leaf_hash(entry) for entry in made.entries],
        "by one process": lambda: verify_ledger(files.__getitem__, keys),
        f"by {len(os.sched_getaffinity(0))} cores": lambda: verify_ledger(
            files.__getitem__, keys, in_order=in_order
        ),
    }
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            times[name].append(_took(work))
    hashed = times.pop("hash")
    yield f"hash {count:,} entries once: {statistics.median(hashed):.2f} s"
    for name, taken in times.items():
        ratio = statistics.median(one / other for one, other in zip(taken, hashed, strict=True))
        yield f"verify them {name}: {statistics.median(taken):.2f} s, {ratio:.1f}x"
    places = [number * 7919 % count for number in range(1000)]
    proved = _took(lambda: [inclusion_path(place, count, made.node) for place in places]) / 1000
    verify_inclusion(leaf_hash(made.entries[7]), 7, count, inclusion_path(7, count, made.node), made.root)
    yield f"inclusion proof: {proved * 1e3:.3f} ms"


def auditing(count: int) -> Iterator[str]:
    """`trustact audit` of a folder, in a process of its own: how long by one core and by all, and the most memory."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "bench.ledger", "--write", str(count), folder], check=True)
        everywhere = os.sched_getaffinity(0)
        for cores in ({min(everywhere)}, everywhere):
            began = time.perf_counter()
            audit = subprocess.Popen(
                [sys.executable, "-m", "trustact.cli", "audit", folder, "--kept", f"{folder}/kept"],
                stdout=subprocess.DEVNULL, preexec_fn=lambda: os.sched_setaffinity(0, cores),  # noqa: B023, PLW1509 - waited for
            )  # fmt: skip
            most, together = _watched(audit)
            took = time.perf_counter() - began
            assert audit.returncode == 0
            yield (
                f"trustact audit of {count:,} entries in a folder, {len(cores)} core{'s' * (len(cores) > 1)}: {took:.1f} s, "
                f"{most // 1024} MB in the largest process, {together // 1024} MB in all of them"
            )


def _watched(audit: "subprocess.Popen[bytes]") -> tuple[int, int]:
    """The most memory that one process of an audit had, and all of them, what they share counted for each; in kB."""
    most = together = 0
    while audit.poll() is None:
        family = [audit.pid, *_children(audit.pid)]
        held = [_resident(process) for process in family]
        most, together = max(most, *held), max(together, sum(held))
        time.sleep(0.05)
    return most, together


def _children(process: int) -> list[int]:
    try:
        return list(
            map(int, Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split())
        )
    except OSError:
        return []


def _resident(process: int) -> int:
    try:
        told = Path(f"/proc/{process}/status").read_text(encoding="ascii").partition("VmRSS:")[2]
    except OSError:  # it has just ended
        return 0
    return int(told.split()[0]) if told else 0


def write(count: int, folder: Path) -> None:
    for path, data in Published(count).files():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def _took(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.ledger", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a twentieth of the entries, and few appends")
    parser.add_argument("--write", nargs=2, metavar=("COUNT", "FOLDER"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.write:
        write(int(asked.write[0]), Path(asked.write[1]))
        return
    count = 50_000 if asked.quick else 1_000_000
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores", flush=True)
    for lines in (verifying(count), auditing(count // 10), auditing(count)):
        for line in lines:
            print(line, flush=True)
    quick = ["--count", "80", "--rounds", "3"] if asked.quick else []
    for database in ("sqlite", "postgresql"):
        subprocess.run([sys.executable, "-m", "bench.appending", "--database", database, *quick], check=True)


if __name__ == "__main__":
    main()
