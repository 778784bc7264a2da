"""The sentences of the README about the law engine, as properties of random packs and of every pack shipped.

The engine works on compiled conditions and reduced tables. Here the law is read a second time, from the data
as written, and every completion of the unknown facts is tried one by one.
"""

import datetime as dt
import itertools
import random
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.law.small import FACTS, TERMS, law_of, pack, provision, rule
from trustact.facts import Value
from trustact.law.cases import read_cases, run_cases
from trustact.law.decide import Finding, decide
from trustact.law.loading import Law, law_ids, load_law
from trustact.law.pack import RuleData
from trustact.law.period import Span, flaw
from trustact.shelves import shelf
from trustact.terms import Action, Verdict

AT = dt.datetime(2005, 6, 1, 12, tzinfo=dt.UTC)
LAWS = {law_id: load_law(law_id) for law_id in law_ids()}
MOST_COMPLETIONS = 400

Case = dict[str, Value]


# The law read a second time, slowly.


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
        self.layers = [(layer.data.law, self._terms(layer.data.terms), []) for layer in law.layers]
        for layer, (_, _, rules) in zip(law.layers, self.layers, strict=True):
            for each in layer.data.provisions:
                for version in each.versions:
                    if version.from_ <= day and (version.to is None or day <= version.to):
                        rules += [written for written in version.rules if action in written.actions]
        self.asked = {
            name for _, terms, rules in self.layers for each in rules for name in asked_by(each.when, terms)
        }

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
            if name in self.asked and name not in known and not fact.counts_when_attested
        ]

    def completions(self, known: Mapping[str, Value]) -> Iterator[Case]:
        """Every complete case the known facts leave possible."""
        grounds = {name: False for name, fact in self.book.facts.items() if fact.counts_when_attested}
        unknown = self.unknown(known)
        for values in itertools.product(*(self.book.facts[name].domain for name in unknown)):
            yield {**grounds, **known, **dict(zip(unknown, values, strict=True))}

    def verdicts(self, known: Mapping[str, Value]) -> dict[tuple[Value, ...], Verdict]:
        """The finding of every completion, by the values of the unknown facts."""
        unknown = self.unknown(known)
        return {tuple(case[n] for n in unknown): self.verdict(case) for case in self.completions(known)}

    def missing(self, known: Mapping[str, Value]) -> set[str]:
        """The unknown facts that change some completion's finding; a position only once its premise is known."""
        verdicts = self.verdicts(known)
        changing = set()
        for place, name in enumerate(self.unknown(known)):
            beside: dict[tuple[Value, ...], set[Verdict]] = {}
            for values, verdict in verdicts.items():
                beside.setdefault(values[:place] + values[place + 1 :], set()).add(verdict)
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


# Random packs.

NAMES = ("a", "b", "c", "d")
ACTIONS = ("hold", "transfer")
comparisons = st.one_of(
    *(
        st.lists(st.sampled_from(fact.get("values", [True, False])), min_size=1, max_size=2, unique=True).map(
            lambda values, name=name: {"fact": name, "in": values}
        )
        for name, fact in FACTS.items()
    )
)
conditions = st.recursive(
    comparisons | st.just("always") | st.sampled_from([{"term": name} for name in TERMS]),
    lambda inner: st.one_of(
        inner.map(lambda part: {"not": part}),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"all": parts}),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"any": parts}),
    ),
    max_leaves=5,
)


@st.composite
def rule_lists(draw: st.DrawFn) -> list[dict[str, Any]]:
    """One to four rules; each may defeat rules that stand after it, so that defeats never come back."""
    names = NAMES[: draw(st.integers(1, len(NAMES)))]
    rules = [
        rule(
            name,
            draw(st.sampled_from(["prohibited", "permitted", "required"])),
            draw(conditions),
            actions=draw(st.lists(st.sampled_from(ACTIONS), min_size=1, max_size=2, unique=True)),
            defeats=draw(st.lists(st.sampled_from(names[place + 1 :]), unique=True))
            if names[place + 1 :]
            else [],
        )
        for place, name in enumerate(names)
    ]
    return draw(st.permutations(rules))


