"""What the law lets the agency do: findings for facts at a moment.

A pure function of law, action, facts and moment. Where facts are missing the finding is the one every
completion of them gives; where completions differ it is `undetermined`, with the facts that can change it.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from trustact.law.finding import Finding, Findings
from trustact.law.in_force import LawInForce, in_force
from trustact.law.loading import Law
from trustact.terms import Action

T = TypeVar("T")


def decide(
    law: Law, facts: Mapping[str, object], at: dt.datetime, actions: Iterable[Action | str] | None = None
) -> list[Finding]:
    """Findings for the actions asked for (all twelve without), on the facts known at a moment with offset.

    Raises FactError for a fact the book does not know or a value the fact cannot have, ValueError for a moment
    without offset or an unknown action.
    """
    known = law.book.check(facts)
    return [findings.of(known) for findings in asked(law, Findings, at, actions)]


def asked(
    law: Law,
    make: Callable[[LawInForce, Action], T],
    at: dt.datetime,
    actions: Iterable[Action | str] | None,
) -> Sequence[T]:
    """What `make` makes of the actions asked for, under the law in force at a moment. Raises ValueError."""
    if at.tzinfo is None:
        raise ValueError("the moment needs its offset from UTC, as in 2025-06-01T02:14:00-04:00")
    text = in_force(law, at)
    if actions is None:
        return text.every(make)
    return [text.once(make, each if isinstance(each, Action) else Action(each)) for each in actions]
