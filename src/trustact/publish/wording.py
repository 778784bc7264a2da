"""How codes, dates and sums are written in published documents, in American usage."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping

from trustact.failures import Where
from trustact.shelves import Document
from trustact.terms import Verdict

_PLACEHOLDER = re.compile(r"\{(\w+)\}")

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

FORM_LABELS: dict[str, str] = {
    "i-247a": "I-247A",
    "i-247g": "I-247G",
    "i-247d": "I-247D",
    "i-247n": "I-247N",
    "i-247x": "I-247X",
    "i-247": "I-247",
    "i-200": "I-200",
    "i-205": "I-205",
    "i-203": "I-203",
    "i-286": "I-286",
    "ao-442": "AO 442",
    "court-order": "Court order",
    "judicial-subpoena": "Judicial subpoena",
    "administrative-subpoena": "Administrative subpoena",
    "ncic-hit": "NCIC hit",
    "letter": "Letter",
    "email": "E-mail",
    "verbal": "Spoken request",
    "other": "Other document",
}

FORM_CLASS_LABELS: dict[str, str] = {
    "civil-detainer": "Civil immigration detainer request",
    "notification-request": "Notification-only request",
    "administrative-warrant": "Administrative warrant alone",
    "judicial-warrant": "Judicial warrant or court order",
    "other": "Other request",
    "unreadable": "Not readable",
}

REASON_LABELS: dict[str, str] = {
    "final-order": "Final order of removal",
    "removal-proceedings": "Removal proceedings pending",
    "biometric": "Biometric match and records check",
    "statements": "Statements or other reliable evidence",
    "transferred-custody": "Transferred by DHS for a proceeding",
    "not-stated": "Not stated",
    "illegible": "Illegible",
}

FINDING_LABELS: dict[Verdict | None, str] = {
    Verdict.PROHIBITED: "Prohibited",
    Verdict.REQUIRED: "Required",
    Verdict.PERMITTED: "Permitted",
    Verdict.NOT_REGULATED: "Not regulated",
    Verdict.UNDETERMINED: "Undetermined",
    None: "Not yet decided",
}

RELEASE_LABELS: dict[str, str] = {
    "unknown": "Not known",
    "bailed": "Bailed",
    "to-court": "Taken to court",
    "charges-dropped": "Charges dropped",
    "time-served": "Time served",
    "otherwise": "Released otherwise",
    "not-released": "Not released",
}

HELD_LABELS: dict[str, str] = {
    "judicial-criminal-warrant": "Criminal warrant issued by a judicial officer",
    "other-lawful-basis": "Another lawful basis, apart from the request",
    "court-order": "Order of a court in a civil matter",
    "": "No reason recorded",
}

TRANSFER_LABELS: dict[str, str] = {
    "none": "Not transferred",
    "immigration": "Transferred to immigration authorities",
    "other-agency": "Delivered to another agency or a court",
}


def long_date(day: dt.date) -> str:
    """A date as a letter writes it: `March 4, 2025`."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def short_date(day: dt.date) -> str:
    """A date as a table writes it: `Mar 4, 2025`."""
    return f"{MONTHS[day.month - 1][:3]} {day.day}, {day.year}"


def dollars(cents: int) -> str:
    """A sum of money as printed: `$1,204.50`."""
    return f"${cents // 100:,}.{cents % 100:02}"


def form_label(form: str | None) -> str:
    """A form as people call it; a form that was not recognized says so."""
    return "Not recognized" if form is None else FORM_LABELS.get(form, form)


def filled(text: str, values: Mapping[str, str]) -> str:
    """A text with each `{name}` replaced by its value."""
    return _PLACEHOLDER.sub(lambda found: values[found[1]], text)


def check_placeholders(document: Document, where: Where, texts: Iterable[str], known: Iterable[str]) -> None:
    """Raises ShelfError, with the line, for a `{name}` in a shelf file that nothing stands for."""
    for position, text in enumerate(texts):
        for name in _PLACEHOLDER.findall(text):
            if name not in known:
                message = f"nothing stands for '{{{name}}}'; there is: {', '.join(sorted(known))}"
                raise document.error((*where, position), message)
