"""A pack: one law as data. The format of `laws/<id>/law.yaml`, typed, and the rules compiled from it.

A pack holds provisions; a provision holds versions, each in force on its own dates or an explicit gap; a
version holds rules. A rule says: for these actions, when this condition holds, this is the finding, by this
citation, established by this evidence.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from trustact.facts import Fact
from trustact.law.condition import Condition, Facts, holds
from trustact.law.period import Span
from trustact.terms import Action, Evidence

RuleVerdict = Literal["prohibited", "permitted", "required"]
Weekday = Literal["saturday", "sunday", "holiday"]


class _Data(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, rename={"from_": "from"}
):
    """A piece of a pack as written."""


class Source(_Data, frozen=True):
    """Where a text was read: a short title and an address."""

    title: str
    at: str


class EvidenceCase(_Data, frozen=True):
    """An evidence word that stands for some of a rule's actions, or only under a condition."""

    word: Evidence
    actions: tuple[Action, ...] = ()
    when: Any = "always"


class AlsoData(_Data, frozen=True):
    """What a rule says of further actions. Whatever is left out here is as in the rule itself."""

    actions: tuple[Action, ...]
    finding: RuleVerdict | UnsetType = UNSET
    when: Any = UNSET
    says: str | UnsetType = UNSET
    evidence: Evidence | tuple[EvidenceCase, ...] | UnsetType = UNSET
    cite: str | UnsetType = UNSET
    sources: tuple[str, ...] | UnsetType = UNSET
    note: str | UnsetType = UNSET

    @property
    def differing(self) -> dict[str, Any]:
        """What is written here, by key."""
        written = {name: getattr(self, name) for name in self.__struct_fields__}
        return {name: value for name, value in written.items() if value is not UNSET}


class RuleData(_Data, frozen=True):
    """A rule as written. `note` says what is inferred or open; `sources` name entries of the pack's list.

    `also` carries, under the same id, what the rule says of further actions where its condition, or another
    part of it, is not the same for them.
    """

    rule: str
    actions: tuple[Action, ...]
    finding: RuleVerdict
    when: Any
    says: str
    evidence: Evidence | tuple[EvidenceCase, ...]
    cite: str = ""
    defeats: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    note: str = ""
    also: tuple[AlsoData, ...] = ()

    @property
    def clauses(self) -> tuple["RuleData", ...]:
        """The rule as clauses of disjoint actions: itself, then one for each part of `also`."""
        alone = msgspec.structs.replace(self, also=())
        return (alone, *(msgspec.structs.replace(alone, **other.differing) for other in self.also))


class VersionData(_Data, frozen=True):
    """The text of a provision between two dates: its rules, or `gap` with the reason why there are none."""

    from_: dt.date
    to: dt.date | None = None
    gap: str = ""
    note: str = ""
    rules: tuple[RuleData, ...] = ()

    @property
    def span(self) -> Span:
        """The days on which this version is in force."""
        return Span(self.from_, self.to)


class ProvisionData(_Data, frozen=True):
    """A provision of the law: its heading, its citation, and its versions in order of date."""

    provision: str
    heading: str
    cite: str
    versions: tuple[VersionData, ...]
    text: str = ""
    note: str = ""


class DefinitionData(_Data, frozen=True):
    """A term the law defines, in plain words, with its pinpoint."""

    term: str
    says: str
    cite: str
    evidence: Evidence
    sources: tuple[str, ...] = ()


class Due(_Data, frozen=True):
    """When a duty falls due. Exactly one of the ways; none at all where the law names no time.

    `month_day` (`12-31`): that day of the year. `hours` after the trigger, days named in `excluding` not
    counted. `business_days` after the trigger's day. `at_once`: when the trigger happens.
    """

    month_day: str = ""
    hours: int = 0
    excluding: tuple[Weekday, ...] = ()
    business_days: int = 0
    at_once: bool = False


class DutyData(_Data, frozen=True):
    """What the law requires next, apart from any action: log, report, train, notify."""

    duty: str
    says: str
    cite: str
    evidence: Evidence
    from_: dt.date
    to: dt.date | None = None
    due: Due = Due()
    when: Any = "always"
    note: str = ""
    sources: tuple[str, ...] = ()


