"""What its time is over is forgotten, by two persons; every proof, receipt and filed figure stands."""

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from django.db import connection

from tests.casework.test_case import DETAINER
from tests.casework.test_receive import take
from tests.casework.test_report import TICKED, a_year, audit, figures
from tests.conftest import Clock
from trustact.audit.public import audit_public
from trustact.audit.source import source_of
from trustact.casework import CaseShredded, Refused, hold, reply
from trustact.casework.act import Disposition, act
from trustact.casework.board import queue
from trustact.casework.check import check, check_office
from trustact.casework.confirm import confirm
from trustact.casework.dossier_of import dossier
from trustact.casework.events import case_of
from trustact.casework.filings import reports
from trustact.casework.read import document_bytes
from trustact.casework.report import report
from trustact.casework.retention import due
from trustact.casework.shred import confirm as shred
from trustact.casework.shred import erase, not_erased, proposals, propose
from trustact.ledger.errors import VerificationError
from trustact.records.append import append, entry_bytes
from trustact.records.erasure import found_in_files
from trustact.records.intake_settings import FolderSettings, IntakeSettings
from trustact.records.models import Document, SealedRecord
from trustact.records.office import Office
from trustact.records.publication import publish_ledger, receipt_of

PLAINTEXT = (b"II*\0 one", b"BOS2500000001", b"A 000 000 001")
LAW, CHIEF = "us-ma-boston", "Commissioner's office"
PAPER = "Supervisor of Records, letter of 2 May 2033"
PROPOSER, CONFIRMER = "Sgt. Okafor", "Lt. Nguyễn"


def a_year_filed(office: Office) -> dict[str, bytes]:
    a_year(office)
    reply.draft(office, "2025-00001", "Sgt. Okafor")
    return report(office, LAW, "2025", CHIEF)


def check_whole(office: Office) -> None:
    """The audit with the office, as the command makes it."""
    publish_ledger(office)
    fetch = source_of(str(office.public))
    check(office, fetch, audit_public(fetch))


def shred_what_is_due(office: Office) -> tuple[str, ...]:
    done = shred(office, propose(office, PROPOSER, PAPER).entry, CONFIRMER)
    assert done.found == 0
    return done.shredded


def test_the_dry_run_says_what_would_go_and_why_and_what_stays(office: Office, clock: Clock) -> None:
    a_year(office)
    assert due(office) == []
    clock.forward(days=8 * 365)
    assert {each.kept_by[0].partition(":")[0] for each in due(office)} == {
        "no report has been filed that counts it as it stands"
    }
    report(office, LAW, "2025", CHIEF)
    (first, *rest) = due(office)
    assert first.goes
    assert all(each.goes for each in rest)
    assert (first.number, first.rule, first.cite) == (
        "2025-00001",
        "us-ma/papers-seven-years",
        "M.G.L. c. 66, s. 8",
    )
    assert first.since.isoformat() == "2032-06-01"
    before = SealedRecord.objects.count()
    due(office)
    assert SealedRecord.objects.count() == before


def test_shredding_leaves_no_byte_and_every_proof_and_figure(either_office: Office, clock: Clock) -> None:
    office = either_office
    filed = a_year_filed(office)
    before = publish_ledger(office)
    receipts = [receipt_of(office, index).encode() for index in range(before.size)]
    clock.forward(days=8 * 365)
    records = SealedRecord.objects.all()
    needles = [needle for r in records for needle in (bytes(r.wrapped_key), bytes(r.ciphertext)[:40])]
    needles += [document.fingerprint.encode() for document in Document.objects.all()]
    assert found_in_files(needles) == sorted(needles)
    report_record = SealedRecord.objects.get(event__kind="report-filed")

    assert shred_what_is_due(office) == ("2025-00001", "2025-00002", "2025-00003", "2025-00004")

    still = [bytes(report_record.ciphertext)[:40], bytes(report_record.wrapped_key)]
    assert found_in_files(needles) == sorted(still)
    gone = [needle for needle in needles if needle not in still]
    for file in filter(Path.is_file, office.folder.rglob("*")):
        assert not any(needle in file.read_bytes() for needle in (*gone, *PLAINTEXT)), file
    assert [receipt_of(office, index).verify(entry_bytes(index), [office.ledger_key]) for index in range(5)]
    assert len(receipts) == before.size
    assert check_office(office).decisions == 0
    check_whole(office)
    assert audit(office) == ("us-ma-boston 2025",)
    assert report(office, LAW, "2025", CHIEF) == filed
    with pytest.raises(CaseShredded, match=r"case 2025-00001 was shredded .* ledger entry \d+"):
        dossier(office, "2025-00001")
    assert queue(office).lines == ()


