"""Facts and conditions in plain words, made from the questions and names of the book of facts.

A question that begins with Is, Was, Has or Does and a subject known here is turned into a statement ("the
person is not eligible for release"). Any other is quoted with its answer, so that nothing is ever misread.
"""

import re
from collections.abc import Sequence

from trustact.facts import Fact, FactBook, Value
from trustact.law.condition import AllOf, AnyOf, Condition, Is, Named, Not

_THING = "person|request|warrant or order|warrant|inquiry|information asked for|task force"
_SUBJECT = rf"there|(?:the|this) (?:{_THING})|our agency|immigration enforcement|asking"
_ASKED = re.compile(rf"(Is|Was|Has|Does) ({_SUBJECT}) (.+)")
_COMPOUND = re.compile(r" or (?:is|was|has|does|did) ")
_ASIDE = re.compile(r" \([^()]*\)")
_ABBREVIATION = re.compile(r"(?:i|ao|ice)-\w+|cbp|usms|fbi")
_CAPITALS = re.compile(r"\b(?:ii|iii|iv|ncic|dhs)\b")


def value_words(value: Value) -> str:
    """A value of a fact as people write it: I-247A, ICE-ERO, magistrate judge, yes."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if _ABBREVIATION.fullmatch(value):
        return value.upper()
    return _CAPITALS.sub(lambda found: found[0].upper(), value.replace("-", " "))


def statement(book: FactBook, name: str, values: Sequence[Value]) -> str:
    """What it means that a fact has one of these values: "the person is eligible for release"."""
    fact = book.facts[name]
    if fact.values is None and len(values) == 1:
        return _yes_or_no(fact, yes=values[0] is True)
    thing, _, attribute = name.replace("_", " ").rpartition(".")
    if attribute.endswith(" by"):
        return f"the {thing} is {attribute} {one_of(values)}"
    return f"the {thing} {attribute} is {one_of(values)}"


def question(book: FactBook, name: str) -> str:
    """A fact's question in quotation marks, without its asides."""
    return _quoted(book.facts[name])


def one_of(values: Sequence[Value]) -> str:
    """Values as an enumeration: "I-200, I-205 or I-203"."""
    *others, last = [value_words(value) for value in values]
    return f"{', '.join(others)} or {last}" if others else last


def in_words(condition: Condition, book: FactBook) -> str:
    """A condition as a phrase; a term stands by its name, as `term_words` writes it."""
    match condition:
        case Is(fact, values):
            return statement(book, fact, values)
        case Named(name, _):
            return term_words(name)
        case Not(part):
            return f"not ({in_words(part, book)})"
        case AllOf(()):
            return "always"
        case AllOf(parts):
            return "; and ".join(_part(part, book) for part in parts)
        case AnyOf(parts):
            return "either " + "; or ".join(_part(part, book) for part in parts)


def term_words(name: str) -> str:
    """The name of a term as words between angle marks, so that a reader sees that it is defined."""
    return f"<{name.replace('-', ' ')}>"


def terms_in(condition: Condition) -> dict[str, Condition]:
    """What the terms of a condition stand for, by name, those inside other terms included."""
    match condition:
        case Named(name, part):
            return {name: part} | terms_in(part)
        case Not(part):
            return terms_in(part)
        case AllOf(parts) | AnyOf(parts):
            return {name: term for part in parts for name, term in terms_in(part).items()}
        case _:
            return {}


def _part(part: Condition, book: FactBook) -> str:
    words = in_words(part, book)
    return f"({words})" if isinstance(part, AllOf | AnyOf) else words


def _yes_or_no(fact: Fact, *, yes: bool) -> str:
    asked = _ASKED.fullmatch(_plain(fact))
    if asked is None or _COMPOUND.search(_plain(fact)):
        return f"the answer to {_quoted(fact)} is {value_words(yes)}"
    verb, subject, rest = asked[1].lower(), asked[2], asked[3]
    if verb == "does":
        return f"{subject} {_inflected(rest)}" if yes else f"{subject} does not {rest}"
    if yes:
        return f"{subject} {verb} {rest}"
    article = re.match(r"an? ", rest)
    return f"{subject} {verb} no {rest[article.end() :]}" if article else f"{subject} {verb} not {rest}"


def _inflected(rest: str) -> str:
    """The phrase with its first word, a verb, in the third person: name -> names, carry -> carries."""
    verb, space, others = rest.partition(" ")
    if re.search(r"[^aeiou]y$", verb):
        return f"{verb[:-1]}ies{space}{others}"
    return f"{verb}{'es' if re.search('(?:s|x|z|ch|sh|o)$', verb) else 's'}{space}{others}"


def _plain(fact: Fact) -> str:
    return _ASIDE.sub("", fact.question).rstrip("?").strip()


def _quoted(fact: Fact) -> str:
    return f"“{_plain(fact)}?”"
