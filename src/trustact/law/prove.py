"""Theorems about a law, of every complete case and every date from its beginning, proved or refuted by z3.

A refuted theorem comes with the days on which it fails and a case that `decide` confirms. The theorem on civil
documents may be refuted by the law's own words: then the counterexample cites them. Needs the `prove` extra.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

import msgspec

from trustact.facts import Value
from trustact.failures import BadInput
from trustact.law.claim import Claim, broken, case_that_breaks, partial_case_that_breaks
from trustact.law.condition import AllOf, AnyOf, Is, Named, Not, facts_of
from trustact.law.decide import decide
from trustact.law.diagram import leaves
from trustact.law.eras import eras, noon, text_on
from trustact.law.finding import Finding
from trustact.law.formulas import Formula, Formulas, Search, either, every, no
from trustact.law.loading import Law
from trustact.law.outline import outline, phrases
from trustact.law.period import DAY, Span
from trustact.law.region import Regions
from trustact.law.table import Table
from trustact.law.telling import attested, case_words, outline_words
from trustact.law.theorem import Counterexample, Proof
from trustact.terms import Action, Verdict

CIVIL_FORMS = ("i-247a", "i-247d", "i-247x", "i-247", "i-247g", "i-247n", "i-200", "i-205", "i-203", "i-286")
"""Detainers, requests for notice and administrative warrants: forms that no court issues."""

CIVIL_DOCUMENT_ALONE = AllOf(
    (
        AnyOf(
            (
                Is("request.form", CIVIL_FORMS),
                AllOf(
                    (Is("warrant.presented", (True,)), Is("warrant.issued_by", ("immigration-authority",)))
                ),
            )
        ),
        Not(AllOf((Is("warrant.presented", (True,)), Is("warrant.issued_by", ("court",))))),
        Is("custody.in_custody", (True,)),
        Is("custody.eligible_for_release", (True,)),
        Is("custody.other_lawful_hold", (False,)),
        Is("custody.court_order_to_hold", (False,)),
    )
)
"""A person at release, a civil document, and neither a court's paper nor any other basis to hold."""


class Theorem(NamedTuple):
    """A sentence about a law, and the search for what refutes it."""

    name: str
    says: str
    severity: Literal["error", "warning"]
    refute: Callable[[Law, Formulas], Iterator[Counterexample]]


def prove(law: Law, seconds: Callable[[], float]) -> list[Proof]:
    """Every theorem about a law with its answer; `seconds` reads a running clock.

    Raises BadInput where the book of facts lacks what the theorems speak of, OutsideFailed where z3 gives up.
    """
    for name in facts_of(CIVIL_DOCUMENT_ALONE):
        if name not in law.book.facts:
            raise BadInput(
                f"the theorem on civil documents speaks of '{name}', which the book of facts lacks"
            )
    formulas, proofs = Formulas(law), []
    for theorem in THEOREMS:
        begun = seconds()
        found = _merged(theorem.refute(law, formulas))
        proofs.append(
            Proof(
                law=law.id,
                theorem=theorem.name,
                says=theorem.says,
                status="refuted" if found else "proved",
                severity=theorem.severity,
                proved_from=_proved_from(law, found),
                counterexamples=found,
                milliseconds=round((seconds() - begun) * 1000, 1),
            )
        )
    return proofs


def _proved_from(law: Law, found: Iterable[Counterexample]) -> dt.date | None:
    """The first day from which nothing refutes a theorem any more; None where something always does."""
    ends = [each.days.last for each in found]
    return None if None in ends else max((end + DAY for end in ends if end), default=law.data.begins)


def _merged(found: Iterable[Counterexample]) -> tuple[Counterexample, ...]:
    """Counterexamples that differ in nothing but days that follow on one another as one."""
    merged: list[Counterexample] = []
    for each in found:
        last = merged[-1] if merged else None
        if last and last.days.last == each.days.first - DAY and _alike(last, each):
            merged[-1] = msgspec.structs.replace(last, days=Span(last.days.first, each.days.last))
        else:
            merged.append(each)
    return tuple(merged)


def _alike(one: Counterexample, other: Counterexample) -> bool:
    return msgspec.structs.replace(one, days=other.days) == other


def unanswered(law: Law, formulas: Formulas) -> Iterator[Counterexample]:
    """Cases without exactly one answer: defeats that go in a circle."""
    for action in Action:
        circles = (every((each.maybe, no(each.surely))) for each in formulas.standing(action))
        answers = formulas.verdicts(action).values()
        never = either((*circles, no(either(answers))))
        yield from _cases(law, formulas, action, never)


def conflicts(law: Law, formulas: Formulas) -> Iterator[Counterexample]:
    """Cases in which one provision requires what another prohibits, neither defeated."""
    for action in Action:
        yield from _cases(law, formulas, action, formulas.verdicts(action)[Verdict.UNDETERMINED])


def holds_on_a_civil_document(law: Law, formulas: Formulas) -> Iterator[Counterexample]:
    """Cases in which a civil document alone lets or makes the agency hold a person past release."""
    answers = formulas.verdicts(Action.HOLD)
    open_to_hold = either(answers[verdict] for verdict in OPEN)
    never = every((formulas.of(CIVIL_DOCUMENT_ALONE), open_to_hold))
    for found in _cases(law, formulas, Action.HOLD, never, facts_of(CIVIL_DOCUMENT_ALONE)):
        words = f"allowed {_exceptions(law, found)}\nsuch as: {found.words}"
        yield msgspec.structs.replace(found, words=words)


