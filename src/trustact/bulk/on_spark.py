"""Bulk on Spark: the plan's SQL over a data frame on any cluster, or from file to file on this machine."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
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
    "string": "text",
    "boolean": "truth",
    "date": "day",
    "timestamp_ntz": "local moment",
    "timestamp": "instant",
    "void": "nothing",
}


def findings(cases: DataFrame, law: Law, actions: Iterable[Action | str] | None = None) -> DataFrame:
    """The findings and deciding rules of a frame of cases.

    The cases are read once to check them, and again when the result is read. Raises TableError for cases it cannot
    take.
    """
    to_do = plan(law, actions)
    given, _ = _checked(cases, law.book)
    return _query(cases, statement(to_do, given))


def decide_file(source: Path, out: Path, to_do: Plan, progress: Progress) -> tuple[Inputs, int]:
    """Decides a Parquet or CSV file into another, in its order, and says what was read.

    One task reads and writes, so that the rows stay in order in one file. Raises BadInput for a file it cannot take,
    OutsideFailed where Spark cannot run.
    """
    with _session() as spark, tempfile.TemporaryDirectory(dir=out.parent) as folder:
        try:
            cases = _read(spark, source)
            given, rows = _checked(cases, to_do.law.book)
        except PySparkException as wrong:
            raise BadInput(f"{source}: not readable: {str(wrong).splitlines()[0]}") from None
        progress(0, rows)
        results = _query(cases, statement(to_do, given)).coalesce(1).write.mode("overwrite")
        if out.suffix == ".csv":
            results.csv(folder, header=True)
        else:
            results.parquet(folder, compression="zstd")
        (part,) = Path(folder).glob(f"part-*{out.suffix}")
        part.replace(out)
        progress(rows, rows)
    return given, rows


@contextmanager
def _session() -> Iterator[SparkSession]:
    """The session that is running, or a local one for as long as it is needed."""
    running = SparkSession.getActiveSession()
    if running:
        yield running
        return
    home = os.environ.get("JAVA_HOME")
    if not (Path(home, "bin", "java").exists() if home else shutil.which("java")):
        raise OutsideFailed("Spark needs Java 17 or newer, and there is none on PATH or in JAVA_HOME")
    builder = SparkSession.Builder().master("local[*]").appName("trustact bulk")
    spark = builder.config("spark.ui.enabled", "false").config("spark.log.level", "OFF").getOrCreate()
    try:
        yield spark
    finally:
        spark.stop()


def _read(spark: SparkSession, source: Path) -> DataFrame:
    """The cases of a file in one partition, which keeps their order."""
    spark.conf.set("spark.sql.files.maxPartitionBytes", str(source.stat().st_size + (1 << 20)))
    path = source.resolve().as_uri()
    if source.suffix == ".csv":
        return spark.read.csv(path, header=True, quote='"', escape='"', multiLine=True)
    return spark.read.parquet(path)


def _query(cases: DataFrame, select: exp.Select) -> DataFrame:
    cases.createOrReplaceTempView(GIVEN)
    try:
        # Databricks' SQL is Spark's, with TRY_CAST, which Spark has as well.
        return cases.sparkSession.sql(select.sql(dialect="databricks"))
    finally:
        cases.sparkSession.catalog.dropTempView(GIVEN)


def _checked(cases: DataFrame, book: FactBook) -> tuple[Inputs, int]:
    """The columns of the cases that matter, and how many cases there are. Raises TableError for a flaw."""
    given = inputs((Column(name, KINDS.get(type_, "other"), type_) for name, type_ in cases.dtypes), book)
    by_column = _query(cases, flaw_counts(given, book)).collect()[0].asDict()
    rows = by_column.pop(ROWS)
    for name, flawed in by_column.items():
        if flawed:
            order = exp.Order(expressions=[exp.func("MONOTONICALLY_INCREASING_ID")])
            row = exp.Window(this=exp.RowNumber(), order=order)
            first, value = _query(cases, first_flawed(name, row, given, book)).collect()[0]
            raise refused(Flaw(name, flawed, first, None if value is None else str(value)), book)
    return given, rows
