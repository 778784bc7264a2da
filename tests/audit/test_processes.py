"""Work in several processes: the same results in the same order, the first failure, and a large ledger so audited."""

import subprocess
import sys
from pathlib import Path

import pytest

from trustact.ledger import leaf_hash
from trustact.ledger.checkpoint import Checkpoint, sign
from trustact.ledger.entry import Entry
from trustact.ledger.merkle import Frontier, home
from trustact.ledger.note import SigningKey
from trustact.ledger.tiles import published

# In a process of its own: one that has other threads, as a test runner may, does all by itself.
FORKED = """
import os
from trustact.audit.processes import in_order
from trustact.ledger.errors import VerificationError

def double(number):
    if number in wrong:
        raise VerificationError(f"piece {number}")
    return number * 2, os.getpid()

wrong = ()
found = list(in_order(double, range(1000)))
assert [twice for twice, _ in found] == list(range(0, 2000, 2))
cores = len(os.sched_getaffinity(0))
assert cores == 1 or os.getpid() not in {process for _, process in found}
assert {process for _, process in in_order(double, range(9))} == {os.getpid()}
wrong = (70, 990)
for things in (range(1000), iter(range(1000))):
    try:
        list(in_order(double, things))
    except VerificationError as told:
        assert str(told) == "piece 70", told
    else:
        raise AssertionError("no piece failed")
"""

KILLED = """
import os, signal
from trustact.audit.processes import in_order
from trustact.failures import OutsideFailed
own = os.getpid()

def die(number):
    if number == 500 and os.getpid() != own:
        os.kill(os.getpid(), signal.SIGKILL)
    return number

try:
    assert list(in_order(die, range(1000))) == list(range(1000))
    assert len(os.sched_getaffinity(0)) == 1
except OutsideFailed as told:
    assert "ended from outside" in str(told)
"""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False)


def test_results_and_the_first_failure_come_in_order() -> None:
    done = run("-c", FORKED)
    assert done.returncode == 0, done.stderr


def test_a_process_that_is_killed_fails_the_work_in_one_line() -> None:
    done = run("-c", KILLED)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The public files of 17,000 entries: 66 whole bundles and one more."""
    import datetime as dt

    key, edge = SigningKey("records.example.org/ledger", bytes(32)), Frontier()
    moment = dt.datetime(2025, 6, 1, tzinfo=dt.UTC)
    entries = [
        Entry(moment + dt.timedelta(minutes=n), "document-received", None, f"{n:064x}").encode()
        for n in range(17_000)
    ]
    rows = [edge.append(leaf_hash(entry)) for entry in entries]

    def node(level: int, index: int) -> bytes:
        row, place = home(level, index)
        return rows[row][place]

    folder = tmp_path_factory.mktemp("ledger")
    files = dict(published(len(entries), node, entries.__getitem__))
    files["checkpoint"] = sign(Checkpoint(key.name, len(entries), edge.root()), key).note
    files["ledger.vkey"] = key.verifier.text.encode()
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def audited(folder: Path) -> str:
    return run("-m", "trustact.cli", "audit", str(folder), "--kept", str(folder.parent / "kept")).stdout


def test_a_large_ledger_verifies(ledger: Path) -> None:
    said = audited(ledger)
    assert said.startswith("VERIFIED: records.example.org/ledger, 17000 entries")
    assert "17000 document-received" in said


@pytest.mark.parametrize("places", [(3, 60), (60,), (65,)])
def test_the_first_change_is_told(ledger: Path, places: tuple[int, ...]) -> None:
    changed = [ledger / f"tile/entries/{place:03}" for place in places]
    before = [file.read_bytes() for file in changed]
    for file, data in zip(changed, before, strict=True):
        file.write_bytes(data[:300] + bytes([data[300] ^ 1]) + data[301:])
    said = audited(ledger)
    for file, data in zip(changed, before, strict=True):
        file.write_bytes(data)
    assert said.startswith("NOT VERIFIED: tile/")
    assert f"/{places[0]:03}: " in said
