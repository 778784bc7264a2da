"""Polars by hand: a when/then chain for each action, lazy, over enumerations; not asked of us, but the one to beat."""

import polars as pl

from bench.cases import date_of
from bench.policy.rules import ACTIONS, Leaf, leaves

ENGINE = "Polars when/then"


def decide_frame(cases: pl.DataFrame) -> pl.DataFrame:
    """The outcomes of the six actions as enumerations."""
    return cases.lazy().select(CHAINS).collect()


def _chain(action: str) -> pl.Expr:
    rows = leaves(action)
    kind = pl.Enum(list(dict.fromkeys(leaf.outcome for leaf in rows)))
    chain = pl.lit(rows[-1].outcome, kind)
    for leaf in reversed(rows[:-1]):
        chain = pl.when(_test(leaf)).then(pl.lit(leaf.outcome, kind)).otherwise(chain)
    return chain.alias(action)


def _test(leaf: Leaf) -> pl.Expr:
    tests = [_known(fact, words) for fact, words in leaf.facts.items()]
    if leaf.since:
        tests.append(pl.col("at") >= date_of(leaf.since))
    if leaf.until < 99999999:
        tests.append(pl.col("at") < date_of(leaf.until))
    return pl.all_horizontal(tests) if tests else pl.lit(value=True)


def _known(fact: str, words: tuple[str | bool | None, ...]) -> pl.Expr:
    column = pl.col(fact)
    wanted = [word for word in words if word is not None]
    if wanted in ([True], [False]):
        test = column if wanted == [True] else ~column
    else:
        test = pl.any_horizontal(column == word for word in wanted)
    return test.fill_null(None in words)


CHAINS = [_chain(action) for action in ACTIONS]
