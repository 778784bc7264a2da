"""One case: what every action costs, with and without trace, beside plain Python and the packaged engines."""

from collections.abc import Callable, Sequence
from itertools import cycle, islice
from typing import Any

from bench import boston, cases
from bench.boston_cases import Facts, moment, random_cases
from bench.boston_cases import boston as boston_law
from bench.engines import cedar, cel_rust, openfisca, plain, rego, trustact_desk, zen_engine
from bench.rounds import Times, Work, alternate
from bench.sheet import Sheet, micro, target, times
from trustact.law.decide import decide, in_force
from trustact.law.explain import explain
from trustact.law.table import look_up
from trustact.terms import Action

CALLS = {"cedarpy": 40, "regopy": 60, "OpenFisca": 15, "zen-engine": 150, "zen-engine, traced": 100}
ACTIONS = tuple(Action)


def one_case(*, quick: bool) -> tuple[list[Sheet], list[tuple[str, str, str]]]:
    """The sheets of both laws, and how the targets stand."""
    rounds, calls = (5, 150) if quick else (9, 600)
    yard = alternate(_yardstick(calls), rounds)
    known = alternate(_boston(0.0, calls), rounds)
    some = alternate(_boston(0.25, calls), rounds)
    few = alternate(_boston(0.25, calls, patterns=40), rounds)
    sheets = [
        _sheet("One case of the yardstick, six actions", yard, plain.ENGINE),
        _sheet("One case of the Boston law, twelve actions, every fact known", known, BY_HAND),
        _sheet("One case of the Boston law, twelve actions, a quarter of the facts unknown", some, BY_HAND),
        _sheet("The same, a few patterns of facts coming again and again", few, BY_HAND),
    ]
    return sheets, _targets(yard, known, some, few)


def _yardstick(calls: int) -> dict[str, Work]:
    drawn = cases.random_cases(20 + 9 * calls, 5)
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
    return {
        BY_HAND: _over(lambda case: boston.decide(*case), drawn, calls),
        VERDICT: _over(_verdicts, drawn, calls),
        FINDINGS: _over(lambda case: decide(boston_law(), case[0], moment(case[1])), drawn, calls),
        TRACE: _over(_traces, drawn, max(20, calls // 10)),
    }


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


def _traces(case: tuple[Facts, int]) -> None:
    text = in_force(boston_law(), moment(case[1]))
    known = boston_law().book.check(case[0])
    for action in ACTIONS:
        explain(text, action, known)


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
        "Each call has a case of its own, drawn evenly, so nothing learnt from the last case helps; of the few patterns, each call has one of 40, as a desk meets them. The verdict alone is a walk down each action's table; where it ends at "
        "a question it says open, not yet whether the open answers agree. Findings is the ordinary call: facts "
        "checked, reasons, missing facts, the next question."
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
