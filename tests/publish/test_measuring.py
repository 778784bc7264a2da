"""Every measure of the shelf, against its own worked examples and against plain Python."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given

from tests.publish.cases import boston_form, boston_measures, row
from tests.publish.rows import tables
from trustact.publish.measure import read_measure, read_measures
from trustact.publish.measuring import MeasureError, failed_examples, measured
from trustact.publish.rows import RequestRow
from trustact.shelves import ShelfError, shelf

SHELF = shelf("measures")
NAMES = tuple(sorted(folder.name for folder in SHELF.iterdir()))
MEASURES = read_measures(SHELF, NAMES)

Rows = list[RequestRow]
Parts = dict[str, int]


def detainers(rows: Rows) -> Rows:
    return [r for r in rows if r.form_class in ("civil-detainer", "unreadable")]


def people(rows: Iterable[RequestRow]) -> int:
    return len({r.subject for r in rows})


def held_by_reason(rows: Rows) -> Parts:
    held = [r for r in rows if r.held_past_eligibility]
    codes = {r.held_reason for r in held}
    return {code or "not-recorded": people(r for r in held if r.held_reason == code) for code in codes}


def notices(rows: Rows) -> Rows:
    return [r for r in rows if r.form_class == "notification-request"]


def others(rows: Rows) -> Rows:
    return [r for r in rows if r.form_class in ("administrative-warrant", "judicial-warrant", "other")]


ORACLES: dict[str, Callable[[Rows], tuple[int, Parts]]] = {
    "detainer-requests": lambda rows: (
        len(detainers(rows)),
        Counter(reason for r in detainers(rows) for reason in r.reasons),
    ),
    "individuals-held": lambda rows: (
        people(r for r in rows if r.held_past_eligibility),
        held_by_reason(rows),
    ),
    "individuals-transferred": lambda rows: (
        people(r for r in rows if r.transferred_to == "immigration"),
        {},
    ),
    "individuals-delivered-elsewhere": lambda rows: (
        people(r for r in rows if r.transferred_to == "other-agency"),
        {},
    ),
    "reimbursements": lambda rows: (
        sum(r.reimbursement_cents for r in rows),
        {r.number: r.reimbursement_cents for r in rows if r.reimbursement_cents},
    ),
    "notification-requests": lambda rows: (
        len(notices(rows)),
        Counter(r.form if r.form in ("i-247g", "i-247n") else "other" for r in notices(rows)),
    ),
    "other-requests": lambda rows: (len(others(rows)), Counter(r.form_class for r in others(rows))),
    "distinct-detainer-requests": lambda rows: (sum(r.distinct for r in detainers(rows)), {}),
    "individuals-named": lambda rows: (people(detainers(rows)), {}),
    "cancelled-detainer-requests": lambda rows: (sum(r.cancelled for r in detainers(rows)), {}),
    "late-entries": lambda rows: (sum(r.late for r in rows), {}),
    "open-requests": lambda rows: (sum(r.outcome == "open" for r in rows), {}),
}


def test_every_measure_has_an_oracle() -> None:
    assert set(ORACLES) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_worked_examples_come_out(name: str) -> None:
    assert MEASURES[name].examples
    assert list(failed_examples(MEASURES[name])) == []


@given(tables)
def test_sql_and_plain_python_count_the_same(rows: Rows) -> None:
    for name, given_ in measured(MEASURES.values(), rows).items():
        total, parts = ORACLES[name](rows)
        assert given_.total == total, name
        assert {code: n for code, n in given_.parts.items() if n} == dict(parts), name


@given(tables)
def test_every_value_is_a_part_even_at_zero_and_every_request_is_accounted_for(rows: Rows) -> None:
    given_ = measured(MEASURES.values(), rows)
    for name, measure in MEASURES.items():
        if measure.breakdown and measure.breakdown.values:
            assert list(given_[name].parts) == list(measure.breakdown.values)
    kinds = ("detainer-requests", "notification-requests", "other-requests")
    assert sum(given_[kind].total for kind in kinds) == len(rows)


def test_an_example_that_is_wrong_is_told() -> None:
    measure = MEASURES["late-entries"]
    example = msgspec.structs.replace(measure.examples[0], gives={"total": 7})
    (told,) = failed_examples(msgspec.structs.replace(measure, examples=(example,)))
    assert told == (
        "measure late-entries, a fax found in a tray after the year's end: gives {'total': 1}, not {'total': 7}"
    )


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("SELECT 'total' AS category, COUNT(*) AS amount FROM request", "no such table: request"),
        ("SELECT COUNT(*) AS n FROM requests", "it gives ['n'], not category and amount"),
        ("SELECT 'all' AS category, 1 AS amount", "it must give 'total' and each other category once"),
        ("SELECT 'total' AS category, NULL AS amount", "an amount no whole number"),
        (
            "SELECT 'total' AS category, 1 AS amount UNION ALL SELECT 'north', 1",
            "it gives 'north', which measure.yaml does not list",
        ),
        ("DELETE FROM requests", "attempt to write a readonly database"),
    ],
)
def test_sql_that_cannot_be_used_is_refused(sql: str, message: str) -> None:
    broken = msgspec.structs.replace(MEASURES["late-entries"], sql=sql)
    with pytest.raises(MeasureError) as refused:
        measured([broken], [row(1)])
    assert message in str(refused.value)
    assert str(refused.value).startswith("late-entries/measure.sql: ")


def test_a_measure_that_is_not_there_is_named_with_the_nearest() -> None:
    with pytest.raises(ShelfError, match="no measure 'late-entry'; did you mean 'late-entries'"):
        read_measures(SHELF, ("late-entry",))


def test_a_folder_under_another_name_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "renamed"
    shutil.copytree(SHELF / "late-entries", folder)
    with pytest.raises(
        ShelfError, match=r"renamed/measure\.yaml:1: the measure 'late-entries' stands in the folder"
    ):
        read_measure(folder)


def test_boston_uses_measures_of_the_shelf() -> None:
    assert boston_measures(boston_form()).keys() <= MEASURES.keys()
