"""A claim that something is never true of an action: on which days a case breaks it, and the plainest such case."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from trustact.facts import Value
from trustact.law.eras import eras
from trustact.law.formulas import Formula, Formulas, Search, every, no
from trustact.law.period import Span
from trustact.terms import Action


class Claim(NamedTuple):
    """What must never be true of an action; `asked` are the facts on which it depends."""

    action: Action
    never: Formula
    asked: Sequence[str]


def broken(formulas: Formulas, claim: Claim) -> list[Span]:
    """The eras on some day of which a case breaks the claim; on every other day, without end, it is proved."""
    some = eras(formulas.law)
    search = Search(formulas, every((formulas.within(Span(some[0].first)), claim.never)))
    found: list[Span] = []
    while search.finds():
        day = search.day()
        found.append(next(era for era in some if day in era))
        search.add(no(formulas.within(found[-1])))
    return sorted(found, key=lambda era: era.first)


def case_that_breaks(formulas: Formulas, claim: Claim, day: dt.date) -> dict[str, Value]:
    """The plainest facts that break a claim on a day, whatever the other facts are."""
    breaking = Search(formulas, every((formulas.on(day), claim.never)))
    facts = plainest(formulas, breaking, claim.asked)
    keeping = Search(formulas, every((formulas.on(day), no(claim.never))))
    for name in reversed(claim.asked):
        others = {other: value for other, value in facts.items() if other != name}
        if not keeping.finds(*(formulas.has(*fact) for fact in others.items())):
            facts = others
    return facts


def plainest(formulas: Formulas, search: Search, asked: Sequence[str]) -> dict[str, Value]:
    """Values of facts that the search allows: for each in turn the first of its list, and no before yes."""
    facts: dict[str, Value] = {}
    for name in asked:
        for value in sorted(formulas.law.book.domains[name], key=lambda value: value is True):
            if search.finds(formulas.has(name, value)):
                search.add(formulas.has(name, value))
                facts[name] = value
                break
    return facts


def partial_case_that_breaks(
    formulas: Formulas, claim: Claim, day: dt.date
) -> tuple[dict[str, Value], dict[str, Value]]:
    """As few known facts as break a claim about known facts on a day, and the values of those unknown."""
    search = Search(formulas, every((formulas.on(day), claim.never)))
    unknown = []
    for name in claim.asked:
        if search.finds(no(formulas.known(name))):
            search.add(no(formulas.known(name)))
            unknown.append(name)
    facts = plainest(formulas, search, claim.asked)
    rest = {name: facts.pop(name) for name in unknown}
    return facts, rest
