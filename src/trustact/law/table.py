"""The table of an action: its finding for every complete set of facts, as a decision diagram."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trustact.facts import Value
from trustact.law.diagram import Diagram, Question
from trustact.law.pack import Rule
from trustact.law.region import Region, Regions
from trustact.terms import Verdict


@dataclass(frozen=True, eq=False, slots=True)
class Reasons:
    """The verdict of a complete case with the rules that decide it; in one table, equal reasons are one object."""

    verdict: Verdict
    rules: tuple[Rule, ...]


Table = Diagram[Verdict]
Tree = Diagram[Reasons]
"""A table that explains itself."""


def verdict_of(layers: Sequence[Sequence[Rule]]) -> tuple[Verdict, list[Rule]]:
    """The verdict of a complete case and the rules that decide it, from the rules that hold, law by law.

    Over all layers prohibited beats required beats permitted; a requirement against a prohibition is a conflict,
    `undetermined`, and both cited.
    """
    applying = [rule for layer in layers for rule in undefeated(layer)]
    by = {
        word: [rule for rule in applying if rule.finding == word]
        for word in ("prohibited", "required", "permitted")
    }
    if by["prohibited"] and by["required"]:
        return Verdict.UNDETERMINED, by["prohibited"] + by["required"]
    for word, rules in by.items():
        if rules:
            return Verdict(word), rules
    return Verdict.NOT_REGULATED, []


def undefeated(holding: Sequence[Rule]) -> list[Rule]:
    """The rules of one law that apply, of those whose condition holds: no applying rule defeats them."""
    settled: dict[str, bool] = {}

    def applies(rule: Rule) -> bool:
        if rule.id not in settled:
            settled[rule.id] = True  # a circle of defeats is refused by `law check`; here it must only end
            settled[rule.id] = not any(rule.id in other.defeats and applies(other) for other in holding)
        return settled[rule.id]

    return [rule for rule in holding if applies(rule)]


class Tables(Regions):
    """Builds the tables of a law."""

    def __init__(self, domains: Mapping[str, tuple[Value, ...]]) -> None:
        super().__init__(domains)
        self._verdicts: dict[tuple[Tree, ...], Table] = {}

    def build(self, layers: Sequence[Sequence[Rule]]) -> Tree:
        """The table of one action under the rules of each layer that speak of it, with its reasons."""
        kept: dict[tuple[Verdict, tuple[int, ...]], Reasons] = {}

        def settle(left: tuple[Region, ...]) -> Tree | tuple[Region, ...]:
            if any(isinstance(region, Question) for region in left):
                return left
            holds = iter(left)
            verdict, rules = verdict_of([[rule for rule in layer if next(holds)] for layer in layers])
            return kept.setdefault((verdict, tuple(map(id, rules))), Reasons(verdict, tuple(rules)))

        return self.joined([self.of(rule.when) for layer in layers for rule in layer], settle)

    def verdicts(self, tree: Tree) -> Table:
        """A table of verdicts alone; it may ask less than the one that explains itself."""
        return self.joined([tree], _verdict, self._verdicts)


def _verdict(left: tuple[Tree, ...]) -> Table | tuple[Tree, ...]:
    (reasons,) = left
    return left if isinstance(reasons, Question) else reasons.verdict
