"""Reads packs from the law shelf and puts layers together: a law stands on the laws below it.

Everything a pack can get wrong is refused here with file, line, what is wrong and the nearest right name.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import msgspec

from trustact.facts import FactBook, Value, read_fact_book
from trustact.failures import Where, nearest
from trustact.law.condition import Condition, ConditionError, Vocabulary, facts_of, parse, terms_of
from trustact.law.pack import (
    Duty,
    DutyData,
    EvidenceCase,
    EvidenceFor,
    Pack,
    PackData,
    Rule,
    RuleData,
    VersionData,
)
from trustact.law.period import Span, flaw
from trustact.shelves import Document, ShelfError, read_document, shelf, shelved

ARCHIVE = "archive"


class Law(msgspec.Struct, frozen=True, dict=True):
    """A law with the layers it stands on, from the top one down, and the book of facts they ask for."""

    layers: tuple[Pack, ...]
    book: FactBook

    @property
    def id(self) -> str:
        """The id of the top layer."""
        return self.layers[0].id

    @property
    def data(self) -> PackData:
        """The top layer as written."""
        return self.layers[0].data

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The facts and terms shared by all packs, for conditions outside a pack."""
        return _vocabulary(self.book, Document("facts.yaml", None))

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition of every layer, and the premises of the positions among their facts."""
        written = [c for pack in self.layers for c in _conditions(pack)]
        asked = {fact for condition in written for fact in facts_of(condition)}
        premises = [fact.premise for name, fact in self.book.facts.items() if name in asked and fact.premise]
        return (*written, *(parse(premise, self.vocabulary) for premise in premises))

    @cached_property
    def archive(self) -> bytes:
        """The law as JSON: every layer as written, with the facts and terms it uses and no others."""
        facts = {fact for condition in self.conditions for fact in facts_of(condition)}
        terms = {term for condition in self.conditions for term in terms_of(condition)}
        return msgspec.json.encode(
            {
                "facts": {name: fact for name, fact in self.book.facts.items() if name in facts},
                "terms": {name: term for name, term in self.book.terms.items() if name in terms},
                "packs": [pack.data for pack in self.layers],
            }
        )

    @cached_property
    def digest(self) -> str:
        """`sha256:` and the hash of the archive: it names this state of the law for ever."""
        return "sha256:" + hashlib.sha256(self.archive).hexdigest()


def load_law(law_id: str, laws: Path | None = None) -> Law:
    """The law of that id with all its layers. Raises ShelfError for an unknown id or a mistake in a pack.

    `laws` is an agency's own shelf; what does not lie there comes from the bundled one.
    """
    book, document = read_fact_book(shelved("laws", laws, "facts.yaml"))
    shared = _vocabulary(book, document)
    layers: list[Pack] = []
    wanted = law_id
    while wanted:
        if wanted in (pack.id for pack in layers):
            raise ShelfError(f"laws/{wanted}/law.yaml: the law stands on itself")
        layers.append(_read_pack(laws, wanted, shared))
        wanted = layers[-1].data.stands_on
    return Law(tuple(layers), book.with_facts([layer.data.facts for layer in layers]))


@lru_cache(4)  # an audit asks for a law's archive once to check it, and again for what it decided
def law_from_archive(archive: bytes) -> Law:
    """The law an archive holds; its digest is that of the archive. Raises ShelfError when it is not one."""
    try:
        data = msgspec.json.decode(archive)
        book = msgspec.convert({"facts": data["facts"], "terms": data["terms"]}, FactBook)
        packs = data["packs"]
    except (msgspec.MsgspecError, KeyError, TypeError) as wrong:
        raise ShelfError(f"the archive of a law cannot be read: {wrong}") from None
    shared = _vocabulary(book, Document(ARCHIVE, None))
    return Law(tuple(_compile(Document(ARCHIVE, pack), shared) for pack in packs), book)


def law_ids(laws: Path | None = None) -> list[str]:
    """The ids of the laws on the bundled shelf and an agency's own, federal floor first."""
    shelves = (shelf("laws"), *((laws,) if laws else ()))
    return sorted({path.parent.name for place in shelves for path in place.glob("*/law.yaml")})


