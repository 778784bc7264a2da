"""A case from its facts to what was done: attested, decided, recorded, contradicted, replayed."""

import datetime as dt

import msgspec
import pytest
from django.db import connection

from tests.casework.test_receive import take
from trustact.audit.public import audit_public
from trustact.audit.source import source_of
from trustact.casework import CaseNotFound, Refused
from trustact.casework.act import Acted, Disposition, act, agree
from trustact.casework.board import queue
from trustact.casework.check import check, check_office
from trustact.casework.confirm import asked_facts, confirm
from trustact.casework.dossier_of import dossier
from trustact.casework.events import case_of
from trustact.casework.rows import rows_of
from trustact.casework.set_aside import set_aside
from trustact.ledger.errors import VerificationError
from trustact.publish.report_form import Period
from trustact.records.models import LawArchive
from trustact.records.office import Office
from trustact.records.publication import publish_ledger

YEAR = Period("2025", dt.date(2025, 1, 1), dt.date(2025, 12, 31))

DETAINER = {
    "request.form": "i-247a",
    "request.agency": "ice-ero",
    "request.purpose": "civil-immigration",
    "warrant.presented": False,
    "custody.in_custody": True,
    "custody.eligible_for_release": True,
    "custody.other_lawful_hold": False,
}
COURTS_WARRANT = {
    **DETAINER,
    "warrant.presented": True,
    "warrant.issued_by": "court",
    "warrant.signed_by": "magistrate-judge",
    "warrant.matter": "criminal",
    "warrant.names_subject": True,
}


def finding(office: Office, number: str, action: str) -> str:
    return next(f.finding for f in dossier(office, number).decisions[-1].findings if f.action == action)


def test_confirmed_facts_are_decided_at_once_under_the_law_of_the_day(either_office: Office) -> None:
    number = take(either_office)
    confirm(either_office, number, DETAINER, "Sgt. Okafor")
    assert finding(either_office, number, "hold") == "prohibited"
    assert finding(either_office, number, "share_immigration_status") == "permitted"
    file = dossier(either_office, number)
    assert (file.stage, file.attested_by) == ("decided", "Sgt. Okafor")
    assert file.decisions[0].at.isoformat() == "2025-06-01T02:14:00-04:00"


def test_a_new_fact_makes_a_new_decision_and_keeps_the_old(office: Office) -> None:
    number = take(office)
    confirm(
        office,
        number,
        {k: v for k, v in DETAINER.items() if k != "custody.eligible_for_release"},
        "Sgt. Okafor",
    )
    assert finding(office, number, "hold") == "undetermined"
    confirm(office, number, DETAINER, "Sgt. Okafor")
    assert [d.findings[0].finding for d in dossier(office, number).decisions] == [
        "undetermined",
        "prohibited",
    ]


def test_only_facts_the_law_asks_for_are_asked(office: Office) -> None:
    asked = {fact.name for fact in asked_facts(office, take(office))}
    assert "custody.eligible_for_release" in asked
    assert not {name for name in asked if name.startswith(("nyc.", "ca.", "boston2014."))}


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"request.from": "i-247a"}, "there is no fact 'request.from'; did you mean 'request.form'?"),
        ({"request.form": "i-247b"}, "cannot be 'i-247b'; did you mean"),
        ({"custody.in_custody": "yes"}, "cannot be 'yes'; it is one of: true, false"),
        ({"custody.in_custody": 1}, "cannot be 1"),
    ],
)
def test_facts_that_cannot_be_are_refused(office: Office, facts: dict[str, object], says: str) -> None:
    number = take(office)
    with pytest.raises(Refused, match=says.replace("?", r"\?")):
        confirm(office, number, facts, "Sgt. Okafor")
    assert case_of(number).stage == "received"


def test_what_was_done_against_the_law_is_recorded_and_goes_to_a_supervisor(office: Office) -> None:
    number = take(office)
    confirm(office, number, DETAINER, "Sgt. Okafor")
    held = Disposition("held", held_past_eligibility=True, held_reason="other-lawful-basis")
    assert act(office, number, held, "Sgt. Okafor").contradicts == ("hold: done although prohibited",)
    assert dossier(office, number).dispositions[0].contradicts == ("hold: done although prohibited",)
    assert queue(office).lines[0].wants.startswith("Supervisor")


HELD = Disposition("held", held_past_eligibility=True, held_reason="judicial-criminal-warrant")


def held_on_a_warrant(office: Office) -> tuple[str, Acted]:
    number = take(office)
    confirm(office, number, COURTS_WARRANT, "Sgt. Okafor")
    return number, act(office, number, HELD, "Sgt. Okafor")


