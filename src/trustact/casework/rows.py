"""The rows of a report, made from the record: one for each document received that is a request or may be one."""

import datetime as dt
from collections.abc import Iterator

import msgspec
from django.db.models import Q

from trustact.casework.act import RECORDED, Disposition
from trustact.casework.events import SHREDDED, Happening, latest, opened
from trustact.casework.known import accepted_readings, attested
from trustact.casework.links import copied
from trustact.casework.paperless import FORMS, noted
from trustact.casework.remains import remains_of
from trustact.casework.stage import marks_of, stage_of
from trustact.facts import Value
from trustact.law.answer import Answer
from trustact.publish.report_form import Period
from trustact.publish.rows import FormClass, Reason, RequestRow
from trustact.records.models import Case
from trustact.records.office import Office
from trustact.terms import Action, Verdict

AT_ONCE = 200
"""Cases whose events are fetched together; SQLite has a limit to what one statement may name."""

_CLASSES: dict[str, FormClass] = {
    **dict.fromkeys(("i-247a", "i-247d", "i-247x", "i-247"), "civil-detainer"),
    **dict.fromkeys(("i-247g", "i-247n"), "notification-request"),
    **dict.fromkeys(("i-200", "i-205", "i-203", "i-286"), "administrative-warrant"),
    "ao-442": "judicial-warrant",
}
_REASONS: dict[str, Reason] = {
    "basis.final_order": "final-order",
    "basis.removal_proceedings": "removal-proceedings",
    "basis.biometric": "biometric",
    "basis.statements": "statements",
    "basis.transferred_custody": "transferred-custody",
}


def form_class(form: str | None) -> FormClass:
    """What kind of request a form is; unreadable where nobody could say which form it is."""
    return _CLASSES.get(form, "other") if form else "unreadable"


def rows_of(office: Office, period: Period, size: int | None = None) -> Iterator[RequestRow]:
    """A row for each case received in a period, by the office's own days; set-aside ones left out.

    The rows are as the first `size` entries of the ledger make them, or all of them, so that a report can be made
    again later. Of a shredded case there is the row that remains.
    """
    subjects: dict[str, int] = {}
    before = Q() if size is None else Q(events__lt=size)
    cases = Case.objects.filter(before).distinct().prefetch_related("events__row", "events__sealed")
    for case in cases.order_by("number").iterator(AT_ONCE):
        if case.stage == SHREDDED:
            row, mark = remains_of(office, case).row, case.subject
        else:
            happened = _happened(office, case, size)
            row = None if stage_of(happened) == "set-aside" else _row(case, happened, office)
            _, mark = marks_of(office, happened)
        if row and period.first <= row.received_on <= period.last:
            subject = subjects.setdefault(mark or case.token, len(subjects) + 1)
            yield msgspec.structs.replace(row, subject=subject)


def row_of(office: Office, case: Case) -> RequestRow:
    """The row of one case, its subject not yet numbered. Raises VaultError where a record of it does not open."""
    return _row(case, _happened(office, case, None), office)


def _happened(office: Office, case: Case, size: int | None) -> list[Happening]:
    return [opened(office, event) for event in case.events.all() if size is None or event.pk < size]


def _row(case: Case, happened: list[Happening], office: Office) -> RequestRow:
    receipt = happened[0]
    copy = copied(happened)
    done = _disposition(happened)
    form = _form(happened)
    return RequestRow(
        number=case.number,
        received_on=dt.datetime.fromisoformat(receipt.particulars["received_at"]).date(),
        logged_on=receipt.at.astimezone(office.zone).date(),
        late=receipt.particulars["late"],
        station=receipt.particulars["station"],
        channel=receipt.particulars["channel"],
        form=form,
        form_class=form_class(form),
        reasons=_reasons(happened, form_class(form)),
        subject=0,
        entry=receipt.entry,
        opening=receipt.opening or {},
        salt=receipt.opening_salt,
        distinct=not copy,
        of=copy or None,
        cancelled=latest(happened, "cancelled-by-sender") is not None,
        hold_finding=_hold_finding(happened),
        outcome=done.outcome if done else "open",
        release=done.release if done else "unknown",
        held_past_eligibility=done.held_past_eligibility if done else False,
        held_reason=done.held_reason if done else "",
        transferred_to=done.transferred_to if done else "none",
        reimbursement_cents=done.reimbursement_cents if done else 0,
    )


def _form(happened: list[Happening]) -> str | None:
    """The form as a person attested it, else as it was written down or recognised."""
    facts = attested(happened)
    read, note = latest(happened, "document-read"), noted(happened)
    unattested = FORMS[note.kind] if note else read.particulars["form"] if read else None
    form = facts.get("request.form") or unattested
    return str(form) if form else None


def _reasons(happened: list[Happening], kind: FormClass) -> tuple[Reason, ...]:
    known: dict[str, Value] = accepted_readings(happened)
    ticked = tuple(reason for field, reason in _REASONS.items() if known.get(field) is True)
    if ticked:
        return ticked
    has_boxes = kind in ("civil-detainer", "unreadable")
    return ("illegible",) if has_boxes and not _REASONS.keys() <= known.keys() else ("not-stated",)


def _hold_finding(happened: list[Happening]) -> Verdict | None:
    decision = latest(happened, "law-applied")
    if decision is None:
        return None
    answer = msgspec.json.decode(decision.particulars["answer"], type=Answer)
    return next((f.finding for f in answer.findings if f.action is Action.HOLD), None)


def _disposition(happened: list[Happening]) -> Disposition | None:
    done = latest(happened, RECORDED)
    return msgspec.convert(done.particulars["disposition"], Disposition) if done else None
