"""Duties: what the law requires next, and when each falls due."""

import datetime as dt
from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

import msgspec

from trustact.facts import Value
from trustact.law.condition import holds
from trustact.law.holidays import is_federal_holiday
from trustact.law.loading import Law
from trustact.law.pack import Due
from trustact.terms import Evidence

DAY = dt.timedelta(days=1)


class DutyDue(msgspec.Struct, frozen=True):
    """A duty with the moment or day it falls due, in ISO 8601; None where the law names no time."""

    duty: str
    says: str
    cite: str
    evidence: Evidence
    due: str | None


def duties(law: Law, facts: Mapping[str, Value], at: dt.datetime) -> list[DutyDue]:
    """The duties in force at a moment that the facts do not exclude, counted from that moment."""
    zone = ZoneInfo(law.data.time_zone)
    local = at.astimezone(zone)
    counted = law.book.counted(facts)
    return [
        DutyDue(duty.id, duty.says, duty.cite, duty.evidence, deadline(duty.due, local))
        for pack in law.layers
        for duty in pack.duties
        if local.date() in duty.span and holds(duty.when, counted) is not False
    ]


def deadline(due: Due, trigger: dt.datetime) -> str | None:
    """When a duty falls due, counted from its trigger, a local moment with a time zone."""
    if due.at_once:
        return trigger.isoformat()
    if due.hours:
        return _after_hours(due, trigger).isoformat()
    if due.business_days:
        return _after_business_days(due.business_days, trigger.date()).isoformat()
    if due.month_day:
        month, _, day = due.month_day.partition("-")
        this_year = dt.date(trigger.year, int(month), int(day))
        return (
            this_year if trigger.date() <= this_year else this_year.replace(year=trigger.year + 1)
        ).isoformat()
    return None


def _after_hours(due: Due, trigger: dt.datetime) -> dt.datetime:
    """The moment when `due.hours` hours have run, whole days named in `due.excluding` standing still.

    Hours are counted on the clock of the world, so a change to or from daylight time neither adds nor takes one.
    """
    left = dt.timedelta(hours=due.hours)
    now = trigger
    while True:
        midnight = dt.datetime.combine(now.date() + DAY, dt.time(), now.tzinfo)
        if _stands_still(due, now.date()):
            now = midnight
            continue
        until_midnight = midnight.astimezone(dt.UTC) - now.astimezone(dt.UTC)
        if left <= until_midnight:
            return (now.astimezone(dt.UTC) + left).astimezone(now.tzinfo)
        left -= until_midnight
        now = midnight


def _stands_still(due: Due, day: dt.date) -> bool:
    named = {"saturday": day.weekday() == 5, "sunday": day.weekday() == 6, "holiday": is_federal_holiday(day)}
    return any(named[word] for word in due.excluding)


def _after_business_days(count: int, day: dt.date) -> dt.date:
    for later in _business_days(day + DAY):
        count -= 1
        if count == 0:
            return later
    raise AssertionError("there is always another business day")


def _business_days(day: dt.date) -> Iterator[dt.date]:
    while True:
        if day.weekday() < 5 and not is_federal_holiday(day):
            yield day
        day += DAY
