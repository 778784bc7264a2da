"""Decision diagrams over facts: a leaf, or a question about one fact with a diagram for each of its values.

They are reduced and shared (Bryant 1986, over facts with several values): equal diagrams are the same object, and
a fact stands in one exactly when some case depends on it. That makes unknown facts exact and cheap: leave them
open, and the leaves that remain are those of all completions, the facts that remain are those that can change it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeAlias, TypeVar, Union

from trustact.facts import Value

L = TypeVar("L")
M = TypeVar("M")


class Question(Generic[L]):
    """A diagram that depends on a fact.

    `answers`: a diagram for each value of the fact, in the book's order. `asks`: all facts on which it depends,
    in the order they are asked, its own first.
    """

    __slots__ = ("answers", "asks", "fact", "rank")

    def __init__(
        self, fact: str, rank: int, answers: "dict[Value, Diagram[L]]", asks: tuple[str, ...]
    ) -> None:
        self.fact = fact
        self.rank = rank
        self.answers = answers
        self.asks = asks


Diagram: TypeAlias = Union[L, Question[L]]  # noqa: UP007  # the other spelling cannot be given a parameter


class Diagrams:
    """Builds diagrams. `domains` gives each fact's values, in the order facts are asked."""

    def __init__(self, domains: Mapping[str, tuple[Value, ...]]) -> None:
        self.domains = domains
        self.ranks = {fact: rank for rank, fact in enumerate(domains)}
        self._shared: dict[tuple[str, tuple[Any, ...]], Question[Any]] = {}
        self._given: dict[tuple[Question[Any], str, Value], Any] = {}

    def question(self, fact: str, answers: Sequence[Diagram[L]]) -> Diagram[L]:
        """The diagram that asks for a fact: an answer for each value, in the book's order."""
        if all(answer is answers[0] for answer in answers):
            return answers[0]
        key = (fact, tuple(answers))
        if key not in self._shared:
            below = {name for answer in answers if isinstance(answer, Question) for name in answer.asks}
            asks = (fact, *sorted(below, key=self.ranks.__getitem__))
            self._shared[key] = Question(
                fact, self.ranks[fact], dict(zip(self.domains[fact], answers, strict=True)), asks
            )
        return self._shared[key]

    def joined(
        self,
        parts: Sequence[Diagram[L]],
        settle: Callable[[tuple[Diagram[L], ...]], "Diagram[M] | tuple[Diagram[L], ...]"],
        seen: "dict[tuple[Diagram[L], ...], Diagram[M]] | None" = None,
    ) -> Diagram[M]:
        """The diagram that joins several, case by case.

        `settle` is told what is left of them in some cases, and gives the diagram it settles them to, or a tuple
        of what still matters of them; leaves alone it must settle. `seen` keeps what was joined, for next time.
        """
        kept = {} if seen is None else seen

        def walk(left: tuple[Diagram[L], ...]) -> Diagram[M]:
            settled = settle(left)
            if not isinstance(settled, tuple):
                return settled
            if settled not in kept:
                first = min((p for p in settled if isinstance(p, Question)), key=lambda part: part.rank)
                answers = [walk(_answered(settled, first.fact, value)) for value in first.answers]
                kept[settled] = self.question(first.fact, answers)
            return kept[settled]

        return walk(tuple(parts))

    def given(self, diagram: Diagram[L], fact: str, value: Value) -> Diagram[L]:
        """What is left of a diagram once a fact is known; kept, since the same is asked again and again."""
        if not isinstance(diagram, Question) or fact not in diagram.asks:
            return diagram
        if diagram.fact == fact:
            return diagram.answers[value]
        key = (diagram, fact, value)
        if key not in self._given:
            answers = [self.given(answer, fact, value) for answer in diagram.answers.values()]
            self._given[key] = self.question(diagram.fact, answers)
        left: Diagram[L] = self._given[key]
        return left


def _answered(left: tuple[Diagram[L], ...], fact: str, value: Value) -> tuple[Diagram[L], ...]:
    """What is left of diagrams once a fact is known that none of them asks after another."""
    return tuple(
        part.answers[value] if isinstance(part, Question) and part.fact == fact else part for part in left
    )


def look_up(diagram: Diagram[L], facts: Mapping[str, Value]) -> Diagram[L]:
    """Follow the known facts from the top; a leaf, or the first question whose fact is unknown."""
    while isinstance(diagram, Question) and diagram.fact in facts:
        diagram = diagram.answers[facts[diagram.fact]]
    return diagram


def questions(diagram: Diagram[L]) -> list[Question[L]]:
    """The questions of a diagram, each once."""
    found: dict[Question[L], None] = {}
    waiting = [diagram]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Question) and node not in found:
            found[node] = None
            waiting += node.answers.values()
    return list(found)


def leaves(diagram: Diagram[L]) -> Iterator[L]:
    """Every leaf some case of the diagram has, each once."""
    if not isinstance(diagram, Question):
        yield diagram
        return
    found = (leaf for node in questions(diagram) for leaf in node.answers.values())
    yield from dict.fromkeys(leaf for leaf in found if not isinstance(leaf, Question))


def asks(diagram: Diagram[L]) -> tuple[str, ...]:
    """The facts on which a diagram depends, in the order they are asked."""
    return diagram.asks if isinstance(diagram, Question) else ()
