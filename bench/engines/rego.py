"""Rego, by rego-cpp: an else-chain for each action, built into a bundle once; JSON null is unknown."""

import json

from regopy import Input, Interpreter

from bench.cases import Case
from bench.policy.rules import ACTIONS, Leaf, leaves

ENGINE = "regopy"


def decide(case: Case) -> tuple[str, ...]:
    """The outcomes of the six actions."""
    REGO.set_input(Input(case))
    expressions = json.loads(str(REGO.query_bundle(BUNDLE)))
    outcomes: list[str] = _result(expressions)["expressions"][0]
    return tuple(outcomes)


def _result(answer: object) -> dict[str, list[list[str]]]:
    return answer[0] if isinstance(answer, list) else answer  # type: ignore[return-value]  # one query, one result


def _module() -> str:
    rules = "\n\n".join(f"{action} := {_chain(leaves(action))}" for action in ACTIONS)
    return f"package yardstick\n\nimport rego.v1\n\n{rules}\n\noutcomes := [{', '.join(ACTIONS)}]\n"


def _chain(rows: list[Leaf]) -> str:
    return " else := ".join(f"{json.dumps(leaf.outcome)} if {{ {_body(leaf)} }}" for leaf in rows)


def _body(leaf: Leaf) -> str:
    tests = [_test(fact, words) for fact, words in leaf.facts.items()]
    tests += [f"input.received >= {leaf.since}", f"input.received < {leaf.until}"]
    return "; ".join(tests)


def _test(fact: str, words: tuple[str | bool | None, ...]) -> str:
    if len(words) == 1:
        return f"input.{fact} == {json.dumps(words[0])}"
    return f"input.{fact} in {{{', '.join(json.dumps(word) for word in words)}}}"


REGO = Interpreter()
REGO.add_module("yardstick", _module())
BUNDLE = REGO.build("data.yardstick.outcomes")
