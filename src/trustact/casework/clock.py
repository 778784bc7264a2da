"""The clock: the one place where the time of day is read."""

import datetime as dt


def now() -> dt.datetime:
    """The moment, in UTC."""
    return dt.datetime.now(dt.UTC)
