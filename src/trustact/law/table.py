"""The table of an action: its finding for every complete set of facts, as a reduced decision diagram.

A diagram is a verdict, or a question about one fact with a diagram for each answer. It is reduced and shared
(Bryant 1986, over facts with several values): equal tables are the same object, and a fact stands in a table
exactly when some case depends on it. That makes unknowns exact and cheap: leave the unknown facts open, and
the verdicts that remain are those of all completions, the facts that remain are those that can change it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from trustact.facts import Value
from trustact.law.condition import AllOf, AnyOf, Condition, Is, Named, Not
from trustact.law.pack import Rule
from trustact.terms import Verdict


class Reasons(NamedTuple):
    """The verdict of a complete case with the rules that decide it: the leaf of a table that explains itself."""

    verdict: Verdict
    rules: tuple[Rule, ...]


class Question:
    """A table that depends on a fact: one table for each of the fact's values."""

    __slots__ = ("answers", "fact", "rank")

    def __init__(self, fact: str, rank: int, answers: "dict[Value, Tree]") -> None:
        self.fact = fact
        self.rank = rank
        self.answers = answers


Table = Verdict | Question
Tree = Verdict | Reasons | Question
"""A table, or one whose leaves carry their reasons."""
Cases = bool | Question
"""A set of complete cases: a diagram whose leaves are true and false."""


def verdict_of(layers: Sequence[Sequence[tuple[Rule, bool]]]) -> tuple[Verdict, list[Rule]]:
    """The verdict of a complete case and the rules that decide it.

    `layers` holds, for each law, its rules with whether their condition holds. Over all layers prohibited beats
    required beats permitted; a requirement against a prohibition is a conflict, `undetermined`, and both cited.
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


def undefeated(layer: Sequence[tuple[Rule, bool]]) -> list[Rule]:
    """The rules of one law that apply: their condition holds and no applying rule defeats them."""
    holding = [rule for rule, holds in layer if holds]
    settled: dict[str, bool] = {}

    def applies(rule: Rule) -> bool:
        if rule.id not in settled:
            settled[rule.id] = True  # a circle of defeats is refused by `law check`; here it must only end
            settled[rule.id] = not any(rule.id in other.defeats and applies(other) for other in holding)
        return settled[rule.id]

    return [rule for rule in holding if applies(rule)]


class Tables:
    """Builds the tables of a law. `domains` gives each fact's values, in the order facts are asked."""

    def __init__(self, domains: Mapping[str, tuple[Value, ...]]) -> None:
        self._domains = domains
        self._ranks = {fact: rank for rank, fact in enumerate(domains)}
        self._shared: _Shared = {}
        self._read: dict[Condition, Cases] = {}
        self._met: dict[tuple[tuple[Cases, ...], bool], Cases] = {}

    def build(self, layers: Sequence[Sequence[Rule]]) -> Table:
        """The table of one action under the rules of each layer that speak of it."""
        return self.verdicts_of(self.with_reasons(layers))

    def with_reasons(self, layers: Sequence[Sequence[Rule]]) -> Tree:
        """The same table with the deciding rules at its leaves; it may ask facts that change the reasons alone."""
        rules = [rule for layer in layers for rule in layer]
        sizes = [len(layer) for layer in layers]
        seen: dict[tuple[Cases, ...], Tree] = {}
        leaves: dict[Reasons, Reasons] = {}

        def expand(left: tuple[Cases, ...]) -> Tree:
            if left not in seen:
                top = _top(left)
                if top is None:
                    holds = iter(zip(rules, map(bool, left), strict=True))
                    verdict, why = verdict_of([[next(holds) for _ in range(size)] for size in sizes])
                    reasons = Reasons(verdict, tuple(why))
                    seen[left] = leaves.setdefault(reasons, reasons)
                else:
                    answers = {v: expand(_given(left, top.fact, v)) for v in self._domains[top.fact]}
                    seen[left] = self._question(top.fact, answers, self._shared)
            return seen[left]

        return expand(tuple(self._cases(rule.when) for rule in rules))

    def _cases(self, condition: Condition) -> "Cases":
        """The cases of which a condition is true, as a diagram of its own that ends in true and false."""
        if condition not in self._read:
            self._read[condition] = self._read_anew(condition)
        return self._read[condition]

    def _read_anew(self, condition: Condition) -> "Cases":
        match condition:
            case Is(fact, values):
                return self._question(fact, {v: v in values for v in self._domains[fact]}, self._shared)  # type: ignore[return-value, misc]  # true and false go in and come out
            case AllOf(parts):
                return self._joined(tuple(map(self._cases, parts)), neutral=True)
            case AnyOf(parts):
                return self._joined(tuple(map(self._cases, parts)), neutral=False)
            case Not(part):
                return self._outside(self._cases(part))
            case Named(_, part):
                return self._cases(part)

    def _joined(self, parts: tuple["Cases", ...], *, neutral: bool) -> "Cases":
        """The cases that lie in all of the parts, where true is neutral, or in one of them, where false is."""
        if (not neutral) in parts:
            return not neutral
        kept = tuple(dict.fromkeys(part for part in parts if part is not neutral))
        top = _top(kept)
        if top is None or len(kept) == 1:
            return kept[0] if kept else neutral
        if (kept, neutral) not in self._met:
            answers = {
                v: self._joined(_given(kept, top.fact, v), neutral=neutral) for v in self._domains[top.fact]
            }
            self._met[kept, neutral] = self._question(top.fact, answers, self._shared)  # type: ignore[arg-type, assignment]  # likewise
        return self._met[kept, neutral]

    def _outside(self, cases: "Cases") -> "Cases":
        if isinstance(cases, bool):
            return not cases
        answers = {value: self._outside(part) for value, part in cases.answers.items()}  # type: ignore[arg-type]  # likewise
        return self._question(cases.fact, answers, self._shared)  # type: ignore[arg-type, return-value]  # likewise

    def verdicts_of(self, tree: Tree) -> Table:
        """A table with reasons as one of verdicts alone."""
        return self._walk(tree, {}, self._shared)

    def known(self, table: Table, facts: Mapping[str, Value]) -> Table:
        """The table once these facts are known: only unknown facts that still matter remain in it."""
        return self._walk(table, facts, {})

    def _walk(self, tree: Tree, facts: Mapping[str, Value], shared: "_Shared") -> Table:
        done: dict[int, Table] = {}

        def walk(node: Tree) -> Table:
            if not isinstance(node, Question):
                return node.verdict if isinstance(node, Reasons) else node
            if node.fact in facts:
                return walk(node.answers[facts[node.fact]])
            if id(node) not in done:
                answers: dict[Value, Tree] = {value: walk(child) for value, child in node.answers.items()}
                done[id(node)] = self._question(node.fact, answers, shared)  # type: ignore[assignment]  # no reasons go in
            return done[id(node)]

        return walk(tree)

    def _question(self, fact: str, answers: dict[Value, Tree], shared: "_Shared") -> Tree:
        first, *others = answers.values()
        if all(other is first for other in others):
            return first
        key = (fact, tuple(answers.values()))
        if key not in shared:
            shared[key] = Question(fact, self._ranks[fact], answers)
        return shared[key]


