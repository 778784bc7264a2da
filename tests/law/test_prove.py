"""The theorems: what is proved of the laws shipped, planted mistakes refuted, and the solver against brute force."""

import datetime as dt
import itertools
import json
import time
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.law.random_packs import ACTIONS, layers
from tests.law.slow import Case, Slow
from tests.law.small import FACTS, law_of
from trustact.failures import BadInput
from trustact.law.decide import decide
from trustact.law.eras import eras
from trustact.law.finding import Finding
from trustact.law.loading import Law, law_from_archive, law_ids, load_law
from trustact.law.period import Span
from trustact.law.theorem import Counterexample, Proof
from trustact.terms import Action, Verdict

pytest.importorskip("z3", reason="theorems need the prove extra")

from trustact.law.formulas import Formulas, Search, every
from trustact.law.prove import (
    conflicts,
    dead_rules,
    disagreements,
    holds_on_a_civil_document,
    prove,
    unanswered,
    unsettled,
)

LAWS = {law_id: load_law(law_id) for law_id in law_ids()}
BOSTON, NEW_YORK, ILLINOIS = LAWS["us-ma-boston"], LAWS["us-ny-new-york"], LAWS["us-il"]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


# The laws shipped. A civil document alone opens the door only where, and as long as, these texts say so.

EXCEPTIONS = {
    "us-ma-boston": (Span(day("2014-08-20"), day("2017-07-23")), "us-ma-boston/hold-2014-exception"),
    "us-ma-somerville": (
        Span(day("2016-01-01"), day("2017-07-23")),
        "us-ma-somerville/hold-detention-exception",
    ),
    "us-ca-san-francisco": (
        Span(day("2017-01-01"), day("2017-12-31")),
        "us-ca-san-francisco/hold-violent-felony",
    ),
    "us-ny-new-york": (Span(day("2014-12-14")), "us-ny-new-york/hold-48-hours"),
}


@pytest.mark.parametrize("law_id", LAWS)
def test_what_is_proved_of_every_law_shipped(law_id: str) -> None:
    proofs = {proof.theorem: proof for proof in prove(LAWS[law_id], time.perf_counter)}
    civil = proofs.pop("civil-document-alone")
    assert {proof.status for proof in proofs.values()} == {"proved"}
    if law_id not in EXCEPTIONS:
        assert (civil.status, civil.proved_from) == ("proved", LAWS[law_id].data.begins)
        return
    span, rule_id = EXCEPTIONS[law_id]
    (found,) = civil.counterexamples
    assert (found.days, [because.rule for because in found.because]) == (span, [rule_id])
    assert civil.proved_from == (span.last + dt.timedelta(1) if span.last else None)
    confirmed(LAWS[law_id], found)


def test_a_counterexample_is_a_case_a_lawyer_can_read() -> None:
    (found,) = holds_on_a_civil_document(BOSTON, Formulas(BOSTON))
    allowed, such_as = found.words.splitlines()
    assert "convicted of a felony within ten years" in allowed
    assert "possible match" in allowed
    assert such_as.startswith("such as: the request form is I-247A; the person is in our custody; ")
    assert "hold is permitted by us-ma-boston/hold-2014-exception (Boston Trust Act (2014" in such_as


# Mistakes planted in a pack: each is found, by the theorem that should find it, with a case that is so.


def planted(law: Law, name: str, **changes: Any) -> Law:
    """The law with every version of a rule of any layer changed."""
    packs = [layer.data for layer in law.layers]
    data = json.loads(msgspec.json.encode({"facts": law.book.facts, "terms": law.book.terms, "packs": packs}))
    found = 0
    for layer in data["packs"]:
        for version in (v for p in layer["provisions"] for v in p["versions"]):
            for written in version.get("rules", []):
                if written["rule"] == name:
                    written.update(changes)
                    found += 1
    assert found
    return law_from_archive(json.dumps(data).encode())


def one(law: Law, found: Counterexample) -> Finding:
    assert found.action
    at = dt.datetime.combine(found.days.first, dt.time(12), ZoneInfo(law.data.time_zone))
    (finding,) = decide(law, found.facts, at, [found.action])
    return finding


def confirmed(law: Law, found: Counterexample) -> Finding:
    """The finding on a counterexample's facts, settled and as the counterexample tells it."""
    finding = one(law, found)
    assert (finding.finding, finding.because) == (found.finding, found.because)
    assert not finding.missing
    return finding


def refuted(law: Law) -> dict[str, Proof]:
    return {proof.theorem: proof for proof in prove(law, time.perf_counter) if proof.status == "refuted"}


def test_a_condition_left_out_lets_a_civil_warrant_hold() -> None:
    law = planted(ILLINOIS, "leads-notification", when={"fact": "il.leads_notification", "is": True})
    (proof,) = refuted(law).values()
    assert proof.theorem == "civil-document-alone"
    (found,) = proof.counterexamples
    assert found.days == Span(day("2017-08-28"))
    assert found.facts["il.leads_notification"] is True
    assert confirmed(law, found).finding is Verdict.PERMITTED


def test_a_defeat_lost_leaves_a_rule_dead() -> None:
    law = planted(BOSTON, "ask-status-visa-certification", defeats=[])
    assert set(refuted(law)) == {"civil-document-alone", "no-dead-rule"}
    (found,) = dead_rules(law, Formulas(law))
    assert found.words == (
        "us-ma-boston/ask-status-visa-certification decides ask_immigration_status in no case"
    )


