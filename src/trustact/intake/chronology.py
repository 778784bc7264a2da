"""The dates of one document beside one another and beside the day it came: of what cannot be, all is asked."""

import datetime as dt
from collections.abc import Sequence

from trustact.intake.reading import Reading, asked

_ELSEWHERE = dt.timedelta(days=1)
"""How much later than here the day may already be where a form was filled in."""
_OLDEST = dt.timedelta(days=100 * 365.25)
"""As old as a person may be whose day of birth is believed without a look."""


def in_time(readings: Sequence[Reading], arrived: dt.date | None) -> list[Reading]:
    """The readings, those of dates asked that cannot all be right.

    Nobody is born on or after the day of the request about them, hardly anybody a hundred years before it, and no request
    is dated after it came (`arrived`, in the agency's own time zone; None where that is not known).
    """
    dates = {
        reading.field: dt.date.fromisoformat(reading.value)
        for reading in readings
        if reading.field in ("subject.date_of_birth", "request.date") and isinstance(reading.value, str)
    }
    born, issued = dates.get("subject.date_of_birth"), dates.get("request.date")
    amiss: set[str] = set()
    if born and issued and not dt.timedelta(0) < issued - born <= _OLDEST:
        amiss |= {"subject.date_of_birth", "request.date"}
    if born and arrived and arrived - born > _OLDEST:
        amiss.add("subject.date_of_birth")
    if arrived:
        amiss |= {field for field, day in dates.items() if day > arrived + _ELSEWHERE}
    return [asked(reading) if reading.field in amiss else reading for reading in readings]
