"""What the law lets the agency do: findings for facts at a moment, exact about what is unknown.

A pure function of law, action, facts and moment. Where facts are missing the finding is the one every
completion of them gives; where completions differ it is `undetermined`, with the facts that can change it.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from trustact.facts import Value
from trustact.law.condition import holds, parse
from trustact.law.loading import Law
from trustact.law.pack import Rule
from trustact.law.table import (
    Question,
    Reasons,
    Table,
    Tables,
    Tree,
    facts_in,
    leaves,
    look_up,
    verdicts,
)
from trustact.terms import Action, Evidence, Verdict

# From the most careful finding to the least: what stands while an undetermined one is settled.
CAUTION = (
    Verdict.PROHIBITED,
    Verdict.UNDETERMINED,
    Verdict.NOT_REGULATED,
    Verdict.PERMITTED,
    Verdict.REQUIRED,
)


class Because(msgspec.Struct, frozen=True):
    """A rule behind a finding: its id, citation, plain words, and how its text was established."""

    rule: str
    cite: str
    says: str
    evidence: Evidence


class Finding(msgspec.Struct, frozen=True):
    """What the law says of one action on the facts known.

    `missing`: the unknown facts that can change an undetermined finding. `ask_next`: the best one to ask an
    officer, None where only counsel can settle it. `meanwhile`: the finding that stands until then.
    `notes`: parts of the law that have no rule on that date.
    """

    action: Action
    finding: Verdict
    because: tuple[Because, ...]
    missing: tuple[str, ...] = ()
    ask_next: str | None = None
    meanwhile: Verdict | None = None
    notes: tuple[str, ...] = ()


class LawInForce(msgspec.Struct, frozen=True, dict=True):
    """A law on one day: the rules in force of every layer, and the table of every action."""

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
    def _rules(self) -> tuple[tuple[Rule, ...], ...]:
        return tuple(pack.rules_on(self.day) for pack in self.law.layers)

    @cached_property
    def _kept(self) -> dict[object, Any]:
        return {}

    def rules(self, action: Action) -> list[list[Rule]]:
        """The rules in force that speak of an action, layer by layer from the top."""
        return [[rule for rule in layer if action in rule.actions] for layer in self._rules]

    def reasons(self, action: Action) -> Tree:
        """The table of an action with the deciding rules at its leaves, built when first asked for."""
        if ("reasons", action) not in self._kept:
            self._kept["reasons", action] = self.tables.with_reasons(self.rules(action))
        tree: Tree = self._kept["reasons", action]
        return tree

    def table(self, action: Action) -> Table:
        """The table of an action, built when first asked for."""
        if ("table", action) not in self._kept:
            self._kept["table", action] = self.tables.verdicts_of(self.reasons(action))
        table: Table = self._kept["table", action]
        return table

    def because(self, rule: Rule, action: Action, known: Mapping[str, Value]) -> Because:
        """A rule as the reason of a finding; kept, since the same few are cited again and again."""
        evidence = rule.evidence_for(action, known)
        key = (rule.id, action, evidence)
        if key not in self._kept:
            self._kept[key] = Because(rule.id, rule.cite, rule.says, evidence)
        because: Because = self._kept[key]
        return because


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


def decide(
    law: Law, facts: Mapping[str, object], at: dt.datetime, actions: Iterable[Action | str] | None = None
) -> list[Finding]:
    """Findings for the actions asked for (all twelve without), on the facts known at a moment with offset.

    Raises FactError for a fact the book does not know or a value the fact cannot have, ValueError for a moment
    without offset or an unknown action.
    """
    if at.tzinfo is None:
        raise ValueError("the moment needs its offset from UTC, as in 2025-06-01T02:14:00-04:00")
    known = law.book.check(facts)
    text = in_force(law, at)
    return [find(text, Action(action), known) for action in (Action if actions is None else actions)]


def find(text: LawInForce, action: Action, known: Mapping[str, Value]) -> Finding:
    """The finding for one action; `known` are checked facts."""
    counted = text.law.book.counted(known)
    reached = look_up(text.reasons(action), counted)
    if isinstance(reached, Reasons):
        because = tuple([text.because(rule, action, counted) for rule in reached.rules])
        return _settled(text, action, reached.verdict, because)
    left = text.tables.known(text.table(action), counted)
    because = _because(text, action, counted)
    if isinstance(left, Verdict):
        return _settled(text, action, left, because)
    return Finding(
        action,
        Verdict.UNDETERMINED,
        because,
        missing=tuple(missing_facts(text.law, left, counted)),
        ask_next=next_question(text, [left]),
        meanwhile=careful(verdicts(left)),
        notes=text.notes,
    )


def _settled(text: LawInForce, action: Action, verdict: Verdict, because: tuple[Because, ...]) -> Finding:
    meanwhile = Verdict.PROHIBITED if verdict is Verdict.UNDETERMINED else None  # a conflict of provisions
    return Finding(action, verdict, because, meanwhile=meanwhile, notes=text.notes)


def careful(possible: Iterable[Verdict]) -> Verdict:
    """The most careful of the verdicts still possible; a conflict counts as a prohibition until settled."""
    verdict = min(possible, key=CAUTION.index)
    return Verdict.PROHIBITED if verdict is Verdict.UNDETERMINED else verdict


def missing_facts(law: Law, left: Table, known: Mapping[str, Value]) -> list[str]:
    """The unknown facts that can change what is left of a table; a position only once its premise is known."""
    return [name for name in facts_in(left) if _premise_holds(law, name, known)]


def _premise_holds(law: Law, name: str, known: Mapping[str, Value]) -> bool:
    premise = law.book.facts[name].premise
    return not premise or holds(parse(premise, law.vocabulary), known) is True


def next_question(text: LawInForce, open_tables: Iterable[Table]) -> str | None:
    """The fact whose answer settles most of these open tables, averaged over its values; None if only counsel can.

    Ties go to the answer that leaves fewer facts open, then to the order of the book of facts.
    """
    tables = [table for table in open_tables if isinstance(table, Question)]
    book = text.law.book
    asked = {name for table in tables for name in facts_in(table) if not book.settled_by_counsel(name)}
    if len(asked) < 2:
        return next(iter(asked), None)
    return max((name for name in book.facts if name in asked), key=lambda name: _worth(text, tables, name))


def _worth(text: LawInForce, tables: list[Question], name: str) -> tuple[float, float]:
    domain = text.law.book.domains[name]
    after = [text.tables.known(table, {name: value}) for table in tables for value in domain]
    settled = sum(isinstance(table, Verdict) for table in after)
    return settled / len(domain), -sum(len(facts_in(table)) for table in after) / len(domain)


def _because(text: LawInForce, action: Action, known: Mapping[str, Value]) -> tuple[Because, ...]:
    """The rules that decide in every completion of the missing facts; if there is none, those that decide in some."""
    decisive = [set(reasons.rules) for reasons in leaves(text.reasons(action), known)]
    cited = set.intersection(*decisive) or set.union(*decisive)
    rules = [rule for layer in text.rules(action) for rule in layer if rule in cited]
    return tuple(text.because(rule, action, known) for rule in rules)
