"""What an amendment changed between two days: the cases whose finding changes, all of them and no others.

The tables of both days are laid over one another, so that the answer is exact; each change is then outlined in
the law's own terms, with the rules behind both findings and one concrete case.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from trustact.facts import Value
from trustact.failures import BadInput
from trustact.law.check import change_days
from trustact.law.diagram import leaves
from trustact.law.eras import text_on
from trustact.law.finding import Because
from trustact.law.in_force import LawInForce
from trustact.law.loading import Law
from trustact.law.outline import Outline, outline, phrases
from trustact.law.pack import Duty, Pack, ProvisionData, Rule, VersionData
from trustact.law.region import Region, Regions
from trustact.law.telling import attested
from trustact.terms import Action, Verdict

How = Literal["begun", "ended", "changed"]
ORDER = (Verdict.UNDETERMINED, Verdict.PROHIBITED, Verdict.REQUIRED, Verdict.PERMITTED, Verdict.NOT_REGULATED)


class ProvisionChange(msgspec.Struct, frozen=True):
    """A provision whose text is another one: `on` is the day its latest text or gap began."""

    law: str
    provision: str
    heading: str
    cite: str
    how: How
    on: dt.date


class DutyChange(msgspec.Struct, frozen=True):
    """A duty that was not there before, is there no more, or reads otherwise; as it stands or last stood."""

    duty: str
    how: How
    says: str
    cite: str


class Change(msgspec.Struct, frozen=True):
    """Cases of one action whose finding changes from `before` to `after`.

    `cases` says which ones, exactly. `because_before` and `because_after` are all rules that decide one of them.
    `example` is one of them: facts that settle both findings.
    """

    action: Action
    before: Verdict
    after: Verdict
    cases: Outline
    because_before: tuple[Because, ...]
    because_after: tuple[Because, ...]
    example: dict[str, Value]


class Amendment(msgspec.Struct, frozen=True):
    """A law on one day against the same law on another. `days` are those on which its text changed."""

    law: str
    stands_on: tuple[str, ...]
    before: dt.date
    after: dt.date
    days: tuple[dt.date, ...]
    provisions: tuple[ProvisionChange, ...]
    duties: tuple[DutyChange, ...]
    gaps_before: tuple[str, ...]
    gaps_after: tuple[str, ...]
    changes: tuple[Change, ...]


def diff(law: Law, before: dt.date, after: dt.date) -> Amendment:
    """What changed from one day to a later one. Raises BadInput where the second is the earlier."""
    if after < before:
        raise BadInput(f"the second day, {after}, lies before the first, {before}")
    old, new = text_on(law, before), text_on(law, after)
    return Amendment(
        law=law.id,
        stands_on=tuple(pack.id for pack in law.layers[1:]),
        before=before,
        after=after,
        days=tuple(day for day in change_days(law) if before < day <= after),
        provisions=tuple(c for pack in law.layers for c in _provisions(pack, before, after)),
        duties=tuple(c for pack in law.layers for c in _duties(pack, before, after)),
        gaps_before=tuple(note for note in old.notes if note not in new.notes),
        gaps_after=tuple(note for note in new.notes if note not in old.notes),
        changes=tuple(_Comparison(old, new).changes()),
    )


def _provisions(pack: Pack, before: dt.date, after: dt.date) -> Iterator[ProvisionChange]:
    for provision in pack.data.provisions:
        old, new = _version(provision, before), _version(provision, after)
        how = _how(old.rules if old else (), new.rules if new else ())
        if new and how:
            yield ProvisionChange(
                pack.id, provision.provision, provision.heading, provision.cite, how, new.from_
            )


def _version(provision: ProvisionData, day: dt.date) -> VersionData | None:
    return next((version for version in provision.versions if day in version.span), None)


def _duties(pack: Pack, before: dt.date, after: dt.date) -> Iterator[DutyChange]:
    for name in dict.fromkeys(duty.id for duty in pack.duties):
        old, new = _duty(pack, name, before), _duty(pack, name, after)
        how, shown = _how(old, new), new or old
        if how and shown:
            yield DutyChange(name, how, shown.says, shown.cite)


def _duty(pack: Pack, name: str, day: dt.date) -> Duty | None:
    return next((duty for duty in pack.duties if duty.id == name and day in duty.span), None)


def _how(old: object, new: object) -> How | None:
    if old == new:
        return None
    return "changed" if old and new else "begun" if new else "ended"


class _Comparison:
    """The tables of a law on two days, laid over one another."""

    def __init__(self, old: LawInForce, new: LawInForce) -> None:
        self.old, self.new = old, new
        self.regions = Regions(old.law.book.domains)
        packs = [(pack, text.day) for text in (old, new) for pack in text.law.layers]
        self.phrases = phrases(rule.when for pack, day in packs for rule in pack.rules_on(day))

    def changes(self) -> Iterator[Change]:
        """All changes, action by action, the strictest new finding first."""
        for action in Action:
            old, new = self.old.table(action), self.new.table(action)
            for after in sorted(leaves(new), key=ORDER.index):
                for before in sorted(set(leaves(old)) - {after}, key=ORDER.index):
                    region = self.regions.meet(
                        self.regions.of_table(old, before), self.regions.of_table(new, after)
                    )
                    if region:
                        yield self._change(action, before, after, region)

    def _change(self, action: Action, before: Verdict, after: Verdict, region: Region) -> Change:
        return Change(
            action=action,
            before=before,
            after=after,
            cases=outline(self.regions, region, self.phrases),
            because_before=self._because(self.old, action, before, region),
            because_after=self._because(self.new, action, after, region),
            example=self._example(region),
        )

    def _because(
        self, text: LawInForce, action: Action, verdict: Verdict, region: Region
    ) -> tuple[Because, ...]:
        """The rules that decide some case of the region."""
        conflict = {Verdict.PROHIBITED, Verdict.REQUIRED}
        deciding = conflict if verdict is Verdict.UNDETERMINED else {verdict}
        example = self._example(region)
        return tuple(
            Because(rule.id, rule.cite, rule.says, rule.evidence_for(action, example))
            for layer in text.rules(action)
            for rule in layer
            if rule.finding in deciding and self.regions.meet(region, self._applies(rule, layer))
        )

    def _example(self, region: Region) -> dict[str, Value]:
        return attested(self.regions.example(region), self.new.law.book)

    def _applies(self, rule: Rule, layer: Sequence[Rule], above: tuple[Rule, ...] = ()) -> Region:
        """The cases in which a rule applies: its condition holds and no applying rule of its law defeats it."""
        path = (*above, rule)  # a circle of defeats is refused by `law check`; here it must only end
        defeating = [other for other in layer if rule.id in other.defeats and other not in path]
        defeated = self.regions.join(*(self._applies(other, layer, path) for other in defeating))
        return self.regions.less(self.regions.of(rule.when), defeated)
