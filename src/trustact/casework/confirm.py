"""Confirm: a person attests the facts of a case, and the law is applied to them at once."""

from collections.abc import Mapping

import msgspec
from django.db import transaction

from trustact.casework import Refused
from trustact.casework.decide import apply_law, law_of
from trustact.casework.events import case_of, happenings
from trustact.casework.known import accepted_readings
from trustact.casework.links import link
from trustact.facts import FactError, Value
from trustact.law.condition import facts_of
from trustact.law.loading import Law
from trustact.records.append import append
from trustact.records.office import Office


class AskedFact(msgspec.Struct, frozen=True):
    """A fact the law in force asks for: its question, who may attest it, and its values."""

    name: str
    question: str
    help: str
    attest: str
    values: tuple[Value, ...]


def confirm(
    office: Office,
    number: str,
    facts: Mapping[str, object],
    by: str,
    readings: Mapping[str, Value] | None = None,
) -> None:
    """Attest these facts (all that are known: what is left out is unknown) and decide on them.

    `readings` are what the person saw on the page where the machine asked or erred; what it accepted and the
    person left is attested as read. Raises CaseNotFound, and Refused for a fact that is not in the book or that nobody at the desk may settle.
    """
    case = case_of(number)
    law = law_of(office)
    try:
        known = law.book.check(facts)
    except FactError as wrong:
        raise Refused(str(wrong)) from None
    with transaction.atomic():
        seen = {**accepted_readings(happenings(office, case)), **(readings or {})}
        append(office, "facts-attested", {"facts": known, "readings": seen}, actor=by, case=case)
        link(office, case, str(known.get("request.form", "")), seen, by)
        apply_law(office, case, law, known, by)


def asked_facts(office: Office, number: str) -> list[AskedFact]:
    """The facts the office's law asks for today, in the order of the book; no others are ever asked."""
    case_of(number)
    return facts_asked(office)


def facts_asked(office: Office) -> list[AskedFact]:
    """The same before there is a case."""
    law = law_of(office)
    asked = _asked(office, law)
    return [
        AskedFact(name, fact.question, fact.help, fact.attest, fact.domain)
        for name, fact in law.book.facts.items()
        if name in asked
    ]


def _asked(office: Office, law: Law) -> set[str]:
    today = office.clock().astimezone(office.zone).date()
    return {fact for pack in law.layers for rule in pack.rules_on(today) for fact in facts_of(rule.when)}