@st.composite
def packs(draw: st.DrawFn, law_id: str) -> dict[str, Any]:
    """A pack with an old text up to 2009, which may be a gap, and a new one."""
    old = {"rules": draw(rule_lists())} if draw(st.booleans()) else {"gap": "the old text is silent"}
    versions = [
        {"from": "2000-01-01", "to": "2009-12-31", **old},
        {"from": "2010-01-01", "rules": draw(rule_lists())},
    ]
    return pack(law_id, provisions=[provision("one", *versions)])


layers = st.integers(1, 3).flatmap(lambda n: st.tuples(*(packs(f"law-{i}") for i in range(n))))
facts = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from(fact.get("values", [True, False])) for name, fact in FACTS.items()}
)
moments = st.sampled_from([AT, AT.replace(year=2015), AT.replace(year=1999)])


def one(law: Law, known: Case, at: dt.datetime, action: str | Action) -> Finding:
    """The finding for one action."""
    (found,) = decide(law, known, at, [action])
    return found


def agrees(law: Law, known: Case, at: dt.datetime, action: Action) -> None:
    """The engine and the slow reading give the same finding, missing facts and, for a complete case, rules."""
    slow, found = Slow(law, action, at.date()), one(law, known, at, action)
    possible = set(slow.verdicts(known).values())
    settled = possible.pop() if len(possible) == 1 else None
    assert found.finding is (settled or Verdict.UNDETERMINED)
    assert set(found.missing) == (set() if settled else slow.missing(known))
    assert len(found.missing) == len(set(found.missing))
    if not slow.unknown(known):
        (case,) = slow.completions(known)
        deciding = {"prohibited", "required"} if settled is Verdict.UNDETERMINED else {settled}
        assert {b.rule for b in found.because} == {i for i, r in slow.applying(case) if r.finding in deciding}


@given(layers, facts, moments, st.sampled_from(ACTIONS))
@settings(max_examples=300)
def test_the_finding_is_the_one_every_completion_gives(
    written: Any, known: Case, at: dt.datetime, action: str
) -> None:
    agrees(law_of(*written), known, at, Action(action))


@given(layers, facts, moments, st.sampled_from(ACTIONS), st.randoms(use_true_random=False))
def test_the_order_of_rules_does_not_matter(
    written: Any, known: Case, at: dt.datetime, action: str, shuffle: random.Random
) -> None:
    before = one(law_of(*written), known, at, action)
    for each in written:
        for version in each["provisions"][0]["versions"]:
            shuffle.shuffle(version.get("rules", []))
    after = one(law_of(*written), known, at, action)
    assert set(before.because) == set(after.because)
    assert (before.finding, before.missing, before.ask_next, before.meanwhile) == (
        after.finding,
        after.missing,
        after.ask_next,
        after.meanwhile,
    )


@given(layers, facts, facts, moments, st.sampled_from(ACTIONS))
def test_learning_more_never_changes_a_settled_finding(
    written: Any, known: Case, learned: Case, at: dt.datetime, action: str
) -> None:
    law = law_of(*written)
    before = one(law, known, at, action)
    ordinary = {name: value for name, value in learned.items() if not FACTS[name].get("counts_when_attested")}
    after = one(law, {**ordinary, **known}, at, action)
    if not before.missing and before.finding is not Verdict.UNDETERMINED:
        assert after.finding is before.finding


@given(layers, facts, facts, moments, st.sampled_from(ACTIONS))
def test_a_fact_no_rule_asks_for_changes_nothing_and_is_not_asked(
    written: Any, known: Case, other: Case, at: dt.datetime, action: str
) -> None:
    law = law_of(*written)
    asked = Slow(law, Action(action), at.date()).asked
    idle = {name: value for name, value in other.items() if name not in asked}
    relevant = {name: value for name, value in known.items() if name in asked}
    found = one(law, relevant, at, action)
    assert one(law, {**idle, **relevant}, at, action) == found
    assert set(found.missing) <= asked - set(relevant)


