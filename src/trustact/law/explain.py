"""The trace of a finding: every rule in force on an action, why it applies, or why it does not.

It reads the same tables as `trustact.law.decide`, so that it can never tell another story than the finding.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from trustact.facts import FactBook, Value
from trustact.law.condition import ALWAYS, AllOf, AnyOf, Condition, Is, Named, Not, holds
from trustact.law.decide import Finding, LawInForce, find, missing_facts
from trustact.law.pack import Rule
from trustact.law.table import Table, verdicts
from trustact.law.wording import question, statement
from trustact.terms import ACTION_LABELS, VERDICT_LABELS, Action, Evidence, Verdict

Standing = Literal["decides", "applies", "outweighed", "defeated", "open", "excluded"]


class Ground(msgspec.Struct, frozen=True):
    """A fact behind a rule's standing, in words. `value` None: unknown; `attested` False: counts as no by default."""

    fact: str
    value: Value | None
    says: str
    attested: bool = True


class RuleTrace(msgspec.Struct, frozen=True):
    """How one rule stands in a case, and a sentence that says so.

    `decides`: it is the finding, or part of a conflict. `applies`: it surely applies, while the finding is still
    open. `outweighed`: it applies, and a stronger finding stands (`by` its rules). `defeated`: its condition may
    hold, and rules of the same law surely take it away (`by`). `open`: unknown facts decide. `excluded`: its
    condition does not hold.
    """

    rule: str
    finding: Verdict
    standing: Standing
    grounds: tuple[Ground, ...]
    by: tuple[str, ...]
    cite: str
    says: str
    evidence: Evidence
    note: str
    sentence: str


class Trace(msgspec.Struct, frozen=True):
    """A finding with a sentence for it and the standing of every rule that speaks of the action."""

    finding: Finding
    sentence: str
    rules: tuple[RuleTrace, ...]


def explain(text: LawInForce, action: Action, known: Mapping[str, Value]) -> Trace:
    """The trace of an action's finding under the law in force; `known` are checked facts."""
    finding = find(text, action, known)
    case = _Case(text, action, known, finding)
    layers = text.rules(action)
    rules = tuple(case.trace(rule, layer) for layer in layers for rule in layer)
    return Trace(finding, _finding_sentence(text.law.book, finding), rules)


def alone(rule: Rule, layer: Sequence[Rule]) -> list[Rule]:
    """Rules that find `prohibited` exactly where one rule of a layer applies undefeated, else `permitted`."""
    others = [msgspec.structs.replace(r, finding="prohibited" if r is rule else "permitted") for r in layer]
    return [*others, msgspec.structs.replace(rule, id="", finding="permitted", when=ALWAYS, defeats=())]


