"""Worked examples of a law: `laws/<id>/cases.yaml`, read strictly and run against the law.

A case gives facts and a moment and says what the law must answer. It is how counsel tests a pack: a changed
rule that changes an answer shows at once which example it changes.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from trustact.facts import FactError, Value
from trustact.failures import BadInput, Where, nearest
from trustact.law.decide import decide
from trustact.law.duty import duties
from trustact.law.finding import Finding
from trustact.law.loading import Law, law_ids, load_law
from trustact.law.period import moment
from trustact.shelves import Document, read_document, shelved
from trustact.terms import Action, Verdict


class _Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A piece of a case file as written."""


class BaseData(_Data, frozen=True):
    """Facts shared by cases under a name; `base` names one it adds to."""

    base: str = ""
    facts: dict[str, Any] = {}


class Expectation(_Data, frozen=True):
    """What the law must answer for one action. Parts left out are not looked at.

    `because` and `missing` are the exact sets of rules and facts; `missing_includes` names some of them.
    """

    finding: Verdict
    because: tuple[str, ...] | None = None
    missing: tuple[str, ...] | None = None
    missing_includes: tuple[str, ...] = ()
    ask_next: str | UnsetType | None = UNSET
    meanwhile: Verdict | UnsetType | None = UNSET


class CaseData(_Data, frozen=True):
    """A worked example as written. `facts` are added to the base; null takes one of the base away."""

    case: str
    title: str
    at: str | tuple[str, ...]
    expect: dict[str, Verdict | Expectation]
    base: str = ""
    facts: dict[str, Any] = {}
    duties: tuple[str, ...] | None = None
    law: str = ""
    note: str = ""

    @property
    def moments(self) -> tuple[str, ...]:
        """The moments or dates at which the case is asked, as written."""
        return (self.at,) if isinstance(self.at, str) else self.at


class CasesData(_Data, frozen=True):
    """The worked examples of a law as written."""

    cases: tuple[CaseData, ...]
    bases: dict[str, BaseData] = {}


