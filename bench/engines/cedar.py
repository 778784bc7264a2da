"""Cedar, by cedarpy: permit is permitted, forbid prohibited, a forbid named `…?` undetermined.

An unknown fact is an absent attribute. Cedar has no order, so each policy excludes the rows before it.
"""

import json

import cedarpy

from bench.cases import Case
from bench.policy.rules import ACTIONS, MAY_BE_UNKNOWN, Leaf, leaves

ENGINE = "cedarpy"


def decide(case: Case) -> tuple[str, ...]:
    """The outcomes of the six actions, a request for each."""
    context = {name: value for name, value in case.items() if value is not None}
    return tuple(_outcome(request, context) for request in REQUESTS)


def _outcome(request: dict[str, str], context: Case) -> str:
    answer = cedarpy.is_authorized({**request, "context": context}, POLICIES, ENTITIES)
    (reason,) = answer.diagnostics.reasons
    return OUTCOMES[reason]


def _policies() -> tuple[str, dict[str, str]]:
    """The text, and the outcome each policy stands for by the name Cedar gives it."""
    texts: list[str] = []
    outcomes: dict[str, str] = {}
    for action in ACTIONS:
        before: list[str] = []
        for leaf in leaves(action):
            effect = "permit" if leaf.outcome.startswith("permitted") else "forbid"
            test = _test(leaf)
            unless = f" unless {{ {' || '.join(before)} }}" if before else ""
            outcomes[f"policy{len(texts)}"] = leaf.outcome
            texts.append(
                f'{effect} (principal, action == Action::"{action}", resource) when {{ {test} }}{unless};'
            )
            before.append(f"({test})")
    return "\n".join(texts), outcomes


def _test(leaf: Leaf) -> str:
    tests = [_known(fact, words) for fact, words in leaf.facts.items()]
    if leaf.since:
        tests.append(f"context.received >= {leaf.since}")
    if leaf.until < 99999999:
        tests.append(f"context.received < {leaf.until}")
    return " && ".join(tests) or "true"


def _known(fact: str, words: tuple[str | bool | None, ...]) -> str:
    values = [json.dumps(word) for word in words if word is not None]
    same = (
        f"[{', '.join(values)}].contains(context.{fact})"
        if len(values) > 1
        else f"context.{fact} == {values[0]}"
    )
    if None in words:
        return f"(!(context has {fact}) || {same})"
    return f"(context has {fact} && {same})" if fact in MAY_BE_UNKNOWN else same


_TEXT, OUTCOMES = _policies()
POLICIES = cedarpy.PolicySet.from_str(_TEXT)
ENTITIES = cedarpy.Entities.from_json_str("[]")
REQUESTS = [
    {"principal": 'User::"agency"', "action": f'Action::"{action}"', "resource": 'Case::"one"'}
    for action in ACTIONS
]
