"""GoRules zen: one graph, a first-hit decision table for each action; null is unknown."""

import json
from typing import Any

import zen

from bench.cases import Case
from bench.policy.rules import ACTIONS, DOMAINS, Leaf, leaves

ENGINE = "zen-engine"
INPUTS = (*DOMAINS, "received")


def decide(case: Case, *, trace: bool = False) -> tuple[str, ...]:
    """The outcomes of the six actions."""
    result = DECISION.evaluate(case, {"trace": True} if trace else None)["result"]
    return tuple(result[action] for action in ACTIONS)


def traced(case: Case) -> tuple[str, ...]:
    """The same, with the trace of every table."""
    return decide(case, trace=True)


def _graph() -> dict[str, Any]:
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode"},
        {"id": "out", "name": "out", "type": "outputNode"},
        *({"id": a, "name": a, "type": "decisionTableNode", "content": _table(a)} for a in ACTIONS),
    ]
    ends = [end for action in ACTIONS for end in (("in", action), (action, "out"))]
    edges = [{"id": f"{a}-{b}", "sourceId": a, "targetId": b, "type": "edge"} for a, b in ends]
    return {"nodes": nodes, "edges": edges}


def _table(action: str) -> dict[str, Any]:
    return {
        "hitPolicy": "first",
        "inputs": [{"id": name, "name": name, "field": name} for name in INPUTS],
        "outputs": [{"id": "outcome", "name": action, "field": action}],
        "rules": [_row(str(index), leaf) for index, leaf in enumerate(leaves(action))],
    }


def _row(row: str, leaf: Leaf) -> dict[str, str]:
    cells = {fact: ", ".join(json.dumps(word) for word in words) for fact, words in leaf.facts.items()}
    days = f"[{leaf.since}..{leaf.until})"
    return {
        "_id": row,
        **dict.fromkeys(INPUTS, ""),
        **cells,
        "received": days,
        "outcome": json.dumps(leaf.outcome),
    }


DECISION = zen.ZenEngine().create_decision(json.dumps(_graph()))
