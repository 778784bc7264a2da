"""The grounds that three-valued logic misses, found by laying a gate over the exact grid.

Example: where a form asks for custody the hold is barred by one rule, where it does not by another. With the
form not known both conditions are open and so is their "or", yet the hold is barred either way.
"""

from collections.abc import Callable, Iterator, Mapping

from trustact.bulk.circuit import Among, Both, Circuit, Constant, Either, Opposite, Since, Surely
from trustact.facts import Value
from trustact.law.grid import Cell, Grid, Grids, Leaf, Left, Settled
from trustact.law.in_force import LawInForce
from trustact.terms import Action

Ground = Mapping[str, tuple[Value, ...]]
Wanted = Callable[[Settled], bool]


class Grounds:
    """The law in force on one day beside a circuit: what each of its gates says of every state of knowledge."""

    def __init__(self, text: LawInForce, circuit: Circuit) -> None:
        self._text, self._circuit, self._domains = text, circuit, text.law.book.domains
        self._grids = Grids(text.law.book)
        self._exact: dict[Action, Grid] = {}
        self._seen: dict[int, Grid] = {}

    def missed(self, action: Action, wanted: Wanted, number: int) -> Iterator[Ground]:
        """Grounds that settle an action as wanted where a gate is not true: enough of them, none too narrow."""
        target = self._target(action, wanted)
        missed = self._grids.combined([target, self._grid(number)], _but_not)
        while (path := self._grids.path(missed, wanted=True)) is not None:
            ground = self._widest(target, path)
            parts = [self._among(fact, values) for fact, values in ground.items()]
            missed = self._grids.combined([missed, self._grids.combined(parts, _all)], _but_not)
            yield ground

    def arises(self, action: Action, wanted: Wanted) -> bool:
        """Whether some state of knowledge settles an action as wanted."""
        return self._target(action, wanted) is not False

    def _target(self, action: Action, wanted: Wanted) -> Grid:
        if action not in self._exact:
            self._exact[action] = self._grids.exact(self._text.reasons(action))
        return self._grids.combined([self._exact[action]], _only(wanted))

    def _widest(self, target: Grid, known: Mapping[str, Value]) -> Ground:
        """The known facts without those the target can do without, each with all the values that do as well."""
        ground: dict[str, tuple[Value, ...]] = {fact: (value,) for fact, value in known.items()}
        for fact in known:
            without = {other: values for other, values in ground.items() if other != fact}
            if self._grids.always(target, without):
                ground = without
        for fact in ground:
            for value in self._domains[fact]:
                wider = ground | {fact: (*ground[fact], value)}
                if value not in ground[fact] and self._grids.always(target, wider):
                    ground = wider
        return ground

    def _grid(self, number: int) -> Grid:
        if number not in self._seen:
            self._seen[number] = self._build(number)
        return self._seen[number]

    def _build(self, number: int) -> Grid:
        grid: Grid
        match self._circuit.gates[number]:
            case Constant(value):
                grid = value
            case Since(day):
                grid = self._text.day >= day
            case Among(fact, values):
                grid = self._among(fact, values)
            case Both(gates):
                grid = self._grids.combined(map(self._grid, gates), _all)
            case Either(gates):
                grid = self._grids.combined(map(self._grid, gates), _any)
            case Opposite(gate):
                grid = self._grids.combined([self._grid(gate)], _not)
            case Surely(gate):
                grid = self._grids.combined([self._grid(gate)], _sure)
        return grid

    def _among(self, fact: str, values: tuple[Value, ...]) -> Grid:
        return self._grids.question(fact, [value in values for value in self._domains[fact]], None)


def _only(wanted: Wanted) -> Callable[[Left], Left | Leaf]:
    def settle(left: Left) -> Left | Leaf:
        (settled,) = left
        return left if isinstance(settled, Cell) else isinstance(settled, Settled) and wanted(settled)

    return settle


def _but_not(left: Left) -> Left | Leaf:
    rows, others = left
    if rows is False or others is True:
        return False
    return left if isinstance(rows, Cell) or isinstance(others, Cell) else True


def _all(left: Left) -> Left | Leaf:
    if False in left:
        return False
    rest = tuple(dict.fromkeys(grid for grid in left if grid is not True))
    return rest if any(isinstance(grid, Cell) for grid in rest) else None if rest else True


def _any(left: Left) -> Left | Leaf:
    if True in left:
        return True
    rest = tuple(dict.fromkeys(grid for grid in left if grid is not False))
    return rest if any(isinstance(grid, Cell) for grid in rest) else None if rest else False


def _not(left: Left) -> Left | Leaf:
    return left if isinstance(left[0], Cell) else None if left[0] is None else not left[0]


def _sure(left: Left) -> Left | Leaf:
    return left if isinstance(left[0], Cell) else left[0] is True
