"""Conditions over many rows at once: a bit a row, so that one machine instruction decides hundreds of cases."""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec
import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]  # pyarrow carries no types

Bits = np.ndarray[tuple[int], np.dtype[np.uint8]]

CHUNK = 1 << 14  # bytes of a bitmap joined at once: all bitmaps in use then fit into the processor's cache


class Test(NamedTuple):
    """A bitmap a program starts from: where a column is that word, or without one where it is known at all.

    The word is `true` for a fact that is true or false, and a day for the column `at`, then meaning since. Where
    a fact is not known its bits for words do not matter.
    """

    column: str
    word: str = ""


class Join(NamedTuple):
    """One step: the bitmaps numbered `one` and `other` joined into `out`."""

    how: np.ufunc
    one: int
    other: int
    out: int


class Program(msgspec.Struct, frozen=True):
    """Joins over numbered bitmaps: first all rows, then one for each test, then the `made` results, then scratch.

    `results` says for each gate wanted the number of its bitmap, or what it is for every row.
    """

    tests: tuple[Test, ...]
    joins: tuple[Join, ...]
    results: dict[int, int | bool]
    made: int
    scratch: int

    def run(self, tests: Sequence[Bits]) -> list[Bits]:
        """The bitmaps of the results, numbered as `results` says; the first one stands for all rows."""
        size = len(tests[0]) if tests else 0
        full = np.full(size, 255, np.uint8)
        kept = [full, *tests, *(_bitmap(size) for _ in range(self.made))]
        scratch = [_bitmap(min(size, CHUNK)) for _ in range(self.scratch)]
        for start in range(0, size, CHUNK):
            part = [bits[start : start + CHUNK] for bits in kept]
            part += [bits[: len(part[0])] for bits in scratch]
            for how, one, other, out in self.joins:
                how(part[one], part[other], part[out])
        return kept


def _bitmap(size: int) -> Bits:
    """Memory of Arrow's own pool, which keeps it between batches; fresh memory costs more than the joins."""
    return np.frombuffer(pa.allocate_buffer(size), np.uint8)