def test_acting_on_a_courts_warrant_counts_once_a_second_person_agrees(either_office: Office) -> None:
    office = either_office
    number, acted = held_on_a_warrant(office)
    file, (row,) = dossier(office, number), rows_of(office, YEAR)
    assert (acted.waits, file.stage, file.dispositions, row.outcome) == (True, "second-person", (), "open")
    assert file.waiting
    assert file.waiting.by == "Sgt. Okafor"
    assert queue(office).lines[0].wants.startswith("Second person")

    for same in ("Sgt. Okafor", " sgt.  OKAFOR"):
        with pytest.raises(Refused, match="another person must agree"):
            agree(office, number, acted.entry, same)
    assert not agree(office, number, acted.entry, "Lt. Nguyễn").waits

    file, (row,) = dossier(office, number), rows_of(office, YEAR)
    assert (file.stage, file.waiting, row.outcome, row.held_reason) == (
        "acted", None, "held", "judicial-criminal-warrant",
    )  # fmt: skip
    assert (file.dispositions[0].by, file.dispositions[0].second_person) == ("Sgt. Okafor", "Lt. Nguyễn")
    with pytest.raises(Refused, match="waits for no second person"):
        agree(office, number, acted.entry, "Lt. Nguyễn")
    publish_ledger(office)
    fetch = source_of(str(office.public))
    assert check(office, fetch, audit_public(fetch)).decisions == 1


def test_nobody_names_the_second_person(office: Office) -> None:
    number = take(office)
    confirm(office, number, COURTS_WARRANT, "Sgt. Okafor")
    named = msgspec.structs.replace(HELD, second_person="Lt. Nguyễn")
    with pytest.raises(Refused, match="nobody names them"):
        act(office, number, named, "Sgt. Okafor")


def test_what_waits_lapses_with_other_facts_or_another_outcome(office: Office) -> None:
    number, acted = held_on_a_warrant(office)
    later = act(office, number, HELD, "Sgt. Okafor")
    with pytest.raises(Refused, match="waits for no second person"):
        agree(office, number, acted.entry, "Lt. Nguyễn")
    confirm(office, number, COURTS_WARRANT, "Sgt. Okafor")
    with pytest.raises(Refused, match="waits for no second person"):
        agree(office, number, later.entry, "Lt. Nguyễn")
    assert dossier(office, number).stage == "decided"


def test_nothing_is_done_before_the_law_was_applied(office: Office) -> None:
    number = take(office)
    with pytest.raises(Refused, match="confirm the facts first"):
        act(office, number, Disposition("not-acted-upon"), "Sgt. Okafor")
    with pytest.raises(CaseNotFound, match="no case 2025-99999"):
        act(office, "2025-99999", Disposition("not-acted-upon"), "Sgt. Okafor")


def test_a_document_that_is_no_request_is_set_aside_with_its_reason(office: Office) -> None:
    number = take(office)
    with pytest.raises(Refused, match="say why"):
        set_aside(office, number, " ", "Sgt. Okafor")
    set_aside(office, number, "a pharmacy's fax", "Sgt. Okafor")
    assert dossier(office, number).timeline[-1].says == "Set aside: a pharmacy's fax"


@pytest.mark.parametrize(
    ("words", "others"), [(b'"prohibited"', b'"permitted"'), (b'"packs":', b'"packs": ')]
)
def test_every_decision_replays_and_a_changed_law_is_found_out(
    either_office: Office, words: bytes, others: bytes
) -> None:
    for data in (b"II*\0 one", b"II*\0 two"):
        confirm(either_office, take(either_office, data), DETAINER, "Sgt. Okafor")
    assert check_office(either_office).decisions == 2
    archive = LawArchive.objects.get()
    archive.archive = bytes(archive.archive).replace(words, others, 1)
    archive.save()
    with pytest.raises(VerificationError, match=r"the archived law sha256:.* was changed"):
        check_office(either_office)


def test_a_sealed_record_swapped_for_another_is_found_out(office: Office) -> None:
    for data in (b"II*\0 one", b"II*\0 two"):
        take(office, data)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute('SELECT sealed_id FROM event ORDER BY "index"')
        first, second = (row[0] for row in cursor.fetchall())
        for before, after in ((first, "aside"), (second, first), ("aside", second)):
            cursor.execute("UPDATE event SET sealed_id = %s WHERE sealed_id = %s", [after, before])
    with pytest.raises(
        VerificationError, match="entry 0: its sealed record is not what the ledger committed to"
    ):
        check_office(office)
