"""An auditor who comes while the office publishes: at every instant, and between any two requests, all verifies."""

import os
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.casework.test_receive import take
from tests.casework.test_report import a_year
from trustact.audit.public import Audited, audit_public
from trustact.casework.publish import publish
from trustact.casework.report import report, restore_reports
from trustact.records.office import Office

Files = dict[str, bytes]
REPORT = partial(report, law_id="us-ma-boston", period_name="2025", by="Commissioner's office")


def files_of(folder: Path) -> Files:
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".part")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.fixture
def states(office: Office, monkeypatch: pytest.MonkeyPatch) -> list[Files]:
    """The public folder after each file that appeared in it, from the first checkpoint on, oldest first."""
    replace, seen = os.replace, []

    def replaced(*given: Any, **named: Any) -> None:
        replace(*given, **named)
        if Path(given[1]).is_relative_to(office.public):
            seen.append(files_of(office.public))

    monkeypatch.setattr(os, "replace", replaced)
    a_year(office)
    publish(office)
    del seen[:-1]
    REPORT(office)
    take(office, b"II*\0 late")
    publish(office)
    REPORT(office)
    publish(office, anew=True)
    return seen


def test_an_audit_after_any_write_of_a_publication_succeeds(states: list[Files]) -> None:
    found = [audit_public(files.__getitem__) for files in states]
    assert sorted({len(each.reports) for each in found}) == [0, 1, 2]
    assert [each.size for each in found] == sorted(each.size for each in found)
    assert len(states) > 20


def test_a_report_ahead_of_its_checkpoint_is_told_and_not_called_verified(states: list[Files]) -> None:
    ahead = [found for files in states if (found := audit_public(files.__getitem__)).notes]
    assert {note.partition(" which")[0] for each in ahead for note in each.notes} == {
        "reports/index.json: report us-ma-boston 2025 is said to be filed with entry 16,",
        "reports/index.json: report us-ma-boston 2025-supplement-1 is said to be filed with entry 18,",
    }
    assert {len(each.reports) for each in ahead} == {0, 1}


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_an_audit_between_whose_requests_anything_is_published_succeeds(
    states: list[Files], data: st.DataObject
) -> None:
    now = 0

    def fetch(path: str) -> bytes:
        nonlocal now
        now = data.draw(st.integers(now, len(states) - 1))
        return states[now][path]

    assert isinstance(audit_public(fetch), Audited)


def test_what_a_crash_left_unpublished_is_published_whole_the_next_time(
    office: Office, states: list[Files]
) -> None:
    for lost in ("reports/index.json", "reports/us-ma-boston/2025/report.pdf"):
        (office.public / lost).unlink()
    restore_reports(office)
    publish(office)
    assert len(audit_public(files_of(office.public).__getitem__).reports) == 2
