"""Bulk on Polars: cases in a frame, or in a file of any length, decided by bitmaps a batch at a time."""

from collections.abc import Iterable
from pathlib import Path
from threading import Lock

import polars as pl

from trustact.bulk.columns import (
    AT,
    ID,
    MOMENT,
    WITH_OFFSET,
    Column,
    Flaw,
    Inputs,
    Kind,
    TableError,
    inputs,
    refused,
    spellings,
    words,
)
from trustact.bulk.files import Progress
from trustact.bulk.frame import Frames, result_schema
from trustact.bulk.plan import Plan, plan
from trustact.facts import FactBook
from trustact.failures import BadInput, OutsideFailed
from trustact.law.loading import Law
from trustact.terms import Action

ROWS = 1 << 20  # of a frame decided at once


def findings(frame: pl.DataFrame, law: Law, actions: Iterable[Action | str] | None = None) -> pl.DataFrame:
    """The findings and deciding rules of a frame of cases, in its order. Raises TableError for one it cannot take."""
    cases = _cases(frame.schema, plan(law, actions))
    try:
        parts = [cases.decided(part) for part in frame.iter_slices(ROWS)] or [cases.decided(frame)]
    except _FlawedError:
        raise cases.refused(frame.lazy()) from None
    return parts[0] if len(parts) == 1 else pl.concat(parts)


def decide_file(source: Path, out: Path, to_do: Plan, progress: Progress) -> tuple[Inputs, int]:
    """Decides a Parquet or CSV file into another, in its order, and says what was read.

    Only some batches are in memory at once. Raises BadInput for a file it cannot take, OutsideFailed where the
    computer lets it down, as when the disk is full.
    """
    done, counting = 0, Lock()  # batches may be decided on several threads

    def decided(batch: pl.DataFrame) -> pl.DataFrame:
        nonlocal done
        result = cases.decided(batch)
        with counting:
            done += batch.height
            progress(done, rows)
        return result

    try:
        scan, rows = _scan(source)
        cases = _cases(scan.collect_schema(), to_do)
    except pl.exceptions.PolarsError as wrong:
        raise BadInput(f"{source}: not readable: {_first_line(wrong)}") from None
    results = scan.select(cases.read).map_batches(decided, schema=cases.result_schema, streamable=True)
    try:
        if out.suffix == ".csv":
            results.sink_csv(out)
        else:
            results.sink_parquet(out, compression="zstd")
    except _FlawedError:
        raise cases.refused(scan) from None
    except (pl.exceptions.PolarsError, OSError) as wrong:
        if _reads_through(scan):
            raise OutsideFailed(
                f"{source}: the findings could not be written: {_first_line(wrong)}"
            ) from None
        raise BadInput(f"{source}: not readable: {_first_line(wrong)}") from None
    return cases.inputs, done


def _reads_through(scan: pl.LazyFrame) -> bool:
    """Whether a file can be read to its end; asked after a failure, which does not tell reading from writing."""
    try:
        scan.map_batches(lambda batch: batch.head(0), streamable=True).collect(engine="streaming")
    except (pl.exceptions.PolarsError, OSError):
        return False
    return True


def _first_line(wrong: Exception) -> str:
    return str(wrong).partition("\n")[0]


def _scan(source: Path) -> tuple[pl.LazyFrame, int | None]:
    """The cases of a file, all words where it is CSV, and how many there are where the file says so."""
    if source.suffix == ".csv":
        return pl.scan_csv(source, infer_schema=False, null_values=[""]), None
    scan = pl.scan_parquet(source)
    return scan, scan.select(pl.len()).collect().item()


class _FlawedError(Exception):
    """Some row of a batch cannot be taken; which, only the whole table tells."""


