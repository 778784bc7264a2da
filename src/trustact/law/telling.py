"""Cases and outlines told: in words for a city attorney, and in the form in which packs are written."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from trustact.facts import FactBook, Value
from trustact.law.condition import AllOf, AnyOf, Condition, Is, Named, Not
from trustact.law.outline import Outline, literals
from trustact.law.wording import in_words, statement


def long_date(day: dt.date) -> str:
    """A day as a letter writes it: 20 August 2014."""
    return f"{day.day} {day:%B} {day.year}"


def literal_words(literal: Condition, book: FactBook) -> str:
    """A literal of an outline: "not <criminal warrant>", "the request form is not I-247G or I-247N"."""
    match literal:
        case Not(Is(fact, values)):
            return statement(book, fact, values).replace(" is ", " is not ", 1)
        case Not(Named() as term):
            return f"not {in_words(term, book)}"
        case AnyOf(parts):
            return f"either {', or '.join(_alternative(part, book) for part in parts)}"
        case _:
            return in_words(literal, book)


def _alternative(part: Condition, book: FactBook) -> str:
    words = part_words(part, book)
    return f"({words})" if isinstance(part, AllOf) else words


def part_words(part: Condition, book: FactBook) -> str:
    """A part of an outline: its literals, one after the other."""
    return ", and ".join(literal_words(literal, book) for literal in literals(part))


def outline_words(cases: Outline, book: FactBook) -> Iterator[tuple[str, str]]:
    """An outline as a paragraph for what its cases have in common, then one a part, each with its opening."""
    if cases.when or not cases.one_of:
        yield "when", "; ".join(literal_words(literal, book) for literal in cases.when) or "always"
    for place, part in enumerate(cases.one_of):
        yield "or" if place else "and either" if cases.when else "either", part_words(part, book)
    for place, part in enumerate(cases.unless):
        yield "or" if place else "unless", part_words(part, book)


def case_words(facts: Mapping[str, Value], book: FactBook) -> str:
    """The facts of a case as one phrase; "any case" where there are none."""
    return "; ".join(statement(book, name, [value]) for name, value in facts.items()) or "any case"


def attested(facts: Mapping[str, Value], book: FactBook) -> dict[str, Value]:
    """The facts of a case without the exceptional grounds that count as no because nobody attested them."""
    return {
        name: value for name, value in facts.items() if value or not book.facts[name].counts_when_attested
    }


def written(condition: Condition) -> Any:
    """A condition as packs write it, terms by their names."""
    match condition:
        case Is(fact, values):
            return {"fact": fact, "is": values[0]} if len(values) == 1 else {"fact": fact, "in": list(values)}
        case AllOf(parts):
            return {"all": [written(part) for part in parts]} if parts else "always"
        case AnyOf(parts):
            return {"any": [written(part) for part in parts]}
        case Not(part):
            return {"not": written(part)}
        case Named(name, _):
            return {"term": name}
