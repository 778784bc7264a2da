"""The law read a second time, slowly: from the data as written, every completion tried one by one."""

import datetime as dt
import itertools
from collections.abc import Iterator, Mapping
from typing import Any

from trustact.facts import Value
from trustact.law.loading import Law
from trustact.law.pack import RuleData
from trustact.terms import Action, Verdict

Case = dict[str, Value]


def true_of(condition: Any, terms: Mapping[str, Any], case: Mapping[str, Value]) -> bool:
    """Whether a condition as written is true of a complete case."""
    if condition == "always":
        return True
    if "term" in condition:
        return true_of(terms[condition["term"]], terms, case)
    if "not" in condition:
        return not true_of(condition["not"], terms, case)
    if "all" in condition:
        return all(true_of(part, terms, case) for part in condition["all"])
    if "any" in condition:
        return any(true_of(part, terms, case) for part in condition["any"])
    return case[condition["fact"]] in (condition["in"] if "in" in condition else [condition["is"]])


def asked_by(condition: Any, terms: Mapping[str, Any]) -> set[str]:
    """The facts a condition as written asks for."""
    if condition == "always":
        return set()
    if "term" in condition:
        return asked_by(terms[condition["term"]], terms)
    if "not" in condition:
        return asked_by(condition["not"], terms)
    if "fact" in condition:
        return {condition["fact"]}
    parts = condition.get("all") or condition.get("any")
    return set().union(*(asked_by(part, terms) for part in parts))


class Slow:
    """One action of a law on one day, read from the data as written, top layer first."""

    def __init__(self, law: Law, action: Action, day: dt.date) -> None:
        self.law, self.book = law, law.book
        self.layers: list[tuple[str, dict[str, Any], list[RuleData]]] = [
            (layer.data.law, self._terms(layer.data.terms), []) for layer in law.layers
        ]
        for layer, (_, _, rules) in zip(law.layers, self.layers, strict=True):
            for each in layer.data.provisions:
                for version in each.versions:
                    if version.from_ <= day and (version.to is None or day <= version.to):
                        rules += [
                            c for written in version.rules for c in written.clauses if action in c.actions
                        ]
        asked = {
            name for _, terms, rules in self.layers for each in rules for name in asked_by(each.when, terms)
        }
        premises = [fact.premise for name, fact in self.book.facts.items() if name in asked and fact.premise]
        self.deciding = asked
        self.asked = asked.union(*(asked_by(premise, self.book.terms) for premise in premises))

    def _terms(self, own: Mapping[str, Any]) -> dict[str, Any]:
        return {**self.book.terms, **own}

    def applying(self, case: Mapping[str, Value]) -> list[tuple[str, RuleData]]:
        """The rules that apply to a complete case, none of them defeated."""
        found = []
        for law_id, terms, rules in self.layers:
            holding = [each for each in rules if true_of(each.when, terms, case)]
            standing = list(holding)
            for _ in holding:  # a chain of defeats is at most as long as there are rules
                standing = [r for r in holding if not any(r.rule in other.defeats for other in standing)]
            found += [(f"{law_id}/{each.rule}", each) for each in standing]
        return found

    def verdict(self, case: Mapping[str, Value]) -> Verdict:
        """The finding of a complete case."""
        findings = {each.finding for _, each in self.applying(case)}
        if {"prohibited", "required"} <= findings:
            return Verdict.UNDETERMINED
        for word in ("prohibited", "required", "permitted"):
            if word in findings:
                return Verdict(word)
        return Verdict.NOT_REGULATED

    def unknown(self, known: Mapping[str, Value]) -> list[str]:
        """The facts asked for and not known; a ground that counts only when attested is never unknown."""
        return [
            name
            for name, fact in self.book.facts.items()
            if name in self.deciding and name not in known and not fact.counts_when_attested
        ]

    def completions(self, known: Mapping[str, Value]) -> Iterator[Case]:
        """Every complete case the known facts leave possible."""
        grounds = {name: False for name, fact in self.book.facts.items() if fact.counts_when_attested}
        unknown = self.unknown(known)
        for values in itertools.product(*(self.book.facts[name].domain for name in unknown)):
            yield {**grounds, **known, **dict(zip(unknown, values, strict=True))}

    def verdicts(self, known: Mapping[str, Value]) -> set[Verdict]:
        """The findings of all completions."""
        return {self.verdict(case) for case in self.completions(known)}

    def missing(self, known: Mapping[str, Value], rule: str = "") -> set[str]:
        """The unknown facts that change some completion's finding, or whether one rule applies.

        A position is among them only once its premise is known.
        """
        unknown = self.unknown(known)
        answers = {
            tuple(case[name] for name in unknown): (
                rule in {name for name, _ in self.applying(case)} if rule else self.verdict(case)
            )
            for case in self.completions(known)
        }
        changing = set()
        for place, name in enumerate(unknown):
            beside: dict[tuple[Value, ...], set[bool | Verdict]] = {}
            for values, answer in answers.items():
                beside.setdefault(values[:place] + values[place + 1 :], set()).add(answer)
            if any(len(found) > 1 for found in beside.values()):
                changing.add(name)
        return {name for name in changing if self.premise_known(name, known)}

    def premise_known(self, name: str, known: Mapping[str, Value]) -> bool:
        """Whether the premise of a position holds whatever the facts still unknown are."""
        premise = self.book.facts[name].premise
        if not premise:
            return True
        needed = asked_by(premise, self.book.terms)
        return needed <= set(known) and true_of(premise, self.book.terms, known)
