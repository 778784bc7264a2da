"""The figures of a report: every item with its breakdown, what is disclosed beside, and the tallies.

Pure: rows and measures in, numbers out. A part that is zero is a part, never left out.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from trustact.publish.department import Department
from trustact.publish.measure import Measure, Unit
from trustact.publish.measuring import Measured, measured
from trustact.publish.report_form import Item, Period, ReportError, ReportForm
from trustact.publish.rows import RequestRow
from trustact.publish.wording import MONTHS


class Part(msgspec.Struct, frozen=True):
    """One part of a breakdown or tally: code, label, and its amount; None where the amount is withheld."""

    code: str
    label: str
    amount: int | None


class Figure(msgspec.Struct, frozen=True):
    """What the report states of one item: its amount in its unit, and the parts; None where it is withheld.

    `number`: the law's number of the item, None for a line outside the law's items.
    """

    number: int | None
    says: str
    unit: Unit
    measure: str
    amount: int | None
    breakdown: str = ""
    note: str = ""
    parts: tuple[Part, ...] = ()


class Figures(msgspec.Struct, frozen=True):
    """All figures of a report. `listed`: how many requests it lists; the three tallies each add up to it."""

    items: tuple[Figure, ...]
    lines: tuple[Figure, ...]
    beside: tuple[Figure, ...]
    listed: int | None
    by_district: tuple[Part, ...]
    by_month: tuple[Part, ...]
    by_channel: tuple[Part, ...]


def figures(
    form: ReportForm,
    measures: Mapping[str, Measure],
    rows: Sequence[RequestRow],
    period: Period,
    department: Department,
) -> Figures:
    """The figures of a report over its rows.

    Raises ReportError for an item whose measure counts in another unit, MeasureError for a measure that
    cannot be used.
    """
    given = measured((measures[name] for name in form.measures()), rows)

    def stated(items: Sequence[Item], first: int | None = None) -> tuple[Figure, ...]:
        numbers = [None if first is None else first + i for i in range(len(items))]
        return tuple(
            _figure(number, item, measures[item.measure], given[item.measure])
            for number, item in zip(numbers, items, strict=True)
        )

    return Figures(
        items=stated(form.items, 1),
        lines=stated(form.lines),
        beside=stated(form.beside),
        listed=len(rows),
        by_district=_tally(department.stations, (row.station for row in rows)),
        by_month=_tally(_months(period), (f"{row.received_on:%Y-%m}" for row in rows)),
        by_channel=_tally(department.channels, (row.channel for row in rows)),
    )


def _figure(number: int | None, item: Item, measure: Measure, given: Measured) -> Figure:
    if item.unit != measure.unit:
        raise ReportError(
            f"'{item.says}' is stated in {item.unit}, but measure {item.measure} counts {measure.unit}"
        )
    return Figure(
        number,
        item.says,
        item.unit,
        item.measure,
        given.total,
        item.breakdown,
        item.note,
        _parts(measure, given),
    )


def _parts(measure: Measure, given: Measured) -> tuple[Part, ...]:
    if measure.breakdown is None:
        return ()
    labels = measure.breakdown.values
    parts = tuple(Part(code, labels.get(code, code), amount) for code, amount in given.parts.items())
    return parts or (Part("none", measure.breakdown.none, 0),)


def _tally(labels: Mapping[str, str], codes: Iterable[str]) -> tuple[Part, ...]:
    """How often each code occurs: first the ones that have labels, in their order, then any other."""
    counts = Counter(codes)
    others = sorted(counts.keys() - labels.keys())
    return tuple(Part(code, labels.get(code, code), counts[code]) for code in (*labels, *others))


def _months(period: Period) -> dict[str, str]:
    months = range(period.first.year * 12 + period.first.month - 1, period.last.year * 12 + period.last.month)
    return {f"{m // 12}-{m % 12 + 1:02}": f"{MONTHS[m % 12]} {m // 12}" for m in months}
