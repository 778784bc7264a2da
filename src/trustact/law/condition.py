"""Conditions over facts: all, any, not, and a fact compared with values. Nothing is evaluated as code.

A condition is true, false or, where a fact it needs is unknown, open (None): Kleene's three values. That is
what a trace shows a reader; the finding itself comes from `trustact.law.table`, which is exact.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

import msgspec

from trustact.facts import Value, refused_value
from trustact.failures import nearest


class Facts(Protocol):
    """The facts of a case, as far as they are known."""

    def get(self, fact: str, /) -> Value | None:
        """The fact's value, None where it is not known."""


class Is(msgspec.Struct, frozen=True, tag="is", omit_defaults=True):
    """True where the fact has one of the values."""

    fact: str
    values: tuple[Value, ...]


class AllOf(msgspec.Struct, frozen=True, tag="all"):
    """True where every part is true; `AllOf(())` is always true."""

    parts: tuple["Condition", ...]


class AnyOf(msgspec.Struct, frozen=True, tag="any"):
    """True where at least one part is true."""

    parts: tuple["Condition", ...]


class Not(msgspec.Struct, frozen=True, tag="not"):
    """True where its part is false."""

    part: "Condition"


class Named(msgspec.Struct, frozen=True, tag="term"):
    """A condition with a name of its own, such as `civil-detainer`."""

    name: str
    part: "Condition"


Condition = Is | AllOf | AnyOf | Not | Named
ALWAYS = AllOf(())


def holds(condition: Condition, facts: Facts) -> bool | None:
    """Whether the condition is true of the facts; None where an unknown fact leaves it open."""
    match condition:
        case Is(fact, values):
            value = facts.get(fact)
            return None if value is None else value in values
        case AllOf(parts):
            return _all(parts, facts)
        case AnyOf(parts):
            return _any(parts, facts)
        case Not(part):
            inner = holds(part, facts)
            return None if inner is None else not inner
        case Named(_, part):
            return holds(part, facts)


def _all(parts: tuple[Condition, ...], facts: Facts) -> bool | None:
    result: bool | None = True
    for part in parts:
        value = holds(part, facts)
        if value is False:
            return False
        if value is None:
            result = None
    return result


def _any(parts: tuple[Condition, ...], facts: Facts) -> bool | None:
    result: bool | None = False
    for part in parts:
        value = holds(part, facts)
        if value is True:
            return True
        if value is None:
            result = None
    return result


def facts_of(condition: Condition) -> Iterator[str]:
    """The facts a condition asks for, in the order it names them, each as often as it stands."""
    match condition:
        case Is(fact, _):
            yield fact
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from facts_of(part)
        case Not(part) | Named(_, part):
            yield from facts_of(part)


def terms_of(condition: Condition) -> Iterator[str]:
    """The names of the terms a condition uses, those inside other terms included."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from terms_of(part)
        case Not(part):
            yield from terms_of(part)
        case Named(name, part):
            yield name
            yield from terms_of(part)


class ConditionError(Exception):
    """A condition that cannot be read: `where` is the path below the condition, `args[0]` what is wrong."""

    def __init__(self, message: str, where: tuple[str | int, ...] = ()) -> None:
        super().__init__(message)
        self.where = where


def parse(data: Any, known: "Vocabulary") -> Condition:
    """A condition from its YAML form. Raises ConditionError for an unknown fact, value, term or shape."""
    if data == "always":
        return ALWAYS
    if not isinstance(data, dict):
        raise ConditionError("a condition is `always` or one of all / any / not / term / fact")
    keys = set(data)
    if keys in ({"all"}, {"any"}):
        (key,) = keys
        return (AllOf if key == "all" else AnyOf)(_parse_parts(data[key], key, known))
    if keys == {"not"}:
        return Not(_below("not", data["not"], known))
    if keys == {"term"}:
        return known.named(data["term"])
    if "fact" in keys and keys - {"fact"} in ({"is"}, {"in"}):
        values = data["in"] if "in" in data else [data["is"]]
        return known.comparison(data["fact"], values)
    raise ConditionError(
        f"a condition is one of all / any / not / term / fact with is or in, not {', '.join(sorted(keys))}"
    )


def _parse_parts(data: Any, key: str, known: "Vocabulary") -> tuple[Condition, ...]:
    if not isinstance(data, list) or not data:
        raise ConditionError(f"`{key}` needs a list of conditions", (key,))
    parts = []
    for index, item in enumerate(data):
        try:
            parts.append(parse(item, known))
        except ConditionError as wrong:
            raise ConditionError(str(wrong), (key, index, *wrong.where)) from None
    return tuple(parts)


def _below(key: str, data: Any, known: "Vocabulary") -> Condition:
    try:
        return parse(data, known)
    except ConditionError as wrong:
        raise ConditionError(str(wrong), (key, *wrong.where)) from None


class Vocabulary:
    """The names a condition may use: facts with their values, and named conditions (terms)."""

    def __init__(
        self, values: Mapping[str, tuple[Value, ...]], terms: Mapping[str, Condition] | None = None
    ) -> None:
        self.values = values
        self.terms = dict(terms or {})

    def named(self, name: Any) -> Named:
        """The term of that name. Raises ConditionError when there is none."""
        if not isinstance(name, str) or name not in self.terms:
            raise ConditionError(f"unknown term '{name}'{nearest(str(name), self.terms)}", ("term",))
        return Named(name, self.terms[name])

    def comparison(self, fact: Any, values: Any) -> Is:
        """The comparison of a fact with values. Raises ConditionError for an unknown fact or value."""
        if not isinstance(fact, str) or fact not in self.values:
            raise ConditionError(f"unknown fact '{fact}'{nearest(str(fact), self.values)}", ("fact",))
        if not isinstance(values, list) or not values:
            raise ConditionError("`in` needs a list of values", ("in",))
        for value in values:
            if not isinstance(value, str | bool) or value not in self.values[fact]:
                raise ConditionError(refused_value(fact, value, self.values[fact]), ("fact",))
        return Is(fact, tuple(values))
