"""A region: a set of complete cases, as a reduced diagram that can be met, joined, subtracted and compared.

Equal regions are the same object (Bryant 1986, over facts with several values), so that "these cases and no
others" is decided exactly, however many cases there are.
"""

from collections.abc import Mapping
from fractions import Fraction

from trustact.facts import Value
from trustact.law.condition import AllOf, AnyOf, Condition, Is, Named, Not
from trustact.law.table import Question
from trustact.terms import Verdict


class Split:
    """A region that depends on a fact: one region for each of the fact's values."""

    __slots__ = ("fact", "parts", "rank")

    def __init__(self, fact: str, rank: int, parts: "tuple[Region, ...]") -> None:
        self.fact = fact
        self.rank = rank
        self.parts = parts


Region = bool | Split
"""All cases, none, or some."""


class Regions:
    """The regions over a book of facts. `domains` gives each fact's values, in the order facts are asked."""

    def __init__(self, domains: Mapping[str, tuple[Value, ...]]) -> None:
        self.domains = domains
        self._ranks = {fact: rank for rank, fact in enumerate(domains)}
        self._shared: dict[tuple[str, tuple[Region, ...]], Split] = {}
        self._read: dict[Condition, Region] = {}
        self._met: dict[tuple[Region, Region], Region] = {}
        self._outside: dict[Split, Region] = {}

    def of(self, condition: Condition) -> Region:
        """The cases of which a condition is true."""
        if condition not in self._read:
            self._read[condition] = self._of(condition)
        return self._read[condition]

    def _of(self, condition: Condition) -> Region:
        match condition:
            case Is(fact, values):
                return self._split(fact, tuple(value in values for value in self.domains[fact]))
            case AllOf(parts):
                return self.meet(*map(self.of, parts))
            case AnyOf(parts):
                return self.join(*map(self.of, parts))
            case Not(part):
                return self.outside(self.of(part))
            case Named(_, part):
                return self.of(part)

    def of_table(self, table: Verdict | Question, *wanted: Verdict) -> Region:
        """The cases to which a table gives one of the verdicts."""
        done: dict[int, Region] = {}

        def walk(node: object) -> Region:
            if not isinstance(node, Question):
                return node in wanted
            if id(node) not in done:
                parts = tuple(walk(node.answers[value]) for value in self.domains[node.fact])
                done[id(node)] = self._split(node.fact, parts)
            return done[id(node)]

        return walk(table)

    def meet(self, *regions: Region) -> Region:
        """The cases that lie in every one of the regions."""
        result: Region = True
        for region in regions:
            result = self._meet(result, region)
        return result

    def join(self, *regions: Region) -> Region:
        """The cases that lie in at least one of the regions."""
        return self.outside(self.meet(*map(self.outside, regions)))

    def outside(self, region: Region) -> Region:
        """The cases that do not lie in the region."""
        if isinstance(region, bool):
            return not region
        if region not in self._outside:
            self._outside[region] = self._split(region.fact, tuple(map(self.outside, region.parts)))
        return self._outside[region]

    def less(self, region: Region, taken: Region) -> Region:
        """The cases of the region that do not lie in the one taken away."""
        return self.meet(region, self.outside(taken))

    def lies_in(self, region: Region, other: Region) -> bool:
        """Whether every case of a region lies in another."""
        return self.less(region, other) is False

    def _meet(self, one: Region, other: Region) -> Region:
        if one is False or other is False:
            return False
        if isinstance(one, bool) or one is other:
            return other
        if isinstance(other, bool):
            return one
        key = (one, other)
        if key not in self._met:
            top = min(one, other, key=lambda split: split.rank)
            pairs = zip(self._parts(one, top), self._parts(other, top), strict=True)
            self._met[key] = self._split(top.fact, tuple(self._meet(*pair) for pair in pairs))
        return self._met[key]

    def _parts(self, region: Split, top: Split) -> tuple[Region, ...]:
        return region.parts if region.fact == top.fact else (region,) * len(top.parts)

    def _split(self, fact: str, parts: tuple[Region, ...]) -> Region:
        if all(part is parts[0] for part in parts):
            return parts[0]
        key = (fact, parts)
        if key not in self._shared:
            self._shared[key] = Split(fact, self._ranks[fact], parts)
        return self._shared[key]

    def facts_in(self, region: Region) -> list[str]:
        """The facts on which the region depends, in the order they are asked."""
        found: dict[Region, None] = {}
        waiting = [region]
        while waiting:
            node = waiting.pop()
            if isinstance(node, Split) and node not in found:
                found[node] = None
                waiting += node.parts
        ranks = {node.fact: node.rank for node in found if isinstance(node, Split)}
        return sorted(ranks, key=ranks.__getitem__)

    def share(self, region: Region) -> Fraction:
        """How large a part of all cases the region is, every value of a fact counting alike."""
        done: dict[Region, Fraction] = {True: Fraction(1), False: Fraction(0)}

        def walk(node: Region) -> Fraction:
            if node not in done and isinstance(node, Split):
                done[node] = sum(map(walk, node.parts), Fraction(0)) / len(node.parts)
            return done[node]

        return walk(region)

    def example(self, region: Region) -> dict[str, Value]:
        """The plainest facts that put a case into a region that is not empty; none of them can be left out.

        Plain is what is first in the list of a fact's values, and no where the answer is yes or no.
        """
        facts: dict[str, Value] = {}
        left = region
        while isinstance(left, Split):
            answers = zip(self.domains[left.fact], left.parts, strict=True)
            plainest = sorted(answers, key=lambda answer: answer[0] is True)
            facts[left.fact], left = next(answer for answer in plainest if answer[1] is not False)
        for name in list(facts):
            others = {other: value for other, value in facts.items() if other != name}
            facts = others if self.lies_in(self.of(case_condition(others)), region) else facts
        return facts


def case_condition(facts: Mapping[str, Value]) -> Condition:
    """The condition that is true exactly of the cases with these facts."""
    return AllOf(tuple(Is(name, (value,)) for name, value in facts.items()))
