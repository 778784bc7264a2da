"""Alternate rounds: each runs everything once, in an order turned by one a round; medians of what they took."""

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple


class Times(NamedTuple):
    """What the rounds of one thing took, in seconds, and how many pieces of work a round held."""

    seconds: tuple[float, ...]
    pieces: int = 1

    @property
    def each(self) -> float:
        """The median time of a piece."""
        return statistics.median(self.seconds) / self.pieces

    @property
    def spread(self) -> float:
        """The slowest round over the fastest."""
        return max(self.seconds) / min(self.seconds)


Work = tuple[Callable[[], object], int]
"""What a round runs, and how many pieces of work it holds."""


def alternate(work: Mapping[str, Work], rounds: int) -> dict[str, Times]:
    """The times of everything, the collector of garbage off while a clock runs."""
    taken: dict[str, list[float]] = {name: [] for name in work}
    names = list(work)
    for turn in range(rounds):
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            taken[name].append(_timed(work[name][0]))
    return {name: Times(tuple(taken[name]), work[name][1]) for name in work}


def _timed(run: Callable[[], object]) -> float:
    gc.collect()
    gc.disable()
    try:
        begun = time.perf_counter()
        run()
        return time.perf_counter() - begun
    finally:
        gc.enable()
