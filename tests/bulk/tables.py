"""Random cases of a law as tables of every kind, and what the law engine decides of each."""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl

from trustact.facts import Value
from trustact.law.condition import facts_of
from trustact.law.decide import decide
from trustact.law.loading import Law

Case = tuple[dict[str, Value], dt.datetime]
"""The facts known, and the moment."""


def asked(law: Law) -> list[str]:
    """The facts the rules of a law ask for."""
    rules = [rule for pack in law.layers for rule in pack.rules]
    return list(dict.fromkeys(fact for rule in rules for fact in facts_of(rule.when)))


def random_cases(law: Law, count: int, seed: int) -> list[Case]:
    """Cases with few or many facts known, on days around each change of the law."""
    draw, zone = random.Random(seed), ZoneInfo(law.data.time_zone)
    changes = sorted({day for pack in law.layers for day in pack.version_days()})
    cases: list[Case] = []
    for _ in range(count):
        unknown = draw.choice((0, 0.1, 0.3, 0.7))
        facts = {
            fact: draw.choice((*law.book.domains[fact], law.book.domains[fact][0]))
            for fact in asked(law)
            if draw.random() >= unknown
        }
        day = draw.choice(changes) + dt.timedelta(days=draw.choice((-1, 0, 1, 500)))
        hour = dt.time(draw.choice((0, 1, 12, 23)), draw.choice((0, 59)))
        cases.append((facts, dt.datetime.combine(day, hour, zone)))
    return cases


def table(law: Law, cases: Sequence[Case]) -> pl.DataFrame:
    """Cases as a frame: enumerations, true and false, moments in UTC, and a number as `id`."""
    columns: dict[str, pl.Series] = {"id": pl.Series(range(len(cases)), dtype=pl.Int64)}
    for fact in asked(law):
        domain = law.book.domains[fact]
        kind = pl.Boolean() if domain == (True, False) else pl.Enum([str(value) for value in domain])
        columns[fact] = pl.Series([facts.get(fact) for facts, _ in cases], dtype=kind)
    moments = [at.astimezone(dt.UTC) for _, at in cases]
    return pl.DataFrame({**columns, "at": pl.Series(moments, dtype=pl.Datetime("us", "UTC"))})


def as_text(frame: pl.DataFrame) -> pl.DataFrame:
    """A frame with words where there were enumerations."""
    return frame.with_columns(
        pl.col(name).cast(pl.String) for name, kind in frame.schema.items() if kind == pl.Enum
    )


def decided(law: Law, cases: Sequence[Case], actions: Sequence[str] | None = None) -> list[dict[str, Any]]:
    """What the law engine says of each case, as the results of bulk have it."""
    return [{"id": number, **_outcome(law, *case, actions)} for number, case in enumerate(cases)]


def _outcome(
    law: Law, facts: Mapping[str, Value], at: dt.datetime, actions: Sequence[str] | None
) -> dict[str, str | None]:
    outcome: dict[str, str | None] = {}
    for found in decide(law, facts, at, actions):
        outcome[found.action.value] = found.finding.value
        settled = found.finding != "undetermined" and found.because
        outcome[f"{found.action}_rule"] = found.because[0].rule if settled else None
    return outcome
