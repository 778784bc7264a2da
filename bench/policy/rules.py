"""The yardstick's rules as rows, and the first-hit rows ("leaves") an engine of two truth values needs for them.

An engine that knows no third truth value needs a row more for every way of not knowing. With the rules of an
action in order, the floor is the first that is true; a blocker is an earlier rule that is open and finds
otherwise. A leaf holds where each of its facts has one of its words; None among the words means unknown.
"""

from collections.abc import Iterator
from typing import NamedTuple

ERA_1, ERA_2 = 20140820, 20191218
CIVIL = ("civil_detainer", "admin_warrant", "removal_warrant")
JUDICIAL = ("criminal_warrant", "judicial_order")
TRUE, FALSE = (True,), (False,)

DOMAINS: dict[str, tuple[str | bool, ...]] = {
    "document_kind": (*CIVIL, *JUDICIAL, "none"),
    "judge_signed": (True, False),
    "criminal_offence": (True, False),
    "eligible_for_release": (True, False),
    "written_consent": (True, False),
    "task_force": (True, False),
    "offence_class": ("none", "misdemeanor", "felony", "violent"),
    "request_purpose": ("civil_enforcement", "criminal_investigation", "public_safety", "unstated"),
}
MAY_BE_UNKNOWN = ("judge_signed", "criminal_offence", "eligible_for_release", "written_consent")

Words = tuple[str | bool | None, ...]


class Rule(NamedTuple):
    """A rule: holds from `since` to before `until` (days as numbers, 20140820) where each fact has such a word."""

    name: str
    finding: str
    facts: dict[str, Words]
    since: int = 0
    until: int = 99999999


class Leaf(NamedTuple):
    """A first-hit row: the outcome of a case in which every fact has one of the words, between the days."""

    outcome: str
    facts: dict[str, Words]
    since: int
    until: int


P, X = "permitted", "prohibited"
BY_JUDGE: dict[str, Words] = {"document_kind": JUDICIAL, "judge_signed": TRUE}
ORDER: dict[str, Words] = {"document_kind": ("judicial_order",), "judge_signed": TRUE}
INVESTIGATION: dict[str, Words] = {"request_purpose": ("criminal_investigation",)}

RULES: dict[str, tuple[Rule, ...]] = {
    "hold": (
        Rule(
            "H1", P, {"document_kind": ("criminal_warrant",), "judge_signed": TRUE, "criminal_offence": TRUE}
        ),
        Rule("H2", P, ORDER),
        Rule("H3", P, {}, until=ERA_1),
        Rule("H4", X, {"document_kind": CIVIL, "eligible_for_release": TRUE}, ERA_1),
        Rule("H5", P, {"eligible_for_release": FALSE}),
        Rule("H6", X, {}),
    ),
    "transfer": (
        Rule("T1", P, BY_JUDGE),
        Rule("T2", P, {}, until=ERA_1),
        Rule("T3", P, {"offence_class": ("violent",), "criminal_offence": TRUE}, ERA_1, ERA_2),
        Rule("T4", X, {}),
    ),
    "notify_release": (
        Rule("N1", P, BY_JUDGE),
        Rule("N2", P, {}, until=ERA_1),
        Rule("N3", P, {"offence_class": ("felony", "violent")}, ERA_1, ERA_2),
        Rule("N4", P, {"task_force": TRUE, **INVESTIGATION, "criminal_offence": TRUE}, ERA_2),
        Rule("N5", X, {}),
    ),
    "allow_interview": (
        Rule("I1", P, {"written_consent": TRUE}),
        Rule("I2", P, ORDER),
        Rule("I3", P, {"task_force": TRUE, **INVESTIGATION}),
        Rule("I4", X, {}),
    ),
    "share_personal_information": (
        Rule("S1", P, BY_JUDGE),
        Rule("S2", P, {**INVESTIGATION, "criminal_offence": TRUE}),
        Rule("S3", X, {"request_purpose": ("civil_enforcement",)}, ERA_1),
        Rule("S4", P, {}, until=ERA_1),
        Rule("S5", X, {}),
    ),
    "share_immigration_status": (Rule("C1", P, {}),),
}
ACTIONS = tuple(RULES)


def leaves(action: str) -> list[Leaf]:
    """The first-hit rows of an action, rows that can never be reached left out."""
    rows: list[Leaf] = []
    rules = RULES[action]
    for place, floor in enumerate(rules):
        for earlier in rules[:place]:
            if earlier.finding != floor.finding and any(fact in MAY_BE_UNKNOWN for fact in earlier.facts):
                rows += _met(f"undetermined {earlier.name}?", _or_unknown(earlier), floor)
        rows += _met(f"{floor.finding} {floor.name}", floor, floor)
    return rows


def _or_unknown(rule: Rule) -> Rule:
    """A rule that is not false: reached only where it is not true, so that it is open."""
    facts = {fact: (*words, None) if fact in MAY_BE_UNKNOWN else words for fact, words in rule.facts.items()}
    return rule._replace(facts=facts)


def _met(outcome: str, one: Rule, other: Rule) -> Iterator[Leaf]:
    facts = dict(one.facts)
    for fact, words in other.facts.items():
        facts[fact] = tuple(word for word in facts.get(fact, words) if word in words)
    since, until = max(one.since, other.since), min(one.until, other.until)
    if since < until and all(facts.values()):
        yield Leaf(outcome, facts, since, until)
