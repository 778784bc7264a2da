"""The Boston law (with Lunn and the federal floor) in plain Python, as a careful programmer would write it by hand.

Twelve actions, three eras, complete and partial facts, the finding alone: no reasons, no citations, no missing
facts. A value is true, false or None for unknown. It is the yard for one case; `trustact` answers far more.
"""

from collections.abc import Mapping
from typing import Any

Facts = Mapping[str, Any]

P, X, N, U = "permitted", "prohibited", "not-regulated", "undetermined"
LUNN, ACT_2019, ACT_2014 = 20170724, 20191219, 20140820
DETAINERS = {"i-247a", "i-247d", "i-247x", "i-247"}
NOTICES = {"i-247g", "i-247n"}
ADMINISTRATIVE = {"i-200", "i-205", "i-203", "i-286"}
BARRED_2019 = DETAINERS | ADMINISTRATIVE
CIVIL_FORMS = DETAINERS | NOTICES | ADMINISTRATIVE
EXCEPTIONS_2014 = (
    "boston2014.violent_crime_conviction",
    "boston2014.felony_within_10_years",
    "boston2014.sex_offender_registrant",
    "person.watchlist_match",
)
JUDGES = {"article-iii-judge", "magistrate-judge", "state-judge"}
AGENCIES = {"ice-ero", "ice-hsi", "cbp"}


def decide(facts: Facts, day: int) -> tuple[str, ...]:
    """The findings of the twelve actions, in their order; `day` is a number such as 20250601, from 1997 on."""
    agency, papers = facts.get("request.agency"), _papers(facts)
    status = U if agency is None else P if agency in AGENCIES else N
    if day < ACT_2019:
        hold, arrest = _hold_before_2019(facts, papers, day), _arrest(facts, papers, day, _own_grounds(facts))
        return hold, arrest, N, N, N, N, status, N, N, N, N, N
    signed, listed = _by_judicial_officer(facts), _listed_offence(facts)
    purpose = facts.get("request.purpose")
    return (
        _hold(facts, papers, signed),
        _arrest(facts, papers, day, _either(listed, _own_grounds(facts))),
        _civil(purpose),
        _transfer(facts, signed),
        _interview(facts, purpose),
        _share(facts, purpose, agency),
        status,
        P,
        _resources(facts, purpose, agency, listed),
        _ask(facts),
        N,
        N,
    )


CRIMINAL, ORDER, ADMIN, OTHER = (
    "criminal warrant",
    "civil court order",
    "administrative warrant",
    "other or none",
)


def _papers(facts: Facts) -> tuple[str, ...]:
    """What the strongest paper may be, as far as the facts known leave it open."""
    presented, issuer = facts.get("warrant.presented"), facts.get("warrant.issued_by")
    if presented is False:
        return (OTHER,)
    if presented and issuer == "immigration-authority":
        return (ADMIN,)
    named, matter = facts.get("warrant.names_subject"), facts.get("warrant.matter")
    found = []
    if issuer != "immigration-authority" and named is not False:
        if matter != "civil":
            found.append(CRIMINAL)
        if matter != "criminal":
            found.append(ORDER)
    if issuer != "court":
        found.append(ADMIN)
    if presented is None or (named is not True and issuer != "immigration-authority"):
        found.append(OTHER)
    return tuple(found)


def _agreed(findings: list[str]) -> str:
    return findings[0] if all(finding == findings[0] for finding in findings) else U


def _by_judicial_officer(facts: Facts) -> bool | None:
    signer = facts.get("warrant.signed_by")
    if signer == "clerk-of-court":
        position: bool | None = facts.get("position.clerk_signature_suffices")
        return position
    if signer is None:
        return None
    return signer in JUDGES


def _civil(purpose: str | None) -> str:
    return U if purpose is None else X if purpose == "civil-immigration" else N


def _transfer(facts: Facts, signed: bool | None) -> str:
    presented, issuer = facts.get("warrant.presented"), facts.get("warrant.issued_by")
    named = facts.get("warrant.names_subject")
    if presented is False or issuer == "immigration-authority" or named is False or signed is False:
        return X
    return P if presented and issuer and named and signed else U


def _interview(facts: Facts, purpose: str | None) -> str:
    position = facts.get("position.boston_interview_clause")
    if position is False or purpose not in ("civil-immigration", None):
        return N
    return U if position is None or purpose is None else X


def _ask(facts: Facts) -> str:
    certifies = facts.get("victim.visa_certification")
    return U if certifies is None else P if certifies else X


def _investigation(facts: Facts, purpose: str | None, agency: str | None) -> bool | None:
    primary = facts.get("taskforce.immigration_is_primary_purpose")
    if primary or agency not in ("ice-hsi", None) or purpose not in ("criminal-investigation", None):
        return False
    return None if primary is None or agency is None or purpose is None else True


