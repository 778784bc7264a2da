"""Links: by what the forms say, whatever the order of reading; nothing is merged, and what was misread is withdrawn."""

from collections.abc import Mapping

import pytest

from tests.casework.test_case import DETAINER
from trustact.casework.confirm import confirm
from trustact.casework.dossier_of import dossier
from trustact.casework.receive import receive
from trustact.facts import Value
from trustact.records.models import Case
from trustact.records.office import Office

FIRST: Mapping[str, Value] = {
    "request.event_number": "BOS2503001482",
    "request.date": "2025-05-30",
    "request.file_number": "A 204 118 736",
}
LATER: Mapping[str, Value] = {**FIRST, "request.event_number": "BOS2503009999", "request.date": "2025-06-01"}
CANCELS: Mapping[str, Value] = {**LATER, "cancels_previous": True}


def arrived(office: Office, *stations: str) -> list[str]:
    return [
        receive(office, f"fax {n}".encode(), station=station, channel="fax", by="Sgt. Okafor").number
        for n, station in enumerate(stations)
    ]


def seen(office: Office, number: str, readings: Mapping[str, Value]) -> None:
    confirm(office, number, DETAINER, "Sgt. Okafor", readings)


def says(office: Office, number: str) -> list[str]:
    """What the timeline says of the case's links."""
    words = ("copy of", "Cancelled", "later request")
    return [
        line.says for line in dossier(office, number).timeline if any(word in line.says for word in words)
    ]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_copies_are_linked_to_the_first_received_in_any_order_of_reading(
    office: Office, order: tuple[int, ...]
) -> None:
    numbers = arrived(office, "D-4", "D-4", "A-1")
    for place in order:
        seen(office, numbers[place], FIRST)
    assert [dossier(office, number).copy_of for number in numbers] == ["", numbers[0], numbers[0]]
    assert says(office, numbers[1])[-1] == f"Linked as a copy of case {numbers[0]}, sent again"
    assert says(office, numbers[2])[-1] == f"Linked as a copy of case {numbers[0]}, sent to another station"
    assert Case.objects.count() == 3


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_form_that_cancels_an_earlier_one_says_so_in_any_order_of_reading(
    office: Office, order: tuple[int, ...]
) -> None:
    numbers = arrived(office, "D-4", "D-4")
    for place in order:
        seen(office, numbers[place], (FIRST, CANCELS)[place])
    assert says(office, numbers[0]) == [f"Cancelled by the sender with case {numbers[1]}"]
    assert says(office, numbers[1]) == []


def test_a_later_request_about_the_same_subject_is_linked_and_replaces_nothing(office: Office) -> None:
    numbers = arrived(office, "D-4", "D-4")
    for number, readings in zip(numbers, (FIRST, LATER), strict=True):
        seen(office, number, readings)
        seen(office, number, readings)
    assert says(office, numbers[0]) == []
    (said,) = says(office, numbers[1])
    assert said.startswith(f"A later request about the subject of case {numbers[0]}")


def test_a_link_that_rested_on_a_misreading_is_withdrawn(office: Office) -> None:
    numbers = arrived(office, "D-4", "D-4", "D-4")
    for number in numbers:
        seen(office, number, FIRST)
    seen(office, numbers[0], {**FIRST, "request.event_number": "BOS2503001499"})
    assert [dossier(office, number).copy_of for number in numbers] == ["", "", numbers[1]]
    seen(office, numbers[2], {**FIRST, "request.file_number": "A 999 999 999"})
    assert [dossier(office, number).copy_of for number in numbers] == ["", "", ""]
