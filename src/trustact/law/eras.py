"""The eras of a law: spans of days between which nothing in it changes, and the text in force on a day."""

import datetime as dt
from zoneinfo import ZoneInfo

from trustact.law.check import change_days
from trustact.law.in_force import LawInForce, in_force
from trustact.law.loading import Law
from trustact.law.period import DAY, Span


def eras(law: Law) -> list[Span]:
    """The spans of days, from the law's first one on, between which no rule of any layer begins or ends."""
    days = change_days(law)
    return [
        Span(first, later - DAY if later else None)
        for first, later in zip(days, [*days[1:], None], strict=True)
    ]


def text_on(law: Law, day: dt.date) -> LawInForce:
    """The law in force at noon of a day."""
    return in_force(law, noon(law, day))


def noon(law: Law, day: dt.date) -> dt.datetime:
    """Noon of a day where the law is."""
    return dt.datetime.combine(day, dt.time(12), ZoneInfo(law.data.time_zone))