class _Case:
    """One action on the facts known, with those that count as false until attested."""

    def __init__(
        self, text: LawInForce, action: Action, known: Mapping[str, Value], finding: Finding
    ) -> None:
        book = text.law.book
        self.text, self.book, self.action, self.finding = text, book, action, finding
        self.known = known
        self.counted = text.law.book.counted(known)

    def trace(self, rule: Rule, layer: Sequence[Rule]) -> RuleTrace:
        """The standing of a rule among the rules of its layer."""
        condition = self._left([rule])
        applies = self._left(alone(rule, layer))
        standing, grounds, by = self._standing(rule, layer, condition, applies)
        return RuleTrace(
            rule=rule.id,
            finding=Verdict(rule.finding),
            standing=standing,
            grounds=grounds,
            by=by,
            cite=rule.cite,
            says=rule.says,
            evidence=rule.evidence_for(self.action, self.counted),
            note=rule.note,
            sentence=_rule_sentence(standing, grounds, by),
        )

    def _left(self, rules: Sequence[Rule]) -> Table:
        tables = self.text.tables
        return tables.known(tables.build([rules]), self.counted)

    def _standing(
        self, rule: Rule, layer: Sequence[Rule], condition: Table, applies: Table
    ) -> tuple[Standing, tuple[Ground, ...], tuple[str, ...]]:
        if condition is Verdict.NOT_REGULATED:
            return "excluded", self._grounds(rule.when, wanted=False), ()
        if Verdict.PROHIBITED not in verdicts(applies):
            return "defeated", (), self._defeaters(rule, layer)
        if applies is not Verdict.PROHIBITED:
            return "open", tuple(self._unknown(applies)), ()
        grounds = self._grounds(rule.when, wanted=True)
        if self.finding.missing:
            return "applies", grounds, ()
        if Verdict(rule.finding) in _deciding(self.finding.finding):
            return "decides", grounds, ()
        return "outweighed", grounds, tuple(because.rule for because in self.finding.because)

    def _defeaters(self, rule: Rule, layer: Sequence[Rule]) -> tuple[str, ...]:
        return tuple(o.id for o in layer if rule.id in o.defeats and holds(o.when, self.counted) is not False)

    def _unknown(self, table: Table) -> Iterator[Ground]:
        for name in missing_facts(self.text.law, table, self.counted):
            yield Ground(name, None, question(self.book, name))

    def _grounds(self, condition: Condition, *, wanted: bool) -> tuple[Ground, ...]:
        found = dict(_leaves(condition, self.counted, wanted=wanted))
        return tuple(self._ground(comparison) for comparison in found.values())

    def _ground(self, comparison: Is) -> Ground:
        value, attested = self.counted[comparison.fact], comparison.fact in self.known
        words = statement(self.book, comparison.fact, [value])
        if value not in comparison.values and self.book.facts[comparison.fact].values:
            words += f", not {_rest(statement(self.book, comparison.fact, comparison.values))}"
        return Ground(
            comparison.fact, value, words if attested else f"{words} (nobody has attested it)", attested
        )


def _deciding(verdict: Verdict) -> set[Verdict]:
    """The findings of the rules that make a verdict; a conflict is made by both sides of it."""
    return {Verdict.PROHIBITED, Verdict.REQUIRED} if verdict is Verdict.UNDETERMINED else {verdict}


def _rest(words: str) -> str:
    """The values at the end of a statement "the request form is I-200 or I-205"."""
    return words.partition(" is ")[2].removeprefix("issued by ").removeprefix("signed by ")


def _leaves(condition: Condition, facts: Mapping[str, Value], *, wanted: bool) -> Iterator[tuple[str, Is]]:
    """The known comparisons that make a condition true (or false, where that is wanted), once each."""
    if holds(condition, facts) is not wanted:
        return
    match condition:
        case Is(fact, _):
            yield fact, condition
        case Not(part):
            yield from _leaves(part, facts, wanted=not wanted)
        case Named(_, part):
            yield from _leaves(part, facts, wanted=wanted)
        case AllOf(parts) | AnyOf(parts):
            settling = [part for part in parts if holds(part, facts) is wanted]
            one_settles = isinstance(condition, AllOf) is not wanted
            for part in settling[:1] if one_settles else settling:
                yield from _leaves(part, facts, wanted=wanted)


def _rule_sentence(standing: Standing, grounds: Sequence[Ground], by: Sequence[str]) -> str:
    facts = "; ".join(ground.says for ground in grounds)
    because = f": {facts}" if facts else ""
    match standing:
        case "excluded":
            return f"Does not apply{because}."
        case "defeated":
            return f"Does not count here: it gives way to {', '.join(by)}."
        case "open":
            return f"Open. Not known: {facts}."
        case "outweighed":
            return f"Applies{because}. It is outweighed by {', '.join(by)}."
        case _:
            return f"Applies{because}." if facts else "Applies always."


def _finding_sentence(book: FactBook, finding: Finding) -> str:
    opening = f"{ACTION_LABELS[finding.action]}: {VERDICT_LABELS[finding.finding].lower()}"
    if finding.finding is Verdict.NOT_REGULATED:
        return f"{opening}. No rule in force applies to these facts; that is no permission."
    if finding.finding is not Verdict.UNDETERMINED:
        return f"{opening}."
    meanwhile = VERDICT_LABELS[finding.meanwhile or Verdict.PROHIBITED].lower()
    if finding.missing:
        asked = "; ".join(question(book, name) for name in finding.missing)
        return f"{opening} until this is known: {asked}. Until then: {meanwhile}."
    return f"{opening}: one provision requires it, another prohibits it. Until settled: {meanwhile}."
