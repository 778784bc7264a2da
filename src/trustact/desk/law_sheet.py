"""A law put on a page: every provision with its versions, and beside each rule the condition it applies on."""

from dataclasses import dataclass

from trustact.facts import FactBook
from trustact.law.condition import AllOf, AnyOf, Condition, Is, Named, Not
from trustact.law.loading import Law
from trustact.law.pack import Pack, ProvisionData, Rule, VersionData
from trustact.law.wording import statement, terms_in


@dataclass(frozen=True)
class Clause:
    """A condition as a line with the lines under it. `term`: the name of a term whose meaning stands elsewhere."""

    says: str
    parts: tuple["Clause", ...] = ()
    term: str = ""


@dataclass(frozen=True)
class RuleSheet:
    """A rule and its condition."""

    rule: Rule
    when: Clause


@dataclass(frozen=True)
class VersionSheet:
    """A version of a provision and its rules."""

    version: VersionData
    rules: tuple[RuleSheet, ...]


@dataclass(frozen=True)
class ProvisionSheet:
    """A provision and its versions."""

    provision: ProvisionData
    versions: tuple[VersionSheet, ...]


def provisions(law: Law) -> list[ProvisionSheet]:
    """The provisions of the top layer of a law."""
    pack = law.layers[0]
    return [
        ProvisionSheet(provision, tuple(_version(pack, provision, v, law.book) for v in provision.versions))
        for provision in pack.data.provisions
    ]


def terms(law: Law) -> list[tuple[str, Clause]]:
    """What the terms used by the top layer stand for, by name."""
    used: dict[str, Condition] = {}
    for rule in law.layers[0].rules:
        used |= terms_in(rule.when)
    return [(name, clause(used[name], law.book)) for name in sorted(used)]


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


def _version(pack: Pack, provision: ProvisionData, version: VersionData, book: FactBook) -> VersionSheet:
    rules = (
        rule for rule in pack.rules if rule.provision == provision.provision and rule.span == version.span
    )
    return VersionSheet(version, tuple(RuleSheet(rule, clause(rule.when, book)) for rule in rules))
