"""Bulk on Polars: cases in a frame, or in a file of any length, decided by bitmaps a batch at a time."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import polars as pl

from trustact.bulk.columns import AT, ID, MOMENT, Column, Flaw, Inputs, Kind, inputs, refused, words
from trustact.bulk.frame import Frames, result_schema
from trustact.bulk.plan import Plan, plan
from trustact.facts import FactBook
from trustact.law.loading import Law
from trustact.terms import Action

Progress = Callable[[int], None]

ROWS = 1 << 20  # of a frame decided at once: bitmaps of 128 KiB, which stay in the processor's cache


def findings(frame: pl.DataFrame, law: Law, actions: Iterable[Action | str] | None = None) -> pl.DataFrame:
    """The findings and deciding rules of a frame of cases, in its order. Raises TableError for one it cannot take."""
    cases = Cases(frame.lazy(), plan(law, actions))
    return pl.concat([cases.decided(part) for part in frame.iter_slices(ROWS)] or [cases.decided(frame)])


def decide_file(source: Path, out: Path, to_do: Plan, progress: Progress) -> Inputs:
    """Decides a Parquet or CSV file into another, a batch at a time. Raises TableError for one it cannot take."""
    scan = pl.scan_csv(source, infer_schema=False) if source.suffix == ".csv" else pl.scan_parquet(source)
    cases = Cases(scan, to_do)
    done = 0

    def decided(batch: pl.DataFrame) -> pl.DataFrame:
        nonlocal done
        result = cases.decided(batch)
        done += batch.height
        progress(done)
        return result

    results = cases.scan.map_batches(decided, schema=cases.result_schema, streamable=True)
    if out.suffix == ".csv":
        results.sink_csv(out)
    else:
        results.sink_parquet(out, compression="zstd")
    return cases.inputs


class Cases:
    """A table of cases beside the plan for them: which columns are read, and what each is made into."""

    def __init__(self, scan: pl.LazyFrame, to_do: Plan) -> None:
        self._book = to_do.law.book
        schema = scan.collect_schema()
        self.inputs = inputs(
            (Column(name, _kind(dtype), str(dtype)) for name, dtype in schema.items()), self._book
        )
        read = to_do.facts_to_read(self.inputs)
        kept = [ID] if self.inputs.id else []
        self.scan = scan.select(*kept, AT, *read)
        self.result_schema = {name: schema[name] for name in kept} | result_schema(to_do)
        self._clean = {AT: _moment(self.inputs.at, to_do.law.data.time_zone)}
        self._clean |= {name: _clean(name, schema[name], self._book) for name in read}
        clean_schema = self.scan.select(**self._clean).collect_schema()
        self._frames = Frames(clean_schema, "day" if self.inputs.at == "text" else self.inputs.at, to_do)

    def decided(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The results of some rows. Raises TableError, for the whole table, where one of them cannot be taken."""
        clean = frame.select(**self._clean)
        if clean[AT].null_count() or any(
            frame[name].null_count() != clean[name].null_count() for name in self._clean
        ):
            raise self._refused()
        results = self._frames.decided(clean)
        return frame.select(ID).hstack(results) if self.inputs.id else results

    def _refused(self) -> Exception:
        """The error for the first column with a flaw, all rows of the table read for it."""
        for name, clean in self._clean.items():
            wrong = pl.col(name).is_not_null() & clean.is_null() if name != AT else clean.is_null()
            rows = self.scan.select(pl.col(name).cast(pl.String), wrong.alias("wrong")).with_row_index(
                "row", 1
            )
            found: dict[str, Any] = (
                rows.filter("wrong").select(pl.len(), pl.col("row", name).first()).collect(engine="streaming")
            ).row(0, named=True)
            if found["len"]:
                return refused(Flaw(name, found["len"], found["row"], found[name]), self._book)
        raise AssertionError("a table was found flawed, but no column of it")


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
        return column.cast(pl.String).str.to_lowercase().cast(pl.Enum(words(domain)), strict=False) == "true"
    if isinstance(dtype, pl.Enum) and set(dtype.categories) <= set(words(domain)):
        return column
    return column.cast(pl.Enum(words(domain)), strict=False)


def _moment(kind: Kind, zone: str) -> pl.Expr:
    """The column `at`; where it is text, the day in the law's time zone, null where it is no date or moment."""
    column = pl.col(AT)
    if kind != "text":
        return column
    written = pl.when(column.str.contains(MOMENT)).then(column.str.replace(" ", "T", literal=True))

    def read(form: str, within: str | None = None) -> pl.Expr:
        return written.str.to_datetime(form, strict=False, time_zone=within, time_unit="us")

    seconds, minutes = "%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"
    instant = pl.coalesce(read(f"{seconds}%#z", "UTC"), read(f"{minutes}%#z", "UTC"))
    return pl.coalesce(
        written.str.to_date("%Y-%m-%d", strict=False),
        pl.coalesce(read(seconds), read(minutes)).dt.date(),
        instant.dt.convert_time_zone(zone).dt.date(),
    )
