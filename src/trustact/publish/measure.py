"""The measures shelf: one counted thing each, a folder with `measure.yaml` and `measure.sql`.

The SQL reads one table, `requests`, with the columns of `columns.py` and `subject`, and gives two columns:
`category` and `amount`. The category `total` is the whole; every other row is a part of the breakdown. It is
written in the SQL that SQLite, DuckDB and Spark share. Parts that the SQL leaves out are zero, and printed.
"""

from pathlib import Path
from typing import Any, Literal

import msgspec

from trustact.failures import nearest
from trustact.shelves import ShelfError, read_document

Unit = Literal["request", "individual", "cents"]


class _Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A piece of a measure as written."""


class Breakdown(_Data, frozen=True):
    """The parts of a measure: the column they come from, and the label of every value it can have.

    Without `values` the parts are what the rows hold (case numbers); `none` is printed when there are none.
    """

    column: str
    values: dict[str, str] = {}
    none: str = ""


class Example(_Data, frozen=True):
    """A worked example: rows, with only the columns that matter written, and what the SQL must give."""

    case: str
    rows: tuple[dict[str, Any], ...]
    gives: dict[str, int]


class Measure(_Data, frozen=True):
    """One counted thing: what it counts, its unit, its breakdown, worked examples, and the SQL."""

    measure: str
    counts: str
    unit: Unit
    examples: tuple[Example, ...]
    breakdown: Breakdown | None = None
    sql: str = ""


def read_measure(folder: Path) -> Measure:
    """The measure in a folder of the shelf. Raises ShelfError for a mistake, with file and line."""
    document = read_document(folder / "measure.yaml")
    measure = document.typed(Measure)
    if measure.measure != folder.name:
        raise document.error(
            ("measure",), f"the measure '{measure.measure}' stands in the folder '{folder.name}'"
        )
    if measure.sql:
        raise document.error(("sql",), "the SQL belongs in measure.sql")
    if measure.breakdown and not measure.breakdown.values and not measure.breakdown.none:
        raise document.error(
            ("breakdown",), "without 'values' a breakdown needs 'none', to be printed for no parts"
        )
    try:
        return msgspec.structs.replace(measure, sql=(folder / "measure.sql").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ShelfError(f"{folder.name}/measure.sql: no such file") from None


def read_measures(shelf: Path, names: tuple[str, ...]) -> dict[str, Measure]:
    """The named measures of the shelf. Raises ShelfError for one that is not there."""
    known = sorted(folder.name for folder in shelf.iterdir() if folder.is_dir())
    for name in names:
        if name not in known:
            raise ShelfError(f"measures: there is no measure '{name}'{nearest(name, known)}")
    return {name: read_measure(shelf / name) for name in names}
