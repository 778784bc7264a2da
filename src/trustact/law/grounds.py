"""Grounds: the known facts that make a condition true or false, in words."""

from collections.abc import Callable, Mapping

import msgspec

from trustact.facts import FactBook, Value
from trustact.law.condition import AllOf, AnyOf, Condition, Facts, Is, Named, Not
from trustact.law.wording import question, statement


class Ground(msgspec.Struct, frozen=True):
    """A fact behind a rule's standing, in words. `value` None: unknown; `attested` False: counts as no by default."""

    fact: str
    value: Value | None
    says: str
    attested: bool = True


Settled = tuple[bool | None, tuple[Ground, ...]]
"""Whether a condition is true, and the facts that make it so; None and nothing where unknown facts leave it open."""
Settling = Callable[[Facts], Settled]
_OPEN: Settled = (None, ())


class Grounds:
    """What the conditions of a book of facts come to in a case. Each ground is put into words once."""

    def __init__(self, book: FactBook) -> None:
        self._book = book
        self._kept: dict[int, tuple[Condition, Settling]] = {}

    def unknown(self, fact: str) -> Ground:
        """A fact that is not known."""
        return Ground(fact, None, question(self._book, fact))

    def settling(self, condition: Condition) -> Settling:
        """What tells of known facts what a condition comes to: of an `any` that is true, the first part alone."""
        if id(condition) not in self._kept:
            self._kept[id(condition)] = condition, self._settling(condition)
        return self._kept[id(condition)][1]

    def _settling(self, condition: Condition) -> Settling:
        match condition:
            case Is() as comparison:
                return _compared(comparison.fact, self._answers(comparison))
            case Named(_, part):
                return self.settling(part)
            case Not(part):
                return _opposite(self.settling(part))
            case AllOf(parts):
                return _each(tuple(map(self.settling, parts)), neutral=True)
            case AnyOf(parts):
                return _each(tuple(map(self.settling, parts)), neutral=False)

    def _answers(self, comparison: Is) -> dict[Value | None, Settled]:
        fact = self._book.facts[comparison.fact]
        answers: dict[Value | None, Settled] = {None: _OPEN}
        for value in fact.domain:
            ground = Ground(comparison.fact, value, self._words(comparison, value))
            answers[value] = value in comparison.values, (ground,)
        if fact.counts_when_attested:
            words = f"{self._words(comparison, False)} (nobody has attested it)"
            answers[None] = False in comparison.values, (Ground(comparison.fact, False, words, False),)
        return answers

    def _words(self, comparison: Is, value: Value) -> str:
        words = statement(self._book, comparison.fact, [value])
        if value in comparison.values or not self._book.facts[comparison.fact].values:
            return words
        return f"{words}, not {_rest(statement(self._book, comparison.fact, comparison.values))}"


def _rest(words: str) -> str:
    """The values at the end of a statement "the request form is I-200 or I-205"."""
    return words.partition(" is ")[2].removeprefix("issued by ").removeprefix("signed by ")


def _compared(fact: str, answers: Mapping[Value | None, Settled]) -> Settling:
    return lambda facts: answers[facts.get(fact)]


def _opposite(part: Settling) -> Settling:
    def settle(facts: Facts) -> Settled:
        value, grounds = part(facts)
        return _OPEN if value is None else (not value, grounds)

    return settle


def _each(parts: tuple[Settling, ...], *, neutral: bool) -> Settling:
    """Parts that are all to be `neutral`: the first that is not makes the condition, or all of them together."""

    def settle(facts: Facts) -> Settled:
        grounds: tuple[Ground, ...] = ()
        settled = True
        for part in parts:
            value, found = part(facts)
            if value is None:
                settled = False
            elif value is not neutral:
                return value, found
            else:
                grounds += found
        return (neutral, grounds) if settled else _OPEN

    return settle
