"""What must agree before anything is timed: every engine with plain Python, and Boston by hand with the law engine."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from bench import boston
from bench.boston_cases import DAYS, cells, moment  # fmt: skip
from bench.boston_cases import boston as boston_law
from bench.boston_cases import every_cell as boston_cells
from bench.boston_cases import random_cases as boston_random
from bench.cases import Case, every_cell, random_cases
from bench.columns import frame
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
from bench.sheet import Sheet
from trustact.facts import Value
from trustact.law.in_force import in_force
from trustact.terms import Action, Verdict

Outcomes = tuple[str, ...]
SLOW_CELLS = {"cedarpy": 4000, "regopy": 6000}  # of 46,656, in a short run


def yardstick(*, quick: bool) -> Sheet:
    """Every engine on random cases and on the cells of the whole fact space. Raises AssertionError where one differs."""
    drawn, space = random_cases(2000 if quick else 10_000, 7, unknown=0.25), every_cell()
    rows = []
    for name, decide, blockers in _engines():
        part = space if not quick else space[:: 1 + len(space) // SLOW_CELLS.get(name, 12_000)]
        for cases in (drawn, part):
            wrong = disagreeing([plain.decide(case) for case in cases], decide(cases), blockers=blockers)
            assert wrong == 0, f"{name}: {wrong} outcomes differ from plain Python"
        rows.append((name, f"{len(drawn):,}", f"{len(part):,} of {len(space):,}", "0"))
    return Sheet(
        "Agreement on the yardstick",
        ("engine", "random cases", "cells", "outcomes that differ"),
        rows,
        "Six outcomes a case, each the finding and the rule that decides it; of an undetermined one trustact names "
        "missing facts and no blocking rule, so there the finding alone is compared.",
    )


def _engines() -> Iterator[tuple[str, Callable[[list[Case]], list[Outcomes]], bool]]:
    for each in (zen_engine, rego, cedar, cel_rust):
        yield each.ENGINE, _one_by_one(each.decide), True
    yield (
        openfisca.ENGINE,
        lambda cases: openfisca.rows(openfisca.decide_columns(openfisca.columns(cases))),
        True,
    )
    yield duckdb_case.ENGINE, _by_duckdb, True
    yield polars_chain.ENGINE, lambda cases: polars_chain.decide_frame(frame(cases)).rows(), True
    yield trustact_desk.ENGINE, _one_by_one(trustact_desk.decide), False
    yield (
        trustact_bulk.ENGINE,
        lambda cases: trustact_bulk.rows(trustact_bulk.decide_frame(frame(cases))),
        False,
    )


def _one_by_one(decide: Callable[[Case], Outcomes]) -> Callable[[list[Case]], list[Outcomes]]:
    return lambda cases: [decide(case) for case in cases]


def _by_duckdb(cases: list[Case]) -> list[Outcomes]:
    opened = duckdb_case.connection()
    duckdb_case.load(opened, frame(cases))
    in_words: list[Outcomes] = opened.execute(duckdb_case.query("as_text")).fetchall()
    coded: list[Outcomes] = opened.execute(duckdb_case.query("as_enum")).fetchall()
    assert disagreeing(in_words, coded) == 0
    return coded


def boston_by_hand(*, quick: bool) -> Sheet:
    """The hand-written Boston law against the law engine. Raises AssertionError where a finding differs."""
    drawn = [
        case
        for unknown in (0.05, 0.25, 0.5)
        for case in boston_random(1000 if quick else 20_000, 11, unknown)
    ]
    wrong = sum(boston.decide(facts, day) != _found(facts, day) for facts, day in drawn)
    assert wrong == 0, f"Boston by hand: {wrong} random cases differ"
    return Sheet(
        "Agreement on the Boston law, by hand and by the law engine",
        ("text of", "action", "cells compared", "cells there are", "findings that differ"),
        [("all four", "all twelve", f"{len(drawn):,} random cases", "", "0"), *_boston_rows(quick=quick)],
        "A cell gives every fact the action asks for one of its values or unknown; of words the law never tells "
        "apart (the seven administrative and other forms, say) one stands for its group, the random cases have all.",
    )


def _boston_rows(*, quick: bool) -> Iterator[tuple[str, ...]]:
    for day in DAYS:
        for index, action in enumerate(Action):
            there = cells(day, action)
            step = 1 + there // (1500 if quick else 60_000) | 1
            compared = 0
            for facts in islice(boston_cells(day, action), 0, None, step):
                mine, theirs = boston.decide(facts, day)[index], _verdict(facts, day, action)
                assert mine == theirs, f"{day} {action} {facts}: by hand {mine}, by the law engine {theirs}"
                compared += 1
            if there > 1:
                yield str(day), action.value, f"{compared:,}", f"{there:,}", "0"


def _found(facts: dict[str, Value], day: int) -> Outcomes:
    return tuple(_verdict(facts, day, action) for action in Action)


def _verdict(facts: dict[str, Value], day: int, action: Action) -> str:
    text = in_force(boston_law(), moment(day))
    left = text.table(action)
    for name, value in boston_law().book.counted(facts).items():
        left = text.tables.given(left, name, value)
    return left.value if isinstance(left, Verdict) else Verdict.UNDETERMINED.value


def told(outcome: str) -> str:
    """An outcome as far as trustact says it: of an undetermined one it names missing facts, and no blocking rule."""
    return outcome.partition(" ")[0] if outcome.startswith("undetermined") else outcome


def disagreeing(one: Sequence[Outcomes], other: Sequence[Outcomes], *, blockers: bool = True) -> int:
    """How many cells differ; without `blockers`, undetermined outcomes are one whatever rule blocks."""
    if len(one) != len(other):
        raise ValueError(f"{len(one)} cases beside {len(other)}")
    return sum(
        mine != theirs
        for ours, yours in zip(one, other, strict=True)
        for mine, theirs in zip(_words(ours, blockers), _words(yours, blockers), strict=True)
    )


def _words(outcomes: Outcomes, blockers: bool) -> Iterable[str]:
    return outcomes if blockers else map(told, outcomes)
