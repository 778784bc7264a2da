"""What is wrong with a pack beyond loading: remarks its author should read before counsel signs.

Errors are mistakes of the pack by itself. Warnings may be meant: a rule that a layer below makes idle, a
source nobody cites, a date without a worked example. Everything here is exhaustive over the tables.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from trustact.law.cases import CaseResult
from trustact.law.condition import facts_of, parse
from trustact.law.diagram import leaves
from trustact.law.in_force import LawInForce, in_force
from trustact.law.loading import Law
from trustact.law.pack import Pack, Rule
from trustact.law.period import DAY, Span
from trustact.terms import Action, Verdict


class Remark(msgspec.Struct, frozen=True):
    """One thing wrong, or doubtful, in a pack. `where` names the rule, source, fact or day."""

    severity: Literal["error", "warning"]
    where: str
    message: str


def check(law: Law, results: Sequence[CaseResult]) -> list[Remark]:
    """All remarks on the top layer of a law; `results` are those of its worked examples, run."""
    pack = law.layers[0]
    texts = {day: in_force(law, _noon(day)) for day in change_days(law)}
    return [
        *_circles(pack),
        *_vain_defeats(pack),
        *_conflicts(law, texts),
        *_idle_rules(law, texts),
        *_positions_without_premise(law),
        *_unused_sources(pack),
        *_without_example(law, results),
        *_never_unknown(law, results),
        *_dates_without_example(law, results),
    ]


def change_days(law: Law) -> list[dt.date]:
    """The days, from the law's first one on, on which a layer begins or a rule in force changes."""
    days = {day for pack in law.layers for day in (pack.data.begins, *pack.turning_days())}
    return sorted(day for day in days if day >= law.data.begins)


def _noon(day: dt.date) -> dt.datetime:
    """A moment that lies on the day in every time zone of the United States."""
    return dt.datetime.combine(day, dt.time(20), dt.UTC)


def _circles(pack: Pack) -> Iterator[Remark]:
    for rule in pack.rules:
        beside = {other.id: other for other in pack.rules if _meet(rule.span, other.span)}
        if rule.id in _defeated_by_way_of(rule, beside):
            message = "its defeats come back to it, so that none of them can be settled"
            yield Remark("error", rule.id, message)


def _defeated_by_way_of(rule: Rule, beside: dict[str, Rule]) -> set[str]:
    found: set[str] = set()
    waiting = [*rule.defeats]
    while waiting:
        name = waiting.pop()
        if name not in found and name in beside:
            found.add(name)
            waiting += beside[name].defeats
    return found


def _meet(one: Span, other: Span) -> bool:
    return one.first in other or other.first in one


def _vain_defeats(pack: Pack) -> Iterator[Remark]:
    for rule in pack.rules:
        for name in rule.defeats:
            others = [other for other in pack.rules if other.id == name and _meet(rule.span, other.span)]
            common = [other for other in others if set(rule.actions) & set(other.actions)]
            for other in common:
                if other.finding == rule.finding:
                    message = f"it defeats {name}, which finds {other.finding} as it does"
                    yield Remark("error", rule.id, message)
            if others and not common and not _shared_by_id(pack, rule, others):
                yield Remark("error", rule.id, f"it defeats {name}, which is about no action of its own")


def _shared_by_id(pack: Pack, rule: Rule, others: Sequence[Rule]) -> bool:
    """Whether another clause of the rule speaks of an action of those it defeats."""
    clauses = [other for other in pack.rules if other.id == rule.id and other.span == rule.span]
    return bool(_actions(clauses) & _actions(others))


def _actions(rules: Iterable[Rule]) -> set[Action]:
    return {action for rule in rules for action in rule.actions}


