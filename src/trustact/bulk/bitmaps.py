"""A circuit over many rows at once: a bit a row, so that one machine instruction decides hundreds of cases.

Every gate has two bitmaps, where it is true and where it is false; where neither, it is open. A program is the
list of the joins of two bitmaps that makes all the gates wanted, each join written once. Gates that are the same
for every row, because all rows lie between two changes of the law or a fact has no column, cost nothing.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import msgspec
import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]  # pyarrow carries no types

from trustact.bulk.circuit import Among, Both, Circuit, Constant, Either, Opposite, Since, Surely
from trustact.bulk.columns import AT, word
from trustact.facts import FactBook

Bits = np.ndarray[tuple[int], np.dtype[np.uint8]]

CHUNK = 1 << 14  # bytes of a bitmap joined at once: all bitmaps in use then fit into the processor's cache


class Test(NamedTuple):
    """A bitmap a program starts from: where a column is that word, or without one where it is known at all.

    The word is `true` for a fact that is true or false, and a day for the column `at`, then meaning since. Where
    a fact is not known its bits for words do not matter.
    """

    column: str
    word: str = ""


class Join(NamedTuple):
    """One step: the bitmaps numbered `one` and `other` joined into `out`."""

    how: np.ufunc
    one: int
    other: int
    out: int


class Program(msgspec.Struct, frozen=True):
    """Joins over numbered bitmaps: first all rows, then one for each test, then the `made` results, then scratch.

    `results` says for each gate wanted the number of its bitmap, or what it is for every row.
    """

    tests: tuple[Test, ...]
    joins: tuple[Join, ...]
    results: dict[int, int | bool]
    made: int
    scratch: int

    def run(self, tests: Sequence[Bits]) -> list[Bits]:
        """The bitmaps of the results, numbered as `results` says; the first one stands for all rows."""
        size = len(tests[0]) if tests else 0
        full = np.full(size, 255, np.uint8)
        kept = [full, *tests, *(_bitmap(size) for _ in range(self.made))]
        scratch = [_bitmap(min(size, CHUNK)) for _ in range(self.scratch)]
        for start in range(0, size, CHUNK):
            part = [bits[start : start + CHUNK] for bits in kept]
            part += [bits[: len(part[0])] for bits in scratch]
            for how, one, other, out in self.joins:
                how(part[one], part[other], part[out])
        return kept


def _bitmap(size: int) -> Bits:
    """Memory of Arrow's own pool, which keeps it between batches; fresh memory costs more than the joins."""
    return np.frombuffer(pa.allocate_buffer(size), np.uint8)


Given = Callable[[Test], bool | None]


def program(circuit: Circuit, book: FactBook, wanted: Iterable[int], given: Given) -> Program:
    """The program for the gates wanted. `given` says of a test what it is for every row, None where rows differ."""
    writer = _Writer(circuit, book, given)
    results = {gate: writer.true(gate) for gate in wanted}
    return _numbered(list(writer.joins), results)


class _Writer:
    """Writes joins. A bitmap is called by its test, or by the number of the join that makes it."""

    ALL = Test("")

    def __init__(self, circuit: Circuit, book: FactBook, given: Given) -> None:
        self._gates, self._book, self._given = circuit.gates, book, given
        self.joins: dict[tuple[np.ufunc, "_Rows", "_Rows"], int] = {}
        self._true: dict[int, _Rows] = {}
        self._false: dict[int, _Rows] = {}

    def true(self, number: int) -> "_Rows":
        """The rows where a gate is true."""
        if number not in self._true:
            self._true[number] = self._where_true(number)
        return self._true[number]

    def false(self, number: int) -> "_Rows":
        """The rows where a gate is false."""
        if number not in self._false:
            self._false[number] = self._where_false(number)
        return self._false[number]

    def _where_true(self, number: int) -> "_Rows":
        match self._gates[number]:
            case Constant(value):
                return value
            case Since(day):
                return self._test(Test(AT, day.isoformat()))
            case Among(fact, values):
                one = self._some(self._test(Test(fact, word(value))) for value in values)
                return self._every((one, self._test(Test(fact))))
            case Both(gates):
                return self._every(map(self.true, gates))
            case Either(gates):
                return self._some(map(self.true, gates))
            case Opposite(gate):
                return self.false(gate)
            case Surely(gate):
                return self.true(gate)

    def _where_false(self, number: int) -> "_Rows":
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

    def _test(self, test: Test) -> "_Rows":
        given = self._given(test)
        return test if given is None else given

    def _every(self, parts: Iterable["_Rows"]) -> "_Rows":
        found: _Rows = True
        for part in parts:
            if part is False:
                return False
            found = (
                part if found is True else found if part is True else self._join(np.bitwise_and, found, part)
            )
        return found

    def _some(self, parts: Iterable["_Rows"]) -> "_Rows":
        found: _Rows = False
        for part in parts:
            if part is True:
                return True
            found = (
                part if found is False else found if part is False else self._join(np.bitwise_or, found, part)
            )
        return found

    def _without(self, rows: "_Rows", part: "_Rows") -> "_Rows":
        """The rows that are not in a part of them."""
        if isinstance(part, bool):
            return False if part else rows
        return self._join(np.bitwise_xor, self.ALL if rows is True else rows, part)

    def _join(self, how: np.ufunc, one: "_Rows", other: "_Rows") -> "_Rows":
        if one == other:
            return one if how is not np.bitwise_xor else False
        return self.joins.setdefault((how, one, other), len(self.joins))


_Rows = Test | int | bool


def _numbered(written: Sequence[tuple[np.ufunc, _Rows, _Rows]], results: dict[int, _Rows]) -> Program:
    """The written joins that a result needs, their bitmaps numbered, scratch used again after its last reader."""
    wanted = dict.fromkeys(rows for rows in results.values() if not isinstance(rows, bool))
    needed, last = _needed(written, wanted)
    tests = [
        rows for rows in dict.fromkeys([*needed, *wanted]) if isinstance(rows, Test) and rows != _Writer.ALL
    ]
    made = [rows for rows in wanted if not isinstance(rows, Test)]
    places: dict[_Rows, int] = {rows: place for place, rows in enumerate((_Writer.ALL, *tests, *made))}
    fixed = end = len(places)
    free: list[int] = []
    joins: list[Join] = []
    for index in sorted(rows for rows in needed if isinstance(rows, int)):
        how, one, other = written[index]
        operands = places[one], places[other]
        free += [places[rows] for rows in (one, other) if last.get(rows) == index and places[rows] >= fixed]
        if index not in places:
            places[index] = free.pop() if free else end
            end = max(end, places[index] + 1)
        joins.append(Join(how, *operands, places[index]))
    numbers = {gate: rows if isinstance(rows, bool) else places[rows] for gate, rows in results.items()}
    return Program(tuple(tests), tuple(joins), numbers, len(made), end - fixed)


def _needed(
    written: Sequence[tuple[np.ufunc, _Rows, _Rows]], wanted: Iterable[_Rows]
) -> tuple[set[_Rows], dict[_Rows, int]]:
    """The rows that the wanted ones are made from, themselves included, and the last join that reads each."""
    needed = set(wanted)
    last: dict[_Rows, int] = {}
    for index in range(len(written) - 1, -1, -1):
        if index in needed:
            for rows in written[index][1:]:
                needed.add(rows)
                last.setdefault(rows, index)
    return needed, last
