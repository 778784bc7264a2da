"""Walks through a diagram with "not known" as one more answer to every question.

Each step is worked out when first taken and then remembered, so that what a diagram comes to in a case costs a
look-up a fact. There are only as many steps as there are different things left to say.
"""

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from trustact.facts import Value
from trustact.law.diagram import Diagram, Diagrams, asks

L = TypeVar("L")
T = TypeVar("T")
MOST = 100_000
"""Steps remembered of one diagram; past that it is walked anew, so that memory stays bounded."""


class Told:
    """The facts told so far; to ask for one not told yet stops the asker until it is.

    `unclaimed` are the values of facts that are not known and yet count.
    """

    def __init__(self, answers: Mapping[str, Value | None], unclaimed: Mapping[str, Value]) -> None:
        self._answers, self._unclaimed = answers, unclaimed

    def get(self, fact: str, /) -> Value | None:
        """The fact's value, None where it is not known."""
        if fact not in self._answers:
            raise _Untold(fact)
        return self._answers[fact]

    def counted(self) -> "_Counted":
        """The facts as they count."""
        return _Counted(self, self._unclaimed)


class _Counted:
    def __init__(self, told: Told, unclaimed: Mapping[str, Value]) -> None:
        self._told, self._unclaimed = told, unclaimed

    def get(self, fact: str, /) -> Value | None:
        value = self._told.get(fact)
        return self._unclaimed.get(fact) if value is None else value


class _Untold(Exception):
    def __init__(self, fact: str) -> None:
        self.fact = fact


class _Step(Generic[L, T]):
    """A place in a walk: what is `left` of the diagram, and the `fact` to ask next; None at the end.

    `told`: the facts told after the diagram's own. `made`: what the end comes to.
    """

    __slots__ = ("after", "fact", "left", "made", "told")

    def __init__(
        self,
        left: Diagram[L],
        fact: str | None,
        told: "dict[str, Value | None] | None" = None,
        made: T | None = None,
    ) -> None:
        self.left = left
        self.fact = fact
        self.told = told
        self.made = made
        self.after: dict[Value | None, _Step[L, T]] = {}


class Walk(Generic[L, T]):
    """The walks through one diagram.

    `make` makes something of what is left of it, and may ask for further facts.
    """

    def __init__(
        self,
        diagrams: Diagrams,
        diagram: Diagram[L],
        make: Callable[[Diagram[L], Told], T],
        unclaimed: Mapping[str, Value],
    ) -> None:
        self._diagrams, self._diagram, self._make, self._unclaimed = diagrams, diagram, make, unclaimed
        self._begin()

    def _begin(self) -> None:
        self._count = 0
        self._steps: dict[tuple[Diagram[L], str | None], _Step[L, T]] = {}
        self._start = self._step(self._diagram, -1)

    def of(self, known: Mapping[str, Value]) -> T:
        """What the diagram comes to on the known facts."""
        step = self._start
        while (fact := step.fact) is not None:
            value = known.get(fact)
            step = step.after.get(value) or self._take(step, fact, value)
        return step.made  # type: ignore[return-value]  # an end has it made

    def _take(self, step: _Step[L, T], fact: str, value: Value | None) -> _Step[L, T]:
        self._count += 1
        if self._count > MOST:
            self._begin()
        if step.told is not None:
            after = self._end(step.left, {**step.told, fact: value})
        else:
            counts = self._unclaimed.get(fact) if value is None else value
            left = step.left if counts is None else self._diagrams.given(step.left, fact, counts)
            after = self._step(left, self._diagrams.ranks[fact])
        return step.after.setdefault(value, after)

    def _step(self, left: Diagram[L], rank: int) -> _Step[L, T]:
        """The step at which facts up to a rank have been asked."""
        ranks = self._diagrams.ranks
        fact = next((name for name in asks(left) if ranks[name] > rank), None)
        if (left, fact) not in self._steps:
            self._steps[left, fact] = _Step(left, fact) if fact else self._end(left, {})
        return self._steps[left, fact]

    def _end(self, left: Diagram[L], told: dict[str, Value | None]) -> _Step[L, T]:
        try:
            return _Step(left, None, told, self._make(left, Told(told, self._unclaimed)))
        except _Untold as more:
            return _Step(left, more.fact, told)
