"""Boston's report form, its dates, and the mistakes a form can have."""

import datetime as dt
from pathlib import Path

import pytest

from tests.publish.cases import boston_form
from trustact.publish.report_form import ReportError, read_report_form
from trustact.shelves import ShelfError, shelf
from trustact.terms import Evidence

BOSTON = shelf("laws") / "us-ma-boston" / "report.yaml"


def changed(tmp_path: Path, old: str, new: str) -> Path:
    text = BOSTON.read_text()
    assert old in text
    path = tmp_path / "report.yaml"
    path.write_text(text.replace(old, new))
    return path


def test_boston_reports_four_items_from_commissioner_to_clerk() -> None:
    form = boston_form()
    assert (form.from_.title, form.to.title) == ("Police Commissioner", "City Clerk")
    assert [(item.unit, item.measure) for item in form.items] == [
        ("request", "detainer-requests"),
        ("individual", "individuals-held"),
        ("individual", "individuals-transferred"),
        ("cents", "reimbursements"),
    ]
    assert form.lines[0].says == "Notification-only requests (outside the ordinance's definition)"
    assert form.suppress_below is None


def test_it_says_how_well_its_paragraph_is_known() -> None:
    form = boston_form()
    assert form.evidence is Evidence.SECONDARY
    assert "Somerville" in form.evidence_note
    assert "unread" in form.evidence_note


def test_a_calendar_year_is_due_on_its_last_day() -> None:
    form = boston_form()
    period = form.period_named("2025")
    assert (period.first, period.last) == (dt.date(2025, 1, 1), dt.date(2025, 12, 31))
    assert form.due_on(period) == dt.date(2025, 12, 31)


def test_a_year_that_begins_in_july_is_due_after_it_ends(tmp_path: Path) -> None:
    path = changed(tmp_path, "begins: 01-01", "begins: 07-01")
    path.write_text(path.read_text().replace("due: 12-31", "due: 09-01"))
    form = read_report_form(path)
    period = form.period_named("2024")
    assert (period.first, period.last) == (dt.date(2024, 7, 1), dt.date(2025, 6, 30))
    assert form.due_on(period) == dt.date(2025, 9, 1)


@pytest.mark.parametrize("name", ["25", "2025-Q1", "0000", "next", ""])
def test_a_period_that_is_no_year_is_refused(name: str) -> None:
    with pytest.raises(ReportError, match="is not a year such as 2025"):
        boston_form().period_named(name)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("due: 12-31", "due: 02-30", "02-30 is not a day of every year"),
        ("begins: 01-01", "begins: 02-29", "02-29 is not a day of every year"),
        ("suppress_below: null", "suppress_below: 1", "below 2 there is nothing to withhold"),
        ("evidence: secondary", "evidence: rumour", "rumour"),
        (
            "covers calendar year {period}",
            "covers {perod}",
            r"nothing stands for '\{perod\}'; there is: first,",
        ),
        ("short_title:", "shorttitle:", "did you mean 'short_title'"),
    ],
)
def test_a_mistake_is_told_with_file_and_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(ShelfError, match=rf"report\.yaml:\d+: .*{message}"):
        read_report_form(changed(tmp_path, old, new))
