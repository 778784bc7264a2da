"""The audit with the office: the record row by row against the ledger, every report made again, nothing passed over."""

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest
from django.db import connection

from tests.casework.test_receive import take
from tests.casework.test_report import a_year
from tests.conftest import Clock
from trustact.audit.public import audit_public
from trustact.audit.source import source_of
from trustact.casework import reply
from trustact.casework.check import Checked, check
from trustact.casework.report import report, restore_reports
from trustact.ledger.errors import VerificationError
from trustact.records.append import append
from trustact.records.models import Event
from trustact.records.office import Office
from trustact.records.publication import publish_ledger


@pytest.fixture
def filled(either_office: Office) -> Office:
    """An office after a year: decisions, a letter, a set-aside fax, a filed report, and a case that came later."""
    a_year(either_office)
    reply.draft(either_office, "2025-00001", "Sgt. Okafor")
    report(either_office, "us-ma-boston", "2025", "Commissioner's office")
    a_year_goes_on(either_office)
    return either_office


def a_year_goes_on(office: Office) -> None:
    from tests.casework.test_case import DETAINER
    from trustact.casework.act import Disposition, act
    from trustact.casework.confirm import confirm

    number = take(office, b"II*\0 after the report")
    confirm(office, number, DETAINER, "Sgt. Okafor")
    act(office, "2025-00001", Disposition("not-acted-upon", release="to-court"), "Lt. Nguyen")
    publish_ledger(office)


def checked(office: Office) -> Checked:
    fetch = source_of(str(office.public))
    return check(office, fetch, audit_public(fetch))


def test_a_sound_office_is_checked_to_the_last_report(filled: Office) -> None:
    found = checked(filled)
    assert (found.decisions, found.reports, found.notes) == (4, 1, ())


CHANGES = [
    ("UPDATE event SET actor = 'Someone else' WHERE \"index\" = 3", "names another person or case"),
    ("UPDATE event SET kind = 'document-read' WHERE \"index\" = 1", "entry 1 is .* of another case"),
    ('UPDATE event SET case_id = 2 WHERE "index" = 1', "entry 1 is .* of another case"),
    ("UPDATE case_file SET number = '2025-09999' WHERE id = 2", "names another person or case"),
    (
        "UPDATE case_file SET stage = 'set-aside' WHERE id = 1",
        "case 2025-00001 is 'set-aside', its entries make it",
    ),
    ("UPDATE case_file SET subject = '' WHERE id = 1", "the fingerprints of case 2025-00001"),
    ("UPDATE document SET media_type = 'image/png'", "is not what was received"),
    ("DELETE FROM document WHERE case_id = 1", "case 2025-00001 has 0 documents"),
    ('DELETE FROM event WHERE "index" = 5', "entry 5: the record has lost the event"),
    ('DELETE FROM event WHERE "index" = (SELECT MAX("index") FROM ledger_row)', "has lost the event"),
    ('UPDATE law_archive SET archive = (SELECT entry FROM ledger_row WHERE "index" = 0)', "law|archive"),
    (
        "UPDATE sealed_record SET wrapped_key = x'', ciphertext = x'' WHERE id = (SELECT sealed_id FROM event WHERE \"index\" = 2)",
        "entry 2: its record is gone, and no entry shredded it",
    ),
]


@pytest.mark.parametrize(("change", "says"), CHANGES, ids=[change[:45] for change, _ in CHANGES])
def test_a_change_of_the_record_is_told_with_its_place(office: Office, change: str, says: str) -> None:
    a_year(office)
    reply.draft(office, "2025-00001", "Sgt. Okafor")
    publish_ledger(office)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute(change)
    with pytest.raises(VerificationError, match=says):
        checked(office)


def test_swapped_records_of_the_vault_do_not_pass(filled: Office) -> None:
    first, second = Event.objects.filter(kind="facts-attested").select_related("sealed")[:2]
    ours, theirs = first.sealed, second.sealed
    one = (ours.key_id, bytes(ours.wrapped_key), bytes(ours.ciphertext))
    ours.key_id, ours.wrapped_key, ours.ciphertext = theirs.key_id, theirs.wrapped_key, theirs.ciphertext
    theirs.key_id, theirs.wrapped_key, theirs.ciphertext = one
    ours.save()
    theirs.save()
    with pytest.raises(VerificationError, match=r"record .* does not open"):
        checked(filled)


