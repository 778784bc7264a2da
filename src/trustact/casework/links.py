"""Links cases by what their forms say: sent again, sent to another station, cancelled, followed by a later one.

The same documents, byte by byte, are copies too, whether attached to a mail or faxed, and whatever can be read of them.
Nothing is merged: each document received stays a case of its own, and the link says what it is. The links do not
depend on the order in which documents are read. A link that rested on a reading a person has since corrected is withdrawn.
"""

from collections.abc import Mapping

from django.db.models import Q, QuerySet

from trustact.casework.enclosed import brought, sharing
from trustact.casework.events import SHREDDED, Happening, happenings, latest
from trustact.casework.known import accepted_readings
from trustact.facts import Value
from trustact.records.append import append
from trustact.records.models import Case
from trustact.records.office import Office

_SAME = ("request.event_number", "request.date", "request.file_number")


def link(office: Office, case: Case, form: str | None, readings: Mapping[str, Value], by: str) -> None:
    """Link a case and those its readings speak of; call inside a transaction.

    `readings` are those taken as right: accepted by the machine or attested by a person.
    """
    before = case.sameness
    case.sameness, case.subject = marks(office, form, readings)
    case.save(update_fields=["sameness", "subject"])
    _relate(office, case, by)
    later_ones = Case.objects.filter(pk__gt=case.pk).exclude(stage=SHREDDED)
    for later in later_ones.filter(_alike(case, before)).order_by("pk"):
        _relate(office, later, by)
    _relate_sharing(office, case, by)


def link_by_bytes(office: Office, case: Case, by: str) -> None:
    """Link a case that could not be read, and those that brought the same documents; call inside a transaction."""
    _relate(office, case, by)
    _relate_sharing(office, case, by)


def _relate_sharing(office: Office, case: Case, by: str) -> None:
    later = Case.objects.filter(pk__gt=case.pk).exclude(stage=SHREDDED)
    for each in sharing(later, brought(case)):
        _relate(office, each, by)


def copied(happened: list[Happening]) -> str:
    """The number of the case this one is a copy of; empty where it is none."""
    said = latest(happened, "linked-as-copy", "copy-link-withdrawn")
    return str(said.particulars["of"]) if said and said.kind == "linked-as-copy" else ""


def _alike(case: Case, before: str) -> Q:
    """Cases whose links may rest on this one: of the same form, now or before, or about the same subject."""
    alike = Q(pk__in=[])
    for field, value in (("sameness", case.sameness), ("sameness", before), ("subject", case.subject)):
        if value:
            alike |= Q(**{field: value})
    return alike


def _relate(office: Office, case: Case, by: str) -> None:
    """Say of a case what it is to the earlier ones."""
    earlier = Case.objects.filter(pk__lt=case.pk).order_by("pk")
    happened = happenings(office, case)
    original = _original(case, earlier)
    _say_copy(office, case, original, happened, by)
    if original or not case.subject:
        return
    others = earlier.filter(subject=case.subject).exclude(sameness=case.sameness).exclude(stage=SHREDDED)
    if accepted_readings(happened).get("cancels_previous") is True:
        for cancelled in others:
            _say_once(office, cancelled, "cancelled-by-sender", {"by": case.number}, by)
    elif previous := others.last():
        _say_once(office, case, "linked-as-later", {"of": previous.number}, by)


def _original(case: Case, earlier: QuerySet[Case]) -> Case | None:
    """The first case that is the same form, or that brought every document this one brings."""
    same = earlier.filter(sameness=case.sameness).first() if case.sameness else None
    own = brought(case)
    before = (each for each in sharing(earlier, own) if own <= brought(each))
    return min(filter(None, (same, next(before, None))), key=lambda each: each.pk, default=None)


def _say_copy(office: Office, case: Case, original: Case | None, happened: list[Happening], by: str) -> None:
    """Say that a case is a copy of another, or no longer is, where that is news."""
    said, found = copied(happened), original.number if original else ""
    if said and said != found:
        append(office, "copy-link-withdrawn", {"of": said}, actor=by, case=case)
    if original and said != found:
        elsewhere = original.stage != SHREDDED and _station(happenings(office, original)) != _station(
            happened
        )
        how = "other-station" if elsewhere else "re-sent"
        append(office, "linked-as-copy", {"of": found, "how": how}, actor=by, case=case)


def _station(happened: list[Happening]) -> str:
    return str(happened[0].particulars.get("station", ""))


def marks(office: Office, form: str | None, readings: Mapping[str, Value]) -> tuple[str, str]:
    """The keyed fingerprints by which the same form, and the same subject, are found again; empty where unknown."""
    same = _fingerprint(office, "same form", [form or "", *(readings.get(field) for field in _SAME)])
    return same, _fingerprint(office, "subject", [readings.get("request.file_number")])


def _fingerprint(office: Office, purpose: str, parts: list[Value | None]) -> str:
    """The keyed fingerprint of the parts, letters and digits alone; nothing where a part is not known."""
    words = ["".join(filter(str.isalnum, str(part or ""))).upper() for part in parts]
    return office.key_ring.blind_index(purpose, "|".join(words).encode()) if all(words) else ""


def _say_once(office: Office, case: Case, kind: str, particulars: dict[str, str], by: str) -> None:
    """Say something of a case that was not said before."""
    if all(each.particulars != particulars for each in happenings(office, case) if each.kind == kind):
        append(office, kind, particulars, actor=by, case=case)
