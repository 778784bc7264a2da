"""The law engine of trustact over columns: the same pack, findings and deciding rules for a frame of cases."""

import polars as pl

from bench.engines.trustact_desk import ASKED, LAW
from trustact.bulk.on_polars import findings

ENGINE = "trustact bulk"


def decide_frame(cases: pl.DataFrame) -> pl.DataFrame:
    """Per action the finding and the rule that decides."""
    return findings(cases, LAW, ASKED)


def rows(results: pl.DataFrame) -> list[tuple[str, ...]]:
    """The results as outcomes, case by case."""
    words = [
        (
            results[action.value].cast(pl.String)
            + " "
            + results[f"{action}_rule"].cast(pl.String).fill_null("").str.replace("yardstick/", "")
        ).to_list()
        for action in ASKED
    ]
    return list(zip(*words, strict=True))
