"""The columns of the table of requests: what measures may count, and what is published of each request.

This is also the data dictionary of the open data. Booleans are true or false, dates are ISO 8601, and several
reasons are joined by a semicolon.
"""

from collections.abc import Sequence
from typing import Any, Literal

import msgspec

from trustact.publish.rows import RequestRow
from trustact.publish.wording import (
    FINDING_LABELS,
    FORM_CLASS_LABELS,
    HELD_LABELS,
    REASON_LABELS,
    RELEASE_LABELS,
    TRANSFER_LABELS,
)

Kind = Literal["string", "date", "boolean", "integer", "object"]


class Column(msgspec.Struct, frozen=True):
    """One column: its name, the kind of its values, a title, what it says, and the values it can have."""

    name: str
    kind: Kind
    title: str
    says: str
    values: tuple[str, ...] = ()
    required: bool = True


COLUMNS = (
    Column("number", "string", "Number", "Case number of the request in the department's register."),
    Column("received_on", "date", "Received", "Day the document was received, in the law's own time zone."),
    Column("logged_on", "date", "Entered", "Day the receipt was entered in the ledger."),
    Column("late", "boolean", "Late", "Whether it was entered after it should have been."),
    Column("station", "string", "District", "Station that received it, by the department's own code."),
    Column("channel", "string", "Channel", "How it arrived, by the department's own code."),
    Column(
        "form",
        "string",
        "Form",
        "Federal form or kind of document; empty where not recognized.",
        required=False,
    ),
    Column("form_class", "string", "Kind", "What the document is for the law.", tuple(FORM_CLASS_LABELS)),
    Column(
        "reasons",
        "string",
        "Reasons",
        f"Reasons given in the document, joined by ';': {', '.join(REASON_LABELS)}.",
        required=False,
    ),
    Column(
        "copy_of",
        "string",
        "Copy of",
        "Number of the earlier request it is a copy of, if it is one.",
        required=False,
    ),
    Column("cancelled", "boolean", "Cancelled", "Whether the sender withdrew it."),
    Column(
        "hold_finding",
        "string",
        "Finding on holding",
        "What the law said of holding the person past eligibility for release; empty until decided.",
        tuple(str(finding) for finding in FINDING_LABELS if finding),
        required=False,
    ),
    Column(
        "outcome", "string", "Outcome", "What was done.", ("open", "not-acted-upon", "held", "not-in-custody")
    ),
    Column("release", "string", "Release", "How custody ended, as far as known.", tuple(RELEASE_LABELS)),
    Column(
        "held_past_eligibility",
        "boolean",
        "Held",
        "Whether the person was kept in custody after becoming eligible for release.",
    ),
    Column(
        "held_reason",
        "string",
        "Reason for holding",
        "Reason that supported it; empty where nobody was held or no reason was recorded.",
        tuple(code for code in HELD_LABELS if code),
        required=False,
    ),
    Column(
        "transferred_to", "string", "Transfer", "To whom the person was handed over.", tuple(TRANSFER_LABELS)
    ),
    Column("reimbursement_cents", "integer", "Reimbursement", "Federal reimbursement received, in cents."),
    Column("entry", "integer", "Ledger entry", "Index of the receipt's entry in the ledger."),
    Column("opening", "object", "Opening", "What the public commitment of that entry was made to."),
    Column("salt", "string", "Salt", "The 32 random bytes it was made under, in hexadecimal."),
)


def plain(row: RequestRow) -> dict[str, Any]:
    """The published values of a row by column; no pseudonym. Dates are text, several reasons one text."""
    values = msgspec.to_builtins(row)
    return {column.name: _joined(values[column.name]) for column in COLUMNS}


def _joined(value: Any) -> Any:
    return ";".join(value) if isinstance(value, Sequence) and not isinstance(value, str) else value
