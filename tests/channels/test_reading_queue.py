"""The reading queue: oldest first, one reader a document, and never stopped by one document."""

import pytest

from tests.casework.test_receive import take
from tests.channels.messages import message
from trustact.casework.dossier_of import dossier
from trustact.casework.events import case_of, happenings
from trustact.casework.reading_queue import MOST_TRIES, quarantined, read_next, waiting
from trustact.records.models import Case, ReadingTry
from trustact.records.office import Office
from trustact.specimens.specimen import one


def test_documents_are_read_oldest_first_and_each_once(either_office: Office) -> None:
    numbers = [take(either_office, f"document {n}".encode()) for n in range(3)]
    assert waiting() == 3
    assert [read_next(either_office, "reader-1") for _ in range(4)] == [*numbers, None]
    assert (waiting(), quarantined(), ReadingTry.objects.count()) == (0, 3, 0)


def test_a_claimed_document_is_left_to_its_reader_and_falls_to_the_next_of_that_name(office: Office) -> None:
    first, second = take(office, b"one"), take(office, b"two")
    ReadingTry.objects.create(case=case_of(first), tries=1, reader="reader-1")
    assert read_next(office, "reader-2") == second
    assert read_next(office, "reader-2") is None
    assert read_next(office, "reader-1") == first


def test_a_document_that_stops_its_reader_too_often_is_set_in_quarantine(office: Office) -> None:
    number = take(office, b"a document no reader survives")
    ReadingTry.objects.create(case=case_of(number), tries=MOST_TRIES, reader="reader-1")
    assert read_next(office, "reader-1") == number
    assert case_of(number).stage == "quarantined"
    assert "stopped the reader 3 times" in happenings(office, case_of(number))[-1].particulars["error"]


def test_what_a_person_has_gone_on_with_is_not_put_back(office: Office) -> None:
    number = take(office)
    Case.objects.filter(number=number).update(stage="decided")
    assert read_next(office, "reader-1") is None
    assert case_of(number).stage == "decided"


@pytest.mark.parametrize("name", ["reader-1", "reader-2"])
def test_any_reader_may_take_what_nobody_has(office: Office, name: str) -> None:
    number = take(office)
    ReadingTry.objects.create(case=case_of(number), tries=1, reader="")
    assert read_next(office, name) == number


def test_of_a_message_the_attachments_are_read_as_one_packet(office: Office) -> None:
    sent = message("<one@gateway>", one("i-247a", 1).data, b"PK\x03\x04 an archive beside it")
    number = take(office, sent)
    read_next(office, "reader-1")
    found = dossier(office, number)
    assert (found.form, found.media_type, len(found.pages)) == ("i-247a", "message/rfc822", 2)
    assert "attachment 2 is not read" in " ".join(
        happenings(office, case_of(number))[-1].particulars["remarks"]
    )
