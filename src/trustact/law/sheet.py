"""A law put on a page: every provision with its versions, and beside each the rules in plain words.

What the page says is made here once; the terminal (`trustact.law.show`) and the HTML page only lay it out.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from trustact.facts import FactBook
from trustact.law.condition import ALWAYS, AllOf, AnyOf, Condition, Is, Named, Not, facts_of, parse
from trustact.law.loading import Law
from trustact.law.pack import (
    DefinitionData,
    Due,
    Duty,
    EvidenceFor,
    Pack,
    PackData,
    ProvisionData,
    Rule,
    StandingData,
    VersionData,
)
from trustact.law.telling import long_date
from trustact.law.wording import in_words, question, statement, terms_in
from trustact.terms import ACTION_LABELS, EVIDENCE_LABELS, VERDICT_LABELS, Evidence, Verdict

NO_PERMISSION = "Where no rule applies the finding is not-regulated, which is never shown as permission."
DRAFT = "draft, not signed by counsel"
_DAYS = {"saturday": "Saturdays", "sunday": "Sundays", "holiday": "holidays"}


@dataclass(frozen=True)
class Clause:
    """A condition as a line with the lines under it. `term`: the name of a term whose meaning stands elsewhere."""

    says: str
    parts: tuple["Clause", ...] = ()
    term: str = ""


@dataclass(frozen=True)
class RuleSheet:
    """A rule, or one clause of it: its finding, actions, condition and evidence in words."""

    rule: Rule
    finding: str
    actions: tuple[str, ...]
    when: Clause
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class VersionSheet:
    """A version of a provision, the days it stands, and its rules, the clauses of one rule together."""

    version: VersionData
    days: str
    in_force: bool
    rules: tuple[tuple[str, tuple[RuleSheet, ...]], ...]


@dataclass(frozen=True)
class ProvisionSheet:
    """A provision and its versions."""

    provision: ProvisionData
    versions: tuple[VersionSheet, ...]


@dataclass(frozen=True)
class PositionSheet:
    """A question open in law: its words, the cases in which it matters, and the rules that turn on it."""

    fact: str
    question: str
    premise: str
    rules: tuple[str, ...]


@dataclass(frozen=True)
class DutySheet:
    """A duty in words."""

    duty: Duty
    days: str
    when: str
    due: str
    evidence: str


@dataclass(frozen=True)
class LawSheet:
    """The top layer of a law as a page that says what stands on a day."""

    data: PackData
    digest: str
    day: str
    status: str
    stands_on: tuple[str, ...]
    begins: str
    provisions: tuple[ProvisionSheet, ...]
    terms: tuple[tuple[str, str, Clause], ...]
    positions: tuple[PositionSheet, ...]
    duties: tuple[DutySheet, ...]
    definitions: tuple[tuple[DefinitionData, str], ...]
    bars: tuple[tuple[StandingData, str], ...]


def law_sheet(law: Law, day: dt.date) -> LawSheet:
    """The page of a law; versions in force on the day are marked, the others stand there too."""
    pack = law.layers[0]
    return LawSheet(
        data=pack.data,
        digest=law.digest,
        day=long_date(day),
        status=status(pack.data),
        stands_on=tuple(below.id for below in law.layers[1:]),
        begins=long_date(pack.data.begins),
        provisions=tuple(_provision(pack, provision, law.book, day) for provision in pack.data.provisions),
        terms=tuple(_terms(pack, law.book)),
        positions=tuple(_positions(law)),
        duties=tuple(_duty(duty, law.book) for duty in pack.duties),
        definitions=tuple((each, spelled(each.evidence)) for each in pack.data.definitions),
        bars=tuple((bar, spelled(bar.evidence)) for bar in pack.data.standing_bars),
    )


def status(data: PackData) -> str:
    """Whether counsel has signed the pack, and when its sources were last looked at."""
    signed, read = data.signed_by_counsel, data.verified_on
    words = f"signed by {signed.name} on {signed.date}" if signed else DRAFT
    return f"{words}; sources last looked at {read}" if read else words


def spelled(word: Evidence) -> str:
    """An evidence word with what it means."""
    return f"{word} ({EVIDENCE_LABELS[word]})"


def evidence_words(case: EvidenceFor, book: FactBook) -> str:
    """An evidence word with the actions and the cases it stands for, where not for all."""
    scope = [f"for {', '.join(case.actions)}"] if case.actions else []
    if case.when != ALWAYS:
        scope.append(f"where {in_words(case.when, book)}")
    return " ".join([spelled(case.word), *scope])


def days_words(first: dt.date, last: dt.date | None) -> str:
    """The days of a text: from 20 August 2014 to 18 December 2019."""
    return f"from {long_date(first)}" + (f" to {long_date(last)}" if last else "")


def due_words(due: Due) -> str:
    """When a duty falls due, in words."""
    if due.at_once:
        return "at once"
    if due.hours:
        still = " and ".join(_DAYS[day] for day in due.excluding)
        return f"within {due.hours} hours" + (f", leaving out {still}" if still else "")
    if due.business_days:
        return f"within {due.business_days} business days"
    if due.month_day:
        day = dt.date.fromisoformat(f"2024-{due.month_day}")
        return f"{day.day} {day:%B} of each year"
    return "no time named"


def clause(condition: Condition, book: FactBook) -> Clause:
    """A condition as nested lines in plain words."""
    match condition:
        case Is(fact, values):
            return Clause(statement(book, fact, values))
        case Named(name, _):
            return Clause(name.replace("-", " "), term=name)
        case Not(part):
            return Clause("not:", (clause(part, book),))
        case AllOf(()):
            return Clause("always")
        case AllOf(parts):
            return Clause("all of these:", tuple(clause(part, book) for part in parts))
        case AnyOf(parts):
            return Clause("at least one of these:", tuple(clause(part, book) for part in parts))


def _provision(pack: Pack, provision: ProvisionData, book: FactBook, day: dt.date) -> ProvisionSheet:
    rules = [rule for rule in pack.rules if rule.provision == provision.provision]
    return ProvisionSheet(
        provision,
        tuple(
            VersionSheet(
                version,
                days_words(version.from_, version.to),
                day in version.span,
                tuple(_together([rule for rule in rules if rule.span == version.span], book)),
            )
            for version in provision.versions
        ),
    )


def _together(rules: Sequence[Rule], book: FactBook) -> Iterator[tuple[str, tuple[RuleSheet, ...]]]:
    for name, clauses in groupby(rules, lambda rule: rule.id):
        yield name, tuple(_rule(rule, book) for rule in clauses)


def _rule(rule: Rule, book: FactBook) -> RuleSheet:
    return RuleSheet(
        rule,
        VERDICT_LABELS[Verdict(rule.finding)],
        tuple(ACTION_LABELS[action] for action in rule.actions),
        clause(rule.when, book),
        tuple(evidence_words(case, book) for case in rule.evidence),
    )


def _terms(pack: Pack, book: FactBook) -> Iterator[tuple[str, str, Clause]]:
    """The terms used by a pack: name, words, and what each stands for."""
    used: dict[str, Condition] = {}
    for condition in (*(rule.when for rule in pack.rules), *(duty.when for duty in pack.duties)):
        used |= terms_in(condition)
    for name in sorted(used):
        yield name, name.replace("-", " "), clause(used[name], book)


def _positions(law: Law) -> Iterator[PositionSheet]:
    rules = law.layers[0].rules
    for name, fact in law.book.facts.items():
        turning = tuple(dict.fromkeys(rule.id for rule in rules if name in facts_of(rule.when)))
        if turning and law.book.settled_by_counsel(name):
            premise = parse(fact.premise, law.vocabulary) if fact.premise else ALWAYS
            yield PositionSheet(name, question(law.book, name), in_words(premise, law.book), turning)


def _duty(duty: Duty, book: FactBook) -> DutySheet:
    days = days_words(duty.span.first, duty.span.last)
    return DutySheet(duty, days, in_words(duty.when, book), due_words(duty.due), spelled(duty.evidence))
