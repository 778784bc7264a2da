"""The figures: tallies that add up, zero parts that stay, small counts withheld where a form asks for it."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.publish.cases import BOSTON, boston_form, boston_measures, row
from tests.publish.rows import tables
from trustact.publish.figures import Figures, Part, figures
from trustact.publish.report_form import ReportError
from trustact.publish.rows import RequestRow
from trustact.publish.suppression import withhold

FORM = boston_form()
MEASURES = boston_measures(FORM)


def stated(rows: list[RequestRow]) -> Figures:
    return figures(FORM, MEASURES, rows, FORM.period_named("2025"), BOSTON)


def amounts(parts: tuple[Part, ...]) -> dict[str, int | None]:
    return {part.code: part.amount for part in parts}


@given(tables)
def test_every_tally_adds_up_to_the_requests_listed(rows: list[RequestRow]) -> None:
    given_ = stated(rows)
    assert given_.listed == len(rows)
    for tally in (given_.by_district, given_.by_month, given_.by_channel):
        assert sum(part.amount or 0 for part in tally) == len(rows)


@given(tables)
def test_the_order_of_rows_does_not_matter_and_nothing_is_withheld_unasked(rows: list[RequestRow]) -> None:
    assert withhold(stated(rows), None) == stated(rows[::-1])


def test_silent_districts_months_and_channels_have_rows() -> None:
    given_ = stated([row(1, station="D-4"), row(2, station="Annex")])
    assert list(amounts(given_.by_district)) == [*BOSTON.stations, "Annex"]
    assert amounts(given_.by_district)["E-18"] == 0
    assert [part.label for part in given_.by_month][::11] == ["January 2025", "December 2025"]
    assert amounts(given_.by_channel) == {"fax": 2, "central-fax": 0, "email": 0, "hand": 0, "phone": 0}


def test_no_requests_at_all_still_prints_every_row() -> None:
    given_ = stated([])
    assert [item.number for item in given_.items] == [1, 2, 3, 4]
    assert all(item.amount == 0 for item in (*given_.items, *given_.lines, *given_.beside))
    assert [len(item.parts) for item in given_.items] == [7, 4, 0, 1]
    assert given_.items[3].parts[0].label == "No individual case"


def test_duplicates_count_as_requests_and_once_as_people() -> None:
    """Three requests received about one person, one of them a copy, one withdrawn by a revised form."""
    rows = [
        row(1, subject=1, cancelled=True),
        row(2, subject=1, distinct=False, of="2025-0001", channel="central-fax"),
        row(3, subject=1, reasons=("biometric", "final-order")),
    ]
    given_ = stated(rows)
    beside = {figure.measure: figure.amount for figure in given_.beside}
    assert given_.items[0].amount == 3
    assert beside["distinct-detainer-requests"] == 2
    assert beside["cancelled-detainer-requests"] == 1
    assert beside["individuals-named"] == 1


def test_an_item_in_another_unit_than_its_measure_is_refused() -> None:
    wrong = msgspec.structs.replace(FORM.items[0], unit="individual")
    form = msgspec.structs.replace(FORM, items=(wrong, *FORM.items[1:]))
    with pytest.raises(
        ReportError, match="stated in individual, but measure detainer-requests counts request"
    ):
        figures(form, MEASURES, [], form.period_named("2025"), BOSTON)


@given(tables, st.integers(2, 12))
def test_no_count_below_the_threshold_is_shown(rows: list[RequestRow], below: int) -> None:
    hidden = withhold(stated(rows), below)
    shown = [
        figure.amount for figure in (*hidden.items, *hidden.lines, *hidden.beside) if figure.unit != "cents"
    ]
    tables_ = [figure.parts for figure in (*hidden.items, *hidden.lines)]
    tables_ += [hidden.by_district, hidden.by_month, hidden.by_channel]
    shown += [part.amount for parts in tables_ for part in parts]
    assert not [amount for amount in shown if amount is not None and 0 < amount < below]
    for parts in tables_:
        nobody, some = (sum(1 for p in parts if p.amount is None), sum(1 for p in parts if p.amount))
        assert nobody != 1 or not some, "one withheld part could be found by subtraction"
