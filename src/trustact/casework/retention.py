"""Retention: which cases have been kept as long as the schedule says, and what keeps them longer. A dry run."""

import datetime as dt
from collections.abc import Iterator

import msgspec
from django.db.models import QuerySet

from trustact.casework import Refused
from trustact.casework.events import SHREDDED
from trustact.casework.filings import filed_periods
from trustact.casework.hold import LIFTED, PLACED, Hold, Lifting, liftings, standing
from trustact.casework.remains import receipts
from trustact.casework.schedule import Kind, Rule, schedule_of
from trustact.ledger.entry import parse_entry
from trustact.publish.report_form import Period
from trustact.records.models import Case, Event
from trustact.records.office import Office

_ENDED: dict[str, Kind] = {"acted": "requests", "set-aside": "set-aside"}


class Due(msgspec.Struct, frozen=True):
    """A case whose time is over: by which rule, since which day, and what keeps it all the same (nothing: it goes).

    `held`: a legal hold is among what keeps it. `lifted`: the holds on it that stand no more, by whom and why.
    """

    number: str
    rule: str
    cite: str
    evidence: str
    says: str
    approval: str
    since: dt.date
    kept_by: tuple[str, ...]
    held: bool
    lifted: tuple[str, ...]

    @property
    def goes(self) -> bool:
        """Whether nothing keeps it."""
        return not self.kept_by


def due(office: Office) -> list[Due]:
    """Every case whose time is over, by number; nothing is changed. Raises Refused where no schedule says how long."""
    schedule = schedule_of(office)
    if schedule is None:
        raise Refused(
            f"no retention schedule on the shelf of {office.settings.law} or below it: an agency writes its own "
            f"as {office.folder}/laws/{office.settings.law}/retention.yaml (docs/retention.md)"
        )
    today = office.clock().astimezone(office.zone).date()
    over: dict[Case, tuple[Rule, dt.date]] = {}
    for case in Case.objects.exclude(stage=SHREDDED).order_by("number"):
        rule = schedule.rule_for(_ENDED.get(case.stage, "requests"), training=office.settings.training)
        since = _over_since(office, case, rule)
        if rule and since and since <= today:
            over[case] = rule, since
    stand = standing(office)
    held = {case: [hold for hold in stand if hold.covers(case.number)] for case in over}
    kept, ended = _keepers(office, held), liftings(office)
    return [
        Due(
            case.number,
            rule.id,
            rule.cite,
            rule.evidence.value,
            rule.says,
            rule.approval,
            since,
            kept_by=tuple(kept[case]),
            held=bool(held[case]),
            lifted=tuple(_told(each) for each in ended if each.covers(case.number)),
        )
        for case, (rule, since) in over.items()
    ]


def _told(lifting: Lifting) -> str:
    return f"a legal hold on it was lifted by {lifting.by} in entry {lifting.entry}: {lifting.reason}"


def _over_since(office: Office, case: Case, rule: Rule | None) -> dt.date | None:
    if rule is None or rule.keep is None:
        return None
    events = _of_its_own(case)
    counted = events.first() if rule.counted_from == "receipt" else events.last()
    return rule.keep.after(_day(office, counted)) if counted else None


def _of_its_own(case: Case) -> QuerySet[Event]:
    """The events of a case in their order; legal holds do not make its time run anew."""
    return case.events.exclude(kind__in=(PLACED, LIFTED)).select_related("row").order_by("row")


def _day(office: Office, event: Event) -> dt.date:
    return parse_entry(bytes(event.row.entry)).at.astimezone(office.zone).date()


def _keepers(office: Office, held: dict[Case, list[Hold]]) -> dict[Case, list[str]]:
    """What keeps each of these cases beyond its time, the holds on it first."""
    filed = _filed(office)
    kept: dict[Case, list[str]] = {}
    for case, holds in held.items():
        kept[case] = [f"legal hold of entry {hold.entry}, placed by {hold.by}" for hold in holds]
        if case.stage not in _ENDED:
            kept[case].append("it is still open: record what was done, or set it aside")
        elif filed is not None and not _reported(office, case, filed):
            kept[case].append(
                "no report has been filed that counts it as it stands: file one, or a supplement"
            )
    for case, reason in _together(kept):
        kept[case].append(reason)
    return kept


def _filed(office: Office) -> list[tuple[Period, int]] | None:
    """The periods filed, with their entries; None where the law asks for no report."""
    try:
        return list(filed_periods(office))
    except Refused:
        return None


def _reported(office: Office, case: Case, filed: list[tuple[Period, int]]) -> bool:
    """Whether every day of the case lies in a period that was filed after the last thing that happened in it."""
    last = _of_its_own(case).last()
    days = {day for receipt in receipts(office, case) for day in receipt.days}
    return last is not None and all(
        any(period.first <= day <= period.last and entry > last.pk for period, entry in filed) for day in days
    )


def _together(kept: dict[Case, list[str]]) -> Iterator[tuple[Case, str]]:
    """Cases that name one person go together, for a supplement could not count them as one person otherwise."""
    subjects = {case.subject for case in kept if case.subject}
    stays: dict[str, str] = {}
    for case in Case.objects.filter(subject__in=subjects).exclude(stage=SHREDDED):
        if kept.get(case, ["its time is not over"]):
            stays.setdefault(case.subject, case.number)
    for case, reasons in kept.items():
        if not reasons and case.subject in stays:
            yield case, f"it goes together with case {stays[case.subject]}, of the same person, which stays"
