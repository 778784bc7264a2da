"""A case as people see it: its events folded together."""

import datetime as dt
from typing import Any, Literal

import msgspec

from trustact.casework.paperless import Note
from trustact.law.duty import DutyDue
from trustact.law.finding import Finding

Stage = Literal[
    "received", "read", "decided", "second-person", "supervisor", "acted", "quarantined", "set-aside"
]


class ReceiptLine(msgspec.Struct, frozen=True):
    """One arrival of the document: when the channel says, when we logged it, where, and its ledger entry."""

    received_at: dt.datetime
    logged_at: dt.datetime
    station: str
    channel: str
    filename: str
    entry: int
    late: bool


class ReadingLine(msgspec.Struct, frozen=True):
    """One reading: the contract field, its label in plain words, the value, and where on which page it stands.

    `found` is false for a field of the form that was not found on its page: it has no place, and a person is asked.
    """

    field: str
    label: str
    value: str | bool | None
    confidence: float
    status: Literal["accepted", "ask"]
    page: int
    box: tuple[float, float, float, float]
    found: bool = True


class FactLine(msgspec.Struct, frozen=True):
    """One fact a person attested (or, in `proposed`, one the reading proposes)."""

    name: str
    question: str
    value: str | bool


class PageSize(msgspec.Struct, frozen=True):
    """A page's width and height in PDF points, the units of every reading's box."""

    width: float
    height: float


class DecisionLine(msgspec.Struct, frozen=True):
    """A decision: what the law in force at a moment said on the facts then known."""

    law: str
    law_name: str
    at: dt.datetime
    pack_digest: str
    findings: tuple[Finding, ...]
    duties: tuple[DutyDue, ...]
    entry: int


class DispositionLine(msgspec.Struct, frozen=True):
    """What the agency did, as recorded by the first person, with every contradiction of a finding."""

    outcome: str
    release: str
    held_past_eligibility: bool
    held_reason: str
    transferred_to: str
    reimbursement_cents: int
    note: str
    by: str
    second_person: str
    at: dt.datetime
    contradicts: tuple[str, ...]
    entry: int


class LetterLine(msgspec.Struct, frozen=True):
    """A letter, as approved if anyone approved it: its text, the sealed record of its PDF, when and by whom."""

    text: str
    pdf_record: str
    drafted_at: dt.datetime
    approved_by: str
    entry: int


class TimelineLine(msgspec.Struct, frozen=True):
    """One event of the case in plain words, with its ledger entry."""

    at: dt.datetime
    says: str
    actor: str
    entry: int


class Dossier(msgspec.Struct, frozen=True):
    """Everything about one case that the desk shows.

    `page_titles` say which form each page is; `remarks` what to know of the document before its readings are believed;
    `note` is what was written down where the request came without paper; `description` what a person said of a
    document that could not be opened; `waiting` is what was done, where it still takes a second person to count.
    """

    number: str
    stage: Stage
    document: str
    media_type: str
    receipts: tuple[ReceiptLine, ...]
    form: str | None
    form_title: str
    form_confidence: float
    pages: tuple[PageSize, ...]
    readings: tuple[ReadingLine, ...]
    remarks: tuple[str, ...]
    reading_error: str
    attested_readings: dict[str, str | bool]
    proposed: tuple[FactLine, ...]
    facts: tuple[FactLine, ...]
    attested_by: str
    decisions: tuple[DecisionLine, ...]
    dispositions: tuple[DispositionLine, ...]
    letters: tuple[LetterLine, ...]
    copy_of: str
    timeline: tuple[TimelineLine, ...]
    page_titles: tuple[str, ...] = ()
    note: Note | None = None
    description: str = ""
    waiting: DispositionLine | None = None


class QueueLine(msgspec.Struct, frozen=True):
    """A case in the queue. `wants` is the next step in plain words; `holding` the finding on holding, if decided."""

    number: str
    stage: Stage
    received_at: dt.datetime
    station: str
    channel: str
    form_title: str
    subject_name: str
    wants: str
    holding: str
    copy_of: str
    late: bool


Payload = dict[str, Any]
