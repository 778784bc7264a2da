"""A circuit over many rows at once: a bit a row, so that one machine instruction decides hundreds of cases.

Every gate has two bitmaps, where it is true and where it is false; where neither, it is open. Only those that
the outcome needs are made. A gate that is the same for every row of the batch, because the batch lies between
two changes of the law or a fact has no column, is plain True or False and costs nothing from there on.
"""

from collections.abc import Callable, Iterable

import numpy as np

from trustact.bulk.circuit import Among, Both, Circuit, Constant, Either, Opposite, Since, Surely

Bits = np.ndarray[tuple[int], np.dtype[np.uint8]]
Rows = Bits | bool
Source = Callable[[Among | Since], tuple[Rows, Rows]]


class Bitmaps:
    """The gates of a circuit over one batch. `source` gives where a comparison is true and where it is false."""

    def __init__(self, circuit: Circuit, source: Source) -> None:
        self._gates = circuit.gates
        self._source = source
        self._true: dict[int, Rows] = {}
        self._false: dict[int, Rows] = {}

    def true(self, number: int) -> Rows:
        """The rows where the gate of that number is true."""
        if number not in self._true:
            self._true[number] = self._where_true(number)
        return self._true[number]

    def false(self, number: int) -> Rows:
        """The rows where the gate of that number is false."""
        if number not in self._false:
            self._false[number] = self._where_false(number)
        return self._false[number]

    def _where_true(self, number: int) -> Rows:
        match self._gates[number]:
            case Constant(value):
                return value
            case Both(gates):
                return every(map(self.true, gates))
            case Either(gates):
                return some(map(self.true, gates))
            case Opposite(gate):
                return self.false(gate)
            case Surely(gate):
                return self.true(gate)
            case comparison:
                true, self._false[number] = self._source(comparison)
                return true

    def _where_false(self, number: int) -> Rows:
        match self._gates[number]:
            case Constant(value):
                return not value
            case Both(gates):
                return some(map(self.false, gates))
            case Either(gates):
                return every(map(self.false, gates))
            case Opposite(gate):
                return self.true(gate)
            case Surely(gate):
                return complement(self.true(gate))
            case comparison:
                self._true[number], false = self._source(comparison)
                return false


def every(parts: Iterable[Rows]) -> Rows:
    """The rows in all of these; those after an empty one are not looked at."""
    found: Rows = True
    owned = False
    for part in parts:
        if part is False:
            return False
        if part is not True:
            found, owned = (part, False) if found is True else (_joined(np.bitwise_and, found, part, owned), True)
    return found


def some(parts: Iterable[Rows]) -> Rows:
    """The rows in any of these; those after a full one are not looked at."""
    found: Rows = False
    owned = False
    for part in parts:
        if part is True:
            return True
        if part is not False:
            found, owned = (part, False) if found is False else (_joined(np.bitwise_or, found, part, owned), True)
    return found


def _joined(join: np.ufunc, one: Rows, other: Rows, owned: bool) -> Bits:  # noqa: FBT001
    bits: Bits = join(one, other, out=one if owned else None)
    return bits


def complement(rows: Rows) -> Rows:
    """The other rows."""
    if isinstance(rows, bool):
        return not rows
    return np.invert(rows)
