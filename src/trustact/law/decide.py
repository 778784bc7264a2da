"""What the law lets the agency do: findings for facts at a moment, exact about what is unknown.

A pure function of law, action, facts and moment. Where facts are missing the finding is the one every
completion of them gives; where completions differ it is `undetermined`, with the facts that can change it.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cached_property
from zoneinfo import ZoneInfo

import msgspec

from trustact.facts import Value
from trustact.law.condition import holds, parse
from trustact.law.loading import Law
from trustact.law.pack import Rule
from trustact.law.table import Question, Table, Tables, facts_in, undefeated, verdict_of, verdicts
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
    def _rules(self) -> tuple[tuple[Rule, ...], ...]:
        return tuple(pack.rules_on(self.day) for pack in self.law.layers)

    @cached_property
    def _tables(self) -> dict[Action, Table]:
        return {}

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """The gaps of the law on this day, a sentence each."""
        return tuple(note for pack in self.law.layers for note in pack.gaps_on(self.day))

    def rules(self, action: Action) -> list[list[Rule]]:
        """The rules in force that speak of an action, layer by layer from the top."""
        return [[rule for rule in layer if action in rule.actions] for layer in self._rules]

    def table(self, action: Action) -> Table:
        """The table of an action, built when first asked for."""
        if action not in self._tables:
            self._tables[action] = self.tables.build(self.rules(action))
        return self._tables[action]


def in_force(law: Law, at: dt.datetime) -> LawInForce:
    """The law on the day of a moment, in the law's own time zone; kept with the law, an entry an era."""
    day = at.astimezone(ZoneInfo(law.data.time_zone)).date()
    turns = sorted({turn for pack in law.layers for turn in (*pack.turning_days(), pack.data.begins)})
    era = max((turn for turn in turns if turn <= day), default=None)
    cache: dict[dt.date | None, LawInForce] = law.__dict__.setdefault("_eras", {})
    if era not in cache:
        cache[era] = LawInForce(law, day)
    return cache[era]


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
    counted = {**_grounds_not_attested(text.law, known), **known}
    left = text.tables.known(text.table(action), counted)
    because = _because(text, action, counted, left)
    if isinstance(left, Verdict):
        meanwhile = Verdict.PROHIBITED if left is Verdict.UNDETERMINED else None
        return Finding(action, left, because, meanwhile=meanwhile, notes=text.notes)
    return Finding(
        action,
        Verdict.UNDETERMINED,
        because,
        missing=tuple(_missing(text.law, left, counted)),
        ask_next=next_question(text, [left]),
        meanwhile=careful(verdicts(left)),
        notes=text.notes,
    )


def careful(possible: Iterable[Verdict]) -> Verdict:
    """The most careful of the verdicts still possible; a conflict counts as a prohibition until settled."""
    verdict = min(possible, key=CAUTION.index)
    return Verdict.PROHIBITED if verdict is Verdict.UNDETERMINED else verdict


def _grounds_not_attested(law: Law, known: Mapping[str, Value]) -> dict[str, Value]:
    return {
        name: False
        for name, fact in law.book.facts.items()
        if fact.counts_when_attested and name not in known
    }


def _missing(law: Law, left: Table, known: Mapping[str, Value]) -> list[str]:
    return [name for name in facts_in(left) if _premise_holds(law, name, known)]


def _premise_holds(law: Law, name: str, known: Mapping[str, Value]) -> bool:
    premise = law.book.facts[name].premise
    return not premise or holds(parse(premise, law.vocabulary), known) is True


def next_question(text: LawInForce, open_tables: Iterable[Table]) -> str | None:
    """The fact whose answer settles most of these open tables, averaged over its values; None if only counsel can.

    Ties go to the answer that leaves fewer facts open, then to the order of the book of facts.
    """
    tables = [table for table in open_tables if isinstance(table, Question)]
    asked = [name for name in text.law.book.facts if any(name in facts_in(table) for table in tables)]
    candidates = [name for name in asked if not text.law.book.settled_by_counsel(name)]
    return max(candidates, key=lambda name: _worth(text, tables, name), default=None)


def _worth(text: LawInForce, tables: list[Question], name: str) -> tuple[float, float]:
    domain = text.law.book.domains[name]
    after = [text.tables.known(table, {name: value}) for table in tables for value in domain]
    settled = sum(isinstance(table, Verdict) for table in after)
    return settled / len(domain), -sum(len(facts_in(table)) for table in after) / len(domain)


def _because(
    text: LawInForce, action: Action, known: Mapping[str, Value], left: Table
) -> tuple[Because, ...]:
    layers = [[(rule, holds(rule.when, known)) for rule in layer] for layer in text.rules(action)]
    if isinstance(left, Verdict):
        verdict, rules = verdict_of([[(rule, value is True) for rule, value in layer] for layer in layers])
        if verdict is not left:  # settled although no rule is certain: cite those that may be the reason
            rules = [
                rule
                for layer in layers
                for rule, value in layer
                if value is not False and rule.finding == left
            ]
    else:
        rules = _candidates(layers)
    return tuple(Because(r.id, r.cite, r.says, r.evidence_for(action, known)) for r in rules)


def _candidates(layers: list[list[tuple[Rule, bool | None]]]) -> list[Rule]:
    """The rules that can still decide: those not excluded, nor defeated by a rule that surely applies."""
    certain = [undefeated([(rule, value is True) for rule, value in layer]) for layer in layers]
    return [
        rule
        for layer, sure in zip(layers, certain, strict=True)
        for rule, value in layer
        if value is not False and not any(rule.id in other.defeats for other in sure)
    ]
