"""A million cases in memory on one thread: columns in, columns out; engines of rows get dictionaries, and fewer."""

from collections.abc import Callable
from typing import Any

import polars as pl

from bench.agreement import disagreeing
from bench.cases import Case
from bench.columns import cases_of, random_frame
from bench.engines import (  # fmt: skip
    cedar,
    cel_rust,
    duckdb_case,
    openfisca,
    plain,
    polars_chain,
    rego,
    trustact_bulk,
    trustact_desk,
    zen_engine,
)
from bench.rounds import Times, Work, alternate
from bench.sheet import Sheet, target, times

SAMPLES = {plain: 100_000, cel_rust: 10_000, trustact_desk: 1_500, zen_engine: 1_500, rego: 600, cedar: 400}
CODED, TEXT = "DuckDB CASE, ENUM", "DuckDB CASE, VARCHAR"


def in_memory(*, quick: bool) -> tuple[Sheet, list[tuple[str, str, str]]]:
    """The sheet, and how the targets stand."""
    table = random_frame(1_000_000, 9)
    _check(table.head(20_000))
    taken = alternate(_work(table), 3 if quick else 9)
    yard = taken[plain.ENGINE].each
    rows = [
        (
            name,
            times(yard / took.each),
            f"{1e-6 / took.each:,.3g} M",
            f"{took.pieces:,}",
            f"{took.spread:.2g}",
        )
        for name, took in sorted(taken.items(), key=lambda item: item[1].each)
    ]
    columns = ("engine", "x plain Python", "cases a second", "cases a round", "slowest / fastest round")
    note = "Enumerations and OpenFisca's arrays of numbers are made before the clock starts."
    return Sheet("A million cases of the yardstick in memory, one thread", columns, rows, note), _targets(
        taken
    )


def _check(table: pl.DataFrame) -> None:
    right = [plain.decide(case) for case in cases_of(table)]
    assert disagreeing(right, polars_chain.decide_frame(table).rows()) == 0
    assert disagreeing(right, trustact_bulk.rows(trustact_bulk.decide_frame(table)), blockers=False) == 0


def _work(table: pl.DataFrame) -> dict[str, Work]:
    rows, dictionaries = table.height, cases_of(table.head(max(SAMPLES.values())))
    opened = duckdb_case.connection()
    duckdb_case.load(opened, table)
    numbers = _numbers(table)
    work: dict[str, Work] = {
        trustact_bulk.ENGINE: (lambda: trustact_bulk.decide_frame(table), rows),
        polars_chain.ENGINE: (lambda: polars_chain.decide_frame(table), rows),
        CODED: (lambda: opened.sql(duckdb_case.query("as_enum")).to_arrow_table(), rows),
        TEXT: (lambda: opened.sql(duckdb_case.query("as_text")).to_arrow_table(), rows),
        openfisca.ENGINE: (lambda: openfisca.decide_columns(numbers), rows),
    }
    return work | {
        each.ENGINE: (_one_by_one(each.decide, dictionaries[:count]), count)
        for each, count in SAMPLES.items()
    }


def _one_by_one(decide: Callable[[Case], Any], cases: list[Case]) -> Callable[[], Any]:
    return lambda: [decide(case) for case in cases]


def _numbers(table: pl.DataFrame) -> dict[str, Any]:
    columns = {
        name: (table[name].to_physical() if isinstance(table[name].dtype, pl.Enum) else table[name])
        .cast(pl.Int32)
        .fill_null(openfisca.UNKNOWN)
        .to_numpy()
        for name in table.columns
        if name != "at"
    }
    return columns | {"received": table["at"].dt.strftime("%Y%m%d").cast(pl.Int32).to_numpy()}


def _targets(taken: dict[str, Times]) -> list[tuple[str, str, str]]:
    ours = taken[trustact_bulk.ENGINE].each
    ratio = taken[plain.ENGINE].each / ours
    peers = {
        name: took.each
        for name, took in taken.items()
        if name not in (trustact_bulk.ENGINE, trustact_desk.ENGINE)
    }
    best = min(peers, key=peers.__getitem__)
    return [
        target("a million in memory: at least 40x plain Python", times(ratio), holds=ratio >= 40),
        target(
            "ahead of every peer",
            f"{times(peers[best] / ours)} the speed of {best}",
            holds=peers[best] > ours,
        ),
    ]
