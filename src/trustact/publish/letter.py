"""The drafted reply to an office that sent a request: neutral, cited, and silent about the person.

It answers the document, not the case: a letter must not reveal whether anybody is or was in custody or when
anybody is released. So its findings are those for the document alone, at the moment a person named in such a
document would be eligible for release (`facts_for_reply`), whatever the case really is.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from trustact.law.finding import Because, Finding
from trustact.publish.department import Department
from trustact.publish.letter_form import LetterForm
from trustact.publish.rows import FormClass
from trustact.publish.wording import filled, form_label, long_date
from trustact.terms import EVIDENCE_LABELS, Evidence, Verdict

DRAFT = "Draft: not sent. A person must approve it."
UNSIGNED = "Counsel has not signed the pack of law this letter rests on."

_OF_THE_DOCUMENT = ("request.", "warrant.", "position.", "policy.")
_AT_RELEASE = {
    "custody.in_custody": True,
    "custody.eligible_for_release": True,
    "custody.other_lawful_hold": False,
}


class RequestDocument(msgspec.Struct, frozen=True, kw_only=True):
    """The document answered, by its own reference numbers, and where it was received. No name, no A-number.

    `sender`: the lines of the requesting office's address, as printed in the document.
    """

    number: str
    received_on: dt.date
    station: str
    form: str | None
    form_class: FormClass
    sender: tuple[str, ...]
    form_date: dt.date | None = None
    event_number: str = ""
    subject_id: str = ""


class Approval(msgspec.Struct, frozen=True):
    """Who approved a letter: the name and title under it."""

    name: str
    title: str


class Provision(msgspec.Struct, frozen=True):
    """A rule as a letter cites it."""

    says: str
    cite: str


class Point(msgspec.Struct, frozen=True):
    """One thing the document asks for, and the provisions that answer it."""

    phrase: str
    provisions: tuple[Provision, ...]


class Block(msgspec.Struct, frozen=True):
    """A paragraph of a letter and the points it lists."""

    says: str
    points: tuple[Point, ...] = ()


class Letter(msgspec.Struct, frozen=True):
    """A letter ready to be set. `draft` holds the banner lines, `notes` what its approver has to know.

    Both are empty once a person has approved it.
    """

    department: Department
    office: str
    title: str
    dated: dt.date
    to: tuple[str, ...]
    references: tuple[tuple[str, str], ...]
    salutation: str
    body: tuple[Block, ...]
    authorities: tuple[str, ...]
    closing: str
    signer: tuple[str, str]
    draft: tuple[str, ...]
    notes: tuple[str, ...]


def facts_for_reply(facts: Mapping[str, object]) -> dict[str, object]:
    """The facts a reply may rest on: those of the document, and custody as it is at the moment of release."""
    return {**{name: facts[name] for name in facts if name.startswith(_OF_THE_DOCUMENT)}, **_AT_RELEASE}


def draft_letter(
    form: LetterForm,
    document: RequestDocument,
    findings: Iterable[Finding],
    *,
    department: Department,
    dated: dt.date,
    counsel_signed: bool,
    approval: Approval | None = None,
) -> Letter:
    """The reply to a document on findings for `facts_for_reply`; a draft with notes until it is approved.

    A rule whose text is unverified is never cited to another agency.
    """
    wanted = form.asks.get(document.form_class, ())
    asked = sorted((f for f in findings if f.action in wanted), key=lambda f: wanted.index(f.action))
    body = tuple(_body(form, document, department, asked))
    cited = [provision.cite for block in body for point in block.points for provision in point.provisions]
    return Letter(
        department=department,
        office=form.office,
        title=form.title,
        dated=dated,
        to=document.sender,
        references=_references(document),
        salutation=form.salutation,
        body=body,
        authorities=tuple(
            a.full for a in form.authorities if any(cite.startswith(a.cites) for cite in cited)
        ),
        closing=form.closing,
        signer=(approval.name, approval.title) if approval else ("", form.signer),
        draft=() if approval else _banner(counsel_signed),
        notes=() if approval else tuple(_notes(form, asked)),
    )


def _body(
    form: LetterForm, document: RequestDocument, department: Department, asked: Sequence[Finding]
) -> Iterator[Block]:
    verdicts = {finding.action: finding.finding for finding in asked}
    words = {
        "number": document.number,
        "received_on": long_date(document.received_on),
        "station": department.station(document.station),
        "department": department.name,
    }
    for paragraph in form.paragraphs:
        points = tuple(_points(form, asked, paragraph.list)) if paragraph.list else ()
        if paragraph.when.holds(document.form_class, verdicts) and (points or not paragraph.list):
            yield Block(filled(paragraph.says, words), points)


def _points(form: LetterForm, asked: Sequence[Finding], verdict: Verdict) -> Iterator[Point]:
    for finding in asked:
        provisions = tuple(Provision(because.says, because.cite) for because in _citable(finding))
        if finding.finding == verdict and (provisions or verdict is Verdict.UNDETERMINED):
            yield Point(
                form.phrases[finding.action], provisions if verdict is not Verdict.UNDETERMINED else ()
            )


def _citable(finding: Finding) -> list[Because]:
    return [because for because in finding.because if because.evidence is not Evidence.UNVERIFIED]


def _references(document: RequestDocument) -> tuple[tuple[str, str], ...]:
    dated = f", dated {long_date(document.form_date)}" if document.form_date else ", date not legible"
    lines = (
        ("Document", form_label(document.form) + dated),
        ("Event No.", document.event_number),
        ("Subject ID", document.subject_id),
        ("Our number", document.number),
    )
    return tuple((label, value) for label, value in lines if value)


def _banner(counsel_signed: bool) -> tuple[str, ...]:
    return (DRAFT,) if counsel_signed else (DRAFT, UNSIGNED)


def _notes(form: LetterForm, asked: Sequence[Finding]) -> Iterator[str]:
    yield "The letter must not say whether anyone is or was in custody, nor when anyone is released."
    for finding in asked:
        phrase = form.phrases[finding.action]
        for because in finding.because:
            yield f"{because.rule} ({because.cite}): {_standing(because.evidence)}"
        if finding.finding is Verdict.NOT_REGULATED or not _citable(finding):
            yield f"No provision is cited on this, so the letter does not settle it: {phrase}."


def _standing(evidence: Evidence) -> str:
    if evidence is Evidence.TEXT:
        return "its operative words were read."
    if evidence is Evidence.UNVERIFIED:
        return "not cited, because its text is not verified."
    return f"check its words before approving; it is known from: {EVIDENCE_LABELS[evidence]}."
