"""The retention schedule: how long the record of a case is kept, by whose rule, as data on the law shelf.

`retention.yaml` of the office's own law, or of the nearest law below it that has one; the agency's own, in the
office's folder, goes first. A period needs a source that was read, or the named person who set it for the agency.
"""

import datetime as dt
from typing import Literal, get_args

import msgspec

from trustact.casework.decide import law_of
from trustact.records.office import Office
from trustact.shelves import Document, read_document, shelved
from trustact.terms import Evidence

FILE = "retention.yaml"
Kind = Literal["requests", "set-aside"]


class _Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A piece of a schedule as written."""


class Span(_Data, frozen=True):
    """A length of time in whole years, months or days, added in that order."""

    years: int = 0
    months: int = 0
    days: int = 0

    def after(self, day: dt.date) -> dt.date:
        """The day so long after another; the 29th of February of a year that has none is the 1st of March."""
        months = day.year * 12 + day.month - 1 + self.years * 12 + self.months
        first = dt.date(months // 12, months % 12 + 1, 1)
        return first + dt.timedelta(days=day.day - 1 + self.days)


class Rule(_Data, frozen=True):
    """How long records of some kinds are kept. `keep` null: no period is established, and they stay.

    `counted_from`: the last entry of the case, or the one by which it was received. `approval`: whose written approval
    a proposal must name; empty where nobody's. `training`: holds in a training office alone. `sources`: the addresses
    at which its words were read.
    """

    id: str
    covers: tuple[Kind, ...]
    keep: Span | None
    cite: str
    evidence: Evidence
    says: str
    counted_from: Literal["last-entry", "receipt"] = "last-entry"
    approval: str = ""
    training: bool = False
    sources: tuple[str, ...] = ()


class Schedule(_Data, frozen=True):
    """A retention schedule; `set_by` and `set_on` where a person set it for the agency."""

    schedule: str
    rules: tuple[Rule, ...]
    set_by: str | None = None
    set_on: dt.date | None = None

    def rule_for(self, kind: Kind, *, training: bool) -> Rule | None:
        """The rule for a kind of record; in a training office one for training goes first."""
        fitting = [rule for rule in self.rules if kind in rule.covers and (training or not rule.training)]
        return max(fitting, key=lambda rule: rule.training, default=None)


def rules_of(office: Office) -> tuple[Rule, ...]:
    """The rules by which this office's records go or stay, each once. Raises ShelfError for a mistake in one."""
    schedule, training = schedule_of(office), office.settings.training
    found = [schedule.rule_for(kind, training=training) for kind in get_args(Kind)] if schedule else []
    return tuple({rule.id: rule for rule in found if rule}.values())


def schedule_of(office: Office) -> Schedule | None:
    """The office's schedule; None where no shelf has one. Raises ShelfError for a mistake in it."""
    for pack in law_of(office).layers:
        path = shelved("laws", office.folder / "laws", pack.id, FILE)
        if path.is_file():
            document = read_document(path)
            return _checked(document, document.typed(Schedule))
    return None


def _checked(document: Document, schedule: Schedule) -> Schedule:
    for number, rule in enumerate(schedule.rules):
        where = ("rules", number, "keep")
        if rule.keep is None or rule.training:
            continue
        if rule.keep.after(dt.date(2000, 1, 1)) <= dt.date(2000, 1, 1):
            raise document.error(
                where, f"the rule '{rule.id}' keeps its records for no time: write null to keep them"
            )
        if rule.evidence is Evidence.UNVERIFIED and not (schedule.set_by and schedule.set_on):
            raise document.error(
                where,
                f"the period of '{rule.id}' has no source that was read: say who set it (set_by, set_on), or null",
            )
    return schedule
