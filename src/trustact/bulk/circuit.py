"""Conditions as a circuit: numbered gates over facts and dates, each with three values, true, false and open.

A gate is only ever built once, and after the gates it reads: whoever goes through the gates in order, with
bitmaps or in SQL, meets every condition once, however many rules share it.
"""

import datetime as dt
from collections.abc import Iterable

import msgspec

from trustact.facts import Value
from trustact.law.condition import AllOf, AnyOf, Condition, Is, Named, Not
from trustact.law.period import Span


class Constant(msgspec.Struct, frozen=True):
    """Always true, or always false."""

    value: bool


class Among(msgspec.Struct, frozen=True):
    """True where the fact has one of the values; open where it is not known."""

    fact: str
    values: tuple[Value, ...]


class Since(msgspec.Struct, frozen=True):
    """True of a case on this day or later, in the law's time zone; never open."""

    day: dt.date


class Both(msgspec.Struct, frozen=True):
    """True where all the gates are, false where one is."""

    gates: tuple[int, ...]


class Either(msgspec.Struct, frozen=True):
    """True where one of the gates is, false where none is."""

    gates: tuple[int, ...]


class Opposite(msgspec.Struct, frozen=True):
    """True where the gate is false, and the other way round; open where it is open."""

    gate: int


class Surely(msgspec.Struct, frozen=True):
    """True where the gate is true, else false; never open."""

    gate: int


Gate = Constant | Among | Since | Both | Either | Opposite | Surely


class Circuit:
    """The gates, each after those it reads, and the names of those that are a term or a rule of the law.

    The methods return the number of a gate, built when it is new.
    """

    def __init__(self) -> None:
        self.gates: list[Gate] = []
        self.names: dict[int, str] = {}
        self._numbers: dict[Gate, int] = {}
        self.never = self._number(Constant(False))
        self.always = self._number(Constant(True))

    def _number(self, gate: Gate) -> int:
        if gate not in self._numbers:
            self._numbers[gate] = len(self.gates)
            self.gates.append(gate)
        return self._numbers[gate]

    def among(self, fact: str, values: Iterable[Value]) -> int:
        """The gate of a fact compared with values. Of one that is true or false, all is said by its being true."""
        wanted = tuple(values)
        if False not in wanted:
            return self._number(Among(fact, wanted))
        true = self._number(Among(fact, (True,)))
        return self.either([self.opposite(true), *([true] if True in wanted else [])])

    def during(self, span: Span) -> int:
        """The gate of the days of a span."""
        begun = self._number(Since(span.first))
        if span.last is None:
            return begun
        return self.both([begun, self.opposite(self._number(Since(span.last + dt.timedelta(days=1))))])

    def both(self, gates: Iterable[int]) -> int:
        """The gate that is true where all these are."""
        parts = tuple(dict.fromkeys(number for number in gates if number != self.always))
        if self.never in parts:
            return self.never
        return parts[0] if len(parts) == 1 else self._number(Both(parts)) if parts else self.always

    def either(self, gates: Iterable[int]) -> int:
        """The gate that is true where one of these is."""
        parts = tuple(dict.fromkeys(number for number in gates if number != self.never))
        if self.always in parts:
            return self.always
        return parts[0] if len(parts) == 1 else self._number(Either(parts)) if parts else self.never

    def opposite(self, number: int) -> int:
        """The gate that is true where this one is false."""
        match self.gates[number]:
            case Constant(value):
                return self.never if value else self.always
            case Opposite(gate):
                return gate
            case _:
                return self._number(Opposite(number))

    def surely(self, number: int) -> int:
        """The gate that is true where this one is, and false where it is open."""
        if isinstance(self.gates[number], Constant | Since | Surely):
            return number
        return self._number(Surely(number))

    def condition(self, condition: Condition) -> int:
        """The gate of a rule's condition."""
        match condition:
            case Is(fact, values):
                return self.among(fact, values)
            case AllOf(parts):
                return self.both(map(self.condition, parts))
            case AnyOf(parts):
                return self.either(map(self.condition, parts))
            case Not(part):
                return self.opposite(self.condition(part))
            case Named(name, part):
                number = self.condition(part)
                self.names.setdefault(number, name)
                return number
