"""The sheet on which a person attests the facts of a case: the questions the law asks, grouped, with what is known.

A proposal of the reading stands preselected and marked as one; unknown is an answer like any other. A person
sees every question and answers those their role may attest.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from trustact.casework.confirm import AskedFact
from trustact.casework.dossier import Dossier
from trustact.desk.wording import words
from trustact.facts import Value

MAY_ATTEST: dict[str, frozenset[str]] = {
    "officer": frozenset({"officer", "records"}),
    "supervisor": frozenset({"officer", "records", "supervisor"}),
    "counsel": frozenset(),
}

GROUPS = {
    "request": "The request",
    "warrant": "The warrant or court order",
    "custody": "Custody",
    "information": "The information asked for",
    "interview": "Interview",
    "taskforce": "Task force",
    "person": "The person's record",
    "victim": "Victims of crime",
    "offence": "Our officers' own grounds",
}
LIST_FROM = 5

_WARRANT = "warrant."
_PRESENTED = "warrant.presented"


class ContradictionError(ValueError):
    """Answers that cannot all be true; the line says which."""


@dataclass(frozen=True)
class Choice:
    """One answer a question can have. `text` is what the form sends: empty for unknown."""

    text: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Question:
    """One fact to attest. `proposed`: the answer shown comes from the reading and nobody has attested it."""

    name: str
    question: str
    help: str
    attest: str
    open: bool
    proposed: bool
    choices: tuple[Choice, ...]

    @property
    def as_list(self) -> bool:
        """Whether the answers are too many to stand side by side."""
        return len(self.choices) > LIST_FROM

    @property
    def noted(self) -> bool:
        """Whether something stands under the question: help, who attests it, or where its answer comes from."""
        return bool(self.help) or self.attest != "officer" or self.proposed

    @property
    def answer(self) -> str:
        """The answer shown, in words."""
        return next(choice.label for choice in self.choices if choice.chosen)


@dataclass(frozen=True)
class Group:
    """Questions about one thing, under its heading."""

    name: str
    heading: str
    questions: tuple[Question, ...]


def groups(
    asked: Iterable[AskedFact], file: Dossier, roles: Collection[str], sent: Mapping[str, str] | None = None
) -> list[Group]:
    """The questions of a case for a person with these roles; `sent` are answers to be mended, shown as they were sent."""
    known = {line.name: line.value for line in file.facts}
    proposed = {} if file.facts else {line.name: line.value for line in file.proposed}
    found: dict[str, list[Question]] = {}
    for fact in asked:
        if fact.attest == "counsel":
            continue
        may = may_attest(fact, roles)
        shown = _text(known.get(fact.name, proposed.get(fact.name)))
        if sent is not None and may:
            shown = sent.get(fact.name, "")
        choices = (*(_choice(value, shown) for value in fact.values), Choice("", "Not known", shown == ""))
        mark = fact.name in proposed and shown == _text(proposed[fact.name])
        question = Question(fact.name, fact.question, fact.help, fact.attest, may, mark, choices)
        found.setdefault(fact.name.partition(".")[0], []).append(question)
    return [Group(name, GROUPS.get(name, words(name)), tuple(questions)) for name, questions in found.items()]


def may_attest(fact: AskedFact, roles: Collection[str]) -> bool:
    """Whether one of these roles may attest a fact."""
    return any(fact.attest in MAY_ATTEST[role] for role in roles)


def answers(
    asked: Iterable[AskedFact], file: Dossier, roles: Collection[str], sent: Mapping[str, str]
) -> dict[str, Value]:
    """The facts to attest: what was sent and may be by these roles; what stood attested of the others.

    Raises ContradictionError where no warrant came and yet something is said of one.
    """
    known = {line.name: line.value for line in file.facts}
    facts: dict[str, Value] = {}
    for fact in asked:
        if may_attest(fact, roles):
            value = next((value for value in fact.values if _text(value) == sent.get(fact.name)), None)
        else:
            value = known.get(fact.name)
        if value is not None:
            facts[fact.name] = value
    said = [name for name in facts if name.startswith(_WARRANT) and name != _PRESENTED]
    if facts.get(_PRESENTED) is False and said:
        raise ContradictionError(
            "No warrant or court order came, yet something is said of one:"
            " set the other answers about the warrant to Not known, or say that one came."
        )
    return facts


def _choice(value: Value, shown: str) -> Choice:
    return Choice(_text(value), words(value), _text(value) == shown)


def _text(value: Value | None) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else value
