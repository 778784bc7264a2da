"""The report of a year: made from the record, filed in the ledger, checked by anyone against it."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from tests.casework.test_case import DETAINER
from tests.casework.test_receive import take
from tests.conftest import Clock
from trustact.audit.public import audit_public
from trustact.audit.source import source_of
from trustact.casework import Refused, reply
from trustact.casework.act import Disposition, act
from trustact.casework.confirm import confirm
from trustact.casework.filings import report_file, reports
from trustact.casework.report import report
from trustact.casework.set_aside import set_aside
from trustact.ledger.errors import VerificationError
from trustact.records.office import Office
from trustact.records.publication import publish_ledger

TICKED: dict[str, str | bool] = {
    "basis.final_order": False,
    "basis.removal_proceedings": True,
    "basis.biometric": False,
    "basis.statements": False,
    "basis.transferred_custody": False,
    "request.event_number": "BOS2500000001",
    "request.date": "2025-06-01",
    "request.file_number": "A 000 000 001",
}


def a_year(office: Office) -> None:
    """Two detainers (the second a copy of the first), one notification request, one fax that is no request."""
    for data, facts in (
        (b"II*\0 one", DETAINER),
        (b"II*\0 again", DETAINER),
        (b"II*\0 notice", {**DETAINER, "request.form": "i-247g"}),
    ):
        number = take(office, data)
        confirm(office, number, facts, "Sgt. Okafor", TICKED)
        act(office, number, Disposition("not-acted-upon", release="bailed"), "Sgt. Okafor")
    set_aside(office, take(office, b"II*\0 pharmacy"), "a pharmacy's fax", "Sgt. Okafor")


def figures(files: dict[str, bytes]) -> dict[str, int]:
    stated = json.loads(files["report.json"])["figures"]
    return {
        item["measure"]: item["amount"] for group in ("items", "lines", "beside") for item in stated[group]
    }


def audit(office: Office) -> tuple[str, ...]:
    return audit_public(source_of(str(office.public))).reports


def test_the_figures_are_those_of_the_record(either_office: Office) -> None:
    a_year(either_office)
    stated = figures(report(either_office, "us-ma-boston", "2025", "Commissioner's office"))
    assert stated["detainer-requests"] == 2
    assert stated["distinct-detainer-requests"] == 1
    assert stated["individuals-named"] == 1
    assert stated["notification-requests"] == 1
    assert (stated["individuals-held"], stated["individuals-transferred"], stated["reimbursements"]) == (
        0,
        0,
        0,
    )
    assert audit(either_office) == ("us-ma-boston 2025",)


def test_a_year_without_requests_prints_its_zeros(office: Office) -> None:
    files = report(office, "us-ma-boston", "2025", "Commissioner's office")
    assert set(figures(files).values()) == {0}
    assert audit(office) == ("us-ma-boston 2025",)


def test_every_receipt_of_the_period_must_be_accounted_for(office: Office) -> None:
    a_year(office)
    report(office, "us-ma-boston", "2025", "Commissioner's office")
    index = office.public / "reports" / "index.json"
    for number, entry in ((0, 0), (3, None)):
        filed = json.loads(index.read_bytes())
        dropped = filed[0]["receipts"].pop(number)
        index.write_text(json.dumps(filed))
        with pytest.raises(VerificationError, match=f"the receipt of entry {dropped['entry']} is missing"):
            audit(office)
        assert entry in (None, dropped["entry"])
        filed[0]["receipts"].insert(number, dropped)
        index.write_text(json.dumps(filed))
    assert audit(office) == ("us-ma-boston 2025",)


def test_a_printed_station_cannot_be_changed_afterwards(office: Office) -> None:
    a_year(office)
    report(office, "us-ma-boston", "2025", "Commissioner's office")
    index = office.public / "reports" / "index.json"
    index.write_bytes(index.read_bytes().replace(b'"D-4"', b'"A-1"', 1))
    with pytest.raises(VerificationError, match="entry 0 does not commit to what the report says of it"):
        audit(office)


def test_what_comes_after_filing_makes_a_supplement_and_changes_no_report(
    office: Office, clock: Clock
) -> None:
    a_year(office)
    filed = report(office, "us-ma-boston", "2025", "Commissioner's office")
    assert report(office, "us-ma-boston", "2025", "Commissioner's office") == filed
    clock.forward(days=200)
    late = take(office, b"II*\0 late", received_at=dt.datetime.fromisoformat("2025-06-05T10:00:00-04:00"))
    publish_ledger(office)
    assert audit(office) == ("us-ma-boston 2025",)

    supplement = report(office, "us-ma-boston", "2025", "Commissioner's office")

    assert figures(supplement)["late-entries"] == 1
    assert late in supplement["requests.csv"].decode()
    stated = json.loads(supplement["report.json"])
    assert stated["supplement"]["entry"] == reports(office)[-1].entry
    assert "0 before, 1 now" in stated["supplement"]["says"][1]
    assert stated["title"].endswith("supplement 1, calendar year 2025")
    assert audit(office) == ("us-ma-boston 2025", "us-ma-boston 2025-supplement-1")
    assert [each.period for each in reports(office)] == ["2025-supplement-1", "2025"]
    for name, period in ((filed, "2025"), (supplement, "2025-supplement-1")):
        assert {file: report_file(office, "us-ma-boston", period, file) for file in name} == name


def test_a_late_outcome_makes_a_supplement_to_the_supplement(office: Office) -> None:
    a_year(office)
    report(office, "us-ma-boston", "2025", "Commissioner's office")
    for _ in range(2):
        act(office, "2025-00001", Disposition("not-acted-upon", release="to-court"), "Sgt. Okafor")
        set_aside(office, take(office, b"II*\0 other"), "a pharmacy's fax", "Sgt. Okafor")
        report(office, "us-ma-boston", "2025", "Commissioner's office")
    assert [each.period for each in reports(office)] == ["2025-supplement-1", "2025"]


def test_the_public_address_is_printed_where_there_is_one(office: Office) -> None:
    settings = msgspec.structs.replace(office.settings, public_address="https://records.example.gov/trustact")
    stated = report(replace(office, settings=settings), "us-ma-boston", "2025", "Commissioner's office")
    assert json.loads(stated["report.json"])["ledger"]["address"] == "https://records.example.gov/trustact"


@pytest.mark.parametrize(
    ("law", "period", "says"),
    [("us-il", "2025", "works under us-ma-boston"), ("us-ma-boston", "twenty", "is not a year")],
)
def test_a_report_that_cannot_be_made_is_refused(office: Office, law: str, period: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        report(office, law, period, "Commissioner's office")


def test_a_reply_is_drafted_approved_and_silent_about_custody(either_office: Office, tmp_path: Path) -> None:
    a_year(either_office)
    drafted = reply.draft(either_office, "2025-00001", "Sgt. Okafor")
    assert "Draft: not sent" in drafted
    assert "bail" not in drafted
    approved = reply.approve(either_office, "2025-00001", "Lt. Nguyễn", "Lieutenant")
    assert "Draft" not in approved
    assert "Lt. Nguyễn" in approved
    assert reply.letter_pdf(either_office, "2025-00001").startswith(b"%PDF-")
    with pytest.raises(Refused, match="confirm the facts first"):
        reply.draft(either_office, take(either_office, b"II*\0 new"), "Sgt. Okafor")
