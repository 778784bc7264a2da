"""Cases as columns in memory: enumerations for words, bits for true and false, null for unknown, `at` a date."""

import numpy as np
import polars as pl

from bench.cases import Case, date_of
from bench.policy.rules import DOMAINS, MAY_BE_UNKNOWN

ENUMS = {name: words for name, words in DOMAINS.items() if words != (True, False)}
SCHEMA = {name: pl.Enum(list(map(str, ENUMS[name]))) if name in ENUMS else pl.Boolean() for name in DOMAINS}
FIRST, LAST = np.datetime64("2008-01-01"), np.datetime64("2026-01-01")


def frame(cases: list[Case]) -> pl.DataFrame:
    """Cases as a frame."""
    columns = {name: [case[name] for case in cases] for name in DOMAINS}
    return pl.DataFrame(columns, schema=SCHEMA).with_columns(
        at=pl.Series([date_of(c["received"]) for c in cases])
    )


def random_frame(rows: int, seed: int, unknown: float = 0.2) -> pl.DataFrame:
    """As many random cases, drawn like `random_cases` but column by column."""
    draw = np.random.default_rng(seed)
    columns = {}
    for name, words in DOMAINS.items():
        picked = pl.Series(draw.integers(0, len(words), rows, dtype=np.uint32))
        if name in ENUMS:
            columns[name] = pl.Series(list(map(str, words)), dtype=SCHEMA[name]).gather(picked)
            continue
        known = draw.random(rows) >= unknown if name in MAY_BE_UNKNOWN else np.ones(rows, bool)
        columns[name] = pl.select(pl.when(pl.Series(known)).then(pl.Series(picked == 0))).to_series()
    days = FIRST + draw.integers(0, int((LAST - FIRST).astype(int)), rows).astype("timedelta64[D]")
    return pl.DataFrame(columns).with_columns(at=pl.Series(days).cast(pl.Date))


def cases_of(table: pl.DataFrame) -> list[Case]:
    """A frame as cases for engines that take them one by one."""
    numbered = table.with_columns(received=pl.col("at").dt.strftime("%Y%m%d").cast(pl.Int64)).drop("at")
    return numbered.to_dicts()
