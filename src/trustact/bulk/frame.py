"""Frames of cases beside the plan of a law: clean columns in, bitmaps between, findings and rules out.

Polars holds true and false a bit a row already, and compares enumerations by their codes; so a frame becomes
bitmaps, and bitmaps become the enumerations of the results, at a few nanoseconds a row.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import polars as pl
import pyarrow as pa

from trustact.bulk.bitmaps import Bits, Program, Test, program
from trustact.bulk.circuit import Since
from trustact.bulk.columns import AT, Kind
from trustact.bulk.moments import beginning
from trustact.bulk.plan import Outcome, Plan
from trustact.terms import Verdict

FINDING = pl.Enum([verdict.value for verdict in Verdict])


def result_schema(to_do: Plan) -> dict[str, pl.DataType]:
    """The columns of the results: per action the finding, and the id of a deciding rule."""
    columns: dict[str, pl.DataType] = {}
    for outcome in to_do.outcomes:
        columns[outcome.action.value] = FINDING
        columns[outcome.rule_column] = _rule_type(outcome)
    return columns


def _rule_type(outcome: Outcome) -> pl.Enum:
    return pl.Enum(list(dict.fromkeys(rule for rule, _ in outcome.rules)))


class _Recipe(NamedTuple):
    """What is done with every frame that lies between the same two changes of the law."""

    program: Program
    tests: list[pl.Expr]
    masks: dict[str, int]
    results: list[pl.Expr]


class Frames:
    """Decides frames of clean columns: facts true and false or as words of the fact, and `at` nowhere null."""

    def __init__(self, schema: Mapping[str, pl.DataType], at: Kind, to_do: Plan) -> None:
        self._schema, self._plan = schema, to_do
        days = [gate.day for gate in to_do.circuit.gates if isinstance(gate, Since)]
        self._turns = {day.isoformat(): beginning(day, at, to_do.law.data.time_zone) for day in days}
        ends = (pl.col(AT).min(), pl.col(AT).max())
        self._spans = [
            (end >= turn).alias(f"{n} {day}")
            for day, turn in self._turns.items()
            for n, end in enumerate(ends)
        ]
        self._recipes: dict[tuple[bool, ...], _Recipe] = {}

    def decided(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The results of a frame's rows, in their order."""
        if frame.is_empty():
            return pl.DataFrame(schema=result_schema(self._plan))
        spans = frame.select(self._spans).row(0) if self._spans else ()
        if spans not in self._recipes:
            self._recipes[spans] = self._recipe(spans)
        recipe = self._recipes[spans]
        bitmaps = recipe.program.run([_bits(column) for column in frame.select(recipe.tests)])
        masks = [_mask(name, bitmaps[number], frame.height) for name, number in recipe.masks.items()]
        return (
            frame.select(AT)
            .with_columns(masks)
            .with_columns(recipe.results)
            .select(*result_schema(self._plan))
        )

    def _recipe(self, spans: Sequence[bool]) -> _Recipe:
        """The recipe for frames of which each turning day is reached by the first row, or by the last one."""
        reached = dict(zip(self._turns, zip(spans[::2], spans[1::2], strict=True), strict=True))

        def given(test: Test) -> bool | None:
            if test.column == AT:
                first, last = reached[test.word]
                return first if first == last else None
            return None if test.column in self._schema else False

        outcomes = self._plan.outcomes
        wanted = [gate for outcome in outcomes for gate in outcome.gates]
        found = program(self._plan.circuit, self._plan.law.book, wanted, given)
        chosen = _Chosen(found)
        results = [column for outcome in outcomes for column in chosen.columns(outcome)]
        tests = [self._test(test).alias(f"{test.column} {test.word}") for test in found.tests]
        return _Recipe(found, tests, chosen.masks, results)

    def _test(self, test: Test) -> pl.Expr:
        column = pl.col(test.column)
        if test.column == AT:
            return column >= self._turns[test.word]
        if not test.word:
            return column.is_not_null()
        if self._schema[test.column] == pl.Boolean:
            return column if test.word == "true" else ~column
        return column == test.word


class _Chosen:
    """The columns of the results, chosen by the bitmaps of a program; `masks` names those that are needed."""

    def __init__(self, found: Program) -> None:
        self._results = found.results
        self.masks: dict[str, int] = {}

    def columns(self, outcome: Outcome) -> tuple[pl.Expr, pl.Expr]:
        """The finding of an action, and the rule that decides it."""
        findings = [
            (self._results[gate], pl.lit(verdict.value, FINDING)) for verdict, gate in outcome.findings
        ]
        finding = self._first(findings, pl.lit(Verdict.UNDETERMINED.value, FINDING))
        type_ = _rule_type(outcome)
        rules = [(self._results[gate], pl.lit(rule, type_)) for rule, gate in outcome.rules]
        rule = self._first([(self._results[outcome.ruled], self._some_rule(rules))], pl.lit(None, type_))
        return finding.alias(outcome.action.value), rule.alias(outcome.rule_column)

    def _some_rule(self, rules: Sequence[tuple[bool | int, pl.Expr]]) -> pl.Expr:
        # Some rule of these decides, so the last need not be looked at; and null is laid over them all only once,
        # which is cheaper than under each.
        *others, (_, last) = [case for case in rules if case[0] is not False] or [(True, pl.lit(None))]
        return self._first(others, last)

    def _first(self, cases: Sequence[tuple[bool | int, pl.Expr]], otherwise: pl.Expr) -> pl.Expr:
        """The value of the first case whose rows have it."""
        for rows, value in reversed(cases):
            if isinstance(rows, bool):
                otherwise = value if rows else otherwise
            else:
                self.masks[f"rows {rows}"] = rows
                otherwise = pl.when(f"rows {rows}").then(value).otherwise(otherwise)
        return otherwise


def _bits(column: pl.Series) -> Bits:
    """The bits of a column of true and false."""
    array = column.to_arrow()
    bits = np.frombuffer(array.buffers()[1], np.uint8)
    begin, end = array.offset, array.offset + len(array)
    if begin % 8 == 0:
        return bits[begin // 8 : -(-end // 8)]
    return np.packbits(np.unpackbits(bits, bitorder="little")[begin:end], bitorder="little")


def _mask(name: str, bits: Bits, rows: int) -> pl.Series:
    """Bits as a column of true and false."""
    column = pl.from_arrow(pa.Array.from_buffers(pa.bool_(), rows, [None, pa.py_buffer(bits)]))
    return column.alias(name)
