"""The grid of an action: its table with "not known" as one more answer to every question.

Where the table has a finding for every complete case, the grid has one for every state of knowledge, exact
like `trustact.law.decide`: the finding all completions share, or `undetermined`. It is a reduced and shared
diagram as the table is, so that two grids are equal exactly when they are the same object, and a truth value
can stand in it as well as a finding: that is how a rule's condition is laid over the finding it must explain.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from trustact.facts import FactBook, Value
from trustact.law.table import Table
from trustact.terms import Verdict

Leaf = Verdict | bool | None


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
        self._shared: dict[tuple[int, ...], Cell] = {}

    def question(self, fact: str, answers: Sequence[Grid], unknown: Grid) -> Grid:
        """The grid that asks for a fact: a grid for each value in the book's order, and one for not known."""
        if self._book.facts[fact].counts_when_attested:
            unknown = answers[self._book.domains[fact].index(False)]
        if all(answer is unknown for answer in answers):
            return unknown
        children = (*answers, unknown)
        key = (self._ranks[fact], *map(id, children))
        if key not in self._shared:
            self._shared[key] = Cell(fact, self._ranks[fact], children)
        return self._shared[key]

    def combined(self, grids: Iterable[Grid], settle: Callable[[Left], Left | Leaf]) -> Grid:
        """The grid that joins several. `settle` is told what is left of them in some case, and gives the leaf it
        settles them to, or those of them that still matter; of leaves alone it must give a leaf.
        """
        seen: dict[tuple[int, ...], Grid] = {}

        def walk(left: Left | Leaf) -> Grid:
            if not isinstance(left, tuple):
                return left
            key = tuple(map(id, left))
            if key not in seen:
                seen[key] = branch(
                    min((g for g in left if isinstance(g, Cell)), key=lambda cell: cell.rank), left
                )
            return seen[key]

        def branch(first: Cell, left: Left) -> Grid:
            *answers, unknown = (
                walk(
                    settle(
                        tuple(
                            g.answers[i] if isinstance(g, Cell) and g.rank == first.rank else g for g in left
                        )
                    )
                )
                for i in range(len(first.answers))
            )
            return self.question(first.fact, answers, unknown)

        return walk(settle(tuple(grids)))

    def exact(self, table: Table) -> Grid:
        """The grid of a table: where a fact is not known, what all its values agree on."""
        seen: dict[int, Grid] = {}

        def walk(node: Table) -> Grid:
            if isinstance(node, Verdict):
                return node
            if id(node) not in seen:
                answers = [walk(node.answers[value]) for value in self._book.domains[node.fact]]
                seen[id(node)] = self.question(node.fact, answers, self.combined(answers, agreed))
            return seen[id(node)]

        return walk(table)

    def path(self, grid: Grid, wanted: Leaf) -> dict[str, Value] | None:
        """Known facts that lead through a grid to a leaf, no other fact being known; None where no way leads there."""
        if not isinstance(grid, Cell):
            return {} if grid is wanted else None
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

    def settled(self, exact: Grid, ground: Mapping[str, Sequence[Value]]) -> Leaf:
        """What an exact grid says where each fact of the ground has one of its values, whatever the others are.

        `undetermined` where those cases differ.
        """
        seen: dict[int, Leaf] = {}

        def walk(grid: Grid) -> Leaf:
            if not isinstance(grid, Cell):
                return grid
            if id(grid) not in seen:
                leaves = {walk(answer) for answer in self._answers(grid, ground.get(grid.fact))}
                seen[id(grid)] = leaves.pop() if len(leaves) == 1 else Verdict.UNDETERMINED
            return seen[id(grid)]

        return walk(exact)

    def _answers(self, cell: Cell, values: Sequence[Value] | None) -> Sequence[Grid]:
        if values is not None:
            return [cell.answers[self._book.domains[cell.fact].index(value)] for value in values]
        return cell.answers if self._book.facts[cell.fact].counts_when_attested else cell.answers[-1:]


def agreed(grids: Left) -> Left | Leaf:
    """What several grids agree on in a case; `undetermined` where they differ."""
    different = tuple(dict.fromkeys(grids))
    leaves = [grid for grid in different if not isinstance(grid, Cell)]
    if len(leaves) > 1 or Verdict.UNDETERMINED in leaves:
        return Verdict.UNDETERMINED
    return leaves[0] if len(different) == len(leaves) else different
