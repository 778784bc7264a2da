"""One pass over the entries of a ledger for what its reports must account for, however many they are."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from zoneinfo import ZoneInfo

from trustact.audit.entries import Entries
from trustact.audit.processes import in_order
from trustact.ledger.entry import glance, parse_entry
from trustact.ledger.tiles import WIDTH, tiles_of

FILED = "report-filed"
RECEIVED = "document-received"


@dataclass(frozen=True)
class Claim:
    """What a report says it accounts for: the days of its period in its zone, up to its filing, by entries it lists."""

    first: dt.date
    last: dt.date
    zone: ZoneInfo
    filing: int
    listed: frozenset[int]

    def lacks(self, index: int, at: dt.datetime) -> bool:
        """Whether a receipt, with its entry's index and moment, should be listed and is not."""
        if index >= self.filing or index in self.listed:
            return False
        return self.first <= at.astimezone(self.zone).date() <= self.last


@dataclass
class Found:
    """The references of every filing by its entry, and by the place of a claim the first receipt it lacks."""

    filings: dict[int, tuple[int, ...]] = field(default_factory=dict)
    lacking: dict[int, int] = field(default_factory=dict)


def account(entries: Entries, claims: Sequence[Claim]) -> Found:
    """Go through the entries of a ledger that verified. Raises VerificationError where a bundle is not as it was."""
    whole = Found()
    for found in in_order(partial(_in_bundle, entries, claims), tiles_of(0, entries.size)):
        whole.filings |= found.filings
        whole.lacking = found.lacking | whole.lacking
    return whole


def _in_bundle(entries: Entries, claims: Sequence[Claim], place: tuple[int, int]) -> Found:
    found = Found()
    for index, entry in enumerate(entries.bundle(place), place[0] * WIDTH):
        at, kind, _ = glance(entry)
        if kind == FILED:
            found.filings[index] = parse_entry(entry).refs
        elif kind == RECEIVED:
            for number, claim in enumerate(claims):
                if number not in found.lacking and claim.lacks(index, at):
                    found.lacking[number] = index
    return found