_Shared = dict[tuple[str, tuple[Tree, ...]], Question]


def look_up(tree: Tree, facts: Mapping[str, Value]) -> Tree:
    """Follow the known facts from the top; a leaf, or the first question whose fact is unknown."""
    while isinstance(tree, Question) and tree.fact in facts:
        tree = tree.answers[facts[tree.fact]]
    return tree


def leaves(tree: Tree, facts: Mapping[str, Value]) -> Iterator[Reasons]:
    """The reasons of every completion of the known facts, each once."""
    seen: set[int] = set()
    waiting = [tree]
    while waiting:
        node = look_up(waiting.pop(), facts)
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, Question):
            waiting.extend(node.answers.values())
        elif isinstance(node, Reasons):
            yield node


def _top(left: tuple[Cases, ...]) -> Question | None:
    """The question to ask first of several diagrams; None where nothing is left to ask."""
    return min(
        (part for part in left if isinstance(part, Question)), key=lambda part: part.rank, default=None
    )


def _given(left: tuple[Cases, ...], fact: str, value: Value) -> tuple[Cases, ...]:
    """What is left of diagrams once a fact is known that none of them asks after another."""
    return tuple(
        part.answers[value] if isinstance(part, Question) and part.fact == fact else part  # type: ignore[misc]  # they end in true and false
        for part in left
    )


def nodes(table: Tree) -> list[Question]:
    """The questions of a table, each once."""
    found: dict[int, Question] = {}
    waiting: list[Tree] = [table]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Question) and id(node) not in found:
            found[id(node)] = node
            waiting.extend(node.answers.values())
    return list(found.values())


def verdicts(table: Table) -> set[Verdict]:
    """Every verdict some case of the table has."""
    if isinstance(table, Verdict):
        return {table}
    return {child for node in nodes(table) for child in node.answers.values() if isinstance(child, Verdict)}


def facts_in(table: Table) -> list[str]:
    """The facts that can change the verdict, in the order they are asked."""
    return [node.fact for node in sorted({n.fact: n for n in nodes(table)}.values(), key=lambda n: n.rank)]
