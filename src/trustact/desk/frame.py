"""What stands around every page: the agency's name, the training notice, the person signed in and their roles."""

from typing import Any

from django.conf import settings as web
from django.http import HttpRequest

from trustact import __version__
from trustact.casework.department import department_of
from trustact.desk.opened import office
from trustact.desk.signin import may_shred, roles_of

# The entry of the main menu under which a page stands.
PARTS = {
    "queue": "queue",
    "case": "queue",
    "receive": "receive",
    "note": "receive",
    "receipts": "receive",
    "quarantine": "queue",
    "silence": "silence",
    "describe": "queue",
    "retention": "retention",
    "reports": "reports",
    "report": "reports",
    "laws": "laws",
    "law": "laws",
    "ledger": "ledger",
}


def frame(request: HttpRequest) -> dict[str, Any]:
    """The template variables of the frame."""
    settings = office().settings
    person = getattr(request, "user", None)
    signed_in = person is not None and person.is_authenticated
    match = request.resolver_match
    return {
        "agency": settings.agency,
        "training": settings.training,
        "department": department_of(office()),
        "zone": office().zone,
        "part": PARTS.get(match.url_name or "", "") if match else "",
        "version": __version__,
        "session_seconds": web.SESSION_COOKIE_AGE,
        "person": person if signed_in else None,
        "may_shred": person is not None and signed_in and may_shred(person),
        "roles": sorted(roles_of(person)) if person is not None and signed_in else [],
    }