def _share(facts: Facts, purpose: str | None, agency: str | None) -> str:
    if purpose == "civil-immigration":
        return X
    investigation = _investigation(facts, purpose, agency)
    return U if purpose is None or investigation is None else P if investigation else N


def _listed_offence(facts: Facts) -> bool | None:
    offence = facts.get("offence.criminal_immigration")
    if offence == "1326b2":
        return True
    if offence == "none":
        return False
    listed = facts.get("position.boston_listed_offences")
    return None if offence is None else listed


def _resources(facts: Facts, purpose: str | None, agency: str | None, offence: bool | None) -> str:
    if purpose == "civil-immigration":
        return X
    if purpose is None:
        return U
    if offence:
        return P
    investigation = _investigation(facts, purpose, agency)
    if investigation:
        return P
    return U if offence is None or investigation is None else N


def _own_grounds(facts: Facts) -> bool | None:
    """Federal grounds of the officers themselves: smuggling, or a deported felon whose status is confirmed."""
    offence = facts.get("offence.criminal_immigration")
    felon: bool | None = False
    if facts.get("person.prior_felony_conviction", False) and facts.get(
        "person.status_confirmed_by_dhs", False
    ):
        felon = facts.get("person.illegal_reentry")
    if felon or offence == "1324":
        return True
    return None if felon is None or offence is None else False


def _either(one: bool | None, other: bool | None) -> bool | None:
    if one or other:
        return True
    return None if one is None or other is None else False


def _arrest(facts: Facts, papers: tuple[str, ...], day: int, grounds: bool | None) -> str:
    """Barred on a civil document since Lunn, unless a court's criminal warrant is there."""
    allowed = U if grounds is None else P if grounds else N
    civil = False if day < LUNN else _form_in(facts, CIVIL_FORMS)
    findings = []
    for paper in papers:
        if paper == CRIMINAL:
            findings.append(P)
        elif paper == ADMIN and day >= LUNN:
            findings.append(X)
        else:
            findings.append(U if civil is None else X if civil else allowed)
    return _agreed(findings)


def _form_in(facts: Facts, forms: set[str]) -> bool | None:
    form = facts.get("request.form")
    return None if form is None else form in forms


def _every(*values: bool | None) -> bool | None:
    if False in values:
        return False
    return None if None in values else True


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value


def _free(facts: Facts) -> bool | None:
    """In custody, eligible for release, and no other lawful hold."""
    held, eligible = facts.get("custody.in_custody"), facts.get("custody.eligible_for_release")
    other = facts.get("custody.other_lawful_hold")
    if held is False or eligible is False or other:
        return False
    return None if held is None or eligible is None or other is None else True


def _hold(facts: Facts, papers: tuple[str, ...], signed: bool | None) -> str:
    free = _free(facts)
    findings = []
    for paper in papers:
        if paper == CRIMINAL:
            bar, otherwise = _every(free, _form_in(facts, BARRED_2019), _not(signed)), P
        else:
            bar, otherwise = _bar(facts, paper, free), N
        findings.append(U if bar is None else X if bar else otherwise)
    return _agreed(findings)


def _bar(facts: Facts, paper: str, free: bool | None) -> bool | None:
    """Whether a hold would rest on a civil document alone; a court's civil order may bind the custodian."""
    if free is False or paper == ADMIN:
        return free
    civil = _form_in(facts, CIVIL_FORMS)
    return _every(free, civil, _not(facts.get("custody.court_order_to_hold")) if paper == ORDER else True)


def _hold_before_2019(facts: Facts, papers: tuple[str, ...], day: int) -> str:
    if day < ACT_2014:
        return _agreed([P if paper == CRIMINAL else N for paper in papers])
    detainer, free = _form_in(facts, DETAINERS), _free(facts)
    excepted = _every(detainer, _at_release(facts), _listed_person(facts))
    findings = []
    for paper in papers:
        if paper == CRIMINAL:
            findings.append(P)
        elif day >= LUNN:
            bar = _bar(facts, paper, free)
            findings.append(X if bar else U if bar is None or excepted is None else P if excepted else N)
        elif excepted is not False:
            findings.append(P if excepted else U)
        else:
            no_order = _not(facts.get("custody.court_order_to_hold")) if paper == ORDER else True
            bar = _every(free, detainer, no_order)
            findings.append(U if bar is None else X if bar else N)
    return _agreed(findings)


def _at_release(facts: Facts) -> bool | None:
    return _every(facts.get("custody.in_custody"), facts.get("custody.eligible_for_release"))


def _listed_person(facts: Facts) -> bool | None:
    values = [facts.get(name) for name in EXCEPTIONS_2014]
    return True if True in values else None if None in values else False