def test_a_supplement_still_counts_what_was_shredded(office: Office, clock: Clock) -> None:
    filed = a_year_filed(office)
    clock.forward(days=8 * 365)
    shred_what_is_due(office)
    take(office, b"II*\0 seven years late", received_at=clock().replace(year=2025))
    supplement = report(office, LAW, "2025", CHIEF)
    was, now = figures(filed), figures(supplement)
    assert now["late-entries"] == was["late-entries"] + 1
    assert now["individuals-named"] == was["individuals-named"] + 1
    assert {now[name] - was[name] for name in was} == {0, 1}
    check_whole(office)
    assert audit(office) == ("us-ma-boston 2025", "us-ma-boston 2025-supplement-1")
    assert len(reports(office)) == 2


def test_it_takes_two_persons_and_the_approval_the_schedule_asks_for(office: Office, clock: Clock) -> None:
    a_year_filed(office)
    with pytest.raises(Refused, match="nothing is due"):
        propose(office, PROPOSER, PAPER)
    clock.forward(days=8 * 365)
    with pytest.raises(Refused, match="asks for written approval of the Supervisor of Records"):
        propose(office, PROPOSER)
    entry = propose(office, PROPOSER, PAPER).entry
    for same in (PROPOSER, " sgt.  OKAFOR "):
        with pytest.raises(Refused, match="another person must confirm"):
            shred(office, entry, same)
    with pytest.raises(Refused, match="say who"):
        shred(office, entry, " ")
    with pytest.raises(Refused, match="is no proposal that waits"):
        shred(office, 0, CONFIRMER)
    assert [each.entry for each in proposals(office)] == [entry]
    shred(office, entry, CONFIRMER)
    assert proposals(office) == []
    with pytest.raises(Refused, match="is no proposal that waits"):
        shred(office, entry, CONFIRMER)


def test_an_interrupted_shredding_is_told_until_it_is_erased(office: Office) -> None:
    confirmed = append(office, "shredding-confirmed", {"cases": [], "proposal": 0}, actor=CONFIRMER)
    assert not_erased() == confirmed
    assert erase(office, CONFIRMER) == 0
    assert not_erased() is None


def test_a_legal_hold_stops_shredding_until_it_is_lifted(either_office: Office, clock: Clock) -> None:
    office = either_office
    a_year_filed(office)
    clock.forward(days=8 * 365)
    entry = propose(office, PROPOSER, PAPER).entry
    placed = hold.place(office, "2025-00003", "Subpoena of 3 May", "Counsel Reyes")
    done = shred(office, entry, CONFIRMER)
    assert "2025-00003" not in done.shredded
    assert f"legal hold of entry {placed.entry}, placed by Counsel Reyes" in done.stayed["2025-00003"]
    everywhere = hold.place(office, "", "Inquiry", "Counsel Reyes")
    hold.lift(office, placed.entry, "settled", "Counsel Reyes")
    assert [each.entry for each in hold.standing(office)] == [everywhere.entry]
    with pytest.raises(Refused, match="nothing is due"):
        propose(office, PROPOSER, PAPER)
    hold.lift(office, everywhere.entry, "closed", "Counsel Reyes")
    with pytest.raises(Refused, match="no legal hold stands"):
        hold.lift(office, everywhere.entry, "again", "Counsel Reyes")
    with pytest.raises(Refused, match="needs its reason"):
        hold.place(office, "", " ", "Counsel Reyes")
    assert [each.reason for each in hold.liftings(office)] == ["settled", "closed"]
    assert all("was lifted by Counsel Reyes" in each.lifted[-1] for each in due(office))
    assert shred_what_is_due(office)
    assert [each.reason for each in hold.liftings(office)] == ["closed"]
    assert proposals(office) == []
    with pytest.raises(CaseShredded):
        hold.place(office, "2025-00003", "Subpoena", "Counsel Reyes")
    check_office(office)


def test_a_proposal_ends_where_a_hold_on_a_case_of_it_is_lifted(office: Office, clock: Clock) -> None:
    a_year_filed(office)
    number = take(office, b"II*\0 of another matter")
    clock.forward(days=8 * 365)
    elsewhere = hold.place(office, number, "Subpoena", "Counsel Reyes")
    entry = propose(office, PROPOSER, PAPER).entry
    placed = hold.place(office, "2025-00003", "Subpoena", "Counsel Reyes")
    hold.lift(office, elsewhere.entry, "settled", "Counsel Reyes")
    assert [each.entry for each in proposals(office)] == [entry]
    hold.lift(office, placed.entry, "settled", "Counsel Reyes")
    assert proposals(office) == []
    with pytest.raises(Refused, match="is no proposal that waits"):
        shred(office, entry, CONFIRMER)
    assert shred_what_is_due(office) == ("2025-00001", "2025-00002", "2025-00003", "2025-00004")
    assert proposals(office) == []


