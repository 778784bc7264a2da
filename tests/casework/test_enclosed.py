"""The same document is known again by its bytes: faxed or attached to a mail, and whatever can be read of it."""

import pytest

from tests.channels.messages import message
from trustact.casework.check_record import check_cases
from trustact.casework.dossier_of import dossier
from trustact.casework.events import case_of
from trustact.casework.read import read
from trustact.casework.receive import receive
from trustact.ledger.errors import VerificationError
from trustact.records.models import Case, Enclosure
from trustact.records.office import Office

FAX, OTHER = b"%PDF-1.4 damaged on the way", b"II*\0 damaged too"


def take(office: Office, data: bytes, station: str = "D-4") -> str:
    return receive(office, data, station=station, channel="fax", by="Sgt. Okafor").number


def copies(office: Office, *numbers: str) -> list[str]:
    return [dossier(office, number).copy_of for number in numbers]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_a_fax_and_mails_with_it_are_copies_in_any_order_of_reading(
    office: Office, order: tuple[int, ...]
) -> None:
    enclosing = message("<2@x>", message("<inner@x>", FAX), text="Forwarded.")
    numbers = [take(office, FAX), take(office, message("<1@x>", FAX), "A-1"), take(office, enclosing)]
    for place in order:
        read(office, numbers[place], "trustact")
    assert copies(office, *numbers) == ["", numbers[0], numbers[0]]
    says = [dossier(office, number).timeline[-1].says for number in numbers[1:]]
    assert "sent to another station" in says[0]
    assert "sent again" in says[1]
    assert Case.objects.count() == 3, "nothing is merged"
    check_cases(office)


def test_a_mail_that_brings_something_new_is_no_copy_and_what_it_repeats_is(office: Office) -> None:
    numbers = [take(office, FAX), take(office, message("<1@x>", FAX, OTHER)), take(office, OTHER)]
    for number in numbers:
        read(office, number, "trustact")
    assert copies(office, *numbers) == ["", "", numbers[1]]


def test_of_a_mail_with_more_than_is_looked_at_nothing_is_concluded(office: Office) -> None:
    numbers = [take(office, FAX), take(office, message("<1@x>", *[FAX] * 101))]
    for number in numbers:
        read(office, number, "trustact")
    assert copies(office, *numbers) == ["", ""]


def test_a_fingerprint_that_no_reading_gave_is_found(office: Office) -> None:
    number = take(office, message("<1@x>", FAX))
    read(office, number, "trustact")
    Enclosure.objects.create(case=case_of(number), fingerprint="0" * 64)
    with pytest.raises(VerificationError, match="enclosure"):
        check_cases(office)
