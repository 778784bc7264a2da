"""The sentences of the README about the law engine, as properties of random packs and of every pack shipped.

The engine works on compiled conditions and reduced tables; `tests.law.slow` reads the law a second time, from the
data as written, and tries every completion of the unknown facts.
"""

import datetime as dt
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.law.random_packs import ACTIONS, AT, facts, layers, moments
from tests.law.slow import Case, Slow
from tests.law.small import FACTS, law_of, pack, rule
from trustact.law.cases import CasesData, read_cases
from trustact.law.decide import decide
from trustact.law.finding import Finding
from trustact.law.loading import Law, law_ids, load_law
from trustact.law.period import Span, flaw
from trustact.shelves import shelf
from trustact.terms import Action, Verdict

LAWS = {law_id: load_law(law_id) for law_id in law_ids()}
MOST_COMPLETIONS = 400


def one(law: Law, known: Case, at: dt.datetime, action: str | Action) -> Finding:
    """The finding for one action."""
    (found,) = decide(law, known, at, [action])
    return found


def agrees(law: Law, known: Case, at: dt.datetime, action: Action) -> None:
    """The engine and the slow reading give the same finding, missing facts and, for a complete case, rules."""
    slow, found = Slow(law, action, at.date()), one(law, known, at, action)
    possible = slow.verdicts(known)
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
    possible = Slow(law, Action(action), at.date()).verdicts(known)
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
    elif found.finding is Verdict.UNDETERMINED:
        slow = Slow(law_of(*written), Action(action), at.date())
        assert found.missing or slow.verdicts(known) == {Verdict.UNDETERMINED}
    else:
        assert found.because
        assert all(because.cite for because in found.because)
    if found.ask_next is not None:
        assert found.ask_next in found.missing
        assert not found.ask_next.startswith("position.")


def test_a_conflict_that_holds_on_every_completion_cites_both_provisions() -> None:
    here, away = ({"fact": "custody.here", "is": value} for value in (True, False))
    law = law_of(pack("law-0", rule("a", when="always"), rule("b", "required", {"any": [here, away]})))
    found = one(law, {}, AT, "hold")
    assert (found.finding, found.missing) == (Verdict.UNDETERMINED, ())
    assert {because.rule for because in found.because} == {"law-0/a", "law-0/b"}


FIRST = dt.date(2014, 8, 20)
days_from_first = st.integers(0, 12).map(lambda n: FIRST + dt.timedelta(n))
spans = st.lists(st.builds(Span, days_from_first, st.none() | days_from_first), min_size=1, max_size=4)


@given(spans)
def test_spans_without_a_flaw_give_every_date_exactly_one(found: list[Span]) -> None:
    days = [FIRST + dt.timedelta(n) for n in range(20)]
    once = all(sum(day in span for span in found) == 1 for day in days)
    in_order = [span.first for span in found] == sorted(span.first for span in found)
    forward = all(span.last is None or span.first <= span.last for span in found)
    assert (flaw(found, FIRST) is None) == (once and in_order and forward)


# Every pack shipped.


def examples(law_id: str) -> list[Case]:
    """Facts worth starting from: those of the law's worked examples."""
    if not (shelf("laws") / law_id / "cases.yaml").is_file():
        return [{}]
    data = read_cases(law_id).typed(CasesData)
    written = [{**shared(data, case.base), **case.facts} for case in data.cases]
    return [{name: value for name, value in facts.items() if value is not None} for facts in written]


def shared(data: CasesData, base: str) -> dict[str, Any]:
    """The facts of a base and of those it stands on."""
    return {**shared(data, data.bases[base].base), **data.bases[base].facts} if base else {}


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
    at = data.draw(st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2030, 1, 1)))
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
