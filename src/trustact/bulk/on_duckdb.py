"""Bulk on DuckDB: the plan's SQL over a relation, or from file to file in a stream."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import duckdb
from sqlglot import exp

from trustact.bulk.columns import Column, Flaw, Inputs, Kind, inputs, refused
from trustact.bulk.files import Progress
from trustact.bulk.plan import Plan, plan
from trustact.bulk.sql import GIVEN, ROWS, first_flawed, flaw_counts, statement
from trustact.facts import FactBook
from trustact.failures import BadInput, OutsideFailed
from trustact.law.loading import Law
from trustact.terms import Action

KINDS: dict[str, Kind] = {
    "varchar": "text",
    "enum": "text",
    "boolean": "truth",
    "date": "day",
    "timestamp": "local moment",
    "timestamp_s": "local moment",
    "timestamp_ms": "local moment",
    "timestamp_ns": "local moment",
    "timestamp with time zone": "instant",
    "null": "nothing",
}
GLANCE = 0.5  # seconds between two looks at how far a statement is


def findings(
    cases: duckdb.DuckDBPyRelation, law: Law, actions: Iterable[Action | str] | None = None
) -> duckdb.DuckDBPyRelation:
    """The findings and deciding rules of a relation of cases, in its order.

    The cases are read once to check them, and again when the result is read. Raises TableError for cases it cannot
    take.
    """
    to_do = plan(law, actions)
    given, _ = _checked(cases, law.book)
    return _query(cases, statement(to_do, given))


def decide_file(source: Path, out: Path, to_do: Plan, progress: Progress) -> tuple[Inputs, int]:
    """Decides a Parquet or CSV file into another, in its order, and says what was read.

    Raises BadInput for a file it cannot take, OutsideFailed where the findings cannot be written.
    """
    with duckdb.connect() as connection, ThreadPoolExecutor(1) as worker:
        try:
            cases = _read(connection, source)
            given, rows = _checked(cases, to_do.law.book)
        except duckdb.Error as wrong:
            raise BadInput(f"{source}: not readable: {str(wrong).splitlines()[0]}") from None
        results = _query(cases, statement(to_do, given))
        write = results.write_csv if out.suffix == ".csv" else results.write_parquet
        writing = worker.submit(write, str(out), compression="none" if out.suffix == ".csv" else "zstd")
        try:
            while not wait([writing], GLANCE).done:
                progress(round(rows * max(connection.query_progress(), 0) / 100), rows)
            writing.result()
        except duckdb.Error as wrong:
            line = str(wrong).splitlines()[0]
            raise OutsideFailed(f"{source}: the findings could not be written: {line}") from None
        except BaseException:
            connection.interrupt()
            raise
        progress(rows, rows)
    return given, rows


def _read(connection: duckdb.DuckDBPyConnection, source: Path) -> duckdb.DuckDBPyRelation:
    if source.suffix == ".csv":
        return connection.read_csv(
            str(source), header=True, sep=",", quotechar='"', escapechar='"', all_varchar=True, skiprows=0
        )
    return connection.read_parquet(str(source))


def _query(cases: duckdb.DuckDBPyRelation, select: exp.Select) -> duckdb.DuckDBPyRelation:
    # None is for statements that select nothing; this one always does.
    return cases.query(GIVEN, select.sql(dialect="duckdb"))  # type: ignore[return-value]


def _checked(cases: duckdb.DuckDBPyRelation, book: FactBook) -> tuple[Inputs, int]:
    """The columns of the cases that matter, and how many cases there are. Raises TableError for a flaw."""
    types = zip(cases.columns, cases.types, strict=True)
    given = inputs((Column(name, KINDS.get(type_.id, "other"), str(type_)) for name, type_ in types), book)
    counts = _query(cases, flaw_counts(given, book))
    by_column = dict(zip(counts.columns, counts.fetchall()[0], strict=True))
    rows = by_column.pop(ROWS)
    for name, flawed in by_column.items():
        if flawed:
            row = exp.Window(this=exp.RowNumber())
            ((first, value),) = _query(cases, first_flawed(name, row, given, book)).fetchall()
            raise refused(Flaw(name, flawed, first, None if value is None else str(value)), book)
    return given, rows