def test_cases_of_one_person_go_together(office: Office, clock: Clock) -> None:
    a_year_filed(office)
    clock.forward(days=8 * 365)
    hold.place(office, "2025-00002", "Subpoena", "Counsel Reyes")
    stays = {each.number: each.kept_by for each in due(office) if not each.goes}
    assert stays["2025-00001"] == ("it goes together with case 2025-00002, of the same person, which stays",)
    assert "2025-00004" not in stays


def test_an_open_or_changed_case_stays(office: Office, clock: Clock) -> None:
    a_year_filed(office)
    number = take(office, b"II*\0 forgotten")
    clock.forward(days=8 * 365)
    kept = {each.number: each.kept_by for each in due(office)}
    assert kept[number] == ("it is still open: record what was done, or set it aside",)
    confirm(office, number, DETAINER, PROPOSER, {**TICKED, "request.file_number": "A 000 000 009"})
    act(office, number, Disposition("not-acted-upon"), PROPOSER)
    assert number not in [each.number for each in due(office)]


def test_a_record_brought_back_or_lost_is_told(either_office: Office, clock: Clock) -> None:
    office = either_office
    a_year_filed(office)
    kept = list(SealedRecord.objects.filter(event__case__number="2025-00004"))
    clock.forward(days=8 * 365)
    shred_what_is_due(office)
    check_office(office)
    kept[0].save()
    with pytest.raises(VerificationError, match=r"was shredded by entry \d+, and is there again"):
        check_office(office)
    SealedRecord.objects.filter(pk=kept[0].pk).update(wrapped_key=b"", ciphertext=b"")
    lost = SealedRecord.objects.get(event__kind="report-filed")
    lost.wrapped_key = lost.ciphertext = b""
    lost.save()
    with pytest.raises(VerificationError, match="its record is gone, and no entry shredded it"):
        check_office(office)


def test_documents_put_in_each_others_place_are_told(office: Office) -> None:
    numbers = [take(office, f"II*\0 {number}".encode()) for number in range(2)]
    one, two = (Document.objects.get(case__number=number) for number in numbers)
    one.case, two.case = two.case, one.case
    one.save()
    two.save()
    with pytest.raises(VerificationError, match="what is said of that of entry 0 is not what was received"):
        check_office(office)


def test_sealed_documents_put_in_each_others_place_are_told(office: Office) -> None:
    for number in range(2):
        take(office, f"II*\0 {number}".encode())
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("SELECT sealed_id FROM document ORDER BY case_id")
        first, second = (row[0] for row in cursor.fetchall())
        for before, after in ((first, "aside"), (second, first), ("aside", second)):
            cursor.execute("UPDATE document SET sealed_id = %s WHERE sealed_id = %s", [after, before])
    with pytest.raises(VerificationError, match="that of entry 0 is not the one that was received"):
        check_office(office)


def test_the_same_bytes_after_shredding_are_a_new_case(office: Office, clock: Clock) -> None:
    a_year_filed(office)
    clock.forward(days=8 * 365)
    shred_what_is_due(office)
    assert take(office, b"II*\0 one") == "2033-00001"
    assert document_bytes(office, case_of("2033-00001")) == b"II*\0 one"


def test_copies_kept_in_a_watched_folder_go_with_their_case(office: Office, clock: Clock) -> None:
    folder = FolderSettings(name="fax-d4", path="fax", station="D-4", sidecar=".json")
    intake = IntakeSettings(folders=(folder,))
    office = replace(office, settings=msgspec.structs.replace(office.settings, intake=intake))
    a_year_filed(office)
    day = office.folder / "fax" / "received" / "2025-06-01"
    day.mkdir(parents=True)
    for name, data in (
        ("a.tif", b"II*\0 one"),
        ("a.json", b"{}"),
        ("b.tif", b"II*\0 xxx"),
        ("b.json", b"{}"),
    ):
        (day / name).write_bytes(data)
    clock.forward(days=8 * 365)
    done = shred(office, propose(office, PROPOSER, PAPER).entry, CONFIRMER)
    assert (done.copies, done.copies_stayed) == (1, 0)
    assert sorted(file.name for file in day.iterdir()) == ["b.json", "b.tif"]
