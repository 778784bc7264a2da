"""The grid of an action: its table with "not known" as one more answer to every question.

Where the table has a verdict for every complete case, the grid has one for every state of knowledge, exact like
`trustact.law.decide`: what all completions share, with the rules that decide in all of them, and in some. It is a
reduced and shared diagram as the table is, and a truth value can stand in it as well: that is how a condition is
laid over the finding it must explain.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from trustact.facts import FactBook, Value
from trustact.law.diagram import Question
from trustact.law.table import Reasons, Tree
from trustact.terms import Verdict


class Settled(msgspec.Struct, frozen=True):
    """The verdict every completion gives, the ids of the rules that decide in all of them, and in some."""

    verdict: Verdict
    always: frozenset[str]
    sometimes: frozenset[str]


Leaf = Settled | bool | None
"""None: not settled, or neither true nor false."""


class Cell:
    """A grid that depends on a fact: a grid for each of its values, and the last for the value not known."""

    __slots__ = ("answers", "fact", "rank")

    def __init__(self, fact: str, rank: int, answers: tuple["Grid", ...]) -> None:
        self.fact = fact
        self.rank = rank
        self.answers = answers


Grid = Cell | Leaf
Left = tuple[Grid, ...]


class Grids:
    """Builds grids over a book of facts. An exceptional ground that is not known counts as false."""

    def __init__(self, book: FactBook) -> None:
        self._book = book
        self._ranks = {fact: rank for rank, fact in enumerate(book.facts)}
        self._shared: dict[tuple[object, ...], Cell] = {}

    def question(self, fact: str, answers: Sequence[Grid], unknown: Grid) -> Grid:
        """The grid that asks for a fact: a grid for each value in the book's order, and one for not known."""
        if self._book.facts[fact].counts_when_attested:
            unknown = answers[self._book.domains[fact].index(False)]
        if all(answer == unknown for answer in answers):
            return unknown
        key = (self._ranks[fact], *answers, unknown)
        if key not in self._shared:
            self._shared[key] = Cell(fact, self._ranks[fact], (*answers, unknown))
        return self._shared[key]

    def combined(self, grids: Iterable[Grid], settle: Callable[[Left], Left | Leaf]) -> Grid:
        """The grid that joins several.

        `settle` is told what is left of them in some case, and gives the leaf it settles them to, or a tuple of
        what still matters of them; of leaves alone it must give a leaf.
        """
        seen: dict[Left, Grid] = {}

        def walk(left: Left | Leaf) -> Grid:
            if not isinstance(left, tuple):
                return left
            if left not in seen:
                cells = [grid for grid in left if isinstance(grid, Cell)]
                seen[left] = branch(min(cells, key=lambda cell: cell.rank), left)
            return seen[left]

        def branch(first: Cell, left: Left) -> Grid:
            *answers, unknown = (
                walk(settle(tuple(_answer(grid, first.rank, number) for grid in left)))
                for number in range(len(first.answers))
            )
            return self.question(first.fact, answers, unknown)

        return walk(settle(tuple(grids)))

    def exact(self, tree: Tree) -> Grid:
        """The grid of a table with its reasons: where a fact is not known, what all its values agree on."""
        seen: dict[int, Grid] = {}

        def walk(node: Tree) -> Grid:
            if not isinstance(node, Question):
                return _leaf(node)
            if id(node) not in seen:
                answers = [walk(node.answers[value]) for value in self._book.domains[node.fact]]
                seen[id(node)] = self.question(node.fact, answers, self.combined(answers, _agreed))
            return seen[id(node)]

        return walk(tree)

    def path(self, grid: Grid, wanted: Leaf) -> dict[str, Value] | None:
        """Known facts that lead through a grid to a leaf, no other fact being known; None where no way leads there."""
        if not isinstance(grid, Cell):
            return {} if grid == wanted else None
        ways: list[tuple[dict[str, Value], Grid]] = [
            ({grid.fact: value}, answer)
            for value, answer in zip(self._book.domains[grid.fact], grid.answers, strict=False)
        ]
        if not self._book.facts[grid.fact].counts_when_attested:
            ways.insert(0, ({}, grid.answers[-1]))
        for known, answer in ways:
            rest = self.path(answer, wanted)
            if rest is not None:
                return known | rest
        return None

    def always(self, grid: Grid, ground: Mapping[str, Sequence[Value]]) -> bool:
        """Whether a grid is true wherever each fact of the ground has one of its values, and the others any or none."""
        seen: dict[int, bool] = {}

        def walk(grid: Grid) -> bool:
            if not isinstance(grid, Cell):
                return grid is True
            if id(grid) not in seen:
                seen[id(grid)] = all(map(walk, answers(grid)))
            return seen[id(grid)]

        def answers(cell: Cell) -> Sequence[Grid]:
            if cell.fact not in ground:
                return cell.answers
            return [cell.answers[self._book.domains[cell.fact].index(value)] for value in ground[cell.fact]]

        return walk(grid)


def _answer(grid: Grid, rank: int, number: int) -> Grid:
    return grid.answers[number] if isinstance(grid, Cell) and grid.rank == rank else grid


def _leaf(leaf: Verdict | Reasons) -> Settled:
    if isinstance(leaf, Verdict):
        return Settled(leaf, frozenset(), frozenset())
    rules = frozenset(rule.id for rule in leaf.rules)
    return Settled(leaf.verdict, rules, rules)


def _agreed(left: Left) -> Left | Leaf:
    """What several answers agree on: one verdict, else nothing."""
    different = tuple(dict.fromkeys(left))
    leaves = [grid for grid in different if isinstance(grid, Settled)]
    if None in different or len({leaf.verdict for leaf in leaves}) > 1:
        return None
    if len(leaves) < len(different):
        return different
    always = frozenset[str].intersection(*(leaf.always for leaf in leaves))
    return Settled(leaves[0].verdict, always, frozenset[str].union(*(leaf.sometimes for leaf in leaves)))
