"""Worked examples: those of every law hold, and a case that does not hold says why in one line."""

import datetime as dt
from typing import Any

import pytest
import yaml

from tests.law.small import law_of, pack, rule
from trustact.failures import BadInput
from trustact.law.cases import CaseResult, read_cases, run_cases
from trustact.law.loading import law_ids, load_law
from trustact.law.period import moment
from trustact.shelves import parse_document

DETAINER = {"all": [{"fact": "request.form", "is": "detainer"}, {"term": "at-release"}]}
ORDER = {"fact": "request.form", "is": "order"}
LAW = law_of(
    pack("small", rule("bar", when=DETAINER), rule("way-out", "permitted", ORDER)),
    pack("floor", rule("floor", "permitted", {"fact": "warrant.signed_by", "is": "judge"})),
)


def run(case: dict[str, Any], bases: dict[str, Any] | None = None) -> list[CaseResult]:
    """The results of one case on the small law."""
    written = {"case": "one", "title": "One", "at": "2015-06-01", **case}
    text = yaml.safe_dump({"bases": bases or {}, "cases": [written]}, sort_keys=False)
    return run_cases(LAW, parse_document(text, "small/cases.yaml"))


def mismatches(facts: dict[str, Any], expect: Any, **more: Any) -> tuple[str, ...]:
    """What one case at one moment finds unexpected of a hold."""
    (result,) = run({"facts": facts, "expect": {"hold": expect}, **more})
    assert result.ok == (not result.mismatches)
    return result.mismatches


BARRED = {
    "request.form": "detainer",
    "custody.here": True,
    "custody.free": True,
    "warrant.signed_by": "clerk",
}


@pytest.mark.parametrize("law_id", law_ids())
def test_every_worked_example_of_every_law_holds(law_id: str) -> None:
    results = run_cases(load_law(law_id), read_cases(law_id))
    assert results
    assert [result.line for result in results if not result.ok] == []


def test_an_expected_answer_has_no_mismatch() -> None:
    assert mismatches(BARRED, "prohibited") == ()
    assert mismatches(BARRED, {"finding": "prohibited", "because": ["small/bar"], "missing": []}) == ()


def test_another_finding_is_told_with_the_rules_behind_it() -> None:
    assert mismatches(BARRED, "permitted") == ("hold is prohibited because of small/bar, expected permitted",)
    free = {**BARRED, "custody.free": False}
    assert mismatches(free, "prohibited") == (
        "hold is not-regulated because no rule applies, expected prohibited",
    )


def test_other_rules_behind_a_finding_are_told_by_name() -> None:
    expected = {"finding": "prohibited", "because": ["floor/floor"]}
    assert mismatches(BARRED, expected) == (
        "hold because: small/bar was not expected",
        "hold because: floor/floor was expected",
    )


def test_missing_facts_are_compared_as_a_set_and_in_part() -> None:
    facts = {"request.form": "detainer", "custody.here": True, "warrant.signed_by": "clerk"}
    assert mismatches(facts, {"finding": "undetermined", "missing": ["custody.free"]}) == ()
    assert mismatches(facts, {"finding": "undetermined", "missing_includes": ["custody.free"]}) == ()
    assert mismatches(facts, {"finding": "undetermined", "missing": []}) == (
        "hold missing: custody.free was not expected",
    )
    assert mismatches(facts, {"finding": "undetermined", "missing_includes": ["custody.here"]}) == (
        "hold missing: custody.here was expected among custody.free",
    )


def test_the_next_question_and_what_stands_meanwhile_are_compared_where_they_are_written() -> None:
    facts = {"request.form": "detainer", "custody.here": True, "warrant.signed_by": "clerk"}
    expected = {"finding": "undetermined", "ask_next": "custody.here", "meanwhile": "permitted"}
    assert mismatches(facts, expected) == (
        "hold ask_next is custody.free, expected custody.here",
        "hold meanwhile is prohibited, expected permitted",
    )
    assert mismatches(facts, {"finding": "undetermined", "ask_next": None}) == (
        "hold ask_next is custody.free, expected nothing",
    )


def test_a_base_gives_facts_that_a_case_adds_to_and_takes_from() -> None:
    bases = {
        "here": {"facts": {"custody.here": True, "custody.free": False}},
        "barred": {"base": "here", "facts": {"request.form": "detainer", "custody.free": True}},
    }
    (barred,) = run({"base": "barred", "expect": {"hold": "prohibited"}}, bases)
    (open_,) = run(
        {"base": "barred", "facts": {"custody.free": None}, "expect": {"hold": "undetermined"}}, bases
    )
    assert barred.ok
    assert open_.ok


def test_a_case_with_several_moments_has_a_result_for_each() -> None:
    results = run({"at": ["1999-12-31", "2000-01-01"], "facts": BARRED, "expect": {"hold": "prohibited"}})
    assert [result.ok for result in results] == [False, True]
    assert results[0].line == (
        "small/cases.yaml:3: one at 1999-12-31T00:00:00-05:00: "
        "hold is not-regulated because no rule applies, expected prohibited"
    )
    assert results[1].line == "small/cases.yaml:3: one at 2000-01-01T00:00:00-05:00: as expected"


def test_a_case_may_ask_another_law_of_the_shelf() -> None:
    text = """
cases:
  - case: floor
    title: The floor, asked beside the small law
    at: 2025-06-01
    law: us
    facts: {request.agency: ice-ero}
    expect: {share_immigration_status: permitted}
"""
    (result,) = run_cases(load_law("us-ma"), parse_document(text, "us-ma/cases.yaml"))
    assert result.ok
    assert result.law == "us"


def test_duties_are_compared_where_they_are_written() -> None:
    law = load_law("us-ma-somerville")
    text = """
cases:
  - case: one
    title: One
    at: 2016-06-15
    expect: {}
    duties: [log-request]
"""
    (result,) = run_cases(law, parse_document(text, "us-ma-somerville/cases.yaml"))
    assert result.mismatches == ("duties: annual-report, seek-reimbursement was not expected",)


def test_a_date_alone_is_the_start_of_that_day_where_the_law_is() -> None:
    assert moment("2025-06-01", "America/New_York").isoformat() == "2025-06-01T00:00:00-04:00"
    assert moment("2025-01-15", "America/Los_Angeles").isoformat() == "2025-01-15T00:00:00-08:00"
    given = "2025-06-01T02:14:00-04:00"
    assert moment(given, "America/Los_Angeles") == dt.datetime.fromisoformat(given)


@pytest.mark.parametrize("written", ["2025-06-01T02:14:00", "2025-02-30", "June 2025", "", "2025"])
def test_anything_else_is_no_moment(written: str) -> None:
    with pytest.raises(BadInput):
        moment(written, "America/New_York")
