"""From office to witness to auditor: real processes, a real server, a ledger that tells two stories."""

import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.casework.test_receive import take
from trustact.audit.public import audit_public
from trustact.audit.source import source_of
from trustact.casework.publish import publish
from trustact.ledger.errors import VerificationError
from trustact.ledger.note import VerifierKey
from trustact.ledger.policy import parse_policy
from trustact.records.office import Office, OfficeError
from trustact.records.publication import receipt_of
from trustact.witness.folder import WitnessFolder


def trustact(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "trustact.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


class Clerk:
    """A witness at the city clerk's: its folder, its address, its server."""

    def __init__(self, folder: Path, ledger: VerifierKey) -> None:
        self.folder = folder
        made = trustact("witness", "new", folder, "--name", "clerk.example.org/w")
        self.vkey = made.stdout.strip()
        assert trustact("witness", "know", folder, ledger.text).returncode == 0
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.serve()

    def serve(self) -> None:
        command = [sys.executable, "-m", "trustact.cli", "witness", "serve", self.folder, "--port", self.port]
        self.server = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL)
        until = time.monotonic() + 30
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
        raise AssertionError("the witness does not answer")

    def stop(self) -> None:
        self.server.terminate()
        self.server.wait(20)

    @property
    def policy(self) -> str:
        return f"witness clerk {self.vkey} {self.address}\nquorum clerk\n"


@pytest.fixture
def clerk(office: Office, tmp_path: Path) -> Iterator[Clerk]:
    found = Clerk(tmp_path / "clerk", office.ledger_key)
    (office.folder / "witnesses.policy").write_text(found.policy)
    yield found
    found.stop()


def test_a_witness_cosigns_what_is_published_and_a_split_view_is_caught(
    office: Office, clerk: Clerk, tmp_path: Path
) -> None:
    take(office, b"one")
    first = publish(office)
    assert (first.cosigned, first.silent, first.enough) == (("clerk",), (), True)
    take(office, b"two")
    assert publish(office).cosigned == ("clerk",)
    policy = parse_policy(clerk.policy)
    found = audit_public(source_of(str(office.public)), policy=policy)
    assert list(found.cosigned) == ["clerk"]
    assert policy.is_enough(
        set(policy.cosigned(receipt_of(office, 0).verify(entry(office, 0), [office.ledger_key])))
    )

    # The witness goes away: publication goes on and says so; the auditor who asks for the witness is told.
    clerk.stop()
    take(office, b"three")
    alone = publish(office)
    assert (alone.cosigned, alone.enough) == ((), False)
    assert "no answer from" in alone.silent[0].reason
    with pytest.raises(VerificationError, match="cosigned by no witness, but the policy wants clerk"):
        audit_public(source_of(str(office.public)), policy=policy)
    assert any("wants clerk" in note for note in audit_public(source_of(str(office.public))).notes)

    # It comes back, and takes up where it was: its record outlived it.
    clerk.serve()
    assert publish(office).cosigned == ("clerk",)
    page = urllib.request.urlopen(clerk.address + "/", timeout=10).read().decode()
    assert ": 3 entries, /seen/" in page

    a_second_history(office, clerk, page.splitlines()[1].rpartition(" ")[2], tmp_path)


def entry(office: Office, index: int) -> bytes:
    from trustact.records.append import entry_bytes

    return entry_bytes(index)


def a_second_history(office: Office, clerk: Clerk, seen: str, tmp_path: Path) -> None:
    """The office of a moment ago writes another third entry, under the same key, and shows it to others."""
    from django.db import connection

    true_public = tmp_path / "true"
    shutil.copytree(office.public, true_public)
    with connection.cursor() as cursor:  # what somebody who owns the machine can do
        cursor.execute("DROP TRIGGER ledger_row_no_delete")
        cursor.execute("DROP TRIGGER ledger_checkpoint_no_delete")
        for table in ("receipt_index", "event", "document", "case_file"):
            cursor.execute(f"DELETE FROM {table} WHERE rowid = (SELECT MAX(rowid) FROM {table})")
        cursor.execute('DELETE FROM ledger_row WHERE "index" = 2')
        cursor.execute("DELETE FROM ledger_checkpoint WHERE size = 3")
    take(office, b"another third")
    with pytest.raises(OfficeError, match="does not continue"):
        publish(office)
    shutil.rmtree(office.public)
    split = publish(office)
    assert (split.cosigned, split.silent[0].split) == ((), True)
    assert audit_public(source_of(str(office.public))).size == 3  # by itself it is without fault

    shown = trustact("witness", "show", clerk.folder)
    assert shown.returncode == 1
    assert "SPLIT VIEW?" in shown.stdout
    assert len(WitnessFolder(clerk.folder).suspects()) == 1
    for older in (clerk.address + seen, true_public / "checkpoint"):
        told = trustact("audit", office.public, "--older", older, "--forget")
        assert told.returncode == 1
        assert "SPLIT VIEW" in told.stdout
        assert "it told two histories" in told.stdout


def test_an_audit_keeps_the_checkpoint_and_the_next_one_asks_it(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    take(office, b"one")
    publish(office)
    old = tmp_path / "old"
    shutil.copytree(office.public, old)
    assert "no checkpoint of it was kept" in trustact("audit", office.public).stdout
    take(office, b"two")
    publish(office)
    again = trustact("audit", office.public, "--json")
    assert json.loads(again.stdout)["size"] == 2
    replayed = trustact("audit", old)
    assert replayed.returncode == 1
    assert "counts 2 entries, the published one only 1" in replayed.stdout
    assert trustact("audit", old, "--kept", tmp_path / "mine").returncode == 0
    assert (tmp_path / "mine").read_bytes() == (old / "checkpoint").read_bytes()
    assert trustact("audit", old, "--forget").returncode == 0
    assert len(list((tmp_path / "state" / "trustact" / "checkpoints").iterdir())) == 1