def _conditions(pack: Pack) -> Iterator[Condition]:
    for rule in pack.rules:
        yield rule.when
        yield from (case.when for case in rule.evidence)
    for duty in pack.duties:
        yield duty.when


def _vocabulary(book: FactBook, document: Document) -> Vocabulary:
    vocabulary = Vocabulary(book.domains)
    for name, term in book.terms.items():
        try:
            vocabulary.terms[name] = parse(term, vocabulary)
        except ConditionError as wrong:
            raise document.error(("terms", name, *wrong.where), str(wrong)) from None
    for name, fact in book.facts.items():
        if fact.premise:
            _condition(document, ("facts", name, "premise"), fact.premise, vocabulary)
    return vocabulary


def _read_pack(laws: Path | None, law_id: str, shared: Vocabulary) -> Pack:
    path = shelved("laws", laws, law_id, "law.yaml")
    if not path.is_file():
        raise ShelfError(f"there is no law '{law_id}'{nearest(law_id, law_ids(laws))}")
    document = read_document(path)
    pack = _compile(document, shared)
    if pack.id != law_id:
        raise document.error(("law",), f"the law calls itself '{pack.id}' but lies in the folder '{law_id}'")
    return pack


def _compile(document: Document, shared: Vocabulary) -> Pack:
    data = document.typed(PackData)
    _check_time_zone(document, data)
    known = Vocabulary({**shared.values, **_own_values(document, data, shared)}, shared.terms)
    for name, term in data.terms.items():
        if name in known.terms:
            raise document.error(("terms", name), f"the term '{name}' is already shared by all packs")
        known.terms[name] = _condition(document, ("terms", name), term, known)
    _check_premises(document, data, known)
    _check_sources(document, data)
    rules = tuple(_rules(document, data, known))
    duties = tuple(_duty(document, index, duty, known) for index, duty in enumerate(data.duties))
    return Pack(data, rules, duties)


def _own_values(document: Document, data: PackData, shared: Vocabulary) -> dict[str, tuple[Value, ...]]:
    """The values of the facts the pack itself adds to the book."""
    for name in data.facts:
        if name in shared.values and document.name != ARCHIVE:
            raise document.error(("facts", name), f"the fact '{name}' is already shared by all packs")
    return {name: fact.domain for name, fact in data.facts.items()}


def _check_premises(document: Document, data: PackData, known: Vocabulary) -> None:
    for name, fact in data.facts.items():
        if fact.premise:
            _condition(document, ("facts", name, "premise"), fact.premise, known)


def _rules(document: Document, data: PackData, known: Vocabulary) -> Iterator[Rule]:
    for p, provision in enumerate(data.provisions):
        where: Where = ("provisions", p, "versions")
        if not provision.versions:
            raise document.error(where, f"the provision '{provision.provision}' has no version")
        wrong = flaw([version.span for version in provision.versions], data.begins)
        if wrong:
            index, message = wrong
            raise document.error((*where, index), f"provision '{provision.provision}': {message}")
        for v, version in enumerate(provision.versions):
            _check_version(document, (*where, v), version)
            for r, rule in enumerate(version.rules):
                here = (*where, v, "rules", r)
                _check_rule(document, data, here, rule, version.span)
                for place, clause in zip(_places(here, rule), rule.clauses, strict=True):
                    yield _rule(document, data, place, clause, version.span, provision.provision, known)


def _places(where: Where, rule: RuleData) -> list[Where]:
    """Where the clauses of a rule stand."""
    return [where, *((*where, "also", index) for index in range(len(rule.also)))]


def _check_version(document: Document, where: Where, version: VersionData) -> None:
    if bool(version.gap) == bool(version.rules):
        raise document.error(where, "a version has either rules or a `gap` with its reason")


