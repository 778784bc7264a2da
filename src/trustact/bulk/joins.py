"""A circuit written as joins of bitmaps: every gate is where it is true and where it is false, else open.

Only the joins that the gates wanted need are written, each once. Gates that are the same for every row, because
all rows lie between two changes of the law or a fact has no column, cost nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from trustact.bulk.bitmaps import Join, Program, Test
from trustact.bulk.circuit import Among, Both, Circuit, Constant, Either, Opposite, Since, Surely
from trustact.bulk.columns import AT, word
from trustact.facts import FactBook


class Made(NamedTuple):
    """The bitmap that the join of that number makes."""

    number: int


Source = Test | Made
Rows = Source | bool
Written = tuple[np.ufunc, Source, Source]
Given = Callable[[Test], bool | None]

ALL = Test("")


def program(circuit: Circuit, book: FactBook, wanted: Iterable[int], given: Given) -> Program:
    """The program for the gates wanted. `given` says of a test what it is for every row, None where rows differ."""
    writer = _Writer(circuit, book, given)
    results = {gate: writer.true(gate) for gate in wanted}
    return _numbered(list(writer.joins), results)


class _Writer:
    """Writes joins, and knows for each gate the rows where it is true and where it is false."""

    def __init__(self, circuit: Circuit, book: FactBook, given: Given) -> None:
        self._gates, self._book, self._given = circuit.gates, book, given
        self.joins: dict[Written, Made] = {}
        self._true: dict[int, Rows] = {}
        self._false: dict[int, Rows] = {}

    def true(self, number: int) -> Rows:
        """The rows where a gate is true."""
        if number not in self._true:
            self._true[number] = self._where_true(number)
        return self._true[number]

    def false(self, number: int) -> Rows:
        """The rows where a gate is false."""
        if number not in self._false:
            self._false[number] = self._where_false(number)
        return self._false[number]

    def _where_true(self, number: int) -> Rows:
        rows: Rows
        match self._gates[number]:
            case Constant(value):
                rows = value
            case Since(day):
                rows = self._test(Test(AT, day.isoformat()))
            case Among(fact, values):
                same = self._some(self._test(Test(fact, word(value))) for value in values)
                rows = self._every((same, self._test(Test(fact))))
            case Both(gates):
                rows = self._every(map(self.true, gates))
            case Either(gates):
                rows = self._some(map(self.true, gates))
            case Opposite(gate):
                rows = self.false(gate)
            case Surely(gate):
                rows = self.true(gate)
        return rows

    def _where_false(self, number: int) -> Rows:
        match self._gates[number]:
            case Both(gates):
                return self._some(map(self.false, gates))
            case Either(gates):
                return self._every(map(self.false, gates))
            case Opposite(gate):
                return self.true(gate)
            case Among(fact, _) if not self._book.facts[fact].counts_when_attested:
                return self._without(self._test(Test(fact)), self.true(number))
            case _:
                return self._without(True, self.true(number))

    def _test(self, test: Test) -> Rows:
        given = self._given(test)
        return test if given is None else given

    def _every(self, parts: Iterable[Rows]) -> Rows:
        found: Rows = True
        for part in parts:
            if part is False:
                return False
            if not isinstance(part, bool):
                found = part if isinstance(found, bool) else self._join(np.bitwise_and, found, part)
        return found

    def _some(self, parts: Iterable[Rows]) -> Rows:
        found: Rows = False
        for part in parts:
            if part is True:
                return True
            if not isinstance(part, bool):
                found = part if isinstance(found, bool) else self._join(np.bitwise_or, found, part)
        return found

    def _without(self, rows: Rows, part: Rows) -> Rows:
        """The rows that are not in a part of them."""
        if isinstance(part, bool):
            return False if part else rows
        return (
            False
            if rows == part
            else self._join(np.bitwise_xor, ALL if isinstance(rows, bool) else rows, part)
        )

    def _join(self, how: np.ufunc, one: Source, other: Source) -> Source:
        return one if one == other else self.joins.setdefault((how, one, other), Made(len(self.joins)))


def _numbered(written: Sequence[Written], results: Mapping[int, Rows]) -> Program:
    """The written joins that a result needs, their bitmaps numbered, scratch used again after its last reader."""
    wanted = dict.fromkeys(rows for rows in results.values() if not isinstance(rows, bool))
    needed, last = _needed(written, wanted)
    tests = [rows for rows in needed if isinstance(rows, Test) and rows != ALL]
    made = [rows for rows in wanted if isinstance(rows, Made)]
    order: list[Source] = [ALL, *tests, *made]
    places = {rows: place for place, rows in enumerate(order)}
    fixed = end = len(places)
    free: list[int] = []
    joins: list[Join] = []
    for rows in sorted(rows for rows in needed if isinstance(rows, Made)):
        how, *operands = written[rows.number]
        one, other = (places[operand] for operand in operands)
        free += [
            places[operand] for operand in operands if last[operand] == rows and places[operand] >= fixed
        ]
        if rows not in places:
            places[rows] = free.pop() if free else end
            end = max(end, places[rows] + 1)
        joins.append(Join(how, one, other, places[rows]))
    numbers = {gate: rows if isinstance(rows, bool) else places[rows] for gate, rows in results.items()}
    return Program(tuple(tests), tuple(joins), numbers, len(made), end - fixed)


def _needed(written: Sequence[Written], wanted: Iterable[Source]) -> tuple[list[Source], dict[Source, Made]]:
    """What the wanted bitmaps are made from, themselves included, and the last join that reads each."""
    needed = dict.fromkeys(wanted)
    last: dict[Source, Made] = {}
    for number in range(len(written) - 1, -1, -1):
        if Made(number) in needed:
            _, *operands = written[number]
            needed.update(dict.fromkeys(operands))
            last = dict.fromkeys(operands, Made(number)) | last
    return list(needed), last
