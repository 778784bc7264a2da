"""An office each earlier release left behind is migrated, opened, replayed, audited and worked on.

A release adds its own office with `python -m tests.records.fixtures.make`; none is ever made anew.
"""

import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Clock, _disconnect
from trustact.audit.public import audit_public
from trustact.audit.source import source_of
from trustact.casework.board import queue
from trustact.casework.check import check
from trustact.casework.confirm import confirm
from trustact.casework.dossier_of import dossier
from trustact.casework.events import case_of
from trustact.casework.read import document_bytes
from trustact.casework.receive import receive
from trustact.casework.replay import replay
from trustact.casework.reply import letter_pdf
from trustact.casework.rotate_key import rotate_key
from trustact.records.connection import connect
from trustact.records.models import Case
from trustact.records.office import Office, open_office
from trustact.records.publication import publish_ledger

KEPT = sorted((Path(__file__).parent / "fixtures").glob("office-*.tar.gz"))
SEEN_AGAIN = b"II*\0 invented fax 3"


@pytest.fixture(params=KEPT, ids=lambda path: path.name.removesuffix(".tar.gz"))
def left_behind(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Office]:
    """The office as the release left it, connected: its tables are brought up to date."""
    monkeypatch.delenv("TRUSTACT_DATABASE_URL", raising=False)
    with tarfile.open(request.param) as archive:
        archive.extractall(tmp_path, filter="data")
    office = open_office(tmp_path / "office", clock=Clock("2026-02-02T09:00:00-05:00"))
    connect(office)
    yield office
    _disconnect()


def test_every_case_opens_every_decision_replays_and_the_ledger_continues(left_behind: Office) -> None:
    kept = (left_behind.public / "checkpoint").read_bytes()
    assert len(queue(left_behind)) == Case.objects.count() == 6
    files = {number: dossier(left_behind, number) for number in Case.objects.values_list("number", flat=True)}
    assert [bool(file.decisions) for file in files.values()] == [True, True, True, True, False, False]
    assert letter_pdf(left_behind, "2025-00001").startswith(b"%PDF-")
    assert all(document_bytes(left_behind, case_of(number)) for number in files)
    assert replay(left_behind) == 4
    confirm(left_behind, "2025-00006", {"request.form": "i-247g"}, "Sgt. R. Okafor")
    publish_ledger(left_behind)
    fetch = source_of(str(left_behind.public))
    audited = audit_public(fetch, older={"kept": kept})
    assert audited.reports == ("us-ma-boston 2025",)
    assert check(left_behind, fetch, audited.size).decisions == 5


def test_what_was_indexed_is_found_again_even_after_the_first_key_is_gone(left_behind: Office) -> None:
    def again() -> bool:
        return receive(left_behind, SEEN_AGAIN, station="D-4", channel="fax", by="Sgt. R. Okafor").again

    assert again()
    rotate_key(left_behind, "Lt. T. Nguyễn")
    assert again()
    assert replay(left_behind) == 4
