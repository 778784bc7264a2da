"""One case: what every action costs, with and without trace, beside plain Python and the packaged engines."""

import datetime as dt
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from typing import Any

from bench import boston, cases
from bench.boston_cases import Facts, moment, random_cases
from bench.boston_cases import boston as boston_law
from bench.engines import cedar, cel_rust, openfisca, plain, rego, trustact_desk, zen_engine
from bench.rounds import Times, Work, alternate
from bench.sheet import Sheet, micro, target, times
from trustact.law.decide import decide
from trustact.law.diagram import look_up
from trustact.law.explain import explain
from trustact.law.in_force import in_force
from trustact.law.loading import Law, load_law
from trustact.terms import Action

CALLS = {"cedarpy": 40, "regopy": 60, "OpenFisca": 15, "zen-engine": 150, "zen-engine, traced": 100}
ACTIONS = tuple(Action)
BEFORE = 20_000
"""Other cases decided before the clock starts, as in an office that has used a law for a while."""


def one_case(*, quick: bool) -> tuple[list[Sheet], list[tuple[str, str, str]]]:
    """The sheets of both laws, and how the targets stand."""
    rounds, calls = (5, 150) if quick else (9, 600)
    yard = alternate(_yardstick(calls), rounds)
    known = alternate(_boston(0.0, calls), rounds)
    some = alternate(_boston(0.25, calls), rounds)
    few = alternate(_boston(0.25, calls, patterns=40), rounds)
    first = alternate(_first(rounds), rounds)
    sheets = [
        _sheet("One case of the yardstick, six actions", yard, plain.ENGINE),
        _sheet("One case of the Boston law, twelve actions, every fact known", known, BY_HAND),
        _sheet("One case of the Boston law, twelve actions, a quarter of the facts unknown", some, BY_HAND),
        _sheet("The same, a few patterns of facts coming again and again", few, BY_HAND),
        _sheet("The same, the first hundred cases after the law is loaded", first, BY_HAND),
    ]
    return sheets, _targets(yard, known, some, few)


def _yardstick(calls: int) -> dict[str, Work]:
    drawn = cases.random_cases(20 + 9 * calls, 5)
    for case in cases.random_cases(BEFORE, 6):
        trustact_desk.decide(case), trustact_desk.traced(case)
    engines: dict[str, Callable[[Any], object]] = {
        plain.ENGINE: plain.decide,
        VERDICT: _yard_verdicts,
        FINDINGS: trustact_desk.decide,
        TRACE: trustact_desk.traced,
        cel_rust.ENGINE: cel_rust.decide,
        zen_engine.ENGINE: zen_engine.decide,
        f"{zen_engine.ENGINE}, traced": zen_engine.traced,
        rego.ENGINE: rego.decide,
        cedar.ENGINE: cedar.decide,
        openfisca.ENGINE: openfisca.decide,
    }
    return {name: _over(decide, drawn, CALLS.get(name, calls)) for name, decide in engines.items()}


BY_HAND = "plain Python, findings alone"
VERDICT = "trustact, verdict alone"
FINDINGS = "trustact, findings with reasons"
TRACE = "trustact, full trace"


def _boston(unknown: float, calls: int, patterns: int = 0) -> dict[str, Work]:
    drawn = random_cases(patterns or 20 + 9 * calls, 5, unknown)
    for case in random_cases(BEFORE, 6, unknown):
        _findings(case), _traces(case)
    return {
        BY_HAND: _over(lambda case: boston.decide(*case), drawn, calls),
        VERDICT: _over(_verdicts, drawn, calls),
        FINDINGS: _over(_findings, drawn, calls),
        TRACE: _over(_traces, drawn, calls),
    }


