"""What was acknowledged is in the ledger, whatever dies next; and shredding a record changes no proof."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import BOSTON
from trustact.audit.public import audit_public
from trustact.audit.source import source_of
from trustact.casework.events import case_of
from trustact.casework.read import document_bytes
from trustact.records.append import entry_bytes
from trustact.records.office import Office, make_office
from trustact.records.publication import publish_ledger, receipt_of

WRITER = """
import sys
from pathlib import Path
from trustact.casework.clock import now
from trustact.records.connection import connect
from trustact.records.office import open_office
office = open_office(Path(sys.argv[1]), clock=now)
connect(office)
from trustact.casework.receive import receive
for number in range(10_000):
    data = f"{sys.argv[2]} {number}".encode()
    receipt = receive(office, data, station="D-4", channel="fax", by="Sgt. Okafor")
    print(receipt.number, receipt.entry, data.decode(), flush=True)
"""


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_killed_writer_loses_nothing_it_acknowledged(
    database: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    from trustact.casework.clock import now
    from trustact.records.connection import connect

    if database == "postgresql":
        office: Office = request.getfixturevalue("postgresql_office")
    else:
        office = make_office(tmp_path / "killed", BOSTON, clock=now)
        connect(office)
    acknowledged: list[str] = []
    for attempt in range(3):
        acknowledged += _write_until_killed(office, attempt, after=4 + 3 * attempt)
    publish_ledger(office)
    audit_public(source_of(str(office.public)))
    assert len(acknowledged) >= 4 + 7 + 10
    for line in acknowledged:
        number, entry, data = line.split(" ", 2)
        assert document_bytes(office, case_of(number)).decode() == data
        receipt_of(office, int(entry)).verify(entry_bytes(int(entry)), [office.ledger_key])


def _write_until_killed(office: Office, attempt: int, after: int) -> list[str]:
    """What a writer acknowledged before it was killed in the middle of its work."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "trustact.records.settings"}
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(office.folder), f"document {attempt}"],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert writer.stdout
    lines = [next(writer.stdout).strip() for _ in range(after)]
    until = time.monotonic() + 0.003 * attempt  # somewhere inside the next transaction
    while time.monotonic() < until:
        pass
    writer.send_signal(signal.SIGKILL)
    rest, _ = writer.communicate()
    return lines + [line for line in rest.splitlines() if line]