class StandingData(_Data, frozen=True):
    """A bar the law sets that no single request raises, such as acting as an immigration officer."""

    says: str
    cite: str
    evidence: Evidence
    sources: tuple[str, ...] = ()


class Signature(_Data, frozen=True):
    """Counsel's signature under a pack."""

    name: str
    date: dt.date


class PackData(_Data, frozen=True):
    """A law as written in `law.yaml`. `facts` are those no other law asks for, `terms` those it alone uses."""

    law: str
    name: str
    citation: str
    jurisdiction: str
    binds: str
    time_zone: str
    begins: dt.date
    before: str
    provisions: tuple[ProvisionData, ...]
    stands_on: str = ""
    verified_on: dt.date | None = None
    signed_by_counsel: Signature | None = None
    note: str = ""
    facts: dict[str, Fact] = {}
    terms: dict[str, Any] = {}
    definitions: tuple[DefinitionData, ...] = ()
    duties: tuple[DutyData, ...] = ()
    standing_bars: tuple[StandingData, ...] = ()
    open_questions: tuple[str, ...] = ()
    sources: dict[str, Source] = {}


class EvidenceFor(msgspec.Struct, frozen=True):
    """An evidence word with its compiled condition."""

    word: Evidence
    actions: tuple[Action, ...]
    when: Condition


_WEAKNESS = tuple(Evidence)


class Rule(msgspec.Struct, frozen=True):
    """A compiled rule, in force on the days of its span. `id` is `<law>/<rule>`.

    A rule that differs by action is compiled to a rule for each of its clauses: one id, disjoint actions.
    """

    id: str
    actions: tuple[Action, ...]
    finding: RuleVerdict
    when: Condition
    defeats: tuple[str, ...]
    cite: str
    says: str
    evidence: tuple[EvidenceFor, ...]
    span: Span
    provision: str
    note: str = ""
    sources: tuple[str, ...] = ()

    def evidence_for(self, action: Action, facts: Facts) -> Evidence:
        """How the rule's text was established for this action; where facts leave it open, the weakest word."""
        if len(self.evidence) == 1 and not self.evidence[0].actions:
            return self.evidence[0].word
        words = []
        for case in self.evidence:
            value = holds(case.when, facts) if not case.actions or action in case.actions else False
            if value is not False:
                words.append(case.word)
            if value is True:
                break
        return max(words, key=_WEAKNESS.index, default=Evidence.UNVERIFIED)


class Duty(msgspec.Struct, frozen=True):
    """A compiled duty."""

    id: str
    says: str
    cite: str
    evidence: Evidence
    due: Due
    when: Condition
    span: Span
    note: str = ""


class Pack(msgspec.Struct, frozen=True):
    """One law, ready to be applied: its data as written, its rules and its duties."""

    data: PackData
    rules: tuple[Rule, ...]
    duties: tuple[Duty, ...]

    @property
    def id(self) -> str:
        """The law's id, such as `us-ma-boston`."""
        return self.data.law

    def rules_on(self, day: dt.date) -> tuple[Rule, ...]:
        """The rules in force on a day, in the order of the pack."""
        return tuple(rule for rule in self.rules if day in rule.span)

    def gaps_on(self, day: dt.date) -> Iterator[str]:
        """Why parts of the law have no rule on a day: one sentence a gap."""
        if day < self.data.begins:
            yield f"{self.data.name}: {self.data.before}"
            return
        for provision in self.data.provisions:
            for version in provision.versions:
                if version.gap and day in version.span:
                    yield f"{self.data.name}, {provision.heading}: {version.gap}"

    def version_days(self) -> set[dt.date]:
        """The days on which the law, or a version or gap of one of its provisions, begins or has just ended."""
        spans = [version.span for provision in self.data.provisions for version in provision.versions]
        ends = {span.last + dt.timedelta(days=1) for span in spans if span.last}
        return {self.data.begins, *(span.first for span in spans), *ends}

    def turning_days(self) -> list[dt.date]:
        """The days on which some rule begins or has just ended, oldest first."""
        days = {rule.span.first for rule in self.rules}
        days |= {rule.span.last + dt.timedelta(days=1) for rule in self.rules if rule.span.last}
        return sorted(days)
