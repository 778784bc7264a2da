"""Reply: a letter to the requesting office is drafted from the document alone; a person approves it."""

import datetime as dt
import hashlib

from django.db import transaction

from trustact.casework import Refused
from trustact.casework.decide import law_of
from trustact.casework.department import department_of
from trustact.casework.events import Happening, case_of, happenings, latest
from trustact.casework.known import accepted_readings, attested
from trustact.casework.rows import form_class
from trustact.facts import Value
from trustact.law.decide import decide
from trustact.publish.letter import Approval, Letter, RequestDocument, draft_letter, facts_for_reply
from trustact.publish.letter_form import LetterForm, read_letter_form
from trustact.publish.letter_pages import letter_pdf as set_letter
from trustact.publish.letter_pages import letter_text
from trustact.records.append import append, seal, unseal
from trustact.records.models import Case, SealedRecord
from trustact.records.office import Office
from trustact.shelves import ShelfError, shelved

LETTER = "letter"


def draft(office: Office, number: str, by: str) -> str:
    """Draft the reply, sealed with the case; returns its text. Raises Refused where no facts were attested yet."""
    return _write(office, number, by, "letter-drafted", None)


def approve(office: Office, number: str, by: str, title: str = "") -> str:
    """Approve the reply as drafted last: set anew without its draft marks, over the approver's name."""
    if latest(happenings(office, case_of(number)), "letter-drafted") is None:
        raise Refused(f"case {number}: no letter has been drafted yet")
    return _write(office, number, by, "letter-approved", Approval(by, title))


def letter_pdf(office: Office, number: str) -> bytes:
    """The PDF of the latest letter of a case, draft or approved. Raises Refused when there is none."""
    last = latest(happenings(office, case_of(number)), "letter-drafted", "letter-approved")
    if last is None:
        raise Refused(f"case {number}: no letter has been drafted yet")
    return unseal(office, SealedRecord.objects.get(pk=last.particulars["pdf_record"]))


def _write(office: Office, number: str, by: str, kind: str, approval: Approval | None) -> str:
    case = case_of(number)
    letter = _compose(office, case, happenings(office, case), approval)
    text, pdf = letter_text(letter), set_letter(letter)
    with transaction.atomic():
        record = seal(office, LETTER, pdf)
        particulars = {"pdf_record": record, "pdf_sha256": hashlib.sha256(pdf).hexdigest(), "text": text}
        append(office, kind, particulars, actor=by, case=case)
    return text


def _compose(office: Office, case: Case, happened: list[Happening], approval: Approval | None) -> Letter:
    facts = attested(happened)
    if not facts:
        raise Refused(f"case {case.number}: confirm the facts first, so that the letter can rest on them")
    law = law_of(office)
    now = office.clock().astimezone(office.zone)
    return draft_letter(
        _form(office),
        _document(case, happened, facts),
        decide(law, facts_for_reply(facts), now),
        department=department_of(office),
        dated=now.date(),
        counsel_signed=law.data.signed_by_counsel is not None,
        approval=approval,
    )


def _form(office: Office) -> LetterForm:
    path = shelved("laws", office.folder / "laws", office.settings.law, "letters", "reply.yaml")
    if not path.is_file():
        raise Refused(
            f"the law {office.settings.law} has no letter on its shelf: write {path.parent.name}/reply.yaml"
        )
    try:
        return read_letter_form(path)
    except ShelfError as wrong:
        raise Refused(str(wrong)) from None


def _document(case: Case, happened: list[Happening], facts: dict[str, Value]) -> RequestDocument:
    readings = {name: str(value) for name, value in accepted_readings(happened).items()}
    receipt = next(h for h in happened if h.kind == "document-received").particulars
    form = str(facts["request.form"]) if "request.form" in facts else None
    return RequestDocument(
        number=case.number,
        received_on=dt.datetime.fromisoformat(receipt["received_at"]).date(),
        station=receipt["station"],
        form=form,
        form_class=form_class(form),
        sender=tuple(filter(None, (line.strip() for line in readings.get("request.from", "").splitlines()))),
        form_date=dt.date.fromisoformat(readings["request.date"]) if readings.get("request.date") else None,
        event_number=readings.get("request.event_number", ""),
        subject_id=readings.get("request.subject_id", ""),
    )