def test_a_verdict_swapped_makes_a_conflict() -> None:
    law = planted(BOSTON, "criminal-immigration-offence", finding="required")
    assert "no-conflict" in refuted(law)
    found = {each.action: each for each in conflicts(law, Formulas(law))}
    assert set(found) == {Action.ARREST, Action.USE_RESOURCES}
    for each in found.values():
        assert each.days == Span(day("2019-12-19"))
        assert confirmed(law, each).finding is Verdict.UNDETERMINED
        assert "us-ma-boston/criminal-immigration-offence" in each.words


def test_a_verdict_swapped_lets_a_civil_document_hold_on_its_days_alone() -> None:
    law = planted(BOSTON, "hold-administrative-warrant", finding="permitted", defeats=["hold-civil-detainer"])
    alone = msgspec.structs.replace(law, layers=law.layers[:1])
    old, new = holds_on_a_civil_document(alone, Formulas(alone))
    assert (old.days, new.days) == (
        Span(day("2014-08-20"), day("2019-12-18")),
        Span(day("2019-12-19")),
    )
    assert confirmed(alone, new).because[0].rule == "us-ma-boston/hold-administrative-warrant"


def test_defeats_in_a_circle_leave_a_case_without_an_answer() -> None:
    law = planted(NEW_YORK, "use-resources", defeats=["task-force"])
    (proof,) = [p for p in prove(law, time.perf_counter) if p.theorem == "every-case-answered"]
    assert [each.days.first for each in proof.counterexamples] == [day("2018-01-30"), day("2026-01-29")]
    for found in proof.counterexamples:
        assert found.action is Action.USE_RESOURCES
        assert found.facts["taskforce.immigration_is_primary_purpose"] is False


def test_a_table_of_another_text_disagrees_and_settles_what_is_not_settled() -> None:
    other = planted(BOSTON, "transfer-judicial-order", when={"term": "court-warrant"})
    (differing,) = disagreements(BOSTON, Formulas(other))
    assert differing.action is Action.TRANSFER
    assert confirmed(BOSTON, differing).finding is not one(other, differing).finding
    (unsettling,) = unsettled(BOSTON, Formulas(other))
    assert not confirmed(BOSTON, unsettling).missing
    assert one(other, unsettling).finding is not unsettling.finding
    assert "; yet otherwise where " in unsettling.words


def test_a_book_without_the_facts_of_a_theorem_is_refused() -> None:
    archived = law_from_archive(LAWS["us"].archive)  # it holds the facts its own rules ask for and no others
    with pytest.raises(BadInput, match=r"speaks of 'request\.form', which the book of facts lacks"):
        prove(archived, time.perf_counter)


# The solver against brute force, on random laws over a small book of facts.


def complete_cases() -> Iterator[Case]:
    domains = [fact.get("values", [True, False]) for fact in FACTS.values()]
    for values in itertools.product(*domains):
        yield dict(zip(FACTS, values, strict=True))


CASES = list(complete_cases())
some_layers = settings(max_examples=25)


@given(layers, st.sampled_from(CASES), st.sampled_from(ACTIONS), st.integers(-400, 800))
def test_the_formulas_give_a_case_the_verdict_that_a_slow_reading_gives(
    written: Any, case: Case, action: str, later: int
) -> None:
    law, on = law_of(*written), dt.date(2009, 12, 31) + dt.timedelta(later)
    formulas = Formulas(law)
    this_case = every([formulas.on(on), *(formulas.has(*fact) for fact in case.items())])
    answers = formulas.verdicts(Action(action))
    possible = {verdict for verdict, said in answers.items() if Search(formulas, this_case).finds(said)}
    assert possible == {Slow(law, Action(action), on).verdict(case)}


def decided(law: Law) -> dict[tuple[Action, Span], list[tuple[Verdict, set[str]]]]:
    """For each action and era, the verdict of every complete case and the rules that decide it, by brute force."""
    return {
        (action, era): [reading(Slow(law, action, era.first), case) for case in CASES]
        for action in map(Action, ACTIONS)
        for era in eras(law)
    }


def reading(slow: Slow, case: Case) -> tuple[Verdict, set[str]]:
    verdict = slow.verdict(case)
    words = {"prohibited", "required"} if verdict is Verdict.UNDETERMINED else {verdict}
    return verdict, {name for name, each in slow.applying(case) if each.finding in words}


@given(layers)
@some_layers
def test_the_conflicts_found_are_all_there_are(written: Any) -> None:
    law = law_of(*written)
    found = list(conflicts(law, Formulas(law)))
    assert {(each.action, each.days) for each in found} == {
        where
        for where, readings in decided(law).items()
        if any(verdict is Verdict.UNDETERMINED for verdict, _ in readings)
    }
    for each in found:
        assert confirmed(law, each).finding is Verdict.UNDETERMINED


@given(layers)
@some_layers
def test_the_dead_rules_found_are_all_there_are(written: Any) -> None:
    law = law_of(*written)
    alive = {
        (action, name, era.first)
        for (action, era), readings in decided(law).items()
        for _, names in readings
        for name in names
    }
    dead = {
        (action, each.span, f"{each.id} decides {action} in no case")
        for each in law.layers[0].rules
        for action in each.actions
        if not any((action, each.id, era.first) in alive and era.first in each.span for era in eras(law))
    }
    assert {(each.action, each.days, each.words) for each in dead_rules(law, Formulas(law))} == dead


@given(layers)
@some_layers
def test_no_random_law_refutes_the_engine(written: Any) -> None:
    law = law_of(*written)
    formulas = Formulas(law)
    assert not [*unanswered(law, formulas), *unsettled(law, formulas), *disagreements(law, formulas)]