def _first(rounds: int) -> dict[str, Work]:
    """A hundred cases under a law that has never been asked anything, a new one each round."""
    drawn = random_cases(100, 7)
    laws = iter([load_law("us-ma-boston") for _ in range(2 * rounds)])

    def each(call: Callable[[Law, Facts, dt.datetime], object]) -> Callable[[], None]:
        def run() -> None:
            law = next(laws)
            for facts, day in drawn:
                call(law, facts, moment(day))

        return run

    by_hand = _over(lambda case: boston.decide(*case), drawn, len(drawn))
    return {BY_HAND: by_hand, FINDINGS: (each(decide), len(drawn)), TRACE: (each(explain), len(drawn))}


def _yard_verdicts(case: cases.Case) -> None:
    text = in_force(trustact_desk.LAW, trustact_desk.moment(case["received"]))
    facts = {name: value for name, value in case.items() if value is not None}
    for action in trustact_desk.ASKED:
        look_up(text.table(action), facts)


def _verdicts(case: tuple[Facts, int]) -> None:
    text = in_force(boston_law(), moment(case[1]))
    facts = boston_law().book.counted(case[0])
    for action in ACTIONS:
        look_up(text.table(action), facts)


def _findings(case: tuple[Facts, int]) -> None:
    decide(boston_law(), case[0], moment(case[1]))


def _traces(case: tuple[Facts, int]) -> None:
    explain(boston_law(), case[0], moment(case[1]))


def _over(decide: Callable[[Any], object], drawn: Sequence[Any], calls: int) -> Work:
    """Some calls a round, each on the next case: none comes twice while there are new ones."""
    following = cycle(drawn)
    for case in islice(following, 20):
        decide(case)

    def run() -> None:
        for case in list(islice(following, calls)):
            decide(case)

    return run, calls


def _sheet(heading: str, taken: dict[str, Times], yard: str) -> Sheet:
    rows = [
        (name, times(took.each / taken[yard].each), micro(took.each), f"{took.spread:.2g}")
        for name, took in taken.items()
    ]
    note = (
        f"Cases are drawn evenly. {BEFORE:,} others were decided before, for the engine remembers the ways it has taken; "
        "the first hundred are those of a law just loaded; of the few patterns, each call has one of 40, as a desk "
        "meets them. The verdict alone is a walk down each action's table; where it ends at a question it says open, "
        "not yet whether the open answers agree. Findings is the ordinary call: facts checked, reasons, missing facts, "
        "the next question. The trace adds how every rule stands, why, in words."
    )
    return Sheet(heading, ("engine", "x plain Python", "a case", "slowest / fastest round"), rows, note)


def _targets(
    yard: dict[str, Times], known: dict[str, Times], some: dict[str, Times], few: dict[str, Times]
) -> list[tuple[str, str, str]]:
    ours = (plain.ENGINE, VERDICT, FINDINGS, TRACE)
    packaged = {name: took.each for name, took in yard.items() if name not in ours}
    traced = max(taken[TRACE].each / taken[BY_HAND].each for taken in (known, some))
    bare = max(taken[VERDICT].each / taken[BY_HAND].each for taken in (known, some))
    found = max(taken[FINDINGS].each / taken[BY_HAND].each for taken in (known, some))
    often = {name: few[name].each / few[BY_HAND].each for name in (FINDINGS, TRACE)}
    fastest = min(packaged, key=packaged.__getitem__)
    ratio = packaged[fastest] / yard[TRACE].each
    return [
        target("Boston, full trace: within 25x of plain Python", times(traced), holds=traced <= 25),
        target("the same, few patterns", times(often[TRACE]), holds=often[TRACE] <= 25),
        target(
            "full trace faster than every packaged engine",
            f"{times(ratio)} the speed of {fastest}",
            holds=ratio > 1,
        ),
        target("Boston without trace, verdict alone: within 3x", times(bare), holds=bare <= 3),
        target("Boston without trace, findings with reasons: within 3x", times(found), holds=found <= 3),
        target("the same, few patterns", times(often[FINDINGS]), holds=often[FINDINGS] <= 3),
    ]
