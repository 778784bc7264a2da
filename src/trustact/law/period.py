"""Spans of days in which a text of law is in force, and the check that no date has none or two."""

import datetime as dt
from collections.abc import Sequence

import msgspec

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
