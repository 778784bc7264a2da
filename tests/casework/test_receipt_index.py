"""The index of receipts: written with each, filled for those of earlier releases, and held against what is sealed."""

import pytest
from django.db.models import QuerySet

from tests.conftest import Clock
from trustact.casework.board import PAGE, queue
from trustact.casework.check_record import check_cases
from trustact.casework.receipt_index import receipts
from trustact.casework.receive import receive
from trustact.casework.silence import silence
from trustact.ledger.errors import VerificationError
from trustact.records.models import ReceiptIndex
from trustact.records.office import Office


def deliver(office: Office, text: str, station: str = "D-4", by: str = "channel faxes") -> None:
    receive(office, text.encode(), station=station, channel="fax", by=by)


def told(rows: QuerySet[ReceiptIndex]) -> list[tuple[object, ...]]:
    fields = ("first", "station", "channel", "gateway", "received_at", "received_on")
    return list(rows.order_by("pk").values_list(*fields))


def test_each_receipt_is_written_down_and_that_of_an_earlier_release_looked_into(
    office: Office, clock: Clock
) -> None:
    deliver(office, "one")
    clock.forward(days=1)
    deliver(office, "one", "A-1", "Sgt. R. Okafor")
    written = told(receipts(office))
    assert [line[:4] for line in written] == [(True, "D-4", "fax", "faxes"), (False, "A-1", "fax", "")]
    silences = silence(office)
    ReceiptIndex.objects.update(station="", channel="", gateway="", received_at=None, received_on=None)
    assert silence(office) == silences
    assert told(receipts(office)) == written


@pytest.mark.parametrize(
    "change",
    [
        {"station": "A-1"},
        {"channel": "email"},
        {"gateway": ""},
        {"first": False},
        {"received_on": "2025-01-01"},
    ],
)
def test_a_row_that_says_something_else_is_found(office: Office, change: dict[str, object]) -> None:
    deliver(office, "one")
    check_cases(office)
    ReceiptIndex.objects.update(**change)
    with pytest.raises(VerificationError, match="receipt_index: the row of entry 0"):
        check_cases(office)


def test_a_row_that_is_gone_is_found(office: Office) -> None:
    deliver(office, "one")
    ReceiptIndex.objects.all().delete()
    with pytest.raises(VerificationError, match="receipt_index: the row of entry 0"):
        check_cases(office)


def test_the_queue_comes_a_page_at_a_time(office: Office, clock: Clock) -> None:
    for number in range(PAGE + 2):
        deliver(office, f"fax {number}", "D-4" if number else "A-1")
        clock.forward(days=1)
    first, second, beyond = (queue(office, page=page) for page in (1, 2, 9))
    assert (len(first.lines), len(second.lines), first.pages, first.matching) == (PAGE, 2, 2, PAGE + 2)
    assert second == beyond
    moments = [line.received_at for found in (first, second) for line in found.lines]
    assert moments == sorted(moments, reverse=True)
    narrowed = queue(office, station="A-1", stage="received", page=2)
    assert ([line.station for line in narrowed.lines], narrowed.pages) == (["A-1"], 1)
    assert (narrowed.total, narrowed.open, narrowed.stations) == (PAGE + 2, PAGE + 2, ("A-1", "D-4"))
