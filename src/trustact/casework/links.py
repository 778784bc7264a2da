"""Links cases by what their forms say: the same form sent again, and a form that cancels an earlier one.

Nothing is merged: each document received stays a case of its own, and the link says what it is.
"""

from collections.abc import Mapping

from trustact.facts import Value
from trustact.records.append import append
from trustact.records.models import Case, Event
from trustact.records.office import Office

_SAME = ("request.event_number", "request.date", "request.file_number")


def link(office: Office, case: Case, form: str | None, readings: Mapping[str, Value], by: str) -> None:
    """Link a case to the earlier ones its readings speak of; call inside a transaction.

    `readings` are those taken as right: accepted by the machine or attested by a person.
    """
    case.sameness = _fingerprint(office, "same form", [form or "", *(readings.get(field) for field in _SAME)])
    case.subject = _fingerprint(office, "subject", [readings.get("request.file_number")])
    case.save(update_fields=["sameness", "subject"])
    earlier = Case.objects.filter(pk__lt=case.pk).order_by("pk")
    original = earlier.filter(sameness=case.sameness).first() if case.sameness else None
    if original:
        _say_once(office, case, "linked-as-copy", {"of": original.number}, by)
    elif readings.get("cancels_previous") is True and case.subject:
        for cancelled in earlier.filter(subject=case.subject).exclude(sameness=case.sameness):
            _say_once(office, cancelled, "cancelled-by-sender", {"by": case.number}, by)


def _fingerprint(office: Office, purpose: str, parts: list[Value | None]) -> str:
    """The keyed fingerprint of the parts, letters and digits alone; nothing where a part is not known."""
    words = ["".join(filter(str.isalnum, str(part or ""))).upper() for part in parts]
    return office.key_ring.blind_index(purpose, "|".join(words).encode()) if all(words) else ""


def _say_once(office: Office, case: Case, kind: str, particulars: dict[str, str], by: str) -> None:
    if not Event.objects.filter(case=case, kind=kind).exists():
        append(office, kind, particulars, actor=by, case=case)
