"""The trace: why each rule applies or does not, never another story than the finding."""

import datetime as dt
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.law.random_packs import ACTIONS, facts, layers, moments
from tests.law.slow import Case, Slow, true_of
from tests.law.small import law_of, pack, rule
from trustact.law.explain import RuleTrace, Trace, explain
from trustact.law.finding import Findings
from trustact.law.in_force import in_force
from trustact.law.loading import Law, load_law
from trustact.terms import Action, Verdict

AT = dt.datetime(2025, 6, 1, 12, tzinfo=dt.UTC)
BOSTON = load_law("us-ma-boston")
RELEASED: Case = {
    "request.form": "i-247a",
    "request.agency": "ice-ero",
    "request.purpose": "civil-immigration",
    "warrant.presented": False,
    "custody.in_custody": True,
    "custody.eligible_for_release": True,
    "custody.other_lawful_hold": False,
}


def trace(law: Law, known: Case, action: str = "hold", at: dt.datetime = AT) -> Trace:
    """The trace of one action."""
    return explain(law, known, at, [action])[0]


def of(found: Trace, rule_id: str) -> RuleTrace:
    """The trace of one rule."""
    (one,) = [traced for traced in found.rules if traced.rule == rule_id]
    return one


def test_a_rule_that_decides_says_on_which_facts() -> None:
    found = of(trace(BOSTON, RELEASED), "us-ma-boston/hold-civil-detainer")
    assert found.standing == "decides"
    assert found.sentence == (
        "Applies: the request form is I-247A; the person is in our custody; the person is eligible for release; "
        "there is no independent state or federal criminal basis to hold, apart from the warrant presented; "
        "there is no warrant or court order with the request, or as the request."
    )


def test_a_rule_that_does_not_apply_says_which_fact_is_otherwise() -> None:
    held = {**RELEASED, "custody.eligible_for_release": False}
    found = trace(BOSTON, held)
    assert of(found, "us-ma-boston/hold-civil-detainer").sentence == (
        "Does not apply: the person is not eligible for release."
    )
    assert of(found, "us-ma/hold-notification-request").sentence == (
        "Does not apply: the request form is I-247A, not I-247G or I-247N."
    )
    assert found.sentence == (
        "Hold past eligibility for release: not regulated by this law. "
        "No rule in force applies to these facts; that is no permission."
    )


def test_an_open_rule_says_what_is_not_known() -> None:
    waiting = {name: value for name, value in RELEASED.items() if name != "custody.eligible_for_release"}
    found = trace(BOSTON, waiting)
    bar = of(found, "us-ma-boston/hold-civil-detainer")
    assert bar.standing == "open"
    assert [(ground.fact, ground.value) for ground in bar.grounds] == [("custody.eligible_for_release", None)]
    assert bar.sentence == "Open. Not known: “Is the person eligible for release?”."
    assert found.sentence == (
        "Hold past eligibility for release: undetermined until this is known: "
        "“Is the person eligible for release?”. Until then: prohibited."
    )


def test_a_defeated_rule_names_the_rule_it_gives_way_to() -> None:
    warrant: Case = {
        "warrant.presented": True,
        "warrant.issued_by": "court",
        "warrant.signed_by": "magistrate-judge",
        "warrant.matter": "criminal",
        "warrant.names_subject": True,
    }
    found = trace(BOSTON, {**RELEASED, **warrant})
    bar = of(found, "us-ma-boston/hold-civil-detainer")
    assert (bar.standing, bar.by) == ("defeated", ("us-ma-boston/hold-criminal-warrant",))
    assert bar.sentence == "Does not count here: it gives way to us-ma-boston/hold-criminal-warrant."


def test_an_outweighed_rule_names_the_rules_that_outweigh_it() -> None:
    facts_2017 = {**RELEASED, "boston2014.violent_crime_conviction": True}
    found = trace(BOSTON, facts_2017, at=dt.datetime(2017, 8, 15, 12, tzinfo=dt.UTC))
    exception = of(found, "us-ma-boston/hold-2014-exception")
    assert (exception.standing, exception.by) == ("outweighed", ("us-ma/hold-civil-detainer",))
    assert exception.sentence == (
        "Applies: the request form is I-247A; the person is in our custody; the person is eligible for release; "
        "the person was ever convicted of a violent crime. "
        "It is outweighed by us-ma/hold-civil-detainer."
    )


def test_a_ground_nobody_attested_is_said_to_be_so() -> None:
    somerville = load_law("us-ma-somerville")
    found = trace(somerville, RELEASED, at=dt.datetime(2016, 6, 15, 12, tzinfo=dt.UTC))
    exception = of(found, "us-ma-somerville/hold-detention-exception")
    assert exception.standing == "excluded"
    assert [ground.attested for ground in exception.grounds] == [False]
    assert "nobody has attested it" in exception.sentence


def test_a_conflict_is_told_as_one() -> None:
    law = law_of(pack("top", rule("must", "required")), pack("floor", rule("must-not")))
    found = trace(law, {})
    assert [traced.standing for traced in found.rules] == ["decides", "decides"]
    assert found.sentence == (
        "Hold past eligibility for release: undetermined: one provision requires it, another prohibits it. "
        "Until settled: prohibited."
    )
    assert found.rules[0].sentence == "Applies always."


@given(layers, facts, moments, st.sampled_from(ACTIONS))
@settings(max_examples=200)
def test_the_trace_agrees_with_every_completion(
    written: Any, known: Case, at: dt.datetime, action: str
) -> None:
    law = law_of(*written)
    slow = Slow(law, Action(action), at.date())
    found = trace(law, known, action, at)
    assert found.finding == in_force(law, at).once(Findings, Action(action)).of(law.book.counted(known))
    cases = list(slow.completions(known))
    applying = [{rule_id for rule_id, _ in slow.applying(case)} for case in cases]
    conditions = {
        f"{law_id}/{each.rule}": [true_of(each.when, terms, case) for case in cases]
        for law_id, terms, rules in slow.layers
        for each in rules
    }
    assert sorted(traced.rule for traced in found.rules) == sorted(conditions)
    for traced in found.rules:
        counts = [traced.rule in rules for rules in applying]
        match traced.standing:
            case "excluded":
                assert not any(conditions[traced.rule])
            case "defeated":
                assert any(conditions[traced.rule])
                assert not any(counts)
            case "open":
                assert any(counts)
                assert not all(counts)
                assert {ground.fact for ground in traced.grounds} == slow.missing(known, traced.rule)
            case _:
                assert all(counts)
        if traced.standing == "outweighed":
            assert traced.finding is not found.finding.finding
        if traced.standing == "decides" and found.finding.finding is not Verdict.UNDETERMINED:
            assert traced.finding is found.finding.finding
        assert {ground.fact for ground in traced.grounds if ground.value is None}.isdisjoint(known)
        for ground in traced.grounds:
            assert ground.value is None or not ground.attested or known[ground.fact] == ground.value
