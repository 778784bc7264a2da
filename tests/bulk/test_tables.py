"""What a table of cases may look like, and every way it is refused."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import duckdb
import polars as pl
import pytest

from tests.bulk.tables import as_text, decided, random_cases, table
from trustact.bulk import on_duckdb, on_polars
from trustact.bulk.columns import TableError
from trustact.law.loading import load_law

BOSTON = load_law("us-ma-boston")
CASES = random_cases(BOSTON, 40, seed=3)
FRAME = table(BOSTON, CASES)
RIGHT = decided(BOSTON, CASES)
DAY = dt.date(2025, 6, 1)

Rows = list[dict[str, Any]]
Engine = Callable[..., Rows]


def by_polars(frame: pl.DataFrame, *actions: str) -> Rows:
    return on_polars.findings(frame, BOSTON, actions or None).to_dicts()


def by_duckdb(frame: pl.DataFrame, *actions: str) -> Rows:
    with duckdb.connect() as connection:
        found = on_duckdb.findings(connection.from_arrow(frame.to_arrow()), BOSTON, actions or None)
        return list(found.to_arrow_table().to_pylist())


engines = pytest.mark.parametrize("engine", [by_polars, by_duckdb])


def hold(engine: Engine, at: pl.Series, **facts: Any) -> list[str]:
    known = {
        "request.form": "i-247a",
        "warrant.presented": False,
        "custody.in_custody": True,
        "custody.eligible_for_release": True,
        "custody.other_lawful_hold": False,
        **facts,
    }
    frame = pl.DataFrame({"at": at}).with_columns(pl.lit(value).alias(name) for name, value in known.items())
    return [row["hold"] for row in engine(frame, "hold")]


@engines
def test_a_missing_column_is_not_known_in_any_row(engine: Engine) -> None:
    dropped = ["warrant.presented", "custody.eligible_for_release", "person.prior_felony_conviction"]
    cases = [({k: v for k, v in facts.items() if k not in dropped}, at) for facts, at in CASES]
    assert engine(FRAME.drop(dropped)) == decided(BOSTON, cases)


@engines
def test_a_column_of_nulls_is_not_known_in_any_row(engine: Engine) -> None:
    frame = FRAME.with_columns(pl.lit(None).alias("request.form"))
    cases = [({k: v for k, v in facts.items() if k != "request.form"}, at) for facts, at in CASES]
    assert engine(frame) == decided(BOSTON, cases)


@engines
@pytest.mark.parametrize("spelled", [str.lower, str.title, str.upper])
def test_true_and_false_may_be_words(engine: Engine, spelled: Callable[[str], str]) -> None:
    words = as_text(FRAME).with_columns(
        pl.col(pl.Boolean).replace_strict({True: spelled("true"), False: spelled("false")})
    )
    assert engine(words) == RIGHT


def test_categories_and_enumerations_of_any_order_are_read() -> None:
    form = FRAME["request.form"].cast(pl.String)
    others = pl.Enum(["a word no fact has", *sorted(form.drop_nulls().unique())])
    for column in (form.cast(pl.Categorical), form.cast(others)):
        assert by_polars(FRAME.with_columns(column)) == RIGHT


@engines
def test_columns_that_are_no_facts_are_left_aside(engine: Engine) -> None:
    assert engine(FRAME.with_columns(station=pl.lit("D-4"), pages=3)) == RIGHT


@engines
def test_a_table_without_id_gives_results_without_it(engine: Engine) -> None:
    assert engine(FRAME.drop("id")) == [{k: v for k, v in row.items() if k != "id"} for row in RIGHT]


@engines
def test_any_kind_of_id_is_kept(engine: Engine) -> None:
    ids = pl.Series("id", [f"B-{n:03}" for n in range(FRAME.height)])
    assert engine(FRAME.with_columns(ids), "hold")[7]["id"] == "B-007"


@engines
def test_actions_asked_for_are_answered_in_that_order(engine: Engine) -> None:
    names = ["transfer", "transfer_rule", "hold", "hold_rule"]
    assert engine(FRAME, "transfer", "hold") == [{n: row[n] for n in ("id", *names)} for row in RIGHT]


@engines
def test_no_rows_give_no_rows(engine: Engine) -> None:
    assert engine(FRAME.clear()) == []


@engines
def test_before_the_law_and_in_its_gaps_nothing_is_regulated(engine: Engine) -> None:
    long_ago, gap = engine(pl.DataFrame({"at": [dt.date(1990, 1, 1), dt.date(2016, 1, 1)]}))
    assert set(long_ago.values()) == {"not-regulated", None}
    assert gap["ask_immigration_status"] == "not-regulated"


LUNN = ["permitted", "prohibited"]


@engines
@pytest.mark.parametrize(
    "column",
    [
        pl.Series([dt.date(2017, 7, 23), dt.date(2017, 7, 24)]),
        pl.Series([dt.datetime(2017, 7, 23, 23, 59), dt.datetime(2017, 7, 24)]),
        pl.Series([dt.datetime(2017, 7, 23, 23, 59), dt.datetime(2017, 7, 24)], dtype=pl.Datetime("ms")),
        pl.Series([dt.datetime(2017, 7, 23, 23, 59), dt.datetime(2017, 7, 24)], dtype=pl.Datetime("ns")),
        pl.Series(
            [dt.datetime(2017, 7, 24, 3, 59), dt.datetime(2017, 7, 24, 4)], dtype=pl.Datetime("us", "UTC")
        ),
        pl.Series(
            [dt.datetime(2017, 7, 24, 3, 59), dt.datetime(2017, 7, 24, 4)], dtype=pl.Datetime("us", "UTC")
        ).dt.convert_time_zone("Asia/Tokyo"),
        pl.Series(["2017-07-23", "2017-07-24"]),
        pl.Series(["2017-07-23T23:59", "2017-07-24T00:00"]),
        pl.Series(["2017-07-23 23:59:59.9", "2017-07-24 00:00:00"]),
        pl.Series(["2017-07-24T03:59:59Z", "2017-07-24T04:00:00Z"]),
        pl.Series(["2017-07-24T12:59:59+09:00", "2017-07-24T13:00+0900"]),
        pl.Series(["2017-07-24T03:59:59Z", "2017-07-24"]),
    ],
    ids=str,
)
def test_a_moment_is_read_where_the_law_is(engine: Engine, column: pl.Series) -> None:
    """On 24 July 2017, at midnight in Boston, Lunn took away what the 2014 text had excepted."""
    assert hold(engine, column.alias("at"), **{"boston2014.violent_crime_conviction": True}) == LUNN


def refusal(engine: Engine, frame: pl.DataFrame) -> str:
    with pytest.raises(TableError) as refused:
        engine(frame)
    line = str(refused.value)
    assert "\n" not in line
    return line


@engines
@pytest.mark.parametrize(
    ("columns", "line"),
    [
        ({"request.form": ["i-247a"]}, "there is no column 'at', which says the date or moment of each case"),
        ({"at": [3]}, "the column 'at' holds .*; it must hold dates or moments"),
        (
            {"at": [DAY], "request.fom": ["i-247a"]},
            "the column 'request.fom' is no fact; did you mean 'request.form'.",
        ),
        ({"at": [DAY], "zebra.stripes": [True]}, "the column 'zebra.stripes' is no fact"),
        (
            {"at": [DAY], "warrant.offence": [1326]},
            "the column 'warrant.offence' holds .*; it must hold words, also where",
        ),
        (
            {"at": [DAY], "custody.in_custody": [1]},
            "the column 'custody.in_custody' holds .*; it must hold true and false",
        ),
        (
            {"at": [DAY] * 4, "request.form": ["i-247a", None, "i-247b", "fax"]},
            "row 3: the fact 'request.form' cannot be 'i-247b'; did you mean 'i-247'. "
            r"\(2 rows are wrong in the column 'request.form'\)",
        ),
        (
            {"at": [DAY] * 2, "custody.in_custody": ["TRUE", "yes"]},
            "row 2: the fact 'custody.in_custody' cannot be 'yes'; it is one of: true, false "
            r"\(1 row is wrong in the column 'custody.in_custody'\)",
        ),
        (
            {
                "at": [DAY],
                "nyc.violent_or_serious_conviction": ["no"],
            },  # a fact that this law does not ask for
            "row 1: the fact 'nyc.violent_or_serious_conviction' cannot be 'no'",
        ),
        (
            {"at": [DAY, None, None]},
            r"row 2: the column 'at' is empty \(2 rows are wrong in the column 'at'\)",
        ),
        (
            {"at": ["2025-06-01", "1 June"]},
            "row 2: '1 June' is no date or moment; write 2025-06-01 or 2025-06-01T",
        ),
        ({"at": ["2025-02-30"]}, "row 1: '2025-02-30' is no date or moment"),
        ({"at": ["2025-06-01T25:00:00"]}, "row 1: '2025-06-01T25:00:00' is no date or moment"),
        ({"at": ["2025-06-01T24:00"]}, "row 1: '2025-06-01T24:00' is no date or moment"),
        ({"at": ["2025-06-01 12:60"]}, "row 1: '2025-06-01 12:60' is no date or moment"),
        ({"at": ["2025-06-01T12:00+15:00"]}, r"row 1: '2025-06-01T12:00\+15:00' is no date or moment"),
        ({"at": ["2025-06-01T12:00-04:60"]}, "row 1: '2025-06-01T12:00-04:60' is no date or moment"),
        ({"at": ["2025-02-30T12:00Z"]}, "row 1: '2025-02-30T12:00Z' is no date or moment"),
        ({"at": ["2025-06-01", None]}, "row 2: the column 'at' is empty"),
    ],
)
def test_a_wrong_table_is_refused_in_one_line(engine: Engine, columns: dict[str, Any], line: str) -> None:
    assert re.match(line, refusal(engine, pl.DataFrame(columns)))
