"""Frames of cases beside the plan of a law: clean columns in, bitmaps between, findings and rules out.

Polars holds true and false a bit a row already, and compares enumerations by their codes; so a frame becomes
bitmaps, and bitmaps become the enumerations of the results, at a few nanoseconds a row.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]  # pyarrow carries no types

from trustact.bulk.bitmaps import Bits, Program, Test
from trustact.bulk.circuit import Since
from trustact.bulk.columns import AT, Kind
from trustact.bulk.joins import program
from trustact.bulk.moments import beginning
from trustact.bulk.plan import Outcome, Plan
from trustact.terms import Verdict

FINDING = pl.Enum([verdict.value for verdict in Verdict])


def result_schema(to_do: Plan) -> dict[str, pl.DataType]:
    """The columns of the results: per action the finding, and the id of a deciding rule."""
    columns: dict[str, pl.DataType] = {}
    for outcome in to_do.outcomes:
        columns[outcome.action.value] = FINDING
        columns[outcome.rule_column] = pl.Enum(list(dict.fromkeys(rule for rule, _ in outcome.rules)))
    return columns


class _Recipe(NamedTuple):
    """What is done with every frame that lies between the same two changes of the law."""

    program: Program
    tests: list[pl.Expr]
    results: list[pl.Expr]
    masks: dict[str, int]


class Frames:
    """Decides frames of clean columns: facts true and false or as words of the fact, and `at` nowhere null."""

    def __init__(self, schema: Mapping[str, pl.DataType], at: Kind, to_do: Plan) -> None:
        self._schema, self._plan = schema, to_do
        self._results = result_schema(to_do)
        self._choices = {
            column: choice for outcome in to_do.outcomes for column, choice in _choices(to_do, outcome)
        }
        days = [gate.day for gate in to_do.circuit.gates if isinstance(gate, Since)]
        self._turns = {day.isoformat(): beginning(day, at, to_do.law.data.time_zone) for day in days}
        self._recipes: dict[tuple[bool, ...], _Recipe] = {}

    def decided(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The results of a frame's rows, in their order."""
        if frame.is_empty():
            return pl.DataFrame(schema=self._results)
        recipe = self._recipe(frame)
        bitmaps = recipe.program.run([_bits(column) for column in frame.select(recipe.tests)])
        masks = [_mask(name, bitmaps[number], frame.height) for name, number in recipe.masks.items()]
        return frame.select(AT).with_columns(masks).with_columns(recipe.results).select(*self._results)

    def _recipe(self, frame: pl.DataFrame) -> _Recipe:
        ends = frame.select(first=pl.col(AT).min(), last=pl.col(AT).max())
        reached = [
            (pl.col(end) >= turn).alias(f"{end} {day}")
            for end in ends.columns
            for day, turn in self._turns.items()
        ]
        span = ends.select(reached).row(0) if reached else ()
        if span not in self._recipes:
            halves = (dict(zip(self._turns, part, strict=False)) for part in (span, span[len(self._turns) :]))
            self._recipes[span] = self._written(*halves)
        return self._recipes[span]

    def _written(self, first: dict[str, bool], last: dict[str, bool]) -> _Recipe:
        """The recipe for frames whose first row, and whose last one, lie on or after these days."""

        def given(test: Test) -> bool | None:
            if test.column == AT:
                return first[test.word] if first[test.word] == last[test.word] else None
            return None if test.column in self._schema else False

        wanted = [gate for choice in self._choices.values() for gate in _gates(choice)]
        found = program(self._plan.circuit, self._plan.law.book, wanted, given)
        tests = [self._test(test).alias(f"{test.column} {test.word}") for test in found.tests]
        columns = _Columns(found)
        results = [
            columns.chosen(choice, self._results[name]).alias(name) for name, choice in self._choices.items()
        ]
        return _Recipe(found, tests, results, columns.masks)

    def _test(self, test: Test) -> pl.Expr:
        column = pl.col(test.column)
        if test.column == AT:
            return column >= self._turns[test.word]
        if not test.word:
            return column.is_not_null()
        if self._schema[test.column] == pl.Boolean:
            return column if test.word == "true" else ~column
        return column == test.word


class _Fork(NamedTuple):
    """A choice between two by a gate. The choice of a column ends in a word or in null."""

    gate: int
    then: "_Choice"
    otherwise: "_Choice"


_Choice = _Fork | str | None

LONG = 6  # cases: one after the other up to here, more are halved first


def _choices(to_do: Plan, outcome: Outcome) -> tuple[tuple[str, _Choice], tuple[str, _Choice]]:
    """The choices of the two columns of an outcome."""
    finding: _Choice = Verdict.UNDETERMINED.value
    for verdict, gate in reversed(outcome.findings):
        finding = _Fork(gate, verdict.value, finding)
    rule = _Fork(outcome.ruled, _some_rule(to_do, outcome.rules), None) if outcome.rules else None
    return (outcome.action.value, finding), (outcome.rule_column, rule)


def _some_rule(to_do: Plan, rules: Sequence[tuple[str, int]]) -> _Choice:
    """The choice of the first rule that decides, where one of these does: the last need not be looked at."""
    if len(rules) > LONG:
        half = len(rules) // 2
        gate = to_do.circuit.either(gate for _, gate in rules[:half])
        return _Fork(gate, _some_rule(to_do, rules[:half]), _some_rule(to_do, rules[half:]))
    choice: _Choice = rules[-1][0]
    for rule, gate in reversed(rules[:-1]):
        choice = _Fork(gate, rule, choice)
    return choice


def _gates(choice: _Choice) -> list[int]:
    if not isinstance(choice, _Fork):
        return []
    return [choice.gate, *_gates(choice.then), *_gates(choice.otherwise)]


class _Columns:
    """Makes columns by the bitmaps of a program; `masks` names those that are looked at."""

    def __init__(self, found: Program) -> None:
        self._rows = found.results
        self._words: dict[tuple[str | None, pl.DataType], pl.Expr] = {}
        self.masks: dict[str, int] = {}

    def chosen(self, choice: _Choice, type_: pl.DataType) -> pl.Expr:
        """The column of a choice."""
        if not isinstance(choice, _Fork):
            return self._word(choice, type_)
        rows = self._rows[choice.gate]
        if isinstance(rows, bool):
            return self.chosen(choice.then if rows else choice.otherwise, type_)
        name = f"rows {rows}"
        self.masks[name] = rows
        then, otherwise = self.chosen(choice.then, type_), self.chosen(choice.otherwise, type_)
        return pl.when(name).then(then).otherwise(otherwise)

    def _word(self, word: str | None, type_: pl.DataType) -> pl.Expr:
        if (word, type_) not in self._words:
            self._words[word, type_] = pl.lit(word, type_)
        return self._words[word, type_]


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
    return pl.Series(name, pa.Array.from_buffers(pa.bool_(), rows, [None, pa.py_buffer(bits)]))
