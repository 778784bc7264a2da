"""A host that answers two ways: what was verified is what is believed, whatever is served when it is asked again."""

import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest
from django.db import connection

from tests.audit.test_publishing import REPORT, files_of
from tests.casework.test_receive import take
from tests.casework.test_report import a_year
from trustact.audit.public import INDEX, audit_public
from trustact.audit.source import Fetch
from trustact.casework.check import check
from trustact.casework.publish import publish
from trustact.ledger import leaf_hash
from trustact.ledger.entry import Entry, commitment, parse_entry
from trustact.ledger.errors import VerificationError
from trustact.ledger.tiles import read_bundle, write_bundle
from trustact.records.office import Office

BUNDLE = "tile/entries/000.p/"


@pytest.fixture
def published(office: Office) -> dict[str, bytes]:
    """The public files of an office with a filed report."""
    a_year(office)
    REPORT(office)
    publish(office)
    return files_of(office.public)


def two_ways(files: dict[str, bytes], later: dict[str, bytes]) -> Fetch:
    """Serves each file as it is the first time, and otherwise from then on."""
    asked: set[str] = set()

    def fetch(path: str) -> bytes:
        again = path in asked
        asked.add(path)
        return later.get(path, files[path]) if again else files[path]

    return fetch


def test_a_report_forged_with_entries_that_bear_it_out(published: dict[str, bytes]) -> None:
    """The filing it opens is in no ledger: it is served only once the ledger has verified."""
    told = json.loads(published[INDEX])
    filing, folder = told[0]["filing"], told[0]["folder"]
    published[f"{folder}/figures.csv"] = b"forged"
    filing["opening"]["files"]["figures.csv"] = sha256(b"forged").hexdigest()
    place = next(path for path in published if path.startswith(BUNDLE))
    entries = read_bundle(published[place], int(place.rpartition("/")[2]))
    true = parse_entry(entries[filing["entry"]])
    public = commitment(bytes.fromhex(filing["salt"]), filing["opening"])
    entries[filing["entry"]] = Entry(true.at, true.kind, public, true.sealed, true.case, true.refs).encode()
    published[INDEX] = json.dumps(told).encode()
    with pytest.raises(VerificationError, match=r"tile/entries/.* other bytes"):
        audit_public(two_ways(published, {place: write_bundle(entries)}))


def test_a_report_whose_days_are_told_two_ways(published: dict[str, bytes]) -> None:
    """Fewer days are claimed, so that a receipt is not missed; the report that was filed says more."""
    told = json.loads(published[INDEX])
    told[0]["last"] = told[0]["first"]
    told[0]["receipts"] = []
    place = f"{told[0]['folder']}/report.json"
    forged = json.loads(published[place])
    forged["period"]["last"] = forged["period"]["first"]
    published[INDEX] = json.dumps(told).encode()
    with pytest.raises(VerificationError, match="covers 2025-01-01 to 2025-12-31"):
        audit_public(two_ways(published, {place: json.dumps(forged).encode()}))


def test_another_origin_does_not_hide_what_was_kept(office: Office, tmp_path: Path) -> None:
    """Asked for the checkpoint of which an earlier one may be kept, the host names a ledger nobody has seen."""
    take(office, b"one")
    publish(office)
    old = tmp_path / "old"
    shutil.copytree(office.public, old)
    take(office, b"two")
    publish(office)
    state = tmp_path / "kept"
    assert audited(str(office.public), state).startswith("VERIFIED")
    with served(old, {"/checkpoint": b"a stranger\n"}) as address:
        assert audited(address, state).startswith("NOT VERIFIED: checkpoint: the origin is not one")
        assert "it counts 2 entries, the published one only 1" in audited(address, state)


def audited(place: str, state: Path) -> str:
    """What an auditor is told who keeps checkpoints in a folder."""
    command = [sys.executable, "-m", "trustact.cli", "audit", place]
    environment = {**os.environ, "XDG_STATE_HOME": str(state)}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment).stdout


@contextmanager
def served(folder: Path, first: dict[str, bytes]) -> Iterator[str]:
    """The address of a folder on the web, some of whose files are other bytes the first time."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path not in first:
                return super().do_GET()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(first.pop(self.path))
            return None

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_entries_told_two_ways_do_not_bear_out_a_record(office: Office) -> None:
    """The record was changed, and the public entries are served as they were until they verified."""
    take(office, b"one")
    publish(office)
    files, place = files_of(office.public), f"{BUNDLE}1"
    (entry,) = read_bundle(files[place], 1)
    forged = entry.replace(b"document-received", b"document-declined")
    fetch = two_ways(files, {place: write_bundle([forged])})
    audited = audit_public(fetch)
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER ledger_row_no_update")
        cursor.execute("UPDATE ledger_row SET entry = %s, nodes = %s", [forged, leaf_hash(forged)])
    with pytest.raises(VerificationError, match="do not give the root that verified"):
        check(office, fetch, audited)