@given(layers, facts, moments, st.sampled_from(ACTIONS))
def test_a_prohibition_that_applies_is_never_outweighed(
    written: Any, known: Case, at: dt.datetime, action: str
) -> None:
    law = law_of(*written)
    slow = Slow(law, Action(action), at.date())
    for case in slow.completions(known):
        if any(each.finding == "prohibited" for _, each in slow.applying(case)):
            found = one(law, case, at, action)
            assert found.finding in {Verdict.PROHIBITED, Verdict.UNDETERMINED}
            assert any(slow_rule_is_prohibited(law, because.rule) for because in found.because)


def slow_rule_is_prohibited(law: Law, rule_id: str) -> bool:
    return any(r.id == rule_id and r.finding == "prohibited" for layer in law.layers for r in layer.rules)


@given(layers, facts, moments, st.sampled_from(ACTIONS))
def test_nothing_open_is_ever_shown_as_permission(
    written: Any, known: Case, at: dt.datetime, action: str
) -> None:
    law = law_of(*written)
    found = one(law, known, at, action)
    if found.finding is not Verdict.UNDETERMINED:
        assert found.meanwhile is None
        return
    possible = set(Slow(law, Action(action), at.date()).verdicts(known).values())
    assert found.meanwhile is not Verdict.UNDETERMINED
    if possible & {Verdict.PROHIBITED, Verdict.UNDETERMINED}:
        assert found.meanwhile is Verdict.PROHIBITED
    elif Verdict.NOT_REGULATED in possible:
        assert found.meanwhile is Verdict.NOT_REGULATED


@given(layers, facts, moments, st.sampled_from(ACTIONS))
def test_a_finding_cites_and_an_open_one_says_what_is_missing(
    written: Any, known: Case, at: dt.datetime, action: str
) -> None:
    found = one(law_of(*written), known, at, action)
    if found.finding is Verdict.NOT_REGULATED:
        assert not found.because
    else:
        assert found.because
        assert all(because.cite for because in found.because)
    if found.ask_next is not None:
        assert found.ask_next in found.missing
        assert not found.ask_next.startswith("position.")


spans = st.lists(
    st.tuples(st.integers(0, 12), st.none() | st.integers(0, 12)).map(
        lambda ends: Span(
            FIRST + dt.timedelta(ends[0]), None if ends[1] is None else FIRST + dt.timedelta(ends[1])
        )
    ),
    min_size=1,
    max_size=4,
)
FIRST = dt.date(2014, 8, 20)


@given(spans)
def test_spans_without_a_flaw_give_every_date_exactly_one(found: list[Span]) -> None:
    days = [FIRST + dt.timedelta(n) for n in range(20)]
    once = all(sum(day in span for span in found) == 1 for day in days)
    in_order = [span.first for span in found] == sorted(span.first for span in found)
    forward = all(span.last is None or span.first <= span.last for span in found)
    assert (flaw(found, FIRST) is None) == (once and in_order and forward)


# Every pack shipped.


def worked_facts(law: Law) -> list[Case]:
    """Facts worth starting from: for each answer of a worked example, what it takes to ask it again."""
    return [dict(example) for example in EXAMPLES[law.id]]


def examples(law_id: str) -> list[Case]:
    if not (shelf("laws") / law_id / "cases.yaml").is_file():
        return [{}]
    document = read_cases(law_id)
    run_cases(LAWS[law_id], document)
    bases = document.data.get("bases", {})
    written = [
        {**bases.get(c.get("base", ""), {}).get("facts", {}), **c.get("facts", {})}
        for c in document.data["cases"]
    ]
    return [{name: value for name, value in each.items() if value is not None} for each in written]


EXAMPLES = {law_id: examples(law_id) for law_id in LAWS}