class CaseResult(msgspec.Struct, frozen=True):
    """A case at one moment: what the law answered, and one sentence for each answer that was not expected."""

    case: str
    title: str
    law: str
    at: dt.datetime
    place: str
    findings: tuple[Finding, ...]
    mismatches: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether the law answered as expected."""
        return not self.mismatches

    @property
    def line(self) -> str:
        """The result as one line, with file and line of the case."""
        answer = "as expected" if self.ok else "; ".join(self.mismatches)
        return f"{self.place}: {self.case} at {self.at.isoformat()}: {answer}"


def read_cases(law_id: str, laws: Path | None = None) -> Document:
    """The case file of a law. Raises ShelfError when there is none or it is not strict YAML."""
    return read_document(shelved("laws", laws, law_id, "cases.yaml"))


def run_cases(law: Law, document: Document, laws: Path | None = None) -> list[CaseResult]:
    """The results of all cases of a case file, one for each moment; ShelfError for a mistake in the file.

    `laws` is the shelf on which a case that names another law finds it.
    """
    file = _CaseFile(document, document.typed(CasesData), laws)
    results: list[CaseResult] = []
    for index, case in enumerate(file.data.cases):
        where: Where = ("cases", index)
        if case.case in (earlier.case for earlier in file.data.cases[:index]):
            raise document.error((*where, "case"), f"two cases are called '{case.case}'")
        asked = file.law_of(case, law, where)
        file.check_names(case, asked, where)
        facts, place = file.facts_of(case, asked, where), f"{document.name}:{document.lines[where]}"
        results += [_run(case, asked, facts, at, place) for at in file.moments_of(case, asked, where)]
    return results


@dataclass(frozen=True)
class _CaseFile:
    """A case file with what its names mean; every method raises ShelfError with the line of a mistake."""

    document: Document
    data: CasesData
    laws: Path | None

    def law_of(self, case: CaseData, law: Law, where: Where) -> Law:
        if case.law in ("", law.id):
            return law
        self.known([case.law], law_ids(self.laws), "law", (*where, "law"))
        return load_law(case.law, self.laws)

    def moments_of(self, case: CaseData, law: Law, where: Where) -> list[dt.datetime]:
        try:
            return [moment(written, law.data.time_zone) for written in case.moments]
        except BadInput as wrong:
            raise self.document.error((*where, "at"), str(wrong)) from None

    def facts_of(self, case: CaseData, law: Law, where: Where) -> dict[str, Value]:
        facts = self.base_facts(case.base, law, (*where, "base"))
        self.check_facts(case.facts, law, (*where, "facts"))
        return {name: value for name, value in {**facts, **case.facts}.items() if value is not None}

    def base_facts(self, name: str, law: Law, named_at: Where, above: tuple[str, ...] = ()) -> dict[str, Any]:
        if not name:
            return {}
        self.known([name], self.data.bases, "base", named_at)
        if name in above:
            raise self.document.error(named_at, f"the base '{name}' stands on itself")
        base, where = self.data.bases[name], ("bases", name)
        self.check_facts(base.facts, law, (*where, "facts"))
        return {**self.base_facts(base.base, law, (*where, "base"), (*above, name)), **base.facts}

    def check_facts(self, facts: Mapping[str, Any], law: Law, where: Where) -> None:
        for name, value in facts.items():
            try:
                law.book.check({name: value})
            except FactError as wrong:
                raise self.document.error((*where, name), str(wrong)) from None

    def check_names(self, case: CaseData, law: Law, where: Where) -> None:
        rules = {rule.id for pack in law.layers for rule in pack.rules}
        listed = {duty.id for pack in law.layers for duty in pack.duties}
        self.known(case.duties or (), listed, "duty", (*where, "duties"))
        for action, expected in case.expect.items():
            here = (*where, "expect", action)
            self.known([action], list(Action), "action", here)
            if isinstance(expected, Expectation):
                asked = [expected.ask_next] if isinstance(expected.ask_next, str) else []
                facts = [*(expected.missing or ()), *expected.missing_includes, *asked]
                self.known(expected.because or (), rules, "rule", (*here, "because"))
                self.known(facts, law.book.facts, "fact", here)

    def known(self, names: Iterable[str], known: Collection[str], kind: str, where: Where) -> None:
        for name in names:
            if name not in known:
                raise self.document.error(where, f"there is no {kind} '{name}'{nearest(name, known)}")


def _run(case: CaseData, law: Law, facts: Mapping[str, Value], at: dt.datetime, place: str) -> CaseResult:
    findings = tuple(decide(law, facts, at, case.expect))
    wrong = [line for finding in findings for line in _mismatches(case.expect[finding.action], finding)]
    if case.duties is not None:
        wrong += _sets("duties", case.duties, [due.duty for due in duties(law, facts, at)])
    return CaseResult(case.case, case.title, law.id, at, place, findings, tuple(wrong))


def _mismatches(expected: Verdict | Expectation, found: Finding) -> Iterator[str]:
    if isinstance(expected, Verdict):
        expected = Expectation(expected)
    rules = [because.rule for because in found.because]
    if found.finding is not expected.finding:
        reason = f"because of {', '.join(rules)}" if rules else "because no rule applies"
        yield f"{found.action} is {found.finding} {reason}, expected {expected.finding}"
    if expected.because is not None:
        yield from _sets(f"{found.action} because", expected.because, rules)
    if expected.missing is not None:
        yield from _sets(f"{found.action} missing", expected.missing, found.missing)
    for name in expected.missing_includes:
        if name not in found.missing:
            yield f"{found.action} missing: {name} was expected among {', '.join(found.missing) or 'nothing'}"
    for part, wanted, got in (
        ("ask_next", expected.ask_next, found.ask_next),
        ("meanwhile", expected.meanwhile, found.meanwhile),
    ):
        if wanted is not UNSET and wanted != got:
            yield f"{found.action} {part} is {got or 'nothing'}, expected {wanted or 'nothing'}"


def _sets(what: str, expected: Iterable[str], found: Iterable[str]) -> Iterator[str]:
    wanted, got = set(expected), set(found)
    if got - wanted:
        yield f"{what}: {', '.join(sorted(got - wanted))} was not expected"
    if wanted - got:
        yield f"{what}: {', '.join(sorted(wanted - got))} was expected"
