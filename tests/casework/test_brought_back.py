"""What was shredded and is put back from an older copy is told by the audit, whatever it is."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Model

from tests.casework.test_shred import a_year_filed, check_whole, shred_what_is_due
from tests.conftest import Clock
from trustact.casework.events import opened
from trustact.ledger.errors import VerificationError
from trustact.records.models import Case, Document, Event, SealedRecord
from trustact.records.office import Office

NUMBER = "2025-00001"


def event_record(_: Office) -> Model:
    return Event.objects.filter(case__number=NUMBER).order_by("row")[1].sealed


def document_record(_: Office) -> Model:
    return SealedRecord.objects.get(document__case__number=NUMBER)


def letter_record(office: Office) -> Model:
    letter = Event.objects.select_related("row", "sealed", "case").filter(kind__startswith="letter-").first()
    assert letter
    return SealedRecord.objects.get(pk=opened(office, letter).particulars["pdf_record"])


def document(_: Office) -> Model:
    return Document.objects.get(case__number=NUMBER)


def case(_: Office) -> Model:
    return Case.objects.get(number=NUMBER)


BROUGHT_BACK: list[tuple[Callable[[Office], Model], str]] = [
    (event_record, "entry 1: its record was shredded by entry"),
    (document_record, "document: that of case 2025-00001 was shredded, and is there again"),
    (letter_record, r"the vault: the record .* belongs to no case that is there"),
    (document, "document: that of case 2025-00001 was shredded, and is there again"),
    (case, "case 2025-00001 was shredded, and"),
]


@pytest.mark.parametrize(("what", "says"), BROUGHT_BACK, ids=[what.__name__ for what, _ in BROUGHT_BACK])
def test_what_was_shredded_does_not_come_back_unnoticed(
    office: Office, clock: Clock, what: Callable[[Office], Model], says: str
) -> None:
    a_year_filed(office)
    clock.forward(days=8 * 365)
    before: Any = what(office)
    shred_what_is_due(office)
    check_whole(office)
    before.save()
    with pytest.raises(VerificationError, match=says):
        check_whole(office)


def test_fingerprints_alone_do_not_come_back_either(office: Office, clock: Clock) -> None:
    a_year_filed(office)
    clock.forward(days=8 * 365)
    before = Case.objects.get(number=NUMBER)
    shred_what_is_due(office)
    for names in ("sameness", "subject"):
        Case.objects.filter(number=NUMBER).update(**{names: getattr(before, names)})
        with pytest.raises(VerificationError, match=re.escape("case 2025-00001 was shredded, and")):
            check_whole(office)
        Case.objects.filter(number=NUMBER).update(sameness="", subject="0" * 32)
