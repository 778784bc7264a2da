"""One batch of cases as bitmaps, and its results as columns: the inner part of bulk on Polars.

Columns come in as Polars holds them, true and false already a bit a row; enumerations are compared by their
codes. The results are enumerations too, chosen bitmap by bitmap.
"""

from collections.abc import Iterable

import numpy as np
import polars as pl
import pyarrow as pa

from trustact.bulk.bitmaps import Bitmaps, Bits, Rows, complement, every, some
from trustact.bulk.circuit import Among, Since
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


class Batch:
    """Some rows of clean columns, `at` of the given kind without null, and the plan for them."""

    def __init__(self, columns: pl.DataFrame, at: Kind, to_do: Plan) -> None:
        self._columns, self._at, self._plan = columns, at, to_do
        self._known: dict[str, Rows] = {}
        self._equal: dict[tuple[str, str], Rows] = {}
        self._first, self._last = (columns[AT].min(), columns[AT].max()) if columns.height else (None, None)
        self._bitmaps = Bitmaps(to_do.circuit, self._compared)
        self._masks: dict[str, pl.Series] = {}

    def results(self) -> pl.DataFrame:
        """The results of the rows, in their order."""
        columns = [column for outcome in self._plan.outcomes for column in self._result(outcome)]
        masked = self._columns.select(AT).with_columns(**self._masks)
        return masked.with_columns(columns).select(*result_schema(self._plan))

    def _result(self, outcome: Outcome) -> tuple[pl.Expr, pl.Expr]:
        true = self._bitmaps.true
        found = [(verdict.value, true(gate)) for verdict, gate in outcome.findings]
        finding = self._chosen(found, pl.lit(Verdict.UNDETERMINED.value, FINDING), FINDING)
        rules = [(rule, true(gate)) for rule, gate in outcome.rules]
        return finding.alias(outcome.action.value), self._rule(rules, _rule_type(outcome)).alias(outcome.rule_column)

    def _rule(self, rules: list[tuple[str, Rows]], type_: pl.Enum) -> pl.Expr:
        """The id of the first rule that decides a row, null where none does."""
        null = pl.lit(None, type_)
        rules = [(rule, rows) for rule, rows in rules if rows is not False]
        if not rules:
            return null
        # The last rule stands for "none of the others": null is laid over once, which is cheaper than under each.
        chosen = self._chosen(rules[:-1], pl.lit(rules[-1][0], type_), type_)
        return self._where(some(rows for _, rows in rules), chosen, null)

    def _chosen(self, cases: Iterable[tuple[str, Rows]], otherwise: pl.Expr, type_: pl.Enum) -> pl.Expr:
        for word, rows in reversed(list(cases)):
            otherwise = self._where(rows, pl.lit(word, type_), otherwise)
        return otherwise

    def _where(self, rows: Rows, then: pl.Expr, otherwise: pl.Expr) -> pl.Expr:
        if isinstance(rows, bool):
            return then if rows else otherwise
        name = f"rows {id(rows)}"
        if name not in self._masks:
            bits = pa.Array.from_buffers(pa.bool_(), self._columns.height, [None, pa.py_buffer(rows)])
            self._masks[name] = pl.from_arrow(bits)
        return pl.when(name).then(then).otherwise(otherwise)

    def _compared(self, gate: Among | Since) -> tuple[Rows, Rows]:
        """Where a comparison is true, and where it is false."""
        if isinstance(gate, Since):
            since = self._since(gate)
            return since, complement(since)
        two_valued = gate.values == (True,)
        if gate.fact not in self._columns:
            true: Rows = False
        else:
            true = some(self._is(gate.fact, "" if two_valued else str(value)) for value in gate.values)
        if self._plan.law.book.facts[gate.fact].counts_when_attested:
            return true, complement(true)
        return true, every((self._is_known(gate.fact), complement(true)))

    def _since(self, gate: Since) -> Rows:
        begins = beginning(gate.day, self._at, self._plan.law.data.time_zone)
        if self._first is None or self._first >= begins:
            return True
        if self._last < begins:
            return False
        return _bits(self._columns[AT] >= begins)[0]

    def _is_known(self, fact: str) -> Rows:
        if fact not in self._columns:
            return False
        if fact not in self._known:
            self._known[fact] = _bits(self._columns[fact].is_not_null())[0]
        return self._known[fact]

    def _is(self, fact: str, word: str) -> Rows:
        """Where a fact is known to be that word; where it is known to be true, without one."""
        if (fact, word) not in self._equal:
            column = self._columns[fact]
            values, known = _bits(column == word if word else column)
            self._known[fact] = known
            self._equal[fact, word] = every((values, known))
        return self._equal[fact, word]


def _bits(column: pl.Series) -> tuple[Bits, Rows]:
    """The bits of a column of true and false, and of where it is known."""
    array = column.to_arrow()
    known, values = array.buffers()
    rows, offset = len(array), array.offset

    def bits(buffer: pa.Buffer) -> Bits:
        if offset % 8 == 0:
            return np.frombuffer(buffer, np.uint8, -(-rows // 8), offset // 8)
        return np.packbits(np.unpackbits(np.frombuffer(buffer, np.uint8), bitorder="little")[offset:], bitorder="little")

    return bits(values), True if known is None else bits(known)
