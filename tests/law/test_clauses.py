"""A rule whose condition differs by action: one id, and for each action the answer of its own clause."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.law.small import law_of, pack, rule
from trustact.facts import Value
from trustact.law.check import check
from trustact.law.decide import decide
from trustact.law.loading import Law

AT = dt.datetime(2015, 6, 1, 12, tzinfo=dt.UTC)
HERE = {"fact": "custody.here", "is": True}
LETTER = {"fact": "request.form", "is": "letter"}
ORDER = {"fact": "request.form", "is": "order"}
ACTIONS = ("hold", "arrest", "notify_release")

ARREST: dict[str, Any] = {
    "actions": ["arrest"],
    "when": LETTER,
    "says": "Nobody is arrested.",
    "cite": "s. 2",
}
NOTIFY: dict[str, Any] = {"actions": ["notify_release"], "finding": "required", "evidence": "secondary"}
ORDERED: dict[str, Any] = {"actions": list(ACTIONS), "when": ORDER}
WITH_CLAUSES = law_of(
    pack(
        "small",
        rule("bar", when=HERE, also=[ARREST, NOTIFY]),
        rule("order", "permitted", defeats=["bar"], **ORDERED),
    )
)
SPLIT = law_of(
    pack(
        "small",
        rule("bar", when=HERE),
        rule("bar-arrest", **ARREST),
        rule("bar-notice", when=HERE, says="bar says so.", cite="s. bar", **NOTIFY),
        rule("order", "permitted", defeats=["bar", "bar-arrest", "bar-notice"], **ORDERED),
    )
)


def answers(law: Law, facts: Mapping[str, Value]) -> list[Any]:
    """What a law says of every action, its rules by their words."""
    return [
        (found.finding, found.missing, [(b.says, b.cite, b.evidence) for b in found.because])
        for found in decide(law, facts, AT, ACTIONS)
    ]


values = {name: st.sampled_from(fact.domain) for name, fact in WITH_CLAUSES.book.facts.items()}


@given(st.fixed_dictionaries({}, optional=values))
def test_clauses_answer_as_rules_of_their_own_would(facts: dict[str, Value]) -> None:
    assert answers(WITH_CLAUSES, facts) == answers(SPLIT, facts)


def test_every_clause_is_cited_under_the_id_of_its_rule_in_its_own_words() -> None:
    said = [
        [(because.rule, because.says, because.cite) for because in found.because]
        for found in decide(WITH_CLAUSES, {"custody.here": True, "request.form": "letter"}, AT, ACTIONS)
    ]
    assert said == [
        [("small/bar", "bar says so.", "s. bar")],
        [("small/bar", "Nobody is arrested.", "s. 2")],
        [("small/bar", "bar says so.", "s. bar")],
    ]


def test_a_rule_may_defeat_a_rule_of_which_one_clause_alone_shares_its_actions() -> None:
    assert [remark for remark in check(WITH_CLAUSES, []) if remark.severity == "error"] == []
    law = law_of(
        pack(
            "small", rule("bar", when=HERE, also=[ARREST]), rule("order", "permitted", ORDER, defeats=["bar"])
        )
    )
    assert [remark for remark in check(law, []) if remark.severity == "error"] == []
    idle = rule("order", "permitted", ORDER, defeats=["bar"], actions=["transfer"])
    law = law_of(pack("small", rule("bar", when=HERE, also=[ARREST]), idle))
    assert [remark.message for remark in check(law, []) if remark.severity == "error"] == [
        "it defeats small/bar, which is about no action of its own"
    ]
