"""The office's form shelf: its own forms if it keeps some, else the bundled ones."""

from trustact.intake.form import Form, read_forms
from trustact.records.office import Office
from trustact.shelves import shelf

_NAMES = {
    "court-order": "Court order",
    "judicial-subpoena": "Judicial subpoena",
    "administrative-subpoena": "Administrative subpoena",
    "ncic-hit": "Database look-up (NCIC)",
    "letter": "Letter",
    "email": "E-mail",
    "verbal": "Spoken request",
    "other": "Another document",
}


def forms_of(office: Office) -> tuple[Form, ...]:
    """Every form the office can recognise. Raises ShelfError for a mistake in one."""
    cache: dict[str, tuple[Form, ...]] = office.__dict__.setdefault("_forms", {})
    if "" not in cache:
        cache[""] = read_forms(shelf("forms", office.folder))
    return cache[""]


def form_title(office: Office, form_id: str | None) -> str:
    """How people call a form: its number and title."""
    for form in forms_of(office):
        if form.id == form_id:
            return f"{form.id.upper()} {form.title}"
    return _NAMES.get(form_id or "", "No known form")
