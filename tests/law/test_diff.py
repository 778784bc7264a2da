"""What an amendment changed: exact against brute force, and readable for the laws shipped."""

import datetime as dt
import itertools
import json
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.law.random_packs import ACTIONS, conditions, layers
from tests.law.slow import Case, Slow, true_of
from tests.law.small import FACTS, TERMS, law_of, pack, provision, rule
from trustact.cli.law_proofs import diff_law, proof_lines, proofs_of
from trustact.failures import BadInput
from trustact.law.condition import holds, parse
from trustact.law.decide import decide
from trustact.law.diff import Change, diff
from trustact.law.loading import Law, law_ids, load_law
from trustact.law.outline import outline, phrases
from trustact.law.redline import redline
from trustact.law.region import Regions
from trustact.law.telling import written
from trustact.terms import Action, Verdict

LAWS = {law_id: load_law(law_id) for law_id in law_ids()}
BOSTON, NEW_YORK = LAWS["us-ma-boston"], LAWS["us-ny-new-york"]
DOMAINS = {name: tuple(fact.get("values", [True, False])) for name, fact in FACTS.items()}
CASES: list[Case] = [
    dict(zip(DOMAINS, values, strict=True)) for values in itertools.product(*DOMAINS.values())
]
OLD, NEW = dt.date(2005, 6, 1), dt.date(2015, 6, 1)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def finding(law: Law, facts: Case, on: dt.date, action: str) -> Verdict:
    at = dt.datetime.combine(on, dt.time(12), ZoneInfo(law.data.time_zone))
    (found,) = decide(law, facts, at, [action])
    assert not found.missing
    return found.finding


def changes_of(changes: tuple[Change, ...], action: str, case: Case) -> list[tuple[Verdict, Verdict]]:
    """The changes of an action that say they are about a case."""
    mine = [change for change in changes if change.action == action]
    return [(change.before, change.after) for change in mine if holds(change.cases.condition, case)]


# Exactly the cases that change, on random laws, every case tried.


@given(layers, st.sampled_from(ACTIONS))
@settings(max_examples=100)
def test_the_changes_cover_exactly_the_cases_whose_finding_changes(law_data: Any, action: str) -> None:
    law = law_of(*law_data)
    changes = diff(law, OLD, NEW).changes
    old, new = (Slow(law, Action(action), on) for on in (OLD, NEW))
    for case in CASES:
        before, after = old.verdict(case), new.verdict(case)
        assert changes_of(changes, action, case) == ([(before, after)] if before is not after else [])


@given(layers, st.sampled_from(ACTIONS))
@settings(max_examples=100)
def test_a_change_cites_every_rule_that_decides_one_of_its_cases(law_data: Any, action: str) -> None:
    law = law_of(*law_data)
    old, new = (Slow(law, Action(action), on) for on in (OLD, NEW))
    for change in (change for change in diff(law, OLD, NEW).changes if change.action == action):
        within = [case for case in CASES if holds(change.cases.condition, case)]
        assert {reason.rule for reason in change.because_before} == deciding(old, within)
        assert {reason.rule for reason in change.because_after} == deciding(new, within)


def deciding(slow: Slow, cases: list[Case]) -> set[str]:
    found = set()
    for case in cases:
        verdict = slow.verdict(case)
        words = {"prohibited", "required"} if verdict is Verdict.UNDETERMINED else {verdict}
        found |= {name for name, each in slow.applying(case) if each.finding in words}
    return found


@given(layers)
@settings(max_examples=100)
def test_an_example_settles_both_findings(law_data: Any) -> None:
    law = law_of(*law_data)
    for change in diff(law, OLD, NEW).changes:
        assert finding(law, change.example, OLD, change.action) is change.before
        assert finding(law, change.example, NEW, change.action) is change.after


@given(conditions, conditions, st.lists(conditions, max_size=3))
@settings(max_examples=300)
def test_an_outline_says_what_it_outlines_to_whoever_knows_what_is_given(
    about: Any, known: Any, said: list[Any]
) -> None:
    law = law_of(pack("law-0", rule("a", when={"any": [about, known]})))
    condition, given_that = parse(about, law.vocabulary), parse(known, law.vocabulary)
    regions = Regions(DOMAINS)
    region, frame = regions.of(condition), regions.of(given_that)
    if regions.meet(region, frame) is False:
        return
    words = phrases(parse(each, law.vocabulary) for each in [about, *said])
    found = outline(regions, region, words, given=frame).condition
    back = json.loads(msgspec.json.encode(written(found)))
    for case in CASES:
        if true_of(known, TERMS, case):
            assert holds(found, case) == true_of(about, TERMS, case) == true_of(back, TERMS, case)


# The laws shipped.

AMENDMENTS = {
    "us-ma-boston": ("2015-01-01", "2020-01-01"),
    "us-ma-somerville": ("2017-07-23", "2017-07-24"),
    "us-ny-new-york": ("2014-12-13", "2026-01-29"),
    "us-ca-san-francisco": ("2017-12-31", "2018-01-01"),
    "us-il-chicago": ("2021-01-26", "2021-08-02"),
}
FOUND = {law_id: diff(LAWS[law_id], day(old), day(new)) for law_id, (old, new) in AMENDMENTS.items()}