def test_a_report_that_says_other_figures_than_the_record_is_told(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Filed with one request fewer than was received: its hashes agree with the ledger, its figures with nothing."""
    from trustact.casework import making
    from trustact.casework.rows import rows_of

    a_year(office)
    with monkeypatch.context() as patch:
        patch.setattr(making, "rows_of", lambda *given: list(rows_of(*given))[:-1])
        report(office, "us-ma-boston", "2025", "Commissioner's office")
    assert audit_public(source_of(str(office.public))).reports == ("us-ma-boston 2025",)
    with pytest.raises(VerificationError, match="it says notification-requests 0, the record gives 1"):
        checked(office)


def test_what_a_crash_left_out_of_a_report_is_written_again(office: Office) -> None:
    a_year(office)
    report(office, "us-ma-boston", "2025", "Commissioner's office")
    folder = office.public / "reports" / "us-ma-boston" / "2025"
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    (folder / "report.pdf").write_bytes(before["report.pdf"][:100])
    (folder / "requests.csv").unlink()
    with pytest.raises(VerificationError, match=r"not the file that was filed|is missing"):
        audit_public(source_of(str(office.public)))
    assert restore_reports(office) == ["us-ma-boston 2025"]
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
    assert restore_reports(office) == []
    assert audit_public(source_of(str(office.public))).reports == ("us-ma-boston 2025",)


def test_a_public_copy_that_the_record_does_not_bear_out(office: Office, tmp_path: Path) -> None:
    a_year(office)
    publish_ledger(office)
    copy = tmp_path / "copy"
    shutil.copytree(office.public, copy)
    append(office, "contact-noted", {"note": "a call"}, actor="Sgt. Okafor")
    fetch = source_of(str(copy))
    assert check(office, fetch, audit_public(fetch)).decisions == 3  # the record may be ahead of the public
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER ledger_row_no_update")
        cursor.execute(
            'UPDATE ledger_row SET entry = (SELECT entry FROM ledger_row WHERE "index" = 0) WHERE "index" = 4'
        )
    with pytest.raises(VerificationError, match="ledger_row: entry 4 is not the one published"):
        check(office, fetch, audit_public(fetch))


def test_days_of_another_zone_do_not_hide_a_receipt(office: Office, clock: Clock) -> None:
    """Half past eleven on the last evening of the year is next year's in the Pacific, where the report need not list it."""
    a_year(office)
    clock.now = dt.datetime.fromisoformat("2025-12-31T23:30:00-05:00")
    take(office, b"II*\0 the last evening")
    report(office, "us-ma-boston", "2025", "Commissioner's office")
    index = office.public / "reports" / "index.json"
    told = json.loads(index.read_bytes())
    told[0]["receipts"].pop()
    index.write_text(json.dumps(told))
    with pytest.raises(VerificationError, match=r"the receipt of entry .* is missing from it"):
        audit_public(source_of(str(office.public)))
    told[0]["time_zone"] = "Pacific/Kiritimati"
    index.write_text(json.dumps(told))
    with pytest.raises(VerificationError, match="are those of America/New_York, not of Pacific/Kiritimati"):
        audit_public(source_of(str(office.public)))


@pytest.mark.parametrize("deep", [900, 100_000])
def test_an_index_nested_without_end_is_no_traceback(office: Office, deep: int) -> None:
    a_year(office)
    report(office, "us-ma-boston", "2025", "Commissioner's office")
    index = office.public / "reports" / "index.json"
    told = json.loads(index.read_bytes())
    told[0]["filing"]["opening"] = "HERE"
    index.write_text(json.dumps(told).replace('"HERE"', '{"a":' + "[" * deep + "]" * deep + "}"))
    with pytest.raises(VerificationError):
        audit_public(source_of(str(office.public)))


def test_a_malformed_salt_in_the_index_is_no_traceback(office: Office) -> None:
    a_year(office)
    report(office, "us-ma-boston", "2025", "Commissioner's office")
    index = office.public / "reports" / "index.json"
    for salt in ("xyz", "00", ""):
        told = json.loads(index.read_bytes())
        told[0]["filing"]["salt"] = salt
        index.write_text(json.dumps(told))
        with pytest.raises(VerificationError, match="does not commit to what the report says"):
            audit_public(source_of(str(office.public)))
