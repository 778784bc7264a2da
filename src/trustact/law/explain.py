"""The trace of a finding: every rule in force on an action, why it applies, or why it does not.

It reads the same diagrams as the finding, so that it can never tell another story.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from trustact.facts import FactBook, Value
from trustact.law.decide import asked
from trustact.law.diagram import Diagram, Question, leaves
from trustact.law.finding import Finding, Findings, missing_facts
from trustact.law.grounds import Ground, Grounds
from trustact.law.in_force import LawInForce
from trustact.law.loading import Law
from trustact.law.pack import Rule
from trustact.law.region import Region
from trustact.law.table import undefeated
from trustact.law.walk import Told, Walk
from trustact.law.wording import question
from trustact.terms import ACTION_LABELS, VERDICT_LABELS, Action, Evidence, Verdict

Standing = Literal["decides", "applies", "outweighed", "defeated", "open", "excluded"]


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


def explain(
    law: Law, facts: Mapping[str, object], at: dt.datetime, actions: Iterable[Action | str] | None = None
) -> list[Trace]:
    """What `decide` finds, each finding with its trace. Raises what `decide` raises."""
    known = law.book.check(facts)
    return [traces.of(known) for traces in asked(law, Traces, at, actions)]


class Traces:
    """The traces of one action under a law in force; what they are made of is made once."""

    def __init__(self, text: LawInForce, action: Action) -> None:
        self._book = text.law.book
        self._findings = text.once(Findings, action)
        grounds = Grounds(self._book)
        self._rules = [
            _RuleTraces(text, action, rule, layer, grounds) for layer in text.rules(action) for rule in layer
        ]
        self._sentences: dict[int, tuple[Finding, str]] = {}

    def of(self, known: Mapping[str, Value]) -> Trace:
        """The trace of the finding on checked facts."""
        finding = self._findings.of(known)
        _, sentence = self._sentences.get(id(finding)) or self._sentences.setdefault(
            id(finding), (finding, _finding_sentence(self._book, finding))
        )
        return Trace(finding, sentence, tuple([rule.of(finding, known) for rule in self._rules]))


class _Stands(msgspec.Struct, frozen=True):
    """How a rule stands in complete cases: `excluded`, `applies`, or `defeated` `by` others."""

    how: Literal["excluded", "applies", "defeated"]
    by: tuple[str, ...] = ()


class _RuleTraces:
    """The traces of one rule among those of its layer that speak of an action."""

    def __init__(
        self, text: LawInForce, action: Action, rule: Rule, layer: Sequence[Rule], grounds: Grounds
    ) -> None:
        self._text, self._action, self._rule, self._grounds = text, action, rule, grounds
        self._settling = grounds.settling(rule.when)
        self._walk: Walk[_Stands, RuleTrace | _Applying] = Walk(
            text.tables, _standings(text, rule, layer), self._stand, text.law.book.unclaimed
        )

    def of(self, finding: Finding, known: Mapping[str, Value]) -> RuleTrace:
        """The trace of the rule beside the finding."""
        stands = self._walk.of(known)
        return stands if isinstance(stands, RuleTrace) else stands.beside(finding)

    def _stand(self, left: Diagram[_Stands], told: Told) -> "RuleTrace | _Applying":
        evidence = self._rule.evidence_for(self._action, told.counted())
        possible = list(leaves(left))
        if {stands.how for stands in possible} == {"applies"}:
            return _Applying(self._rule, evidence, self._where(True, told))
        if any(stands.how == "applies" for stands in possible):
            applies = self._text.tables.joined([left], _applies)
            unknown = missing_facts(self._text, applies, told.counted())
            return _trace(self._rule, evidence, "open", (), tuple(map(self._grounds.unknown, unknown)))
        by = tuple(dict.fromkeys(name for stands in possible for name in stands.by))
        if by:
            return _trace(self._rule, evidence, "defeated", by, ())
        return _trace(self._rule, evidence, "excluded", (), self._where(False, told))

    def _where(self, wanted: bool, told: Told) -> tuple[Ground, ...]:
        """The known facts that make the rule's condition true or false; none where only the diagram can tell."""
        value, found = self._settling(told)
        return tuple({ground.fact: ground for ground in found}.values()) if value is wanted else ()


class _Applying:
    """A rule that applies; what that comes to, the finding tells."""

    def __init__(self, rule: Rule, evidence: Evidence, grounds: tuple[Ground, ...]) -> None:
        self._rule, self._evidence, self._grounds = rule, evidence, grounds
        self._traces: dict[int, tuple[Finding, RuleTrace]] = {}

    def beside(self, finding: Finding) -> RuleTrace:
        """The trace of the rule beside a finding."""
        _, trace = self._traces.get(id(finding)) or self._traces.setdefault(
            id(finding), (finding, self._weighed(finding))
        )
        return trace

    def _weighed(self, finding: Finding) -> RuleTrace:
        standing: Standing = "outweighed"
        if finding.missing:
            standing = "applies"
        elif Verdict(self._rule.finding) in _deciding(finding.finding):
            standing = "decides"
        by = tuple(because.rule for because in finding.because) if standing == "outweighed" else ()
        return _trace(self._rule, self._evidence, standing, by, self._grounds)


def _deciding(verdict: Verdict) -> set[Verdict]:
    """The findings of the rules that make a verdict; a conflict is made by both sides of it."""
    return {Verdict.PROHIBITED, Verdict.REQUIRED} if verdict is Verdict.UNDETERMINED else {verdict}


def _trace(
    rule: Rule, evidence: Evidence, standing: Standing, by: tuple[str, ...], grounds: tuple[Ground, ...]
) -> RuleTrace:
    return RuleTrace(
        rule=rule.id,
        finding=Verdict(rule.finding),
        standing=standing,
        grounds=grounds,
        by=by,
        cite=rule.cite,
        says=rule.says,
        evidence=evidence,
        note=rule.note,
        sentence=_rule_sentence(standing, grounds, by),
    )


def _standings(text: LawInForce, rule: Rule, layer: Sequence[Rule]) -> Diagram[_Stands]:
    """How a rule stands in every complete case. Only the rules that lead to its defeat matter."""
    beside = [rule]
    for other in beside:
        beside += [one for one in layer if other.id in one.defeats and one not in beside]
    kept: dict[_Stands, _Stands] = {}

    def settle(left: tuple[Region, ...]) -> Diagram[_Stands] | tuple[Region, ...]:
        if left[0] is False:
            return kept.setdefault(_Stands("excluded"), _Stands("excluded"))
        if any(isinstance(region, Question) for region in left):
            return left
        applying = undefeated([one for one, holding in zip(beside, left, strict=True) if holding])
        by = tuple(one.id for one in layer if one in applying and rule.id in one.defeats)
        stands = _Stands("applies") if rule in applying else _Stands("defeated", by)
        return kept.setdefault(stands, stands)

    return text.tables.joined([text.tables.of(one.when) for one in beside], settle)


def _applies(left: tuple[Diagram[_Stands], ...]) -> Region | tuple[Diagram[_Stands], ...]:
    (stands,) = left
    return left if isinstance(stands, Question) else stands.how == "applies"


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
