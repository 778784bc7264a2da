"""DuckDB: one CASE for each action; conditions that are true first, then those open, NULL being unknown."""

import duckdb
import polars as pl

from bench.cases import Case
from bench.columns import ENUMS, frame
from bench.policy.rules import ACTIONS, Leaf, leaves

ENGINE = "DuckDB CASE"


def connection(threads: int = 1) -> duckdb.DuckDBPyConnection:
    """A database in memory on so many threads."""
    opened = duckdb.connect()
    opened.execute(f"SET threads = {threads}")
    return opened


def load(opened: duckdb.DuckDBPyConnection, cases: pl.DataFrame) -> None:
    """Puts a frame of cases into the tables `as_enum` and `as_text`."""
    opened.register("given", cases.to_arrow())
    opened.execute("CREATE OR REPLACE TABLE as_text AS SELECT * FROM given")
    for name, words in ENUMS.items():
        listed = ", ".join(f"'{word}'" for word in words)
        opened.execute(f"CREATE TYPE {name} AS ENUM ({listed})")
    cast = ", ".join(f"{name}::VARCHAR::{name} AS {name}" for name in ENUMS)
    opened.execute(f"CREATE OR REPLACE TABLE as_enum AS SELECT * REPLACE ({cast}) FROM given")


def query(source: str) -> str:
    """The outcomes of the six actions of every row of a table or file."""
    return f"SELECT {', '.join(f'{_case(action)} AS {action}' for action in ACTIONS)} FROM {source}"


def decide(case: Case) -> tuple[str, ...]:
    """The outcomes of one case, which is not what a columnar engine is for."""
    _ONE.register(
        "one", frame([case]).with_columns(pl.col(name).cast(pl.String) for name in ENUMS).to_arrow()
    )
    (row,) = _ONE.execute(query("one")).fetchall()
    outcomes: tuple[str, ...] = row
    return outcomes


def _case(action: str) -> str:
    *before, last = leaves(action)
    whens = " ".join(f"WHEN {_test(leaf)} THEN '{leaf.outcome}'" for leaf in before)
    return f"CASE {whens} ELSE '{last.outcome}' END" if before else f"'{last.outcome}'"


def _test(leaf: Leaf) -> str:
    tests = [_known(fact, words) for fact, words in leaf.facts.items()]
    if leaf.since:
        tests.append(f"\"at\" >= DATE '{_date(leaf.since)}'")
    if leaf.until < 99999999:
        tests.append(f"\"at\" < DATE '{_date(leaf.until)}'")
    return " AND ".join(tests) or "TRUE"


def _known(fact: str, words: tuple[str | bool | None, ...]) -> str:
    values = [
        str(word).upper() if isinstance(word, bool) else f"'{word}'" for word in words if word is not None
    ]
    same = f"{fact} IN ({', '.join(values)})" if fact in ENUMS else fact if True in words else f"NOT {fact}"
    return f"({fact} IS NULL OR {same})" if None in words else same


def _date(day: int) -> str:
    return f"{day // 10000}-{day // 100 % 100:02}-{day % 100:02}"


_ONE = connection()
