"""The columns of a table of cases: which are facts, what each holds, and every way a table can be refused.

One row is one case. A column is named as its fact, and holds its words, or true and false; null is not known,
as is a fact without a column. `at` says when: a date is the start of that day in the law's time zone, a moment
without offset is local time there. `id` goes through to the result. Other columns are left aside, but one with
a dot in its name must be a fact.
"""

from collections.abc import Iterable
from typing import Literal

import msgspec

from trustact.facts import FactBook, Value, refused_value
from trustact.failures import BadInput, nearest

Kind = Literal["text", "truth", "day", "local moment", "instant", "nothing", "other"]

ID = "id"
AT = "at"
# A date, or a date and a time of day with or without an offset, as text; no clock is 15 hours from UTC.
MOMENT = r"^\d{4}-\d{2}-\d{2}([T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-](0\d|1[0-4])(:?[0-5]\d)?)?)?$"
WITH_OFFSET = r"[T ].*(Z|[+-]\d{2}(:?\d{2})?)$"


class TableError(BadInput):
    """A table of cases that cannot be decided: which column, which row, what is wrong."""


class Column(msgspec.Struct, frozen=True):
    """A column: its name, what kind of value it holds, and what its own engine calls that type."""

    name: str
    kind: Kind
    type: str


class Inputs(msgspec.Struct, frozen=True):
    """The columns that matter: the facts with the kind of each, the kind of `at`, and whether there is an `id`.

    `unused` are those left aside.
    """

    facts: dict[str, Kind]
    at: Kind
    id: bool
    unused: tuple[str, ...] = ()


class Flaw(msgspec.Struct, frozen=True):
    """A column with values it cannot have: in how many rows, the first of them (from 1), and its value there."""

    column: str
    rows: int
    first: int
    value: str | None


def inputs(columns: Iterable[Column], book: FactBook) -> Inputs:
    """The columns that matter of a table. Raises TableError for one that no fact can be read from."""
    by_name: dict[str, Column] = {}
    for column in columns:
        if column.name in by_name:
            raise TableError(f"two columns are called '{column.name}'")
        by_name[column.name] = column
    if AT not in by_name:
        raise TableError(f"there is no column '{AT}', which says the date or moment of each case")
    if by_name[AT].kind not in ("text", "day", "local moment", "instant"):
        raise TableError(f"the column '{AT}' holds {by_name[AT].type}; it must hold dates or moments")
    facts = {
        name: _fact(column, book) for name, column in by_name.items() if name in book.facts or "." in name
    }
    unused = tuple(name for name in by_name if name not in {*facts, AT, ID})
    return Inputs(facts, by_name[AT].kind, ID in by_name, unused)


def _fact(column: Column, book: FactBook) -> Kind:
    if column.name not in book.facts:
        raise TableError(f"the column '{column.name}' is no fact{nearest(column.name, book.facts)}")
    two_valued = book.domains[column.name] == (True, False)
    wanted: tuple[Kind, ...] = ("truth", "text", "nothing") if two_valued else ("text", "nothing")
    if column.kind not in wanted:
        holds = "true and false" if two_valued else "words, also where they look like numbers"
        raise TableError(f"the column '{column.name}' holds {column.type}; it must hold {holds}")
    return column.kind


def word(value: Value) -> str:
    """A value as a text column has it."""
    return str(value).lower() if isinstance(value, bool) else value


def spellings(value: Value) -> tuple[str, ...]:
    """How a text column may write a value; true and false also as spreadsheets and data frames do."""
    return (word(value), str(value), str(value).upper()) if isinstance(value, bool) else (value,)


def words(domain: tuple[Value, ...]) -> tuple[str, ...]:
    """All the words a text column of a fact can hold."""
    return tuple(spelling for value in domain for spelling in spellings(value))


def refused(flaw: Flaw, book: FactBook) -> TableError:
    """The error for a column's flaw: the first row, what is wrong with its value, and how many rows are like it."""
    if flaw.column != AT:
        wrong = refused_value(flaw.column, flaw.value, book.domains[flaw.column])
    elif flaw.value is None:
        wrong = f"the column '{AT}' is empty"
    else:
        wrong = f"'{flaw.value}' is no date or moment; write 2025-06-01 or 2025-06-01T02:14:00-04:00"
    rows = "1 row is" if flaw.rows == 1 else f"{flaw.rows:,} rows are"
    return TableError(f"row {flaw.first:,}: {wrong} ({rows} wrong in the column '{flaw.column}')")