def _rule(
    document: Document,
    data: PackData,
    where: Where,
    rule: RuleData,
    span: Span,
    provision: str,
    known: Vocabulary,
) -> Rule:
    cases = rule.evidence if isinstance(rule.evidence, tuple) else (EvidenceCase(rule.evidence),)
    evidence = tuple(
        EvidenceFor(
            case.word, case.actions, _condition(document, (*where, "evidence", i, "when"), case.when, known)
        )
        for i, case in enumerate(cases)
    )
    return Rule(
        id=f"{data.law}/{rule.rule}",
        actions=rule.actions,
        finding=rule.finding,
        when=_condition(document, (*where, "when"), rule.when, known),
        defeats=tuple(f"{data.law}/{name}" for name in rule.defeats),
        cite=rule.cite,
        says=rule.says,
        evidence=evidence,
        span=span,
        provision=provision,
        note=rule.note,
        sources=rule.sources,
    )


def _check_rule(document: Document, data: PackData, where: Where, rule: RuleData, span: Span) -> None:
    beside = [
        other for p in data.provisions for v in p.versions for other in v.rules if _overlap(v.span, span)
    ]
    names = [other.rule for other in beside]
    if names.count(rule.rule) > 1:
        raise document.error((*where, "rule"), f"two rules in force at once are called '{rule.rule}'")
    for name in rule.defeats:
        if name not in names:
            raise document.error(
                (*where, "defeats"), f"it defeats '{name}', which is no rule in force{nearest(name, names)}"
            )
    _check_clauses(document, data, where, rule)


def _check_clauses(document: Document, data: PackData, where: Where, rule: RuleData) -> None:
    spoken_of: set[str] = set()
    for place, clause in zip(_places(where, rule), rule.clauses, strict=True):
        if not clause.cite.strip():
            raise document.error((*place, "cite"), f"the rule '{rule.rule}' cites nothing")
        if not clause.actions:
            raise document.error((*place, "actions"), f"the rule '{rule.rule}' is about no action")
        for action in clause.actions:
            if action in spoken_of:
                message = f"the rule '{rule.rule}' speaks of {action} twice; each action has one clause"
                raise document.error((*place, "actions"), message)
            spoken_of.add(action)
        for source in clause.sources:
            if source not in data.sources:
                raise document.error((*place, "sources"), _unknown_source(source, data))
    for index, other in enumerate(rule.also):
        if len(other.differing) == 1:
            message = f"nothing differs for {', '.join(other.actions)}: name it among the actions of the rule"
            raise document.error((*where, "also", index), message)


def _overlap(one: Span, other: Span) -> bool:
    return one.first in other or other.first in one


def _duty(document: Document, index: int, duty: DutyData, known: Vocabulary) -> Duty:
    where: Where = ("duties", index)
    when = _condition(document, (*where, "when"), duty.when, known)
    span = Span(duty.from_, duty.to)
    if duty.to is not None and duty.to < duty.from_:
        raise document.error((*where, "to"), f"it ends {duty.to} before it begins {duty.from_}")
    due = duty.due
    if sum(map(bool, (due.month_day, due.hours, due.business_days, due.at_once))) > 1:
        raise document.error((*where, "due"), "a duty falls due in one way alone")
    if due.month_day and not _is_month_day(due.month_day):
        raise document.error(
            (*where, "due", "month_day"), f"'{due.month_day}' is no day of every year, such as 12-31"
        )
    return Duty(duty.duty, duty.says, duty.cite, duty.evidence, due, when, span, duty.note)


def _is_month_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(f"2001-{text}")
    except ValueError:
        return False
    return True


def _check_time_zone(document: Document, data: PackData) -> None:
    try:
        ZoneInfo(data.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        known = nearest(data.time_zone, available_timezones()) or ", such as America/New_York"
        raise document.error(("time_zone",), f"there is no time zone '{data.time_zone}'{known}") from None


def _check_sources(document: Document, data: PackData) -> None:
    for group in ("definitions", "duties", "standing_bars"):
        for index, item in enumerate(getattr(data, group)):
            for source in item.sources:
                if source not in data.sources:
                    raise document.error((group, index, "sources"), _unknown_source(source, data))


def _unknown_source(source: str, data: PackData) -> str:
    return f"unknown source '{source}'{nearest(source, data.sources)}"


def _condition(document: Document, where: Where, data: Any, known: Vocabulary) -> Condition:
    try:
        return parse(data, known)
    except ConditionError as wrong:
        raise document.error((*where, *wrong.where), str(wrong)) from None
