"""What a published entry bundle says: its entries, each in its one form, their hashes, and what is counted of them.

Nearly every entry is written as `Entry.encode` writes one that refers to no entry or to one; a bundle of such entries is
read by one expression and checked column by column. Any other is read entry by entry: the verdict is the same, and the
line that says what is wrong comes from there.
"""

import operator
import re
import struct
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import msgspec

from trustact.ledger.entry import WRITTEN, are_hexadecimal, glance, kind_in, moments_in
from trustact.ledger.errors import VerificationError
from trustact.ledger.tiles import read_bundle

_read_numbers = msgspec.json.Decoder(list[int]).decode
_FRAMED = re.compile(rb"(..)(%b)" % WRITTEN.pattern, re.DOTALL)


@dataclass
class Tally:
    """What is counted and noticed on the way through entries that follow one another."""

    kinds: Counter[str] = field(default_factory=Counter)
    first: datetime | None = None
    last: datetime | None = None
    backwards: int = 0
    furthest: tuple[timedelta, int] = (timedelta(), 0)

    def add(self, other: "Tally", index: int) -> None:
        """Take in what was counted of the entries from that index on, which follow those counted here."""
        if other.first is None:
            return
        self.kinds.update(other.kinds)
        self.backwards += other.backwards
        self.furthest = max(self.furthest, other.furthest)
        if self.last is not None:
            self._step(self.last, other.first, index)
        self.first, self.last = self.first or other.first, other.last

    def _step(self, before: datetime, at: datetime, index: int) -> None:
        if at < before:
            self.backwards += 1
            self.furthest = max(self.furthest, (before - at, index))

    @staticmethod
    def of(moments: Sequence[datetime], kinds: Mapping[str, int], index: int) -> "Tally":
        """The tally of entries of these moments, in UTC, and kinds; the first of them has that index."""
        tally = Tally(Counter(kinds), moments[0].replace(tzinfo=UTC), moments[-1].replace(tzinfo=UTC))
        if any(map(operator.lt, moments[1:], moments)):
            for place, (before, at) in enumerate(pairwise(moments), index + 1):
                tally._step(before, at, place)
        return tally

    def notes(self) -> Iterator[str]:
        """What is no failure and yet worth knowing."""
        step, index = self.furthest
        if self.backwards:
            yield (
                f"entries that bear an earlier time than the entry before them: {self.backwards}, "
                f"at most by {step.total_seconds():.6f} seconds (entry {index})"
            )


def open_bundle(data: bytes, width: int, first: int) -> tuple[Sequence[bytes], Tally]:
    """The entries of a bundle of so many, the first of which has that index, and their tally.

    VerificationError unless each is in its canonical form and refers to earlier entries alone.
    """
    return _by_columns(data, width, first) or _one_by_one(read_bundle(data, width), first)


def _by_columns(data: bytes, width: int, first: int) -> tuple[Sequence[bytes], Tally] | None:
    """None where anything is unusual, wrong or not."""
    found = _FRAMED.findall(data)
    if len(found) != width:
        return None
    lengths, entries, moments, cases, kinds, publics, refs, sealed = zip(*found, strict=True)
    sizes = [len(entry) for entry in entries]
    if sum(sizes) + 2 * width != len(data) or b"".join(lengths) != struct.pack(f">{width}H", *sizes):
        return None
    counted = {kind_in(kind): count for kind, count in Counter(kinds).items()}
    times = moments_in(moments)
    if not times or "" in counted or not are_hexadecimal(*cases, *publics, *sealed):
        return None
    if any(
        map(
            operator.ge,
            _read_numbers(b"[%b]" % b",".join([ref or b"-1" for ref in refs])),
            range(first, first + width),
        )
    ):
        return None
    return entries, Tally.of(times, counted, first)


def _one_by_one(entries: Sequence[bytes], first: int) -> tuple[Sequence[bytes], Tally]:
    moments, kinds = [], Counter[str]()
    for index, data in enumerate(entries, first):
        try:
            at, kind, ref = glance(data)
        except VerificationError as wrong:
            raise VerificationError(f"entry {index}: {wrong}") from None
        if ref >= index:
            raise VerificationError(f"entry {index}: it refers to entry {ref}, which does not come before it")
        moments.append(at)
        kinds[kind] += 1
    return entries, Tally.of(moments, kinds, first)
