"""The legal public holidays of 5 U.S.C. 6103(a), each on the day it is observed by (b) and Executive Order 11582."""

import datetime as dt
from functools import cache

_FIXED = ((1, 1), (7, 4), (11, 11), (12, 25))
_FLOATING = ((1, 0, 3), (2, 0, 3), (5, 0, -1), (9, 0, 1), (10, 0, 2), (11, 3, 4))  # month, weekday, which one
_JUNETEENTH_SINCE = 2021


def is_federal_holiday(day: dt.date) -> bool:
    """Whether a day is a legal public holiday, or the weekday on which one that falls on a weekend is observed."""
    return day in _holidays(day.year) or day in _holidays(day.year + 1)


@cache
def _holidays(year: int) -> frozenset[dt.date]:
    fixed = [dt.date(year, month, day) for month, day in _FIXED]
    if year >= _JUNETEENTH_SINCE:
        fixed.append(dt.date(year, 6, 19))
    observed = [day + dt.timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0)) for day in fixed]
    return frozenset([*fixed, *observed, *(_floating(year, *rule) for rule in _FLOATING)])


def _floating(year: int, month: int, weekday: int, which: int) -> dt.date:
    if which < 0:
        last = dt.date(year, month + 1, 1) - dt.timedelta(days=1)
        return last - dt.timedelta(days=(last.weekday() - weekday) % 7)
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))
