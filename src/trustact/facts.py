"""The facts a law may ask for. A fact is a value or unknown; unknown is never guessed.

The book of facts is `laws/facts.yaml`: for each fact its question, its values and who may attest it.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import msgspec

from trustact.failures import BadInput, nearest
from trustact.shelves import Document, read_document

Value = str | bool
Attester = Literal["officer", "supervisor", "records", "counsel"]


_SORTS = frozenset((bool, str))  # 1 and 1.0 equal true, and are no answers


class FactError(BadInput):
    """A set of facts that cannot be taken: an unknown name, or a value the fact cannot have."""


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One fact: its question in plain words, its values, who may attest it.

    `counts_when_attested`: an exceptional ground, false until somebody attests it.
    `premise`: a position is named as missing only where this condition is known to hold.
    """

    question: str
    attest: Attester
    values: tuple[str, ...] | None = None
    help: str = ""
    counts_when_attested: bool = False
    premise: Any = None

    @property
    def domain(self) -> tuple[Value, ...]:
        """The values the fact can have; a fact without a list of values is true or false."""
        return self.values or (True, False)


class FactBook(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """All facts and the named conditions (terms) shared by every pack, terms still as written."""

    facts: dict[str, Fact]
    terms: dict[str, Any] = {}

    @cached_property
    def domains(self) -> dict[str, tuple[Value, ...]]:
        """The values of every fact, by name, in the order facts are asked."""
        return {name: fact.domain for name, fact in self.facts.items()}

    @cached_property
    def _possible(self) -> frozenset[tuple[str, Value]]:
        return frozenset((name, value) for name, domain in self.domains.items() for value in domain)

    @cached_property
    def unclaimed(self) -> dict[str, Value]:
        """The exceptional grounds, each with the value it has until somebody attests it."""
        return {name: False for name, fact in self.facts.items() if fact.counts_when_attested}

    def with_facts(self, added: Iterable[Mapping[str, Fact]]) -> "FactBook":
        """The book with the facts that single laws bring along, at its end."""
        facts = dict(self.facts)
        for some in added:
            facts.update(some)
        return FactBook(facts, self.terms) if len(facts) > len(self.facts) else self

    def settled_by_counsel(self, name: str) -> bool:
        """Whether a fact is a position or a policy, which no officer is ever asked."""
        return name.startswith(("position.", "policy."))

    def counted(self, known: Mapping[str, Value]) -> dict[str, Value]:
        """The known facts as they count: an exceptional ground that nobody attested is false."""
        return {**self.unclaimed, **known}

    def check(self, raw: Mapping[str, object]) -> dict[str, Value]:
        """The known facts of a JSON object, null left out. Raises FactError for a name or value not in the book."""
        known: dict[str, Any] = {name: value for name, value in raw.items() if value is not None}
        if len(known) < len(raw) and not raw.keys() <= self.facts.keys():
            self._refuse(raw)
        if not (_SORTS.issuperset(map(type, known.values())) and known.items() <= self._possible):
            self._refuse(known)
        return known

    def _refuse(self, raw: Mapping[str, object]) -> None:
        for name, value in raw.items():
            if name not in self.facts:
                raise FactError(f"there is no fact '{name}'{nearest(name, self.facts)}")
            if not isinstance(value, str | bool | None) or value not in (*self.domains[name], None):
                raise FactError(refused_value(name, value, self.domains[name]))


def refused_value(fact: str, value: object, domain: tuple[Value, ...]) -> str:
    """The sentence that refuses a value a fact cannot have, with the nearest right one."""
    words = [str(v).lower() if isinstance(v, bool) else v for v in domain]
    shown = str(value).lower() if isinstance(value, bool) else repr(value)
    return f"the fact '{fact}' cannot be {shown}{nearest(str(value), words) or '; it is one of: ' + ', '.join(words)}"


def read_fact_book(path: Path) -> tuple[FactBook, Document]:
    """The book of facts in a file, with its document for error lines. Raises ShelfError."""
    document = read_document(path)
    return document.typed(FactBook), document
