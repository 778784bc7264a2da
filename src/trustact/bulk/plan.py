"""The plan of a law: for each action, when each finding stands and which rule decides it, as gates of a circuit.

A finding follows from its rules by three-valued logic, laid out here once for all dates. Where that logic is
less exact than the law engine, because two open conditions settle the answer between them, the plan adds the
grounds it misses: the states of knowledge that have the finding whichever way the open facts turn out. So
every gate of the plan agrees with `trustact.law.decide` in every case.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from zoneinfo import ZoneInfo

import msgspec

from trustact.bulk.circuit import Among, Circuit
from trustact.bulk.columns import Inputs
from trustact.bulk.grounds import Grounds, Wanted
from trustact.failures import BadInput
from trustact.law.in_force import in_force
from trustact.law.loading import Law
from trustact.law.pack import Rule
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


class Plan(msgspec.Struct, frozen=True, dict=True):
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
        eras = _eras(law, circuit)
        plans[wanted] = Plan(law, circuit, tuple(_outcome(law, circuit, action, eras) for action in wanted))
    return plans[wanted]


def _eras(law: Law, circuit: Circuit) -> "Eras":
    """The grounds in force in each span between two days on which some rule begins or has ended."""
    days = sorted({day for pack in law.layers for day in pack.version_days()})
    ends = [*(day - DAY for day in days[1:]), None]
    noons = [dt.datetime.combine(day, dt.time(12), ZoneInfo(law.data.time_zone)) for day in days]
    return [
        (Span(day, end), Grounds(in_force(law, noon), circuit))
        for day, end, noon in zip(days, ends, noons, strict=True)
    ]


Eras = Sequence[tuple[Span, Grounds]]


def _outcome(law: Law, circuit: Circuit, action: Action, eras: Eras) -> Outcome:
    writer = _Writer(law, circuit, action, eras)
    findings = writer.findings()
    rules = [case for verdict in RULED for case in writer.deciding(verdict, findings[verdict])]
    return Outcome(
        action,
        tuple((verdict, gate) for verdict, gate in findings.items() if gate != circuit.never),
        tuple((rule, gate) for rule, gate in rules if gate != circuit.never),
        circuit.either(findings[verdict] for verdict in RULED),
    )


class _Writer:
    """Writes the gates of one action."""

    def __init__(self, law: Law, circuit: Circuit, action: Action, eras: Eras) -> None:
        self._circuit, self._action, self._eras = circuit, action, eras
        layers = [[rule for rule in pack.rules if action in rule.actions] for pack in law.layers]
        self._applying = [
            (rule, gate) for layer in layers for rule, gate in zip(layer, self._applies(layer), strict=True)
        ]

    def findings(self) -> dict[Verdict, int]:
        """The gate of each finding: prohibited beats required beats permitted, and the first two together conflict."""
        circuit = self._circuit
        some = {
            word: circuit.either(g for rule, g in self._applying if rule.finding == word) for word in RULED
        }
        none = {word: circuit.opposite(gate) for word, gate in some.items()}
        prohibited, required, permitted = RULED
        stands = {
            prohibited: circuit.both([some[prohibited], none[required]]),
            required: circuit.both([some[required], none[prohibited]]),
            permitted: circuit.both([some[permitted], none[prohibited], none[required]]),
            Verdict.NOT_REGULATED: circuit.both(none.values()),
        }
        findings = {
            verdict: self._exact(circuit.surely(gate), _gives(verdict)) for verdict, gate in stands.items()
        }
        for verdict, gate in findings.items():
            circuit.names.setdefault(gate, f"{self._action} {verdict}")
        return findings

    def deciding(self, verdict: Verdict, finding: int) -> Iterator[tuple[str, int]]:
        """The rules behind a finding, in order, each with its gate.

        They are those that decide whatever the facts not known turn out to be. Where there is none, those that
        decide in some case.
        """
        circuit = self._circuit
        rules = [(rule, gate) for rule, gate in self._applying if rule.finding == verdict]
        certain = []
        for rule, gate in rules:
            surely = circuit.both([finding, circuit.surely(gate)])
            certain.append((rule.id, self._exact(surely, _always_decided(verdict, rule), rule.span)))
        yield from certain
        if any(grounds.arises(self._action, _in_doubt(verdict)) for _, grounds in self._eras):
            told = circuit.either(gate for _, gate in certain)
            untold = circuit.both([finding, circuit.opposite(told)])
            for rule, gate in rules:
                excluded = circuit.either([told, circuit.surely(circuit.opposite(gate))])
                impossible = self._exact(excluded, _never_decided(verdict, rule), rule.span)
                yield rule.id, circuit.both([untold, circuit.opposite(impossible)])

    def _exact(self, gate: int, wanted: Wanted, within: Span | None = None) -> int:
        """A gate that is never open, with the grounds it misses, on the days of a span, of what it is to say.

        What is wanted must be something that stays so, whatever else becomes known.
        """
        circuit = self._circuit
        missed = [
            circuit.surely(
                circuit.both([circuit.during(era), *(circuit.among(*item) for item in ground.items())])
            )
            for era, grounds in self._eras
            if within is None or era.first in within
            for ground in grounds.missed(self._action, wanted, gate)
        ]
        return circuit.either([gate, *missed])

    def _applies(self, layer: Sequence[Rule]) -> list[int]:
        """The gates of the rules of a pack: their condition holds and no applying rule defeats them."""
        gates: dict[int, int] = {}

        def applies(rule: Rule, above: tuple[Rule, ...]) -> int:
            if rule in above:
                raise BadInput(f"{rule.id}: its defeats come back to it, so that none of them can be settled")
            if id(rule) not in gates:
                defeating = [other for other in layer if rule.id in other.defeats and _meet(rule, other)]
                defeated = self._circuit.either(applies(other, (*above, rule)) for other in defeating)
                gates[id(rule)] = self._circuit.both([self._holds(rule), self._circuit.opposite(defeated)])
            return gates[id(rule)]

        return [applies(rule, ()) for rule in layer]

    def _holds(self, rule: Rule) -> int:
        gate = self._circuit.both([self._circuit.during(rule.span), self._circuit.condition(rule.when)])
        self._circuit.names.setdefault(gate, rule.id)
        return gate


def _gives(verdict: Verdict) -> Wanted:
    return lambda settled: settled.verdict is verdict


def _always_decided(verdict: Verdict, rule: Rule) -> Wanted:
    return lambda settled: settled.verdict is verdict and rule.id in settled.always


def _never_decided(verdict: Verdict, rule: Rule) -> Wanted:
    return lambda settled: settled.verdict is verdict and rule.id not in settled.sometimes


def _in_doubt(verdict: Verdict) -> Wanted:
    return lambda settled: settled.verdict is verdict and not settled.always


def _meet(one: Rule, other: Rule) -> bool:
    return one.span.first in other.span or other.span.first in one.span