@st.composite
def cases_of(draw: st.DrawFn, law_id: str) -> tuple[Case, dt.datetime, Action]:
    """Facts near a worked example, a day near a change of the law and an action, few enough facts unknown."""
    law = LAWS[law_id]
    days = sorted({turn for layer in law.layers for turn in (*layer.turning_days(), layer.data.begins)})
    day = draw(st.sampled_from(days)) + dt.timedelta(draw(st.integers(-1, 1)))
    at = dt.datetime.combine(day, dt.time(20), dt.UTC)
    action = draw(st.sampled_from(list(Action)))
    slow = Slow(law, action, day)
    known = dict(draw(st.sampled_from(EXAMPLES[law_id])))
    for name in draw(st.lists(st.sampled_from(sorted(slow.asked)), max_size=4)) if slow.asked else []:
        known[name] = draw(st.sampled_from(law.book.facts[name].domain))
    for name in sorted(slow.unknown(known), key=lambda n: (len(law.book.facts[n].domain), n), reverse=True):
        count = 1
        for other in slow.unknown(known):
            count *= len(law.book.facts[other].domain)
        if count <= MOST_COMPLETIONS:
            break
        known[name] = draw(st.sampled_from(law.book.facts[name].domain))
    return known, at, action


@pytest.mark.parametrize("law_id", LAWS)
@given(data=st.data())
@settings(max_examples=60)
def test_every_pack_agrees_with_the_slow_reading(law_id: str, data: st.DataObject) -> None:
    known, at, action = data.draw(cases_of(law_id))
    agrees(LAWS[law_id], known, at, action)


@pytest.mark.parametrize("law_id", LAWS)
@given(data=st.data())
@settings(max_examples=30)
def test_learning_more_settles_every_pack_for_good(law_id: str, data: st.DataObject) -> None:
    known, at, action = data.draw(cases_of(law_id))
    law = LAWS[law_id]
    before = one(law, known, at, action)
    if before.missing or before.finding is Verdict.UNDETERMINED:
        return
    for name, fact in law.book.facts.items():
        if name not in known and not fact.counts_when_attested:
            value = data.draw(st.sampled_from(fact.domain), label=name)
            assert one(law, {**known, name: value}, at, action).finding is before.finding


@pytest.mark.parametrize("law_id", LAWS)
def test_every_provision_has_one_version_or_gap_on_every_date(law_id: str) -> None:
    for layer in LAWS[law_id].layers:
        for each in layer.data.provisions:
            edges = {e for v in each.versions for e in (v.from_, v.to) if e} | {layer.data.begins}
            days = {edge + dt.timedelta(n) for edge in edges for n in (-1, 0, 1)} | {dt.date(2100, 1, 1)}
            for day in days:
                standing = [v for v in each.versions if v.from_ <= day and (v.to is None or day <= v.to)]
                assert len(standing) == (1 if day >= layer.data.begins else 0), (each.provision, day)
                assert all(bool(v.gap) != bool(v.rules) for v in standing)


@pytest.mark.parametrize("law_id", LAWS)
@given(data=st.data())
@settings(max_examples=30)
def test_a_civil_document_alone_never_permits_a_hold(law_id: str, data: st.DataObject) -> None:
    form = data.draw(
        st.sampled_from(["i-247a", "i-247g", "i-247d", "i-247n", "i-247x", "i-200", "i-205", "letter"])
    )
    at = data.draw(st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2030, 1, 1)))  # noqa: DTZ001
    known: Case = {
        "request.form": form,
        "warrant.presented": False,
        "custody.in_custody": data.draw(st.booleans()),
        "custody.eligible_for_release": data.draw(st.booleans()),
        "custody.other_lawful_hold": data.draw(st.booleans()),
    }
    found = one(LAWS[law_id], known, at.replace(tzinfo=dt.UTC), Action.HOLD)
    assert found.finding not in {Verdict.PERMITTED, Verdict.REQUIRED}
    assert found.meanwhile not in {Verdict.PERMITTED, Verdict.REQUIRED}
