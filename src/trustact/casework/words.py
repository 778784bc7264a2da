"""Plain words for what the record holds: events, reading fields."""

import re

from trustact.casework.events import Happening

_FIELDS = {
    "subject.name": "Name of subject",
    "subject.date_of_birth": "Date of birth",
    "subject.citizenship": "Citizenship",
    "subject.sex": "Sex",
    "request.subject_id": "Subject ID",
    "request.event_number": "Event number",
    "request.file_number": "File number",
    "request.date": "Date of the form",
    "request.to": "To",
    "request.from": "From",
    "basis.final_order": "Basis: final order of removal",
    "basis.removal_proceedings": "Basis: pending removal proceedings",
    "basis.biometric": "Basis: biometric confirmation and records check",
    "basis.statements": "Basis: statements or other evidence",
    "basis.transferred_custody": "Transferred to our custody by DHS",
    "cancels_previous": "Cancels an earlier detainer",
    "warrant.signer_name": "Warrant: signer's name",
    "warrant.signer_title": "Warrant: signer's title",
    "warrant.court": "Warrant: court",
    "warrant.case_number": "Warrant: case number",
    "warrant.offence": "Warrant: offence",
}

_NAMED = re.compile("|".join(map(re.escape, sorted(_FIELDS, reverse=True))))

_EVENTS = {
    "document-received": "Document received at {station} by {channel}, sealed and logged",
    "reading-failed": "Document could not be read: {error}",
    "linked-as-copy": "Linked as a copy of case {of}, {way}",
    "copy-link-withdrawn": "No copy of case {of} after all: a reading was corrected",
    "linked-as-later": "A later request about the subject of case {of}; a person says whether it replaces it",
    "cancelled-by-sender": "Cancelled by the sender with case {by}",
    "set-aside": "Set aside: {reason}",
    "receipt-sent": "Receipt sent to the sender by mail",
    "receipt-not-sent": "Receipt could not be sent to the sender: {reason}",
    "document-read": "Document read by machine; every reading waits for a person",
    "request-noted": "Request written down; what was written is sealed as the original",
    "document-described": "Document described by a person",
    "original-taken-out": "Original taken out of the vault to be looked at",
    "facts-attested": "Facts attested",
    "law-applied": "Law in force applied to the facts",
    "disposition-proposed": "What was done on a court's warrant was recorded; it counts once a second person agrees",
    "disposition-recorded": "What was done was recorded",
    "letter-drafted": "Reply letter drafted",
    "letter-approved": "Reply letter approved",
    "legal-hold-placed": "Legal hold placed: {reason}",
    "legal-hold-lifted": "Legal hold lifted: {reason}",
}


def in_words(remark: str) -> str:
    """A remark of the reader with its fields in plain words."""
    return _NAMED.sub(lambda named: _FIELDS[named[0]], remark)


def field_label(field: str) -> str:
    """A reading field in words."""
    return _FIELDS.get(field, field)


def tell(happened: Happening) -> str:
    """One event of a case as a sentence."""
    says = _EVENTS.get(happened.kind, happened.kind.replace("-", " ").capitalize())
    if "proposed_by" in happened.particulars:
        says = "A second person agreed to what was done on a court's warrant; it counts now"
    way = "sent to another station" if happened.particulars.get("how") == "other-station" else "sent again"
    return says.format_map({**happened.particulars, "way": way})
