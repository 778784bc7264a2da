"""The annual report as it is filed: its pages, its bytes, and the rows it refuses."""

import datetime as dt
from pathlib import Path

import msgspec
import pytest

from tests.publish.cases import BOSTON, DIGEST, HEAD, boston_form, flaws_ua1, many, report_files, row, words
from trustact.publish.report_form import ReportError
from trustact.publish.rows import RequestRow
from trustact.terms import Verdict

NAMES = {"report.pdf", "report.json", "requests.csv", "figures.csv", "datapackage.json"}


@pytest.mark.parametrize("count", [0, 1, 15, 60])
def test_the_pages_are_accessible(count: int) -> None:
    files = report_files(many(count))
    assert set(files) == NAMES
    assert flaws_ua1(files["report.pdf"]) == []


def test_the_same_record_gives_the_same_bytes_in_any_order() -> None:
    rows = many(20)
    assert report_files(rows) == report_files(rows[::-1])


def test_the_front_page_says_who_reports_to_whom_and_the_four_figures() -> None:
    text = words(report_files(many(15))["report.pdf"])
    for expected in (
        "To City Clerk, City of Boston",
        "From Police Commissioner, Boston Police Department",
        "Under Boston Trust Act, City of Boston Code 11-1.9",
        "Period January 1, 2025 through December 31, 2025",
        "1 Civil immigration detainer requests lodged with the City’s law enforcement officials 13 requests",
        "2 Individuals detained past eligibility for release 1 individual",
        "3 Individuals transferred to ICE custody 0 individuals",
        "4 Cost reimbursements received from the federal government $0.00 U.S. dollars",
        "Notification-only requests (outside the ordinance’s definition) 1 request",
    ):
        assert expected in text


def test_zero_rows_are_printed() -> None:
    text = words(report_files([])["report.pdf"])
    for expected in (
        "Removal proceedings pending 0",
        "Illegible 0",
        "Criminal warrant issued by a judicial officer 0",
        "No individual case $0.00",
        "Form I-247G 0",
        "District E-18, Hyde Park 0",
        "December 2025 0",
        "Telephone call 0",
        "No request was received in this period.",
    ):
        assert expected in text


def test_each_request_is_listed_with_what_was_done() -> None:
    rows = [
        row(1, reasons=("final-order", "statements")),
        row(2, distinct=False, of="2025-0001", channel="central-fax"),
        row(3, late=True, logged_on=dt.date(2025, 12, 30), outcome="open", hold_finding=None),
        row(
            4,
            outcome="held",
            held_past_eligibility=True,
            held_reason="judicial-criminal-warrant",
            hold_finding=Verdict.PERMITTED,
            transferred_to="immigration",
            reimbursement_cents=120450,
        ),
    ]
    text = words(report_files(rows)["report.pdf"])
    for expected in (
        "2025-0001 Mar 14, 2025 D-4 Fax to a station I-247A Final order of removal",
        "Not acted upon per the Boston Trust Act Bailed",
        "copy of 2025-0001",
        "entered late, on Dec 30, 2025",
        "Not yet decided Open on the date of this report",
        "Held past eligibility for release Reason for holding: Criminal warrant issued by a judicial officer",
        "Transferred to immigration authorities",
        "Cost reimbursements received from the federal government $1,204.50",
    ):
        assert expected in text


def test_it_says_how_it_was_counted_and_how_to_verify_it() -> None:
    text = words(report_files(many(3))["report.pdf"])
    for expected in (
        "Item 1 counts every document each time one was received",
        "Boston’s own paragraph is unread",
        f"trustact audit {HEAD.address}",
        HEAD.origin,
        f"Entries (tree size) {HEAD.size}",
        HEAD.root,
        DIGEST,
    ):
        assert expected in text


def test_a_ledger_published_nowhere_yet_has_no_address() -> None:
    text = words(report_files([], head=msgspec.structs.replace(HEAD, address=""))["report.pdf"])
    assert "trustact audit with the folder or address of the ledger" in text
    assert "Published at" not in text


def test_no_pseudonym_is_published() -> None:
    """The subjects of these rows are numbers that nothing else in the report resembles."""
    for data in report_files(many(20)).values():
        assert b"subject" not in data
        assert b"70000" not in data
    assert "70000" not in words(report_files(many(20))["report.pdf"])


def test_where_small_counts_are_withheld_no_request_is_listed() -> None:
    form = msgspec.structs.replace(boston_form(), suppress_below=5)
    files = report_files(many(15), form)
    assert set(files) == NAMES - {"requests.csv"}
    assert flaws_ua1(files["report.pdf"]) == []
    text = words(files["report.pdf"])
    assert "Individuals detained past eligibility for release withheld" in text
    assert "2025-0001" not in text
    assert msgspec.json.decode(files["report.json"])["requests"] is None


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (row(1, received_on=dt.date(2024, 12, 31)), "received on 2024-12-31, outside the period 2025"),
        (
            row(1, logged_on=dt.date(2025, 1, 1)),
            "entered on 2025-01-01, before it was received on 2025-03-14",
        ),
        (row(1, distinct=False), "a copy, and only a copy, names the earlier request"),
        (row(1, of="2025-0000"), "a copy, and only a copy, names the earlier request"),
        (row(1, held_reason="court-order"), "nobody was held past eligibility"),
        (row(1, reimbursement_cents=-1), "a reimbursement is less than nothing"),
        (row(1, outcome="ignored"), "Invalid enum value 'ignored'"),
        (row(1, salt="beef"), "its salt is not 64 hexadecimal digits"),
        (
            row(1, opening={"received_on": "2025-03-14", "station": "B-2", "channel": "fax"}),
            "station is D-4 here and B-2 in ledger entry 6, so nobody could verify it",
        ),
    ],
)
def test_a_row_that_cannot_stand_is_refused(wrong: RequestRow, message: str) -> None:
    with pytest.raises(ReportError) as refused:
        report_files([wrong])
    assert str(refused.value).startswith("request 2025-0001: ")
    assert message in str(refused.value)


def test_a_number_stands_once() -> None:
    with pytest.raises(ReportError, match="request 2025-0001: its number stands in another row too"):
        report_files([row(1), row(1)])


def test_templates_travel_with_the_package() -> None:
    import trustact.publish

    here = Path(trustact.publish.__file__).parent
    assert {file.name for file in here.glob("*.typ")} >= {"sheet.typ", "annual_report.typ", "letter.typ"}
    assert BOSTON.station("D-4") == "District D-4, South End"
