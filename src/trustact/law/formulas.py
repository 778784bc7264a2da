"""The law read a fourth time, as formulas for the z3 solver: one symbolic case on one symbolic day.

This reader knows conditions, defeats and spans, and shares nothing with the tables but the pack. The day is an
integer without an upper bound, so that what is proved is proved of every date to come. Needs the `prove` extra.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

from trustact.facts import Value
from trustact.failures import OutsideFailed
from trustact.law.condition import AllOf, AnyOf, Condition, Is, Named, Not
from trustact.law.diagram import Question
from trustact.law.loading import Law
from trustact.law.pack import Rule
from trustact.law.period import Span
from trustact.law.table import Table
from trustact.terms import Action, Verdict

try:
    import z3  # type: ignore[import-untyped]  # z3 carries no types
except ModuleNotFoundError:
    raise OutsideFailed("theorems need the z3 solver: pip install 'trustact[prove]'") from None

Formula = Any
_Way = tuple[Formula, Formula]


class Standing(NamedTuple):
    """A rule with the formula of when it surely applies, and of when it may."""

    rule: Rule
    surely: Formula
    maybe: Formula


class Formulas:
    """A law as formulas over `day` and the facts of one case."""

    def __init__(self, law: Law) -> None:
        self.law = law
        self.day = z3.Int("day")
        self._has: dict[tuple[str, Value], Formula] = {}
        self._standing: dict[Action, list[Standing]] = {}

    def has(self, fact: str, value: Value) -> Formula:
        """That a fact of the case has a value."""
        if (fact, value) not in self._has:
            sort, constants = _enumeration(self.law.book.domains[fact])
            self._has[fact, value] = z3.Const(fact, sort) == constants[value]
        return self._has[fact, value]

    def known(self, fact: str) -> Formula:
        """That a fact of the case is known; an exceptional ground always is, since it counts as false till attested."""
        return (
            z3.BoolVal(True) if self.law.book.facts[fact].counts_when_attested else z3.Bool(f"known {fact}")
        )

    def of(self, condition: Condition) -> Formula:
        """That a condition is true of the case."""
        match condition:
            case Is(fact, values):
                return either(self.has(fact, value) for value in values)
            case AllOf(parts):
                return every(map(self.of, parts))
            case AnyOf(parts):
                return either(map(self.of, parts))
            case Not(part):
                return no(self.of(part))
            case Named(_, part):
                return self.of(part)

    def on(self, day: dt.date) -> Formula:
        """That it is a certain day."""
        return self.day == day.toordinal()

    def within(self, span: Span) -> Formula:
        """That the day lies in a span."""
        begun = self.day >= span.first.toordinal()
        return begun if span.last is None else z3.And(begun, self.day <= span.last.toordinal())

    def standing(self, action: Action) -> list[Standing]:
        """The rules of every layer and date that speak of an action, with when they apply."""
        if action not in self._standing:
            layers = ([rule for rule in pack.rules if action in rule.actions] for pack in self.law.layers)
            self._standing[action] = [each for layer in layers for each in self._layer(layer)]
        return self._standing[action]

    def _layer(self, rules: Sequence[Rule]) -> list[Standing]:
        """The alternating fixpoint of the defeats in one layer; `surely` and `maybe` differ where they go in a circle.

        A rule surely applies where it holds and none that may apply defeats it, and may apply where it holds and
        none that surely applies defeats it. Every round settles one more step of a chain of defeats.
        """
        holds = [z3.And(self.within(rule.span), self.of(rule.when)) for rule in rules]
        surely, maybe = holds, holds
        for _ in rules:
            surely = _undefeated(rules, holds, maybe)
            maybe = _undefeated(rules, holds, surely)
            if all(one.eq(other) for one, other in zip(surely, maybe, strict=True)):
                break
        return [Standing(*each) for each in zip(rules, surely, maybe, strict=True)]

    def verdicts(self, action: Action) -> dict[Verdict, Formula]:
        """When each verdict is the answer for an action: prohibited beats required beats permitted."""
        prohibited, required, permitted = (
            either(each.surely for each in self.standing(action) if each.rule.finding == finding)
            for finding in ("prohibited", "required", "permitted")
        )
        return {
            Verdict.UNDETERMINED: z3.And(prohibited, required),
            Verdict.PROHIBITED: z3.And(prohibited, no(required)),
            Verdict.REQUIRED: z3.And(required, no(prohibited)),
            Verdict.PERMITTED: z3.And(permitted, no(z3.Or(prohibited, required))),
            Verdict.NOT_REGULATED: no(z3.Or(prohibited, required, permitted)),
        }

    def of_table(self, table: Table, verdict: Verdict) -> Formula:
        """That a table gives the case a verdict."""
        return self._fold(table, verdict, lambda _, ways: either(z3.And(asked, way) for asked, way in ways))

    def settled(self, table: Table, verdict: Verdict) -> Formula:
        """That a table gives a verdict on the known facts of the case alone."""
        return self._fold(
            table,
            verdict,
            lambda fact, ways: every(z3.Or(z3.And(self.known(fact), no(asked)), way) for asked, way in ways),
        )

    def _fold(self, table: Table, verdict: Verdict, join: Callable[[str, list[_Way]], Formula]) -> Formula:
        """A formula for a table, put together question by question, each question once.

        `join` is given the ways out of a question: that the fact has a value that leads there, and what was put
        together there.
        """
        done: dict[object, Formula] = {}

        def walk(node: object) -> Formula:
            if not isinstance(node, Question):
                return z3.BoolVal(node is verdict)
            if node not in done:
                ends: dict[object, list[Value]] = {}
                for value, end in node.answers.items():
                    ends.setdefault(end, []).append(value)
                ways = [(self.of(Is(node.fact, tuple(values))), walk(end)) for end, values in ends.items()]
                done[node] = join(node.fact, ways)
            return done[node]

        return walk(table)


def either(formulas: Iterable[Formula]) -> Formula:
    """That at least one formula is true."""
    return z3.Or(list(formulas))


def every(formulas: Iterable[Formula]) -> Formula:
    """That all formulas are true."""
    return z3.And(list(formulas))


def no(formula: Formula) -> Formula:
    """That a formula is false."""
    return z3.Not(formula)


def _undefeated(rules: Sequence[Rule], holds: Sequence[Formula], applies: Sequence[Formula]) -> list[Formula]:
    """When each rule holds and none of the rules defeats it, where these are the cases in which they apply."""
    found = []
    for rule, holding in zip(rules, holds, strict=True):
        beside = zip(rules, applies, strict=True)
        defeating = [applying for other, applying in beside if rule.id in other.defeats]
        found.append(z3.And(holding, no(either(defeating))) if defeating else holding)
    return found


@cache
def _enumeration(domain: tuple[Value, ...]) -> tuple[Formula, dict[Value, Formula]]:
    """The sort of the facts with these values, and its constants."""
    if domain == (True, False):
        return z3.BoolSort(), {value: z3.BoolVal(value) for value in domain}
    name = " or ".join(map(str, domain))
    sort, constants = z3.EnumSort(name, [f"{value} of {name}" for value in domain])
    return sort, dict(zip(domain, constants, strict=True))


class Search:
    """A search for cases and days of a law of which something is true; every question starts from the same claim."""

    def __init__(self, formulas: Formulas, claim: Formula) -> None:
        self._formulas = formulas
        self._solver = z3.SimpleSolver()  # the many small questions need no preprocessing
        self._solver.add(claim)

    def add(self, claim: Formula) -> None:
        """Narrow the search."""
        self._solver.add(claim)

    def finds(self, *claims: Formula) -> bool:
        """Whether there is a case on a day of which all the claims are true. Raises OutsideFailed without an answer."""
        answer = self._solver.check(*claims)
        if answer == z3.unknown:
            raise OutsideFailed(f"the z3 solver gave no answer: {self._solver.reason_unknown()}")
        return bool(answer == z3.sat)

    def day(self) -> dt.date:
        """The day of the case last found."""
        found = self._solver.model().eval(self._formulas.day, model_completion=True)
        return dt.date.fromordinal(min(found.as_long(), dt.date.max.toordinal()))
