"""The report a law asks for, as data: `laws/<id>/report.yaml`, typed.

It says who reports to whom, for which period and by when, the items with the measure that counts each, what
is disclosed beside them, how everything is counted, and how well the reporting paragraph itself is known.
"""

import datetime as dt
import re
from pathlib import Path
from typing import Annotated

import msgspec

from trustact.publish.measure import Unit
from trustact.publish.wording import check_placeholders
from trustact.shelves import read_document
from trustact.terms import Evidence

PLACEHOLDERS = ("period", "first", "last")
MonthDay = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{2}-[0-9]{2}$")]


class ReportError(Exception):
    """A report that cannot be made: which row, item or period, and what is wrong with it."""


class Period(msgspec.Struct, frozen=True):
    """The days a report covers, both included, and their name (`2025`)."""

    name: str
    first: dt.date
    last: dt.date


class _Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """A piece of a report form as written."""


class Officer(_Data, frozen=True):
    """Who reports or receives the report: a title, and the body it belongs to."""

    title: str
    body: str


class Year(_Data, frozen=True):
    """The reporting year: the day it begins (`01-01`) and what the law calls it."""

    begins: MonthDay
    says: str


class Item(_Data, frozen=True):
    """One thing the report states: what the law says, its unit, and the measure that counts it.

    `breakdown`: what the law wants it broken down by, in its words; empty where by nothing.
    """

    says: str
    unit: Unit
    measure: str
    breakdown: str = ""
    note: str = ""


class License(_Data, frozen=True):
    """The terms the data may be used under: SPDX or Open Definition name, title and address."""

    name: str
    title: str
    path: str


class ReportForm(_Data, frozen=True):
    """A report as a law asks for it.

    `items` are the law's own, numbered from 1; `lines` count requests outside them, so that items and lines
    together account for every request listed; `beside` are disclosed for the reader. `letter` and `counting`
    are paragraphs. `suppress_below`: counts from 1 to one less are withheld, and no request is listed; null
    where the law has none withheld. `not_acted_upon`: the words for a request that was not acted upon.
    """

    report: str
    law: str
    title: str
    short_title: str
    cite: str
    evidence: Evidence
    evidence_note: str
    from_: Officer
    to: Officer
    period: Year
    due: MonthDay | None
    letter: tuple[str, ...]
    items_heading: str
    items: tuple[Item, ...]
    lines: tuple[Item, ...]
    beside: tuple[Item, ...]
    counting: tuple[str, ...]
    suppress_below: int | None
    not_acted_upon: str
    license: License

    def period_named(self, name: str) -> Period:
        """The reporting year that begins in the calendar year `name`. Raises ReportError for another name."""
        if not re.fullmatch(r"[12][0-9]{3}", name):
            raise ReportError(f"the period '{name}' is not a year such as 2025")
        first = _day(self.period.begins, int(name))
        return Period(name, first, _day(self.period.begins, int(name) + 1) - dt.timedelta(days=1))

    def due_on(self, period: Period) -> dt.date | None:
        """The day a report is due, the first not before its period's last day; None if none is known."""
        if self.due is None:
            return None
        day = _day(self.due, period.last.year)
        return day if day >= period.last else _day(self.due, period.last.year + 1)

    def measures(self) -> tuple[str, ...]:
        """The names of the measures the form uses, in its order."""
        return tuple(item.measure for item in (*self.items, *self.lines, *self.beside))


def _day(month_day: str, year: int) -> dt.date:
    month, day = map(int, month_day.split("-"))
    return dt.date(year, month, day)


def read_report_form(path: Path) -> ReportForm:
    """The report form in a `report.yaml`. Raises ShelfError with file and line for a mistake."""
    document = read_document(path)
    form = document.typed(ReportForm)
    for key, month_day in (("period", form.period.begins), ("due", form.due)):
        if month_day and not _in_every_year(month_day):
            raise document.error((key,), f"{month_day} is not a day of every year")
    if form.suppress_below is not None and form.suppress_below < 2:
        raise document.error(("suppress_below",), "below 2 there is nothing to withhold; write null")
    check_placeholders(document, ("letter",), form.letter, PLACEHOLDERS)
    return form


def _in_every_year(month_day: str) -> bool:
    try:
        return bool(_day(month_day, 2001))
    except ValueError:
        return False
