"""Findings: what the law in force says of an action on the facts known, exact about what is unknown."""

from collections.abc import Iterable
from typing import Any

import msgspec

from trustact.law.condition import Facts, holds
from trustact.law.diagram import Diagram, Question, asks, leaves
from trustact.law.in_force import LawInForce
from trustact.law.pack import Rule
from trustact.law.table import Reasons, Table
from trustact.law.walk import Told, Walk
from trustact.terms import Action, Evidence, Verdict

# From the most careful finding to the least: what stands while an undetermined one is settled.
CAUTION = (
    Verdict.PROHIBITED,
    Verdict.UNDETERMINED,
    Verdict.NOT_REGULATED,
    Verdict.PERMITTED,
    Verdict.REQUIRED,
)


class Because(msgspec.Struct, frozen=True):
    """A rule behind a finding: its id, citation, plain words, and how its text was established."""

    rule: str
    cite: str
    says: str
    evidence: Evidence


class Finding(msgspec.Struct, frozen=True):
    """What the law says of one action on the facts known.

    `missing`: the unknown facts that can change an undetermined finding. `ask_next`: the best one to ask an
    officer, None where only counsel can settle it. `meanwhile`: the finding that stands until then.
    `notes`: parts of the law that have no rule on that date.
    """

    action: Action
    finding: Verdict
    because: tuple[Because, ...]
    missing: tuple[str, ...] = ()
    ask_next: str | None = None
    meanwhile: Verdict | None = None
    notes: tuple[str, ...] = ()


class Findings:
    """The findings of one action under a law in force; each is worked out once.

    A finding depends on what is left of the action's table, and on the facts on which an evidence word or the
    premise of a position rests.
    """

    def __init__(self, text: LawInForce, action: Action) -> None:
        self._text, self._action = text, action
        self._rules = [rule for layer in text.rules(action) for rule in layer]
        self._walk: Walk[Reasons, Finding] = Walk(
            text.tables, text.reasons(action), self._find, text.law.book.unclaimed
        )
        self.of = self._walk.of

    def _find(self, left: Diagram[Reasons], told: Told) -> Finding:
        action, notes, counted = self._action, self._text.notes, told.counted()
        because = self._because(left, counted)
        table = self._text.tables.verdicts(left)
        if not isinstance(table, Question):
            conflict = table is Verdict.UNDETERMINED
            return Finding(
                action, table, because, meanwhile=Verdict.PROHIBITED if conflict else None, notes=notes
            )
        return Finding(
            action,
            Verdict.UNDETERMINED,
            because,
            missing=missing_facts(self._text, table, counted),
            ask_next=next_question(self._text, table),
            meanwhile=careful(leaves(table)),
            notes=notes,
        )

    def _because(self, left: Diagram[Reasons], counted: Facts) -> tuple[Because, ...]:
        """The rules that decide in every completion of the missing facts; if there is none, those that do in some."""
        decisive = [set(map(id, reasons.rules)) for reasons in leaves(left)]
        cited = set.intersection(*decisive) or set.union(*decisive)
        return tuple(self._cited(rule, counted) for rule in self._rules if id(rule) in cited)

    def _cited(self, rule: Rule, counted: Facts) -> Because:
        return Because(rule.id, rule.cite, rule.says, rule.evidence_for(self._action, counted))


def careful(possible: Iterable[Verdict]) -> Verdict:
    """The most careful of the verdicts still possible; a conflict counts as a prohibition until settled."""
    verdict = min(possible, key=CAUTION.index)
    return Verdict.PROHIBITED if verdict is Verdict.UNDETERMINED else verdict


def missing_facts(text: LawInForce, left: Diagram[Any], counted: Facts) -> tuple[str, ...]:
    """The unknown facts that can change what is left of a diagram; a position only once its premise is known."""
    premises = text.premises
    return tuple(
        name for name in asks(left) if name not in premises or holds(premises[name], counted) is True
    )


def next_question(text: LawInForce, left: Table) -> str | None:
    """The fact whose answer settles a table most often, averaged over its values; None if only counsel can.

    Ties go to the answer that leaves fewer facts open, then to the order of the book of facts.
    """
    asked = [name for name in asks(left) if not text.law.book.settled_by_counsel(name)]
    if len(asked) < 2:
        return next(iter(asked), None)
    return max(asked, key=lambda name: _worth(text, left, name))


def _worth(text: LawInForce, left: Table, name: str) -> tuple[float, float]:
    domain = text.law.book.domains[name]
    after = [text.tables.given(left, name, value) for value in domain]
    settled = sum(not isinstance(table, Question) for table in after)
    return settled / len(domain), -sum(len(asks(table)) for table in after) / len(domain)
