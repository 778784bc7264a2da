"""Every engine says what the law engine says, cell by cell: finding and rule, whatever is unknown, on every date."""

import datetime as dt
import random
from functools import cache
from typing import Any

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyspark.sql import SparkSession

from tests.bulk.tables import Case, as_text, decided, random_cases, table
from tests.law.random_packs import ACTIONS, layers
from tests.law.small import FACTS, law_of
from trustact.bulk import on_duckdb, on_polars, on_spark
from trustact.law.loading import Law, law_ids, load_law

Right = list[dict[str, Any]]


@cache
def law_and_cases(law_id: str) -> tuple[Law, list[Case], Right]:
    law = load_law(law_id)
    cases = random_cases(law, 200, seed=7)
    return law, cases, decided(law, cases)


def on_duck(frame: pl.DataFrame, law: Law, actions: tuple[str, ...] | None = None) -> Right:
    with duckdb.connect() as connection:
        found = on_duckdb.findings(connection.from_arrow(frame.to_arrow()), law, actions)
        return list(found.to_arrow_table().to_pylist())


@pytest.mark.parametrize("law_id", law_ids())
def test_polars_agrees_with_the_law_engine(law_id: str) -> None:
    law, cases, right = law_and_cases(law_id)
    frame = table(law, cases)
    assert on_polars.findings(frame, law).to_dicts() == right
    assert on_polars.findings(as_text(frame), law).to_dicts() == right


@pytest.mark.parametrize("law_id", law_ids())
def test_duckdb_agrees_with_the_law_engine(law_id: str) -> None:
    law, cases, right = law_and_cases(law_id)
    assert on_duck(table(law, cases), law) == right


@pytest.mark.parametrize("law_id", ["us-ma-boston", "us-il"])
def test_spark_agrees_with_the_law_engine(law_id: str, spark: SparkSession) -> None:
    law, cases, right = law_and_cases(law_id)
    frame = spark.createDataFrame(as_text(table(law, cases)).to_arrow())
    assert [row.asDict() for row in on_spark.findings(frame, law).collect()] == right


def test_duckdb_takes_enumerations_of_its_own() -> None:
    law, cases, right = law_and_cases("us-il")
    frame = table(law, cases)
    kinds = {
        name: f"ENUM({', '.join(map(repr, kind.categories))})"
        for name, kind in frame.schema.items()
        if isinstance(kind, pl.Enum)
    }
    columns = ", ".join(
        f'"{name}"::{kinds[name]} AS "{name}"' if name in kinds else f'"{name}"' for name in frame.columns
    )
    with duckdb.connect() as connection:
        cases_given = connection.from_arrow(frame.to_arrow()).query("given", f"SELECT {columns} FROM given")
        assert cases_given is not None
        assert "enum" in {kind.id for kind in cases_given.types}
        assert on_duckdb.findings(cases_given, law).to_arrow_table().to_pylist() == right


AROUND = [
    dt.datetime(year, 1, 1, tzinfo=dt.UTC) + dt.timedelta(hours=h) for year in (2000, 2010) for h in (0, 12)
]


def states_of_knowledge(seed: int) -> list[Case]:
    """Cases of the small book of facts, anything known or not."""
    draw = random.Random(seed)
    values = {name: [None, *fact.get("values", [True, False])] for name, fact in FACTS.items()}
    drawn = [{name: draw.choice(some) for name, some in values.items()} for _ in range(60)]
    return [({k: v for k, v in case.items() if v is not None}, draw.choice(AROUND)) for case in drawn]


@given(layers, st.integers(0, 20).map(states_of_knowledge))
@settings(max_examples=25)
def test_polars_and_duckdb_agree_with_the_law_engine_on_any_law(written: Any, cases: list[Case]) -> None:
    law = law_of(*written)
    frame, right = table(law, cases), decided(law, cases, ACTIONS)
    assert on_polars.findings(frame, law, ACTIONS).to_dicts() == right
    assert on_duck(frame, law, ACTIONS) == right