def _conflicts(law: Law, texts: Mapping[dt.date, LawInForce]) -> Iterator[Remark]:
    for day, text in texts.items():
        for action in Action:
            layers = text.rules(action)
            if not {"required", "prohibited"} <= {rule.finding for layer in layers for rule in layer}:
                continue
            if _conflict(text, layers[:1]):
                message = (
                    f"from {day} it both requires and prohibits {action}; say which rule defeats the other"
                )
                yield Remark("error", law.id, message)
            elif _collides(text, layers):
                message = f"from {day} one layer requires {action} while another prohibits it"
                yield Remark("warning", law.id, message)


def _collides(text: LawInForce, layers: Sequence[Sequence[Rule]]) -> bool:
    """Whether a requirement can meet a prohibition only once the top layer is laid over those below."""
    return _conflict(text, layers) and not _conflict(text, layers[1:])


def _conflict(text: LawInForce, layers: Sequence[Sequence[Rule]]) -> bool:
    return any(reasons.verdict is Verdict.UNDETERMINED for reasons in leaves(text.tables.build(layers)))


def _idle_rules(law: Law, texts: Mapping[dt.date, LawInForce]) -> Iterator[Remark]:
    for rule in law.layers[0].rules:
        eras = [text for day, text in texts.items() if day in rule.span]
        for action in rule.actions:
            if not any(_decides(rule, action, text) for text in eras):
                message = f"it never decides {action}, whatever the facts"
                yield Remark("warning", rule.id, message)


def _decides(rule: Rule, action: Action, text: LawInForce) -> bool:
    """Whether some complete case rests on the rule: it applies, and no stronger finding stands."""
    return any(rule in reasons.rules for reasons in leaves(text.reasons(action)))


def _positions_without_premise(law: Law) -> Iterator[Remark]:
    """A position is told as missing only where its premise is known; so the rule must ask for the premise."""
    for rule in law.layers[0].rules:
        asked = set(facts_of(rule.when))
        for name in sorted(asked):
            premise = law.book.facts[name].premise
            needed = set(facts_of(parse(premise, law.vocabulary))) if premise else set()
            if needed - asked:
                message = (
                    f"it asks for {name} without {', '.join(sorted(needed - asked))}, on which that rests"
                )
                yield Remark("error", rule.id, message)


def _unused_sources(pack: Pack) -> Iterator[Remark]:
    bare = msgspec.structs.replace(pack.data, sources={})
    written = msgspec.json.encode(bare).decode()
    for name in pack.data.sources:
        if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", written):
            yield Remark("warning", f"{pack.id}: source {name}", "no rule, definition, duty or note uses it")


def _without_example(law: Law, results: Iterable[CaseResult]) -> Iterator[Remark]:
    settled = [(_day(law, r), f) for r in results for f in r.findings if not f.missing]
    hit = {(because.rule, finding.action, day) for day, finding in settled for because in finding.because}
    for rule in law.layers[0].rules:
        if not any(name == rule.id and act in rule.actions and day in rule.span for name, act, day in hit):
            of = ", ".join(rule.actions)
            message = f"no worked example about {of} rests on it (text from {rule.span.first})"
            yield Remark("warning", rule.id, message)


def _never_unknown(law: Law, results: Iterable[CaseResult]) -> Iterator[Remark]:
    seen = {name for result in results for finding in result.findings for name in finding.missing}
    asked = {name for rule in law.layers[0].rules for name in facts_of(rule.when)}
    for name, fact in law.book.facts.items():
        if name in asked - seen and not fact.counts_when_attested:
            yield Remark(
                "warning", f"{law.id}: fact {name}", "no worked example leaves it unknown where it decides"
            )


def _dates_without_example(law: Law, results: Iterable[CaseResult]) -> Iterator[Remark]:
    covered = {_day(law, result) for result in results if result.law == law.id}
    for day in change_days(law):
        for wanted, which in ((day - DAY, "the day before"), (day, "the day")):
            if wanted not in covered:
                message = f"no worked example on {which} of a change of the law"
                yield Remark("warning", f"{law.id}: {wanted}", message)


def _day(law: Law, result: CaseResult) -> dt.date:
    return result.at.astimezone(ZoneInfo(law.data.time_zone)).date()
