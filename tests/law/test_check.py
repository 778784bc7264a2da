"""What `law check` remarks: one small pack for each kind of flaw, and none for the packs of Massachusetts."""

from typing import Any

import pytest
import yaml

from tests.law.small import FACTS, law_of, pack, provision, rule
from trustact.law.cases import CaseResult, read_cases, run_cases
from trustact.law.check import Remark, check
from trustact.law.loading import Law, law_ids, load_law
from trustact.shelves import parse_document

HERE = {"fact": "custody.here", "is": True}
FREE = {"fact": "custody.free", "is": True}


def results(law: Law, *cases: dict[str, Any]) -> list[CaseResult]:
    """The results of cases that ask a law for one answer each."""
    written = [
        {"case": f"case-{n}", "title": "A case", "expect": {"hold": "prohibited"}, **c}
        for n, c in enumerate(cases)
    ]
    return run_cases(law, parse_document(yaml.safe_dump({"cases": written}), "small/cases.yaml"))


def remarks(law: Law, severity: str, *cases: dict[str, Any]) -> list[tuple[str, str]]:
    """Where and what is remarked with that severity."""
    return [(r.where, r.message) for r in check(law, results(law, *cases)) if r.severity == severity]


def errors(*packs: dict[str, Any]) -> list[tuple[str, str]]:
    """The errors of a law."""
    return remarks(law_of(*packs), "error")


def warnings_about(where: str, law: Law, *cases: dict[str, Any]) -> list[str]:
    """The warnings about one place."""
    return [message for place, message in remarks(law, "warning", *cases) if place == where]


@pytest.mark.parametrize("law_id", law_ids())
def test_no_pack_shipped_has_an_error(law_id: str) -> None:
    law = load_law(law_id)
    assert [r for r in check(law, run_cases(law, read_cases(law_id))) if r.severity == "error"] == []


@pytest.mark.parametrize("law_id", ["us", "us-ma", "us-ma-boston", "us-ma-somerville"])
def test_nothing_at_all_is_remarked_of_massachusetts(law_id: str) -> None:
    law = load_law(law_id)
    assert check(law, run_cases(law, read_cases(law_id))) == []


def test_defeats_in_a_circle_are_an_error() -> None:
    bar = rule("bar", when=HERE, defeats=["way-out"])
    way_out = rule("way-out", "permitted", FREE, defeats=["bar"])
    message = "its defeats come back to it, so that none of them can be settled"
    assert errors(pack("small", bar, way_out)) == [("small/bar", message), ("small/way-out", message)]


def test_rules_that_defeat_each_other_at_different_times_are_no_circle() -> None:
    old = {
        "from": "2000-01-01",
        "to": "2009-12-31",
        "rules": [rule("a", defeats=["b"]), rule("b", "permitted")],
    }
    new = {"from": "2010-01-01", "rules": [rule("b", "permitted", defeats=["a"]), rule("a")]}
    assert errors(pack("small", provisions=[provision("one", old, new)])) == []


def test_to_defeat_a_rule_of_the_same_finding_or_of_another_action_is_an_error() -> None:
    bar, other = rule("bar", when=HERE), rule("other", when=FREE, actions=["transfer"])
    way_out = rule("way-out", "permitted", FREE, defeats=["other"])
    same = rule("same", when=FREE, defeats=["bar"])
    assert errors(pack("small", bar, other, way_out, same)) == [
        ("small/way-out", "it defeats small/other, which is about no action of its own"),
        ("small/same", "it defeats small/bar, which finds prohibited as it does"),
    ]


def test_a_rule_of_the_same_name_in_another_text_is_not_what_a_rule_defeats() -> None:
    old = {"from": "2000-01-01", "to": "2009-12-31", "rules": [rule("b", actions=["transfer"])]}
    new = {"from": "2010-01-01", "rules": [rule("a", defeats=["b"]), rule("b", "permitted")]}
    assert errors(pack("small", provisions=[provision("one", old, new)])) == []


