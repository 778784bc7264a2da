"""A region: a set of complete cases, as a diagram that can be met, joined, subtracted and compared.

Equal regions are the same object, so that "these cases and no others" is decided exactly, however many there are.
"""

from collections.abc import Mapping
from fractions import Fraction

from trustact.facts import Value
from trustact.law.condition import AllOf, AnyOf, Condition, Is, Named, Not
from trustact.law.diagram import Diagram, Diagrams, Question
from trustact.terms import Verdict

Region = Diagram[bool]
"""All cases, none, or some."""
_Left = tuple[Region, ...]
_Kept = dict[_Left, Region]


class Regions(Diagrams):
    """The regions over a book of facts."""

    def __init__(self, domains: Mapping[str, tuple[Value, ...]]) -> None:
        super().__init__(domains)
        self._read: dict[int, tuple[Condition, Region]] = {}
        self._met: _Kept = {}
        self._joined: _Kept = {}
        self._outside: _Kept = {}

    def of(self, condition: Condition) -> Region:
        """The cases of which a condition is true."""
        if id(condition) not in self._read:  # by identity: to hash a condition is to walk it
            self._read[id(condition)] = condition, self._of(condition)
        return self._read[id(condition)][1]

    def _of(self, condition: Condition) -> Region:
        match condition:
            case Is(fact, values):
                return self.question(fact, [value in values for value in self.domains[fact]])
            case AllOf(parts):
                return self.meet(*map(self.of, parts))
            case AnyOf(parts):
                return self.join(*map(self.of, parts))
            case Not(part):
                return self.outside(self.of(part))
            case Named(_, part):
                return self.of(part)

    def of_table(self, table: Diagram[Verdict], *wanted: Verdict) -> Region:
        """The cases to which a table gives one of the verdicts."""

        def settle(left: tuple[Diagram[Verdict], ...]) -> Region | tuple[Diagram[Verdict], ...]:
            (verdict,) = left
            return left if isinstance(verdict, Question) else verdict in wanted

        return self.joined([table], settle)

    def meet(self, *regions: Region) -> Region:
        """The cases that lie in every one of the regions."""
        return self.joined(regions, _all, self._met)

    def join(self, *regions: Region) -> Region:
        """The cases that lie in at least one of the regions."""
        return self.joined(regions, _any, self._joined)

    def outside(self, region: Region) -> Region:
        """The cases that do not lie in the region."""
        return self.joined([region], _not, self._outside)

    def less(self, region: Region, taken: Region) -> Region:
        """The cases of the region that do not lie in the one taken away."""
        return self.meet(region, self.outside(taken))

    def lies_in(self, region: Region, other: Region) -> bool:
        """Whether every case of a region lies in another."""
        return self.less(region, other) is False

    def share(self, region: Region) -> Fraction:
        """How large a part of all cases the region is, every value of a fact counting alike."""
        done: dict[Region, Fraction] = {True: Fraction(1), False: Fraction(0)}

        def walk(node: Region) -> Fraction:
            if node not in done and isinstance(node, Question):
                done[node] = sum(map(walk, node.answers.values()), Fraction(0)) / len(node.answers)
            return done[node]

        return walk(region)

    def example(self, region: Region) -> dict[str, Value]:
        """The plainest facts that put a case into a region that is not empty; none of them can be left out.

        Plain is what is first in the list of a fact's values, and no where the answer is yes or no.
        """
        facts: dict[str, Value] = {}
        left = region
        while isinstance(left, Question):
            plainest = sorted(left.answers.items(), key=lambda answer: answer[0] is True)
            facts[left.fact], left = next(answer for answer in plainest if answer[1] is not False)
        for name in list(facts):
            others = {other: value for other, value in facts.items() if other != name}
            facts = others if self.lies_in(self.of(case_condition(others)), region) else facts
        return facts


def _all(left: _Left) -> Region | _Left:
    if False in left:
        return False
    rest = tuple(dict.fromkeys(region for region in left if region is not True))
    return rest if len(rest) > 1 else rest[0] if rest else True


def _any(left: _Left) -> Region | _Left:
    if True in left:
        return True
    rest = tuple(dict.fromkeys(region for region in left if region is not False))
    return rest if len(rest) > 1 else rest[0] if rest else False


def _not(left: _Left) -> Region | _Left:
    (region,) = left
    return left if isinstance(region, Question) else not region


def case_condition(facts: Mapping[str, Value]) -> Condition:
    """The condition that is true exactly of the cases with these facts."""
    return AllOf(tuple(Is(name, (value,)) for name, value in facts.items()))
