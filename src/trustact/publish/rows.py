"""The rows of a report: one for each received document that is a request, in the order received."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from trustact.publish.report_form import Period, ReportError
from trustact.terms import Verdict

FormClass = Literal[
    "civil-detainer",
    "notification-request",
    "administrative-warrant",
    "judicial-warrant",
    "other",
    "unreadable",
]
Reason = Literal[
    "final-order",
    "removal-proceedings",
    "biometric",
    "statements",
    "transferred-custody",
    "not-stated",
    "illegible",
]
Outcome = Literal["open", "not-acted-upon", "held", "not-in-custody"]
Release = Literal[
    "unknown", "bailed", "to-court", "charges-dropped", "time-served", "otherwise", "not-released"
]
HeldReason = Literal["", "judicial-criminal-warrant", "other-lawful-basis", "court-order"]
Recipient = Literal["none", "immigration", "other-agency"]

_SALT = re.compile(r"[0-9a-f]{64}")


class RequestRow(msgspec.Struct, frozen=True, kw_only=True, rename={"of": "copy_of"}):
    """One received document that is a request, as a report counts and lists it. It holds no name.

    `number`: case number, such as `2025-0007`. `received_on`: the day in the law's own time zone. `late`:
    entered in the ledger after it should have been. `station`, `channel`: the department's own codes.
    `form`: the contract's id, None where no form was recognized. `distinct`: false where the document is a
    copy of an earlier one, whose number is `of`. `cancelled`: withdrawn by the sender. `hold_finding`: None
    until decided. `held_past_eligibility`: kept in custody after becoming eligible for release. `subject`: a
    pseudonym inside one report, only to count persons, never published. `entry`: index of the receipt in the
    ledger, whose public commitment `opening` and `salt` (64 hexadecimal digits) open.
    """

    number: str
    received_on: dt.date
    logged_on: dt.date
    station: str
    channel: str
    form: str | None
    form_class: FormClass
    reasons: tuple[Reason, ...]
    subject: int
    entry: int
    opening: dict[str, str]
    salt: str
    late: bool = False
    distinct: bool = True
    of: str | None = None
    cancelled: bool = False
    hold_finding: Verdict | None = None
    outcome: Outcome = "open"
    release: Release = "unknown"
    held_past_eligibility: bool = False
    held_reason: HeldReason = ""
    transferred_to: Recipient = "none"
    reimbursement_cents: int = 0


def in_order(rows: Iterable[RequestRow]) -> tuple[RequestRow, ...]:
    """The rows by day of receipt and number."""
    return tuple(sorted(rows, key=lambda row: (row.received_on, row.number)))


def check_rows(rows: Sequence[RequestRow], period: Period) -> None:
    """Raises ReportError at the first row that cannot stand in the report of a period, saying why."""
    numbers: set[str] = set()
    for row in rows:
        wrong = _flaw(row, period)
        if not wrong and row.number in numbers:
            wrong = "its number stands in another row too"
        if wrong:
            raise ReportError(f"request {row.number}: {wrong}")
        numbers.add(row.number)


def _flaw(row: RequestRow, period: Period) -> str:
    return _type_flaw(row) or _date_flaw(row, period) or _contradiction(row) or _opening_flaw(row)


def _type_flaw(row: RequestRow) -> str:
    try:
        msgspec.convert(msgspec.to_builtins(row), RequestRow)
    except msgspec.ValidationError as wrong:
        return str(wrong).replace("`", "'")
    return ""


def _date_flaw(row: RequestRow, period: Period) -> str:
    if not period.first <= row.received_on <= period.last:
        return f"it was received on {row.received_on}, outside the period {period.name}"
    if row.logged_on < row.received_on:
        return f"it was entered on {row.logged_on}, before it was received on {row.received_on}"
    return ""


def _contradiction(row: RequestRow) -> str:
    if row.distinct != (row.of is None):
        return "a copy, and only a copy, names the earlier request it is a copy of"
    if row.held_reason and not row.held_past_eligibility:
        return "a reason for holding is given, but nobody was held past eligibility"
    if row.reimbursement_cents < 0:
        return "a reimbursement is less than nothing"
    return ""


def _opening_flaw(row: RequestRow) -> str:
    printed = {"received_on": row.received_on.isoformat(), "station": row.station, "channel": row.channel}
    for name, value in printed.items():
        if row.opening.get(name) != value:
            committed = f"{row.opening.get(name, 'nothing')} in ledger entry {row.entry}"
            return f"{name} is {value} here and {committed}, so nobody could verify it"
    return "" if _SALT.fullmatch(row.salt) else "its salt is not 64 hexadecimal digits"