def test_a_law_that_requires_and_prohibits_at_once_is_an_error_unless_one_rule_defeats_the_other() -> None:
    must, must_not = rule("must", "required", HERE), rule("must-not", when=FREE)
    assert errors(pack("small", must, must_not)) == [
        ("small", "from 2000-01-01 it both requires and prohibits hold; say which rule defeats the other")
    ]
    assert errors(pack("small", must, {**must_not, "defeats": ["must"]})) == []


def test_a_requirement_that_meets_a_prohibition_of_another_layer_is_a_warning() -> None:
    law = law_of(pack("top", rule("must", "required", HERE)), pack("floor", rule("must-not", when=FREE)))
    assert remarks(law, "error") == []
    assert warnings_about("top", law) == [
        "from 2000-01-01 one layer requires hold while another prohibits it"
    ]


def test_a_rule_that_never_decides_is_a_warning_for_each_action() -> None:
    floor = pack("floor", rule("bar", actions=["hold", "arrest"]))
    leave = rule("leave", "permitted", HERE, actions=["hold", "transfer"])
    top = pack("top", leave, rule("never", when={"all": [HERE, {"not": HERE}]}), rule("too", when=FREE))
    law = law_of(top, floor)
    idle = [(where, message) for where, message in remarks(law, "warning") if "never decides" in message]
    assert idle == [
        ("top/leave", "it never decides hold, whatever the facts"),
        ("top/never", "it never decides hold, whatever the facts"),
    ]


def test_a_rule_defeated_wherever_it_holds_never_decides() -> None:
    law = law_of(
        pack(
            "small",
            rule("bar", when={"all": [HERE, FREE]}),
            rule("leave", "permitted", HERE, defeats=["bar"]),
        )
    )
    assert "it never decides hold, whatever the facts" in warnings_about("small/bar", law)


def test_a_rule_that_decided_in_an_earlier_era_is_not_idle() -> None:
    later = pack(
        "floor",
        begins="2010-01-01",
        provisions=[provision("one", {"from": "2010-01-01", "rules": [rule("bar")]})],
    )
    law = law_of(pack("top", rule("leave", "permitted")), later)
    assert "it never decides hold, whatever the facts" not in warnings_about("top/leave", law)


def test_a_position_needs_the_facts_its_premise_rests_on() -> None:
    position = {"fact": "position.clerk", "is": True}
    clerk = FACTS["position.clerk"]["premise"]
    assert errors(pack("small", rule("bar", when=position))) == [
        ("small/bar", "it asks for position.clerk without warrant.signed_by, on which that rests")
    ]
    assert errors(pack("small", rule("bar", when={"all": [clerk, position]}))) == []


def test_a_source_nobody_uses_is_a_warning() -> None:
    sources = {name: {"title": name, "at": "https://example.org"} for name in ("S-1", "S-2", "S-22")}
    law = law_of(pack("small", rule("bar", sources=["S-1"]), note="As S-22 says.", sources=sources))
    unused = "no rule, definition, duty or note uses it"
    assert warnings_about("small: source S-1", law) == []
    assert warnings_about("small: source S-2", law) == [unused]
    assert warnings_about("small: source S-22", law) == []


def test_rules_facts_and_days_without_an_example_are_warnings() -> None:
    law = law_of(pack("small", rule("bar", when=HERE)))
    assert remarks(law, "warning") == [
        ("small/bar", "no worked example about hold rests on it (text from 2000-01-01)"),
        ("small: fact custody.here", "no worked example leaves it unknown where it decides"),
        ("small: 1999-12-31", "no worked example on the day before of a change of the law"),
        ("small: 2000-01-01", "no worked example on the day of a change of the law"),
    ]
    covered = [
        {"at": "1999-12-31", "expect": {"hold": "not-regulated"}},
        {"at": "2000-01-01", "expect": {"hold": "undetermined"}},
        {"at": "2005-06-01", "facts": {"custody.here": True}},
    ]
    assert remarks(law, "warning", *covered) == []


def test_a_remark_is_plain_data() -> None:
    assert Remark("error", "small/bar", "wrong").severity == "error"