@pytest.mark.parametrize("law_id", AMENDMENTS)
@given(data=st.data())
@settings(max_examples=60)
def test_the_changes_of_every_law_shipped_are_those_decide_finds(law_id: str, data: st.DataObject) -> None:
    law, found = LAWS[law_id], FOUND[law_id]
    near: Case = data.draw(st.sampled_from([change.example for change in found.changes]))
    drawn = {
        name: data.draw(st.sampled_from(fact.domain), label=name) for name, fact in law.book.facts.items()
    }
    case: Case = {**drawn, **(near if data.draw(st.booleans()) else {})}
    for action in Action:
        before, after = (finding(law, case, on, action) for on in (found.before, found.after))
        assert changes_of(found.changes, action, case) == ([(before, after)] if before is not after else [])


@pytest.mark.parametrize("law_id", AMENDMENTS)
def test_the_examples_of_every_law_shipped_settle_both_findings(law_id: str) -> None:
    law, found = LAWS[law_id], FOUND[law_id]
    assert found.changes
    for change in found.changes:
        assert finding(law, change.example, found.before, change.action) is change.before
        assert finding(law, change.example, found.after, change.action) is change.after


def test_two_days_of_one_text_differ_in_nothing() -> None:
    found = diff(BOSTON, day("2020-01-01"), day("2025-01-01"))
    assert (found.days, found.provisions, found.duties, found.changes) == ((), (), (), ())
    assert "nothing changed" in redline(BOSTON, found)


def test_the_later_day_comes_second() -> None:
    with pytest.raises(BadInput, match="the second day, 2019-01-01, lies before the first, 2020-01-01"):
        diff(BOSTON, day("2020-01-01"), day("2019-01-01"))


def test_boston_2019_reads_as_counsel_would_say_it() -> None:
    page = redline(BOSTON, FOUND["us-ma-boston"])
    assert max(map(len, page.splitlines())) <= 92
    transfer = page.partition("(transfer)")[2].partition("\n\n")[0]
    assert "NOT REGULATED -> PROHIBITED\n    when         not <judicial order>\n" in transfer
    hold = " ".join(page.partition("(hold)")[2].partition("(arrest)")[0].split())
    assert "<at release>; <no other basis>; either <criminal warrant>, or the person was ever" in hold
    assert "the person is a possible match in the federal terrorist screening database" in hold
    assert "before us-ma-boston/hold-2014-exception (Boston Trust Act (2014 ordinance)" in hold
    assert "  <at release>: the person is in our custody; and the person is eligible for release\n" in page


def test_a_law_looked_at_alone_has_not_the_changes_of_those_below() -> None:
    alone = msgspec.structs.replace(BOSTON, layers=BOSTON.layers[:1])
    days = day("2017-07-23"), day("2017-07-24")
    assert {change.action for change in diff(BOSTON, *days).changes} == {Action.HOLD, Action.ARREST}
    assert not diff(alone, *days).changes


def test_provisions_and_duties_that_changed_are_named() -> None:
    found = diff(NEW_YORK, day("2018-01-29"), day("2018-01-30"))
    assert [(c.provision, c.how, c.on) for c in found.provisions] == [
        ("resources", "begun", day("2018-01-30"))
    ]
    assert {(c.duty, c.how) for c in found.duties} == {
        ("record-request", "begun"),
        ("annual-report", "changed"),
        ("annual-report-correction", "changed"),
        ("annual-report-probation", "begun"),
        ("quarterly-report", "begun"),
    }
    assert [note for note in found.gaps_before if "10-178" in note]


def test_a_text_that_ends_leaves_a_gap() -> None:
    versions = (
        {"from": "2000-01-01", "to": "2009-12-31", "rules": [rule("a")]},
        {"from": "2010-01-01", "gap": "repealed"},
    )
    law = law_of(pack("law-0", provisions=[provision("one", *versions)]))
    found = diff(law, OLD, NEW)
    assert [(c.provision, c.how) for c in found.provisions] == [("one", "ended")]
    assert [(c.before, c.after, c.example) for c in found.changes] == [("prohibited", "not-regulated", {})]
    page = redline(law, found)
    assert "when         always" in page
    assert "LAW-0, One: repealed" in page


# The commands.


def test_the_command_prints_a_page_or_data() -> None:
    asked = ["us-ny-new-york", "--from", "2026-01-28", "--to", "2026-01-29"]
    page = CliRunner().invoke(diff_law, asked, standalone_mode=False)
    assert page.output.startswith("New York City detainer laws: 28 January 2026 against 29 January 2026\n")
    data = json.loads(CliRunner().invoke(diff_law, [*asked, "--json"], standalone_mode=False).output)
    (change,) = data["changes"]
    assert (change["action"], change["before"], change["after"]) == (
        "use_resources",
        "not-regulated",
        "prohibited",
    )
    assert {"term": "departure-offence"} in change["cases"]["all"]
    assert change["example"]["nyc.wider_offence"] is True
    assert change["words"].startswith("when not <immigration purpose>; <departure offence>")


def test_the_command_can_look_at_one_layer_alone() -> None:
    asked = ["us-ma-boston", "--from", "2017-07-23", "--to", "2017-07-24", "--json"]
    stack, alone = (CliRunner().invoke(diff_law, [*asked, *more]).output for more in ([], ["--layer-only"]))
    assert json.loads(stack)["stands_on"] == ["us-ma", "us"]
    assert json.loads(alone)["changes"] == []


def test_theorems_are_told_a_line_each() -> None:
    pytest.importorskip("z3", reason="theorems need the prove extra")
    proofs = proofs_of(LAWS["us-ma-somerville"])
    lines = list(proof_lines(proofs))
    assert sum(line.startswith("proved: us-ma-somerville: ") for line in lines) == 5
    assert "    proved from 24 July 2017 on" in lines
    assert any(line.startswith("    1 January 2016 to 23 July 2017: allowed when") for line in lines)
