"""The plan of a law: for each action, when each finding stands and which rule decides it, as gates of a circuit.

A finding follows from its rules by three-valued logic, laid out here once for all dates. Where that logic is
less exact than the law engine, because two open conditions settle the answer between them, the plan adds the
grounds it misses: the states of knowledge that have the finding whichever way the open facts turn out. So
every gate of the plan agrees with `trustact.law.decide` in every case.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

import msgspec

from trustact.bulk.circuit import Among, Circuit
from trustact.bulk.columns import Inputs
from trustact.bulk.grounds import Grounds
from trustact.failures import BadInput
from trustact.law.decide import in_force
from trustact.law.loading import Law
from trustact.law.pack import Pack, Rule
from trustact.law.period import DAY, Span
from trustact.terms import Action, Verdict

RULED = (Verdict.PROHIBITED, Verdict.REQUIRED, Verdict.PERMITTED)


class Outcome(msgspec.Struct, frozen=True):
    """One action: the gate of each finding that can stand, never two at once, and of each rule that decides.

    Where no finding's gate is true the action is undetermined. Of the rules the first true one counts, and
    `ruled` is where there is one.
    """

    action: Action
    findings: tuple[tuple[Verdict, int], ...]
    rules: tuple[tuple[str, int], ...]
    ruled: int

    @property
    def gates(self) -> list[int]:
        """The numbers of all its gates."""
        return [*(gate for _, gate in (*self.findings, *self.rules)), self.ruled]

    @property
    def rule_column(self) -> str:
        """The name of the column with the deciding rule."""
        return f"{self.action}_rule"


class Plan(msgspec.Struct, frozen=True):
    """What there is to work out for every row: the circuit, and the outcome of each action asked for."""

    law: Law
    circuit: Circuit
    outcomes: tuple[Outcome, ...]

    def facts_to_read(self, given: Inputs) -> list[str]:
        """The facts whose columns are read: those some rule asks for, and any whose words could be wrong."""
        asked = {gate.fact for gate in self.circuit.gates if isinstance(gate, Among)}
        return [name for name, kind in given.facts.items() if name in asked or kind == "text"]


def plan(law: Law, actions: Iterable[Action | str] | None = None) -> Plan:
    """The plan of a law for some actions (all twelve without); kept with the law.

    Raises BadInput for rules that defeat one another in a circle, ValueError for an unknown action.
    """
    wanted = tuple(map(Action, Action if actions is None else actions))
    plans: dict[tuple[Action, ...], Plan] = law.__dict__.setdefault("_plans", {})
    if wanted not in plans:
        circuit = Circuit()
        texts = _texts(law, circuit)
        plans[wanted] = Plan(law, circuit, tuple(_outcome(law, circuit, action, texts) for action in wanted))
    return plans[wanted]


def _texts(law: Law, circuit: Circuit) -> list[tuple[Span, Grounds]]:
    """The grounds in force in each span between two days on which some rule begins or has ended."""
    days = sorted({day for pack in law.layers for day in (*pack.turning_days(), pack.data.begins)})
    ends = [*(day - DAY for day in days[1:]), None]
    noons = [dt.datetime.combine(day, dt.time(12), ZoneInfo(law.data.time_zone)) for day in days]
    return [
        (Span(day, end), Grounds(in_force(law, noon), circuit))
        for day, end, noon in zip(days, ends, noons, strict=True)
    ]


def _outcome(law: Law, circuit: Circuit, action: Action, texts: Sequence[tuple[Span, Grounds]]) -> Outcome:
    layers = [_Layer(circuit, pack, action) for pack in law.layers]
    stands = _standing(circuit, [item for layer in layers for item in layer.applying()])
    sure = [item for layer in layers for item in layer.surely_applying()]
    missed = {
        verdict: [
            circuit.both(
                [circuit.during(span), *(circuit.among(fact, values) for fact, values in ground.items())]
            )
            for span, grounds in texts
            for ground in grounds.missed(action, verdict, stands[verdict])
        ]
        for verdict in stands
    }
    findings = {v: circuit.either([circuit.surely(gate), *missed[v]]) for v, gate in stands.items()}
    rules = [
        (rule.id, gate)
        for verdict in RULED
        for rule, gate in _deciding(
            circuit, verdict, findings[verdict], sure, layers, whole=not missed[verdict]
        )
    ]
    return Outcome(
        action,
        tuple((verdict, gate) for verdict, gate in findings.items() if gate != circuit.never),
        tuple((rule, gate) for rule, gate in rules if gate != circuit.never),
        circuit.either(findings[verdict] for verdict in RULED),
    )


class _Layer:
    """The rules of one pack that speak of an action, each with the gate of its condition on its own days."""

    def __init__(self, circuit: Circuit, pack: Pack, action: Action) -> None:
        self._circuit = circuit
        self.rules = [rule for rule in pack.rules if action in rule.actions]
        self.holds = {
            id(rule): circuit.both([circuit.during(rule.span), circuit.condition(rule.when)])
            for rule in self.rules
        }

    def applying(self) -> list[tuple[Rule, int]]:
        """The rules with the gate that they apply: their condition holds and no applying rule defeats them."""
        return self._undefeated(self.holds)

    def surely_applying(self) -> list[tuple[Rule, int]]:
        """The same among the rules whose condition surely holds, as if every other one did not."""
        return self._undefeated({rule: self._circuit.surely(gate) for rule, gate in self.holds.items()})

    def _undefeated(self, holds: dict[int, int]) -> list[tuple[Rule, int]]:
        circuit, gates = self._circuit, dict[int, int]()

        def applies(rule: Rule, above: tuple[Rule, ...]) -> int:
            if rule in above:
                raise BadInput(f"{rule.id}: its defeats come back to it, so that none of them can be settled")
            if id(rule) not in gates:
                defeating = [other for other in self.rules if rule.id in other.defeats and _meet(rule, other)]
                defeated = circuit.either(applies(other, (*above, rule)) for other in defeating)
                gates[id(rule)] = circuit.both([holds[id(rule)], circuit.opposite(defeated)])
            return gates[id(rule)]

        return [(rule, applies(rule, ())) for rule in self.rules]


def _meet(one: Rule, other: Rule) -> bool:
    return one.span.first in other.span or other.span.first in one.span


def _standing(circuit: Circuit, applying: Sequence[tuple[Rule, int]]) -> dict[Verdict, int]:
    """The gate of each finding: prohibited beats required beats permitted, and the first two together conflict."""
    some = {word: circuit.either(g for rule, g in applying if rule.finding == word) for word in RULED}
    none = {word: circuit.opposite(gate) for word, gate in some.items()}
    prohibited, required, permitted = RULED
    return {
        prohibited: circuit.both([some[prohibited], none[required]]),
        required: circuit.both([some[required], none[prohibited]]),
        permitted: circuit.both([some[permitted], none[prohibited], none[required]]),
        Verdict.NOT_REGULATED: circuit.both(none.values()),
    }


def _deciding(
    circuit: Circuit,
    verdict: Verdict,
    finding: int,
    sure: Sequence[tuple[Rule, int]],
    layers: Sequence[_Layer],
    *,
    whole: bool,
) -> list[tuple[Rule, int]]:
    """The rules behind a finding, in order, each with its gate.

    They are those that surely apply. Where the sure rules alone do not give the finding, which happens only on
    grounds the rules' own logic misses (`whole` False), they are those that may hold.
    """
    certain = [(rule, circuit.both([finding, gate])) for rule, gate in sure if rule.finding == verdict]
    if whole:
        return certain
    told = _standing(circuit, sure)[verdict]
    untold = circuit.both([finding, circuit.opposite(told)])
    possible = [
        (
            rule,
            circuit.both([untold, circuit.opposite(circuit.surely(circuit.opposite(layer.holds[id(rule)])))]),
        )
        for layer in layers
        for rule in layer.rules
        if rule.finding == verdict
    ]
    return [(rule, circuit.both([told, gate])) for rule, gate in certain] + possible
