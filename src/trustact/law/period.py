"""Moments, and spans of days in which a text of law is in force, so that no date has none or two."""

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

import msgspec

from trustact.failures import BadInput

DAY = dt.timedelta(days=1)


class Span(msgspec.Struct, frozen=True):
    """Days from the first to the last, both included; `last` None: no end known."""

    first: dt.date
    last: dt.date | None = None

    def __contains__(self, day: dt.date) -> bool:
        """Whether the day lies in the span."""
        return self.first <= day and (self.last is None or day <= self.last)


def flaw(spans: Sequence[Span], begins: dt.date) -> tuple[int, str] | None:
    """The first overlap or silent gap in spans that must follow on one another from `begins`.

    Returns the index of the span at fault and what is wrong with it, or None where every date from `begins`
    has exactly one span.
    """
    expected = begins
    for index, span in enumerate(spans):
        if span.last is not None and span.last < span.first:
            return index, f"it ends {span.last} before it begins {span.first}"
        if span.first < expected:
            return (
                index,
                f"it begins {span.first} while the text before it still stands until {expected - DAY}",
            )
        if span.first > expected:
            return (
                index,
                f"nothing stands from {expected} to {span.first - DAY}; say so with a version marked `gap`",
            )
        if span.last is None:
            rest = index + 1
            return (rest, "it follows a version without an end") if rest < len(spans) else None
        expected = span.last + DAY
    return len(spans) - 1, f"nothing stands from {expected}; leave `to` out, or add a version marked `gap`"


def moment(written: str, time_zone: str) -> dt.datetime:
    """A moment in ISO 8601 with offset; a date alone is the start of that day in the zone. Raises BadInput."""
    try:
        if len(written) == len("2025-06-01"):
            return dt.datetime.combine(dt.date.fromisoformat(written), dt.time(), ZoneInfo(time_zone))
        at = dt.datetime.fromisoformat(written)
    except ValueError:
        raise BadInput(f"'{written}' is no moment; write 2025-06-01T02:14:00-04:00 or 2025-06-01") from None
    if at.tzinfo is None:
        raise BadInput(f"'{written}' needs its offset from UTC, as in {written}-04:00")
    return at