def _exceptions(law: Law, found: Counterexample) -> str:
    """All cases in which a civil document alone is enough to hold, on the first of the days, in words."""
    text, regions = text_on(law, found.days.first), Regions(law.book.domains)
    known = phrases(rule.when for layer in text.rules(Action.HOLD) for rule in layer)
    spelled_out = [phrase.part if isinstance(phrase, Named) else phrase for phrase in known]
    alternatives = [phrase for phrase in spelled_out if isinstance(phrase, AnyOf)]
    open_to_hold = regions.of_table(text.table(Action.HOLD), *OPEN)
    cases = outline(regions, open_to_hold, alternatives, given=regions.of(CIVIL_DOCUMENT_ALONE))
    return " ".join(f"{opening} {words}" for opening, words in outline_words(cases, law.book))


def dead_rules(law: Law, formulas: Formulas) -> Iterator[Counterexample]:
    """Rules of the top layer that decide an action they speak of in no case, on none of their days."""
    begun = formulas.within(Span(law.data.begins))
    for action in Action:
        answers = formulas.verdicts(action)
        for rule, surely, _ in formulas.standing(action):
            decided = [
                Verdict(rule.finding),
                *([] if rule.finding == "permitted" else [Verdict.UNDETERMINED]),
            ]
            deciding = either(answers[verdict] for verdict in decided)
            if (
                rule.id.startswith(f"{law.id}/")
                and not Search(formulas, every((begun, surely, deciding))).finds()
            ):
                yield Counterexample(rule.span, f"{rule.id} decides {action} in no case", action)


def unsettled(law: Law, formulas: Formulas) -> Iterator[Counterexample]:
    """Facts that settle a finding in the tables of a law, and a completion of them that the formulas decide otherwise."""
    for action in Action:
        claim = _claim(formulas, action, _against_tables(law, formulas, action, formulas.settled))
        for era in broken(formulas, claim):
            counted, rest = partial_case_that_breaks(formulas, claim, era.first)
            known = attested(counted, law.book)
            (found,) = decide(law, known, noon(law, era.first), [action])
            words = f"{_told(law, known, found)}; yet otherwise where {case_words(rest, law.book)}"
            yield Counterexample(era, words, action, known, found.finding, found.because)


def disagreements(law: Law, formulas: Formulas) -> Iterator[Counterexample]:
    """Complete cases to which the tables of a law and the formulas give different answers."""
    for action in Action:
        never = _against_tables(law, formulas, action, formulas.of_table)
        yield from _cases(law, formulas, action, never)


def _against_tables(
    law: Law, formulas: Formulas, action: Action, read: Callable[[Table, Verdict], Formula]
) -> Formula:
    """That the table of the day gives a verdict, and the formulas do not."""
    answers = formulas.verdicts(action)
    spans: dict[object, list[Span]] = {}
    for era in eras(formulas.law):  # a table is read once for all eras with the same rules
        spans.setdefault(tuple(map(tuple, text_on(law, era.first).rules(action))), []).append(era)
    found = []
    for alike in spans.values():
        table = text_on(law, alike[0].first).table(action)
        differing = either(every((read(table, v), no(answers[v]))) for v in leaves(table))
        found.append(every((either(map(formulas.within, alike)), differing)))
    return either(found)


def _claim(formulas: Formulas, action: Action, never: Formula, also: Iterable[str] = ()) -> Claim:
    asked = {*also, *(name for each in formulas.standing(action) for name in facts_of(each.rule.when))}
    return Claim(action, never, [name for name in formulas.law.book.facts if name in asked])


def _cases(
    law: Law, formulas: Formulas, action: Action, never: Formula, also: Iterable[str] = ()
) -> Iterator[Counterexample]:
    """For each era on which a case breaks a claim, the plainest one, as `decide` decides it."""
    claim = _claim(formulas, action, never, also)
    for era in broken(formulas, claim):
        facts = attested(case_that_breaks(formulas, claim, era.first), law.book)
        (found,) = decide(law, facts, noon(law, era.first), [action])
        yield Counterexample(era, _told(law, facts, found), action, facts, found.finding, found.because)


def _told(law: Law, facts: Mapping[str, Value], found: Finding) -> str:
    rules = ", ".join(f"{because.rule} ({because.cite})" for because in found.because)
    return f"{case_words(facts, law.book)}: {found.action} is {found.finding} by {rules or 'no rule'}"


OPEN = (Verdict.PERMITTED, Verdict.REQUIRED)

THEOREMS = (
    Theorem(
        "every-case-answered",
        "every complete case has exactly one answer for every action",
        "error",
        unanswered,
    ),
    Theorem(
        "no-conflict",
        "no provision requires what another prohibits, neither giving way",
        "error",
        conflicts,
    ),
    Theorem(
        "civil-document-alone",
        "a civil document alone never permits or requires a hold past release",
        "warning",
        holds_on_a_civil_document,
    ),
    Theorem(
        "no-dead-rule",
        "every rule decides some case of each action it speaks of, on some date",
        "warning",
        dead_rules,
    ),
    Theorem(
        "settled-stays-settled",
        "a finding settled by some facts survives every completion of the others",
        "error",
        unsettled,
    ),
    Theorem(
        "readers-agree",
        "the tables and the formulas, two readings of the pack, agree in every case",
        "error",
        disagreements,
    ),
)
"""What is proved of every law, the simplest first."""
