"""The law engine of trustact, a case at a time: the same rules as a pack, the verdict alone, findings, full trace."""

import datetime as dt
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from bench.cases import Case, date_of
from bench.policy.rules import ACTIONS, DOMAINS
from trustact.law.decide import decide as decide_law
from trustact.law.explain import explain
from trustact.law.finding import Finding
from trustact.law.loading import load_law
from trustact.terms import Action

ENGINE = "trustact"
LAW = load_law("yardstick", Path(__file__).parents[1] / "policy")
ASKED = [Action(name) for name in ACTIONS]


def decide(case: Case) -> tuple[str, ...]:
    """The outcomes of the six actions, from the product's ordinary call: findings with reasons and next questions."""
    return tuple(
        map(
            _outcome, decide_law(LAW, {name: case[name] for name in DOMAINS}, moment(case["received"]), ASKED)
        )
    )


def traced(case: Case) -> tuple[str, ...]:
    """The same from full traces: how every rule stands, why, in words."""
    facts = {name: case[name] for name in DOMAINS}
    return tuple(_outcome(trace.finding) for trace in explain(LAW, facts, moment(case["received"]), ASKED))


@cache
def moment(day: int) -> dt.datetime:
    """Noon of a day; the packaged engines get the day ready-made as well."""
    return dt.datetime.combine(date_of(day), dt.time(12), ZoneInfo(LAW.data.time_zone))


def _outcome(finding: Finding) -> str:
    rule = finding.because[0].rule.partition("/")[2] if finding.because else ""
    return f"{finding.finding.value} {rule}"