class Cases:
    """Tables of one schema beside a plan: which columns are read, and what each is made into."""

    def __init__(self, schema: pl.Schema, to_do: Plan) -> None:
        self._book = to_do.law.book
        columns = (Column(name, _kind(dtype), str(dtype)) for name, dtype in schema.items())
        self.inputs = inputs(columns, self._book)
        kept, facts = [ID] if self.inputs.id else [], to_do.facts_to_read(self.inputs)
        self.read = [*kept, AT, *facts]
        self.result_schema = {name: schema[name] for name in kept} | result_schema(to_do)
        self._clean = {AT: _moment(self.inputs.at, to_do.law.data.time_zone)}
        self._clean |= {name: _clean(name, schema[name], self._book) for name in facts}
        clean = pl.LazyFrame(schema=schema).select(**self._clean).collect_schema()
        self._frames = Frames(clean, "day" if self.inputs.at == "text" else self.inputs.at, to_do)

    def decided(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The results of some rows; _FlawedError where one of them cannot be taken."""
        clean = frame.select(**self._clean)
        nulls = {name: frame[name].null_count() for name in self._clean} | {AT: 0}
        if any(clean[name].null_count() != count for name, count in nulls.items()):
            raise _FlawedError
        results = self._frames.decided(clean)
        return frame.select(ID).hstack(results) if self.inputs.id else results

    def refused(self, table: pl.LazyFrame) -> TableError:
        """The error for the first column of a table that has a flaw, all its rows read for it."""
        for name, clean in self._clean.items():
            wrong = clean.is_null() & pl.lit(name == AT).or_(pl.col(name).is_not_null())
            rows = table.select(pl.col(name).cast(pl.String).alias("value"), wrong.alias("wrong"))
            found = (
                rows.with_row_index("row", 1).filter("wrong").select(pl.len(), pl.col("row", "value").first())
            )
            count, row, value = found.collect(engine="streaming").row(0)
            if count:
                return refused(Flaw(name, count, row, value), self._book)
        raise AssertionError("a batch was found flawed, but no column of its table")


def _cases(schema: pl.Schema, to_do: Plan) -> Cases:
    """The cases of a schema beside a plan; kept with the plan."""
    kept: dict[tuple[tuple[str, pl.DataType], ...], Cases] = to_do.__dict__.setdefault("_cases", {})
    key = tuple(schema.items())
    if key not in kept:
        kept[key] = Cases(schema, to_do)
    return kept[key]


def _kind(dtype: pl.DataType) -> Kind:
    match dtype:
        case pl.String() | pl.Enum() | pl.Categorical():
            return "text"
        case pl.Boolean():
            return "truth"
        case pl.Date():
            return "day"
        case pl.Datetime():
            return "local moment" if dtype.time_zone is None else "instant"
        case pl.Null():
            return "nothing"
        case _:
            return "other"


def _clean(name: str, dtype: pl.DataType, book: FactBook) -> pl.Expr:
    """A fact's column as true and false or as an enumeration; what the fact cannot be becomes null."""
    column, domain = pl.col(name), book.domains[name]
    if dtype == pl.Boolean:
        return column
    if domain == (True, False):
        read = column.cast(pl.Enum(words(domain)), strict=False)
        return pl.any_horizontal(read == spelling for spelling in spellings(True))
    if isinstance(dtype, pl.Enum) and set(dtype.categories) <= set(words(domain)):
        return column
    return column.cast(pl.Enum(words(domain)), strict=False)


def _moment(kind: Kind, zone: str) -> pl.Expr:
    """The column `at`, an instant in UTC; where it is text, the day in the law's time zone, null if it is none."""
    column = pl.col(AT)
    if kind != "text":
        return column.dt.convert_time_zone("UTC") if kind == "instant" else column
    text = column.cast(pl.String)
    written, offset, seconds = (
        text.str.contains(MOMENT),
        text.str.contains(WITH_OFFSET),
        text.str.slice(len("2025-06-01T02:14"), 1) == ":",
    )
    local = pl.when(written & ~offset).then(text).str.slice(0, len("2025-06-01"))

    def instant(where: pl.Expr, form: str) -> pl.Expr:
        chosen = pl.when(written & offset & where).then(text).str.replace(" ", "T", literal=True)
        return chosen.str.to_datetime(form, strict=False, time_zone="UTC", time_unit="us")

    instants = pl.coalesce(
        instant(seconds, "%Y-%m-%dT%H:%M:%S%.f%#z"),
        instant(~seconds, "%Y-%m-%dT%H:%M%#z"),
    )
    return pl.coalesce(
        local.str.to_date("%Y-%m-%d", strict=False),
        instants.dt.convert_time_zone(zone).dt.date(),
    )
