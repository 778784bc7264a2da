"""What the law said of each action, put into the words of the page: what is missing, and what stands meanwhile."""

from collections.abc import Iterable
from dataclasses import dataclass

from trustact.casework.confirm import AskedFact
from trustact.casework.dossier import DecisionLine
from trustact.law.finding import Finding


@dataclass(frozen=True)
class Missing:
    """A fact that can still change a finding: its name and question, and whether only counsel settles it."""

    name: str
    question: str
    for_counsel: bool
    ask_next: bool


@dataclass(frozen=True)
class FindingLine:
    """A finding with its missing facts as questions."""

    finding: Finding
    missing: tuple[Missing, ...]


def findings(decision: DecisionLine, asked: Iterable[AskedFact]) -> list[FindingLine]:
    """The findings of a decision, in the order of the actions."""
    facts = {fact.name: fact for fact in asked}
    return [
        FindingLine(finding, tuple(_missing(name, facts.get(name), finding) for name in finding.missing))
        for finding in decision.findings
    ]


def _missing(name: str, fact: AskedFact | None, finding: Finding) -> Missing:
    question = fact.question if fact else name
    return Missing(name, question, fact is not None and fact.attest == "counsel", name == finding.ask_next)
