"""Dates that cannot all be right are asked, whatever the readers agreed on."""

import datetime as dt

import pytest

from trustact.intake.chronology import in_time
from trustact.intake.page import Box
from trustact.intake.reading import Reading

BORN, ISSUED = "subject.date_of_birth", "request.date"


def dated(born: str | None, issued: str | None) -> list[Reading]:
    return [
        Reading(field, value, 0.98, "accepted", 1, Box(0, 0, 1, 1))
        for field, value in ((BORN, born), (ISSUED, issued))
    ]


@pytest.mark.parametrize(
    ("born", "issued", "arrived", "asked"),
    [
        ("1990-05-01", "2025-06-02", "2025-06-02", set()),
        ("1990-05-01", "2025-06-03", "2025-06-02", set()),  # it is already the next day elsewhere
        ("1990-05-01", "2026-06-02", "2025-06-02", {ISSUED}),
        ("2090-05-01", "2025-06-02", "2025-06-02", {BORN, ISSUED}),
        ("2025-06-02", "2025-06-02", None, {BORN, ISSUED}),
        ("2025-06-02", None, "2025-05-02", {BORN}),
        (None, "2025-06-02", None, set()),
        ("1925-06-03", "2025-06-02", None, set()),
        ("1906-11-11", "2025-06-02", "2025-06-02", {BORN, ISSUED}),
        ("1906-11-11", None, "2025-06-02", {BORN}),
    ],
)
def test_of_dates_that_can_hardly_be_right_beside_one_another_all_are_asked(
    born: str | None, issued: str | None, arrived: str | None, asked: set[str]
) -> None:
    day = dt.date.fromisoformat(arrived) if arrived else None

    found = in_time(dated(born, issued), day)

    assert {reading.field for reading in found if reading.status == "ask"} == asked
    assert [reading.value for reading in found] == [born, issued]
