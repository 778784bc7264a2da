"""Counting: measures run over the rows of a report, in a database in memory."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any

import msgspec

from trustact.publish.columns import COLUMNS, plain
from trustact.publish.measure import Measure
from trustact.publish.rows import RequestRow

TOTAL = "total"

_BLANK = {
    "number": "2025-0001",
    "received_on": "2025-01-01",
    "logged_on": "2025-01-01",
    "station": "A-1",
    "channel": "fax",
    "form": "i-247a",
    "form_class": "civil-detainer",
    "reasons": [],
    "subject": 1,
    "entry": 0,
    "opening": {},
    "salt": "",
}


class MeasureError(Exception):
    """A measure that cannot be used: its SQL fails, or gives what its `measure.yaml` does not provide for."""


class Measured(msgspec.Struct, frozen=True):
    """What a measure gave: the whole, and every part of its breakdown, zero ones too, by code."""

    total: int
    parts: dict[str, int]


def measured(measures: Iterable[Measure], rows: Sequence[RequestRow]) -> dict[str, Measured]:
    """What each measure gives over the rows, by its name. Raises MeasureError."""
    with closing(sqlite3.connect(":memory:")) as database:
        _fill(database, rows)
        return {measure.measure: _checked(measure, _counted(database, measure)) for measure in measures}


def failed_examples(measure: Measure) -> Iterator[str]:
    """A sentence for each worked example that does not come out as written. Raises MeasureError."""
    for example in measure.examples:
        rows = [msgspec.convert({**_BLANK, **row}, RequestRow) for row in example.rows]
        given = measured([measure], rows)[measure.measure]
        found = {TOTAL: given.total, **{code: amount for code, amount in given.parts.items() if amount}}
        if found != {TOTAL: 0, **{code: amount for code, amount in example.gives.items() if amount}}:
            yield f"measure {measure.measure}, {example.case}: gives {found}, not {example.gives}"


def _fill(database: sqlite3.Connection, rows: Sequence[RequestRow]) -> None:
    kinds = {
        column.name: "INTEGER" if column.kind in ("integer", "boolean") else "TEXT" for column in COLUMNS
    }
    columns = [f'"{name}" {kind}' for name, kind in {**kinds, "subject": "INTEGER"}.items()]
    database.execute(f"CREATE TABLE requests ({', '.join(columns)})")
    values = ", ".join("?" * len(columns))
    database.executemany(f"INSERT INTO requests VALUES ({values})", map(_stored, rows))  # noqa: S608
    database.execute("PRAGMA query_only = ON")


def _stored(row: RequestRow) -> list[Any]:
    values = {**plain(row), "opening": json.dumps(row.opening), "subject": row.subject}
    return list(values.values())


def _counted(database: sqlite3.Connection, measure: Measure) -> dict[str, int]:
    try:
        cursor = database.execute(measure.sql)
        found = cursor.fetchall()
    except sqlite3.Error as wrong:
        raise MeasureError(f"{measure.measure}/measure.sql: {wrong}") from None
    names = [column[0] for column in cursor.description or ()]
    if names != ["category", "amount"]:
        raise MeasureError(f"{measure.measure}/measure.sql: it gives {names}, not category and amount")
    counted = dict(found)
    if len(counted) != len(found) or TOTAL not in counted:
        raise MeasureError(
            f"{measure.measure}/measure.sql: it must give '{TOTAL}' and each other category once"
        )
    if not all(isinstance(code, str) and isinstance(amount, int) for code, amount in found):
        raise MeasureError(
            f"{measure.measure}/measure.sql: a category is not text or an amount no whole number"
        )
    return counted


def _checked(measure: Measure, counted: Mapping[str, int]) -> Measured:
    parts = {code: amount for code, amount in counted.items() if code != TOTAL}
    values = measure.breakdown.values if measure.breakdown else {}
    for code in parts:
        if not measure.breakdown or (values and code not in values):
            raise MeasureError(
                f"{measure.measure}/measure.sql: it gives '{code}', which measure.yaml does not list"
            )
    codes = values or sorted(parts)
    return Measured(counted[TOTAL], {code: parts.get(code, 0) for code in codes})
