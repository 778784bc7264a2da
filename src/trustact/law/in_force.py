"""A law on one day: the rules in force of every layer, and the table of every action."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Hashable
from functools import cached_property
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from trustact.law.condition import Condition, parse
from trustact.law.loading import Law
from trustact.law.pack import Rule
from trustact.law.table import Table, Tables, Tree
from trustact.terms import Action

T = TypeVar("T")


class LawInForce(msgspec.Struct, frozen=True, dict=True):
    """A law on one day, and all that is worked out from it: each thing once, when it is first asked for."""

    law: Law
    day: dt.date

    @cached_property
    def tables(self) -> Tables:
        """The builder of this law's tables."""
        return Tables(self.law.book.domains)

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """The gaps of the law on this day, a sentence each."""
        return tuple(note for pack in self.law.layers for note in pack.gaps_on(self.day))

    @cached_property
    def premises(self) -> dict[str, Condition]:
        """What must be known to hold before a position is named as missing."""
        facts = self.law.book.facts.items()
        return {name: parse(fact.premise, self.law.vocabulary) for name, fact in facts if fact.premise}

    @cached_property
    def _rules(self) -> tuple[tuple[Rule, ...], ...]:
        return tuple(pack.rules_on(self.day) for pack in self.law.layers)

    @cached_property
    def _kept(self) -> dict[tuple[Hashable, Action], Any]:
        return {}

    @cached_property
    def _every(self) -> dict[Hashable, Any]:
        return {}

    def once(self, make: "Callable[[LawInForce, Action], T]", action: Action) -> T:
        """What `make` makes of this law and an action, made when first asked for."""
        kept = self._kept
        if (make, action) not in kept:
            kept[make, action] = make(self, action)
        made: T = kept[make, action]
        return made

    def every(self, make: "Callable[[LawInForce, Action], T]") -> tuple[T, ...]:
        """What `make` makes of each of the twelve actions."""
        kept: dict[Hashable, tuple[T, ...]] = self._every
        if make not in kept:
            kept[make] = tuple(self.once(make, action) for action in Action)
        return kept[make]

    def rules(self, action: Action) -> list[list[Rule]]:
        """The rules in force that speak of an action, layer by layer from the top."""
        return [[rule for rule in layer if action in rule.actions] for layer in self._rules]

    def reasons(self, action: Action) -> Tree:
        """The table of an action with the deciding rules at its leaves."""
        return self.once(_reasons, action)

    def table(self, action: Action) -> Table:
        """The table of an action."""
        return self.once(_table, action)


def _reasons(text: LawInForce, action: Action) -> Tree:
    return text.tables.build(text.rules(action))


def _table(text: LawInForce, action: Action) -> Table:
    return text.tables.verdicts(text.reasons(action))


def in_force(law: Law, at: dt.datetime) -> LawInForce:
    """The law on the day of a moment, in the law's own time zone; kept with the law, an entry an era."""
    kept: _Eras = law.__dict__.get("_eras") or law.__dict__.setdefault("_eras", _Eras(law))
    return kept.on(at.astimezone(kept.zone).date())


class _Eras:
    """A law in force, era by era: the spans of days between which nothing in it changes."""

    def __init__(self, law: Law) -> None:
        self.zone = ZoneInfo(law.data.time_zone)
        self._law = law
        self._turns = sorted({day for pack in law.layers for day in pack.version_days()})
        self._texts: dict[int, LawInForce] = {}

    def on(self, day: dt.date) -> LawInForce:
        """The law on a day; the same object for every day of an era."""
        era = bisect_right(self._turns, day)
        if era not in self._texts:
            self._texts[era] = LawInForce(self._law, day)
        return self._texts[era]
