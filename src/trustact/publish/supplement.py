"""A supplement to a report already filed: what was filed stands, and the supplement says what differs from it."""

import datetime as dt
from collections.abc import Iterator

import msgspec

from trustact.publish.figures import Figure, Figures
from trustact.publish.wording import dollars, long_date


class Filed(msgspec.Struct, frozen=True):
    """The report a supplement follows: the day it was filed, by which ledger entry, and its figures."""

    on: dt.date
    entry: int
    figures: Figures


class Supplement(msgspec.Struct, frozen=True):
    """The number of a supplement, from 1, and the filed report, or supplement, before it."""

    number: int
    before: Filed

    def paragraphs(self, figures: Figures) -> tuple[str, ...]:
        """How the supplement begins: what it follows, and each figure that differs, before and now."""
        before = self.before
        changes = "; ".join(_changes(before.figures, figures))
        return (
            f"This is supplement {self.number} to the report of this period. What was filed on {long_date(before.on)} "
            f"(ledger entry {before.entry}) is not changed by it. It states the whole period anew, as the record "
            "stands now, with what was received, logged or recorded since.",
            f"Figures that differ: {changes}."
            if changes
            else "No figure differs; the table of requests does.",
        )


def _changes(before: Figures, now: Figures) -> Iterator[str]:
    stated = {figure.measure: figure for figure in _all(before)}
    for figure in _all(now):
        was = stated.get(figure.measure)
        if was is None or was.amount != figure.amount:
            yield f"{figure.says}: {_amount(was)} before, {_amount(figure)} now"


def _all(figures: Figures) -> tuple[Figure, ...]:
    return (*figures.items, *figures.lines, *figures.beside)


def _amount(figure: Figure | None) -> str:
    if figure is None:
        return "not stated"
    if figure.amount is None:
        return "withheld"
    return dollars(figure.amount) if figure.unit == "cents" else f"{figure.amount:,}"
