"""The days on which a law changes, as they stand in a column of dates, of local moments, or of instants."""

import datetime as dt
from zoneinfo import ZoneInfo

from trustact.bulk.columns import Kind


def beginning(day: dt.date, kind: Kind, zone: str) -> dt.date | dt.datetime:
    """The first value of the day in a column of that kind: the date, or its midnight in the law's time zone."""
    if kind == "day":
        return day
    midnight = dt.datetime.combine(day, dt.time())
    return midnight.replace(tzinfo=ZoneInfo(zone)).astimezone(dt.UTC) if kind == "instant" else midnight
