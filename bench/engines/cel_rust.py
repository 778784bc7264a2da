"""CEL, by the Rust wheel: a nested conditional for each action, all six in one list; null is unknown."""

import json

import cel

from bench.cases import Case
from bench.policy.rules import ACTIONS, Leaf, leaves

ENGINE = "CEL (Rust wheel)"


def decide(case: Case) -> tuple[str, ...]:
    """The outcomes of the six actions."""
    return tuple(PROGRAM.execute(case))


def _chain(rows: list[Leaf]) -> str:
    *before, last = rows
    return "".join(f"{_test(leaf)} ? {json.dumps(leaf.outcome)} : " for leaf in before) + json.dumps(
        last.outcome
    )


def _test(leaf: Leaf) -> str:
    tests = [_known(fact, words) for fact, words in leaf.facts.items()]
    if leaf.since:
        tests.append(f"received >= {leaf.since}")
    if leaf.until < 99999999:
        tests.append(f"received < {leaf.until}")
    return f"({' && '.join(tests) or 'true'})"


def _known(fact: str, words: tuple[str | bool | None, ...]) -> str:
    if len(words) == 1:
        return f"{fact} == {json.dumps(words[0])}"
    return f"({' || '.join(f'{fact} == {json.dumps(word)}' for word in words)})"


PROGRAM = cel.compile(f"[{', '.join(_chain(leaves(action)) for action in ACTIONS)}]")
