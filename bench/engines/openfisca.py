"""OpenFisca: a variable for each fact and action, numpy inside; a three-valued fact is a number, 2 is unknown.

Dated formulas follow the period of the simulation and not the row, so the day is a variable of each row.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from bench.cases import Case
from bench.policy.rules import ACTIONS, DOMAINS, leaves

ENGINE = "OpenFisca"
UNKNOWN = 2
PERIOD = "2025-01-01"
OUTCOMES = {action: list(dict.fromkeys(leaf.outcome for leaf in leaves(action))) for action in ACTIONS}
PERSON = build_entity(key="person", plural="persons", label="a person", is_person=True)
Column = np.ndarray[Any, np.dtype[Any]]


def code(fact: str, value: object) -> int:
    """A fact's value as a number: 0 and 1 for no and yes, else its place in the list of values."""
    if value is None:
        return UNKNOWN
    return int(value) if isinstance(value, bool) else DOMAINS[fact].index(str(value))


def columns(cases: list[Case]) -> dict[str, Column]:
    """Cases as columns of numbers."""
    facts = {fact: np.array([code(fact, case[fact]) for case in cases], np.int32) for fact in DOMAINS}
    return facts | {"received": np.array([case["received"] for case in cases], np.int32)}


def decide_columns(facts: Mapping[str, Column]) -> list[Column]:
    """The outcomes of the six actions, a column each, as places in the list of the action's outcomes."""
    simulation = SimulationBuilder().build_default_simulation(SYSTEM, len(facts["received"]))
    for fact, column in facts.items():
        simulation.set_input(fact, PERIOD, column)
    return [simulation.calculate(action, PERIOD) for action in ACTIONS]


def decide(case: Case) -> tuple[str, ...]:
    """The outcomes of one case."""
    return rows(decide_columns(columns([case])))[0]


def rows(results: list[Column]) -> list[tuple[str, ...]]:
    """Columns of outcomes as rows of words."""
    words = [[OUTCOMES[a][place] for place in column] for a, column in zip(ACTIONS, results, strict=True)]
    return list(zip(*words, strict=True))


def _formula(action: str) -> Callable[..., Column]:
    rows_of = leaves(action)
    places = [OUTCOMES[action].index(leaf.outcome) for leaf in rows_of]

    def formula(person: Any, period: Any) -> Column:
        read = {fact: person(fact, period) for fact in (*DOMAINS, "received")}
        tests = []
        for leaf in rows_of:
            test = (read["received"] >= leaf.since) & (read["received"] < leaf.until)
            for fact, words in leaf.facts.items():
                test &= np.isin(read[fact], [code(fact, word) for word in words])
            tests.append(test)
        chosen: Column = np.select(tests, places)
        return chosen

    return formula


def _variable(name: str, formula: Callable[..., Column] | None = None) -> type[Variable]:
    body: dict[str, Any] = {
        "value_type": int,
        "entity": PERSON,
        "definition_period": DateUnit.DAY,
        "default_value": UNKNOWN,
        "label": name,
    }
    return type(name, (Variable,), body | ({"formula": formula} if formula else {}))


def _system() -> TaxBenefitSystem:
    system = TaxBenefitSystem([PERSON])
    system.add_variables(*(_variable(fact) for fact in (*DOMAINS, "received")))
    system.add_variables(*(_variable(action, _formula(action)) for action in ACTIONS))
    return system


SYSTEM = _system()
