"""Folds the events of a case into its dossier."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, cast

import msgspec

from trustact.casework.act import RECORDED, Disposition, proposal_in
from trustact.casework.decide import law_of
from trustact.casework.dossier import (
    DecisionLine,
    DispositionLine,
    Dossier,
    FactLine,
    LetterLine,
    PageSize,
    ReadingLine,
    ReceiptLine,
    Stage,
    TimelineLine,
)
from trustact.casework.events import Happening, case_of, happenings, latest
from trustact.casework.forms import form_title, forms_of
from trustact.casework.known import attested
from trustact.casework.links import copied
from trustact.casework.paperless import FORMS, TITLES, described, noted
from trustact.casework.proposal import propose
from trustact.casework.why import answer_in
from trustact.casework.words import field_label, in_words, tell
from trustact.facts import FactBook, Value
from trustact.law.loading import Law
from trustact.records.models import Case, Document
from trustact.records.office import Office


def dossier(office: Office, number: str) -> Dossier:
    """The dossier of a case. Raises CaseNotFound, and VaultError where a record of it does not open."""
    case = case_of(number)
    return fold(office, case, happenings(office, case))


def fold(office: Office, case: Case, happened: list[Happening]) -> Dossier:
    """The dossier of a case from its opened events, oldest first."""
    law = law_of(office)
    document = Document.objects.filter(case=case).first()
    reading = latest(happened, "document-read", "reading-failed")
    read: dict[str, Any] = reading.particulars if reading else {}
    note, description = noted(happened), described(happened)
    proposed = propose(read, forms_of(office), law.book) if "readings" in read else {}
    if note:
        proposed = {"request.form": FORMS[note.kind]}
    confirmed = latest(happened, "facts-attested")
    return Dossier(
        number=case.number,
        stage=cast(Stage, case.stage),
        document=document.pk if document else "",
        media_type=document.media_type if document else "",
        receipts=tuple(_receipt(h) for h in happened if h.kind == "document-received"),
        form=read.get("form"),
        form_title=_title(office, happened),
        form_confidence=float(read.get("form_confidence", 0)),
        pages=tuple(PageSize(*map(float, size)) for size in read.get("page_sizes", ())),
        readings=(*(_reading(line) for line in read.get("readings", ())), *_not_found(office, read)),
        page_titles=tuple(form_title(office, page["form"]) for page in read.get("packet", ())),
        remarks=tuple(map(in_words, read.get("remarks", ()))),
        reading_error=read.get("error", ""),
        note=note,
        description=description,
        attested_readings=confirmed.particulars["readings"] if confirmed else {},
        proposed=fact_lines(law.book, proposed),
        facts=fact_lines(law.book, attested(happened)),
        attested_by=confirmed.actor if confirmed else "",
        decisions=tuple(_decision(h, law) for h in happened if h.kind == "law-applied"),
        dispositions=tuple(_disposition(h) for h in happened if h.kind == RECORDED),
        waiting=_disposition(waiting) if (waiting := proposal_in(happened)) else None,
        letters=_letters(happened),
        copy_of=copied(happened),
        timeline=tuple(TimelineLine(h.at, tell(h), h.actor, h.entry) for h in happened),
    )


def _title(office: Office, happened: list[Happening]) -> str:
    """What people call the document of a case: by its note, by its description, or by its reading."""
    note, reading = noted(happened), latest(happened, "document-read", "reading-failed")
    if note:
        return TITLES[note.kind]
    if described(happened):
        return form_title(office, str(attested(happened).get("request.form", "")))
    return form_title(office, reading.particulars.get("form")) if reading else "Not read yet"


def fact_lines(book: FactBook, facts: Mapping[str, Value]) -> tuple[FactLine, ...]:
    """Facts as lines, in the order of the book."""
    return tuple(
        FactLine(name, book.facts[name].question, facts[name]) for name in book.facts if name in facts
    )


def _receipt(happened: Happening) -> ReceiptLine:
    told = happened.particulars
    return ReceiptLine(
        received_at=dt.datetime.fromisoformat(told["received_at"]),
        logged_at=happened.at,
        station=told["station"],
        channel=told["channel"],
        filename=told["filename"],
        entry=happened.entry,
        late=told["late"],
    )


def _reading(line: Mapping[str, Any]) -> ReadingLine:
    return msgspec.convert({**line, "label": field_label(line["field"])}, ReadingLine, strict=False)


def _not_found(office: Office, read: Mapping[str, Any]) -> Iterator[ReadingLine]:
    """The fields of the packet's forms that the reading did not find, each on the first page of its form."""
    told = {line["field"] for line in read.get("readings", ())}
    forms = {form.id: form for form in forms_of(office)}
    for page in read.get("packet", ()):
        form = forms.get(page["form"] or "") if page["first"] else None
        fields = [part.field for part in form.fields] + [part.field for part in form.ticks] if form else []
        for field in fields:
            if field not in told:
                told.add(field)
                label, nowhere = field_label(field), (0.0, 0.0, 0.0, 0.0)
                yield ReadingLine(field, label, None, 0.0, "ask", page["page"], nowhere, found=False)


def _decision(happened: Happening, law: Law) -> DecisionLine:
    answer = answer_in(happened)
    return DecisionLine(
        law=answer.law,
        law_name=law.data.name if law.id == answer.law else answer.law,
        at=answer.at,
        pack_digest=answer.pack_digest,
        findings=tuple(answer.findings),
        duties=tuple(answer.duties),
        entry=happened.entry,
    )


def _disposition(happened: Happening) -> DispositionLine:
    done = msgspec.convert(happened.particulars["disposition"], Disposition)
    return DispositionLine(
        outcome=done.outcome,
        release=done.release,
        held_past_eligibility=done.held_past_eligibility,
        held_reason=done.held_reason,
        transferred_to=done.transferred_to,
        reimbursement_cents=done.reimbursement_cents,
        note=done.note,
        by=happened.particulars.get("proposed_by", happened.actor),
        second_person=done.second_person,
        at=happened.at,
        contradicts=tuple(happened.particulars["contradicts"]),
        entry=happened.entry,
    )


def _letters(happened: list[Happening]) -> tuple[LetterLine, ...]:
    """The letters drafted, each as approved where it was."""
    letters: list[LetterLine] = []
    for h in happened:
        if h.kind not in ("letter-drafted", "letter-approved"):
            continue
        told = h.particulars
        if h.kind == "letter-drafted":
            letters.append(LetterLine(told["text"], told["pdf_record"], h.at, "", h.entry))
        else:
            letters[-1] = LetterLine(told["text"], told["pdf_record"], h.at, h.actor, h.entry)
    return tuple(letters)
